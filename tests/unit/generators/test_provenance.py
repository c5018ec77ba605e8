"""A whole reading's study aid says who wrote its parts."""

from dataclasses import replace

from domain.documents import Document
from domain.ids import ArtifactId
from domain.material import Artifact, ArtifactStatus, Hand, Kind, Provenance, Writer
from domain.outcomes import Served
from domain.scope import EVERYTHING
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from generators.provenance import join_provenance
from tests.builders import NOW, a_document
from tests.pipeline_tools import a_request
from tests.unit.generators.aids import sentence

NOTE = "The language model did not answer, so this was made without it, from the reading's own sentences."
PART = Artifact(ArtifactId("a"), Kind.SUMMARY, a_document().id, 0, "", (), Provenance(), ArtifactStatus.PUBLISHED, NOW)
FIRST = replace(PART, provenance=Provenance(Writer.MODEL, "summary", 1, "c" * 64, "one"))
SECOND = replace(PART, provenance=replace(FIRST.provenance, prompt_version=2, model="two"))
FALLEN = replace(PART, provenance=Provenance(note=NOTE))


def test_what_a_model_wrote_in_part_says_so() -> None:
    """The model, its prompt and the reason that a section was made without it are those of the parts."""
    joined = join_provenance([FIRST, FALLEN, FALLEN])

    note = f"2 of 3 sections were made without the language model. {NOTE}"
    assert joined == replace(FIRST.provenance, note=note)


def test_several_models_are_named() -> None:
    """Of parts by two models both are named, under the later prompt."""
    joined = join_provenance([FIRST, SECOND, FIRST])

    assert (joined.model, joined.note) == ("one, two", "")
    assert join_provenance([FIRST, SECOND]).prompt_version == 2


def test_single_parts_of_another_writer_are_told(plants: Document) -> None:
    """Where a section has parts that another made than its rest, the whole says so, and names no part of a person's."""
    own = sentence(plants, "Chlorophyll")
    hands = (Hand(own.id, maker=Provenance()),)
    mixed = replace(FIRST, units=(own,), hands=hands)
    edited = replace(mixed, units=(replace(own, claim=replace(own.claim, by_person=True)),))
    other = replace(PART, units=(own,), hands=(Hand(own.id, maker=FIRST.provenance),))

    assert join_provenance([mixed]).note == "In some sections single parts were made without a language model."
    assert join_provenance([other]).note == "In some sections single parts were made by a language model."
    assert join_provenance([edited]) == FIRST.provenance


def test_what_no_model_wrote_keeps_its_reason() -> None:
    """Without a model the built-in writer wrote the whole, for the reasons of its parts, each said once."""
    assert join_provenance([FALLEN, FALLEN]) == FALLEN.provenance
    assert join_provenance([PART]) == join_provenance([]) == Provenance()


def test_a_whole_reading_keeps_the_provenance_of_its_parts(tools: Tools, plants: Document) -> None:
    """The note of a section that fell back stands on the whole reading's aid too."""
    for section in (0, 1):
        outcome = generate(a_request(plants, section=section), KINDS[Kind.SUMMARY], tools)
        assert isinstance(outcome, Served)
        with tools.store(EVERYTHING) as work:
            provenance = (FIRST, FALLEN)[section].provenance
            work.material.save(replace(outcome.artifact, provenance=provenance))
            work.commit()

    whole = generate(a_request(plants, section=None), KINDS[Kind.SUMMARY], tools)

    assert isinstance(whole, Served)
    assert whole.artifact.provenance == join_provenance([FIRST, FALLEN])
