"""What every InteractionRepository does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from adapters.sql.store import SqlStore
from domain.ids import InteractionId, PersonId, new_id, stable_id
from domain.interactions import Interaction
from domain.material import Kind, Provenance, Writer
from domain.outcomes import Verdict
from domain.people import Role
from domain.scope import EVERYTHING, scope_of
from tests.builders import CLASS, NOW, SCHOOL, a_document, a_person

STUDENT = a_person(Role.STUDENT)


def _interaction(**changes: Any) -> Interaction:
    given: dict[str, Any] = {
        "id": InteractionId(new_id()),
        "at": NOW,
        "kind": Kind.ANSWER,
        "provenance": Provenance(Writer.MODEL, "answer", 2, "abc", "a-model", "A note."),
        "verdicts": (Verdict.SUPPORTED, Verdict.UNSUPPORTED),
        "outcome": "served",
        "person_id": STUDENT.id,
        "document_id": a_document().id,
        "section": 3,
        "input_hash": "f" * 64,
        "tokens_in": 100,
        "tokens_out": 10,
        "tokens_estimated": True,
        "failure": "model_busy",
    }
    return Interaction(**{**given, **changes})


def _add(store: SqlStore, *interactions: Interaction) -> None:
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        for interaction in interactions:
            unit.interactions.add(interaction)
        unit.commit()


def test_interactions_come_back_oldest_first(store: SqlStore) -> None:
    """The interactions about a document come back as they were added, oldest first, without others'."""
    later, sooner = _interaction(at=NOW + timedelta(hours=1)), _interaction()
    bare = _interaction(document_id=None, person_id=None, section=None)

    _add(store, later, sooner, bare)

    with store(EVERYTHING) as unit:
        assert unit.interactions.list_for(a_document().id) == [sooner, later]


def test_tokens_are_summed_by_person_and_time(store: SqlStore) -> None:
    """The sum counts tokens in and out, of one person or everybody, from the time asked for on."""
    old = _interaction(at=NOW - timedelta(days=1))
    theirs = _interaction(person_id=a_person(Role.TEACHER).id, tokens_in=5, tokens_out=0)

    _add(store, old, _interaction(), theirs, _interaction(person_id=None, tokens_in=1, tokens_out=1))

    with store(EVERYTHING) as unit:
        assert unit.interactions.tokens_since(STUDENT.id, NOW) == 110
        assert unit.interactions.tokens_since(STUDENT.id, NOW - timedelta(days=1)) == 220
        assert unit.interactions.tokens_since(None, NOW) == 117
        assert unit.interactions.tokens_since(None, NOW + timedelta(days=1)) == 0


def test_students_see_no_classmates_exchanges(store: SqlStore) -> None:
    """About a shared reading a student sees the own exchanges and those of nobody; the class's teacher sees all."""
    mate = a_person(id=PersonId(stable_id("mate")), email="mate@school.example")
    with store(EVERYTHING) as unit:
        unit.people.save_person(mate)
        shared = replace(a_document(), class_id=CLASS)
        unit.documents.save(shared)
        unit.commit()
    by = (STUDENT.id, mate.id, None)
    mine, theirs, nobodys = (_interaction(person_id=one, school_id=SCHOOL) for one in by)
    _add(store, mine, theirs, nobodys)

    seen = {}
    for role in (Role.STUDENT, Role.TEACHER):
        with store(scope_of(a_person(role))) as unit:
            seen[role] = unit.interactions.list_for(shared.id)

    assert seen == {Role.STUDENT: [mine, nobodys], Role.TEACHER: [mine, theirs, nobodys]}
