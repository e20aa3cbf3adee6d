"""What a request brings that no form has cleaned."""

from django.http import HttpRequest, QueryDict


def typed(data: QueryDict) -> dict[str, str]:
    """The words by their names, without NUL: PostgreSQL stores none, and answers a question with one by an error."""
    return {name: words.replace("\0", "") for name, words in data.items()}


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of the page asks, and not a browser on its way to another page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
