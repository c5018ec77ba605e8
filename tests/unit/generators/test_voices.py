"""Statements in another voice than their source: honest ones pass, those whose roles changed places do not."""

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.ids import UnitId
from domain.material import CardForm, Kind, SummarySentence, Unit
from domain.outcomes import Verdict
from generators.compose.reading.parse import ParsedSection, Parser
from generators.kinds.flashcards import CardLine, CardsReply
from generators.kinds.registry import KINDS
from generators.model.replies import cite
from generators.model.scrutiny import judge
from generators.model.verb_forms import base_of, finite_forms, participles
from safety.grounding import Verifier
from tests.builders import a_document, some_evidence
from tests.pipeline_tools import a_request

MILLER = "The miller grinds the wheat at night."
GROUND = "The wheat is ground by the miller at night."
BEES = "Bees carry pollen from flower to flower."
CRANES = "In the harbour, three cranes lift the heavy crates."
DAM = "The dam holds back the river."
TIDE = "Salt crystals left by the tide cover the rocks."
SAW = "The pump drives the wheel, and the wheel drives the saw."
BOTH = "The pump drives the wheel, and the saw is driven by the wheel."
WALL = "The wall that the farmers built keeps the goats out."
MUST = "Divers must never touch the reef."
TURNS = "The wheel is driven by the pump and drives the saw."
DAWN = "The crates are lifted at dawn."
RIVER = "The herd walked by the river."
PARTS = "Charged grains are grains that hold salt, and charged grains pull the dust."
NAMED = "Grain that is ground by stones is called meal."
LAKE = "The loss of salt slows the lake."

CLAIMS = [
    (MILLER, "The wheat is ground by the miller at night.", True),
    (MILLER, "The wheat is ground at night.", True),
    (MILLER, "The miller is ground by the wheat at night.", False),
    (MILLER, "The miller is ground at night.", False),
    (MILLER, "The wheat grinds the miller.", False),
    (GROUND, "The miller grinds the wheat.", True),
    (GROUND, "The wheat grinds the miller at night.", False),
    (BEES, "Pollen is carried from flower to flower by bees.", True),
    (BEES, "Bees are carried by pollen from flower to flower.", False),
    (BEES, "Bees are carried from flower to flower.", False),
    (CRANES, "The heavy crates are lifted by three cranes in the harbour.", True),
    (CRANES, "Three cranes are lifted by the heavy crates in the harbour.", False),
    (CRANES, "Three cranes are lifted in the harbour.", False),
    (DAM, "The river is held back by the dam.", True),
    (DAM, "The dam is held back by the river.", False),
    (TIDE, "Salt crystals leave the tide.", False),
    (TIDE, "The rocks are covered by salt crystals.", True),
    (TIDE, "Salt crystals are covered by the rocks.", False),
    (SAW, "The saw is driven by the wheel.", True),
    (SAW, "The wheel is driven by the pump.", True),
    (SAW, "The wheel is driven by the saw.", False),
    (SAW, "The pump is driven by the wheel.", False),
    (BOTH, "The wheel is driven by the pump.", True),
    (BOTH, "The saw is driven by the wheel.", True),
    (BOTH, "The wheel is driven by the saw.", False),
    (WALL, "The farmers were built by the wall.", False),
    (MUST, "The reef must never be touched by divers.", True),
    (MUST, "Divers must never be touched by the reef.", False),
    (TURNS, "The wheel is driven by the pump.", True),
    (TURNS, "The pump is driven by the wheel.", False),
    (DAWN, "The crates are lifted at dawn.", True),
    (RIVER, "The herd walked by the river.", True),
    (LAKE, "The lake is lossed by salt.", False),
]


@pytest.fixture(scope="module")
def verifier(embedder: MiniLM) -> Verifier:
    return Verifier(embedder)


def passes(unit: Unit, kind: Kind, parsed: ParsedSection, verifier: Verifier) -> bool:
    return judge(unit, kind, parsed, verifier).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(("source", "text", "is_true"), CLAIMS)
def test_a_claim_keeps_who_does_it(
    parser: Parser, verifier: Verifier, source: str, text: str, *, is_true: bool
) -> None:
    """A statement passes in either voice exactly when it is done by the same and to the same."""
    parsed = parser.parse(some_evidence(source))
    unit = SummarySentence(UnitId("1"), Claim(text, cite(parsed, [1])), is_key_point=False)

    assert passes(unit, Kind.SUMMARY, parsed, verifier) is is_true


CARDS = [
    (MILLER, "By whom is the wheat ground at night?", "the miller", True),
    (MILLER, "What is ground by the miller?", "the wheat", True),
    (MILLER, "What is the miller ground by?", "the wheat", False),
    (MILLER, "Who is ground by the wheat?", "the miller", False),
    (GROUND, "What does the miller grind?", "the wheat", True),
    (GROUND, "Who grinds the wheat?", "the miller", True),
    (GROUND, "What does the wheat grind?", "the miller", False),
    (GROUND, "What grinds the miller?", "the wheat", False),
    (BEES, "What is carried by bees from flower to flower?", "pollen", True),
    (BEES, "What are bees carried by?", "pollen", False),
    (CRANES, "What is lifted by three cranes?", "the heavy crates", True),
    (CRANES, "How many cranes are the crates lifted by?", "three", True),
    (CRANES, "What is lifted in the harbour?", "three cranes", False),
    (CRANES, "What are three cranes lifted by?", "the heavy crates", False),
    (PARTS, "What are charged grains?", "grains that hold salt", True),
    (PARTS, "What is pulled by charged grains?", "the dust", True),
    (PARTS, "What is pulled by the dust?", "charged grains", False),
    (NAMED, "What is grain that is ground by stones called?", "meal", True),
    (NAMED, "What are stones that are ground by grain called?", "meal", False),
    (WALL, "What was built by the farmers?", "the wall", True),
    (WALL, "What were the farmers built by?", "the wall", False),
]


@pytest.mark.parametrize(("source", "front", "back", "is_true"), CARDS)
def test_a_card_keeps_who_does_it(
    parser: Parser, verifier: Verifier, source: str, front: str, *, back: str, is_true: bool
) -> None:
    """Questions in either voice pass exactly when their answer is what the reading says."""
    parsed = parser.parse(some_evidence(source))
    line = CardLine(form=CardForm.FACT, term="", front=front, back=back, statement=source, sources=[1])
    kind = KINDS[Kind.FLASHCARDS]
    unit = kind.read(CardsReply(cards=[line]), parsed, a_request(a_document(), Kind.FLASHCARDS)).units[0]

    assert passes(unit, Kind.FLASHCARDS, parsed, verifier) is is_true


@pytest.mark.parametrize(
    ("base", "finite", "participle"),
    [
        ("grind", {"grind", "grinds", "ground"}, {"ground"}),
        ("eat", {"eat", "eats", "ate"}, {"eaten"}),
        ("carry", {"carry", "carries", "carried"}, {"carried"}),
        ("play", {"play", "plays", "played", "playyed"}, {"played", "playyed"}),
        ("store", {"store", "stores", "stored"}, {"stored"}),
        ("stop", {"stop", "stops", "stoped", "stopped"}, {"stoped", "stopped"}),
        ("wash", {"wash", "washes", "washed", "washhed"}, {"washed", "washhed"}),
    ],
)
def test_forms_are_made_of_the_base(base: str, finite: set[str], participle: set[str]) -> None:
    """Every form that is written is among those made; some that nobody writes do no harm."""
    assert finite_forms(base) == finite
    assert participles(base) == participle


@pytest.mark.parametrize(
    ("word", "base"), [("driven", "drive"), ("took", "take"), ("studied", "study"), ("tied", "tied"), ("leaf", "leaf")]
)
def test_forms_lead_back_to_the_base(word: str, base: str) -> None:
    """Irregular forms and those in "ied" meet their base; other words stay as they are."""
    assert base_of(word) == base
