"""Where the words of a query stand in a passage, for marking them on the page."""

import re

from domain.documents import Range
from domain.words import content_lemmas, fold, lemma, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")


def find_highlights(query: str, text: str) -> tuple[Range, ...]:
    """Give the ranges of `text` whose words the query holds, in any form; neighbouring words make one range."""
    wanted = {stem(word) for word in content_lemmas(query)}
    found: list[Range] = []
    for match in _WORD.finditer(text):
        if stem(lemma(fold(match.group()))) not in wanted:
            continue
        if found and not text[found[-1].end : match.start()].strip():
            found[-1] = Range(found[-1].start, match.end())
        else:
            found.append(Range(match.start(), match.end()))
    return tuple(found)
