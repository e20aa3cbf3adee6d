"""The database itself refuses to rewrite an edition: a trigger, on both databases.

Two changes pass: `live_until` while it lies in the future, and a redaction, which empties the text for ever.
"""

from articles.models.edition import Edition

# What a redaction empties, with the SQL value that each must have afterwards.
EMPTIED = {"headline": "''", "dek": "''", "kicker": "''", "summary": "''", "body": "''"}
# A redaction writes these too; `reason` says why from then on.
FREE = {"live_until", "redacted_at", "document", "lead", "reason", *EMPTIED}
REFUSAL = "An edition is a record: only its end, while it lies in the future, or a redaction may be written."


def columns() -> list[str]:
    return [str(field.column) for field in Edition._meta.concrete_fields]


def condition(differs: str, minute_ago: str, empty_document: str) -> str:
    """The SQL condition under which an UPDATE is refused; `differs` is the null-safe inequality of the database."""
    fixed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns() if name not in FREE)
    text = " OR ".join(
        f"OLD.{name} {differs} NEW.{name}" for name in [*EMPTIED, "document", "lead", "reason", "redacted_at"]
    )
    emptied = " AND ".join(f"NEW.{name} = {value}" for name, value in EMPTIED.items())
    redaction = (
        f"(OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND {emptied}"
        f" AND NEW.document = {empty_document} AND NEW.lead IS NULL)"
    )
    # The minute forgives clocks that differ a little between the web hosts and the database.
    past = (
        f"OLD.live_until {differs} NEW.live_until AND"
        f" (OLD.live_until <= {minute_ago} OR (NEW.live_until < {minute_ago}))"
    )
    return f"({fixed}) OR (({text}) AND NOT {redaction}) OR ({past})"


def guard_editions(connection) -> None:
    """(Re)create the trigger on `articles_edition`."""
    statements = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def on_sqlite() -> list[str]:
    minute_ago = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 minute')"
    refused = condition("IS NOT", minute_ago, "'{}'")
    return [
        "DROP TRIGGER IF EXISTS edition_is_a_record",
        f"""CREATE TRIGGER edition_is_a_record BEFORE UPDATE ON articles_edition
            WHEN {refused} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    ]


def on_postgresql() -> list[str]:
    refused = condition("IS DISTINCT FROM", "clock_timestamp() - interval '1 minute'", "'{}'::jsonb")
    return [
        f"""CREATE OR REPLACE FUNCTION edition_is_a_record() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF {refused} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
              RETURN NEW;
            END $$""",
        """CREATE OR REPLACE TRIGGER edition_is_a_record BEFORE UPDATE ON articles_edition
           FOR EACH ROW EXECUTE FUNCTION edition_is_a_record()""",
    ]
