"""The demo goes in whole or not at all."""

import pytest

from articles.exchange.demo import loader
from articles.models import Column
from media.models import Photo

pytestmark = pytest.mark.django_db


def test_a_broken_story_leaves_neither_rows_nor_files(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = loader.content

    def broken(name):
        told = content(name)
        for row in told.get("story", []):
            for change in row.get("change", []):
                change["replace"] = [["words that nobody wrote", ""]]
        return told

    monkeypatch.setattr(loader, "content", broken)
    with pytest.raises(ValueError, match="words that nobody wrote"):
        loader.load(scale=0.1)
    assert not Column.objects.exists()
    assert not Photo.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
