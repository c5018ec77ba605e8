"""Points of a marking key come apart only where each piece has words enough to be found by."""

from generators.compose.quizzes.short_answers import explain_question
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import find_terms
from tests.builders import some_evidence


def points_of(parser: Parser, text: str) -> tuple[str, ...]:
    """The marking key of the question about the first term that the text defines."""
    parsed = parser.parse(some_evidence(text))
    question = explain_question(parsed, next(term for term in find_terms(parsed) if term.definition))
    return question.key_points if question else ()


def test_a_thin_piece_stays_with_its_neighbour(parser: Parser) -> None:
    """One word at the end of a long clause is no point of its own."""
    text = (
        "**Drainage** is the process by which pipes and ditches carry cold water to turn wet and sour land into soil."
    )

    assert points_of(parser, text) == ("pipes and ditches carry cold water", "turn wet and sour land into soil")


def test_no_point_ends_with_its_verb(parser: Parser) -> None:
    """What something is in stays with its "is"."""
    text = "A **bottleneck** is a narrow road that is in short supply of space in towns."

    assert points_of(parser, text)[:1] == ("narrow road",)
    assert not any(point.endswith(" is") for point in points_of(parser, text))
