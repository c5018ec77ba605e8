"""Answers are sentences of the reading, or nothing."""

import pytest

from generators.compose.asking.answer import answer
from generators.compose.reading.parse import Parser
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


def test_a_leaning_sentence_brings_the_one_before_it(parser: Parser) -> None:
    """A sentence that begins with "it" is given with the sentence that says what "it" is, cited as one stretch."""
    evidence = some_evidence("Water is taken up by the roots. It rises to the leaves through tubes called the xylem.")

    (unit,) = answer("What is the xylem?", parser.parse(evidence))

    assert unit.claim.text == evidence.text
    assert [citation.quote for citation in unit.claim.citations] == [evidence.text]


@pytest.mark.parametrize(
    "text", ["It rises through the xylem. {}", "{}\n\nIt rises through the xylem.", "This is it. {}"]
)
def test_a_leaning_sentence_with_nothing_to_lean_on_is_no_answer(text: str, parser: Parser) -> None:
    """Where the sentence before leans too, or stands in another paragraph, nothing is given for it."""
    evidence = some_evidence(text.format("It also carries minerals through the xylem."))

    assert all(not unit.claim.text.startswith("It ") for unit in answer("What is the xylem?", parser.parse(evidence)))


def test_the_sentence_that_defines_the_thing_comes_first(parser: Parser) -> None:
    """Asked what something is, the reading's definition beats other sentences about it."""
    evidence = some_evidence(
        "Enzymes matter for temperature. Enzymes work faster in warm leaves. Enzymes lose their shape in hot leaves. "
        "An enzyme is a protein that speeds up a chemical reaction in a living thing."
    )

    for question in ("What is an enzyme?", "what does enzyme mean", "Define an enzyme"):
        best, *_ = answer(question, parser.parse(evidence))
        assert "speeds up" in best.claim.text


def test_questions_and_fragments_are_no_answers(parser: Parser) -> None:
    """A sentence that asks, or a caption without an end, is never given."""
    evidence = some_evidence("What does chlorophyll absorb?\n\nWhat chlorophyll absorbs in a leaf")

    assert answer("What does chlorophyll absorb?", parser.parse(evidence)) == ()


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
