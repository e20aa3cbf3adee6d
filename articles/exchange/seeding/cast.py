"""What the seeded stories share: columns, authors, tags, photographs with credits, posts. Made once, found again."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from PIL import Image

from articles.exchange.seeding import words
from articles.models import Author, Column, Tag
from articles.models.names import slug_from
from media.intake import store
from media.models import Credit, Photo, Tweet

COLUMNS = (("Ledger", "posts"), ("Dispatches", "cards"), ("Harbor Notes", "cards"), ("Long Day", "posts"))
AUTHORS = ("Ada Quill", "Bruno Ferrant", "Chidi Okafor", "Dana Lindqvist", "Elif Demir", "Farid Haddad", "Greta Holm",
           "Hana Kobayashi", "Ivo Marek", "Júlia Prado", "Kwame Mensah", "Lena Voss")  # fmt: skip
CHAINS = ((), ("AFP", "Getty Images"), ("Reuters",), ("AP",))
PHOTOS, PICTURES, TWEETS = 80, 20, 40


@dataclass(frozen=True, slots=True)
class Cast:
    columns: list[Column]
    authors: list[Author]
    tags: list[Tag]  # the popular one first, then falling in use
    photos: list[Photo]
    tweets: list[Tweet]


def gather() -> Cast:
    """The cast, found where an earlier run left it."""
    return Cast(
        columns=[found(Column, name, shows=shows, position=50) for name, shows in COLUMNS],
        authors=[found(Author, name) for name in AUTHORS],
        tags=[found(Tag, topic + place) for place in words.PLACES for topic in words.TOPICS],
        photos=[photo(number) for number in range(PHOTOS)],
        tweets=[tweet(number) for number in range(TWEETS)],
    )


def found(model, name: str, **defaults):
    return model.objects.get_or_create(slug=slug_from(name, "seed"), defaults={"name": name, **defaults})[0]


def photo(number: int) -> Photo:
    """A credited photo. Every second one has a file; the others are pictures in words."""
    dice = Random(number)  # noqa: S311 — dice for looks, not for secrets
    title = f"Seed photo {number}"
    existing = Photo.objects.filter(title=title).first()
    if existing:
        return existing
    made = Photo(title=title, caption=words.sentence(dice), alt_text=words.sentence(dice), focal_y=0.4)
    if number % 2:
        store(made, drawing(number % PICTURES))
    made.save()
    photographer, chain = AUTHORS[number % len(AUTHORS)], CHAINS[number % len(CHAINS)]
    line = "/".join((photographer, *chain))
    credit = Credit.objects.create(photo=made, photographer=photographer, credit_line=line, printed_credit=line)
    credit.set_chain(chain)
    return made


def drawing(number: int) -> io.BytesIO:
    """A sky over a sea, 600 by 400 pixels, in the colors of a number."""
    picture = Image.new("RGB", (600, 400), (40 + 9 * number, 90, 160 - 5 * number))
    picture.paste((20, 60 + 6 * number, 110), (0, 250, 600, 400))
    target = io.BytesIO()
    picture.save(target, "PNG")
    target.seek(0)
    return target


def tweet(number: int) -> Tweet:
    language, text = words.POSTS[number % len(words.POSTS)]
    posted_at = datetime(2015, 6, 1, 12, tzinfo=UTC) + timedelta(days=71 * number)
    handle, status_id = f"seed_{number}", f"9{number:017d}"
    post = {
        "author_name": AUTHORS[number % len(AUTHORS)],
        "handle": handle,
        "text": text,
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "posted_at": posted_at,
        "captured_at": posted_at + timedelta(hours=3),
        "url": f"https://x.com/{handle}/status/{status_id}",
        "availability": "available" if number % 3 else "deleted",
    }
    return Tweet.objects.get_or_create(status_id=status_id, defaults=post)[0]
