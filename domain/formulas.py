"""Formulas in the text of a reading: LaTeX between `$` or `$$`, told from sums of money.

The parts of a page say where its formulas are; chunks and study aids are text alone, and find them here.
"""

import re
from collections.abc import Callable, Iterator

from domain.documents import Range

_LONGEST_DISPLAYED = 4_000
_LONGEST_INLINE = 1_000
_FORMULA = re.compile(
    rf"\$\$[^$]{{1,{_LONGEST_DISPLAYED}}}\$\$"
    # an amount of money has a blank before the next dollar sign, or a digit behind it
    rf"|(?<![\\$\w])\$(?![\s$])[^$\n]{{1,{_LONGEST_INLINE}}}(?<![\s\\])\$(?![\d$])"
)
_COMMANDS = re.compile(r"\\(?:text|mathrm|mathbf|mbox|operatorname)\{[^{}]*\}|\\[A-Za-z]+")
_PROSE = re.compile(r"[A-Za-z]{2,}[,;.:]? +[A-Za-z]{2,}")
_SIGNS = re.compile(r"[\\^_=+<>{}|/*−-]")
_FIRST_STAND_IN, _LAST_STAND_IN = 0xA000, 0xA48C
"""The syllables of the Yi script: letters to every pattern, and in hardly any reading."""


def find_formulas(text: str) -> Iterator[Range]:
    """Yield where formulas stand, dollar signs included."""
    for found in _FORMULA.finditer(text):
        if _is_formula(found[0].strip("$")):
            yield Range(found.start(), found.end())


def split_formulas(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is a formula; joined they are the text."""
    start = 0
    for at in find_formulas(text):
        if start < at.start:
            yield text[start : at.start], False
        yield text[at.start : at.end], True
        start = at.end
    if start < len(text):
        yield text[start:], False


def mask_formulas(text: str) -> str:
    """Put a word of the same length for every formula, so that no rule cuts it and every offset stays."""
    return "".join("x" * len(piece) if is_formula else piece for piece, is_formula in split_formulas(text))


def around_formulas(text: str, change: Callable[[str], str]) -> str:
    """Change the words of a text; `change` sees one letter for each formula, which comes back whole or not at all."""
    formulas = [piece for piece, is_formula in split_formulas(text) if is_formula]
    is_taken = any(_FIRST_STAND_IN <= ord(sign) <= _LAST_STAND_IN for sign in text)
    if not formulas or is_taken or len(formulas) > _LAST_STAND_IN - _FIRST_STAND_IN:
        return change(text)
    letters = iter(range(_FIRST_STAND_IN, _LAST_STAND_IN))
    veiled = "".join(chr(next(letters)) if is_formula else piece for piece, is_formula in split_formulas(text))
    return change(veiled).translate({_FIRST_STAND_IN + place: formula for place, formula in enumerate(formulas)})


def _is_formula(inner: str) -> bool:
    """Whether what stands between dollar signs is mathematics: signs or a symbol, and no running words."""
    words = _COMMANDS.sub(" ", inner)
    is_signed = _SIGNS.search(inner) is not None
    return not _PROSE.search(words) and (is_signed or not re.search(r"\s", inner.strip()))
