"""Answers are sentences of the reading, or nothing."""

import pytest

from generators.compose.answer import answer
from generators.compose.parse import Parser
from tests.builders import some_evidence

LEAF = (
    "Chlorophyll is the pigment in chloroplasts that absorbs light. It reflects most green light. "
    "A stoma is a pore in the surface of a leaf that lets gases in and out. "
    "The Calvin cycle is the second stage of photosynthesis, in which carbon dioxide is built into sugar. "
    "What happens at night? A plant that is kept in the dark turns pale yellow."
)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What is chlorophyll?", "pigment"),
        ("How do gases get into a leaf?", "pore"),
        ("Where is carbon dioxide turned into sugar?", "Calvin"),
    ],
)
def test_the_sentence_that_answers_comes_first(question: str, word: str, parser: Parser) -> None:
    """The best sentence answers the question, and its citation quotes it word for word."""
    evidence = some_evidence(LEAF)

    best, *_ = answer(question, parser.parse(evidence))

    assert word in best.claim.text
    (citation,) = best.claim.citations
    assert citation.quote == best.claim.text
    assert evidence.text[citation.span.start : citation.span.end] == citation.quote


@pytest.mark.parametrize("question", ["Who won the football match last night?", "What is the capital of France?", " "])
def test_what_the_reading_does_not_say_gets_no_answer(question: str, parser: Parser) -> None:
    """A question about something else, or none at all, is answered with nothing."""
    assert answer(question, parser.parse(some_evidence(LEAF))) == ()


def test_questions_and_leaning_sentences_are_no_answers(parser: Parser) -> None:
    """A sentence that asks, or that cannot stand without the one before, is never given."""
    texts = [
        unit.claim.text for unit in answer("Which light does chlorophyll reflect?", parser.parse(some_evidence(LEAF)))
    ]

    assert texts
    assert not any(text.startswith("It ") or text.endswith("?") for text in texts)


def test_at_most_three_sentences_are_given(parser: Parser) -> None:
    """However much the reading says, the answer stays short."""
    evidence = some_evidence(" ".join(f"The heart of animal number {number} pumps blood." for number in range(9)))

    assert len(answer("What does the heart pump?", parser.parse(evidence))) == 3


def test_other_languages_are_compared_by_words(parser: Parser) -> None:
    """Where the encoder knows no words, shared words decide, and unrelated questions get nothing."""
    evidence = some_evidence(
        "Die Fotosynthese findet in den Blättern statt. Der Wald nimmt Kohlendioxid auf.", language="de"
    )

    found = answer("Wo findet die Fotosynthese statt?", parser.parse(evidence))

    assert [unit.claim.text for unit in found] == ["Die Fotosynthese findet in den Blättern statt."]
    assert answer("Welche Hauptstadt besitzt Frankreich?", parser.parse(evidence)) == ()


def test_an_empty_reading_says_nothing(parser: Parser) -> None:
    """No sentences, no answer."""
    assert answer("What is chlorophyll?", parser.parse(some_evidence("Light."))) == ()
