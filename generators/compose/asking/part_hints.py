"""Hints for questions made of parts: how to go about an order or a matching, where its reading is, what shows it.

Whatever tells of one part tells of the others. So no hint names two parts, and where one quotes the reading, every
word of every part is masked: neither the order nor a pair can be read from it.
"""

import re
from collections.abc import Sequence

from domain.claims import Claim
from domain.documents import Range
from domain.ids import UnitId, stable_id
from domain.material import HintRung, claims_of
from domain.questions import Question, QuestionForm
from generators.compose.asking.masking import GAP, Secret, keep_secret, mask
from generators.compose.asking.places import calm, paragraph_around, section_around
from generators.compose.reading.parse import ParsedSection, Sentence

_OPENING_WORDS = 8
_MOST_TITLE = 10
_YEAR = re.compile(r"\b[1-9]\d{2,3}s?\b")
_NUMBERED = re.compile(r"\b\d{1,2}[.):]\s*$")
_STAGES = re.compile(r"\b(?:first|second|third) (?:stage|step|phase|period|level|era)\b", re.IGNORECASE)
_BY_YEARS = "years"


def ladder_of_parts(question: Question, parsed: ParsedSection) -> tuple[HintRung, ...]:
    """Give the four hints for an order or a matching; none where its source does not stand in the section."""
    key = _source(question, parsed)
    if key is None:
        return ()
    paragraph = paragraph_around(key, parsed)
    wide, near = section_around(key, paragraph, parsed), parsed.cite(paragraph)
    first = parsed.sentences[0].at
    word = _word_order if question.form is QuestionForm.ORDERING else _word_pairs
    texts = word(question, parsed, _where(question, parsed, paragraph))
    return tuple(
        HintRung(
            UnitId(stable_id("hint", question.id, rung)),
            Claim(parsed.evidence.text[at.start : at.end], place),
            rung,
            text,
        )
        for rung, (text, at, place) in enumerate(
            zip(texts, (first, first, paragraph, key.at), (wide, wide, near, near), strict=True)
        )
    )


def _word_order(question: Question, parsed: ParsedSection, where: str) -> tuple[str, ...]:
    sign = _sign(question, parsed)
    last = "has the earlier year" if sign == _BY_YEARS else "does the reading put earlier"
    count = len(question.sequence)
    return (
        f"You are asked in what order {count} things come. Which of them cannot come before another, and why?",
        f"Look in {where}. Which words or numbers there tell you what comes when?",
        f"In {where}, the order is told by {sign}. Which of your items stands beside the earliest of them?",
        f"Take two items that are neighbours in your order, and find both in {where}. Which of the two {last}?",
    )


def _word_pairs(question: Question, _parsed: ParsedSection, where: str) -> tuple[str, ...]:
    term = question.pairs[0].left
    return (
        f"You are asked to put {len(question.pairs)} terms to their meanings. Which pair are you surest of, and why?",
        f"Begin with “{term}”, and look in {where}. What is said there of it?",
        f"In {where}, find “{term}” and read the words beside it. Which of the meanings do they give?",
        "Do the same for each term that is left: find it, and read the words beside it. Which meaning do they give?",
    )


def _where(question: Question, parsed: ParsedSection, paragraph: Range) -> str:
    """Say where the first part stands: the section, the page, and how the paragraph opens where that tells nothing."""
    secret = _secret(question)
    title = calm(mask(parsed.evidence.title.strip(), secret))
    section = f"“{title}”" if title and GAP not in title and len(title.split()) <= _MOST_TITLE else "this section"
    page = parsed.cite(paragraph)[0].span.page
    words = parsed.evidence.text[paragraph.start : paragraph.end].split()[:_OPENING_WORDS]
    opening = calm(mask(" ".join(words), secret))
    beginning = f", the paragraph “{opening} …”" if GAP not in opening else ""
    return f"{section}, page {page}{beginning}"


def _secret(question: Question) -> Secret:
    """Say what must be masked: every word of every part."""
    parts = [*question.sequence, *question.options, *(pair.left for pair in question.pairs)]
    return keep_secret(" ".join(parts), "", others=parts)


def _sign(question: Question, parsed: ParsedSection) -> str:
    """Say by what the reading tells the order, as its own words show."""
    said = [claim.text for claim in claims_of(question)]
    if all(_YEAR.search(text) for text in said):
        return _BY_YEARS
    if any(_STAGES.search(text) for text in said):
        return "words such as “first” and “second”"
    source = _place(question, parsed)
    is_numbered = source is not None and _NUMBERED.search(parsed.evidence.text[max(0, source.start - 6) : source.start])
    return "the numbers of a list" if is_numbered else "words such as “first”, “then” and “finally”"


def _source(question: Question, parsed: ParsedSection) -> Sentence | None:
    at = _place(question, parsed)
    return parsed.sentence_at(at.start) if at is not None else None


def _place(question: Question, parsed: ParsedSection) -> Range | None:
    """Give where the first of the parts stands that the section holds."""
    found: Sequence[Range | None] = [
        parsed.evidence.find(citation) for claim in claims_of(question) for citation in claim.citations
    ]
    return next((at for at in found if at is not None), None)
