"""Everything that can be typed at the desk is answered: kept whole, or refused at its field. Nothing is cut in
silence, and nothing is a 500."""

import unicodedata
import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.utils.html import escape

from articles.body.inline import plain, without_controls
from articles.models import Article, Author, Column, Edition, Front, Presence, Proof, Recovery, Slot, Tag
from articles.models.names import without_overrides
from media.models import Agency, Credit, Photo, Tweet
from tests.desk.forms import ADD, change, typed
from tests.desk.test_screens import account, credit, photo_form, tweet_form
from tests.factories import make_article, make_author, make_photo, make_tag, make_tweet, make_user, picture, published

pytestmark = pytest.mark.django_db
MUCH = "wide " * 209_715  # 1 MB
ODD = {
    "scripts": "\u202eevil\u202c \u2067שלום\u2069 Z\u0301\u0323\u0489algo 👩🏽‍🚒🏳️‍🌈🇺🇳",
    "NUL": "Mid\0dle",
    "only punctuation": "?!… — “”",
    "nothing to see": " \u00a0\u3000\u200b\u2060",
    "controls": "a\x01\x08\x1b[31m\x7fb one\r\ntwo\u2028three",
    "code": "=A(\"x\";'y') %s %(x)s {0} {{ x }} \\ \\ud83d \ufffe</textarea>",
    "number": "9" * 400,
    "much": MUCH,
}
odd = pytest.mark.parametrize("words", ODD.values(), ids=ODD)


# Menus, which show nothing but what they offer.
CHOSEN = {"column", "lead_crop", "shows", "credit-0-rights", "direction", "availability"}


def same(words) -> str:
    """What is said, however its spaces and line ends are written: controls and overrides of direction say nothing."""
    return unicodedata.normalize("NFC", without_overrides(without_controls(" ".join(str(words).split()))))


def errors(response) -> dict[str, list[str]]:
    """Of the form that is drawn anew and of those within it, by the names of their fields."""
    forms = [response.context["adminform"].form]
    forms += [form for each in response.context["inline_admin_formsets"] for form in each.formset.forms]
    return {form.add_prefix(name): said for form in forms for name, said in form.errors.items()}


def one(name: str) -> str:
    """A moment is one field with two boxes."""
    return name.removesuffix("_0").removesuffix("_1")


def refused(client, address: str, form: dict, words: str, names: list[str]) -> set[str]:
    """The fields at which the words are refused, when they are typed into all of them. The rest has been saved."""
    found: set[str] = set()
    while True:
        typed_in = [name for name in names if one(name) not in found]
        answer = client.post(address, form | dict.fromkeys(typed_in, words))
        if answer.status_code == 302:
            assert "login" not in answer.url
            return found
        assert answer.status_code == 200
        assert {*errors(answer)} <= {*map(one, typed_in)}, "said where nothing is wrong"
        assert {*errors(answer)}, "refused without a word"
        shown = "\0" in words or {*typed_in} <= CHOSEN or escape(words) in answer.text
        assert shown, "what was typed is gone from the page"
        found |= {*errors(answer)}


# A screen of the desk: where a row is made, the form in plain words, and what is typed into by hand. Names in
# brackets say something else in the database than in the form.
SCREENS = {
    "story": (Article, ADD, typed, "headline dek kicker slug seo_title lead_caption lead_alt note [language] [column] "
              "[author_names] [tag_names] [lead_photo] [lead_crop] [removed_embeds] [version] [page]"),
    "tag": (Tag, "/admin/articles/tag/add/", lambda: {"name": "Harbors", "slug": "harbors", "description": ""},
            "name slug description"),
    "author": (Author, "/admin/articles/author/add/", lambda: {"name": "Noor", "slug": "noor", "biography": ""},
               "name slug biography"),
    "column": (Column, "/admin/articles/column/add/",
               lambda: {"name": "Ports", "slug": "ports", "tagline": "", "description": "", "shows": "posts",
                        "position": "1"}, "name slug tagline description [shows] [position]"),
    "photo": (Photo, "/admin/media/photo/add/", lambda: photo_form() | credit(),
              "title caption alt_text keywords [focal_x] [focal_y] [taken_at_0] [taken_at_1] credit-0-photographer "
              "[credit-0-agency_chain] credit-0-credit_line credit-0-printed_credit credit-0-source "
              "credit-0-copyright_notice credit-0-usage_terms [credit-0-rights] [credit-0-rights_end]"),
    "tweet": (Tweet, "/admin/media/tweet/add/", tweet_form,
              "author_name text translation embed_code [status_id] [handle] [language] [direction] [posted_at_0] "
              "[posted_at_1] [url] [availability]"),
    "agency": (Agency, "/admin/media/agency/add/", lambda: {"name": "Reuters"}, "name"),
}  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
@odd
def test_a_field_keeps_all_of_it_or_says_why_not(at_desk, words, screen):
    desk = at_desk("root", "Managing editors", is_superuser=True)
    model, address, form, fields = SCREENS[screen]
    names = [field.strip("[]") for field in fields.split()]
    # All fields at once, but for a text of which several are more than a request may have.
    for together in [names] if words != MUCH else [[name] for name in names]:
        model.objects.all().delete()
        back = refused(desk, address, form(), words, together)
        row = model.objects.get()
        for name in {*together} & {*fields.split()} - back:
            of, _, column = name.rpartition("-0-")
            assert same(getattr(getattr(row, of) if of else row, column)) == same(words), name
    assert desk.get(f"{address.removesuffix('add/')}{row.pk}/change/").status_code == 200
    assert desk.get(address.removesuffix("add/")).status_code == 200


@odd
def test_a_body_says_all_of_it(editor, words):
    if refused(editor, ADD, typed(), f"<p>{escape(words)}</p>", ["body"]):
        assert "\0" in words or len(words) > 1_000_000
    else:
        assert same(plain(Article.objects.get().body)) == same(words)


@pytest.mark.parametrize(
    "headline", ["👩🏽‍🚒🏳️‍🌈", "?!… — “”", "日本語の見出し", "-", "ﷺ", "İstanbul’da ıssız", "Z\u0301\u0489"]
)
def test_every_headline_makes_an_address_that_works(editor, headline):
    assert editor.post(ADD, typed(headline=headline) | {"_publish": "1"}).status_code == 302
    edition = Edition.objects.get()
    assert edition.path.isascii()
    page = editor.get(edition.path)
    assert page.status_code == 200
    assert escape(headline) in page.text


def test_headlines_of_punctuation_alone_have_an_address_each(editor):
    for headline in ("?!", "…", "👀"):
        editor.post(ADD, typed(headline=headline) | {"_publish": "1"})
    paths = Edition.objects.order_by("pk").values_list("path", flat=True)
    assert [path.split("/")[-2] for path in paths] == ["story", "story-2", "story-3"]


@pytest.mark.parametrize("words", ["\u200b", "\u2060\u200e", "\x01", "\u00ad"])
def test_a_name_that_nobody_can_see_is_refused(at_desk, words):
    desk = at_desk("root", "Managing editors", is_superuser=True)
    for screen, field in (("story", "headline"), ("story", "tag_names"), ("tag", "name"), ("author", "name"),
                          ("column", "name")):  # fmt: skip
        _, address, form, _ = SCREENS[screen]
        assert refused(desk, address, form(), words, [field]) == {field}, screen


# 200 KB and no end. What a browser closes by itself (<p>, <td>) is not nested.
DEEP = {
    "marks": "<b>" * 60_000,
    "marks and their ends": "<i>" * 60_000 + "deep" + "</i>" * 60_000,
    "boxes": "<div>" * 40_000,
    "lists": "<ul><li>" * 25_000,
    "quotes": "<blockquote>" * 16_000,
    "tables": "<table><tr><td>" * 13_000,
    "unheard of": "<x>" * 60_000 + "deep",
    "drawings": "<svg>" * 40_000,
}


@pytest.mark.parametrize("html", DEEP.values(), ids=DEEP)
def test_a_text_nested_without_end_is_refused_at_its_field(editor, html):
    """Nothing walks down it one call in another, and nothing builds its tree: the depth is counted on the way."""
    article = make_article()
    assert refused(editor, ADD, typed(), html, ["body"]) == {"body"}
    assert refused(editor, change(article), typed(article), html, ["body"]) == {"body"}
    assert Article.objects.get(pk=article.pk).body == article.body
    said = typed(article, body=html)
    assert "nested too deeply" in editor.post(beside(article, "preview/"), said).text
    assert editor.post(beside(article, "checks/"), said).status_code == 200
    assert editor.post(change(article), said | {"version": "0"}).status_code == 409


def beside(article: Article, name: str) -> str:
    return change(article).removesuffix("change/") + name


@odd
def test_what_was_typed_over_a_newer_version_is_all_there(editor, words):
    """The question which text shall stand shows the typed one, and keeps it besides."""
    article = make_article()
    everywhere = ["headline", "dek", "kicker", "slug", "tag_names", "author_names", "note", "language"]
    for names in (["headline"], ["body"]) if words == MUCH else (everywhere, ["body"]):
        page = str(uuid.uuid4())
        said = typed(article, **dict.fromkeys(names, words)) | {"version": "0", "page": page}
        answer = editor.post(change(article), said)
        assert answer.status_code == 409
        assert same(escape(words)) in same(answer.text)
        kept = Recovery.objects.get(page=page)
        assert {kept.fields[name] for name in names} == {words.replace("\0", "")}
        restored = editor.get(f"{change(article)}?recovery={page}")
        assert same(escape(words)) in same(restored.text)
    assert editor.get("/admin/").status_code == 200


@odd
def test_what_is_typed_is_kept_until_it_is_saved(editor, words):
    article = make_article()
    page = str(uuid.uuid4())
    for address in (beside(article, "recovery/"), "/admin/articles/article/add/recovery/"):
        for name in ("headline", "body", "author_names", "lead_photo", "language"):
            said = {"page": page, name: words, "version": "1"}
            assert editor.post(address, said).status_code == 200
            assert Recovery.objects.get().fields == {name: words.replace("\0", "")}
        for name in ("page", "version", "writer", "nope"):
            said = {"page": page, "version": "1", "headline": "Kept"} | {name: words}
            assert editor.post(address, said).status_code in (200, 400, 403), name
        assert editor.post("/admin/articles/article/recovery/discard/", {"page": words}).status_code == 302
    assert Recovery.objects.get().fields == {"headline": "Kept"}
    assert editor.post(beside(article, "presence/"), {"leaving": words, "page": words}).status_code == 200
    assert editor.post(beside(article, "presence/"), {"page": words}).status_code == 200
    assert Presence.objects.count() == 1


def test_more_than_a_story_may_have_is_not_kept_and_says_so(editor):
    address = "/admin/articles/article/add/recovery/"
    said = {"page": str(uuid.uuid4()), "headline": MUCH, "body": MUCH}
    assert "not kept" in editor.post(address, said).json()["error"]


def logged(story: Article) -> str:
    entries = LogEntry.objects.filter(object_id=story.pk, content_type__model="article")
    return " ".join(entry.get_change_message() for entry in entries)


# A button, the words that go with it, and where they are found when the deed is done.
SPOKEN = {
    "_update correction_note": lambda story: story.corrections.get().text,
    "_reprint reprint_reason": lambda story: story.editions.get(number=2).reason,
    "_withdraw withdrawal_reason": lambda story: story.withdrawals.get().reason,
    "_until until_reason": lambda story: story.withdrawals.get().reason,
    "_submit step_note": logged,
    "_publish override_reason": logged,
}
# What only a choice, a moment, a number or words of the text can be right.
CHOICES = ["_update update_kind", "_update correction_passage", "_until until_at", "_schedule schedule_at",
           "_embargo embargo_until", "_undo _undo"]  # fmt: skip
PLAINLY = {"update_kind": "correction", "correction_note": "x", "until_at": "2090-01-01T10:00", "until_reason": "x"}


def before(button: str) -> Article:
    """A story at which the button can be pressed."""
    if button == "_submit":
        return make_article()
    if button == "_publish":  # over the hard stop
        return make_article(lead_photo=make_photo(credited=False))
    photo = make_photo()
    story = published(lead_photo=photo)[0].article
    Credit.objects.filter(photo=photo).update(credit_line="Put right")  # there is something to reprint
    return story


@odd
def test_a_deed_is_done_with_all_the_words_or_the_page_says_why_not(at_desk, words):
    desk = at_desk("root", "Managing editors", is_superuser=True)
    for press, stands in SPOKEN.items():
        button, name = press.split()
        story = before(button)
        said = typed(story, lead_photo=str(story.lead_photo_id or "")) | PLAINLY | {button: "1", name: words}
        response = desk.post(change(story), said)
        assert response.status_code == 302, press
        assert "error" not in {message.level_tag for message in get_messages(response.wsgi_request)}, press
        assert same(words) in same(stands(story)), press
        edition = story.editions.last()
        assert edition is None or desk.get(edition.path).status_code in (200, 410)
    assert desk.get(beside(story, "history/")).status_code == 200


@odd
def test_a_deed_that_is_told_nonsense_is_not_done_and_says_so(at_desk, words):
    desk = at_desk("root", "Managing editors", is_superuser=True)
    story = before("_update")
    for press in CHOICES:
        button, name = press.split()
        said = typed(story, lead_photo=str(story.lead_photo_id)) | PLAINLY | {button: "1", name: words}
        response = desk.post(change(story), said)
        assert response.status_code == 302, press
        assert {message.level_tag for message in get_messages(response.wsgi_request)} == {"error"}, press
    assert (story.editions.count(), story.withdrawals.count(), story.corrections.count()) == (1, 0, 0)
    story.refresh_from_db()
    assert story.embargo_until is None


@odd
def test_a_reason_for_the_record_is_kept_whole(at_desk, words):
    desk = at_desk("root", "Managing editors", is_superuser=True)
    (edition,) = published()
    story = edition.article
    asked = desk.post(beside(story, "editions/1/again/"), {"reason": words}, follow=True)
    assert asked.status_code == 200
    if asked.context["messages"] and (printed := story.editions.filter(number=2).first()):
        assert same(printed.reason) == same(words)
    assert desk.post(beside(story, "editions/1/take-up/"), {"version": words}, follow=True).status_code == 200
    asked = desk.post(f"/admin/articles/edition/{edition.pk}/redact/", {"reason": words}, follow=True)
    assert asked.status_code == 200
    edition.refresh_from_db()
    assert not edition.redacted_at or same(edition.reason) == same(words)
    for name in ("from", "to"):
        asked = {"from": "1", "to": "1"} | {name: words}
        assert desk.get(beside(story, "history/compare/"), asked).status_code == 404


@odd
def test_a_link_for_a_reader_names_them_whole_or_is_not_made(editor, words):
    article = make_article()
    address = beside(article, "proofs/")
    assert editor.post(address, {"reader": words, "lasts": "1"}, follow=True).status_code == 200
    made = Proof.objects.first()
    assert made is None or same(made.reader) == same(words)
    assert editor.post(address, {"reader": "A lawyer", "lasts": words}, follow=True).status_code == 200
    assert Proof.objects.count() == (1 if made else 0)


@odd
def test_the_front_keeps_what_stood_when_a_row_is_wrong(editor, words):
    (edition,) = published()
    row = {"place": "1", "story": str(edition.article_id), "pinned": "", "live_from": "", "live_until": "",
           "headline": "", "kicker": "", "gone": ""}  # fmt: skip
    total = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "version": "0", "seen": ""}
    for name in ("place", "story", "live_from", "live_until", "headline", "kicker", *total):
        wrong = {f"form-0-{name}" if name in row else name: words}
        said = total | {"version": str(Front.current().version)}
        said |= {f"form-0-{key}": value for key, value in row.items()} | wrong
        answer = editor.post("/admin/articles/slot/", said)
        assert answer.status_code in (200, 302, 409), name
        slot = Slot.objects.order_by("pk").last()
        if answer.status_code == 302 and slot and name in ("headline", "kicker"):
            assert same(getattr(slot, name)) == same(words)
        if answer.status_code != 302 and name in ("headline", "kicker", "story", "live_from"):
            assert "\0" in words or escape(words) in answer.text, name
    for name in ("preview_at", "form-0-headline", "form-0-live_from"):
        wrong = said | {"preview_then": "1", name: words}
        assert editor.post("/admin/articles/slot/preview/", wrong).status_code in (200, 400), name
    assert {*Slot.objects.values_list("article", flat=True)} <= {edition.article_id}
    assert editor.get("/admin/articles/slot/").status_code == 200
    assert editor.get("/").status_code == 200


@odd
def test_every_list_answers_whatever_is_asked(at_desk, words):
    words = words[:8000]  # more has no room in an address
    desk = at_desk("root", "Managing editors", is_superuser=True)
    published(tags=["Congress"])
    names = ["q", "stage", "author", "tag", "printed", "column__id__exact", "modified_at__gte", "o", "p", "nope"]
    for name in names:
        assert desk.get("/admin/articles/article/", {name: words}).status_code in (200, 302, 400), name
    for screen, name in (("articles/tag", "q"), ("articles/author", "q"), ("articles/column", "q"),
                         ("articles/edition", "q"), ("articles/edition", "kind__exact"), ("media/photo", "q"),
                         ("media/photo", "credit__rights__exact"), ("media/tweet", "q"), ("media/agency", "q"),
                         ("media/tweet", "language"), ("articles/correction", "kind__exact"),
                         ("auth/user", "q")):  # fmt: skip
        assert desk.get(f"/admin/{screen}/", {name: words}).status_code in (200, 302, 400), (screen, name)
    asked = {"app_label": "articles", "model_name": "author", "field_name": "user", "term": words}
    assert desk.get("/admin/autocomplete/", asked).status_code == 200
    for name in ("action", "to_column", "_selected_action", "index", "select_across"):
        said = {"action": "move_them", "index": "0", "_selected_action": "1", "to_column": "1"} | {name: words}
        assert desk.post("/admin/articles/article/", said).status_code in (200, 302, 400), name


def test_a_printed_date_that_is_none_finds_nothing(editor):
    published()
    for day in ("2015-13", "2015-02-30", "0", "-1", "99999", "2015-06-01-01", "9999-12-31", "1e3", "２０１５"):
        assert editor.get("/admin/articles/article/", {"printed": day}).status_code == 200, day


@odd
def test_what_the_page_asks_while_somebody_writes_is_answered(editor, words):
    photo, tweet = make_photo(credited=False, alt_text=""), make_tweet(text="", author_name="", language="", handle="")
    make_tag(), make_author()
    embed = "/admin/articles/article/embed/"
    for address in ("photos/", "tweets/", "tags/", "authors/", "slug/"):
        assert editor.get(embed + address, {"q": words, "headline": words}).status_code == 200, address
    assert editor.get("/admin/articles/slot/stories/", {"q": words}).status_code == 200
    for source in (words, f"https://x.com/{words[:60]}/status/1", f'<blockquote class="twitter-tweet">{words}'):
        answer = editor.post(f"{embed}tweets/capture/", {"source": source})
        assert answer.status_code in (200, 400)
        assert answer.json()
    for name in ("text", "author_name", "handle", "translation", "language"):
        kept_or_refused(editor, f"{embed}tweet/{tweet.pk}/words/", tweet, name, name, words)
    kept_or_refused(editor, f"{embed}photo/{photo.pk}/words/", photo, "alt", "alt_text", words)
    answer = editor.post(f"{embed}photo/{photo.pk}/words/", {"credit": words})
    assert answer.status_code in (200, 400)
    for name in ("title", "caption", "alt", "credit"):
        upload = picture()
        upload.name = f"{words[:100]}.png"
        answer = editor.post(f"{embed}photos/upload/", {"file": upload, name: words})
        assert answer.status_code in (200, 400), name
        made = Photo.objects.get(pk=answer.json()["id"]) if answer.status_code == 200 else None
        if made and name != "credit":
            assert same(getattr(made, "alt_text" if name == "alt" else name)) == same(words), name


def kept_or_refused(client, address: str, row, said: str, column: str, words: str) -> None:
    answer = client.post(address, {said: words})
    assert answer.status_code in (200, 400), said
    row.refresh_from_db()
    kept = getattr(row, column)
    assert same(kept) == (same(words.lstrip("@")) if answer.status_code == 200 else ""), said


@odd
def test_an_account_and_its_login_take_all_of_it_or_say_why_not(at_desk, words):
    desk = at_desk("vera", "Managing editors")
    ines = make_user("ines", "Reporters")
    address = f"/admin/auth/user/{ines.pk}/change/"
    for name in ("username", "first_name", "last_name", "email"):
        back = refused(desk, address, account(), words, [name])
        ines.refresh_from_db()
        assert back or same(getattr(ines, name)) == same(words), name
    password = dict.fromkeys(("password1", "password2"), words) | {"usable_password": "true"}
    assert desk.post(f"/admin/auth/user/{ines.pk}/password/", password).status_code in (200, 302)
    own = dict.fromkeys(("old_password", "new_password1", "new_password2"), words)
    assert desk.post("/admin/password_change/", own).status_code == 200
    desk.logout()
    for said in ({"username": words, "password": "x"}, {"username": "vera", "password": words}):
        assert desk.post("/admin/login/", said).status_code == 200
