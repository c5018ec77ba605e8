"""A whole put together by the model out of what was checked for its parts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.claims import Claim
from domain.documents import Document
from domain.ids import ArtifactId, UnitId, stable_id
from domain.interactions import Interaction
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, SummarySentence, Writer
from domain.outcomes import Outcome, Served
from domain.scope import EVERYTHING
from generators.evidence import gather_for
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from tests.builders import NOW
from tests.pipeline_tools import TITLES, a_request, reply, save_plants
from tests.scripted_server import Fail, Reply, Say, ScriptedServer

OWN_WORDS = "Green plants make sugar, says our teacher."


def save_parts(
    tools: Tools, document: Document, *, by_person: Sequence[int] = (), of: int = 2
) -> list[SummarySentence]:
    """Keep a summary of each section that has all its sentences, some in a person's words; give the sentences."""
    every: list[SummarySentence] = []
    with tools.store(EVERYTHING) as work:
        for section in range(of):
            parsed = tools.parser.parse(
                gather_for(a_request(document, section=section), tools.store, tools.retriever).evidence
            )
            units: list[SummarySentence] = []
            for sentence in parsed.sentences:
                place = len(every) + len(units)
                is_own = place in by_person
                claim = Claim(OWN_WORDS if is_own else sentence.text, parsed.cite(sentence.at), by_person=is_own)
                unit_id = UnitId(stable_id(document.id, place))
                units.append(SummarySentence(unit_id, claim, is_gist=not sentence.index))
            every += units
            work.material.save(
                Artifact(
                    ArtifactId(stable_id(document.id, "part", section)),
                    Kind.SUMMARY,
                    document.id,
                    section,
                    TITLES[section % 2],
                    tuple(units),
                    Provenance(Writer.MODEL, "summary", 2, "c" * 64, "m"),
                    ArtifactStatus.PUBLISHED,
                    NOW,
                )
            )
        work.commit()
    return every


def whole(tools: Tools, document: Document, **changes: Any) -> Outcome:
    return generate(
        replace(a_request(document, section=None), **{"person": None, **changes}), KINDS[Kind.SUMMARY], tools
    )


def artifact_of(outcome: Outcome) -> Artifact:
    assert isinstance(outcome, Served)
    return outcome.artifact


def chosen(artifact: Artifact) -> list[str]:
    return [unit.claim.text for unit in artifact.units]


def line(*numbers: int, text: str = "", is_gist: bool = False) -> dict[str, object]:
    return {"numbers": list(numbers), "text": text, "is_gist": is_gist}


def records(tools: Tools, document: Document) -> list[Interaction]:
    with tools.store(EVERYTHING) as work:
        return work.interactions.list_for(document.id)


def test_the_model_chooses_by_number(model_tools: Tools, plants: Document, endpoint: ScriptedServer) -> None:
    """The whole is the sentences that the model numbered, in the order of the reading, with one gist."""
    every = save_parts(model_tools, plants)
    endpoint.script = [Say(reply(sentences=[line(8, is_gist=True), line(1, is_gist=True), line(1, 3), line(99, 0)]))]

    artifact = artifact_of(whole(model_tools, plants))

    assert [unit.id for unit in artifact.units] == [every[0].id, every[2].id, every[7].id]
    assert [isinstance(unit, SummarySentence) and unit.is_gist for unit in artifact.units] == [False, False, True]
    assert (artifact.provenance.prompt, artifact.provenance.writer) == ("summary_whole", Writer.MODEL)
    assert artifact.dropped == 0
    assert "[14]" in endpoint.requests[0]["messages"][1]["content"]


def test_what_it_joins_is_verified(model_tools: Tools, plants: Document, endpoint: ScriptedServer) -> None:
    """Two sentences become one where the reading supports it, and stay two where it says something new."""
    every = save_parts(model_tools, plants)
    good = "Photosynthesis makes sugar and takes place in the chloroplast."
    lie = "Chlorophyll was discovered by Napoleon and needs the chloroplast."
    true = "The chloroplast is a small green body, and chlorophyll is the green pigment."
    endpoint.script = [Say(reply(sentences=[line(3, 4, text=true), line(5, 6, text=lie), line(7, text=good)]))]

    artifact = artifact_of(whole(model_tools, plants))

    assert chosen(artifact) == [true, *(every[place].claim.text for place in (4, 5, 6))]
    assert len(artifact.units[0].claim.citations) == 2


def test_it_brings_in_no_words(model_tools: Tools, plants: Document, endpoint: ScriptedServer) -> None:
    """Words beside a single number, or beside none, count for nothing."""
    every = save_parts(model_tools, plants)
    endpoint.script = [Say(reply(sentences=[line(2, text="Plants are made of gold."), line(text="Sand is sugar.")]))]

    assert chosen(artifact_of(whole(model_tools, plants))) == [every[1].claim.text]


def test_what_a_person_wrote_stands_and_stays_here(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer
) -> None:
    """A sentence in a teacher's own words is in the whole whatever the model chooses, and is not sent to it."""
    every = save_parts(model_tools, plants, by_person=[4])
    endpoint.script = [Say(reply(sentences=[line(1)]))]

    artifact = artifact_of(whole(model_tools, plants))

    assert chosen(artifact) == [every[0].claim.text, OWN_WORDS]
    assert "teacher" not in endpoint.requests[0]["messages"][1]["content"]


def test_marked_personal_data_stays_here(model_tools: Tools, endpoint: ScriptedServer) -> None:
    """What ingest marked as personal data is hidden in the sentences of parts too."""
    leaves = " ".join(f"Leaf {n} of the beech is green in the summer." for n in range(13))
    texts = [f"Write to green.house@garden.example about sugar. {leaves}"]
    document = save_plants(model_tools, texts=texts)
    save_parts(model_tools, document, of=1)
    endpoint.script = [Say(reply(sentences=[line(1)]))]

    whole(model_tools, document)

    sent = str(endpoint.requests)
    assert "[hidden]" in sent
    assert "garden.example" not in sent


def test_a_long_list_is_chosen_from_in_turns(model_tools: Tools, endpoint: ScriptedServer) -> None:
    """Where the parts' sentences do not fit at once, the model chooses in runs, and then among what it chose."""
    texts = [
        " ".join(f"Plant {n} of house {house} grows many leaves in every week of May." for n in range(60))
        for house in (1, 2)
    ]
    document = save_plants(model_tools, texts=texts)
    every = save_parts(model_tools, document)
    endpoint.script = [Reply(lambda _: reply(sentences=[line(2), line(5)]))]

    artifact = artifact_of(whole(model_tools, document))

    assert len(endpoint.requests) > 2
    assert 1 <= len(artifact.units) <= 2
    assert {unit.id for unit in artifact.units} <= {unit.id for unit in every}


def test_a_model_that_chooses_everything_is_given_up(model_tools: Tools, endpoint: ScriptedServer) -> None:
    """When a turn leaves no fewer sentences, the parts are put together by rule."""
    texts = [
        " ".join(f"Plant {n} of house {house} grows many leaves in every week of May." for n in range(8))
        for house in (1, 2)
    ]
    document = save_plants(model_tools, texts=texts)
    save_parts(model_tools, document)
    endpoint.script = [Reply(lambda _: reply(sentences=[line(place) for place in range(1, 13)]))]
    tools = replace(model_tools, asking=replace(model_tools.asking, window=2900))

    artifact = artifact_of(whole(tools, document))

    assert "takes in too little text" in artifact.provenance.note
    assert len(artifact.units) > 2


def test_a_sentence_too_long_for_the_model_is_put_in_by_rule(model_tools: Tools, endpoint: ScriptedServer) -> None:
    """Where one of the parts' sentences does not fit alone, the parts are put together without the model."""
    endless = " and ".join(f"photosynthesising chloroplasts{n}" for n in range(48))
    leaves = " ".join(f"Leaf {n} of the beech is green in the summer." for n in range(13))
    texts = [f"The gardener counted {endless}. {leaves}"]
    document = save_plants(model_tools, texts=texts)
    save_parts(model_tools, document, of=1)
    tools = replace(model_tools, asking=replace(model_tools.asking, window=3400))

    artifact = artifact_of(whole(tools, document))

    assert endpoint.requests == []
    assert "takes in too little text" in artifact.provenance.note


def test_without_an_answer_the_parts_are_put_together_by_rule(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer
) -> None:
    """When the model fails, the whole is made of the parts without it, and says so."""
    save_parts(model_tools, plants)
    endpoint.script = [Fail(404)]

    artifact = artifact_of(whole(model_tools, plants))

    note = "The language model did not answer, so the parts were put together without it."
    assert artifact.provenance.note == note
    assert artifact.provenance.writer is Writer.MODEL
    assert [record.failure for record in records(model_tools, plants)] == ["model_busy", ""]


@pytest.mark.parametrize("kind", [Kind.FLASHCARDS, Kind.SUMMARY], ids=["another kind", "few sentences"])
def test_nobody_is_asked_where_nothing_is_to_choose(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, kind: Kind
) -> None:
    """Kinds that are joined, and summaries whose parts are short, need no model for the whole."""
    save_parts(model_tools, plants, of=1)

    generate(replace(a_request(plants, kind, None), person=None), KINDS[kind], model_tools)

    assert endpoint.requests == []


def test_a_section_of_many_pieces_is_one_summary(model_tools: Tools, endpoint: ScriptedServer) -> None:
    """The pieces' sentences are chosen from as those of sections are, so that a long section has no longer summary."""
    sentences = [
        f"Plant number {n} in the green house grows {n} leaves in every single week of May." for n in range(120)
    ]
    document = save_plants(model_tools, texts=[" ".join(sentences)])

    def answer(user: str) -> str:
        lines = [one for one in user.replace("\u02c6", " ").splitlines() if one.startswith("[")]
        if "checked" in user:
            return reply(sentences=[line(1), line(len(lines), is_gist=True)])
        picked = [(words.partition("] ")[2], int(words[1:].partition("]")[0])) for words in lines[:3]]
        return reply(
            sentences=[{"text": text, "sources": [at], "is_key_point": False, "is_gist": True} for text, at in picked]
        )

    endpoint.script = [Reply(answer)]

    artifact = artifact_of(generate(replace(a_request(document), person=None), KINDS[Kind.SUMMARY], model_tools))

    assert len(endpoint.requests) == 4
    assert chosen(artifact)[0] == sentences[0]
    assert [isinstance(unit, SummarySentence) and unit.is_gist for unit in artifact.units] == [False, True]
