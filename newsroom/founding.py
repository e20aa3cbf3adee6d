"""The first day of a newsroom: its name, its zone, its first column and the account that makes all others."""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Article, Column
from articles.models.names import slug_from
from newsroom.settings import kept_answers, zone


def checked_name(name: str) -> str:
    """The newsroom's name, one line of at most 80 characters. Raises ValidationError."""
    name = name.strip()
    if not name or len(name) > 80 or not name.isprintable():
        raise ValidationError("A newsroom's name is one line of 1 to 80 characters.")
    return name


def checked_zone(name: str) -> str:
    """A name of the tz database. Raises ValidationError."""
    try:
        return zone(name.strip())
    except ValueError as error:
        raise ValidationError(f"Time zone: {error}; write one such as Europe/Berlin.") from error


def check_empty() -> None:
    """Raise ValidationError when there are stories: the dates in their addresses were made in the zone they have."""
    if Article.objects.exists():
        raise ValidationError(
            "There are stories here already, perhaps the demo's, and newsroom_setup is for an empty newsroom. To begin "
            "again from nothing: stop the server, remove var/ (or empty the database), and start with DEMO=0 make run."
        )


def checked_column(name: str, slug: str = "") -> Column:
    """The column, not yet saved. Raises ValidationError when it exists or its address is taken or reserved."""
    slug = slug.strip() or slug_from(name, otherwise="")
    if name.strip() and not slug:
        raise ValidationError(
            f"The column “{name.strip()}” has no Latin letters to make an address of: name one with "
            "--column-slug, such as --column-slug news."
        )
    column = Column(name=name.strip(), slug=slug)
    column.full_clean()
    return column


def checked_account(username: str, email: str, password: str) -> User:
    """The first account, not yet saved. Raises ValidationError: name taken, address malformed, password weak."""
    user = User(username=username.strip(), email=email.strip(), is_staff=True, is_superuser=True)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    return user


def found(
    *, name: str, zone_name: str, column: str, username: str, email: str, password: str, column_slug: str = ""
) -> tuple[Column, User]:
    """Make the column and the account and keep name and zone in `var/newsroom.env`: all of it or nothing.

    Raises ValidationError with a sentence for each thing that is wrong.
    """
    answers = {"NEWSROOM_NAME": checked_name(name), "TIME_ZONE": checked_zone(zone_name), "DEMO": "0"}
    with transaction.atomic():
        check_empty()
        first_column = checked_column(column, column_slug)
        account = checked_account(username, email, password)
        first_column.save()
        account.save()
        account.groups.add(Group.objects.get(name="Managing editors"))
        keep_answers(answers)  # last: when the file cannot be written, the rows go too
    return first_column, account


def keep_answers(answers: dict[str, str]) -> Path:
    """Write the answers to `var/newsroom.env`, beside what stands there already; in one step, so never half a file."""
    lines = [f"{key}={value}\n" for key, value in (kept_answers() | answers).items()]
    settings.ENV_FILE.parent.mkdir(parents=True, exist_ok=True)
    draft = settings.ENV_FILE.with_suffix(".draft")
    draft.write_text("".join(lines), encoding="utf-8")
    os.replace(draft, settings.ENV_FILE)
    return settings.ENV_FILE
