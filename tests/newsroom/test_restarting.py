"""A server begins again when its file of settings says something new, and only then."""

import threading

import pytest

from newsroom import restarting


@pytest.fixture
def env(settings, tmp_path, monkeypatch):
    settings.KEPT = {}
    monkeypatch.setattr("newsroom.settings.ENV_FILE", tmp_path / "newsroom.env")
    return tmp_path / "newsroom.env"


@pytest.fixture
def watched(env, monkeypatch):
    """A watch that ends when the server would begin again; what the settings are worth is in `usable`."""
    usable = [True]
    monkeypatch.setattr(restarting, "can_be_used", lambda: usable.pop(0))
    again = threading.Event()
    threading.Thread(target=restarting.watch, args=[again.set, 0.01], daemon=True).start()
    yield again, usable
    env.write_text("THE=end\n")  # or the watch outlives the test
    usable.append(True)
    again.wait(10)


def test_a_new_file_makes_the_server_begin_again(env, watched):
    again, _usable = watched
    assert not again.wait(0.1)
    env.write_text("TIME_ZONE=Europe/Berlin\n")
    assert again.wait(10)


def test_what_cannot_be_used_is_passed_over_until_it_is_mended(env, watched):
    again, usable = watched
    usable.insert(0, False)
    env.write_text("TIME_ZONE=Mars/Olympus\n")
    assert not again.wait(0.3)
    assert usable == [True]
    env.write_text("TIME_ZONE=Europe/Berlin\n")
    assert again.wait(10)


def test_the_settings_are_tried_in_a_process_of_their_own(monkeypatch, capfd, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    assert restarting.can_be_used()
    monkeypatch.setenv("PORT", "http")
    assert not restarting.can_be_used()
    assert "newsroom.E004" in capfd.readouterr().err
