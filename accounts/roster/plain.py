"""Plain lists: a table with a row a person, under headers in any of several languages."""

import re
from collections.abc import Mapping, Sequence

from accounts.logins import LONGEST_NAME, is_email, is_user_name
from accounts.roster.births import Births
from accounts.roster.columns import column_of, role_of
from accounts.roster.entries import ClassName, Entry, Guardian
from accounts.roster.tables import Row, Table
from domain.errors import Invalid
from domain.people import Role

SIGNS_NOTE = "Formula signs were taken off."
_TORN = "A quotation mark in this row is not closed, so rows after it may be lost in it. Mend it and bring it again."
_LOST = "\ufffd"
_SEVERAL = re.compile(r"[;|,]")


def read_plain(table: Table) -> list[Entry]:
    """Read a list. Raises Invalid when no column holds names."""
    columns = _columns(table.headers)
    if not columns.keys() & {"name", "first_name", "last_name"}:
        raise Invalid(
            "The first line must name the columns, with “name”, or “first name” and “last name”, among them.",
            code="no_names",
        )
    dates = Births(cell for row in table.rows for cell in _cells(row, columns.get("born", ())))
    return [_entry(row, columns, dates) for row in table.rows]


def _columns(headers: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for index, header in enumerate(headers):
        column = column_of(header)
        if column:
            found[column] = (*found.get(column, ()), index)
    return found


def _cells(row: Row, indexes: Sequence[int]) -> list[str]:
    return [row.cells[index] for index in indexes if index < len(row.cells) and row.cells[index]]


def _entry(row: Row, columns: Mapping[str, Sequence[int]], dates: Births) -> Entry:
    cells = {column: _cells(row, indexes) for column, indexes in columns.items()}
    first = {column: found[0] for column, found in cells.items() if found}
    name, role = _name(first), role_of(first["role"]) if "role" in first else Role.STUDENT
    notes = [SIGNS_NOTE] if row.signs else []
    born = dates.read(first["born"]) if "born" in first else None
    if "born" in first and born is None:
        notes.append("The date of birth could not be read, so it was left out.")
    login, problem = _login(first)
    if row.is_torn:
        problem = _TORN
    elif role is None:
        problem = f"The role “{first['role'][:40]}” is none that is known here."
    return Entry(
        line=row.line,
        name=name,
        login=login,
        role=role,
        classes=tuple(ClassName(one) for cell in cells.get("class", ()) for one in _split(cell)),
        external_id=first.get("id", "")[:200],
        born=born,
        guardians=_guardians(cells),
        notes=tuple(notes),
        problem=problem or name_problem(name),
    )


def name_problem(name: str) -> str:
    """Say what is wrong with a name; empty when nothing is."""
    if not name:
        return "There is no name."
    if _LOST in name:
        return "Some letters of the name cannot be read. Save the file as UTF-8 and bring it again."
    return "The name is too long." if len(name) > LONGEST_NAME else ""


def _name(first: Mapping[str, str]) -> str:
    name, before, after = first.get("name", ""), first.get("first_name", ""), first.get("last_name", "")
    if name and not (before and after):
        # "Name" beside a first name is the last name, beside a last name the first
        before, after = (before, name) if before else (name if after else "", after)
    if before or after:
        return " ".join(part for part in (before, first.get("infix", ""), after) if part)
    last, comma, rest = name.partition(",")
    return f"{rest.strip()} {last.strip()}".strip() if comma and "," not in rest else name


def _login(first: Mapping[str, str]) -> tuple[str, str]:
    """Give the e-mail address, or else the user name, and what is wrong with it."""
    email, user_name = first.get("email", ""), first.get("user_name", "")
    if email:
        email = email.removeprefix("mailto:")
        return (email, "") if is_email(email) else ("", f"“{email[:60]}” is no e-mail address.")
    if user_name and not (is_user_name(user_name) or is_email(user_name)):
        return "", f"“{user_name[:60]}” can be no user name: 4 to 64 letters, digits, dots and dashes."
    return user_name, ""


def _guardians(cells: Mapping[str, Sequence[str]]) -> tuple[Guardian, ...]:
    emails = [one for cell in cells.get("guardian_email", ()) for one in _split(cell.replace(" ", ","))]
    names = list(cells.get("guardian_name", ()))
    names = names if len(names) == len(emails) else []
    return tuple(Guardian(email, names[at] if names else "") for at, email in enumerate(dict.fromkeys(emails)))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(cell) if part.strip()]
