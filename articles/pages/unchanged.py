"""Answers for whoever already has the page: 304 when its bytes are still the same. RFC 9110, section 13."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The response with an ETag of its bytes, or 304 in its place."""
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
