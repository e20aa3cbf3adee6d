from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Photographs and who made them, and social posts kept for the record. Knows no articles."""

    name = "media"
    verbose_name = "Pictures and posts"
