"""Words of danger stop at the gate: people are told, and the words shown are in the writer's language."""

from queue import SimpleQueue

import pytest
from structlog.testing import capture_logs

from adapters.sql.store import SqlStore
from domain.care import UNAVAILABLE, Concern, Flag, Severity, Worry
from domain.errors import Invalid, StoreBusy
from domain.ids import SchoolId
from domain.outcomes import Escalated
from domain.people import Person, Role, School, SchoolRules
from domain.ports import UnitOfWork
from domain.scope import EVERYTHING, Scope
from safety import course
from safety.cases import Cases
from safety.conversation import Weight
from safety.gate import TOO_LONG, Gate
from safety.remembering import Memory
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


@pytest.mark.parametrize("before", [0, 3_985, 3_990, 7_700, 35_000])
def test_danger_anywhere_in_a_long_text_is_found(
    store: SqlStore, clock: FixedClock, screener: Screener, before: int
) -> None:
    """Long texts are screened in pieces that overlap; the flag holds the piece, with the words whole."""
    text = ("green " * 20_000)[:before] + ". I want to kill myself. " + "leaf " * 2000

    stopped = Gate(screener, Cases(store, clock), seconds=60).stop(a_person(), text, entry="hints")

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


@pytest.mark.parametrize("before", [0, 3_790, 3_990, 11_395, 70_000])
def test_danger_anywhere_in_a_file_is_found(
    store: SqlStore, clock: FixedClock, screener: Screener, before: int
) -> None:
    """Of a file more is screened than of a text; the gravest sign counts, wherever windows meet."""
    text = "I hate my body. " + ("green " * 20_000)[:before] + ". I want to kill myself. " + "leaf " * 2000

    stopped = Gate(screener, Cases(store, clock), seconds=60).stop_file(a_person(), text, entry="own_card")

    assert stopped is not None
    with store(EVERYTHING) as work:
        case = work.care.find_open(a_person().id)
    assert case is not None
    assert "I want to kill myself" in case.flags[0].text


def test_a_text_too_long_to_screen_does_not_pass(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """A pasted book is refused with a sentence."""
    gate = Gate(screener, Cases(store, clock))

    with pytest.raises(Invalid, match="at most 50,000 characters"):
        gate.stop(a_person(), "word " * 10_001, entry="hints")


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
    assert [(one["event"], one["log_level"], one["code"], one["severity"]) for one in logs] == [
        ("flag.not_saved", "error", "store_busy", "high")
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


class Broken:
    """A detector that finds what it is told to find, and breaks at the rest."""

    def __init__(self, **found: Weight) -> None:
        self._found = found

    def weigh(self, text: str) -> Weight:
        return self._found[text.split(maxsplit=1)[0]]


def flags_of(store: SqlStore) -> list[Flag]:
    with store(EVERYTHING) as work:
        case = work.care.find_open(a_person().id)
    return list(case.flags) if case else []


def test_what_cannot_be_screened_is_held(store: SqlStore, clock: FixedClock) -> None:
    """The turn goes no further, the person reads words of support, and a case says that nobody knows."""
    gate = Gate(Broken(), Cases(store, clock), country="gb")

    stopped = gate.stop(a_person(), "What is a stoma?", entry="answer")

    assert stopped is not None
    assert stopped.case_id is not None
    assert "116 123" in stopped.message
    assert [(flag.worry.subject, flag.worry.severity, flag.worry.rule, flag.text) for flag in flags_of(store)] == [
        (UNAVAILABLE, Severity.MODERATE, "gate.unavailable", "What is a stoma?")
    ]


@pytest.mark.parametrize(("severity", "subject"), [(Severity.HIGH, "suicide"), (Severity.LOW, UNAVAILABLE)])
def test_of_a_text_screened_in_part_the_graver_counts(
    severity: Severity, subject: str, store: SqlStore, clock: FixedClock
) -> None:
    """A sign that was found outweighs what could not be screened, unless it is the lesser one."""
    found = Weight(Worry(severity, "suicide", "en.plan"), 5.0)
    gate = Gate(Broken(word=found), Cases(store, clock))

    gate.stop(a_person(), "word " + "x" * 4000 + " else", entry="answer")

    assert [flag.worry.subject for flag in flags_of(store)] == [subject]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STUDENT])
def test_cases_are_opened_for_students_alone(
    role: Role, store: SqlStore, clock: FixedClock, screener: Screener
) -> None:
    """Everybody else reads where to go, and that nobody reads along; the words go no further."""
    stopped = Gate(screener, Cases(store, clock)).stop(a_person(role), "I want to kill myself", entry="answer")

    assert stopped is not None
    assert stopped.case_id is None
    assert "go to an adult you trust now" in stopped.message
    with store(EVERYTHING) as work:
        assert work.care.find_open(a_person(role).id) is None


def test_somebody_without_an_account_is_heard(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """There is nobody to open a case for: the words say that nobody was told."""
    stopped = Gate(screener, Cases(store, clock), country="de").stop(None, "I want to kill myself", entry="name")

    assert stopped is not None
    assert stopped.case_id is None
    assert "nobody at your school has been told" in stopped.message
    assert "116 111" in stopped.message


def test_somebody_is_alarmed_when_nothing_can_be_saved(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """With the severity alone: nobody knows whose it was."""
    cried: SimpleQueue[Severity] = SimpleQueue()
    gate = Gate(screener, Cases(BusyStore(store, 99), clock), pauses=(), cry_out=cried.put)

    gate.stop(a_person(), "I want to kill myself", entry="answer")

    assert cried.get(timeout=5) is Severity.HIGH


def test_turns_are_heard_together(store: SqlStore, clock: FixedClock) -> None:
    """Words that raise nothing alone raise a case with those of another entry, and what adds up is kept with it."""
    memory = Memory(store, clock)
    found = {"bye": Weight(slots=frozenset({"goodbye"})), "take": Weight(slots=frozenset({"gift"}))}
    gate = Gate(Broken(**found), Cases(store, clock), memory=memory)

    first = gate.stop(a_person(), "bye everybody", entry="search")
    second = gate.stop(a_person(), "take my things", entry="quiz")

    assert first is None
    assert second is not None
    assert [(flag.worry.rule, flag.text) for flag in flags_of(store)] == [
        ("conversation.gift+goodbye", "take my things")
    ]
    with store(EVERYTHING) as work:
        concern = work.concerns.find(a_person().id)
    assert concern is not None
    assert set(concern.state["slots"]) == {"goodbye", "gift"}  # type: ignore[call-overload]


def test_what_staff_writes_is_not_added_up(store: SqlStore, clock: FixedClock) -> None:
    """Nothing is remembered of those for whom no case is opened."""
    gate = Gate(Broken(bye=Weight(log_odds=1.0)), Cases(store, clock), memory=Memory(store, clock))

    assert gate.stop(a_person(Role.TEACHER), "bye everybody", entry="search") is None

    with store(EVERYTHING) as work:
        assert work.concerns.find(a_person(Role.TEACHER).id) is None


def test_a_memory_that_does_not_answer_stops_no_cry(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Words that speak of danger by themselves are heard; others wait, since nobody knows what they complete."""
    gate = Gate(screener, Cases(store, clock), memory=Memory(BusyStore(store, 99), clock))

    assert gate.stop(a_person(), "I want to kill myself", entry="answer") is not None
    with pytest.raises(StoreBusy):
        gate.stop(a_person(), "What is a stoma?", entry="answer")
    assert len(flags_of(store)) == 1


def test_words_that_passed_are_not_heard_twice(store: SqlStore, clock: FixedClock) -> None:
    """A face, a service and the pipeline ask about the same words: they are weighed once and are one turn."""
    asked: list[str] = []

    class Counting:
        def weigh(self, text: str) -> Weight:
            asked.append(text)
            return Weight()

    gate = Gate(Counting(), Cases(store, clock))

    assert [gate.stop(a_person(), text, entry="answer") for text in ("a leaf", "a leaf ", "a root")] == [None] * 3
    assert asked == ["a leaf", "a root"]


def test_danger_is_heard_every_time(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Only what passed is remembered."""
    gate = Gate(screener, Cases(store, clock))

    for _ in range(2):
        assert gate.stop(a_person(), "I want to kill myself", entry="answer") is not None
    assert len(flags_of(store)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself \ud800",
        "I want to \u202ekill\u202c myself\x00\x1b[2J",
        "I\u200b want\u200b to\u200b kill\u200b myself",
        "I \U000e0077\U000e0061want to kill\U000e007f myself",
        "𝐈 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐤𝐢𝐥𝐥 𝐦𝐲𝐬𝐞𝐥𝐟",
    ],
)
def test_strange_characters_hide_nothing(text: str, store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Half characters, direction marks, controls, tags and look-alikes: the words are heard, and the case is saved."""
    stopped = Gate(screener, Cases(store, clock), pauses=()).stop(a_person(), text, entry="answer")

    assert stopped is not None
    assert stopped.case_id is not None


def test_a_line_of_a_megabyte_is_refused_in_bounded_time(store: SqlStore, clock: FixedClock) -> None:
    """No more windows are weighed than 50,000 characters and the end have, whatever the text is made of."""
    asked: list[int] = []

    class Counting:
        def weigh(self, text: str) -> Weight:
            asked.append(len(text))
            return Weight()

    with pytest.raises(Invalid, match="at most 50,000 characters"):
        Gate(Counting(), Cases(store, clock)).stop(a_person(), "x" * 1_000_000, entry="answer")

    assert len(asked) <= 17
    assert max(asked) <= 4000


@pytest.mark.parametrize("before", [49_000, 60_000, 1_000_000])
def test_danger_at_the_end_of_a_text_too_long_is_found(
    store: SqlStore, clock: FixedClock, screener: Screener, before: int
) -> None:
    """The end is screened, however long the text is."""
    text = "a leaf " * (before // 7) + ". I want to kill myself. " + "a root " * 1000

    stopped = Gate(screener, Cases(store, clock)).stop(a_person(), text, entry="answer")

    assert stopped is not None
    assert "I want to kill myself" in flags_of(store)[0].text


def test_a_refusal_says_where_help_is(store: SqlStore, clock: FixedClock) -> None:
    """Nobody read the middle, so that the refusal has the helplines first, and a code that pages know."""
    gate = Gate(Broken(word=Weight()), Cases(store, clock), country="gb")

    with pytest.raises(Invalid, match="at most 50,000") as refused:
        gate.stop(a_person(), "word " * 40_000, entry="answer")

    assert refused.value.code == TOO_LONG
    assert "Childline" in refused.value.message.split("\n\n")[0]
    assert flags_of(store) == []


def test_a_slow_text_is_screened_at_its_ends(store: SqlStore, clock: FixedClock) -> None:
    """When the time of a text is over its end is screened, and without a sign there it does not pass."""
    asked: list[str] = []

    class Counting:
        def weigh(self, text: str) -> Weight:
            asked.append(text[-8:])
            return Weight()

    with pytest.raises(Invalid, match="too long"):
        Gate(Counting(), Cases(store, clock), seconds=0).stop(a_person(), "x" * 39_996 + "end.", entry="answer")

    assert len(asked) <= 4
    assert asked[-1].endswith("end.")
    assert Gate(Counting(), Cases(store, clock), seconds=0).stop(a_person(), "short", entry="answer") is None


def test_a_milder_sign_names_the_cases_own_deadline(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """In a case that is due in 15 minutes nobody reads that somebody looks within 4 hours."""
    with store(EVERYTHING) as work:
        work.people.save_person(a_person(Role.COUNSELLOR))
        work.commit()
    gate = Gate(screener, Cases(store, clock))

    gate.stop(a_person(), "I want to kill myself", entry="ask")
    milder = gate.stop(a_person(), "I cut my arm again yesterday", entry="ask")

    assert flags_of(store)[-1].worry.severity is Severity.MODERATE
    assert milder is not None
    assert "within 15 minutes" in milder.message
    assert "hurting" in milder.message


def test_a_case_that_was_taken_on_begins_anew(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """After somebody took a grave case on, a milder sign is due by its own time, and the words say so."""
    with store(EVERYTHING) as work:
        work.people.save_person(a_person(Role.COUNSELLOR))
        work.commit()
    gate = Gate(screener, Cases(store, clock))
    gate.stop(a_person(), "I want to kill myself", entry="ask")
    with store(EVERYTHING) as work:
        case = work.care.find_open(a_person().id)
        assert case is not None
        work.care.save(course.acknowledged(case, a_person(Role.COUNSELLOR).id, clock.now()))
        work.commit()

    milder = gate.stop(a_person(), "I cut my arm again yesterday", entry="ask")

    assert milder is not None
    assert "within 4 hours" in milder.message


def damage(store: SqlStore, clock: FixedClock, person: Person) -> None:
    with store(EVERYTHING) as work:
        work.concerns.save(Concern(person.id, {"slots": "none"}, clock.now()))
        work.commit()


def test_a_damaged_memory_lets_nothing_pass(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Nobody knows what a harmless turn completes, so a case says so; words of danger are heard for what they are."""
    gate = Gate(screener, Cases(store, clock), memory=Memory(store, clock))
    damage(store, clock, a_person())

    first = gate.stop(a_person(), "What is a stoma?", entry="answer")
    second = gate.stop(a_person(), "I want to kill myself", entry="answer")

    assert first is not None
    assert second is not None
    assert [flag.worry.subject for flag in flags_of(store)] == [UNAVAILABLE, "suicide"]


class DamagedStore(BusyStore):
    """A store whose units of work cannot be begun, for a reason that no error of ours has."""

    def __call__(self, scope: Scope) -> UnitOfWork:
        raise KeyError(str(scope))


def test_a_damaged_store_keeps_no_words_of_support_back(store: SqlStore, clock: FixedClock, screener: Screener) -> None:
    """Whatever fails beside them: where the person is, what is remembered, and the case."""
    damaged = DamagedStore(store, 0)
    gate = Gate(screener, Cases(damaged, clock), pauses=(), memory=Memory(damaged, clock), country="gb")

    stopped = gate.stop(a_person(), "I want to kill myself", entry="answer")

    assert stopped is not None
    assert "could not be saved" in stopped.message
    assert "116 123" in stopped.message


def test_somebody_is_alarmed_of_whom_the_store_cannot_name(
    store: SqlStore, clock: FixedClock, screener: Screener
) -> None:
    """Nobody can open a case then, so that a direct notice goes out."""
    cried: SimpleQueue[Severity] = SimpleQueue()

    Gate(screener, Cases(store, clock), cry_out=cried.put).tell_of_unknown()

    assert cried.get(timeout=5) is Severity.HIGH
