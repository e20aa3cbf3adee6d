"""The list of articles: found by their words, filtered, moved, copied and put away."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.utils import timezone

from articles.desk import finding, many
from articles.desk.proofs import address_of
from articles.models import Article, Proof
from articles.publishing import PublishingError, embargo, publish, schedule, withdraw
from tests.factories import PRINTED, make_article, make_column, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def listed(client, query: str = "") -> list[str]:
    page = client.get(f"{LIST}{query}")
    assert page.status_code == 200
    return sorted(article.headline for article in page.context["cl"].result_list)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def do(client, action: str, *articles: Article, **fields):
    return client.post(LIST, {"action": action, "_selected_action": [each.pk for each in articles], **fields})


def test_a_story_is_found_by_words_of_its_text_printed_or_not(editor):
    publish(make_article("Printed", body="<p>The winches stood still.</p>"))
    make_article("Draft", body="<p>A winch in the rain.</p>")
    make_article("Other")
    changed = make_article("Changed", body="<p>Before.</p>")
    publish(changed)
    changed.body = "<p>Now with a winch.</p>"
    changed.save()
    assert listed(editor, "?q=winch") == ["Changed", "Draft", "Printed"]
    assert listed(editor, "?q=winch+rain") == ["Draft"]
    assert listed(editor, "?q=nothing-of-the-kind") == []


def test_a_filter_narrows_all_that_the_words_find_not_only_the_newest_of_it(editor, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    ines = make_user("ines", "Reporters")
    make_article("Hers", created_by=ines)
    oldest = make_article("Oldest", column=make_column("World"), tags=["Ports"], authors=["Sam Twin"])
    publish(oldest, first_published_at=PRINTED)
    Article.objects.filter(pk=oldest.pk).update(created_by=ines)
    for _ in range(4):
        publish(make_article())
    assert "Oldest" not in listed(editor, "?q=pilots")
    world = make_column("World").pk
    for narrowed in (f"column__id__exact={world}", "tag=ports", "author=twin", "printed=2015"):
        assert listed(editor, f"?q=pilots&{narrowed}") == ["Oldest"]
    assert listed(editor, "?q=pilots&author=nobody") == []
    editor.force_login(ines)
    assert listed(editor, "?q=pilots") == ["Hers", "Oldest"]


@pytest.mark.parametrize(
    "words", ["'", '"', '"' * 10_000, "%00", "%", "a" * 100_000, "-", "😀", "\\", "(", "NEAR(", "*"]
)
def test_whatever_is_typed_into_the_search_is_answered(editor, words):
    make_article()
    assert editor.get(LIST, {"q": words}).status_code == 200


def test_each_stage_is_filtered_by_what_readers_see_now(editor):
    now = timezone.now()
    make_article("draft")
    make_article("review", stage="review")
    publish(make_article("live"))
    schedule(make_article("ready"), at=now + timedelta(hours=1))
    gone = make_article("withdrawn")
    publish(gone)
    withdraw(gone, reason="Gone.")
    make_article("killed", stage="killed")
    make_article("trash", trashed_at=now)
    for stage in ("draft", "review", "live", "ready", "withdrawn", "killed", "trash"):
        assert listed(editor, f"?stage={stage}") == [stage]
        assert listed(editor, f"?stage={stage}&q=pilots") == [stage]
    assert "trash" not in listed(editor)


def test_author_tag_and_printed_day_are_typed(editor):
    publish(make_article("Signed", authors=["Ines Corvald"], tags=["Ports"]), first_published_at=PRINTED)
    make_article("Other", authors=["Sam Twin"], tags=["Labor"])
    assert listed(editor, "?author=corvald") == ["Signed"]
    assert listed(editor, "?tag=ports") == ["Signed"]
    for day in ("2015", "2015-06", "2015-06-01"):
        assert listed(editor, f"?printed={day}") == ["Signed"]
    for day in ("2015-06-02", "2015-13", "yesterday", "0", "9" * 400):
        assert listed(editor, f"?printed={day}") == []
    assert listed(editor, "?author=corvald&tag=labor") == []


def test_many_stories_move_to_another_column_each_as_a_new_version(editor):
    world = make_column("World")
    live, draft = make_article("Live"), make_article("Draft")
    edition = publish(live)
    response = do(editor, "move_them", live, draft, to_column=world.pk)
    assert "Moved to World at the desk: 2." in said(response)
    for article in (live, draft):
        before = article.version
        article.refresh_from_db()
        assert (article.column, article.version) == (world, before + 1)
        assert article.saved_by.username == "marek"
    assert live.stage == "review"
    assert live.editions.get() == edition
    assert "choose the column" in said(do(editor, "move_them", draft))


def test_a_copy_is_a_draft_of_its_own(editor):
    story = make_article("Copied", tags=["Ports"], body="<p>Words.</p>")
    publish(story)
    do(editor, "copy_them", story)
    made = Article.objects.exclude(pk=story.pk).get()
    assert (made.headline, made.body, made.stage, made.first_published_at) == ("Copied", story.body, "draft", None)
    assert made.created_by.username == "marek"
    assert [tag.name for tag in made.ordered_tags()] == ["Ports"]
    assert [line.author.name for line in made.bylines.all()] == ["Ines Corvald"]
    response = editor.post(f"{LIST}{story.pk}/copy/")
    assert response.status_code == 302
    assert Article.objects.count() == 3


@pytest.mark.parametrize("road", ["page", "list"])
def test_a_copy_of_a_text_under_embargo_is_under_the_same_embargo(client, road):
    ines, marek = make_user("ines", "Reporters"), make_user("marek", "Editors")
    until = timezone.now() + timedelta(hours=1)
    story = make_article("Held", created_by=ines, authors=[])
    embargo(story, until)
    client.force_login(ines)
    if road == "page":
        client.post(f"{LIST}{story.pk}/copy/")
    else:
        do(client, "copy_them", story)
    made = Article.objects.exclude(pk=story.pk).get()
    assert made.embargo_until == until
    client.force_login(make_user("pia", "Picture desk"))
    assert client.get(f"{LIST}{made.pk}/change/").status_code == 403
    proof = Proof.objects.create(article=made, made_by=marek, expires_at=until)
    client.logout()
    assert client.get(address_of(proof)).status_code == 404
    with pytest.raises(PublishingError, match="under embargo"):
        publish(made, by=marek)


def test_an_embargo_that_is_over_is_not_copied(editor):
    story = make_article("Held once")
    embargo(story, timezone.now() - timedelta(hours=1))
    editor.post(f"{LIST}{story.pk}/copy/")
    assert Article.objects.exclude(pk=story.pk).get().embargo_until is None


def test_more_than_a_page_is_not_copied_in_part(editor):
    stories = [make_article() for _ in range(51)]
    assert "Nothing was copied: choose at most 50 at a time." in said(do(editor, "copy_them", *stories))
    assert Article.objects.count() == 51
    do(editor, "copy_them", *stories[1:])
    assert Article.objects.count() == 101


def test_whatever_is_done_with_many_stands_in_the_record_of_each(editor):
    one, other, world = make_article("One"), make_article("Other"), make_column("World")
    do(editor, "move_them", one, other, to_column=world.pk)
    do(editor, "put_them_away", one, other)
    editor.post(f"{LIST}?stage=trash", {"action": "take_them_out", "_selected_action": [one.pk, other.pk]})
    editor.post(f"{LIST}{one.pk}/trash/")
    editor.post(f"{LIST}{one.pk}/restore/")
    bulk = ["Moved to the column World.", "Put into the trash.", "Taken out of the trash."]
    assert logged(one) == [*bulk, *bulk[1:]]
    assert logged(other) == bulk
    do(editor, "copy_them", other)
    assert logged(Article.objects.latest("pk")) == [f"Copied from article {other.pk}."]


def logged(article: Article) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(article.pk), content_type__model="article", user__username="marek")
    return [entry.change_message for entry in entries.order_by("pk")]


def test_drafts_go_into_the_trash_and_come_back_and_what_readers_saw_stays(editor):
    draft, live = make_article("Draft"), make_article("Live")
    publish(live)
    response = do(editor, "put_them_away", draft, live)
    assert "Put into the trash: 1." in said(response)
    assert "“Live”: Readers have seen this story" in said(response)
    assert listed(editor) == ["Live"]
    draft.refresh_from_db()
    response = editor.post(f"{LIST}?stage=trash", {"action": "take_them_out", "_selected_action": [draft.pk]})
    assert listed(editor) == ["Draft", "Live"]


def test_only_what_lies_in_the_trash_is_deleted_for_good(editor):
    draft = make_article("Draft")
    assert editor.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 403
    editor.post(f"{LIST}{draft.pk}/trash/")
    assert editor.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()


@pytest.mark.parametrize("deed", ["copy", "trash", "restore"])
def test_a_story_of_others_is_no_reporters_to_touch(reporter, deed):
    other = make_article("Other")
    assert reporter.post(f"{LIST}{other.pk}/{deed}/").status_code == 403
    assert reporter.get(f"{LIST}{other.pk}/{deed}/").status_code == 405
    assert Article.objects.get().trashed_at is None


def test_a_reporter_lists_their_own_alone(reporter):
    make_article("Hers", created_by=User.objects.get(username="ines"))
    make_article("Other")
    assert listed(reporter) == ["Hers"]
    assert listed(reporter, "?q=Other") == []


def test_who_may_not_write_moves_nothing():
    toni, story, world = make_user("toni", "Tag staff"), make_article(), make_column("World")
    assert many.move([story], world, toni) == (0, 1)
    assert many.put_away([story], toni) == (0, [f"“{story}”: You may not."])


def test_the_list_asks_few_questions_whatever_is_filtered(editor, django_assert_max_num_queries):
    for _ in range(5):
        publish(make_article(tags=["Ports"]))
        make_article()
    for query in ("", "?q=pilots", "?stage=live", "?stage=ready&author=ines&tag=ports&printed=2026", "?o=2"):
        with django_assert_max_num_queries(12):
            editor.get(f"{LIST}{query}")
