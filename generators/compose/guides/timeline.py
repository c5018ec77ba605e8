"""Dated events of a reading, for a timeline: sentences that say when something was.

Years are found in every language by the words that stand before them; a year in brackets after a name is a source,
not an event.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.function_words import words_by_language
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

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
_IS_MEANT = re.compile(r"\bthe\s+\d|\d(?:s|er)\b|\d\s+[^\W\d_][^\d]*$")
"""A year that "the" points at, a decade, or a year with its era, which count nothing."""

_DAY = re.compile(
    r"(?<![\d.,])(?:(?P<first>\d{1,3})(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+|of\s+)?[^\W\d_]{3,}\.?(?:\s+de|\s+of|,)?|"
    r"[^\W\d_]{3,}\.?\s+(?P<second>\d{1,3})(?:st|nd|rd|th)?,?)\s*$"
)
_MOST_DAYS = 31
_THINGS = re.compile(r"\s+([^\W\d_a-zà-ÿ][^\W\d_]{2,}|[^\W\d_]{3,}[sxi])(?!\w)")
_LEANING = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|their|its|such|another|er|sie|es|dies\w*|él|ella|este|esta|il|"
    r"elle|ce|cette|lui|lei|questo|questa|ele|ela|hij|zij|dit|however|indeed|moreover|furthermore|also|then|figure|"
    r"since then|as a result|therefore|thus|conversely|similarly|for (?:example|instance)|even|"
    r"after (?:two|three|four|several|many) years|years? later|you|we|i)\b|"
    r".*\bthat (?:it|they|he|she)\b|.*\breplaced (?:it|them)\b",
    re.IGNORECASE,
)
_OPENING = 6
"""Words at the beginning of a sentence, where a pronoun leans on what was said before."""

_STATES = frozenset({"be", "compare", "depict", "describe", "display", "have", "illustrate", "mean", "present", "show"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_OPENING_DATE = r"\W*(?:In|By|Around|About|During|Since|From)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?(?:\d{1,2},\s+)?"
_OTHER_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "pcomp", "parataxis"})
_THINGS_DONE = frozenset({"dobj", "attr", "appos", "oprd"})
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
    told = set[str]()
    for sentence in parsed.sentences:
        text = " ".join(sentence.text.split())
        is_whole = text.endswith((".", "!", "。", "؟")) and not _LEANING.match(text)
        is_clear = not _NO_EVENT.search(text) and _WHO.isdisjoint(text.casefold().split()[:_OPENING])
        is_handy = _FEWEST <= len(text.split()) <= _MOST or (not text.isascii() and 10 <= len(text) <= 160)
        if is_whole and is_clear and is_handy and normal_form(text) not in told and (found := _date(parsed, sentence)):
            told.add(normal_form(text))
            if not parsed.is_full or _happened(sentence):
                yield Event(sentence, *found)


def _happened(sentence: Sentence) -> bool:
    """Whether a sentence tells of something past: its main verb says so, where one is found, or its date opens it.

    What "is" or "has" so much in a year is a figure, and what a table "shows" is no event.
    """
    root = sentence.tokens.root
    if root.pos_ not in {"VERB", "AUX"}:
        return True
    verbs = [child for child in root.children if child.dep_ in {"aux", "auxpass"}] + [root]
    is_figure = any(token.like_num and not _is_year(token) for token in sentence.tokens)
    if root.lemma_ in {"be", "have"} and is_figure:
        return False
    is_now = any(verb.dep_ == "auxpass" and verb.tag_ != "VBD" for verb in verbs)
    if any(verb.tag_ in {"VBD", "VBN"} for verb in verbs) and not is_now:
        return not any(verb.tag_ == "MD" for verb in verbs)
    is_state = root.lemma_ in _STATES or any(verb.tag_ == "MD" or verb.lemma_ == "be" for verb in verbs)
    return not is_state and re.match(r"\W*(?:In|On|By|During|From)\b[^,]{0,30}\d", sentence.text) is not None


def _is_year(token: "Token") -> bool:
    return re.fullmatch(r"[12]\d{3}s?", token.text) is not None


def _date(parsed: ParsedSection, sentence: Sentence) -> tuple[str, int] | None:
    """Find the one date that the sentence is about; of several the first, and none where years stand in brackets."""
    text = " ".join(sentence.text.split())
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
        if _is_in_brackets(text, found.start("year")) or _has_no_such_day(text[: found.start("year")]):
            continue
        nth = text.count(found["year"], 0, found.start("year"))
        if parsed.is_full and not hangs_on_main_verb(sentence, found["year"], nth):
            continue
        if lead is not None and not _IS_MEANT.search(found[0]) and _counts(parsed, sentence, found):
            continue
        year = int(found["year"])
        era = (groups.get("era") or "").casefold()
        is_before = era.startswith(("b", "v", "a. c", "a.c", "av", "до"))
        if not is_before and not (1000 <= year <= _LATEST or era):
            continue
        label = f"{found['year']}{found['decade'] or ''} {groups.get('era') or ''}"
        return label.strip(), -year if is_before else year
    return None


def hangs_on_main_verb(sentence: Sentence, year: str, nth: int = 0) -> bool:
    """Whether the nth year written so says when the sentence's own verb was: not in what a clause tells of a thing.

    Nor does a year date what is done that only names the thing: "the law of 1815 was repealed".
    """
    found = [token for token in sentence.tokens if year in token.text]
    token = found[min(nth, len(found) - 1)] if found else sentence.tokens.root
    if token.dep_ in _SUBJECTS or re.match(rf"{_OPENING_DATE}{re.escape(year)}", sentence.text):
        return True
    while token.i != sentence.tokens.root.i:
        is_name = token.lower_ == "of" and token.head.dep_ in _THINGS_DONE
        if token.dep_ in _SUBJECTS or token.dep_ in _OTHER_CLAUSES or is_name:
            return False
        token = token.head
    return True


def _has_no_such_day(before: str) -> bool:
    """Whether a number too high for a day stands with the month before a year: "40. Mai", "May 40,"."""
    found = _DAY.search(before)
    return found is not None and not 1 <= int(found["first"] or found["second"]) <= _MOST_DAYS


def _counts(parsed: ParsedSection, sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether a number says how many of the things named after it there are: "about 2000 soldiers".

    Where grammar is unknown, a noun with a capital or a word that ends like a plural is taken for such things.
    """
    if parsed.is_full:
        return any(
            token.text == found["year"] and token.dep_ == "nummod" and token.head.i > token.i and _is_many(token.head)
            for token in sentence.tokens
        )
    after = _THINGS.match(found.string, found.end("year"))
    return after is not None and after[1].casefold() not in words_by_language().get(parsed.evidence.language, ())


def _is_many(token: "Token") -> bool:
    return token.tag_ in {"NNS", "NNPS"}


def _is_in_brackets(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")
