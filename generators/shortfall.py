"""Why little or nothing could be made of a part of a reading, in a sentence for the person who looks for it.

What is known to be odd about the text is said, most telling first; else what a kind of study aid is made of. Nothing
is guessed: each sentence is true of every text that it is said of.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from domain.documents import Chunk, Page, PartKind, Range
from domain.material import Kind
from generators.no_prose import Sort, find_no_prose

_FEWEST_WORDS = 40
_CHARACTERS_A_WORD = 3
"""In writing without blanks, generously."""

_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that write words without blanks between them, so that they are not counted."""

_MOST = 0.6
"""Share of the text from which it is said to be of one sort."""

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*(?=\s|$)|[。！？؟।॥۔]")
_SHORT_LINE = 9
"""Words in a short line at most, on average."""

_FEWEST_LINES = 6


def explain_shortfall(
    chunks: Sequence[Chunk], pages: Sequence[Page], *, kind: Kind | None = None, language: str = "en"
) -> str:
    """Give the reason. `pages` are those of the chunks; of a kind it says what such an aid is made of.

    Empty for text like any other where no kind is asked about.
    """
    text = "\n\n".join(chunk.text for chunk in chunks)
    words = text.split()
    if not words:
        return "There are no words here to make study aids of."
    for kinds, reason in _PARTS:
        if _share(chunks, pages, kinds) >= _MOST:
            return reason
    is_short = text.isascii() or len(text) < _FEWEST_WORDS * _CHARACTERS_A_WORD
    if len(words) < _FEWEST_WORDS and is_short:
        count = "are only a few words"
        if not _WITHOUT_BLANKS.search(text):
            count = "is only 1 word" if len(words) == 1 else f"are only {len(words)} words"
        return f"There {count} here. Study aids need a few sentences that explain something."
    return _of_shape(text, words) or _of_kind(kind, language)


def _of_shape(text: str, words: Sequence[str]) -> str:
    found = find_no_prose(text)
    for sort, reason in _SHAPES.items():
        if _covered([at for at, one in found if one is sort]) >= _MOST * len(text):
            return reason
    if _covered([at for at, _ in found]) >= _MOST * len(text):
        return "This is mostly lists, code or the like. Study aids are made of sentences that explain something."
    lines = [line for line in text.splitlines() if line.strip()]
    is_short = len(lines) >= _FEWEST_LINES and len(words) / len(lines) <= _SHORT_LINE
    if is_short and len(_SENTENCE_END.findall(text)) * 2 < len(lines):
        return "This is mostly short lines. Study aids are made of sentences that explain something."
    return ""


def _of_kind(kind: Kind | None, language: str) -> str:
    if kind is None:
        return ""
    reason = _MADE_OF.get(kind, "")
    return reason if language == "en" else " ".join(filter(None, (reason, _OTHER_LANGUAGE)))


def _covered(ranges: Sequence[Range]) -> int:
    """Count the characters of ranges in order, each once."""
    total = end = 0
    for at in ranges:
        total += max(0, at.end - max(at.start, end))
        end = max(end, at.end)
    return total


def _share(chunks: Sequence[Chunk], pages: Sequence[Page], kinds: frozenset[PartKind]) -> float:
    """Give how much of the text is of some sorts, 0 to 1."""
    parts = {page.number: [part.at for part in page.parts if part.kind in kinds] for page in pages}
    inside = sum(
        max(0, min(at.end, chunk.span.end) - max(at.start, chunk.span.start))
        for chunk in chunks
        for at in parts.get(chunk.span.page, ())
    )
    return inside / max(1, sum(chunk.span.end - chunk.span.start for chunk in chunks))


_PARTS = (
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

_SHAPES: Mapping[Sort, str] = MappingProxyType(
    {
        Sort.ENTRIES: "This is mostly numbers and names in a row, such as a list of addresses or prices. Study aids "
        "are made of sentences that explain something.",
        Sort.CONTENTS: "This is mostly a list of headings with their pages. Study aids are made of the text itself.",
        Sort.SOURCES: "This is mostly a list of sources. Study aids are made of the text itself.",
        Sort.CODE: "This is mostly code. Study aids are made of sentences that explain.",
        Sort.SCRIPT: "This is mostly people speaking in turn. It is there to be read as it is: study aids are made of "
        "sentences that explain something.",
        Sort.VERSE: "This looks like verse. It is there to be read as it is: study aids are made of sentences that "
        "explain something.",
        Sort.ENDLESS: "Hardly any sentence here has an end that is marked, with a full stop or the like. Study aids "
        "are made of sentences that can be told apart.",
    }
)

_MADE_OF: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.SUMMARY: "A summary is made of sentences that can be read alone.",
        Kind.FLASHCARDS: "Cards are made of sentences that say what something means, or state one fact.",
        Kind.CONCEPT_MAP: "A map is made of terms that the text explains or uses again and again.",
        Kind.QUIZ: "Questions are made of sentences that say what something means, or state one fact.",
        Kind.STUDY_GUIDE: "A study guide is made of terms that the text explains, of questions that it answers, and of "
        "dates.",
        Kind.FAQ: "These are made of sentences that answer a question by themselves.",
        Kind.WORKED_EXAMPLES: "They are taken from the reading, where it sets out a problem with its solution.",
    }
)

_OTHER_LANGUAGE = "In other languages than English fewer study aids can be made without a language model."
