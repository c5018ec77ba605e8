"""The record of who looked at what a person wrote or did, and why.

A look and its note are one transaction: where the note cannot be kept, nothing is shown.
"""

from domain.clock import Clock
from domain.ids import AccessId, PersonId, stable_id
from domain.people import Person
from domain.ports import Store, UnitOfWork
from domain.rights import Access
from domain.scope import scope_of


class Accesses:
    """Notes looks and lists them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep notes in the store."""
        self._store = store
        self._clock = clock

    # the words of a note are all told apart by name
    def note(  # noqa: PLR0913
        self,
        work: UnitOfWork,
        by: Person,
        about_id: PersonId,
        *,
        what: str,
        why: str,
        thing_id: str = "",
        is_hidden: bool = False,
    ) -> None:
        """Note within the caller's unit of work that `by` looks; the caller commits before it shows anything.

        One note an hour for the same people and thing is enough. Looking at one's own is not noted.
        """
        if by.id == about_id:
            return
        now = self._clock.now()
        hour = now.strftime("%Y-%m-%dT%H")
        access = Access(
            id=AccessId(stable_id("access", by.id, about_id, what, why, thing_id, is_hidden, hour)),
            school_id=by.school_id,
            person_id=about_id,
            by_id=by.id,
            what=what,
            why=why,
            at=now,
            thing_id=thing_id,
            is_hidden=is_hidden,
        )
        work.rights.add_access(access)

    def list_for(self, person: Person, *, is_for_guardian: bool = False) -> list[Access]:
        """List the looks at what is the person's own, newest first.

        Those at a case are left out until the counsellor lets the person know of it, and for guardians always: a
        case may be about them.
        """
        with self._store(scope_of(person)) as work:
            found = work.rights.list_accesses(person.id)
            cases = [] if is_for_guardian else work.care.list_about(person.id)
        told = {case.id for case in cases if case.is_told}
        return [access for access in found if not access.is_hidden or access.thing_id in told]
