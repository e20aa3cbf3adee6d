"""Photo credits as they are printed: taken apart, written in house style, and told from prose. Own samples only."""

import pytest

from media.agencies import agency_named
from media.credits import RIGHTS, compose, from_metadata, is_credit_line, parse_credit
from media.names import known_spelling, looks_like_a_person, proper_case


def test_the_first_credit_ever_printed_here_is_read_right():
    parts = parse_credit("Photo by Zein al-Rifai/AFP/Getty Images")
    assert parts.photographer == "Zein al-Rifai"
    assert parts.agencies == ("AFP", "Getty Images")
    assert parts.credit_line == "Zein al-Rifai/AFP/Getty Images"
    assert parts.printed_credit == "Photo by Zein al-Rifai/AFP/Getty Images"
    assert parts.rights == "agency"


# line, photographer, agencies, credit line, rights
PRINTED = [
    ("Ines Moreno / AFP - Getty Images", "Ines Moreno", ("AFP", "Getty Images"), None, "agency"),
    ("Ines Moreno/AFP-Getty Images", "Ines Moreno", ("AFP", "Getty Images"), None, "agency"),
    ("Ines Moreno—Getty Images", "Ines Moreno", ("Getty Images",), None, "agency"),
    ("Ines Moreno | Reuters", "Ines Moreno", ("Reuters",), None, "agency"),
    ("Ines Moreno REUTERS", "Ines Moreno", ("Reuters",), None, "agency"),
    ("Ines Moreno, AP", "Ines Moreno", ("AP",), None, "agency"),
    ("Ines Moreno (AFP/Getty)", "Ines Moreno", ("AFP", "Getty Images"), None, "agency"),
    (
        "Ines Moreno/Harbour Post/TNS via Getty Images",
        "Ines Moreno",
        ("Harbour Post", "TNS", "Getty Images"),
        None,
        "agency",
    ),
    (
        "(Photo by Ines Moreno / AFP) (Photo by Ines Moreno/AFP via Getty Images)",
        "Ines Moreno",
        ("AFP", "Getty Images"),
        None,
        "agency",
    ),
    (
        "The harbour at dawn. (Photo by Ines Moreno/AFP via Getty Images)",
        "Ines Moreno",
        ("AFP", "Getty Images"),
        None,
        "agency",
    ),
    ("EPA/INES MORENO", "Ines Moreno", ("EPA",), None, "agency"),
    ("AFP PHOTO / MAREK VAN DER BERG", "Marek van der Berg", ("AFP",), None, "agency"),
    ("Marek NOVAK/Agence France-Presse", "Marek Novak", ("AFP",), None, "agency"),
    ("(AP Photo/Ines Moreno, File)", "Ines Moreno", ("AP",), None, "agency"),
    ("ZUMA Wire/Ines Moreno/REX/Shutterstock", "Ines Moreno", ("ZUMA Wire", "REX", "Shutterstock"), None, "agency"),
    ("Both photos: Ines Moreno/AFP via Getty Images", "Ines Moreno", ("AFP", "Getty Images"), None, "agency"),
    ("Ines Moreno and Marek Novak/AP", "Ines Moreno and Marek Novak", ("AP",), None, "agency"),
    ("Ines Moreno, Marek Novak/AP", "Ines Moreno, Marek Novak", ("AP",), None, "agency"),
    (
        "Left: Ines Moreno/Getty Images. Right: Marek Novak/Reuters",
        "Ines Moreno and Marek Novak",
        ("Getty Images", "Reuters"),
        "Ines Moreno/Getty Images; Marek Novak/Reuters",
        "agency",
    ),
    (
        "Mandatory Credit: Photo by Ines Moreno/ITV/Shutterstock (1651324a)",
        "Ines Moreno",
        ("ITV", "Shutterstock"),
        None,
        "stock",
    ),
    ("Ines Moreno/Getty Images for Acme Cup", "Ines Moreno", ("Getty Images for Acme Cup",), None, "agency"),
    (
        "Ines Moreno for The Washington Post via Getty Images",
        "Ines Moreno",
        ("The Washington Post", "Getty Images"),
        None,
        "agency",
    ),
    ("Ines Moreno for The Washington Post", "Ines Moreno", ("The Washington Post",), None, "freelance"),
    ("Ines Moreno-Pool/Getty Images", "Ines Moreno", ("Getty Images",), None, "pool"),
    ("Photo by Handout via Reuters", "", ("Reuters",), "Reuters", "handout"),
    ("STR/AFP/Getty Images", "", ("AFP", "Getty Images"), "AFP/Getty Images", "agency"),
    ("Photo by -/AFP via Getty Images", "", ("AFP", "Getty Images"), "AFP/Getty Images", "agency"),
    ("Ines Moreno/Staff", "Ines Moreno", (), "Ines Moreno", "staff"),
    ("Getty Images/iStockphoto", "", ("Getty Images", "iStockphoto"), None, "stock"),
    ("Harbour Films/Alamy Stock Photo", "", ("Harbour Films", "Alamy"), None, "stock"),
    ("@ines_writes/Twitter", "@ines_writes", ("Twitter",), None, "social_media"),
    ("Ines Moreno via Flickr (CC BY-SA 2.0)", "Ines Moreno", ("Flickr",), None, "creative_commons"),
    ("Screenshot via YouTube", "", ("YouTube",), "Screenshot/YouTube", "screengrab"),
    ("Screenshot", "", (), "Screenshot", "screengrab"),
    ("Courtesy of Harbour Films", "", (), "Courtesy of Harbour Films", "handout"),
    ("Illustration by Ines Moreno", "Ines Moreno", (), "Ines Moreno", "illustration"),
    ("Composite: Ines Moreno/Reuters", "Ines Moreno", ("Reuters",), None, "composite"),
    ("Official White House Photo by Ines Moreno", "Ines Moreno", ("White House",), None, "unknown"),
    ("© 2015 The Associated Press. All rights reserved.", "", ("AP",), "AP", "agency"),
    ("Action Images", "", ("Action Images", "Reuters"), None, "agency"),
    ("PA Wire/PA Images", "", ("PA",), "PA", "agency"),
    ("Ines Moreno/U.S. Coast Guard", "Ines Moreno", ("U.S. Coast Guard",), None, "unknown"),
    ("Photo by Thandi Zuma/AFP", "Thandi Zuma", ("AFP",), None, "agency"),
    ("صورة الميناء/AFP", "صورة الميناء", ("AFP",), None, "agency"),
    ("", "", (), "", "unknown"),
    ("Photo by", "", (), "", "unknown"),
]


@pytest.mark.parametrize(("line", "photographer", "agencies", "credit_line", "rights"), PRINTED)
def test_a_printed_line_is_taken_apart(line, photographer, agencies, credit_line, rights):
    parts = parse_credit(line)
    assert (parts.photographer, parts.agencies, parts.rights) == (photographer, agencies, rights)
    assert parts.credit_line == (compose(photographer, agencies) if credit_line is None else credit_line)
    assert parts.printed_credit == line
    assert parts.rights in RIGHTS


def test_who_made_an_illustration_is_its_source_and_not_the_photographer():
    parts = parse_credit("Photo illustration by Slate. Photo by Getty Images, Wikimedia Commons")
    assert (parts.photographer, parts.source) == ("", "Slate")
    assert parts.agencies == ("Getty Images", "Wikimedia Commons")
    assert (parts.credit_line, parts.rights) == ("Slate; Getty Images; Wikimedia Commons", "illustration")


def test_who_lends_a_picture_is_its_source():
    parts = parse_credit("Photo by Ines Moreno, courtesy of the artist")
    assert (parts.photographer, parts.source, parts.rights) == ("Ines Moreno", "the artist", "handout")


def test_a_credit_in_house_style_stays_as_it_is():
    for line, *_ in PRINTED[:24]:
        once = parse_credit(line).credit_line
        assert parse_credit(once).credit_line == once


@pytest.mark.parametrize(
    "trap", ["Ines, ", "(", "a/", " and Ines/AP", "(1111", "Photo by ", " ", "\u0000", "for The ", "—"]
)
def test_no_line_is_too_odd_to_be_read(trap):
    line = trap * 100_000
    assert parse_credit(line).printed_credit == line
    assert not is_credit_line(line)
    assert from_metadata(byline=line, credit=line).rights in RIGHTS


CREDITS = """
Photo by Zein al-Rifai/AFP/Getty Images
Photo by Ines Moreno-Pool/Getty Images.
Photos by Ines Moreno/Shutterstock, Marek Novak/AFP via Getty Images, and Ana de la Cruz/AP.
Photo by Harbour Films
(Photo by Ines Moreno / AFP)
(Photo by Ines Moreno / AFP) (Photo by Ines Moreno/AFP via Getty Images)
(AP Photo/Ines Moreno, File)
EPA/Ines Moreno
Ines Moreno / AFP - Getty Images
Ines Moreno/Harbour Post/TNS via Getty Images
Ines Moreno, AP
Courtesy of the U.S. Navy
Courtesy Ines Moreno/Facebook
Photo courtesy of Ines Moreno
Screenshot via YouTube
Screenshot/Harbour News
Screenshot
Photo illustration by Slate. Photo by Getty Images, Wikimedia Commons
Both photos: Ines Moreno/AFP via Getty Images
Left: Ines Moreno/Getty Images. Right: Marek Novak/Reuters
Photo: Ines Moreno
Photograph: Ines Moreno/The Guardian
Mandatory Credit: Photo by Ines Moreno/ITV/Shutterstock (1651324a)
Image via Wikimedia Commons
Illustration by Ines Moreno
Official White House Photo by Ines Moreno
© Ines Moreno
© 2015 The Associated Press. All rights reserved.
@ines_writes/Twitter
Getty Images
iStockphoto
Photo by نور الهدى/AFP/Getty Images
""".strip().splitlines()

PROSE = """
Courtesy of the new law, thousands of people will lose their homes.
Courtesy Is Dead
Screenshots of the message spread quickly on Monday.
Screenshots Show a Secret Plan
Photo by photo, the archive tells the story of a city.
Photos by the thousands were posted.
Photos by the Numbers
Photo of the Day
Images from Syria
Pictures: what we saw this week
Illustration by itself is not enough.
Credit where credit is due.
Credit Suisse/UBS Deal Closes
Copyright Law Is Broken
Art: A History
Left: The White House
The Associated Press reported on Monday that talks had failed.
He works for AFP/Getty Images.
Reuters Reports Record Profits
Getty Images Sues a Start-Up
The Deal Between Getty Images/Shutterstock
“Photo by Ines Moreno,” she said.
Photo by whom?
BEIRUT — Reuters
Twitter
Facebook/Twitter
Slate
The Slatest
Either/or
By Ines Moreno
Ines Moreno
Ines Moreno, Marek Novak and Olu Reads
The U.S. Accuses Assad of Helping ISIS
Syrians stand amid the destruction in a northern city on May 30, 2015.
In a series of tweets in English and Arabic on Monday, the account accused the regime:
""".strip().splitlines()


@pytest.mark.parametrize("line", CREDITS)
def test_a_credit_is_known_for_what_it_is(line):
    assert is_credit_line(line)
    assert is_credit_line(f"  {line}\n")


@pytest.mark.parametrize(
    "line", [*PROSE, "", "  ", "Photo by Ines Moreno/AP\nPhoto by Marek Novak/AP", "Getty Images/AP " * 40]
)
def test_prose_headlines_and_captions_are_no_credits(line):
    assert not is_credit_line(line)


@pytest.mark.parametrize(
    ("fields", "photographer", "agencies"),
    [
        ({"byline": "INES MORENO", "credit": "AFP/Getty Images"}, "Ines Moreno", ("AFP", "Getty Images")),
        ({"byline": "Ines Moreno/BPI/REX", "credit": "Ines Moreno/BPI/REX"}, "Ines Moreno", ("BPI", "REX")),
        ({"byline": "Ines Moreno via Barcroft Media"}, "Ines Moreno", ("Barcroft Media",)),
        ({"byline": "Barcroft Media", "credit": "Ines Moreno"}, "Ines Moreno", ("Barcroft Media",)),
        ({"byline": "HANDOUT", "credit": "POOL/HANDOUT"}, "", ("HANDOUT",)),
        ({"byline": "STRINGER", "credit": "AFP"}, "", ("AFP",)),
        ({"byline": "Weegee", "credit": "Getty"}, "Weegee", ("Getty Images",)),
        ({"byline": "Ines Moreno", "source": "Getty Images Europe"}, "Ines Moreno", ("Getty Images",)),
        ({"credit": "BBC", "source": "PA"}, "", ("BBC", "PA")),
        ({"credit": "BBC/PA", "source": "Reuters"}, "", ("BBC", "PA")),
        ({"copyright_notice": "Copyright (c) 2015 Ines Moreno"}, "Ines Moreno", ()),
        ({"byline": "Ines Moreno", "copyright_notice": "© Harbour Films"}, "Ines Moreno", ()),
        # IIM cuts the by-line after 32 octets
        ({"byline": "Maria Ines Moreno for the Washin"}, "Maria Ines Moreno", ("The Washington Post",)),
        ({"byline": "Ines Moreno for the Washin"}, "Ines Moreno for the Washin", ()),
        ({}, "", ()),
    ],
)
def test_iptc_fields_are_read_together(fields, photographer, agencies):
    parts = from_metadata(**fields)
    assert (parts.photographer, parts.agencies) == (photographer, agencies)
    assert parts.credit_line == compose(photographer, agencies)
    assert parts.source == fields.get("source", "")


def test_the_newsrooms_own_spelling_of_a_name_wins():
    known = ["Inés Núñez", "Jörg Müller", "Ana Peña", "Ana Pena"]
    assert from_metadata(byline="INES NUNEZ", credit="AP", known_names=known).credit_line == "Inés Núñez/AP"
    assert known_spelling("Joerg Mueller", known) == "Jörg Müller"
    assert known_spelling("Ana Pena", known) == "Ana Pena"  # two people: which is meant, nobody knows
    assert known_spelling("Olu Reads", known) == "Olu Reads"


@pytest.mark.parametrize(
    ("came", "proper"),
    [
        ("INES MORENO", "Ines Moreno"),
        ("ines moreno", "Ines Moreno"),
        ("INÉS D'ARCY-LÓPEZ", "Inés D'Arcy-López"),
        ("ZEIN AL-RIFAI", "Zein al-Rifai"),
        ("ANA DE LA CRUZ", "Ana de la Cruz"),
        ("MAREK MCADAM III", "Marek McAdam III"),
        ("Marek NOVAK", "Marek Novak"),
        ("Marek MacAdam", "Marek MacAdam"),
        ("PA", "PA"),
        ("KGC-03", "KGC-03"),
    ],
)
def test_shouted_names_are_written_as_names(came, proper):
    assert proper_case(came) == proper


@pytest.mark.parametrize(
    "name", ["Harbour Pictures Ltd", "The Post", "NBC Universal", "Netflix", "library of congress", "Room 237 Club"]
)
def test_a_firm_is_not_taken_for_a_person(name):
    assert not looks_like_a_person(name)


@pytest.mark.parametrize("name", ["Getty", "getty images", "GETTY IMAGES", "Getty Images North America"])
def test_an_agency_is_known_by_its_other_spellings(name):
    assert agency_named(name).name == "Getty Images"
