"""A start does what is needed, once, and says where the site is."""

import shutil
import socket

import pytest
from django.contrib.auth.models import User

from articles.models import Column
from newsroom import founding, serving, upkeep
from newsroom.demo_login import make_demo_accounts


@pytest.fixture(autouse=True)
def at_home(settings, tmp_path):
    settings.DEMO, settings.HOST, settings.PORT, settings.SITE_URL = True, "127.0.0.1", 8000, "http://127.0.0.1:8000"
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def told():
    return []


@pytest.mark.django_db
def test_a_database_in_shape_is_left_alone(told):
    assert upkeep.migrate_when_needed(told.append) is False
    assert told == []


def test_static_files_are_collected_when_a_source_changed(settings, told, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("p { margin: 0 }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    assert upkeep.collect_when_changed(told.append) is True
    assert upkeep.collect_when_changed(told.append) is False
    (source / "page.css").write_text("p { margin: 1em }")
    assert upkeep.collect_when_changed(told.append) is True
    assert "1em" in (settings.STATIC_ROOT / "page.css").read_text()


def test_static_files_that_somebody_removed_are_collected_again(settings, told, tmp_path):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = []
    upkeep.collect_when_changed(told.append)
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    assert upkeep.collect_when_changed(told.append) is True


@pytest.mark.django_db
def test_the_demo_fills_an_empty_newsroom_only(monkeypatch, told):
    loads = []
    monkeypatch.setattr(serving.loader, "load", lambda: loads.append(1))
    assert serving.load_demo_when_empty(told.append) is True
    Column.objects.create(name="News", slug="news")
    assert serving.load_demo_when_empty(told.append) is False
    assert loads == [1]


@pytest.mark.django_db
def test_a_demo_that_broke_off_leaves_nothing(monkeypatch, told):
    def half():
        Column.objects.create(name="News", slug="news")
        raise OSError("No space left on device")

    monkeypatch.setattr(serving.loader, "load", half)
    with pytest.raises(OSError, match="No space"):
        serving.load_demo_when_empty(told.append)
    assert not Column.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_without_the_demo_nothing_is_loaded(settings, told):
    settings.DEMO = False
    assert serving.load_demo_when_empty(told.append) is False
    assert not Column.objects.exists()


@pytest.mark.django_db
def test_the_greeting_names_the_address_and_every_role(told):
    make_demo_accounts()
    text = "\n".join(serving.greeting())
    assert "http://127.0.0.1:8000/" in text
    assert all(role in text for role in ["Reporters", "Editors", "Picture desk", "Tag staff", "Managing editors"])


@pytest.mark.django_db
def test_the_greeting_of_an_empty_newsroom_leads_to_the_setup(settings, monkeypatch):
    settings.DEMO = False
    assert "newsroom_setup" in "\n".join(serving.greeting())
    monkeypatch.setattr(founding, "keep_answers", lambda answers: None)
    founding.found(name="Post", zone_name="UTC", column="News", username="olga", email="", password="kelp-lantern-42")
    assert "newsroom_setup" not in "\n".join(serving.greeting())


@pytest.mark.django_db
def test_the_greeting_of_a_full_newsroom_that_nobody_can_enter_does_not_call_it_empty(settings):
    make_demo_accounts()
    Column.objects.create(name="News", slug="news")
    settings.HOST = "0.0.0.0"
    text = "\n".join(serving.greeting())
    assert "empty" not in text
    assert "createsuperuser" in text


def test_an_address_of_another_machine_is_a_sentence(settings):
    settings.HOST = "192.0.2.7"
    with pytest.raises(serving.CannotServe, match="address of this machine"):
        serving.check_port()


def test_a_taken_port_is_a_sentence(settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings.PORT = other.getsockname()[1]
        with pytest.raises(serving.CannotServe, match="PORT="):
            serving.check_port()


def test_a_free_port_is_fine(settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        settings.PORT = other.getsockname()[1]
    serving.check_port()
