"""The admin site as the desk."""

import re
from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import BadRequest
from django.http import JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string

from articles.desk.typed import wants_json

# The order in which people work; what is not named comes after, by name.
ORDER = ["Article", "Slot", "Photo", "Tweet", "Tag", "Column", "Author", "Correction", "Edition", "Agency", "User",
         "Group"]  # fmt: skip
ROW = re.compile("[0-9]{1,18}", re.ASCII)


class DeskSite(AdminSite):
    site_header = f"{settings.NEWSROOM_NAME} desk"
    site_title = f"{settings.NEWSROOM_NAME} desk"
    index_title = "The desk"
    # The front names every room; beside a list they would take a fifth of the page.
    enable_nav_sidebar = False

    @property
    def login_form(self):
        # By name: this module is named in INSTALLED_APPS, and the form needs the account model, which needs the apps.
        return import_string("newsroom.login.ThrottledLogin")

    def index(self, request, extra_context=None):
        """The desk's front."""
        now = timezone.now()
        overview = import_string("articles.desk.overview.overview")(request.user, now)
        context = {"desk": overview, "now": now}
        return super().index(request, context | (extra_context or {}))

    def admin_view(self, view, cacheable=False):
        """The stock guard; a script is told that the login ran out: the login page would look to it like an answer."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def asked(request, *args, **kwargs):
            if wants_json(request) and not self.has_permission(request):
                return JsonResponse({"login": True}, status=403)
            if not all(map(ROW.fullmatch, request.POST.getlist("_selected_action"))):
                raise BadRequest("A row is chosen by its number.")
            try:
                return guarded(request, *args, **kwargs)
            except OverflowError as error:  # SQLite does not even look for a number of twenty digits
                raise BadRequest("There is no row with such a number.") from error

        return asked

    def get_app_list(self, request, app_label=None):
        rank = {name: n for n, name in enumerate(ORDER)}
        apps = super().get_app_list(request, app_label)
        apps.sort(key=lambda app: min(rank.get(model["object_name"], len(rank)) for model in app["models"]))
        for app in apps:
            app["models"].sort(key=lambda model: (rank.get(model["object_name"], len(rank)), model["name"]))
        return apps


class DeskConfig(AdminConfig):
    """The Django admin with this site in the place of its own."""

    default_site = "newsroom.desk_site.DeskSite"
