"""Who may be told what, and who is called: abuse never reaches a guardian."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sql.store import SqlStore
from domain.care import Case, CaseEvent, CaseStatus, Severity, Worry
from domain.notices import Duty
from domain.people import Role, SchoolHours
from domain.scope import EVERYTHING
from safety import course
from safety.recipients import (
    HANDED_OVER,
    list_answering,
    list_rules,
    may_be_called,
    name_counsellors,
    subjects_of,
    tells_teachers,
    who_is_called,
)
from tests.builders import NOW, SCHOOL, a_person
from tests.care import (
    ABUSE,
    ADMINISTRATOR,
    COLLEAGUE,
    COUNSELLOR,
    GUARDIAN,
    HIGH,
    LOW,
    MODERATE,
    STUDENT,
    a_contact,
    a_flag,
    add_people,
)
from tests.care import put_on_call as put

HOURS = SchoolHours()
KNOWN = ("suicide", "self_harm", "eating_disorder", "abuse", "violence", "unavailable")


def a_case(*worries: Worry, **changes: object) -> Case:
    """A case with these signs."""
    first, *others = worries or (HIGH,)
    case = course.opened(a_flag(first), SCHOOL, HOURS)
    for worry in others:
        case, _ = course.joined(case, a_flag(worry), HOURS)
    return replace(case, **changes)  # type: ignore[arg-type]


def who(store: SqlStore, case: Case) -> list[str]:
    with store(EVERYTHING) as work:
        return [one.name for one in who_is_called(work, case, now=NOW, hours=HOURS)]


@pytest.mark.parametrize("subject", ["abuse", "unavailable", "something new"])
def test_a_guardian_is_not_called_about_what_may_be_at_home(subject: str) -> None:
    """By account or by e-mail address in whatever capitals; and a subject that no rule names is treated the same."""
    case = a_case(Worry(Severity.HIGH, subject, "en.x"))
    by_account = a_contact("Account", account=GUARDIAN)
    by_address = replace(a_contact("Address"), email=f" {GUARDIAN.email.upper()} ")

    assert not may_be_called(by_account, case, [GUARDIAN])
    assert not may_be_called(by_address, case, [GUARDIAN])
    assert may_be_called(a_contact("Nurse"), case, [GUARDIAN])
    assert may_be_called(by_account, a_case(HIGH), [GUARDIAN])


@given(subjects=st.lists(st.sampled_from(KNOWN), max_size=4), email=st.sampled_from([GUARDIAN.email, "x@y.example"]))
def test_one_sign_of_abuse_is_enough(subjects: list[str], email: str) -> None:
    """Whatever else a case is about, a guardian is never called once abuse is among it."""
    worries = [Worry(Severity.LOW, one, "en.x") for one in (*subjects, "abuse")]
    contact = replace(a_contact("Guardian", account=GUARDIAN), email=email)

    assert not may_be_called(contact, a_case(*worries), [GUARDIAN])


def test_a_guardian_without_an_address_is_like_nobody() -> None:
    """An empty address is not the same as another empty one."""
    contact = replace(a_contact("Nurse"), email="")

    assert may_be_called(contact, a_case(ABUSE), [replace(GUARDIAN, email="")])


def test_nobody_is_called_about_themselves_but_in_a_drill() -> None:
    """Whoever a case is about is left out, whatever it is about; a drill calls even whoever ordered it."""
    case = a_case(HIGH)
    oneself = a_contact("Self", account=STUDENT)

    assert not may_be_called(oneself, case, [])
    assert may_be_called(oneself, replace(case, is_drill=True), [])


def test_a_case_is_about_all_that_its_flags_are_about() -> None:
    """No subject is lost when signs join: the case's own comes first, then the others by severity, each once."""
    case = a_case(HIGH, replace(LOW, subject="violence"), MODERATE, ABUSE, HIGH)

    assert case.subject == "suicide"
    assert subjects_of(case) == ("suicide", "abuse", "self_harm", "violence")


def test_teachers_are_told_of_support_by_the_strictest_rule() -> None:
    """Support about abuse is not told, since whoever does it may be at the school."""
    assert tells_teachers(a_case(HIGH, MODERATE))
    assert not tells_teachers(a_case(HIGH, ABUSE))
    assert not tells_teachers(a_case(Worry(Severity.LOW, "something new", "en.x")))


def test_the_rules_are_readable() -> None:
    """Every subject says in a sentence what each of four recipients is told."""
    rules = list_rules()

    assert len(rules) == len(KNOWN)
    assert {len(rule.told) for rule in rules} == {4}
    (abuse,) = [dict(rule.told) for rule in rules if rule.subject == "abuse"]
    assert abuse["Parents and guardians"].startswith("are told nothing")


def test_accounts_answer_by_their_own_address_while_they_are_staff(store: SqlStore) -> None:
    """A contact with an account has the account's name and address; who left, or plays a part in a demo, is silent."""
    moved = replace(COUNSELLOR, name="Cora New", email="cora.new@school.example")
    gone = replace(a_person(Role.TEACHER), is_active=False)
    played = replace(a_person(Role.ADMINISTRATOR), is_demo=True)
    put(store, *(a_contact("Old name", account=one) for one in (COUNSELLOR, gone, played, STUDENT)), a_contact("Nurse"))
    add_people(store, moved, gone, played)

    with store(EVERYTHING) as work:
        found = {(one.name, one.email) for one in list_answering(work, SCHOOL)}

    assert found == {("Cora New", "cora.new@school.example"), ("Nurse", "nurse@call.example")}


def test_the_step_on_duty_is_called(store: SqlStore) -> None:
    """In school hours those on duty then; without anybody there the next step; abuse leaves out the guardian."""
    add_people(store, GUARDIAN)
    put(
        store,
        a_contact("Night", 1, Duty.OUT_OF_HOURS),
        a_contact("Parent", 2, account=replace(COUNSELLOR, email="p@x.example")),
        replace(a_contact("Mother", 2), email=GUARDIAN.email),
        replace(a_contact("No address", 2), email="someone"),
    )

    assert who(store, a_case(HIGH)) == ["Mother", COUNSELLOR.name]
    assert who(store, a_case(ABUSE)) == [COUNSELLOR.name]


def test_without_a_list_the_counsellors_are_called(store: SqlStore) -> None:
    """All active counsellors of the school, until somebody says who is on call."""
    add_people(store, COLLEAGUE, replace(a_person(Role.COUNSELLOR), is_active=False))

    assert who(store, a_case(HIGH)) == [COLLEAGUE.name]


def test_whoever_holds_a_case_is_called_first(store: SqlStore) -> None:
    """Alone right after it was handed over, beside the first step otherwise, and no more at later steps."""
    add_people(store, replace(COLLEAGUE, name="Carl Colleague"))
    put(store, a_contact("Nurse"), a_contact("Head", 2))
    case = a_case(HIGH, holder_id=COLLEAGUE.id)
    handed = course.noted(case, CaseEvent(NOW, HANDED_OVER, COUNSELLOR.id))

    assert who(store, handed) == ["Carl Colleague"]
    assert who(store, case) == ["Carl Colleague", "Nurse"]
    assert who(store, replace(handed, step=2)) == ["Head"]
    assert who(store, replace(handed, holder_id=a_person(Role.STUDENT).id)) == ["Nurse"]
    assert case.status is CaseStatus.OPEN


def test_without_a_counsellor_those_are_called_who_can_find_one(store: SqlStore) -> None:
    """Administrators and the address for alarms, beside the list or in its place: nobody is left uncalled."""
    add_people(store, replace(COUNSELLOR, is_active=False))
    case = a_case(HIGH)
    office = ADMINISTRATOR.email

    def addresses() -> list[str]:
        with store(EVERYTHING) as work:
            return [one.email for one in who_is_called(work, case, now=NOW, hours=HOURS, alarm="alarm@school.example")]

    assert addresses() == [office, "alarm@school.example"]
    put(store, a_contact("Nurse"))
    assert addresses() == ["nurse@call.example", office, "alarm@school.example"]


def test_the_counsellors_who_may_be_called_are_named(store: SqlStore) -> None:
    """Those on call come first; a counsellor who is the guardian of the student is not named about abuse."""
    add_people(store, replace(COLLEAGUE, name="Carl Colleague"), replace(COUNSELLOR, ward_ids=(STUDENT.id,)))
    put(store, a_contact("Carl", account=COLLEAGUE))

    with store(EVERYTHING) as work:
        about_suicide = name_counsellors(work, a_case(HIGH))
        about_abuse = name_counsellors(work, a_case(ABUSE))

    assert next(iter(about_suicide.items())) == (COLLEAGUE.email, "Carl Colleague")
    assert set(about_suicide) == {COLLEAGUE.email, COUNSELLOR.email}
    assert about_abuse == {COLLEAGUE.email: "Carl Colleague"}
