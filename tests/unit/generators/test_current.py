"""Whether an aid was made from what would be used now."""

from dataclasses import replace

import pytest

from domain.consent import Purpose
from domain.documents import Document
from domain.ids import DocumentId, PersonId
from domain.material import Artifact, Kind
from domain.outcomes import Served
from domain.scope import EVERYTHING
from generators import current
from generators.budget import Cap, Caps
from generators.current import is_current
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from tests.builders import a_person, allow
from tests.pipeline_tools import LIGHT, WATER, a_request, reply, save_plants
from tests.scripted_server import Fail, Say, ScriptedServer

GOOD = {"text": "Chlorophyll is the green pigment.", "sources": [4], "is_key_point": True, "is_gist": True}
LIE = {"text": "Napoleon discovered chlorophyll.", "sources": [4], "is_key_point": True, "is_gist": True}


def made(tools: Tools, request: Request) -> Artifact:
    outcome = generate(request, KINDS[request.kind], tools)
    assert isinstance(outcome, Served)
    with tools.store(EVERYTHING) as work:
        work.material.save(outcome.artifact)
        work.commit()
    return outcome.artifact


def jobs(document: Document, kind: Kind = Kind.SUMMARY, section: int | None = 0) -> Request:
    """What the job asks for."""
    return replace(a_request(document, kind, section), person=None)


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.CONCEPT_MAP])
def test_what_was_made_of_the_same_is_current(tools: Tools, plants: Document, kind: Kind) -> None:
    """A section's aid and the whole's are current until what they are made of changes."""
    section = made(tools, jobs(plants, kind))
    assert section.evidence_hash
    assert is_current(section, jobs(plants, kind), tools)
    whole = made(tools, jobs(plants, kind, None))
    assert is_current(whole, jobs(plants, kind, None), tools)

    made(tools, jobs(plants, kind, 1))

    assert is_current(section, jobs(plants, kind), tools)
    assert not is_current(whole, jobs(plants, kind, None), tools)


def test_another_kind_or_section_is_another_thing(tools: Tools, plants: Document) -> None:
    """An aid is current as what it is alone."""
    artifact = made(tools, jobs(plants))

    assert not is_current(artifact, jobs(plants, Kind.QUIZ), tools)
    assert not is_current(artifact, jobs(plants, section=1), tools)
    assert not is_current(replace(artifact, evidence_hash=""), jobs(plants), tools)


def test_other_words_make_it_old(tools: Tools, plants: Document) -> None:
    """When the reading's words change, what was made of them is no longer current; the other section's is."""
    first, second = made(tools, jobs(plants)), made(tools, jobs(plants, section=1))

    save_plants(tools, texts=(LIGHT, WATER.replace("400", "500")))

    assert is_current(first, jobs(plants), tools)
    assert not is_current(second, jobs(plants, section=1), tools)


def test_another_version_of_the_writer_makes_it_old(
    tools: Tools, plants: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the built-in writer's version is raised, all that it made is made anew."""
    artifact = made(tools, jobs(plants))

    monkeypatch.setattr(current, "BUILT_IN", "built-in 999")

    assert not is_current(artifact, jobs(plants), tools)


def test_a_model_that_came_makes_the_built_in_writers_old(
    tools: Tools, model_tools: Tools, plants: Document, endpoint: ScriptedServer
) -> None:
    """What was made without a model is made anew with one, and is current then; kinds that are joined stay."""
    endpoint.script = [Say(reply(sentences=[GOOD]))]
    before, whole = made(tools, jobs(plants)), made(tools, jobs(plants, section=None))

    assert not is_current(before, jobs(plants), model_tools)
    assert is_current(whole, jobs(plants, section=None), model_tools)
    assert is_current(made(model_tools, jobs(plants)), jobs(plants), model_tools)


def test_what_will_pass_is_tried_again(model_tools: Tools, plants: Document, endpoint: ScriptedServer) -> None:
    """What the built-in writer made because the model was busy or over its cap is not current."""
    endpoint.script = [Fail(404)]
    busy = made(model_tools, jobs(plants))
    dear = replace(model_tools, budget=replace(model_tools.budget, caps=Caps(overall=Cap(tokens=0))))

    over = made(dear, jobs(plants))

    assert not is_current(busy, jobs(plants), model_tools)
    assert not is_current(over, jobs(plants), model_tools)


def test_what_will_not_pass_is_not_tried_again(model_tools: Tools, plants: Document, endpoint: ScriptedServer) -> None:
    """When the model's own answer could not be used, the same question is not asked of it again."""
    endpoint.script = [Say(reply(sentences=[LIE]))]

    assert is_current(made(model_tools, jobs(plants)), jobs(plants), model_tools)


def test_what_may_not_leave_is_current_without_the_model(model_tools: Tools) -> None:
    """Where a student's own reading may not be sent, the built-in writer's aid is the one that there is to be."""
    owner = a_person(id=PersonId("5" * 32), name="Shy", email="shy@school.example")
    with model_tools.store(EVERYTHING) as work:
        work.people.save_person(owner)
        work.commit()
    document = save_plants(
        model_tools,
        id=DocumentId("9" * 32),
        owner_id=owner.id,
        class_id=None,
        content_hash="9" * 64,
        is_screened=True,
    )
    artifact = made(model_tools, jobs(document))

    assert is_current(artifact, jobs(document), model_tools)

    with model_tools.store(EVERYTHING) as work:
        allow(work, owner, [Purpose.MODEL_PROVIDER])
        work.commit()
    assert not is_current(artifact, jobs(document), model_tools)
