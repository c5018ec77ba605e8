"""What a page's form says as an answer: chosen, written, or put together out of one menu for each item.

Orders and pairs come without script as a number for each item; they are graded as lines of the reading's own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.questions import Bloom, Question, QuestionForm
from learning.grading import assess
from web.forms import Posted

LETTERS = "ABCDEF"
"""What the meanings of a matching are called in its menus."""

LEVELS = {
    Bloom.REMEMBER: "Recall",
    Bloom.UNDERSTAND: "Understand",
    Bloom.APPLY: "Apply",
    Bloom.ANALYSE: "Compare and take apart",
    Bloom.EVALUATE: "Judge",
    Bloom.CREATE: "Make something new",
}
"""What a question asks of the mind, in plain words."""

_INCOMPLETE = {
    QuestionForm.ORDERING: "Give every line a place, and each place to one line.",
    QuestionForm.MATCHING: "Choose a meaning for every term, and each meaning once.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An item with a menu: its words, the field's name, the number chosen (0 for none), and its mark once graded."""

    name: str
    text: str
    chosen: int = 0
    is_right: bool | None = None


def is_made_of_rows(question: Question) -> bool:
    """Whether a question is answered by one menu for each item."""
    return question.form in _INCOMPLETE


def read_answer(question: Question, form: Posted) -> str:
    """Give the answer as it is graded: menus become lines. Empty when nothing was chosen or written."""
    if not is_made_of_rows(question):
        return form.text(f"a.{question.id}")
    numbers = [_number(form.text(row.name), len(question.options)) for row in list_rows(question)]
    if not any(numbers):
        return ""
    if question.form is QuestionForm.MATCHING:
        return "\n".join(question.options[number - 1] if number else "" for number in numbers)
    places = dict(zip(numbers, question.options, strict=True))
    return "\n".join(places.get(number, "") for number in range(1, len(question.options) + 1))


def find_fault(question: Question, form: Posted) -> str:
    """Say what is missing in the menus of a question, or nothing."""
    if not is_made_of_rows(question):
        return ""
    numbers = [_number(form.text(row.name), len(question.options)) for row in list_rows(question)]
    return "" if all(numbers) and len(set(numbers)) == len(numbers) else _INCOMPLETE[question.form]


def list_rows(question: Question, given: str = "", *, is_graded: bool = False) -> list[Row]:
    """List the items of an order or the terms of a matching, with what an answer gave each."""
    lines = given.split("\n") if given else []
    marks = assess(question, given).marks if is_graded else ()
    if question.form is QuestionForm.MATCHING:
        texts: Sequence[str] = [pair.left for pair in question.pairs]
        chosen = [question.options.index(line) + 1 if line in question.options else 0 for line in lines]
    else:
        texts = question.options
        chosen = [lines.index(text) + 1 if text in lines else 0 for text in texts]
    chosen += [0] * (len(texts) - len(chosen))
    return [
        Row(f"a.{question.id}.{place}", text, chosen[place], _mark(question, chosen[place], place, marks))
        for place, text in enumerate(texts)
    ]


def _mark(question: Question, chosen: int, place: int, marks: Sequence[bool]) -> bool | None:
    """Give an item's mark: of an order, that of the place it was given."""
    if not marks:
        return None
    at = place if question.form is QuestionForm.MATCHING else chosen - 1
    return 0 <= at < len(marks) and marks[at]


def _number(text: str, most: int) -> int:
    """Give what was chosen, 0 for nothing or for what no menu of ours has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= most else 0


def score_of(question: Question, given: str) -> str:
    """Say how much of an answer with parts is right; empty where it is right or wrong as a whole."""
    marks = assess(question, given).marks
    if len(marks) <= 1:
        return ""
    count = f"{sum(marks)} of {len(marks)}"
    match question.form:
        case QuestionForm.ORDERING:
            return f"{count} stand in their place."
        case QuestionForm.MATCHING:
            return f"{count} pairs are right."
        case _:
            return f"{count} points of a full answer found, by their words."
