"""The one sentence that by itself says what a part, or a whole reading, is about; none where no sentence does.

A sentence is near to what the part is about when it has the words of its title, means much the same as the title and as
the part's sentences do on average, names the most telling terms, and stands early. What defines another thing than the
title names, or tells of one person, date or case, is further from it.
"""

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from domain.documents import Range, Vector
from domain.formulas import mask_formulas
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.summaries.section_words import SectionWords, count_words, list_stems
from generators.compose.terms.terms import Term, mention_pattern

LONGEST = 36
"""Words of a gist that is one sentence."""

FLOOR, UNTITLED_FLOOR = 1.7, 1.1
"""Worth from which a sentence says what a part is about; the second where the part has no telling title."""

_LEANS = re.compile(
    r"^(?:it|its|they|their|this|these|that|those|such|he|she|his|her|here|there(?! (?:is|are|was|were)\b)|where|then|"
    r"and|but|so|or|another|both|either|the (?:former|latter|result|following|above|same|other|next)|for example|"
    r"for instance|as|first|second|third|finally|(?:many|some|most) people (?:think|believe|say))\b|"
    r"\b(?:he|she|him|this|these)\b|"
    r"\b(?:it|one)[.!]?$|\bthem\b|\b(?:above|below|following)\b|"
    r"\bas (?:we|you) \w+|\b(?:in|by|from|of) ?[.,;]",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w.])[-−]?\d[\d.,]*")
_DATED = re.compile(r"\d ?%|\bpercent\b|[$£€¥] ?\d|\b(?:1[0-9]|20)\d\d\b|\b\d+ (?:BCE?|CE|AD)\b")
"""A share, a sum of money or a year: what was so in one case rather than what is so."""

_SIGN = re.compile(r"[=≈≤≥<>±√∑^~|]")
_CASE = re.compile(
    r"\b(?:for (?:example|instance)|such an? \w+|suppose|imagine|one (?:example|study|day)|in (?:some|certain) cases?|"
    r"also|too|likewise|only|as well|second|third|fourth|final|last|earliest|the most \w+|one concern|an? few|"
    r"many other|other \w+|differs?|not|no|cannot|therefore|thus|so far|earlier|previous|"
    r"(?:greater|larger|smaller|higher|lower) than|less about)\b|"
    r"^(?:in|for|to|according to|which|how|what|whether|at|by|with|without|from|just|beyond|even|unlike|like|when|"
    r"while|since|because|rather|though|although|however|looking|first|any|once|alternately)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z]\w+")
"""A name within a sentence, in languages that write only names with a capital."""

_ABOUT_ITSELF = re.compile(
    r"\b(?:this|the) (?:chapter|section|reading|note|text|book|module|unit|lesson|article|paper)\b|"
    r"\b(?:this|the) (?:equation|figure|tutorial)\b|"
    r"^(?:define|describe|discuss|distinguish|explain|identify|compare|list|name|observe|figure|table)\b|"
    r"\b(?:you|your|we|our|us|i|my|let’s|let's)\b",
    re.IGNORECASE,
)
_SAYS_WHAT_IS = (
    r"(?:is|are|was|were|refers? to|means?|describes?|consists? of|occurs? when|happens? when|studies|measures?)"
)
_DEFINES = re.compile(
    rf"^(?:(?:an?|the) )?(?P<what>[^,;:]{{2,60}}?),? (?:\([^)]*\) )?{_SAYS_WHAT_IS}\b"
    r"(?! (?:not|also|often|more|less)\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:this|these|that|those|such an?|all (?:of )?this)(?: \w+){0,3} (?:is|are|was|were) "
    r"(?:called|named|termed|known as) (?P<name>[^.,;]+)\.$",
    re.IGNORECASE,
)
_WHOLLY = 0.99
_MOST_BEFORE, _LONGEST_JOINED = 3, 45
_WEIGHTS = {"title": 1.0, "like title": 1.0, "like all": 0.7, "terms": 0.4, "early": 0.25}
_DEFINES_TITLE, _DEFINES_OTHER = 0.5, 0.4
_FURTHER = 0.4
"""What each mark of a single case takes from a sentence."""

_TELLING = 8
_WIDE = 0.4
"""Share of the paragraphs with a term from which it is no narrow one."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence as it may be shown, its vector, and how far into the part it stands (0 to 1)."""

    text: str
    vector: Vector
    depth: float


@dataclass(frozen=True)
class Subject:
    """What a part is about: the weights of its title's stems, the meaning of title and text, its most telling terms."""

    title: dict[str, float]
    like_title: Callable[[Vector], float]
    like_all: Callable[[Vector], float]
    terms: Sequence[tuple[re.Pattern[str], float, bool]]
    has_names: bool


def read_subject(parsed: ParsedSection, terms: Sequence[Term], words: SectionWords) -> Subject:
    """Read what a part is about, from its title, its sentences and its terms."""
    by_meaning = parsed.languages is None or parsed.evidence.language in parsed.languages
    title = parsed.evidence.title
    paragraphs = [part for part in parsed.evidence.text.split("\n\n") if count_words(part) >= _TELLING]
    telling = []
    for term in terms[:_TELLING]:
        pattern = mention_pattern(term.label)
        held = sum(pattern.search(part) is not None for part in paragraphs)
        telling.append((pattern, min(1.0, term.weight), held >= _WIDE * len(paragraphs)))
    return Subject(
        title=weigh_title(title, words.counts, words.grammar),
        like_title=_like(list(parsed.embed([title])) if title and by_meaning else []),
        like_all=_like(parsed.vectors if by_meaning else []),
        terms=telling,
        has_names=parsed.is_full,
    )


def weigh_title(title: str, counts: dict[str, int], grammar: Collection[str]) -> dict[str, float]:
    """Weigh the stems of a title that the part uses, by how often it does."""
    stems = dict.fromkeys(stem for stem in list_stems(title) if stem not in grammar and not stem.isdigit())
    return {stem: math.log1p(counts[stem]) for stem in stems if counts.get(stem)}


def find_named(parsed: ParsedSection, subject: Subject) -> Sentence | None:
    """Find the sentences that end in giving their matter the title's name: "Water rises. This is called ..."."""
    for last in parsed.sentences:
        found = _NAMES.match(last.text)
        if found and share(list_stems(found["name"]), subject.title) >= _WHOLLY:
            joined = _with_those_before(parsed, last)
            if joined is not None:
                return joined
    return None


def _with_those_before(parsed: ParsedSection, last: Sentence) -> Sentence | None:
    """Join a sentence with those of its paragraph that it leans on; None where they lean on others or are long."""
    for first in reversed(parsed.sentences[max(0, last.index - _MOST_BEFORE) : last.index]):
        at = Range(first.at.start, last.at.end)
        text = parsed.evidence.text[at.start : at.end]
        if "\n\n" in text or "?" in text or count_words(text) > _LONGEST_JOINED:
            return None
        if _LEANS.search(first.text) is None:
            return Sentence(last.index, at, " ".join(text.split()), parsed.doc[first.tokens.start : last.tokens.end])
    return None


def find_gist(wordings: Sequence[Worded], subject: Subject) -> int | None:
    """Give the place of the wording that says what the part is about, None where none is worth `FLOOR`."""
    fit = [place for place, one in enumerate(wordings) if stands_alone(one.text)]
    best = max(fit, key=lambda place: rate(wordings[place], subject), default=None)
    floor = FLOOR if subject.title else UNTITLED_FLOOR
    return best if best is not None and rate(wordings[best], subject) >= floor else None


def stands_alone(text: str) -> bool:
    """Whether a text leans on nothing, is not long, and has no row of figures, formula, date or share."""
    has_figures = len(_FIGURE.findall(text)) > 1 or _DATED.search(text) or _SIGN.search(text)
    is_plain = not has_figures and mask_formulas(text) == text
    return _LEANS.search(text) is None and is_plain and count_words(text) <= LONGEST


def rate(one: Worded, subject: Subject) -> float:
    """Say how near a wording is to what the part is about; about 0 (not at all) to 4."""
    near = {
        "title": share(list_stems(one.text), subject.title),
        "like title": subject.like_title(one.vector),
        "like all": subject.like_all(one.vector),
        "terms": _share_of_terms(one.text, subject),
        "early": 1 - one.depth,
    }
    names = [name for name in _NAME.findall(one.text) if not share(list_stems(name), subject.title)]
    case = further(one.text) + _FURTHER * bool(names and subject.has_names)
    return sum(_WEIGHTS[name] * value for name, value in near.items()) + _defining(one.text, subject) - case


def further(text: str) -> float:
    """Weigh the marks of one case, or of talk about the text itself, in a sentence."""
    return _FURTHER * sum(mark.search(text) is not None for mark in (_CASE, _ABOUT_ITSELF, _FIGURE))


def share(stems: Collection[str], weights: dict[str, float]) -> float:
    """Give the share of the weights whose stems are there, 0 where there are none."""
    return sum(weights[stem] for stem in weights if stem in stems) / max(sum(weights.values()), 1e-9)


def defined(text: str) -> str:
    """Give what a text begins to define, empty where it defines nothing."""
    found = _DEFINES.match(text)
    return found["what"] if found and not _CASE.match(text) else ""


def defines_title(text: str, title: dict[str, float]) -> bool:
    """Whether a text begins to say what all words of a title together mean."""
    return share(list_stems(defined(text)), title) >= _WHOLLY


def _defining(text: str, subject: Subject) -> float:
    """Count for a sentence that it defines what the title names, against it that it defines a narrow term."""
    what = defined(text)
    if not what:
        return 0.0
    stems = list_stems(what)
    named = share(stems, subject.title)
    if named:
        return _DEFINES_TITLE * named * sum(stem in subject.title for stem in stems) / len(stems)
    is_wide = any(wide and pattern.search(what) for pattern, _, wide in subject.terms)
    return 0.0 if is_wide else -_DEFINES_OTHER


def _share_of_terms(text: str, subject: Subject) -> float:
    named = sum(weight for pattern, weight, _ in subject.terms if pattern.search(text))
    return named / max(sum(weight for _, weight, _ in subject.terms), 1e-9)


def _like(vectors: Sequence[Vector]) -> Callable[[Vector], float]:
    """Give the cosine with the mean of the vectors; 0 where there are none."""
    import numpy as np

    if not len(vectors):
        return lambda _vector: 0.0
    mean = np.asarray(vectors, dtype=np.float32).mean(axis=0)
    mean = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return lambda vector: float(np.asarray(vector, dtype=np.float32) @ mean)
