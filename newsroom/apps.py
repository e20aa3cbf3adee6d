from django.apps import AppConfig

from newsroom import checks  # noqa: F401 - the module registers its checks


class NewsroomConfig(AppConfig):
    """The project itself: settings, checks, the server and its errands."""

    name = "newsroom"
