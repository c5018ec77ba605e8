"""A quiz in GIFT, which Moodle and other learning platforms read. Texts are HTML, so that formulas are set."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.questions import Question, QuestionForm
from generators.exports.aid import Aid
from generators.exports.asking import (
    belief_behind,
    explanation,
    is_open,
    is_true,
    marking_key,
    name_of,
    right_answers,
    split_gap,
    to_html,
)
from generators.exports.origin import Origin
from generators.exports.quiz_sheet import questions_of
from generators.exports.sheet import one_line

_SIGNS = re.compile(r"([\\~=#{}:])")


def to_gift(quiz: Aid, origin: Origin) -> str:
    """Write every question; an order is asked for by matching places with items, as GIFT has no form for it."""
    category = one_line(quiz.title).replace("/", "//")
    questions = [_question(question, origin) for question in questions_of(quiz)]
    return "\n\n".join([f"$CATEGORY: $course$/top/{category}", *questions]) + "\n"


def _question(question: Question, origin: Origin) -> str:
    form = QuestionForm.SHORT if question.form is QuestionForm.CLOZE else question.form
    answers = _WRITERS[form](question)
    said = explanation(question, origin)
    if is_open(question):
        said = f"{'; '.join(marking_key(question))}. {said}"
    block = f"{{\n{answers}\n####{_html(said)}\n}}" if answers else f"{{####{_html(said)}}}"
    gap = split_gap(question)
    before, after = gap or (question.stem, "")
    head = f"// question: {question.id}\n::{_escape(name_of(question))}::[html]"
    return f"{head}{_html(before)} {block}{' ' + _html(after) if after.strip() else ''}"


def _choices(question: Question) -> str:
    lines = []
    for option in question.options:
        belief = belief_behind(question, option)
        sign = "=" if option == question.answer else "~"
        lines.append(f"{sign}{_html(option)}" + (f"#{_html(belief)}" if belief else ""))
    return "\n".join(lines)


def _true_or_false(question: Question) -> str:
    return "TRUE" if is_true(question) else "FALSE"


def _typed(question: Question) -> str:
    # what is typed is compared letter by letter, so it is no HTML; a star would stand for any letters
    answers = (_escape(one).replace("*", r"\*") for one in right_answers(question))
    return "" if is_open(question) else "\n".join(f"={one}" for one in answers)


def _order(question: Question) -> str:
    return "\n".join(f"={place} -> {_escape(one_line(item))}" for place, item in enumerate(question.sequence, 1))


def _pairs(question: Question) -> str:
    return "\n".join(f"={_html(pair.left)} -> {_escape(one_line(pair.right))}" for pair in question.pairs)


_WRITERS: Mapping[QuestionForm, Callable[[Question], str]] = MappingProxyType(
    {
        QuestionForm.CHOICE: _choices,
        QuestionForm.TRUE_FALSE: _true_or_false,
        QuestionForm.SHORT: _typed,
        QuestionForm.ORDERING: _order,
        QuestionForm.MATCHING: _pairs,
    }
)


def _html(text: str) -> str:
    """Write a text as HTML; a percent sign that began an option would be its weight."""
    return _escape(to_html(one_line(text)).replace("%", "&#37;"))


def _escape(text: str) -> str:
    """Keep GIFT's own signs from meaning anything; `->` would part a pair."""
    return _SIGNS.sub(r"\\\1", text.replace("->", "→").replace("-&gt;", "→"))
