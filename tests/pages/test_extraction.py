"""What others make of an article's page who know nothing of us: two programs that find the story in any page."""

import pytest
import trafilatura
from django.conf import settings
from readability import Document

from articles.publishing import correct
from tests.factories import make_photo, make_tweet, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
# Enough of a story that no program takes it for a menu.
SENTENCES = (
    "Pilots stopped work at noon on Monday, and for six hours nobody in the harbor could say whether it was open.",
    "The port authority speaks through two accounts, one on the second floor and one on the third.",
    "Neither had read the other before, and by the evening each was correcting what the other had said.",
    "A spokeswoman said that the two sides would meet again on Thursday, in a room on the ground floor.",
)
POSTS = (
    "All berths working. We apologize to everybody who was on time.",
    "I was the everybody who was on time. I waved. Somebody on deck waved back.",
)
# What stands around the story and is not of it.
CHROME = ("in The Slatest", "Filed under", "Seen a mistake", "Editions", "What was changed", "Captured", "Set by us")
ARABIC = (
    "توقف المرشدون عن العمل ظهر يوم الاثنين ولم يعرف أحد في الميناء إن كان مفتوحاً أم مغلقاً حتى المساء.",
    "تتحدث سلطة الميناء عبر حسابين أحدهما في الطابق الثاني والآخر في الطابق الثالث من المبنى نفسه.",
    "وقالت المتحدثة إن الطرفين سيلتقيان مرة أخرى يوم الخميس في قاعة بالطابق الأرضي من مبنى السلطة.",
)


def paragraphs(sentences) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def story(shape: str):
    """The edition of a story in one of the shapes, and the sentences that are its text."""
    fields = {"headline": "Is the Harbor Open?", "slug": "harbor", "authors": ["Ines Corvald"]}
    if shape == "arabic":
        fields |= {"headline": "هل الميناء مفتوح؟", "language": "ar", "body": paragraphs(ARABIC)}
        return published(**fields)[0], ARABIC
    if shape == "photo and posts":
        embed = "".join(f'<news-tweet data-id="{make_tweet(text=post).pk}"></news-tweet>' for post in POSTS)
        fields |= {"lead_photo": make_photo(file=True), "lead_caption": "The harbor at dusk."}
        fields["body"] = f"{paragraphs(SENTENCES[:2])}{embed}{paragraphs(SENTENCES[2:])}"
        return published(**fields)[0], [*SENTENCES, *POSTS]
    (edition,) = published(**fields, dek="Two accounts, two answers.", body=paragraphs(SENTENCES), tags=["Labor"])
    if shape == "corrected":
        edition = correct(edition.article, note="It was forty-one pilots.")
    return edition, SENTENCES


SHAPES = ["plain", "corrected", "photo and posts", "arabic"]


@pytest.mark.parametrize("shape", SHAPES)
def test_trafilatura_reads_headline_byline_date_and_text(client, shape):
    edition, sentences = story(shape)
    read = trafilatura.bare_extraction(
        client.get(edition.path).text, url=SITE + edition.path, with_metadata=True
    ).as_dict()
    assert read["title"] == edition.headline
    assert read["author"] == "Ines Corvald"
    assert read["date"] == "2015-06-01"
    assert read["sitename"] == settings.NEWSROOM_NAME
    assert [sentence for sentence in sentences if sentence not in read["text"]] == []
    assert [words for words in CHROME if words in read["text"]] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_readability_finds_the_headline_and_the_text(client, shape):
    edition, sentences = story(shape)
    read = Document(client.get(edition.path).text)
    assert read.title().startswith(edition.headline)
    assert [sentence for sentence in sentences if sentence not in read.summary()] == []
