"""The concept map as a file: GraphML, node-link JSON, Mermaid, and an SVG that brings its own colours."""

import html
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from domain.ids import UnitId
from domain.material import Concept, Relation, RelationType, Unit
from generators.exports.aid import Aid
from generators.exports.origin import Origin
from generators.exports.sheet import one_line
from generators.mapping import concept_graph

if TYPE_CHECKING:
    import networkx as nx

_ARROWS = {
    RelationType.NEEDS: "==>",
    RelationType.CONTRASTS: "-.-",
    RelationType.RELATED: "---",
    RelationType.EXAMPLE_OF: "-.->",
}
_ENTITIES = {
    "&": "#amp;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "#": "#35;",
    "`": "#96;",
    "|": "#124;",
    "\\": "#92;",
}
_LIGHT = {
    "text": "#1d2330",
    "page": "#fffdf8",
    "needs": "#2b5fb4",
    "is-a": "#2f7d4f",
    "part-of": "#7a5a12",
    "causes": "#b0382e",
    "contrasts": "#7b3fa0",
    "example": "#0f6f78",
    "related": "#6d7380",
    "box": "#f1efe6",
    "start": "#dfe9f8",
}
_DARK = {
    "text": "#e8e6e3",
    "page": "#16181d",
    "needs": "#8fb7ff",
    "is-a": "#86d3a3",
    "part-of": "#e0bd6a",
    "causes": "#ff9c8f",
    "contrasts": "#d3a4f2",
    "example": "#7fd6de",
    "related": "#979dab",
    "box": "#23262e",
    "start": "#24344f",
}
_EDGES = ("needs", "is-a", "part-of", "causes", "contrasts", "example", "related")


def to_graphml(units: Sequence[Unit], origin: Origin) -> str:
    """Write GraphML, which Gephi, yEd and Cytoscape read; every node and edge holds where it stands in the reading."""
    return concept_graph.to_graphml(_graph(units, origin))


def to_json(units: Sequence[Unit], origin: Origin) -> str:
    """Write node-link JSON, as networkx and D3 read it."""
    data = concept_graph.to_node_link(_graph(units, origin))
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_mermaid(units: Sequence[Unit], origin: Origin) -> str:
    """Write a Mermaid flowchart. Labels are escaped, so no word of the reading can become syntax."""
    graph = _graph(units, origin)
    names = {node: f"c{number}" for number, node in enumerate(graph)}
    lines = ["flowchart TD"]
    lines += [f'    {names[node]}["{_label(data, "label")}"]' for node, data in graph.nodes(data=True)]
    for source, target, data in graph.edges(data=True):
        kind = RelationType(data["type"])
        label = _label({**data, "type": kind.label}, "type")
        lines.append(f'    {names[source]} {_ARROWS.get(kind, "-->")}|"{label}"| {names[target]}')
    return "\n".join(lines) + "\n"


def to_svg(aid: Aid, origin: Origin) -> str:
    """Make a map's drawing a file of its own, in its colours, light or dark as the viewer is.

    Its description names what is in a person's words.
    """
    style = (
        f".concept-map {{ color-scheme: light dark; {_named(_LIGHT)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ .concept-map {{ {_named(_DARK)} }} }}\n"
        f"{_style({name: f'var(--{name})' for name in _LIGHT})}"
    )
    return _with_style(aid.drawing, style, _description(aid.units, origin))


def to_print_svg(drawing: str) -> str:
    """Make a map's drawing a file of its own for white paper."""
    return _with_style(drawing, _style({**_LIGHT, "page": "#ffffff"}))


def _graph(units: Sequence[Unit], origin: Origin) -> "nx.DiGraph[str]":
    """Make the graph; nodes and edges in a person's words say so."""
    graph = concept_graph.build(units)
    said = {unit.id: {"whose": credit} if (credit := origin.credit(unit.claim)) else {} for unit in units}
    for node, data in graph.nodes(data=True):
        data.update(said[UnitId(node)])
    for _, _, data in graph.edges(data=True):
        data.update(said[data["id"]])
    return graph


def _label(data: Mapping[str, object], name: str) -> str:
    return _escape(f"{data[name]} ({data['whose']})" if "whose" in data else str(data[name]))


def _description(units: Sequence[Unit], origin: Origin) -> str:
    own = [unit for unit in units if isinstance(unit, Concept | Relation) and unit.claim.by_person]
    if not own:
        return ""
    named = (unit.label if isinstance(unit, Concept) else f"{unit.source} – {unit.target}" for unit in own)
    said = f"{origin.credit(own[0].claim)}: {'; '.join(named)}"
    return f"<desc>{html.escape(one_line(said))}</desc>\n"


def _named(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _style(colours: Mapping[str, str]) -> str:
    edges = "\n".join(f".edge-{name} {{ color: {colours[name]}; }}" for name in _EDGES)
    return (
        f".concept-map {{ color: {colours['text']}; background: {colours['page']}; }}\n{edges}\n"
        f".map-box {{ fill: {colours['box']}; fill-opacity: 1; }}\n"
        f".is-start .map-box {{ fill: {colours['start']}; }}"
    )


def _with_style(drawing: str, style: str, description: str = "") -> str:
    head, opened, rest = drawing.partition(">\n")
    return f"{head}{opened}{description}<style>\n{style}\n</style>\n{rest}"


def _escape(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in " ".join(text.split()))
