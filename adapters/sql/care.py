"""Cases with their flags and events."""

from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Row, case, insert, select

from adapters.sql.schema import care_case, case_event, flag
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from domain.care import NOT_KEPT, NOT_OPENED, Case, CaseEvent, CaseStatus, Ending, Flag, Severity, Who, Worry
from domain.errors import KeyMissing
from domain.ids import CaseId, PersonId, SchoolId

_ENDINGS = frozenset({"closed", *Ending})
"""Events that close a case; earlier versions wrote `closed` for all of them."""

_log = structlog.get_logger(__name__)


class SqlCare:
    """A `domain.ports.CareRepository`.

    Whoever finds a case may be about to change it, so finding one takes the write lock: of two flags raised at the
    same moment neither is lost.
    """

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction; what students wrote and what was noted about them is kept sealed."""
        self._transaction = transaction
        self._sealer = sealer

    def save(self, value: Case) -> None:
        """Add a case, or what is new about it. Raises Conflict when the person has another open one.

        With a damaged key of the person flags are kept with the words `NOT_OPENED`, notes with `NOT_KEPT`.
        """
        row = {
            "school_id": value.school_id,
            "person_id": value.person_id,
            "severity": value.severity.value,
            "subject": value.subject,
            "status": value.status.value,
            "opened_at": value.opened_at,
            "due_at": value.due_at,
            "is_told": value.is_told,
            "closed_at": _closed_at(value),
            "holder_id": value.holder_id,
            "ending": value.ending.value if value.ending else "",
            "is_drill": value.is_drill,
            "step": value.step,
            "next_step_at": value.next_step_at,
        }
        self._transaction.put(care_case, {"id": value.id}, row)
        kept = set(self._transaction.read(select(flag.c.id).where(flag.c.case_id == value.id)).scalars())
        flags = [self._flag_row(one, ordinal) for ordinal, one in enumerate(value.flags) if one.id not in kept]
        begun = len(self._transaction.read(select(case_event.c.ordinal).where(case_event.c.case_id == value.id)).all())
        events = [self._event_row(value, one, ordinal) for ordinal, one in enumerate(value.events) if ordinal >= begun]
        for table, rows in ((flag, flags), (case_event, events)):
            if rows:
                self._transaction.write(insert(table), [{"case_id": value.id, **one} for one in rows])

    def find(self, case_id: CaseId) -> Case | None:
        """Give a case or None."""
        self._transaction.begin_write()
        return next(iter(self._list(care_case.c.id == case_id)), None)

    def find_open(self, person_id: PersonId) -> Case | None:
        """Give the person's case that is not closed, or None."""
        self._transaction.begin_write()
        is_open = (care_case.c.person_id == person_id) & (care_case.c.status != CaseStatus.CLOSED.value)
        return next(iter(self._list(is_open)), None)

    def list_cases(self, school_id: SchoolId) -> list[Case]:
        """List cases: not closed first, then most severe, then by deadline."""
        return self._list(care_case.c.school_id == school_id)

    def list_about(self, person_id: PersonId) -> list[Case]:
        """List the cases about a person, newest first."""
        found = self._list(care_case.c.person_id == person_id)
        return sorted(found, key=lambda one: one.opened_at, reverse=True)

    def _list(self, condition: Any) -> list[Case]:
        severities = {severity.value: rank for rank, severity in enumerate(reversed(Severity))}
        query = (
            select(care_case)
            .where(condition)
            .order_by(
                care_case.c.status == CaseStatus.CLOSED.value,
                case(severities, value=care_case.c.severity),
                care_case.c.due_at,
                care_case.c.id,
            )
        )
        rows = self._transaction.read(query).all()
        flags = self._parts(flag, condition)
        events = self._parts(case_event, condition)
        people = {row.person_id for row in rows}
        people.update(one.person_id for some in flags.values() for one in some)
        self._sealer.load(people)
        return [self._to_case(row, flags.get(row.id, []), events.get(row.id, [])) for row in rows]

    def _parts(self, table: Any, condition: Any) -> dict[str, list[Row[Any]]]:
        query = (
            select(table)
            .join(care_case, care_case.c.id == table.c.case_id)
            .where(condition)
            .order_by(table.c.case_id, table.c.ordinal)
        )
        parts: dict[str, list[Row[Any]]] = {}
        for row in self._transaction.read(query):
            parts.setdefault(row.case_id, []).append(row)
        return parts

    def _flag_row(self, value: Flag, ordinal: int) -> dict[str, Any]:
        return {
            "id": value.id,
            "ordinal": ordinal,
            "person_id": value.person_id,
            "severity": value.worry.severity.value,
            "subject": value.worry.subject,
            "rule": value.worry.rule,
            "who": value.worry.who.value,
            "text": self._seal_flag(value),
            "entry": value.entry,
            "raised_at": value.raised_at,
        }

    def _event_row(self, value: Case, event: CaseEvent, ordinal: int) -> dict[str, Any]:
        place = _note_place(value.id, ordinal)
        note = self._seal_note(event.note, value.person_id, place)
        return {"ordinal": ordinal, "at": event.at, "what": event.what, "by_id": event.by, "note": note}

    def _seal_flag(self, value: Flag) -> str:
        """Seal what was written; with a damaged key the flag is kept without it, since somebody must look all the same.

        What stands there then holds nothing of what was written.
        """
        place = _flag_place(value.id)
        try:
            return self._sealer.seal(value.text, person_id=value.person_id, place=place)
        except KeyMissing as error:
            _log.error("care.not_sealed", place=place, code=error.code)
            return NOT_OPENED

    def _seal_note(self, note: str, person_id: str, place: str) -> str:
        """Seal a note; with a damaged key what was done is kept without it, since a case must come to its end."""
        try:
            return self._sealer.seal(note, person_id=person_id, place=place)
        except KeyMissing as error:
            _log.error("care.not_sealed", place=place, code=error.code)
            return NOT_KEPT if note else NOT_OPENED

    def _to_case(self, row: Row[Any], flags: list[Row[Any]], events: list[Row[Any]]) -> Case:
        return Case(
            id=row.id,
            school_id=row.school_id,
            person_id=row.person_id,
            severity=Severity(row.severity),
            subject=row.subject,
            status=CaseStatus(row.status),
            opened_at=row.opened_at,
            due_at=row.due_at,
            flags=tuple(self._to_flag(one) for one in flags),
            events=tuple(self._to_event(row, one) for one in events),
            is_told=row.is_told,
            holder_id=row.holder_id,
            ending=Ending(row.ending) if row.ending else None,
            is_drill=row.is_drill,
            step=row.step,
            next_step_at=row.next_step_at,
        )

    def _to_flag(self, row: Row[Any]) -> Flag:
        return Flag(
            id=row.id,
            person_id=row.person_id,
            worry=Worry(Severity(row.severity), row.subject, row.rule, Who(row.who)),
            text=self._open(row.text, row.person_id, _flag_place(row.id)),
            entry=row.entry,
            raised_at=row.raised_at,
        )

    def _to_event(self, case_row: Row[Any], row: Row[Any]) -> CaseEvent:
        place = _note_place(row.case_id, row.ordinal)
        note = self._open(row.note, case_row.person_id, place)
        return CaseEvent(at=row.at, what=row.what, by=row.by_id, note=note)

    def _open(self, text: str, person_id: str, place: str) -> str:
        """Give the text, or a sentence instead: a case must be seen even when what is written in it cannot be."""
        if text == NOT_KEPT:
            return NOT_KEPT
        try:
            return self._sealer.open(text, person_id=person_id, place=place)
        except KeyMissing as error:
            _log.error("care.not_opened", place=place, code=error.code)
            return NOT_OPENED


def _closed_at(value: Case) -> datetime | None:
    """When it was closed: cases are kept for some time after that."""
    if value.status is not CaseStatus.CLOSED:
        return None
    return max((event.at for event in value.events if event.what in _ENDINGS), default=value.due_at)


def _flag_place(flag_id: str) -> str:
    return place_of("flag", flag_id, "text")


def _note_place(case_id: str, ordinal: int) -> str:
    return place_of("case_event", f"{case_id}/{ordinal}", "note")
