"""The concept map as a file: GraphML, node-link JSON, Mermaid, and an SVG that brings its own colours."""

import json
from collections.abc import Mapping, Sequence

from domain.material import RelationType, Unit
from generators import concept_graph

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


def to_graphml(units: Sequence[Unit]) -> str:
    """Write GraphML, which Gephi, yEd and Cytoscape read; every node and edge holds where it stands in the reading."""
    return concept_graph.to_graphml(concept_graph.build(units))


def to_json(units: Sequence[Unit]) -> str:
    """Write node-link JSON, as networkx and D3 read it."""
    data = concept_graph.to_node_link(concept_graph.build(units))
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_mermaid(units: Sequence[Unit]) -> str:
    """Write a Mermaid flowchart. Labels are escaped, so no word of the reading can become syntax."""
    graph = concept_graph.build(units)
    names = {node: f"c{number}" for number, node in enumerate(graph)}
    lines = ["flowchart TD"]
    lines += [f'    {names[node]}["{_escape(str(data["label"]))}"]' for node, data in graph.nodes(data=True)]
    for source, target, data in graph.edges(data=True):
        arrow = _ARROWS.get(RelationType(data["type"]), "-->")
        lines.append(f'    {names[source]} {arrow}|"{_escape(str(data["type"]))}"| {names[target]}')
    return "\n".join(lines) + "\n"


def to_svg(drawing: str) -> str:
    """Make a map's drawing a file of its own, in its colours, light or dark as the viewer is."""
    style = (
        f".concept-map {{ color-scheme: light dark; {_named(_LIGHT)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ .concept-map {{ {_named(_DARK)} }} }}\n"
        f"{_style({name: f'var(--{name})' for name in _LIGHT})}"
    )
    return _with_style(drawing, style)


def to_print_svg(drawing: str) -> str:
    """Make a map's drawing a file of its own for white paper."""
    return _with_style(drawing, _style({**_LIGHT, "page": "#ffffff"}))


def _named(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _style(colours: Mapping[str, str]) -> str:
    edges = "\n".join(f".edge-{name} {{ color: {colours[name]}; }}" for name in _EDGES)
    return (
        f".concept-map {{ color: {colours['text']}; background: {colours['page']}; }}\n{edges}\n"
        f".map-box {{ fill: {colours['box']}; fill-opacity: 1; }}\n"
        f".is-start .map-box {{ fill: {colours['start']}; }}"
    )


def _with_style(drawing: str, style: str) -> str:
    head, opened, rest = drawing.partition(">\n")
    return f"{head}{opened}<style>\n{style}\n</style>\n{rest}"


def _escape(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in " ".join(text.split()))
