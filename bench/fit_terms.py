"""Fit the weights of `generators.compose.terms.term_weights` on authors' glossaries, and say what they reach unseen.

    python -m bench.fit_terms

Reads the development sections (OpenStax, CC BY 4.0). Each book's figures come from weights and common words of
the other books alone; the weights printed are fitted on all. `--words` prints the common words of all four.
"""

import json
import math
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bench.systems.readings import parsed
from generators.compose.reading.candidates import find_candidates, normal_form
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.definitions import cut_definition
from generators.compose.terms.term_weights import WEIGHTS, read_signs

_SHARED = Path(os.environ.get("MARGENT_SHARED", "../shared"))
_RIDGE = 1.0
_TIERS = ((0.25, 0.1), (0.08, 0.35), (0.0, 0.6))
"""Words in at least this share of the sections are this rare."""

Example = tuple[dict[str, float], bool]


def main() -> None:
    path = _SHARED / "data" / "generation" / "openstax_sections.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    books = sorted({row["book"] for row in rows})
    if "--words" in sys.argv:
        shares = common_words(rows, books)
        bounds = [1.1, *(least for least, _ in _TIERS)]
        for most, least in pairwise(bounds):
            print(*sorted(word for word, share in shares.items() if least <= share < most), end="\n\n")
        return
    rows = [row for row in rows if len(row["key_terms"]) >= 3]
    recalls = []
    for book in books:
        others = [other for other in books if other != book]
        rare = _rarity(common_words(rows, others))
        weights = _fit([pair for row in rows if row["book"] != book for pair in _examples(row, rare)])
        recalls += [_recall(_examples(row, rare), weights, row) for row in rows if row["book"] == book]
    print("glossary recall at 20 in an unseen book:", round(sum(recalls) / len(recalls), 4))
    rare = _rarity(common_words(rows, books))
    print(json.dumps(_fit([pair for row in rows for pair in _examples(row, rare)]), indent=4))


def common_words(rows: Sequence[dict[str, Any]], books: Sequence[str]) -> dict[str, float]:
    """Words of all but at most one of the books, with the share of the sections that hold them."""
    held: Counter[str] = Counter()
    used: dict[str, set[str]] = {book: set() for book in books}
    sections = [row for row in rows if row["book"] in used]
    for row in sections:
        words = {normal_form(word) for word in re.findall(r"[^\W\d_]{2,}", row["text"])}
        held.update(words)
        used[row["book"]] |= words
    return {
        word: count / len(sections)
        for word, count in held.items()
        if sum(word in words for words in used.values()) >= max(2, len(books) - 1)
    }


def _rarity(shares: dict[str, float]) -> Callable[[str], float]:
    def rare(word: str) -> float:
        return next((value for least, value in _TIERS if word in shares and shares[word] >= least), 1.0)

    return rare


def _examples(row: dict[str, Any], rare: Callable[[str], float]) -> list[Example]:
    section = parsed(row["text"])
    glossary = {normal_form(term["term"]) for term in row["key_terms"] if term["in_text"]}
    return [
        (read_signs(section, candidate, _strength(section, candidate.places[:6]), rare=rare), candidate.key in glossary)
        for candidate in find_candidates(section)
    ]


def _strength(section: ParsedSection, places: Sequence[Any]) -> float:
    cuts = [
        cut.strength
        for at in places
        if (sentence := section.sentence_at(at.start)) and (cut := cut_definition(section, sentence, at))
    ]
    return max(cuts, default=0.0)


def _fit(examples: Sequence[Example]) -> dict[str, float]:
    """Logistic regression by Newton's method, with a small ridge."""
    names = list(WEIGHTS)
    x = np.array([[signs[name] for name in names] for signs, _ in examples])
    y = np.array([float(is_term) for _, is_term in examples])
    weights = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + _RIDGE * weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + _RIDGE * np.eye(len(names))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _recall(examples: Sequence[Example], weights: dict[str, float], row: dict[str, Any]) -> float:
    def chance(example: Example) -> float:
        return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in example[0].items())))

    found = sum(is_term for _, is_term in sorted(examples, key=chance, reverse=True)[:20])
    return found / max(1, [term["in_text"] for term in row["key_terms"]].count(True))


if __name__ == "__main__":
    main()
