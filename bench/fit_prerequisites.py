"""Fit the weights of `generators.compose.maps.prerequisites` again, on author-written definitions (CC BY) alone.

Prints the weights, and what they reach on each book when it is left out of the fit. Run from the repository's root.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from generators.compose.maps.prerequisites import Signs, Usages
from generators.compose.reading.mentions import name_of

_DATA = Path(os.environ.get("MARGENT_SHARED", "../shared")) / "data" / "generation"
_RIDGE = 3.0
_CLASS_WEIGHT = 50.0


@dataclass(frozen=True)
class Chapter:
    """The signs of all pairs of a chapter's concepts, and which of them the definitions bear out."""

    book: str
    signs: np.ndarray
    labels: np.ndarray


def read_chapters() -> list[Chapter]:
    chapters = []
    for line in (_DATA / "openstax_chapters.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        edges = {(edge["target"], edge["source"]) for edge in row["definition_edges"]}
        names = {concept: name_of(concept) for concept in row["concepts"]}
        usages = Usages([section["text"] for section in row["sections"]], list(names.values()))
        pairs = [(a, b) for a in names for b in names if a != b]
        signs = np.array([astuple(usages.signs(names[a], names[b])) for a, b in pairs])
        chapters.append(Chapter(row["book"], signs, np.array([pair in edges for pair in pairs], dtype=float)))
    return chapters


def fit(chapters: Sequence[Chapter]) -> np.ndarray:
    """Weigh by ridge logistic regression (Newton's method); every chapter counts the same, and both classes."""
    x = np.vstack([np.c_[chapter.signs, np.ones(len(chapter.labels))] for chapter in chapters])
    y = np.concatenate([chapter.labels for chapter in chapters])
    share = np.concatenate([_shares(chapter.labels) for chapter in chapters])
    ridge = np.full(x.shape[1], _RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (chance - y)) + ridge * weights
        bend = (x * (share * chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return np.asarray(weights[:-1])


def area(scores: np.ndarray, labels: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half."""
    right, wrong = scores[labels == 1], scores[labels == 0]
    return float(np.mean(np.greater.outer(right, wrong) + 0.5 * np.equal.outer(right, wrong)))


def main() -> None:
    chapters = read_chapters()
    names = [field.name for field in fields(Signs)]
    reached = []
    for book in sorted({chapter.book for chapter in chapters}):
        weights = fit([chapter for chapter in chapters if chapter.book != book])
        held = [chapter for chapter in chapters if chapter.book == book]
        areas = [area(chapter.signs @ weights, chapter.labels) for chapter in held]
        best = max(np.mean([area(chapter.signs[:, index], chapter.labels) for chapter in held]) for index in range(6))
        reached += areas
        print(f"{book:18} left out: AUROC {np.mean(areas):.3f} (its best single sign {best:.3f})")
    print(f"all, each book left out once: {np.mean(reached):.3f}")
    print({name: round(float(weight), 2) for name, weight in zip(names, fit(chapters), strict=True)})


def _shares(labels: np.ndarray) -> np.ndarray:
    positives = labels.sum()
    shares: np.ndarray = np.where(labels == 1, _CLASS_WEIGHT / positives, _CLASS_WEIGHT / (len(labels) - positives))
    return shares


if __name__ == "__main__":
    main()
