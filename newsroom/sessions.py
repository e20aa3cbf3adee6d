"""Sessions of the desk, of which public pages know nothing."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

SHORTEST = 8  # as Django's SessionBase has it


class Sessions(SessionMiddleware):
    """Overlooks a cookie that can be no session's.

    Django takes such a one back on whatever page was asked for: a cache kept the front with a Set-Cookie in it that
    signs every editor out, for anybody who sent `sessionid=x`.
    """

    def process_request(self, request: HttpRequest) -> None:
        if len(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")) < SHORTEST:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)
