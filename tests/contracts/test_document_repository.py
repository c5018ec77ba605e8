"""What every DocumentRepository does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.documents import Document, DocumentStatus, PageProblem, SpareFile
from domain.errors import Conflict
from domain.ids import ArtifactId, AttemptId, ClassId, DocumentId, InteractionId, PersonId, SchoolId, UnitId, new_id
from domain.interactions import Interaction
from domain.jobs import GenerateAids, IngestDocument
from domain.learning import Attempt
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.people import ClassRoom, Person, Role, School
from domain.scope import EVERYTHING
from tests.builders import CLASS, NOW, SCHOOL, a_document, a_person
from tests.readings import save_reading

TEACHER = a_person(Role.TEACHER)
STUDENT = a_person(Role.STUDENT)


def _save(store: SqlStore, *documents: Document) -> None:
    with store(EVERYTHING) as unit:
        for document in documents:
            unit.documents.save(document)
        unit.commit()


def test_a_document_comes_back_as_it_was_saved(store: SqlStore) -> None:
    """Finding a saved document gives an equal one, problems and stage times included."""
    document = a_document(
        page_problems=(PageProblem(3, "needs_ocr", "Page 3 is a picture."),),
        stage_seconds={"parse": 1.5},
        language="de",
        aids_ready=True,
    )
    _save(store, document)

    with store(EVERYTHING) as unit:
        assert unit.documents.find(document.id) == document


def test_saving_again_replaces(store: SqlStore) -> None:
    """A document that is saved again is changed, not doubled."""
    _save(store, a_document())
    changed = a_document(status=DocumentStatus.FAILED, problem="It is damaged.", class_id=None)

    _save(store, changed)

    with store(EVERYTHING) as unit:
        assert unit.documents.list_visible(TEACHER) == [changed]


def test_an_unknown_document_is_none(store: SqlStore) -> None:
    """Finding a document that is not there gives None."""
    with store(EVERYTHING) as unit:
        assert unit.documents.find(a_document().id) is None


def test_two_units_that_change_different_things_keep_both_changes(store: SqlStore) -> None:
    """Of two units that found the same document, neither undoes what the other changed."""
    _save(store, a_document(status=DocumentStatus.SEARCHABLE))

    with store(EVERYTHING) as ingest, store(EVERYTHING) as aids:
        found = [unit.documents.find(a_document().id) for unit in (ingest, aids)]
        assert found[0]
        assert found[1]
        ingest.documents.save(replace(found[0], status=DocumentStatus.READY))
        ingest.commit()
        aids.documents.save(replace(found[1], aids_ready=True))
        aids.commit()

    with store(EVERYTHING) as unit:
        assert unit.documents.find(a_document().id) == a_document(aids_ready=True)


def test_a_unit_may_change_a_document_back(store: SqlStore) -> None:
    """Within one unit the last save counts, also when it says what was there at first."""
    _save(store, a_document())

    with store(EVERYTHING) as unit:
        found = unit.documents.find(a_document().id)
        assert found is not None
        unit.documents.save(replace(found, status=DocumentStatus.FAILED))
        unit.documents.save(found)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.documents.find(a_document().id) == a_document()


def test_saving_what_was_found_changes_nothing(store: SqlStore) -> None:
    """A document that is saved as it was found stays as it is."""
    _save(store, a_document())

    with store(EVERYTHING) as unit:
        found = unit.documents.find(a_document().id)
        assert found is not None
        unit.documents.save(found)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.documents.find(a_document().id) == a_document()


def test_saving_a_document_that_was_deleted_meanwhile_is_a_conflict(store: SqlStore) -> None:
    """A change to a document that somebody deleted in between does not bring half of it back."""
    _save(store, a_document())

    with store(EVERYTHING) as unit:
        found = unit.documents.find(a_document().id)
        assert found is not None
        with store(EVERYTHING) as other:
            other.documents.delete(found.id)
            other.commit()
        with pytest.raises(Conflict):
            unit.documents.save(replace(found, title="Too late"))

    with store(EVERYTHING) as unit:
        assert unit.documents.find(a_document().id) is None


def test_the_same_file_is_found_for_the_same_person_only(store: SqlStore) -> None:
    """The newest document with the same bytes is found for its owner and for nobody else."""
    older = a_document()
    newer = a_document(id=DocumentId(new_id()), created_at=NOW + timedelta(hours=1))
    _save(store, newer, older)

    with store(EVERYTHING) as unit:
        assert unit.documents.find_same(TEACHER.id, "0" * 64) == newer
        assert unit.documents.find_same(STUDENT.id, "0" * 64) is None
        assert unit.documents.find_same(TEACHER.id, "1" * 64) is None


def test_a_file_is_used_while_any_document_needs_it(store: SqlStore) -> None:
    """A file is used as long as one document, whoever's, holds its hash."""
    theirs = a_document(id=DocumentId(new_id()), owner_id=STUDENT.id)
    _save(store, a_document(), theirs)

    with store(EVERYTHING) as unit:
        unit.documents.delete(a_document().id)
        assert unit.documents.is_used("0" * 64)
        unit.documents.delete(theirs.id)
        assert not unit.documents.is_used("0" * 64)


def test_a_file_that_is_to_come_is_used_and_one_that_goes_is_not(store: SqlStore) -> None:
    """While one file takes another's place both are known, and only those that are needed count."""
    coming = SpareFile("new.pdf", "application/pdf", "1" * 64, 10)
    document = a_document(spare=coming)
    _save(store, document)

    with store(EVERYTHING) as unit:
        assert unit.documents.find(document.id) == document
        assert unit.documents.is_used("1" * 64)
        unit.documents.save(replace(document, spare=replace(coming, is_old=True)))
        assert not unit.documents.is_used("1" * 64)
        assert document.content_hashes == ("0" * 64, "1" * 64)


def test_a_file_that_was_read_is_found_in_the_school(store: SqlStore) -> None:
    """What is ready comes before what is searchable, and what another code read or nobody can open is not found."""
    ready = a_document(reader=3, created_at=NOW + timedelta(1))
    searchable = a_document(id=DocumentId(new_id()), reader=3, status=DocumentStatus.SEARCHABLE)
    failed = a_document(id=DocumentId(new_id()), reader=4, status=DocumentStatus.FAILED)
    _save(store, searchable, ready, failed)

    with store(EVERYTHING) as unit:
        find, kind = unit.documents.find_read, ready.media_type
        assert find("0" * 64, ready.school_id, media_type=kind, reader=3) == ready
        assert find("0" * 64, ready.school_id, media_type=kind, reader=4) is None
        assert find("0" * 64, ready.school_id, media_type="text/plain", reader=3) is None
        assert find("1" * 64, ready.school_id, media_type=kind, reader=3) is None
        assert find("0" * 64, SchoolId(new_id()), media_type=kind, reader=3) is None


def test_people_see_their_own_and_their_classes_documents_newest_first(store: SqlStore) -> None:
    """The list holds exactly the documents that `sees` allows, newest first."""
    other_class, other_school = ClassId(new_id()), SchoolId(new_id())
    stranger = a_person(Role.TEACHER, id=PersonId(new_id()), email="x@y.example", school_id=other_school, class_ids=())
    with store(EVERYTHING) as unit:
        unit.people.save_school(School(other_school, "Another"))
        unit.people.save_class(ClassRoom(other_class, SCHOOL, "Class 9a"))
        unit.people.save_person(stranger)
        unit.commit()

    def one(owner: Person, class_id: ClassId | None, hour: int) -> Document:
        return a_document(
            id=DocumentId(new_id()),
            owner_id=owner.id,
            school_id=owner.school_id,
            class_id=class_id,
            created_at=NOW + timedelta(hours=hour),
        )

    own = one(STUDENT, None, 1)
    shared = one(TEACHER, CLASS, 2)
    private = one(TEACHER, None, 3)
    elsewhere = one(TEACHER, other_class, 4)
    foreign = one(stranger, None, 5)
    _save(store, own, shared, private, elsewhere, foreign)

    with store(EVERYTHING) as unit:
        assert unit.documents.list_visible(STUDENT) == [shared, own]
        assert unit.documents.list_visible(TEACHER) == [elsewhere, private, shared]
        assert unit.documents.list_visible(stranger) == [foreign]


def test_deleting_takes_everything_made_from_the_document(store: SqlStore) -> None:
    """With a document go its pages, sections, chunks, words, aids, attempts and jobs; interactions lose it."""
    document = save_reading(store, ["Plants make sugar."])
    quiz = Artifact(
        id=ArtifactId(new_id()),
        kind=Kind.QUIZ,
        document_id=document.id,
        section=None,
        title="Quiz",
        units=(),
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
    )
    attempt = Attempt(AttemptId(new_id()), STUDENT.id, quiz.id, UnitId(new_id()), "sugar", is_correct=True, at=NOW)
    interaction = Interaction(
        id=InteractionId(new_id()),
        at=NOW,
        kind=Kind.QUIZ,
        provenance=Provenance(),
        verdicts=(),
        outcome="served",
        person_id=STUDENT.id,
        document_id=document.id,
        tokens_in=7,
    )
    with store(EVERYTHING) as unit:
        unit.material.save(quiz)
        unit.learning.add_attempt(attempt)
        unit.interactions.add(interaction)
        unit.jobs.add(IngestDocument(document.id))
        unit.jobs.add(GenerateAids(document.id))
        unit.commit()

    with store(EVERYTHING) as unit:
        unit.documents.delete(document.id)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.documents.find(document.id) is None
        assert unit.readings.find_page(document.id, 1) is None
        assert unit.readings.list_sections(document.id) == []
        assert unit.readings.list_chunks(document.id) == []
        assert unit.readings.search_words("sugar", [document.id], 5) == []
        assert unit.material.find(quiz.id) is None
        assert unit.learning.list_attempts(STUDENT.id, quiz.id) == []
        assert unit.jobs.find_for(document.id, "ingest_document") is None
        assert unit.interactions.list_for(document.id) == []
        assert unit.interactions.tokens_since(STUDENT.id, NOW) == 7


def test_complete_documents_are_listed(store: SqlStore) -> None:
    """Those that nothing is left to be done for are listed, oldest first, whoever added them."""
    young = a_document(id=DocumentId(new_id()), status=DocumentStatus.READY, created_at=NOW + timedelta(days=1))
    old = a_document(id=DocumentId(new_id()), status=DocumentStatus.READY)
    _save(store, young, old, a_document(status=DocumentStatus.SEARCHABLE))

    with store(EVERYTHING) as unit:
        assert unit.documents.list_ready() == [old, young]
