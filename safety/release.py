"""The gate that material leaves by: verified, screened and cited, or not at all.

`release` is the only maker of `Served`, and of new artifacts; stores only rebuild what it made.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Protocol

from domain.care import Worry
from domain.documents import Citation
from domain.evidence import Evidence
from domain.guides import ExampleStep
from domain.ids import ArtifactId, DocumentId, PersonId, stable_id
from domain.material import Artifact, ArtifactStatus, Concept, Draft, Gloss, Kind, Relation, Unit, claims_of
from domain.outcomes import Judgement, Reason, Refused, Served, Verdict
from domain.questions import Misconception, Pair
from safety.unfit import find_unfit

_GAP = re.compile(r"_{3,}")
"""What stands in a question where a word is to be filled in."""


_NOT_READ = frozenset({"id", "unit", "claim", "parts"})
"""Fields of a unit that are not its own words; claims are read apart."""


class Screens(Protocol):
    """Looks for signs of danger in a text."""

    def screen(self, text: str) -> Worry | None:
        """Give the worst sign found, or None."""
        ...


@dataclass(frozen=True, slots=True)
class About:
    """What the material is about and for whom; without an owner everybody who sees the reading sees it.

    Of a reading that staff chose (`is_staffs`) words that stand in it may be shown: a chapter on suicide is a chapter.
    `evidence_hash` is kept on the artifact as it is.
    """

    document_id: DocumentId
    section: int | None
    title: str
    status: ArtifactStatus
    created_at: datetime
    owner_id: PersonId | None = None
    is_staffs: bool = False
    evidence_hash: str = ""


def release(
    draft: Draft, judgements: Sequence[Judgement], about: About, *, evidence: Evidence, screener: Screens
) -> Served | Refused:
    """Serve the units that have support, raise no worry and are fit for minors, and count the others.

    `judgements` holds one verdict for each unit of the draft, in its order: that of its weakest claim. Whatever they
    say, a unit of which any claim quotes something else than what stands at its span in the evidence is dropped. With a
    step of a worked example the whole example goes: half of one misleads.
    """
    if not draft.units:
        return Refused(Reason.NOTHING_FOUND, _nothing_found(draft.kind))
    kept = tuple(
        unit
        for unit, judgement in zip(draft.units, judgements, strict=True)
        if _is_supported(unit, judgement, evidence) and is_fit(unit, screener, is_staffs=about.is_staffs)
    )
    kept = _without_half_examples(draft.units, _without_loose_edges(kept))
    if not kept:
        return Refused(Reason.NOTHING_SUPPORTED, _nothing_supported(draft.kind))
    artifact = Artifact(
        id=_artifact_id(draft.kind, about, kept),
        kind=draft.kind,
        document_id=about.document_id,
        section=about.section,
        title=about.title,
        units=kept,
        provenance=draft.provenance,
        status=about.status,
        created_at=about.created_at,
        dropped=len(draft.units) - len(kept),
        levels=draft.levels,
        owner_id=about.owner_id,
        evidence_hash=about.evidence_hash,
    )
    return Served(artifact)


def words_of(unit: Unit) -> str:
    """Give everything of a unit that people read, one piece a line: no text that a kind holds can be forgotten."""
    own = (getattr(unit, each.name) for each in fields(unit) if each.name not in _NOT_READ)
    return "\n".join((*(claim.text for claim in claims_of(unit)), *(text for value in own for text in _texts(value))))


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in a value of a unit: its own, those of a list, and those of what is put together of texts."""
    if isinstance(value, str) and not isinstance(value, Enum):
        if value:
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Pair | Misconception | Gloss):
        yield from (getattr(value, each.name) for each in fields(value))


def _is_supported(unit: Unit, judgement: Judgement, evidence: Evidence) -> bool:
    cited = [claim.citations for claim in claims_of(unit)]
    return judgement.verdict is Verdict.SUPPORTED and all(
        citations and all(_stands(one, evidence) for one in citations) for citations in cited
    )


def is_fit(unit: Unit, screener: Screens, *, is_staffs: bool) -> bool:
    """Whether nothing in a unit's words is worrying or unfit for minors, whoever wrote them.

    Words that stand so in what it cites are the reading's, and pass where staff chose the reading (`is_staffs`).
    """
    lines = words_of(unit).split("\n")
    if is_staffs:
        quotes = " | ".join(_plain(citation.quote) for claim in claims_of(unit) for citation in claim.citations)
        lines = [line for line in lines if not _is_verbatim(line, quotes)]
    text = _GAP.sub(" ", "\n".join(lines))
    return not text.strip() or (screener.screen(text) is None and find_unfit(text) is None)


def _is_verbatim(line: str, quotes: str) -> bool:
    """Whether a line, or both parts of it around one gap, stand in the quotes."""
    parts = [_plain(part) for part in _GAP.split(line)]
    return len(parts) <= 2 and all(part in quotes for part in parts)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _stands(citation: Citation, evidence: Evidence) -> bool:
    """Whether a citation quotes words, and just those that stand at its span."""
    at = evidence.find(citation)
    return at is not None and bool(citation.quote.strip()) and evidence.text[at.start : at.end] == citation.quote


def _without_loose_edges(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    labels = {unit.label for unit in units if isinstance(unit, Concept)}
    return tuple(
        unit for unit in units if not isinstance(unit, Relation) or (unit.source in labels and unit.target in labels)
    )


def _without_half_examples(drafted: tuple[Unit, ...], kept: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Leave out every example of which a step was dropped; steps of one stand side by side and share its number."""
    ids = {unit.id for unit in kept}
    broken = {unit.example for unit in drafted if isinstance(unit, ExampleStep) and unit.id not in ids}
    return tuple(unit for unit in kept if not isinstance(unit, ExampleStep) or unit.example not in broken)


def _artifact_id(kind: Kind, about: About, units: tuple[Unit, ...]) -> ArtifactId:
    """Shared material has one id for its place, so that a repeated job replaces it; one's own has one for its words."""
    place = (kind, about.document_id, about.section)
    if about.owner_id is None:
        return ArtifactId(stable_id("artifact", *place))
    return ArtifactId(stable_id("artifact", *place, about.owner_id, *(unit.id for unit in units)))


def _nothing_found(kind: Kind) -> str:
    if kind is Kind.ANSWER:
        return "This reading does not say. Try other words, or ask your teacher."
    if kind is Kind.EXPLANATION:
        return (
            "This reading says too little about that to explain it in another way. Try the word that the reading uses."
        )
    if kind is Kind.WORKED_EXAMPLES:
        return "This part of the reading has no worked examples."
    if kind is Kind.HINTS:
        return "This reading does not seem to say anything on that. Try other words, or ask your teacher."
    return "There is too little text in this part of the reading to make this. Try another part."


def _nothing_supported(kind: Kind) -> str:
    if kind is Kind.ANSWER:
        return "This reading does not say enough to answer that. Look at the passages found, or ask your teacher."
    return "Nothing that was written for this part could be checked against the reading, so nothing is shown."
