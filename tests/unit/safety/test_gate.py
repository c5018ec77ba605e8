"""Words of danger stop at the gate: people are told, and the words shown are in the writer's language."""

import pytest
from structlog.testing import capture_logs

from adapters.sql.store import SqlStore
from domain.errors import Invalid, StoreBusy
from domain.ids import SchoolId
from domain.outcomes import Escalated
from domain.people import Role, School, SchoolRules
from domain.ports import UnitOfWork
from domain.scope import EVERYTHING, Scope
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
    assert stopped.case_id is not None
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


@pytest.mark.parametrize("before", [0, 3_985, 3_990, 7_700, 99_000])
def test_danger_anywhere_in_a_long_text_is_found(
    store: SqlStore, clock: FixedClock, screener: Screener, before: int
) -> None:
    """Long texts are screened in pieces that overlap; the flag holds the piece, with the words whole."""
    text = ("green " * 20_000)[:before] + ". I want to kill myself. " + "leaf " * 2000

    stopped = Gate(screener, Cases(store, clock)).stop(a_person(), text, entry="hints")

    assert stopped is not None
    with store(EVERYTHING) as work:
        case = work.care.find_open(a_person().id)
    assert case is not None
    assert "I want to kill myself" in case.flags[0].text
    assert len(case.flags[0].text) <= 4000


def test_the_gravest_of_a_long_text_counts(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """A worse sign further on is not hidden by a lesser one before it."""
    text = "I hate my body. " + "leaf " * 1500 + "I am going to kill myself tonight"

    Gate(screener, Cases(store, clock)).stop(a_person(), text, entry="ask")

    with store(EVERYTHING) as work:
        case = work.care.find_open(a_person().id)
    assert case is not None
    assert "tonight" in case.flags[0].text


def test_a_text_too_long_to_screen_does_not_pass(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """A pasted book is refused with a sentence."""
    gate = Gate(screener, Cases(store, clock))

    with pytest.raises(Invalid, match="at most 100,000 characters"):
        gate.stop(a_person(), "word " * 20_001, entry="hints")


class BusyStore:
    """A store that is busy for the first `times` units of work."""

    def __init__(self, store: SqlStore, times: int) -> None:
        self._store = store
        self.times = times

    def __call__(self, scope: Scope) -> UnitOfWork:
        self.times -= 1
        if self.times >= 0:
            raise StoreBusy("The store is busy. Try again in a moment.")
        return self._store(scope)

    def ping(self) -> None:
        self._store.ping()

    def scrub(self) -> None:
        self._store.scrub()


def test_a_flag_is_tried_again_while_the_store_is_busy(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """A store that is busy for two tries takes the flag at the third."""
    gate = Gate(screener, Cases(BusyStore(store, 2), clock), pauses=(0, 0))

    stopped = gate.stop(a_person(), "I want to kill myself", entry="ask")

    assert stopped is not None
    with store(EVERYTHING) as work:
        case = work.care.find_open(a_person().id)
    assert case is not None
    assert stopped.case_id == case.id


def test_support_is_shown_when_nothing_can_be_saved(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Then the text says that nobody was told, and the log says it without a word of what was written."""
    gate = Gate(screener, Cases(BusyStore(store, 99), clock), country="gb", pauses=(0, 0))

    with capture_logs() as logs:
        stopped = gate.stop(a_person(), "I want to kill myself", entry="ask")

    assert stopped is not None
    assert stopped.case_id is None
    assert "could not be saved" in stopped.message
    assert "116 123" in stopped.message
    assert [(one["event"], one["log_level"], one["code"]) for one in logs] == [
        ("flag.not_saved", "error", "store_busy")
    ] * 3
    assert "kill" not in str(logs)


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
