"""Who may allow what, what counts, and from which day a student decides alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.policy import Action, allows
from adapters.sql.store import SqlStore
from domain.consent import WORDING, ConsentRecord, Purpose
from domain.errors import ConsentMissing, NotAllowed, NotFound
from domain.ids import ConsentId, PersonId, SchoolId, new_id
from domain.people import Person, Role, SchoolRules
from domain.scope import EVERYTHING
from safety.consent import Consents
from tests.builders import NOW, a_person
from tests.conftest import FixedClock

TODAY = NOW.date()
CHILD = a_person(decides_from=None)
GROWN = a_person(decides_from=TODAY)
GUARDIAN = a_person(Role.GUARDIAN, ward_ids=(CHILD.id,))
OFFICE = a_person(Role.ADMINISTRATOR)
YES = {Purpose.STUDY: True}


@pytest.fixture
def consents(store: SqlStore, clock: FixedClock) -> Consents:
    """Consents in a store of their own; the guardian is the student's."""
    with store(EVERYTHING) as work:
        work.people.save_person(GUARDIAN)
        work.commit()
    return Consents(store, clock)


def test_students_allow_nothing_at_first(consents: Consents) -> None:
    """No decision is no consent."""
    assert not any(consents.has(CHILD, purpose) for purpose in Purpose)
    assert [choice.is_allowed for choice in consents.list_for(CHILD)] == [False] * len(Purpose)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STUDENT])
def test_others_are_not_asked(consents: Consents, role: Role) -> None:
    """Staff and guardians count as allowed, and nobody decides about them."""
    person = a_person(role)

    assert all(consents.has(person, purpose) for purpose in Purpose)
    assert all(choice.is_allowed and choice.record is None for choice in consents.list_for(person))
    assert not consents.may_decide(person, person, TODAY)
    with pytest.raises(NotFound):
        consents.decide(person, person, YES)


def test_what_was_allowed_is_withdrawn_as_easily(consents: Consents, clock: FixedClock) -> None:
    """The newest decision is in force, and both stay in the record."""
    consents.decide(GROWN, GROWN, YES)
    assert consents.has(GROWN, Purpose.STUDY)
    clock.move(timedelta(minutes=1))

    fresh = consents.decide(GROWN, GROWN, {Purpose.STUDY: False})

    assert not consents.has(GROWN, Purpose.STUDY)
    assert [(record.is_given, record.by_id, record.version) for record in fresh] == [(False, GROWN.id, WORDING)]
    assert consents.list_for(GROWN)[0].record == fresh[0]


def test_saying_it_again_adds_nothing(consents: Consents) -> None:
    """A form sent twice leaves one decision."""
    consents.decide(GROWN, GROWN, YES)

    assert consents.decide(GROWN, GROWN, YES) == []


def test_each_purpose_is_by_itself(consents: Consents) -> None:
    """Allowing one purpose allows no other."""
    consents.decide(GROWN, GROWN, {Purpose.TUTOR: True})

    assert [purpose for purpose in Purpose if consents.has(GROWN, purpose)] == [Purpose.TUTOR]


@pytest.mark.parametrize("version", [WORDING - 1, WORDING + 1])
def test_a_yes_counts_for_its_own_words_alone(consents: Consents, store: SqlStore, version: int) -> None:
    """After new words everything is asked anew; an earlier no stays one."""
    for purpose, is_given in ((Purpose.STUDY, True), (Purpose.TUTOR, False)):
        record = ConsentRecord(ConsentId(new_id()), CHILD.id, purpose, is_given, version, CHILD.id, NOW)
        with store(EVERYTHING) as work:
            work.consents.add(record)
            work.commit()

    study, tutor = consents.list_for(CHILD)[:2]

    assert not consents.has(CHILD, Purpose.STUDY)
    assert (study.is_allowed, study.is_asked_anew) == (False, True)
    assert (tutor.is_allowed, tutor.is_asked_anew) == (False, False)
    assert consents.allowed([CHILD], Purpose.STUDY) == set()


def test_a_guardian_decides_for_a_young_child(consents: Consents) -> None:
    """Below the age, or when it is not known, the guardian's word counts and the child's does not."""
    for child in (CHILD, replace(CHILD, decides_from=TODAY + timedelta(days=1))):
        with pytest.raises(NotAllowed, match="guardian decides this for you"):
            consents.decide(child, child, YES)

    consents.decide(GUARDIAN, CHILD, YES)

    assert consents.has(CHILD, Purpose.STUDY)


def test_a_childs_own_word_prevails_from_the_age_on(consents: Consents) -> None:
    """What a guardian allowed stays until the child, now old enough, decides; the guardian decides no more."""
    consents.decide(GUARDIAN, CHILD, YES)
    assert consents.has(GROWN, Purpose.STUDY)

    with pytest.raises(NotAllowed, match="old enough"):
        consents.decide(GUARDIAN, GROWN, {Purpose.STUDY: False})
    confirmed = consents.decide(GROWN, GROWN, YES)

    assert [record.by_id for record in confirmed] == [GROWN.id]


def test_the_office_records_paper_alone(consents: Consents) -> None:
    """An administrator decides nothing, but writes down what a family signed; others sign nothing on paper here."""
    with pytest.raises(NotAllowed, match="signed on paper"):
        consents.decide(OFFICE, CHILD, YES)
    with pytest.raises(NotAllowed, match="signed on paper"):
        consents.decide(GUARDIAN, CHILD, YES, is_on_paper=True)
    with pytest.raises(NotAllowed, match="old enough"):
        consents.decide(OFFICE, GROWN, YES, is_on_paper=True)

    fresh = consents.decide(OFFICE, CHILD, YES, is_on_paper=True)

    assert [record.is_on_paper for record in fresh] == [True]
    assert consents.has(CHILD, Purpose.STUDY)


_STRANGERS: list[Person] = [
    a_person(Role.TEACHER),
    a_person(Role.COUNSELLOR),
    a_person(Role.GUARDIAN, ward_ids=(PersonId("0" * 32),)),
    a_person(Role.STUDENT, id=PersonId("1" * 32), decides_from=TODAY),
    a_person(Role.GUARDIAN, ward_ids=(CHILD.id,), school_id=SchoolId("2" * 32)),
    a_person(Role.ADMINISTRATOR, school_id=SchoolId("2" * 32)),
]


@pytest.mark.parametrize("by", _STRANGERS)
def test_to_everybody_else_there_is_nobody(consents: Consents, by: Person) -> None:
    """Whoever has no say is told nothing, not even that there is such a child."""
    assert not consents.may_decide(by, CHILD, TODAY)
    with pytest.raises(NotFound, match="There is no such person"):
        consents.decide(by, CHILD, YES, is_on_paper=by.role is Role.ADMINISTRATOR)
    assert not consents.has(CHILD, Purpose.STUDY)


@pytest.mark.parametrize("by", [CHILD, GROWN, GUARDIAN, OFFICE, *_STRANGERS])
@pytest.mark.parametrize("about", [CHILD, GROWN])
def test_nobody_decides_whom_the_permission_table_would_refuse(consents: Consents, by: Person, about: Person) -> None:
    """The rule on age narrows the permission table and never goes beyond it."""
    assert not consents.may_decide(by, about, TODAY) or allows(by, Action.DECIDE_CONSENT, about)


def test_the_refusal_says_who_can_allow_it(consents: Consents) -> None:
    """A young student is sent to people, an older one to the page with the choices."""
    with pytest.raises(ConsentMissing, match="A parent or guardian can allow it") as young:
        consents.check(CHILD, Purpose.TUTOR)
    with pytest.raises(ConsentMissing, match="You can allow it yourself"):
        consents.check(GROWN, Purpose.TUTOR)
    consents.decide(GROWN, GROWN, {Purpose.TUTOR: True})
    consents.check(GROWN, Purpose.TUTOR)

    assert young.value.purpose == "tutor"


def test_a_list_of_people_is_asked_at_once(consents: Consents, store: SqlStore) -> None:
    """Of a mixed list, those come back who allow it now and those who are not asked."""
    other = a_person(id=PersonId(new_id()), email="other@school.example")
    teacher = a_person(Role.TEACHER)
    with store(EVERYTHING) as work:
        work.people.save_person(other)
        work.commit()
    consents.decide(GROWN, GROWN, {Purpose.ANALYTICS: False})
    consents.decide(GROWN, GROWN, {Purpose.ANALYTICS: True})

    assert consents.allowed([GROWN, other, teacher], Purpose.ANALYTICS) == {GROWN.id, teacher.id}
    assert consents.allowed([teacher], Purpose.ANALYTICS) == {teacher.id}
    assert consents.allowed([GROWN], Purpose.RESEARCH) == set()


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (SchoolRules(country="gb"), date(2026, 1, 1)),
        (SchoolRules(country="GB"), date(2026, 1, 1)),
        (SchoolRules(), date(2029, 1, 1)),
        (SchoolRules(country="xx"), date(2029, 1, 1)),
        (SchoolRules(country="gb", consent_age=15), date(2028, 1, 1)),
        (SchoolRules(country="gb", consent_age=7), date(2026, 1, 1)),
    ],
)
def test_the_age_is_the_laws_and_a_school_can_only_raise_it(rules: SchoolRules, expected: date) -> None:
    """Somebody born in December 2012 decides from the month after the birthday of the country's age."""
    assert Consents.decides_from(date(2012, 12, 1), rules) == expected


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.sampled_from(["gb", "us", "", "xx"]), st.integers(0, 18))
def test_nobody_decides_a_day_too_early(born: date, country: str, consent_age: int) -> None:
    """Whatever the day of birth, the age has been reached on the first day, and by at most a month."""
    rules = SchoolRules(country=country, consent_age=consent_age)

    first = Consents.decides_from(born, rules)

    age = first.year - born.year - ((first.month, first.day) < (born.month, born.day))
    least = max(13 if country in {"gb", "us"} else 16, consent_age)
    assert age == least
    assert first.day == 1
    assert (first - born.replace(day=1)).days <= least * 366 + 31
