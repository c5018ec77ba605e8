"""What people have a right to: to know, to take a copy, to be erased; and legal holds."""

import io
import json
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from accounts.copy import Export, pieces_of
from accounts.holdings import counted_names, in_words, list_groups, until_of
from accounts.rights import Rights
from adapters.files.disk import DiskFiles
from adapters.sql.columns import metadata
from adapters.sql.store import SqlStore
from adapters.vectors.memory import MemoryIndex
from domain.care import CaseStatus
from domain.errors import Conflict, Invalid, MargentError, NotAllowed, NotFound, StoreBusy
from domain.ids import HoldId, PersonId, SchoolId, UnitId, stable_id
from domain.jobs import IngestDocument
from domain.learning import HintProgress
from domain.people import Person, Role, School, SchoolRules
from domain.ports import UnitOfWork
from domain.scope import EVERYTHING
from safety.access import Accesses
from safety.erasure import Eraser
from safety.retention import list_rules
from tests.builders import CLASS, NOW, a_person
from tests.conftest import FixedClock
from tests.lives import a_pupil, case_of, live, quiz_of, reading_of

MARK, OTHER = "zebramark", "okapiother"
PUPIL, NEIGHBOUR = a_pupil(MARK), a_pupil(OTHER)
OFFICE = a_person(Role.ADMINISTRATOR)
GUARDIAN = a_person(Role.GUARDIAN, ward_ids=(PUPIL.id,))
CASE_WORDS = ("flag", "note", "case", "escalated", "self_harm", "worry", "care")


@pytest.fixture
def files(tmp_path: Path) -> DiskFiles:
    return DiskFiles(tmp_path / "files")


@pytest.fixture
def rights(store: SqlStore, files: DiskFiles, clock: FixedClock) -> Rights:
    return _rights(store, files, clock, Eraser(store, files, MemoryIndex()))


def _rights(store: SqlStore, files: DiskFiles, clock: FixedClock, eraser: Eraser) -> Rights:
    return Rights(store, files, eraser, Accesses(store, clock), clock=clock)


def _tell(store: SqlStore, *, is_told: bool = True, status: CaseStatus = CaseStatus.CLOSED) -> None:
    with store(EVERYTHING) as work:
        case = work.care.find(case_of(MARK))
        assert case is not None
        work.care.save(replace(case, is_told=is_told, status=status))
        work.commit()


def _read(export: Export) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces_of(export)))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_table_and_kind_is_named_to_people() -> None:
    """Each table belongs to a group that people read of, each kind of keeping is told, and erasures can be counted."""
    tables = {table for group in list_groups() for table in group.tables}
    kinds = {kind for group in list_groups() for kind in group.kinds}

    assert tables == set(metadata.tables) - {"school", "class_room", "receipt", "person_key", "audit"}
    assert kinds == {rule.kind for rule in list_rules()} - {"classes", "holds", "jobs"}
    assert counted_names() - {"file", "passed_on"} <= set(metadata.tables)
    untold = {"care_case", "flag", "case_event", "notice", "concern", "person_key", "access", "interaction", "job"}
    assert not untold & counted_names()
    for group in list_groups():
        columns = {**group.for_guardians, **group.shows}
        for table, names in columns.items():
            assert set(names) <= set(metadata.tables[table].c.keys()), (group.key, table)
            assert table in group.tables, (group.key, table)


def test_what_is_held_is_said_in_words(store: SqlStore, rights: Rights) -> None:
    """Each kind of thing comes with its count, since when, until when, who sees it and what for."""
    live(store, PUPIL, MARK)

    found = {held.group.key: held for held in rights.held(PUPIL).groups}

    expected = {
        "account",
        "sign_ins",
        "choices",
        "readings",
        "questions",
        "answers",
        "exchanges",
        "surrogates",
        "reviews",
        "invitations",
        "looks",
        "study_sets",
    }
    assert set(found) == expected
    assert (found["questions"].count, found["questions"].since) == (2, NOW)
    assert found["questions"].until == ("180 days.",)
    assert found["account"].until[1] == "When it is closed: 30 days after that."
    assert found["exchanges"].count == 1
    assert rights.held(PUPIL).held_since is None


def test_who_looked_is_named(store: SqlStore, rights: Rights) -> None:
    """A look comes with the looker's name and role, and without a name once the looker is gone."""
    live(store, PUPIL, MARK)
    teacher = a_person(Role.TEACHER)

    (look,) = rights.held(PUPIL).looks
    with store(EVERYTHING) as work:
        work.records.erase(teacher.id)
        work.commit()

    assert (look.name, look.role, look.access.what) == (teacher.name, "teacher", "progress")
    assert rights.held(PUPIL).looks[0].name == ""


def test_a_case_that_is_not_told_changes_nothing(store: SqlStore, rights: Rights) -> None:
    """What is held, the copy and the plan of an erasure are the same with a case and without one, told or not asked."""
    live(store, PUPIL, MARK)

    with_case = (rights.held(PUPIL), _read(rights.copy(PUPIL)), rights.plan(OFFICE, PUPIL.id))
    with store(EVERYTHING) as work:
        assert work.records.retire("cases", NOW, school_id=PUPIL.school_id, held=()) == 1
        work.commit()

    assert (rights.held(PUPIL), _read(rights.copy(PUPIL)), rights.plan(OFFICE, PUPIL.id)) == with_case
    said = "".join(with_case[1].values()).lower()
    assert not [word for word in ("flag", "escalated", "self_harm", "care_case", "case_event") if word in said]


def test_a_case_that_is_told_is_shown(store: SqlStore, rights: Rights) -> None:
    """Once the counsellor lets the person know: that there is a case, the own words and looks, and no more of it."""
    live(store, PUPIL, MARK)
    _tell(store)

    holdings, said = rights.held(PUPIL), _read(rights.copy(PUPIL))

    assert "care" in {held.group.key for held in holdings.groups}
    assert len(holdings.looks) == 2
    assert f"{MARK}-flag" in said["index.html"]
    care = json.loads(said["data.json"])["groups"]["care"]["tables"]
    assert {table: set(rows[0]) for table, rows in care.items()} == {
        "care_case": {"opened_at"},
        "flag": {"raised_at", "text"},
    }
    assert not [word for word in (f"{MARK}-note", "severity", "self_harm") if word in "".join(said.values())]
    (group,) = (held.group for held in holdings.groups if held.group.key == "care")
    assert "noted" not in group.what
    assert "something you wrote that a counsellor looks after" in said["index.html"]


class _Page(HTMLParser):
    """Which elements a page has, and whether they are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not [name for name, value in attrs if name.startswith("on") or (value or "").startswith("javascript")]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_copy_can_be_read_and_computed(store: SqlStore, rights: Rights, files: DiskFiles) -> None:
    """The copy holds everything as JSON by kind, a page without script that tells it, and the person's files."""
    nasty = replace(PUPIL, name="<script>alert(1)</script> & Zoë")
    live(store, nasty, MARK)
    content_hash, _ = files.save(io.BytesIO(b"# A reading"), limit=1000)
    with store(EVERYTHING) as work:
        reading = work.documents.find(reading_of(PUPIL, MARK).id)
        assert reading is not None
        work.documents.save(replace(reading, content_hash=content_hash, filename="a/../b #1.md"))
        work.commit()

    said = _read(rights.copy(nasty))

    page, groups = said["index.html"], json.loads(said["data.json"])["groups"]
    parser = _Page()
    parser.feed(page)
    assert parser.open == []
    assert "script" not in parser.seen
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Zoë" in page
    assert said["files/001-a_.._b #1.md"] == "# A reading"
    assert 'href="files/001-a_.._b%20%231.md"' in page
    assert groups["answers"]["tables"]["attempt"][0]["answer"] == f"{MARK}-answer"
    assert groups["questions"]["tables"]["artifact"][0]["title"] == f"{MARK}-own"
    assert [row["title"] for row in groups["readings"]["tables"]["artifact"]] == [f"{MARK}-quiz"]
    assert groups["readings"]["tables"]["artifact"][0]["units"][0]["stem"] == f"{MARK}-item"
    for word in ("answer", "own", "title", "number"):
        assert f"{MARK}-{word}" in page, word


def test_a_file_that_is_not_there_is_left_out(store: SqlStore, rights: Rights) -> None:
    """A reading whose file is gone is in the copy without it."""
    live(store, PUPIL, MARK)

    said = _read(rights.copy(PUPIL))

    assert set(said) == {"index.html", "data.json"}
    assert f"{MARK}-file.md" in said["index.html"]


def test_what_there_is_nothing_of_has_no_table(store: SqlStore, rights: Rights) -> None:
    """Somebody who took hints and asked nothing has one table there, not an empty one beside it."""
    with store(EVERYTHING) as work:
        work.people.save_person(PUPIL)
        work.learning.save_hint_progress(HintProgress(PUPIL.id, UnitId(stable_id("question")), 1, NOW))
        work.commit()

    page = _read(rights.copy(PUPIL))["index.html"]

    assert "Hints taken" in page
    assert page.count("<table>") == 2


def test_a_guardians_copy_has_no_words_of_the_child(store: SqlStore, rights: Rights) -> None:
    """A guardian's copy holds numbers and choices: no questions, answers, titles or files, and nothing of a case."""
    live(store, PUPIL, MARK)
    _tell(store)

    said = "".join(_read(rights.copy(PUPIL, by=GUARDIAN)).values())

    assert PUPIL.name in said
    assert '"is_correct": true' in said
    for word in ("answer", "own", "asked", "title", "file", "page", "flag", "note", "browser"):
        assert f"{MARK}-{word}" not in said, word
    for word in ("What your counsellor keeps", "escalated", "own questions and hints", "Who looked"):
        assert word not in said, word
    assert [look.access.what for look in rights.held(PUPIL).looks if look.name == GUARDIAN.name] == ["copy"]


@pytest.mark.parametrize(
    "by", [a_person(Role.GUARDIAN), a_person(Role.TEACHER), OFFICE, replace(GUARDIAN, school_id=SchoolId("9" * 32))]
)
def test_others_get_no_copy(store: SqlStore, rights: Rights, by: Person) -> None:
    """Nobody but the person and the person's guardian gets a copy."""
    live(store, PUPIL, MARK)

    with pytest.raises(NotFound):
        rights.copy(PUPIL, by=by)


def test_a_person_takes_the_own_copy_by_name(store: SqlStore, rights: Rights) -> None:
    """Asking for oneself by name is asking for oneself."""
    live(store, PUPIL, MARK)

    assert f"{MARK}-answer" in _read(rights.copy(PUPIL, by=PUPIL))["index.html"]


def test_the_plan_is_what_happens(store: SqlStore, rights: Rights) -> None:
    """The plan deletes nothing, and its numbers are those of the receipt."""
    live(store, PUPIL, MARK)
    live(store, NEIGHBOUR, OTHER)

    plan = rights.plan(OFFICE, PUPIL.id)
    again = rights.plan(OFFICE, PUPIL.id)
    receipt = rights.erase(OFFICE, PUPIL.id)

    assert plan == again
    # the test's reading has a row and no file
    assert {name: count for name, count in plan.counts.items() if name != "file"} == receipt.counts
    assert ("readings", 1) in in_words(plan.counts)
    assert plan.successors == ()
    assert rights.list_receipts(OFFICE) == [receipt]
    assert receipt.by_id == OFFICE.id
    assert MARK not in str(receipt)
    assert PUPIL.id not in str(receipt)
    with store(EVERYTHING) as work:
        assert work.people.find_person(PUPIL.id) is None
        assert work.people.find_person(NEIGHBOUR.id) == NEIGHBOUR


def test_whoever_was_never_there_cannot_be_erased(store: SqlStore, rights: Rights) -> None:
    """Unknown ids, other schools' people, and orders of people who may not order are all the same NotFound."""
    stranger = a_person(Role.STUDENT, id=PersonId("d" * 32), school_id=SchoolId("e" * 32), email="x@y.example")
    with store(EVERYTHING) as work:
        work.people.save_school(School(stranger.school_id, "Another"))
        work.people.save_person(replace(stranger, class_ids=()))
        work.commit()

    said = set()
    for by, person_id in ((OFFICE, PersonId("0" * 32)), (OFFICE, stranger.id), (a_person(Role.TEACHER), PUPIL.id)):
        for attempt in (rights.plan, rights.erase):
            with pytest.raises(NotFound) as refused:
                attempt(by, person_id)
            said.add(refused.value.message)

    assert len(said) == 1


def test_at_the_machine_no_administrator_is_needed(store: SqlStore, rights: Rights) -> None:
    """A command erases without naming anybody; an administrator who erases the own account is not named either."""
    live(store, PUPIL, MARK)
    second = replace(OFFICE, id=PersonId(stable_id("second")), email="second@school.example")
    with store(EVERYTHING) as work:
        work.people.save_person(second)
        work.commit()

    assert rights.erase(None, PUPIL.id).by_id is None
    assert rights.erase(OFFICE, OFFICE.id).by_id is None


def test_the_last_administrator_stays(rights: Rights) -> None:
    """A school is not left without anybody who keeps it."""
    with pytest.raises(Conflict) as refused:
        rights.erase(OFFICE, OFFICE.id)

    assert refused.value.code == "last_administrator"


def test_a_hold_is_told_with_its_reason(store: SqlStore, rights: Rights) -> None:
    """Under a hold nobody is erased, the administrator reads why, and the person only that it is so."""
    live(store, PUPIL, MARK)
    hold = rights.place_hold(OFFICE, PUPIL.id, "  A court  asks. ")

    with pytest.raises(Conflict, match="A court asks") as refused:
        rights.erase(OFFICE, PUPIL.id)
    held = rights.held(PUPIL)
    copy = "".join(_read(rights.copy(PUPIL)).values())
    rights.lift_hold(OFFICE, hold.id)
    rights.lift_hold(OFFICE, hold.id)

    assert refused.value.code == "on_hold"
    assert held.held_since == NOW
    assert "court" not in copy
    assert ("A court asks.", NOW, PUPIL) in [(one.reason, one.lifted_at, who) for one, who in rights.list_holds(OFFICE)]
    assert rights.held(PUPIL).held_since is None
    assert rights.erase(OFFICE, PUPIL.id).counts


def test_a_hold_on_the_school_covers_everybody(store: SqlStore, rights: Rights) -> None:
    """With a hold on the whole school nobody is erased."""
    live(store, PUPIL, MARK)
    rights.place_hold(OFFICE, None, "An authority asks.")

    with pytest.raises(Conflict, match="authority"):
        rights.erase(OFFICE, PUPIL.id)

    assert [(hold.reason, about) for hold, about in rights.list_holds(OFFICE) if hold.lifted_at is None] == [
        ("An authority asks.", None)
    ]


def _work_on_reading(store: SqlStore) -> None:
    with store(EVERYTHING) as work:
        assert work.jobs.claim("me", lease_seconds=60)
        work.commit()


def _bind(store: SqlStore, rights: Rights) -> None:
    live(store, NEIGHBOUR, OTHER)
    with store(EVERYTHING) as work:
        (attempt,) = work.learning.list_attempts(PUPIL.id, quiz_of(MARK))
        work.learning.add_attempt(replace(attempt, id=type(attempt.id)(stable_id("theirs")), person_id=NEIGHBOUR.id))
        work.commit()
    rights.place_hold(OFFICE, NEIGHBOUR.id, "A court asks.")


def test_a_hold_on_somebodys_work_in_a_reading_keeps_its_owner(store: SqlStore, rights: Rights) -> None:
    """Who owns a reading with work of somebody under a hold waits for the hold, and the order says its reason."""
    live(store, PUPIL, MARK)
    _bind(store, rights)

    with pytest.raises(Conflict, match="A court asks") as refused:
        rights.erase(OFFICE, PUPIL.id)

    assert refused.value.code == "on_hold"
    with store(EVERYTHING) as work:
        assert work.people.find_person(PUPIL.id) == PUPIL
        assert work.rights.list_receipts(PUPIL.school_id) == []


def test_a_reading_that_is_worked_on_does_not_wait(store: SqlStore, rights: Rights) -> None:
    """Work on a reading of somebody who is erased is stopped, and the erasure is done at once."""
    live(store, PUPIL, MARK)
    _work_on_reading(store)

    assert rights.erase(OFFICE, PUPIL.id).counts["document"] == 1


@pytest.mark.parametrize("by", [OFFICE, None])
def test_an_order_is_done_beside_an_open_case(store: SqlStore, rights: Rights, by: Person | None) -> None:
    """Everything but the open case goes at once; the counsellor reads in it that and by whom the erasure was asked."""
    live(store, PUPIL, MARK)
    _tell(store, is_told=False, status=CaseStatus.OPEN)

    receipt = rights.erase(by, PUPIL.id)

    assert receipt.counts["person"] == 1
    assert receipt.counts.keys() <= counted_names()
    with store(EVERYTHING) as work:
        case = work.care.find(case_of(MARK))
        assert work.people.find_person(PUPIL.id) is None
        assert work.people.name_people([PUPIL.id]) == {PUPIL.id: PUPIL.name}
    assert case is not None
    assert [(event.what, event.by) for event in case.events][2:] == [("erasure asked", by.id if by else None)]
    with pytest.raises(NotFound):
        rights.erase(OFFICE, PUPIL.id)


def test_class_readings_pass_to_a_successor(store: SqlStore, rights: Rights) -> None:
    """What a teacher shared with classes passes to the named teacher with its answers; what was private goes."""
    teacher, follows = a_pupil(MARK, role=Role.TEACHER), a_person(Role.TEACHER)
    live(store, teacher, MARK, class_id=CLASS)
    with store(EVERYTHING) as work:
        shared = work.documents.find(reading_of(teacher, MARK).id)
        assert shared is not None
        work.documents.save(replace(shared, id=type(shared.id)("7" * 32), class_id=None))
        (attempt,) = work.learning.list_attempts(teacher.id, quiz_of(MARK))
        work.learning.add_attempt(replace(attempt, id=type(attempt.id)("8" * 32), person_id=a_person().id))
        work.commit()

    plan = rights.plan(OFFICE, teacher.id)
    receipt = rights.erase(OFFICE, teacher.id, successor_id=follows.id)

    assert plan.shared == 1
    assert [one.id for one in plan.successors] == [follows.id]
    assert (receipt.counts["passed_on"], receipt.counts["document"]) == (1, 1)
    with store(EVERYTHING) as work:
        kept = work.documents.find(shared.id)
        assert kept is not None
        assert kept.owner_id == follows.id
        assert len(work.learning.list_attempts(a_person().id, quiz_of(MARK))) == 1


@pytest.mark.parametrize("follows", [PUPIL.id, a_person(Role.STUDENT).id, PersonId("0" * 32)])
def test_only_a_teacher_can_follow(store: SqlStore, rights: Rights, follows: PersonId) -> None:
    """A successor who is the person, no teacher, or nobody is refused, and nothing is deleted."""
    live(store, PUPIL, MARK, class_id=CLASS)

    with pytest.raises(Invalid):
        rights.erase(OFFICE, PUPIL.id, successor_id=follows)

    with store(EVERYTHING) as work:
        assert work.people.find_person(PUPIL.id) == PUPIL


class _BusyEraser(Eraser):
    """An eraser on a machine where something reads all the time."""

    def scrub(self) -> None:
        """Find the store busy."""
        raise StoreBusy("The store is busy. Try again in a moment.")


def test_an_erasure_that_cannot_be_overwritten_yet_stands(store: SqlStore, files: DiskFiles, clock: FixedClock) -> None:
    """When the store is too busy to be overwritten at once, the person is erased all the same; the night does it."""
    live(store, PUPIL, MARK)
    rights = _rights(store, files, clock, _BusyEraser(store, files, MemoryIndex()))

    assert rights.erase(OFFICE, PUPIL.id).counts
    with store(EVERYTHING) as work:
        assert work.people.find_person(PUPIL.id) is None


def test_only_administrators_keep_the_school(rights: Rights) -> None:
    """Holds, receipts and days are for administrators."""
    teacher = a_person(Role.TEACHER)

    attempts = (
        lambda: rights.place_hold(teacher, None, "Because."),
        lambda: rights.lift_hold(teacher, HoldId("0" * 32)),
        lambda: rights.list_holds(teacher),
        lambda: rights.list_receipts(teacher),
        lambda: rights.set_keep_days(teacher, {"questions": 30}),
    )

    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_hold_needs_a_reason(rights: Rights, reason: str) -> None:
    """A hold without a reason, or with a letter for one, is refused."""
    with pytest.raises(Invalid) as refused:
        rights.place_hold(OFFICE, None, reason)

    assert refused.value.field == "reason"


def test_foreign_holds_are_not_there(rights: Rights) -> None:
    """A hold that nobody placed cannot be lifted, and one on nobody cannot be placed."""
    for attempt in (
        lambda: rights.lift_hold(OFFICE, HoldId("0" * 32)),
        lambda: rights.place_hold(OFFICE, PersonId("0" * 32), "Because."),
    ):
        with pytest.raises(MargentError) as refused:
            attempt()
        assert refused.value.code == "not_found"


def test_days_are_kept_with_the_school(store: SqlStore, rights: Rights) -> None:
    """What is set is added to what was set before; what is out of range changes nothing."""
    rights.set_keep_days(OFFICE, {"questions": 30})
    rights.set_keep_days(OFFICE, {"answers": 60})
    with pytest.raises(Invalid):
        rights.set_keep_days(OFFICE, {"questions": 90, "answers": 9999})

    with store(EVERYTHING) as work:
        assert work.people.load_school(OFFICE.school_id).rules.keep_days == {"questions": 30, "answers": 60}


def test_a_reading_that_waits_can_be_erased(store: SqlStore, rights: Rights) -> None:
    """A job that has not begun holds nothing up: it goes with its reading."""
    live(store, PUPIL, MARK)

    rights.erase(OFFICE, PUPIL.id)

    with store(EVERYTHING) as work:
        assert _job_of(work) is None


def _job_of(work: UnitOfWork) -> object:
    return work.jobs.find_for(reading_of(PUPIL, MARK).id, IngestDocument(reading_of(PUPIL, MARK).id).name)


def test_the_plan_names_holds_and_guardians_left_without_a_child(store: SqlStore, rights: Rights) -> None:
    """Before anything is tried an administrator sees what would stop it, and which guardians would have no child."""
    live(store, PUPIL, MARK)
    guardian = a_person(Role.GUARDIAN, id=PersonId("e" * 32), email="", class_ids=(), ward_ids=(PUPIL.id,))
    with store(EVERYTHING) as work:
        work.people.save_person(guardian)
        work.commit()
    hold = rights.place_hold(OFFICE, PUPIL.id, "A court asks")

    plan = rights.plan(OFFICE, PUPIL.id)

    assert [one.id for one in plan.holds] == [hold.id]
    assert guardian.id in {one.id for one in plan.left_alone}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Until you sign out, or when the session has ended."),
        (1, "Until you sign out, or 1 day after the session has ended."),
        (30, "Until you sign out, or 30 days after the session has ended."),
    ],
)
def test_no_days_are_said_as_people_say_it(days: int, said: str) -> None:
    """What goes with its session goes when that has ended, not after no days."""
    (group,) = (one for one in list_groups() if "sign_ins" in one.kinds)

    assert said in until_of(group, SchoolRules(keep_days={"sign_ins": days}))
