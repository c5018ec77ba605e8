"""The gate that every text a person writes passes before a model, a search or a grader sees it."""

from dataclasses import dataclass

from domain.errors import Invalid
from domain.outcomes import Escalated
from domain.people import Person
from safety.cases import Cases
from safety.screening import Screener
from safety.wording import supportive_text

_LONGEST = 4000
"""Characters screened at once, in bounded time; longer than anything one asks or answers."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Hands people in danger to people. Helplines are those of the school's country, else of `country`."""

    screener: Screener
    cases: Cases
    country: str = ""

    def stop(self, person: Person, text: str, *, entry: str) -> Escalated | None:
        """Raise a flag when the text speaks of danger, and give the words to show instead of anything else.

        The words are in the language whose rule found the danger. `entry` names where the text was written.
        Raises Invalid for a text too long to be screened at once: nothing passes unscreened.
        """
        if len(text) > _LONGEST:
            raise Invalid(f"Write at most {_LONGEST:,} characters at once.", field="text")
        worry = self.screener.screen(text) if text.strip() else None
        if worry is None:
            return None
        case = self.cases.raise_flag(person, text, worry, entry=entry)
        language = worry.rule.partition(".")[0]
        country = self.cases.country_of(person) or self.country
        return Escalated(case.id, supportive_text(worry, language=language, country=country))
