"""The first day: everything that was asked for is there, or nothing is."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import Column
from newsroom import founding
from newsroom.settings import kept_answers
from tests.factories import make_article

ANSWERS = {"name": "The Harbour Post", "zone": "Europe/Berlin", "column": "The Slatest", "username": "olga",
           "email": "olga@example.com", "password": "kelp-lantern-42"}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    settings.ENV_FILE = tmp_path / "newsroom.env"
    monkeypatch.setattr("newsroom.settings.ENV_FILE", settings.ENV_FILE)
    return tmp_path


def set_up(**answers):
    call_command("newsroom_setup", interactive=False, **ANSWERS | answers)


def test_it_works():
    set_up()
    assert Column.objects.get().path == "/the-slatest/"
    account = User.objects.get()
    assert account.is_superuser
    assert account.check_password("kelp-lantern-42")
    assert account.groups.get().name == "Managing editors"
    assert kept_answers() == {"NEWSROOM_NAME": "The Harbour Post", "TIME_ZONE": "Europe/Berlin", "DEMO": "0"}


def test_what_stood_in_the_file_stays(settings):
    settings.ENV_FILE.write_text("SITE_URL=https://news.example.com\nTIME_ZONE=UTC\n")
    set_up()
    assert kept_answers()["SITE_URL"] == "https://news.example.com"
    assert kept_answers()["TIME_ZONE"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ({"zone": "Mars/Olympus"}, "time zone"),
        ({"password": "newsroom"}, "password"),
        ({"password": "12345"}, "password"),
        ({"password": ""}, "password"),
        ({"column": "Admin"}, "taken"),
        ({"column": "Новости"}, "--column-slug"),
        ({"column": "…"}, "--column-slug"),
        ({"column": ""}, "Name: This field cannot be blank"),
        ({"name": "Two\nDEMO=1"}, "one line"),
        ({"name": " "}, "one line"),
        ({"username": ""}, "Username: This field cannot be blank"),
        ({"email": "olga"}, "email"),
    ],
)
def test_a_wrong_answer_is_a_sentence_and_leaves_nothing(settings, answers, word):
    with pytest.raises(CommandError, match=word):
        set_up(**answers)
    assert not Column.objects.exists()
    assert not User.objects.exists()
    assert not settings.ENV_FILE.exists()


def test_a_column_in_another_script_gets_the_address_that_was_named():
    set_up(column="Новости", column_slug="novosti")
    assert Column.objects.get().path == "/novosti/"


def test_a_newsroom_that_has_stories_is_refused_with_the_way_to_an_empty_one(settings):
    make_article()
    with pytest.raises(CommandError, match=r"stories here already.*remove var/"):
        set_up(column="Second")
    assert not User.objects.exists()
    assert not settings.ENV_FILE.exists()


def test_nobody_is_asked_anything_when_there_are_stories(monkeypatch):
    make_article()
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail("asked"))
    with pytest.raises(CommandError, match="stories here already"):
        call_command("newsroom_setup")


def test_a_column_that_exists_is_refused(settings):
    set_up()
    with pytest.raises(CommandError, match="already exists"):
        set_up(username="second")
    assert User.objects.count() == 1


def test_an_account_that_exists_is_refused():
    set_up()
    with pytest.raises(CommandError, match="already exists"):
        set_up(column="Second")
    assert Column.objects.count() == 1


def test_when_the_file_cannot_be_written_the_rows_go_too(monkeypatch):
    def full(answers):
        raise OSError("No space left on device")

    monkeypatch.setattr(founding, "keep_answers", full)
    with pytest.raises(CommandError, match="No space left"):
        set_up()
    assert not Column.objects.exists()
    assert not User.objects.exists()


def test_the_questions_are_asked_of_a_person(monkeypatch):
    typed = iter(["The Harbour Post", "", "News", "olga", "olga@example.com"])
    monkeypatch.setattr("builtins.input", lambda question: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda question: "kelp-lantern-42")
    call_command("newsroom_setup")
    assert kept_answers()["TIME_ZONE"] == "America/New_York"
    assert Column.objects.get().name == "News"
