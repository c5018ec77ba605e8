"""Study aids by hand, about the reading of two sections, for tests of what people do to them."""

from typing import Any

from domain.claims import Claim
from domain.documents import Citation, Document, Span
from domain.guides import ExampleStep, ExplanationSentence, FaqEntry, GuideEntry, GuidePart, StepRole, Way
from domain.ids import ArtifactId, UnitId, stable_id
from domain.material import (
    Artifact,
    ArtifactStatus,
    CardForm,
    Concept,
    Flashcard,
    Gap,
    HintRung,
    Kind,
    Provenance,
    Relation,
    RelationType,
    SummarySentence,
    Unit,
    VariantSentence,
)
from domain.questions import Misconception, Pair, Question, QuestionForm
from tests.builders import NOW
from tests.pipeline_tools import LIGHT

PLAIN = LIGHT.replace("**", "")
"""The text of the first section, which is the first page."""


def cite(document: Document, words: str) -> Citation:
    """Cite words of the first section."""
    start = PLAIN.index(words)
    return Citation(Span(document.id, 1, start, start + len(words)), words)


def claim(document: Document, words: str) -> Claim:
    """Say words of the first section."""
    return Claim(words, (cite(document, words),))


def a_unit_id(*parts: object) -> UnitId:
    """Give the id that a unit with these words has in tests."""
    return UnitId(stable_id("unit", *parts))


def sentence(document: Document, words: str) -> SummarySentence:
    """Make a sentence of a summary."""
    return SummarySentence(a_unit_id(words), claim(document, words))


def card(document: Document, front: str, back: str, words: str = "chloroplast", **more: Any) -> Flashcard:
    """Make a card that rests on words of the first section."""
    form = more.pop("form", CardForm.DEFINITION)
    return Flashcard(a_unit_id(front), claim(document, words), form, front, back, more.pop("term", back))


def concept(document: Document, label: str) -> Concept:
    """Make a concept that the first section names."""
    return Concept(a_unit_id("concept", label), claim(document, label), label)


def link(
    document: Document, source: str, target: str, kind: RelationType = RelationType.PART_OF, words: str = "leaf"
) -> Relation:
    """Make a link of a map."""
    return Relation(a_unit_id(source, target), claim(document, words), source, target, kind)


def question(document: Document, form: QuestionForm, **more: Any) -> Question:
    """Make a question of a form."""
    known: dict[QuestionForm, dict[str, Any]] = {
        QuestionForm.CHOICE: {"stem": "What is green?", "answer": "chlorophyll", "options": ("chlorophyll", "starch")},
        QuestionForm.CLOZE: {"stem": "____ is green.", "answer": "chlorophyll"},
        QuestionForm.SHORT: {"stem": "What stores sugar?", "answer": "starch", "key_points": ("It is in the roots.",)},
        QuestionForm.TRUE_FALSE: {"stem": "Leaves are red.", "answer": "False", "options": ("True", "False")},
        QuestionForm.ORDERING: {
            "stem": "What comes first?",
            "answer": "light → sugar",
            "sequence": ("light", "sugar"),
            "options": ("sugar", "light"),
        },
        QuestionForm.MATCHING: {
            "stem": "What belongs together?",
            "answer": "starch = store",
            "pairs": (Pair("starch", "store"), Pair("stomata", "openings")),
            "options": ("openings", "store"),
        },
    }
    given = known[form]
    identifier = a_unit_id(form, more.get("stem"))
    return Question(identifier, claim(document, "starch"), form, **{**given, **more})


def every_unit(document: Document) -> list[Unit]:
    """Make a unit of each kind that people see, a question of each form."""
    said = claim(document, "The chloroplast is a small green body inside the cells of a leaf.")
    more = claim(document, "It takes place in the chloroplast.")
    wrong = (Misconception("starch", "Starch is green."),)
    return [
        SummarySentence(a_unit_id("s"), said),
        card(document, "What is green?", "chlorophyll", "Chlorophyll"),
        Flashcard(a_unit_id("cloze"), said, CardForm.CLOZE, "The ____ is green.", "chloroplast", "chloroplast"),
        concept(document, "starch"),
        link(document, "chloroplast", "leaf"),
        Gap(a_unit_id("gap"), said, "stoma", parts=(more,)),
        *(question(document, form) for form in QuestionForm if form is not QuestionForm.CHOICE),
        question(document, QuestionForm.CHOICE, misconceptions=wrong),
        HintRung(a_unit_id("hint"), said, 0, "Look at the leaf."),
        VariantSentence(a_unit_id("v"), said, said.text),
        GuideEntry(a_unit_id("g"), said, GuidePart.TERM, "chloroplast"),
        FaqEntry(a_unit_id("f"), said, "What is a chloroplast?", (more,)),
        ExampleStep(a_unit_id("e"), said, 0, "A leaf", StepRole.STEP),
        ExplanationSentence(a_unit_id("x"), said, Way.MEANING, "A kitchen."),
    ]


def an_aid(document: Document, kind: Kind, *units: Unit, **changes: Any) -> Artifact:
    """Make a study aid of the first section."""
    given: dict[str, Any] = {
        "id": ArtifactId(stable_id("aid", kind, changes.get("section", 0))),
        "section": 0,
        "title": "Making sugar",
        "provenance": Provenance(),
        "status": ArtifactStatus.PUBLISHED,
        "created_at": NOW,
    }
    return Artifact(kind=kind, document_id=document.id, units=units, **{**given, **changes})
