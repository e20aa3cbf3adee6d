"""What a picture file says of itself. The files are made here, but those of the last test."""

import io
import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from media import iptc, xmp
from media.metadata import EXIF, IIM, XMP, Readings, moment, read
from tests.media.wire import AGENCY, digest_of, packet, record, resource, segment, wire_photo

CORPORA = Path(os.environ.get("NEWSROOM_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora")


def told(upload: io.BytesIO) -> Readings:
    content = upload.getvalue()
    with Image.open(io.BytesIO(content)) as picture:
        return read(picture, content)


def test_an_agency_s_fields_are_read_with_where_they_stand():
    readings = told(wire_photo(record(**AGENCY)))
    assert {reading.field: (reading.value, reading.where) for reading in readings.all} == {
        name: (value, IIM) for name, value in AGENCY.items()
    }
    assert not any(field.disagree for field in readings.by_field())


NAMES = ["José Núñez", "Zoë Ångström", "François Müller", "Ñoño’s “best”", "ÉMILE ZOLA", "São Brás"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("coded", ["utf-8", "cp1252", "mac_roman"])
def test_a_name_is_read_right_whatever_machine_wrote_it(name, coded):
    assert told(wire_photo(record(coded, byline=name))).said("byline") == name


def test_utf_8_is_known_without_being_announced():
    assert told(wire_photo(record(says_so=False, byline="Łukasz Żółć"))).said("byline") == "Łukasz Żółć"


def test_fields_in_a_second_segment_are_found():
    other = segment(resource(0x03ED, b"\0" * 16))
    readings = told(wire_photo(segments=other + segment(resource(iptc.IIM_RESOURCE, record(**AGENCY)))))
    assert readings.said("byline") == AGENCY["byline"]


def test_a_record_that_goes_on_in_the_next_segment_is_read_whole():
    whole = resource(iptc.IIM_RESOURCE, record(caption="long " * 5000, byline="Jane Doe"))
    readings = told(wire_photo(segments=segment(whole[:20_000]) + segment(whole[20_000:])))
    assert readings.said("byline") == "Jane Doe"


def test_a_record_hung_on_behind_the_picture_is_read():
    upload = wire_photo()
    hung = io.BytesIO(upload.getvalue() + iptc.HUNG_ON + b"\0\2" + record("cp1252", byline="Jane Doe"))
    assert told(hung).said("byline") == "Jane Doe"


def test_xmp_is_believed_before_iim_and_both_are_shown():
    readings = told(wire_photo(record(byline="Jane Dough"), xmp=packet(dc_creator="Jane Doe", photoshop_City="Aleppo")))
    assert readings.said("byline") == "Jane Doe"
    (byline, city) = readings.by_field()
    assert [(each.value, each.where) for each in byline.readings] == [("Jane Doe", XMP), ("Jane Dough", IIM)]
    assert (byline.disagree, city.disagree) == (True, False)


def test_iim_that_was_changed_after_the_xmp_is_believed():
    """Photoshop leaves the MD5 of the record it wrote beside the XMP; a program that knows no XMP does not."""
    old, new = record(byline="Jane Dough"), record(byline="Jane Doe")
    for current, believed in ((old, "XMP Name"), (new, "Jane Doe")):
        segments = segment(resource(iptc.IIM_RESOURCE, current) + digest_of(old))
        assert told(wire_photo(segments=segments, xmp=packet(dc_creator="XMP Name"))).said("byline") == believed


def test_exif_speaks_last_and_a_camera_s_own_words_not_at_all():
    exif = Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x010E] = "Zoë Camera".encode(), "© Zoë".encode(), "OLYMPUS DIGITAL CAMERA"
    exif.get_ifd(0x8769)[0x9003] = "2015:06:01 14:05:00"
    alone = told(wire_photo(exif=exif))
    assert (alone.said("copyright"), alone.said("caption")) == ("© Zoë", "")
    assert moment(alone.said("date")) == datetime(2015, 6, 1, 14, 5)
    both = told(wire_photo(record(byline="Jane Doe"), exif=exif))
    assert [(each.value, each.where) for each in both.all if each.field == "byline"] == [
        ("Jane Doe", IIM), ("Zoë Camera", EXIF),
    ]  # fmt: skip


def test_of_many_languages_the_default_is_read_and_lists_are_joined():
    rich = xmp.OPENS.decode() + (
        ' xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" photoshop:Headline="Smoke"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">'
        '<dc:description><rdf:Alt><rdf:li xml:lang="de">Rauch</rdf:li>'
        '<rdf:li xml:lang="x-default">Smoke over it</rdf:li></rdf:Alt></dc:description>'
        "<dc:creator><rdf:Seq><rdf:li>A. One</rdf:li><rdf:li>B. Two</rdf:li></rdf:Seq></dc:creator>"
        '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Getty</plus:LicensorName>'
        "<plus:LicensorURL>https://www.gettyimages.com/</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    said = told(wire_photo(xmp=rich.encode())).said
    assert [said(name) for name in ("caption", "byline", "headline", "licensor", "licensor_url")] == [
        "Smoke over it", "A. One, B. Two", "Smoke", "Getty", "https://www.gettyimages.com/",
    ]  # fmt: skip


def test_a_packet_in_sixteen_bits_is_read():
    said = "<?xpacket begin='\ufeff' id='x'?>" + packet(dc_creator="Zoë").decode() + "<?xpacket end='w'?>"
    for coded in ("utf-16-be", "utf-16-le"):
        assert xmp.fields(said.encode(coded)) == {"byline": ["Zoë"]}


BOMB = b'<!DOCTYPE a [<!ENTITY b "' + b"b" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]><a>&c;</a>'


@pytest.mark.parametrize(
    "broken",
    [b"", b"<", BOMB, b"\0<\0?\xd8", b"<?xml version='1.0' encoding='nonsense'?><a/>", b"<a>" * 100_000, b"\xff" * 99],
)
def test_a_broken_packet_says_nothing(broken):
    assert xmp.fields(broken) == {}


def test_a_broken_record_says_what_stands_before_the_break():
    whole = record(byline="Jane Doe", caption="Smoke")
    for end in range(len(whole)):
        assert set(iptc.fields(whole[:end])) <= {"byline", "caption"}
    assert iptc.fields(whole[:-1]) == {"byline": ["Jane Doe"]}
    assert iptc.fields(b"\x1c\x02\x50\xff\xff" + b"x" * 9) == {}
    assert list(iptc.resources(b"8BIM\x04\x04\xff")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-06-01T14:05:09.250+03:00", datetime.fromisoformat("2015-06-01T14:05:09.250+03:00")),
        ("20150601 140509+0000", datetime(2015, 6, 1, 14, 5, 9, tzinfo=UTC)),
        ("2015:06:01 14:05:09", datetime(2015, 6, 1, 14, 5, 9)),
        ("20150601", datetime(2015, 6, 1)),
        ("2015-13-01", None),
        ("0000:00:00 00:00:00", None),
        ("", None),
    ],
)
def test_a_moment_is_read_as_each_standard_writes_it(text, expected):
    assert moment(text) == expected


# What ExifTool calls our fields, by the place in which they stand.
TRUTH = {
    IIM: {"byline": "By-line", "credit": "Credit", "copyright": "CopyrightNotice", "caption": "Caption-Abstract",
          "source": "Source", "headline": "Headline", "city": "City", "country": "Country-PrimaryLocationName",
          "instructions": "SpecialInstructions", "title": "ObjectName"},
    XMP: {"byline": "Creator", "credit": "Credit", "copyright": "Rights", "caption": "Description",
          "source": "Source", "headline": "Headline", "city": "City", "country": "Country",
          "instructions": "Instructions", "title": "Title"},
    EXIF: {"byline": "Artist", "copyright": "Copyright", "caption": "ImageDescription"},
}  # fmt: skip
GROUPS = {"IPTC": IIM, "IPTC2": IIM, "XMP-dc": XMP, "XMP-photoshop": XMP, "IFD0": EXIF}
OF_CAMERAS = {"GE DIGITAL CAMERA", "DCF 1.0", "OLYMPUS DIGITAL CAMERA", "SAMSUNG CSC"}


def plain(value) -> str:
    if isinstance(value, dict):
        value = value.get("x-default") or next(iter(value.values()))
    return " ".join((", ".join(map(str, value)) if isinstance(value, list) else str(value)).replace(";", ",").split())


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_real_files_say_to_us_what_they_say_to_exiftool():
    folder = CORPORA / "photos" / "real_metadata"
    if not folder.exists():
        pytest.skip(f"no real photographs at {folder}")
    command = ["exiftool", "-json", "-G1", "-a", "-struct", "-r", str(folder)]
    answers = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    right, wrong = 0, []
    for answer in answers:
        content = Path(answer["SourceFile"]).read_bytes()
        try:
            readings = told(io.BytesIO(content))
        except Image.UnidentifiedImageError:
            continue
        for key, value in answer.items():
            group, _, name = key.partition(":")
            where = GROUPS.get(group, "")
            for field in (ours for ours, theirs in TRUTH.get(where, {}).items() if theirs == name):
                expected = plain(value)
                if not expected or expected in OF_CAMERAS:
                    continue
                ours = [plain(each.value) for each in readings.all if (each.field, each.where) == (field, where)]
                right += expected in ours
                wrong += [] if expected in ours else [(answer["SourceFile"], key, expected, ours)]
    assert wrong == []
    assert right > 200
