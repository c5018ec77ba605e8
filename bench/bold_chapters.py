"""Chapters whose sections all come with the author's bold, for the concept-map scorer: `write(folder)`.

The development chapters hold bold for 29 of their 69 sections, so a map of them cannot show what bold is worth. These
are made of the sections that have it, with the authors' own key terms as concepts; a definition edge runs, as in the
development set, from a term to every other term whose definition uses it.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_DATA = Path(os.environ.get("MARGENT_SHARED", "../shared")) / "data" / "generation"
_FEWEST_CONCEPTS = 5


def write(folder: Path) -> None:
    """Write the chapters into a folder that the scorer takes with `--data`."""
    lines = (_DATA / "openstax_sections.jsonl").read_text(encoding="utf-8").splitlines()
    chapters: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in map(json.loads, lines):
        chapters[row["book"], str(row["chapter"])].append(row)
    made = (_chapter(book, rows) for (book, _), rows in sorted(chapters.items()))
    kept = [chapter for chapter in made if len(chapter["concepts"]) >= _FEWEST_CONCEPTS]
    (folder / "openstax_chapters.jsonl").write_text("\n".join(map(json.dumps, kept)) + "\n", encoding="utf-8")


def _chapter(book: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    defined = {term["term"]: term["definition"] for row in rows for term in row["key_terms"]}
    return {
        "book": book,
        "sections": [{"text": row["text"]} for row in rows],
        "concepts": list(defined),
        "definition_edges": list(_edges(defined)),
    }


def _edges(defined: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield what definitions refer to."""
    for target, definition in defined.items():
        words = f" {_normal(definition)} "
        for source in defined:
            if _normal(source) != _normal(target) and f" {_normal(source)} " in words:
                yield {"source": source, "target": target}


def _normal(text: str) -> str:
    """Give the words of a text in lower case and singular, without what stands in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", text.lower().replace("’", "'"))
    return " ".join(re.sub(r"(?<=\w{3})(?<![su])s$", "", word) for word in re.findall(r"[a-z0-9]+(?:'[a-z]+)?", bare))
