"""Cases made ready to show: with names, in plain words, repeated events drawn together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.care import Case, CaseEvent, CaseStatus
from domain.ids import PersonId
from safety.recipients import subjects_of
from web.case_words import say_event, say_state, say_subject

_GONE = "Somebody who has left"


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened to a case, `times` in a row, last at `at`; with the name of who did it."""

    at: datetime
    what: str
    name: str
    note: str
    times: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with the names of people; `subjects` is all that it is about, the gravest first."""

    case: Case
    name: str
    holder: str
    subjects: str
    state: str
    is_late: bool
    now: datetime
    events: tuple[EventView, ...]


def view_case(case: Case, names: Mapping[PersonId, str], now: datetime) -> CaseView:
    """Make a case ready to show."""
    holder = names.get(case.holder_id, _GONE) if case.holder_id else ""
    return CaseView(
        case=case,
        name=names.get(case.person_id, _GONE),
        holder=holder,
        subjects=", ".join(map(say_subject, subjects_of(case))),
        state=say_state(case, holder),
        is_late=case.status is CaseStatus.OPEN and case.due_at < now,
        now=now,
        events=tuple(view_events(case.events, names)),
    )


def view_events(events: Sequence[CaseEvent], names: Mapping[PersonId, str]) -> Iterator[EventView]:
    """Make events ready to show; what the service does again and again is one line with how often."""

    def sameness(found: tuple[int, CaseEvent]) -> object:
        place, event = found
        return place if event.by else (event.what, event.note)

    for _, run in groupby(enumerate(events), key=sameness):
        same = [event for _, event in run]
        last = same[-1]
        name = names.get(last.by, _GONE) if last.by else ""
        yield EventView(last.at, say_event(last.what), name, last.note, len(same))
