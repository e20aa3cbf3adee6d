"""/corrections/: what was put right in stories that readers see now, and its feeds."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Correction, Purge
from articles.publishing import correct, publish, redact, schedule, update, withdraw
from tests.factories import PRINTED, make_article, make_column, make_user, published

pytestmark = pytest.mark.django_db
PAGE = "/corrections/"
FORMS = ["feed/", "feed/atom/", "feed/json/"]
EVERYWHERE = [PAGE, *(PAGE + form for form in FORMS)]
SENTENCE = re.compile(r'<p class="sum"[^>]*>([^<]*)</p>')


def told(client, path: str = PAGE) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    return SENTENCE.findall(response.text)


def corrected(number: int = 1, *, first: datetime = PRINTED, **fields):
    """A story with so many corrections, an hour apart."""
    (edition,) = published(**fields)
    for n in range(1, number + 1):
        edition = correct(edition.article, note=f"It was {n}.", dated=first + timedelta(hours=n))
    return edition


def test_each_is_told_with_its_date_its_kind_and_a_link_to_its_place(client):
    edition = corrected(2, headline="Ports & <Shipping>", slug="ports")
    text = client.get(PAGE).text
    assert told(client) == ["It was 2.", "It was 1."]
    assert f'<h3><a href="{edition.path}#note-2">Ports &amp; &lt;Shipping&gt;</a></h3>' in text
    assert '<time datetime="2015-06-01T18:43:00-04:00">June 1, 2015, <br>6:43 p.m.</time>' in text
    assert "<b>Correction</b> in " in text
    assert 'id="note-2"' in client.get(edition.path).text


def test_they_stand_by_month_the_newest_first(client):
    corrected(1, first=datetime(2015, 7, 1, 3, 0, tzinfo=UTC) - timedelta(hours=1))  # June 30 in New York
    corrected(1, first=datetime(2015, 7, 1, 5, 0, tzinfo=UTC))
    headings = re.findall(r"<h2[^>]*><span>([^<]*)</span></h2>", client.get(PAGE).text)
    assert headings == ["July 2015", "June 2015"]


def test_updates_are_no_corrections(client):
    (edition,) = published()
    for kind in ("correction", "clarification", "update"):
        correct(edition.article, kind=kind, note=f"A {kind}.")
    assert sorted(told(client)) == ["A clarification.", "A correction."]
    for path in EVERYWHERE[1:]:
        text = client.get(path).text
        assert "A clarification." in text
        assert "A update." not in text


@pytest.mark.parametrize("path", EVERYWHERE)
def test_of_a_retracted_story_the_retraction_alone_is_listed(client, path):
    edition = corrected(1)
    correct(edition.article, kind="retraction", note="We take it back.")
    text = client.get(path).text
    assert "We take it back." in text
    assert "It was 1." not in text
    correct(edition.article, note="The retraction was wrong.")
    text = client.get(path).text
    assert all(words in text for words in ("We take it back.", "It was 1.", "The retraction was wrong."))


@pytest.mark.parametrize("path", EVERYWHERE)
def test_they_go_with_their_story_and_come_back_with_it(client, path):
    edition = corrected(1)
    assert "It was 1." in client.get(path).text
    withdraw(edition.article, reason="It was wrong.")
    assert "It was 1." not in client.get(path).text
    publish(edition.article)
    assert "It was 1." in client.get(path).text


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_redacted_note_and_the_notes_of_a_redacted_story_are_gone(client, path):
    edition = corrected(1)
    redact(edition)
    assert "It was 1." not in client.get(path).text
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_row_that_no_edition_carries_is_not_told(client, path):
    """The edition is the truth."""
    edition = corrected(1)
    Correction.objects.create(article=edition.article, edition=edition, kind="correction", text="MARKER", at=PRINTED)
    assert "MARKER" not in client.get(path).text
    assert "It was 1." in client.get(path).text


def test_a_note_of_a_story_that_waits_is_not_told_before_its_time(client):
    edition = corrected(1)
    withdraw(edition.article, reason="It was wrong.")
    schedule(edition.article, at=timezone.now() + timedelta(hours=1))
    assert told(client) == []
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert told(client) == ["It was 1."]


def test_it_follows_a_story_whose_headline_and_address_change(client):
    edition = corrected(1)
    edition.article.headline, edition.article.slug = "Another headline", "another"
    edition.article.save()
    new = update(edition.article)
    assert f'<a href="{new.path}#note-1">Another headline</a>' in client.get(PAGE).text


@pytest.mark.parametrize("path", EVERYWHERE)
def test_older_pages_lose_and_repeat_none(client, path):
    corrected(2)
    edition = corrected(44, first=PRINTED + timedelta(days=2))
    # Several at one moment, from a story each.
    same = [corrected(1, first=PRINTED - timedelta(minutes=30)) for _ in range(3)]
    assert len(same) == 3
    found, asked = [], path
    while asked:
        text = client.get(asked).text
        found += re.findall(r"#note-\d+\"|#note-\d+<", text) if path == PAGE else re.findall(r":correction-(\d+)", text)
        next_one = re.search(r'"\?before=([^"&]+)"|next_url":"[^"]+before=([^"]+)"', text) or re.search(
            r'<(?:atom:)?link (?=[^>]*rel="next")[^>]*before=([^"]+)"()', text
        )
        asked = f"{path}?before={next_one[1] or next_one[2]}" if next_one else ""
    assert len(found) == 49
    assert path == PAGE or len(set(found)) == 49
    assert edition.number == 45


@pytest.mark.parametrize("size", [3, 60])
def test_three_queries_at_any_size(client, size):
    for n in range(size // 3):
        corrected(3, first=PRINTED + timedelta(days=n))
    for path in EVERYWHERE:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) == 3, path


@pytest.mark.parametrize("bad", ["x", "", "\x00", "9" * 100_000, "20150601T214300.000000Z-1\n"])
@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_place_that_we_did_not_write_is_404(client, path, bad):
    assert client.get(path, {"before": bad}).status_code == 404


def test_who_looks_back_sees_what_was_told_then(client):
    edition = corrected(1)
    before = timezone.now()
    correct(edition.article, note="A later one.")
    assert len(told(client)) == 2
    client.force_login(make_user("marek", "Editors"))
    response = client.get(PAGE, {"at": before.isoformat()})
    assert SENTENCE.findall(response.text) == ["It was 1."]
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_note_in_another_language_is_marked(client):
    corrected(1, headline="حساب السفارة", language="ar", slug="embassy")
    text = client.get(PAGE).text
    assert '#note-1" lang="ar" dir="rtl">حساب السفارة</a>' in text
    assert '<p class="sum" lang="ar" dir="rtl">It was 1.</p>' in text
    assert '<entry xml:lang="ar">' in client.get(f"{PAGE}feed/atom/").text


def test_it_is_purged_whenever_a_note_appears_changes_or_goes(client):
    response = client.get(PAGE)
    assert "corrections" in response.headers["Cache-Tag"].split()

    def purged() -> bool:
        found = Purge.objects.filter(key="corrections").exists()
        Purge.objects.all().delete()
        return found

    (edition,) = published()
    assert not purged()
    update(edition.article)
    assert not purged()
    last = correct(edition.article, note="It was wrong.")
    assert purged()
    update(edition.article)
    assert purged()
    withdraw(edition.article, reason="It was wrong.")
    assert purged()
    publish(edition.article)
    assert purged()
    redact(last)
    assert purged()


@pytest.mark.parametrize("path", EVERYWHERE)
def test_there_is_one_address(client, path):
    for twin in (path[:-1], path.upper(), f"{path}/"):
        moved = client.get(twin, {"utm_source": "x"})
        assert (moved.status_code, moved.headers.get("Location")) == (301, path), twin


def test_an_empty_record_says_so(client):
    make_column()
    assert "Nothing was corrected yet." in client.get(PAGE).text
    make_article()
    assert client.get(f"{PAGE}feed/atom/").status_code == 200
