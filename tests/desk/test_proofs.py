"""A link that lets a lawyer read a story without a login: who gets in, until when, and to what."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone
from lxml import html

from articles.desk import proofs
from articles.models import Article, Column, Proof
from articles.publishing import correct, embargo, publish, redact, schedule
from tests.desk.forms import change, typed
from tests.factories import make_article, make_photo, make_user, published

pytestmark = pytest.mark.django_db


def screen(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/proofs/"


def sent(article: Article, *, lasts: timedelta = timedelta(days=1), reader: str = "A. Lawyer") -> str:
    """The address of a link that was made."""
    return proofs.address_of(Proof.objects.create(article=article, reader=reader, expires_at=timezone.now() + lasts))


@pytest.fixture
def lawyer() -> Client:
    """Somebody without an account."""
    return Client()


def test_it_works(editor, lawyer):
    article = make_article(headline="Is the Harbor Open?", dek="Pilots walked off.")
    editor.post(screen(article), {"reader": "A. Lawyer", "lasts": "3"})
    (link,) = html.fromstring(editor.get(screen(article)).text).xpath("//input[@readonly]/@value")
    page = html.fromstring(lawyer.get(link.removeprefix("http://127.0.0.1:8000")).text)
    assert page.xpath("string(//h1)") == "Is the Harbor Open?"
    strip = page.xpath("string(//div[contains(@class, 'looking')])")
    assert "Proof for A. Lawyer: version 1, as saved" in strip
    assert "ends" in strip


def test_it_shows_what_is_saved_now_whatever_readers_see(lawyer):
    article = make_article(headline="Printed")
    publish(article)
    link = sent(article)
    article.headline = "Saved Since"
    article.save()
    text = lawyer.get(link).text
    assert "Saved Since" in text
    assert "version 2" in text
    assert "Printed</h1>" not in text


def test_nobody_keeps_it_finds_it_or_learns_of_it(lawyer):
    photo = make_photo(file=True)
    link = sent(make_article(lead_photo=photo))
    page = lawyer.get(link)
    picture = lawyer.get(f"{link}files/{photo.file.name}")
    assert picture.headers["Content-Type"].startswith("image/")
    for answer in (page, picture):
        assert {"private", "no-store"} == set(answer.headers["Cache-Control"].split(", "))
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert {"Cache-Tag", "ETag", "Set-Cookie"} & set(answer.headers) == set()
        assert answer.cookies == {}
        assert "Cookie" not in answer.headers.get("Vary", "")
    head = html.fromstring(page.text)
    assert head.xpath('//meta[@name="robots"]/@content') == ["noindex,nofollow"]
    assert not head.xpath('//link[@rel="canonical"] | //script | //meta[@property] | //link[contains(@type, "oembed")]')


def test_its_photos_come_through_the_link_and_no_others(lawyer):
    lead, inner, other = (make_photo(file=True, colour=colour) for colour in ("teal", "olive", "navy"))
    article = make_article(lead_photo=lead, body=f'<news-photo data-id="{inner.pk}"></news-photo>')
    stranger = make_article(lead_photo=other)
    mine, theirs = sent(article), sent(stranger)
    page = html.fromstring(lawyer.get(mine).text)
    for address in page.xpath("//img/@src"):
        assert address.startswith(f"{mine}files/photos/")
        assert lawyer.get(address).status_code == 200
    assert len(page.xpath("//img")) == 2
    assert lawyer.get(f"{mine}files/{lead.file.name}".replace(".png", "-1x1.jpg")).status_code == 200
    # Not without it, not the photo of another story, not with a link to another story.
    assert lawyer.get(lead.file.url).status_code == 404
    assert lawyer.get(f"{mine}files/{other.file.name}").status_code == 404
    assert lawyer.get(f"{theirs}files/{lead.file.name}").status_code == 404
    for name in ("../settings.py", "photos/", "uploads", f"{lead.file.name}/", "%00", "photos/zz/" + "z" * 64 + ".jpg"):
        assert lawyer.get(f"{mine}files/{name}").status_code == 404, name


def test_the_photo_of_a_retracted_text_is_not_shown(lawyer):
    photo = make_photo(file=True)
    (edition,) = published(lead_photo=photo, dek="FALSE")
    correct(edition.article, kind="retraction", note="Nothing of it was true.")
    link = sent(edition.article)
    assert "FALSE" not in lawyer.get(link).text
    assert lawyer.get(f"{link}files/{photo.file.name}").status_code == 404


def forged(proof: Proof) -> list[str]:
    """What somebody may try who knows how such links look."""
    right, other = proofs.address_of(proof).split("/")[2], signing.Signer(salt=proofs.SALT).sign(proof.pk + 1)
    return [
        str(proof.pk),
        f"{proof.pk}:",
        f"{proof.pk}:{'A' * 43}",
        f"{proof.pk}:{other.partition(':')[2]}",
        right[:-1],
        right + "A",
        right.swapcase(),
        right.replace(":", "::"),
        f"0{right}",
        f"{right}:{right}",
        signing.Signer().sign(proof.pk),
        signing.Signer(salt="django.core.signing").sign(proof.pk),
        signing.TimestampSigner(salt=proofs.SALT).sign(proof.pk),
        signing.dumps(proof.pk, salt=proofs.SALT),
        signing.Signer(salt=proofs.SALT, key="another secret").sign(proof.pk),
        signing.Signer(salt=proofs.SALT).sign("1 OR 1=1"),
        signing.Signer(salt=proofs.SALT).sign("9" * 400),
        signing.Signer(salt=proofs.SALT).sign(-1),
        "%00",
        "x" * 5000,
        "é:é",
    ]


def test_a_forged_link_answers_as_nothing_does(lawyer):
    article = make_article()
    sent(article)
    nothing = lawyer.get("/proof/nothing/")
    assert nothing.status_code == 404
    for signed in forged(Proof.objects.get()):
        for path in (f"/proof/{signed}/", f"/proof/{signed}/files/photos/ab/x.jpg"):
            answer = lawyer.get(path)
            assert (answer.status_code, answer.text) == (404, nothing.text), path
            assert answer.headers.items() == nothing.headers.items(), path


def shut(lawyer, link: str) -> bool:
    """Whether it answers, to the byte, as a link that nobody made."""
    answer, nothing = lawyer.get(link), lawyer.get("/proof/nothing/")
    return (answer.status_code, answer.text, answer.headers) == (404, nothing.text, nothing.headers)


def test_it_ends_at_its_second(lawyer):
    now = timezone.now()
    link = sent(make_article(), lasts=timedelta(days=1))
    for seconds, open_ in ((0, True), (86_390, True), (86_410, False)):
        with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
            assert shut(lawyer, link) != open_, seconds


def test_it_is_called_back(editor, lawyer):
    article = make_article()
    link, other = sent(article), sent(article)
    (revoke, *_) = html.fromstring(editor.get(screen(article)).text).xpath(
        "//form[contains(@action, 'revoke')]/@action"
    )
    assert f"/{Proof.objects.latest('pk').pk}/" in revoke
    editor.post(revoke)
    assert shut(lawyer, other)
    assert not shut(lawyer, link)
    assert "called back" in editor.get(screen(article)).text


@pytest.mark.parametrize("before", [True, False], ids=["made before", "made after"])
@pytest.mark.parametrize("state", ["embargo", "trash", "killed", "redacted"])
def test_what_nobody_may_see_no_link_shows_whenever_it_was_made(lawyer, state, before):
    photo = make_photo(file=True)
    article = make_article(lead_photo=photo)
    edition = publish(article) if state == "redacted" else None
    link = sent(article) if before else ""
    if state == "embargo":
        embargo(article, timezone.now() + timedelta(days=2))
    elif state == "redacted":
        redact(edition, reason="A court said so.")
    else:
        changed = {"trashed_at": timezone.now()} if state == "trash" else {"stage": "killed"}
        Article.objects.filter(pk=article.pk).update(**changed)
    link = link or sent(article)
    assert shut(lawyer, link)
    assert shut(lawyer, f"{link}files/{photo.file.name}")


def test_an_embargo_that_ends_opens_the_link_again(lawyer):
    article = make_article()
    link = sent(article)
    embargo(article, timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert not shut(lawyer, link)


def test_a_text_that_was_saved_without_the_forbidden_words_may_be_sent_again(lawyer):
    article = make_article()
    old = sent(article)
    redact(publish(article), reason="A court said so.")
    article.body = "<p>Without.</p>"
    article.save()
    assert shut(lawyer, old)
    assert not shut(lawyer, sent(article))


def test_an_editor_who_asks_for_another_time_opens_no_link_that_ended(editor):
    link = sent(make_article(), lasts=timedelta(seconds=1))
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert editor.get(f"{link}?at=2000-01-01T12:00").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_read_and_nothing_else(lawyer, method):
    assert getattr(lawyer, method)(sent(make_article())).status_code == 405


def test_a_waiting_story_is_shown_as_it_is_at_the_desk(lawyer):
    article = make_article(headline="Tomorrow's Story")
    schedule(article, at=timezone.now() + timedelta(days=1))
    assert "Tomorrow&#x27;s Story" in lawyer.get(sent(article)).text


def test_a_photo_without_a_credit_is_named_and_not_shown(lawyer):
    photo = make_photo(credited=False, file=True, title="The quay")
    link = sent(make_article(lead_photo=photo))
    assert "The photo “The quay” has no credit" in lawyer.get(link).text
    assert lawyer.get(f"{link}files/{photo.file.name}").status_code == 404


def test_links_of_a_story_are_made_and_seen_by_who_writes_it(client, at_desk):
    theirs = make_article(created_by=make_user("marek", "Editors"))
    sent(theirs)
    revoke = f"{screen(theirs)}{Proof.objects.get().pk}/revoke/"
    for name, group in (("ines", "Reporters"), ("pia", "Picture desk"), ("tom", "Tag staff")):
        who = at_desk(name, group)
        assert who.get(screen(theirs)).status_code == 403, name
        assert who.post(screen(theirs), {"lasts": "1"}).status_code == 403, name
        assert who.post(revoke).status_code == 403, name
    assert Proof.objects.get().revoked_at is None
    client.logout()
    assert "/admin/login/" in client.get(screen(theirs)).headers["Location"]
    ines = at_desk("nadia", "Reporters")
    own = make_article(created_by=ines.get("/admin/").wsgi_request.user)
    assert ines.post(screen(own), {"lasts": "1"}).status_code == 302
    # A link of one story is not called back through another.
    assert ines.post(revoke.replace(f"article/{theirs.pk}/", f"article/{own.pk}/")).status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"lasts": "365", "reader": "x"},
        {"lasts": ""},
        {"lasts": "\0"},
        {"lasts": "-1"},
        {"lasts": "1", "reader": "x" * 200},
        {},
    ],
)
def test_a_form_that_says_nonsense_makes_no_link(editor, said):
    article = make_article()
    assert editor.post(screen(article), said).status_code == 302
    assert Proof.objects.count() == 0


def test_words_of_every_kind_may_say_for_whom(editor, lawyer):
    article = make_article()
    editor.post(screen(article), {"lasts": "1", "reader": "  <b>ليلى</b>\0 👩‍⚖️  "})
    proof = Proof.objects.get()
    assert proof.reader == "<b>ليلى</b> 👩‍⚖️"
    assert "&lt;b&gt;ليلى" in lawyer.get(proofs.address_of(proof)).text
    assert "<b>ليلى" not in editor.get(screen(article)).text


def test_no_link_is_made_that_would_open_nothing(editor):
    article = make_article()
    embargo(article, timezone.now() + timedelta(days=1))
    editor.post(screen(article), {"lasts": "1"})
    assert Proof.objects.count() == 0
    assert "under embargo until" in editor.get(screen(article)).text


def test_the_writing_page_leads_to_the_links(editor):
    article = make_article()
    assert screen(article) in editor.get(change(article)).text


def test_no_column_can_stand_where_proofs_are_read(at_desk):
    vera = at_desk("vera", "Managing editors")
    said = {"name": "Proof", "slug": "proof", "shows": "posts", "position": "0", "tagline": "", "description": ""}
    assert "This word is taken" in vera.post("/admin/articles/column/add/", said).text
    assert not Column.objects.filter(slug="proof").exists()


def test_a_preview_of_a_story_is_no_link(editor):
    article = make_article()
    editor.post(f"/admin/articles/article/{article.pk}/preview/", typed(article))
    assert Proof.objects.count() == 0
