from django.apps import AppConfig
from django.utils.module_loading import import_string


class NewsroomConfig(AppConfig):
    """The project itself: settings, checks, the server and its errands."""

    name = "newsroom"

    def ready(self) -> None:
        import_string("newsroom.checks.values_are_usable")  # the module registers its checks
