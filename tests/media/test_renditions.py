"""The derived files of a photograph: a closed set, cut where the picture desk says, each made once and whole."""

import errno
import io
import threading

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from media import keeping, renditions
from media.intake import store
from media.models import Photo
from media.renditions import KINDS, Busy, crops, kept_name, ladder, opened

PATH = "photos/ab/ab12.jpg"


@pytest.fixture(autouse=True)
def a_storage_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(width: int, height: int, mark: tuple[int, int] | None = None) -> Photo:
    """A photo on paper, with a red square of a tenth of its height around `mark`."""
    image = Image.new("RGB", (width, height), "white")
    if mark:
        (x, y), half = mark, height // 20
        ImageDraw.Draw(image).rectangle((x - half, y - half, x + half, y + half), fill=(220, 0, 0))
    target = io.BytesIO()
    image.save(target, "PNG")
    target.seek(0)
    photo = Photo()
    store(photo, target)
    return photo


def picture(photo: Photo, kind: str, focal=(0.5, 0.5)) -> Image.Image:
    with opened(photo.file.name, kind, focal) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def is_red(pixel: tuple[int, int, int]) -> bool:
    return pixel[0] > 150 and pixel[1] < 90 and pixel[2] < 90


def reds(image: Image.Image) -> int:
    return sum(is_red(image.getpixel((x, y))) for x in range(0, image.width, 4) for y in range(0, image.height, 4))


def names(photo: Photo) -> list[str]:
    return sorted(name for name in default_storage.listdir(f"photos/{photo.sha256[:2]}")[1] if photo.sha256 in name)


class TestTheSet:
    def test_it_works(self):
        assert [each[:3] for each in ladder(PATH, 2000, 1500)] == [
            ("400", "photos/ab/ab12-400.jpg", 400),
            ("800", "photos/ab/ab12-800.jpg", 800),
            ("1200", "photos/ab/ab12-1200.jpg", 1200),
            ("1600", "photos/ab/ab12-1600.jpg", 1600),
        ]
        assert [(each.path, each.width, each.height) for each in crops(PATH, 2000, 1500)] == [
            ("photos/ab/ab12-16x9.jpg", 1200, 675),
            ("photos/ab/ab12-4x3.jpg", 1200, 900),
            ("photos/ab/ab12-1x1.jpg", 1200, 1200),
        ]

    @pytest.mark.parametrize("width", [1, 399, 400])
    def test_a_small_file_has_no_ladder(self, width):
        assert ladder(PATH, width, 300) == []

    def test_nothing_is_wider_than_the_file(self):
        assert [each.width for each in ladder(PATH, 1200, 800)] == [400, 800]
        assert [(each.width, each.height) for each in crops(PATH, 600, 900)] == [(600, 338), (600, 450), (600, 600)]
        assert [(each.width, each.height) for each in crops(PATH, 900, 600)] == [(900, 506), (800, 600), (600, 600)]
        assert min(min(each[2:]) for each in crops(PATH, 1, 1)) == 1

    @pytest.mark.parametrize("path", ["", "photos/ab/ab12.png", "photos/ab/ab12", ".jpg/x"])
    def test_a_file_that_is_no_jpeg_of_ours_has_none(self, path):
        assert ladder(path, 2000, 1500) == crops(path, 2000, 1500) == []


class TestARendition:
    def test_is_as_large_as_it_says(self):
        photo = stored(2000, 1250)
        every = [*ladder(photo.file.name, 2000, 1250), *crops(photo.file.name, 2000, 1250)]
        assert [each.kind for each in every] == list(KINDS)
        assert [picture(photo, each.kind).size for each in every] == [each[2:] for each in every]

    @pytest.mark.parametrize(("size", "kind"), [((300, 200), "400"), ((800, 500), "800"), ((1500, 900), "1600")])
    def test_is_never_larger_than_the_file(self, size, kind):
        photo = stored(*size)
        with pytest.raises(FileNotFoundError):
            opened(photo.file.name, kind)
        assert names(photo) == [f"{photo.sha256}.jpg"]

    def test_is_a_progressive_jpeg_that_says_nothing_about_itself(self):
        photo = stored(900, 600)
        with Image.open(default_storage.path(photo.file.name)) as image:
            image.save(
                default_storage.path(photo.file.name), "JPEG", comment=b"MARK", xmp=b"<x>MARK</x>",
                exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0MARK",
            )  # fmt: skip
        for kind in ("400", "16x9"):
            content = opened(photo.file.name, kind).read()
            assert b"MARK" not in content
            with Image.open(io.BytesIO(content)) as image:
                assert (image.format, set(image.info)) == ("JPEG", {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                                                    "progressive", "progression"})  # fmt: skip
                assert not image.getexif()

    def test_is_smaller_to_send(self):
        photo = stored(1600, 1000, mark=(800, 500))
        assert len(opened(photo.file.name, "400").read()) * 3 < photo.file.size


class TestACrop:
    @pytest.mark.parametrize("mark", [(0.1, 0.1), (0.5, 0.5), (0.9, 0.2), (0.3, 0.95)])
    @pytest.mark.parametrize(("width", "height"), [(1000, 600), (600, 1000), (2600, 1500)])
    def test_shows_what_the_focal_point_lies_on(self, width, height, mark):
        photo = stored(width, height, (int(width * mark[0]), int(height * mark[1])))
        for kind in ("16x9", "4x3", "1x1"):
            cut = picture(photo, kind, mark)
            assert reds(cut) > 50, kind

    def test_has_the_focal_point_in_its_middle_when_the_edges_allow(self):
        photo = stored(900, 1600, (450, 600))
        for kind in ("16x9", "4x3", "1x1"):
            cut = picture(photo, kind, (0.5, 600 / 1600))
            assert is_red(cut.getpixel((cut.width // 2, cut.height // 2))), kind
        assert reds(picture(photo, "16x9", (0.5, 0.95))) == 0

    def test_is_made_anew_when_the_focal_point_moves_and_the_old_one_goes(self):
        photo = stored(900, 1600, (450, 150))
        assert reds(picture(photo, "16x9")) == 0
        assert reds(picture(photo, "1x1")) == 0
        assert reds(picture(photo, "16x9", (0.5, 0.1))) > 50
        sha = photo.sha256
        assert names(photo) == [f"{sha}-16x9-50x10.jpg", f"{sha}-1x1-50x50.jpg", f"{sha}.jpg"]

    def test_says_its_focal_point_in_the_name_under_which_it_is_kept(self):
        assert kept_name(PATH, "4x3", (0.333, 1)) == "photos/ab/ab12-4x3-33x100.jpg"
        assert kept_name(PATH, "800", (0.333, 1)) == "photos/ab/ab12-800.jpg"


class TestMaking:
    def test_is_done_once(self, monkeypatch):
        photo = stored(900, 600)
        first = opened(photo.file.name, "400").read()
        monkeypatch.setattr(renditions, "make", None)
        with opened(photo.file.name, "400") as file:
            assert file.read() == first
        assert names(photo) == [f"{photo.sha256}-400.jpg", f"{photo.sha256}.jpg"]

    def test_at_once_by_many_makes_one_good_file(self):
        photo = stored(1900, 1200)
        gate, made, busy = threading.Barrier(8), [], []

        def ask():
            gate.wait()
            try:
                made.append(opened(photo.file.name, "1200").read())
            except Busy as error:
                busy.append(error)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) + len(busy) == 8
        assert len(set(made)) == 1
        assert names(photo) == [f"{photo.sha256}-1200.jpg", f"{photo.sha256}.jpg"]
        assert opened(photo.file.name, "1200").read() == made[0]

    def test_keeps_no_more_than_two_threads_from_the_pages(self, monkeypatch):
        photo = stored(900, 600)
        monkeypatch.setattr(renditions, "BENCH", threading.BoundedSemaphore(1))
        with renditions.BENCH, pytest.raises(Busy):
            opened(photo.file.name, "400")
        assert opened(photo.file.name, "400")

    def test_frees_its_place_when_it_fails(self):
        for _ in range(5):
            with pytest.raises(FileNotFoundError):
                opened("photos/00/00.jpg", "400")

    def test_on_a_full_disk_gives_the_picture_and_leaves_nothing_behind(self, monkeypatch, caplog):
        photo = stored(900, 600)

        def full(source, target):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(keeping.os, "replace", full)
        assert picture(photo, "400").size == (400, 267)
        assert names(photo) == [f"{photo.sha256}.jpg"]
        assert "could not be kept" in caplog.text

    @pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 and then nothing", b"<svg/>"])
    def test_of_a_damaged_file_is_logged_and_gives_none(self, content, caplog):
        photo = stored(900, 600)
        with open(default_storage.path(photo.file.name), "wb") as file:
            file.write(content)
        with pytest.raises(FileNotFoundError):
            opened(photo.file.name, "400")
        assert "is damaged" in caplog.text
        assert names(photo) == [f"{photo.sha256}.jpg"]

    def test_of_half_a_file_gives_none(self):
        photo = stored(900, 600, mark=(450, 300))
        place = default_storage.path(photo.file.name)
        with open(place, "rb") as file:
            half = file.read()[: photo.file.size // 2]
        with open(place, "wb") as file:
            file.write(half)
        with pytest.raises(FileNotFoundError):
            opened(photo.file.name, "400")


def test_a_storage_without_a_file_system_keeps_files_whole_by_itself(monkeypatch):
    def no_path(name):
        raise NotImplementedError("This backend doesn't support absolute paths.")

    kept = {}
    monkeypatch.setattr(keeping.default_storage, "path", no_path)
    monkeypatch.setattr(keeping.default_storage, "save", lambda name, content: kept.update({name: content.read()}))
    keeping.keep("photos/ab/x.jpg", b"picture")
    assert kept == {"photos/ab/x.jpg": b"picture"}


def test_what_is_kept_takes_the_place_of_what_stood_there():
    keeping.keep("photos/zz/x.jpg", b"one")
    keeping.keep("photos/zz/x.jpg", b"two")
    with default_storage.open("photos/zz/x.jpg") as file:
        assert file.read() == b"two"
    assert default_storage.listdir("photos/zz")[1] == ["x.jpg"]
