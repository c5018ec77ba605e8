"""Words of danger stop at the gate: people are told, and the words shown are in the writer's language."""

import pytest

from adapters.sql.store import SqlStore
from domain.errors import Invalid
from domain.ids import SchoolId
from domain.outcomes import Escalated
from domain.people import Role, School, SchoolRules
from domain.scope import EVERYTHING
from safety.cases import Cases
from safety.gate import Gate
from safety.screening import Screener
from tests.builders import SCHOOL, a_person
from tests.conftest import FixedClock


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


def test_danger_opens_a_case_and_gives_words(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """The case holds the person's words and where they were written."""
    gate = Gate(screener, Cases(store, clock), country="gb")

    stopped = gate.stop(a_person(), "I want to kill myself", entry="search")

    assert isinstance(stopped, Escalated)
    with store(EVERYTHING) as work:
        case = work.care.find(stopped.case_id)
    assert case is not None
    assert [(flag.text, flag.entry) for flag in case.flags] == [("I want to kill myself", "search")]
    assert "116 123" in stopped.message


@pytest.mark.parametrize("text", ["What is a stoma?", "", "   "])
def test_other_words_pass(text: str, store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """School work goes on, and no case is opened."""
    gate = Gate(screener, Cases(store, clock))

    assert gate.stop(a_person(), text, entry="search") is None
    with store(EVERYTHING) as work:
        assert work.care.find_open(a_person().id) is None


def test_the_words_are_in_the_language_of_the_danger(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Somebody who writes German reads German."""
    gate = Gate(screener, Cases(store, clock), country="de")

    stopped = gate.stop(a_person(), "Ich will mich umbringen", entry="ask")

    assert stopped is not None
    assert " du " in stopped.message


def test_a_text_too_long_to_screen_does_not_pass(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """A pasted book is refused with a sentence, danger at its end or not."""
    gate = Gate(screener, Cases(store, clock))

    with pytest.raises(Invalid, match="at most 4,000 characters"):
        gate.stop(a_person(), "word " * 1000 + "I want to kill myself", entry="hints")


def test_helplines_are_those_of_the_schools_country(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """A school that says where it is gets its own country's lines, whatever the installation's setting."""
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School", SchoolRules(country="GB")))
        work.commit()

    stopped = Gate(screener, Cases(store, clock), country="de").stop(a_person(), "I want to kill myself", entry="ask")

    assert stopped is not None
    assert "Childline" in stopped.message
    assert "116 111" not in stopped.message


def test_an_unknown_school_is_in_no_known_country(store: SqlStore, clock: FixedClock) -> None:
    """Not finding the school stops nothing: the words of support are then those for every country."""
    assert Cases(store, clock).place_of(a_person(school_id=SchoolId("2" * 32))).country == ""


def test_a_counsellor_who_is_not_there_is_not_promised(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Without an active counsellor the case is opened all the same, and the words send to an adult instead."""
    gate = Gate(screener, Cases(store, clock))
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School", SchoolRules(helplines_checked_on=clock.now().date())))
        work.people.save_person(a_person(Role.COUNSELLOR, is_active=False))
        work.commit()

    alone = gate.stop(a_person(), "I want to kill myself", entry="ask")
    with store(EVERYTHING) as work:
        work.people.save_person(a_person(Role.COUNSELLOR))
        work.commit()
    helped = gate.stop(a_person(), "I want to kill myself", entry="ask")

    assert alone is not None
    assert helped is not None
    assert "go to an adult you trust now" in alone.message
    assert "counsellor" not in alone.message
    assert "The school's counsellor will be able to read" in helped.message
    assert alone.case_id == helped.case_id
    assert gate.cases.place_of(a_person()).is_checked
