"""The same word in whatever way it is written is the same token; and two words are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.words import HEADLINE, MOST_WORDS, asked, stem, stems, tokens_of, words, words_in
from articles.words.folding import LONGEST
from articles.words.tokens import ROOM

SAME = [
    ("Café", "cafe", "CAFE\u0301"),
    ("Zürich", "zurich"),
    ("straße", "STRASSE"),
    ("Łódź", "lodz"),
    ("Ærø", "aero"),
    ("İstanbul", "istanbul", "ıstanbul"),
    ("mayor’s", "mayor's", "mayor", "Mayors’"[:-2]),
    ("co\u00adoperate", "cooperate"),
    ("ｆｕｌｌ", "full"),
    ("ёлка", "елка"),
    ("أحمد", "احمد", "إحمد", "ٱحمد"),
    ("مدينة", "مدينه"),
    ("على", "علي", "علی"),
    ("كتاب", "کتاب", "كِتَابٌ", "كـــتاب"),
    ("مسؤول", "مسوول"),
    ("۱۹۴۵", "١٩٤٥", "1945"),
    ("שָׁלוֹם", "שלום"),
    ("ｶﾞﾗｽ", "ガラス"),
    ("👍🏽", "👍"),
    ("❤️", "❤"),
]
DIFFERENT = [("май", "маи"), ("हिन्दी", "हनद"), ("universe", "university"), ("東京", "京東"), ("كتاب", "كاتب")]


@pytest.mark.parametrize("spellings", SAME)
def test_spellings_of_one_word_are_one(spellings):
    assert len({tuple(words(each)) for each in spellings}) == 1


@pytest.mark.parametrize("pair", DIFFERENT)
def test_two_words_are_two(pair):
    assert words(pair[0]) != words(pair[1])


def test_scripts_without_spaces_are_read_by_the_character():
    assert words("東京都の知事") == ["東", "京", "都", "の", "知", "事"]
    assert words("서울에서") == ["서", "울", "에", "서"]
    assert words("GPT東京2026年🎉") == ["gpt", "東", "京", "2026", "年", "🎉"]


def test_a_word_knows_where_it_stands():
    text = "The Mayor’s Café"
    assert [(word.word, text[word.start : word.end]) for word in words_in(text)] == [
        ("the", "The"), ("mayor", "Mayor’s"), ("cafe", "Café"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "running", "runs"),
        ("en-GB", "harbors", "harbor"),
        ("fr", "nationale", "nationaux"),
        ("de", "hauser", "haus"),
        ("es", "trabajadores", "trabajador"),
        ("ru", "красный", "красным"),
        ("ar", "المدينه", "مدينه"),
        ("ar", "والميناء", "ميناء"),
    ],
)
def test_forms_of_a_word_have_one_stem(language, one, other):
    assert stem(words(one)[0], language) == stem(words(other)[0], language)


def test_what_is_not_stemmed_alike():
    """Honest about English: a stemmer cuts endings and knows no irregular verb."""
    assert stem("ran", "en") != stem("run", "en")
    assert stem("mice", "en") != stem("mouse", "en")


def test_a_stem_belongs_to_its_language():
    assert stem("states", "en") == "en:state"
    assert stem("states", "tlh") == "x:states"
    assert stem("afp", "ar") == "x:afp"  # Latin letters in an Arabic story
    assert set(stems("afp")) >= {"en:afp", "x:afp"}


def test_a_story_is_found_by_words_stems_and_neighbors():
    said = tokens_of([("The harbor closed", "en"), ("Pilots", "en")])
    assert said.tokens == {"the", "harbor", "closed", "pilots", "en:the", "en:harbor", "en:close", "en:pilot",
                           "the+harbor", "harbor+closed"}  # fmt: skip
    assert said.words == " the harbor closed . pilots . "
    assert "^en:close" in tokens_of([("Closed", "en")], HEADLINE).tokens


def test_a_text_of_any_length_has_room():
    said = tokens_of((f"{'x' * 300}{number}", "en") for number in range(20_000))
    assert sum(len(token.encode()) for token in said.tokens) <= ROOM
    assert max(map(len, said.tokens)) <= 2 * LONGEST + 1


def test_a_question_is_read_as_typed():
    said = asked('harbor "ferry line" -strike -"on Tuesday" al-Rifai')
    assert [term.written for term in said.wanted] == [("harbor",), ("ferry", "line"), ("al", "rifai")]
    assert [term.written for term in said.unwanted] == [("strike",), ("on", "tuesday")]
    assert not said.cut


@pytest.mark.parametrize(
    "typed", ["", '"', '""', "-", "--", " - - ", "!?…", "\0", '"' * 10_000, "\ud800", "&|!():*<->"]
)
def test_signs_ask_for_nothing(typed):
    assert asked(typed).wanted == []


def test_too_much_is_cut_and_said():
    said = asked("word " * 200_000)
    assert said.cut
    assert len(asked(" ".join(f"w{n}" for n in range(100))).wanted) == MOST_WORDS


@given(st.text(max_size=300))
def test_anything_can_be_read(text):
    for word in words(text):
        assert word
        assert not set(word) & set("\"'+:^ \0%_")
        assert len(word) <= LONGEST
        assert words(word) == [word] or len(word) == LONGEST  # reading twice changes nothing
    for term in (*asked(text).wanted, *asked(text).unwanted):
        assert all(group for group in term.groups)
