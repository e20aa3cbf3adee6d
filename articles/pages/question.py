"""Queries whose SQL is made once.

Building and compiling a QuerySet costs Django eight times what the database then takes to answer it, on every request
anew. A page asks the same few questions for ever, so each is written as a QuerySet, compiled when it is first asked,
and asked again with other values.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

LONG_AGO = datetime(1000, 1, 1, tzinfo=UTC)


class Question:
    """`ask(**values)` gives the QuerySet. Its values are numbers, words, moments, and lists of numbers.

    The shape of the QuerySet may depend only on which values are given and on how long the lists are.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        self.ask = ask
        self.compiled: dict[tuple, tuple[str, list[tuple[str | None, Any]]]] = {}

    def rows(self, **values: Any) -> list[tuple]:
        """The answer as it comes from the database: for numbers and words, which need no conversion."""
        sql, parameters = self.prepared(values)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def instances(self, model: type[Model], names: dict[str, str] | None = None, **values: Any) -> Iterator[Any]:
        """The answer as rows of a model; fields that were not selected are deferred.

        `names` says which field a selected column is, where it is called otherwise.
        """
        sql, parameters = self.prepared(values)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            columns = tuple(column[0] for column in cursor.description)
            rows = cursor.fetchall()
        if names:
            columns = tuple(names.get(column, column) for column in columns)
        return made(model, columns, rows)

    def prepared(self, values: dict[str, Any]) -> tuple[str, list]:
        """The SQL and the parameters for these values."""
        sql, slots = self.found(values)
        said = {name: adapted(value) for name, value in flattened(values)}
        return sql, [said[name] if name else fixed for name, fixed in slots]

    def for_each(self, name: str, numbers: list[int], **values: Any) -> list[tuple[str, list]]:
        """The same for the question asked with each of these numbers: as parts for `together`.

        PostgreSQL plans whatever comes, each time; five questions under five tags took it a millisecond. This it plans
        once.
        """
        if not numbers:
            return []
        asked = {name: numbers[0], **values}
        sql, parameters = self.prepared(asked)
        names = [slot for slot, _ in self.found(asked)[1]]
        said = list(zip(names, parameters, strict=True))
        if connection.vendor == "sqlite":
            return [(sql, [number if slot == name else value for slot, value in said]) for number in numbers]
        start, *rest = sql.split("%s")
        inner = start + "".join(
            ("each.number" if slot == name else "%s") + piece for slot, piece in zip(names, rest, strict=True)
        )
        others = [value for slot, value in said if slot != name]
        once = f"SELECT one.* FROM unnest(%s::bigint[]) AS each (number), LATERAL ({inner}) AS one"  # noqa: S608
        return [(once, [numbers, *others])]

    def found(self, values: dict[str, Any]) -> tuple[str, list[tuple[str | None, Any]]]:
        """What was compiled for values of this shape, the first time or now."""
        shape = (connection.vendor, *(name for name, _ in flattened(values)))
        if shape not in self.compiled:
            self.compiled[shape] = self.compile(values)
        return self.compiled[shape]

    def compile(self, values: dict[str, Any]) -> tuple[str, list[tuple[str | None, Any]]]:
        """The SQL, and for each parameter the name of the value that stands there, or what stands there always."""
        marks = {name: mark(number, value) for number, (name, value) in enumerate(flattened(values))}
        marked = {
            name: [marks[f"{name}.{n}"] for n in range(len(value))] if isinstance(value, list) else marks[name]
            for name, value in values.items()
        }
        sql, parameters = self.ask(**marked).query.sql_with_params()
        names = {adapted(value): name for name, value in marks.items()}
        return sql, [(names.get(parameter), parameter) for parameter in parameters]


def made(model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple]) -> Iterator[Any]:
    """Rows of a model of what came from the database; columns that are no fields of it become attributes, too.

    Django's own way asks all fields of each row whether they were selected, and tells two signals that nobody hears.
    """
    attributes, conversions = reading(connection.vendor, model, columns)
    for row in rows:
        said = dict(zip(attributes, row, strict=True))
        for attribute, convert, expression in conversions:
            said[attribute] = convert(said[attribute], expression, connection)
        instance: Any = model.__new__(model)
        instance._state = ModelState()
        instance._state.adding, instance._state.db = False, DEFAULT_DB_ALIAS
        instance.__dict__.update(said)
        yield instance


@cache
def reading(
    vendor: str, model: type[Model], columns: tuple[str, ...]
) -> tuple[list[str], list[tuple[str, Callable, Any]]]:
    """What the columns of an answer are called on the model, and how some become values, as Django has it."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    conversions = []
    for field in (fields[column] for column in columns if column in fields):
        expression = field.get_col(model._meta.db_table)
        converters = connection.ops.get_db_converters(expression) + expression.get_db_converters(connection)
        conversions += [(field.attname, convert, expression) for convert in converters]
    return [fields[column].attname if column in fields else column for column in columns], conversions


def together(parts: Sequence[tuple[str, list]]) -> list[tuple]:
    """The answers to several questions for the same columns, in one query, as they come from the database.

    Django cannot join questions that each end with a LIMIT on SQLite: there each must stand in a subquery.
    """
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part{number}" for number, (sql, _) in enumerate(parts))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter for _, parameters in parts for parameter in parameters])
        return cursor.fetchall()


def flattened(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, list):
            yield from ((f"{name}.{number}", part) for number, part in enumerate(value))
        else:
            yield name, value


def mark(number: int, value: Any) -> Any:
    """A value of the same type that nothing else in a query has."""
    if isinstance(value, datetime):
        return LONG_AGO + timedelta(days=number)
    if isinstance(value, int):
        return -1_000_000_000 - number
    return f"\ue000{number}"


def adapted(value: Any) -> Any:
    """As the database driver takes it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
