"""From when the school's students decide alone, when the school moves to another country or asks for another age.

Only the day is kept and no birth date, so it moves by as many years as the age: it is the first of a month, which
every year has.
"""

from dataclasses import replace

from domain.ids import SchoolId
from domain.people import Role, SchoolRules
from domain.people_repositories import PeopleSearch
from domain.ports import UnitOfWork
from safety.consent import Consents

_PAGE = 500


def move_ages(work: UnitOfWork, school_id: SchoolId, before: SchoolRules, after: SchoolRules) -> None:
    """Move the known day of every student, closed accounts too, in a unit of work that holds the write lock."""
    years = Consents.age_under(after) - Consents.age_under(before)
    offset, total = 0, 1 if years else 0
    while offset < total:
        search = PeopleSearch(role=Role.STUDENT, offset=offset, limit=_PAGE)
        people, total = work.people.search_people(school_id, search)
        work.people.save_people(
            [
                replace(one, decides_from=one.decides_from.replace(year=one.decides_from.year + years))
                for one in people
                if one.decides_from is not None
            ]
        )
        offset += _PAGE
