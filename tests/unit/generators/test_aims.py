"""Learning objectives are answered by sentences that say something of them, or by none."""

import pytest

from domain.claims import Claim
from domain.guides import GuidePart
from generators.compose.guides.aims import answers_aim
from generators.compose.guides.study_guide import make_guide
from generators.compose.reading.parse import Parser
from tests.unit.generators.quizzes import parsed


@pytest.mark.parametrize(
    ("text", "aim", "answers"),
    [
        ("A tower is a tall house with a bell.", "Define tower", True),
        ("Figure: Towers of the old town stand on a hill.", "Define tower", False),
        ("Towers of the old town (credit: a guard) stand on a hill.", "Describe towers", False),
        ("Towers burn in dry summers.", "Define tower", False),
        ("Towers burn in dry summers.", "Explain how towers burn", True),
        ("One evening a guard forgot to lock the tower.", "Explain how towers are guarded", False),
        ("My uncle guards a tower by the river.", "Explain how towers are guarded", False),
        ("I saw a tower on the hill.", "Describe towers", False),
        ("Mary Smith climbed the tower at night.", "Describe towers", False),
        ("Mary Smith climbed the tower at night.", "Tell what Mary Smith did", True),
        ("Towers of the old town", "Describe towers", False),
    ],
)
def test_captions_and_anecdotes_answer_nothing(parser: Parser, text: str, aim: str, *, answers: bool) -> None:
    """What shows a picture, tells of somebody, or does not say what a thing is, is no answer."""
    section = parsed(parser, text)

    assert answers_aim(section, Claim(text, section.cite(section.sentences[0].at)), aim) is answers


def test_half_a_sentence_answers_nothing(parser: Parser) -> None:
    """Without the "so" that turned its order a sentence cannot be read."""
    section = parsed(parser, "So full of cracks is the old tower that nobody may climb it.")
    cited = section.cite(section.sentences[0].at)

    assert not answers_aim(section, Claim("Full of cracks is the old tower that nobody may climb it.", cited), "Towers")
    assert answers_aim(section, Claim(section.sentences[0].text, cited), "Describe the tower")


def test_without_grammar_any_whole_sentence_may_answer(parser: Parser) -> None:
    """Who tells a story is only known where the grammar is."""
    section = parsed(parser, "La torre cayó en verano.", language="es")

    assert answers_aim(section, Claim("La torre cayó en verano.", section.cite(section.sentences[0].at)), "La torre")


def test_a_guide_has_the_objectives_that_are_answered(parser: Parser) -> None:
    """An objective with nothing but a caption is left out; the other stays."""
    text = (
        "Learning objectives\n• Define erosion\n• Define delta\n\n"
        "Erosion is the slow wearing away of rock by water and wind. Rivers carry the sand of the hills to the sea.\n\n"
        "Figure: Delta of a river with sand and reeds."
    )

    guide = make_guide(parsed(parser, text, title="Rivers"))

    assert [entry.label for entry in guide if entry.part is GuidePart.OBJECTIVE] == ["Define erosion"]
