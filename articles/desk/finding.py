"""Stories at the desk by their words: what was printed through the index, what was not by looking."""

# ruff: noqa: S608 — every name in the SQL is written here, every value is passed beside it

from django.db import connection
from django.db.models import Q

from articles.models import Article, Edition
from articles.models.article import Stage
from articles.models.index import EDITION_OF_PLACE, FOUND, Sought
from articles.pages.hits import FIRST, LAST
from articles.words import asked

# As many as a list can show. Whoever finds more narrows the search.
MOST = 2_000
# Approved, and not yet shown to anybody.
UNPRINTED = Q(stage=Stage.READY, first_published_at=None)
LOOKED_AT = ("headline", "dek", "kicker", "body", "note")


def found(words: str) -> Q:
    """The condition of articles that hold all these words: in any edition, printed or planned, or in a working copy
    that was not printed as it stands. Two queries. Raises nothing, whatever was typed."""
    plain = words.replace("\0", " ")[:500]
    return Q(pk__in={*in_editions(plain), *in_working_copies(plain)})


def in_editions(words: str) -> list[int]:
    said = asked(words)
    if not said.wanted:
        return []
    wanted = Sought.all_of([Sought.term(term) for term in said.wanted])
    sought = wanted.without([Sought.term(term) for term in said.unwanted if not term.exact])
    sql = (
        f"SELECT edition.article_id FROM {FOUND[connection.vendor]} JOIN {Edition._meta.db_table} AS edition"
        f" ON edition.id = {EDITION_OF_PLACE} ORDER BY found.place DESC LIMIT {MOST}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [sought.text, FIRST, LAST])
        return [pk for (pk,) in cursor.fetchall()]


def in_working_copies(words: str) -> list[int]:
    """Drafts, and live stories with changes that readers do not see: few, and in no index."""
    holds = Q()
    for word in words.replace('"', " ").split()[:12]:
        if not word.startswith("-"):
            either = Q()
            for name in LOOKED_AT:
                either |= Q(**{f"{name}__icontains": word})
            holds &= either
    if not holds:
        return []
    unprinted = Article.objects.filter(Q(stage__in=[Stage.DRAFT, Stage.REVIEW, Stage.KILLED]) | UNPRINTED)
    return list(unprinted.filter(holds).order_by("-modified_at").values_list("pk", flat=True)[:MOST])
