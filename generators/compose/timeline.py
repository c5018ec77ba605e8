"""Dated events of a reading, for a timeline: sentences that say when something was.

Years are found in every language by the words that stand before them; a year in brackets after a name is a source,
not an event.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generators.compose.parse import ParsedSection, Sentence

_YEAR = r"(?P<year>[1-9]\d{0,3})(?P<decade>s\b|er\b)?"
_ERA = r"\s*(?P<era>BCE?|B\.\s?C\.(?:\s?E\.)?|AD|CE|v\. ?Chr\.|a\. ?C\.|av\. J\.-C\.|до н\. ?э\.)?"
_BEFORE = """in since until by from during around about after before between circa year spring summer autumn fall winter
    early late mid january february march april may june july august september october november december
    im seit bis von um nach vor jahr jahre januar februar märz mai juni juli oktober dezember
    en desde hasta hacia año enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre de
    depuis dès vers année janvier février mars avril juin juillet août septembre octobre novembre décembre
    nel dal fino anno gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre
    em até ano janeiro fevereiro março maio junho julho setembro outubro dezembro
    sinds tot rond jaar januari februari maart augustus w roku od do в году с по عام سنة"""
_LEAD = re.compile(
    r"(?P<lead>[^\W\d_]+)\.?\s+(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th|\.)?,?\s+)?" + _YEAR + r"(?!\d)" + _ERA
)
_OPENS = re.compile(rf"^\W*{_YEAR}(?!\d)(?=\s?[年,:–]|\s+(?:was|saw|marked|brought)\b)")
_EAST_ASIAN = re.compile(rf"{_YEAR}\s?年")
_MONTH_DAY = re.compile(r"\b[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,\s+" + _YEAR + r"(?!\d)")
_NO_EVENT = re.compile(
    r"\b(?:will|expected|projected|would)\b|https?:|\baccessed\b|,[”\"] [A-Z]|\bpp?\. ?\d", re.IGNORECASE
)
"""What a forecast says, and a list of sources."""

_WHO = frozenset(["he", "her", "his", "it", "she", "their", "they"])
_WORDS_BEFORE = frozenset(_BEFORE.split())
_LEANING = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|their|its|such|another|er|sie|es|dies\w*|él|ella|este|esta|il|"
    r"elle|ce|cette|lui|lei|questo|questa|ele|ela|hij|zij|dit|however|indeed|moreover|furthermore|also|then|figure)\b",
    re.IGNORECASE,
)
_OPENING = 6
"""Words at the beginning of a sentence, where a pronoun leans on what was said before."""

_FEWEST, _MOST = 6, 40
_LATEST = 2100


@dataclass(frozen=True, slots=True)
class Event:
    """A sentence with its date: `label` as the reading writes it, `year` to sort by, below 0 before Christ."""

    sentence: Sentence
    label: str
    year: int


def find_events(parsed: ParsedSection) -> tuple[Event, ...]:
    """List the sentences that date something and can be read alone, in order of time."""
    return tuple(sorted(_events(parsed), key=lambda event: (event.year, event.sentence.index)))


def _events(parsed: ParsedSection) -> Iterator[Event]:
    for sentence in parsed.sentences:
        text = " ".join(sentence.text.split())
        is_whole = text.endswith((".", "!", "。", "؟")) and not _LEANING.match(text)
        is_clear = not _NO_EVENT.search(text) and _WHO.isdisjoint(text.casefold().split()[:_OPENING])
        is_handy = _FEWEST <= len(text.split()) <= _MOST or (not text.isascii() and 10 <= len(text) <= 160)
        if is_whole and is_clear and is_handy and (found := _date(text)):
            yield Event(sentence, *found)


def _date(text: str) -> tuple[str, int] | None:
    """Find the one date that the sentence is about; of several the first, and none where years stand in brackets."""
    for found in (
        *_LEAD.finditer(text),
        *_MONTH_DAY.finditer(text),
        *_EAST_ASIAN.finditer(text),
        *_OPENS.finditer(text),
    ):
        groups = found.groupdict()
        lead = groups.get("lead")
        if lead is not None and lead.casefold() not in _WORDS_BEFORE:
            continue
        if _is_in_brackets(text, found.start("year")):
            continue
        year = int(found["year"])
        era = (groups.get("era") or "").casefold()
        is_before = era.startswith(("b", "v", "a. c", "a.c", "av", "до"))
        if not is_before and not (1000 <= year <= _LATEST or era):
            continue
        label = f"{found['year']}{found['decade'] or ''} {groups.get('era') or ''}"
        return label.strip(), -year if is_before else year
    return None


def _is_in_brackets(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")
