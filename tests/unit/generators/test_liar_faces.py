"""True statements behind false faces: what front and back, stem and answer, label and statement say is judged too."""

from collections.abc import Sequence

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.documents import Document
from domain.guides import GuidePart
from domain.material import CardForm, Kind, Relation, RelationType, Writer
from domain.outcomes import Served, Verdict
from domain.questions import QuestionForm
from generators.compose.reading.parse import ParsedSection, Parser
from generators.kinds.concept_map import EdgeLine, MapReply
from generators.kinds.faq import FaqLine, FaqReply, FaqSentence
from generators.kinds.flashcards import CardLine, CardsReply
from generators.kinds.quiz import QuizReply
from generators.kinds.quiz_lines import ItemLine, QuestionLine
from generators.kinds.registry import KINDS
from generators.kinds.study_guide import GuideLine, GuideReply
from generators.model.replies import ReplyModel
from generators.model.scrutiny import judge
from generators.pipeline import Tools, generate
from safety.grounding import Verifier
from tests.builders import a_document, some_evidence
from tests.pipeline_tools import a_request, reply
from tests.scripted_server import Say, ScriptedServer

MILL = (
    "Chloroplasts hold 30 stacks and mitochondria hold 7 folds. "
    "Chlorophyll is not a sugar. "
    "Heat makes proteins unfold and acid makes milk stiff. "
    "The leaf takes in carbon dioxide from the air. "
    "The leaf takes in oxygen from the air at night. "
    "The wolf follows the hare in winter. "
    "Some sailors believed that whales guard the harbour. "
    "Amber is a hard yellow resin, and flint is a hard grey stone. "
    "A hinge is a joint that lets a door turn. "
    "When the tide falls, the crabs leave the pool. "
    "The miller grinds wheat because people need flour. "
    "The lack of salt spoils the bread. "
    "Fake amber is made of plastic. "
    "Before the reform, women mended sails."
)


@pytest.fixture(scope="module")
def parsed(parser: Parser) -> ParsedSection:
    return parser.parse(some_evidence(MILL))


@pytest.fixture(scope="module")
def verifier(embedder: MiniLM) -> Verifier:
    return Verifier(embedder)


def supported(kind: Kind, line: ReplyModel, parsed: ParsedSection, verifier: Verifier) -> bool:
    """Whether the first unit that is read of a reply passes."""
    unit = KINDS[kind].read(line, parsed, a_request(a_document(), kind)).units[0]
    return judge(unit, kind, parsed, verifier).verdict is Verdict.SUPPORTED


def statement(source: int) -> str:
    """Give a sentence of the reading by its number."""
    return MILL.split(". ")[source - 1].rstrip(".") + "."


FACES = {
    "another's number": ("How many folds do mitochondria hold?", "30", 1, False),
    "its own number": ("How many folds do mitochondria hold?", "7", 1, True),
    "the first number": ("How many stacks do chloroplasts hold?", "30", 1, True),
    "denied": ("What is chlorophyll?", "a sugar", 2, False),
    "joined across": ("What does heat make stiff?", "proteins", 3, False),
    "in one clause": ("What does acid make stiff?", "milk", 3, True),
    "turned round": ("What does the hare follow in winter?", "wolf", 6, False),
    "object": ("What does the wolf follow in winter?", "the hare", 6, True),
    "subject": ("What follows the hare in winter?", "wolf", 6, True),
    "believed": ("What do whales guard?", "the harbour", 7, False),
    "another's meaning": ("What is amber?", "a hard grey stone", 8, False),
    "its meaning": ("What is flint?", "a hard grey stone", 8, True),
    "a word alone": ("Amber", "a hard yellow resin", 8, True),
    "called": ("What is a joint that lets a door turn called?", "hinge", 9, True),
    "when": ("When do the crabs leave the pool?", "the tide falls", 10, True),
    "why": ("Why does the miller grind wheat?", "people need flour", 11, True),
    "head dropped": ("What spoils the bread?", "salt", 12, False),
    "head kept": ("What spoils the bread?", "The lack of salt", 12, True),
    "adjective dropped": ("What is amber made of?", "plastic", 13, False),
    "adjective kept": ("What is fake amber made of?", "plastic", 13, True),
    "frame dropped": ("Who mended sails?", "women", 14, False),
    "why not": ("Why do people grind wheat?", "people need flour", 11, False),
}


@pytest.mark.parametrize(("front", "back", "source", "is_true"), FACES.values(), ids=FACES)
def test_a_card_is_judged_by_its_faces(
    parsed: ParsedSection, verifier: Verifier, front: str, back: str, source: int, *, is_true: bool
) -> None:
    """A card passes where the reading says what front and back say together, however true its statement."""
    card = CardLine(form=CardForm.FACT, term="", front=front, back=back, statement=statement(source), sources=[source])

    assert supported(Kind.FLASHCARDS, CardsReply(cards=[card]), parsed, verifier) is is_true


@pytest.mark.parametrize(("front", "back", "source", "is_true"), FACES.values(), ids=FACES)
def test_a_short_answer_is_judged_with_its_question(
    parsed: ParsedSection, verifier: Verifier, front: str, back: str, source: int, *, is_true: bool
) -> None:
    """The same holds of questions that are answered in words."""
    line = QuestionLine(
        form=QuestionForm.SHORT, stem=front, options=[], answer=back, statement=statement(source), sources=[source]
    )

    assert supported(Kind.QUIZ, QuizReply(questions=[line]), parsed, verifier) is is_true


@pytest.mark.parametrize(("answer", "is_true"), [("30", False), ("7", True)])
def test_the_key_is_judged_with_its_stem(
    parsed: ParsedSection, verifier: Verifier, answer: str, *, is_true: bool
) -> None:
    """Of two numbers in one sentence the one that is counted is the key."""
    line = QuestionLine(
        form=QuestionForm.CHOICE,
        stem="How many folds do mitochondria hold?",
        options=["30", "7"],
        answer=answer,
        statement=statement(1),
        sources=[1],
    )

    assert supported(Kind.QUIZ, QuizReply(questions=[line]), parsed, verifier) is is_true


def test_a_gap_is_filled_and_judged(parsed: ParsedSection, verifier: Verifier) -> None:
    """A sentence with its gap filled by what stands elsewhere in the source falls."""
    line = QuestionLine(
        form=QuestionForm.CLOZE,
        stem="Mitochondria hold ____ folds.",
        options=[],
        answer="30",
        statement=statement(1),
        sources=[1],
    )
    right = line.model_copy(update={"answer": "7"})

    assert not supported(Kind.QUIZ, QuizReply(questions=[line]), parsed, verifier)
    assert supported(Kind.QUIZ, QuizReply(questions=[right]), parsed, verifier)


def test_what_the_section_says_elsewhere_is_not_keyed_false(parsed: ParsedSection, verifier: Verifier) -> None:
    """A statement that another sentence than the cited one says is true; one that none says may be keyed False."""
    line = QuestionLine(
        form=QuestionForm.TRUE_FALSE,
        stem="The leaf takes in carbon dioxide from the air.",
        options=[],
        answer="False",
        statement="The leaf takes in oxygen from the air.",
        sources=[5],
    )
    false = line.model_copy(update={"stem": "The leaf takes in nitrogen from the air."})

    assert not supported(Kind.QUIZ, QuizReply(questions=[line]), parsed, verifier)
    assert supported(Kind.QUIZ, QuizReply(questions=[false]), parsed, verifier)


def test_pairs_are_judged(parsed: ParsedSection, verifier: Verifier) -> None:
    """A term with what the reading denies of it is no pair."""
    said = (("Amber", "hard yellow resin", 8), ("flint", "hard grey stone", 8), ("hinge", "joint that lets turn", 9))
    items = [ItemLine(text=text, meaning=meaning, sources=[at]) for text, meaning, at in said]
    denied = ItemLine(text="Chlorophyll", meaning="sugar", sources=[2])
    line = QuestionLine(
        form=QuestionForm.MATCHING, stem="Match.", options=[], answer="", statement="", sources=[], items=tuple(items)
    )
    false = line.model_copy(update={"items": (*items[:2], denied)})

    assert supported(Kind.QUIZ, QuizReply(questions=[line]), parsed, verifier)
    assert not supported(Kind.QUIZ, QuizReply(questions=[false]), parsed, verifier)


@pytest.mark.parametrize(
    ("part", "label", "said", "source", "is_true"),
    [
        (GuidePart.TERM, "Mitochondria", "Mitochondria hold 30 stacks.", 1, False),
        (GuidePart.TERM, "Mitochondria", "Mitochondria hold 7 folds.", 1, True),
        (GuidePart.TERM, "grey stone", "Amber is a hard yellow resin, and flint is a hard grey stone.", 8, False),
        (GuidePart.KEY_QUESTION, "Why does heat make proteins stiff?", statement(3), 3, False),
        (GuidePart.KEY_QUESTION, "Why does the miller grind wheat?", statement(11), 11, True),
        (GuidePart.KEY_QUESTION, "What is chlorophyll?", statement(2), 2, True),
        (GuidePart.KEY_QUESTION, "When did women mend sails?", statement(14), 14, True),
        (GuidePart.KEY_QUESTION, "Why does salt spoil the bread?", statement(12), 12, False),
        (GuidePart.OBJECTIVE, "Explain why the miller grinds wheat", statement(11), 11, True),
    ],
)
def test_labels_of_a_guide_are_judged(
    parsed: ParsedSection, verifier: Verifier, part: GuidePart, label: str, *, said: str, source: int, is_true: bool
) -> None:
    """A statement joins no two clauses, a question takes nothing for granted, a term is what its statement is about."""
    line = GuideLine(part=part, label=label, statement=said, sources=[source])

    assert supported(Kind.STUDY_GUIDE, GuideReply(entries=[line]), parsed, verifier) is is_true


@pytest.mark.parametrize(
    ("question", "is_true"),
    [("Why does heat make proteins stiff?", False), ("What does heat make unfold?", True)],
)
def test_frequent_questions_take_nothing_for_granted(
    parsed: ParsedSection, verifier: Verifier, question: str, *, is_true: bool
) -> None:
    """A question that supposes what no clause says falls."""
    line = FaqLine(question=question, answer=[FaqSentence(text=statement(3), sources=[3])])

    assert supported(Kind.FAQ, FaqReply(entries=[line]), parsed, verifier) is is_true


@pytest.mark.parametrize("other", RelationType)
def test_a_model_changes_no_type_of_a_relation(parser: Parser, other: RelationType) -> None:
    """What the grammar found stands, whatever a model calls it."""
    said = "**Chlorophyll** is a part of the **chloroplast**. The **chloroplast** makes **sugar** in the **leaf**."
    parsed = parser.parse(some_evidence(said))
    kind, asked = KINDS[Kind.CONCEPT_MAP], a_request(a_document(), Kind.CONCEPT_MAP)
    found = next(unit for unit in kind.compose(parsed, asked).units if isinstance(unit, Relation))
    line = EdgeLine(candidate=1, type=other, phrase="was never")

    relations = [unit for unit in kind.read(MapReply(edges=[line]), parsed, asked).units if isinstance(unit, Relation)]

    assert relations == [found]


EMPTY: Sequence[tuple[Kind, dict[str, object]]] = (
    (Kind.SUMMARY, {"sentences": []}),
    (Kind.FLASHCARDS, {"cards": []}),
    (Kind.QUIZ, {"questions": []}),
    (Kind.STUDY_GUIDE, {"entries": []}),
    (Kind.FAQ, {"entries": [{"question": " ", "answer": []}]}),
    (Kind.CONCEPT_MAP, {"edges": []}),
)


@pytest.mark.parametrize(("kind", "said"), EMPTY, ids=[kind.value for kind, _ in EMPTY])
def test_an_empty_reply_refuses_nothing(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, kind: Kind, said: dict[str, object]
) -> None:
    """Where a model gives nothing at all the built-in writer writes."""
    endpoint.script = [Say(reply(**said))]

    outcome = generate(a_request(plants, kind), KINDS[kind], model_tools)

    assert isinstance(outcome, Served)
    assert outcome.artifact.provenance.writer is Writer.BUILT_IN
    assert outcome.artifact.units
