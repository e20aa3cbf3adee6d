"""Addresses, times and embed code of posts on X: own samples, then the shared corpus when it is there."""

import json
import os
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from media.tweets import (
    Address,
    EmbedError,
    canonical_url,
    direction_of,
    parse_address,
    parse_embed,
    time_of,
)

CORPORA = Path(os.environ.get("NEWSROOM_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora")

SCRIPT = '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
ENGLISH = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Rain over the harbour.<br>Bring a coat &amp; a hat — '
    'all week! <a href="https://t.co/a1">https://t.co/a1</a></p>&mdash; Ines (desk) (@ines_writes) '
    '<a href="https://twitter.com/ines_writes/status/605490000000000000?ref_src=twsrc%5Etfw">June 1, 2015</a>'
    f"</blockquote>\n{SCRIPT}"
)
ARABIC = (
    '<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">صباح الخير من المرفأ</p>&mdash; غرفة الأخبار '
    '(@newsroom_ar) <a href="https://x.com/newsroom_ar/status/605490000000000001">June 1, 2015</a></blockquote>'
)
SHELL = (
    '<blockquote class="twitter-tweet">\n<a href="https://twitter.com/olu_reads/status/808782171829891072">\n'
    "Tweet may have been deleted\n<span>(opens in a new tab)</span>\n</a>\n</blockquote>"
)


def embed(inside, status="https://twitter.com/marek/status/605490000000000002"):
    return f'<blockquote class="twitter-tweet">{inside}&mdash; Marek (@marek) <a href="{status}">x</a></blockquote>'


@pytest.mark.parametrize(
    ("address", "handle"),
    [
        ("https://twitter.com/Ines_W/status/605490000000000000", "Ines_W"),
        ("http://x.com/ines/status/605490000000000000/", "ines"),
        ("https://www.twitter.com/ines/statuses/605490000000000000?s=20&t=aB", "ines"),
        ("https://mobile.twitter.com/ines/status/605490000000000000#m", "ines"),
        ("https://X.com/i/status/605490000000000000", ""),
        ("https://x.com/i/web/status/605490000000000000", ""),
        ("twitter.com/statuses/605490000000000000", ""),
        ("https://twitter.com/#!/ines/status/605490000000000000", "ines"),
        ("  https://x.com/ines/status/605490000000000000/photo/1 \n", "ines"),
    ],
)
def test_every_form_of_a_posts_address_is_read(address, handle):
    assert parse_address(address) == Address("605490000000000000", handle)


@pytest.mark.parametrize(
    "address",
    [
        "https://x.com/ines",
        "https://x.com/home",
        "https://x.com/ines/status/",
        "https://x.com/ines/status/12ab",
        "https://x.com/ines/status/٦٠٥",
        "https://x.com/ines/status/012",
        "https://x.com/ines/status/123456789012345678901",
        "https://x.com/ines/status/605/analytics",
        "https://x.com/intent/tweet?url=https://x.com/ines/status/605",
        "https://netflix.com/ines/status/605",
        "https://x.com.example.org/ines/status/605",
        "https://evil@x.com/ines/status/605",
        "javascript://x.com/ines/status/605",
        "https://x.com/ines/status/605 and more",
        "",
    ],
)
def test_nothing_else_is_taken_for_a_posts_address(address):
    assert parse_address(address) is None


def test_the_canonical_address_does_without_a_handle():
    assert canonical_url("ines", "605") == "https://x.com/ines/status/605"
    assert parse_address(canonical_url("", "605")) == Address("605", "")


def test_the_time_of_a_post_is_in_its_id():
    assert time_of("808782171829891072") == datetime(2016, 12, 13, 21, 14, 30, 867000, tzinfo=UTC)


@pytest.mark.parametrize("status_id", ["20", "1234567890", "29700859246", "", "-5", "٦٠٥٤٩٠٠٠٠٠٠٠٠٠٠٠٠٠٠", "9" * 5000])
def test_an_id_from_before_snowflake_has_no_time(status_id):
    assert time_of(status_id) is None


def test_an_english_embed_is_read_whole():
    tweet = parse_embed(ENGLISH)
    assert (tweet.status_id, tweet.handle) == ("605490000000000000", "ines_writes")
    assert tweet.author_name == "Ines (desk)"
    assert tweet.text == "Rain over the harbour.\nBring a coat & a hat — all week! https://t.co/a1"
    assert (tweet.language, tweet.direction) == ("en", "ltr")
    assert tweet.posted_at == time_of("605490000000000000")
    assert tweet.url == "https://x.com/ines_writes/status/605490000000000000"
    assert tweet.embed_code == ENGLISH


def test_an_arabic_embed_keeps_its_direction_and_a_right_to_left_name():
    tweet = parse_embed(ARABIC)
    assert (tweet.text, tweet.author_name) == ("صباح الخير من المرفأ", "غرفة الأخبار")
    assert (tweet.language, tweet.direction, tweet.handle) == ("ar", "rtl", "newsroom_ar")


def test_without_lang_and_dir_the_text_gives_the_direction():
    tweet = parse_embed(embed("<p>צהריים טובים</p>"))
    assert (tweet.language, tweet.direction) == ("", "rtl")


def test_a_deleted_post_keeps_what_its_link_says():
    tweet = parse_embed(SHELL)
    assert (tweet.status_id, tweet.handle) == ("808782171829891072", "olu_reads")
    assert (tweet.text, tweet.author_name, tweet.direction) == ("", "", "ltr")
    assert tweet.posted_at is not None


def test_an_emoji_that_became_a_picture_comes_back_as_text():
    inside = '<p>Sun <img src="/emoji/2600.png" alt="☀️" class="emoji"/> at last</p>'
    assert parse_embed(embed(inside)).text == "Sun ☀️ at last"


def test_a_signature_in_a_paragraph_of_its_own_is_not_text():
    html = (
        '<blockquote class="wp-block-quote twitter-tweet" data-width="550">\n<p dir="ltr" lang="fr">Il pleut.</p>'
        '<div style="display:none"></div>\n<p>&#x2014; Olu Reads (@olu)\n'
        '<a href="https://twitter.com/olu/status/605490000000000003">1 juin 2015</a></p>\n</blockquote>'
    )
    tweet = parse_embed(html)
    assert (tweet.text, tweet.author_name, tweet.language) == ("Il pleut.", "Olu Reads", "fr")


def test_paragraphs_of_a_post_stay_apart_and_indentation_of_the_source_goes():
    inside = "<p>\n    One\n    line  kept.\n  </p>\n<p>Two<br />\n   three</p>"
    assert parse_embed(embed(inside)).text == "One line  kept.\n\nTwo\nthree"


def test_a_link_to_another_post_in_the_text_is_not_the_posts_own():
    inside = '<p>See <a href="https://twitter.com/olu/status/605490000000000009">twitter.com/olu/status/6054…</a></p>'
    tweet = parse_embed(embed(inside))
    assert (tweet.status_id, tweet.handle) == ("605490000000000002", "marek")
    assert tweet.text == "See twitter.com/olu/status/6054…"


@pytest.mark.parametrize("tail", ["", SCRIPT, SCRIPT * 2, "<p>after</p>"])
def test_what_stands_around_the_embed_does_not_matter(tail):
    assert parse_embed(f"<!-- wp:html --><p>before</p>{embed('<p>Text</p>')}{tail}").text == "Text"


def test_markup_and_scripts_inside_come_out_as_nothing_but_text():
    inside = '<p lang="x onload=1" dir="up">a<script>alert(1)</script><b onclick=x>b</b> &lt;i&gt;\x00<!-- c --></p>'
    tweet = parse_embed(embed(inside))
    assert (tweet.text, tweet.language, tweet.direction) == ("ab <i>", "", "ltr")


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("", "not X's embed code"),
        ("<blockquote><p>Just a quote</p></blockquote>", "not X's embed code"),
        ('<blockquote class="twitter-tweet"><p>No link</p></blockquote>', "which post"),
        (embed("<p>a</p>", status="https://x.com/marek"), "which post"),
        (embed("<p>a</p>") + embed("<p>b</p>"), "more than one post"),
        (embed(f"<p>&#{'9' * 6000};</p>"), "broken"),
        ("x" * 2_000_001, "too long"),
    ],
)
def test_what_is_not_one_embed_is_refused_with_a_sentence(html, sentence):
    with pytest.raises(EmbedError, match=sentence):
        parse_embed(html)


@pytest.mark.parametrize(
    "trap",
    [
        "<!--",
        "<![CDATA[",
        "<?",
        "<a ",
        "<a b='",
        "</a ",
        "<p>",
        "<blockquote>",
        "(@",
        "&#",
        "<a\x00",
        " ",
        "<br>\n ",
    ],
)
def test_a_megabyte_of_a_trap_is_read_without_choking(trap):
    # html.parser takes hours for some of these when they reach it as they are.
    assert parse_embed(embed("<p>ok</p>") + trap * (1_000_000 // len(trap))).text == "ok"
    with pytest.raises(EmbedError):
        parse_embed('<blockquote class="twitter-tweet"><p>' + trap * (1_000_000 // len(trap)))


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("hello", "ltr"),
        ("… 12 مرحبا hello", "rtl"),
        ("😀 שלום", "rtl"),
        ("hello مرحبا", "ltr"),
        ("12!", "ltr"),
        ("", "ltr"),
    ],
)
def test_the_first_strong_character_gives_the_direction(text, direction):
    assert direction_of(text) == direction


def test_the_corpus_of_real_embeds_is_read_right(capsys):
    path = CORPORA / "tweets" / "tweets.jsonl"
    if not path.exists():
        pytest.skip(f"no corpus of real embeds at {path}")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for row in rows:
        for field, is_right in judged(row).items():
            asked[field] += 1
            right[field] += is_right
    with capsys.disabled():
        print(
            f"\n{len(rows)} real embeds:",
            ", ".join(f"{field} {right[field]}/{asked[field]}" for field in asked),
        )
    assert right == asked


def judged(row):
    """{field: right or wrong}; a field that the truth leaves out is not asked."""
    if not row.get("status_id"):
        with pytest.raises(EmbedError):
            parse_embed(row["html"])
        return {"refused, for it has no address": True}
    tweet = parse_embed(row["html"])
    time = row.get("created_at_from_snowflake")
    answers = {
        "id": tweet.status_id == row["status_id"],
        "handle": tweet.handle == row["handle"],
        "time": tweet.posted_at == (datetime.fromisoformat(time) if time else None),
        "language": tweet.language == (row.get("lang") or ""),
        "text": one_line(tweet.text.replace("\n", "")) == one_line(row["text"]),
    }
    name = row.get("author_name") or ""
    if tweet.author_name == name:
        answers["author"] = True
    else:
        # The truth itself was cut at the first dash of the text in some rows: "rest of the text— Name".
        answers["author, where the truth runs on"] = bool(tweet.author_name) and name.endswith(f"— {tweet.author_name}")
    if row.get("dir"):
        answers["direction"] = tweet.direction == row["dir"]
    return answers


def one_line(text):
    """Line breaks of the source are blanks, and runs of blanks are one: the truth keeps some and joins others."""
    return re.sub(r"[ \r\n\t]+", " ", text).strip()
