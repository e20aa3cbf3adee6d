"""Queries whose SQL is made once.

Building and compiling a QuerySet costs Django eight times what the database then takes to answer it, on every request
anew. A page asks the same few questions for ever, so each is written as a QuerySet, compiled when it is first asked,
and asked again with other values.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

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
        return iter(model._default_manager.raw(sql, parameters, translations=names))

    def prepared(self, values: dict[str, Any]) -> tuple[str, list]:
        """The SQL and the parameters for these values."""
        flat = dict(flattened(values))
        shape = (connection.vendor, *flat)
        if shape not in self.compiled:
            self.compiled[shape] = self.compile(values)
        sql, slots = self.compiled[shape]
        return sql, [adapted(flat[name]) if name else fixed for name, fixed in slots]

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


def together(askings: list[tuple[Question, dict[str, Any]]]) -> list[tuple]:
    """The answers to several questions for the same columns, in one query, as they come from the database.

    Django cannot join questions that each end with a LIMIT on SQLite: there each must stand in a subquery.
    """
    prepared = [question.prepared(values) for question, values in askings]
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part{number}" for number, (sql, _) in enumerate(prepared))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter for _, parameters in prepared for parameter in parameters])
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
