"""Answers are graded by what they say: words forgivingly, numbers to the digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.ids import UnitId
from domain.questions import Question, QuestionForm
from learning.grading import grade, is_typo


def _question(
    answer: str,
    form: QuestionForm = QuestionForm.CLOZE,
    *,
    options: tuple[str, ...] = (),
    accepted: tuple[str, ...] = (),
    stem: str = "?",
) -> Question:
    return Question(UnitId("q"), Claim("", ()), form, stem, answer, options, accepted)


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
    ("key", "said", "is_right"),
    [
        ("more books and more schools", "fewer books and fewer schools", False),
        ("more books and more schools", "more books and schools", True),
        ("more books and more schools", "books and schools", False),
        ("more books and more schools", "not more books and schools", False),
        ("the price of bread rises quickly", "the price of bread falls quickly", False),
        ("when price rises, demand falls", "demand falls when the price rises", True),
        ("when price rises, demand falls", "when price falls, demand rises", False),
        ("horses, glass, silver and wool went east", "horses, glass, silver and wool went west", False),
        ("bread is baked before dawn in town", "bread is baked after dawn in town", False),
        ("plants of the dark floor never make sugar", "plants of the dark floor don't make sugar", True),
        ("plants of the dark floor never make sugar", "plants of the dark floor make sugar", False),
        ("plants of the dark floor make sugar", "plants of the dark floor hardly make sugar", False),
    ],
)
def test_an_answer_must_point_the_keys_way(key: str, said: str, *, is_right: bool) -> None:
    """More is not fewer, a rise no fall, east not west, and never not ever, however many words are shared."""
    assert grade(_question(key, QuestionForm.SHORT), said) is is_right


@pytest.mark.parametrize(
    ("key", "said", "stem", "is_right"),
    [
        ("0.04 percent", "0.04%", "?", True),
        ("0.04 percent", "0,04", "What percent of the air is it?", True),
        ("0.04 percent", ".04", "What percentage of the air is it?", True),
        ("0.04 percent", "0.4%", "?", False),
        ("about 0.04 percent", ".04 per cent", "?", True),
        ("6,400 kilometres", "6400 km", "?", True),
        ("6,400 kilometres", "6 400 kilometers", "?", True),
        ("6,400 kilometres", "6400", "How many kilometres was the way?", True),
        ("6,400 kilometres", "6400", "How many km was the way?", True),
        ("6,400 kilometres", "6400", "How far was it?", False),
        ("6,400 kilometres", "6400 miles", "How many kilometres was the way?", False),
        ("6,400 kilometres", "64", "How many kilometres was the way?", False),
        ("more than 6,400 kilometres", "6400 km", "?", True),
        ("more than 6,400 kilometres", "less than 6400 km", "?", False),
        ("40 degrees Celsius", "40 °C", "?", True),
        ("2 euros", "€2", "?", True),
        ("200 kilograms", "200 kg", "?", True),
        ("200 kilograms", "200 g", "?", False),
        ("1877", "1877", "?", True),
    ],
)
@pytest.mark.parametrize("form", [QuestionForm.CLOZE, QuestionForm.SHORT])
def test_numbers_are_read_as_people_write_them(
    key: str, said: str, stem: str, form: QuestionForm, *, is_right: bool
) -> None:
    """Signs, symbols, commas and blanks in numbers are all one; a unit the question names may be left out."""
    assert grade(_question(key, form, stem=stem), said) is is_right


@pytest.mark.parametrize(
    ("key", "said"),
    [("stoma", "stomata"), ("leaf", "leaves"), ("bacteria", "bacterium"), ("tomato", "tomatoes"), ("cell", "cells")],
)
def test_one_and_many_are_the_same(key: str, said: str) -> None:
    """Plurals count as the word itself, irregular ones too."""
    assert grade(_question(key), said)


@pytest.mark.parametrize(("key", "said"), [("microscopic", "macroscopic"), ("hyperthermia", "hypothermia")])
def test_opposites_are_no_slips(key: str, said: str) -> None:
    """Two slips that make the opposite are not forgiven."""
    assert not grade(_question(key), said)


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
        ("longer", "longr", True),
    ],
)
def test_small_slips_are_told_from_other_words(word: str, key: str, *, is_slip: bool) -> None:
    """One slip in a word of five letters, two in one of nine, the first letter right, no figures."""
    assert is_typo(word, key) is is_slip


@given(st.text(min_size=1).filter(str.strip))
def test_the_answer_itself_is_right(answer: str) -> None:
    """Whatever the key, giving it is right in every form that has one key."""
    for form in set(QuestionForm) - {QuestionForm.ORDERING, QuestionForm.MATCHING}:
        assert grade(_question(answer, form, options=(answer, "x")), answer)
