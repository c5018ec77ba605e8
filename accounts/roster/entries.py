"""What a roster says, row by row, whatever form it came in."""

from dataclasses import dataclass
from datetime import date

from domain.people import Role


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class as the roster names it."""

    name: str
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Guardian:
    """A student's guardian in the student's row."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row. With a `problem` it is not taken; `notes` are what was left out of it or mended.

    `login` is an e-mail address or a user name. `ward_ids` are what the roster calls a guardian's children.
    `role` is None in a row that only says where somebody belongs.
    """

    line: int
    name: str = ""
    login: str = ""
    role: Role | None = Role.STUDENT
    classes: tuple[ClassName, ...] = ()
    external_id: str = ""
    born: date | None = None
    guardians: tuple[Guardian, ...] = ()
    ward_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything that was read. `form` says what it was: "csv" or "oneroster"."""

    form: str
    entries: tuple[Entry, ...]
