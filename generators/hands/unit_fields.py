"""What people may change in a unit of a study aid: one table, and how a field is read out of a unit and put back.

Words that a person writes make the unit's claim theirs (`by_person`); what it cites stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from domain.claims import Claim
from domain.guides import ExampleStep, ExplanationSentence, FaqEntry, GuideEntry
from domain.ids import stable_id
from domain.material import (
    CardForm,
    Concept,
    Flashcard,
    Relation,
    RelationType,
    SummarySentence,
    Unit,
    VariantSentence,
    claims_of,
)
from domain.questions import Pair, Question, QuestionForm

GAP = "____"
"""What stands in a question or on a card where a word is to be filled in."""


class Shape(StrEnum):
    """How a field is written: on one line, as running text, one thing a line, or chosen from a few."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """A field that people may change. `name` is what forms and the API call it, `longest` counts characters.

    A field that is not `is_needed` may be left empty.
    """

    name: str
    label: str
    shape: Shape = Shape.LINE
    longest: int = 500
    choices: tuple[str, ...] = ()
    is_needed: bool = True


_TEXT = Field("text", "Sentence", Shape.TEXT, 2000)
_STEM = Field("stem", "Question", Shape.TEXT, 1000)
_ANSWER = Field("answer", "Right answer")
_ACCEPTED = Field("accepted", "Other wordings that are right, one a line", Shape.LINES, is_needed=False)
_WHY = Field("text", "Shown after an answer", Shape.TEXT, 2000)

_QUESTIONS: Mapping[QuestionForm, tuple[Field, ...]] = {
    QuestionForm.CHOICE: (_STEM, Field("options", "Options, one a line", Shape.LINES, 2000), _ANSWER, _WHY),
    QuestionForm.CLOZE: (_STEM, _ANSWER, _ACCEPTED, _WHY),
    QuestionForm.SHORT: (
        _STEM,
        _ANSWER,
        _ACCEPTED,
        Field("key_points", "What a full answer says, one a line", Shape.LINES, 2000, is_needed=False),
        _WHY,
    ),
    QuestionForm.TRUE_FALSE: (_STEM, _ANSWER, _WHY),
    QuestionForm.ORDERING: (_STEM, Field("sequence", "In the right order, one a line", Shape.LINES, 2000), _WHY),
    QuestionForm.MATCHING: (_STEM, Field("pairs", "Pairs, one a line: left = right", Shape.LINES, 2000), _WHY),
}

_UNITS: Mapping[type[Unit], tuple[Field, ...]] = {
    SummarySentence: (_TEXT,),
    Flashcard: (Field("front", "Front", Shape.TEXT), Field("back", "Back", Shape.TEXT)),
    Concept: (Field("label", "Concept", longest=100), Field("text", "What the reading says of it", Shape.TEXT, 2000)),
    Relation: (
        Field("source", "From", longest=100),
        Field("type", "How they hang together", Shape.CHOICE, choices=tuple(RelationType)),
        Field("phrase", "In other words", longest=100, is_needed=False),
        Field("target", "To", longest=100),
    ),
    VariantSentence: (Field("text", "Easier words", Shape.TEXT, 2000),),
    GuideEntry: (Field("label", "Entry"), Field("text", "What the reading says of it", Shape.TEXT, 2000)),
    FaqEntry: (Field("question", "Question"), Field("text", "Answer", Shape.TEXT, 2000)),
    ExampleStep: (Field("title", "Example"), Field("text", "Step", Shape.TEXT, 2000)),
    ExplanationSentence: (
        _TEXT,
        Field("comparison", "A picture of it, not in the reading", Shape.TEXT, 1000, is_needed=False),
    ),
}
"""What is not here (a gap of the map, a hint, an answer to a question) is nobody's to reword."""


def fields_of(unit: Unit) -> tuple[Field, ...]:
    """Give the fields of a unit that people may change; none, where it is nobody's to reword."""
    if isinstance(unit, Question):
        return _QUESTIONS[unit.form]
    return _UNITS.get(type(unit), ())


def read_field(unit: Unit, name: str) -> str:
    """Give a field as people write it."""
    match name, unit:
        case "text", _:
            return " ".join(claim.text for claim in (claims_of(unit) if isinstance(unit, FaqEntry) else (unit.claim,)))
        case "pairs", Question():
            return "\n".join(f"{pair.left} = {pair.right}" for pair in unit.pairs)
        case _:
            value = getattr(unit, name)
            return value if isinstance(value, str) else "\n".join(value)


def reworded(unit: Unit, words: Mapping[str, str]) -> Unit:
    """Give a unit with a person's words in these fields, which are fields of it; its claim is the person's from now on.

    Whether the unit still makes sense is for `generators.hands.unit_rules` to say.
    """
    changed = unit
    for name, text in words.items():
        changed = _put(changed, name, text)
    said = words["text"] if "text" in words else _statement(changed)
    return _as_own(changed, said, is_listed=bool({"sequence", "pairs"} & set(words)))


def list_lines(text: str) -> tuple[str, ...]:
    """Give the lines of a text that say something, blanks tidied."""
    return tuple(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def read_pairs(text: str) -> tuple[Pair, ...]:
    """Give the pairs of a text, one a line; a line without `=` is a pair without a right-hand side."""
    parts = (line.partition("=") for line in list_lines(text))
    return tuple(Pair(left.strip(), right.strip()) for left, _, right in parts)


def _put(unit: Unit, name: str, text: str) -> Unit:
    return unit if name == "text" else _PUTS[name](unit, text)


def _put_options(unit: Question, text: str) -> Question:
    options = list_lines(text)
    known = tuple(one for one in unit.misconceptions if one.option in options)
    return replace(unit, options=options, misconceptions=known)


def _put_sequence(unit: Question, text: str) -> Question:
    items = list_lines(text)
    return replace(unit, sequence=items, options=_shuffled(unit, items), answer=" → ".join(items))


def _put_pairs(unit: Question, text: str) -> Question:
    pairs = read_pairs(text)
    rights = tuple(dict.fromkeys(pair.right for pair in pairs))
    answer = "; ".join(f"{pair.left} = {pair.right}" for pair in pairs)
    return replace(unit, pairs=pairs, options=_shuffled(unit, rights), answer=answer)


# which kind of unit has which field stands in the table above
_PUTS: Mapping[str, Callable[[Any, str], Unit]] = {
    "front": lambda unit, text: replace(unit, front=text),
    "back": lambda unit, text: replace(unit, back=text),
    "label": lambda unit, text: replace(unit, label=text),
    "source": lambda unit, text: replace(unit, source=text),
    "target": lambda unit, text: replace(unit, target=text),
    "type": lambda unit, text: replace(unit, type=RelationType(text)),
    "phrase": lambda unit, text: replace(unit, phrase=text),
    "stem": lambda unit, text: replace(unit, stem=text),
    "answer": lambda unit, text: replace(unit, answer=text),
    "options": _put_options,
    "accepted": lambda unit, text: replace(unit, accepted=list_lines(text)),
    "key_points": lambda unit, text: replace(unit, key_points=list_lines(text)),
    "sequence": _put_sequence,
    "pairs": _put_pairs,
    "question": lambda unit, text: replace(unit, question=text),
    "title": lambda unit, text: replace(unit, title=text),
    "comparison": lambda unit, text: replace(unit, comparison=text),
}


def _shuffled(unit: Question, items: tuple[str, ...]) -> tuple[str, ...]:
    """Put items into an order that says nothing, always the same for the same ones."""
    return tuple(sorted(items, key=lambda item: stable_id(unit.id, item)))


def _statement(unit: Unit) -> str:
    """Say in one statement what a unit says whose words were changed in other fields than the statement itself."""
    match unit:
        case Flashcard(form=CardForm.CLOZE):
            return unit.front.replace(GAP, unit.back)
        case Flashcard():
            return f"{unit.front} {unit.back}" if unit.front.endswith("?") else f"{unit.front}: {unit.back}"
        case Relation():
            return f"{unit.source} {unit.phrase or unit.type.value} {unit.target}."
        case _:
            return unit.claim.text


def _as_own(unit: Unit, said: str, *, is_listed: bool) -> Unit:
    """Make a unit's claims a person's. Listed items, and answers of several claims, cite what all of them cited."""
    cited = tuple(dict.fromkeys(citation for claim in claims_of(unit) for citation in claim.citations))
    match unit:
        case FaqEntry():
            return replace(unit, claim=Claim(said, cited, by_person=True), parts=())
        case Question() if is_listed:
            items = unit.sequence or tuple(f"{pair.left}: {pair.right}" for pair in unit.pairs)
            own = tuple(Claim(item, cited, by_person=True) for item in items)
            return replace(unit, claim=Claim(said, unit.claim.citations, by_person=True), parts=own)
        case _:
            return replace(unit, claim=Claim(said, unit.claim.citations, by_person=True))
