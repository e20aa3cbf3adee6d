"""The front: curated places over the river, at any moment."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Errand, Front, Purge, Slot
from articles.models.article import Stage
from articles.models.front import PLACES
from articles.publishing import PublishingError, Wish, correct, publish, redact, schedule, update, withdraw
from tests.factories import PRINTED, curated, make_article, make_column, make_photo, make_user, published

pytestmark = pytest.mark.django_db
HEAD = re.compile(r'<h[23]>(?:<span class="kick"[^>]*>[^<]*</span> )?<a href="(/[^"]+/)"')
OLDER = re.compile(r'href="(\?before=[^"]+)"')
LEAD = re.compile(r'<article class="spine entry lead">.*?<h2><a href="([^"]+)"[^>]*>([^<]+)', re.DOTALL)
LOG = re.compile(r'<ol class="list log">(.*?)</ol>', re.DOTALL)
MONDAY = datetime(2031, 3, 10, 13, 0, tzinfo=UTC)


def lead(client, query: str = "") -> tuple[str, str]:
    """The address and the headline of the lead."""
    return LEAD.search(client.get(f"/{query}").text).groups()


def heads(client, query: str = "") -> list[str]:
    return HEAD.findall(client.get(f"/{query}").text)


def all_heads(client) -> list[str]:
    found, query = [], ""
    while True:
        text = client.get(f"/{query}").text
        found += HEAD.findall(text)
        older = OLDER.search(text)
        if not older:
            return found
        query = older[1]


def at(moment: datetime) -> str:
    return f"?at={moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}%2B00:00"


@pytest.fixture
def marek(client):
    """Sees the front of any moment."""
    client.force_login(make_user("marek", "Editors"))
    return client


def test_it_works(client):
    old, *_ = published(9)
    curated(Wish(article=old.article_id, place=1, pinned=True, headline="The Front's Own Words", kicker="Harbor"))
    assert lead(client) == (old.path, "The Front&#x27;s Own Words")
    text = client.get("/").text
    assert "<b>Harbor</b>" in text
    assert text.count(f'"{old.path}"') == 1


def test_without_slots_the_newest_leads_and_the_fast_column_has_its_log(client):
    editions = published(8)
    (slow,) = published(column=make_column("World", shows="cards"), printed=PRINTED - timedelta(days=9))
    assert lead(client)[0] == editions[-1].path
    log = LOG.search(client.get("/").text)[1]
    assert HEAD.findall(log) == [edition.path for edition in reversed(editions[2:7])]
    assert slow.path in heads(client)


@pytest.mark.parametrize("stories", [0, 1, 3, 30])
def test_a_front_of_any_size_shows_each_story_once(client, stories):
    editions = published(stories)
    found = all_heads(client)
    assert sorted(found) == sorted(edition.path for edition in editions)


def test_slots_stand_in_their_places_in_order(client):
    column = make_column("World", shows="cards")
    first, second, third = published(3, column=column)
    published(12)
    curated(
        Wish(article=second.article_id, place=2, pinned=True),
        Wish(article=first.article_id, place=3, pinned=True),
        Wish(article=third.article_id, place=4, pinned=True),
    )
    found = heads(client)
    assert [path for path in found if path.startswith("/world/")] == [second.path, first.path, third.path]


def test_a_place_without_a_slot_and_one_whose_hours_are_over_have_the_newest_story(client):
    with time_machine.travel(MONDAY, tick=False) as clock:
        old, new = published(2)
        curated(Wish(article=old.article_id, place=1, pinned=True, live_until=MONDAY + timedelta(hours=1)))
        assert lead(client)[0] == old.path
        clock.shift(timedelta(hours=1))
        assert lead(client)[0] == new.path
        assert old.path in heads(client)


def test_a_story_that_is_not_pinned_makes_way_for_one_printed_after_it(client):
    with time_machine.travel(MONDAY, tick=False) as clock:
        loose, pinned, other = published(3)
        curated(Wish(article=loose.article_id, place=1))
        assert lead(client)[0] == loose.path
        curated(Wish(article=pinned.article_id, place=1, pinned=True))
        clock.shift(timedelta(minutes=5))
        newer = publish(make_article())
        assert lead(client)[0] == pinned.path
        curated(Wish(article=other.article_id, place=1))
        assert lead(client)[0] == other.path
        clock.shift(timedelta(minutes=5))
        newest = publish(make_article())
        assert lead(client)[0] == newest.path
        # Nobody is lost: all are in the river or the log.
        assert {loose.path, pinned.path, other.path, newer.path} <= set(heads(client))


def test_a_story_of_old_imported_today_moves_nobody(client):
    with time_machine.travel(MONDAY, tick=False) as clock:
        (loose,) = published(1)
        curated(Wish(article=loose.article_id, place=1))
        clock.shift(timedelta(minutes=5))
        publish(make_article(), first_published_at=PRINTED + timedelta(days=3))
        assert lead(client)[0] == loose.path


def test_the_slot_put_there_last_stands_in_front_until_its_hours_end(client):
    with time_machine.travel(MONDAY, tick=False) as clock:
        behind, before = published(2)
        curated(
            Wish(article=behind.article_id, place=1, pinned=True),
            Wish(
                article=before.article_id,
                place=1,
                pinned=True,
                live_from=MONDAY + timedelta(hours=1),
                live_until=MONDAY + timedelta(hours=2),
            ),
        )
        seen = []
        for _ in range(3):
            seen.append(lead(client)[0])
            clock.shift(timedelta(hours=1))
        assert seen == [behind.path, before.path, behind.path]


def test_the_front_of_yesterday_and_of_next_week_are_answered_by_the_same_rows(marek):
    with time_machine.travel(MONDAY, tick=False) as clock:
        marek.force_login(make_user("marta", "Editors"))  # a session does not last until 2031
        one, two, three = published(3)
        curated(Wish(article=one.article_id, place=1, pinned=True, headline="As It Was Said Then"))
        clock.shift(timedelta(hours=2))
        curated(
            Wish(article=two.article_id, place=1, pinned=True),
            Wish(article=three.article_id, place=1, pinned=True, live_from=MONDAY + timedelta(days=7)),
        )
        assert lead(marek)[0] == two.path
        assert lead(marek, at(MONDAY + timedelta(minutes=5))) == (one.path, "As It Was Said Then")
        assert lead(marek, at(MONDAY + timedelta(days=7)))[0] == three.path
        assert lead(marek, at(MONDAY + timedelta(days=7) - timedelta(minutes=1)))[0] == two.path


def test_a_scheduled_story_leads_from_its_moment_on_and_not_before(client):
    with time_machine.travel(MONDAY, tick=False) as clock:
        (now,) = published(1)
        waiting = schedule(make_article("MARKER Waits"), at=MONDAY + timedelta(hours=1))
        curated(Wish(article=waiting.article_id, place=1, pinned=True, headline="MARKER front words", kicker="MARKER"))
        assert lead(client)[0] == now.path
        assert "MARKER" not in client.get("/").text
        clock.shift(timedelta(hours=1))
        assert lead(client) == (waiting.path, "MARKER front words")


def unseen(kind: str):
    """A story that readers may not see, with a slot that would show it."""
    if kind == "withdrawn":
        (edition,) = published(1, headline="MARKER withdrawn")
        withdraw(edition.article, reason="It was wrong.")
        return edition.article
    if kind == "retracted":
        (edition,) = published(1, headline="MARKED", dek="MARKER dek", body="<p>MARKER text.</p>",
                               lead_photo=make_photo(file=True, alt_text="MARKER alt"))  # fmt: skip
        correct(edition.article, kind="retraction", note="It was made up.")
        return edition.article
    if kind == "redacted":
        (edition,) = published(1, headline="MARKER redacted")
        redact(edition, reason="Court order.")
        return edition.article
    article = make_article(f"MARKER {kind}", stage=Stage.KILLED if kind == "killed" else Stage.DRAFT)
    if kind == "waiting":
        schedule(article, at=timezone.now() + timedelta(days=1))
    return article


@pytest.mark.parametrize("kind", ["draft", "killed", "waiting", "withdrawn", "redacted", "retracted"])
def test_a_slot_whose_story_may_not_be_seen_has_the_newest_and_tells_nothing(client, kind):
    (newest,) = published(1, headline="For everybody")
    article = unseen(kind)
    curated(Wish(article=article.pk, place=1, pinned=True, headline="MARKER own words", kicker="MARKER kicker"))
    assert lead(client)[0] in ({newest.path, article.editions.first().path} if kind == "retracted" else {newest.path})
    response = client.get("/")
    assert "MARKER" not in response.text
    assert "MARKER" not in str(response.headers)
    if kind != "retracted":
        assert f"article-{article.pk}" not in response.headers["Cache-Tag"].split()


def test_a_retracted_story_leaves_its_place_and_stays_in_the_river(client):
    (false,) = published(1, headline="The Mayor Owns the Bridge", lead_photo=make_photo(file=True))
    (true,) = published(1, printed=PRINTED - timedelta(days=1))
    newer = published(8, printed=PRINTED + timedelta(days=1))
    curated(Wish(article=false.article_id, place=1, pinned=True, headline="Owns It!"))
    correct(false.article, kind="retraction", note="It was made up.")
    assert lead(client)[0] == newer[-1].path
    assert "Owns It!" not in client.get("/").text
    assert {false.path, true.path} <= set(all_heads(client))
    # A later note brings the text back, and the story its place.
    correct(false.article, note="The retraction was wrong.")
    assert lead(client) == (false.path, "Owns It!")


def test_a_redaction_takes_the_fronts_own_words_from_the_past_too(marek):
    (edition,) = published(1, headline="MARKER")
    curated(Wish(article=edition.article_id, place=1, pinned=True, headline="MARKER again", kicker="MARKER"))
    seen = timezone.now()
    redact(edition, reason="Court order.")
    assert not Slot.objects.exclude(headline="", kicker="").exists()
    assert "MARKER" not in marek.get(f"/{at(seen)}").text


def test_older_pages_repeat_and_lose_nothing_of_a_curated_front(client):
    editions = published(70)
    slow = published(6, column=make_column("World", shows="cards"), printed=PRINTED - timedelta(days=30))
    curated(
        Wish(article=editions[3].article_id, place=1, pinned=True),
        Wish(article=slow[0].article_id, place=3, pinned=True),
        Wish(article=editions[40].article_id, place=2),
    )
    found = all_heads(client)
    assert len(found) == len(set(found)) == 76
    assert set(found) == {edition.path for edition in [*editions, *slow]}


@pytest.mark.parametrize("slots", [0, PLACES])
def test_the_front_asks_four_questions_whatever_stands_on_it(client, slots):
    editions = published(40, authors=["Ines Corvald", "Marius Oake"], lead_photo=make_photo(file=True))
    published(10, column=make_column("World", shows="cards"))
    curated(*(Wish(article=editions[n].article_id, place=n + 1, pinned=True) for n in range(slots)))
    for query in ("", OLDER.search(client.get("/").text)[1]):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{query}").status_code == 200
        assert len(queries) == 4


def test_the_page_names_the_keys_of_all_it_shows(client):
    photo = make_photo(file=True)
    (edition,) = published(1, lead_photo=photo)
    tag = client.get("/").headers["Cache-Tag"].split()
    author = edition.edition_bylines.get().author
    assert {"front", f"article-{edition.article_id}", f"column-{edition.column_id}", f"photo-{photo.pk}",
            author.cache_key} <= set(tag)  # fmt: skip


def test_arranging_purges_the_front_now_and_at_each_moment_to_come(client):
    with time_machine.travel(MONDAY, tick=False):
        one, two = published(2)
        Purge.objects.all().delete()
        Errand.objects.all().delete()
        start, end = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)
        curated(
            Wish(article=one.article_id, place=1),
            Wish(article=two.article_id, place=2, live_from=start, live_until=end),
        )
        assert set(Purge.objects.values_list("key", "at")) == {("front", m) for m in (MONDAY, start, end)}
        assert set(Errand.objects.values_list("due_at", flat=True)) == {MONDAY, start, end}
        # Nothing changes: nothing is purged.
        curated(
            Wish(article=one.article_id, place=1),
            Wish(article=two.article_id, place=2, live_from=start, live_until=end),
        )
        assert Purge.objects.count() == 3


def test_arranging_ends_rows_and_begins_new_ones(client):
    with time_machine.travel(MONDAY, tick=False) as clock:
        one, two = published(2)
        curated(Wish(article=one.article_id, place=1), Wish(article=two.article_id, place=2))
        clock.shift(timedelta(hours=1))
        curated(Wish(article=one.article_id, place=1, headline="Other words"), Wish(article=two.article_id, place=2))
        first, second = Slot.objects.filter(article=one.article).order_by("id")
        assert (first.headline, first.live_until) == ("", MONDAY + timedelta(hours=1))
        # Words alone do not put a story there anew.
        assert (second.headline, second.since, second.live_until) == ("Other words", MONDAY, None)
        assert Slot.objects.get(article=two.article).live_until is None


def test_an_empty_front_and_hostile_cursors(client):
    curated()
    assert "Nothing is published here yet." in client.get("/").text
    for cursor in ("", "\0", "x" * 1_000_000, "20150601T214300.000000Z-1-1", "٢٠١٥0601T214300.000000Z-1"):
        assert client.get("/", {"before": cursor}).status_code == 404
    assert client.get("/", {"before": "20150601T214300.000000Z-999999999999999999"}).status_code == 200


def test_a_moment_in_the_query_means_nothing_to_readers(client):
    (edition,) = published(1)
    curated(Wish(article=edition.article_id, place=1))
    assert lead(client, "?at=1999-01-01T00:00")[0] == edition.path


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ([{"place": 0}], "places 1 to"),
        ([{"place": PLACES + 1}], "places 1 to"),
        ([{"place": 1, "live_until": MONDAY}], "has passed"),
        ([{"place": 1, "live_from": MONDAY - timedelta(hours=1)}], "leave it empty"),
        ([{"place": 1, "live_from": MONDAY + timedelta(2), "live_until": MONDAY + timedelta(1)}], "before it begins"),
        ([{"place": 1}, {"place": 2, "article": 0}], "has place 1 in these hours"),
        ([{"place": 1}, {"place": 1}], "at one moment"),
        ([{"place": 1, "live_from": MONDAY + timedelta(1)}] * 2, "at one moment"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(wishes, said):
    with time_machine.travel(MONDAY, tick=False):
        editions = published(2)
        asked = [
            Wish(**{"article": editions[number].article_id} | wish | ({"article": editions[0].article_id}
                 if wish.get("article") == 0 else {}))
            for number, wish in enumerate(wishes)
        ]  # fmt: skip
        with pytest.raises(PublishingError, match=said):
            curated(*asked)
        assert not Slot.objects.exists()
        assert Front.current().version == 0


def test_a_story_updated_keeps_its_place(client):
    (edition, _) = published(2)
    curated(Wish(article=edition.article_id, place=1, pinned=True))
    article = edition.article
    article.headline = "It Is Open"
    article.save()
    update(article)
    assert lead(client) == (edition.path, "It Is Open")
