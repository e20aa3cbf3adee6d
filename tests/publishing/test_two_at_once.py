from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from articles import publishing
from articles.models import Article, Edition
from articles.publishing import PublishingError
from tests.factories import make_article


def publish_in_a_thread(pk: int) -> str:
    try:
        return str(publishing.publish(Article.objects.get(pk=pk)).number)
    except PublishingError as error:
        return str(error)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_publish_at_once_one_is_told_that_it_is_live():
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads cannot share SQLite in memory; the run on PostgreSQL shows it")
    article = make_article()
    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(publish_in_a_thread, [article.pk] * 4))
    assert answers[0] == "1"
    assert all("live already" in answer for answer in answers[1:])
    assert Edition.objects.seen_at(timezone.now()).count() == 1


@pytest.mark.django_db(transaction=True)
def test_stories_that_want_one_address_at_once_get_one_each():
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads cannot share SQLite in memory; the run on PostgreSQL shows it")
    articles = [make_article("Same words") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(publish_in_a_thread, [article.pk for article in articles])) == ["1"] * 4
    assert len(set(Edition.objects.values_list("path", flat=True))) == 4
