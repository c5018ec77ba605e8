"""Study aids of every kind to take away, with all that makes files hard: formulas, markup, many scripts, pictures."""

import io

from domain.claims import Claim
from domain.documents import Box, Citation, Span
from domain.guides import ExampleStep, FaqEntry, GuideEntry, GuidePart, StepRole
from domain.ids import ArtifactId, DocumentId, UnitId, stable_id
from domain.material import (
    Artifact,
    ArtifactStatus,
    CardForm,
    Concept,
    Flashcard,
    Gap,
    Gloss,
    Kind,
    Occlusion,
    Provenance,
    Relation,
    RelationType,
    SummarySentence,
    Unit,
    VariantSentence,
)
from domain.questions import Bloom, Misconception, Pair, Question, QuestionForm
from generators.exports.origin import Origin
from generators.mapping.concept_graph import draw as draw_map
from tests.builders import NOW, a_document

DOCUMENT = a_document().id
ROOTS = r"The roots are $x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}$, and $5 is money."
HOSTILE = '<script>alert(1)</script> #strong[x] *b* [c](d) ~e {f} =g: "h" $<i>x^2</i>$ \\n'


def an_id(name: object) -> UnitId:
    """The same id for the same name."""
    return UnitId(stable_id("exported", name))


def a_claim(text: str, *pages: int) -> Claim:
    """A claim whose quote is its text, on the pages given (page 3 without)."""
    citations = tuple(Citation(Span(DOCUMENT, page, 0, len(text)), text) for page in pages or (3,))
    return Claim(text, citations)


def an_aid(kind: Kind, *units: Unit, title: str = "Light and leaves", drawing: str = "") -> Artifact:
    """A study aid of a section."""
    status = ArtifactStatus.PUBLISHED
    return Artifact(ArtifactId("1" * 32), kind, DOCUMENT, 0, title, units, Provenance(), status, NOW, drawing=drawing)


def a_picture(_document_id: DocumentId = DOCUMENT, _page: int = 1, _part: int = 0) -> bytes:
    """A figure: a black square at the right on white, as JPEG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(image).rectangle((150, 40, 170, 60), fill="black")
    written = io.BytesIO()
    image.save(written, "JPEG", quality=95)
    return written.getvalue()


def a_card(
    front: str = "What is a delta?", back: str = "flat piece of land", form: CardForm = CardForm.FACT
) -> Flashcard:
    """A card that is cited to page 3."""
    return Flashcard(an_id(front), a_claim(f"{front} {back}"), form, front, back, "delta")


COVERED = Flashcard(
    an_id("covered"),
    a_claim("Figure 1. A chloroplast."),
    CardForm.IMAGE,
    "What is covered?",
    "chloroplast",
    "chloroplast",
    Occlusion(3, 0, Box(0.7, 0.35, 0.9, 0.65)),
)
CARDS = (
    a_card(),
    a_card("Leaves are green because of _____.", "chlorophyll", CardForm.CLOZE),
    a_card("What are the roots of $ax^2+bx+c=0$?", r"$$x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}$$"),
    COVERED,
    a_card("ما هو الضوء؟", "طاقة كهرومغناطيسية"),
    a_card("光是什么？", "一种电磁波"),
    a_card("מהו אור?", "קרינה"),
    a_card("Say a long thing. " * 20, "A long answer. " * 40),
    a_card(HOSTILE, HOSTILE),
)
CHOICE = Question(
    an_id("choice"),
    a_claim("Leaves are green."),
    QuestionForm.CHOICE,
    "What colour are leaves at $x<5$?",
    "green",
    ("red", "green", "blue"),
    concepts=("leaf, green",),
    misconceptions=(Misconception("red", "thinks of autumn"),),
    bloom=Bloom.REMEMBER,
    difficulty=0.3,
)
FALSE = Question(
    an_id("false"), a_claim("The Nile is in Africa."), QuestionForm.TRUE_FALSE, "The Nile is in Asia.", "False",
    ("True", "False"), key_points=("in Africa, not Asia",),
)  # fmt: skip
TRUE = Question(
    an_id("true"), a_claim("Water is wet."), QuestionForm.TRUE_FALSE, "Water is wet.", "True", ("True", "False")
)
CLOZE = Question(
    an_id("cloze"), a_claim("Leaves hold chlorophyll."), QuestionForm.CLOZE, "Leaves hold _____ and light.",
    "chlorophyll", accepted=("chlorophyl*",),
)  # fmt: skip
SHORT = Question(an_id("short"), a_claim("Water is H2O."), QuestionForm.SHORT, "What is water?", "H2O")
OPEN = Question(
    an_id("open"), a_claim("Plants need light."), QuestionForm.SHORT, "Why do plants die in the dark?",
    "They lack light.", key_points=("Light gives energy", "Energy makes sugar"),
)  # fmt: skip
ORDER = Question(
    an_id("order"), a_claim("A seed sprouts."), QuestionForm.ORDERING, "Put in order.", "seed, sprout, tree",
    ("tree", "seed", "sprout"), sequence=("seed", "sprout", "tree"), parts=(a_claim("A sprout grows.", 4),),
)  # fmt: skip
MATCH = Question(
    an_id("match"), a_claim("Paris is the capital of France."), QuestionForm.MATCHING, "Match.", "France: Paris",
    ("Rome", "Paris", "Oslo = city"),
    pairs=(Pair("France", "Paris"), Pair("Italy", "Rome"), Pair("Norway: ~x -> y", "Oslo = city")),
)  # fmt: skip
STRANGE = Question(an_id("strange"), a_claim(HOSTILE), QuestionForm.CHOICE, HOSTILE, HOSTILE, (HOSTILE, "other"))
QUESTIONS = (CHOICE, FALSE, TRUE, CLOZE, SHORT, OPEN, ORDER, MATCH, STRANGE)

_CONCEPTS = [Concept(an_id(name), a_claim(f"{name} is a thing."), name) for name in ("force", "work", "<energy>")]
_RELATIONS = [
    Relation(an_id("r1"), a_claim("Force is needed for work."), "force", "work", RelationType.NEEDS),
    Relation(an_id("r2"), a_claim("Work gives energy."), "work", "<energy>", RelationType.CAUSES, "gives"),
]
_GAPS = [
    Gap(an_id("g1"), a_claim("It uses entropy."), "entropy", 2, (a_claim("Entropy is disorder.", 9),)),
    Gap(an_id("g2"), a_claim("It uses heat."), "heat"),
]
_FAQ = FaqEntry(an_id("f"), a_claim("It is a wave."), "What is light?", (a_claim("It moves."),))
_GLOSSES = (Gloss("wave", "a moving shape"),)
MAP_UNITS: tuple[Unit, ...] = (*_CONCEPTS, *_RELATIONS, *_GAPS)

AIDS = {
    Kind.SUMMARY: an_aid(
        Kind.SUMMARY,
        SummarySentence(an_id("s1"), a_claim("Leaves are green.", 2)),
        SummarySentence(an_id("s2"), a_claim("Light gives energy.", 3, 1), is_key_point=True),
        SummarySentence(an_id("s3"), a_claim(ROOTS), is_gist=True),
        SummarySentence(an_id("s4"), a_claim(HOSTILE), objective="Say what light is"),
    ),
    Kind.FLASHCARDS: an_aid(Kind.FLASHCARDS, *CARDS),
    Kind.CONCEPT_MAP: an_aid(Kind.CONCEPT_MAP, *MAP_UNITS, drawing=draw_map([*_CONCEPTS, *_RELATIONS], "Mechanics")),
    Kind.QUIZ: an_aid(Kind.QUIZ, *QUESTIONS),
    Kind.STUDY_GUIDE: an_aid(
        Kind.STUDY_GUIDE,
        GuideEntry(an_id("e1"), a_claim("Say what light is."), GuidePart.OBJECTIVE, "Say what light is."),
        GuideEntry(an_id("e2"), a_claim("Light is a wave."), GuidePart.TERM, "light"),
        GuideEntry(an_id("e3"), a_claim("The war ended in 1945."), GuidePart.EVENT, "1945", 1945),
        GuideEntry(an_id("e4"), a_claim("Caesar died in 44 BC."), GuidePart.EVENT, "44 BC", -44),
        GuideEntry(an_id("e5"), a_claim("It was long ago."), GuidePart.EVENT, "long ago"),
    ),
    Kind.FAQ: an_aid(Kind.FAQ, _FAQ),
    Kind.WORKED_EXAMPLES: an_aid(
        Kind.WORKED_EXAMPLES,
        ExampleStep(an_id("w1"), a_claim("Solve $x+1=2$."), 0, "Example 1", StepRole.PROBLEM),
        ExampleStep(an_id("w2"), a_claim("Take 1 away."), 0, "Example 1", StepRole.STEP),
        ExampleStep(an_id("w3"), a_claim("Then $x=1$."), 0, "Example 1", StepRole.RESULT),
    ),
    Kind.LESSON_VARIANT: an_aid(
        Kind.LESSON_VARIANT,
        VariantSentence(an_id("v1"), a_claim("Light is a wave."), "Light propagates.", _GLOSSES),
        VariantSentence(an_id("v2"), Claim("It is fast.", (), by_person=True), "It is quick."),
    ),
}


def an_origin(reading: str = "How plants live", language: str = "en") -> Origin:
    """A reading with a figure on every page."""
    return Origin(reading, language, a_picture)
