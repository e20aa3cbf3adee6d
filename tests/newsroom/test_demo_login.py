"""The demo's passwords are public: they open the site on this machine, and nothing else."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from newsroom import checks, demo_login
from newsroom.demo_login import PASSWORD, make_demo_accounts, open_logins

BACKENDS = ["django.contrib.auth.backends.ModelBackend", "newsroom.demo_login.DemoBackend"]


@pytest.fixture(autouse=True)
def demo_at_home(settings):
    settings.DEMO, settings.HOST, settings.SITE_URL = True, "127.0.0.1", "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    settings.AUTHENTICATION_BACKENDS = BACKENDS


@pytest.fixture
def knock(rf, db):
    """Somebody at the login page: who came in, or None."""
    make_demo_accounts()

    def knocks(username="ines", password=PASSWORD, **meta):
        request = rf.post("/admin/login/", **{"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1"} | meta)
        return authenticate(request, username=username, password=password)

    return knocks


def test_it_works(knock):
    assert knock().groups.get().name == "Reporters"
    assert knock("mona").groups.get().name == "Managing editors"


def test_also_by_the_name_localhost(knock):
    assert knock(HTTP_HOST="localhost:8000") is not None


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},
    ],
)
def test_a_visitor_from_outside_stays_outside(knock, meta):
    assert knock(**meta) is None


def test_a_request_for_another_name_stays_outside(knock, settings):
    settings.ALLOWED_HOSTS = ["news.example.com"]
    assert knock(HTTP_HOST="news.example.com") is None


def test_a_wrong_password_stays_outside(knock):
    assert knock(password="newsroom ") is None
    assert knock(password="") is None


def test_other_accounts_do_not_open_with_it(knock):
    User.objects.create_user("olu", password=None)
    assert knock("olu") is None


def test_an_account_with_a_password_of_its_own_is_no_demo(knock):
    ines = User.objects.get(username="ines")
    ines.set_password("a long one of her own")
    ines.save()
    assert knock() is None
    assert knock(password="a long one of her own") == ines
    assert ("ines", "Reporters") not in open_logins()


@pytest.mark.parametrize(("name", "value"), [("DEMO", False), ("HOST", "0.0.0.0")])
def test_a_server_that_listens_elsewhere_lets_nobody_in(knock, settings, name, value):
    setattr(settings, name, value)
    assert knock() is None
    assert open_logins() == []


@pytest.mark.parametrize(("name", "value"), [("DEMO", False), ("HOST", "0.0.0.0")])
def test_and_sessions_that_were_open_end(knock, settings, name, value):
    ines = knock()
    setattr(settings, name, value)
    assert demo_login.DemoBackend().get_user(ines.pk) is None


def test_no_password_is_stored(knock):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_accounts_are_made_once(knock):
    make_demo_accounts()
    assert User.objects.count() == 5
    assert [username for username, _role in open_logins()] == ["ines", "marek", "pia", "tom", "mona"]


def test_at_home_the_check_is_content():
    assert checks.demo_stays_at_home() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "0.0.0.0"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "news.example.com"]),
        ("SITE_URL", "https://news.example.com"),
    ],
)
def test_the_check_refuses_a_demo_that_leads_outside(settings, name, value):
    setattr(settings, name, value)
    (error,) = checks.demo_stays_at_home()
    assert error.id == "newsroom.E011"
    assert name in error.msg


def test_without_the_backend_any_address_is_fine(settings):
    settings.AUTHENTICATION_BACKENDS = BACKENDS[:1]
    settings.SITE_URL = "https://news.example.com"
    assert checks.demo_stays_at_home() == []
