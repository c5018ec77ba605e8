"""Concept maps: the reading decides what there is; a model may put relations in words or drop them, never invent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from domain.evidence import Evidence
from domain.material import Artifact, Concept, Draft, Gap, Kind, Relation, RelationType, Unit
from domain.words import list_words
from generators.compose.maps.concept_map import acyclic, choose_terms, combine_maps, map_concepts
from generators.compose.maps.gaps import find_gaps
from generators.compose.maps.gaps_across import find_gaps_across, find_unwritten
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.clauses import cited_clauses, says_in_order
from generators.model.replies import ReplyModel, hide
from safety.injection import fence

_WHOLE_LIMIT = 40
"""Concepts of a whole reading's map."""

_LONGEST_PHRASE = 5
"""Words on an edge."""


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
        units = map_concepts(parsed, more=request.more)
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
        """Keep the chosen candidates and every concept and gap; of what type a relation is the grammar alone says.

        A reply that chooses none of the candidates makes no map.
        """
        assert isinstance(reply, MapReply)
        units = map_concepts(parsed)
        concepts = [unit for unit in units if isinstance(unit, Concept)]
        candidates = _candidates(parsed)
        chosen = {
            line.candidate: _named(candidates[line.candidate - 1], line, parsed)
            for line in reply.edges
            if 1 <= line.candidate <= len(candidates)
        }
        if candidates and not chosen:
            return Draft(self.kind, ())
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


def _named(edge: Relation, line: EdgeLine, parsed: ParsedSection) -> Relation:
    """Take over the model's phrase where the cited words say it between both ends; the type stays."""
    said = f"{edge.source} {line.phrase} {edge.target}"
    is_short = 0 < len(line.phrase.split()) <= _LONGEST_PHRASE
    quoted = " ".join(list_words(" ".join(citation.quote for citation in edge.claim.citations)))
    stands = f" {' '.join(list_words(line.phrase))} " in f" {quoted} "
    clauses = cited_clauses(parsed, edge.claim.citations)
    if line.type is edge.type and is_short and stands and any(says_in_order(said, clauses)):
        return replace(edge, phrase=line.phrase)
    return edge
