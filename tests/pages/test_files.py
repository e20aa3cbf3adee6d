"""A photo's file is public while a story that readers see shows it."""

import io
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles.publishing import correct, redact, schedule, update, withdraw
from media import renditions
from media.intake import store
from tests.factories import PRINTED, make_article, make_photo, make_user, picture, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_storage_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def status(client, photo, **headers) -> int:
    return client.get(photo.file.url, headers=headers).status_code


def test_a_published_photo_is_served_and_kept_for_an_hour(client):
    photo = make_photo(file=True)
    published(lead_photo=photo)
    response = client.get(photo.file.url)
    assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=3600, must-revalidate"
    assert response.headers["Cache-Tag"] == f"photo-{photo.pk}"
    assert "Vary" not in response.headers


def test_a_browser_that_has_it_is_told_so(client):
    photo = make_photo(file=True)
    published(body=f'<news-photo data-id="{photo.pk}"></news-photo>')
    etag = client.get(photo.file.url).headers["ETag"]
    again = client.get(photo.file.url, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=3600, must-revalidate"
    assert status(client, photo, if_none_match='"other"') == 200


def test_nobody_keeps_the_answer_to_whoever_asks_for_other_bytes(client):
    photo = make_photo(file=True)
    published(lead_photo=photo)
    response = client.get(photo.file.url, headers={"if-match": '"another"'})
    assert response.status_code == 412
    assert response.headers["Cache-Control"] == "no-store"


def test_a_photo_in_nothing_that_readers_see_is_for_the_desk_alone(client):
    unused, draft, waiting, withdrawn = (
        make_photo(file=True, colour=colour) for colour in ("red", "green", "blue", "black")
    )
    make_article(lead_photo=draft)
    schedule(make_article(lead_photo=waiting), at=timezone.now() + timedelta(hours=1))
    (edition,) = published(lead_photo=withdrawn)
    withdraw(edition.article, reason="It was wrong.")
    photos = (unused, draft, waiting, withdrawn)
    assert [status(client, photo) for photo in photos] == [404] * 4
    assert all("public" not in client.get(photo.file.url).headers["Cache-Control"] for photo in photos)
    client.force_login(make_user("olu"))
    assert [status(client, photo) for photo in photos] == [404] * 4
    client.force_login(make_user("ines", "Reporters"))
    for photo in photos:
        response = client.get(photo.file.url)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_photo_that_was_taken_out_of_its_story_is_public_no_more(client):
    photo = make_photo(file=True)
    (edition,) = published(lead_photo=photo)
    edition.article.lead_photo = None
    edition.article.save()
    update(edition.article)
    assert status(client, photo) == 404


@pytest.mark.parametrize(
    "name",
    ["", "x", "../secret_key", "photos/../../secret_key", "photos/%2e%2e/%2e%2e/secret_key", "secret_key",
     f"photos/ab/{'b' * 64}.jpg", f"photos/aa/{'a' * 64}.svg", f"photos/aa/{'a' * 64}.jpg%00",
     f"photos/aa/{'a' * 64}.jpg", f"photos/aa/{'a' * 64}-400.jpg", f"photos/aa/{'a' * 64}-16x9.jpg"],
)  # fmt: skip
def test_no_other_name_reaches_the_file_system(client, name):
    client.force_login(make_user("marek", "Managing editors"))
    assert client.get(f"/files/{name}").status_code == 404


def large_photo(**fields):
    """A photo that has renditions of each sort."""
    return make_photo(upload=picture(1000, 700, colour=fields.pop("colour", "teal")), **fields)


def address(photo, kind: str) -> str:
    return photo.file.url.replace(".jpg", f"-{kind}.jpg")


def read(response) -> Image.Image:
    return Image.open(io.BytesIO(b"".join(response.streaming_content)))


def kept(photo) -> list[str]:
    return sorted(name for name in default_storage.listdir(f"photos/{photo.sha256[:2]}")[1] if photo.sha256 in name)


SORTS = ["400", "800", "16x9", "4x3", "1x1"]


class TestARendition:
    def test_is_served_like_the_file(self, client):
        photo = large_photo()
        published(lead_photo=photo)
        sizes = {"400": (400, 280), "800": (800, 560), "16x9": (1000, 562), "4x3": (933, 700), "1x1": (700, 700)}
        for kind in SORTS:
            response = client.get(address(photo, kind))
            assert response.headers["Cache-Control"] == "public, max-age=3600, must-revalidate"
            assert response.headers["Cache-Tag"] == f"photo-{photo.pk}"
            assert response.headers["Content-Type"] == "image/jpeg"
            assert "Vary" not in response.headers
            assert read(response).size == sizes[kind]
            etag = response.headers["ETag"]
            assert client.get(address(photo, kind), headers={"if-none-match": etag}).status_code == 304
        tags = {client.head(path).headers["ETag"] for path in [photo.file.url, *(address(photo, k) for k in SORTS)]}
        assert len(tags) == 6

    def test_of_a_photo_that_readers_do_not_see_is_for_the_desk_alone(self, client):
        draft, waiting, withdrawn, redacted, retracted, taken_out = photos = [
            large_photo(colour=colour) for colour in ("red", "green", "blue", "black", "white", "pink")
        ]
        make_article(lead_photo=draft)
        schedule(make_article(lead_photo=waiting), at=timezone.now() + timedelta(hours=1))
        editions = {photo: published(lead_photo=photo)[0] for photo in photos[2:]}
        for photo in photos[2:]:  # readers have seen them, and they are kept
            assert [status(client, photo), client.get(address(photo, "400")).status_code] == [200, 200]
        withdraw(editions[withdrawn].article, reason="It was wrong.")
        redact(editions[redacted])
        correct(editions[retracted].article, kind="retraction", note="Forged.", dated=PRINTED + timedelta(hours=1))
        story = editions[taken_out].article
        story.lead_photo = None
        story.save()
        update(story)
        every = [address(photo, kind) for photo in photos for kind in SORTS]
        assert {path: client.get(path).status_code for path in every} == dict.fromkeys(every, 404)
        client.force_login(make_user("olu"))
        assert {client.get(path).status_code for path in every} == {404}
        client.force_login(make_user("ines", "Reporters"))
        for path in every:
            response = client.get(path)
            assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-cache")
            assert "Cache-Tag" not in response.headers

    def test_of_a_photo_that_nobody_may_see_is_not_made(self, client):
        photo = large_photo()
        for kind in SORTS:
            client.get(address(photo, kind))
        assert kept(photo) == [f"{photo.sha256}.jpg"]

    def test_is_of_the_set_and_never_larger_than_the_file(self, client):
        photo = large_photo()
        published(lead_photo=photo)
        client.force_login(make_user("marek", "Managing editors"))
        odd = [address(photo, kind) for kind in (
            "1200", "1600", "1", "0400", "401", "9999", "-400", "400-400", "16x10", "16X9", "16x9-50x50", "16x9-0x0",
            "400 ", "٤٠٠", "400%00", "400.jpg", "", "/../400", *(str(n) for n in range(2, 300)),
        )]  # fmt: skip
        odd += [address(photo, "400").replace(".jpg", ending) for ending in (".png", ".JPG", ".jpg.jpg", ".jpg/", "")]
        assert {path: client.get(path).status_code for path in odd} == dict.fromkeys(odd, 404)
        assert kept(photo) == [f"{photo.sha256}.jpg"]

    def test_is_cut_where_the_focal_point_is_now(self, client):
        photo = large_photo()
        published(lead_photo=photo)
        before = client.get(address(photo, "1x1")).headers["ETag"]
        photo.focal_x = 0.1
        photo.save()
        after = client.get(address(photo, "1x1"), headers={"if-none-match": before})
        assert after.status_code == 200
        assert after.headers["ETag"] != before
        assert kept(photo) == [f"{photo.sha256}-1x1-10x50.jpg", f"{photo.sha256}.jpg"]

    def test_of_a_file_that_was_replaced_is_cut_around_its_middle(self, client):
        photo = large_photo(focal_x=0.1)
        published(lead_photo=photo)
        old, sha256 = address(photo, "1x1"), photo.sha256
        store(photo, picture(1000, 700, colour="red"))
        photo.save()
        assert client.get(old).headers["ETag"] == f'"{sha256}-1x1-50x50"'

    def test_stands_for_itself_while_others_are_made(self, client, monkeypatch):
        photo = large_photo()
        published(lead_photo=photo)
        monkeypatch.setattr(renditions, "BENCH", threading.BoundedSemaphore(1))
        with renditions.BENCH:
            response = client.get(address(photo, "400"))
        assert read(response).size == (1000, 700)
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
        assert read(client.get(address(photo, "400"))).size == (400, 280)

    def test_of_a_file_that_is_lost_is_not_found(self, client):
        photo = large_photo()
        published(lead_photo=photo)
        default_storage.delete(photo.file.name)
        assert [status(client, photo), *(client.get(address(photo, k)).status_code for k in SORTS)] == [404] * 6


def test_a_storage_that_fails_says_so_for_a_while(client, monkeypatch):
    photo = large_photo()
    published(lead_photo=photo)

    def fail(name, mode="rb"):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(default_storage, "open", fail)
    for path in (photo.file.url, address(photo, "400"), address(photo, "1x1")):
        response = client.get(path)
        assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
        assert response.headers["Retry-After"] == "60"


def test_a_photo_of_a_text_that_was_brought_back_is_public_again(client):
    photo = large_photo()
    (edition,) = published(lead_photo=photo)
    correct(edition.article, kind="retraction", note="Forged.", dated=PRINTED + timedelta(hours=1))
    assert [status(client, photo), client.get(address(photo, "400")).status_code] == [404, 404]
    correct(edition.article, note="The letter was genuine after all.", dated=PRINTED + timedelta(hours=2))
    assert [status(client, photo), client.get(address(photo, "400")).status_code] == [200, 200]
