import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

from articles.models import guard
from articles.models.ground import GROUPS, lay_ground

pytestmark = pytest.mark.django_db


GUARDS = sorted(trigger.name for trigger in guard.triggers(guard.SQLITE))


def triggers() -> list[str]:
    table = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger WHERE true"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return sorted(name for (name,) in cursor.fetchall() if name in GUARDS)


def lay():
    lay_ground(apps.get_app_config("articles"), using="default")


def test_the_record_is_guarded_after_migrating():
    assert triggers() == GUARDS


def test_ground_laid_twice_changes_nothing():
    before = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    lay()
    after = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert after == before
    assert set(before) == set(GROUPS)
    assert triggers() == GUARDS


def test_a_lost_trigger_comes_back():
    on = " ON articles_edition" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER edition_is_a_record{on}")
    assert "edition_is_a_record" not in triggers()
    lay()
    assert triggers() == GUARDS


@pytest.mark.parametrize(
    ("group", "may", "may_not"),
    [
        ("Reporters", {"add_article", "change_article"}, {"publish_article", "delete_article", "add_tag", "add_user"}),
        ("Editors", {"publish_article", "add_tag"}, {"redact_article", "add_user"}),
        ("Picture desk", {"change_photo", "change_credit"}, {"change_article", "publish_article"}),
        ("Tag staff", {"change_tag"}, {"change_article", "change_photo"}),
        ("Managing editors", {"publish_article", "redact_article", "add_user"}, {"delete_user", "change_group"}),
    ],
)
def test_who_may_do_what(group, may, may_not):
    held = set(Permission.objects.filter(group__name=group).values_list("codename", flat=True))
    assert may <= held
    assert not held & may_not
