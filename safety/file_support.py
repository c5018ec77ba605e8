"""Words of support beside a file of a student's own in which a sign of danger stood, for that student alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.care import UNAVAILABLE, Case, Severity, Worry
from domain.documents import Document
from domain.ids import DocumentId
from domain.people import Person, Role
from domain.ports import Store
from domain.scope import EVERYTHING
from safety.cases import Cases
from safety.uploads import ENTRY, flags_begin_with
from safety.wording import file_text, language_of

_ORDER = tuple(Severity)


class FileSupport:
    """Finds the readings that a student is to read words of support beside."""

    def __init__(self, store: Store, cases: Cases, *, country: str = "") -> None:
        """Read cases from the store; `country` is for schools that name none."""
        self._store = store
        self._cases = cases
        self._country = country

    def words_for(self, person: Person, documents: Sequence[Document]) -> Mapping[DocumentId, str]:
        """Give the words by reading, for those of the readings that the student added and that opened the case.

        There are none before the screening found something, after the case was closed, or for anybody else.
        """
        own = [one for one in documents if one.owner_id == person.id and not one.is_screened]
        if person.role is not Role.STUDENT or not own:
            return {}
        # a case is not the student's to see; what leaves this method are fixed words beside the student's own file
        with self._store(EVERYTHING) as work:
            case = work.care.find_open(person.id)
        if case is None:
            return {}
        found = [(document, _gravest(case, document)) for document in own]
        return {one.id: self._words(person, worry, case, one) for one, worry in found if worry}

    def _words(self, person: Person, worry: Worry, case: Case, document: Document) -> str:
        """Write them in the school's language, but beside a file in the language of the sign in that."""
        place = self._cases.place_of(person)
        place = replace(place, country=place.country or self._country)
        worry = replace(worry, severity=case.severity)
        language = language_of(worry, place)
        is_files = document.language.partition("-")[0] == language
        return file_text(worry, language=language if is_files else place.language, at=place)


def _gravest(case: Case, document: Document) -> Worry | None:
    """Give the gravest sign that stood in a reading; that it could not be read is none."""
    beginning = flags_begin_with(document.id)
    flags = [flag for flag in case.flags if flag.entry == ENTRY and flag.id.startswith(beginning)]
    worries = [flag.worry for flag in flags if flag.worry.subject != UNAVAILABLE]
    return max(worries, key=lambda worry: _ORDER.index(worry.severity), default=None)
