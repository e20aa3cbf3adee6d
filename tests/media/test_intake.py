import io

import pytest
from PIL import Image

from media.intake import MAX_BYTES, BadPicture, store
from media.models import Photo
from tests.factories import picture


def taken(upload) -> Photo:
    photo = Photo()
    store(photo, upload)
    return photo


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_a_picture_is_written_anew_as_a_jpeg_named_by_its_hash(kind):
    photo = taken(picture(60, 40, kind=kind))
    assert (photo.width, photo.height) == (60, 40)
    assert photo.file.name == f"photos/{photo.sha256[:2]}/{photo.sha256}.jpg"
    with photo.file.open() as file:
        assert Image.open(file).format == "JPEG"


def test_a_picture_that_lies_on_its_side_is_stood_up():
    sideways = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn a quarter clockwise
    Image.new("RGB", (60, 40)).save(sideways, "JPEG", exif=exif)
    sideways.seek(0)
    photo = taken(sideways)
    assert (photo.width, photo.height) == (40, 60)


def test_nothing_hidden_in_the_file_is_kept():
    source = io.BytesIO()
    Image.new("RGB", (60, 40)).save(source, "JPEG", comment=b"SECRET-MARK", exif=Image.Exif())
    hidden = io.BytesIO(source.getvalue() + b"<script>SECRET-MARK</script>")
    with taken(hidden).file.open() as file:
        assert b"SECRET-MARK" not in file.read()


def test_what_was_transparent_is_white():
    glass = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(glass, "PNG")
    glass.seek(0)
    with taken(glass).file.open() as file:
        assert Image.open(file).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a JPEG"),
        (b"\xff\xd8\xff\xe0 and then nothing", "JPEG|damaged"),
        (b"x" * (MAX_BYTES + 1), "larger than"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(BadPicture, match=sentence):
        taken(io.BytesIO(content))


def test_a_giant_is_refused_by_its_header_before_it_is_decoded():
    giant = io.BytesIO()
    Image.new("1", (9000, 9000)).save(giant, "PNG")  # 10 KB that would unfold to 243 MB
    giant.seek(0)
    with pytest.raises(BadPicture, match="megapixels"):
        taken(giant)


def test_a_truncated_picture_is_refused():
    half = io.BytesIO(picture(400, 300, kind="PNG").getvalue()[:300])
    with pytest.raises(BadPicture, match="damaged"):
        taken(half)
