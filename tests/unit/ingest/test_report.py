"""What a report counts, and whom it is for."""

from dataclasses import replace

import pytest

from adapters.sql.store import SqlStore
from domain.documents import DocumentStatus, Page, Part, PartKind, Range
from domain.errors import NotFound
from domain.ids import PersonId
from domain.people import Person, Role
from domain.scope import EVERYTHING
from ingest.report import Reports, build_report
from tests.builders import CLASS, a_document, a_person
from tests.readings import a_redacted, save_reading

READY = a_document(status=DocumentStatus.READY, language="en")
PAGES = (
    Page(
        1, "Five words are written here.", parts=(Part(PartKind.TABLE, Range(0, 4)), Part(PartKind.LIST, Range(5, 9)))
    ),
    Page(2, "And three more.", hidden=("unseen",), parts=(Part(PartKind.TABLE, Range(0, 3)),), confidence=0.97),
    Page(3, "Blurred.", has_orders=True, confidence=0.4),
)


def test_words_parts_and_pages_to_look_at_are_counted() -> None:
    """Words and parts are counted over all pages; what wants a look is named by its page."""
    report = build_report(READY, PAGES, [], None)

    assert report.word_count == 9
    assert report.parts == {PartKind.TABLE: 2, PartKind.LIST: 1}
    assert (report.recognised, report.doubtful) == ((2, 3), (3,))
    assert (report.hidden, report.with_orders) == ((2,), (3,))


def test_languages_are_counted_by_units() -> None:
    """A section without a language of its own is in the document's."""
    sections = a_redacted(READY, ["a", "b", "c"]).parsed.sections
    mixed = [sections[0], replace(sections[1], language="de"), sections[2]]

    assert build_report(READY, [], mixed, None).languages == {"en": 2, "de": 1}


@pytest.fixture
def owner(store: SqlStore) -> Person:
    """A student with a reading of the class."""
    student = a_person(Role.STUDENT, class_ids=(CLASS,))
    with store(EVERYTHING) as work:
        work.people.save_person(student)
        work.commit()
    return student


def test_teachers_and_the_owner_may_look(store: SqlStore, owner: Person) -> None:
    """Whoever added a reading and the class's teachers get the report; to a classmate there is none."""
    document = save_reading(store, ["Plants."], owner_id=owner.id, class_id=CLASS)
    reports = Reports(store)
    teacher = a_person(Role.TEACHER, class_ids=(CLASS,))
    classmate = a_person(Role.STUDENT, id=PersonId("c" * 32), class_ids=(CLASS,))

    counts = [reports.load(person, document.id).page_count for person in (owner, teacher)]

    assert counts == [document.page_count] * 2
    with pytest.raises(NotFound):
        reports.load(classmate, document.id)


def test_a_likeness_that_is_gone_is_not_named(store: SqlStore, owner: Person) -> None:
    """An older reading is named while it is there to be seen."""
    older = save_reading(store, ["Plants."], owner_id=owner.id)
    newer = save_reading(store, ["Plants!"], owner_id=owner.id, id=a_document().id[::-1], like_id=older.id)
    reports = Reports(store)

    like = reports.load(owner, newer.id).like
    with store(EVERYTHING) as work:
        work.documents.delete(older.id)
        work.commit()

    assert like is not None
    assert like.id == older.id
    assert reports.load(owner, newer.id).like is None
