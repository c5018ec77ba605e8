"""Which paragraphs are headings, and of which level: by the file's outline, then by type size and weight."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.parsers.pdf.lines import Paragraph, Typesetting
from ingest.parsers.pdf.page import Line

_LONGEST = 160
_MOST_LINES = 4
_DEEPEST = 6
_NUMBER = re.compile(
    r"^(?:(?:chapter|section|part|kapitel|chapitre|capítulo)\s+)?[\divxlc]+(?:\.\d+)*[.:)]?\s+", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?:fig(?:ure)?|table|tab|abb(?:ildung)?|tabelle|tableau|listing|algorithm)\b\.?\s*\d|figure:", re.IGNORECASE
)
_WIDEST_LETTER = 0.85
_LEADERS = re.compile(r"(?:\. ?){5,}")

Style = tuple[float, bool, bool]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of a file's outline: its level from 1, and the page it points at."""

    level: int
    title: str
    page: int


def mark_headings(
    pages: Mapping[int, Sequence[Paragraph]], outline: Sequence[OutlineEntry], usual: Typesetting
) -> None:
    """Set the level of every paragraph that is a heading."""
    matched = list(_match_outline(pages, outline))
    levels = _style_levels(matched)
    candidates = [
        paragraph
        for paragraphs in pages.values()
        if not _is_contents(paragraphs)
        for paragraph in paragraphs
        if not paragraph.level and not paragraph.parts and _looks_like_heading(paragraph, usual)
    ]
    if len(matched) < 3:
        _rank_by_style(candidates, usual)
        return
    deepest = max(levels.values())
    for paragraph in candidates:
        style = _style(paragraph)
        if style in levels:
            paragraph.level = levels[style]
        elif paragraph.size >= usual.size * 1.05 or paragraph.bold > 0.9:
            paragraph.level = min(deepest + 1, _DEEPEST)


def _match_outline(pages: Mapping[int, Sequence[Paragraph]], outline: Sequence[OutlineEntry]) -> Iterator[Paragraph]:
    """Find the outline's titles on their pages, or on the page after or before, and set their levels."""
    for entry in outline:
        wanted = _key(entry.title)
        if not wanted:
            continue
        for page in (entry.page, entry.page + 1, entry.page - 1):
            found = next(
                (
                    item
                    for item in pages.get(page, ())
                    if not item.level and not item.parts and _is_titled(item, wanted)
                ),
                None,
            )
            if found is not None:
                found.level = min(entry.level, _DEEPEST)
                yield found
                break


def _is_titled(paragraph: Paragraph, wanted: str) -> bool:
    return len(paragraph.text) <= 2 * _LONGEST and _key(paragraph.text) == wanted


def _key(title: str) -> str:
    """Give a title's letters and digits alone, without its number."""
    bare = _NUMBER.sub("", title.strip())
    return re.sub(r"[\W_]+", "", bare or title).casefold()


def _is_contents(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a page is one of a table of contents: titles, dots and page numbers."""
    dotted = [paragraph.text for paragraph in paragraphs if ". . ." in paragraph.text or "....." in paragraph.text]
    return sum(len(_LEADERS.findall(text)) for text in dotted) >= 4


def _style(paragraph: Paragraph) -> Style:
    return round(paragraph.size * 2) / 2, paragraph.bold > 0.9, paragraph.italic > 0.9


def _style_levels(matched: Sequence[Paragraph]) -> dict[Style, int]:
    seen: dict[Style, Counter[int]] = defaultdict(Counter)
    for paragraph in matched:
        seen[_style(paragraph)][paragraph.level] += 1
    return {style: counter.most_common(1)[0][0] for style, counter in seen.items()}


def _looks_like_heading(paragraph: Paragraph, usual: Typesetting) -> bool:
    is_large = paragraph.size >= usual.size * 1.12
    is_bold = paragraph.bold > 0.9 and paragraph.size >= usual.size * 0.95
    text = paragraph.text
    is_short = len(text) <= _LONGEST and len(paragraph.lines) <= _MOST_LINES
    if not (is_large or is_bold) or not is_short or text.endswith((".", ",", ";")):
        return False
    has_words = re.search(r"[^\W\d_]{2}", text) and not _CAPTION.match(text)
    return bool(has_words) and not any(map(_is_sparse, paragraph.lines))


def _is_sparse(line: Line) -> bool:
    """Whether the words of a line stand far apart, like the cells of a table; a letter is about half its size wide."""
    return " " in line.text and line.right - line.left > len(line.text) * line.size * _WIDEST_LETTER


def _rank_by_style(candidates: Sequence[Paragraph], usual: Typesetting) -> None:
    """Without an outline, the larger type is the higher level; a style used once is a title or no heading."""
    used = Counter(_style(paragraph) for paragraph in candidates)
    largest = max((paragraph.size for paragraph in candidates), default=0.0)
    kept = [item for item in candidates if used[_style(item)] > 1 or item.size == largest > usual.size * 1.12]
    ranks = {style: rank for rank, style in enumerate(sorted({_style(item) for item in kept}, reverse=True), start=1)}
    for paragraph in kept:
        paragraph.level = min(ranks[_style(paragraph)], _DEEPEST)
