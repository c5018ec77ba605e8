"""The gate that every text a person writes passes before a model, a search or a grader sees it.

It comes before every other check: whoever is in danger is heard, whatever else is wrong with what they sent. A text
that cannot be screened does not pass either. Cases are opened for students; everybody else reads where to go.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeGuard

import structlog

from domain.care import UNAVAILABLE, Case, Concern, Severity, Worry
from domain.errors import Invalid, Transient
from domain.outcomes import Escalated
from domain.people import Person, Role, SchoolHours
from safety.bounded import HELD, Bounded, Detector
from safety.cases import Cases
from safety.caught import Caught
from safety.conversation import Weight
from safety.deadlines import due_at
from safety.handing_over import PAUSES, hand_over, tell
from safety.passed import Passed
from safety.remembering import Memory
from safety.windows import Reading
from safety.wording import Place, language_of, supportive_text, too_long_text, unavailable_text

LONGEST = 50_000
"""Characters that are screened of one text; a longer one does not pass."""

LONGEST_FILE = 1_000_000
"""Characters that are screened of a file of cards: more than five thousand cards have. They take half a minute."""

_END = 10_000
"""Characters at the end of a text that are screened when the middle is not."""

_SECONDS = 2.0
"""How long the windows of one text may take together, before only its end is screened."""

_FILE_TIMES = 30
"""How many times as long the windows of a file may take together."""

TOO_LONG = "too_long_to_hear"
"""The code of the refusal of a text that was not screened whole: its message says where help is."""

_TURNS = frozenset({"answer", "hints", "quiz", "search"})
"""Entries that are turns of a conversation; a name or a title is none."""

_ORDER = tuple(Severity)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Sign:
    """What is worrying in a text, and the part of the text that it stands in."""

    worry: Worry
    text: str
    concern: Concern | None = None


_Join = Callable[[Weight, Weight], Weight]
"""Gives what two parts say together."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """How much of a text is screened, in characters and seconds, by what, and how what its windows say is joined."""

    longest: int
    seconds: float
    join: _Join
    screener: Bounded


class Gate:
    """Hands people in danger to people. Helplines are those of the school's country, else of `country`.

    `pauses` are the seconds before each further try to save what a busy store did not take. With a `memory` turns
    that look harmless one by one are heard together; without, each stands alone. `cry_out` tells somebody directly
    that a sign of danger could not be saved. The windows of one text take `seconds` together. `files` weighs what
    stands in files; without it the screener does.
    """

    # what hands people in danger to people is all told apart by name
    def __init__(  # noqa: PLR0913
        self,
        screener: Detector,
        cases: Cases,
        *,
        country: str = "",
        pauses: tuple[float, ...] = PAUSES,
        memory: Memory | None = None,
        cry_out: Callable[[Severity], None] | None = None,
        seconds: float = _SECONDS,
        files: Detector | None = None,
    ) -> None:
        """Screen with `screener`, within bounds, and keep cases in `cases`."""
        self.screener = Bounded(screener)
        self.files = Bounded(files) if files else self.screener
        self.cases = cases
        self._country = country
        self._pauses = pauses
        self._memory = memory
        self._cry_out = cry_out or _in_silence
        self._seconds = seconds
        self._passed = Passed()

    def stop(self, person: Person | None, text: str, *, entry: str) -> Escalated | None:
        """Give the words to show instead of anything else when the text speaks of danger, or cannot be screened.

        For a student that is a case, and the words say so when nobody could be told; `person` is None for whoever
        has no account yet. `entry` names where the text was written. The words are in the language whose rule found
        the danger. Of a long text the flag holds the part with the gravest sign. A text that passed a moment ago
        passes again without being heard twice.
        Raises Invalid, with words on where help is, for a text that takes too long to be screened whole, or has more
        than 50,000 characters, when there is no danger in what was screened: its beginning and its last 10,000.
        """
        return self._hear(person, text, _Reach(LONGEST, self._seconds, _joined, self.screener), entry)

    def stop_file(self, person: Person, text: str, *, entry: str) -> Escalated | None:
        """Hear all that a file of cards says, like `stop`, but up to 1,000,000 characters and for up to a minute.

        Each window stands for itself, as in a reading: what cards say on many pages is no one person's story.
        """
        return self._hear(person, text, _Reach(LONGEST_FILE, self._seconds * _FILE_TIMES, _heavier, self.files), entry)

    def _hear(self, person: Person | None, text: str, reach: "_Reach", entry: str) -> Escalated | None:
        if not text.strip() or self._passed.holds(person, text):
            return None
        reading = Reading(text, longest=reach.longest, end=_END, seconds=reach.seconds)
        sign = self._look(person, reading, reach, entry)
        if sign:
            return self._escalate(person, sign, entry=entry)
        if not reading.is_whole:
            at = self._place_of(person)
            raise Invalid(too_long_text(language=at.language, at=at), field="text", code=TOO_LONG)
        self._passed.add(person, text)
        return None

    def _look(self, person: Person | None, parts: Iterable[str], reach: "_Reach", entry: str) -> _Sign | None:
        """Weigh a text part by part, and together with what the person wrote before."""
        heaviest, weight = "", Weight()
        for part in parts:
            heaviest = heaviest or part
            found = reach.screener.weigh(part)
            if found is None:
                graver = _graver(weight.worry, HELD)
                return _Sign(graver, part if graver is HELD else heaviest)
            if _rank(found) > _rank(weight):
                heaviest = part
            weight = reach.join(weight, found)
        worry, concern = self._recall(person, weight, entry)
        return _Sign(worry, heaviest, concern) if worry else None

    def _recall(self, person: Person | None, weight: Weight, entry: str) -> tuple[Worry | None, Concern | None]:
        """Add a turn to what is remembered. A store that does not answer keeps nobody in danger from being heard."""
        if self._memory is None or not _is_cared_for(person):
            return weight.worry, None
        passing = None
        with Caught() as caught:
            try:
                return self._memory.add(person, weight, is_turn=entry in _TURNS)
            except Transient as error:
                passing = error
        code = passing.code if passing else caught.fault
        _log.error("concern.not_kept", person_id=person.id, code=code)
        if weight.worry is None and passing:
            raise passing
        # what stands there for good and cannot be read: nobody knows what a turn completes, so that a person looks
        return weight.worry or HELD, None

    def _escalate(self, person: Person | None, sign: _Sign, *, entry: str) -> Escalated:
        case = None
        if _is_cared_for(person):
            severity = sign.worry.severity
            case = hand_over(
                partial(self._save, person, sign, entry),
                partial(self._cry_out, severity),
                about={"person_id": person.id, "severity": severity.value},
                pauses=self._pauses,
            )
        is_told = case is not None or (person is not None and not _is_cared_for(person))
        worry = _due_with(case, sign.worry) if case else sign.worry
        return Escalated(
            case.id if case else None, _words_for(worry, self._place_of(person), sign.text, is_told=is_told)
        )

    def tell_of_unknown(self) -> None:
        """Cry out that somebody wrote of danger whom the store could not name; as a high danger, whatever was found."""
        tell(partial(self._cry_out, Severity.HIGH), about={"severity": Severity.HIGH.value})

    def _save(self, person: Person, sign: _Sign, entry: str) -> Case:
        # half a character, which JSON can send, cannot be kept
        text = sign.text.encode(errors="replace").decode()
        return self.cases.raise_flag(person, text, sign.worry, entry=entry, concern=sign.concern)

    def _place_of(self, person: Person | None) -> Place:
        """Say where the person is. Nobody reads along with those for whom no case is opened."""
        place = self.cases.place_of(person) if person else Place()
        place = replace(place, country=place.country or self._country)
        return place if _is_cared_for(person) else replace(place, has_counsellor=False)


def _due_with(case: Case, worry: Worry) -> Worry:
    """Make a sign as urgent as the case it joined, whose deadline counts, unless that is later than so urgent a one's.

    It is later when somebody had taken the case on: then it begins anew, by the new sign alone.
    """
    # the school's hours say by when a low case is due, and into that only a low sign can fall
    is_kept = case.due_at <= due_at(case.severity, case.flags[-1].raised_at, SchoolHours())
    return replace(worry, severity=case.severity) if is_kept else worry


def _words_for(worry: Worry, at: Place, said: str, *, is_told: bool) -> str:
    """Write what the person reads, in the language of what they said (`safety.wording.language_of`)."""
    language = language_of(worry, at, said)
    if worry.subject == UNAVAILABLE:
        return unavailable_text(language=language, at=at)
    return supportive_text(worry, language=language, at=at, is_told=is_told)


def _is_cared_for(person: Person | None) -> TypeGuard[Person]:
    """Whether a case is opened for somebody: for students."""
    return person is not None and person.role is Role.STUDENT


def _rank(weight: Weight) -> tuple[int, float, int]:
    severity = _ORDER.index(weight.worry.severity) if weight.worry else -1
    return severity, weight.log_odds, len(weight.slots)


def _joined(one: Weight, other: Weight) -> Weight:
    """Give what two parts of one text say: the gravest of either, and the slots of both."""
    worry = _graver(one.worry, other.worry) if other.worry else one.worry
    return Weight(worry, max(one.log_odds, other.log_odds), one.slots | other.slots)


def _heavier(one: Weight, other: Weight) -> Weight:
    """Give the graver of two parts, by itself."""
    return other if _rank(other) > _rank(one) else one


def _graver(one: Worry | None, other: Worry) -> Worry:
    return one if one and _ORDER.index(one.severity) >= _ORDER.index(other.severity) else other


def _in_silence(_severity: Severity) -> None:
    """Tell nobody: where no way of telling is set up."""
