"""Which rows have been kept long enough, kind by kind. The kinds are described in `safety/texts/retention.yaml`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Table, and_, exists, or_, select

from adapters.sql.people_tables import class_room, enrolment, person
from adapters.sql.schema import artifact, attempt, care_case, document, job
from adapters.sql.whose import told_of
from domain.jobs import JobStatus
from domain.people import LONG_GONE, Role

Condition = ColumnElement[bool]


def is_due(table: Table, kind: str, before: datetime) -> Condition:
    """Rows of the kind whose time is at or before `before`, an aware time.

    A day, such as the last of a class, has passed when it ended before that day: to the person's advantage.
    """
    name = told_of(table).kinds[kind]
    further = _FURTHER.get((table.name, kind))
    if name == "class_room.ends_on":
        assert further is not None
        return further(before)
    column = table.c[name]
    is_day = isinstance(column.type, Date)
    passed = column < before.date() if is_day else column <= before
    return passed if further is None else and_(passed, further(before))


def _has_left(_before: datetime) -> Condition:
    """Whoever left goes; of whom only a case is left, once it is gone: cases have a time of their own."""
    about = exists().where(care_case.c.person_id == person.c.id)
    return and_(person.c.is_active.is_(False), or_(person.c.left_at > LONG_GONE, ~about))


def _has_ended(_before: datetime) -> Condition:
    """Jobs about a reading that failed or were stopped go with it: they say what can be tried again."""
    ended = [JobStatus.DONE.value, JobStatus.FAILED.value, JobStatus.CANCELLED.value]
    is_free = and_(job.c.document_id.is_(None), job.c.status.in_(ended))
    return or_(job.c.status == JobStatus.DONE.value, is_free)


def _is_own_question(_before: datetime) -> Condition:
    return artifact.c.owner_id.is_not(None)


def _readings_of_ended_class(before: datetime) -> Condition:
    return and_(_is_students(), _class_is_over(document.c.class_id, document.c.owner_id, before))


def _readings_without_end(_before: datetime) -> Condition:
    return and_(_is_students(), _class_has_no_end(document.c.class_id, document.c.owner_id))


def _answers_of_ended_class(before: datetime) -> Condition:
    return exists().where(
        artifact.c.id == attempt.c.artifact_id,
        document.c.id == artifact.c.document_id,
        _class_is_over(document.c.class_id, attempt.c.person_id, before),
    )


def _answers_without_end(_before: datetime) -> Condition:
    return exists().where(
        artifact.c.id == attempt.c.artifact_id,
        document.c.id == artifact.c.document_id,
        _class_has_no_end(document.c.class_id, attempt.c.person_id),
    )


def _is_students() -> Condition:
    students = select(person.c.id).where(person.c.role == Role.STUDENT.value)
    return document.c.owner_id.in_(students)


def _class_is_over(class_id: Any, person_id: Any, before: datetime) -> Condition:
    """Say that the reading's class ended long enough ago; of a reading without one, that all of the person's did."""
    over = select(class_room.c.id).where(class_room.c.ends_on < before.date())
    is_member = enrolment.c.person_id == person_id
    goes_on = exists().where(is_member, enrolment.c.class_id.not_in(over))
    return or_(class_id.in_(over), and_(class_id.is_(None), exists().where(is_member), ~goes_on))


def _class_has_no_end(class_id: Any, person_id: Any) -> Condition:
    endless = select(class_room.c.id).where(class_room.c.ends_on.is_(None))
    is_member = enrolment.c.person_id == person_id
    is_open = exists().where(is_member, enrolment.c.class_id.in_(endless))
    return or_(class_id.in_(endless), and_(class_id.is_(None), or_(~exists().where(is_member), is_open)))


_FURTHER: Mapping[tuple[str, str], Callable[[datetime], Condition]] = {
    ("person", "people"): _has_left,
    ("job", "jobs"): _has_ended,
    ("artifact", "questions"): _is_own_question,
    ("document", "readings"): _readings_of_ended_class,
    ("document", "readings_open"): _readings_without_end,
    ("attempt", "answers"): _answers_of_ended_class,
    ("attempt", "answers_open"): _answers_without_end,
}
"""What must be true besides the time, by table and kind."""
