"""A NUL in what no form has cleaned: PostgreSQL answers it by an error, SQLite keeps it."""

import pytest
from django.urls import reverse

from articles.models import Correction, Tag
from articles.publishing import publish
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def marek(client):
    client.force_login(make_user("marek", "Editors"))
    return client


@pytest.mark.parametrize("kind", ["photos", "tweets", "tags", "authors"])
def test_a_picker_answers_a_question_with_a_nul(marek, kind):
    assert marek.get(f"/admin/articles/article/embed/{kind}/", {"q": "a\0b"}).status_code == 200


def test_a_correction_loses_its_nul_and_keeps_its_words(marek):
    article = make_article()
    publish(article)
    form = marek.get(reverse("admin:articles_article_change", args=[article.pk])).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"_update": "1", "update_kind": "correction", "correction_note": "Forty\0-one."}
    marek.post(reverse("admin:articles_article_change", args=[article.pk]), data)
    assert Correction.objects.get().text == "Forty-one."


def test_a_tag_is_not_made_beside_its_twin(client):
    client.force_login(make_user("tom", "Tag staff"))
    Tag.objects.create(name="Élysée", slug="elysee")
    answer = client.post(reverse("admin:articles_tag_add"), {"name": "élysée", "slug": "elysee-2", "description": ""})
    assert "There is a tag" in answer.content.decode()
    assert Tag.objects.count() == 1
