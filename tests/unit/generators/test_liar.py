"""A model that lies on purpose, over a real client: in no kind of material, after repair, is anything false served."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from domain.documents import Document
from domain.material import Artifact, Kind, Unit, Writer, claims_of
from domain.outcomes import Served
from domain.people import Role
from generators.kinds.registry import KINDS
from generators.model.replies import schema_of
from generators.pipeline import Tools, generate
from safety.release import words_of
from tests.builders import a_person
from tests.pipeline_tools import a_request, reply
from tests.scripted_server import Say, ScriptedServer

LIES = {
    "number": (7, "A large tree can lose 900 litres of water on a hot day.", "900"),
    "number word": (3, "Three guard cells open and close each stoma.", "three guard"),
    "unit": (7, "A large tree can lose 400 barrels of water on a hot day.", "barrels"),
    "name": (5, "Water rises from the roots through narrow tubes called phloem.", "phloem"),
    "negation": (6, "Xylem is not made of dead cells with thick walls.", "not made"),
    "lack": (6, "Xylem lacks dead cells with thick walls.", "lacks"),
    "quantifier": (2, "A stoma is the only small opening in the skin of a leaf.", "only small"),
    "comparative": (4, "In dry air the guard cells close the stoma and the plant loses more water.", "more water"),
    "opposite": (6, "Xylem is made of dead cells with thin walls.", "thin walls"),
    "subject and object": (3, "Each stoma opens and closes two guard cells.", "stoma opens"),
    "passive turned round": (3, "Two guard cells are opened and closed by each stoma.", "cells are opened"),
    "done by nobody named": (4, "When the air is dry, the guard cells are closed.", "cells are closed"),
    "known but not said": (5, "Xylem is a tissue that carries water and minerals and holds up the stem.", "tissue"),
    "about a word mentioned": (3, "Guard cells are cells that swell when they take in water.", "swell"),
    "changed places": (1, "Transpiration is the loss of a plant from water through its leaves.", "loss of a plant"),
    "list member": (4, "When the air is dry, the guard cells close the xylem.", "the xylem"),
    "term": (6, "Transpiration is made of dead cells with thick walls.", "transpiration is made"),
    "invention": (5, "Isaac Newton found in 1687 that water rises from the roots.", "newton"),
}  # fmt: skip
TRUE = (
    (1, "Transpiration is the loss of water from a plant through its leaves."),
    (2, "A stoma is a small opening in the skin of a leaf."),
    (6, "Xylem is made of dead cells with thick walls."),
)


def build(schema: Mapping[str, Any], said: Sequence[tuple[int, str]], parts: Mapping[str, Any]) -> Any:
    """Fill any reply's schema: each text is the sentence, each number its source; the outer list has one for each."""
    schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "properties" in schema:
        return {name: build(field, said, parts) for name, field in schema["properties"].items()}
    if "items" in schema:
        return [build(schema["items"], [one], parts) for one in said]
    source, text = said[0]
    return schema["enum"][0] if "enum" in schema else {"string": text, "boolean": True}.get(schema["type"], source)


def lying(kind: Kind, said: Sequence[tuple[int, str]]) -> str:
    """A reply of a kind that says just these sentences."""
    schema = schema_of(KINDS[kind].reply)
    return reply(**build(schema, said, schema.get("$defs", {})))


def made(tools: Tools, document: Document, kind: Kind) -> Artifact | None:
    request = a_request(document, kind, 1, person=a_person(Role.TEACHER), text="What is transpiration?")
    outcome = generate(request, KINDS[kind], tools)
    return outcome.artifact if isinstance(outcome, Served) else None


def lies_in(artifact: Artifact | None) -> list[str]:
    """The sorts of lies that an artifact states."""
    stated = [said_by(unit, artifact) for unit in artifact.units] if artifact else []
    return [sort for sort, (_, _, mark) in LIES.items() if any(mark in text for text in stated)]


def said_by(unit: Unit, artifact: Artifact) -> str:
    """What a unit states: all its words where a model wrote them; wrong options of the built-in writer are none."""
    is_models = artifact.provenance.writer is Writer.MODEL
    return (words_of(unit) if is_models else "\n".join(claim.text for claim in claims_of(unit))).casefold()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_liar_is_not_served(model_tools: Tools, plants: Document, endpoint: ScriptedServer, kind: Kind) -> None:
    """Of lies of every sort, told again when they are sent back, none is shown in any kind."""
    endpoint.script = [Say(lying(kind, [(source, lie) for source, lie, _ in LIES.values()]))]

    artifact = made(model_tools, plants, kind)

    assert endpoint.requests
    assert lies_in(artifact) == []


@pytest.mark.parametrize("sort", ["number", "negation", "subject and object"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_lie_among_truths_is_dropped(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, kind: Kind, sort: str
) -> None:
    """A model that lies in one sentence of four may keep the others, and the lie is not shown."""
    source, lie, _ = LIES[sort]
    endpoint.script = [Say(lying(kind, [*TRUE, (source, lie)]))]

    assert lies_in(made(model_tools, plants, kind)) == []


@pytest.mark.parametrize("sort", LIES)
def test_what_a_liar_is_caught_at_is_counted(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, sort: str
) -> None:
    """The summary keeps three true sentences of four and says that one was dropped, whatever the lie."""
    source, lie, _ = LIES[sort]
    endpoint.script = [Say(lying(Kind.SUMMARY, [*TRUE, (source, lie)]))]

    artifact = made(model_tools, plants, Kind.SUMMARY)

    assert artifact is not None
    assert artifact.provenance.writer is Writer.MODEL
    assert [unit.claim.text for unit in artifact.units] == [text for _, text in TRUE]
    assert artifact.dropped == 1
