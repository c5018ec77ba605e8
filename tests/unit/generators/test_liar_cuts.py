"""A model that lies only by leaving something out of true sentences: in no kind of material is such a lie served."""

import pytest

from domain.documents import Document
from domain.material import Kind
from generators.pipeline import Tools
from tests.pipeline_tools import save_plants
from tests.scripted_server import Say, ScriptedServer
from tests.unit.generators.test_liar import lying, made, said_by

LIES = {
    "governing verb": ("The harbour rule forbids sailors to feed the gulls.", "Sailors feed the gulls."),
    "attempt": ("Captain Brandt tried to reach the northern cape.", "Captain Brandt reached the northern cape."),
    "order": ("The admiral ordered her crew to burn the sails.", "Her crew burn the sails."),
    "saying": ("Ptolemy said that the sun goes round the earth.", "The sun goes round the earth."),
    "head": ("The lack of fresh water harms the crew.", "Fresh water harms the crew."),
    "kin": ("The brother of the queen lost the royal ships.", "The queen lost the royal ships."),
    "clause": ("Ropes that hold the mast are called shrouds.", "Ropes are called shrouds."),
    "adjective": ("Fake amber is made of yellow plastic.", "Amber is made of yellow plastic."),
    "former": ("The former harbour master sells charts.", "The harbour master sells charts."),
    "aside": ("Seals, unlike herrings, breathe air.", "Herrings breathe air."),
    "exception": ("Apart from the pilot, every sailor sleeps at noon.", "Every sailor sleeps at noon."),
    "fiction": ("In old tales, mermaids sing to the sailors.", "Mermaids sing to the sailors."),
    "time": ("Before the reform, women could not steer ships.", "Women could not steer ships."),
}  # fmt: skip


@pytest.fixture
def harbour(model_tools: Tools) -> Document:
    truths = " ".join(truth for truth, _ in LIES.values())
    return save_plants(model_tools, ("**Harbours** shelter ships from storms.", truths))


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.FLASHCARDS, Kind.FAQ, Kind.STUDY_GUIDE, Kind.LESSON_VARIANT])
def test_what_leaves_too_much_out_is_not_served(
    model_tools: Tools, harbour: Document, endpoint: ScriptedServer, kind: Kind
) -> None:
    """No true sentence without what governs or limits it is shown, told again when it is sent back."""
    said = [(number, lie) for number, (_, lie) in enumerate(LIES.values(), start=1)]
    endpoint.script = [Say(lying(kind, said))]

    artifact = made(model_tools, harbour, kind)

    stated = [said_by(unit, artifact).casefold() for unit in artifact.units] if artifact else []
    shown = [text for text in stated for _, lie in LIES.values() if text.startswith(lie.casefold())]
    assert endpoint.requests
    assert shown == []


def test_the_whole_sentences_are_served(model_tools: Tools, harbour: Document, endpoint: ScriptedServer) -> None:
    """The same sentences with nothing left out make a summary."""
    said = [(number, truth) for number, (truth, _) in enumerate(LIES.values(), start=1)][:4]
    endpoint.script = [Say(lying(Kind.SUMMARY, said))]

    artifact = made(model_tools, harbour, Kind.SUMMARY)

    assert artifact is not None
    assert [unit.claim.text for unit in artifact.units] == [truth for _, truth in said]
