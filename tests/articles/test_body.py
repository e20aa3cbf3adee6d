"""The working body: what editors, pastes and importers hand in, and what is kept of it. No database."""

import re

import pytest

from articles import body
from articles.body import (
    BodyError,
    Heading,
    List,
    Paragraph,
    PhotoRef,
    PullQuote,
    Quote,
    Rule,
    TweetRef,
    clean,
    parse,
)

WHOLE = (
    '<p>The ferry left at <em>six</em> with <a href="https://example.com/a?b=1&amp;c=2">41 people</a> &amp; a dog.</p>'
    "<h2>What the log says</h2>"
    "<ol><li><p>Out: 41.</p></li><li><p>Back: 40.</p><ul><li><p>and the dog</p></li></ul></li></ol>"
    "<blockquote><p>We counted twice.</p><p>Then <strong>again</strong>.</p></blockquote>"
    '<aside class="pull-quote"><p>We counted twice.</p></aside>'
    "<hr>"
    '<news-photo data-id="12" data-caption="The “Margit” &amp; her quay" data-alt="" data-crop="wide"></news-photo>'
    '<news-tweet data-id="7"></news-tweet>'
    "<p>H<sub>2</sub>O<br>x<sup>2</sup></p>"
)


def test_it_works():
    assert parse(WHOLE) == (
        Paragraph(
            'The ferry left at <em>six</em> with <a href="https://example.com/a?b=1&amp;c=2">41 people</a> &amp; a dog.'
        ),
        Heading(2, "What the log says"),
        List(
            True,
            ((Paragraph("Out: 41."),), (Paragraph("Back: 40."), List(False, ((Paragraph("and the dog"),),)))),
        ),
        Quote(("We counted twice.", "Then <strong>again</strong>.")),
        PullQuote("We counted twice."),
        Rule(),
        PhotoRef(12, "The “Margit” & her quay", "", "wide"),
        TweetRef(7),
        Paragraph("H<sub>2</sub>O<br>x<sup>2</sup>"),
    )
    assert clean(WHOLE) == WHOLE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("bare <b>words</b>", "<p>bare <strong>words</strong></p>"),
        ("<p>a</p>b<p>c</p>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p></p><p> <br>&nbsp;</p><h2></h2><ul><li></li></ul><blockquote></blockquote>", ""),
        ("<h1>a</h1><h4>b</h4><h6>c</h6>", "<h2>a</h2><h3>b</h3><h3>c</h3>"),
        ("<p>a <i>b <em>c</em></i></p>", "<p>a <em>b c</em></p>"),
        ("<p><em>a</em><em>b</em></p>", "<p><em>ab</em></p>"),
        ("<p><em><strong>a</strong></em></p>", "<p><strong><em>a</em></strong></p>"),
        ("<p><b>a<i>b</b>c</i></p>", "<p><strong>a<em>b</em></strong><em>c</em></p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<p>a<strong> </strong>b</p>", "<p>a b</p>"),
        ("<p> a \n <em> b</em> <br> c<br></p>", "<p>a <em>b</em><br>c</p>"),
        ("<p>10\u00a0km</p>", "<p>10\u00a0km</p>"),
        ("<p>a\x00b\x07\ufeffc\ud800d</p>", "<p>abcd</p>"),
        ("<p>a\x0bb\u2028c</p>", "<p>a b c</p>"),
        ("<p>&#0;&#7;a&#x1;</p>", "<p>\ufffda</p>"),
        ("a < b && c > d", "<p>a &lt; b &amp;&amp; c &gt; d</p>"),
        ("<p>&#" + "1" * 5000 + ";</p>", "<p>\ufffd</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
        ("<ul>a<li>b</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<li>a</li>", "<p>a</p>"),
        ("<blockquote>a<p>b</p></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ('<aside class="x pull-quote">a</aside>', '<aside class="pull-quote"><p>a</p></aside>'),
        ("<aside>a</aside>b", "<p>a</p><p>b</p>"),
        ("<div>a<section>b</section><span>c</span> d</div>", "<p>a</p><p>b</p><p>c d</p>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>"),
        ("<li><div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<h2><p>a</p></h2>b", "<h2>a</h2><p>b</p>"),
        ("<h2>a<ul><li>b</ul>", "<h2>a</h2><ul><li><p>b</p></li></ul>"),
        ("<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><![endif]>", "<p>a</p>"),
        ("a<script>alert(1)</script><style>p{}</style>b<svg><p>x</p></svg>c", "<p>abc</p>"),
        ('<p onclick="x()" style="y" class="z" id="q">a</p>', "<p>a</p>"),
    ],
)
def test_ordinary_html_becomes_the_one_canonical_form(given, kept):
    assert clean(given) == kept
    assert clean(kept) == kept


def link(href: str) -> str:
    return clean(f'<a href="{href}" rel="nofollow" target="_blank" title="t">x</a>')


@pytest.mark.parametrize(
    "href", ["https://example.com/", "HTTP://example.com", "mailto:ines@example.com", "/the-slatest/", "/", "/a%20b"]
)
def test_a_link_keeps_its_address_and_nothing_else(href):
    assert link(href) == f'<p><a href="{href}">x</a></p>'


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "java\tscript:x",
        "\x01javascript:x",
        "&#0000106avascript:x",
        "data:text/html,x",
        "//example.com",
        "/\\example.com",
        "/\t/example.com",
        "/\n\\example.com",
        "http:example.com",
        "https:///example.com",
        "x.html",
        "#note",
        "",
    ],
)
def test_a_link_to_anywhere_else_is_text(href):
    assert link(href) == "<p>x</p>"


def test_an_address_with_a_parameter_named_like_an_entity_stays_whole():
    assert link("/x?a=1&copy=2&amp;lt=3") == '<p><a href="/x?a=1&amp;copy=2&amp;lt=3">x</a></p>'


def test_a_photo_without_alt_text_says_what_the_photo_says():
    assert parse('<news-photo data-id="1"></news-photo>') == (PhotoRef(1, "", None, ""),)
    assert parse('<news-photo data-id="1" data-alt=" "></news-photo>') == (PhotoRef(1, "", "", ""),)


PHOTO = '<news-photo data-id="1"></news-photo>'


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (f"<p>Two words {PHOTO}</p>", "Block 1 (“Two words”): A photo cannot stand inside a paragraph."),
        (f"<p>a</p><h2>b {PHOTO}</h2>", "Block 2 (“b”): A photo cannot stand inside a heading."),
        (f"<ul><li>{PHOTO}</li></ul>", "Block 1: A photo cannot stand inside a list."),
        (f"<blockquote>{PHOTO}</blockquote>", "Block 1: A photo cannot stand inside a quote."),
        (f'<a href="/x">{PHOTO}</a>', "Block 1: A photo cannot stand inside a link."),
        ('<news-tweet data-id="1"><p>x</p></news-tweet>', "Block 1: A tweet cannot hold anything."),
        ('<news-tweet data-id="1">x</news-tweet>', "Block 1: A tweet cannot hold text."),
        (f'<news-photo data-id="1">{PHOTO}</news-photo>', "Block 1: A photo cannot hold anything."),
        ('<news-photo data-id="1"><p>a</p>', "cannot hold anything."),
        ('<news-photo data-id="1" data-crop="round"></news-photo>', "“round” is not a crop."),
        ("<blockquote><ul><li>x</ul></blockquote>", "A list cannot stand inside a quote."),
        ("<ul><li><h2>x</h2></ul>", "A heading cannot stand inside a list."),
        ("<blockquote><blockquote>x</blockquote></blockquote>", "A quote cannot stand inside a quote."),
        ("<ul><li><hr></ul>", "A rule cannot stand inside a list."),
        ("<ul><li>" * 7 + "x", "Lists are nested more than 6 deep."),
        ("<blockquote>" * 60_000, "nested too deeply"),
        ("<p>The ferry left <a href='/x", "Near “The ferry left”: The tag “<a” is never closed by “>”."),
        ("a<script>b", "“<script>” is never closed."),
        ("a<svg>b", "“<svg>” is never closed."),
        ("a<!-- b", "never closed by “>”"),
        ("x" * 1_000_001, "longer than 1,000,000 characters"),
        ("&" * 900_000, "longer than 1,000,000 characters"),
        ("<p>x" * 250_000, "more than 200,000 tags"),
        ("<b><i><a href=/x>" + "<p>x" * 50_000, "opened and never closed"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(given, sentence):
    with pytest.raises(BodyError, match=re.escape(sentence)):
        clean(given)


@pytest.mark.parametrize("number", ["", "0", "-1", "1.0", "٣", "javascript:1", "1 2", "9" * 19, "01"])
def test_an_id_is_a_positive_number(number):
    with pytest.raises(BodyError, match="needs the number of a row"):
        parse(f'<news-photo data-id="{number}"></news-photo>')


@pytest.mark.parametrize("tag", ["div", "em", "span", "font", "table", "x", "svg", "form"])
def test_what_is_nested_deeper_than_a_browser_goes_is_refused(tag):
    assert body.text(parse(f"<{tag}>" * 512 + f"</{tag}>" * 512 + "words")) == "words"
    with pytest.raises(BodyError, match="nested too deeply"):
        parse(f"<{tag}>" * 60_000 + "words")


@pytest.mark.parametrize("tag", ["p", "li", "br", "td", "tr", "option", "input", "span/", "a"])
def test_sixty_thousand_that_do_not_nest_leave_the_words(tag):
    assert body.text(parse(f"<{tag}>" * 60_000 + "words")) == "words"


def test_the_words_of_a_body():
    blocks = parse(WHOLE)
    assert [photo.photo for photo in body.photo_refs(blocks)] == [12]
    assert [tweet.tweet for tweet in body.tweet_refs(blocks)] == [7]
    assert body.plain("a<br>b &amp;amp; <em>c</em>") == "a b &amp; c"
    assert body.text(blocks[:4]) == (
        "The ferry left at six with 41 people & a dog.\n\nWhat the log says\n\n"
        "Out: 41.\nBack: 40.\nand the dog\n\nWe counted twice.\nThen again."
    )
    assert body.word_count(blocks[:2]) == 15


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ('<p>Look:</p><img src="https://example.org/a.jpg">', "picture from elsewhere"),
        ("<p>Watch:</p><iframe src='https://example.org/'></iframe>", "embedded from elsewhere"),
        ("<p>Watch:</p><video controls></video>", "embedded from elsewhere"),
        ("<p>He <del>did</del> did not.</p>", "struck-out"),
    ],
)
def test_what_a_reader_would_miss_is_refused_and_not_dropped(html, sentence):
    with pytest.raises(BodyError, match=sentence):
        clean(html)


@pytest.mark.parametrize(
    ("html", "canonical"),
    [
        ("One.\n\nTwo,\nstill two.\r\n \r\nThree.", "<p>One.</p><p>Two, still two.</p><p>Three.</p>"),
        ("<p>She said <q>no</q>.</p>", "<p>She said “no”.</p>"),
        ("<p>Write to <ines@example.org>.</p>", "<p>Write to &lt;ines@example.org&gt;.</p>"),
    ],
)
def test_words_typed_without_an_editor_are_kept(html, canonical):
    assert clean(html) == canonical
