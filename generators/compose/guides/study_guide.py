"""A study guide: what to aim at, what to be able to answer, the terms, and when things happened."""

from collections.abc import Sequence

from domain.claims import Claim
from domain.guides import GuideEntry, GuidePart
from domain.ids import UnitId, stable_id
from domain.material import CardForm, Kind
from generators.compose.cards.flashcards import make_cards
from generators.compose.guides.aims import answers_aim
from generators.compose.guides.key_questions import Answered, tells
from generators.compose.guides.naming import is_person
from generators.compose.guides.question_shares import share_questions
from generators.compose.guides.timeline import find_events
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection
from generators.compose.summaries.objectives import find_objectives
from generators.compose.summaries.summary import summarise

_TERMS = 20
_EVENTS = 12
_FEWEST_EVENTS = 2
"""One date alone is no timeline."""

_WHOLE = {GuidePart.OBJECTIVE: 40, GuidePart.KEY_QUESTION: 20, GuidePart.TERM: 120, GuidePart.EVENT: 40}
"""Entries of each part that the guide to a whole reading has at most."""


def make_guide(parsed: ParsedSection) -> tuple[GuideEntry, ...]:
    """Make the section's guide: objectives, questions, terms, events. May be empty, but not for want of a question."""
    shares = share_questions(parsed)
    questions = _questions(shares.guide)
    cards = [
        card
        for card in parsed.once(make_cards)
        if card.form is CardForm.DEFINITION and tells(parsed, card) and not is_person(card)
    ]
    terms = [_entry(card.claim, GuidePart.TERM, card.term) for card in cards[:_TERMS]]
    events = [
        _entry(_quote(parsed, event.sentence.at.start, event.sentence.at.end), GuidePart.EVENT, event.label, event.year)
        for event in find_events(parsed)[:_EVENTS]
    ]
    made = (*_objectives(parsed), *questions, *_by_name(terms), *(events if len(events) >= _FEWEST_EVENTS else ()))
    return made or tuple(_questions([one for one in shares.faq if len(one.claims) == 1][:1]))


def _objectives(parsed: ParsedSection) -> list[GuideEntry]:
    """Give the reading's own learning objectives, each with the sentence of the summary that answers it."""
    if not find_objectives(parsed):
        return []
    return [
        _entry(one.claim, GuidePart.OBJECTIVE, one.objective)
        for one in summarise(parsed)
        if one.objective and answers_aim(parsed, one.claim, one.objective)
    ]


def combine_guides(parts: Sequence[Sequence[GuideEntry]]) -> tuple[GuideEntry, ...]:
    """Join the sections' guides: questions in turn, terms by name, events by year; nothing twice."""
    found: list[GuideEntry] = []
    for part in GuidePart:
        queues = [[entry for entry in guide if entry.part is part] for guide in parts]
        entries = _without_twins(_in_turn([queue for queue in queues if queue]))[: _WHOLE[part]]
        if part is GuidePart.TERM:
            entries = _by_name(entries)
        elif part is GuidePart.EVENT:
            entries = sorted(entries, key=lambda entry: entry.year or 0)
        found += entries
    return tuple(found)


def _questions(asked: Sequence[Answered]) -> list[GuideEntry]:
    return [_entry(one.claims[0], GuidePart.KEY_QUESTION, one.question) for one in asked]


def _in_turn(queues: Sequence[list[GuideEntry]]) -> list[GuideEntry]:
    longest = max(map(len, queues), default=0)
    return [queue[place] for place in range(longest) for queue in queues if place < len(queue)]


def _without_twins(entries: Sequence[GuideEntry]) -> list[GuideEntry]:
    seen: dict[tuple[GuidePart, str, str], GuideEntry] = {}
    for entry in entries:
        text = entry.claim.text if entry.part is GuidePart.EVENT else ""
        seen.setdefault((entry.part, normal_form(entry.label), text), entry)
    return list(seen.values())


def _by_name(entries: Sequence[GuideEntry]) -> list[GuideEntry]:
    return sorted(entries, key=lambda entry: normal_form(entry.label))


def _quote(parsed: ParsedSection, start: int, end: int) -> Claim:
    return Claim(" ".join(parsed.evidence.text[start:end].split()), parsed.evidence.cite(start, end))


def _entry(claim: Claim, part: GuidePart, label: str, year: int | None = None) -> GuideEntry:
    first = claim.citations[0].span
    identity = stable_id(Kind.STUDY_GUIDE, first.document_id, first.page, first.start, part, label)
    return GuideEntry(UnitId(identity), claim, part, label, year)
