"""Frequent questions: what readers of a section want to know, answered in its own sentences."""

from collections.abc import Sequence

from domain.guides import FaqEntry
from domain.ids import UnitId, stable_id
from domain.material import Kind
from generators.compose.guides.key_questions import Answered
from generators.compose.guides.question_shares import share_questions
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection

_WHOLE = 24


def make_faq(parsed: ParsedSection) -> tuple[FaqEntry, ...]:
    """Choose those of the section's questions that its guide leaves, in reading order. May be empty."""
    return tuple(map(_entry, share_questions(parsed).faq))


def combine_faqs(parts: Sequence[Sequence[FaqEntry]]) -> tuple[FaqEntry, ...]:
    """Join the sections' questions: each section in turn gives one, in reading order; none is asked twice."""
    asked: set[str] = set()
    chosen: set[UnitId] = set()
    for place in range(max(map(len, parts), default=0)):
        for part in parts:
            entry = part[place] if place < len(part) else None
            if entry is not None and len(chosen) < _WHOLE and normal_form(entry.question) not in asked:
                asked.add(normal_form(entry.question))
                chosen.add(entry.id)
    return tuple({entry.id: entry for part in parts for entry in part if entry.id in chosen}.values())


def _entry(answered: Answered) -> FaqEntry:
    first = answered.claims[0].citations[0].span
    identity = stable_id(Kind.FAQ, first.document_id, first.page, first.start, answered.question)
    claim, *parts = answered.claims
    return FaqEntry(UnitId(identity), claim, answered.question, tuple(parts))
