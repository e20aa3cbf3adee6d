"""What readers must not see stands nowhere: a marker in every field of a story in every state, and a crawl for each."""

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from articles.models import Article, Edition
from articles.pages import addresses, article, card, files, visit
from articles.pages.poster import Words
from articles.pages.visit import Visit
from articles.publishing import schedule
from tests.factories import make_photo, make_user, published
from tests.pages.leaks.crawl import Crawl
from tests.pages.leaks.markers import unplanted
from tests.pages.leaks.planting import EVERY_FIELD, LATER, World, newsroom_of_secrets, write
from tests.pages.leaks.routes import ROWS, Shut, public_patterns

pytestmark = pytest.mark.django_db

# Fields with words in them that need no marker, and why.
PUBLIC = "readers see it as soon as it is typed"
FROZEN = "made of fields that have a marker"
OURS = "written by the program, with nobody's words in it"
NEED_NO_MARKER = {
    "Column.name": PUBLIC,
    "Column.slug": PUBLIC,
    "Column.tagline": PUBLIC,
    "Column.description": PUBLIC,
    "Edition.headline": FROZEN,
    "Edition.dek": FROZEN,
    "Edition.kicker": FROZEN,
    "Edition.summary": FROZEN,
    "Edition.body": FROZEN,
    "Edition.slug": FROZEN,
    "Edition.path": FROZEN,
    "Edition.language": FROZEN,
    "Edition.document": FROZEN,
    "Edition.lead": FROZEN,
    "EditionPhoto.caption": FROZEN,
    "EditionPhoto.alt": FROZEN,
    "EditionPhoto.sha256": FROZEN,
    "EditionPhoto.crop": OURS,
    "IndexCard.words": FROZEN,
    "Correction.passage": "words of Article.body, to find a place in it again",
    "Photo.readings": "words of Photo.file, read off",
    "PhotoPlacement.caption": FROZEN,
    "PhotoPlacement.alt": FROZEN,
    "PhotoPlacement.crop": OURS,
    "Errand.kind": OURS,
    "Purge.key": OURS,
}
WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField)


def test_every_pattern_of_the_url_table_has_a_row_and_every_row_a_pattern():
    patterns = public_patterns()
    assert len(patterns) == len(set(patterns)), "Two patterns are written alike: only the first is ever asked."
    for pattern in set(patterns) - set(ROWS):
        pytest.fail(f"“{pattern}” is public and nobody crawls it: give it a row in tests/pages/leaks/routes.py.")
    for row in set(ROWS) - set(patterns):
        pytest.fail(f"No pattern is called “{row}” any more: take its row out of tests/pages/leaks/routes.py.")


def test_every_field_with_words_in_it_has_a_marker():
    fields = {
        f"{model.__name__}.{field.name}"
        for app in ("articles", "media")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, WORDS) and not field.choices
    }
    forgotten = fields - EVERY_FIELD - set(NEED_NO_MARKER)
    assert forgotten == set(), "Plant a marker in them (tests/pages/leaks/planting.py), or say why they need none."
    assert EVERY_FIELD - fields == set()


@pytest.fixture(autouse=True)
def nobody_writes_down_each_404():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="class")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Planted once for the class: each test asks and none writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield newsroom_of_secrets()
        transaction.set_rollback(True)


def told(words: Words) -> bytes:
    """What a card says, in the metadata of a dot: the crawl reads no pictures."""
    says, target = PngInfo(), io.BytesIO()
    says.add_text("Says", repr(words))
    Image.new("L", (1, 1)).save(target, "PNG", pnginfo=says)
    return target.getvalue()


@pytest.fixture(scope="class")
def crawl(world) -> Crawl:
    """One visitor for the class, who asks for each address once."""
    return Crawl(Client(), world)


class TestWhatReadersMustNotSee:
    @pytest.fixture(autouse=True)
    def cards_say_their_words(self, monkeypatch):
        monkeypatch.setattr(card, "drawn", told)

    def test_has_a_marker_in_every_field(self, world):
        planted = {about.split(": ")[1] for about in world.markers.about.values()}
        assert EVERY_FIELD - planted == set()

    def test_stands_nowhere(self, crawl, world):
        for pattern, row in ROWS.items():
            paths = list(row(world))
            crawl.follow(paths)
            answered = {crawl.answers[path].status for path in paths}
            proves = f"The row of “{pattern}” asks for nothing that is public: it proves nothing."
            assert answered & {200, 301, 302}, proves
        assert crawl.leaks == []
        assert {path: crawl.answers[path].status for path in world.worked} == world.worked
        assert len(crawl.answers) > 300

    def test_is_not_shown_to_a_reader_who_chooses_the_time(self, crawl, world):
        for row in ROWS.values():
            for path in row(world):
                if "?" not in path:
                    crawl.unmoved(path, "2999-01-01T12:00")
        assert crawl.leaks == []

    def test_is_not_shown_to_a_reader_who_signed_in(self, client, world):
        client.force_login(make_user("olu"))
        crawl = Crawl(client, world)
        for path in ["/", "/feed/", *(f"/{slug}/" for slug in world.columns), *world.stories]:
            crawl.visit(f"{path}?at=2999-01-01T12:00")
        assert crawl.leaks == []


class TestTheCrawlFinds:
    """It must be able to fail: each leak that somebody could make is made, and found."""

    @pytest.fixture
    def draft(self, db) -> World:
        world = World()
        self.article = write(world.ink("draft"))
        (edition,) = published()
        self.path = edition.path
        return world

    def found(self, client, world: World, *paths: str) -> str:
        crawl = Crawl(client, world)
        crawl.follow(paths or ["/"])
        return "\n".join(crawl.leaks)

    def test_nothing_where_nothing_leaks(self, client, draft):
        assert self.found(client, draft) == ""

    def test_a_word_deep_in_a_page_that_is_only_linked(self, client, draft, monkeypatch):
        def draw(visit, *args, **context):
            response = drawn(visit, *args, **context)
            if visit.request.path == self.path:
                response.content += f"<!-- {self.article.dek.upper()} -->".encode()
            return response

        drawn = Visit.draw
        monkeypatch.setattr(Visit, "draw", draw)
        assert self.found(client, draft) == f"{self.path} says the draft: Article.dek"

    def test_a_word_in_a_header(self, client, draft, monkeypatch):
        def stamped(visit, response, keys):
            return stamp(visit, response, [*keys, f"next-{self.article.slug}"])

        stamp = Visit.stamped
        monkeypatch.setattr(Visit, "stamped", stamped)
        assert "/feed/ says the draft: Article.slug" in self.found(client, draft)

    def test_a_word_in_the_metadata_of_a_picture(self, client, draft):
        photo = make_photo(file=True)
        published(lead_photo=photo)
        target = io.BytesIO()
        with default_storage.open(photo.file.name) as file, Image.open(file) as picture:
            picture.save(target, "JPEG", comment=self.article.kicker)
        Path(default_storage.path(photo.file.name)).write_bytes(target.getvalue())
        assert f"{photo.file.url} says the draft: Article.kicker" in self.found(client, draft)

    def test_a_file_that_only_a_draft_shows(self, client, draft, monkeypatch):
        monkeypatch.setattr(Edition.objects, "seen_at", lambda moment: Edition.objects.all())
        monkeypatch.setattr(files.SHOWN, "compiled", {})  # the question is put anew
        schedule(self.article, at=timezone.now() + LATER)
        url = self.article.lead_photo.file.url
        assert "it betrays the draft: Photo.sha256" in self.found(client, draft, url)

    def test_an_address_that_tells_a_draft_from_nothing(self, client, draft, monkeypatch):
        def answer(visit):
            words = "Not yet." if Article.objects.filter(slug=visit.request.path.split("/")[-2]) else "Never."
            return HttpResponse(words, status=404)

        monkeypatch.setattr(article, "answer", answer)
        path = f"/the-slatest/2015/06/01/{self.article.slug}/"
        assert "it betrays the draft: Article.slug" in self.found(client, draft, path)

    def test_a_word_that_a_card_draws(self, client, draft, monkeypatch):
        monkeypatch.setattr(card, "drawn", lambda words: told(replace(words, kicker=self.article.kicker)))
        assert self.found(client, draft, f"{self.path}card-1.png").endswith("card-1.png says the draft: Article.kicker")

    def test_a_redirect_to_a_draft(self, client, draft, monkeypatch):
        path = f"/the-slatest/2015/06/01/{self.article.slug}/"
        monkeypatch.setattr(addresses, "whereabouts", lambda asked, query, visit: (path, [], ""))
        assert self.found(client, draft, "/moved/").startswith("/moved/ says the draft: Article.slug")

    def test_a_secret_number_that_answers(self, client, draft):
        assert self.found(client, draft, Shut("/the-slatest/")) == "/the-slatest/ should answer 404 or 410, not 200"

    def test_a_reader_who_chose_the_time(self, client, draft, monkeypatch):
        crawl = Crawl(client, draft)
        monkeypatch.setattr(visit, "looks_at", lambda request: timezone.now() if request.GET.get("at") else None)
        crawl.unmoved("/", "2999-01-01T12:00")
        assert crawl.leaks == ["/?at=2999-01-01T12:00 answers otherwise than /: a reader chose the time"]


def test_unplanted_words_are_of_the_same_kind_and_length():
    for word in ("zqbcd234", "9" + "1" * 18, "ab" + "0" * 61 + "1"):
        other = unplanted(word)
        assert (len(other), other == word) == (len(word), False)
        assert other[:2] == word[:2] or other.isdigit()
