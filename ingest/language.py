"""Which language a text is in: by its script where that settles it, else by CLD2 (docs/decisions/0025)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from domain.documents import Page, Section

UNKNOWN = "und"

_SAMPLE_PAGES = 60
_PAGE_CHARACTERS = 600
_SECTION_CHARACTERS = 600
_LEAST_LETTERS = 20
"""Letters from which the best guess counts where nothing is sure."""

_SECTION_LETTERS = 150
"""Letters of a section whose language may differ from the document's."""

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.1),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]"), 0.3),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.3),
    ("he", re.compile("[\u0590-\u05ff]"), 0.3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
)
"""Scripts of one language, and the share of letters that settles it; a Japanese text is mostly Chinese characters."""

_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u3040-\uffef]")
"""Any sign of a script beside the Latin one."""

_LIKELY = (
    ("ru", re.compile("[\u0400-\u04ff]"), 0.3),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.3),
    ("hi", re.compile("[\u0900-\u097f]"), 0.3),
)
"""Scripts of several languages: the one that is guessed where CLD2 does not know."""

_NAMES = {"iw": "he", "jw": "jv", "un": UNKNOWN}
"""What CLD2 calls otherwise than ISO 639-1."""


def detect_language(texts: Iterable[str]) -> str:
    """Give the ISO 639-1 code of the language most of the text is in, or "und" when that is not clear."""
    return _detect("\n".join(text[:_PAGE_CHARACTERS] for text in islice(texts, _SAMPLE_PAGES)), least=_LEAST_LETTERS)


def mark_languages(sections: Sequence[Section], pages: Sequence[Page], language: str) -> tuple[Section, ...]:
    """Say of the sections that are surely in another language than the document which one it is."""
    texts = {page.number: page.text for page in pages}
    found = (_detect(_beginning(section, texts), least=None) for section in sections)
    return tuple(
        replace(section, language=own) if own not in {language, UNKNOWN} else section
        for section, own in zip(sections, found, strict=True)
    )


def _beginning(section: Section, texts: dict[int, str]) -> str:
    """Give the first characters of a section, over at most a page break."""
    start, end = section.start, section.end
    here = texts.get(start.page, "")
    if end.page == start.page:
        return here[start.offset : min(end.offset, start.offset + _SECTION_CHARACTERS)]
    after = texts.get(start.page + 1, "")[: end.offset if end.page == start.page + 1 else None]
    return f"{here[start.offset : start.offset + _SECTION_CHARACTERS]}\n{after}"[:_SECTION_CHARACTERS]


def _detect(sample: str, *, least: int | None) -> str:
    """Detect a language; with `least` letters the best guess counts, with None only what is sure of a longer text."""
    letters = sum(map(str.isalpha, sample))
    if not letters or (least is None and letters < _SECTION_LETTERS):
        return UNKNOWN
    found = _by_script(sample, letters, _SCRIPTS)
    if found == UNKNOWN:
        found = _ask(sample, is_guess=False)
    if found != UNKNOWN or least is None or letters < least:
        return found
    guess = _ask(sample, is_guess=True)
    return guess if guess != UNKNOWN else _by_script(sample, letters, _LIKELY)


def _by_script(sample: str, letters: int, scripts: Iterable[tuple[str, re.Pattern[str], float]]) -> str:
    if not _OTHER_SCRIPT.search(sample):
        return UNKNOWN
    shares = ((language, len(script.findall(sample)) / letters, least) for language, script, least in scripts)
    return next((language for language, share, least in shares if share > least), UNKNOWN)


def _ask(sample: str, *, is_guess: bool) -> str:
    import pycld2

    try:
        is_sure, _, found = pycld2.detect(sample, bestEffort=is_guess)
    except pycld2.error:
        # it refuses signs that are no text
        plain = "".join(one if one.isprintable() else " " for one in sample)
        is_sure, _, found = pycld2.detect(plain, bestEffort=is_guess)
    code = found[0][1].split("-")[0] if is_sure else "un"
    return _NAMES.get(code, code)
