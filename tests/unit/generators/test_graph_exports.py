"""The concept map in other programs' formats."""

import json
import re
from dataclasses import replace
from io import BytesIO

import networkx as nx

from domain.material import Kind, Unit
from generators.exports.graph import to_graphml, to_json, to_mermaid, to_svg
from generators.mapping.concept_graph import build, draw
from tests.unit.generators.exported import an_aid, an_origin
from tests.unit.generators.maps import a_claim, a_concept, a_map, a_relation, read_svg


def test_graphml_reads_back_as_the_same_graph() -> None:
    """What networkx reads from the file is the graph that was written, attributes and all."""
    units = a_map(20, 30)

    read = nx.read_graphml(BytesIO(to_graphml(units, an_origin()).encode()))

    written = build(units)
    assert sorted(read.nodes) == sorted(written.nodes)
    assert all(read.nodes[node] == written.nodes[node] for node in written)
    assert sorted(read.edges(data="type")) == sorted(written.edges(data="type"))


def test_json_reads_back_as_the_same_graph() -> None:
    """Node-link data reads back with nodes, edges and places."""
    units = a_map(20, 30)

    read = nx.node_link_graph(json.loads(to_json(units, an_origin())), edges="links")

    assert nx.utils.graphs_equal(read, build(units))


def test_mermaid_has_a_line_for_each_node_and_edge() -> None:
    """Nodes get plain names of their own, edges their relation's words."""
    lines = to_mermaid([a_concept("force"), a_concept("work"), a_relation("force", "work")], an_origin()).splitlines()

    assert lines == ["flowchart TD", '    c0["force"]', '    c1["work"]', '    c0 ==>|"helps to understand"| c1']


def test_mermaid_escapes_what_could_be_syntax() -> None:
    """A label full of Mermaid and HTML syntax stays one quoted label."""
    label = 'a"] --> b["<b>#35;`|\n end'

    (_, line) = to_mermaid([replace(a_concept("x"), label=label)], an_origin()).splitlines()

    inner = re.fullmatch(r' {4}c0\["(.*)"\]', line)
    assert inner is not None
    assert not set('"<>`|\n') & set(inner.group(1))


def test_the_svg_file_brings_its_colours() -> None:
    """The file on its own is well-formed and styled for light and dark viewers."""
    units: list[Unit] = [a_concept("force"), a_concept("work"), a_relation("force", "work")]

    svg = to_svg(an_aid(Kind.CONCEPT_MAP, *units, drawing=draw(units, "Mechanics")), an_origin())

    style = read_svg(svg).findtext("{http://www.w3.org/2000/svg}style")
    assert style is not None
    assert "prefers-color-scheme: dark" in style


def test_control_characters_do_not_break_the_files() -> None:
    """A control character in a sentence is left out, so the XML can be read."""
    concept = replace(a_concept("force"), claim=a_claim("A force\x00 is a push.\x0b"))

    read = nx.read_graphml(BytesIO(to_graphml([concept], an_origin()).encode()))

    assert read.nodes[concept.id]["quote"] == "A force is a push."
