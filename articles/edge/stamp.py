"""What a page is made of, said in headers: the same words with which publishing purges."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponseBase

PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"
FOR_ONE = "private, no-cache"


def stamp(response: HttpResponseBase, keys: Iterable[str]) -> None:
    """Name the cache keys of a page (article-12 column-3 front); whoever keeps it must ask whether it still holds."""
    response.headers["Cache-Tag"] = " ".join(sorted(set(keys)))
    response.headers["Cache-Control"] = PUBLIC


def is_personal(request: HttpRequest) -> bool:
    """Was it asked who asks? Django then adds Vary: Cookie, and takes an outdated session cookie back in the answer."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed


def stamp_private(response: HttpResponseBase) -> None:
    """Nobody keeps this page: it was drawn for one person."""
    response.headers["Cache-Control"] = PRIVATE


def stamp_for_one(response: HttpResponseBase) -> None:
    """The answer to one reader's own question. Their browser may go back to it; no cache between spends room on it."""
    del response.headers["Cache-Tag"]
    response.headers["Cache-Control"] = FOR_ONE
