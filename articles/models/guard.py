"""The database itself refuses what must never be: triggers, on both databases, that say the same.

- An edition is rewritten by nobody. Two changes pass: `live_until` while it lies in the future, and a redaction, which
  empties the text for ever.
- Readers never see two editions of a story at one moment, nor one of a story that is killed, thrown away or under an
  embargo then; and no such thing befalls a story while they see it, or are to see it, without an end.
- A story's version never goes backwards, and no edition is deleted.

What a CHECK can say stands with the models; why each is here, and what is not, in decision 0015.
"""

# ruff: noqa: S608 — every name in the SQL is written here, and no value comes with it

from typing import NamedTuple

from articles.models.edition import Edition

# What a redaction empties, with the SQL value that each must have afterwards.
EMPTIED = {"headline": "''", "dek": "''", "kicker": "''", "summary": "''", "body": "''"}
# A redaction writes these too; `reason` says why from then on.
FREE = {"live_until", "redacted_at", "document", "lead", "reason", *EMPTIED}


class Dialect(NamedTuple):
    """The words in which the two databases differ. The minute forgives clocks of web hosts that differ a little."""

    differs: str
    minute_ago: str
    empty_document: str


SQLITE = Dialect(
    "IS NOT",
    "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 minute')",
    "'{}'",
)
POSTGRESQL = Dialect(
    "IS DISTINCT FROM",
    "clock_timestamp() - interval '1 minute'",
    "'{}'::jsonb",
)


class Trigger(NamedTuple):
    """A refusal before `event` on a table, when the SQL `condition` of OLD and NEW holds."""

    name: str
    event: str
    table: str
    condition: str
    refusal: str


def triggers(words: Dialect) -> list[Trigger]:
    return [
        Trigger(
            "edition_is_a_record",
            "UPDATE",
            "articles_edition",
            rewritten(words),
            "An edition is a record: only its end, while it lies in the future, or a redaction may be written.",
        ),
        Trigger(
            "edition_stays", "DELETE", "articles_edition", "true", "Editions are the record: they are never deleted."
        ),
        Trigger("edition_alone", "INSERT", "articles_edition", overlapping(), TWO_AT_ONCE),
        Trigger(
            "edition_alone_for_longer",
            "UPDATE",
            "articles_edition",
            f"OLD.live_until {words.differs} NEW.live_until AND {overlapping()}",
            TWO_AT_ONCE,
        ),
        Trigger(
            "edition_of_a_story_at_large",
            "INSERT",
            "articles_edition",
            f"""{seen("NEW")} AND EXISTS (
                SELECT 1 FROM articles_article WHERE id = NEW.article_id
                AND (stage = 'killed' OR trashed_at IS NOT NULL OR embargo_until > NEW.live_from))
                AND (NEW.live_until IS NULL OR NEW.live_until > {words.minute_ago})""",
            "A story that is killed, thrown away or under embargo then is not published.",
        ),
        Trigger(
            "article_still_read",
            "UPDATE",
            "articles_article",
            withheld(words),
            "Readers see this story, or are to see it: withdraw it, or cancel what waits.",
        ),
        Trigger(
            "article_goes_on",
            "UPDATE",
            "articles_article",
            "NEW.version < OLD.version",
            "The version of a story counts its saves: it never goes backwards.",
        ),
    ]


TWO_AT_ONCE = "Readers would see two editions of this story at one moment."


def rewritten(words: Dialect) -> str:
    """More than an end that lies in the future, or a redaction."""
    columns = [str(field.column) for field in Edition._meta.concrete_fields]
    fixed = " OR ".join(f"OLD.{name} {words.differs} NEW.{name}" for name in columns if name not in FREE)
    text = " OR ".join(
        f"OLD.{name} {words.differs} NEW.{name}" for name in [*EMPTIED, "document", "lead", "reason", "redacted_at"]
    )
    emptied = " AND ".join(f"NEW.{name} = {value}" for name, value in EMPTIED.items())
    redaction = (
        f"(OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND {emptied}"
        f" AND NEW.document = {words.empty_document} AND NEW.lead IS NULL)"
    )
    past = (
        f"OLD.live_until {words.differs} NEW.live_until AND"
        f" (OLD.live_until <= {words.minute_ago} OR (NEW.live_until < {words.minute_ago}))"
    )
    return f"({fixed}) OR (({text}) AND NOT {redaction}) OR ({past})"


def seen(edition: str) -> str:
    """An edition that is seen for a while: one that was cancelled ends where it begins."""
    return f"({edition}.live_until IS NULL OR {edition}.live_until > {edition}.live_from)"


def overlapping() -> str:
    return f"""{seen("NEW")} AND EXISTS (
        SELECT 1 FROM articles_edition o WHERE o.article_id = NEW.article_id AND o.number <> NEW.number AND {seen("o")}
        AND (o.live_until IS NULL OR o.live_until > NEW.live_from)
        AND (NEW.live_until IS NULL OR NEW.live_until > o.live_from))"""


def withheld(words: Dialect) -> str:
    """Killed, thrown away or put under an embargo while an edition is seen, or is to be, without an end.

    Whether one with an end has ended is a question of the clock, and the database has another than the verbs.
    """
    becomes = (
        f"(NEW.stage = 'killed' AND OLD.stage <> 'killed')"
        f" OR (NEW.trashed_at IS NOT NULL AND OLD.trashed_at IS NULL)"
        f" OR (NEW.embargo_until IS NOT NULL AND NEW.embargo_until {words.differs} OLD.embargo_until)"
    )
    return f"""({becomes}) AND EXISTS (
        SELECT 1 FROM articles_edition e WHERE e.article_id = NEW.id
        AND e.live_until IS NULL
        AND (NEW.stage = 'killed' OR NEW.trashed_at IS NOT NULL OR e.live_from < NEW.embargo_until))"""


def unguard(connection) -> None:
    """Take the triggers off SQLite, which knows no other way to remake or to empty the tables that they watch.

    Its ALTER TABLE refuses while a trigger names a table that is being remade, and its flush is a DELETE. PostgreSQL
    does both with the triggers in place.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for trigger in triggers(SQLITE):
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")


def guard(connection) -> None:
    """(Re)create the triggers."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for trigger in triggers(POSTGRESQL if on_postgresql else SQLITE):
            for statement in (for_postgresql if on_postgresql else for_sqlite)(trigger):
                cursor.execute(statement)


def for_sqlite(trigger: Trigger) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name}",
        f"""CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}
            WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{trigger.refusal}'); END""",
    ]


def for_postgresql(trigger: Trigger) -> list[str]:
    return [
        f"""CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF {trigger.condition} THEN
                RAISE EXCEPTION '{trigger.refusal}' USING ERRCODE = 'integrity_constraint_violation';
              END IF;
              RETURN NEW;
            END $$""",
        f"""CREATE OR REPLACE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}
           FOR EACH ROW EXECUTE FUNCTION {trigger.name}()""",
    ]
