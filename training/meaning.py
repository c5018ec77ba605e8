"""The recipe of the vote by meaning: a line through the packaged encoder's vectors of the written messages."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from adapters.embeddings.minilm import MiniLM
from safety.classifier import CATEGORIES, LEVELS, kind_of
from safety.linear import windows
from safety.meaning import HEADS, WORDS, readable
from training import crisis
from training.messages import Written, made_of, read_messages

MODELS = Path(__file__).parent.parent / "var" / "models" / "minilm"
GENERATED = 1500
"""Messages of the generator that are learned from beside the written ones, and how much each counts."""
_SHARE = 0.3
_STEPS = 1500
_RATE = 0.05
_KEPT_SMALL = 1e-4
_SEED = 4


def make(path: Path) -> None:
    """Train and write the weights. The encoder must be in place (`margent models`)."""
    rows, weights = examples()
    vectors = np.array(MiniLM(MODELS, threads=1).embed([readable(row.view) for row in rows]), dtype=np.float64)
    found = [fit(vectors, *target(rows, head, weights)) for head in HEADS]
    np.savez_compressed(
        path,
        weights=np.array([line[:-1] for line in found]).astype(np.float16),
        biases=np.array([line[-1] for line in found]).astype(np.float16),
        heads=np.array(HEADS),
        made_from=np.array(made_of()),
    )


def examples() -> tuple[list[Written], NDArray[np.float64]]:
    """Give what is learned from, each with how much it counts: English messages, and windows of long harmless ones."""
    written = [row for row in read_messages() if row.language == "en"]
    pieces = [
        Written(piece, "en", "", "")
        for row in written
        if not row.category and row.view.count(" ") >= WORDS
        for piece in windows(row.view)
    ]
    generated = [
        Written(one.view, "en", one.labels.get("category", ""), one.labels.get("severity", ""))
        for one in crisis.messages(english=GENERATED // 3, other=0, seed=_SEED)
        if kind_of(one.view) != "other"
    ]
    weights = [1.0] * len(written) + [_SHARE] * (len(pieces) + len(generated))
    return [*written, *pieces, *generated], np.array(weights)


def target(
    rows: Sequence[Written], head: str, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what a head should say of each row, and how much the row counts for it."""
    is_danger = np.array([bool(row.category) for row in rows], dtype=float)
    if head == "danger":
        return is_danger, weights
    if head in CATEGORIES:
        return np.array([row.category == head for row in rows], dtype=float), weights
    least = LEVELS.index(head.removeprefix("at least "))
    grade = np.array([LEVELS.index(row.severity) if row.severity else -1 for row in rows])
    return (grade >= least).astype(float), weights * is_danger


def fit(vectors: NDArray[np.float64], wanted: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit logistic regression with small weights by full-batch Adam (Kingma and Ba 2015); the bias comes last."""
    inputs = np.hstack([vectors, np.ones((len(vectors), 1))])
    line = np.zeros(inputs.shape[1])
    first, second = np.zeros_like(line), np.zeros_like(line)
    share = weights / weights.sum()
    for step in range(1, _STEPS + 1):
        said = 1 / (1 + np.exp(-(inputs @ line)))
        slope = inputs.T @ ((said - wanted) * share) + _KEPT_SMALL * line
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        line -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return line
