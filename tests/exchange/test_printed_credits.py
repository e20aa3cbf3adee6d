"""The shapes in which newspapers print credits, on their way through the importer."""

import pytest

from articles.exchange.importing import Order, import_text
from media.models import Credit

pytestmark = pytest.mark.django_db

# line, photographer, agencies, source, credit line
PRINTED = [
    ("Photo by Ana Lopez/AFP/Getty Images", "Ana Lopez", ("AFP", "Getty Images"), "", "Ana Lopez/AFP/Getty Images"),
    ("Ana Lopez / AFP - Getty Images", "Ana Lopez", ("AFP", "Getty Images"), "", "Ana Lopez/AFP/Getty Images"),
    (
        "Ana Lopez/Seattle Times/TNS via Getty Images",
        "Ana Lopez",
        ("Seattle Times", "TNS", "Getty Images"),
        "",
        "Ana Lopez/Seattle Times/TNS/Getty Images",
    ),
    (
        "(Photo by Ana Lopez / AFP) (Photo by Ana Lopez/AFP via Getty Images)",
        "Ana Lopez",
        ("AFP", "Getty Images"),
        "",
        "Ana Lopez/AFP/Getty Images",
    ),
    ("EPA/Ana Lopez", "Ana Lopez", ("EPA",), "", "Ana Lopez/EPA"),
    (
        "Photo illustration by Slate. Photo by Getty Images, Wikimedia Commons",
        "",
        ("Getty Images", "Wikimedia Commons"),
        "Slate",
        "Slate; Getty Images; Wikimedia Commons",
    ),
    ("Courtesy of Ana Lopez", "", (), "Ana Lopez", "Courtesy of Ana Lopez"),
    ("Screenshot via YouTube", "", ("YouTube",), "YouTube", "Screenshot/YouTube"),
    (
        "Both photos: Ana Lopez/AFP via Getty Images",
        "Ana Lopez",
        ("AFP", "Getty Images"),
        "",
        "Ana Lopez/AFP/Getty Images",
    ),
]


@pytest.mark.parametrize(("line", "photographer", "agencies", "source", "credit_line"), PRINTED)
def test_a_printed_credit_is_recognised_and_taken_apart(line, photographer, agencies, source, credit_line):
    story = f"The Slatest\n\nPort Closed\n\nThe inner basin on Monday.\n\n{line}\n\nPilots stopped work at noon.\n"
    import_text(story.encode(), "story.txt", Order())
    credit = Credit.objects.get()
    assert (credit.photographer, credit.agency_names(), credit.source) == (photographer, agencies, source)
    assert credit.credit_line == credit_line
    assert credit.printed_credit == line
    assert credit.photo.caption == "The inner basin on Monday."
