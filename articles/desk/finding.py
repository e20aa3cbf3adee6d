"""Stories at the desk by their words: what was printed through the index, what was not by looking."""

# ruff: noqa: S608 — every name in the SQL is written here, every value is passed beside it

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from articles.models import Article, Edition
from articles.models.article import Stage
from articles.models.index import EDITION_OF_PLACE, FOUND, Sought
from articles.pages.hits import FIRST, LAST, worded
from articles.words import asked

# As many as a list can show. Whoever finds more narrows the search.
MOST = 2_000
# Approved, and not yet shown to anybody.
UNPRINTED = Q(stage=Stage.READY, first_published_at=None)
LOOKED_AT = ("headline", "dek", "kicker", "body", "note")


def found(words: str, among: QuerySet[Article]) -> Q:
    """The condition of the articles among these that hold all these words: in any edition, printed or planned, or in
    a working copy that was not printed as it stands. Two queries. Raises nothing, whatever was typed.

    What a filter leaves is sought in all of the archive, not in as much of it as a list can show.
    """
    plain = words.replace("\0", " ")[:500]
    return Q(pk__in={*in_editions(plain, among), *in_working_copies(plain, among)})


def in_editions(words: str, among: QuerySet[Article]) -> list[int]:
    said = asked(words)
    if not said.wanted:
        return []
    wanted = Sought.all_of([Sought.term(term) for term in said.wanted])
    sought = wanted.without([Sought.term(term) for term in said.unwanted if not term.exact])
    theirs = Edition.objects.filter(article__in=among.order_by().values("pk")).order_by().values("pk")
    try:
        of_them, values = theirs.query.sql_with_params()
    except EmptyResultSet:
        return []
    where, exactly = worded(said)
    # Two lists, intersected: asked of each hit in turn, it read all the stories that a word finds, for four seconds.
    sql = (
        f"SELECT edition.article_id FROM (SELECT {EDITION_OF_PLACE} AS id FROM {FOUND[connection.vendor]}"
        f" WHERE {' AND '.join(where) or 'TRUE'} INTERSECT {of_them} ORDER BY 1 DESC LIMIT {MOST}) AS hit"
        f" JOIN {Edition._meta.db_table} AS edition ON edition.id = hit.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [sought.text, FIRST, LAST, *exactly, *values])
        return [pk for (pk,) in cursor.fetchall()]


def in_working_copies(words: str, among: QuerySet[Article]) -> list[int]:
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
    unprinted = among.filter(Q(stage__in=[Stage.DRAFT, Stage.REVIEW, Stage.KILLED]) | UNPRINTED)
    return list(unprinted.filter(holds).order_by("-modified_at").values_list("pk", flat=True)[:MOST])
