"""Why little or nothing could be made of a part of a reading, in a sentence for the person who looks for it.

The reasons are looked for in the part's own text, most telling first; what is known to be odd about a text is said,
never guessed.
"""

import re
from collections.abc import Sequence

from domain.documents import Chunk, Page, PartKind

_FEWEST_WORDS = 40
_MOST = 0.6
"""Share of the text from which it is said to be of one sort."""

_SENTENCE_END = re.compile(r"[.!?。！？؟]['\"”’)]*(?=\s|$)")
_VERSE_LINE = 9
"""Words in a line of verse at most, on average; running text is not broken there."""

_FEWEST_LINES = 6


def explain_shortfall(chunks: Sequence[Chunk], pages: Sequence[Page]) -> str:
    """Give the reason, or an empty string where the text looks like any other. `pages` are those of the chunks."""
    text = "\n\n".join(chunk.text for chunk in chunks)
    words = text.split()
    if not words:
        return "There are no words here to make study aids of."
    for kinds, reason in _SORTS:
        if _share(chunks, pages, kinds) >= _MOST:
            return reason
    if len(words) < _FEWEST_WORDS and (text.isascii() or len(text) < _FEWEST_WORDS * 3):
        return f"There are only {len(words)} words here. Study aids need a few sentences that explain something."
    return _of_shape(text, words)


def _of_shape(text: str, words: Sequence[str]) -> str:
    digits = sum(any(sign.isdigit() for sign in word) for word in words)
    if digits > len(words) * 0.3 and len(_SENTENCE_END.findall(text)) * 25 < len(words):
        return (
            "This is mostly numbers and names in a row, such as a list of addresses or prices. Nothing in it explains "
            "something, so there is nothing to ask about."
        )
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) >= _FEWEST_LINES and len(words) / len(lines) <= _VERSE_LINE:
        if len(_SENTENCE_END.findall(text)) * 4 < len(lines):
            return "This is a list of short lines. Study aids are made of sentences that explain something."
        return (
            "This looks like verse or a conversation. It is there to be read as it is: study aids are made of "
            "sentences that explain something."
        )
    if len(_SENTENCE_END.findall(text)) * 60 < len(words):
        return "There are hardly any whole sentences here, and study aids are made of sentences."
    return ""


def _share(chunks: Sequence[Chunk], pages: Sequence[Page], kinds: frozenset[PartKind]) -> float:
    """Give how much of the text is of some sorts, 0 to 1."""
    parts = {page.number: [part.at for part in page.parts if part.kind in kinds] for page in pages}
    inside = sum(
        max(0, min(at.end, chunk.span.end) - max(at.start, chunk.span.start))
        for chunk in chunks
        for at in parts.get(chunk.span.page, ())
    )
    return inside / max(1, sum(chunk.span.end - chunk.span.start for chunk in chunks))


_SORTS = (
    (
        frozenset({PartKind.TABLE}),
        "This part is nearly all tables. Study aids are made of sentences, so the tables are best read as they are.",
    ),
    (
        frozenset({PartKind.FORMULA}),
        "This part is nearly all formulas. Study aids are made of sentences, and there are hardly any here.",
    ),
    (
        frozenset({PartKind.NOTES, PartKind.FOOTNOTE}),
        "This part is nearly all notes. Study aids are made of the text itself.",
    ),
    (frozenset({PartKind.CODE}), "This part is nearly all code. Study aids are made of sentences that explain."),
)
