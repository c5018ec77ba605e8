"""Which file of a OneRoster set a table is, by its header.

Column names are those of the public CSV tables of OneRoster 1.1 and 1.2 (1EdTech, "OneRoster: CSV Binding 1.2.1",
sections 4.x: `users`, `roles`, `enrollments`, `classes`, `orgs`, `demographics`). 1.1 has the role in `users`, 1.2 in
`roles`. Their order is fixed there; it is not relied on here.
"""

from collections.abc import Mapping, Sequence

_TELLING: Mapping[str, frozenset[str]] = {
    "users": frozenset({"sourcedId", "givenName", "familyName"}),
    "roles": frozenset({"userSourcedId", "role", "orgSourcedId"}),
    "enrollments": frozenset({"classSourcedId", "userSourcedId", "role"}),
    "classes": frozenset({"sourcedId", "title", "classCode"}),
    "orgs": frozenset({"sourcedId", "name", "type", "identifier"}),
    "demographics": frozenset({"sourcedId", "birthDate", "sex"}),
    "manifest": frozenset({"propertyName", "value"}),
    "other": frozenset({"sourcedId", "status", "dateLastModified"}),
}
"""Columns by which a file is known; the first file whose columns are all there."""


def file_of(headers: Sequence[str]) -> str:
    """Give the name of the OneRoster file that a table is, such as "users"; empty when it is none."""
    there = {header.casefold() for header in headers}
    return next((name for name, telling in _TELLING.items() if {one.casefold() for one in telling} <= there), "")


def is_header(headers: Sequence[str]) -> bool:
    """Whether these are the headers of a OneRoster file."""
    return bool(file_of(headers))
