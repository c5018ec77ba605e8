"""Sentences as the built-in writer finds them: formulas whole, list items apart, ordinals inside."""

import pytest

from domain.documents import Range
from generators.compose.cards.cloze import blank_out
from generators.compose.cards.flashcards import make_cards
from generators.compose.easier.plain import simplify
from generators.compose.reading.parse import Parser
from generators.compose.summaries.summary import summarise
from tests.builders import some_evidence

MATHS = r"""A **quadratic function** is a function of the form $f(x) = ax^2+bx+c$ with $a \ne 0$. Its graph is a curve \
that is called a **parabola**. The **vertex** is the point of the parabola where the curve turns, at \
$x = -\frac{b}{2a}$."""
SLIDE = """Cells are the building blocks of life:
• A **cell** is the smallest unit of life
• The **nucleus** is the part of a cell that holds the DNA

1. First, the cell copies its DNA
2. Then the cell divides into two"""


def _texts(parser: Parser, text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in parser.parse(some_evidence(text, language=language)).sentences]


def test_a_formula_is_never_cut(parser: Parser) -> None:
    """Summary, cards and easier version show a formula from its first dollar sign to its last."""
    parsed = parser.parse(some_evidence(MATHS))
    said = [unit.claim.text for unit in summarise(parsed)] + [unit.claim.text for unit in simplify(parsed)]
    backs = [card.back for card in make_cards(parsed)]

    assert r"A quadratic function is a function of the form $f(x) = ax^2+bx+c$ with $a \ne 0$." in said
    assert r"a function of the form $f(x) = ax^2+bx+c$ with $a \ne 0$" in backs
    assert all(text.count("$") % 2 == 0 for text in [*said, *backs])


def test_a_formula_is_one_word_where_it_stands(parser: Parser) -> None:
    """Tokens keep the reading's own text and places; a formula is a symbol."""
    parsed = parser.parse(some_evidence(MATHS))
    formulas = [token for token in parsed.doc if "$" in token.text]

    assert parsed.doc.text == parsed.evidence.text
    assert [token.text for token in formulas] == ["$f(x) = ax^2+bx+c$", r"$a \ne 0$", r"$x = -\frac{b}{2a}$"]
    assert {token.pos_ for token in formulas} == {"SYM"}


def test_a_gap_is_put_around_formulas() -> None:
    """A term that is a letter of a formula too leaves the formula alone."""
    assert blank_out("The slope m is in $y = m x$.", "m") == "The slope _____ is in $y = m x$."


def test_items_of_lists_are_sentences_without_their_marks(parser: Parser) -> None:
    """A definition ends with its item, and a mark is no word."""
    parsed = parser.parse(some_evidence(SLIDE))
    cards = {card.front: card.back for card in make_cards(parsed)}

    assert [sentence.text for sentence in parsed.sentences][1:] == [
        "A cell is the smallest unit of life",
        "The nucleus is the part of a cell that holds the DNA",
        "First, the cell copies its DNA",
        "Then the cell divides into two",
    ]
    assert cards["What is a cell?"] == "the smallest unit of life"
    assert parsed.sentences[1].at == Range(41, 76)


def test_a_number_at_the_start_of_a_line_is_no_mark(parser: Parser) -> None:
    """A date that a line break cuts stays in its sentence."""
    text = "Die Bastille fiel am\n14. Juli des Jahres. Danach kam der Krieg."

    assert _texts(parser, text, "de") == ["Die Bastille fiel am\n14. Juli des Jahres.", "Danach kam der Krieg."]


def test_a_date_may_open_a_paragraph(parser: Parser) -> None:
    """In German a list begins with 1, and what opens with another ordinal keeps it."""
    assert _texts(parser, "14. Juli: Sturm auf die Bastille.", "de") == ["14. Juli: Sturm auf die Bastille."]
    assert _texts(parser, "1. Juli ist warm.\n2. Mai ist kalt.", "de") == ["Juli ist warm.", "Mai ist kalt."]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Am 14. Juli 1789 fiel in Paris die Bastille.", "de"),
        ("Dr. Meier sagt, dass z.B. das Brot im 18. Jahrhundert fehlte.", "de"),
        ("Den 5. Maj blev landet frit.", "da"),
    ],
    ids=["ordinal", "short-forms", "danish"],
)
def test_sentences_end_at_no_ordinal_or_short_form(parser: Parser, text: str, language: str) -> None:
    """A full stop within a sentence does not cut it."""
    assert _texts(parser, f"{text} {text}", language) == [text, text]
