"""What must be there after every migration: the triggers that guard the record, the index, and the groups.

Rows made in a migration vanish with a flush, and SQLite drops a table's triggers, without a word, whenever a later
migration remakes the table: so both are laid anew each time, and laying them twice changes nothing.
"""

from django.contrib.auth.models import Group, Permission
from django.db import connections

from articles.models.guard import guard, unguard
from articles.models.index import lay_index

READ_ALL = ["view_article", "view_edition", "view_photo", "view_credit", "view_tweet", "view_tag", "view_column",
            "view_author", "view_correction", "view_agency", "view_creditagency", "view_slot"]  # fmt: skip
WRITE = [
    "add_article",
    "change_article",
    "add_tweet",
    "change_tweet",
    "add_photo",
    "add_credit",
    "add_creditagency",
]
# Reporters open what is their own; whoever else comes to a story at the desk opens any.
OPEN = ["open_any_article"]
EDIT = [*WRITE, *OPEN, "publish_article", "see_embargoed", "delete_article", "change_photo", "change_credit",
        "change_creditagency", "add_correction", "add_author", "change_author", "change_column", "add_agency",
        "arrange_front"]  # fmt: skip
PICTURES = ["add_photo", "change_photo", "delete_photo", "add_credit", "change_credit", "delete_credit",
            "add_agency", "change_agency", "add_creditagency", "change_creditagency", "delete_creditagency",
            "add_tweet", "change_tweet"]  # fmt: skip
TAGS = ["add_tag", "change_tag", "delete_tag"]
ACCOUNTS = ["add_user", "change_user", "view_user", "view_group"]

GROUPS = {
    "Reporters": [*READ_ALL, *WRITE],
    "Editors": [*READ_ALL, *EDIT, *TAGS],
    "Picture desk": [*READ_ALL, *OPEN, *PICTURES],
    "Tag staff": [*READ_ALL, *OPEN, *TAGS],
    "Managing editors": [
        *READ_ALL,
        *EDIT,
        *PICTURES,
        *TAGS,
        *ACCOUNTS,
        "add_column",
        "redact_article",
        "override_checks",
    ],
}


def lift_guard(sender, using: str, **kwargs) -> None:
    """The receiver of pre_migrate; `lay_ground` puts the triggers back, after the next migration if this one fails."""
    unguard(connections[using])


def lay_ground(sender, using: str, **kwargs) -> None:
    """The receiver of post_migrate: triggers and groups, idempotent."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if "articles_edition" not in tables:
        return  # migrated back to nothing
    guard(connection)
    if "articles_indexcard" in tables:
        lay_index(connection)
    # By app: taggit's own tag has an "add_tag" too, and it once won.
    ours = Permission.objects.using(using).filter(content_type__app_label__in=["articles", "media", "auth"])
    permissions = dict(ours.values_list("codename", "pk"))
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set({permissions[codename] for codename in codenames})
