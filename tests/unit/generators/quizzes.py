"""A garden to ask about, and hands for the tests of the forms of questions."""

from domain.questions import Question
from generators.compose.reading.parse import ParsedSection, Parser
from tests.builders import some_evidence

GARDEN = (
    "A **trowel** is a small spade for digging narrow holes by hand. "
    "**Compost** is rotted kitchen waste that feeds the soil. "
    "A **trellis** is a frame of thin wooden bars on which vines climb. "
    "**Mulch** is a layer of bark that keeps the ground moist. "
    "A **cold frame** is a low glass box in which young seedlings wait for warmer weather. "
    "**Pruning** is the cutting of old branches in late winter."
)


def parsed(parser: Parser, text: str, *, title: str = "", language: str = "en") -> ParsedSection:
    return parser.parse(some_evidence(text, title=title, language=language))


def only(found: list[Question]) -> Question:
    (question,) = found
    return question
