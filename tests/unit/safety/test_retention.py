"""Keeping: each kind goes on its day and not before, holds keep, and others are left alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.files.disk import DiskFiles
from adapters.sql.columns import metadata
from adapters.sql.store import SqlStore
from adapters.sql.whose import told_of
from adapters.vectors.memory import MemoryIndex
from domain.documents import EmbeddedChunk
from domain.errors import Invalid
from domain.ids import CaseId, ClassId, DocumentId, HoldId, PersonId, SchoolId, stable_id
from domain.jobs import Retire
from domain.people import ClassRoom, Person, Role, School, SchoolRules
from domain.ports import UnitOfWork
from domain.rights import Hold
from domain.scope import EVERYTHING
from safety.erasure import Eraser
from safety.retention import Retention, check_days, jobs_due, list_rules
from tests.builders import CLASS, NOW, SCHOOL, a_person
from tests.lives import a_pupil, case_of, live, quiz_of, reading_of
from tests.readings import some_chunks

MARK, OTHER = "zebramark", "okapiother"
PUPIL, NEIGHBOUR = a_pupil(MARK), a_pupil(OTHER)
ENDS = date(2026, 9, 1)
RULES = {rule.kind: rule for rule in list_rules()}


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex()


@pytest.fixture
def files(tmp_path: Path) -> DiskFiles:
    return DiskFiles(tmp_path / "files")


@pytest.fixture
def retention(store: SqlStore, index: MemoryIndex, files: DiskFiles) -> Retention:
    return Retention(store, Eraser(store, files, index))


def _school(**days: int) -> School:
    return School(SCHOOL, "The School", SchoolRules(keep_days=days))


def _only(kind: str) -> School:
    """A school that keeps everything else as long as it may, so that one kind is looked at alone."""
    return _school(**{rule.kind: rule.most for rule in list_rules() if rule.kind != kind})


def _prepare(store: SqlStore, kind: str) -> None:
    """Let two people live on the first day, and do what starts the time of the kind."""
    for person, mark in ((PUPIL, MARK), (NEIGHBOUR, OTHER)):
        live(store, person, mark, class_id=CLASS if kind == "answers" else None)
    with store(EVERYTHING) as work:
        if not kind.endswith("_open"):
            work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 8b", ends_on=ENDS))
        if kind == "people":
            work.people.save_person(replace(PUPIL, is_active=False, left_at=NOW))
            work.records.retire("cases", NOW, school_id=SCHOOL, held=())
        if kind == "sign_ins":
            (session,) = work.people.list_sign_ins(PUPIL.id)
            work.people.save_sign_in(replace(session, created_at=NOW - timedelta(days=1), expires_at=NOW))
        if kind == "jobs":
            _finish_jobs(work)
        work.commit()


def _finish_jobs(work: UnitOfWork) -> None:
    while job := work.jobs.claim("me", lease_seconds=60):
        work.jobs.finish(job.id, "me")


PROBES: dict[str, Callable[[UnitOfWork, Person, str], object]] = {
    "sign_ins": lambda work, person, _: work.people.list_sign_ins(person.id),
    "questions": lambda work, person, _: work.records.count(person.id, told_cases=()).get("hint_progress"),
    "exchanges": lambda work, person, _: work.records.count(person.id, told_cases=()).get("interaction"),
    "readings": lambda work, person, _: work.records.list_files(person.id),
    "readings_open": lambda work, person, _: work.records.list_files(person.id),
    "answers": lambda work, person, mark: work.learning.list_attempts(person.id, quiz_of(mark)),
    "answers_open": lambda work, person, mark: work.learning.list_attempts(person.id, quiz_of(mark)),
    "classes": lambda work, _person, _: work.people.find_class(CLASS),
    "invitations": lambda work, person, _: work.records.count(person.id, told_cases=()).get("invitation"),
    "people": lambda work, person, _: work.people.find_person(person.id),
    "cases": lambda work, _person, mark: work.care.find(case_of(mark)),
    "accesses": lambda work, person, _: work.rights.list_accesses(person.id),
    "holds": lambda work, person, _: [hold for hold in work.rights.list_holds(SCHOOL) if hold.person_id == person.id],
    "concerns": lambda work, person, _: work.concerns.find(person.id),
    "surrogates": lambda work, person, _: work.surrogates.load(person.id, "conversation"),
    "jobs": lambda work, person, mark: work.jobs.find_for(reading_of(person, mark).id, "ingest_document"),
}
"""How to see whether a kind's things about a person are there."""

BEGINS = {"readings": timedelta(hours=16), "answers": timedelta(hours=16), "classes": timedelta(hours=16)}
"""From when days are counted, where that is the end of the class's last day instead of the moment of doing."""


def _is_there(store: SqlStore, kind: str, person: Person = PUPIL, mark: str = MARK) -> bool:
    with store(EVERYTHING) as work:
        return bool(PROBES[kind](work, person, mark))


@pytest.mark.parametrize("kind", RULES)
def test_each_kind_goes_on_its_day(store: SqlStore, retention: Retention, kind: str) -> None:
    """A kind is there until its days are over, and gone then; the run says how many."""
    _prepare(store, kind)
    over = NOW + BEGINS.get(kind, timedelta()) + timedelta(days=RULES[kind].days)
    second = timedelta(seconds=1)

    before = retention.run(_only(kind), over - second)
    was_there = _is_there(store, kind)
    at_last = retention.run(_only(kind), over)

    assert kind not in before
    assert was_there
    assert at_last[kind] >= 1
    assert not _is_there(store, kind)
    assert kind not in retention.run(_only(kind), over)


@pytest.mark.parametrize("kind", RULES)
def test_a_hold_keeps_one_person_and_no_other(store: SqlStore, retention: Retention, kind: str) -> None:
    """Whatever is about somebody under a hold stays, however old; of a neighbour it goes."""
    _prepare(store, kind)
    with store(EVERYTHING) as work:
        work.rights.save_hold(Hold(HoldId(stable_id("on")), SCHOOL, PUPIL.id, "A court asks.", None, NOW))
        work.commit()
    before = _everything(store)

    retention.run(_school(), NOW + timedelta(days=20_000))

    assert _everything(store) == before
    # a class with somebody under a hold stays, and so does whoever never left
    assert _is_there(store, kind, NEIGHBOUR, OTHER) == (kind in {"classes", "people"})


def _everything(store: SqlStore) -> object:
    with store(EVERYTHING) as work:
        return work.records.collect(PUPIL.id, told_cases=[case_of(MARK)])


def test_a_hold_on_the_school_stops_all(store: SqlStore, retention: Retention) -> None:
    """With a hold on the whole school nothing goes; once it is lifted, what is due goes."""
    _prepare(store, "questions")
    hold = Hold(HoldId(stable_id("all")), SCHOOL, None, "A court asks.", None, NOW)
    later = NOW + timedelta(days=20_000)
    with store(EVERYTHING) as work:
        work.rights.save_hold(hold)
        work.commit()

    stopped = retention.run(_school(), later)
    with store(EVERYTHING) as work:
        work.rights.save_hold(replace(hold, lifted_at=NOW))
        work.commit()

    assert stopped == {}
    assert set(retention.run(_school(), later)) >= {"questions", "readings", "cases", "classes"}


def test_a_school_chooses_within_a_range(store: SqlStore, retention: Retention) -> None:
    """A school's own days hold; what is out of the range is brought into it."""
    _prepare(store, "questions")

    assert "questions" not in retention.run(_only("x"), NOW + timedelta(days=RULES["questions"].most - 1))
    assert retention.run(_school(questions=7), NOW + timedelta(days=7))["questions"] == 4
    assert RULES["questions"].days_in(SchoolRules(keep_days={"questions": 100_000})) == RULES["questions"].most
    assert RULES["questions"].days_in(SchoolRules(keep_days={"questions": -5})) == RULES["questions"].least


@pytest.mark.parametrize(("days", "field"), [({"questions": 0}, "questions"), ({"nonsense": 3}, "nonsense")])
def test_days_out_of_range_are_refused(days: dict[str, int], field: str) -> None:
    """Days beyond the range and kinds that there are not are refused, naming the kind."""
    with pytest.raises(Invalid) as caught:
        check_days(days)

    assert caught.value.field == field
    check_days({"questions": 30, "cases": 365})


def test_a_readings_file_and_vectors_go_with_it(
    store: SqlStore, retention: Retention, index: MemoryIndex, files: DiskFiles, tmp_path: Path
) -> None:
    """A reading that is due takes its file and its vectors along; another's with the same file keeps that."""
    _prepare(store, "readings")
    hashes = []
    for person, mark in ((PUPIL, MARK), (NEIGHBOUR, OTHER)):
        source = tmp_path / mark
        source.write_bytes(mark.encode())
        with source.open("rb") as stream:
            hashes.append(files.save(stream, limit=1000)[0])
        reading = reading_of(person, mark)
        index.add([EmbeddedChunk(chunk, [1.0]) for chunk in some_chunks(reading, [mark])])
    with store(EVERYTHING) as work:
        for (person, mark), content_hash in zip(((PUPIL, MARK), (NEIGHBOUR, OTHER)), hashes, strict=True):
            work.documents.save(replace(reading_of(person, mark), content_hash=content_hash))
        twin = replace(reading_of(PUPIL, MARK), id=DocumentId("7" * 32), owner_id=a_person(Role.TEACHER).id)
        work.documents.save(replace(twin, content_hash=hashes[0]))
        work.commit()

    assert retention.run(_only("readings"), NOW + timedelta(days=40))["readings"] == 2

    assert index.search([1.0], [reading_of(PUPIL, MARK).id, reading_of(NEIGHBOUR, OTHER).id], 5) == []
    assert files.path(hashes[0]).is_file()
    assert not any(path.name == hashes[1] for path in tmp_path.rglob("*"))


def test_a_private_reading_waits_for_the_last_class(store: SqlStore, retention: Retention) -> None:
    """A reading of no class stays while one of its owner's classes goes on, and of somebody in none counts 400 days."""
    later = ClassRoom(ClassId(stable_id("later")), SCHOOL, "Class 9", ends_on=ENDS + timedelta(days=100))
    alone = a_pupil(OTHER, classes=())
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 8b", ends_on=ENDS))
        work.people.save_class(later)
        work.commit()
    live(store, a_pupil(MARK, classes=(CLASS, later.id)), MARK)
    live(store, alone, OTHER)

    assert "readings" not in retention.run(_school(), NOW + timedelta(days=129))
    assert retention.run(_school(), NOW + timedelta(days=132))["readings"] == 1
    assert "readings_open" not in retention.run(_school(), NOW + timedelta(days=399))
    assert retention.run(_school(), NOW + timedelta(days=400))["readings_open"] == 1


def test_a_teachers_readings_stay_after_the_class(store: SqlStore, retention: Retention) -> None:
    """What a teacher added is the teacher's to keep; what students answered about it goes."""
    teacher = a_pupil(MARK, role=Role.TEACHER)
    live(store, teacher, MARK, class_id=CLASS)
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 8b", ends_on=ENDS))
        work.commit()

    counts = retention.run(_only("answers"), NOW + timedelta(days=300))

    assert counts["answers"] == 1
    assert "readings" not in counts
    assert _is_there(store, "readings", teacher)


@pytest.mark.parametrize("has_colleague", [True, False])
def test_class_readings_of_a_teacher_who_left_pass_on(
    store: SqlStore, retention: Retention, *, has_colleague: bool
) -> None:
    """When a teacher who left is deleted, class readings pass to a colleague of the class, or go too."""
    teacher = a_pupil(MARK, role=Role.TEACHER)
    colleague = a_person(Role.TEACHER)
    live(store, teacher, MARK, class_id=CLASS)
    with store(EVERYTHING) as work:
        work.people.save_person(replace(teacher, is_active=False, left_at=NOW))
        work.people.save_person(replace(colleague, is_active=has_colleague))
        work.records.retire("cases", NOW, school_id=SCHOOL, held=())
        work.commit()

    counts = retention.run(_only("people"), NOW + timedelta(days=30))

    with store(EVERYTHING) as work:
        document = work.documents.find(reading_of(teacher, MARK).id)
        gone = work.people.find_person(teacher.id)
    assert counts["people"] == 1
    assert gone is None
    assert (document.owner_id if document else None) == (colleague.id if has_colleague else None)


def test_whoever_left_is_hidden_while_a_case_is_kept(store: SqlStore, retention: Retention) -> None:
    """When the days are over only the case and the name are left, for the counsellor alone; they go with the case."""
    live(store, PUPIL, MARK)
    with store(EVERYTHING) as work:
        work.people.save_person(replace(PUPIL, is_active=False, left_at=NOW))
        work.commit()

    first = retention.run(_school(), NOW + timedelta(days=30))
    kept = _what_is_left(store)
    second = retention.run(_school(), NOW + timedelta(days=364))
    last = retention.run(_school(), NOW + timedelta(days=365))

    assert first["people"] == 1
    assert kept == (None, {PUPIL.id: PUPIL.name}, [case_of(MARK)])
    assert not {"people", "cases"} & second.keys()
    assert last["cases"] == 1
    assert "people" not in last
    assert _what_is_left(store) == (None, {}, [])


def _what_is_left(store: SqlStore) -> tuple[Person | None, Mapping[PersonId, str], list[CaseId]]:
    with store(EVERYTHING) as work:
        cases = [case.id for case in work.care.list_about(PUPIL.id)]
        return work.people.find_person(PUPIL.id), work.people.name_people([PUPIL.id]), cases


def test_work_that_failed_stays_with_its_reading(store: SqlStore, retention: Retention) -> None:
    """A failed job of a reading says what can be tried again, and stays; a finished one of a day goes."""
    live(store, PUPIL, MARK)
    with store(EVERYTHING) as work:
        failed = work.jobs.claim("me", lease_seconds=60)
        assert failed is not None
        work.jobs.finish(failed.id, "me", error=("damaged", "This file is damaged."))
        work.jobs.add_once(Retire("2026-09-01"))
        day = work.jobs.claim("me", lease_seconds=60)
        assert day is not None
        work.jobs.finish(day.id, "me", error=("unexpected", "Something went wrong."))
        work.commit()

    assert retention.run(_only("jobs"), NOW + timedelta(days=30))["jobs"] == 1
    assert _is_there(store, "jobs")


def test_all_schools_are_gone_through(store: SqlStore, retention: Retention) -> None:
    """Every school is retired by its own rules, and the counts are added up."""
    _prepare(store, "questions")
    with store(EVERYTHING) as work:
        work.people.save_school(_school(questions=30))
        work.people.save_school(School(SchoolId("8" * 32), "Another"))
        work.commit()

    assert retention.run_all(NOW + timedelta(days=31))["questions"] == 4
    assert "questions" not in retention.run_all(NOW + timedelta(days=31))


def test_each_day_has_one_job() -> None:
    """The schedule asks for one job a day, named by the day."""
    assert jobs_due(NOW) == (Retire("2026-09-01"),)
    assert jobs_due(NOW + timedelta(days=1)) == (Retire("2026-09-02"),)


def _ages() -> st.SearchStrategy[dict[str, tuple[int, bool]]]:
    return st.dictionaries(
        st.sampled_from(["ant", "bee", "cat", "dog", "eel"]), st.tuples(st.integers(0, 500), st.booleans()), max_size=4
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=_ages(), questions=st.integers(1, 365), answers=st.integers(30, 800))
def test_what_is_left_is_young_or_held(
    store: SqlStore, retention: Retention, lives: dict[str, tuple[int, bool]], questions: int, answers: int
) -> None:
    """In any school, after a run, exactly those things are left that are younger than their days or held."""
    for mark, (age, is_held) in lives.items():
        person = a_pupil(mark, classes=())
        live(store, person, mark, at=NOW - timedelta(days=age))
        if is_held:
            with store(EVERYTHING) as work:
                hold = Hold(HoldId(stable_id("on", mark)), SCHOOL, person.id, "A court asks.", None, NOW)
                work.rights.save_hold(hold)
                work.commit()

    retention.run(replace(_school(questions=questions, answers_open=answers)), NOW)

    for mark, (age, is_held) in lives.items():
        person = a_pupil(mark, classes=())
        assert _is_there(store, "questions", person, mark) == (is_held or age < questions), mark
        is_kept = is_held or age < answers
        # the reading takes the answers about it along
        assert _is_there(store, "answers_open", person, mark) == (is_kept and (is_held or age < 400)), mark
        _forget(store, person.id)


def _forget(store: SqlStore, person_id: PersonId) -> None:
    with store(EVERYTHING) as work:
        work.records.retire("cases", NOW + timedelta(days=9999), school_id=SCHOOL, held=[])
        work.records.erase(person_id)
        work.commit()


def _kinds() -> Iterator[str]:
    for table in metadata.tables.values():
        yield from told_of(table).kinds


def test_every_kind_is_proven_here() -> None:
    """No kind of any table is without a probe in this file."""
    assert set(_kinds()) == set(PROBES)
