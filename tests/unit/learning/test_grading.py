"""Answers are graded by what they say: words forgivingly, numbers to the digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import UnitId
from domain.material import Claim, Question, QuestionForm
from learning.grading import grade, is_typo


def _question(
    answer: str,
    form: QuestionForm = QuestionForm.CLOZE,
    *,
    options: tuple[str, ...] = (),
    accepted: tuple[str, ...] = (),
) -> Question:
    return Question(UnitId("q"), Claim("", ()), form, "?", answer, options, accepted)


@pytest.mark.parametrize(
    ("key", "said", "is_right"),
    [
        ("photosynthesis", "Photosynthesis", True),
        ("photosynthesis", " the photosynthesis. ", True),
        ("photosynthesis", "photosyntesis", True),
        ("photosynthesis", "fotosynthesis", False),
        ("the guard cells", "guard cell", True),
        ("guard cells", "guardcells", True),
        ("guard cells", "gaurd cells", True),
        ("guard cells", "card cells", False),
        ("mode", "mole", False),
        ("42 km", "42 km", True),
        ("42 km", "42km", True),
        ("42 km", "42 m", False),
        ("42 km", "43 km", False),
        ("42 km", "42", False),
        ("25 %", "25 percent", True),
        ("6", "six", True),
        ("$1,250", "$1250.00", True),
        ("H2O", "H3O", False),
        ("+", "+", True),
        ("+", "-", False),
        ("the", "the", True),
        ("xylem", "", False),
    ],
)
def test_gaps_are_graded(key: str, said: str, *, is_right: bool) -> None:
    """Capitals, articles, plurals and small slips are forgiven; numbers, units and short words are not."""
    assert grade(_question(key), said) is is_right


def test_accepted_wordings_count() -> None:
    """Another accepted wording is as right as the answer."""
    question = _question("degrees of freedom", accepted=("df",))

    assert grade(question, "DF")
    assert not grade(question, "dg")


def test_a_choice_is_its_text() -> None:
    """Only the right option's text is right; slips make no option."""
    question = _question("nucleus", QuestionForm.CHOICE, options=("nucleus", "nucleolus"))

    assert grade(question, "Nucleus ")
    assert not grade(question, "nucleolus")
    assert not grade(question, "nucleu")


@pytest.mark.parametrize(
    ("said", "is_right"),
    [
        ("The plants lose water through the leaves", True),
        ("losing water by its leaves, in plants", True),
        ("the loss of watr from the leafs of a plant", False),
        ("water", False),
        ("the loss of no water from a plant through its leaves", False),
    ],
)
def test_short_answers_need_the_key_words(said: str, *, is_right: bool) -> None:
    """Three quarters of a long key's content words are enough, in any form; a denial turns the sense."""
    question = _question("the plant does lose water through its leaves", QuestionForm.SHORT)

    assert grade(question, said) is is_right


def test_a_short_key_is_needed_whole_and_with_its_numbers() -> None:
    """Of a short key every word counts, and numbers must be there."""
    question = _question("400 litres of water", QuestionForm.SHORT)

    assert grade(question, "about 400 litres of the water")
    assert not grade(question, "400 litres")
    assert not grade(question, "300 litres of water a day")
    assert not grade(_question("the of", QuestionForm.SHORT), "of it")


@pytest.mark.parametrize(
    ("word", "key", "is_slip"),
    [
        ("chloroplats", "chloroplast", True),
        ("chloroplst", "chloroplast", True),
        ("cloroplats", "chloroplast", True),
        ("starhc", "starch", True),
        ("stach", "starch", True),
        ("xtarch", "starch", False),
        ("sta", "starch", False),
        ("cel", "cell", False),
        ("mp32x", "mp33x", False),
    ],
)
def test_small_slips_are_told_from_other_words(word: str, key: str, *, is_slip: bool) -> None:
    """One slip in a word of five letters, two in one of nine, the first letter right, no figures."""
    assert is_typo(word, key) is is_slip


@given(st.text(min_size=1).filter(str.strip))
def test_the_answer_itself_is_right(answer: str) -> None:
    """Whatever the key, giving it is right in every form."""
    for form in QuestionForm:
        assert grade(_question(answer, form, options=(answer, "x")), answer)
