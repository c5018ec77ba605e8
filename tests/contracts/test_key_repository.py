"""What every KeyRepository does, and what the store keeps sealed by it."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from adapters.keys.ring import RingFile
from adapters.sql.people_tables import person_key
from adapters.sql.schema import case_event, flag
from adapters.sql.store import SqlStore
from domain.care import NOT_KEPT, NOT_OPENED, Case, CaseEvent, CaseStatus, Ending, Flag, Severity, Worry
from domain.errors import Conflict
from domain.ids import ArtifactId, AttemptId, CaseId, FlagId, PersonId, UnitId, new_id, stable_id
from domain.learning import Attempt
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.people import Person, Role
from domain.scope import EVERYTHING, scope_of
from safety.cases import Cases
from safety.desk import CareDesk
from tests.builders import NOW, SCHOOL, a_document, a_person
from tests.conftest import FixedClock
from tests.raw import connect

STUDENT = a_person(Role.STUDENT)


@pytest.fixture
def ring(tmp_path: Path) -> RingFile:
    """A ring of the test's own, which `store` uses too."""
    made = RingFile(tmp_path / "keys" / "ring.json")
    made.prepare(())
    return made


def _case(person: Person, text: str = "I cannot go on.", note: str = "Spoke at noon.") -> Case:
    return Case(
        id=CaseId(new_id()),
        school_id=SCHOOL,
        person_id=person.id,
        severity=Severity.HIGH,
        subject="self_harm",
        status=CaseStatus.OPEN,
        opened_at=NOW,
        due_at=NOW,
        flags=(Flag(FlagId(new_id()), person.id, Worry(Severity.HIGH, "self_harm", "rule"), text, "ask", NOW),),
        events=(CaseEvent(NOW, "seen", a_person(Role.COUNSELLOR).id, note),),
    )


def _write(store: SqlStore, count: int = 1) -> list[Case]:
    """Save people, each with something written about them; the first is the builders' student."""
    people = [STUDENT] + [
        replace(STUDENT, id=PersonId(new_id()), email=f"{new_id()}@x.example") for _ in range(1, count)
    ]
    cases = [_case(person) for person in people]
    with store(EVERYTHING) as unit:
        for person, case in zip(people, cases, strict=True):
            unit.people.save_person(person)
            unit.care.save(case)
        unit.commit()
    return cases


def test_everybody_has_one_key(store: SqlStore, ring: RingFile) -> None:
    """A person's first text makes the person's key, wrapped by the newest of the ring; later texts use it."""
    (case,) = _write(store)
    with store(EVERYTHING) as unit:
        unit.care.save(replace(case, events=(*case.events, CaseEvent(NOW, "seen", note="More."))))
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.keys.count_by_key() == {ring.newest: 1}
        assert unit.keys.count_old(ring.newest) == 0
        assert unit.keys.count_old("another") == 1


def test_a_key_that_was_rolled_back_is_made_again(store: SqlStore) -> None:
    """A key that was made in a unit of work that came to nothing is not used by what follows."""
    case = _case(STUDENT)
    with store(EVERYTHING) as unit:
        unit.care.save(case)

    with store(EVERYTHING) as unit:
        unit.care.save(case)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.care.find(case.id) == case


def test_a_key_made_at_once_by_many_is_one(store: SqlStore) -> None:
    """Of answers that a new person gives at the same moment every one is kept, under one key, and opens."""
    quiz = ArtifactId(stable_id("quiz"))
    attempts = [
        Attempt(AttemptId(new_id()), STUDENT.id, quiz, UnitId(new_id()), str(number), is_correct=True, at=NOW)
        for number in range(8)
    ]
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.material.save(
            Artifact(
                id=quiz,
                kind=Kind.QUIZ,
                document_id=a_document().id,
                section=None,
                title="Quiz",
                units=(),
                provenance=Provenance(),
                status=ArtifactStatus.PUBLISHED,
                created_at=NOW,
            )
        )
        unit.commit()
    together = threading.Barrier(len(attempts))

    def answer(attempt: Attempt) -> None:
        with store(EVERYTHING) as unit:
            assert unit.keys.count_by_key() == {}
            together.wait()
            unit.learning.add_attempt(attempt)
            unit.commit()

    threads = [threading.Thread(target=answer, args=[attempt]) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store(EVERYTHING) as unit:
        kept = unit.learning.list_attempts(STUDENT.id, quiz)
        assert sorted(kept, key=lambda one: one.answer) == attempts
        assert sum(unit.keys.count_by_key().values()) == 1


def test_a_counsellor_makes_the_key_of_a_student(store: SqlStore) -> None:
    """A counsellor's note about a student who never wrote anything is sealed with the student's key."""
    counsellor = a_person(Role.COUNSELLOR)
    case = replace(_case(STUDENT), flags=())

    with store(scope_of(counsellor)) as unit:
        unit.care.save(case)
        unit.commit()

    with store(scope_of(counsellor)) as unit:
        assert unit.care.find(case.id) == case
    with store(EVERYTHING) as unit:
        assert sum(unit.keys.count_by_key().values()) == 1


def test_keys_are_wrapped_anew_step_by_step(store: SqlStore, ring: RingFile) -> None:
    """After a rotation old wrappings are replaced, as many at a time as asked; everything opens at every step."""
    cases = _write(store, 5)
    old = ring.newest
    new = ring.rotate()

    for wrapped, left in ((2, 3), (2, 1), (1, 0), (0, 0)):
        with store(EVERYTHING) as unit:
            assert unit.keys.rewrap(new, limit=2) == wrapped
            unit.commit()
        with store(EVERYTHING) as unit:
            assert unit.keys.count_old(new) == left
            assert {case.id: case for case in unit.care.list_cases(SCHOOL)} == {case.id: case for case in cases}

    with store(EVERYTHING) as unit:
        assert unit.keys.count_by_key() == {new: 5}
        unit.keys.forget([old])
        assert unit.care.find(cases[0].id) == cases[0]


def test_a_rotation_overtaken_by_another_stops(store: SqlStore, ring: RingFile) -> None:
    """Wrapping with a key that is not the newest any more does nothing."""
    _write(store)
    overtaken = ring.rotate()
    newest = ring.rotate()

    with store(EVERYTHING) as unit:
        assert unit.keys.rewrap(overtaken, limit=10) == 0
        assert unit.keys.rewrap(newest, limit=10) == 1


def test_a_key_in_use_is_not_forgotten(store: SqlStore, ring: RingFile) -> None:
    """A key that still wraps something, or is the newest, stays in the ring."""
    (case,) = _write(store)
    used = ring.newest
    newest = ring.rotate()

    with store(EVERYTHING) as unit:
        with pytest.raises(Conflict, match=f"{used} still wraps"):
            unit.keys.forget([used])
        with pytest.raises(Conflict, match=f"{newest} is the newest"):
            unit.keys.forget([newest])

    assert [one.id for one in ring.list_keys()] == [used, newest]
    with store(EVERYTHING) as unit:
        assert unit.care.find(case.id) == case


def test_forgetting_waits_for_whoever_is_making_a_key(store: SqlStore, ring: RingFile) -> None:
    """A key of the ring that wraps what is not committed yet is not forgotten either."""
    old = ring.newest
    refused: list[str] = []

    def forget() -> None:
        try:
            with store(EVERYTHING) as unit:
                unit.keys.forget([old])
        except Conflict as error:
            refused.append(error.message)

    case = _case(STUDENT)
    other = threading.Thread(target=forget)
    with store(EVERYTHING) as unit:
        unit.care.save(case)
        ring.rotate()
        other.start()
        other.join(timeout=0.2)
        unit.commit()
    other.join()

    assert len(refused) == 1
    with store(EVERYTHING) as unit:
        assert unit.care.find(case.id) == case


def test_without_the_ring_nothing_opens(store: SqlStore, ring: RingFile) -> None:
    """With another ring what is kept sealed stays shut, and so does a new note; the case itself is still seen."""
    (case,) = _write(store)
    with store(EVERYTHING) as unit:
        assert unit.care.find(case.id) == case
    ring.path.unlink()
    ring.prepare(())

    with store(EVERYTHING) as unit:
        found = unit.care.find(case.id)
        unit.care.save(replace(case, events=(*case.events, replace(case.events[0], note="A new note."))))
        after = unit.care.find(case.id)

    assert found is not None
    assert after is not None
    assert after.events[-1].note == NOT_KEPT
    assert (found.severity, found.flags[0].text, found.events[0].note) == (case.severity, NOT_OPENED, NOT_OPENED)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_flag_outlives_a_damaged_key(store: SqlStore, clock: FixedClock, *, is_open: bool) -> None:
    """A sign of danger of somebody whose key does not open is kept without its words, and a counsellor can work."""
    (before,) = _write(store)
    with store(EVERYTHING) as unit:
        unit.care.save(before if is_open else replace(before, status=CaseStatus.CLOSED))
        unit.commit()
    with connect(store) as connection:
        connection.execute(update(person_key).values(wrapped=person_key.c.wrapped + "A"))
        connection.commit()
    raised = Cases(store, clock).raise_flag(
        STUDENT, "I cannot go on.", Worry(Severity.HIGH, "self_harm", "rule"), entry="ask"
    )

    seen = CareDesk(store, clock).load(a_person(Role.COUNSELLOR), raised.id)
    assert (raised.id == before.id) == is_open
    assert seen.status is CaseStatus.OPEN
    assert [flag.text for flag in seen.flags] == [NOT_OPENED] * (2 if is_open else 1)
    with connect(store) as connection:
        assert "I cannot go on." not in connection.execute(select(flag.c.text)).scalars().all()


def test_a_case_with_a_damaged_key_comes_to_its_end(store: SqlStore, clock: FixedClock) -> None:
    """It is noted in and closed all the same; in place of the notes the counsellor reads that they were not kept."""
    worry = Worry(Severity.HIGH, "self_harm", "rule")
    case = Cases(store, clock).raise_flag(STUDENT, "I cannot go on.", worry, entry="ask")
    with connect(store) as connection:
        connection.execute(update(person_key).values(wrapped=person_key.c.wrapped + "A"))
        connection.commit()
    desk, counsellor = CareDesk(store, clock), a_person(Role.COUNSELLOR)
    known = len(case.events)

    desk.note(counsellor, case.id, "Rang the parents.")
    desk.end(counsellor, case.id, Ending.RESOLVED, "We talked for long.")

    seen = desk.load(counsellor, case.id)
    assert (seen.status, seen.ending) == (CaseStatus.CLOSED, Ending.RESOLVED)
    assert [event.note for event in seen.events[known : known + 2]] == [NOT_KEPT, NOT_KEPT]
    with connect(store) as connection:
        kept = " ".join(connection.execute(select(case_event.c.note)).scalars())
    assert "Rang" not in kept
    assert "talked" not in kept


def test_what_was_plain_is_sealed_once(store: SqlStore) -> None:
    """What was written before there were keys does not open until it is sealed; sealing goes through all rows."""
    cases = _write(store, 3)
    with connect(store) as connection:
        connection.execute(delete(person_key))
        connection.execute(update(flag).values(text="I cannot go on."))
        connection.execute(update(case_event).values(note="Spoke at noon."))
        connection.commit()
    with store(EVERYTHING) as unit:
        assert {case.flags[0].text for case in unit.care.list_cases(SCHOOL)} == {NOT_OPENED}

    assert (store.seal_plain(), store.seal_plain()) == (6, 6)

    with store(EVERYTHING) as unit:
        assert {case.id: case for case in unit.care.list_cases(SCHOOL)} == {case.id: case for case in cases}


def test_one_damaged_text_hides_no_case(store: SqlStore) -> None:
    """A text and a key that were tampered with are named as such; other cases open, and new flags are kept."""
    cases = _write(store, 3)
    damaged, keyless, fine = cases
    with connect(store) as connection:
        connection.execute(update(flag).where(flag.c.case_id == damaged.id).values(text="I am fine."))
        key = update(person_key).where(person_key.c.person_id == keyless.person_id)
        connection.execute(key.values(wrapped=person_key.c.wrapped + "A"))
        connection.commit()
    with store(EVERYTHING) as unit:
        found = unit.care.find_open(damaged.person_id)
        assert found is not None
        more = _case(STUDENT, "More words.").flags
        unit.care.save(replace(found, flags=(*found.flags, *more)))
        unit.commit()

    with store(EVERYTHING) as unit:
        seen = {case.id: [one.text for one in case.flags] for case in unit.care.list_cases(SCHOOL)}
    assert seen == {
        damaged.id: [NOT_OPENED, "More words."],
        keyless.id: [NOT_OPENED],
        fine.id: [fine.flags[0].text],
    }


def test_what_is_kept_of_a_case_never_changes(store: SqlStore) -> None:
    """Saving a case again leaves its flags and events as they were, and adds the new ones."""
    (case,) = _write(store)
    other = _case(STUDENT, "Other words.", "Another note.")
    retold = replace(case.flags[0], text="Nothing.")

    with store(EVERYTHING) as unit:
        unit.care.save(replace(case, flags=(retold, *other.flags), events=(*other.events, *other.events)))
        found = unit.care.find(case.id)

    assert found is not None
    assert found.flags == (*case.flags, *other.flags)
    assert found.events == (*case.events, *other.events)


def test_erasing_a_person_shreds_the_key(store: SqlStore) -> None:
    """The key goes with the person, and others' stay."""
    _write(store, 3)

    with store(EVERYTHING) as unit:
        unit.records.erase(STUDENT.id, kept=())
        unit.commit()

    with store(EVERYTHING) as unit:
        assert sum(unit.keys.count_by_key().values()) == 2
