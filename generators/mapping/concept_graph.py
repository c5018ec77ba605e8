"""The concept map as a directed graph: its order of learning, its drawing, its formats. The home of networkx.

Nodes are concept ids, edges run as the relations do. Every node and edge carries where it stands in the reading
(`document`, `page`, `start`, `end`) and the words there (`quote`). Prerequisite edges never form a cycle.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from domain.claims import Claim
from domain.material import Concept, Relation, RelationType, Unit
from generators.compose.maps.order import without_cycles
from generators.compose.reading.mentions import name_of
from generators.mapping.concept_drawing import Edge, Node, render
from generators.mapping.concept_layout import Picture, arrange

if TYPE_CHECKING:
    import networkx as nx

_LATER_FIRST = {RelationType.IS_A, RelationType.EXAMPLE_OF, RelationType.PART_OF}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNORDERED = {RelationType.CONTRASTS, RelationType.RELATED}


def build(units: Sequence[Unit]) -> "nx.DiGraph[str]":
    """Make the graph. Relations that miss an end are left out, and of each prerequisite cycle the weakest edge.

    Units come strongest first, so an edge's `rank` (from 0) is its place among the relations.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    ids = {}
    for unit in units:
        if isinstance(unit, Concept):
            ids[name_of(unit.label)] = unit.id
            graph.add_node(unit.id, label=_clean(unit.label), weight=unit.weight, **_place(unit.claim))
    relations = [unit for unit in units if isinstance(unit, Relation)]
    for rank, (source, target, relation) in enumerate(_acyclic(relations, ids)):
        if not graph.has_edge(source, target):
            kind = {"type": relation.type.value, "phrase": _clean(relation.phrase), "rank": rank}
            graph.add_edge(source, target, id=relation.id, **kind, **_place(relation.claim))
    return graph


def list_layers(graph: "nx.DiGraph[str]") -> list[list[list[str]]]:
    """Give groups of linked concepts, the largest first, each in layers: what must be known first stands higher."""
    import networkx as nx

    position = {node: index for index, node in enumerate(graph)}
    groups = [sorted(group, key=position.__getitem__) for group in nx.weakly_connected_components(graph)]
    groups.sort(key=lambda group: (-len(group), position[group[0]]))
    return [_layers(graph.subgraph(group), group) for group in groups]


def lay_out(units: Sequence[Unit]) -> Picture:
    """Give the places of all boxes and lines of the drawing."""
    graph = build(units)
    labels = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    return arrange(list_layers(graph), labels, list(graph.edges))


def draw(units: Sequence[Unit], title: str) -> str:
    """Draw the map as SVG for a page. See `concept_drawing` for its classes and data attributes."""
    graph = build(units)
    starts = _starts(graph)
    nodes = [
        Node(node, str(data["label"]), str(data["quote"]), tuple(_neighbours(graph, node)), node in starts)
        for node, data in graph.nodes(data=True)
    ]
    edges = [
        Edge(source, target, RelationType(data["type"]), str(data["phrase"]), str(data["quote"]))
        for source, target, data in graph.edges(data=True)
    ]
    labels = {node.id: node.label for node in nodes}
    picture = arrange(list_layers(graph), labels, [(edge.source, edge.target) for edge in edges])
    return render(picture, title, nodes, edges)


def to_graphml(graph: "nx.DiGraph[str]") -> str:
    """Write the graph as GraphML."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(graph)) + "\n"


def to_node_link(graph: "nx.DiGraph[str]") -> dict[str, Any]:
    """Give the graph as node-link data, ready for JSON."""
    import networkx as nx

    return dict(nx.node_link_data(graph, edges="links"))


def _place(claim: Claim) -> dict[str, str | int]:
    """Give where a claim stands; a claim without a place has page 0."""
    if not claim.citations:
        return {"quote": _clean(claim.text), "document": "", "page": 0, "start": 0, "end": 0}
    span = claim.citations[0].span
    quote = " ".join(citation.quote for citation in claim.citations)
    return {
        "quote": _clean(quote),
        "document": span.document_id,
        "page": span.page,
        "start": span.start,
        "end": span.end,
    }


def _clean(text: str) -> str:
    """Leave out the characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def _acyclic(relations: Sequence[Relation], ids: dict[tuple[str, ...], Any]) -> list[tuple[str, str, Relation]]:
    found = [
        (ids[name_of(relation.source)], ids[name_of(relation.target)], relation)
        for relation in relations
        if name_of(relation.source) in ids and name_of(relation.target) in ids
    ]
    ends = [end for end in found if end[0] != end[1]]
    needs = [end for end in ends if end[2].type is RelationType.NEEDS]
    kept = {needs[index][2].id for index in without_cycles([(source, target) for source, target, _ in needs])}
    return [end for end in ends if end[2].type is not RelationType.NEEDS or end[2].id in kept]


def _neighbours(graph: "nx.DiGraph[str]", node: str) -> list[str]:
    return list(dict.fromkeys([*graph.predecessors(node), *graph.successors(node)]))


def _layers(graph: "nx.DiGraph[str]", nodes: Sequence[str]) -> list[list[str]]:
    """Layer a linked group: by the order of learning where there is one, else beside what a concept is linked to."""
    import networkx as nx

    order: nx.DiGraph[str] = nx.DiGraph(_learning_order(graph))
    level = {node: depth for depth, layer in enumerate(nx.topological_generations(order)) for node in layer}
    for node in list(level):
        # a beginning stands right above what builds on it
        if order.in_degree(node) == 0:
            level[node] = min(level[after] for after in order.successors(node)) - 1
    if not level:
        level[max(nodes, key=lambda node: (graph.degree(node), -nodes.index(node)))] = 0
    while len(level) < len(nodes):
        level |= _next_levels(graph, [node for node in nodes if node not in level], level)
    depths = sorted(set(level.values()))
    return [[node for node in nodes if level[node] == depth] for depth in depths]


def _learning_order(graph: "nx.DiGraph[str]") -> list[tuple[str, str]]:
    """Give the pairs (first, later) that the relations imply, without cycles; prerequisites outweigh the others."""
    ranked = sorted(
        graph.edges(data=True),
        key=lambda edge: (edge[2]["type"] != RelationType.NEEDS.value, edge[2]["rank"]),
    )
    pairs = []
    for source, target, data in ranked:
        kind = RelationType(data["type"])
        if kind not in _UNORDERED:
            pairs.append((target, source) if kind in _LATER_FIRST else (source, target))
    return [pairs[index] for index in without_cycles(pairs)]


def _starts(graph: "nx.DiGraph[str]") -> set[str]:
    """Give the concepts that others build on and that build on none."""
    pairs = _learning_order(graph)
    return {first for first, _ in pairs} - {later for _, later in pairs}


def _next_levels(graph: "nx.DiGraph[str]", waiting: Sequence[str], level: dict[str, int]) -> dict[str, int]:
    """Place what is linked to placed concepts: beside what it contrasts with, below what it is related to."""
    found = {}
    for node in waiting:
        options = []
        for other in _neighbours(graph, node):
            if other in level:
                data = graph.get_edge_data(node, other) or graph.get_edge_data(other, node)
                options.append(level[other] + (data["type"] != RelationType.CONTRASTS.value))
        if options:
            found[node] = min(options)
    return found
