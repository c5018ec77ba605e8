"""Formulas are found in text, told from money, and never changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formulas import around_formulas, find_formulas, mask_formulas, split_formulas

TEXTS = st.text(st.sampled_from("$ab 1=^\\.(\nꀀ"), max_size=60)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"The form $f(x) = ax^2$ with $a \ne 0$.", ["$f(x) = ax^2$", r"$a \ne 0$"]),
        ("So\n\n$$\nx = 1\n$$\n\nholds.", ["$$\nx = 1\n$$"]),
        (r"It is $v_{\text{the end}}$ then.", [r"$v_{\text{the end}}$"]),
        ("A ticket costs $5 and a drink $10.", []),
        ("Between $5-$10 a day, US$ or A$ alike.", []),
        ("They paid $5 = much, and then more than$ that.", []),
        ("He said $and so$ it was, $5 to A$.", ["$and so$"][:0]),
        (r"It costs \$5 = \$6 now.", []),
    ],
    ids=["inline", "displayed", "words-in-it", "money", "ranges", "prose", "no-signs", "escaped"],
)
def test_formulas_are_told_from_money(text: str, formulas: list[str]) -> None:
    """What stands between dollar signs is a formula where it reads like one."""
    assert [text[at.start : at.end] for at in find_formulas(text)] == formulas


@given(TEXTS)
def test_pieces_are_the_text(text: str) -> None:
    """Nothing is lost between the pieces, and masking keeps every offset."""
    assert "".join(piece for piece, _ in split_formulas(text)) == text
    assert len(mask_formulas(text)) == len(text)


@given(TEXTS)
def test_what_changes_nothing_gives_the_text(text: str) -> None:
    """A change that keeps all words gives the text back, whatever stands in it."""
    assert around_formulas(text, lambda words: words) == text


def test_a_change_sees_no_formula_from_within() -> None:
    """Brackets of the prose go, those of a formula stay."""
    changed = around_formulas("Call $f(x)$ (read: f of x) so.", lambda words: re.sub(r" ?\([^()]*\)", "", words))

    assert changed == "Call $f(x)$ so."
