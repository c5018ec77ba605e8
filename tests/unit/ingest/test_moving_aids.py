"""What people did to study aids goes along when a file is replaced: nothing that a person wrote is lost."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.documents import Citation, Page, ParsedDocument, RedactedDocument, Span
from domain.hands import hand_on, is_held, list_removed
from domain.ids import ArtifactId, DocumentId, PersonId, UnitId, stable_id
from domain.material import (
    Artifact,
    ArtifactStatus,
    Concept,
    Hand,
    Kind,
    Provenance,
    Relation,
    RelationType,
    SummarySentence,
    Unit,
)
from ingest.chunking import split
from ingest.moving import Edition, Moves
from ingest.moving_aids import Moved, is_touched, move_artifact, move_artifacts
from ingest.parsers.flow import Block, build_page
from ingest.sections import build_sections
from tests.builders import NOW

ID = DocumentId("d" * 32)
WORDS = ("leaf", "root", "light", "water", "stone", "sugar")
LONG = "The green leaf takes in light and makes sugar of it all day long. " * 14

Parts = list[tuple[str, list[str]]]


def _page(number: int, part: tuple[str, list[str]]) -> Page:
    title, sentences = part
    return build_page(number, [Block(title, 1), *(Block(sentence) for sentence in sentences)])


def _edition(parts: Parts) -> tuple[Edition, dict[int, Page]]:
    pages = tuple(_page(number, part) for number, part in enumerate(parts, 1))
    sections = build_sections(ID, "Plants", pages)
    chunks = split(RedactedDocument(ParsedDocument(ID, "Plants", "en", pages, sections), ()))
    return Edition(sections, chunks), {page.number: page for page in pages}


def _cite(edition: Edition, word: str) -> Citation:
    chunk = next(one for one in edition.chunks if word in one.text)
    start = chunk.span.start + chunk.text.index(word)
    return Citation(Span(ID, chunk.span.page, start, start + len(word)), word)


def _sentence(edition: Edition, word: str, *, by_person: bool = False) -> SummarySentence:
    claim = Claim(f"About {word}.", (_cite(edition, word),), by_person=by_person)
    return SummarySentence(UnitId(stable_id(word)), claim)


def _aid(section: int | None, *units: Unit, **changes: Any) -> Artifact:
    aid = Artifact(
        id=ArtifactId(stable_id("aid", section, str(changes.get("kind")))),
        kind=Kind.SUMMARY,
        document_id=ID,
        section=section,
        title="Plants",
        units=units,
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
        evidence_hash="made",
        drawing="<svg>",
    )
    return replace(aid, **changes)


SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=40).map(lambda words: " ".join(words) + ".")
PARTS = st.lists(st.tuples(st.sampled_from(WORDS), st.lists(SENTENCES, min_size=1, max_size=4)), min_size=1, max_size=5)
HANDED: dict[str, Callable[[UnitId], Hand]] = {
    "pinned": lambda unit_id: Hand(unit_id, is_pinned=True),
    "edited": lambda unit_id: Hand(unit_id, is_edited=True),
    "removed": lambda unit_id: Hand(unit_id, is_removed=True),
}
HANDS = st.sampled_from(["", "pinned", "edited", "removed"])


@given(PARTS, PARTS, st.data())
def test_nothing_that_people_did_is_lost(parts: Parts, new: Parts, data: st.DataObject) -> None:
    """Whatever becomes of a file: each touched aid's hands live on in one aid, cited words stand, places differ."""
    before, _ = _edition(parts)
    after, pages = _edition(data.draw(st.permutations([*data.draw(st.lists(st.sampled_from(parts))), *new])))
    aids = []
    for chunk in before.chunks:
        span = Span(ID, chunk.span.page, chunk.span.start, chunk.span.start + 3)
        unit = SummarySentence(UnitId(chunk.id), Claim("One.", (Citation(span, chunk.text[:3]),)))
        state = data.draw(HANDS)
        hand = HANDED[state](unit.id) if state else None
        units = () if state == "removed" else (unit,)
        aids.append(_aid(chunk.section, *units, id=ArtifactId(chunk.id), hands=(hand,) if hand else ()))

    moved = move_artifacts(aids, Moves(before, after))

    kept = [one.after for one in moved if one.after is not None]
    assert {one.before.id for one in moved} == {aid.id for aid in aids}
    assert len({(aid.section, aid.kind) for aid in kept}) == len(kept)
    for aid in aids:
        for hand in aid.hands:
            assert any(hand in one.hands for one in kept)
    for aid in kept:
        assert aid.section is None or aid.section in {section.ordinal for section in after.sections}
        for left in aid.units:
            for citation in left.claim.citations:
                text = pages[citation.span.page].text
                assert text[citation.span.start : citation.span.end] == citation.quote


def test_what_people_kept_outlives_a_change_around_it() -> None:
    """A pinned sentence of a changed section stays where its words still stand; the rest is to be made anew."""
    before, _ = _edition([("Leaf", [LONG, "The moss is soft.", "The fern is tall."])])
    after, _ = _edition([("New", ["Nothing."]), ("Leaf", [LONG, "The moss is very soft.", "Nothing tall."])])
    moss, fern, soft = (_sentence(before, words) for words in ("moss", "fern", "is soft"))
    hands = tuple(Hand(unit.id, is_pinned=True) for unit in (moss, fern))

    moved = move_artifact(_aid(before.chunks[-1].section, moss, fern, soft, hands=hands), Moves(before, after))

    assert moved is not None
    assert (moved.title, [unit.id for unit in moved.units]) == ("Plants", [moss.id])
    assert (moved.evidence_hash, moved.drawing, moved.status) == ("", "", ArtifactStatus.PUBLISHED)
    assert [hand for hand in moved.hands if is_held(hand)] == list(hands)


def test_what_did_not_change_is_not_made_anew() -> None:
    """A touched aid of a section that is the same, or of a whole reading that has all its words, stays as it is."""
    before, _ = _edition([("Leaf", [LONG]), ("Root", ["The root drinks water all day."])])
    after, _ = _edition([("Root", ["The root drinks water all day."]), ("Leaf", [LONG])])
    unit = _sentence(before, "drinks")
    hand = Hand(unit.id, is_edited=True)
    part, whole = (_aid(section, unit, hands=(hand,)) for section in (_cite_section(before, "drinks"), None))

    for aid in (part, whole):
        moved = move_artifact(aid, Moves(before, after))
        assert moved is not None
        assert (moved.evidence_hash, len(moved.units), moved.hands) == ("made", 1, (hand,))


def _cite_section(edition: Edition, word: str) -> int:
    return next(chunk.section for chunk in edition.chunks if word in chunk.text)


def test_links_go_with_their_concepts() -> None:
    """Of a touched map what is left hangs together."""
    before, _ = _edition([("Leaf", ["The moss likes the fern."])])
    after, _ = _edition([("Leaf", ["The moss likes nothing."])])
    moss, fern = (Concept(UnitId(word), Claim(word, (_cite(before, word),)), word) for word in ("moss", "fern"))
    link = Relation(UnitId("link"), Claim("x", (_cite(before, "likes"),)), "Moss", "fern", RelationType.RELATED)
    hands = tuple(Hand(unit.id, is_pinned=True) for unit in (moss, fern, link))

    moved = move_artifact(_aid(None, moss, fern, link, kind=Kind.CONCEPT_MAP, hands=hands), Moves(before, after))

    assert moved is not None
    assert [unit.id for unit in moved.units] == [moss.id]


def test_a_gone_sections_hands_go_to_the_whole_reading() -> None:
    """Where no words are left, the whole reading's aid takes up the hands; without one, an empty one waits there."""
    before, _ = _edition([("Leaf", ["The moss is soft."]), ("Root", ["The root drinks water all day."])])
    after, _ = _edition([("Root", ["The root drinks water all day."])])
    moss = _sentence(before, "moss", by_person=True)
    part = _aid(_cite_section(before, "moss"), moss, hands=(Hand(UnitId("out"), is_removed=True),))
    whole = _aid(None, _sentence(before, "drinks"))

    (alone,) = move_artifacts([part], Moves(before, after))
    heir, gone = move_artifacts([part, whole], Moves(before, after))

    assert alone.after is not None
    assert (alone.after.section, alone.after.units, alone.after.evidence_hash) == (None, (), "")
    assert heir.after is not None
    assert (heir.before, heir.taken_up, gone) == (whole, (part,), Moved(part, None))
    for aid in (alone.after, heir.after):
        assert hand_on(aid, moss.id).is_edited
        assert list_removed(aid) == (UnitId("out"),)


def test_ones_own_is_touched_by_nobody() -> None:
    """What was made for one person alone has no hands of others on it."""
    before, _ = _edition([("Leaf", ["The moss is soft."])])
    aid = _aid(0, _sentence(before, "moss", by_person=True))

    assert is_touched(aid)
    assert not is_touched(replace(aid, owner_id=PersonId(stable_id("somebody"))))
