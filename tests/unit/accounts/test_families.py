"""What guardians are told of their own children, and what they never are."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from accounts.families import Families
from accounts.family_report import (
    ChildCard,
    Decider,
    Held,
    KeptFrom,
    PartWork,
    Period,
    Place,
    ReadingWork,
    Tally,
    add,
    periods_of,
    shorten,
)
from adapters.sql.store import SqlStore
from domain.care import Case, CaseEvent, CaseStatus, Flag, Severity, Worry
from domain.consent import WORDING, ConsentRecord, Purpose
from domain.errors import NotFound
from domain.ids import CaseId, ClassId, ConsentId, DocumentId, FlagId, PersonId, SchoolId, UnitId, new_id, stable_id
from domain.material import Kind, Writer
from domain.people import ClassRoom, Person, Role, School, SchoolRules, Term
from domain.scope import EVERYTHING
from safety.access import Accesses
from tests.builders import CLASS, NOW, SCHOOL, a_person
from tests.conftest import FixedClock
from tests.unit.accounts.families import CHILD, DAY, GUARDIAN, TEACHER, Home

COUNSELLOR = a_person(Role.COUNSELLOR)
STRANGER = replace(CHILD, id=PersonId(stable_id("stranger")), name="Not Mine", email="stranger@school.example")
TODAY = NOW.date()


@pytest.fixture
def home(store: SqlStore, clock: FixedClock) -> Home:
    """A child whose answers may be kept, with a guardian."""
    home = Home(store, clock)
    home.save(CHILD, GUARDIAN, STRANGER)
    home.allow(Purpose.STUDY)
    return home


def _set_rules(home: Home, rules: SchoolRules) -> None:
    with home.store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School", rules))
        work.commit()


def _decide(home: Home, purpose: Purpose, **changes: object) -> None:
    record = ConsentRecord(ConsentId(new_id()), CHILD.id, purpose, is_given=True, version=WORDING, by_id=None, at=NOW)
    with home.store(EVERYTHING) as work:
        # the changes are fields of the record
        work.consents.add(replace(record, **changes))  # type: ignore[arg-type]
        work.commit()


def test_children_are_the_guardians_own_by_name(home: Home) -> None:
    """Only wards are listed, by name; a guardian without any gets an empty list."""
    second = replace(CHILD, id=PersonId(stable_id("second")), name="Abe", email="abe@school.example")
    guardian = replace(GUARDIAN, ward_ids=(CHILD.id, second.id))
    home.save(second, guardian)

    assert [child.name for child in home.families.children(guardian)] == ["Abe", "Chi Child"]
    assert home.families.children(replace(guardian, ward_ids=())) == []


@pytest.mark.parametrize("child_id", [STRANGER.id, TEACHER.id, GUARDIAN.id, PersonId("0" * 32), PersonId("'; --")])
def test_nobody_elses_child_is_there(home: Home, child_id: PersonId) -> None:
    """A foreign id, somebody who is no ward, and an id that nothing has are refused alike, whatever is asked."""
    with pytest.raises(NotFound, match=r"^There is no such child\.$"):
        home.families.child(GUARDIAN, child_id)
    with pytest.raises(NotFound, match=r"^There is no such child\.$"):
        home.families.progress(GUARDIAN, child_id)
    with pytest.raises(NotFound, match=r"^There is no such child\.$"):
        home.families.report(GUARDIAN, child_id)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.COUNSELLOR, Role.ADMINISTRATOR])
def test_only_guardians_are_told(home: Home, role: Role) -> None:
    """A list of wards on anybody else opens nothing."""
    somebody = a_person(role, ward_ids=(CHILD.id,))

    with pytest.raises(NotFound):
        home.families.progress(somebody, CHILD.id)
    assert home.families.children(somebody) == []


def test_a_ward_of_another_school_is_not_there(home: Home) -> None:
    """A guardian of one school sees nobody of another, even when the list of wards says so."""
    elsewhere = replace(GUARDIAN, school_id=SchoolId("f" * 32))

    with pytest.raises(NotFound):
        home.families.child(elsewhere, CHILD.id)


def test_work_is_counted_by_question_reading_and_part(home: Home) -> None:
    """Each question counts once, by its last answer; hints count each; parts stand in reading order."""
    part, whole = home.quiz(1, 3), home.quiz(None, 2)
    home.answer(part, 0, is_right=False)
    home.answer(part, 0, is_right=True, days=1)
    home.answer(part, 1, is_right=True, days=1)
    home.answer(part, 1, is_right=False, days=2)
    home.answer(whole, 0, is_right=True, days=0)
    home.take_hints(part.units[2].id, 1, days=3)
    home.clock.move(10 * DAY)

    (reading,) = home.families.progress(GUARDIAN, CHILD.id).work

    last = (NOW + 3 * DAY).date()
    assert reading == ReadingWork(
        title="How plants feed themselves",
        place=Place.TITLED,
        tally=Tally(questions=3, right=2, hints=2, last_on=last),
        parts=(
            PartWork("", Tally(1, 1, 0, TODAY)),
            PartWork("Part 2", Tally(2, 1, 2, last)),
        ),
    )


def test_readings_come_the_last_used_first(home: Home) -> None:
    """What the child worked on last stands first."""
    old = home.quiz(0, 1)
    new = home.quiz(0, 1, id=DocumentId("d" * 32), title="Another reading")
    home.answer(old, 0, is_right=True)
    home.answer(new, 0, is_right=True, days=1)
    home.clock.move(2 * DAY)

    assert [one.title for one in home.families.progress(GUARDIAN, CHILD.id).work] == [
        "Another reading",
        "How plants feed themselves",
    ]


def test_a_reading_that_the_child_added_has_no_title_here(home: Home) -> None:
    """Readings of the child's own are counted in one line, without the title, which is the child's own words."""
    for number in range(2):
        own = home.quiz(
            0, 2, id=DocumentId(f"{number}" * 32), owner_id=CHILD.id, class_id=None, title="My secret worries"
        )
        home.answer(own, number, is_right=True)

    report = home.families.progress(GUARDIAN, CHILD.id)

    assert report.work == (ReadingWork("", Place.OWN, Tally(2, 2, 0, TODAY)),)
    assert "secret" not in repr(report)
    assert _count(report.held, Held.READINGS) == 2


def _count(held: object, kind: Held) -> int:
    assert isinstance(held, tuple)
    return int(next(line.count for line in held if line.kind is kind))


def test_a_reading_that_the_child_sees_no_more_is_counted_without_its_title(home: Home) -> None:
    """When the child has left the class, the answers are still there, the reading is not."""
    quiz = home.quiz(0, 1)
    home.answer(quiz, 0, is_right=True)
    home.save(replace(CHILD, class_ids=()))

    report = home.families.progress(GUARDIAN, CHILD.id)

    assert report.work == (ReadingWork("", Place.GONE, Tally(1, 1, 0, TODAY)),)
    assert report.classes == ()


def test_without_consent_there_is_no_work_to_see(store: SqlStore, clock: FixedClock) -> None:
    """Unless answers may be kept, nothing of them is told but how many are still held."""
    home = Home(store, clock)
    home.save(CHILD, GUARDIAN)
    home.answer(home.quiz(0, 1), 0, is_right=True)

    report = home.families.progress(GUARDIAN, CHILD.id)
    (card,) = home.families.cards(GUARDIAN)

    assert (report.is_recorded, report.work, _count(report.held, Held.ANSWERS)) == (False, (), 1)
    assert (card.is_recorded, card.questions) == (False, 0)
    assert report.undecided == card.undecided == len(Purpose)


def test_a_card_says_what_is_new_and_what_waits(home: Home) -> None:
    """The last seven days' questions count once each; purposes without a decision wait."""
    quiz = home.quiz(0, 3)
    for at in (0, 1, 1):
        home.answer(quiz, at, is_right=True, days=5)
    home.answer(quiz, 2, is_right=True, days=0)
    home.clock.move(8 * DAY)

    assert home.families.cards(GUARDIAN) == [
        ChildCard(CHILD, ("Class 8b",), is_recorded=True, may_decide=True, questions=2, undecided=len(Purpose) - 1)
    ]


def test_a_report_covers_the_term_alone(home: Home) -> None:
    """Both days of the term count, the days beside it do not; without a name the newest term is meant."""
    terms = (Term("Autumn", TODAY, TODAY + 9 * DAY), Term("Winter", TODAY + 10 * DAY, TODAY + 20 * DAY))
    _set_rules(home, SchoolRules(terms=terms, language="de"))
    quiz = home.quiz(0, 4)
    for at, days in enumerate((0, 9, 10, 21)):
        home.answer(quiz, at, is_right=True, days=days)
    home.take_hints(quiz.units[3].id, 0, days=12)
    home.look(TEACHER.id, at=NOW + 9 * DAY)
    home.clock.move(22 * DAY)

    autumn = home.families.report(GUARDIAN, CHILD.id, "2026-09-01")
    winter = home.families.report(GUARDIAN, CHILD.id)

    assert [term.name for term in home.families.periods(GUARDIAN)] == ["Winter", "Autumn"]
    assert (autumn.period, autumn.language) == (Period("Autumn", TODAY, TODAY + 9 * DAY), "de")
    assert (autumn.work[0].tally.questions, autumn.work[0].tally.hints) == (2, 0)
    assert (winter.work[0].tally.questions, winter.work[0].tally.hints) == (1, 1)
    assert (len(autumn.looks), len(winter.looks)) == (1, 0)
    assert _count(autumn.held, Held.ANSWERS) == 4


@pytest.mark.parametrize("term", ["2027-01-01", "next", "2026-09-01'"])
def test_there_is_no_report_about_another_term(home: Home, term: str) -> None:
    """A term that the school does not have, or that has not begun, is not there."""
    _set_rules(home, SchoolRules(terms=(Term("Spring", date(2027, 1, 1), date(2027, 3, 31)),)))

    with pytest.raises(NotFound):
        home.families.report(GUARDIAN, CHILD.id, term)


def test_without_terms_a_report_covers_120_days() -> None:
    """The last 120 days, today included, are a period without a name; so it is before the first term begins."""
    later = Term("Later", TODAY + DAY, TODAY + 90 * DAY)

    for rules in (SchoolRules(), SchoolRules(terms=(later,))):
        (period,) = periods_of(rules, TODAY)
        assert period == Period("", TODAY - timedelta(days=119), TODAY)
        assert period.key == "2026-05-05"


def test_looks_are_told_by_person_and_day(home: Home) -> None:
    """A look is noted where the child sees it; the next report tells of it: who, on how many days, when last."""
    home.look(TEACHER.id)
    home.look(TEACHER.id, at=NOW + timedelta(hours=2))
    home.look(TEACHER.id, at=NOW - 3 * DAY)
    home.look(None, at=NOW - 2 * DAY)
    other = replace(GUARDIAN, id=PersonId(stable_id("other")), name="Other Parent", email="other@school.example")
    home.save(other)
    home.look(other.id, at=NOW - DAY)

    first = home.families.progress(GUARDIAN, CHILD.id)
    second = home.families.progress(GUARDIAN, CHILD.id)

    told = [(look.name, look.role, look.is_you, look.days, look.last_on) for look in second.looks]
    assert told == [
        ("Sam Teacher", Role.TEACHER, False, 2, TODAY),
        ("", Role.GUARDIAN, True, 1, TODAY),
        ("", Role.GUARDIAN, False, 1, TODAY - DAY),
        ("", None, False, 1, TODAY - 2 * DAY),
    ]
    assert (len(first.looks), _count(first.held, Held.LOOKS)) == (3, 4)
    seen = Accesses(home.store, home.clock).list_for(CHILD)
    assert (seen[0].by_id, seen[0].what, seen[0].why) == (GUARDIAN.id, "progress", "guardian")


def test_decisions_are_told_with_who_made_them(home: Home) -> None:
    """Each purpose says how it stands, who decided and since when; what nobody decided on these words waits."""
    other = PersonId(stable_id("other"))
    home.save(replace(GUARDIAN, id=other, email="other@school.example"))
    _decide(home, Purpose.TUTOR, by_id=GUARDIAN.id)
    _decide(home, Purpose.ANALYTICS, by_id=CHILD.id, is_given=False)
    _decide(home, Purpose.SHARE_WITH_TEACHER, by_id=other, at=NOW + 40 * DAY)
    _decide(home, Purpose.MODEL_PROVIDER, by_id=a_person(Role.ADMINISTRATOR).id, is_on_paper=True)
    _decide(home, Purpose.RESEARCH, by_id=GUARDIAN.id, version=WORDING - 1)

    report = home.families.progress(GUARDIAN, CHILD.id)

    assert [(line.purpose, line.is_allowed, line.by, line.since) for line in report.choices] == [
        (Purpose.STUDY, True, Decider.GONE, TODAY),
        (Purpose.TUTOR, True, Decider.YOU, TODAY),
        (Purpose.ANALYTICS, False, Decider.CHILD, TODAY),
        (Purpose.SHARE_WITH_TEACHER, True, Decider.GUARDIAN, (NOW + 40 * DAY).date()),
        (Purpose.MODEL_PROVIDER, True, Decider.PAPER, TODAY),
        (Purpose.RESEARCH, False, None, None),
    ]
    assert report.undecided == 1
    assert report.may_decide


def test_a_child_who_is_old_enough_decides_alone(home: Home) -> None:
    """From the day on which the child decides, the guardian is told so."""
    home.save(replace(CHILD, decides_from=TODAY))

    assert not home.families.progress(GUARDIAN, CHILD.id).may_decide
    assert not home.families.cards(GUARDIAN)[0].may_decide


def test_only_requests_to_a_model_count_as_such(home: Home) -> None:
    """The built-in writer is no model, and what was handed to people was not answered by one."""
    home.ask_model()
    home.ask_model("refused")
    home.ask_model("escalated")
    home.ask_model(writer=Writer.BUILT_IN)

    assert home.families.progress(GUARDIAN, CHILD.id).model_uses == 2


def test_what_is_held_says_for_how_long(home: Home) -> None:
    """Days are the school's own; answers count from the class's end only where every class has one."""
    _set_rules(home, SchoolRules(keep_days={"answers": 60, "questions": 90}))
    without_end = home.families.progress(GUARDIAN, CHILD.id)
    with home.store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 8b", ends_on=TODAY + 90 * DAY))
        work.commit()

    with_end = home.families.progress(GUARDIAN, CHILD.id)

    assert {line.kind: (line.days, line.kept_from) for line in with_end.held} == {
        Held.ACCOUNT: (30, KeptFrom.LEAVING),
        Held.ANSWERS: (60, KeptFrom.CLASS),
        Held.HINTS: (90, KeptFrom.EACH),
        Held.READINGS: (30, KeptFrom.CLASS),
        Held.DECISIONS: (30, KeptFrom.LEAVING),
        Held.LOOKS: (1095, KeptFrom.EACH),
    }
    assert with_end.private_days == 90
    assert [(line.days, line.kept_from) for line in without_end.held if line.kind is Held.ANSWERS] == [
        (400, KeptFrom.EACH)
    ]


def test_a_family_learns_whom_to_ask(home: Home) -> None:
    """The active teachers of the child's classes and the school's office are named, nobody else."""
    home.save(
        replace(TEACHER, id=PersonId("1" * 32), name="Gone", email="gone@school.example", is_active=False),
        replace(TEACHER, id=PersonId("2" * 32), name="Elsewhere", email="else@school.example", class_ids=()),
    )

    contacts = home.families.progress(GUARDIAN, CHILD.id).contacts

    assert [(contact.name, contact.role, contact.email) for contact in contacts] == [
        ("Sam Teacher", Role.TEACHER, "teacher@school.example"),
        ("Sam Administrator", Role.ADMINISTRATOR, "administrator@school.example"),
    ]


def test_a_long_list_of_readings_is_cut_and_the_rest_summed() -> None:
    """The first rows stay; the others become one sum; a short list stays whole."""
    work = [ReadingWork(f"{number}", Place.TITLED, Tally(number, 1, 2, TODAY + number * DAY)) for number in range(1, 5)]

    assert shorten(work, 4) == (work, None)
    assert shorten(work, 2) == (work[:2], Tally(7, 2, 4, TODAY + 4 * DAY))
    assert add([Tally()]) == Tally()


def put_case(store: SqlStore, child: Person, *, is_told: bool = False) -> None:
    """Leave what a student in danger leaves: a case with a flag, the counsellor's looks, an escalated exchange."""
    case = Case(
        id=CaseId(stable_id("case", child.id)),
        school_id=child.school_id,
        person_id=child.id,
        severity=Severity.HIGH,
        subject="suicide",
        status=CaseStatus.OPEN,
        opened_at=NOW,
        due_at=NOW,
        flags=(Flag(FlagId(new_id()), child.id, Worry(Severity.HIGH, "suicide", "r"), "I feel bad", "answer", NOW),),
        events=(CaseEvent(NOW, "opened"),),
        is_told=is_told,
    )
    with store(EVERYTHING) as work:
        work.care.save(case)
        work.commit()


@pytest.mark.parametrize("is_told", [False, True])
def test_a_case_changes_nothing_that_a_guardian_is_told(home: Home, *, is_told: bool) -> None:
    """With or without flags, a case (told or not), looks at it, own questions and their hints, all facts are equal."""
    quiz = home.quiz(0, 2)
    home.answer(quiz, 0, is_right=True)
    home.families.progress(GUARDIAN, CHILD.id)
    before = (
        home.families.progress(GUARDIAN, CHILD.id),
        home.families.report(GUARDIAN, CHILD.id),
        home.families.cards(GUARDIAN),
    )

    put_case(home.store, CHILD, is_told=is_told)
    home.ask_model("escalated")
    home.look(COUNSELLOR.id, what="case", why="care", is_hidden=True)
    home.look(COUNSELLOR.id)
    home.look(TEACHER.id, is_hidden=True)
    home.look(TEACHER.id, what="exchanges")
    home.take_hints(UnitId(stable_id("a question of my own")), 2)
    own = replace(quiz, id=quiz.id.__class__(stable_id("own")), kind=Kind.ANSWER, owner_id=CHILD.id, units=())
    with home.store(EVERYTHING) as work:
        work.material.save(own)
        work.commit()

    after = (
        home.families.progress(GUARDIAN, CHILD.id),
        home.families.report(GUARDIAN, CHILD.id),
        home.families.cards(GUARDIAN),
    )
    assert after == before
    assert repr([asdict(one) for one in after[:2]]) == repr([asdict(one) for one in before[:2]])


def test_no_answer_is_ever_opened(home: Home) -> None:
    """What the child wrote stands nowhere in the facts."""
    home.answer(home.quiz(0, 1), 0, is_right=True)

    assert "secret words" not in repr(home.families.progress(GUARDIAN, CHILD.id))


def test_the_school_speaks_its_language(home: Home) -> None:
    """Without a wish the school's language is spoken."""
    _set_rules(home, SchoolRules(language="tr"))

    assert home.families.language(GUARDIAN, "") == "tr"
    assert home.families.language(GUARDIAN, "vi") == "vi"
    assert isinstance(home.families, Families)
    assert home.families.progress(GUARDIAN, CHILD.id, "zh").language == "zh"


def test_classes_of_the_child_are_named(home: Home) -> None:
    """The child's classes, and no others of the school, stand in the report."""
    with home.store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(ClassId("9" * 32), SCHOOL, "Class 9a"))
        work.commit()

    assert home.families.progress(GUARDIAN, CHILD.id).classes == ("Class 8b",)
