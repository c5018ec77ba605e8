"""Explain something in another way: what else the reading says of it, by what each sentence does.

The reading's own meaning comes first, then an example, what it differs from, what it comes of or leads to, and one
more sentence. The built-in writer makes no comparisons of its own.
"""

import re
from collections.abc import Iterator

from domain.claims import Claim
from domain.documents import Range
from domain.guides import ExplanationSentence, Way
from domain.ids import UnitId, stable_id
from domain.material import Kind
from domain.words import content_stems, fold
from generators.compose.reading.parse import ParsedSection, Sentence

_MOST = 5
_ASKED = re.compile(
    r"^(?:please )?(?:explain|what (?:is|are|does)|tell me (?:more )?about|i do(?:n'?t| not) understand|"
    r"why (?:is|are|do|does)|"
    r"how (?:is|are|do|does))\b\s*(?:the meaning of\b)?|"
    r"\b(?:differently|in other words|again|mean|means|to me|please)\b",
    re.IGNORECASE,
)
_SIGNS = {
    Way.MEANING: re.compile(
        r"\b(?:is|are) (?:an?|the|any)\b|\b(?:means?|refers? to|called|known as|defined as|that is)\b", re.IGNORECASE
    ),
    Way.EXAMPLE: re.compile(
        r"\b(?:for example|for instance|such as|e\.g\.|imagine|think of|like when)\b", re.IGNORECASE
    ),
    Way.CONTRAST: re.compile(
        r"\b(?:unlike|whereas|in contrast|differs?|but not|rather than|on the other hand|however)\b", re.IGNORECASE
    ),
    Way.CAUSE: re.compile(
        r"\b(?:because|therefore|causes?|leads? to|results? in|so that|due to|as a result)\b", re.IGNORECASE
    ),
}
_LEANING = re.compile(
    r"(?:it|its|they|their|this|these|that|those|he|she|such|however|therefore|thus|then|but|and|so|for example|"
    r"for instance|in contrast|on the other hand|as a result)\b",
    re.IGNORECASE,
)


def explain(subject: str, parsed: ParsedSection) -> tuple[ExplanationSentence, ...]:
    """Choose up to five pieces about the subject, each coming at it another way; empty when nothing names it."""
    wanted = set(content_stems(_ASKED.sub(" ", fold(subject))))
    found = list(_about(wanted, parsed)) if wanted else []
    chosen: list[tuple[Way, Range]] = []
    for way in (*_SIGNS, Way.MORE):
        sign = _SIGNS.get(way)
        for at, said in found:
            is_new = all(other.end <= at.start or at.end <= other.start for _, other in chosen)
            if is_new and (sign is None or sign.search(said)) and len(chosen) < _MOST:
                chosen.append((way, at))
                break
    return tuple(_unit(parsed, subject, way, at) for way, at in chosen)


def _about(wanted: set[str], parsed: ParsedSection) -> Iterator[tuple[Range, str]]:
    """Yield the pieces that name all that is asked for, best first: those that open with it."""
    pieces: list[tuple[float, Range, str]] = []
    for before, sentence in zip((None, *parsed.sentences), parsed.sentences, strict=False):
        if len(sentence.text.split()) < 4 or sentence.text.endswith("?"):
            continue
        at = _whole(parsed, before, sentence)
        if at is None:
            continue
        text = parsed.evidence.text[at.start : at.end]
        stems = content_stems(text)
        if wanted <= set(stems):
            place = min(stems.index(stem) for stem in wanted)
            pieces.append((place / (1 + len(stems)), at, sentence.text))
    yield from ((at, said) for _, at, said in sorted(pieces, key=lambda piece: (piece[0], piece[1])))


def _whole(parsed: ParsedSection, before: Sentence | None, sentence: Sentence) -> Range | None:
    """Give the sentence, with the one before where it leans on that; None where that is no help."""
    if not _LEANING.match(sentence.text):
        return sentence.at
    if before is None or _LEANING.match(before.text) or "\n" in parsed.evidence.text[before.at.end : sentence.at.start]:
        return None
    return Range(before.at.start, sentence.at.end)


def _unit(parsed: ParsedSection, subject: str, way: Way, at: Range) -> ExplanationSentence:
    citations = parsed.cite(at)
    identity = stable_id(Kind.EXPLANATION, subject, way, citations[0].span)
    text = " ".join(parsed.evidence.text[at.start : at.end].split())
    return ExplanationSentence(UnitId(identity), Claim(text, citations), way)
