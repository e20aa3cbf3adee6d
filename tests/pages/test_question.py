from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Edition, Tag
from articles.pages.question import Question
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


def test_words_go_to_the_database_as_parameters():
    question = Question(lambda name: Tag.objects.filter(name=name))
    with CaptureQueriesContext(connection) as queries:
        assert list(question.instances(Tag, name="'; DROP TABLE articles_tag; --")) == []
    assert len(queries) == 1
    assert Tag.objects.count() == 0
