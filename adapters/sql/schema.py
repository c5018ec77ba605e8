"""The tables. Each says in `info` what personal data it holds (`personal`) and when its rows go (`retired`).

Times are aware and in UTC. Lists that are only ever read whole are kept as JSON. The word index (`chunk_words`)
is made by the first migration: it is a copy of the chunks' words and goes with them.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

_ID = String(32)
_WORD = String(40)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC in stores that know no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC."""
        if value is None:
            return None
        assert value.tzinfo is not None
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Say that a stored time is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def _told(personal: str, retired: str) -> dict[str, str]:
    return {"personal": personal, "retired": retired}


def _owned_by(target: str, **options: Any) -> Column[Any]:
    """Give the column that makes rows go with the row they belong to."""
    name = target.split(".", maxsplit=1)[0] + "_id"
    return Column(name, _ID, ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

school = Table(
    "school",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    info=_told("none", "kept as long as the installation"),
)

class_room = Table(
    "class_room",
    metadata,
    Column("id", _ID, primary_key=True),
    _owned_by("school.id", index=True),
    Column("name", Text, nullable=False),
    info=_told("none", "with its school"),
)

person = Table(
    "person",
    metadata,
    Column("id", _ID, primary_key=True),
    _owned_by("school.id", index=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, unique=True),
    Column("role", _WORD, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("is_demo", Boolean, nullable=False),
    info=_told("name, e-mail address, role, hash of the password", "when the person leaves, or with the school"),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("person_id", _ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("class_id", _ID, ForeignKey("class_room.id", ondelete="CASCADE"), primary_key=True, index=True),
    info=_told("who is in which class", "with the person or the class"),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _owned_by("person.id", index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("form_token", Text, nullable=False),
    info=_told("when somebody signed in", "at sign-out, at the first use after it ended, at the person's next sign-in"),
)

document = Table(
    "document",
    metadata,
    Column("id", _ID, primary_key=True),
    _owned_by("school.id"),
    Column("owner_id", _ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("class_id", _ID, ForeignKey("class_room.id", ondelete="SET NULL"), index=True),
    Column("title", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content_hash", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("status", _WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("language", _WORD, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("problem_code", _WORD, nullable=False),
    Column("problem", Text, nullable=False),
    Column("page_problems", JSON, nullable=False),
    Column("aids_ready", Boolean, nullable=False),
    Column("stage_seconds", JSON, nullable=False),
    info=_told("who uploaded what; the file's name may hold a person's", "when its owner deletes it or leaves"),
)

page = Table(
    "page",
    metadata,
    _owned_by("document.id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("emphasis", JSON, nullable=False),
    Column("hidden", JSON, nullable=False),
    Column("marks", JSON, nullable=False),
    info=_told("whatever the reading says about people; `marks` says where", "with its document"),
)

section = Table(
    "section",
    metadata,
    _owned_by("document.id", primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("path", JSON, nullable=False),
    Column("start_page", Integer, nullable=False),
    Column("start_offset", Integer, nullable=False),
    Column("end_page", Integer, nullable=False),
    Column("end_offset", Integer, nullable=False),
    Column("is_unit", Boolean, nullable=False),
    info=_told("what a heading of the reading says about people", "with its document"),
)

chunk = Table(
    "chunk",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _ID, nullable=False, unique=True),
    _owned_by("document.id"),
    Column("ordinal", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("gap", Text, nullable=False),
    Column("emphasis", JSON, nullable=False),
    Column("marks", JSON, nullable=False),
    UniqueConstraint("document_id", "ordinal"),
    info=_told("whatever the reading says about people; the word index repeats it", "with its document"),
)

artifact = Table(
    "artifact",
    metadata,
    Column("id", _ID, primary_key=True),
    _owned_by("document.id"),
    Column("section", Integer),
    Column("kind", _WORD, nullable=False),
    Column("title", Text, nullable=False),
    Column("units", Text, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("status", _WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("drawing", Text, nullable=False),
    Column("level_original", Float),
    Column("level_variant", Float),
    Column("owner_id", _ID, ForeignKey("person.id", ondelete="CASCADE"), index=True),
    Index("ix_artifact_place", "document_id", "kind", "section"),
    info=_told("quotes of the reading; a person's own question when `owner_id` is set", "with its document or owner"),
)

question = Table(
    "question",
    metadata,
    Column("id", _ID, primary_key=True),
    _owned_by("artifact.id", primary_key=True, index=True),
    info=_told("none", "with its quiz, or when the quiz no longer holds it"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("person_id", _ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    _owned_by("artifact.id", index=True),
    Column("question_id", _ID, nullable=False),
    Column("answer", Text, nullable=False),
    Column("is_correct", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_attempt_person", "person_id", "question_id"),
    info=_told("a learner's answer in the learner's words, and whether it was right", "with the person or the reading"),
)

hint_progress = Table(
    "hint_progress",
    metadata,
    Column("person_id", _ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("question_id", _ID, primary_key=True),
    Column("rung", Integer, nullable=False),
    info=_told("how much help a learner took", "with the person"),
)

care_case = Table(
    "care_case",
    metadata,
    Column("id", _ID, primary_key=True),
    _owned_by("school.id", index=True),
    _owned_by("person.id"),
    Column("severity", _WORD, nullable=False),
    Column("subject", _WORD, nullable=False),
    Column("status", _WORD, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    info=_told("that a student may be in danger, and of what: the most private thing here", "with the person"),
)

Index(
    "uq_care_case_open",
    care_case.c.person_id,
    unique=True,
    sqlite_where=care_case.c.status != "closed",
    postgresql_where=care_case.c.status != "closed",
)

flag = Table(
    "flag",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("case_id", _ID, ForeignKey("care_case.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("person_id", _ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("severity", _WORD, nullable=False),
    Column("subject", _WORD, nullable=False),
    Column("rule", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("entry", _WORD, nullable=False),
    Column("raised_at", Moment, nullable=False),
    info=_told("what a student wrote, word for word, for the counsellor alone", "with its case"),
)

case_event = Table(
    "case_event",
    metadata,
    Column("case_id", _ID, ForeignKey("care_case.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("what", Text, nullable=False),
    Column("by_id", _ID, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("note", Text, nullable=False),
    info=_told("who looked after a student, and what they noted", "with its case"),
)

interaction = Table(
    "interaction",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("kind", _WORD, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("verdicts", JSON, nullable=False),
    Column("outcome", _WORD, nullable=False),
    Column("person_id", _ID, ForeignKey("person.id", ondelete="SET NULL")),
    Column("document_id", _ID, ForeignKey("document.id", ondelete="SET NULL"), index=True),
    Column("section", Integer),
    Column("input_hash", String(64), nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("tokens_estimated", Boolean, nullable=False),
    Column("failure", Text, nullable=False),
    Index("ix_interaction_person", "person_id", "at"),
    info=_told("who asked for what and when, no text", "kept; loses its person and document when they go"),
)

job = Table(
    "job",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("name", _WORD, nullable=False),
    _owned_by("document.id"),
    Column("status", _WORD, nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("owner", _ID),
    Column("attempts", Integer, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("is_cancel_asked", Boolean, nullable=False),
    Column("error_code", _WORD, nullable=False),
    Column("error", Text, nullable=False),
    Index("ix_job_document", "document_id", "name"),
    info=_told("none beyond its document", "with its document"),
)
