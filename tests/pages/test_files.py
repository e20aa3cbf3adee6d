"""A photo's file is public while a story that readers see shows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.publishing import schedule, update, withdraw
from tests.factories import make_article, make_photo, make_user, published

pytestmark = pytest.mark.django_db


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


def test_a_photo_in_nothing_that_readers_see_is_for_the_desk_alone(client):
    unused, draft, waiting, withdrawn = (
        make_photo(file=True, colour=colour) for colour in ("red", "green", "blue", "black")
    )
    make_article(lead_photo=draft)
    schedule(make_article(lead_photo=waiting), at=timezone.now() + timedelta(hours=1))
    (edition,) = published(lead_photo=withdrawn)
    withdraw(edition.article)
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
     f"photos/aa/{'a' * 64}.jpg"],
)  # fmt: skip
def test_no_other_name_reaches_the_file_system(client, name):
    client.force_login(make_user("marek", "Managing editors"))
    assert client.get(f"/files/{name}").status_code == 404
