"""Who guesses passwords is slowed down, whatever they write their name or address as."""

import pytest

from newsroom import login
from newsroom.login import FAILURES, FAILURES_OF_ADDRESS, TOO_MANY, address_of, tally_key
from tests.factories import make_user

LOGIN = "/admin/login/"


def log_in(client, username="marek", password="wrong", **meta):
    answer = client.post(LOGIN, {"username": username, "password": password}, **{"REMOTE_ADDR": "192.0.2.1"} | meta)
    return "in" if answer.status_code == 302 else "wait" if TOO_MANY in answer.content.decode() else "out"


@pytest.fixture
def marek(db):
    return make_user("marek", "Editors")


@pytest.mark.parametrize("name", ["mareｋ", "ｍａｒｅｋ", "MAREK", "\u2003marek\u00a0", "ᵐarek"])
def test_look_alike_letters_are_the_same_name(name):
    assert tally_key(name, "192.0.2.1") == tally_key("marek", "192.0.2.1")


def test_look_alike_letters_are_no_fresh_start(client, marek):
    assert log_in(client, "mareｋ", "a long password") == "in"
    client.logout()
    for name in ["marek", "mareｋ", "ｍarek", "mａrek", "maｒek"]:
        assert log_in(client, name) == "out"
    assert log_in(client, "marｅk", "a long password") == "wait"


def test_a_form_without_a_password_does_not_end_the_count(client, marek):
    for _ in range(FAILURES):
        log_in(client)
        log_in(client, password="")
    assert log_in(client, password="a long password") == "wait"


def test_hundreds_of_invented_names_do_not_push_a_counter_out(client, marek):
    for _ in range(FAILURES):
        log_in(client)
    for number in range(1000):
        login.count_failure(tally_key(f"nobody-{number}", "203.0.113.9"))
    assert log_in(client, password="a long password") == "wait"


def test_an_address_that_tries_many_names_waits_too(client, marek):
    for number in range(FAILURES_OF_ADDRESS):
        assert log_in(client, f"nobody-{number}") == "out"
    assert log_in(client, password="a long password") == "wait"
    assert log_in(client, password="a long password", REMOTE_ADDR="203.0.113.9") == "in"


def test_a_visitor_cannot_name_an_address_of_their_own(client, marek):
    for number in range(FAILURES):
        assert log_in(client, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}") == "out"
    assert log_in(client, password="a long password", HTTP_X_FORWARDED_FOR="198.51.100.99") == "wait"


def test_behind_a_proxy_the_visitor_is_the_last_that_it_names(client, marek, settings):
    settings.BEHIND_PROXY = True
    for number in range(FAILURES):
        assert log_in(client, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.7") == "out"
    assert log_in(client, password="a long password", HTTP_X_FORWARDED_FOR="198.51.100.7") == "wait"
    assert log_in(client, password="a long password", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.1") == "in"


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.1", "nonsense", "192.0.2.1"),
        ("192.0.2.1", "", "192.0.2.1"),
        ("", "", ""),
        ("192.0.2.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("192.0.2.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_who_asks(rf, settings, peer, forwarded, address):
    settings.BEHIND_PROXY = True
    assert address_of(rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)) == address
