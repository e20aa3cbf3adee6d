"""A save over somebody else's newer version is refused, whatever road it takes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, ArticleChanged
from articles.publishing import publish
from tests.factories import make_article, make_user


@pytest.mark.django_db
def test_each_save_is_a_version():
    article = make_article()
    assert article.version == 1
    article.headline = "Other words"
    article.save()
    assert Article.objects.get(pk=article.pk).version == article.version == 2


@pytest.mark.django_db
def test_a_stale_copy_is_refused_and_changes_nothing():
    ours = make_article("Before")
    theirs = Article.objects.get(pk=ours.pk)
    theirs.headline = "Theirs"
    theirs.save()
    ours.headline = "Ours"
    with pytest.raises(ArticleChanged, match="by somebody else"):
        ours.save()
    assert Article.objects.get(pk=ours.pk).headline == "Theirs"


@pytest.mark.django_db
def test_a_save_writes_the_text_and_never_where_the_story_stands():
    article = make_article()
    stale = Article.objects.get(pk=article.pk)
    Article.objects.filter(pk=article.pk).update(stage="killed", embargo_until=timezone.now())
    stale.headline = "A typed word"
    stale.save()
    now = Article.objects.get(pk=article.pk)
    assert (now.headline, now.stage, now.embargo_until is None) == ("A typed word", "killed", False)


@pytest.mark.django_db
def test_what_is_saved_after_an_approval_asks_for_one_again():
    marek, article = make_user("marek", "Editors"), make_article()
    publish(article, by=marek)
    assert (article.stage, article.approved_version, article.approved_by) == ("ready", 1, marek)
    article.headline = "Changed after"
    article.save()
    now = Article.objects.get(pk=article.pk)
    assert (now.stage, now.version, now.approved_version) == ("review", 2, 1)


def save_in_a_thread(job: tuple[int, int]) -> bool:
    pk, number = job
    try:
        for _ in range(500):  # whoever is refused reads the newer version, adds to it and saves again
            article = Article.objects.get(pk=pk)
            article.note += f"[{number}]"
            try:
                article.save()
            except ArticleChanged:
                continue
            return True
        return False
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_parallel_saves_none_is_silently_lost():
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads cannot share SQLite in memory; the run on PostgreSQL shows it")
    article = make_article()
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(save_in_a_thread, [(article.pk, number) for number in range(100)]))
    article.refresh_from_db()
    assert all(f"[{number}]" in article.note for number in range(100))
    assert article.version == 101
