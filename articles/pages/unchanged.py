"""Answers of text: 304 for whoever already has these bytes, small for whoever can unpack them. RFC 9110, 12.5 and 13.

Compressed beside what somebody typed, a secret could be guessed by the length (BREACH): nothing that is sent from here
holds one.
"""

import gzip
from collections.abc import Callable
from hashlib import sha256
from typing import cast

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

# In the order of our liking. Drawn anew for each reader, a page must not wait for its packing.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=3),
    "gzip": lambda content: gzip.compress(content, compresslevel=4, mtime=0),
}


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with an ETag of its bytes, packed as the request asks, or 304 in its place."""
    coding = coding_for(request.headers.get("Accept-Encoding", ""))
    tag = sha256(response.content).hexdigest()[:32]
    # Strong: the packed bytes are others.
    etag = f'"{tag}-{coding}"' if coding else f'"{tag}"'
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding"])
    unchanged = get_conditional_response(request, etag=etag, response=response)
    if unchanged is not response:
        return cast(HttpResponse, unchanged)
    if coding:
        response.content = CODINGS[coding](response.content)
        response.headers["Content-Encoding"] = coding
    return response


def coding_for(accepted: str) -> str:
    """The coding that we use of those that a request accepts (`gzip, br;q=0.5`), "" for none."""
    asked = (part.partition(";") for part in accepted.lower().replace(" ", "").split(","))
    taken = {name for name, _, weight in asked if weight.removeprefix("q=").strip("0.") or not weight}
    return next((coding for coding in CODINGS if coding in taken), "")
