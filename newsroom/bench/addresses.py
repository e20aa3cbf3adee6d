"""What the readers ask for: addresses of the seeded archive, chosen by the same dice each time."""

from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.utils import timezone

from articles.models import Column, Edition, EditionTag, Tag
from articles.pages import cursor
from newsroom.bench import desk

ARTICLES, DEPTHS = 200, 20


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of page: its addresses, and the CPU milliseconds that one request may take (0: no target of its own).

    `cookie` signs the reader in, for the desk.
    """

    name: str
    paths: list[str]
    target: float = 0
    cookie: str = ""


def cases() -> list[Case]:
    """Every kind of page that is measured."""
    dice = Random(1)  # noqa: S311 — dice for choosing pages
    posts = Column.objects.filter(shows=Column.Shows.POSTS).earliest("id")
    cards = Column.objects.filter(shows=Column.Shows.CARDS).earliest("id")
    tag = Tag.objects.annotate(used=Count("edition_tags")).order_by("-used")[0]
    river = Edition.objects.filter(column=cards)
    rows = EditionTag.objects.filter(tag=tag)
    public = [
        Case("article", article_paths(dice), 3),
        Case("front, 25 cards", ["/"], 6),
        Case("column, 25 cards", [cards.path], 6),
        Case("column, 10 whole posts", [posts.path]),
        Case("deep in a column (?before=)", [f"{cards.path}?before={place}" for place in deep(river, "id", dice)], 6),
        Case("old year of a column", [year(cards)], 6),
        Case("popular tag", [tag.path], 6),
        Case("deep in the popular tag", [f"{tag.path}?before={place}" for place in deep(rows, "edition", dice)], 6),
        Case("feed, 20 whole texts", [f"{posts.path}feed/"], 15),
        Case("search, a rare word", searches(rare_words(dice)), 20),
        Case("search, a common word", searches(["harbor"]), 150),
        Case("search, three common words", searches(["council budget friday"]), 150),
        Case("search, a phrase", searches(['"after a six-hour meeting"']), 150),
        Case("search, a word under a tag", [f"/search/?q=harbor&tag={tag.slug}"], 150),
    ]
    editor = desk.cookie()
    asked = desk.pages(dice, rare_words(dice), tag.name)
    return public + [Case(name, paths, cookie=editor) for name, paths in asked.items()]


def article_paths(dice: Random) -> list[str]:
    """Stories from all over the archive, so that no database page is asked for twice in a row."""
    newest = Edition.objects.aggregate(last=Max("id"))["last"]
    chosen = [dice.randint(1, newest) for _ in range(4 * ARTICLES)]
    seen = Edition.objects.seen_at(timezone.now()).filter(id__in=chosen)
    paths = list(seen.values_list("path", flat=True)[:ARTICLES])
    dice.shuffle(paths)
    return paths


def deep(river, identity: str, dice: Random) -> list[str]:
    """Cursors in the oldest third of a river."""
    places = river.seen_at(timezone.now()).newest_first().values_list("first_published_at", identity)
    total = len(places)
    return [cursor.written(*places[total * 2 // 3 + dice.randrange(max(total // 4, 1))]) for _ in range(DEPTHS)]


def year(column: Column) -> str:
    """The archive's second year: at any size from a thousand on it fills a page of cards."""
    first = Edition.objects.filter(column=column).earliest("first_published_at")
    return f"{column.path}{timezone.localtime(first.first_published_at).year + 1}/"


def searches(questions: list[str]) -> list[str]:
    return [f"/search/?{urlencode({'q': question})}" for question in questions]


def rare_words(dice: Random) -> list[str]:
    """Names from headlines of all over the archive, each in hardly any other."""
    newest = Edition.objects.aggregate(last=Max("id"))["last"]
    chosen = Edition.objects.filter(id__in=[dice.randint(1, newest) for _ in range(ARTICLES)])
    return [headline.split()[-2] for headline in chosen.values_list("headline", flat=True)]
