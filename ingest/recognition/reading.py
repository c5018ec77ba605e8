"""Reads a picture with Tesseract however it lies: straightens it, turns it the right way up, tries another language.

Only what comes out poorly is tried another way, so that a plain upright page is read once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from domain.errors import Unreadable
from ingest.language import detect_language
from ingest.recognition.contract import Line, RecognisedPage, Word
from ingest.recognition.engine import LANGUAGES, ORIENTATION, Run
from ingest.recognition.preparing import Prepared, enlarge, prepare, turn, without_specks

if TYPE_CHECKING:
    from PIL.Image import Image

_ASTRAY = 0.6
"""Confidence below which a page lies the wrong way up, or is in another script."""

_POOR = 0.8
"""Confidence below which specks may be in the way."""

_GOOD = 0.9
"""Confidence from which small letters are not tried larger."""

_LEAST_DOTS = 130
_MOST_ENLARGED = 4_000
"""Pixels of the longer side: no page is made larger."""

_WORD_ROW = "5"
_SCRIPTS = {
    "Arabic": "ar", "Cyrillic": "ru", "Devanagari": "hi", "Greek": "el", "Han": "zh", "Hangul": "ko",
    "Hebrew": "he", "Japanese": "ja", "Korean": "ko", "Thai": "th",
}  # fmt: skip
"""By the names of scripts that Tesseract tells: the language that is tried."""

_ROTATE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_SCRIPT = re.compile(r"^Script: (\w+)", re.MULTILINE)
_DOTS = re.compile(r"resolution as (\d+)")


class _Try(NamedTuple):
    """A picture, the language it was read in, and what came out."""

    prepared: Prepared
    language: str
    page: RecognisedPage


@dataclass(frozen=True, slots=True)
class TesseractRecogniser:
    """Recognises pages with Tesseract."""

    run: Run

    def recognise(self, image: "Image", *, languages: Sequence[str]) -> RecognisedPage:
        """Give the words of a page. Raises Unreadable or TooLarge."""
        known = [language for language in (*languages, "en") if self._knows(language)]
        best = self._read(prepare(image), known[0])
        if best.page.lines and best.page.confidence < _ASTRAY:
            best = _better(best, self._other_way_up(best))
        if best.page.confidence < _POOR:
            best = _better(best, self._without_specks(best))
        if not best.page.lines:
            # a page that lies otherwise gives wrong words, an empty one gives none
            return best.page
        best = _better(best, self._larger(best))
        return _better(best, self._other_language(best)).page

    def _knows(self, language: str) -> bool:
        return LANGUAGES.get(language, "") in self.run.program.letters

    def _other_way_up(self, before: _Try) -> _Try | None:
        """Read a poorly read page as the program says that it lies, and in the language of its script."""
        degrees, script = self._look(before.prepared)
        language = _SCRIPTS.get(script, before.language)
        language = language if self._knows(language) else before.language
        if degrees == 0 and language == before.language:
            return None
        return self._read(turn(before.prepared, -float(degrees) % 360), language)

    def _look(self, prepared: Prepared) -> tuple[int, str]:
        """Give how many degrees to turn a page clockwise, and its script; head down is likeliest where none knows."""
        if ORIENTATION not in self.run.program.letters:
            return 180, ""
        try:
            said = self.run.look(prepared.image)
        except Unreadable:
            return 180, ""
        turned, script = _ROTATE.search(said), _SCRIPT.search(said)
        return int(turned.group(1)) if turned else 180, script.group(1) if script else ""

    def _without_specks(self, before: _Try) -> _Try:
        """Read a page with its single points smoothed away."""
        smooth = replace(before.prepared, image=without_specks(before.prepared.image))
        return self._read(smooth, before.language)

    def _larger(self, before: _Try) -> _Try | None:
        """Read a poorly read page of small letters twice as large."""
        side = max(before.prepared.image.size)
        is_small = before.page.dots < _LEAST_DOTS and 2 * side <= _MOST_ENLARGED
        if before.page.confidence >= _GOOD or not is_small:
            return None
        return self._read(enlarge(before.prepared, 2.0), before.language)

    def _other_language(self, before: _Try) -> _Try | None:
        """Read a page in the language that its words are of."""
        language = detect_language(["\n".join(line.text for line in before.page.lines)])
        if language == before.language or not self._knows(language):
            return None
        return self._read(before.prepared, language)

    def _read(self, prepared: Prepared, language: str) -> _Try:
        table, remarks = self.run.read(prepared.image, LANGUAGES[language])
        dots = _DOTS.search(remarks)
        lines = tuple(_lines(table, prepared))
        page = RecognisedPage(lines, mean_confidence(lines), language, int(dots.group(1)) if dots else 0)
        return _Try(prepared, language, page)


def _better(one: _Try, other: _Try | None) -> _Try:
    return other if other is not None and other.page.confidence > one.page.confidence else one


def mean_confidence(lines: Iterable[Line]) -> float:
    """Give the mean confidence (0 to 1) over the words, longer ones counting more; 0 where there are none."""
    words = [word for line in lines for word in line.words]
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _lines(table: str, prepared: Prepared) -> Iterator[Line]:
    """Read the program's table: a row for each word, with the numbers of its block, paragraph and line."""
    rows = [row.split("\t") for row in table.splitlines()]
    found = [row for row in rows if len(row) == 12 and row[0] == _WORD_ROW and row[11].strip()]
    for key, group in groupby(found, key=lambda row: tuple(int(number) for number in row[2:5])):
        words, edges = [], []
        for row in group:
            left, top, width, height = (float(number) for number in row[6:10])
            place = (left, top, left + width, top + height)
            confidence = min(max(float(row[10]) / 100, 0.0), 1.0)
            words.append(Word(row[11].strip(), confidence, prepared.place(*place), left, left + width, height))
            edges.append(place)
        lefts, tops, rights, bottoms = zip(*edges, strict=True)
        yield Line(tuple(words), key[0], key[1], min(lefts), min(tops), max(rights), max(bottoms))
