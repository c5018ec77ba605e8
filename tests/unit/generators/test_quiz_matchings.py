"""Terms are matched with meanings that cannot be taken for each other's."""

from domain.material import claims_of
from domain.questions import QuestionForm
from generators.compose.cards.flashcards import choose_terms
from generators.compose.quizzes.distractors import Rivals
from generators.compose.quizzes.matching import match_terms
from generators.compose.quizzes.quiz import make_questions
from generators.compose.quizzes.term_questions import worth_asking
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import find_terms
from tests.unit.generators.quizzes import GARDEN, only, parsed


def test_terms_are_matched_with_their_meanings(parser: Parser) -> None:
    """Three or four terms, each with its own meaning and its own claim, the meanings in another order."""
    section = parsed(parser, GARDEN)
    terms = worth_asking(choose_terms(section))

    question = match_terms(section, terms, Rivals(section, terms))

    assert question is not None
    assert 3 <= len(question.pairs) <= 4
    assert question.terms == tuple(pair.left for pair in question.pairs)
    assert {pair.right for pair in question.pairs} == set(question.options)
    for pair, claim in zip(question.pairs, (question.claim, *question.parts), strict=True):
        assert pair.left.lower() in claim.text.lower()
        assert pair.right in claim.text


def test_a_section_of_many_terms_has_them_matched(parser: Parser) -> None:
    """Where there are enough terms some are asked together, and then not by themselves."""
    questions = make_questions(parsed(parser, GARDEN, title="The garden"))

    matching = only([question for question in questions if question.form is QuestionForm.MATCHING])
    others = [concept for question in questions if question is not matching for concept in question.concepts]

    assert not set(matching.concepts) & set(others)


def test_too_few_meanings_are_not_matched(parser: Parser) -> None:
    """Two terms, and terms that explain each other, make no matching."""
    section = parsed(parser, "A **trowel** is a small spade for holes. A **spade** is a large trowel for digging.")
    terms = find_terms(section)

    assert match_terms(section, terms, Rivals(section, terms)) is None
    assert match_terms(section, (), Rivals(section, ())) is None


ORCHARD = (
    "La **azada** es una herramienta de hierro que sirve para remover la tierra. "
    "El **abono** es una mezcla de restos que alimenta las plantas. "
    "La **poda** es el corte de las ramas viejas en invierno. "
    "El **invernadero** es una casa de vidrio donde crecen las semillas. "
    "El **riego** es el reparto de agua sobre los campos secos."
)


def test_other_languages_get_gaps_and_pairs(parser: Parser) -> None:
    """Where grammar is unknown, terms with their meanings are matched and blanked; nothing else is asked."""
    questions = make_questions(parsed(parser, ORCHARD, language="es"))

    matching = only([question for question in questions if question.form is QuestionForm.MATCHING])

    assert {question.form for question in questions} <= {QuestionForm.MATCHING, QuestionForm.CLOZE}
    assert all(pair.right in claim.text for pair, claim in zip(matching.pairs, claims_of(matching), strict=True))
