"""How the database answers the public pages at 20,000 stories: through an index, never by reading them all."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import document
from articles.models import Article, Author, Column, Correction, Edition, EditionByline, EditionTag, Tag
from articles.pages import cursor
from tests.factories import PRINTED, make_author, make_column, make_tag

pytestmark = pytest.mark.django_db
STORIES = 20_000
# These begin at the newest of all stories: they walk down the index of all, once, and stop.
THE_WHOLE_SITE = ("/", "/feed/")
EMPTY = document.to_json(
    document.Document(
        headline="", dek="", kicker="", seo_title="", language="en", direction="ltr", column="", bylines=(), tags=(),
        lead=None, blocks=(), corrections=(),
    )
)  # fmt: skip
# What reads a whole table, and what sorts a whole river before its first page, in the words of either database.
READS_ALL = re.compile(r"(SCAN|Seq Scan on) articles_edition(tag|byline)?\b")
SORTS_ALL = re.compile(r"TEMP B-TREE FOR .*ORDER BY|Sort Key: [^\n]*(first_published_at|correction\.at)")


def lean_stories(columns: list[Column], tag: Tag, author: Author) -> list[Edition]:
    """Stories a minute apart, in turn in each column; every second has the tag, each the author."""
    number = range(STORIES)
    articles = Article.objects.bulk_create(
        (Article(headline=f"Story {n}", slug=f"story-{n}", column=columns[n % 2]) for n in number), batch_size=5000
    )
    editions = Edition.objects.bulk_create(
        (
            Edition(
                article=articles[n],
                number=1,
                document=EMPTY,
                headline=f"Story {n}",
                column=columns[n % 2],
                slug=f"story-{n}",
                path=f"/{columns[n % 2].slug}/2015/06/01/story-{n}/",
                first_published_at=PRINTED + timedelta(minutes=n),
                live_from=PRINTED + timedelta(minutes=n),
            )
            for n in number
        ),
        batch_size=5000,
    )
    EditionTag.objects.bulk_create(
        (EditionTag(edition=each, tag=tag, first_published_at=each.first_published_at) for each in editions[::2]),
        batch_size=5000,
    )
    EditionByline.objects.bulk_create(
        (EditionByline(edition=each, author=author, first_published_at=each.first_published_at) for each in editions),
        batch_size=5000,
    )
    with connection.cursor() as sql:
        sql.execute("ANALYZE")
    return editions


def lean_corrections(editions: list[Edition]) -> None:
    """One of each second story, when it was printed."""
    Correction.objects.bulk_create(
        (
            Correction(article=each.article, edition=each, kind="correction", text="No.", at=each.first_published_at)
            for each in editions[::2]
        ),
        batch_size=5000,
    )
    with connection.cursor() as sql:
        sql.execute("ANALYZE")


def plan(query: str) -> str:
    with connection.cursor() as sql:
        sql.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + query)
        return "\n".join(str(row[-1]) for row in sql.fetchall())


def test_no_page_reads_all_stories(client):
    columns = [make_column(shows="cards"), make_column("World", shows="cards")]
    editions = lean_stories(columns, make_tag("Labor"), make_author("Ines Corvald"))
    lean_corrections(editions)
    middle = editions[STORIES // 2]
    deep = f"?before={cursor.written(middle.first_published_at, middle.pk)}"
    lists = ["/", "/the-slatest/", "/tag/labor/", "/by/ines-corvald/"]
    gone = f"/the-slatest/2015/06/01/story-{STORIES}/"
    pages = [*lists, *(path + deep for path in lists), "/feed/", "/the-slatest/feed/", "/tag/labor/feed/",
             "/by/ines-corvald/feed/", f"/by/ines-corvald/feed/atom/{deep}", f"/feed/json/{deep}", middle.path,
             "/the-slatest/2015/", "/the-slatest/2015/06/", "/the-slatest/2015/06/04/",
             "/corrections/", "/corrections/" + deep, "/corrections/feed/", gone]  # fmt: skip
    asked: dict[str, str] = {}
    for path in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == (404 if path == gone else 200), path
        asked |= {query["sql"]: path for query in queries if "articles_edition" in query["sql"]}
    assert len(asked) > len(pages)
    for query, path in asked.items():
        assert "COUNT(" not in query.upper(), path
        how = plan(query)
        if path.removesuffix(deep) in THE_WHOLE_SITE:
            how = how.replace("SCAN articles_edition USING INDEX edition_front_river", "", 1)
        assert not READS_ALL.search(how), f"{path}\n{query}\n{how}"
        if 'first_published_at" DESC' in query or '"articles_correction"."at" DESC' in query:
            assert not SORTS_ALL.search(how), f"{path}\n{query}\n{how}"
    # And the words are those that this database uses.
    everything = "SELECT * FROM articles_edition WHERE headline = 'x'"
    assert READS_ALL.search(plan(everything))
    assert SORTS_ALL.search(plan(f"{everything} ORDER BY first_published_at, slug"))
