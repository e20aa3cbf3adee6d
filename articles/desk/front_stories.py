"""Stories as the front's screen finds and names them: what readers see of them now, or will."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from articles.models import Address, Article, Edition
from articles.models.edition import EditionQuerySet
from articles.pages.addresses import tidy
from articles.pages.ap_style import Moment

SHOWN = 20
WORDS = 8
UNDER_EMBARGO = "A story under embargo"
CLOSED = "A story that is not yours to open"
NUMBER = re.compile(r"[0-9]{1,18}")
WRITING_PAGE = re.compile(r"/admin/articles/article/([0-9]{1,18})/.*")


@dataclass(frozen=True)
class Story:
    """`edition` is the one that readers see, or the first that they will; None when there is neither.

    `closed`: readers do not see it now, and who looks may not open it: nothing of it is told.
    """

    article: Article
    edition: Edition | None
    now: datetime
    closed: bool = False

    @property
    def headline(self) -> str:
        if self.closed:
            return UNDER_EMBARGO if self.is_held else CLOSED
        return self.edition.headline if self.edition else self.article.headline

    @property
    def column(self) -> str:
        return (self.edition or self.article).column.name

    @property
    def is_held(self) -> bool:
        return self.article.embargo_until is not None and self.article.embargo_until > self.now

    @property
    def is_seen(self) -> bool:
        return self.edition is not None and not self.waits

    @property
    def waits(self) -> bool:
        return self.edition is not None and self.edition.live_from > self.now

    @property
    def when(self) -> str:
        """When it was printed; from when on readers see it, or that they do not."""
        if self.edition is None:
            return "Readers do not see it"
        printed = Moment(self.edition.live_from if self.waits else self.edition.first_published_at).full
        return f"Readers see it from {printed}" if self.waits else printed

    def card(self) -> dict[str, str]:
        """For the screen's script: plain values, never markup."""
        return {"id": str(self.article.pk), "headline": self.headline, "column": self.column, "when": self.when}


def to_be_seen(now: datetime) -> EditionQuerySet:
    """The editions that readers see, and those that wait."""
    flow = Edition.objects.seen_at(now) | Edition.objects.waiting(now)
    return flow.filter(redacted_at__isnull=True).lean().select_related("column")


def stories_of(articles: Collection[int], now: datetime) -> dict[int, Story]:
    """The stories with these numbers; one that nobody wrote is missing. Two queries."""
    rows = (
        Article.objects.filter(pk__in=set(articles))
        .select_related("column")
        .only("headline", "language", "embargo_until", "column__name")
    )
    # The earliest: what is seen now comes before what waits.
    editions: dict[int, Edition] = {}
    for edition in to_be_seen(now).filter(article__in=set(articles)).order_by("live_from"):
        editions.setdefault(edition.article_id, edition)
    return {row.pk: Story(row, editions.get(row.pk), now) for row in rows}


def as_told_to(user, stories: dict[int, Story], now: datetime) -> dict[int, Story]:
    """The same stories, closed where readers do not see them and this person may not open them. One query."""
    hidden = [pk for pk, story in stories.items() if not story.is_seen]
    opened = set(Article.objects.open_to(user, now).filter(pk__in=hidden).values_list("pk", flat=True))
    return stories | {pk: replace(stories[pk], closed=True) for pk in hidden if pk not in opened}


def found(words: str, now: datetime) -> list[Story]:
    """Up to 20 live and scheduled stories with these words in the headline, newest first; "" finds the newest."""
    number = number_of(words)
    if number:
        return [story for story in stories_of([number], now).values() if story.edition]
    flow = to_be_seen(now).newest_first()
    for word in words.split()[:WORDS]:
        flow = flow.filter(headline__icontains=word)
    # A live story may have a waiting edition too.
    articles = list(dict.fromkeys(flow.values_list("article", flat=True)[: 2 * SHOWN]))[:SHOWN]
    stories = stories_of(articles, now)
    return [stories[pk] for pk in articles]


def number_of(words: str) -> int | None:
    """The number of the story that somebody names by its number, its address, or that of its writing page."""
    words = words.strip()
    if NUMBER.fullmatch(words):
        return int(words)
    try:
        path = urlsplit(words).path
    except ValueError:
        return None
    if not path.startswith("/") or len(path) > 255 or "\0" in path:
        return None
    writing = WRITING_PAGE.fullmatch(path)
    if writing:
        return int(writing[1])
    addresses: Iterable[int] = Address.objects.filter(path__in={path, tidy(path)}, article__isnull=False).values_list(
        "article", flat=True
    )
    return next(iter(addresses), None)
