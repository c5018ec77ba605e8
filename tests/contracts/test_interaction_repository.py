"""What every InteractionRepository does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.sql.store import SqlStore
from domain.errors import OutOfScope
from domain.ids import DocumentId, InteractionId, PersonId, new_id, stable_id
from domain.interactions import Interaction, KeptReply, Usage
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


def test_tokens_and_cost_are_summed_by_class_too(store: SqlStore) -> None:
    """A class's sums count what was asked about its readings, whoever asked; others' and older ones stay out."""
    elsewhere = a_document(id=DocumentId(stable_id("elsewhere")), class_id=None)
    with store(EVERYTHING) as unit:
        unit.documents.save(elsewhere)
        unit.commit()
    _add(
        store,
        _interaction(cost=7),
        _interaction(cost=20, person_id=None, tokens_in=1, tokens_out=2),
        _interaction(cost=300, document_id=elsewhere.id),
        _interaction(cost=4000, at=NOW - timedelta(seconds=1)),
    )

    with store(EVERYTHING) as unit:
        found = unit.interactions
        assert found.cost_since(NOW) == 327
        assert found.cost_since(NOW, person_id=STUDENT.id) == 307
        assert found.cost_since(NOW, class_id=CLASS) == 27
        assert found.cost_since(NOW, person_id=STUDENT.id, class_id=CLASS) == 7
        assert found.tokens_since(None, NOW, class_id=CLASS) == 113
        assert found.cost_since(NOW + timedelta(days=1)) == 0


def test_usage_is_summed_by_day_class_and_person(store: SqlStore) -> None:
    """Each sum counts replies, tokens and cost of one day (UTC); what asked no model, or another school's, is none."""
    late = NOW.replace(hour=23, minute=59)
    next_day = late + timedelta(minutes=2)
    mine = {"school_id": SCHOOL, "cost": 5}
    _add(
        store,
        _interaction(**mine),
        _interaction(**mine, at=late),
        _interaction(**mine, at=late, person_id=None),
        _interaction(**mine, at=next_day),
        _interaction(**mine, tokens_in=0, tokens_out=0),
        _interaction(cost=5),
    )

    with store(EVERYTHING) as unit:
        usage = unit.interactions.list_usage(SCHOOL, NOW, next_day + timedelta(days=1))
        first = unit.interactions.list_usage(SCHOOL, NOW, next_day)

    assert usage == [
        Usage(NOW.date(), CLASS, STUDENT.id, 2, 200, 20, 10),
        Usage(NOW.date(), CLASS, None, 1, 100, 10, 5),
        Usage(next_day.date(), CLASS, STUDENT.id, 1, 100, 10, 5),
    ]
    assert first == usage[:2]


def test_a_teacher_sees_the_usage_of_own_classes(store: SqlStore) -> None:
    """Through a teacher's eyes there is the use of the own classes' readings; an administrator sees none of others."""
    private = a_document(id=DocumentId(stable_id("private")), class_id=None, owner_id=STUDENT.id)
    with store(EVERYTHING) as unit:
        unit.documents.save(private)
        unit.commit()
    _add(store, _interaction(school_id=SCHOOL), _interaction(school_id=SCHOOL, document_id=private.id))

    seen = {}
    for role in (Role.TEACHER, Role.ADMINISTRATOR):
        with store(scope_of(a_person(role))) as unit:
            seen[role] = unit.interactions.list_usage(SCHOOL, NOW, NOW + timedelta(days=1))

    assert [(one.class_id, one.replies) for one in seen[Role.TEACHER]] == [(CLASS, 1)]
    assert seen[Role.ADMINISTRATOR] == []


def _keep(store: SqlStore, reply: KeptReply) -> None:
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.interactions.keep_reply(reply)
        unit.commit()


def test_a_reply_is_kept_under_its_key(store: SqlStore) -> None:
    """A kept reply comes back under its key, a later one takes its place, and other keys give nothing."""
    reply = KeptReply("a" * 64, a_document().id, '{"word": "leaf"}', "a-model", NOW)
    later = replace(reply, text="{}", model="another", at=NOW + timedelta(days=1))

    _keep(store, reply)

    with store(EVERYTHING) as unit:
        assert unit.interactions.find_reply("a" * 64) == reply
        assert unit.interactions.find_reply("b" * 64) is None
    _keep(store, later)
    with store(EVERYTHING) as unit:
        assert unit.interactions.find_reply("a" * 64) == later


def test_a_kept_reply_goes_with_its_reading(store: SqlStore) -> None:
    """When a reading is erased, so is what a model answered about it."""
    _keep(store, KeptReply("a" * 64, a_document().id, "{}", "a-model", NOW))

    with store(EVERYTHING) as unit:
        unit.documents.delete(a_document().id)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.interactions.find_reply("a" * 64) is None


def test_a_kept_reply_is_for_those_who_see_its_reading(store: SqlStore) -> None:
    """Members of the class find it; somebody outside the class finds nothing, and may keep nothing."""
    reply = KeptReply("a" * 64, a_document().id, "{}", "a-model", NOW)
    outsider = scope_of(a_person(Role.TEACHER, id=PersonId(stable_id("outsider")), class_ids=()))
    _keep(store, reply)

    with store(scope_of(STUDENT)) as unit:
        assert unit.interactions.find_reply(reply.key) == reply
    with store(outsider) as unit:
        assert unit.interactions.find_reply(reply.key) is None
    with store(outsider) as unit, pytest.raises(OutOfScope):
        unit.interactions.keep_reply(replace(reply, key="c" * 64))
