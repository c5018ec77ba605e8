"""Maps to draw and export, without a parse: concepts and relations with claims of their own."""

import random
from itertools import product
from xml.etree import ElementTree as ET

from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import UnitId, stable_id
from domain.material import Concept, Relation, RelationType, Unit
from tests.builders import a_document


def a_claim(text: str, start: int = 0) -> Claim:
    """A claim cited to page 1."""
    span = Span(a_document().id, 1, start, start + len(text))
    return Claim(text, (Citation(span, text),))


def a_concept(label: str, weight: float = 1.0) -> Concept:
    """A concept introduced by a sentence of its own."""
    return Concept(UnitId(stable_id("concept", label)), a_claim(f"{label} is a thing."), label, weight)


def a_relation(source: str, target: str, kind: RelationType = RelationType.NEEDS) -> Relation:
    """A relation that a sentence states."""
    text = f"{source} {kind.value} {target}."
    return Relation(UnitId(stable_id(source, target, kind)), a_claim(text), source, target, kind)


def a_map(size: int, links: int, seed: int = 1) -> list[Unit]:
    """A map of concepts with labels of one to five words and links of every type, the same for the same seed."""
    # a drawing needs no secrets
    chance = random.Random(seed)  # noqa: S311
    words = [
        "cell",
        "photosynthesis",
        "of",
        "electromagnetic",
        "wave",
        "mitochondria",
        "WWW",
        "gas",
        "theory",
        "Übergang",
    ]
    labels = [f"{' '.join(chance.choices(words, k=chance.randint(1, 5)))} {number}" for number in range(size)]
    pairs = [pair for pair in product(labels, labels) if pair[0] != pair[1]]
    chosen = chance.choices(pairs, k=links) if pairs else []
    concepts = [a_concept(label) for label in labels]
    relations = [a_relation(source, target, chance.choice(list(RelationType))) for source, target in chosen]
    return [*concepts, *relations]


def read_svg(svg: str) -> ET.Element:
    """The drawing as a tree."""
    # our own drawing, no stranger's file
    return ET.fromstring(svg)  # noqa: S314
