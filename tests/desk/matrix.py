"""The people, the stories and the forms of the matrix: what tests/desk/test_matrix.py sends, and for whom."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from articles.models import Article, Column, Proof
from articles.publishing import correct, embargo, publish, schedule
from tests.desk.forms import typed
from tests.desk.test_screens import account, credit, photo_form, tweet_form
from tests.factories import make_article, make_author, make_column, make_photo, make_tag, make_tweet, make_user, picture

ROLES = {
    "S": (),  # a stranger
    "N": ("No such group",),  # staff whom nobody gave a group
    "R": ("Reporters",),
    "E": ("Editors",),
    "P": ("Picture desk",),
    "T": ("Tag staff",),
    "M": ("Managing editors",),
}
HOUR = timedelta(hours=1)


@dataclass
class Person:
    client: Client
    own: dict[str, dict[str, int]]  # what is theirs, beside what is everybody's: family → kind → number
    cookies: dict[str, str] = field(default_factory=dict)


@dataclass
class Cast:
    people: dict[str, Person]
    shared: dict[str, dict[str, int]]
    words: dict[int, str]  # of each story the words that only its working copy or its waiting edition says
    own: dict[int, str]  # whose story it is, by the letter of the role
    proofs: dict[int, int]  # of each story a link for a reader without a login
    rows: SimpleNamespace

    def things(self, role: str, family: str) -> dict[str, int]:
        return self.people[role].own.get(family, {}) | self.shared[family]


def told(kind: str, **fields) -> tuple[Article, str]:
    """A story with words of its own, which must not be read by whom it is closed to."""
    words = f"Undertone {kind} {Article.objects.count()}"
    return make_article(words, **fields), words


def make_cast() -> Cast:
    somebody = make_user("olga")
    words: dict[int, str] = {}
    whose: dict[int, str] = {}

    def story(kind: str, **fields) -> Article:
        article, said = told(kind, **({"created_by": somebody} | fields))
        words[article.pk] = said
        return article

    def live(kind: str, **fields) -> tuple[Article, object]:
        """Published under another headline and corrected; the working copy has been changed since."""
        article = make_article(f"As printed, {kind} {Article.objects.count()}", **({"created_by": somebody} | fields))
        publish(article)
        edition = correct(article, kind="correction", note="It was Tuesday.")
        article.headline = words[article.pk] = f"Undertone {kind} {article.pk}"
        article.save()
        return article, edition

    def parted(kind: str, **fields) -> Article:
        article = story(kind, **fields)
        Article.objects.filter(pk=article.pk).update(trashed_at=timezone.now())
        return article

    printed, edition = live("live")
    held = story("held")
    embargo(held, timezone.now() + HOUR)
    waiting = schedule(held, at=timezone.now() + 2 * HOUR)
    shared = {
        "story": {"other": story("other").pk, "live": printed.pk, "held": held.pk, "trash": parted("trash").pk},
        "edition": {"live": edition.pk, "held": waiting.pk},
        "correction": {"live": edition.corrections.get().pk},
    }
    people = {}
    for role, groups in ROLES.items():
        person, own = Client(), {}
        if groups:
            user = make_user(f"person-{role}", *groups)
            person.force_login(user)
            begun = {*words}
            _, mine = live("mine", created_by=user)
            own = {
                "story": {"own": story("own", created_by=user).pk, "bin": parted("bin", created_by=user).pk},
                "edition": {"own": mine.pk},
                "correction": {"own": mine.corrections.get().pk},
            }
            whose |= dict.fromkeys({*words} - begun, role)
        people[role] = Person(person, own, {name: each.value for name, each in person.cookies.items()})
    proofs = {
        pk: Proof.objects.create(article_id=pk, made_by=somebody, expires_at=timezone.now() + HOUR).pk for pk in words
    }
    return Cast(people, shared, words, whose, proofs, make_rows())


def make_rows() -> SimpleNamespace:
    """One row of every other kind, which nothing holds."""
    from_group = make_user("gina", "Reporters")
    photo = make_photo(file=True)
    return SimpleNamespace(
        column=make_column("Empty column"),
        author=make_author("Nobody yet"),
        tag=make_tag("Unused"),
        photo=photo,
        tweet=make_tweet(),
        agency=photo.credit.chain.first().agency,
        user=from_group,
        group=from_group.groups.get(),
        article_type=ContentType.objects.get_for_model(Article).pk,
    )


def addresses() -> set[str]:
    """Every route under /admin/, as the resolver knows it."""
    return {route.removeprefix("admin/") for route in routes(get_resolver()) if route.startswith("admin/")}


def routes(resolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)


def named(route: str) -> str:
    """A route of the resolver as the tables write it."""
    if route.endswith("(?P<url>.*)$"):
        return "<anything>"
    route = re.sub(r"\^\(\?P<app_label>[^)]+\)/\$", "<app>/", route)
    route = (
        route.replace("<path:content_type_id>", "<type>")
        .replace("<slug:sha256>", "<sha>")
        .replace("<int:proof>", "<proof>")
        .replace("<int:number>", "<number>")
    )
    families = {"articles/article/embed/photo/": "photo", "articles/article/embed/tweet/": "tweet",
                "articles/article/": "story", "articles/edition/": "edition",
                "articles/correction/": "correction"}  # fmt: skip
    family = next((name for before, name in families.items() if route.startswith(before)), "row")
    return re.sub(r"<(?:(?:path|int):)?(?:object_id|pk|id)>", f"<{family}>", route)


class Writes:
    """An execute wrapper that keeps what is written into the newsroom's tables."""

    def __init__(self):
        self.kept: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and any(
            f'"{room}_' in sql for room in ("articles", "media", "auth")
        ):
            self.kept.append(sql[:90])
        return execute(sql, params, many, context)

    def __enter__(self):
        self.wrapper = connection.execute_wrapper(self)
        self.wrapper.__enter__()
        return self.kept

    def __exit__(self, *error):
        return self.wrapper.__exit__(*error)


def story_form(cast: Cast, pk: int | None, **more) -> dict:
    article = Article.objects.get(pk=pk) if pk else None
    version = {"version": str(article.version)} if article else {}
    said = typed(article, column=str(Column.objects.get(name="The Slatest").pk), **version, **more)
    return said


def verb(name: str) -> Callable[[Cast, int], dict]:
    reasons = {"withdrawal_reason": "Wrong.", "reprint_reason": "Credit.", "correction_kind": "correction",
               "correction_note": "It was noon.", "schedule_at": "2090-01-01T10:00"}  # fmt: skip
    return lambda cast, pk: story_form(cast, pk, **reasons, **{name: "1"})


def many(name: str) -> Callable[[Cast, int | None], dict]:
    """An action of the list, asked for every story there is."""
    return lambda cast, pk: {
        "action": name, "index": "0", "_selected_action": [*cast.words], "to_column": cast.rows.column.pk,
    }  # fmt: skip


FORMS: dict[str, Callable[[Cast, int | None], dict]] = {
    "": lambda cast, pk: {},
    "story": story_form,
    "yes": lambda cast, pk: {"post": "yes"},
    "reason": lambda cast, pk: {"reason": "The court asked."},
    "front": lambda cast, pk: {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0", "version": "0"},
    "page": lambda cast, pk: {"page": "0b0e7f0c-5d0f-4b39-9f43-9d6b0a8a2f6e", "headline": "Half a sentence"},
    "version": lambda cast, pk: {"version": str(Article.objects.get(pk=pk).version)},
    "reader": lambda cast, pk: {"reader": "The lawyer", "lasts": "day"},
    "tweet": lambda cast, pk: {"source": cast.rows.tweet.url},
    "name": lambda cast, pk: {"name": "Reuters of today"},
    "slugged": lambda cast, pk: {"name": "Harbors", "slug": "harbors", "description": "", "biography": "",
                                 "tagline": "", "shows": "posts", "position": "1"},
    "new photo": lambda cast, pk: photo_form(upload=ContentFile(picture().read(), "dusk.png")) | credit(),
    "photo": lambda cast, pk: photo_form() | credit(id=str(cast.rows.photo.credit.pk)),
    "post": lambda cast, pk: tweet_form(),
    "account": lambda cast, pk: account(username="gina", is_staff="on"),
    "new account": lambda cast, pk: {"username": "new", "usable_password": "true", "password1": "another long one",
                                     "password2": "another long one"},
    "password": lambda cast, pk: {"usable_password": "true", "password1": "another long one",
                                  "password2": "another long one"},
    "own password": lambda cast, pk: {"old_password": "a long password", "new_password1": "another long one",
                                      "new_password2": "another long one"},
    "override": lambda cast, pk: story_form(cast, pk, _publish="1", override_reason="The only picture there is."),
    **{
        f"_{name}": verb(f"_{name}")
        for name in (
            "publish", "update", "schedule", "reschedule", "cancel", "until", "keep", "withdraw", "reprint", "embargo",
            "lift", "submit", "approve", "send_back", "kill", "revive", "undo",
        )
    },
    **{name: many(name) for name in ("move_them", "copy_them", "put_them_away", "take_them_out")},
}  # fmt: skip
