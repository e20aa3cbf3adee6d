"""Who gets what from every address under /admin/: each role, each kind of story, read and sent to.

The tables are the law: nothing here asks the product who may. An address that the resolver knows and no table names
is a failure, and so is a row whose address is gone. Beside the status of each cell two things are held: nobody reads
the words of a story that is closed to them, and nothing that is closed to them changes.
"""

import logging
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from articles.models import Article
from tests.desk.matrix import FORMS, ROLES, Cast, Writes, addresses, make_cast, named

# Which stories are open to whom. own: a draft of one's own; bin: one's own in the trash; other: a colleague's draft;
# live: a colleague's, on the site, changed since; held: a colleague's under embargo, planned; trash: a colleague's.
OPENS = {
    "S": "",
    "N": "",
    "R": "own bin",
    "E": "own bin other live trash held",
    "P": "own bin other live trash",
    "T": "own bin other live trash",
    "M": "own bin other live trash held",
}

# Address | what is sent | GET | POST. "200 REM" gives these roles 200; "200 EM:bin" for these stories alone. Whoever
# is not named gets 403, and so does who is named for a story that is closed to them; "!" holds for closed ones, too.
# A stranger (S) who is not named is asked to log in. A second form of one address is not read again (").
HOUSE = """
                                         |              | 200 NREPTM            | 200 NREPTM
login/                                   |              | 200 S 302 NREPTM      | 200 SNREPTM
logout/                                  |              | 302 S 405 NREPTM      | 302 S 200 NREPTM
password_change/                         | own password | 200 NREPTM            | 302 NREPTM
password_change/done/                    |              | 200 NREPTM            | 405 NREPTM
autocomplete/                            |              | 200 M                 | 405 NREPTM
jsi18n/                                  |              | 200 NREPTM            | 405 NREPTM
r/<type>/<row>/                          |              | 404 NREPTM            | 404 NREPTM
<app>/                                   |              | 200 REPTM 404 N       | 200 REPTM 404 N
<anything>                               |              | 404 NREPTM            | 404 NREPTM
auth/user/<row>/password/                | password     | 200 M                 | 302 M
articles/article/                        |              | 200 REPTM             | 200 REPTM
articles/article/                        | move_them    | "                     | 302 REM 200 PT
articles/article/                        | copy_them    | "                     | 302 REM 200 PT
articles/article/                        | put_them_away| "                     | 302 REM 200 PT
articles/article/                        | take_them_out| "                     | 302 REM 200 PT
articles/article/add/                    | story        | 200 REM               | 302 REM
articles/article/add/                    | _publish     | "                     | 302 EM
articles/article/checks/                 | story        | 405 NREPTM            | 200 REM
articles/article/add/preview/            | story        | 405 NREPTM            | 200 REM
articles/article/add/recovery/           | page         | 405 NREPTM            | 200 REM
articles/article/recovery/discard/       | page         | 405 REM               | 302 REM
articles/article/embed/photo/<photo>/    |              | 200 REPTM             | 405 REPTM
articles/article/embed/photo/<photo>/<sha>.jpg |        | 200 REPTM             | 405 REPTM
articles/article/embed/photos/           |              | 200 REM               | 405 REM
articles/article/embed/photos/upload/    |              | 405 REM               | 400 REM
articles/article/embed/tweet/<tweet>/    |              | 200 REM               | 405 REM
articles/article/embed/tweets/           |              | 200 REM               | 405 REM
articles/article/embed/tweets/capture/   | tweet        | 405 REM               | 200 REM
articles/article/embed/photo/<photo>/words/ |           | 405 REM               | 200 REM
articles/article/embed/tweet/<tweet>/words/ |           | 405 REM               | 200 REM
articles/article/embed/slug/             |              | 200 REM               | 405 REM
articles/article/embed/tags/             |              | 200 REM               | 405 REM
articles/article/embed/authors/          |              | 200 REM               | 405 REM
articles/edition/                        |              | 200 REPTM             | 200 REPTM
articles/edition/add/                    |              |                       |
articles/correction/                     |              | 200 REPTM             | 200 REPTM
articles/correction/add/                 |              |                       |
articles/slot/                           | front        | 200 REPTM             | 302 EM
articles/slot/preview/                   | front        | 405 EM                | 200 EM
articles/slot/stories/                   |              | 200 EM                | 405 EM
"""

STORIES = """
articles/article/<story>/                |              | 302 NREPTM!           | 302 NREPTM!
articles/article/<story>/change/         | story        | 200 REPTM             | 302 REM
articles/article/<story>/change/         | _publish     | "                     | 302 EM
articles/article/<story>/change/         | _update      | "                     | 302 EM
articles/article/<story>/change/         | _schedule    | "                     | 302 EM
articles/article/<story>/change/         | _reschedule  | "                     | 302 EM
articles/article/<story>/change/         | _cancel      | "                     | 302 EM
articles/article/<story>/change/         | _until       | "                     | 302 EM
articles/article/<story>/change/         | _keep        | "                     | 302 EM
articles/article/<story>/change/         | _withdraw    | "                     | 302 EM
articles/article/<story>/change/         | _reprint     | "                     | 302 EM
articles/article/<story>/change/         | _embargo     | "                     | 302 REM
articles/article/<story>/change/         | _lift        | "                     | 302 EM
articles/article/<story>/change/         | _approve     | "                     | 302 EM
articles/article/<story>/change/         | _send_back   | "                     | 302 EM
articles/article/<story>/change/         | _kill        | "                     | 302 EM
articles/article/<story>/change/         | _revive      | "                     | 302 EM
articles/article/<story>/change/         | _undo        | "                     | 302 EM
articles/article/<story>/change/         | _submit      | "                     | 302 REM
articles/article/<story>/change/         | override     | "                     | 302 M
articles/article/<story>/checks/         | story        | 405 NREPTM!           | 200 REM
articles/article/<story>/recovery/       | page         | 405 NREPTM!           | 200 REM
articles/article/<story>/presence/       |              | 405 NREPTM!           | 200 REM
articles/article/<story>/history/        |              | 200 REPTM             | 200 REPTM
articles/article/<story>/delete/         | yes          | 200 EM:bin,trash      | 302 EM:bin,trash
articles/article/<story>/copy/           |              | 405 NREPTM!           | 302 REM
articles/article/<story>/trash/          |              | 405 NREPTM!           | 302 REM
articles/article/<story>/restore/        |              | 405 NREPTM!           | 302 REM
articles/article/<story>/preview/        | story        | 405 NREPTM!           | 200 REM
articles/article/<story>/proofs/         | reader       | 200 REM               | 302 REM
articles/article/<story>/proofs/<proof>/revoke/ |       | 405 NREPTM!           | 302 REM
articles/article/<story>/history/compare/|              | 200 REPTM:live,held 404 REPTM | 405 NREPTM!
articles/article/<story>/editions/<number>/         |   | 200 REPTM:live,held 404 REPTM | 405 NREPTM!
articles/article/<story>/editions/<number>/again/   | reason    | 405 NREPTM! | 302 EM:live,held 404 EM
articles/article/<story>/editions/<number>/take-up/ | version   | 405 NREPTM! | 302 REM:live,held 404 REM
articles/edition/<edition>/              |              | 302 NREPTM!           | 302 NREPTM!
articles/edition/<edition>/change/       |              | 200 REPTM             |
articles/edition/<edition>/history/      |              | 200 REPTM             | 200 REPTM
articles/edition/<edition>/delete/       | yes          |                       |
articles/edition/<edition>/redact/       | reason       | 405 NREPTM!           | 302 M
articles/correction/<correction>/        |              | 302 NREPTM!           | 302 NREPTM!
articles/correction/<correction>/change/ |              | 200 REPTM             |
articles/correction/<correction>/history/|              | 200 REPTM             | 200 REPTM
articles/correction/<correction>/delete/ | yes          |                       |
"""

# The stock admin's screens of a model: who sees the list, a row and its history, who adds, changes, deletes; and the
# forms that are sent to make and to change one.
MODELS = """
model           | see    | add  | change | delete | new         | changed
auth/group      | M      |      |        |        | name        | name
auth/user       | M      | M    | M      |        | new account | account
articles/column | REPTM  | M    | EM     |        | slugged     | slugged
articles/author | REPTM  | EM   | EM     |        | slugged     | slugged
articles/tag    | REPTM  | ETM  | ETM    | ETM    | slugged     | slugged
media/photo     | REPTM  | REPM | EPM    | PM     | new photo   | photo
media/tweet     | REPTM  | REPM | REPM   |        | post        | post
media/agency    | REPTM  | EPM  | PM     |        | name        | name
"""


@dataclass(frozen=True)
class Row:
    address: str
    form: str
    cells: dict[str, str]  # by method: "200 REM 404 N"

    def family(self) -> str:
        """What the address is about: "story", "edition", "correction", or nothing of the kind."""
        return next((name for name in ("story", "edition", "correction") if f"<{name}>" in self.address), "")

    def expected(self, method: str, role: str, kind: str) -> int:
        for status, who in re.findall(r"(\d{3}) (\S+)", self.cells[method]):
            roles, _, kinds = who.partition(":")
            named = role in roles and (not kinds or kind in kinds.split(","))
            if named and (not kind or roles.endswith("!") or kind in OPENS[role].split()):
                return int(status)
            if named and self.family() != "story" and kind == "own" and OPENS[role]:
                return int(status)
        return 302 if role == "S" else 403

    def __str__(self) -> str:
        return f"{self.address} {self.form}".strip() or "the front of the desk"


def table(text: str) -> Iterator[list[str]]:
    return ([cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines())


def rows() -> Iterator[Row]:
    for address, form, get, post in [*table(HOUSE), *table(STORIES)]:
        yield Row(address, form, {"GET": get, "POST": post})
    for model, see, add, change, delete, new, changed in list(table(MODELS))[1:]:
        for place, form, get, post in (
            ("", "", f"200 {see}", f"200 {see}"),
            ("add/", new, f"200 {add}", f"302 {add}"),
            ("<row>/", "", "302 NREPTM", "302 NREPTM"),
            ("<row>/change/", changed, f"200 {see}", f"302 {change}"),
            ("<row>/history/", "", f"200 {see}", f"200 {see}"),
            ("<row>/delete/", "yes", f"200 {delete}", f"302 {delete}"),
        ):
            yield Row(f"{model}/{place}", form, {"GET": get, "POST": post})


ROWS = list(rows())


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """One cast for the whole matrix; every cell is taken back."""
    logging.disable(logging.CRITICAL)  # of a thousand refusals each would be told with its traceback
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def filled(cast: Cast, address: str, pk: int | None) -> str:
    """The address with numbers in the place of names."""
    rows = cast.rows
    model = getattr(rows, address.split("/")[1], None) if address.count("/") > 1 else None
    values = {
        "type": rows.article_type,
        "app": "articles",
        "number": 1,
        "anything": "nothing/here/",
        "photo": rows.photo.pk,
        "tweet": rows.tweet.pk,
        "sha": rows.photo.sha256,
        "proof": cast.proofs.get(pk or 0),
        "row": model.pk if model else next(iter(cast.words)),
    } | dict.fromkeys(["story", "edition", "correction"], pk)
    return "/admin/" + re.sub(r"<(\w+)>", lambda found: str(values[found[1]]), address)


# What an address is asked with, where it asks for something.
ASKED = {
    "autocomplete/": {"app_label": "articles", "model_name": "author", "field_name": "user", "term": "g"},
    "articles/article/<story>/history/compare/": {"from": "1", "to": "1"},
}


def ask(cast: Cast, row: Row, method: str, role: str, pk: int | None):
    """The answer and what was written; whatever was done is taken back."""
    person = cast.people[role]
    person.client.cookies.load(person.cookies)
    closed = closed_to(cast, role)
    with transaction.atomic(), Writes() as written:
        before = standing(closed)
        address = filled(cast, row.address, pk)
        if method == "GET":
            answer = person.client.get(address, ASKED.get(row.address, {}))
        else:
            answer = person.client.post(address, FORMS[row.form](cast, pk))
        changed = standing(closed) != before
        transaction.set_rollback(True)
    person.client.cookies.load(person.cookies)
    return answer, written, changed


def standing(articles: Collection[int]) -> list[tuple]:
    return list(Article.objects.filter(pk__in=articles).order_by("pk").values_list())


def closed_to(cast: Cast, role: str) -> dict[int, str]:
    """The stories that somebody may not open, and their words."""
    kinds = OPENS[role].split()
    held = cast.shared["story"]["held"]

    def is_open(pk: int) -> bool:
        if cast.own.get(pk) == role:
            return "own" in kinds
        # A role's own stories are every other role's "other".
        return ("held" if pk == held else "other") in kinds

    return {pk: words for pk, words in cast.words.items() if not is_open(pk)}


def wrong(cast: Cast, row: Row, method: str, role: str, kind: str) -> str:
    """What is wrong with a cell, "" when nothing is."""
    pk = cast.things(role, row.family()).get(kind) if kind else None
    answer, written, changed = ask(cast, row, method, role, pk)
    expected = row.expected(method, role, kind)
    cell = f"{method} {row} by {role}, {kind or 'no story'}: "
    if answer.status_code != expected:
        return f"{cell}{answer.status_code}, not {expected}"
    if (
        role == "S"
        and row.address != "logout/"
        and expected == 302
        and not answer.headers["Location"].startswith("/admin/login/")
    ):
        return f"{cell}no login"
    if expected in (403, 404, 405) and written:
        return f"{cell}refused, and yet {written}"
    if changed:
        return f"{cell}changed a story that is closed to them"
    page = answer.content.decode(errors="replace")
    leaked = [words for words in closed_to(cast, role).values() if words in page]
    return f"{cell}shows {leaked}" if leaked else ""


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_is_theirs(cast, row):
    found = []
    for role in ROLES:
        family = row.family()
        kinds = cast.things(role, family) if family else [""]
        methods = [method for method, cell in row.cells.items() if cell != '"']
        found += [wrong(cast, row, method, role, kind) for method in methods for kind in kinds]
    assert list(filter(None, found)) == []


def test_every_address_has_a_row_and_every_row_an_address():
    known = {named(route) for route in addresses()}
    assert known ^ {row.address for row in ROWS} == set()
