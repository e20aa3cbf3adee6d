"""A correction may say about which paragraph it is: by words, which are found again in each edition."""

import pytest
from lxml import html

from articles import document
from articles.models import Correction, Edition
from articles.publishing import PublishingError, again, correct, reprint, update
from tests.factories import make_photo, published

pytestmark = pytest.mark.django_db
QUOTE = "<blockquote><p>We counted.</p><p>Then <em>again</em>.</p></blockquote>"
BODY = f"<p>First.</p>{QUOTE}<p>At pier <b>five</b>, at noon.</p>"
NOTE = "An earlier version gave the wrong pier."


@pytest.fixture
def edition() -> Edition:
    return published(body=BODY)[0]


def blocks(edition: Edition) -> list[int]:
    return [note.block for note in document.from_json(edition.document).corrections]


def test_it_works(client, edition):
    edition = correct(edition.article, note=NOTE, passage="  AT pier five, ")
    assert blocks(edition) == [3]
    page = html.fromstring(client.get(edition.path).text)
    (mark,) = page.xpath("//div[@class='prose']//a[@href='#note-1']")
    assert mark.getparent().text_content().startswith("At pier five, at noon.")
    assert mark.get("aria-label").startswith("Correction of ")
    (back,) = page.xpath("//aside[@id='note-1']//a/@href")
    assert back == f"#{mark.get('id')}"


def test_it_is_found_again_where_the_paragraph_is_by_now(client, edition):
    article = edition.article
    correct(article, note=NOTE, passage="At pier five")
    article.body = "<p>A new one.</p>" + article.body
    article.save()
    assert blocks(update(article)) == [4]
    article.body = "<p>Nothing of it is left.</p>"
    article.save()
    last = update(article)
    assert blocks(last) == [0]
    page = html.fromstring(client.get(last.path).text)
    assert not page.xpath("//a[contains(@class, 'mark')]")
    assert not page.xpath("//aside[@id='note-1']//a")


def test_a_quote_is_marked_at_its_end(client, edition):
    edition = correct(edition.article, note=NOTE, passage="then again")
    page = html.fromstring(client.get(edition.path).text)
    (mark,) = page.xpath("//blockquote//a")
    assert mark.getparent().text_content().strip() == "Then again."


def test_two_notes_about_one_paragraph_are_two_marks(client, edition):
    correct(edition.article, note=NOTE, passage="pier")
    edition = correct(edition.article, note="And the wrong hour.", kind="clarification", passage="noon")
    page = html.fromstring(client.get(edition.path).text)
    assert page.xpath("//div[@class='prose']//a/@href") == ["#note-1", "#note-2"]
    assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id"))


@pytest.mark.parametrize("passage", ["pier six", "<b>five</b>", "\0", "x" * 100_000, "Pilots Walk Out"])
def test_words_that_no_paragraph_has_are_refused_and_nothing_is_printed(edition, passage):
    with pytest.raises(PublishingError, match="No paragraph of the text has the words"):
        correct(edition.article, note=NOTE, passage=passage)
    assert edition.article.editions.count() == 1
    assert not Correction.objects.exists()


@pytest.mark.parametrize("passage", ["", "   "])
def test_without_words_there_is_no_mark(client, edition, passage):
    edition = correct(edition.article, note=NOTE, passage=passage)
    assert blocks(edition) == [0]
    assert "mark" not in html.fromstring(client.get(edition.path).text).xpath("string(//a/@class)")


def test_lists_and_feeds_that_do_not_hold_the_note_hold_no_mark(client, edition):
    correct(edition.article, note=NOTE, passage="pier")
    for path in ("/the-slatest/", "/feed/"):
        assert "note-1-here" not in client.get(path).text


def test_the_notice_of_a_retraction_leads_to_no_place(client, edition):
    edition = correct(edition.article, kind="retraction", note="Nothing of it was true.", passage="pier")
    text = client.get(edition.path).text
    assert "note-1-here" not in text
    assert "pier" not in text


def test_going_back_marks_the_older_text(edition):
    article = edition.article
    article.body = "<p>A new one.</p>" + article.body
    article.save()
    second = correct(article, note=NOTE, passage="pier")
    assert (blocks(second), blocks(again(edition, reason="x"))) == ([4], [3])


def test_a_document_of_the_first_version_is_not_printed_anew_for_its_version_alone(edition):
    photo = make_photo()
    article = edition.article
    article.lead_photo = photo
    article.save()
    second = correct(article, note=NOTE)
    old = {
        **second.document,
        "version": 1,
        "corrections": [{"kind": "correction", "text": NOTE, "at": second.document["corrections"][0]["at"]}],
    }
    assert document.to_json(document.from_json(old)) == second.document
    assert reprint(article, reason="x") == []
