"""What teachers see of support: that it is under way, where the school so decides; nothing else, and nothing of why."""

from collections.abc import Collection

from domain.care import UNDER_WAY, Case
from domain.ids import PersonId
from domain.people import Person, Role
from domain.ports import Store
from domain.scope import EVERYTHING
from safety.recipients import tells_teachers


class Support:
    """Says of whom teachers may know that they are being supported."""

    def __init__(self, store: Store) -> None:
        """Read cases from the store."""
        self._store = store

    def list_supported(self, teacher: Person, members: Collection[Person]) -> frozenset[PersonId]:
        """Name those of these members of the teacher's own classes who are being supported.

        Support is under way once a counsellor took the case on: a sign that nobody has looked at may be a false alarm.
        Nobody is named unless the school tells teachers, nor about what a rule for recipients keeps from them.
        """
        if teacher.role is not Role.TEACHER:
            return frozenset()
        # cases are not a teacher's to see; what leaves this method is ids of students alone
        with self._store(EVERYTHING) as work:
            if not work.people.load_school(teacher.school_id).rules.tells_teachers_of_support:
                return frozenset()
            cases = work.care.list_cases(teacher.school_id)
        supported = {case.person_id for case in cases if _is_support(case)}
        return frozenset(one.id for one in members if one.id in supported and _is_taught(one, teacher))


def _is_support(case: Case) -> bool:
    is_taken_on = case.status in UNDER_WAY and case.holder_id is not None
    return is_taken_on and not case.is_drill and tells_teachers(case)


def _is_taught(member: Person, teacher: Person) -> bool:
    is_student = member.role is Role.STUDENT and member.school_id == teacher.school_id
    return is_student and bool(set(member.class_ids) & set(teacher.class_ids))
