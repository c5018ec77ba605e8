"""The concept map as a graph and as a drawing."""

import re
from dataclasses import replace

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims import Claim
from domain.material import RelationType, Unit
from generators.mapping.concept_drawing import say
from generators.mapping.concept_graph import build, draw, list_layers
from tests.unit.generators.maps import a_claim, a_concept, a_map, a_relation, read_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_it_is_a_real_graph_with_places() -> None:
    """Nodes are concept ids and edges relations, both with their place in the reading and the words there."""
    force, work = a_concept("force"), a_concept("work", 2.0)
    relation = a_relation("force", "work")

    graph = build([force, work, relation])

    assert isinstance(graph, nx.DiGraph)
    assert graph.nodes[work.id]["label"] == "work"
    edge = graph.edges[force.id, work.id]
    span = relation.claim.citations[0].span
    assert (edge["type"], edge["document"], edge["page"]) == ("is needed for", span.document_id, 1)
    assert (edge["start"], edge["end"], edge["quote"]) == (span.start, span.end, relation.claim.text)


def test_ends_are_found_by_name() -> None:
    """A relation may name its ends in the plural or with capitals."""
    graph = build([a_concept("Cell"), a_concept("tissue"), a_relation("cells", "Tissues")])

    assert graph.number_of_edges() == 1


def test_relations_without_an_end_are_left_out() -> None:
    """A relation to a concept that is not on the map, or of a concept to itself, is no edge."""
    graph = build([a_concept("cell"), a_relation("cell", "tissue"), a_relation("cell", "cells")])

    assert graph.number_of_edges() == 0


def test_the_first_relation_of_a_direction_counts() -> None:
    """Of two relations in the same direction the stronger, which comes first, is kept."""
    units: list[Unit] = [
        a_concept("rain"),
        a_concept("flood"),
        a_relation("rain", "flood", RelationType.CAUSES),
        a_relation("rain", "flood", RelationType.RELATED),
    ]

    assert [data["type"] for *_, data in build(units).edges(data=True)] == ["causes"]


def test_a_claim_without_a_place_is_allowed() -> None:
    """A concept whose claim has lost its citation keeps its words, on no page."""
    concept = replace(a_concept("cell"), claim=Claim("A cell lives.", ()))

    data = build([concept]).nodes[concept.id]

    assert (data["quote"], data["page"]) == ("A cell lives.", 0)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 20), st.integers(0, 60), st.integers(0, 10_000))
def test_prerequisites_never_form_a_cycle(size: int, links: int, seed: int) -> None:
    """However relations are given, the prerequisite edges of the graph are acyclic."""
    graph = build(a_map(size, links, seed))

    needs = [edge for edge in graph.edges if graph.edges[edge]["type"] == "is needed for"]
    assert nx.is_directed_acyclic_graph(nx.DiGraph(needs))


def test_the_weakest_prerequisite_of_a_cycle_goes() -> None:
    """Of a circle of prerequisites the one that came last is left out."""
    a, b, c = map(a_concept, "abc")
    graph = build([a, b, c, a_relation("a", "b"), a_relation("b", "c"), a_relation("c", "a")])

    assert set(graph.edges) == {(a.id, b.id), (b.id, c.id)}


def test_layers_follow_what_relations_imply() -> None:
    """The general stands above the special, causes above effects, contrasts beside each other, relatives below."""
    units: list[Unit] = [
        *map(a_concept, ("organelle", "mitochondrion", "chloroplast", "light", "sugar", "note")),
        a_relation("mitochondrion", "organelle", RelationType.IS_A),
        a_relation("mitochondrion", "chloroplast", RelationType.CONTRASTS),
        a_relation("chloroplast", "sugar", RelationType.CAUSES),
        a_relation("light", "sugar", RelationType.RELATED),
    ]
    graph = build(units)
    label = {node: data["label"] for node, data in graph.nodes(data=True)}

    first, alone = list_layers(graph)

    depth = {label[node]: index for index, layer in enumerate(first) for node in layer}
    assert depth["organelle"] < depth["mitochondrion"]
    assert depth["chloroplast"] < depth["sugar"] < depth["light"]
    assert [[label[node] for node in layer] for layer in alone] == [["note"]]


def test_a_group_without_order_is_layered_from_its_centre() -> None:
    """Where nothing must be known first, the concept with most links stands on top."""
    units: list[Unit] = [*map(a_concept, "abc"), *(a_relation("b", other, RelationType.RELATED) for other in "ac")]
    graph = build(units)

    (layers,) = list_layers(graph)

    assert [graph.nodes[node]["label"] for node in layers[0]] == ["b"]
    assert len(layers[1]) == 2


def test_every_node_is_a_link_with_a_name() -> None:
    """A node links to its concept, says its label and sentence in a title, and lists its neighbours' ids."""
    force, work = a_concept("force"), a_concept("work")
    root = read_svg(draw([force, work, a_relation("force", "work")], "Mechanics"))

    link = next(link for link in root.iter(f"{SVG}a") if link.get("data-node") == force.id)
    assert link.get("href") == f"#concept-{force.id}"
    assert link.get("data-neighbours") == work.id
    assert link.get("class") == "map-node is-start"
    assert link.findtext(f"{SVG}title") == "force: force is a thing."
    assert root.get("aria-label") == "Mechanics"


def test_every_edge_says_what_it_means() -> None:
    """An edge names its ends' ids, has its type as a class, and says its relation and sentence in a title."""
    rain, flood = a_concept("rain"), a_concept("flood")
    root = read_svg(draw([rain, flood, a_relation("rain", "flood", RelationType.CAUSES)], "Weather"))

    edge = next(group for group in root.iter(f"{SVG}g") if group.get("data-source"))
    assert edge.get("class") == "map-edge edge-causes"
    assert (edge.get("data-source"), edge.get("data-target")) == (rain.id, flood.id)
    assert edge.findtext(f"{SVG}title") == "rain causes flood: rain causes flood."


def test_an_edge_is_said_in_the_readings_words() -> None:
    """The title of an edge has the reading's own verb, but for opposites and for what is needed."""
    relation = replace(a_relation("rain", "flood", RelationType.CAUSES), phrase="may cause")

    assert "rain may cause flood" in draw([a_concept("rain"), a_concept("flood"), relation], "Map")
    assert say(RelationType.CONTRASTS, "unlike") == "contrasts with"
    assert say(RelationType.RELATED, "") == "related to"


def test_the_legend_names_the_kinds_that_occur() -> None:
    """The legend explains each kind of line on the map and no other."""
    kinds = (RelationType.IS_A, RelationType.CONTRASTS)
    units: list[Unit] = [*map(a_concept, "abc"), a_relation("a", "b", kinds[0]), a_relation("b", "c", kinds[1])]
    root = read_svg(draw(units, "Letters"))

    legend = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "map-legend")
    assert [text.text for text in legend.iter(f"{SVG}text")] == ["is a", "contrasts with"]


def test_a_long_legend_is_broken_into_lines() -> None:
    """On a narrow map the legend takes several lines and stays inside the picture."""
    labels = "abcdefgh"
    kinds = list(RelationType)
    units: list[Unit] = [*map(a_concept, labels)]
    units += [a_relation("a", label, kind) for label, kind in zip(labels[1:], kinds, strict=True)]
    root = read_svg(draw(units, "Letters"))

    legend = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "map-legend")
    heights = {text.get("y") for text in legend.iter(f"{SVG}text")}
    assert len(heights) > 1
    assert max(float(height or 0) for height in heights) < float(root.get("height") or 0)


def test_neighbours_in_a_row_are_joined_level_and_others_by_an_arc() -> None:
    """Three concepts that contrast in a ring stand in one row: two level lines and an arc below."""
    pairs = (("a", "b"), ("b", "c"), ("a", "c"))
    units: list[Unit] = [*map(a_concept, "abc"), *(a_relation(*pair, RelationType.CONTRASTS) for pair in pairs)]
    root = read_svg(draw(units, "Ring"))

    lines = [path.get("d") or "" for path in root.iter(f"{SVG}path") if path.get("class") == "map-line"]
    assert sum("H" in line for line in lines[:3]) == 2
    assert sum("C" in line for line in lines[:3]) == 1


def test_colours_come_from_the_page() -> None:
    """The drawing holds no colour, no inline style and no script, so that dark pages and a strict policy work."""
    svg = draw(a_map(30, 40), "A map")

    assert not re.search(r"#[0-9a-f]{3,6}\b(?!-)\"|style=|<style|<script", svg)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) == {"currentColor", "none"}


def test_words_of_the_reading_are_escaped() -> None:
    """Markup and control characters in a label or a sentence stay text, so the drawing stays well-formed."""
    label = '<script>"a" & b\x00'
    svg = draw([replace(a_concept("x"), label=label, claim=a_claim("1 < 2 & \x01 so")), a_concept("y")], '"<title>&')

    root = read_svg(svg)
    assert "<script" not in svg
    assert any(title.text == '<script>"a" & b: 1 < 2 & so' for title in root.iter(f"{SVG}title"))


def test_the_drawing_is_the_same_each_time() -> None:
    """The same units give the same drawing to the letter."""
    assert draw(a_map(40, 60), "A map") == draw(a_map(40, 60), "A map")


def test_an_empty_map_is_drawn_empty() -> None:
    """No units give a small, well-formed picture."""
    root = read_svg(draw([], "Nothing"))

    assert list(root.iter(f"{SVG}a")) == []
