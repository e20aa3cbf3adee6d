"""What the tests are made of. Names say states, not columns."""

import io
import itertools
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group, User
from PIL import Image

from articles.models import Article, ArticleTag, Author, Byline, Column, Edition, Front, Tag
from articles.models.names import slug_from
from articles.publishing import Wish, arrange, publish
from media.intake import store
from media.models import Credit, Photo, Tweet

counter = itertools.count(1)
PRINTED = datetime(2015, 6, 1, 21, 43, tzinfo=UTC)  # June 1, 2015, 5:43 p.m. in New York


def make_user(name: str = "olu", *groups: str, **fields) -> User:
    user = User.objects.create_user(name, password="a long password", is_staff=bool(groups), **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_column(name: str = "The Slatest", **fields) -> Column:
    found = Column.objects.filter(name=name).first()
    return found or Column.objects.create(name=name, slug=slug_from(name, "column"), **fields)


def make_author(name: str = "Ines Corvald", **fields) -> Author:
    found = Author.objects.filter(name=name).first()
    return found or Author.objects.create(name=name, slug=slug_from(name, "author"), **fields)


def make_tag(name: str = "Ports and shipping", **fields) -> Tag:
    found = Tag.objects.filter(name=name).first()
    return found or Tag.objects.create(name=name, slug=slug_from(name, "tag"), **fields)


def picture(width: int = 80, height: int = 50, colour: str = "teal", kind: str = "PNG") -> io.BytesIO:
    """A small picture file to upload."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, kind)
    target.seek(0)
    return target


def make_photo(
    *, credited: bool = True, file: bool = False, colour: str = "teal", upload: io.BytesIO | None = None, **fields
) -> Photo:
    photo = Photo(**({"title": f"Photo {next(counter)}", "alt_text": "A ship at dusk"} | fields))
    if file or upload:
        store(photo, upload or picture(colour=colour))
    photo.save()
    if credited:
        credit = Credit.objects.create(
            photo=photo,
            photographer="Zein al-Rifai",
            credit_line="Zein al-Rifai/AFP/Getty Images",
            printed_credit="Photo by Zein al-Rifai/AFP/Getty Images",
            rights="agency",
        )
        credit.set_chain(["AFP", "Getty Images"])
    return photo


def make_tweet(**fields) -> Tweet:
    number = next(counter)
    defaults = {
        "status_id": str(605_000_000_000_000_000 + number),
        "author_name": "Port of Marsa Zahr",
        "handle": "PortMarsaZahr",
        "text": f"All berths working, notice {number}.",
        "language": "en",
        "posted_at": PRINTED,
        "url": f"https://twitter.com/PortMarsaZahr/status/{605_000_000_000_000_000 + number}",
        "captured_at": PRINTED + timedelta(minutes=20),
        "availability": "available",
    }
    return Tweet.objects.create(**(defaults | fields))


def make_article(
    headline: str = "", *, tags: list[str] = (), authors: list[str] = ("Ines Corvald",), **fields
) -> Article:
    """A draft in The Slatest with two paragraphs."""
    number = next(counter)
    fields.setdefault("body", f"<p>Pilots stopped work at noon, {number}.</p><p>By evening nobody knew more.</p>")
    if "column" not in fields:
        fields["column"] = make_column()
    article = Article.objects.create(headline=headline or f"Is the Harbor Open? Part {number}", **fields)
    ArticleTag.objects.retag(article, [make_tag(name) for name in tags])
    Byline.objects.bulk_create(
        Byline(article=article, author=make_author(name), position=n) for n, name in enumerate(authors)
    )
    return article


def published(n: int = 1, *, printed: datetime = PRINTED, **fields) -> list[Edition]:
    """n live stories, printed a minute after each other."""
    return [
        publish(make_article(**fields), first_published_at=printed + timedelta(minutes=number)) for number in range(n)
    ]


def curated(*wishes: Wish, by=None) -> int:
    """The front as these wishes say, in the place of whatever stood there."""
    return arrange(wishes, version=Front.current().version, by=by)
