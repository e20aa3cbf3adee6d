"""What a page asks of the database does not grow with the newsroom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_column, make_photo, make_tweet, published

pytestmark = pytest.mark.django_db
LISTS = ["/", "/the-slatest/", "/world/", "/the-slatest/2015/06/", "/the-slatest/2015/06/01/", "/tag/labor/",
         "/by/ines-corvald/", "/feed/", "/the-slatest/feed/", "/the-slatest/about/", "/feed/atom/", "/feed/json/",
         "/the-slatest/feed/atom/", "/tag/labor/feed/", "/by/ines-corvald/feed/json/"]  # fmt: skip


@pytest.mark.parametrize("stories", [10, 100])
def test_pages_keep_to_their_few_queries(client, stories):
    tweet, photo = make_tweet(), make_photo(file=True)
    fill = {
        "tags": ["Labor", "Ports"],
        "authors": ["Ines Corvald", "Marius Oake"],
        "lead_photo": photo,
        "body": f'<news-tweet data-id="{tweet.pk}"></news-tweet><news-photo data-id="{photo.pk}"></news-photo>',
    }
    edition, *_ = published(stories // 2, **fill)
    published(stories // 2, column=make_column("World", shows="cards"), **fill)
    assert count(client, edition.path) == 3
    assert {path: count(client, path) for path in LISTS} == dict.fromkeys(LISTS, 3) | {
        "/": 4, "/feed/": 2, "/feed/atom/": 2, "/feed/json/": 2, "/by/ines-corvald/": 4, "/the-slatest/about/": 4,
    }  # fmt: skip
    assert count(client, f"{edition.path}card-1.png") == 2
    assert count(client, photo.file.url) == 1
    assert count(client, photo.file.url.replace(".jpg", "-1x1.jpg")) == 1


def count(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(queries)
