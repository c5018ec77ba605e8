"""Pieces of LaTeX put together: what formulas of web pages and of office documents have in common."""

import re
from collections.abc import Iterable, Sequence

from ingest.parsers.mathematics.symbols import (
    FUNCTIONS,
    LARGE,
    LIMITS,
    OVER,
    SPACED,
    UNDER,
    UNSEEN,
    VARIANTS,
    WIDE,
    latex_of_sign,
    latex_of_words,
)

MAX_DEPTH = 60
"""How deep a formula may nest; what lies deeper gives its text alone."""

MAX_LENGTH = 20_000
"""Characters of one formula; a longer one is cut into nothing: no person wrote it."""

_SEEN = 80
"""Characters before a piece that decide whether a blank goes between."""

_COMMAND_END = re.compile(r"\\[A-Za-z]+$")
_SCRIPT_END = re.compile(r"[_^](?:[^\\{}]|\\[A-Za-z]+|\{[^{}]*\})$")
_OPERAND_END = re.compile(r"[^\s(\[{,;:/|^_=<>]$")
_BLANK_END = re.compile(r"(?:\\quad|\\ |\s)+$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ONE = re.compile(r"[^\\{}]|\\[A-Za-z]+|\\[^A-Za-z]|\\math[a-z]+\{[^{}]*\}")
_TALL = re.compile(r"\\(?:d?frac|binom|begin|sum|prod|int|sqrt|overset|underset|bigcup|bigcap|left)\b")
_MATRIX = re.compile(r"\\begin\{matrix\}((?:(?!\\(?:begin|end)\{).)*)\\end\{matrix\}", re.DOTALL)
_MATRICES = {("(", ")"): "pmatrix", ("[", "]"): "bmatrix", ("|", "|"): "vmatrix", ("\\|", "\\|"): "Vmatrix"}
_MATRICES |= {("\\{", "\\}"): "Bmatrix", ("\\{", ""): "cases"}


def join(pieces: Iterable[str]) -> str:
    """Write pieces one after the other, with blanks around relations and where a command would run into a letter."""
    written = ""
    for piece in pieces:
        if not piece:
            continue
        end = written[-_SEEN:]
        if piece in SPACED:
            is_sign_of_number = piece in {"+", "-", "\\pm", "\\mp"} and not _OPERAND_END.search(end)
            written += piece if is_sign_of_number else f" {piece} "
            continue
        runs_on = piece[0].isalnum() and (_COMMAND_END.search(end) or _SCRIPT_END.search(end))
        written += f" {piece}" if runs_on else piece
    return re.sub("  +", " ", written).strip()


def word(text: str, variant: str = "") -> str:
    """Write a name: a letter as it is, a known function as such, any other name upright."""
    text = UNSEEN.sub("", text).strip()
    command = VARIANTS.get(variant, "")
    if text in FUNCTIONS:
        return f"\\{text}"
    if len(text) > 1 and text.isalnum() and text.isascii():
        return f"\\{command or 'mathrm'}{{{text}}}"
    if len(text) > 1 and any(sign.isalpha() for sign in text):
        return words(text)
    signs = join(latex_of_sign(sign) for sign in text)
    if signs.startswith("\\math"):
        return signs
    is_upright = command == "mathrm" and not (len(text) == 1 and text.isascii() and text.isalpha())
    return f"\\{command}{{{signs}}}" if command and signs and not is_upright else signs


def words(text: str) -> str:
    """Write text within a formula; white space alone is a blank."""
    text = re.sub(r"\s+", " ", UNSEEN.sub("", text).replace("\xa0", " "))
    if not text.strip():
        return "\\ " if text else ""
    return latex_of_words(text)


def operator(text: str) -> str:
    """Write an operator, a fence or a sign of punctuation."""
    text = " ".join(UNSEEN.sub("", text).split())
    if text in FUNCTIONS:
        return f"\\{text}"
    if len(text) > 1 and any(sign.isalpha() for sign in text):
        return f"\\operatorname{{{text}}}" if text.isalnum() and text.isascii() else words(text)
    return join(latex_of_sign(sign) for sign in text) if text != " " else ""


def group(latex: str) -> str:
    """Put braces around more than one sign."""
    return latex if _ONE.fullmatch(latex) else f"{{{latex}}}"


def scripted(base: str, below: str = "", above: str = "") -> str:
    """Write what stands lower and higher at the right of a base."""
    if not below and re.fullmatch("'+", above):
        return f"{_safe_base(base)}{above}"
    lower = f"_{group(below)}" if below else ""
    upper = f"^{group(above)}" if above else ""
    return f"{_safe_base(base)}{lower}{upper}"


def stacked(base: str, below: str = "", above: str = "") -> str:
    """Write what stands straight below and above a base: limits, accents, or anything else."""
    if not below and not above:
        return base
    if base in LARGE.values() or base in LIMITS or base.startswith(("\\underbrace", "\\overbrace", "\\operatorname")):
        return scripted(base, below, above)
    if above:
        base = _over(base, above)
    if below:
        accent = UNDER.get(_plain(below), "")
        base = f"{accent}{{{base}}}" if accent else f"\\underset{{{below}}}{{{base}}}"
    return base


def fraction(upper: str, lower: str, *, has_line: bool = True) -> str:
    """Write a fraction, or two things one above the other."""
    return f"\\frac{{{upper}}}{{{lower}}}" if has_line else f"{{{upper} \\atop {lower}}}"


def root(radicand: str, degree: str = "") -> str:
    """Write a root."""
    return f"\\sqrt[{degree}]{{{radicand}}}" if degree else f"\\sqrt{{{radicand}}}"


def matrix(rows: Iterable[Sequence[str]], *, name: str = "matrix") -> str:
    """Write a table of formulas."""
    plain = [[_BLANK_END.sub("", cell) for cell in row] for row in rows]
    width = max((at for row in plain for at, cell in enumerate(row, 1) if cell), default=0)
    body = " \\\\ ".join(" & ".join(row[:width]) for row in plain)
    return f"\\begin{{{name}}} {body} \\end{{{name}}}"


def fenced(opening: str, inner: str, closing: str) -> str:
    """Write what stands between fences: a matrix by its own name, fences that grow around what is tall."""
    found = _MATRIX.fullmatch(inner.strip())
    name = _MATRICES.get((opening, closing))
    if found and name:
        return f"\\begin{{{name}}}{found[1]}\\end{{{name}}}"
    atop = re.fullmatch(r"\{([^{}]*) \\atop ([^{}]*)\}", inner.strip())
    if atop and (opening, closing) == ("(", ")"):
        return f"\\binom{{{atop[1]}}}{{{atop[2]}}}"
    if _TALL.search(inner):
        return join([f"\\left{opening or '.'}", inner, f"\\right{closing or '.'}"])
    return join([opening, inner, closing])


def _over(base: str, above: str) -> str:
    accent = OVER.get(_plain(above), "")
    if accent:
        is_one = _ONE.fullmatch(base)
        return f"{accent if is_one else WIDE.get(accent, accent)}{{{base}}}"
    if base in {"\\rightarrow", "\\to", "\\longrightarrow"}:
        return f"\\xrightarrow{{{above}}}"
    return f"\\overset{{{above}}}{{{base}}}"


_SIGN_OF = {latex_of_sign(sign): sign for sign in (*OVER, *UNDER) if not sign.isascii() and latex_of_sign(sign) != sign}


def _plain(latex: str) -> str:
    """Give the sign that an accent was written with."""
    return {"\\hat{}": "^", "\\sim": "~", "\\_": "_"}.get(latex) or _SIGN_OF.get(latex, latex)


def _safe_base(base: str) -> str:
    """Keep a base that already has scripts, or is more than one thing, together."""
    if not base:
        return "{}"
    is_closed = (
        _ONE.fullmatch(base)
        or _NUMBER.fullmatch(base)
        or base.startswith(("\\left", "\\begin", "\\text", "\\math", "\\operatorname"))
    )
    is_closed = is_closed or base.startswith(("\\overbrace", "\\underbrace"))
    return base if (is_closed and "_" not in base[-3:]) or _is_fenced(base) else f"{{{base}}}"


def _is_fenced(base: str) -> bool:
    return base.startswith(("(", "[")) and base.endswith((")", "]")) and base.count("(") <= 1
