from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Edition, Tag
from articles.pages.question import Question, made, together
from tests.factories import make_tag, published

pytestmark = pytest.mark.django_db


def test_it_answers_as_the_query_would():
    first, second = published(2)
    question = Question(lambda moment, path: Edition.objects.seen_at(moment).filter(path=path))
    for edition in (first, second):
        assert list(question.instances(Edition, moment=timezone.now(), path=edition.path)) == [edition]
    long_ago = timezone.now() - timedelta(days=400)
    assert list(question.instances(Edition, moment=long_ago, path=first.path)) == []


def test_dates_and_json_come_back_as_the_model_has_them():
    (edition,) = published()
    question = Question(lambda pk: Edition.objects.filter(pk=pk))
    (found,) = question.instances(Edition, pk=edition.pk)
    assert found.first_published_at == edition.first_published_at
    assert found.document == edition.document


def test_a_list_may_have_any_length():
    tags = [make_tag(name) for name in ("Labor", "Ports", "Rain")]
    question = Question(lambda pks: Tag.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "name"))
    for length in (1, 3, 2):
        wanted = tags[:length]
        assert question.rows(pks=[tag.pk for tag in wanted]) == [(tag.pk, tag.name) for tag in wanted]


def test_one_query_with_two_shapes():
    (edition,) = published()
    question = Question(lambda pk, path="": Edition.objects.filter(pk=pk, **({"path": path} if path else {})))
    assert list(question.instances(Edition, pk=edition.pk)) == [edition]
    assert list(question.instances(Edition, pk=edition.pk, path="/elsewhere/")) == []


def test_what_never_changes_in_a_query_stays():
    published()
    question = Question(lambda pk: Edition.objects.filter(pk__gte=pk, kind="publish", number=1))
    assert len(list(question.instances(Edition, pk=1))) == 1


def test_one_question_is_asked_for_each_of_several_numbers():
    editions = published(3)
    newest = Question(
        lambda moment, article: (
            Edition.objects.seen_at(moment)
            .filter(article=article)
            .newest_first()
            .values_list("article_id", "headline")[:1]
        )
    )
    for wanted in (editions, editions[::2], editions[:1]):
        parts = newest.for_each("article", [each.article_id for each in wanted], moment=timezone.now())
        assert sorted(together(parts)) == [(each.article_id, each.headline) for each in wanted]
    assert newest.for_each("article", [], moment=timezone.now()) == []


def test_a_row_is_as_django_would_have_read_it():
    (edition,) = published()
    kept = Edition.objects.get(pk=edition.pk)
    question = Question(lambda pk: Edition.objects.filter(pk=pk).only("headline", "first_published_at"))
    (found,) = question.instances(Edition, pk=edition.pk)
    assert (found, hash(found), str(found)) == (kept, hash(kept), str(kept))  # the number was deferred: it is asked for
    assert found.column == kept.column
    assert not found._state.adding
    assert found.first_published_at.utcoffset() is not None


def test_what_is_no_field_becomes_an_attribute():
    (edition,) = published()
    (found,) = made(Edition, ("part", "id"), [(7, edition.pk)])
    assert (found.part, found.pk) == (7, edition.pk)


def test_words_go_to_the_database_as_parameters():
    question = Question(lambda name: Tag.objects.filter(name=name))
    with CaptureQueriesContext(connection) as queries:
        assert list(question.instances(Tag, name="'; DROP TABLE articles_tag; --")) == []
    assert len(queries) == 1
    assert Tag.objects.count() == 0
