"""Fits the verifier's model, seeded, on the rows that may be used for it (CC BY 4.0), leaving one book out at a time.

Run `python -m bench.fit_verifier` from the repository's root; it prints the constants of
`safety/grounding_features.py`. Rows with other licences are left alone: they only measure.
"""

import json
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.embeddings.minilm import MiniLM
from safety.grounding_features import Likeness, read_passage

_DATA = Path(os.environ.get("MARGENT_SHARED", "../shared")) / "data" / "generation"
_MODELS = Path(os.environ.get("MARGENT_MODELS", "var/models"))
_SETS = ("openstax-mcq", "openstax-defswap", "begin-wow")
_FOLDS = 5
_SEED = 7
_RIDGE = 3.0
_COST = 1.25
"""What passing an unsupported claim costs, beside dropping a supported one: the reader can do without a sentence."""
_Numbers = NDArray[Any]


def main() -> None:
    contexts = {row["context_id"]: row["text"] for row in _rows("grounding_contexts.jsonl")}
    rows = [row for row in _rows("grounding.jsonl") if row["dataset"] in _SETS]
    rows.sort(key=lambda row: row["context_id"])
    likeness = Likeness(MiniLM(_MODELS / "minilm", threads=1))
    found = [likeness.features(row["claim"], read_passage(contexts[row["context_id"]])) for row in rows]
    names = list(found[0])
    values = np.array([[features[name] for name in names] for features in found])
    labels = np.array([row["label"] for row in rows], dtype=float)
    weights = _weights(rows)
    scores = np.zeros(len(rows))
    fold_of = _folds(sorted({row["context_id"] for row in rows}))
    folds = np.array([_book(row["context_id"]) or str(fold_of[row["context_id"]]) for row in rows])
    for fold in sorted(set(folds)):
        train = folds != fold
        model = _fit(values[train], labels[train], weights[train])
        scores[~train] = np.c_[values[~train], np.ones((~train).sum())] @ model
    model = _fit(values, labels, weights)
    print("cross-validated balanced accuracy", round(_balanced(rows, scores, labels), 3))
    for name in _SETS:
        here = [row["dataset"] == name for row in rows]
        print("cross-validated AUROC", name, round(_auroc(scores[here], labels[here]), 3))
    for name, value in zip([*names, "bias"], model, strict=True):
        print(f'    "{name}": {value:.3f},')


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_DATA / name).read_text("utf-8").splitlines()]


def _book(context: str) -> str:
    """Give the textbook that a context is from, so that each is left out once; other rows have none."""
    return context.split(":")[1] if context.startswith("openstax") else ""


def _weights(rows: Sequence[dict[str, Any]]) -> _Numbers:
    """Let each set count the same, and in each the labels by their cost."""
    kinds = [(row["dataset"], row["label"]) for row in rows]
    return np.array([300 * (1 if label else _COST) / kinds.count((name, label)) for name, label in kinds])


def _folds(contexts: Sequence[str]) -> dict[str, int]:
    shuffled = list(contexts)
    # folds need no secrecy, only a seed
    random.Random(_SEED).shuffle(shuffled)  # noqa: S311
    return {context: at % _FOLDS for at, context in enumerate(shuffled)}


def _fit(values: _Numbers, labels: _Numbers, weights: _Numbers) -> _Numbers:
    """Fit a logistic model with a ridge over standardised features by Newton's method; give it in raw units."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    inputs = np.c_[(values - mean) / spread, np.ones(len(values))]
    ridge = np.append(np.full(values.shape[1], _RIDGE), 1e-6)
    model = np.zeros(inputs.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-inputs @ model))
        slope = inputs.T @ (weights * (chance - labels)) + ridge * model
        bend = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + np.diag(ridge)
        model -= np.linalg.solve(bend, slope)
    raw = model[:-1] / spread
    return np.append(raw, model[-1] - raw @ mean)


def _auroc(scores: _Numbers, labels: _Numbers) -> float:
    """Give the chance that a supported claim scores above one that is not; ties count half."""
    above = scores[labels == 1][:, None] - scores[labels == 0][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def _balanced(rows: Sequence[dict[str, Any]], scores: _Numbers, labels: _Numbers) -> float:
    """Give the balanced accuracy at 0, the mean over the sets."""
    found = []
    for name in _SETS:
        here = np.array([row["dataset"] == name for row in rows])
        found += [((scores >= 0)[here & (labels == 1)]).mean(), ((scores < 0)[here & (labels == 0)]).mean()]
    return float(np.mean(found))


if __name__ == "__main__":
    main()
