"""Rosters brought into a school and into classes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.roster.report import Outcome, Report, RowReport
from accounts.rosters import Rosters
from adapters.sql.store import SqlStore
from domain.errors import Conflict, Invalid, NotFound, StoreBusy
from domain.ids import ClassId, PersonId, SchoolId, new_id
from domain.people import ClassRoom, Person, Role, School
from domain.ports import UnitOfWork
from domain.scope import EVERYTHING, Scope
from tests.builders import CLASS, SCHOOL, a_person
from tests.conftest import FixedClock

TEACHER = a_person(Role.TEACHER)
OFFICE = a_person(Role.ADMINISTRATOR)
STUDENT = a_person(Role.STUDENT)
OTHER_CLASS = ClassRoom(ClassId("0" * 32), SCHOOL, "7a", external_id="c7")
ELSEWHERE = SchoolId("e" * 32)


@pytest.fixture
def rosters(store: SqlStore, clock: FixedClock) -> Rosters:
    with store(EVERYTHING) as work:
        work.people.save_class(OTHER_CLASS)
        work.people.save_school(School(ELSEWHERE, "Another"))
        foreigner = a_person(id=PersonId("8" * 32), school_id=ELSEWHERE, email="f@else.example", class_ids=())
        work.people.save_person(foreigner)
        work.commit()
    return Rosters(store, clock)


def people(store: SqlStore, school_id: SchoolId = SCHOOL) -> list[Person]:
    with store(EVERYTHING) as work:
        return work.people.list_people(school_id)


def by_name(store: SqlStore) -> dict[str, Person]:
    return {person.name: person for person in people(store)}


def save(store: SqlStore, *persons: Person) -> None:
    with store(EVERYTHING) as work:
        for person in persons:
            work.people.save_person(person)
        work.commit()


def into_school(rosters: Rosters, text: str) -> Report:
    return rosters.bring_in(OFFICE, text.encode())


def into_class(rosters: Rosters, text: str) -> Report:
    return rosters.bring_in(TEACHER, text.encode(), class_id=CLASS)


def said(report: Report) -> list[tuple[str, str]]:
    return [(row.outcome.value, row.sentence) for row in report.rows]


FULL = (
    "name,email,role,class,id,birthday,parent email\n"
    "Ada A,ada@x.example,student,8b;9z,S1,2012-05-03,mum@home.example dad@home.example\n"
    "Tom T,tom@x.example,teacher,9z,T1,,\n"
    "Cleo C,cleo@x.example,counsellor,9z,,,\n"
    "Gil G,gil@x.example,guardian,9z,,,\n"
)


def test_a_school_s_roster_makes_people_classes_and_families(rosters: Rosters, store: SqlStore) -> None:
    """Students and teachers are in their classes, guardians have their children, nobody has a password."""
    report = into_school(rosters, FULL)

    assert [row.outcome for row in report.rows] == [Outcome.ADDED] * 4
    found = by_name(store)
    with store(EVERYTHING) as work:
        classes = {one.name: one.id for one in work.people.list_classes(SCHOOL)}
    ada, mum = found["Ada A"], found["mum@home.example"]
    assert set(ada.class_ids) == {classes["8b"], classes["9z"]}
    assert (ada.external_id, ada.decides_from, ada.password_hash) == ("S1", date(2028, 6, 1), "")
    assert (mum.role, mum.ward_ids, mum.class_ids) == (Role.GUARDIAN, (ada.id,), ())
    assert found["Tom T"].class_ids == (classes["9z"],)
    assert (found["Cleo C"].role, found["Cleo C"].class_ids) == (Role.COUNSELLOR, ())


def test_a_second_time_changes_nothing(rosters: Rosters, store: SqlStore) -> None:
    """The same list again finds everybody as the list has them."""
    into_school(rosters, FULL)
    before = people(store)

    report = into_school(rosters, FULL)

    assert said(report) == [("unchanged", "Nothing new.")] * 4
    assert people(store) == before


_NAMES = st.sampled_from(["Ada A", "Bob B", "ada a", "=Eve", "Łuk Ł", ""])
_EMAILS = st.sampled_from(["", "a@SCHOOL", "b@SCHOOL", "A@SCHOOL", "student@school.example", "bad", "own@SCHOOL"])
_IDS = st.sampled_from(["", "1", "2"])
_ROLES = st.sampled_from(["student", "student", "teacher", "guardian", "administrator", "pirate", "counsellor"])
_CLASSES = st.sampled_from(["", "8b", "7a", "8b;7a", "x" * 101])
_PARENTS = st.sampled_from(["", "p@SCHOOL", "p@SCHOOL q@SCHOOL", "a@SCHOOL", "student@school.example", "no"])
_LINES = st.lists(st.tuples(_NAMES, _EMAILS, _IDS, _ROLES, _CLASSES, _PARENTS), max_size=8)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.TEACHER])
@settings(max_examples=40, deadline=None)
@given(lines=_LINES)
def test_twice_is_once(role: Role, lines: list[tuple[str, ...]], module_store: SqlStore) -> None:
    """Whatever a list holds, a second time adds nobody, changes nothing, and refuses no more rows."""
    school = SchoolId(new_id())
    class_room = ClassRoom(ClassId(new_id()), school, "8b")
    by = a_person(role, id=PersonId(new_id()), school_id=school, email=f"own@{school}", class_ids=(class_room.id,))
    with module_store(EVERYTHING) as work:
        work.people.save_school(School(school, "New"))
        work.people.save_class(class_room)
        work.people.save_person(by)
        work.commit()
    rosters = Rosters(module_store, FixedClock())
    text = "\n".join(["name,email,id,role,class,parent email", *(",".join(line) for line in lines)])
    content = text.replace("SCHOOL", school).encode()
    class_id = class_room.id if role is Role.TEACHER else None
    planned = rosters.bring_in(by, content, class_id=class_id, is_trial=True)
    first = rosters.bring_in(by, content, class_id=class_id)
    before = people(module_store, school)

    second = rosters.bring_in(by, content, class_id=class_id)

    assert planned.rows == first.rows
    assert second.counts[Outcome.ADDED] == second.counts[Outcome.UPDATED] == 0
    assert second.counts[Outcome.REFUSED] <= first.counts[Outcome.REFUSED]
    assert people(module_store, school) == before
    allowed = {Role.STUDENT} if role is Role.TEACHER else set(Role) - {Role.ADMINISTRATOR}
    assert {one.role for one in before if one.id != by.id} <= allowed


def test_what_a_list_changes_is_said(rosters: Rosters, store: SqlStore) -> None:
    """A later list of the office changes what it has otherwise, adds classes, and takes nobody out."""
    into_school(rosters, "name,email,id,class,birthday\nAda A,ada@x.example,S1,8b,2012-05\n")

    report = into_school(rosters, "name,email,id,class,birthday\nAda Byron,Ada.B@x.example,S1,9z,2012-06\n")

    assert said(report) == [
        ("updated", "Changed: name, e-mail address or user name, day of deciding alone, class 9z."),
    ]
    ada = by_name(store)["Ada Byron"]
    assert (ada.email, len(ada.class_ids), ada.decides_from) == ("Ada.B@x.example", 2, date(2028, 7, 1))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Ann,ann@x.example,administrator,8b,", "makes no administrators"),
        (",ann@x.example,student,8b,", "no name"),
        ("Ann,bad,student,8b,", "no e-mail address"),
        ("Ann,ann@x.example,pirate,8b,", "“pirate”"),
        ("Ann,f@else.example,student,8b,", "cannot be used here"),
        (f"Ann,ann@x.example,student,{'x' * 101},", "name of a class"),
        ("Ann,teacher@school.example,student,8b,", "is a teacher here"),
        ("Ann,administrator@school.example,administrator,8b,", "makes no administrators"),
        ("Ann,administrator@school.example,teacher,8b,", "administrator's account"),
        ("Ann,,guardian,,", "needs an e-mail address"),
        ("Ann,ended@school.example,student,8b,", "was ended"),
        ("Ann,student@school.example,student,8b,N1", "another number"),
        ("Ann,student@school.example,student,8b,N2", "somebody else's"),
        ("Two,,student,8b,", "Several people"),
    ],
)
def test_bad_rows_stay_out_and_good_rows_come_in(rosters: Rosters, store: SqlStore, row: str, words: str) -> None:
    """A row that cannot be taken says why in a sentence, and the next row is taken all the same."""
    save(
        store,
        a_person(external_id="N0"),
        a_person(id=PersonId("1" * 32), email="", name="Nel", external_id="N2"),
        a_person(id=PersonId("2" * 32), email="ended@school.example", name="Ed", is_active=False),
        a_person(id=PersonId("3" * 32), email="t1@x.example", name="Two"),
        a_person(id=PersonId("4" * 32), email="t2@x.example", name="Two"),
    )
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "8b"))
        work.commit()

    report = into_school(rosters, f"name,email,role,class,id\n{row}\nZoe,zoe@x.example,student,8b,\n")

    assert [one.outcome for one in report.rows] == [Outcome.REFUSED, Outcome.ADDED]
    assert words in report.rows[0].sentence
    assert report.rows[0].line == 2


@pytest.mark.parametrize(
    ("rows", "outcomes", "words"),
    [
        ("Ada,a@x.example,,8b\nAda,a@x.example,,9z", ["added", "updated"], "same person as in line 2"),
        ("Ada,a@x.example,,8b\nada,A@X.example,,8b", ["added", "unchanged"], "same person as in line 2"),
        ("Ada,a@x.example,,8b\nBob,a@x.example,,8b", ["added", "refused"], "with another name"),
        ("Ada,a@x.example,1,8b\nAda,b@x.example,1,8b", ["added", "refused"], "another e-mail address"),
        ("Ada,,,8b\nAda,,,8b", ["added", "refused"], "same name stands in line 2"),
        ("Ada,,1,8b\nAda,,2,8b", ["added", "added"], "New account."),
        ("Ada,,,8b\nAda,,2,8b", ["added", "added"], "New account."),
    ],
)
def test_repeated_rows(rosters: Rosters, rows: str, outcomes: list[str], words: str) -> None:
    """The same person twice is one person; two people of one name need something that tells them apart."""
    report = into_school(rosters, f"name,email,id,class\n{rows}\n")

    assert [row.outcome.value for row in report.rows] == outcomes
    assert words in report.rows[1].sentence


def test_names_alone_are_known_again(rosters: Rosters, store: SqlStore) -> None:
    """A list of nothing but names doubles nobody, in a class or without one, even when an address came meanwhile."""
    into_school(rosters, "name\nAda A\nBob B\n")
    save(store, replace(by_name(store)["Ada A"], email="ada.8b", password_hash="hash", class_ids=(CLASS,)))

    report = into_school(rosters, "name\nAda A\nBob B\n")

    assert report.counts[Outcome.UNCHANGED] == 2


def test_a_later_list_gives_numbers_to_names(rosters: Rosters, store: SqlStore) -> None:
    """Whoever came by name alone gets address and number from the next list instead of a second account."""
    into_class(rosters, "name\nAda A\n")

    report = into_class(rosters, "name,email,id\nAda A,ada@x.example,S1\n")

    assert said(report) == [("updated", "Changed: e-mail address or user name, number.")]
    assert by_name(store)["Ada A"].email == "ada@x.example"


def test_a_teacher_brings_students_into_an_own_class(rosters: Rosters, store: SqlStore) -> None:
    """Rows for other classes, staff and guardians stay out; a class that is not named is this one."""
    report = into_class(
        rosters,
        "name,email,role,class,parent email\n"
        "Ada,ada@x.example,student,CLASS 8B,mum@home.example\n"
        "Bob,bob@x.example,student,,\n"
        "Cy,cy@x.example,student,7a,\n"
        "Di,di@x.example,teacher,,\n"
        "Gil,gil@x.example,guardian,,\n",
    )

    assert [row.outcome.value for row in report.rows] == ["added", "added", "refused", "refused", "refused"]
    assert "“7a”" in report.rows[2].sentence
    assert "holds students only" in report.rows[3].sentence
    assert "office adds guardians" in report.rows[0].sentence
    assert not {"mum@home.example", "gil@x.example"} & {person.email for person in by_name(store).values()}
    assert by_name(store)["Bob"].class_ids == (CLASS,)


def test_a_teacher_s_list_takes_nobody_over(rosters: Rosters, store: SqlStore) -> None:
    """It renames nobody, gives nobody who can sign in another address, and brings in nobody of other classes."""
    save(
        store,
        a_person(id=PersonId("1" * 32), email="far@x.example", name="Far", class_ids=(OTHER_CLASS.id,)),
        a_person(id=PersonId("2" * 32), email="", name="Near", password_hash="hash", external_id="N1"),
        replace(STUDENT, password_hash="hash"),
    )

    report = into_class(
        rosters,
        "name,email,id,birthday,parent email\n"
        "Far,far@x.example,,,evil@x.example\n"
        "Else,evil@x.example,N1,2005-01-01,\n"
        "New,new@x.example,,2005-01-01,\n"
        "Other,student@school.example,X9,,\n",
    )

    assert "Let them join" in report.rows[0].sentence
    found = by_name(store)
    assert (found["Near"].email, found["Near"].decides_from, found["New"].decides_from) == ("", None, None)
    assert (found[STUDENT.name].external_id, found["Far"].class_ids) == ("", (OTHER_CLASS.id,))
    assert "evil@x.example" not in {person.email for person in found.values()}


def test_families_are_linked_once(rosters: Rosters, store: SqlStore) -> None:
    """A guardian of two children is one person; addresses in other use link nobody, and it is said."""
    report = into_school(
        rosters,
        "name,email,parent email\n"
        "Ada,ada@x.example,mum@home.example\n"
        "Bob,bob@x.example,MUM@home.example nope\n"
        "Cy,cy@x.example,teacher@school.example\n"
        "Di,di@x.example,f@else.example\n",
    )

    assert said(report) == [
        ("added", "New account. A guardian was added."),
        ("added", "New account. A guardian was linked. “nope” is no e-mail address, so no guardian was linked."),
        ("added", "New account. A guardian's e-mail address is in use otherwise, so no guardian was linked."),
        ("added", "New account. A guardian's e-mail address is in use otherwise, so no guardian was linked."),
    ]
    assert len(by_name(store)["mum@home.example"].ward_ids) == 2


ONEROSTER = (
    (
        b"sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,agentSourcedIds\n"
        b"g1,,true,o1,guardian,,Gil,G,gil@x.example,s1\n"
        b"s1,,true,o1,student,,Ada,A,ada@x.example,\n"
    ),
    b"classSourcedId,userSourcedId,role\nc7,s1,student\nc9,s1,student\n",
    b"sourcedId,title,classCode\nc9,Class 9,\n",
)


def test_oneroster_is_brought_in_file_by_file_or_together(rosters: Rosters, store: SqlStore) -> None:
    """Children are there before their guardians; classes are known by number; enrollments alone place people."""
    first = rosters.bring_in(OFFICE, ONEROSTER[0])
    second = rosters.bring_in(OFFICE, ONEROSTER[1], ONEROSTER[2])
    third = rosters.bring_in(OFFICE, *ONEROSTER)
    unknown = rosters.bring_in(OFFICE, b"classSourcedId,userSourcedId,role\nc7,s9,student\n")

    assert [row.line for row in first.rows] == [2, 3]
    assert said(first)[0] == ("added", "New account. Linked with 1 child.")
    assert said(second) == [("updated", "Changed: class 7a, class Class 9.")]
    assert third.counts[Outcome.UNCHANGED] == 2
    assert "users.csv" in unknown.rows[0].sentence
    found = by_name(store)
    assert found["Gil G"].ward_ids == (found["Ada A"].id,)


def test_a_class_gets_the_roster_s_number(rosters: Rosters, store: SqlStore) -> None:
    """A class that was made by hand is known by number once a roster has named it so."""
    rosters.bring_in(
        OFFICE, ONEROSTER[0], ONEROSTER[1].replace(b"c9", b"c8"), b"sourcedId,title,classCode\nc8,class 8b,\n"
    )

    with store(EVERYTHING) as work:
        found = work.people.find_class(CLASS)
    assert found is not None
    assert (found.external_id, found.name) == ("c8", "Class 8b")


def test_a_teacher_links_no_guardians(rosters: Rosters, store: SqlStore) -> None:
    """Neither a new guardian nor one who is here gets a child by a class's roster; the office's links them."""
    gil = a_person(Role.GUARDIAN, id=PersonId("2" * 32), email="gil@x.example", external_id="g1", class_ids=())
    save(store, a_person(id=PersonId("1" * 32), email="", name="Far", external_id="s1"), gil)

    report = rosters.bring_in(
        TEACHER, ONEROSTER[0].splitlines()[0] + b"\n" + ONEROSTER[0].splitlines()[1], class_id=CLASS
    )

    assert [row.outcome.value for row in report.rows] == ["refused"]
    assert by_name(store)[gil.name].ward_ids == ()


@pytest.mark.parametrize(
    ("by", "class_id"),
    [
        (TEACHER, None),
        (TEACHER, OTHER_CLASS.id),
        (TEACHER, ClassId("f" * 32)),
        (STUDENT, CLASS),
        (STUDENT, None),
        (a_person(Role.COUNSELLOR), None),
        (a_person(Role.GUARDIAN), CLASS),
    ],
)
def test_a_roster_for_what_is_not_one_s_own_is_like_none(
    rosters: Rosters, by: Person, class_id: ClassId | None
) -> None:
    """Neither the school's roster nor another class's is open to others, and the file is not even read."""
    with pytest.raises(NotFound):
        rosters.bring_in(by, b"\x00", class_id=class_id)


def test_two_lists_at_once_are_refused(rosters: Rosters) -> None:
    """Only OneRoster has several files."""
    with pytest.raises(Invalid, match="one list"):
        rosters.read(b"name\nAda", b"name\nBob")


def test_a_list_is_looked_at_before_it_is_brought_in(rosters: Rosters, store: SqlStore) -> None:
    """Looking changes nothing; bringing in happens once; the report stays for its person, for an hour."""
    held = rosters.look_at(OFFICE, FULL.encode())
    assert held.report.is_trial
    assert "Ada A" not in by_name(store)

    rosters.take_held(OFFICE, held.id)

    assert "Ada A" in by_name(store)
    assert not rosters.load_held(OFFICE, held.id).report.is_trial
    with pytest.raises(Conflict):
        rosters.take_held(OFFICE, held.id)


def test_what_waits_is_one_s_own_and_not_for_ever(rosters: Rosters, clock: FixedClock) -> None:
    """Others, other classes, unknown ids, an older list and an hour later: it is not there."""
    older = rosters.look_at(OFFICE, FULL.encode())
    held = rosters.look_at(OFFICE, FULL.encode())
    other = replace(OFFICE, id=PersonId("9" * 32))

    for by, held_id, class_id in (
        (other, held.id, None),
        (OFFICE, held.id, CLASS),
        (OFFICE, "x", None),
        (OFFICE, older.id, None),
    ):
        with pytest.raises(NotFound):
            rosters.load_held(by, held_id, class_id=class_id)
    clock.move(timedelta(hours=1))
    with pytest.raises(NotFound):
        rosters.load_held(OFFICE, held.id)


def test_only_so_many_lists_wait(rosters: Rosters) -> None:
    """The oldest list goes when more people look at lists than there is room for."""
    offices = [replace(OFFICE, id=PersonId(f"{number:032}")) for number in range(9)]
    held = [rosters.look_at(office, b"name\nAda") for office in offices]

    with pytest.raises(NotFound):
        rosters.load_held(offices[0], held[0].id)
    assert rosters.load_held(offices[-1], held[-1].id) == held[-1]


def test_whoever_changed_meanwhile_is_left_alone(store: SqlStore, clock: FixedClock) -> None:
    """Between the plan and the writing somebody is erased, somebody else takes an address: those rows are refused."""
    save(store, a_person(id=PersonId("1" * 32), email="", name="Gone", external_id="G"))
    racing = Rosters(Racing(store), clock)

    report = racing.bring_in(
        OFFICE, b"name,email,id,class\nGone,g@x.example,G,8b\nNew,taken@x.example,N,\nOk,ok@x.example,O,\n"
    )

    assert [row.outcome for row in report.rows] == [Outcome.REFUSED, Outcome.REFUSED, Outcome.ADDED]
    assert "meanwhile" in report.rows[0].sentence


class Racing:
    """A store in which, once a plan is made and its classes are saved, others are quicker."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self._opened = 0

    def __call__(self, scope: Scope) -> UnitOfWork:
        self._opened += 1
        if self._opened == 4:
            with self._store(EVERYTHING) as work:
                work.records.erase(PersonId("1" * 32))
                work.people.save_person(a_person(id=PersonId("2" * 32), email="Taken@x.example", name="Quick"))
                work.commit()
        return self._store(scope)

    def scrub(self) -> None:
        self._store.scrub()

    def ping(self) -> None:
        self._store.ping()


class Stopping(Racing):
    """A store that stops answering when a number of units of work were opened."""

    def __call__(self, scope: Scope) -> UnitOfWork:
        self._opened += 1
        if self._opened > 5:
            raise StoreBusy("The store is busy. Try again in a moment.")
        return self._store(scope)


def test_a_roster_that_was_cut_off_comes_in_the_next_time(store: SqlStore, clock: FixedClock) -> None:
    """Whole batches are there, and the second time brings the rest without doubling anybody."""
    text = "".join(f"Kid {number},k{number}@x.example\n" for number in range(1200))
    content = f"name,email\n{text}".encode()
    with pytest.raises(StoreBusy):
        Rosters(Stopping(store), clock).bring_in(OFFICE, content)
    assert len(by_name(store)) == len(Role) + 1000

    report = Rosters(store, clock).bring_in(OFFICE, content)

    assert (report.counts[Outcome.UNCHANGED], report.counts[Outcome.ADDED]) == (1000, 200)
    assert len(people(store)) == len(Role) + 1200


def test_a_report_leaves_as_harmless_csv() -> None:
    """Names and sentences that look like formulas cannot be run from the report."""
    report = Report((RowReport(2, "=cmd", Outcome.REFUSED, "@x"),))

    assert report.to_csv() == "line,name,outcome,what happened\r\n2,'=cmd,refused,'@x\r\n"
