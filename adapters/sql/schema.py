"""The tables of readings, study aids, learning, care and jobs; those of people are in `people_tables`.

Each table says in `info` what personal data it holds, whose, and when its rows go (`columns.Told`). Times are aware
and in UTC. Lists that are only ever read whole are kept as JSON. The word index (`chunk_words`) is made by the first
migration: it is a copy of the chunks' words and goes with them.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

# the other tables must be known wherever these are: foreign keys lead there
from adapters.sql import aid_tables, people_tables, safety_tables  # noqa: F401
from adapters.sql.columns import ID, WORD, Moment, metadata, owned_by, told

document = Table(
    "document",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id"),
    Column("owner_id", ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("class_id", ID, ForeignKey("class_room.id", ondelete="SET NULL"), index=True),
    Column("title", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content_hash", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("status", WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("language", WORD, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("problem_code", WORD, nullable=False),
    Column("problem", Text, nullable=False),
    Column("page_problems", JSON, nullable=False),
    Column("aids_ready", Boolean, nullable=False),
    Column("stage_seconds", JSON, nullable=False),
    Column("is_screened", Boolean, nullable=False, server_default=false()),
    Column("source_url", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("dropped", JSON, nullable=False, server_default="[]"),
    Column("reading_level", Float),
    Column("sketch", JSON, nullable=False, server_default="[]"),
    Column("like_id", ID),
    Column("spare", JSON, nullable=False, server_default="[]"),
    Column("coming_hash", String(64)),
    Column("file_title", Text, nullable=False, server_default=""),
    Column("reader", Integer, nullable=False, server_default="0"),
    info=told(
        "who uploaded what; the file's name may hold a person's",
        "when its owner deletes it or leaves; a student's some days after the class ended",
        about=("owner_id",),
        parent="person",
        kinds={"readings": "class_room.ends_on", "readings_open": "created_at"},
    ),
)

page = Table(
    "page",
    metadata,
    owned_by("document.id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("emphasis", JSON, nullable=False),
    Column("hidden", JSON, nullable=False),
    Column("marks", JSON, nullable=False),
    Column("has_orders", Boolean, nullable=False, server_default=false()),
    Column("parts", JSON, nullable=False, server_default="[]"),
    Column("boxes", JSON, nullable=False, server_default="[]"),
    Column("confidence", Float),
    Column("label", Text, nullable=False, server_default=""),
    info=told("whatever the reading says about people; `marks` says where", "with its document", parent="document"),
)

recognised = Table(
    "recognised",
    metadata,
    owned_by("document.id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", String(64), nullable=False),
    Column("page", JSON, nullable=False),
    info=told("whatever a scanned page says about people", "when its reading is read", parent="document"),
)

section = Table(
    "section",
    metadata,
    owned_by("document.id", primary_key=True),
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
    Column("language", WORD, nullable=False, server_default=""),
    info=told("what a heading of the reading says about people", "with its document", parent="document"),
)

chunk = Table(
    "chunk",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    owned_by("document.id"),
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
    info=told(
        "whatever the reading says about people; the word index repeats it", "with its document", parent="document"
    ),
)

artifact = Table(
    "artifact",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("document.id"),
    Column("section", Integer),
    Column("kind", WORD, nullable=False),
    Column("title", Text, nullable=False),
    Column("units", Text, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("status", WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("drawing", Text, nullable=False),
    Column("level_original", Float),
    Column("level_variant", Float),
    Column("owner_id", ID, ForeignKey("person.id", ondelete="CASCADE"), index=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("evidence_hash", String(64), nullable=False, server_default=""),
    Column("hands", JSON, nullable=False, server_default="[]"),
    Index("ix_artifact_place", "document_id", "kind", "section"),
    info=told(
        "quotes of the reading; a person's own question when `owner_id` is set",
        "with its document or owner; own questions some days after they were asked",
        about=("owner_id",),
        parent="document",
        kinds={"questions": "created_at"},
        sealed=("title", "units"),
    ),
)

question = Table(
    "question",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("artifact.id", primary_key=True, index=True),
    info=told("none", "with its quiz, or when the quiz no longer holds it", parent="artifact"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    owned_by("artifact.id", index=True),
    Column("question_id", ID, nullable=False),
    Column("answer", Text, nullable=False),
    Column("is_correct", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_attempt_person", "person_id", "question_id"),
    info=told(
        "a learner's answer in the learner's words, and whether it was right",
        "with the person or the reading; some days after the class ended",
        about=("person_id",),
        parent="artifact",
        kinds={"answers": "class_room.ends_on", "answers_open": "at"},
        sealed=("answer",),
    ),
)

hint_progress = Table(
    "hint_progress",
    metadata,
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("question_id", ID, primary_key=True),
    Column("rung", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    info=told(
        "how much help a learner took",
        "with the person; some days after the last hint",
        about=("person_id",),
        parent="person",
        kinds={"questions": "at"},
    ),
)

care_case = Table(
    "care_case",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id", index=True),
    owned_by("person.id"),
    Column("severity", WORD, nullable=False),
    Column("subject", WORD, nullable=False),
    Column("status", WORD, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("is_told", Boolean, nullable=False, server_default=false()),
    Column("closed_at", Moment),
    Column("holder_id", ID, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("ending", WORD, nullable=False, server_default=""),
    Column("is_drill", Boolean, nullable=False, server_default=false()),
    Column("step", Integer, nullable=False, server_default="1"),
    Column("next_step_at", Moment),
    info=told(
        "that a student may be in danger, and of what: the most private thing here",
        "some time after it was closed; with the person",
        about=("person_id",),
        by=("holder_id",),
        parent="person",
        kinds={"cases": "closed_at"},
        case="id",
    ),
)

# the migration says so to PostgreSQL as well; named here, it would load all of its drivers at every start
Index("uq_care_case_open", care_case.c.person_id, unique=True, sqlite_where=care_case.c.status != "closed")

flag = Table(
    "flag",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, ForeignKey("care_case.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("severity", WORD, nullable=False),
    Column("subject", WORD, nullable=False),
    Column("rule", Text, nullable=False),
    Column("who", WORD, nullable=False, server_default="self"),
    Column("text", Text, nullable=False),
    Column("entry", WORD, nullable=False),
    Column("raised_at", Moment, nullable=False),
    info=told(
        "what a student wrote, word for word, for the counsellor alone",
        "with its case",
        about=("person_id",),
        parent="care_case",
        sealed=("text",),
        case="case_id",
    ),
)

case_event = Table(
    "case_event",
    metadata,
    Column("case_id", ID, ForeignKey("care_case.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("what", Text, nullable=False),
    Column("by_id", ID, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("note", Text, nullable=False),
    info=told(
        "who looked after a student, and what they noted",
        "with its case",
        by=("by_id",),
        parent="care_case",
        sealed=("note",),
        sealed_by=("case_id", "ordinal"),
        case="case_id",
    ),
)

interaction = Table(
    "interaction",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("school_id", ID, ForeignKey("school.id", ondelete="CASCADE"), index=True),
    Column("at", Moment, nullable=False),
    Column("kind", WORD, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("verdicts", JSON, nullable=False),
    Column("outcome", WORD, nullable=False),
    Column("person_id", ID, ForeignKey("person.id", ondelete="SET NULL")),
    Column("document_id", ID, ForeignKey("document.id", ondelete="SET NULL"), index=True),
    Column("section", Integer),
    Column("input_hash", String(64), nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("tokens_estimated", Boolean, nullable=False),
    Column("failure", Text, nullable=False),
    Column("cost", BigInteger, nullable=False, server_default="0"),
    Index("ix_interaction_person", "person_id", "at"),
    info=told(
        "who asked for what and when, no text",
        "some days after it; with the person. Loses its document when that goes",
        about=("person_id",),
        kinds={"exchanges": "at"},
        case="outcome",
        secret=("input_hash",),
    ),
)

job = Table(
    "job",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("name", WORD, nullable=False),
    Column("subject", String(64), nullable=False),
    Column("document_id", ID, ForeignKey("document.id", ondelete="CASCADE"), index=True),
    Column("status", WORD, nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("owner", ID),
    Column("attempts", Integer, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("is_cancel_asked", Boolean, nullable=False),
    Column("error_code", WORD, nullable=False),
    Column("error", Text, nullable=False),
    Index("ix_job_subject", "subject", "name"),
    info=told(
        "none beyond its document",
        "with its document, or some days after it ended",
        parent="document",
        kinds={"jobs": "run_at"},
        secret=("lease_until", "owner"),
    ),
)
