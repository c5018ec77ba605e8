"""What other programs need to know of a question: what is right, what is said afterwards, where the gap is."""

import html
import re

from domain.formulas import split_formulas
from domain.questions import Question, QuestionForm
from generators.exports.origin import Origin
from generators.exports.sheet import one_line, printable
from generators.mathematics import typed_in

_GAP = re.compile(r"_{3,}")


def split_gap(question: Question) -> tuple[str, str] | None:
    """Give the words before and after the one gap of a question to fill in; None where there is no such gap."""
    parts = _GAP.split(question.stem)
    if question.form is not QuestionForm.CLOZE or len(parts) != len(("before", "after")):
        return None
    return parts[0], parts[1]


def is_open(question: Question) -> bool:
    """Whether a person has to mark the answer: one with a marking key, or a long one."""
    return question.form is QuestionForm.SHORT and (
        bool(question.key_points) or len(question.answer.split()) > _LONGEST_TYPED
    )


_LONGEST_TYPED = 5
"""Words of an answer that a program can compare with what somebody types."""


def right_answers(question: Question) -> tuple[str, ...]:
    """Give every wording that counts as right, the answer first, each once."""
    wordings = (one_line(one) for one in (question.answer, *question.accepted))
    return tuple(dict.fromkeys(one for one in wordings if one))


def is_true(question: Question) -> bool:
    """Whether a true-or-false question's answer is the first of its two words."""
    return bool(question.options) and question.answer == question.options[0]


def explanation(question: Question, origin: Origin) -> str:
    """Say after the attempt what is right and where it stands: the cited sentence with reading and page."""
    said = one_line(question.claim.text)
    source = origin.source_line(question.claim, *question.parts)
    return f"{said} ({source})"


def belief_behind(question: Question, option: str) -> str:
    """Say what somebody who chooses an option believes, or nothing where nobody knows."""
    return next((one.belief for one in question.misconceptions if one.option == option), "")


def marking_key(question: Question) -> tuple[str, ...]:
    """Give the points that a full answer makes: the model answer first."""
    return (question.answer, *question.key_points)


def name_of(question: Question) -> str:
    """Name a question for a list: the start of its words, without signs that a platform could read as a tag."""
    return one_line(re.sub("[<>]", " ", question.stem))[:80].strip() or "Question"


def to_html(text: str) -> str:
    """Write a text as HTML, formulas between the signs that MathJax looks for in Moodle."""
    pieces = split_formulas(printable(text))
    return "".join(_formula(piece) if is_formula else html.escape(piece) for piece, is_formula in pieces)


def _formula(typed: str) -> str:
    latex, is_displayed = typed_in(typed)
    first, last = (r"\[", r"\]") if is_displayed else (r"\(", r"\)")
    return html.escape(f"{first}{latex}{last}")
