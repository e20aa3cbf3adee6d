"""What every test stands on: folders of its own, quick passwords, static files as they are."""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from hypothesis import settings as hypothesis

OWN = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))


# Time is measured in `bench`: a test that fails on a busy machine says nothing of the code.
hypothesis.register_profile("newsroom", deadline=None)
hypothesis.load_profile("newsroom")


def pytest_configure(config):
    """Before the first test: nothing that a test writes may land in the developer's own `var/`."""
    settings.VAR_DIR = OWN
    settings.ENV_FILE = OWN / "newsroom.env"
    settings.MEDIA_ROOT = OWN / "uploads"
    settings.STATIC_ROOT = OWN / "static"
    settings.STATIC_ROOT.mkdir()
    # The manifest is made by collectstatic; tests draw pages without it.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Tests say what they assume; what a developer's machine is set to must not reach them.
    settings.TIME_ZONE = "America/New_York"
    settings.CONTACT_EMAIL = "desk@halyard.example"
    settings.DEBUG = False


def pytest_unconfigure(config):
    shutil.rmtree(OWN, ignore_errors=True)


@pytest.fixture(autouse=True)
def nothing_is_left_in_a_cache():
    """A cache of the process outlives the test that filled it; nobody has failed to log in before the first line."""
    for alias in settings.CACHES:
        caches[alias].clear()
