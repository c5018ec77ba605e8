"""Sentences that can be asked about alone, and gaps in them."""

import re

from domain.formulas import around_formulas
from generators.compose.reading.parse import Sentence
from generators.compose.terms.terms import mention_pattern

GAP = "_____"

_SHORTEST, _LONGEST = 6, 38

_LEANS = re.compile(
    r"(?:it|they|this|these|that|those|he|she|such|its|their|his|her|him|them|we|you|i|our|your|my|both|each|another|"
    r"others?|some|either|neither|one|two|three|here|there|then|so|and|or|but|nor|if|when|while|as|because|although|"
    r"now|where|who|whom|which|what|how|why|let|consider|suppose|imagine|recall|note|"
    r"the (?:former|latter|following|above|same|"
    r"first|second|third|last|other|next))\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:figures?|fig\.|tables?|chapter|section|above|below|following|previous(?:ly)?|earlier|later in|as shown|see|"
    r"(?:this|these|those|such) \w+|we|us|our|you|your|my|he|she|his|her)\b",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"(?:however|therefore|thus|moreover|furthermore|in addition|additionally|also|for example|for instance|in fact|"
    r"in contrast|on the other hand|finally|similarly|consequently|as a result|indeed|first|second|third|next|"
    r"in other words|in general|generally|overall|as (?:we|you|mentioned|noted|discussed|explained|described|stated|"
    r"this example|these examples)\b[^,;:]{0,60}),\s+",
    re.IGNORECASE,
)


def stands_alone(sentence: Sentence) -> bool:
    """Whether a sentence says something by itself: whole, of handy length, leaning on nothing before or beside it."""
    text = without_opener(sentence.text)
    words = len(text.split())
    is_whole = text.rstrip('"”’)')[-1:] in set(".。") and text[:1].isalnum() and text.count("(") == text.count(")")
    if not is_whole or not _SHORTEST <= words <= _LONGEST or "\n" in sentence.text.strip():
        return False
    return not _LEANS.match(text) and not _POINTS.search(text) and GAP not in text


def without_opener(text: str) -> str:
    """Leave out a word that ties the sentence to the one before, such as "However,"."""
    rest = _OPENER.sub("", text, count=1) if _OPENER.match(text) else text
    return rest[:1].upper() + rest[1:]


def blank_out(text: str, label: str) -> str:
    """Put a gap for every mention of the label and its short form, and an article that tells nothing before it."""
    return around_formulas(text, lambda veiled: _blank_out(veiled, label))


def fill_gaps(text: str, label: str, gap: str = GAP) -> str:
    """Put a gap for every mention of the label; none where a mention is part of a command or of its brackets."""
    gapped = mention_pattern(label).sub(gap, text)
    return text if re.search(rf"[\\{{\[/@]\*?{gap}|{gap}\*?[\]}}\\/@]|\\\w+[\[{{][^\]}}]*{gap}", gapped) else gapped


def _blank_out(text: str, label: str) -> str:
    gapped = fill_gaps(text, label)
    beside = r"(?:[^\s()]{1,10}|(?:plural|singular|pl\.|sing\.)[^()]*)"
    gapped = re.sub(rf"({GAP})\s*\({beside}\)|\s*\(\s*\)", r"\1", gapped)
    return re.sub(rf"\b([Aa])n?(?=\s+[\"“]?{GAP})", r"\1(n)", gapped)
