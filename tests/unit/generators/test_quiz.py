"""Quizzes have one right answer, options of one shape, and ask about nothing they cannot prove."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import ArtifactId
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.questions import Question, QuestionForm
from domain.words import fold, holds, lemmas
from generators.compose.cards.cloze import GAP, blank_out, stands_alone, without_opener
from generators.compose.easier.descriptions import describes_a_thing
from generators.compose.quizzes.distractors import Rivals, is_like_length
from generators.compose.quizzes.quiz import combine_questions, make_questions
from generators.compose.quizzes.term_questions import Asker
from generators.compose.reading.parse import ParsedSection, Parser
from generators.compose.terms.terms import Term, find_terms
from tests.builders import NOW, a_document, some_evidence
from tests.pipeline_tools import LIGHT, WATER

CELLS = (
    "A **nucleus** is a round body that holds the genes of a cell. "
    "A **ribosome** is a tiny machine that builds proteins from small parts. "
    "A **mitochondrion** is a power station that burns sugar for the cell. "
    "A **vacuole** is a bag of water that keeps the cell firm. "
    "The **membrane** is a thin skin that lets small molecules pass. "
    "The **cell wall** is a stiff coat that protects plants from bursting. "
    "**Osmosis** is the movement of water through a membrane toward salt. "
    "**Adenosine triphosphate** (ATP) is a small molecule that carries energy inside every cell. "
    "Robert Hooke first described cells in 1665."
)


@pytest.fixture(scope="module")
def cells(parser: Parser) -> ParsedSection:
    return parser.parse(some_evidence(CELLS, title="Cells"))


@pytest.fixture(scope="module")
def questions(cells: ParsedSection) -> tuple[Question, ...]:
    return make_questions(cells)


def test_a_section_gives_questions_of_several_forms(questions: tuple[Question, ...]) -> None:
    """Choices, gaps, short answers and statements all occur."""
    forms = {QuestionForm.CHOICE, QuestionForm.CLOZE, QuestionForm.SHORT, QuestionForm.TRUE_FALSE}

    assert {question.form for question in questions} == forms


def test_every_question_has_a_level_and_a_difficulty(questions: tuple[Question, ...]) -> None:
    """Both are there before anybody tried the question."""
    assert all(question.bloom is not None for question in questions)
    assert all(question.difficulty is not None and 0 <= question.difficulty <= 1 for question in questions)


def test_every_question_rests_on_its_source(cells: ParsedSection, questions: tuple[Question, ...]) -> None:
    """The claim is the reading's own words, and its quotes stand where it says."""
    for question in questions:
        for citation in question.claim.citations:
            assert cells.evidence.text[citation.span.start : citation.span.end] == citation.quote
        assert question.claim.text in cells.evidence.text


def test_no_stem_gives_its_answer_away(questions: tuple[Question, ...]) -> None:
    """The answer does not stand in the question."""
    for question in (one for one in questions if one.form is not QuestionForm.TRUE_FALSE):
        assert " ".join(lemmas(question.answer)) not in " ".join(lemmas(question.stem))


def test_no_question_tells_the_answer_of_another(questions: tuple[Question, ...]) -> None:
    """What one question shows holds no other's answer."""
    asked = [question for question in questions if question.form is not QuestionForm.TRUE_FALSE]

    for one in asked:
        assert not any(holds(lemmas(other.stem), lemmas(one.answer)) for other in questions if other is not one)


def test_no_two_questions_share_an_answer(questions: tuple[Question, ...]) -> None:
    """Answers and stems are unique within the quiz."""
    answers = [fold(question.answer) for question in questions]

    assert len(answers) == len(set(answers))


def test_choices_have_one_right_option_of_like_length(questions: tuple[Question, ...]) -> None:
    """Three or four different options, the answer once, none that stands out by its length."""
    choices = [question for question in questions if question.form is QuestionForm.CHOICE]

    assert choices
    for question in choices:
        assert 3 <= len(question.options) <= 4
        assert question.options.count(question.answer) == 1
        assert len({fold(option) for option in question.options}) == len(question.options)
        assert is_like_length(question.options)


def test_keys_are_spread_over_the_places(questions: tuple[Question, ...]) -> None:
    """No place holds the right option much more often than another, and the same reading gives the same places."""
    places = Counter(q.options.index(q.answer) for q in questions if q.form is QuestionForm.CHOICE)

    assert max(places.values()) - min(places.values()) <= 1


def test_the_same_reading_gives_the_same_quiz(cells: ParsedSection, questions: tuple[Question, ...]) -> None:
    """Questions, their ids and the order of options do not change from run to run."""
    assert make_questions(cells) == questions


def test_short_forms_count_and_are_not_shown(parser: Parser) -> None:
    """An abbreviation beside the term is accepted, and does not stand beside the gap."""
    text = "**Adenosine triphosphate** (ATP) is a small molecule that carries energy inside every cell."
    parsed = parser.parse(some_evidence(text))
    (term,) = find_terms(parsed, limit=1)

    (question,) = Asker(Rivals(parsed, (term,)), (term,)).gaps()

    assert question.accepted == ("ATP",)
    assert "ATP" not in question.stem


def test_a_plural_given_beside_the_term_counts(parser: Parser) -> None:
    """The plural that the reading itself gives in brackets is accepted."""
    text = "A **stoma** (plural: stomata) is a pore in the surface of a leaf that lets gases in and out of it."

    (question,) = make_questions(parser.parse(some_evidence(text)))

    assert question.accepted == ("stomata",)
    assert "stomata" not in question.stem


def test_numbers_are_asked_as_gaps(parser: Parser) -> None:
    """A sentence with one date becomes a gap with the date as its answer."""
    parsed = parser.parse(some_evidence("James Watt built a large steam engine in Scotland in 1776."))

    (question,) = make_questions(parsed)

    assert (question.form, question.answer) == (QuestionForm.CLOZE, "1776")
    assert GAP in question.stem


def test_causes_are_asked_for_in_words(parser: Parser) -> None:
    """What brings something about becomes a short answer; a sentence that leans on others is passed over."""
    text = "Heat from the sun causes a slow rise of the sap.\n\nMany farmers sold their land in our valley in 1932."

    (question,) = make_questions(parser.parse(some_evidence(text)))

    assert question.form is QuestionForm.SHORT
    assert question.stem == "What does heat from the sun cause?"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("Hm.", "en"),
        ("**Sap**", "en"),
        ("!!! ??? ((( 1 2 3", "en"),
        ("植物通过**光合作用**制造糖。", "zh"),
        ("* * *\n\n\n", "en"),
    ],
)
def test_odd_texts_give_no_questions(parser: Parser, text: str, language: str) -> None:
    """Tiny, broken and blankless texts give an empty quiz, never an error."""
    assert make_questions(parser.parse(some_evidence(text, language=language))) == ()


def test_other_languages_get_gaps_alone(parser: Parser) -> None:
    """Without a grammar only emphasised terms are asked, as gaps in their sentences."""
    text = "La **fotosíntesis** convierte la luz del sol en azúcar para las plantas verdes."

    (question,) = make_questions(parser.parse(some_evidence(text, language="es")))

    assert question.form is QuestionForm.CLOZE
    assert question.answer == "fotosíntesis"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=80), marked=st.text(min_size=1, max_size=10))
def test_no_text_breaks_the_quiz(parser: Parser, text: str, marked: str) -> None:
    """Whatever stands in a reading, questions are made or not made, each with a source."""
    parsed = parser.parse(
        some_evidence(f"{text} **{marked.replace('*', '')}** is a thing of the kind that stands here.")
    )

    assert all(question.claim.citations for question in make_questions(parsed))


def test_sections_take_turns_in_the_whole_quiz(parser: Parser) -> None:
    """The whole reading's quiz takes questions of every section, in reading order, no answer twice."""
    parts = [
        _artifact(make_questions(parser.parse(some_evidence(text))), number)
        for number, text in enumerate((LIGHT, CELLS, CELLS, WATER))
    ]

    combined = combine_questions(parts, limit=5)

    assert len(combined) == 5
    assert len({fold(question.answer) for question in combined}) == 5
    starts = [(q.claim.citations[0].span.page, q.claim.citations[0].span.start) for q in combined]
    assert starts == sorted(starts)
    assert combine_questions([]) == ()


def _artifact(questions: tuple[Question, ...], section: int) -> Artifact:
    status, made = ArtifactStatus.PUBLISHED, Provenance()
    return Artifact(ArtifactId(f"{section:032}"), Kind.QUIZ, a_document().id, section, "", questions, made, status, NOW)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Green plants make sugar out of light.", True),
        ("However, green plants make sugar out of light.", True),
        ("It makes sugar out of light and water.", False),
        ("Green plants, as Figure 3 shows, make sugar.", False),
        ("Do green plants make sugar out of light?", False),
        ("Green plants (and others make sugar of light.", False),
        ("Plants make sugar.", False),
        ("Green plants make sugar in this way every day.", False),
    ],
)
def test_sentences_are_asked_about_only_alone(parser: Parser, text: str, *, alone: bool) -> None:
    """A sentence that leans on others, points at a figure, or is no statement is not asked about."""
    assert stands_alone(parser.parse(some_evidence(text)).sentences[0]) is alone


def test_gaps_hide_every_mention_and_the_article() -> None:
    """Plurals and short forms go too, and "an" tells nothing of the word to come."""
    text = "An enzyme (EZ) helps, and enzymes () last."

    assert blank_out(text, "enzyme") == f"A(n) {GAP} helps, and {GAP} last."
    assert without_opener("In fact, plants grow.") == "Plants grow."


def _says(meaning: str) -> Callable[[str], str]:
    return lambda label: f"{label}: {meaning}"


def _term(parsed: ParsedSection, label: str) -> Term:
    return next(term for term in find_terms(parsed, limit=60) if fold(term.label) == label)


def test_synonyms_and_neighbours_are_no_distractors(parser: Parser) -> None:
    """A term of the same sentence, a part of the term, initials and another name of the thing are left out."""
    text = (
        "A **stoma** is a small opening in the skin of a leaf. A stoma is also called a **pore**. "
        "A **leaf** is a flat green part of a plant. A **guard cell** is a curved cell beside an opening. "
        "A **cell** is a small unit of life."
    )
    parsed = parser.parse(some_evidence(text))
    terms = find_terms(parsed, limit=60)
    rivals = Rivals(parsed, terms)

    near_stoma = {term.label for term in rivals.find_labels(_term(parsed, "stoma"), "a small opening", _says("pore"))}
    near_cell = {term.label for term in rivals.find_labels(_term(parsed, "cell"), "unit of life", _says("unit"))}

    assert not near_stoma & {"pore", "leaf", "stoma"}
    assert "guard cell" not in near_cell


def test_options_that_stand_out_are_dropped(cells: ParsedSection) -> None:
    """Of a very short and a very long term that would both do alone, only one stays beside the answer."""
    nucleus = replace(_term(cells, "nucleus"), label="round little kernel")
    short = replace(_term(cells, "membrane"), label="tiny maker")
    long = replace(_term(cells, "vacuole"), label="enormous storage bag of fresh water")
    rivals = Rivals(cells, (nucleus, short, long))

    (chosen,) = rivals.find_labels(nucleus, "holds genes", _says("a round body that holds the genes"))

    assert chosen in {short, long}


def test_initials_are_the_same_thing(cells: ParsedSection) -> None:
    """AP is no wrong answer for action potential."""
    term = replace(_term(cells, "adenosine triphosphate"), label="action potential")
    short = replace(term, label="AP")
    rivals = Rivals(cells, (term, short))

    assert rivals.find_labels(term, "carries energy", _says("a molecule")) == ()
    assert rivals.find_labels(short, "carries energy", _says("a molecule")) == ()


def test_descriptions_describe_a_thing(cells: ParsedSection) -> None:
    """A definition that is no noun phrase, leans on others or names its term cannot stand alone."""
    term = _term(cells, "nucleus")

    assert describes_a_thing(term, cells)
    assert not describes_a_thing(replace(term, definition="this round body that holds genes"), cells)
    assert not describes_a_thing(replace(term, definition="round nucleus that holds genes"), cells)
    assert not describes_a_thing(replace(term, definition="body"), cells)
    assert not describes_a_thing(replace(term, definition_at=None), cells)


def test_terms_that_are_only_used_are_not_asked(parser: Parser) -> None:
    """In a plain text the terms that it says something about are asked, those that it only uses are not."""
    parsed = parser.parse(some_evidence(f"{LIGHT} {WATER}".replace("**", "")))
    defined = {fold(term.label) for term in find_terms(parsed, limit=60) if term.definition}

    asked = {fold(concept) for question in make_questions(parsed) for concept in question.concepts}

    assert asked
    assert asked <= defined
