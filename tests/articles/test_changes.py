"""What changed between two texts: nothing is invented, nothing is left out, and no text takes long."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.words import changes
from articles.words.changes import Piece, names_changed, spans, words_changed

few_words = st.lists(st.sampled_from(["the", "port", "is", "closed", "open", "again"]), max_size=30)


def side(found, *kinds: str) -> list[str]:
    return [item for what, items in found for item in items if what in kinds]


def test_it_works():
    assert words_changed("The port is closed until noon", "The port of Marsa Zahr is closed") == [
        Piece("same", "The port"),
        Piece("new", "of Marsa Zahr"),
        Piece("same", "is closed"),
        Piece("gone", "until noon"),
    ]


def test_a_name_is_a_piece_of_its_own():
    assert names_changed(["White House", "Harbor"], ["Harbor", "White House"]) == [
        Piece("gone", "White House"),
        Piece("same", "Harbor"),
        Piece("new", "White House"),
    ]


@given(few_words, few_words)
def test_both_texts_can_be_read_from_the_pieces(before, after):
    found = list(spans(before, after))
    assert side(found, "same", "gone") == before
    assert side(found, "same", "new") == after


@pytest.mark.parametrize("letters", ["a", "ab", "abc", "abcdefghijklmnopqrstuvwxyz"])
def test_a_text_of_any_length_and_monotony_is_compared(letters):
    dice = random.Random(7)
    before = [dice.choice(letters) for _ in range(60_000)]
    after = [dice.choice(letters) for _ in range(60_000)]
    found = list(spans(before, after))
    assert side(found, "same", "gone") == before
    assert side(found, "same", "new") == after


def test_one_word_of_a_long_text_is_found_far_from_its_ends():
    before = [f"word{n}" for n in range(100_000)]
    after = [*before[:100], "typed", *before[100:60_000], *before[60_001:]]
    found = [(what, list(items)) for what, items in spans(before, after) if what != "same"]
    assert found == [("new", ["typed"]), ("gone", ["word60000"])]


@given(few_words, few_words, st.integers(0, 300))
def test_long_ones_are_parted_and_still_whole(before, after, most):
    usual, changes._BETWEEN_ANCHORS = changes._BETWEEN_ANCHORS, most
    try:
        found = list(spans(before, after))
    finally:
        changes._BETWEEN_ANCHORS = usual
    assert side(found, "same", "gone") == before
    assert side(found, "same", "new") == after


@pytest.mark.parametrize("kinds", [1, 2, 20, 100, 1_000, 100_000])
def test_five_thousand_words_are_never_walked_as_a_square(kinds, monkeypatch):
    walked, word_by_word = [], changes._word_by_word

    def counted(before, after):
        walked.append(len(before) * len(after))
        return word_by_word(before, after)

    monkeypatch.setattr(changes, "_word_by_word", counted)
    dice = random.Random(kinds)
    before, after = ([f"w{dice.randrange(kinds)}" for _ in range(5_000)] for _ in range(2))
    list(spans(before, after))
    assert max(walked, default=0) <= 40_000
    assert sum(walked) <= 5_000 * 5_000 / 10
