"""Points of a marking key come apart only where each piece has words enough to be found by."""

from generators.compose.quizzes.short_answers import explain_question
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import find_terms
from tests.builders import some_evidence


def test_a_thin_piece_stays_with_its_neighbour(parser: Parser) -> None:
    """One word at the end of a long clause is no point of its own."""
    text = "**Loam** is a dark garden soil that holds plenty of rain water and warm air underground in winter."
    parsed = parser.parse(some_evidence(text))
    term = next(term for term in find_terms(parsed) if term.definition)

    question = explain_question(parsed, term)

    assert question is not None
    assert question.key_points[0] == "dark garden soil"
    assert question.key_points[-1].endswith("in winter")
    assert all(len(point.split()) > 2 for point in question.key_points)
