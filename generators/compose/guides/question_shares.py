"""How the questions of a section are shared out between its study guide and its frequent questions: none is in both."""

from dataclasses import dataclass

from generators.compose.guides.key_questions import Answered, find_questions, rank_questions
from generators.compose.reading.parse import ParsedSection

_IN_GUIDE, _IN_FAQ = 5, 8


@dataclass(frozen=True, slots=True)
class Shares:
    """The questions of the guide, and those that readers ask, each in reading order."""

    guide: tuple[Answered, ...]
    faq: tuple[Answered, ...]


def share_questions(parsed: ParsedSection) -> Shares:
    """Give the weightiest to the guide, at most half of all; the others are frequent questions.

    What takes more than one sentence to answer is a frequent question, for there its answer is shown. A single
    question is one too: what it asks for stands among the guide's terms.
    """
    asked = find_questions(parsed)
    room = min(_IN_GUIDE, (len(asked) + 1) // 2) if len(asked) > 1 else 0
    short = [one for one in asked if len(one.claims) == 1]
    guide = rank_questions(short, room)
    others = [one for one in asked if one not in guide]
    return Shares(tuple(guide), tuple(rank_questions(others, _IN_FAQ)))
