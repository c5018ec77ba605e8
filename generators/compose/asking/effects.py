"""Questions for what something brings about that are worth asking."""

import re
from collections.abc import Iterable

from domain.words import holds, lemmas

_EFFECT = re.compile(
    r"^What (?:do|does|did) (?P<subject>.+) "
    r"(?P<verb>cause|lead to|result in|prevent|trigger|increase|reduce|produce|create|[a-z]+(?: [a-z]+)?)\?$"
)
_BRINGING = frozenset({"cause", "lead to", "result in", "prevent", "trigger", "increase", "reduce"})
_VAGUE = re.compile(r"(?:an?|some|many|most|several) (?:number|variety|few|lot|series|range)\b|\w+$", re.IGNORECASE)


def asks_for_an_effect(question: str, terms: Iterable[str]) -> bool:
    """Whether a question "What does X cause?" can be answered by who knows what X is.

    X is one of the terms of the section; or a thing in more than one word, of which its verb says what it brings about.
    """
    found = _EFFECT.match(question)
    if found is None:
        return True
    subject = lemmas(found["subject"])
    if any(holds(subject, lemmas(term)) for term in terms):
        return True
    return found["verb"] in _BRINGING and _VAGUE.match(found["subject"]) is None
