"""Questions as QTI items. They are written with the names of QTI 3.0; `qti.py` gives 2.1 its own.

Response processing is spelled out: a right answer scores 1, and after every attempt the cited sentence is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from domain.formulas import split_formulas
from domain.questions import Question, QuestionForm
from generators.exports.asking import (
    explanation,
    is_open,
    marking_key,
    name_of,
    right_answers,
    split_gap,
)
from generators.exports.origin import Origin
from generators.exports.sheet import one_line, printable
from generators.mathematics import tree_of, typed_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MATHML = "http://www.w3.org/1998/Math/MathML"
_RESPONSE, _SCORE, _FEEDBACK, _SAID = "RESPONSE", "SCORE", "FEEDBACK", "SOURCE"


@dataclass(frozen=True, slots=True)
class Dialect:
    """A version of QTI: its namespace, how it spells a name, and where its feedback's words stand."""

    namespace: str
    spell: Callable[[str], str]
    has_content_body: bool


class Pen:
    """Makes elements in a version of QTI."""

    def __init__(self, dialect: Dialect) -> None:
        """Write in a dialect."""
        self.dialect = dialect

    def add(self, parent: Any, name: str, text: str = "", **attributes: str) -> Any:
        """Add a QTI element, names as in QTI 3.0 without `qti-`; underscores in attributes stand for hyphens."""
        from lxml import etree

        spelled = {self.attribute(key): value for key, value in attributes.items()}
        element = etree.SubElement(parent, self.tag(f"qti-{name}"), spelled)
        element.text = text or None
        return element

    def html(self, parent: Any, name: str, text: str = "", **attributes: str) -> Any:
        """Add an element of HTML with a text, its formulas as MathML."""
        from lxml import etree

        element = etree.SubElement(parent, self.tag(name), attributes)
        self.write(element, text)
        return element

    def tag(self, name: str) -> str:
        """Give a name in the dialect's namespace and spelling."""
        return f"{{{self.dialect.namespace}}}{self.dialect.spell(name)}"

    def attribute(self, name: str) -> str:
        """Give an attribute's name in the dialect's spelling."""
        return self.dialect.spell(name.replace("_", "-"))

    def write(self, parent: Any, text: str) -> None:
        """Write a text at the end of an element, its formulas as MathML."""
        for piece, is_formula in split_formulas(one_line_around(text)):
            latex, is_displayed = typed_in(piece) if is_formula else ("", False)
            tree = tree_of(latex, is_displayed=is_displayed) if is_formula else None
            if tree is None:
                _append(parent, piece)
            else:
                parent.append(_mathml(tree))


def one_line_around(text: str) -> str:
    """Give a text on one line, the blanks at its ends kept as one: a gap may stand there."""
    line = one_line(text)
    if not line:
        return " " if text else ""
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if text[-1:].isspace() else ''}"


def write_item(question: Question, identifier: str, origin: Origin, pen: Pen) -> Any:
    """Give a question as an assessment item."""
    from lxml import etree

    root = etree.Element(pen.tag("qti-assessment-item"), nsmap={None: pen.dialect.namespace})
    for name, value in (
        ("identifier", identifier),
        ("title", name_of(question)),
        ("adaptive", "false"),
        ("time_dependent", "false"),
    ):
        root.set(pen.attribute(name), value)
    _WRITERS[_style(question)](root, question, pen)
    _process(root, pen, is_scored=not is_open(question))
    feedback = pen.add(root, "modal-feedback", outcome_identifier=_FEEDBACK, identifier=_SAID, show_hide="show")
    body = pen.add(feedback, "content-body") if pen.dialect.has_content_body else feedback
    pen.html(body, "p", explanation(question, origin))
    return root


def _style(question: Question) -> str:
    if is_open(question):
        return "open"
    return "typed" if question.form in {QuestionForm.SHORT, QuestionForm.CLOZE} else question.form.value


def _choice(root: Any, question: Question, pen: Pen) -> None:
    names = _names("C", len(question.options))
    right = [name for name, option in zip(names, question.options, strict=True) if option == question.answer][:1]
    _declare(root, pen, right, cardinality="single", base_type="identifier")
    body = pen.add(root, "item-body")
    shuffle = "false" if question.form is QuestionForm.TRUE_FALSE else "true"
    interaction = pen.add(body, "choice-interaction", response_identifier=_RESPONSE, shuffle=shuffle, max_choices="1")
    pen.write(pen.add(interaction, "prompt"), question.stem)
    for name, option in zip(names, question.options, strict=True):
        pen.write(pen.add(interaction, "simple-choice", identifier=name), option)


def _typed(root: Any, question: Question, pen: Pen) -> None:
    wordings = right_answers(question)
    declaration = _declare(root, pen, wordings[:1], cardinality="single", base_type="string")
    mapping = pen.add(declaration, "mapping", default_value="0")
    for wording in wordings:
        pen.add(mapping, "map-entry", map_key=wording, mapped_value="1", case_sensitive="false")
    body = pen.add(root, "item-body")
    gap = split_gap(question)
    before, after = gap if gap is not None else (f"{question.stem} ", "")
    paragraph = pen.html(body, "p", before)
    pen.add(paragraph, "text-entry-interaction", response_identifier=_RESPONSE, expected_length="20")
    pen.write(paragraph, after)


def _open(root: Any, question: Question, pen: Pen) -> None:
    _declare(root, pen, (), cardinality="single", base_type="string")
    body = pen.add(root, "item-body")
    rubric = pen.add(body, "rubric-block", view="scorer")
    if pen.dialect.has_content_body:
        rubric.set("use", "scoring")
        rubric = pen.add(rubric, "content-body")
    points = pen.html(rubric, "ul")
    for point in marking_key(question):
        pen.html(points, "li", point)
    interaction = pen.add(body, "extended-text-interaction", response_identifier=_RESPONSE, expected_lines="6")
    pen.write(pen.add(interaction, "prompt"), question.stem)


def _order(root: Any, question: Question, pen: Pen) -> None:
    items = question.options or question.sequence
    names = _names("O", len(items))
    places = dict(zip(items, names, strict=True))
    right = [places[item] for item in question.sequence if item in places]
    _declare(root, pen, right, cardinality="ordered", base_type="identifier")
    body = pen.add(root, "item-body")
    interaction = pen.add(body, "order-interaction", response_identifier=_RESPONSE, shuffle="true")
    pen.write(pen.add(interaction, "prompt"), question.stem)
    for item, name in zip(items, names, strict=True):
        pen.write(pen.add(interaction, "simple-choice", identifier=name), item)


def _match(root: Any, question: Question, pen: Pen) -> None:
    rights = list(dict.fromkeys([*question.options, *(pair.right for pair in question.pairs)]))
    left_names, right_names = _names("L", len(question.pairs)), _names("R", len(rights))
    right_of = dict(zip(rights, right_names, strict=True))
    pairs = [f"{name} {right_of[pair.right]}" for name, pair in zip(left_names, question.pairs, strict=True)]
    _declare(root, pen, pairs, cardinality="multiple", base_type="directedPair")
    body = pen.add(root, "item-body")
    interaction = pen.add(
        body,
        "match-interaction",
        response_identifier=_RESPONSE,
        shuffle="true",
        max_associations=str(len(question.pairs)),
    )
    pen.write(pen.add(interaction, "prompt"), question.stem)
    lefts = [pair.left for pair in question.pairs]
    for names, items, most in ((left_names, lefts, "1"), (right_names, rights, str(len(lefts)))):
        side = pen.add(interaction, "simple-match-set")
        for name, item in zip(names, items, strict=True):
            pen.write(pen.add(side, "simple-associable-choice", identifier=name, match_max=most), item)


_WRITERS: Mapping[str, Callable[[Any, Question, Pen], None]] = MappingProxyType(
    {
        QuestionForm.CHOICE.value: _choice,
        QuestionForm.TRUE_FALSE.value: _choice,
        QuestionForm.ORDERING.value: _order,
        QuestionForm.MATCHING.value: _match,
        "typed": _typed,
        "open": _open,
    }
)


def _declare(root: Any, pen: Pen, right: Sequence[str], **kind: str) -> Any:
    """Declare the response with what is right, then the score and the feedback; give the response's declaration."""
    response = pen.add(root, "response-declaration", identifier=_RESPONSE, **kind)
    if right:
        correct = pen.add(response, "correct-response")
        for value in right:
            pen.add(correct, "value", value)
    score = pen.add(root, "outcome-declaration", identifier=_SCORE, cardinality="single", base_type="float")
    pen.add(pen.add(score, "default-value"), "value", "0")
    pen.add(root, "outcome-declaration", identifier=_FEEDBACK, cardinality="single", base_type="identifier")
    return response


def _process(root: Any, pen: Pen, *, is_scored: bool) -> None:
    """Say how an answer becomes a score; what a person has to mark gets none here."""
    processing = pen.add(root, "response-processing")
    declaration = root.find(pen.tag("qti-response-declaration"))
    if is_scored:
        if declaration.find(pen.tag("qti-mapping")) is not None:
            scored = pen.add(processing, "set-outcome-value", identifier=_SCORE)
            pen.add(scored, "map-response", identifier=_RESPONSE)
        else:
            condition = pen.add(processing, "response-condition")
            matched = pen.add(condition, "response-if")
            match = pen.add(matched, "match")
            pen.add(match, "variable", identifier=_RESPONSE)
            pen.add(match, "correct", identifier=_RESPONSE)
            scored = pen.add(matched, "set-outcome-value", identifier=_SCORE)
            pen.add(scored, "base-value", "1", base_type="float")
    said = pen.add(processing, "set-outcome-value", identifier=_FEEDBACK)
    pen.add(said, "base-value", _SAID, base_type="identifier")


def _names(letter: str, count: int) -> list[str]:
    return [f"{letter}{number}" for number in range(1, count + 1)]


def _append(parent: Any, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _mathml(tree: "Element") -> Any:
    from lxml import etree

    element = etree.Element(f"{{{_MATHML}}}{tree.tag}", nsmap={None: _MATHML})
    if tree.tag == "math" and tree.get("display"):
        element.set("display", tree.get("display", ""))
    element.text = printable(tree.text or "") or None
    element.extend(_mathml(child) for child in tree)
    return element
