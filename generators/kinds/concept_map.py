"""Concept maps: the reading decides what there is; a model may name relations or drop them, never invent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from domain.claims import Claim
from domain.evidence import Evidence
from domain.material import Artifact, Concept, Draft, Gap, Kind, Relation, RelationType, Unit
from generators.compose.concept_map import acyclic, choose_terms, combine_maps, map_concepts
from generators.compose.gaps import find_gaps
from generators.compose.gaps_across import find_gaps_across, find_unwritten
from generators.compose.parse import ParsedSection
from generators.kinds.contract import Request
from generators.replies import ReplyModel, hide, says, unit_id
from safety.injection import fence

_WHOLE_LIMIT = 40
"""Concepts of a whole reading's map."""


class EdgeLine(ReplyModel):
    """One candidate that the model keeps."""

    candidate: int
    type: RelationType
    phrase: str


class MapReply(ReplyModel):
    """The candidates that the model keeps."""

    edges: list[EdgeLine]


class ConceptMapKind:
    """A concept map of a section or of the whole reading."""

    kind = Kind.CONCEPT_MAP
    prompt = "concept_map"
    prompt_version = 1
    reply: type[BaseModel] = MapReply

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Find the section's concepts, relations and gaps."""
        units = map_concepts(parsed)
        return Draft(self.kind, (*units, *_gaps(parsed, units, request)))

    def combine(self, parts: Sequence[Artifact], request: Request) -> Draft:
        """Join the sections' maps."""
        return Draft(self.kind, combine_maps(parts, limit=_WHOLE_LIMIT + request.more))

    def read_on(self, draft: Draft, parts: Sequence[Artifact], evidence: Evidence) -> Draft:
        """Add the gaps that only the words of all sections show."""
        return replace(draft, units=(*draft.units, *find_gaps_across(parts, evidence)))

    def inputs(self, parsed: ParsedSection, _request: Request) -> Mapping[str, object]:
        """Give the candidates, numbered, personal data hidden."""
        lines = [
            f"({place}) {edge.source} / {edge.type.value} / {edge.target}: {edge.claim.text}"
            for place, edge in enumerate(_candidates(parsed), start=1)
        ]
        return {"candidates": fence(hide(parsed, "\n".join(lines)))}

    def read(self, reply: BaseModel, parsed: ParsedSection, request: Request) -> Draft:
        """Keep the chosen candidates and every concept and gap; a renamed relation is a claim of its own."""
        assert isinstance(reply, MapReply)
        units = map_concepts(parsed)
        concepts = [unit for unit in units if isinstance(unit, Concept)]
        candidates = _candidates(parsed)
        chosen = {
            line.candidate: _named(candidates[line.candidate - 1], line)
            for line in reply.edges
            if 1 <= line.candidate <= len(candidates)
        }
        return Draft(self.kind, (*concepts, *chosen.values(), *_gaps(parsed, units, request)))


def without_circles(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Leave out the last prerequisite of every circle: names that a model gave one by one may close one together."""
    every = tuple(units)
    relations = [unit for unit in every if isinstance(unit, Relation)]
    kept = {id(relation) for relation in acyclic(relations)}
    return tuple(unit for unit in every if not isinstance(unit, Relation) or id(unit) in kept)


def _gaps(parsed: ParsedSection, units: Sequence[Unit], request: Request) -> tuple[Gap, ...]:
    """Find the gaps of a section; that something is never written out can be said of a whole reading alone."""
    found = find_gaps(parsed, choose_terms(parsed))
    if request.section is not None:
        return found
    return (*found, *find_unwritten([unit for unit in units if isinstance(unit, Concept)], parsed.evidence))


def _candidates(parsed: ParsedSection) -> list[Relation]:
    return [unit for unit in map_concepts(parsed) if isinstance(unit, Relation)]


def _named(edge: Relation, line: EdgeLine) -> Relation:
    """Take over the model's type, and its phrase where the reading uses its words."""
    quoted = " ".join(citation.quote for citation in edge.claim.citations)
    phrase = line.phrase if len(line.phrase.split()) <= 5 and says(quoted, line.phrase) else edge.phrase
    if line.type is edge.type:
        return replace(edge, phrase=phrase)
    claim = Claim(f"{edge.source} {line.type.value} {edge.target}.", edge.claim.citations)
    identifier = unit_id(Kind.CONCEPT_MAP, claim, line.type, edge.source, edge.target)
    return replace(edge, id=identifier, claim=claim, type=line.type, phrase=phrase)
