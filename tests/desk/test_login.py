import pytest

from newsroom.login import FAILURES, TOO_MANY, tally_key
from newsroom.login import tallies as cache
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


@pytest.fixture
def ines():
    return make_user("ines", "Reporters")


def log_in(client, password: str = "a long password", username: str = "ines", address: str = "192.0.2.1"):
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


def test_it_works(client, ines):
    assert log_in(client).status_code == 302


def test_after_five_failures_even_the_right_password_waits(client, ines):
    for _ in range(FAILURES):
        assert TOO_MANY not in log_in(client, "wrong").content.decode()
    answer = log_in(client)
    assert answer.status_code == 200
    assert TOO_MANY in answer.content.decode()


def test_blanks_and_case_do_not_make_another_name(client, ines):
    for name in ["ines", "INES", " ines", "Ines ", "iNes"]:
        log_in(client, "wrong", name)
    assert TOO_MANY in log_in(client).content.decode()


def test_a_guesser_elsewhere_does_not_lock_the_writer_out(client, ines):
    for _ in range(FAILURES):
        log_in(client, "wrong", address="203.0.113.9")
    assert log_in(client).status_code == 302


def test_another_name_from_the_same_address_may_try(client, ines):
    make_user("marek", "Editors")
    for _ in range(FAILURES):
        log_in(client, "wrong")
    assert log_in(client, username="marek").status_code == 302


def test_a_right_password_ends_the_count(client, ines):
    for _ in range(FAILURES - 1):
        log_in(client, "wrong")
    log_in(client)
    assert cache.get(tally_key("ines", "192.0.2.1")) is None


def test_the_wait_ends(client, ines):
    cache.set(tally_key("ines", "192.0.2.1"), FAILURES, 1)
    cache.touch(tally_key("ines", "192.0.2.1"), 0)
    assert log_in(client).status_code == 302


def test_an_account_that_is_not_staff_does_not_get_in(client):
    make_user("olu")
    assert "staff account" in log_in(client, username="olu").content.decode()
