"""A quiz as Moodle XML, with a type of question of Moodle's own for every form (ordering since Moodle 4.4)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

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
    to_html,
)
from generators.exports.origin import Origin
from generators.exports.quiz_sheet import questions_of
from generators.exports.sheet import one_line

_PENALTY = "0.3333333"


def to_moodle_xml(quiz: Aid, origin: Origin) -> bytes:
    """Write every question with the cited sentence as its feedback, and level and difficulty as tags."""
    from lxml import etree

    root = etree.Element("quiz")
    category = _add(root, "question", type="category")
    _text(_add(category, "category"), f"$course$/top/{one_line(quiz.title).replace('/', '//')}")
    for question in questions_of(quiz):
        _question(root, question, origin)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _question(root: Any, question: Question, origin: Origin) -> None:
    kind = "essay" if is_open(question) else _TYPES[question.form]
    element = _add(root, "question", type=kind)
    _text(_add(element, "name"), name_of(question))
    _html(element, "questiontext", question.stem)
    _html(element, "generalfeedback", explanation(question, origin))
    _plain(element, "defaultgrade", "1.0")
    _plain(element, "penalty", "1" if kind == "truefalse" else _PENALTY)
    _plain(element, "hidden", "0")
    _plain(element, "idnumber", question.id)
    _WRITERS[kind](element, question)
    tags = _add(element, "tags")
    for tag in _tags(question):
        _text(_add(tags, "tag"), tag)


def _tags(question: Question) -> list[str]:
    tags = [one_line(concept).replace(",", " ") for concept in question.concepts]
    if question.bloom is not None:
        tags.append(question.bloom.value)
    if question.difficulty is not None:
        tags.append(f"difficulty {question.difficulty:.1f}")
    return tags


def _choice(element: Any, question: Question) -> None:
    for name, value in (("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "abc")):
        _plain(element, name, value)
    for option in question.options:
        answer = _answer(element, option, is_right=option == question.answer)
        _html(answer, "feedback", belief_behind(question, option))


def _true_or_false(element: Any, question: Question) -> None:
    for word, is_right in (("true", is_true(question)), ("false", not is_true(question))):
        answer = _add(element, "answer", fraction="100" if is_right else "0", format="moodle_auto_format")
        _plain(answer, "text", word)


def _typed(element: Any, question: Question) -> None:
    _plain(element, "usecase", "0")
    for wording in right_answers(question):
        # a star would stand for any letters
        answer = _add(element, "answer", fraction="100", format="moodle_auto_format")
        _plain(answer, "text", wording.replace("*", r"\*"))


def _essay(element: Any, question: Question) -> None:
    for name, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "10")):
        _plain(element, name, value)
    key = "".join(f"<li>{to_html(one_line(point))}</li>" for point in marking_key(question))
    _text(_add(element, "graderinfo", format="html"), f"<ul>{key}</ul>")


def _order(element: Any, question: Question) -> None:
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", "0"),
        ("gradingtype", "ABSOLUTE_POSITION"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        _plain(element, name, value)
    for place, item in enumerate(question.sequence, 1):
        answer = _add(element, "answer", fraction=f"{place}.0000000", format="html")
        _plain(answer, "text", to_html(one_line(item)))


def _match(element: Any, question: Question) -> None:
    _plain(element, "shuffleanswers", "true")
    for pair in question.pairs:
        part = _add(element, "subquestion", format="html")
        _plain(part, "text", to_html(one_line(pair.left)))
        _text(_add(part, "answer"), one_line(pair.right))


_TYPES: Mapping[QuestionForm, str] = MappingProxyType(
    {
        QuestionForm.CHOICE: "multichoice",
        QuestionForm.CLOZE: "shortanswer",
        QuestionForm.SHORT: "shortanswer",
        QuestionForm.TRUE_FALSE: "truefalse",
        QuestionForm.ORDERING: "ordering",
        QuestionForm.MATCHING: "matching",
    }
)
_WRITERS: Mapping[str, Callable[[Any, Question], None]] = MappingProxyType(
    {
        "multichoice": _choice,
        "shortanswer": _typed,
        "essay": _essay,
        "truefalse": _true_or_false,
        "ordering": _order,
        "matching": _match,
    }
)


def _add(parent: Any, name: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, name, attributes)


def _answer(parent: Any, text: str, *, is_right: bool) -> Any:
    answer = _add(parent, "answer", fraction="100" if is_right else "0", format="html")
    _plain(answer, "text", to_html(one_line(text)))
    return answer


def _plain(parent: Any, name: str, text: str) -> None:
    _add(parent, name).text = text


def _text(parent: Any, text: str) -> None:
    _plain(parent, "text", text)


def _html(parent: Any, name: str, text: str) -> None:
    _text(_add(parent, name, format="html"), to_html(one_line(text)))
