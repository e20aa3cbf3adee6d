"""A newsroom with a story in every state there is, and a marker in every field that readers must not see of it."""

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from articles.models import (
    Address,
    Article,
    ArticleTag,
    Author,
    Byline,
    Edition,
    Errand,
    Manuscript,
    Proof,
    Recovery,
    Slot,
    Tag,
)
from articles.models.article import Stage
from articles.models.front import PLACES
from articles.publishing import cancel, correct, embargo, publish, redact, schedule, undo, update, withdraw
from media.intake import store
from media.models import Agency, Credit, Photo, Tweet
from tests.factories import PRINTED, make_article, make_column, make_photo, make_tweet, make_user, published
from tests.pages.leaks.markers import Markers

LATER = timedelta(days=1)
counter = itertools.count(1)
# Whoever was once seen stays: the page of a tag whose stories were all withdrawn is calm, and there. What a redacted
# story alone made known does not.
NAMES = frozenset(["Tag.name", "Tag.slug", "Tag.description", "Author.name", "Author.slug", "Author.biography"])


@dataclass
class World:
    """What rows of `routes` make addresses of. Slugs and addresses, public and secret ones together."""

    markers: Markers = field(default_factory=Markers)
    columns: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    # An address that worked once → what it answers: it may differ from one that nobody wrote.
    worked: dict[str, int] = field(default_factory=dict)
    # Cards with the number of an edition that readers never saw, or may not see again, below an address that they know.
    unseen: list[str] = field(default_factory=list)

    def ink(self, state: str, *, seen: frozenset[str] = frozenset()) -> "Ink":
        return Ink(self, state, seen)


@dataclass
class Ink:
    """`ink("Article.dek")` is a marker for that field, or a word of no meaning for a field that readers may see."""

    world: World
    state: str
    seen: frozenset[str]

    def __call__(self, name: str) -> str:
        return "plain" if name in self.seen else self.world.markers.word(self.state, name)

    def slug(self, name: str) -> str:
        """Unique, whether seen or not."""
        return f"seen-{next(counter)}" if name in self.seen else self(name)


def write(ink: Ink, article: Article | None = None) -> Article:
    """A new draft, or the working copy of a story that is there, with all its fields in this ink."""
    article = article or make_article()
    photo, inner, tweet = marked_photo(ink), marked_photo(ink), marked_tweet(ink)
    article.headline, article.dek, article.kicker = ink("Article.headline"), ink("Article.dek"), ink("Article.kicker")
    article.slug, article.seo_title = ink.slug("Article.slug"), ink("Article.seo_title")
    article.lead_photo, article.lead_caption = photo, ink("Article.lead_caption")
    article.lead_alt = ink("Article.lead_alt")
    article.body = (
        f'<p>{ink("Article.body")} <a href="https://example.org/{ink("Article.body")}">a link</a></p>'
        f"<h2>{ink('Article.body')}</h2><blockquote><p>{ink('Article.body')}</p></blockquote>"
        f'<aside class="pull-quote"><p>{ink("Article.body")}</p></aside><ul><li><p>{ink("Article.body")}</p></li></ul>'
        f'<news-photo data-id="{inner.pk}" data-caption="{ink("Article.body")}" data-alt="{ink("Article.body")}">'
        f'</news-photo><news-tweet data-id="{tweet.pk}"></news-tweet>'
    )
    article.language = f"en-{ink('Article.language')}"
    article.note = ink("Article.note")
    article.created_by = marked_user(ink)
    article.save()
    ArticleTag.objects.retag(article, [marked_tag(ink)])
    article.bylines.all().delete()
    Byline.objects.create(article=article, author=marked_author(ink))
    around_the_desk(ink, article)
    Manuscript.objects.update_or_create(
        article=article,
        defaults={
            "file_name": ink.slug("Manuscript.file_name"),
            "text": ink("Manuscript.text"),
            "sha256": ink.slug("Manuscript.sha256"),
        },
    )
    return article


def around_the_desk(ink: Ink, article: Article) -> None:
    """What somebody typed and did not save, of this story and of one that was never saved; and whom it was sent to."""
    now, user = timezone.now(), marked_user(ink)
    typed = {"headline": ink("Recovery.fields")}
    Recovery.objects.create(article=article, page="a-page", user=user, fields=typed, saved_at=now)
    Recovery.objects.create(page=ink("Recovery.page"), user=user, fields={"body": ink("Recovery.fields")}, saved_at=now)
    Proof.objects.create(article=article, made_by=user, expires_at=now + LATER, reader=ink("Proof.reader"))


def marked_photo(ink: Ink) -> Photo:
    words = ("title", "caption", "alt_text", "keywords", "city", "country", "instructions")
    photo = Photo(**{name: ink(f"Photo.{name}") for name in words})
    photo.uploaded_by = marked_user(ink)
    number = Photo.objects.count()
    store(photo, picture_that_tells(ink("Photo.file"), (number * 7 % 256, number * 53 % 256, 128)))
    photo.save()
    ink.world.files.append(photo.file.url)
    if "Photo.sha256" not in ink.seen:
        ink.world.markers.keep(photo.sha256, ink.state, "Photo.sha256")
    lines = ("photographer", "credit_line", "printed_credit", "source", "copyright_notice", "usage_terms")
    terms = {name: ink(f"Credit.{name}") for name in (*lines, "license_url", "licensor", "licensor_url")}
    credit = Credit.objects.create(photo=photo, rights="agency", **terms)
    credit.set_chain([ink("Agency.name")])
    return photo


def picture_that_tells(word: str, colour: tuple[int, int, int]) -> io.BytesIO:
    """A photograph whose own metadata says the word."""
    target, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = exif[0x013B] = word  # ImageDescription, Artist
    Image.new("RGB", (80, 50), colour).save(target, "JPEG", exif=exif, comment=word, xmp=f"<x>{word}</x>".encode())
    target.seek(0)
    return target


def marked_tweet(ink: Ink) -> Tweet:
    status = ink.world.markers.number(ink.state, "Tweet.status_id") if "Tweet.status_id" not in ink.seen else None
    words = {name: ink(f"Tweet.{name}") for name in ("author_name", "handle", "text", "translation", "embed_code")}
    words["url"] = f"https://twitter.com/x/status/{ink('Tweet.url')}"
    words["language"] = f"en-{ink('Tweet.language')}"
    return make_tweet(**words, **({"status_id": status} if status else {}))


def marked_tag(ink: Ink) -> Tag:
    slug = ink.slug("Tag.slug")
    name = slug if "Tag.name" in ink.seen else ink("Tag.name")
    ink.world.tags.append(slug)
    return Tag.objects.create(name=name, slug=slug, description=ink("Tag.description"))


def marked_author(ink: Ink) -> Author:
    slug = ink.slug("Author.slug")
    ink.world.authors.append(slug)
    about = {"name": ink("Author.name"), "biography": ink("Author.biography"), "user": marked_user(ink)}
    return Author.objects.create(slug=slug, **about)


def marked_user(ink: Ink):
    """An account. Readers see no account, of no story."""
    word = ink.world.markers.word
    said = {name: word(ink.state, f"User.{name}") for name in ("first_name", "last_name", "email")}
    return make_user(word(ink.state, "User.username"), "Editors", **said)


def remember(world: World, edition: Edition) -> Edition:
    """The addresses that belong to an edition, whether readers saw it or not."""
    world.stories.append(edition.path)
    return edition


def hide(world: World, path: str, edition: Edition) -> Edition:
    """A number that must not answer, below its own path and the one that readers know."""
    world.unseen += [f"{each}card-{edition.number}.png" for each in {path, edition.path}]
    return edition


def printed(article: Article) -> Edition:
    return publish(article, first_published_at=PRINTED)


# The states. Each plants one story, or a few, and remembers what can be asked about them.


def live(world: World) -> None:
    """Readers see it; what the desk keeps beside it is the desk's: notes on pictures, manuscripts, reasons."""
    column = make_column()
    world.columns.append(column.slug)
    for edition in published(11, column=column, tags=["Ports"], lead_photo=make_photo(file=True)):
        remember(world, edition)
    world.columns.append(make_column("World", shows="cards", tagline="From elsewhere").slug)
    for edition in published(8, column=make_column("World"), tags=["Ports"], headline="A Story for Everybody"):
        remember(world, edition)
    world.tags.append("ports")
    world.authors.append("ines-corvald")
    ink = world.ink("live", seen=EVERY_FIELD - THE_DESKS_OWN)
    article = write(ink)
    remember(world, printed(article))
    world.files.append(article.lead_photo.file.url)
    article.slug = "seen-then-moved"
    article.save()
    remember(world, update(article, reason=ink("Edition.reason"), by=marked_user(ink)))
    Errand.objects.create(
        kind="purge", payload={"keys": [ink("Errand.payload")]}, last_error=ink("Errand.last_error"), due_at=PRINTED
    )


def at_the_desk(world: World) -> None:
    """In each stage of the desk: draft, review, ready, killed."""
    for stage in (Stage.DRAFT, Stage.REVIEW, Stage.READY, Stage.KILLED):
        ink = world.ink(stage)
        article = write(ink)
        approved = article.version if stage == Stage.READY else None
        Article.objects.filter(pk=article.pk).update(stage=stage, first_published_at=PRINTED, approved_version=approved)
        world.stories.append(f"/the-slatest/2015/06/01/{article.slug}/")
        world.stories.append(f"/the-slatest/{timezone.localtime():%Y/%m/%d}/{article.slug}/")
        older = f"/blogs/{ink('Address.path')}.html"
        Address.objects.create(path=older, article=article, is_current=False)
        world.stories.append(older)


def waiting(world: World) -> None:
    """Its first publication is planned."""
    article = write(world.ink("waiting"))
    edition = remember(world, schedule(article, at=timezone.now() + LATER))
    hide(world, edition.path, edition)


def waiting_update(world: World) -> None:
    """Readers see it as it was, and will see it otherwise."""
    (edition,) = published()
    remember(world, edition)
    write(world.ink("waiting update"), edition.article)
    hide(world, edition.path, remember(world, schedule(edition.article, at=timezone.now() + LATER)))


def cancelled(world: World) -> None:
    """What was planned was taken back: of a story that nobody saw, and of a live one."""
    for state, article in (
        ("cancelled", make_article()),
        ("cancelled update", remember(world, published()[0]).article),
    ):
        write(world.ink(state), article)
        edition = remember(world, schedule(article, at=timezone.now() + LATER))
        live = article.editions.seen_at(timezone.now()).first() or edition
        hide(world, live.path, edition)
        cancel(article)


def trashed(world: World) -> None:
    article = write(world.ink("trashed"))
    Article.objects.filter(pk=article.pk).update(trashed_at=timezone.now())
    world.stories.append(f"/the-slatest/{timezone.localtime():%Y/%m/%d}/{article.slug}/")


def under_embargo(world: World) -> None:
    """It waits for the end of its embargo, to which it was moved."""
    article = write(world.ink("embargo"))
    remember(world, schedule(article, at=timezone.now() + LATER / 2))
    for edition in embargo(article, timezone.now() + LATER):
        remember(world, edition)


def taken_back(world: World) -> None:
    """Published by mistake and taken back at once: of a new story, and of one that readers see."""
    article = write(world.ink("taken back"))
    undo(remember(world, publish(article)))
    (edition,) = published()
    remember(world, edition)
    write(world.ink("taken back update", seen=NAMES), edition.article)
    newer = remember(world, update(edition.article))
    world.worked[newer.path] = 301
    undo(newer)


def withdrawn(world: World) -> None:
    """Nothing is left of it but the address, which says 410 and why."""
    ink = world.ink("withdrawn", seen=NAMES)
    article = write(ink)
    printed(article)
    edition = remember(world, correct(article, note=ink("Correction.text")))
    withdraw(article, reason="It named the wrong man.")
    world.worked[edition.path] = 410


def planned_withdrawal(world: World) -> None:
    """It goes tomorrow, and why is said tomorrow."""
    (edition,) = published()
    remember(world, edition)
    withdraw(edition.article, at=timezone.now() + LATER, reason=world.ink("planned withdrawal")("Withdrawal.reason"))


def redacted(world: World) -> None:
    """A court forbade the text: of the live edition, and of an older one."""
    ink = world.ink("redacted")
    article = write(ink)
    printed(article)
    edition = remember(world, correct(article, note=ink("Correction.text")))
    redact(edition, reason=ink("Edition.reason"))
    for older in article.editions.all():
        if not older.redacted_at:
            redact(older, reason=ink("Edition.reason"))
    world.worked[edition.path] = 410
    ink = world.ink("redacted of old")
    article = write(ink)
    older = remember(world, printed(article))
    world.worked[older.path] = 301
    write(world.ink("live", seen=EVERY_FIELD), article)
    hide(world, remember(world, update(article)).path, older)
    redact(older, reason=ink("Edition.reason"))


def corrected_after_a_redaction(world: World) -> None:
    """Its history tells of all its editions, and of the forbidden one nothing but that it was."""
    ink = world.ink("redacted before a correction")
    article = write(ink)
    older = remember(world, printed(article))
    world.worked[older.path] = 301
    write(world.ink("live", seen=EVERY_FIELD), article)
    noted = correct(article, note=ink("Correction.text"))
    remember(world, correct(article, note="An earlier version gave the wrong pier."))
    for edition in (older, noted):
        redact(edition, reason=ink("Edition.reason"))
    article.refresh_from_db()
    remember(world, update(article))


def retracted(world: World) -> None:
    """The notice stands in the place of the text, and of the notes before it."""
    shown = {"Article.headline", "Article.kicker", "Article.slug", "Article.language"}
    ink = world.ink("retracted", seen=NAMES | shown)
    article = write(ink)
    article.headline = "A Story That Was Taken Back"
    article.save()
    printed(article)
    correct(article, note=ink("Correction.text"))
    remember(world, correct(article, kind="retraction", note="Nothing of it was true."))


def edited(world: World) -> None:
    """The working copy was written anew after publication."""
    (edition,) = published()
    remember(world, edition)
    write(world.ink("edited"), edition.article)


def replaced(world: World) -> None:
    """Readers saw it, and see another edition now."""
    article = write(world.ink("replaced", seen=NAMES))
    older = remember(world, printed(article))
    world.worked[older.path] = 301
    write(world.ink("live", seen=EVERY_FIELD), article)
    remember(world, update(article))


def unused(world: World) -> None:
    """Rows of the archive that no story uses: a photo, a post, a tag, an author."""
    ink = world.ink("unused")
    marked_photo(ink)
    marked_tweet(ink)
    marked_tag(ink)
    marked_author(ink)


def on_the_front(world: World) -> None:
    """The front has words of its own for each story that readers do not see, or see taken back; and for tomorrow."""
    ink, now = world.ink("on the front"), timezone.now()
    hidden = Article.objects.exclude(editions__in=Edition.objects.seen_at(now))
    retracted = Article.objects.filter(corrections__kind="retraction")
    later = Edition.objects.seen_at(now).exclude(article__in=retracted)[:1]
    begins = [(article, now) for article in (*hidden, *retracted)]
    begins += [(edition.article, now + LATER) for edition in later]
    for number, (article, start) in enumerate(begins):
        words = {"headline": ink("Slot.headline"), "kicker": ink("Slot.kicker")}
        start -= timedelta(minutes=number)
        Slot.objects.create(
            article=article, place=number % PLACES + 1, pinned=True, since=start, live_from=start, **words
        )


STATES: list[Callable[[World], None]] = [
    live, at_the_desk, waiting, waiting_update, cancelled, trashed, under_embargo, taken_back, withdrawn,
    planned_withdrawal, redacted, corrected_after_a_redaction, retracted, edited, replaced, unused, on_the_front,
]  # fmt: skip


# Every field with words of somebody's in it. `test_leaks` holds it against the models.
THE_DESKS_OWN = frozenset(
    ["Photo.title", "Photo.caption", "Photo.alt_text", "Photo.keywords", "Photo.city", "Photo.country",
     "Photo.instructions", "Photo.file", "Tweet.embed_code", "Manuscript.file_name", "Manuscript.text",
     "Manuscript.sha256", "Edition.reason", "Errand.payload",
     "Errand.last_error", "Slot.headline", "Slot.kicker", "Article.note", "Recovery.fields", "Recovery.page",
     "Proof.reader"]
)  # fmt: skip
EVERY_FIELD = (
    NAMES
    | THE_DESKS_OWN
    | {f"Article.{name}" for name in ("headline", "dek", "kicker", "slug", "seo_title", "language", "body")}
    | {f"Article.{name}" for name in ("lead_caption", "lead_alt")}
    | {f"Credit.{name}" for name in ("photographer", "credit_line", "printed_credit", "source", "usage_terms")}
    | {f"Tweet.{name}" for name in ("status_id", "author_name", "handle", "text", "translation", "url", "language")}
    | {f"Credit.{name}" for name in ("copyright_notice", "license_url", "licensor", "licensor_url")}
    | {"Agency.name", "Correction.text", "Withdrawal.reason", "Address.path", "Photo.sha256"}
)


def newsroom_of_secrets() -> World:
    world = World()
    for plant in STATES:
        plant(world)
    assert Agency.objects.exists()
    return world
