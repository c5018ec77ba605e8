"""A section's questions are shared out between its study guide and its frequent questions."""

from domain.guides import GuidePart
from generators.compose.guides.faq import make_faq
from generators.compose.guides.key_questions import find_questions
from generators.compose.guides.study_guide import make_guide
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence
from tests.unit.generators.quizzes import GARDEN


def test_no_question_is_in_both(parser: Parser) -> None:
    """No question is in both, each has some, and none is lost while there is room."""
    rivers = parser.parse(some_evidence(GARDEN))
    guide = {entry.label for entry in make_guide(rivers) if entry.part is GuidePart.KEY_QUESTION}
    faq = {entry.question for entry in make_faq(rivers)}

    assert guide
    assert faq
    assert not guide & faq
    assert guide | faq == {one.question for one in find_questions(rivers)}


def test_a_single_question_stays_where_it_is_answered(parser: Parser) -> None:
    """A section that answers one question has it among the frequent ones; its guide has the term."""
    parsed = parser.parse(some_evidence("A **delta** is a flat plain that a river builds where it meets the sea."))

    assert [entry.question for entry in make_faq(parsed)] == ["What is a delta?"]
    assert [entry.part for entry in make_guide(parsed)] == [GuidePart.TERM]


def test_a_guide_is_not_empty_for_want_of_its_only_question(parser: Parser) -> None:
    """Where there is neither term nor date, the guide asks what readers ask."""
    text = "Why do rivers bend? Rivers bend because the water wears away the softer bank on one side of the bed."
    parsed = parser.parse(some_evidence("\n\n".join(text.split("? ", 1)).replace("bend\n", "bend?\n")))

    guide = make_guide(parsed)

    assert {entry.label for entry in guide} == {entry.question for entry in make_faq(parsed)}
