"""Words of support beside a file are for the student who added it, while the case is under way."""

from dataclasses import replace

import pytest

from adapters.sql.store import SqlStore
from domain.care import UNAVAILABLE, CaseStatus, Severity, Worry
from domain.documents import Document
from domain.ids import DocumentId, FlagId, stable_id
from domain.people import Person, Role, School, SchoolRules
from domain.scope import EVERYTHING
from safety.cases import Cases
from safety.file_support import FileSupport
from safety.uploads import ENTRY, flags_begin_with
from tests.builders import SCHOOL, a_document, a_person
from tests.conftest import FixedClock

LOW, HIGH = (Worry(severity, "self_harm", "de.rule") for severity in (Severity.LOW, Severity.HIGH))


@pytest.fixture
def support(store: SqlStore, clock: FixedClock) -> FileSupport:
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School", SchoolRules()))
        work.people.save_person(a_person(Role.COUNSELLOR))
        work.commit()
    return FileSupport(store, Cases(store, clock), country="de")


def notes(name: str = "notes", owner: Person | None = None, language: str = "de") -> Document:
    """A file that somebody added."""
    own = {"owner_id": (owner or a_person()).id, "class_id": None, "is_screened": False, "language": language}
    return a_document(id=DocumentId(stable_id(name)), **own)


def flag(store: SqlStore, clock: FixedClock, document: Document, worry: Worry, *, entry: str = ENTRY) -> None:
    flag_id = FlagId(flags_begin_with(document.id) + stable_id(document.id, worry)[16:])
    Cases(store, clock).raise_flag(a_person(), "words", worry, entry=entry, flag_id=flag_id)


def test_the_owner_reads_words_beside_the_file(store: SqlStore, clock: FixedClock, support: FileSupport) -> None:
    """In the language of the sign, with the country's number first, and by when somebody looks at the whole case."""
    flag(store, clock, notes(), LOW)
    flag(store, clock, notes("worse"), HIGH)

    words = support.words_for(a_person(), [notes(), notes("other")])

    assert set(words) == {notes().id}
    paragraphs = words[notes().id].split("\n\n")
    assert "116 111" in paragraphs[0]
    assert "In dieser Datei haben wir etwas gelesen, das uns Sorgen macht." in paragraphs
    assert "15 Minuten" in words[notes().id]


def test_a_file_in_the_schools_language_has_words_in_that(
    store: SqlStore, clock: FixedClock, support: FileSupport
) -> None:
    """A rule of another language that fired in an English book says nothing of who reads the words."""
    flag(store, clock, notes(language="en"), LOW)

    words = support.words_for(a_person(), [notes(language="en")])

    assert "We read something in this file that worries us." in words[notes().id].split("\n\n")


def test_nobody_else_reads_them(store: SqlStore, clock: FixedClock, support: FileSupport) -> None:
    """Not another student, not a teacher, whoever the file is shown to."""
    flag(store, clock, notes(), HIGH)
    other, teacher = a_person(id=a_person(Role.TEACHER).id), a_person(Role.TEACHER)

    assert support.words_for(other, [notes()]) == {}
    assert support.words_for(teacher, [notes(), notes("own", teacher)]) == {}


def test_there_are_none_without_a_sign(store: SqlStore, clock: FixedClock, support: FileSupport) -> None:
    """Not before the screening, not where it could not run, not for a sign elsewhere, not after a calm screening."""
    assert support.words_for(a_person(), [notes()]) == {}
    flag(store, clock, notes(), Worry(Severity.MODERATE, UNAVAILABLE, "gate.unavailable"))
    flag(store, clock, notes(), HIGH, entry="answer")

    assert support.words_for(a_person(), [notes()]) == {}
    assert support.words_for(a_person(), [replace(notes(), is_screened=True)]) == {}


def test_there_are_none_once_the_case_is_closed(store: SqlStore, clock: FixedClock, support: FileSupport) -> None:
    """Somebody has looked."""
    flag(store, clock, notes(), HIGH)
    with store(EVERYTHING) as work:
        case = work.care.find_open(a_person().id)
        assert case is not None
        work.care.save(replace(case, status=CaseStatus.CLOSED))
        work.commit()

    assert support.words_for(a_person(), [notes()]) == {}
