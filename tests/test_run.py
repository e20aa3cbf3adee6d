"""What `make test` says when it is over, and what it makes of a machine that lacks something."""

import pytest

from tests import run

PASSED = "....\n== 12 passed, 3 skipped in 1.20s =="
FAILED = "junk\n===== FAILURES =====\nAssertionError\n1 failed, 11 passed, 1 error in 2.00s"


@pytest.fixture
def outcomes(monkeypatch):
    found = [run.Outcome("SQLite", 0, PASSED)]
    monkeypatch.setattr(run, "run_all", lambda arguments: found)
    monkeypatch.setattr(run, "LACKS", {})
    monkeypatch.setattr(run, "CI", False)
    return found


def test_one_closing_line_counts_all_suites(outcomes):
    line = run.summary([*outcomes, run.Outcome("PostgreSQL", 1, FAILED)], 3.5)
    assert line.strip("= ") == "1 failed, 23 passed, 3 skipped, 1 errors in 3.50s"


def test_all_is_well(outcomes, capsys):
    assert run.main([]) == 0
    assert "12 passed, 3 skipped" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("status", [1, 2, 5, -9])
def test_any_suite_that_fails_fails_the_run(outcomes, capsys, status):
    outcomes.append(run.Outcome("PostgreSQL", status, FAILED))
    assert run.main([]) == 1
    assert "AssertionError" in capsys.readouterr().out


@pytest.mark.parametrize(("ci", "status"), [(False, 0), (True, 1)])
def test_what_the_machine_lacks_is_named_and_fails_only_in_ci(outcomes, monkeypatch, capsys, ci, status):
    monkeypatch.setattr(run, "LACKS", {"Chromium": (lambda: False, "apt install chromium")})
    monkeypatch.setattr(run, "CI", ci)
    assert run.main([]) == status
    assert capsys.readouterr().out.count("Chromium (apt install chromium)") == 1
