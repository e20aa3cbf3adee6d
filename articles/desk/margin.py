"""The checks in the margin: what the database knows of a story's photos, posts and links, and what was found."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from articles import body
from articles.body import PhotoRef, inlines, plain
from articles.desk.checks import LINK, Finding, Script, read_over
from articles.models import Address, Article
from media.models import Photo, Tweet
from media.models.tweet import GONE

STORY = re.compile(r"/[a-z0-9-]+(/[0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z0-9-]+/)")
MOST_MISSING = 10  # each is looked for in all addresses


@dataclass(frozen=True)
class Margin:
    """What was found in a story. `stops` forbid publishing, unless somebody with the right to says why."""

    findings: list[Finding]

    @property
    def stops(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.hard]

    @property
    def uncredited(self) -> frozenset[int]:
        return frozenset(finding.photo for finding in self.stops if finding.photo)


def of_copy(article: Article) -> Margin:
    """What is found in the saved working copy."""
    return of_text(
        article.body,
        lead=article.lead_ref,
        headline=article.headline,
        dek=article.dek,
        seo_title=article.seo_title,
        language=article.language,
    )


def of_form(said: dict[str, str]) -> Margin:
    """What is found in the fields of the writing page as they stand there, saved or not."""
    words = {name: " ".join(said.get(name, "").split()) for name in ("headline", "dek", "seo_title", "language")}
    return of_text(said.get("body", ""), lead=typed_lead(said), **words | {"language": words["language"] or "en"})


def typed_lead(said: dict[str, str]) -> PhotoRef | None:
    """The lead photo of the form; None for none, or for something that is no number of a photo."""
    number = said.get("lead_photo", "")
    if not re.fullmatch("[1-9][0-9]{0,17}", number, re.ASCII):
        return None
    alt = "" if said.get("lead_decorative") else said.get("lead_alt") or None
    return PhotoRef(int(number), said.get("lead_caption", ""), alt)


def of_text(html: str, *, lead: PhotoRef | None, headline: str, dek: str, seo_title: str, language: str) -> Margin:
    try:
        blocks = body.parse(html)
    except body.BodyError as error:
        # A save would refuse it, in these words.
        return Margin([Finding(check="body", words=str(error), block=error.block - 1 if error.block else None)])
    refs = [*([lead] if lead else []), *body.photo_refs(blocks)]
    photos = Photo.objects.select_related("credit").in_bulk({ref.photo for ref in refs}) if refs else {}
    posts = posts_of(ref.tweet for ref in body.tweet_refs(blocks))
    script = Script(
        headline=headline,
        dek=dek,
        seo_title=seo_title,
        language=language,
        lead=lead,
        blocks=blocks,
        uncredited={pk: str(photo) for pk, photo in photos.items() if not hasattr(photo, "credit")},
        undescribed=frozenset(pk for pk, photo in photos.items() if photo.file and not photo.alt_text),
        gone={post.pk: f"{named(post)} is gone: {said_of(post)}" for post in posts if post.availability in GONE},
        wordless={post.pk: named(post) for post in posts if not post.text.strip()},
        nowhere=nowhere(address for block in blocks for html in inlines(block) for address, _ in LINK.findall(html)),
    )
    return Margin(read_over(script))


def posts_of(tweets: Iterable[int]) -> list[Tweet]:
    asked = set(tweets)
    return list(Tweet.objects.filter(pk__in=asked)) if asked else []


def named(post: Tweet) -> str:
    return f"@{post.handle or post.status_id}"


def said_of(post: Tweet) -> str:
    return post.get_availability_display().lower()


def nowhere(addresses: Iterable[str]) -> frozenset[str]:
    """Links to stories of ours that have no such address, whatever the column is called by now."""
    wanted = {address: found[1] for address in set(addresses) if (found := STORY.fullmatch(own_path(plain(address))))}
    if not wanted:
        return frozenset()
    paths = {address: own_path(plain(address)) for address in wanted}
    known = set(Address.objects.filter(path__in=paths.values()).values_list("path", flat=True))
    missing = [address for address in wanted if paths[address] not in known][:MOST_MISSING]
    # A renamed column keeps its stories' older paths by a rule, without a row.
    return frozenset(each for each in missing if not Address.objects.filter(path__endswith=wanted[each]).exists())


def own_path(address: str) -> str:
    """The path of an address on this site, "" for one elsewhere."""
    if address.startswith("/"):
        return address.partition("?")[0].partition("#")[0]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.path if parts.netloc and parts.netloc == urlsplit(settings.SITE_URL).netloc else ""
