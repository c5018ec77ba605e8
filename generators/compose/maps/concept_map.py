"""The concept map by the built-in writer: the section's terms as concepts, their links as relations.

Units come strongest first: concepts by weight, then relations by how surely the reading states them.
Relations of type NEEDS never form a cycle, in a section's map and in the whole reading's.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim
from domain.documents import Range
from domain.ids import UnitId, stable_id
from domain.material import Artifact, Concept, Kind, Relation, RelationType
from generators.compose.maps.concept_weights import weigh_concepts
from generators.compose.maps.definition_links import kind_of_name
from generators.compose.maps.explanations import surely_explains
from generators.compose.maps.links import Link, is_prose
from generators.compose.maps.order import without_cycles
from generators.compose.maps.relations import find_links
from generators.compose.reading.mentions import Name, Names, contains, name_of
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term, find_terms

_MOST_TERMS = 25
_MOST_CANDIDATES = 200
_WORD = re.compile(r"[^\W\d_]{2}|[\u2e80-\U0003ffff]")
"""What a concept's label holds: two letters in a row, or a sign that is a word by itself."""

_ENOUGH_MARKED = 3
_SURE = 0.5
_LIKELY = 0.22
_POSSIBLE = 0.05
_FEW = 3
_LINKS_PER_CONCEPT = 2.0
_ORDERED = (RelationType.NEEDS, RelationType.IS_A, RelationType.PART_OF)
_RANK = (
    RelationType.IS_A,
    RelationType.PART_OF,
    RelationType.CAUSES,
    RelationType.EXAMPLE_OF,
    RelationType.CONTRASTS,
    RelationType.NEEDS,
    RelationType.RELATED,
)


def map_concepts(parsed: ParsedSection, *, more: int = 0) -> tuple[Concept | Relation, ...]:
    """Make the section's concept map, with so many `more` concepts and links; empty when the section has no terms."""
    terms = choose_terms(parsed, more=more)
    labels = {name_of(term.label): _label(parsed, term.label) for term in terms}
    concepts = [_concept(parsed, term) for term in terms]
    kept = {name_of(concept.label) for concept in concepts}
    found = find_links(parsed, terms, often=1) if more else find_links(parsed, terms)
    links = [link for link in found if link.source in kept and link.target in kept]
    most = round(_LINKS_PER_CONCEPT * len(concepts)) + more
    relations = [_relation(parsed, link, labels) for link in links[:most]]
    return (*concepts, *_without_circles(relations))


def combine_maps(parts: Sequence[Artifact], *, limit: int = 40) -> tuple[Concept | Relation, ...]:
    """Join the maps of a reading's sections, in reading order, into one of at most `limit` concepts.

    It is an overview: the heaviest concept of each section comes along before a second one of any, as far as they fit.
    """
    concepts = _choose_among(parts, limit)
    relations = [unit for part in parts for unit in part.units if isinstance(unit, Relation)]
    labels = {name_of(concept.label): concept.label for concept in concepts}
    joined = _merge_relations([*relations, *_references(concepts)], labels)
    return (*concepts, *_without_circles(joined[: round(_LINKS_PER_CONCEPT * len(concepts))]))


def choose_terms(parsed: ParsedSection, *, more: int = 0) -> list[Term]:
    """Choose the section's concepts: what the author marks, else the likely terms, or a few possible ones.

    Few marks count where one of them is defined, beside terms that are likely by themselves; marks that define nothing
    may only stress words. In a list without a sentence marks alone count. A plain term's weight is its chance. The bars
    are where maps of held chapters are best.
    """
    found = [term for term in find_terms(parsed, limit=_MOST_CANDIDATES) if _WORD.search(term.label)]
    terms = weigh_concepts(parsed, found)[: _MOST_TERMS + more]
    if not any(is_prose(sentence) for sentence in parsed.sentences):
        terms = [term for term in terms if term.is_emphasised]
    marked = [term for term in terms if term.is_emphasised]
    likely = [term for term in terms if term.weight >= _LIKELY]
    if len(marked) >= _ENOUGH_MARKED:
        chosen = marked
    elif any(term.definition for term in marked):
        chosen = [term for term in terms if term.is_emphasised or term.weight >= _SURE]
    else:
        chosen = likely if len(likely) >= _FEW else [term for term in terms if term.weight >= _POSSIBLE][:_FEW]
    known = set(chosen)
    chosen += [term for term in terms if term not in known and term.weight >= _POSSIBLE][:more]
    return list({name_of(term.label): term for term in reversed(chosen) if name_of(term.label)}.values())[::-1]


def _concept(parsed: ParsedSection, term: Term) -> Concept:
    claim = _claim(parsed, term.sentence.at)
    label = _label(parsed, term.label)
    return Concept(_unit_id(claim, "concept", label), claim, label, term.weight)


def _label(parsed: ParsedSection, label: str) -> str:
    """Write a label small where its capital comes only from standing at the start of a sentence."""
    small = label[:1].lower() + label[1:]
    return small if f" {small}" in parsed.evidence.text else label


def _relation(parsed: ParsedSection, link: Link, labels: dict[Name, str]) -> Relation:
    claim = _claim(parsed, link.sentence.at)
    source, target = labels[link.source], labels[link.target]
    identifier = _unit_id(claim, link.type, f"{source}\x1e{target}")
    return Relation(identifier, claim, source, target, link.type, link.phrase)


def _claim(parsed: ParsedSection, at: Range) -> Claim:
    return Claim(parsed.evidence.text[at.start : at.end], parsed.cite(at))


def _unit_id(claim: Claim, form: str, front: str) -> UnitId:
    span = claim.citations[0].span
    return UnitId(stable_id(Kind.CONCEPT_MAP, span.document_id, span.page, span.start, form, front))


def acyclic(relations: Sequence[Relation]) -> list[Relation]:
    """Leave out the weakest prerequisite of every cycle."""
    return _in_order(relations, RelationType.NEEDS)


def _without_circles(relations: Sequence[Relation]) -> list[Relation]:
    """Leave out the weakest relation of every circle of one type."""
    kept = list(relations)
    for kind in _ORDERED:
        kept = _in_order(kept, kind)
    return kept


def _in_order(relations: Sequence[Relation], kind: RelationType) -> list[Relation]:
    """Keep of the relations of one type those that close no circle."""
    those = [relation for relation in relations if relation.type is kind]
    pairs = [(name_of(relation.source), name_of(relation.target)) for relation in those]
    keep = {those[index].id for index in without_cycles(pairs)}
    return [relation for relation in relations if relation.type is not kind or relation.id in keep]


def _merge_concepts(concepts: Sequence[Concept]) -> list[Concept]:
    """Make one concept of each name: the heaviest one, which the others make heavier; heaviest first."""
    same: dict[Name, list[Concept]] = defaultdict(list)
    for concept in concepts:
        same[name_of(concept.label)].append(concept)
    merged = []
    for group in same.values():
        best = max(group, key=lambda concept: concept.weight)
        merged.append(replace(best, weight=sum(concept.weight for concept in group)))
    return sorted(merged, key=lambda concept: -concept.weight)


def _choose_among(parts: Sequence[Artifact], limit: int) -> list[Concept]:
    """Choose the heaviest concepts, so that every section has its share; heaviest first."""
    merged = _merge_concepts([unit for part in parts for unit in part.units if isinstance(unit, Concept)])
    weight = {name_of(concept.label): concept.weight for concept in merged}
    rank: dict[Name, int] = {}
    for part in parts:
        names = {name_of(unit.label) for unit in part.units if isinstance(unit, Concept)}
        for place, name in enumerate(sorted(names, key=lambda name: (-weight[name], name))):
            rank[name] = min(place, rank.get(name, place))
    chosen = sorted(merged, key=lambda concept: rank[name_of(concept.label)])[:limit]
    return sorted(chosen, key=lambda concept: -concept.weight)


@dataclass(slots=True)
class _Pair:
    """The best relation of a pair and how many sentences speak for one."""

    best: Relation
    rank: tuple[int, int]
    support: int = 0


def _merge_relations(relations: Sequence[Relation], labels: dict[Name, str]) -> list[Relation]:
    """Keep one relation of each pair of kept concepts, under their labels; stated ones first, then the often named."""
    pairs: dict[frozenset[Name], _Pair] = {}
    for place, relation in enumerate(relations):
        source, target = name_of(relation.source), name_of(relation.target)
        if source not in labels or target not in labels or source == target:
            continue
        rank = (_RANK.index(relation.type), place)
        renamed = replace(relation, source=labels[source], target=labels[target])
        pair = pairs.setdefault(frozenset((source, target)), _Pair(renamed, rank))
        pair.support += 1
        if rank < pair.rank:
            pair.best, pair.rank = renamed, rank
    ordered = sorted(pairs.values(), key=lambda pair: (pair.rank[0], -pair.support, pair.rank[1]))
    return _without_plain_names([pair.best for pair in ordered])


def _without_plain_names(relations: Sequence[Relation]) -> list[Relation]:
    """Leave out that a name holds its own class where the reading says more of that concept."""
    told = {name_of(end) for one in relations if not _is_in_name(one) for end in (one.source, one.target)}
    return [one for one in relations if not _is_in_name(one) or name_of(one.source) not in told]


def _is_in_name(relation: Relation) -> bool:
    """Whether the source's own name says the relation: kinetic energy is a kind of energy."""
    return relation.type is RelationType.IS_A and contains(name_of(relation.source), name_of(relation.target))


def _references(concepts: Sequence[Concept]) -> Iterator[Relation]:
    """Yield what introductions refer to across sections.

    An earlier concept is named where a later one is introduced, or any concept where another is surely explained.
    """
    place = {name_of(concept.label): _place(concept) for concept in concepts}
    labels = {name_of(concept.label): concept.label for concept in concepts}
    names = Names(place)
    for concept in concepts:
        name = name_of(concept.label)
        mentions = names.find_longest(concept.claim.text)
        own = next((mention for mention in mentions if mention.name == name), None)
        if own is None:
            continue
        is_sure = surely_explains(concept.claim.text, own.at)
        for other in dict.fromkeys(mention.name for mention in mentions):
            is_known = is_sure or place[other] < place[name]
            if other != name and is_known and not contains(name, other):
                yield _reference(concept, RelationType.NEEDS, labels[other], concept.label)
        for other in place:
            kind = kind_of_name(name, other)
            if kind is RelationType.IS_A:
                yield _reference(concept, kind, concept.label, labels[other])
            elif kind is not None:
                yield _reference(concept, kind, labels[other], concept.label)


def _reference(concept: Concept, kind: RelationType, source: str, target: str) -> Relation:
    identifier = _unit_id(concept.claim, kind, f"{source}\x1e{target}")
    return Relation(identifier, concept.claim, source, target, kind)


def _place(concept: Concept) -> tuple[int, int]:
    span = concept.claim.citations[0].span
    return span.page, span.start
