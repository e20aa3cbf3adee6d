"""The editions of a story that was put right, as readers are told of them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles.models import Edition
from articles.pages import history
from articles.publishing import cancel, correct, publish, redact, reprint, schedule, undo, update, withdraw
from articles.publishing.second_thoughts import GRACE
from articles.publishing.story import UNDO
from tests.factories import make_article, make_photo, make_tag, make_user, published

pytestmark = pytest.mark.django_db
NOTE = "An earlier version gave the wrong pier."


@pytest.fixture
def clock():
    """Time that moves on from now when it is told to: by its own clock the database refuses to rewrite the past."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def later(clock, **saved):
    """An hour later, with these words saved."""
    clock.shift(timedelta(hours=1))
    article = saved.pop("of")
    for name, value in saved.items():
        setattr(article, name, value)
    article.save()
    return article


def page_of(client, edition: Edition):
    answer = client.get(f"{edition.path}history/")
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def editions(page) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath('//section[contains(@class, "edition")]')]


def test_it_works(client, clock):
    (edition,) = published(headline="Is the Harbor Open?", body="<p>At pier four.</p><p>Nobody knew more.</p>")
    article = later(clock, of=edition.article, body="<p>At pier five.</p><p>Nobody knew more.</p>")
    edition = correct(article, note=NOTE)
    page = page_of(client, edition)
    assert page.xpath("//h1/a/@href") == [edition.path]
    newest, oldest = editions(page)
    assert newest.endswith(f"Edition 2, corrected Correction. {NOTE} At pier four. five.")
    assert "Edition 1, published As it was first printed." in oldest
    assert page.xpath("//section//ins/text()") == ["five."]
    assert page.xpath("//section//del/text()") == ["four."]


def test_the_story_leads_to_it_and_it_leads_back(client, clock):
    (edition,) = published()
    assert "history/" not in client.get(edition.path).text
    later(clock, of=edition.article)
    edition = correct(edition.article, note=NOTE)
    page = html.fromstring(client.get(edition.path).text)
    links = page.xpath(f"//a[@href='{edition.path}history/']")
    assert [link.text_content() for link in links] == [
        f"Edition 2, updated {links[0].text_content()[19:]}",
        "What was changed, and when",
    ]
    assert page_of(client, edition).xpath("//main//a/@href").count(edition.path) == 2


def test_a_note_whose_place_moves_is_told_once(client, clock):
    (edition,) = published(body="<p>At pier five.</p>")
    article = later(clock, of=edition.article)
    correct(article, note=NOTE, passage="pier")
    later(clock, of=article, body="<p>A new one.</p><p>At pier five.</p>")
    edition = update(article)
    assert [NOTE in each for each in editions(page_of(client, edition))] == [False, True, False]


def test_each_edition_says_what_was_done(client, clock):
    (edition,) = published()
    for kind in ("update", "clarification", "correction"):
        later(clock, of=edition.article)
        edition = correct(edition.article, kind=kind, note=f"A note of the kind {kind}.")
    said = [each.xpath("string(.//h2)") for each in page_of(client, edition).xpath("//section")]
    assert said == ["Edition 4, corrected", "Edition 3, clarified", "Edition 2, updated", "Edition 1, published"]


@pytest.mark.parametrize("kind", ["correction", "clarification", "retraction"])
def test_what_was_put_right_has_a_history(client, kind):
    (edition,) = published()
    correct(edition.article, kind=kind, note=NOTE)
    assert client.get(f"{edition.path}history/").status_code == 200


def test_what_was_not_has_none(client):
    (edition,) = published()
    update(edition.article)
    correct(edition.article, kind="update", note="By evening three ships had left.")
    assert client.get(f"{edition.path}history/").status_code == 404
    draft = make_article()
    assert client.get(f"/the-slatest/2015/06/01/{draft.slug}/history/").status_code == 404


def test_a_redacted_edition_is_a_number_and_a_time(client, clock):
    (first,) = published(headline="NAMED", body="<p>NAMED is the witness of the fire.</p>")
    article = later(clock, of=first.article, headline="The Witness", body="<p>Somebody is the witness of the fire.</p>")
    correct(article, note="NAMED was wrong.")
    later(clock, of=article, body="<p>Somebody is the witness of the blaze.</p>")
    third = update(article)
    redact(first, reason="A court: NAMED")
    page = page_of(client, third)
    assert "Edition 1, published Its text was removed for legal reasons." in editions(page)[-1]
    assert page.xpath("//del/text()") == ["words that were removed", "fire."]
    # Its own note went with it; here it is the second's, which readers still see under the story.
    redact(article.editions.get(number=2), reason="A court: NAMED")
    article.refresh_from_db()
    clock.shift(timedelta(hours=1))
    correct(article, note=NOTE)
    text = client.get(f"{third.path}history/").text
    assert "NAMED" not in text
    assert text.count("removed for legal reasons") == 2


def test_a_neighbour_of_a_redacted_edition_is_compared_with_the_one_before_it(client, clock):
    (edition,) = published(body="<p>At pier four, at noon.</p>")
    article = later(clock, of=edition.article, body="<p>At pier SECRET, at noon.</p>")
    second = update(article)
    later(clock, of=article, body="<p>At pier five, at noon.</p>")
    third = correct(article, note=NOTE)
    redact(second, reason="x")
    page = page_of(client, third)
    assert page.xpath("//section//del/text()") == ["four,"]
    assert page.xpath("//section//ins/text()") == ["five,"]
    assert "SECRET" not in html.tostring(page, encoding="unicode")


def test_a_retracted_text_is_not_shown(client, clock):
    (edition,) = published(headline="Ship Sinks", dek="FALSE", body="<p>FALSE</p>", lead_photo=make_photo(file=True))
    article = later(clock, of=edition.article, body="<p>FALSER</p>")
    correct(article, note="FALSE was FALSER")
    clock.shift(timedelta(hours=1))
    edition = correct(article, kind="retraction", note="Nothing of it was true.")
    page = page_of(client, edition)
    text = html.tostring(page, encoding="unicode")
    assert "FALSE" not in text
    assert "/files/" not in text
    assert "Nothing of it was true." in text
    assert len(editions(page)) == 3


def test_a_text_that_came_back_is_compared_over_its_retraction(client, clock):
    (edition,) = published(body="<p>It was the fourth pier.</p>")
    article = later(clock, of=edition.article)
    correct(article, kind="retraction", note="Nothing of it was true.")
    later(clock, of=article, body="<p>It was the fifth pier.</p>")
    edition = correct(article, note="The retraction was wrong.")
    newest, middle, _ = editions(page_of(client, edition))
    assert "fourth fifth pier" in newest
    assert middle.endswith("Retraction. Nothing of it was true.")


def test_what_was_taken_back_at_once_never_was(client, clock):
    assert history.STOOD >= UNDO + GRACE
    (edition,) = published()
    article = later(clock, of=edition.article)
    correct(article, note=NOTE)
    later(clock, of=article, body="<p>MISTAKE</p>")
    mistake = update(article)
    clock.shift(UNDO)
    edition = undo(mistake)
    page = page_of(client, edition)
    assert "MISTAKE" not in html.tostring(page, encoding="unicode")
    assert [each.split("Edition ")[1][0] for each in editions(page)] == ["4", "2", "1"]
    assert "No word was changed since edition 2." in editions(page)[0]


def test_what_nobody_saw_is_not_in_it(client, clock):
    (edition,) = published()
    article = later(clock, of=edition.article)
    edition = correct(article, note=NOTE)
    later(clock, of=article, body="<p>CANCELLED</p>")
    schedule(article, at=timezone.now() + timedelta(days=30))
    cancel(article)
    later(clock, of=article, body="<p>WAITS</p>")
    schedule(article, at=timezone.now() + timedelta(days=30))
    later(clock, of=article, body="<p>DRAFT</p>")
    text = client.get(f"{edition.path}history/").text
    assert not {"CANCELLED", "WAITS", "DRAFT"} & set(text.replace("<", " ").replace(">", " ").split())


def test_reasons_and_names_of_the_desk_are_the_desks(client, clock):
    marek = make_user("marek-zq", "Editors")
    (edition,) = published(lead_photo=make_photo())
    article = later(clock, of=edition.article)
    edition.article.lead_photo.credit.credit_line = "Another Hand"
    edition.article.lead_photo.credit.save()
    (edition,) = reprint(article, by=marek, reason="CONFIDENTIAL")
    clock.shift(timedelta(hours=1))
    update(article, by=marek, reason="CONFIDENTIAL")
    clock.shift(timedelta(hours=1))
    edition = correct(article, by=marek, note=NOTE)
    text = client.get(f"{edition.path}history/").text
    assert "CONFIDENTIAL" not in text
    assert "marek-zq" not in text
    assert "Edition 2, printed anew" in text
    assert "<ins>Another Hand</ins>" in text


def test_tags_and_authors_have_the_names_of_today(client, clock):
    (edition,) = published(tags=["Old Name"], authors=["Ines Corvald"])
    article = later(clock, of=edition.article)
    edition = correct(article, note=NOTE)
    tag = make_tag("Old Name")
    tag.name = "New Name"
    tag.save()
    assert "No word was changed since edition 1." in editions(page_of(client, edition))[0]
    assert "Old Name" not in client.get(f"{edition.path}history/").text


def test_it_moves_and_goes_with_its_story(client, clock):
    (first,) = published()
    article = later(clock, of=first.article, slug="second-name")
    second = correct(article, note=NOTE)
    for path in (f"{first.path}history/", f"{first.path}history", f"{second.path}HISTORY/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{second.path}history/"), path
    clock.shift(timedelta(hours=1))
    withdraw(article, reason="It named the wrong man.")
    assert client.get(f"{second.path}history/").status_code == 410
    assert NOTE not in client.get(f"{second.path}history/").text


def test_it_is_stamped_and_not_indexed_and_has_one_address(client, clock):
    (edition,) = published(tags=["Ports"])
    article = later(clock, of=edition.article)
    edition = correct(article, note=NOTE)
    answer = client.get(f"{edition.path}history/?utm_source=x")
    keys = set(answer.headers["Cache-Tag"].split())
    assert {f"article-{article.pk}", f"column-{article.column_id}", "columns", f"tag-{make_tag('Ports').pk}"} <= keys
    page = html.fromstring(answer.text)
    assert page.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    assert page.xpath('//link[@rel="canonical"]/@href') == [f"http://127.0.0.1:8000{edition.path}history/"]


def test_editors_look_back_at_it(client, clock):
    (edition,) = published()
    article = later(clock, of=edition.article)
    between = timezone.now() + timedelta(minutes=30)
    correct(article, note=NOTE)
    later(clock, of=article)
    edition = correct(article, note="And the wrong harbor.")
    client.force_login(make_user("marek", "Editors"))
    answer = client.get(f"{edition.path}history/", {"at": between.isoformat()})
    assert "And the wrong harbor." not in answer.text
    assert NOTE in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    before = client.get(f"{edition.path}history/", {"at": (between - timedelta(hours=1)).isoformat()})
    assert before.status_code == 404


@pytest.mark.parametrize("count", [2, 12])
def test_it_asks_three_questions_however_many_editions(client, clock, count):
    (edition,) = published(tags=["Ports", "Labor"], lead_photo=make_photo(file=True))
    for number in range(count - 1):
        later(clock, of=edition.article, dek=f"Dek {number}")
        edition = correct(edition.article, note=NOTE)
    with CaptureQueriesContext(connection) as queries:
        page_of(client, edition)
    assert len(queries) == 3


def test_more_editions_than_it_has_room_for(client, clock, monkeypatch):
    monkeypatch.setattr(history, "MOST", 2)
    (edition,) = published()
    for number in range(3):
        later(clock, of=edition.article, dek=f"Dek {number}")
        edition = correct(edition.article, note=NOTE)
    page = page_of(client, edition)
    assert len(editions(page)) == 2
    assert "There are earlier editions" in page.text_content()


def test_an_arabic_story_has_its_own_direction(client, clock):
    article = make_article(headline="مرفأ", body="<p>فتح المرفأ صباحا</p>", language="ar")
    publish(article)
    later(clock, of=article, body="<p>فتح المرفأ مساء</p>")
    edition = correct(article, note="كان الوقت خطأ")
    page = page_of(client, edition)
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    (changed,) = page.xpath("//p[@class='change']")
    assert (changed.get("lang"), changed.get("dir")) == ("ar", "rtl")


def test_markup_in_words_stays_words(client, clock):
    (edition,) = published(headline="<b>x</b> & y", body="<p>1 &lt; 2 <em>always</em></p>")
    article = later(clock, of=edition.article, headline="<i>x</i> & y", body="<p>1 &lt; 3 <em>always</em></p>")
    text = client.get(f"{correct(article, note=NOTE).path}history/").text
    assert "<del>&lt;b&gt;x&lt;/b&gt;</del> <ins>&lt;i&gt;x&lt;/i&gt;</ins> &amp; y" in text
    assert "1 &lt; <del>2</del> <ins>3</ins> always" in text


@pytest.mark.parametrize("query", ["at=\0", "at=9999", "before=x", "x=" + "y" * 100_000, "%F0%9F%92%A9=1"])
def test_a_hostile_query_changes_nothing(client, query):
    (edition,) = published()
    edition = correct(edition.article, note=NOTE)
    plain = client.get(f"{edition.path}history/")
    assert client.get(f"{edition.path}history/?{query}").text == plain.text


def test_a_moved_story_without_a_history_has_none_at_its_old_address_either(client):
    (edition,) = published()
    edition.article.slug = "moved"
    edition.article.save()
    update(edition.article)
    assert client.get(f"{edition.path}history/").status_code == 404
    newer = correct(edition.article, note="It was forty-one pilots.")
    assert client.get(f"{edition.path}history/").headers["Location"] == f"{newer.path}history/"
