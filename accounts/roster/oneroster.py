"""OneRoster 1.1 and 1.2 as CSV: users, and where they belong.

Only what Margent needs is read: users, roles, enrollments, classes, orgs, months of birth. A record that is
`tobedeleted`, or a user who is not enabled, is reported and not taken: accounts are ended by people.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from accounts.logins import is_email, is_user_name
from accounts.roster.births import Births
from accounts.roster.columns import role_of
from accounts.roster.entries import ClassName, Entry
from accounts.roster.oneroster_columns import file_of
from accounts.roster.plain import SIGNS_NOTE, name_problem
from accounts.roster.tables import Table
from domain.errors import Invalid
from domain.people import Role

Record = Mapping[str, str]
_LEFT = "The file says that this person has left. Accounts are ended on the person's page, not by a roster."
_SIGNS = "\x00signs"
_LINE = "\x00line"


@dataclass(slots=True)
class _Set:
    """The records of a set of files, by file."""

    records: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))

    def active(self, name: str) -> Iterator[Record]:
        """Yield the records of a file that are not to be deleted."""
        return (record for record in self.records[name] if _is_active(record))


def is_oneroster(tables: Sequence[Table]) -> bool:
    """Whether these are files of OneRoster."""
    return any(file_of(table.headers) for table in tables)


def read_oneroster(tables: Sequence[Table], school_name: str) -> list[Entry]:
    """Read a set of files; of several schools in it, the one of this name.

    Raises Invalid when there are neither users nor enrollments, or several schools and none of the name.
    """
    found = _Set()
    for table in tables:
        found.records[file_of(table.headers)].extend(_records(table))
    if not (found.records["users"] or found.records["enrollments"]):
        raise Invalid("There is no users.csv and no enrollments.csv in this. Pack the files together.", code="empty")
    org_ids = _org_ids(found, school_name)
    places = _places(found)
    if not found.records["users"]:
        return [Entry(line, role=None, external_id=one, classes=classes) for one, (line, classes) in places.items()]
    return list(_entries(found, org_ids, places))


def _entries(
    found: _Set, org_ids: frozenset[str], places: Mapping[str, tuple[int, tuple[ClassName, ...]]]
) -> Iterator[Entry]:
    roles, orgs = _roles(found)
    wards = _wards(found)
    dates = Births(record.get("birthdate", "") for record in found.records["demographics"])
    born = {record["sourcedid"]: dates.read(record.get("birthdate", "")) for record in found.active("demographics")}
    for record in found.records["users"]:
        user_id = record["sourcedid"]
        its_orgs = {*_ids(record, "orgsourcedids"), *_ids(record, "primaryorgsourcedid"), *orgs[user_id]}
        if org_ids and its_orgs and not its_orgs & org_ids:
            continue
        entry = _entry(record, record.get("role") or roles.get(user_id, ""))
        yield replace(
            entry,
            classes=places.get(user_id, (0, ()))[1],
            born=born.get(user_id) if entry.role is Role.STUDENT else None,
            ward_ids=tuple(sorted(wards[user_id])) if entry.role is Role.GUARDIAN else (),
        )


def _entry(record: Record, role_word: str) -> Entry:
    given = record.get("preferredgivenname") or record.get("givenname", "")
    family = record.get("preferredfamilyname") or record.get("familyname", "")
    name, role = f"{given} {family}".strip(), role_of(role_word)
    email, user_name = record.get("email", ""), record.get("username", "")
    problem = name_problem(name)
    if not record["sourcedid"]:
        problem = "There is no sourcedId."
    elif role is None:
        problem = f"The role “{role_word[:40]}” is none that is known here." if role_word else "There is no role."
    elif email and not is_email(email):
        problem = f"“{email[:60]}” is no e-mail address."
    elif not _is_active(record) or record.get("enableduser", "").casefold() == "false":
        problem = _LEFT
    return Entry(
        line=int(record[_LINE]),
        name=name,
        login=email or (user_name if is_user_name(user_name) or is_email(user_name) else ""),
        role=role,
        external_id=record["sourcedid"],
        notes=(SIGNS_NOTE,) if record[_SIGNS] else (),
        problem=problem,
    )


def _records(table: Table) -> Iterator[Record]:
    keys = [header.casefold() for header in table.headers]
    for row in table.rows:
        cells = dict(zip(keys, row.cells, strict=False))
        yield {"sourcedid": "", **cells, _LINE: str(row.line), _SIGNS: "1" if row.signs else ""}


def _is_active(record: Record) -> bool:
    return record.get("status", "").casefold() != "tobedeleted"


def _ids(record: Record, column: str) -> list[str]:
    return [part.strip() for part in record.get(column, "").split(",") if part.strip()]


def _org_ids(found: _Set, school_name: str) -> frozenset[str]:
    """Give the ids of the school's own org; none when the files hold one school alone."""
    schools = [record for record in found.active("orgs") if record.get("type", "").casefold() == "school"]
    if len(schools) <= 1:
        return frozenset()
    ours = {one["sourcedid"] for one in schools if one.get("name", "").casefold() == school_name.casefold()}
    if not ours:
        raise Invalid(
            f"These files hold {len(schools)} schools, and none is called “{school_name}”. Export this school alone, "
            "or change the school's name here.",
            code="several_schools",
        )
    return frozenset(ours)


def _places(found: _Set) -> Mapping[str, tuple[int, tuple[ClassName, ...]]]:
    """Give each user's classes, and the line that first names one."""
    names = {record["sourcedid"]: record.get("title", "") for record in found.active("classes")}
    gone = {record["sourcedid"] for record in found.records["classes"]} - names.keys()
    places: dict[str, tuple[int, tuple[ClassName, ...]]] = {}
    for record in found.active("enrollments"):
        user_id, class_id = record.get("usersourcedid", ""), record.get("classsourcedid", "")
        if user_id and class_id and class_id not in gone:
            line, classes = places.get(user_id, (int(record[_LINE]), ()))
            places[user_id] = (line, (*classes, ClassName(names.get(class_id, ""), class_id)))
    return places


def _roles(found: _Set) -> tuple[Mapping[str, str], Mapping[str, set[str]]]:
    """Give each user's role (1.2: the primary one before others), and the orgs that it is in."""
    roles: dict[str, str] = {}
    orgs: dict[str, set[str]] = defaultdict(set)
    for record in sorted(found.active("roles"), key=lambda one: one.get("roletype", "").casefold() != "primary"):
        roles.setdefault(record.get("usersourcedid", ""), record.get("role", ""))
        orgs[record.get("usersourcedid", "")].update(_ids(record, "orgsourcedid"))
    return roles, orgs


def _wards(found: _Set) -> Mapping[str, set[str]]:
    """Give whom each user is named beside: students name their guardians, and guardians their children."""
    wards: dict[str, set[str]] = defaultdict(set)
    for record in found.active("users"):
        for other in _ids(record, "agentsourcedids"):
            wards[other].add(record["sourcedid"])
            wards[record["sourcedid"]].add(other)
    return wards
