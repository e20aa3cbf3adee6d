"""Credits of one newspaper's picture desk (see docs/credits.md): the share that we read as it does, kind by kind."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from media.agencies import agency_named
from media.credits import from_metadata

CORPORA = Path(os.environ.get("NEWSROOM_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora")
CORPUS = CORPORA / "credits" / "credits.jsonl"

# What we reach, out of how many; where and why we disagree stands in docs/credits.md.
FLOOR = {
    "credit": (55, 72),
    "photographer": (47, 54),
    "agency": (26, 32),
    "name without its accents, right one known": (399, 410),
}


def rows():
    if not CORPUS.exists():
        pytest.skip(f"no corpus of credits at {CORPUS}")
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def judged(row, known_names):
    """{kind of expectation: right or wrong} for one row."""
    given, expected = row["input"], row["expected"]
    is_spelling = row["case"] == "photographer name spelling"
    parts = from_metadata(
        byline=given.get("byline", ""),
        credit=given.get("credit", ""),
        source=given.get("source", ""),
        copyright_notice=given.get("copyright", ""),
        known_names=known_names if is_spelling else (),
    )
    answers = {}
    if is_spelling:
        kind = "name without its accents, right one known"
        answers[kind] = parts.photographer == expected["byline"].strip()
    elif "byline" in expected:
        answers["photographer"] = parts.photographer == (expected["byline"] or "").strip()
    if "credit" in expected:
        # The newspaper keeps the by-line apart; a credit that came alone holds the photographer too.
        credit = "/".join(parts.agencies) if given.get("byline") else parts.credit_line
        answers["credit"] = credit == (expected["credit"] or "")
    if not expected.get("usage_rights", "ContractPhotographer").startswith("ContractPhotographer"):
        answers["agency"] = agency_is_right(parts, expected)
    return answers


def agency_is_right(parts, expected):
    """The agency whose contract the newspaper sees must stand in our chain; where it sees none, none may."""
    names = {agency.name for name in parts.agencies if (agency := agency_named(name))}
    wanted = re.match(r'Agency\("([^"]+)"', expected["usage_rights"])
    if wanted:
        return agency_named(wanted[1]).name in names
    if expected["usage_rights"] == "an[Agency]":
        return expected["supplier"] in names
    return not names


def test_the_share_of_a_picture_desks_credits_that_we_read_as_it_does(capsys):
    corpus = rows()
    known_names = {row["expected"]["byline"].strip() for row in corpus if "spelling" in row["case"]}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for row in corpus:
        for kind, is_right in judged(row, sorted(known_names)).items():
            asked[kind] += 1
            right[kind] += is_right
    with capsys.disabled():
        print(f"\n{len(corpus)} credits:", ", ".join(f"{kind} {right[kind]}/{asked[kind]}" for kind in asked))
    for kind, (least, out_of) in FLOOR.items():
        assert asked[kind] == out_of, kind
        assert right[kind] >= least, kind


def test_spellings_without_a_list_of_known_names_are_left_alone():
    spellings = [row["input"]["byline"] for row in rows() if "spelling" in row["case"]]
    changed = [name for name in spellings if from_metadata(byline=name).photographer not in (name.strip(), "")]
    assert changed == []
