"""Whatever is done to a file, what moves along still cites what stands there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.documents import Citation, Page, ParsedDocument, RedactedDocument, Span
from domain.ids import ArtifactId, DocumentId, UnitId
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, SummarySentence
from ingest.chunking import split
from ingest.moving import Edition, Moves
from ingest.moving_aids import move_artifact
from ingest.parsers.flow import Block, build_page
from ingest.sections import build_sections
from tests.builders import NOW

ID = DocumentId("d" * 32)
WORDS = ("leaf", "root", "light", "water", "stone", "sugar")


def _page(number: int, part: tuple[str, list[str]]) -> Page:
    title, sentences = part
    return build_page(number, [Block(title, 1), *(Block(sentence) for sentence in sentences)])


def _edition(parts: list[tuple[str, list[str]]]) -> tuple[Edition, dict[int, Page]]:
    pages = tuple(_page(number, part) for number, part in enumerate(parts, 1))
    sections = build_sections(ID, "Plants", pages)
    chunks = split(RedactedDocument(ParsedDocument(ID, "Plants", "en", pages, sections), ()))
    return Edition(sections, chunks), {page.number: page for page in pages}


SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=40).map(lambda words: " ".join(words) + ".")
PARTS = st.lists(st.tuples(st.sampled_from(WORDS), st.lists(SENTENCES, min_size=1, max_size=4)), min_size=1, max_size=5)


def _aids(edition: Edition) -> list[Artifact]:
    """A summary of each chunk, in its section: its first word and its last."""
    aids = []
    for chunk in edition.chunks:
        first = Span(ID, chunk.span.page, chunk.span.start, chunk.span.start + 3)
        last = Span(ID, chunk.span.page, chunk.span.end - 3, chunk.span.end)
        claim = Claim("Both.", (Citation(first, chunk.text[:3]), Citation(last, chunk.text[-3:])))
        unit = SummarySentence(UnitId(chunk.id), claim)
        aids.append(
            Artifact(
                id=ArtifactId(chunk.id),
                kind=Kind.SUMMARY,
                document_id=ID,
                section=chunk.section,
                title="A part",
                units=(unit,),
                provenance=Provenance(),
                status=ArtifactStatus.PUBLISHED,
                created_at=NOW,
            )
        )
    return aids


@given(PARTS, st.data())
def test_what_moves_cites_what_stands_there(parts: list[tuple[str, list[str]]], data: st.DataObject) -> None:
    """Parts put in, taken out, changed and turned round: no citation is wrong, and nothing says anything else."""
    kept = data.draw(st.lists(st.sampled_from(parts), unique_by=id, max_size=len(parts)))
    new = data.draw(PARTS)
    after = data.draw(st.permutations([*kept, *new]))
    before_edition, _ = _edition(parts)
    after_edition, pages = _edition(after or parts)

    moves = Moves(before_edition, after_edition)
    moved = [one for artifact in _aids(before_edition) if (one := move_artifact(artifact, moves)) is not None]

    sections = {section.ordinal: section for section in after_edition.sections}
    said = {unit.id: unit for aid in _aids(before_edition) for unit in aid.units}
    for artifact in moved:
        assert artifact.section in sections
        (unit,) = artifact.units
        own = said[unit.id].claim.citations
        assert [one.quote for one in unit.claim.citations] == [one.quote for one in own]
        assert replace(unit, claim=replace(unit.claim, citations=own)) == said[unit.id]
        for citation in artifact.units[0].claim.citations:
            text = pages[citation.span.page].text
            assert text[citation.span.start : citation.span.end] == citation.quote


@given(PARTS, PARTS)
def test_parts_behind_new_ones_keep_all_they_had(
    parts: list[tuple[str, list[str]]], new: list[tuple[str, list[str]]]
) -> None:
    """Whatever is put before a part with words of its own, the part keeps its aids."""
    own = ("Own", ["Nothing else in the reading says this about moss, ferns and mushrooms. " * 4])
    before, _ = _edition([*parts, own])
    after, _ = _edition([*new, own])

    (aid,) = [one for one in _aids(before) if "moss" in _text(before, one)]
    moved = move_artifact(aid, Moves(before, after))

    assert moved is not None
    assert after.sections[moved.section or 0].title.endswith("Own") or len(after.sections) == 1


def _text(edition: Edition, aid: Artifact) -> str:
    return next(chunk.text for chunk in edition.chunks if str(chunk.id) == str(aid.id))


def test_a_citation_that_was_wrong_before_goes() -> None:
    """What does not say what its place says moves nowhere, and neither does what lies in no chunk."""
    edition, _ = _edition([("Leaf", ["light water sugar."])])
    (aid,) = _aids(edition)
    first, _ = aid.units[0].claim.citations
    heading = Citation(Span(ID, 1, 0, 4), "Leaf")
    wrong = [replace(first, quote="xyz"), heading]

    for citation in wrong:
        unit = replace(aid.units[0], claim=Claim("Wrong.", (citation,)))
        assert move_artifact(replace(aid, units=(unit,)), Moves(edition, edition)) is None


def test_a_part_takes_its_new_title() -> None:
    """When only a heading was put right, its aids are named anew."""
    sentences = ["light water sugar. " * 12]
    before, _ = _edition([("Laef", sentences), ("Root", ["stone."]), ("Empty", [])])
    after, _ = _edition([("Leaf", sentences), ("Root", ["stone."]), ("Empty", [])])
    aid = replace(_aids(before)[0], title=before.sections[_aids(before)[0].section or 0].title)

    moved = move_artifact(aid, Moves(before, after))

    assert moved is not None
    assert moved.title == after.sections[moved.section or 0].title != aid.title
