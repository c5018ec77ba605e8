"""Whether the reading says what a person wrote."""

from dataclasses import replace
from typing import Any

import pytest

from domain.claims import Claim
from domain.documents import Document
from domain.evidence import Evidence
from domain.material import Kind
from domain.questions import QuestionForm
from generators.hands.checking import is_borne_out
from generators.hands.unit_fields import reworded
from generators.tools import Tools
from tests.pipeline_tools import a_request
from tests.unit.generators.aids import card, cite, link, question, sentence

GREEN = "Chlorophyll is the green pigment that absorbs red and blue light."


@pytest.fixture
def evidence(tools: Tools, plants: Document) -> Evidence:
    """What the first section says."""
    return tools.gather(a_request(plants, Kind.FLASHCARDS), tools.store, tools.retriever).evidence


@pytest.mark.parametrize(
    ("words", "is_said"),
    [
        ("Chlorophyll absorbs red and blue light.", True),
        ("Chlorophyll absorbs red and green light.", False),
        ("Chlorophyll does not absorb red and blue light.", False),
    ],
    ids=["cut", "changed", "denied"],
)
def test_a_sentence_is_judged_like_a_machines(
    tools: Tools, plants: Document, evidence: Evidence, *, words: str, is_said: bool
) -> None:
    """A person's sentence is borne out when the cited words say it, and not when they say something else."""
    edited = reworded(sentence(plants, GREEN), {"text": words})

    assert is_borne_out(edited, evidence, tools.verifier) is is_said


@pytest.mark.parametrize(
    ("back", "is_said"),
    [("the green pigment that absorbs red and blue light", True), ("a small opening in the skin of a leaf", False)],
    ids=["right", "another's"],
)
def test_a_card_is_judged_by_both_faces(
    tools: Tools, plants: Document, evidence: Evidence, *, back: str, is_said: bool
) -> None:
    """The back is put into what the front asks."""
    edited = reworded(card(plants, "What is chlorophyll?", "a pigment", GREEN), {"back": back})

    assert is_borne_out(edited, evidence, tools.verifier) is is_said


@pytest.mark.parametrize(
    ("form", "words", "is_said"),
    [
        (QuestionForm.CLOZE, {"stem": "____ is the green pigment that absorbs red and blue light."}, True),
        (QuestionForm.CLOZE, {"stem": "____ is the green pigment.", "answer": "starch"}, False),
        (QuestionForm.CHOICE, {"stem": "Which term means “the green pigment that absorbs red and blue light”?"}, True),
        (QuestionForm.TRUE_FALSE, {"stem": "True or false? Chlorophyll absorbs no blue light."}, True),
        (QuestionForm.TRUE_FALSE, {"stem": "Chlorophyll absorbs blue light."}, False),
        (QuestionForm.ORDERING, {"stem": "What is first?"}, True),
    ],
    ids=["gap", "wrong word", "term", "false is false", "true is called false", "order"],
)
# a form, what is changed in it and what comes of it, beside three fixtures
def test_a_question_is_judged_with_its_answer(
    tools: Tools, plants: Document, evidence: Evidence, form: QuestionForm, *, words: dict[str, Any], is_said: bool
) -> None:
    """The answer is put into the question, and a statement must be what its key calls it."""
    asked = replace(question(plants, form), claim=Claim(GREEN, (cite(plants, GREEN),)), parts=())

    assert is_borne_out(reworded(asked, words), evidence, tools.verifier) is is_said


def test_what_is_told_after_an_answer_counts(tools: Tools, plants: Document, evidence: Evidence) -> None:
    """A right answer with a false explanation is not borne out."""
    asked = replace(question(plants, QuestionForm.CLOZE), claim=Claim(GREEN, (cite(plants, GREEN),)))

    edited = reworded(asked, {"stem": "____ is the green pigment.", "text": "Chlorophyll is a root."})

    assert is_borne_out(edited, evidence, tools.verifier) is False


def test_a_link_says_too_little(tools: Tools, plants: Document, evidence: Evidence) -> None:
    """Nothing is said of a map's links."""
    assert is_borne_out(link(plants, "light", "sugar"), evidence, tools.verifier) is None
