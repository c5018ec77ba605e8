"""The gate that every text a person writes passes before a model, a search or a grader sees it.

It comes before every other check: whoever is in danger is heard, whatever else is wrong with what they sent.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import structlog

from domain.care import Severity, Worry
from domain.errors import Invalid, MargentError
from domain.ids import CaseId
from domain.outcomes import Escalated
from domain.people import Person
from safety.cases import Cases
from safety.screening import Screener
from safety.wording import supportive_text

_LONGEST = 100_000
"""Characters that are screened of one text; a longer one does not pass."""

_WINDOW = 4000
"""Characters screened at once, in bounded time; longer than anything one asks or answers."""

_OVERLAP = 200
"""Characters that two windows share, so that a sentence cut by one is whole in the next."""

_PAUSES = (0.5, 2.0)
"""Seconds before each further try to save a flag; a try waits for the store's lock by itself (10 seconds)."""

_ORDER = tuple(Severity)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gate:
    """Hands people in danger to people. Helplines are those of the school's country, else of `country`.

    `pauses` are the seconds before each further try to save what a busy store did not take.
    """

    screener: Screener
    cases: Cases
    country: str = ""
    pauses: tuple[float, ...] = _PAUSES

    def stop(self, person: Person, text: str, *, entry: str) -> Escalated | None:
        """Raise a flag when the text speaks of danger, and give the words to show instead of anything else.

        The words are in the language whose rule found the danger, and say so when nobody could be told. `entry`
        names where the text was written. Of a long text the flag holds the part with the gravest sign.
        Raises Invalid for a text too long to be screened whole and without danger in its first 100,000 characters.
        """
        found = self._screen(text[:_LONGEST])
        if found is None:
            if len(text) > _LONGEST:
                raise Invalid(f"Write at most {_LONGEST:,} characters at once.", field="text")
            return None
        worry, words = found
        case_id = self._raise_flag(person, words, worry, entry=entry)
        language = worry.rule.partition(".")[0]
        place = self.cases.place_of(person)
        place = replace(place, country=place.country or self.country)
        message = supportive_text(worry, language=language, at=place, is_told=case_id is not None)
        return Escalated(case_id, message)

    def _screen(self, text: str) -> tuple[Worry, str] | None:
        """Give the gravest sign of danger with the part of the text that it stands in."""
        worst: tuple[Worry, str] | None = None
        for part in _parts(text):
            worry = self.screener.screen(part)
            if worry and (worst is None or _ORDER.index(worry.severity) > _ORDER.index(worst[0].severity)):
                worst = worry, part
        return worst

    def _raise_flag(self, person: Person, text: str, worry: Worry, *, entry: str) -> CaseId | None:
        """Save the sign of danger, trying again while the store is busy; None when it could not be saved.

        The person then still reads the words of support: an error page would leave somebody in danger alone.
        """
        for pause in (0.0, *self.pauses):
            time.sleep(pause)
            try:
                return self.cases.raise_flag(person, text, worry, entry=entry).id
            except MargentError as error:
                _log.error("flag.not_saved", person_id=person.id, severity=worry.severity.value, code=error.code)
        return None


def _parts(text: str) -> Iterator[str]:
    """Cut a text into windows that overlap; a short one is one window, blanks alone are none."""
    if not text.strip():
        return
    for start in range(0, max(len(text) - _OVERLAP, 1), _WINDOW - _OVERLAP):
        yield text[start : start + _WINDOW]
