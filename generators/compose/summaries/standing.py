"""Whether a sentence may stand alone: whole, content, leaning on nothing that stands elsewhere."""

import re
import unicodedata

from domain.formulas import mask_formulas
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.summaries.section_words import count_words
from generators.compose.summaries.suppositions import is_statement, is_supposed, points_away
from generators.compose.terms.terms import find_terms
from generators.compose.terms.wordings import WORDINGS

SHORTEST, LONGEST = 6, 56
"""Words in a sentence that may stand in a summary."""

LINK = re.compile(
    r"^(?:(?:however|but|and|so|thus|therefore|then|also|additionally|moreover|furthermore|instead|yet|similarly|finally|"
    r"consequently|indeed|again|nevertheless|hence|conversely|likewise|simply put),? |"
    r"(?:still|first|second|third|last|lastly|interestingly|in short|after all|in addition|on the other hand|"
    r"in contrast|by contrast|as a result|of course|in fact|in other words|that is|for this reason|in general|"
    r"as (?:we|you)(?: have|'ve|’ve)? (?:saw|seen|learned|noted|discussed)[^,;:.]*|"
    r"as (?:mentioned|noted|discussed|described|stated|explained|seen)(?: (?:above|before|earlier|previously))?), |"
    r"(?:note|recall) that )",
    re.IGNORECASE,
)
"""The words at the start of a sentence that only tie it to the one before."""

_POINTING = re.compile(
    r"(?:it|they|this|these|that|those|he|she|such|his|her|their|its|both|another|others|the (?:former|latter)|even|i|"
    r"here|(?:at|in|by|from|on|for|to) that|for (?:example|instance)|in (?:this|that|such a) case|(?:one|some) other|"
    r"(?:the |an? |one |some )?(?:(?:good|best|other|another) )?examples? (?:of (?:this|these|such)|is|are)|"
    r"the (?:problem|advantage|drawback|reason|result|answer|point|trouble) (?:is|was))\b",
    re.IGNORECASE,
)
_POINTS_OUT = re.compile(
    r"\b(?:Figure|Fig\.|Table|Equation|Chapter|Section) ?\d|\b(?:shown|seen) (?:in|below|above)\b|[=∝≈]|"
    r"\b(?:[Tt]he|[Tt]his) (?:figure|table|diagram|chart|photograph|picture|image) (?:above|below|shows?|lists?)\b|"
    r"\bin (?:the|this) (?:figure|table|diagram|chart|photograph|picture|image|example)s?\b|"
    r"\b(?:first|second|third|fourth|fifth|last|left|right)(?:-hand)? (?:column|row|panel)\b|"
    r"\b(?:no different|no exception)[.]|\b[Pp]oint [A-Z]\b"
)
_BROKEN = re.compile(
    r"\b(?:as|at|by|from|in|like|of|on|see|to|with) [,;]|[a-z]{3}(?<!etc)(?<!spp)\.\s+[a-z]{3}|"
    r"\b[Aa]s (?:shows|illustrates)\b"
)
"""A reference that was lost with its link: "such as , a list", "as shows", a sentence that begins without its first."""

_ENDS = frozenset(".!。！।։۔።\u17d4")
_CLOSING = '"”’»」』)）'
_SHORTEST_LINE = 40
"""Columns before a line break within prose; verse, lists and tables break sooner."""

_LETTERS = 0.6
"""Share of a sentence's signs, without blanks, that are letters: rows of numbers have fewer."""


def is_fit(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether a sentence may stand in a summary: no heading, question, order, verse, example or pointer elsewhere."""
    return _is_whole(sentence) and not _leans(parsed, sentence) and _says_something(parsed, sentence)


def _is_whole(sentence: Sentence) -> bool:
    """Whether it is a plain sentence with an end."""
    text = sentence.text
    is_closed = text.rstrip(_CLOSING)[-1:] in _ENDS and SHORTEST <= count_words(text) <= LONGEST
    is_verse = any(_width(line) < _SHORTEST_LINE for line in text.split("\n")[:-1])
    signs = [sign for sign in mask_formulas(text) if not sign.isspace()]
    is_worded = sum(unicodedata.category(sign)[0] in "LM" for sign in signs) >= _LETTERS * len(signs)
    return text[0].isalpha() and is_closed and not is_verse and is_worded


def _width(line: str) -> int:
    """Count the columns of a line; signs of Chinese, Japanese and Korean take two."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)


def _leans(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether it is not clear without what stands before it or elsewhere."""
    masked = mask_formulas(sentence.text)
    if _POINTS_OUT.search(masked):
        return True
    if parsed.is_full:
        return bool(_BROKEN.search(masked) or _POINTING.match(LINK.sub("", sentence.text)))
    known = WORDINGS.get(parsed.evidence.language)
    return known is not None and bool(known.leans.match(sentence.text))


def _says_something(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether it is content: no subtitle, order, thought example or bare "this" that means something before."""
    if not is_statement(sentence) or points_away(sentence, parsed.once(_subjects)) or is_supposed(parsed, sentence):
        return False
    opening = re.match(r"\s*\S.*?(?=\n\n|\Z)", parsed.evidence.text, re.DOTALL)
    subtitle = any(opening and opening.end() - 1 <= mark.end and mark.start <= 1 for mark in parsed.evidence.emphasis)
    return not (subtitle and opening and sentence.at.start < opening.end())


def _subjects(parsed: ParsedSection) -> frozenset[str]:
    """Give the last words of the section's terms and the words of its title, in the singular and small letters."""
    labels = [normal_form(term.label) for term in find_terms(parsed)]
    title = normal_form(parsed.evidence.title).split()
    return frozenset([*(label.split()[-1] for label in labels if label), *title])
