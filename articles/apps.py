from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import import_string


class ArticlesConfig(AppConfig):
    """Articles from the desk to the reader; the packages are the stages of the work."""

    name = "articles"
    verbose_name = "The newsroom"

    def ready(self) -> None:
        # By name: the models that it needs exist only now.
        pre_migrate.connect(
            import_string("articles.models.ground.lift_guard"), sender=self, dispatch_uid="articles.guard"
        )
        post_migrate.connect(
            import_string("articles.models.ground.lay_ground"), sender=self, dispatch_uid="articles.ground"
        )
