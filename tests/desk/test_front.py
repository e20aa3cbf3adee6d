"""The front's screen: who may arrange it, what it refuses, and what its preview shows to whom."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from articles.models import Front, Slot
from articles.publishing import Wish, correct, embargo, schedule, withdraw
from tests.factories import curated, make_article, make_user, published

pytestmark = pytest.mark.django_db
SCREEN = "/admin/articles/slot/"
PREVIEW = f"{SCREEN}preview/"
STORIES = f"{SCREEN}stories/"
NOW = datetime(2031, 3, 7, 15, 0, tzinfo=UTC)  # a Friday, 10 a.m. in New York
LEAD = re.compile(r'<article class="spine entry lead">.*?<h2><a href="[^"]+"[^>]*>([^<]+)', re.DOTALL)
HIDDEN = re.compile(r'name="(version|seen)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def at_ten_in_the_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def written(*rows: dict, **more) -> dict[str, str]:
    """The form as the screen would send it."""
    said = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0", "version": str(Front.current().version)}
    for number, row in enumerate(rows):
        said |= {f"form-{number}-{name}": str(value) for name, value in row.items()}
    return said | more


def places() -> list[tuple[int, int]]:
    return list(Slot.objects.standing_at(timezone.now()).in_order().values_list("place", "article"))


def errors(response) -> list[dict]:
    return [dict(form.errors) for form in response.context["formset"].forms]


def test_it_works(editor):
    one, two = (edition.article_id for edition in published(2))
    assert editor.get(SCREEN).status_code == 200
    said = written({"place": 1, "story": two, "pinned": "on"}, {"place": 4, "story": one, "kicker": "  Harbor "})
    assert editor.post(SCREEN, said).headers["Location"] == SCREEN
    assert places() == [(1, two), (4, one)]
    assert Slot.objects.get(place=1).pinned
    assert Slot.objects.get(place=4).kicker == "Harbor"
    assert Slot.objects.get(place=4).made_by.username == "marek"


ROLES = {
    "Editors": (200, 302, 200, 200),
    "Managing editors": (200, 302, 200, 200),
    "Reporters": (200, 403, 403, 403),
    "Picture desk": (200, 403, 403, 403),
    "Tag staff": (200, 403, 403, 403),
}


@pytest.mark.parametrize("group", ROLES)
def test_each_role_does_what_it_may(at_desk, group):
    (edition,) = published()
    desk = at_desk("vera", group)
    said = written({"place": 1, "story": edition.article_id})
    answers = (desk.get(SCREEN), desk.post(SCREEN, said), desk.post(PREVIEW, said), desk.get(STORIES))
    assert tuple(answer.status_code for answer in answers) == ROLES[group]
    assert bool(places()) == (ROLES[group][1] == 302)


def test_readers_and_strangers_are_sent_to_the_login(client):
    for answer in (client.get(SCREEN), client.post(SCREEN, {}), client.post(PREVIEW, {}), client.get(STORIES)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/admin/login/")
    client.force_login(make_user("olu"))
    assert client.post(SCREEN, {}).status_code == 302
    assert not Slot.objects.exists()


@pytest.mark.parametrize("screen", ["add/", "1/change/", "1/delete/", "1/history/"])
def test_the_stock_screens_for_single_slots_are_not_there(at_desk, screen):
    (edition,) = published()
    curated(Wish(article=edition.article_id, place=1))
    desk = at_desk("root", "Editors", is_superuser=True)
    assert desk.get(SCREEN + screen).status_code in (302, 404)
    desk.post(SCREEN + screen, {"post": "yes"})
    assert places() == [(1, edition.article_id)]


def test_who_may_only_look_sees_the_places_and_no_form(reporter):
    (edition,) = published()
    curated(Wish(article=edition.article_id, place=1, headline="The Front's Own"))
    text = reporter.get(SCREEN).text
    assert edition.headline in text
    assert 'name="version"' not in text
    assert "<script" not in text.split("<main")[-1]


@pytest.mark.parametrize("group", ["Reporters", "Picture desk", "Tag staff"])
def test_a_text_under_embargo_is_named_only_to_who_may_see_it(at_desk, client, group):
    tomorrow = NOW + timedelta(days=1)
    held = make_article("Undertone of a verdict", created_by=make_user("ines", "Reporters"))
    embargo(held, tomorrow)
    schedule(held, by=None, at=tomorrow)
    planned = Wish(article=held.pk, place=2, live_from=tomorrow, headline="Undertone two", kicker="Undertone three")
    curated(Wish(article=published()[0].article_id, place=1), planned)
    text = at_desk("tom", group).get(SCREEN).text
    assert "Undertone" not in text
    assert "A story under embargo" in text
    assert "place 2 from March 8, 2031, 10 a.m." in text
    client.force_login(make_user("marek", "Editors"))
    assert all(words in client.get(SCREEN).text for words in ("of a verdict", "Undertone two", "Undertone three"))
    client.force_login(User.objects.get(username="ines"))
    assert "of a verdict" in client.get(SCREEN).text


def test_a_plan_and_a_draft_are_named_only_to_who_may_open_the_story(reporter, client):
    waiting, gone = make_article("Undertone to come"), published(headline="Undertone that went")[0]
    schedule(waiting, by=None, at=NOW + timedelta(days=1))
    curated(
        Wish(article=waiting.pk, place=1, live_from=NOW + timedelta(days=1)), Wish(article=gone.article_id, place=2)
    )
    withdraw(gone.article, by=None, reason="Not ours.")
    text = reporter.get(SCREEN).text
    assert "Undertone" not in text
    assert text.count("A story that is not yours to open") == 2
    client.force_login(make_user("tom", "Tag staff"))
    assert all(words in client.get(SCREEN).text for words in ("to come", "that went"))


@pytest.mark.parametrize("lacking", ["see_embargoed", "open_any_article"])
def test_who_may_not_open_every_story_arranges_nothing(client, lacking):
    tess = make_user("tess", "Tag staff")
    given = {"arrange_front", "open_any_article", "see_embargoed"} - {lacking}
    tess.groups.clear()
    tess.user_permissions.set(Permission.objects.filter(codename__in=[*given, "view_slot", "view_edition"]))
    client.force_login(tess)
    answers = (client.get(SCREEN), client.post(SCREEN, written()), client.post(PREVIEW, written()), client.get(STORIES))
    assert [answer.status_code for answer in answers] == [200, 403, 403, 403]
    assert 'name="version"' not in answers[0].text


def test_a_story_is_named_by_number_address_or_writing_page(editor):
    editions = published(4)
    one, two, three, four = editions
    said = written(
        {"place": 1, "story": one.article_id},
        {"place": 2, "story": two.path},
        {"place": 3, "story": f"https://halyard.example{three.path}?at=now"},
        {"place": 4, "story": f"https://halyard.example/admin/articles/article/{four.article_id}/change/"},
    )
    assert editor.post(SCREEN, said).status_code == 302
    assert [article for _, article in places()] == [edition.article_id for edition in editions]


def test_what_stands_stays_when_the_form_says_so_again(editor):
    one, two = (edition.article_id for edition in published(2))
    later = NOW + timedelta(hours=5)
    curated(Wish(article=one, place=1), Wish(article=two, place=2, live_from=later, live_until=later + timedelta(1)))
    before = list(Slot.objects.order_by("pk").values())
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        formset = editor.get(SCREEN).context["formset"]
        rows = [{f.name: f.value() for f in form if f.value() not in (None, False, "")} for form in formset.forms]
        assert editor.post(SCREEN, written(*rows)).status_code == 302
    assert list(Slot.objects.order_by("pk").values()) == before


def test_a_row_taken_down_ends(editor):
    (edition,) = published()
    curated(Wish(article=edition.article_id, place=1))
    assert editor.post(SCREEN, written({"place": 1, "story": edition.article_id, "gone": "on"})).status_code == 302
    assert places() == []


def test_a_plan_begins_and_ends_in_the_newsrooms_zone(editor):
    (edition,) = published()
    said = written(
        {"place": 2, "story": edition.article_id, "live_from": "2031-03-08T09:00", "live_until": "2031-03-10T09:00"}
    )
    assert editor.post(SCREEN, said).status_code == 302
    slot = Slot.objects.get()
    # The clocks go forward in between.
    assert slot.live_from == datetime(2031, 3, 8, 14, 0, tzinfo=UTC)
    assert slot.live_until == datetime(2031, 3, 10, 13, 0, tzinfo=UTC)
    assert "2031-03-08T09:00" in editor.get(SCREEN).text


REFUSED = [
    ({"place": 8}, "place"),
    ({"place": 0}, "place"),
    ({"place": "lead"}, "place"),
    ({"place": ""}, "place"),
    ({"place": "9" * 30}, "place"),
    ({"story": "0"}, "story"),
    ({"story": "9" * 18}, "story"),
    ({"story": "9" * 300}, "story"),
    ({"story": "no number"}, "story"),
    ({"story": "/the-slatest/"}, "story"),
    ({"story": "/a\0b/"}, "story"),
    ({"story": "http://[::1"}, "story"),
    ({"story": "x" * 1_000_000}, "story"),
    ({"story": ""}, "story"),
    ({"live_from": "2031-03-09T02:30"}, "live_from"),  # skipped
    ({"live_from": "2031-11-02T01:30"}, "live_from"),  # repeated
    ({"live_from": "2031-03-07T09:00"}, "live_from"),  # passed
    ({"live_from": "soon"}, "live_from"),
    ({"live_from": "9999-12-31T23:59"}, "live_from"),
    ({"live_from": "\0"}, "live_from"),
    ({"live_until": "2031-03-07T09:00"}, "live_until"),
    ({"live_from": "2031-03-08T09:00", "live_until": "2031-03-08T08:00"}, "live_until"),
    ({"live_until": "2031-11-02T01:30"}, "live_until"),
    ({"headline": "x" * 301}, "headline"),
    ({"headline": "a\0b"}, "headline"),
    ({"kicker": "x" * 61}, "kicker"),
]


@pytest.mark.parametrize(("row", "field"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_said_in_its_place_and_nothing_is_saved(editor, row, field):
    (edition,) = published()
    said = written({"place": 1, "story": edition.article_id, "pinned": "on"} | row)
    answer = editor.post(SCREEN, said)
    assert answer.status_code == 200
    (told,) = errors(answer)
    assert set(told) == {field}
    assert editor.post(PREVIEW, said).status_code == 400
    assert not Slot.objects.exists()
    assert Front.current().version == 0


def test_two_stories_in_one_place_and_one_story_in_two(editor):
    one, two = (edition.article_id for edition in published(2))
    told = errors(editor.post(SCREEN, written({"place": 1, "story": one}, {"place": 1, "story": two})))
    assert [list(each) for each in told] == [[], ["place"]]
    told = errors(editor.post(SCREEN, written({"place": 1, "story": one}, {"place": 2, "story": one})))
    assert [list(each) for each in told] == [[], ["story"]]


def test_a_draft_is_refused_and_a_scheduled_story_is_not(editor):
    draft, waiting = make_article(), make_article()
    schedule(waiting, by=None, at=NOW + timedelta(days=1))
    assert list(errors(editor.post(SCREEN, written({"place": 1, "story": draft.pk})))[0]) == ["story"]
    assert editor.post(SCREEN, written({"place": 1, "story": waiting.pk})).status_code == 302


def test_a_story_that_readers_lost_may_stand_on_and_the_screen_says_so(editor):
    one, two, newest = published(3)
    curated(Wish(article=one.article_id, place=1), Wish(article=two.article_id, place=2))
    withdraw(one.article, by=None, reason="Not ours.")
    correct(two.article, by=None, kind="retraction", note="It was wrong.")
    text = editor.get(SCREEN).text
    assert f"Readers do not see it. Here stands now “{newest.headline}”." in text
    assert "Retracted." in text
    rows = [{"place": 1, "story": one.article_id}, {"place": 2, "story": two.article_id}]
    assert editor.post(SCREEN, written(*rows)).status_code == 302
    assert len(places()) == 2


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"form-TOTAL_FORMS": "x", "form-INITIAL_FORMS": "0"},
        {"form-TOTAL_FORMS": "100000", "form-INITIAL_FORMS": "0"},
        {"form-TOTAL_FORMS": "-1", "form-INITIAL_FORMS": "-1"},
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-story": ["1", "2"]},
    ],
)
def test_a_broken_form_is_an_answer_and_saves_nothing(editor, said):
    for address in (SCREEN, PREVIEW):
        assert editor.post(address, said | {"version": "\0", "seen": "9-9 x"}).status_code in (200, 400, 409)
    assert not Slot.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 40, "\0"])
def test_a_version_that_nobody_gave_out_is_a_conflict(editor, version):
    (edition,) = published()
    said = written({"place": 1, "story": edition.article_id}, version=version)
    assert editor.post(SCREEN, said).status_code == 409
    assert not Slot.objects.exists()


def test_a_second_editor_is_told_what_changed_and_loses_nothing(editor):
    one, two, three = published(3)
    curated(Wish(article=one.article_id, place=1), Wish(article=two.article_id, place=2))
    hidden = dict(HIDDEN.findall(editor.get(SCREEN).text))
    until = NOW + timedelta(hours=3)
    ines = make_user("ines", "Editors")
    curated(Wish(article=two.article_id, place=2, live_until=until), Wish(article=three.article_id, place=1), by=ines)
    said = written({"place": 1, "story": two.article_id, "headline": "Not lost"}, **hidden)
    answer = editor.post(SCREEN, said)
    assert answer.status_code == 409
    assert answer.context["changes"] == [
        f"“{one.headline}” is in place 1 no more.",
        f"“{three.headline}” has place 1.",
        f"“{two.headline}” keeps place 2 until March 7, 2031, 1 p.m.",
    ]
    assert "ines" in answer.text
    assert 'value="Not lost"' in answer.text
    assert places() == [(1, three.article_id), (2, two.article_id)]
    again = said | dict(HIDDEN.findall(answer.text))
    assert editor.post(SCREEN, again).status_code == 302
    assert places() == [(1, two.article_id)]


def test_other_words_for_a_story_that_stays_are_no_coming_and_going(editor):
    one, two = published(2)
    curated(Wish(article=one.article_id, place=1), Wish(article=two.article_id, place=2, pinned=True))
    hidden = dict(HIDDEN.findall(editor.get(SCREEN).text))
    curated(
        Wish(article=one.article_id, place=1, headline="Halved", pinned=True), Wish(article=two.article_id, place=2)
    )
    answer = editor.post(SCREEN, written({"place": 1, "story": one.article_id}, **hidden))
    assert answer.context["changes"] == [
        f"“{one.headline}” keeps place 1, with other words, now pinned.",
        f"“{two.headline}” keeps place 2, pinned no more.",
    ]


def test_a_form_that_is_wrong_keeps_its_version_so_that_the_conflict_is_met_later(editor):
    (edition,) = published()
    curated()
    answer = editor.post(SCREEN, written({"place": 9, "story": edition.article_id}, version="0"))
    assert dict(HIDDEN.findall(answer.text))["version"] == "0"


def test_the_preview_shows_the_unsaved_order_and_is_private(editor):
    one, two = published(2)
    curated(Wish(article=one.article_id, place=1, pinned=True))
    said = written(
        {"place": 1, "story": two.article_id, "pinned": "on", "headline": "As <b>Nobody</b> Has Seen It"},
        {"place": 2, "story": one.article_id},
    )
    answer = editor.post(PREVIEW, said)
    assert answer.status_code == 200
    assert LEAD.search(answer.text)[1] == "As &lt;b&gt;Nobody&lt;/b&gt; Has Seen It"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Cache-Tag" not in answer.headers
    assert places() == [(1, one.article_id)]
    assert Front.current().version == 1
    assert LEAD.search(editor.get("/").text)[1] == one.headline


def test_the_preview_keeps_what_the_form_keeps(editor):
    """What stands and is not pinned has made way already: a preview must not put it back."""
    (one,) = published()
    curated(Wish(article=one.article_id, place=1))
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        (newer,) = published(printed=NOW + timedelta(hours=1))
        said = written({"place": 1, "story": one.article_id})
        assert LEAD.search(editor.post(PREVIEW, said).text)[1] == newer.headline
        assert LEAD.search(editor.post(PREVIEW, said | {"form-0-pinned": "on"}).text)[1] == one.headline


def test_a_waiting_story_is_seen_in_the_preview_of_a_later_moment_only(editor):
    (now,) = published()
    waiting = make_article("The Bridge Opens")
    schedule(waiting, by=None, at=NOW + timedelta(hours=4))
    said = written({"place": 1, "story": waiting.pk, "pinned": "on", "live_from": "2031-03-07T14:00"})
    assert "The Bridge Opens" not in editor.post(PREVIEW, said).text
    then = said | {"preview_then": "1", "preview_at": "2031-03-07T14:00"}
    answer = editor.post(PREVIEW, then)
    assert LEAD.search(answer.text)[1] == "The Bridge Opens"
    assert "March 7, 2031, 2 p.m." in answer.text
    assert LEAD.search(editor.post(PREVIEW, then | {"preview_at": "2031-03-07T13:59"}).text)[1] == now.headline


@pytest.mark.parametrize("at", ["2031-03-09T02:30", "2031-03-07T09:00", "soon", "9999-12-31T23:59", "\0x"])
def test_a_preview_of_no_moment_says_why(editor, at):
    (edition,) = published()
    said = written({"place": 1, "story": edition.article_id}, preview_then="1", preview_at=at)
    assert editor.post(PREVIEW, said).status_code == 400


def test_the_preview_cannot_be_asked_for_by_its_address(editor):
    assert editor.get(PREVIEW).status_code == 405


def test_stories_are_found_by_words_and_numbers_live_and_scheduled_only(editor):
    (live,) = published(headline="Ferry Leaves Early")
    waiting = make_article("Ferry Leaves Late")
    schedule(waiting, by=None, at=NOW + timedelta(hours=4))
    make_article("Ferry in a Drawer")
    (gone,) = published(headline="Ferry Nobody Took")
    withdraw(gone.article, by=None, reason="Not ours.")

    def found(words: str) -> list[str]:
        return [row["headline"] for row in editor.get(STORIES, {"q": words}).json()["results"]]

    assert found("ferry leaves") == ["Ferry Leaves Late", "Ferry Leaves Early"]
    assert found(str(live.article_id)) == found(live.path) == ["Ferry Leaves Early"]
    assert found("drawer") == found(str(gone.article_id)) == []
    assert editor.get(STORIES, {"q": "\0"}).status_code == 200
    for odd in ("%", "'\"", "９", "x" * 5000, "9" * 40):
        assert found(odd) == []
    row = editor.get(STORIES, {"q": "late"}).json()["results"][0]
    assert row["column"] == "The Slatest"
    assert row["when"] == "Readers see it from March 7, 2031, 2 p.m."


def test_no_more_than_20_are_found_and_each_once(editor):
    published(25)
    assert len(editor.get(STORIES).json()["results"]) == 20


def test_the_screen_asks_as_many_questions_with_one_slot_as_with_seven(editor, django_assert_max_num_queries):
    articles = [edition.article_id for edition in published(14)]
    curated(*(Wish(article=pk, place=n) for n, pk in enumerate(articles[:7], 1)))
    with django_assert_max_num_queries(11):
        editor.get(SCREEN)
