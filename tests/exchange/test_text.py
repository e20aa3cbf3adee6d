"""Which line of a text is what."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exchange.text import BadText, language_of, paragraphs, read

SAMPLE = (Path(__file__).parent / "samples" / "two-floors.txt").read_text(encoding="utf-8")
BODY = "Pilots stopped work at noon on Monday, and by the evening nobody could say more than that."


def text(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def test_it_works():
    story = read(SAMPLE)
    assert story.column == "The Slatest"
    assert story.headline == "The Harbor Master Says the Port Is Closed. So Does the Port"
    assert story.caption.startswith("A pilot boat lies")
    assert story.caption.endswith("June 1, 2015.")
    assert story.credit == "Photo by Samar al-Idrani/AFP/Getty Images"
    assert [words[:12] for words in story.paragraphs] == ["On Monday, t", "The suspicio", "It’s unlikel"]
    assert "“night timetable”—mainly a list of ferries—was" in story.paragraphs[1]
    assert story.language == "en"


def test_a_story_without_photo():
    story = read(text("The Slatest", "Port Closed", BODY))
    assert (story.caption, story.credit, story.paragraphs) == ("", "", (BODY,))


def test_a_story_of_just_a_headline():
    assert read("The Slatest\n\nPort Closed").paragraphs == ()
    assert read("Port Closed", column="The Slatest").headline == "Port Closed"


def test_a_credit_without_caption():
    story = read(text("The Slatest", "Port Closed", "EPA/Samar Idrani", BODY))
    assert (story.caption, story.credit, story.paragraphs) == ("", "EPA/Samar Idrani", (BODY,))


def test_the_column_that_was_asked_for_wins():
    story = read(SAMPLE, column="The Long Lens")
    assert (story.column, story.set_aside) == ("The Long Lens", "The Slatest")
    assert story.headline.startswith("The Harbor Master")


def test_a_known_column_is_recognised_whatever_follows():
    long = "Is the Port Closed? That Depends on the Floor You Ask, and on the Day."
    assert read(text("the slatest", long, BODY), known=["The Slatest"]).headline == long


def test_a_caption_without_full_stop_is_not_taken_for_the_headline():
    story = read(text("Port Closed", "The inner basin", "Photo by Jane Doe/AFP", BODY), column="The Slatest")
    assert (story.headline, story.caption) == ("Port Closed", "The inner basin")


def test_a_further_credit_stays_in_the_text_and_is_pointed_out():
    story = read(text("The Slatest", "Port Closed", BODY, BODY, "Photo by Jane Doe/AFP", BODY))
    assert story.credit == ""
    assert story.later_credits() == [3]


@pytest.mark.parametrize("empty", ["", "\n", " \t\n\n\u00a0\n"])
def test_an_empty_text_is_refused(empty):
    with pytest.raises(BadText, match="empty"):
        read(empty)


@pytest.mark.parametrize(
    ("story", "known"),
    [
        (text("The Slatest", BODY * 4), ["The Slatest"]),
        (text("The Slatest"), ["The Slatest"]),
        (text("The Slatest"), []),
        (text("The Slatest", BODY), []),
        (text(BODY * 4, BODY), []),
        (text("The Slatest", "Photo by Jane Doe/AFP", BODY), ["The Slatest"]),
        (text("The Slatest", "x" * 1_000_000), ["The Slatest"]),
    ],
)
def test_a_text_without_headline_is_refused(story, known):
    with pytest.raises(BadText, match=r"^No headline"):
        read(story, known=known)


def test_wrapped_lines_are_one_paragraph():
    wrapped = "The Slatest\n\nPort Closed\n\nPilots stopped work\nat noon on Monday.\n\nNobody knew more.\n"
    assert read(wrapped).paragraphs == ("Pilots stopped work at noon on Monday.", "Nobody knew more.")


def test_lines_of_a_text_that_is_not_wrapped_are_paragraphs():
    assert paragraphs(f"The Slatest\nPort Closed\n\n{BODY * 3}\n{BODY}") == [
        "The Slatest", "Port Closed", BODY * 3, BODY,
    ]  # fmt: skip


def test_a_text_without_blank_lines_is_read_line_by_line():
    assert paragraphs("The Slatest\nPort Closed\nNobody knew more.") == [
        "The Slatest", "Port Closed", "Nobody knew more.",
    ]  # fmt: skip


def test_a_credit_stands_alone_under_its_caption():
    wrapped = "The Slatest\n\nPort Closed\n\nThe inner basin.\nPhoto by Jane Doe/AFP\n\nNobody knew more."
    assert read(wrapped).credit == "Photo by Jane Doe/AFP"


@given(st.lists(st.text(st.sampled_from("abcهذ .:/“”\t\n\f\u00a0\u2028\u2029"), max_size=300), max_size=12))
def test_no_word_is_lost(chunks):
    source = "\n\n".join(chunks)
    assert " ".join(paragraphs(source)).split() == source.split()


def test_the_language_is_arabic_when_most_letters_are():
    assert language_of("ميناء مرسى الزهر يكتفي بحساب واحد (X)") == "ar"
    assert language_of("The account ميناء said nothing more") == "en"
