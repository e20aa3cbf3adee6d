"""Words added and removed between two texts: right, and bounded whatever the texts are."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from articles.document import from_json
from articles.pages import changes
from articles.pages.changes import ADDED, REMOVED, SAME, Change, Piece, pieces, word_runs
from tests.articles.test_document import sample

PARAGRAPH = "Pilots stopped work at noon, and by evening nobody knew more than that the port was shut."


def runs(before: str, after: str) -> list[tuple[str, str]]:
    return [(kind, words.strip()) for kind, words in word_runs(before, after)]


def told(before: list[str], after: list[str]) -> list[list[tuple[str, str]]]:
    found = changes.changes([Piece("", words) for words in before], [Piece("", words) for words in after])
    return [[(kind, words.strip()) for kind, words in change.runs] for change in found if change.is_one]


def test_it_works():
    assert runs("The ferry left at six with 41 people.", "The ferry left at seven with 41 people.") == [
        (SAME, "The ferry left at"),
        (REMOVED, "six"),
        (ADDED, "seven"),
        (SAME, "with 41 people."),
    ]


def test_pieces_that_continue_each_other_are_one_change_and_others_come_and_go():
    other = "A wholly different sentence about quite another matter altogether."
    assert told([PARAGRAPH, "Gone."], [PARAGRAPH.replace("noon", "one"), other, "Gone."]) == [
        [(SAME, "Pilots stopped work at"), (REMOVED, "noon,"), (ADDED, "one,"), (SAME, PARAGRAPH[29:])],
        [(ADDED, other)],
    ]
    assert told([PARAGRAPH, other], [other]) == [[(REMOVED, PARAGRAPH)]]
    assert told([PARAGRAPH], [PARAGRAPH]) == []


def test_a_dek_is_one_piece_however_it_changes():
    (change,) = changes.changes([Piece("Dek", "Nothing is known.")], [Piece("Dek", "Pilots walked off at noon.")])
    assert [kind for kind, _ in change.runs] == [REMOVED, ADDED]


def test_signs_without_spaces_are_words():
    assert runs("港は正午に閉鎖された。", "港は夕方に閉鎖された。") == [
        (SAME, "港は"), (REMOVED, "正午"), (ADDED, "夕方"), (SAME, "に閉鎖された。"),
    ]  # fmt: skip


def test_a_link_that_leads_elsewhere_is_a_change_without_words():
    one = Piece("", "See the log.", 'See <a href="https://a.example/">the log</a>.')
    other = Piece("", "See the log.", 'See <a href="https://b.example/">the log</a>.')
    (change,) = changes.changes([one], [other])
    assert change == Change("", ((SAME, "See the log."),), reformed=True)
    assert change.is_one


def test_every_part_of_a_document_is_a_piece():
    said = from_json(sample(1))
    found = pieces(said, said.bylines, said.tags)
    words = " ".join(piece.words for piece in found)
    told = ["Fewer", "clerical", "Harbour", "Slatest", "Moreau, Olu", "Ferries", "“Margit”", "Noor Haddad", "quay"]
    told += ["41 people & a dog", "log says", "Out: 41", "and the dog", "Then we counted again", "وصلت العبارة"]
    for part in told:
        assert part in words, part
    assert {piece.name for piece in found} >= {"Headline", "Lead photo", "Photo", "Post", "List", "Quote", "Pull quote"}


def test_a_photo_that_was_swapped_is_a_change_though_its_words_stayed():
    said = from_json(sample(1))
    swapped = replace(said, lead=replace(said.lead, file="f" * 64))
    one, other = (pieces(each, (), ()) for each in (said, swapped))
    assert [(change.name, change.reformed) for change in changes.changes(one, other) if change.is_one] == [
        ("Lead photo", True)
    ]


words = st.lists(st.sampled_from(["a", "b", "c", "dog", "ferry"]), max_size=40)


@given(words, words)
def test_what_was_and_what_is_can_be_read_off_the_runs(before, after):
    found = list(word_runs(" ".join(before), " ".join(after)))
    assert " ".join("".join(f"{said} " for kind, said in found if kind != ADDED).split()) == " ".join(before)
    assert " ".join("".join(f"{said} " for kind, said in found if kind != REMOVED).split()) == " ".join(after)


def text(kinds: int, dice: random.Random, length: int = 5_000) -> list[str]:
    return [f"w{dice.randrange(kinds)}" for _ in range(length)]


def test_a_changed_word_at_each_end_of_a_long_text_is_found():
    dice = random.Random(1)
    before = [f"{word}{'' if number % 7 else number}" for number, word in enumerate(text(300, dice))]
    after = ["X", *before[1:-1], "Y"]
    found = [(kind, said.strip()) for kind, said in word_runs(" ".join(before), " ".join(after)) if kind != SAME]
    assert found == [(REMOVED, before[0]), (ADDED, "X"), (REMOVED, before[-1]), (ADDED, "Y")]
