"""What makes a unit break when a person rewords it: refused with a sentence that says what to change."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from domain.errors import Invalid
from domain.material import CardForm, Concept, Flashcard, Relation, RelationType, Unit
from domain.questions import Question, QuestionForm
from domain.words import fold
from generators.compose.maps.concept_map import acyclic
from generators.compose.reading.mentions import name_of
from generators.hands.unit_fields import GAP, Shape, fields_of
from generators.model.replies import says

_FEWEST, _MOST = 2, 5
"""Options of a choice."""


def tidy_words(unit: Unit, words: Mapping[str, str]) -> dict[str, str]:
    """Give the words for a unit's fields without needless blanks. Raises Invalid for a field that it does not have.

    Raises Invalid as well for a field that is empty and may not be, that is too long, or names nothing there is.
    """
    known = {field.name: field for field in fields_of(unit)}
    tidied = {}
    for name, text in words.items():
        if name not in known:
            raise Invalid("This part cannot be changed so.", field=name)
        field = known[name]
        lines = [" ".join(line.split()) for line in text.splitlines()]
        tidied[name] = "\n".join(line for line in lines if line) if field.shape is Shape.LINES else " ".join(lines)
        tidied[name] = tidied[name].strip()
        if (field.is_needed and not tidied[name]) or len(tidied[name]) > field.longest:
            least = 1 if field.is_needed else 0
            raise Invalid(f"{field.label}: write between {least} and {field.longest} characters.", field=name)
        if field.choices and tidied[name] not in field.choices:
            raise Invalid(f"{field.label}: choose one of the list.", field=name)
    return tidied


def check_unit(unit: Unit, others: Sequence[Unit]) -> None:
    """Raise Invalid when a unit does not hold together, by itself or with the other units of its study aid."""
    match unit:
        case Flashcard():
            _check_card(unit)
        case Question():
            _check_question(unit)
        case Concept():
            _check_concept(unit, others)
        case Relation():
            _check_relation(unit, others)


def _check_card(card: Flashcard) -> None:
    if _gives_away(card.front, card.back):
        raise Invalid("The front gives the back away. Ask in other words.", field="front")
    if card.form is CardForm.CLOZE and GAP not in card.front:
        raise Invalid(f"Leave a gap on the front: {GAP}", field="front")


def _check_question(question: Question) -> None:
    match question.form:
        case QuestionForm.CHOICE:
            _check_options(question.options)
            if question.answer not in question.options:
                raise Invalid("The right answer must be one of the options, word for word.", field="answer")
        case QuestionForm.TRUE_FALSE:
            if question.answer not in question.options:
                raise Invalid(f"The answer is one of: {', '.join(question.options)}.", field="answer")
            return
        case QuestionForm.ORDERING:
            _check_different(question.sequence, "sequence")
        case QuestionForm.MATCHING:
            _check_different([pair.left for pair in question.pairs], "pairs")
            _check_different([pair.right for pair in question.pairs], "pairs")
        case QuestionForm.CLOZE if GAP not in question.stem:
            raise Invalid(f"Leave a gap in the question: {GAP}", field="stem")
        case _:
            pass
    if _gives_away(question.stem, question.answer):
        raise Invalid("The question gives its answer away. Ask in other words.", field="stem")


def _gives_away(text: str, answer: str) -> bool:
    """Whether a text says an answer; one without a word that carries something must stand in it as it is."""
    if says("", answer):
        return fold(answer) in fold(text)
    return says(text, answer)


def _check_options(options: Sequence[str]) -> None:
    if not _FEWEST <= len(options) <= _MOST:
        raise Invalid(f"Give between {_FEWEST} and {_MOST} options, one a line.", field="options")
    _check_different(options, "options")


def _check_different(items: Sequence[str], field: str) -> None:
    folded = sorted(fold(item) for item in items)
    if len(items) < _FEWEST or not all(folded):
        raise Invalid("Give at least two, one a line, and leave no side empty.", field=field)
    if any(one == other for one, other in pairwise(folded)):
        raise Invalid("Two of these are the same. Make them different.", field=field)


def _check_concept(concept: Concept, others: Sequence[Unit]) -> None:
    names = [name_of(other.label) for other in others if isinstance(other, Concept)]
    if name_of(concept.label) in names:
        raise Invalid("The map has this concept already.", field="label")


def _check_relation(relation: Relation, others: Sequence[Unit]) -> None:
    names = {name_of(other.label) for other in others if isinstance(other, Concept)}
    for end in ("source", "target"):
        if name_of(getattr(relation, end)) not in names:
            raise Invalid("Both ends must be concepts of this map.", field=end)
    if name_of(relation.source) == name_of(relation.target):
        raise Invalid("Choose two different concepts.", field="target")
    relations = [*(other for other in others if isinstance(other, Relation)), relation]
    if relation.type is RelationType.NEEDS and len(acyclic(relations)) < len(relations):
        raise Invalid("This would make a circle: something would be needed for itself.", field="type")
