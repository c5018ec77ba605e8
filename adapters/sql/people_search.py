"""Which rows of the people's table a search asks for."""

from sqlalchemy import ColumnElement, and_, func, or_, select

from adapters.sql.people_tables import enrolment, person
from domain.ids import SchoolId
from domain.people import LONG_GONE
from domain.people_repositories import PeopleSearch


def is_here() -> ColumnElement[bool]:
    """Give the condition on `person` that more is kept of somebody than a case."""
    return or_(person.c.left_at.is_(None), person.c.left_at > LONG_GONE)


def is_asked_for(school_id: SchoolId, search: PeopleSearch) -> ColumnElement[bool]:
    """Give the condition on `person`. Every word must be in the name or the e-mail address, whatever its capitals."""
    conditions = [is_here(), person.c.school_id == school_id]
    if search.role is not None:
        conditions.append(person.c.role == search.role.value)
    if search.is_active is not None:
        conditions.append(person.c.is_active.is_(search.is_active))
    if search.class_id is not None:
        members = select(enrolment.c.person_id).where(enrolment.c.class_id == search.class_id)
        conditions.append(person.c.id.in_(members))
    for word in search.words.split():
        # SQLite lowers the letters a to z alone, so other letters are also looked for as names begin
        in_name = person.c.name.contains(word.capitalize(), autoescape=True)
        in_lowered = func.lower(person.c.name).contains(word.lower(), autoescape=True)
        in_address = person.c.email_key.contains(word.casefold(), autoescape=True)
        conditions.append(or_(in_name, in_lowered, in_address))
    return and_(*conditions)
