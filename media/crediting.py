"""From a printed line to the credit of a photo: the rows, as `media.credits` reads the words."""

from media.credits import parse_credit
from media.models import Credit, Photo


def credit_from_line(photo: Photo, line: str) -> Credit:
    """Give a saved photo the credit that a line says, agency chain included. The line stays as it was printed.

    Raises ValidationError for a line that is too long, or that names nobody.
    """
    parts = parse_credit(line)
    credit = Credit(
        photo=photo,
        photographer=parts.photographer,
        credit_line=parts.credit_line or line,
        printed_credit=parts.printed_credit,
        source=parts.source,
        rights=parts.rights,
    )
    credit.full_clean()
    credit.save()
    credit.set_chain(parts.agencies)
    return credit
