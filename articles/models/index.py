"""The index of the archive: what each edition is found by, kept where the database searches for it itself.

`articles_index` holds a row of tokens (articles.words) for each edition: on SQLite a contentless FTS5 table, on
PostgreSQL a tsvector with a GIN index. Both do one thing with it, which they do alike: find the rows that hold these
tokens and not those. No positions, no ranking, no tokenizing of theirs.
"""

# ruff: noqa: S608 — every name in the SQL is written here, every value is passed beside it

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import connection, models
from django.db.models.expressions import RawSQL

from articles.models.edition import Edition
from articles.words import HEADLINE, Term, Tokens

# A place is the printed minute and the edition's id: the index is kept in the order of the river, so that its newest
# rows are read first, and where a story stands needs no second look.
BITS = 31
MASK = 2**BITS - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TABLE = "articles_index"


def minute(printed: datetime) -> int:
    """Minutes since 1970; before that they are negative."""
    return int((printed - EPOCH).total_seconds() // 60)


class IndexCard(models.Model):
    """Says that an edition is in the index, and holds its words in order, in which a phrase is looked up."""

    place = models.BigIntegerField(primary_key=True)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="card")
    words = models.TextField()

    def __str__(self) -> str:
        return f"card of edition {self.edition_id}"


def file_cards(filed: Iterable[tuple[Edition, Tokens]]) -> None:
    """Put editions into the index, where they are not yet. Call it in the transaction that makes them."""
    cards = [(IndexCard(place=place_of(edition), edition=edition, words=said.words), said) for edition, said in filed]
    IndexCard.objects.bulk_create([card for card, _ in cards], batch_size=500)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = [(card.place, " ".join(sorted(said.tokens))) for card, said in cards]
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, tokens) VALUES (%s, %s)", rows)
        else:
            for part in (cards[start : start + 100] for start in range(0, len(cards), 100)):
                marks = ", ".join(["(%s, array_to_tsvector(%s::text[]))"] * len(part))
                values = [value for card, said in part for value in (card.place, sorted(said.tokens))]
                cursor.execute(f"INSERT INTO {TABLE} (place, tokens) VALUES {marks}", values)


def take_out(edition: Edition, said: Tokens) -> None:
    """Take an edition out of the index. `said` is what it was filed by: SQLite keeps the tokens nowhere else."""
    place = place_of(edition)
    if not IndexCard.objects.filter(pk=place).delete()[0]:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            values = (place, " ".join(sorted(said.tokens)))
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}, rowid, tokens) VALUES ('delete', %s, %s)", values)
        else:
            cursor.execute(f"DELETE FROM {TABLE} WHERE place = %s", [place])


def place_of(edition: Edition) -> int:
    return (minute(edition.first_published_at) << BITS) + edition.pk


def lay_index(connection) -> None:
    """Make the table where it is missing, and empty it when it holds rows of editions that are gone (a flush)."""
    statements = ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    if not IndexCard.objects.using(connection.alias).exists():
        empty_index(connection)


def is_bare(connection) -> bool:
    """Whether there are cards and no index for them: a database carried over row by row brings the cards alone."""
    # SQLite does not read a table through that keeps tokens alone; its own list of their pages is one like any other.
    listed = f"{TABLE}_idx" if connection.vendor == "sqlite" else TABLE
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {listed} LIMIT 1")
        return cursor.fetchone() is None and IndexCard.objects.using(connection.alias).exists()


def empty_index(connection) -> None:
    """Take everything out: what is then filed anew is all there is."""
    IndexCard.objects.using(connection.alias).all().delete()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")
        else:
            cursor.execute(f"DELETE FROM {TABLE}")


# The tokenizer does nothing but part them at spaces: all signs of ours are letters to it.
ON_SQLITE = [
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
        tokens, content='', detail='none', columnsize=0, tokenize="ascii tokenchars ':+^'")""",
]
ON_POSTGRESQL = [
    f"CREATE TABLE IF NOT EXISTS {TABLE} (place bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_tokens ON {TABLE} USING gin (tokens)",
    # The planner takes the tokens of a row, which lie out of line, for as cheap to look at as a number: it read all of
    # them for a rare word, 12 seconds at 100,000 stories. In here it has no choice but the index.
    f"""CREATE OR REPLACE FUNCTION {TABLE}_found(sought tsquery) RETURNS TABLE (place bigint) LANGUAGE sql STABLE
        SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
        SET max_parallel_workers_per_gather = 0
        AS $$ SELECT place FROM {TABLE} WHERE tokens @@ sought $$""",
]
# What the index finds between two places, newest first, as a table `found`; the values are the question in the words of
# the database and the two. OFFSET keeps PostgreSQL from looking at the editions first and sorting then.
FOUND = {
    "sqlite": f"(SELECT rowid AS place FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid >= %s AND rowid < %s) AS found",
    "postgresql": f"(SELECT place FROM {TABLE}_found(%s::tsquery) WHERE place >= %s AND place < %s"
    " ORDER BY place DESC OFFSET 0) AS found",
}
EDITION_FOUND = RawSQL(f"found.place & {MASK}", (), models.BigIntegerField())  # noqa: S611


class Sought:
    """A question to the index in the words of this database: `+` all of them, `|` any, `-` without."""

    def __init__(self, text: str):
        self.text = text

    @classmethod
    def token(cls, token: str) -> "Sought":
        # Tokens are letters, digits and our own signs; what could end the quotes is none of them.
        return cls(f'"{token}"' if connection.vendor == "sqlite" else f"'{token}'")

    @classmethod
    def any_of(cls, parts: Sequence["Sought"]) -> "Sought":
        return cls.joined(parts, " OR " if connection.vendor == "sqlite" else " | ")

    @classmethod
    def all_of(cls, parts: Sequence["Sought"]) -> "Sought":
        return cls.joined(parts, " AND " if connection.vendor == "sqlite" else " & ")

    @classmethod
    def joined(cls, parts: Sequence["Sought"], sign: str) -> "Sought":
        return parts[0] if len(parts) == 1 else cls(f"({sign.join(part.text for part in parts)})")

    @classmethod
    def term(cls, term: Term, mark: str = "") -> "Sought":
        """A term anywhere in a story, or in its headline with HEADLINE for a mark."""
        return cls.all_of([cls.any_of([cls.token(mark + each) for each in group]) for group in term.groups])

    @classmethod
    def in_headline(cls, term: Term) -> "Sought":
        return cls.term(term, HEADLINE)

    def without(self, others: Sequence["Sought"]) -> "Sought":
        if not others:
            return self
        sign = " NOT " if connection.vendor == "sqlite" else " & !"
        return Sought(f"({self.text}{sign}{self.any_of(others).text})")
