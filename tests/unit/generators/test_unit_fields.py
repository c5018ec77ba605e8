"""What people may change in a unit, and when a unit with their words holds together."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.material import CardForm, Flashcard, Gap, HintRung, Relation, RelationType, Unit, claims_of
from domain.questions import Misconception, Pair, Question, QuestionForm
from generators.hands.unit_fields import Shape, fields_of, read_field, reworded
from generators.hands.unit_rules import check_unit, tidy_words
from tests.builders import a_document
from tests.unit.generators.aids import card, concept, every_unit, link, question

DOCUMENT = a_document()
UNITS = every_unit(DOCUMENT)
EDITABLE = [unit for unit in UNITS if fields_of(unit)]
LEAF, CELL = concept(DOCUMENT, "leaf"), concept(DOCUMENT, "chloroplast")
PART = link(DOCUMENT, "chloroplast", "leaf")


def _name(unit: Unit) -> str:
    form = f"-{unit.form.value}" if isinstance(unit, Question | Flashcard) else ""
    return f"{unit.unit}{form}"


def test_hints_and_gaps_are_nobodys_to_reword() -> None:
    """All that people see has fields to change, but a gap of the map and a hint."""
    assert {type(unit) for unit in UNITS if not fields_of(unit)} == {Gap, HintRung}


@pytest.mark.parametrize("unit", EDITABLE, ids=_name)
def test_what_a_form_shows_changes_nothing(unit: Unit) -> None:
    """A form that is sent back as it was shown gives the unit as it was, but that its claims are a person's."""
    shown = {field.name: read_field(unit, field.name) for field in fields_of(unit)}

    sent = reworded(unit, tidy_words(unit, shown))

    assert {name: read_field(sent, name) for name in shown} == shown
    assert sent.claim.by_person
    assert sent.id == unit.id


@given(st.data())
def test_whatever_is_written_the_sources_stay(data: st.DataObject) -> None:
    """Any words in any field: what the unit cites is what it cited, each claim cites something and is the person's."""
    unit = data.draw(st.sampled_from(EDITABLE))
    text = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)
    words = {
        field.name: data.draw(st.sampled_from(field.choices) if field.choices else text) for field in fields_of(unit)
    }

    changed = reworded(unit, words)

    cited = {citation for claim in claims_of(unit) for citation in claim.citations}
    assert changed.id == unit.id
    assert {citation for claim in claims_of(changed) for citation in claim.citations} <= cited
    assert all(claim.citations for claim in claims_of(changed))
    assert changed.claim.by_person


@pytest.mark.parametrize(
    ("unit", "words", "said"),
    [
        (card(DOCUMENT, "Q", "A"), {"front": "What is it?", "back": "A leaf."}, "What is it? A leaf."),
        (card(DOCUMENT, "Q", "A"), {"front": "Leaf", "back": "a green thing"}, "Leaf: a green thing"),
        (
            card(DOCUMENT, "Q", "A", form=CardForm.CLOZE),
            {"front": "A ____ is green.", "back": "leaf"},
            "A leaf is green.",
        ),
        (PART, {"type": "causes"}, "chloroplast causes leaf."),
        (PART, {"phrase": "sits in"}, "chloroplast sits in leaf."),
        (LEAF, {"label": "green leaf"}, "leaf"),
        (LEAF, {"text": "A leaf is green."}, "A leaf is green."),
    ],
    ids=["asked", "named", "gap", "type", "phrase", "label", "text"],
)
def test_the_statement_follows_the_words(unit: Unit, words: Mapping[str, str], said: str) -> None:
    """What a unit says as one statement is made of the words that were changed."""
    assert reworded(unit, words).claim.text == said


def test_questions_keep_their_sides_in_step() -> None:
    """New options drop beliefs about old ones; an order and pairs are shuffled anew, and each item is a claim."""
    choice = question(DOCUMENT, QuestionForm.CHOICE, misconceptions=(Misconception("starch", "It is green."),))
    order = reworded(question(DOCUMENT, QuestionForm.ORDERING), {"sequence": "seed\nroot\nleaf"})
    pairs = reworded(question(DOCUMENT, QuestionForm.MATCHING), {"pairs": "root = drinks\nleaf = eats"})

    without = reworded(choice, {"options": "chlorophyll\nwater"})
    assert isinstance(without, Question)
    assert (without.options, without.misconceptions) == (("chlorophyll", "water"), ())
    assert isinstance(order, Question)
    assert (order.sequence, sorted(order.options)) == (("seed", "root", "leaf"), ["leaf", "root", "seed"])
    assert order.answer == "seed → root → leaf"
    assert isinstance(pairs, Question)
    assert pairs.pairs == (Pair("root", "drinks"), Pair("leaf", "eats"))
    assert sorted(pairs.options) == ["drinks", "eats"]
    assert [claim.text for claim in pairs.parts] == ["root: drinks", "leaf: eats"]
    assert all(claim.by_person for claim in (*order.parts, *pairs.parts))


@pytest.mark.parametrize(
    ("unit", "words", "why"),
    [
        (LEAF, {"stem": "What?"}, "cannot be changed so"),
        (LEAF, {"label": "  "}, "between 1 and 100"),
        (LEAF, {"label": "a" * 101}, "between 1 and 100"),
        (PART, {"phrase": "a" * 101}, "between 0 and 100"),
        (PART, {"type": "eats"}, "one of the list"),
        (question(DOCUMENT, QuestionForm.CHOICE), {"options": "\n \n"}, "between 1 and 2000"),
    ],
    ids=["unknown", "empty", "long", "long-optional", "no-choice", "no-lines"],
)
def test_words_fit_their_field(unit: Unit, words: Mapping[str, str], why: str) -> None:
    """Fields that are not there, and words that do not fit, are sent back with the reason."""
    with pytest.raises(Invalid, match=why):
        tidy_words(unit, words)


def test_needless_blanks_go() -> None:
    """Blanks are tidied; a field with lines keeps those that say something."""
    choice = question(DOCUMENT, QuestionForm.CHOICE)

    tidied = tidy_words(choice, {"stem": " What \n is it? ", "options": " a  b \n\n c "})

    assert tidied == {"stem": "What is it?", "options": "a b\nc"}
    assert tidy_words(PART, {"phrase": ""}) == {"phrase": ""}
    assert {field.shape for field in fields_of(choice)} == {Shape.TEXT, Shape.LINE, Shape.LINES}


@pytest.mark.parametrize(
    ("unit", "words", "field"),
    [
        (card(DOCUMENT, "Q", "A"), {"front": "What is starch?", "back": "starch"}, "front"),
        (card(DOCUMENT, "Q", "A"), {"front": "Was ist 光合成?", "back": "光合成"}, "front"),
        (card(DOCUMENT, "Q", "A", form=CardForm.CLOZE), {"front": "No gap.", "back": "leaf"}, "front"),
        (question(DOCUMENT, QuestionForm.CHOICE), {"answer": "water"}, "answer"),
        (question(DOCUMENT, QuestionForm.CHOICE), {"options": "chlorophyll"}, "options"),
        (question(DOCUMENT, QuestionForm.CHOICE), {"options": "a\nb\nc\nd\ne\nchlorophyll"}, "options"),
        (question(DOCUMENT, QuestionForm.CHOICE), {"options": "chlorophyll\nChlorophyll"}, "options"),
        (question(DOCUMENT, QuestionForm.CHOICE), {"stem": "Is chlorophyll green?"}, "stem"),
        (question(DOCUMENT, QuestionForm.CLOZE), {"stem": "Something is green."}, "stem"),
        (question(DOCUMENT, QuestionForm.CLOZE), {"stem": "____ is chlorophyll."}, "stem"),
        (question(DOCUMENT, QuestionForm.SHORT), {"answer": "sugar"}, "stem"),
        (question(DOCUMENT, QuestionForm.TRUE_FALSE), {"answer": "Perhaps"}, "answer"),
        (question(DOCUMENT, QuestionForm.ORDERING), {"sequence": "light"}, "sequence"),
        (question(DOCUMENT, QuestionForm.ORDERING), {"sequence": "light\nlight"}, "sequence"),
        (question(DOCUMENT, QuestionForm.MATCHING), {"pairs": "starch\nroot = leaf"}, "pairs"),
        (question(DOCUMENT, QuestionForm.MATCHING), {"pairs": "a = b\na = c"}, "pairs"),
        (LEAF, {"label": "Chloroplasts"}, "label"),
        (PART, {"source": "stone"}, "source"),
        (PART, {"target": "stone"}, "target"),
        (PART, {"target": "chloroplast"}, "target"),
        (PART, {"type": "is needed for"}, "type"),
    ],
)
def test_what_breaks_a_unit_is_refused(unit: Unit, words: Mapping[str, str], field: str) -> None:
    """A card that gives itself away, a question without its answer, a link to nowhere: the field at fault is named."""
    back = link(DOCUMENT, "leaf", "chloroplast", RelationType.NEEDS)
    others = [one for one in (LEAF, CELL, back) if one.id != unit.id]

    with pytest.raises(Invalid) as raised:
        check_unit(reworded(unit, words), others)

    assert raised.value.field == field


@pytest.mark.parametrize("unit", EDITABLE, ids=_name)
def test_what_holds_together_passes(unit: Unit) -> None:
    """Units as they are made pass."""
    others = [LEAF, CELL] if isinstance(unit, Relation) else []

    check_unit(unit, others)
