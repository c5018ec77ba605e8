"""What each kind makes of a model's reply; the path around it is tested with the pipeline."""

from dataclasses import replace

import pytest

from domain.material import CardForm, Flashcard, HintRung, Kind, Relation, RelationType, claims_of
from domain.questions import Question, QuestionForm
from generators.compose.reading.parse import ParsedSection, Parser
from generators.kinds.concept_map import EdgeLine, MapReply, without_circles
from generators.kinds.contract import Request
from generators.kinds.flashcards import CardLine, CardsReply
from generators.kinds.hints import HintsReply
from generators.kinds.lesson_variant import measure
from generators.kinds.quiz import QuizReply, rivals
from generators.kinds.quiz_lines import ItemLine, QuestionLine
from generators.kinds.registry import KINDS
from tests.builders import a_document, some_evidence
from tests.pipeline_tools import LIGHT, a_request
from tests.unit.generators.maps import a_concept, a_relation

CARD = CardLine(
    form=CardForm.DEFINITION,
    term="chlorophyll",
    front="chlorophyll",
    back="the green pigment",
    statement="Chlorophyll is the green pigment.",
    sources=[4],
)
ITEM = QuestionLine(
    form=QuestionForm.CHOICE,
    stem="What leaves the leaf through small openings?",
    options=["oxygen", "starch", "sugar"],
    answer="oxygen",
    statement="The oxygen leaves the leaf through small openings.",
    sources=[6],
)
GAP = ITEM.model_copy(
    update={"form": QuestionForm.CLOZE, "options": [], "stem": "The ____ leaves the leaf through small openings."}
)


@pytest.fixture
def parsed(parser: Parser) -> ParsedSection:
    return parser.parse(some_evidence(LIGHT))


def request(kind: Kind) -> Request:
    return a_request(a_document(), kind)


def test_a_good_card_is_cited(parsed: ParsedSection) -> None:
    """A card that keeps the rules carries its statement's source."""
    (card,) = KINDS[Kind.FLASHCARDS].read(CardsReply(cards=[CARD]), parsed, request(Kind.FLASHCARDS)).units

    assert isinstance(card, Flashcard)
    assert card.claim.citations[0].quote.startswith("Chlorophyll is the green pigment")


@pytest.mark.parametrize(
    "fault",
    [
        {"back": ""},
        {"front": " "},
        {"back": "green " * 41},
        {"back": "the blue pigment"},
        {"term": "starch"},
        {"front": "What did Napoleon call chlorophyll?"},
        {"front": "The green pigment"},
        {"front": "Chlorophyll is ____."},
        {"form": CardForm.CLOZE},
    ],
)
def test_a_card_that_breaks_a_rule_cites_nothing(parsed: ParsedSection, fault: dict[str, object]) -> None:
    """Empty or overlong faces, words beyond the statement, a front that tells, and misplaced gaps are cut off."""
    reply = CardsReply(cards=[CARD.model_copy(update=fault)])

    (card,) = KINDS[Kind.FLASHCARDS].read(reply, parsed, request(Kind.FLASHCARDS)).units

    assert card.claim.citations == ()


@pytest.mark.parametrize("line", [ITEM, GAP])
def test_a_good_question_is_cited(parsed: ParsedSection, line: QuestionLine) -> None:
    """A question that keeps the rules carries its statement's source; only choices have options."""
    (question,) = KINDS[Kind.QUIZ].read(QuizReply(questions=[line]), parsed, request(Kind.QUIZ)).units

    assert isinstance(question, Question)
    assert question.claim.citations[0].quote.startswith("The oxygen leaves")
    assert question.options == tuple(line.options)


@pytest.mark.parametrize(
    "fault",
    [
        {"options": ["oxygen"]},
        {"options": ["oxygen", "a", "b", "c", "d", "e"]},
        {"options": ["starch", "sugar"]},
        {"options": ["oxygen", "Oxygen", "sugar"]},
        {"options": ["oxygen", ""]},
        {"options": ["oxygen", "the spare sugar that is kept in the roots"]},
        {"stem": "What leaves the leaf, oxygen or sugar?"},
        {"stem": "What leaves the leaf through the front door?"},
        {"stem": "The ____ leaves the leaf."},
        {"answer": "starch"},
        {"answer": ""},
        {"form": QuestionForm.CLOZE},
    ],
)
def test_a_question_that_breaks_a_rule_cites_nothing(parsed: ParsedSection, fault: dict[str, object]) -> None:
    """Too few, too many, doubled, empty or uneven options, telling stems and unsaid answers are cut off."""
    reply = QuizReply(questions=[ITEM.model_copy(update=fault)])

    (question,) = KINDS[Kind.QUIZ].read(reply, parsed, request(Kind.QUIZ)).units

    assert question.claim.citations == ()


STATEMENT = ITEM.model_copy(
    update={"form": QuestionForm.TRUE_FALSE, "options": [], "stem": "The sugar leaves the leaf through small openings."}
    | {"answer": "false"}
)
POINTS = ITEM.model_copy(update={"form": QuestionForm.SHORT, "options": [], "points": ("oxygen",)})
STEPS = ITEM.model_copy(
    update={"form": QuestionForm.ORDERING, "options": [], "stem": "In what order does this happen?"}
    | {
        "items": tuple(
            ItemLine(text=text, meaning="", sources=[n]) for n, text in ((1, "Press"), (2, "Rest"), (3, "Eat"))
        )
    }
)
PARTS = ITEM.model_copy(
    update={"form": QuestionForm.MATCHING, "options": [], "stem": "Match each part with what it is."}
    | {
        "items": (
            ItemLine(text="Photosynthesis", meaning="process by which green plants make sugar", sources=[1]),
            ItemLine(text="chloroplast", meaning="small body inside the cells", sources=[3]),
            ItemLine(text="Chlorophyll", meaning="green pigment", sources=[4]),
        )
    }
)
ORDER = "First, a baker presses the dough. Then, the dough rests for hours. Finally, guests eat the bread."


def read(line: QuestionLine, parsed: ParsedSection) -> Question:
    (question,) = KINDS[Kind.QUIZ].read(QuizReply(questions=[line]), parsed, request(Kind.QUIZ)).units
    assert isinstance(question, Question)
    return question


def test_new_forms_are_read_and_cited(parser: Parser, parsed: ParsedSection) -> None:
    """Statements, points, orders and pairs that keep the rules become questions whose every claim is cited."""
    statement, points, pairs = read(STATEMENT, parsed), read(POINTS, parsed), read(PARTS, parsed)
    steps = read(STEPS, parser.parse(some_evidence(ORDER)))

    assert (statement.answer, statement.options, statement.key_points) == ("False", ("True", "False"), ("oxygen",))
    assert statement.stem.startswith("True or false? ")
    assert points.key_points == ("oxygen",)
    assert steps.sequence == ("Press", "Rest", "Eat")
    assert steps.options != steps.sequence
    assert pairs.terms == ("Photosynthesis", "chloroplast", "Chlorophyll")
    for question in (statement, points, steps, pairs):
        assert all(claim.citations for claim in claims_of(question))
        assert question.bloom is not None
        assert question.difficulty is not None


def test_a_true_statement_is_its_own_claim(parsed: ParsedSection) -> None:
    """What is said to be true is what must be found in the reading, whatever the model calls its statement."""
    line = STATEMENT.model_copy(update={"answer": "True", "stem": "True or false? The sugar leaves the leaf."})

    question = read(line, parsed)

    assert question.claim.text == "The sugar leaves the leaf."
    assert question.key_points == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (STATEMENT, {"answer": "maybe"}),
        (STATEMENT, {"stem": "The oxygen leaves the leaf through small openings."}),
        (STATEMENT, {"stem": "Napoleon lost a battle."}),
        (STATEMENT, {"stem": "", "answer": "True"}),
        (POINTS, {"points": ("gold",)}),
        (POINTS, {"points": (" ",)}),
        (STEPS, {}),
        (STEPS, {"items": STEPS.items[:2]}),
        (STEPS, {"items": ()}),
        (PARTS, {"items": PARTS.items[:2]}),
        (PARTS, {"items": (*PARTS.items[:2], PARTS.items[0])}),
        (PARTS, {"items": (*PARTS.items[:2], ItemLine(text="oxygen", meaning="oxygen of the leaf", sources=[6]))}),
        (PARTS, {"stem": " "}),
    ],
)
def test_new_forms_that_break_a_rule_cite_nothing(
    parsed: ParsedSection, line: QuestionLine, fault: dict[str, object]
) -> None:
    """No truth value, no change or too much of one, unsaid points, an order nobody proves, and pairs that tell."""
    assert read(line.model_copy(update=fault), parsed).claim.citations == ()


def test_rivals_put_wrong_options_in_the_answer_s_place(parsed: ParsedSection) -> None:
    """The statements that must not hold are the question's own with each wrong option."""
    (question,) = KINDS[Kind.QUIZ].read(QuizReply(questions=[ITEM]), parsed, request(Kind.QUIZ)).units

    assert isinstance(question, Question)
    assert [claim.text for claim in rivals(question)] == [
        "The starch leaves the leaf through small openings.",
        "The sugar leaves the leaf through small openings.",
    ]


def test_a_phrase_of_the_reading_s_own_is_taken_over(parser: Parser) -> None:
    """A model may put a relation in the words that stand between both ends, and its type stays."""
    parsed = parser.parse(some_evidence("The **chloroplast** is really a kind of **plastid** in the cells of a leaf."))
    kind = KINDS[Kind.CONCEPT_MAP]
    (edge,) = (unit for unit in kind.compose(parsed, request(Kind.CONCEPT_MAP)).units if isinstance(unit, Relation))
    line = EdgeLine(candidate=1, type=edge.type, phrase="is really a kind of")

    read = kind.read(MapReply(edges=[line]), parsed, request(Kind.CONCEPT_MAP)).units

    assert [unit for unit in read if isinstance(unit, Relation)] == [replace(edge, phrase="is really a kind of")]


def question_of(parsed: ParsedSection) -> Question:
    (question,) = KINDS[Kind.QUIZ].read(QuizReply(questions=[GAP]), parsed, request(Kind.QUIZ)).units
    assert isinstance(question, Question)
    return question


def test_hints_take_over_wordings_that_are_safe(parsed: ParsedSection) -> None:
    """A rung is reworded when the words ask one question, add nothing and leak nothing."""
    asked = replace(request(Kind.HINTS), question=question_of(parsed))
    kind = KINDS[Kind.HINTS]
    ladder = kind.compose(parsed, asked).units
    first = ladder[0]
    assert isinstance(first, HintRung)
    reworded = f"{first.text.replace('?', '.').rstrip('.')}?"

    worded = kind.read(HintsReply(hints=[reworded]), parsed, asked).units

    assert isinstance(worded[0], HintRung)
    assert worded[0].text == reworded
    assert worded[1:] == ladder[1:]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Look again.",
        "What leaves? Where from?",
        "Is it oxygen?",
        "What did Napoleon say of openings?",
        "leaf " * 61 + "?",
    ],
)
def test_hints_keep_the_built_in_words_otherwise(parsed: ParsedSection, text: str) -> None:
    """No words, no question, two questions, the answer, an invention or a sermon leave the rung as it was."""
    asked = replace(request(Kind.HINTS), question=question_of(parsed))
    kind = KINDS[Kind.HINTS]

    worded = kind.read(HintsReply(hints=[text] * 9), parsed, asked)

    assert worded == kind.compose(parsed, asked)


def test_hints_for_one_s_own_question_have_no_answer_to_leak(parsed: ParsedSection) -> None:
    """Without a quiz item the wording is held to the ladder's words alone."""
    asked = replace(request(Kind.HINTS), text="What does chlorophyll absorb?")
    kind = KINDS[Kind.HINTS]
    ladder = kind.compose(parsed, asked).units

    worded = kind.read(HintsReply(hints=["What is chlorophyll?"]), parsed, asked).units

    assert isinstance(worded[0], HintRung)
    assert worded[0].text == "What is chlorophyll?"
    assert worded[1:] == ladder[1:]
    assert "chlorophyll" in str(kind.inputs(parsed, asked)["question"])


@pytest.mark.parametrize("kind", [Kind.HINTS, Kind.ANSWER])
def test_what_belongs_to_a_question_is_not_combined(kind: Kind) -> None:
    """Hints and answers of the sections make none of the whole."""
    assert KINDS[kind].combine([], request(kind)).units == ()


def test_nothing_has_no_level() -> None:
    """A variant without sentences is not measured."""
    assert measure(()) is None
    assert KINDS[Kind.LESSON_VARIANT].combine([], request(Kind.LESSON_VARIANT)).levels is None


def test_names_of_a_model_close_no_circle() -> None:
    """Of prerequisites that lead back to where they began the last goes; other edges and concepts stay."""
    concepts = [a_concept(label) for label in ("seed", "root", "leaf")]
    pairs = [("seed", "root"), ("root", "leaf"), ("leaf", "seed")]
    needs = [a_relation(*pair, RelationType.NEEDS) for pair in pairs]
    other = a_relation("leaf", "root", RelationType.CAUSES)

    assert without_circles([*concepts, *needs, other]) == (*concepts, *needs[:2], other)
