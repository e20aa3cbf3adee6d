"""The page of one story, drawn from its edition alone."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings

from articles import document
from articles.models import Edition
from articles.pages.drawing import credit_words, draw, shape
from articles.pages.notes import newest_note
from articles.publishing import correct, redact, reprint, update
from tests.factories import (
    PRINTED,
    make_article,
    make_author,
    make_column,
    make_photo,
    make_tag,
    make_tweet,
    make_user,
    published,
)

pytestmark = pytest.mark.django_db
ARABIC = "توقفت حركة الإرشاد البحري منذ الظهر."


def page(client, edition: Edition) -> str:
    response = client.get(edition.path)
    assert response.status_code == 200
    return response.text


def test_it_works(client):
    (edition,) = published(headline="Is the Harbor Open?", dek="Pilots walked off.", kicker="Ports", tags=["Labor"])
    text = page(client, edition)
    assert "<h1>Is the Harbor Open?</h1>" in text
    assert '<p class="dek">Pilots walked off.</p>' in text
    assert "<title>Is the Harbor Open? | The Slatest</title>" in text
    assert '<time datetime="2015-06-01T17:43:00-04:00">' in text
    assert (
        '<small>p.m.</small></bdi></time></p><p class="rec"><bdi><a class="quiet" href="/the-slatest/2015/06/01/">'
        in text
    )
    assert 'By <a href="/by/ines-corvald/" rel="author"><bdi>Ines Corvald</bdi></a>' in text
    assert '<a href="/tag/labor/" rel="tag"><bdi>Labor</bdi></a>' in text


def test_a_page_asks_nobody_else_for_anything_and_has_no_script(client):
    photo, tweet = make_photo(file=True), make_tweet()
    (edition,) = published(lead_photo=photo, body=f'<news-tweet data-id="{tweet.pk}"></news-tweet>')
    text = page(client, edition)
    assert text.count("<script") == text.count('<script type="application/ld+json">') == 1  # data, which nobody runs
    assert " style=" not in text
    for attribute in ('src="http', 'src="//', '<link rel="stylesheet" href="http', "url(http"):
        assert attribute not in text


def test_a_page_sets_no_cookie_and_does_not_vary_by_one(client):
    (edition,) = published()
    for path in (edition.path, "/", "/the-slatest/", "/the-slatest/feed/", "/nothing/"):
        response = client.get(path, {"at": "2020-01-01T00:00"})
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_a_page_names_its_cache_keys(client):
    photo, tweet = make_photo(file=True), make_tweet()
    (edition,) = published(lead_photo=photo, body=f'<news-tweet data-id="{tweet.pk}"></news-tweet>', tags=["Labor"])
    response = client.get(edition.path)
    assert set(response.headers["Cache-Tag"].split()) == edition.cache_keys() - {"front"} | {"columns"}
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_an_arabic_post_has_its_language_and_direction(client):
    tweet = make_tweet(
        author_name="ميناء مرسى الزهر", language="ar", direction="rtl", text=ARABIC, translation="Pilotage stopped."
    )
    (edition,) = published(body=f'<news-tweet data-id="{tweet.pk}"></news-tweet>')
    text = page(client, edition)
    assert f'lang="ar" dir="rtl" cite="{tweet.url}">{ARABIC}</blockquote>' in text
    assert '<p class="gloss" lang="en" dir="ltr">Pilotage stopped.</p>' in text
    assert "Our translation" in text


def test_an_arabic_story_reads_from_the_right(client):
    (edition,) = published(headline="حساب السفارة", language="ar", slug="embassy")
    assert '<html lang="ar" dir="rtl">' in page(client, edition)
    for listed_at in ("/", "/the-slatest/", "/the-slatest/2015/"):
        listing = client.get(listed_at).text
        assert '<html lang="en">' in listing
        assert ' lang="ar" dir="rtl">حساب السفارة' in listing


def test_consecutive_posts_are_one_record(client):
    first, second, third = make_tweet(), make_tweet(), make_tweet(availability="deleted")
    embed = '<news-tweet data-id="{}"></news-tweet>'.format
    (edition,) = published(body=f"{embed(first.pk)}{embed(second.pk)}<p>Then.</p>{embed(third.pk)}")
    text = page(client, edition)
    assert text.count('<section class="record"') == 2
    assert "Two posts, captured June 1, 2015." in text
    assert "<b>Deleted since</b>" in text


def test_a_post_of_which_only_the_address_is_known_says_so(client):
    tweet = make_tweet(text="", author_name="", handle="", posted_at=None, captured_at=None, language="")
    (edition,) = published(body=f'<news-tweet data-id="{tweet.pk}"></news-tweet>')
    assert "The words of this post were not captured." in page(client, edition)


def test_a_photo_has_its_file_alt_text_caption_and_credit(client):
    photo = make_photo(file=True, alt_text="A ship")
    (edition,) = published(lead_photo=photo, lead_caption="The Adelin waits.")
    text = page(client, edition)
    assert f'<img src="/files/photos/{photo.sha256[:2]}/{photo.sha256}.jpg" width="80" height="50" alt="A ship"' in text
    assert "<span>The Adelin waits.</span>" in text
    assert '<small class="credit" lang="en"><bdi>Photo by Zein al-Rifai/AFP/Getty Images</bdi></small>' in text


def test_a_photo_without_a_file_is_a_picture_in_words(client):
    (edition,) = published(lead_photo=make_photo(alt_text=""), lead_caption="Syrians stand amid the destruction.")
    text = page(client, edition)
    assert "<p>Syrians stand amid the destruction.</p>" in text
    assert "<span>Syrians" not in text  # said once
    assert "Photo by Zein al-Rifai/AFP/Getty Images" in text
    assert "<img" not in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Zein al-Rifai/AFP", "Photo by Zein al-Rifai/AFP"),
        ("Courtesy of NASA", "Courtesy of NASA"),
        ("Photo illustration by Slate", "Photo illustration by Slate"),
        ("Screenshot/CNN", "Screenshot/CNN"),
        ("Byron Smith/Getty Images", "Photo by Byron Smith/Getty Images"),
        ("Mapplethorpe Estate", "Photo by Mapplethorpe Estate"),
        ("", ""),
    ],
)
def test_a_credit_says_how_the_picture_was_made(line, said):
    assert credit_words(frozen_photo(credit_line=line)) == said


def test_a_crop_keeps_its_focal_point_and_an_upright_photo_is_not_blown_up():
    assert shape(frozen_photo(crop="wide", focal_x=0.5, focal_y=0.1)) == "crop wide fx2 fy0"
    assert shape(frozen_photo(width=600, height=900)) == "tall"
    assert shape(frozen_photo()) == ""


def test_every_kind_of_block_is_drawn(client):
    body = (
        "<p>One <em>two</em> &amp; three.</p><h2>Four</h2><h3>Five</h3><ul><li><p>Six</p><ol><li><p>Seven</p></li></ol>"
        "</li></ul><blockquote><p>Eight</p></blockquote><aside class='pull-quote'><p>Nine</p></aside><hr><p>Ten</p>"
    )
    (edition,) = published(body=body)
    text = "".join(line.strip() for line in page(client, edition).splitlines())
    assert "<p>One <em>two</em> &amp; three.</p>" in text
    assert "<h2>Four</h2><h3>Five</h3><ul><li><p>Six</p><ol><li><p>Seven</p></li></ol></li></ul>" in text
    assert '<blockquote><p>Eight</p></blockquote><aside class="pull"><p>Nine</p></aside><hr><p>Ten</p></div>' in text
    post = "".join(line.strip() for line in client.get("/the-slatest/").text.splitlines())
    assert "<h3>Four</h3><h4>Five</h4>" in post  # there the headline is an h2


def test_an_unknown_block_is_logged_and_its_words_are_drawn(caplog):
    (edition,) = published()
    stored = edition.document | {"blocks": [{"kind": "poll", "text": "Do you <b>agree</b>?"}]}
    with caplog.at_level(logging.ERROR):
        text = draw(document.from_json(stored))
    assert "Do you &lt;b&gt;agree&lt;/b&gt;?" in text
    assert "poll" in caplog.text


def test_what_people_typed_is_escaped(client):
    bad = "<script>alert(1)</script>\"'&"
    tweet = make_tweet(text=bad, author_name=bad, translation=bad)
    photo = make_photo(file=True, alt_text=bad)
    photo.credit.credit_line = bad
    photo.credit.save()
    (edition,) = published(
        headline=bad, dek=bad, kicker=bad[:60], lead_photo=photo, lead_caption=bad, slug="bad",
        body=f'<news-tweet data-id="{tweet.pk}"></news-tweet>', authors=[bad], tags=[bad],
    )  # fmt: skip
    correct(edition.article, note=bad)
    for path in (edition.path, "/", "/the-slatest/", "/the-slatest/2015/", make_tag(bad).path, make_author(bad).path):
        assert "<script>" not in client.get(path).text
    feed = client.get("/the-slatest/feed/").text
    assert "<script>" not in feed
    assert (
        "<title>&#x26;lt;script&#x26;gt;alert(1)&#x26;lt;/script&#x26;gt;" in feed
    )  # readers would guess HTML: it is the words
    assert "&lt;script&gt;" in client.get("/the-slatest/feed/atom/").text


def test_a_change_and_a_correction_are_told_with_their_times(client):
    (edition,) = published()
    update(edition.article, dated=PRINTED + timedelta(hours=1))
    correct(edition.article, note="It was forty-one.", dated=PRINTED + timedelta(hours=15, minutes=32))
    text = page(client, edition)
    assert "Edition 3, updated June 2, 2015, 9:15 a.m." in text
    assert 'Correction, <time datetime="2015-06-02T09:15:00-04:00">June 2, 2015, 9:15 a.m.</time>' in text
    assert "<p>It was forty-one.</p>" in text
    assert '<a href="#note-1"><bdi class="star">Corrected June 2, 2015</bdi></a>' in text


def test_an_update_without_significance_is_not_told(client):
    (edition,) = published()
    update(edition.article, significant=False)
    assert "Edition" not in page(client, edition)


def test_readers_see_the_edition_and_never_the_working_copy(client):
    (edition,) = published(headline="As printed")
    edition.article.headline = "Half-written"
    edition.article.save()
    assert "Half-written" not in page(client, edition)


def test_a_renamed_author_and_tag_are_called_by_their_new_names(client):
    (edition,) = published(tags=["ISIS"], authors=["Ines Corvald"])
    tag, author = make_tag("ISIS"), make_author("Ines Corvald")
    tag.name, author.name = "Islamic State", "Ines C. Corvald"
    tag.save()
    author.save()
    assert "Islamic State</bdi></a>" in page(client, edition)
    assert "Ines C. Corvald</bdi></a>" in page(client, edition)


def test_a_corrected_credit_is_shown_after_a_reprint(client):
    photo = make_photo(file=True)
    (edition,) = published(lead_photo=photo)
    photo.credit.credit_line = "Karam Al-Masri/AFP"
    photo.credit.save()
    assert "Photo by Zein al-Rifai" in page(client, edition)
    reprint(edition.article, reason="credit")
    assert "Photo by Karam Al-Masri/AFP" in page(client, edition)


class TestARetraction:
    NOTICE = "We retract this story: the letter was forged."

    def retracted(self) -> Edition:
        photo = make_photo(file=True, alt_text="FALSE alt")
        tweet = make_tweet(text="FALSE post")
        (edition,) = published(
            headline="The Letter", slug="letter", dek="FALSE dek", seo_title="FALSE title", lead_photo=photo,
            lead_caption="FALSE caption", body=f'<p>FALSE text</p><news-tweet data-id="{tweet.pk}"></news-tweet>',
        )  # fmt: skip
        correct(edition.article, note="Not FALSE one.", dated=PRINTED + timedelta(hours=1))
        return correct(
            edition.article, kind="retraction", note=self.NOTICE, dated=PRINTED + timedelta(hours=15, minutes=32)
        )

    @pytest.mark.parametrize("at", ["/the-slatest/2015/06/01/letter/", "/the-slatest/", "/feed/", "/the-slatest/feed/"])
    def test_stands_in_the_place_of_everything_that_the_story_said(self, client, at):
        self.retracted()
        text = client.get(at).text
        assert "The Letter" in text
        assert self.NOTICE in text
        assert "June 2, 2015, 9:15 a.m." in text
        assert "FALSE" not in text
        assert "<figure" not in text

    def test_is_the_description_and_stays_out_of_search_engines(self, client):
        text = page(client, self.retracted())
        assert f'<meta name="description" content="{self.NOTICE}">' in text
        assert '<meta name="robots" content="noindex">' in text
        assert '<a href="#note-1"><bdi>Retracted June 2, 2015</bdi></a>' in text

    def test_takes_the_pictures_of_the_story_from_readers(self, client):
        edition = self.retracted()
        address = edition.article.lead_photo.file.url
        assert client.get(address).status_code == 404
        published(lead_photo=edition.article.lead_photo)
        assert client.get(address).status_code == 200

    def test_leaves_the_record_whole(self):
        kept = self.retracted().document
        assert kept["dek"] == "FALSE dek"
        assert [note["kind"] for note in kept["corrections"]] == ["correction", "retraction"]

    def test_is_marked_in_a_column_of_whole_posts(self, client):
        edition = self.retracted()
        text = client.get("/the-slatest/").text
        assert '<h3 lang="en"><bdi>Retraction, ' in text
        assert f'<a class="dated" href="{edition.path}#note-1">Retracted June 2, 2015</a>' in text


def subheadings(client, path: str) -> list[tuple[str, str]]:
    return re.findall(r"<h([2-6])>(\w+)</h\1>", client.get(path).text)


def test_subheadings_never_skip_a_level(client):
    (edition,) = published(body="<h3>One</h3><p>A</p><h3>Two</h3><p>B</p><h2>Three</h2><p>C</p><h3>Four</h3><p>D</p>")
    assert subheadings(client, edition.path) == [("2", "One"), ("2", "Two"), ("2", "Three"), ("3", "Four")]
    assert subheadings(client, "/the-slatest/") == [("3", "One"), ("3", "Two"), ("3", "Three"), ("4", "Four")]


def test_a_post_in_its_column_tells_the_newest_note_and_where_it_stands(client):
    (edition,) = published()
    correct(edition.article, note="It was forty-one.", dated=PRINTED + timedelta(hours=1))
    correct(edition.article, kind="clarification", note="Not all of them.", dated=PRINTED + timedelta(days=1))
    dated = f'<a class="dated" href="{edition.path}#note-2">Clarified June 2, 2015</a>'
    text = client.get("/the-slatest/").text
    assert f"updated June 2, 2015, 5:43 p.m. {dated}" in text
    assert "Corrected" not in text
    assert 'id="note-2"' in page(client, edition)


def test_an_asterisk_stands_before_a_correction_and_before_no_other_note(client):
    (edition,) = published()
    correct(edition.article, kind="clarification", note="Not all of them.")
    assert "star" not in page(client, edition) + client.get("/the-slatest/").text
    correct(edition.article, note="It was forty-one.")
    assert page(client, edition).count('class="star"') == 2  # the rail's link and the note
    assert f'<a class="dated star" href="{edition.path}#note-2">Corrected' in client.get("/the-slatest/").text


def test_the_band_names_five_columns_and_the_foot_all(client):
    (edition,) = published()
    for number in range(6):
        make_column(f"Column {number}", position=number + 1)
    for path in (edition.path, "/the-slatest/", "/", "/nothing/here/"):
        band, foot = client.get(path).text.split("</header>")
        assert 'href="/column-3/"' in band
        assert 'href="/column-4/"' not in band
        assert 'href="/column-5/"' in foot


def test_a_note_of_an_unknown_kind_reads_as_a_correction():
    (edition,) = published()
    edition.document["corrections"] = [
        {"kind": "apology", "text": "Sorry.", "at": "2015-06-02T09:15:00-04:00", "block": 0}
    ]
    assert newest_note(document.from_json(edition.document)).did == "Corrected"


@pytest.mark.parametrize(
    ("body", "brief"),
    [
        ("<p>One line.</p>", True),
        ("<news-photo data-id='{photo}'></news-photo><p>Then.</p>", True),
        (f"<p>{'Ten lines of it. ' * 40}</p><news-photo data-id='{{photo}}'></news-photo>", False),
        ("<p>One.</p><p>Two.</p><p>Three.</p>", False),
    ],
)
def test_a_story_that_opens_with_few_words_leaves_no_hole_beside_its_rail(client, body, brief):
    (edition,) = published(body=body.format(photo=make_photo(file=True).pk))
    assert ('class="spine story brief"' in page(client, edition)) is brief


class TestLookingBack:
    def test_an_editor_sees_what_was_seen_then(self, client):
        (edition,) = published(headline="As printed")
        then = edition.live_from
        edition.article.headline = "As changed"
        edition.article.save()
        update(edition.article)
        client.force_login(make_user("marek", "Editors"))
        response = client.get(edition.path, {"at": then.isoformat()})
        assert "As printed" in response.text
        assert "As changed" not in response.text
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Cache-Tag" not in response.headers

    def test_before_the_first_edition_there_was_nothing(self, client):
        (edition,) = published()
        client.force_login(make_user("marek", "Editors"))
        assert client.get(edition.path, {"at": "2001-01-01T12:00"}).status_code == 404
        assert edition.headline not in client.get("/", {"at": "2001-01-01T12:00"}).text

    @pytest.mark.parametrize("at", ["yesterday", "2026-13-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59"])
    def test_a_moment_that_cannot_be_read_is_refused(self, client, at):
        (edition,) = published()
        client.force_login(make_user("marek", "Editors"))
        response = client.get(edition.path, {"at": at})
        assert response.status_code == 404
        assert "Write the moment as 2026-11-21T14:05." in response.text
        assert response.headers["Cache-Control"] == "private, no-store"

    def test_a_redacted_edition_is_gone_then_too(self, client):
        (edition,) = published(headline="The name of a child")
        then = edition.live_from
        redact(edition, reason="court order")
        client.force_login(make_user("marek", "Editors"))
        assert client.get(edition.path, {"at": then.isoformat()}).status_code == 410
        assert client.get("/the-slatest/", {"at": then.isoformat()}).status_code == 200

    def test_a_reader_who_signed_in_sees_what_is_now(self, client):
        (edition,) = published()
        client.force_login(make_user("olu"))
        response = client.get(edition.path, {"at": "2001-01-01T12:00"})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"

    def test_an_answer_that_takes_a_stale_session_back_is_kept_by_nobody(self, client):
        (edition,) = published()
        for path, status in ((edition.path, 200), ("/nothing/", 404)):
            client.cookies[settings.SESSION_COOKIE_NAME] = "of-last-year"
            response = client.get(path, {"at": "2001-01-01T12:00"})
            assert response.status_code == status
            assert response.headers["Cache-Control"] == "private, no-store"
            assert "Cache-Tag" not in response.headers

    def test_the_banner_tells_what_was_from_what_will_be(self, client):
        (edition,) = published()
        client.force_login(make_user("marek", "Editors"))
        assert (
            "As readers will see it on Jan. 1, 2999, noon." in client.get(edition.path, {"at": "2999-01-01T12:00"}).text
        )
        assert "As readers saw it on Jan. 1, 2001, noon." in client.get("/", {"at": "2001-01-01T12:00"}).text

    def test_older_pages_keep_the_moment(self, client):
        published(11)
        assert "at=" not in client.get("/the-slatest/").text
        client.force_login(make_user("marek", "Editors"))
        assert "&amp;at=2999-01-01T12%3A00%3A00-05%3A00" in client.get("/the-slatest/", {"at": "2999-01-01T12:00"}).text


def test_a_draft_stands_nowhere(client):
    article = make_article("Not for readers")
    assert client.get(f"/the-slatest/2015/06/01/{article.slug}/").status_code == 404


def frozen_photo(**fields) -> document.Photo:
    plain = {
        "photo": 1, "file": "a" * 64, "path": "photos/aa/a.jpg", "width": 900, "height": 600, "focal_x": 0.5,
        "focal_y": 0.5, "crop": "", "alt": "", "caption": "", "credit_line": "", "printed_credit": "",
        "photographer": "", "agencies": (), "copyright_notice": "", "usage_terms": "", "rights": "agency",
    }  # fmt: skip
    return document.Photo(**(plain | fields))


def test_a_kicker_says_its_language_beside_our_own_words(client):
    (french,) = published(language="fr", kicker="Ports")
    assert '<b lang="fr"><bdi>Ports</bdi></b>' in client.get(french.path).text
    (english,) = published(kicker="Ports", slug="english")
    assert "<b><bdi>Ports</bdi></b>" in client.get(english.path).text
