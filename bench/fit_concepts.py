"""Fit the weights of `generators.compose.maps.concept_weights` on authors' glossaries, and say what they reach unseen.

    python -m bench.fit_concepts

Reads the development sections and chapters (OpenStax, CC BY 4.0), without the author's bold. The figures of each
book's chapters come from the other books alone; the weights printed are fitted on all.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.systems.readings import parsed
from generators.compose.maps.concept_weights import WEIGHTS, chance, read_signs
from generators.compose.reading.candidates import normal_form
from generators.compose.terms.terms import find_terms

_DATA = Path(os.environ.get("MARGENT_SHARED", "../shared")) / "data" / "generation"
_RIDGE = 2.0
_MOST_CANDIDATES = 200
_BARS = [bar / 100 for bar in range(10, 50, 2)]

Example = tuple[str, dict[str, float], bool]
"""A candidate's name, its signs, and whether the author's glossary has it."""


@dataclass(frozen=True)
class Reading:
    """The candidates of a section or a chapter, and how many concepts its author lists."""

    book: str
    examples: tuple[Example, ...]
    concepts: int


def main() -> None:
    sections = _read_sections()
    chapters = _read_chapters()
    every = [*sections, *chapters]
    books = {chapter.book for chapter in chapters}
    of_book = {book: _fit([one for one in every if one.book != book]) for book in books}
    reached = [(bar, _reach(chapters, of_book, bar)) for bar in _BARS]
    for bar, (precision, recall) in reached:
        together = 2 * precision * recall / (precision + recall)
        print(f"bar {bar:.2f}: node F1 in an unseen book {together:.3f} ({precision:.3f}, {recall:.3f})")
    print(json.dumps(_fit(every), indent=4))


def _read_sections() -> list[Reading]:
    lines = (_DATA / "openstax_sections.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        _reading(row["book"], [row["text"]], [term["term"] for term in row["key_terms"]])
        for row in map(json.loads, lines)
        if len(row["key_terms"]) >= 3
    ]


def _read_chapters() -> list[Reading]:
    lines = (_DATA / "openstax_chapters.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        _reading(row["book"], [section["text"] for section in row["sections"]], row["concepts"])
        for row in map(json.loads, lines)
    ]


def _reading(book: str, texts: Sequence[str], concepts: Sequence[str]) -> Reading:
    listed = {normal_form(concept) for concept in concepts}
    examples = []
    for text in texts:
        section = parsed(text)
        terms = find_terms(section, limit=_MOST_CANDIDATES)
        for term, signs in zip(terms, read_signs(section, terms), strict=True):
            name = normal_form(term.label)
            examples.append((name, signs, name in listed))
    return Reading(book, tuple(examples), len(listed))


def _fit(readings: Sequence[Reading]) -> dict[str, float]:
    """Logistic regression by Newton's method, with a small ridge."""
    names = list(WEIGHTS)
    examples = [example for reading in readings for example in reading.examples]
    x = np.array([[signs[name] for name in names] for _, signs, _ in examples])
    y = np.array([float(is_concept) for _, _, is_concept in examples])
    weights = np.zeros(len(names))
    for _ in range(30):
        likely = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (likely - y) + _RIDGE * weights
        bend = (x * (likely * (1 - likely))[:, None]).T @ x + _RIDGE * np.eye(len(names))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _reach(chapters: Sequence[Reading], of_book: Mapping[str, Mapping[str, float]], bar: float) -> tuple[float, float]:
    """Give precision and recall of the concepts of chapters, each weighed by what other books taught."""
    precision, recall = [], []
    for chapter in chapters:
        chosen = {name: right for name, signs, right in chapter.examples if chance(signs, of_book[chapter.book]) >= bar}
        precision.append(sum(chosen.values()) / max(1, len(chosen)))
        recall.append(sum(chosen.values()) / chapter.concepts)
    return sum(precision) / len(precision), sum(recall) / len(recall)


if __name__ == "__main__":
    main()
