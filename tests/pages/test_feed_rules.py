"""What the W3C feed validator would say of our feeds: nothing, whatever an editor typed.

Each rule is first held against the validator's own cases, where they are at hand, and against one mistake of ours.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from articles.models import Article, Author, Column, Tag
from articles.publishing import correct, update
from tests.factories import PRINTED, make_column, make_photo, make_tweet, published
from tests.pages.feed_rules import RULES, mistakes

CASES = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "feeds" / "feedvalidator"
EXPECTS = re.compile(r"Expect:\s*(!?)(\w+)(?:\{([^}]*)\})?")
# Cases whose mistake lies in an element or attribute that our feeds never write: the rules need not know them.
NOT_OURS = re.compile(
    r"(element|parent|attr):(contributor|source|generator|icon|logo|rights|email|image|textInput|cloud|skip\w+|docs|ttl|xmlns.*"
    r"|copyright|managingEditor|webMaster|comments|hreflang|xml:base|media:(text|title|category|copyright)|author)\b"
)
NOT_OURS_BY_NAME = re.compile(
    r"xhtml|_svg_|mathml|base64|link-rel-iana|infoset|/3\.1\.1\.3/|player|thumbnail|rating|fileSize|html-in-name"
    r"|multiple_channel|entry_summary_missing|html_in_item_description|missing_channel\.|content-src-type|ext/media/invalid_category|namespace|copyright"
)
# Here ours are stricter: one form of dates, no style at all, no name for a rule that we cannot break.
STRICTER = {"everything.xml"} | {"DangerousStyleAttr"}


def cases() -> list:
    found = []
    for folder in ("rss20", "atom", "ext/media"):
        for path in sorted((CASES / folder).rglob("*.xml")):
            words = EXPECTS.search(path.read_text(encoding="utf-8", errors="replace"))
            if words is None or words[2] not in {*RULES, "SAXError"}:
                continue
            name = str(path.relative_to(CASES))
            if NOT_OURS.search(words[3] or "") or NOT_OURS_BY_NAME.search(name):
                continue
            if words[1] and STRICTER & {path.name, words[2]}:
                continue
            found.append(pytest.param(path, words[2], not words[1], id=f"{words[1]}{words[2]}-{name}"))
    return found or [
        pytest.param(None, "", True, id="none", marks=pytest.mark.skip("the validator's cases are not here"))
    ]


@pytest.mark.parametrize(("path", "name", "wrong"), cases())
def test_a_rule_says_what_the_validator_says(path, name, wrong):
    assert (name in mistakes(path.read_bytes())) == wrong


GOOD = (
    b'<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
    b"<title>T</title><link>https://h.example/</link><description>D</description><language>en-us</language>"
    b'<a:link rel="self" type="application/rss+xml" href="https://h.example/feed/"/><item><title>One</title>'
    b'<link>https://h.example/1/</link><guid isPermaLink="false">tag:h.example,2015-06-01:1</guid>'
    b"<pubDate>Mon, 01 Jun 2015 17:43:00 -0400</pubDate><description>&lt;p&gt;W&lt;/p&gt;</description>"
    b'<media:content url="https://h.example/1.jpg" type="image/jpeg" width="80"/></item></channel></rss>'
)
SPOILT = [
    ("SAXError", b"</rss>", b""),
    ("SAXError", b">One<", b">O\x0bne<"),
    ("InvalidRFC2822Date", b"Mon, 01", b"Tue, 01"),
    ("ImplausibleDate", b"Mon, 01 Jun 2015", b"Sat, 01 Jun 2999"),
    ("InvalidTAG", b"tag:h.example,", b"tag:h.example:"),
    ("InvalidLink", b"https://h.example/1/", b"/1/"),
    ("InvalidFullLink", b"https://h.example/1.jpg", b"/1.jpg"),
    ("InvalidUriChar", b"https://h.example/1/", b"https://h.example/1 2/"),
    ("MissingSelf", b'rel="self"', b'rel="related"'),
    ("MissingGuid", b"guid", b"gid"),
    ("DuplicateElement", b"<title>One", b"<title>Two</title><title>One"),
    ("NotBlank", b">One<", b"> <"),
    ("AttrNotBlank", b'"image/jpeg"', b'""'),
    ("InvalidLanguage", b"en-us", b"English"),
    ("InvalidPositiveInteger", b'"80"', b'"0"'),
    ("InvalidMIMEType", b'"image/jpeg"', b'"picture"'),
    ("ContainsHTML", b">One<", b">&lt;b&gt;One&lt;/b&gt;<"),
    ("SecurityRisk", b"&lt;p&gt;", b"&lt;p&gt;&lt;script&gt;1&lt;/script&gt;"),
    ("SecurityRiskAttr", b"&lt;p&gt;", b"&lt;p onclick=1&gt;"),
    ("DangerousStyleAttr", b"&lt;p&gt;", b"&lt;p style=a&gt;"),
    ("ContainsRelRef", b"&lt;p&gt;", b"&lt;p&gt;&lt;a href='/x/'&gt;x&lt;/a&gt;"),
    ("NotHtml", b"&lt;/p&gt;", b""),
]


def test_a_good_feed_is_faultless():
    assert mistakes(GOOD) == {}


@pytest.mark.parametrize(("name", "good", "bad"), SPOILT)
def test_a_mistake_of_ours_would_be_found(name, good, bad):
    assert name in mistakes(GOOD.replace(good, bad))


# What editors type, and what others try. The validator guesses that the last two are HTML in Atom's plain texts, too,
# whatever their type says; for RSS there is a way to deny it.
HOSTILE = [
    "Ports & Shipping < “Who’s” > Next? ]]>",
    "a\x0b\x1b\x08b\ufffe\uffff", "\u202eevil\u202c \u200f", "<![CDATA[ x ]]>",
    "حساب السفارة", "𝕏" * 50, "AT&T &", "%20%zz #?&x=1", "'\"><", " spaced ",
]  # fmt: skip
READS_AS_HTML = ["<script>alert(1)</script><b onclick=x>", "&lt;b&gt; &amp; &nope; </title></item>"]
FEEDS = ["/feed/", "/feed/atom/", "/hostile/feed/", "/hostile/feed/atom/",
         "/tag/hostile/feed/", "/tag/hostile/feed/atom/",
         "/by/hostile/feed/", "/by/hostile/feed/atom/", "/corrections/feed/", "/corrections/feed/atom/"]  # fmt: skip


def newsroom_that_says(words: str) -> None:
    """Stories with these words wherever an editor can put any."""
    column = make_column("Hostile", tagline=words, description=words)
    photo = make_photo(file=True, alt_text=words, caption=words)
    photo.credit.credit_line = photo.credit.copyright_notice = words
    photo.credit.save()
    empty = make_photo(alt_text="", caption="")
    tweet = make_tweet(text=words, author_name=words, handle=words, translation=words, posted_at=None, url="")
    body = (
        f'<p>See <a href="/hostile/?a=1&amp;b=2">us</a>.</p><news-tweet data-id="{tweet.pk}"></news-tweet>'
        f'<news-photo data-id="{photo.pk}"></news-photo><h3>Why</h3><ol><li><p>One</p></li></ol><hr>'
        f'<news-photo data-id="{empty.pk}"></news-photo><blockquote><p>Said.</p></blockquote>'
    )
    said = {"column": column, "headline": words, "dek": words, "kicker": "K", "slug": "bad", "tags": ["Hostile"]}
    (edition,) = published(**said, authors=["Hostile"], body=body, lead_photo=photo, lead_caption=words)
    Tag.objects.update(name=words, description=words)
    Author.objects.update(name=words, biography=words)
    Column.objects.update(name=words)
    correct(edition.article, note=words or "No.")
    published(
        2, column=column, headline=words, dek="", body="", tags=["Hostile two"], printed=PRINTED - timedelta(days=9)
    )
    article = Article.objects.get(pk=edition.article_id)
    article.language = "ar"
    article.save()
    update(article)


def rejected(client) -> dict[str, dict]:
    answers = {path: client.get(path) for path in FEEDS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: wrong for path, answer in answers.items() if (wrong := mistakes(answer.content))}


@pytest.mark.django_db
@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_none_of_the_mistakes_is_ours(client, settings, words):
    settings.WEBSUB_HUBS = ["https://hub.example.com/?a=1&b=2"]
    newsroom_that_says(words)
    assert rejected(client) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("words", READS_AS_HTML, ids=ascii)
def test_words_that_read_as_html_are_words(client, words):
    newsroom_that_says(words)
    wrong = rejected(client)
    assert {path for path in wrong if not path.endswith("/atom/")} == set()
    assert {name for names in wrong.values() for name in names} <= {"ContainsHTML", "ContainsUndeclaredHTML"}


@pytest.mark.django_db
def test_an_empty_feed_and_an_older_page_are_faultless(client):
    make_column()
    for path in ("/feed/", "/feed/atom/", "/the-slatest/feed/atom/", "/corrections/feed/", "/corrections/feed/atom/"):
        assert mistakes(client.get(path).content) == {}
    published(22)
    for path in ("/feed/", "/feed/atom/"):
        older = re.search(r'before=([^"]+)"', client.get(path).text)[1]
        assert mistakes(client.get(f"{path}?before={older}").content) == {}
