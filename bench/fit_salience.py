"""Fit the weights of `compose.section_words` and `compose.salience` on authors' summaries; say what they reach unseen.

    python -m bench.fit_salience

Reads the development sections (OpenStax, CC BY 4.0). Each book's figures come from weights that were fitted on
the other books; the weights printed last are fitted on all and go into the modules.
"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.systems.readings import parsed
from generators.compose.summaries import salience, section_words
from generators.compose.summaries.salience import read_salience
from generators.compose.summaries.section_words import MOST, SectionWords, list_stems, read_words
from generators.compose.summaries.summary import summarise
from generators.compose.terms.terms import Term, find_terms

_SHARED = Path(os.environ.get("MARGENT_SHARED", "../shared"))
_RIDGE = 60.0
_RIDGE_OF_WORDS = 10.0
_ROUNDS = 25
_Row = dict[str, Any]


@dataclass(frozen=True)
class _Section:
    """A section as the models see it: the signs of its words, and which of them its author's summary has."""

    row: _Row
    sentences: int
    terms: tuple[Term, ...]
    words: SectionWords
    signs: NDArray[np.float64]
    said: NDArray[np.float64]


def main() -> None:
    """Print the figures of each unseen book and of all, then the weights fitted on all."""
    scorer = _scorer()
    path = _SHARED / "data" / "generation" / "openstax_sections.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    sections = [_read(row) for row in rows if len(row["summary_sentences"]) >= 2]
    figures = []
    for book in sorted({section.row["book"] for section in sections}):
        _fit([section for section in sections if section.row["book"] != book], scorer)
        reached = [_score(scorer, section) for section in sections if section.row["book"] == book]
        print(book, np.nanmean(reached, axis=0).round(4), flush=True)
        figures += reached
    print("unseen book: ROUGE-1, -2, -L, terms, words to author's:", np.nanmean(figures, axis=0).round(4))
    _fit(sections, scorer)
    print(json.dumps(section_words.WEIGHTS, indent=4), json.dumps(salience.WEIGHTS, indent=4))


def _scorer() -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_generation", _SHARED / "bench" / "score_generation.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(row: _Row) -> _Section:
    section = parsed(row["text"])
    terms = find_terms(section, limit=25)
    words = read_words(section, terms)
    sentences = min(12, len(row["summary_sentences"]))
    keys = [(word, time) for word in words.signs for time in range(1, MOST + 1)]
    signs = [
        [words.timed(word, time, sentences=sentences)[name] for name in section_words.WEIGHTS] for word, time in keys
    ]
    author = Counter(list_stems(" ".join(row["summary_sentences"])))
    said = np.array([float(author[word] >= time) for word, time in keys])
    return _Section(row, sentences, terms, words, np.array(signs), said)


def _fit(sections: Sequence[_Section], scorer: Any) -> None:
    """Fit the words' weights, then those of the sentences, whose signs use the words' chances."""
    section_words.WEIGHTS.update(_logistic(sections))
    parts = []
    for section in sections:
        found = read_salience(parsed(section.row["text"]), section.terms, section.words, sentences=section.sentences)
        if found:
            worth = np.array([_worth(scorer, one.text, section.row) for one in found])
            signs = np.array([[one.signs[name] for name in salience.WEIGHTS] for one in found])
            parts.append((signs - signs.mean(axis=0), worth - worth.mean()))
    x = np.vstack([signs for signs, _ in parts])
    y = np.concatenate([worth for _, worth in parts])
    spread = x.std(axis=0) + 1e-9
    scaled = x / spread
    weights = np.linalg.solve(scaled.T @ scaled + _RIDGE * np.eye(len(spread)), scaled.T @ y) / spread
    salience.WEIGHTS.update({name: round(float(one), 4) for name, one in zip(salience.WEIGHTS, weights, strict=True)})


def _logistic(sections: Sequence[_Section]) -> dict[str, float]:
    """Fit the chance that a stem stands in the author's summary, by Newton's method on scaled signs."""
    x = np.vstack([section.signs for section in sections])
    y = np.concatenate([section.said for section in sections])
    middle, spread = x.mean(axis=0), x.std(axis=0)
    middle[0], spread[0] = 0.0, 1.0
    scaled = (x - middle) / np.maximum(spread, 1e-9)
    weights = np.zeros(len(middle))
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chance - y) + _RIDGE_OF_WORDS * weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + _RIDGE_OF_WORDS * np.eye(len(middle))
        weights -= np.linalg.solve(curve, slope)
    plain = weights / np.maximum(spread, 1e-9)
    plain[0] -= plain[1:] @ middle[1:]
    return {name: round(float(one), 4) for name, one in zip(section_words.WEIGHTS, plain, strict=True)}


def _worth(scorer: Any, text: str, row: _Row) -> float:
    """How much a sentence says of the author's summary: its nearest sentence (ROUGE-L) and all of it (ROUGE-2)."""
    whole = " ".join(row["summary_sentences"])
    nearest = max(scorer.rouge_l(text, sentence) for sentence in row["summary_sentences"])
    return float(nearest + 2 * scorer.rouge_n(text, whole, 2))


def _score(scorer: Any, section: _Section) -> tuple[float, ...]:
    row = section.row
    whole = " ".join(row["summary_sentences"])
    units = summarise(parsed(row["text"]), sentences=section.sentences)
    text = " ".join(unit.claim.text for unit in units)
    keys = [scorer.norm(term["term"]) for term in row["key_terms"] if term["in_text"]]
    said = f" {scorer.norm(text)} "
    return (
        scorer.rouge_n(text, whole, 1),
        scorer.rouge_n(text, whole, 2),
        scorer.rouge_l(text, whole),
        sum(f" {key} " in said for key in keys) / len(keys) if keys else float("nan"),
        len(scorer.toks(text)) / len(scorer.toks(whole)),
    )


if __name__ == "__main__":
    main()
