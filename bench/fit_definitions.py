"""Fit the weights by which a definition is chosen among several; print what they reach on a book not seen.

    python -m bench.fit_definitions OPENSTAX_SECTIONS.jsonl

Rows are textbook sections with the author's glossary (CC BY 4.0). The target is the ROUGE-L F1 of a cut with the
author's definition.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.systems.readings import parsed
from domain.documents import Range
from generators.compose.reading.candidates import normal_form
from generators.compose.terms.definition_choice import WEIGHTS, read_signs
from generators.compose.terms.definitions import cut_definition
from generators.compose.terms.terms import mention_pattern

_RIDGE = 2.0
_PLACES = 8

Cuts = list[tuple[list[float], float]]
"""The cuts for one term: the signs of each, and how near it comes to the author's definition."""


def main() -> None:
    """Leave each book out in turn, then fit on all."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    terms = [(row["book"], cuts) for row in rows for cuts in _examples(row)]
    for book in sorted({book for book, _ in terms}):
        weights = _fit([cuts for other, cuts in terms if other != book])
        held = [cuts for other, cuts in terms if other == book]
        reached = [max(cuts, key=lambda cut: float(np.dot(weights, cut[0])))[1] for cuts in held]
        best = [max(value for _, value in cuts) for cuts in held]
        print(book, len(held), "reached", round(float(np.mean(reached)), 3), "best", round(float(np.mean(best)), 3))
    fitted = _fit([cuts for _, cuts in terms])[1:]
    print(json.dumps({name: round(float(value), 2) for name, value in zip(WEIGHTS, fitted, strict=True)}, indent=4))


def _examples(row: dict[str, Any]) -> list[Cuts]:
    """Cut every definition of each glossary term, once with the author's marks and once without."""
    found: list[Cuts] = []
    marks: list[list[int]]
    for marks in (row["emphasised_spans"], []):
        section = parsed(row["text"], marks)
        for term in row["key_terms"]:
            cuts: Cuts = []
            mentions = [Range(*match.span()) for match in mention_pattern(term["term"]).finditer(row["text"])][:_PLACES]
            is_marked = any(map(section.is_emphasised, mentions))
            for place, at in enumerate(mentions):
                sentence = section.sentence_at(at.start)
                cut = cut_definition(section, sentence, at) if sentence else None
                if sentence and cut:
                    signs = read_signs(
                        cut,
                        sentence,
                        at,
                        is_marked=section.is_emphasised(at),
                        is_first=place == 0 and not is_marked,
                    )
                    cuts.append(([1.0, *signs.values()], _likeness(cut.text, term["definition"])))
            if cuts and normal_form(term["term"]):
                found.append(cuts)
    return found


def _fit(terms: Sequence[Cuts]) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Ridge regression of the likeness on the signs."""
    x = np.array([signs for cuts in terms for signs, _ in cuts])
    y = np.array([value for cuts in terms for _, value in cuts])
    return np.asarray(np.linalg.solve(x.T @ x + _RIDGE * np.eye(x.shape[1]), x.T @ y))


def _likeness(text: str, author: str) -> float:
    """ROUGE-L F1 over lower-case words."""
    first, second = (re.findall(r"[a-z0-9]+", words.lower()) for words in (text, author))
    before = [0] * (len(second) + 1)
    for word in first:
        now = [0]
        for place, other in enumerate(second, 1):
            now.append(before[place - 1] + 1 if word == other else max(before[place], now[-1]))
        before = now
    return 2 * before[-1] / max(1, len(first) + len(second))


if __name__ == "__main__":
    main()
