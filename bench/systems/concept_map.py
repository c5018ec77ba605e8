"""Concept maps by the product's own writer, section by section and then joined: `plain`, `emphasised`.

Edges are given in learning order, what is known first as their source, as the gold edges are.
"""

import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bench.systems.readings import parsed
from domain.clock import SystemClock
from domain.documents import Span
from domain.ids import ArtifactId, DocumentId, stable_id
from domain.material import Artifact, ArtifactStatus, Concept, Kind, Provenance, Relation, RelationType
from generators.compose.maps.concept_map import combine_maps, map_concepts

_DATA = Path(os.environ.get("MARGENT_SHARED", "../shared")) / "data" / "generation"
_GENERAL_FIRST = {RelationType.IS_A, RelationType.EXAMPLE_OF}


def plain(sections: Sequence[str]) -> dict[str, object]:
    return _map(sections, [[] for _ in sections])


def emphasised(sections: Sequence[str]) -> dict[str, object]:
    """Use the author's bold where the development set holds the section."""
    return _map(sections, [_emphasis().get(text, []) for text in sections])


@cache
def _emphasis() -> dict[str, list[list[int]]]:
    lines = (_DATA / "openstax_sections.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["text"]: row["emphasised_spans"] for row in map(json.loads, lines)}


def _map(sections: Sequence[str], emphasis: Sequence[Sequence[Sequence[int]]]) -> dict[str, object]:
    readings = [parsed(text, marks) for text, marks in zip(sections, emphasis, strict=True)]
    parts = [_artifact(place, map_concepts(reading)) for place, reading in enumerate(readings)]
    number = {reading.evidence.chunks[0].document_id: place for place, reading in enumerate(readings)}
    units = combine_maps(parts, limit=25 * len(sections))
    return {
        "nodes": [unit.label for unit in units if isinstance(unit, Concept)],
        "edges": [_edge(unit, number) for unit in units if isinstance(unit, Relation)],
    }


def _artifact(place: int, units: tuple[Concept | Relation, ...]) -> Artifact:
    return Artifact(
        id=ArtifactId(stable_id("bench", place)),
        kind=Kind.CONCEPT_MAP,
        document_id=units[0].claim.citations[0].span.document_id if units else DocumentId(stable_id("none")),
        section=place,
        title="",
        units=units,
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=SystemClock().now(),
    )


def _edge(unit: Relation, number: dict[DocumentId, int]) -> dict[str, object]:
    span: Span = unit.claim.citations[0].span
    source, target, relation = unit.source, unit.target, unit.type.value
    if unit.type in _GENERAL_FIRST:
        source, target, relation = target, source, f"{relation} (read from target to source)"
    if unit.type is RelationType.NEEDS:
        relation = "prerequisite of"
    return {
        "source": source,
        "target": target,
        "relation": relation,
        "source_span": [span.start, span.end],
        "section": number[span.document_id],
    }
