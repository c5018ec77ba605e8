"""The gate that every text a person writes passes before a model, a search or a grader sees it."""

from dataclasses import dataclass

from domain.outcomes import Escalated
from domain.people import Person
from safety.cases import Cases
from safety.screening import Screener
from safety.wording import supportive_text


@dataclass(frozen=True, slots=True)
class Gate:
    """Hands people in danger to people. `country` is the school's, in two letters, for its helplines."""

    screener: Screener
    cases: Cases
    country: str = ""

    def stop(self, person: Person, text: str, *, entry: str) -> Escalated | None:
        """Raise a flag when the text speaks of danger, and give the words to show instead of anything else.

        The words are in the language whose rule found the danger. `entry` names where the text was written.
        """
        worry = self.screener.screen(text) if text.strip() else None
        if worry is None:
            return None
        case = self.cases.raise_flag(person, text, worry, entry=entry)
        language = worry.rule.partition(".")[0]
        return Escalated(case.id, supportive_text(worry, language=language, country=self.country))
