"""From what is printed beside a picture, or written in its file, to the rows: its credit and its description."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from media.credits import CreditParts, from_metadata, parse_credit
from media.metadata import Readings, moment
from media.models import Credit, Photo

DESCRIBING = ("caption", "alt_text", "keywords", "city", "country", "instructions")
is_address = URLValidator(["http", "https"])


def credit_from_line(photo: Photo, line: str) -> Credit:
    """Give a saved photo the credit that a line says, agency chain included. The line stays as it was printed.

    Raises ValidationError for a line that is too long, or that names nobody.
    """
    parts = parse_credit(line)
    return credited(Credit(photo=photo, credit_line=parts.credit_line or line), parts)


def credit_from_file(photo: Photo) -> Credit | None:
    """Give a saved photo the credit that its file told when it came; None when the file names nobody.

    Photographers who are credited here already are spelt as they are here. Words too long to be a name credit nobody:
    the picture is taken, and waits for somebody to read what its file says.
    """
    said = Readings.kept(photo.readings).said
    told = said("byline"), said("credit"), said("source"), said("copyright")
    parts = from_metadata(*told, known_names=known_spellings(said("byline")))
    if not parts.credit_line:
        return None
    # By number: a credit that is refused below must not stay on the photo at hand.
    credit = Credit(photo_id=photo.pk, credit_line=parts.credit_line, licensor=said("licensor"))
    credit.copyright_notice, credit.usage_terms = said("copyright"), said("usage_terms")
    credit.license_url, credit.licensor_url = address(said("web_statement")), address(said("licensor_url"))
    try:
        with transaction.atomic():
            return credited(credit, parts)
    except ValidationError:
        return None


def credited(credit: Credit, parts: CreditParts) -> Credit:
    credit.photographer, credit.source, credit.rights = parts.photographer, parts.source, parts.rights
    credit.printed_credit = parts.printed_credit
    credit.full_clean()
    credit.save()
    credit.set_chain(parts.agencies)
    return credit


def known_spellings(byline: str) -> list[str]:
    """Photographers with a name of the same first letters, as they were credited before."""
    start = byline.strip()[:1]
    names = Credit.objects.filter(photographer__istartswith=start).order_by() if start else Credit.objects.none()
    return list(names.values_list("photographer", flat=True).distinct()[:2000])


def address(text: str) -> str:
    """A page's address as it stands in a file; "" for what is none."""
    try:
        is_address(text)
    except ValidationError:
        return ""
    return text


def describe(photo: Photo) -> None:
    """Say of a photo what its file says, wherever nobody said anything yet. The photo is not saved."""
    readings = Readings.kept(photo.readings)
    for name in DESCRIBING:
        if not getattr(photo, name):
            setattr(photo, name, readings.said(name))
    # Agencies write a number into the title, and into the headline what the picture shows.
    # What somebody typed is not cut: one that is too long is asked back.
    photo.title = photo.title or (readings.said("headline") or readings.said("title"))[:200]
    photo.city, photo.country = photo.city[:100], photo.country[:100]
    days = (moment(reading.value) for reading in readings.all if reading.field == "date")
    taken = next(filter(None, days), None)
    if photo.taken_at is None and taken:
        photo.taken_at = taken if taken.tzinfo else timezone.make_aware(taken)
