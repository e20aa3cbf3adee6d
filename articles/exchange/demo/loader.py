"""Fills an empty newsroom with the demo: people, pictures, posts and stories, published with the desk’s own verbs."""

import io
import re
import tomllib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from articles.exchange.demo.drawing import draw
from articles.exchange.times import moment
from articles.models import Article, ArticleTag, Author, Byline, Column, Front, Tag
from articles.publishing import Wish, arrange, correct, publish, schedule
from media.intake import store
from media.models import Credit, Photo, Tweet
from media.tweets import canonical_url

HERE = Path(__file__).parent
EDITOR = "marek"
# 52 weeks: a Tuesday stays a Tuesday.
YEAR = timedelta(days=364)
_EMBED = re.compile(r'<news-(photo|tweet) data-id="([^"]+)"')

Table = dict[str, Any]


class NotEmpty(RuntimeError):
    """The newsroom has columns already: the demo would stand among real stories."""


@dataclass(slots=True)
class Newsroom:
    """The rows made so far by their keys."""

    now: datetime
    users: dict[str, Any]
    columns: dict[str, Column] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    tweets: dict[str, Tweet] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)


def load(now: datetime | None = None, *, scale: float = 1.0) -> None:
    """Load the demo, all of it or nothing. `scale` shrinks the drawings, for those who only want the rows.

    An author is linked to the account of the same first name when there is one. Raises NotEmpty.
    """
    if Column.objects.exists():
        raise NotEmpty("There are columns already: the demo is for an empty newsroom.")
    photos = content("photos")["photo"]
    files: list[str] = []
    try:
        with ProcessPoolExecutor() as pool:
            # Begun before the transaction: drawing takes longer than everything else, and locks nothing.
            pictures = pool.map(draw, [scaled(photo, scale) for photo in photos if "scene" in photo])
            with transaction.atomic():
                fill(Newsroom(now or timezone.now(), accounts()), photos, pictures, files)
    except BaseException:
        # The rows are gone with the transaction, the files are not.
        for name in files:
            if not Photo.objects.filter(file=name).exists():
                default_storage.delete(name)
        raise


def content(name: str) -> Table:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def accounts() -> dict[str, Any]:
    return {user.get_username(): user for user in get_user_model().objects.all()}


def scaled(photo: Table, scale: float) -> Table:
    return {**photo, "width": round(photo["width"] * scale), "height": round(photo["height"] * scale)}


def fill(room: Newsroom, photos: list[Table], pictures: Iterable[bytes], files: list[str]) -> None:
    hire(room, content("newsroom"))
    drawn = iter(pictures)
    for row in photos:
        room.photos[row["key"]] = photo(row, next(drawn) if "scene" in row else b"", files)
    for row in content("tweets")["tweet"]:
        room.tweets[row["key"]] = tweet(row)
    dated = [(printed(row, room.now), row) for row in content("stories")["story"]]
    for when, row in sorted(dated, key=lambda pair: pair[0]):
        room.articles[row["key"]] = story(room, row, when)
    arrange(
        [wish(room, row) for row in content("newsroom")["slot"]],
        version=Front.current().version,
        by=room.users.get(EDITOR),
    )


def hire(room: Newsroom, house: Table) -> None:
    """The columns, the authors with their accounts, and the tags."""
    for position, row in enumerate(house["column"]):
        room.columns[row["slug"]] = Column.objects.create(**row, position=position)
    for row in house["author"]:
        user = room.users.get(row["name"].split()[0].lower())
        room.authors[row["slug"]] = Author.objects.create(
            name=row["name"], slug=row["slug"], biography=row["bio"], user=user
        )
    for row in house["tag"]:
        room.tags[row["slug"]] = Tag.objects.create(**row)


def photo(row: Table, picture: bytes, files: list[str]) -> Photo:
    """A photo with its credit; without a picture it stays a picture in words."""
    made = Photo(
        title=row["headline"],
        caption=row["caption"],
        alt_text=row["alt_text"],
        keywords=", ".join(row["keywords"]),
        focal_x=row["focal_x"],
        focal_y=row["focal_y"],
        taken_at=moment(f"{row['date']}T12:00", timezone.get_default_timezone()),
    )
    if picture:
        store(made, io.BytesIO(picture))
        files.append(str(made.file.name))
    made.save()
    told = ("photographer", "credit_line", "printed_credit", "copyright_notice", "usage_terms", "rights")
    credit = Credit.objects.create(photo=made, source=row.get("source", ""), **{name: row[name] for name in told})
    credit.set_chain(row["agencies"])
    return made


def tweet(row: Table) -> Tweet:
    told = {name: value for name, value in row.items() if name not in ("key", "posted_at", "captured_at")}
    return Tweet.objects.create(
        url=canonical_url(row["handle"], row["status_id"]),
        posted_at=datetime.fromisoformat(row["posted_at"]),
        captured_at=datetime.fromisoformat(row["captured_at"]),
        **told,
    )


def printed(row: Table, now: datetime) -> datetime:
    """When the story was, or will be, first published; drafts come last."""
    if "published" in row:
        return moment(row["published"], timezone.get_default_timezone()) - lag(row, now)
    return now + timedelta(hours=row.get("scheduled_in_hours", -row["hours_ago"] if "hours_ago" in row else 1))


def lag(row: Table, now: datetime) -> timedelta:
    """Whole years by which a story moves back where the clock is behind the demo's newest day."""
    times = [row["published"], *(change["at"] for change in row.get("change", []))]
    last = moment(max(times), timezone.get_default_timezone())
    return max(0, -((now - last) // YEAR)) * YEAR


def story(room: Newsroom, row: Table, when: datetime) -> Article:
    """One story from working copy to its last correction, by the same verbs as at the desk."""
    article = working_copy(room, row)
    editor = room.users.get(EDITOR)
    if "scheduled_in_hours" in row:
        schedule(article, by=editor, at=when)
    elif "stage" not in row:
        publish(article, by=editor, first_published_at=when)
    for change in row.get("change", []):
        for old, new in change["replace"]:
            if old not in article.body:
                raise ValueError(f"{row['key']}: “{old}” is not in the text.")
            article.body = article.body.replace(old, new)
        article.save()
        dated = moment(change["at"], timezone.get_default_timezone()) - lag(row, room.now)
        correct(article, by=editor, kind=change["kind"], note=change["note"], dated=dated)
    return article


def wish(room: Newsroom, row: Table) -> Wish:
    """A place of the front; `in_hours` begins on the hour."""
    told: Table = {name: row[name] for name in ("place", "pinned", "headline", "kicker") if name in row}
    if "in_hours" in row:
        told["live_from"] = (room.now + timedelta(hours=row["in_hours"])).replace(minute=0, second=0, microsecond=0)
        told["live_until"] = told["live_from"] + timedelta(hours=row["for_hours"])
    return Wish(article=room.articles[row["story"]].pk, **told)


def working_copy(room: Newsroom, row: Table) -> Article:
    rows: dict[str, dict[str, Any]] = {"photo": room.photos, "tweet": room.tweets}
    lead = row.get("lead", {})
    authors = [room.authors[slug] for slug in row["bylines"]]
    article = Article(
        headline=row["headline"],
        dek=row.get("dek", ""),
        kicker=row.get("kicker", ""),
        slug=row.get("slug", ""),
        language=row.get("language", "en"),
        column=room.columns[row["column"]],
        body=_EMBED.sub(lambda embed: f'<news-{embed[1]} data-id="{rows[embed[1]][embed[2]].pk}"', row["body"]),
        lead_photo=room.photos[lead["photo"]] if lead else None,
        lead_caption=lead.get("caption", ""),
        lead_alt=lead.get("alt"),
        created_by=authors[0].user if authors else None,
    )
    if "stage" in row:
        article.stage = row["stage"]
    article.full_clean()
    article.save()
    Byline.objects.bulk_create(Byline(article=article, author=author, position=n) for n, author in enumerate(authors))
    ArticleTag.objects.retag(article, [room.tags[slug] for slug in row["tags"]])
    return article
