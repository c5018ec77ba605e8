"""Fit the weights of `generators.compose.salience` on authors' summaries, and say what they reach unseen.

    python -m bench.fit_salience

Reads the development sections (OpenStax, CC BY 4.0). Each book's figures come from weights that were fitted on
the other books; the weights printed last are fitted on all and go into the module.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.systems.readings import parsed
from generators.compose import salience
from generators.compose.salience import Salience, read_salience
from generators.compose.summary import summarise
from generators.compose.terms import find_terms

_SHARED = Path(os.environ.get("MARGENT_SHARED", "../shared"))
_RIDGE = 3.0


def main() -> None:
    scorer = _scorer()
    path = _SHARED / "data" / "generation" / "openstax_sections.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    rows = [row for row in rows if len(row["summary_sentences"]) >= 2]
    read = {row["id"]: _read(row["text"]) for row in rows}
    wanted = {row["id"]: [_worth(scorer, each.text, row) for each in read[row["id"]]] for row in rows}
    books = sorted({row["book"] for row in rows})
    figures = []
    for book in books:
        others = [row["id"] for row in rows if row["book"] != book and read[row["id"]]]
        salience.WEIGHTS.update(_fit([(read[key], wanted[key]) for key in others]))
        figures += [_score(scorer, row) for row in rows if row["book"] == book]
    print("unseen book: ROUGE-1, -2, -L, words to author's:", np.mean(figures, axis=0).round(4))
    print(json.dumps(_fit([(read[row["id"]], wanted[row["id"]]) for row in rows if read[row["id"]]]), indent=4))


def _scorer() -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_generation", _SHARED / "bench" / "score_generation.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(text: str) -> tuple[Salience, ...]:
    section = parsed(text)
    return read_salience(section, find_terms(section, limit=25))


def _worth(scorer: Any, text: str, row: dict[str, Any]) -> float:
    """How much a sentence says of the author's summary: its nearest sentence (ROUGE-L) and all of it (ROUGE-2)."""
    whole = " ".join(row["summary_sentences"])
    nearest = max(scorer.rouge_l(text, sentence) for sentence in row["summary_sentences"])
    return float(nearest + 2 * scorer.rouge_n(text, whole, 2))


def _fit(sections: Sequence[tuple[Sequence[Salience], Sequence[float]]]) -> dict[str, float]:
    """Ridge regression of worth, centred within each section, on the signs."""
    names = list(salience.WEIGHTS)
    signs = [np.array([[each.signs[name] for name in names] for each in found]) for found, _ in sections]
    x = np.vstack([part - part.mean(axis=0) for part in signs])
    y = np.concatenate([np.array(worth) - np.mean(worth) for _, worth in sections])
    weights = np.linalg.solve(x.T @ x + _RIDGE * np.eye(len(names)), x.T @ y)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _score(scorer: Any, row: dict[str, Any]) -> tuple[float, float, float, float]:
    whole = " ".join(row["summary_sentences"])
    units = summarise(parsed(row["text"]), sentences=min(12, len(row["summary_sentences"])))
    text = " ".join(unit.claim.text for unit in units)
    return (
        scorer.rouge_n(text, whole, 1),
        scorer.rouge_n(text, whole, 2),
        scorer.rouge_l(text, whole),
        len(scorer.toks(text)) / len(scorer.toks(whole)),
    )


if __name__ == "__main__":
    main()
