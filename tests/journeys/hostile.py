"""Stories of which every field carries a script that wants to run. Made inside the server's own database:

manage.py shell -c "from tests.journeys.hostile import fill; fill('payloads.json')"
"""

import json
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.contrib.auth.models import User
from django.utils.html import escape

from articles.body import BodyError, clean
from articles.desk.proofs import address_of
from articles.models import Article, ArticleTag, Author, Byline, Column, Proof, Recovery, Tag
from articles.publishing import Wish, correct, publish, withdraw
from media.models import Agency
from tests.factories import curated, make_photo, make_tweet

# Our own, so that the journey is one without the collection, too: each way in which words have become markup before.
SAMPLES = [
    "<script>alert(1)</script>",
    "</title></textarea></style></script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "' autofocus onfocus=alert(4) x='",
    "<svg/onload=alert(5)>",
    '<a href="javascript:alert(6)">Read on</a>',
    "javascript:alert(7)",
    "{{ alert(8) }}{% include 'x' %}${alert(8)}",
    "]]><script>alert(9)</script><![CDATA[",
    "</script><svg onload=alert(10)>\u2028\u2029",
    '<iframe srcdoc="&lt;script&gt;parent.alert(11)&lt;/script&gt;"></iframe>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(12)&gt;'>",
    '<form action="javascript:alert(13)"><button>Send</button></form>',
    "\u202e<img/src/onerror=alert(14)>",
    '<base href="https://elsewhere.example/"><meta http-equiv=refresh content="0;url=javascript:alert(15)">',
    "<news-photo data-id=\"1\" data-caption='<img src=x onerror=alert(16)>'></news-photo>",
]


class Deck:
    """Payloads, each dealt once; those for which no field is long enough come to the longest fields."""

    def __init__(self, payloads: Iterable[str]):
        self.left = sorted(payloads, key=len)

    def deal(self, room: int = 10**9, otherwise: str = "") -> str:
        """The longest that has room, without the NUL that no form lets through."""
        fits = next((n for n in range(len(self.left) - 1, -1, -1) if len(self.left[n]) <= room), None)
        return self.left.pop(fits).replace("\0", "") if fits is not None else otherwise


def fill(source: str) -> None:
    """Deal the payloads of a JSON file, and print a line of JSON for each story: the addresses at which its words are
    seen, its number, and the name of the page that keeps what was typed and not saved."""
    deck = Deck(json.loads(Path(source).read_text(encoding="utf-8")))
    column = Column.objects.create(name=deck.deal(80), slug="hostile", tagline=deck.deal(160), description=deck.deal())
    made: list[Article] = []
    while deck.left:
        made.append(tell(deck, column, len(made)))
    withdraw(made[-1], reason=SAMPLES[2])
    curated(*(
        Wish(article=article.pk, place=place, headline=SAMPLES[place], kicker=SAMPLES[-place][:60])
        for place, article in enumerate(made[:7], 1)
    ))  # fmt: skip


def tell(deck: Deck, column: Column, number: int) -> Article:
    """A published and corrected story with another payload in each field."""
    marek = User.objects.get(username="marek")
    photo = make_photo(
        file=True, colour="#5b6a6a", title=deck.deal(190) + f" h{number:04}", caption=deck.deal(), alt_text=deck.deal(),
        keywords=deck.deal(),
    )  # fmt: skip
    credit = photo.credit
    credit.photographer, credit.printed_credit = deck.deal(200), deck.deal(600)
    credit.credit_line = deck.deal(400, "Somebody")
    credit.source, credit.copyright_notice, credit.usage_terms = deck.deal(200), deck.deal(400), deck.deal()
    credit.save()
    Agency.objects.get_or_create(name=deck.deal(120, "Somebody else"))
    tweet = make_tweet(text=deck.deal(), author_name=deck.deal(200), translation=deck.deal(), language="ar")
    author = Author.objects.create(name=line(deck.deal(120, "Nobody")), slug=f"hostile-{number}", biography=deck.deal())
    tags = [
        Tag.objects.create(
            name=line(f"{deck.deal(90)} h{number}-{n}"), slug=f"hostile-{number}-{n}", description=deck.deal()
        )
        for n in range(2)
    ]
    article = Article.objects.create(
        headline=headline(deck, number), kicker=deck.deal(60), dek=deck.deal(), seo_title=deck.deal(120),
        note=deck.deal(), column=column, lead_photo=photo, lead_caption=deck.deal(), lead_alt=deck.deal(),
        slug=f"hostile-{number}", created_by=marek, body=text(deck, photo.pk, tweet.pk),
    )  # fmt: skip
    Byline.objects.create(article=article, author=author, position=0)
    ArticleTag.objects.retag(article, tags)
    publish(article, by=marek)
    article.headline, article.dek, article.body = headline(deck, number), deck.deal(), text(deck, photo.pk, tweet.pk)
    article.save(by=marek)
    edition = correct(article, by=marek, kind="correction", note=deck.deal() or "It was Tuesday.")
    proof = Proof.objects.create(
        article=article, made_by=marek, reader=deck.deal(120), expires_at=edition.live_from.replace(year=2090)
    )
    typed = [
        Recovery.objects.create(
            user=marek, article=of, base_version=1, saved_at=edition.live_from, page=str(uuid.uuid4()),
            fields={
                "headline": headline(deck, number), "dek": deck.deal() or "Typed.",
                "body": text(deck, photo.pk, tweet.pk),
            },
        )
        for of in (article, None)
    ]  # fmt: skip
    desk = f"/admin/articles/article/{article.pk}"
    seen = [
        f"{desk}/history/", f"{desk}/history/compare/?from=1&to=2", f"{desk}/proofs/",
        f"/admin/articles/edition/{edition.pk}/change/", f"/admin/media/photo/{photo.pk}/change/",
        f"/admin/media/tweet/{tweet.pk}/change/", f"/admin/articles/tag/{tags[0].pk}/change/", address_of(proof),
        edition.path, f"{edition.path}history/", tags[0].path, author.path,
    ]  # fmt: skip
    print("hostile", json.dumps({"pk": article.pk, "recovery": typed[0].page, "seen": seen}), sep="\t")
    return article


def line(words: str) -> str:
    """Words as the desk keeps a name: on one line."""
    return " ".join(words.split())


def headline(deck: Deck, number: int) -> str:
    return line(deck.deal(300)) or f"Nothing left {number}"


def text(deck: Deck, photo: int, tweet: int) -> str:
    """A body: payloads as markup where the grammar takes them, else as words; as captions, headings, quotes, links."""
    parts = [f'<news-photo data-id="{photo}" data-caption="{escape(deck.deal())}" data-alt="{escape(deck.deal())}">'
             f'</news-photo><news-tweet data-id="{tweet}"></news-tweet>']  # fmt: skip
    for _ in range(8):
        payload, link = deck.deal(), deck.deal()
        parts.append(cleaned(payload) or f"<p>{escape(payload)}</p>")
        parts.append(f"<h2>{escape(deck.deal())}</h2><blockquote><p>{escape(deck.deal())}</p></blockquote>")
        parts.append(cleaned(f'<p><a href="{escape(link)}">{escape(deck.deal())}</a></p>') or f"<p>{escape(link)}</p>")
    return "".join(parts)


def cleaned(html: str) -> str:
    """What the grammar makes of a text, "" when it refuses it."""
    try:
        made = clean(html)
    except BodyError:
        return ""
    return "" if "news-" in made else made
