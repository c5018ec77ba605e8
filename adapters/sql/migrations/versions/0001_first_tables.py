"""The first tables, and the word index where the database is SQLite."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    _make_people()
    _make_readings()
    _make_material()
    _make_care()
    _make_jobs()
    if op.get_context().dialect.name == "sqlite":
        _make_word_index()


def downgrade() -> None:
    """Drop everything."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE chunk_words")
    for name in _TABLES:
        op.drop_table(name)


_TABLES = (
    "job",
    "case_event",
    "flag",
    "care_case",
    "interaction",
    "hint_progress",
    "attempt",
    "question",
    "artifact",
    "chunk",
    "section",
    "page",
    "document",
    "sign_in",
    "enrolment",
    "person",
    "class_room",
    "school",
)


def _make_people() -> None:
    op.create_table(
        "school",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_table(
        "class_room",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "school_id", sa.String(32), sa.ForeignKey("school.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "school_id", sa.String(32), sa.ForeignKey("school.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), unique=True),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "enrolment",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "class_id", sa.String(32), sa.ForeignKey("class_room.id", ondelete="CASCADE"), primary_key=True, index=True
        ),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column(
            "person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_token", sa.Text(), nullable=False),
    )


def _make_readings() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("school_id", sa.String(32), sa.ForeignKey("school.id", ondelete="CASCADE"), nullable=False),
        sa.Column(
            "owner_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("class_id", sa.String(32), sa.ForeignKey("class_room.id", ondelete="SET NULL"), index=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False, index=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("problem_code", sa.String(40), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("page_problems", sa.JSON(), nullable=False),
        sa.Column("aids_ready", sa.Boolean(), nullable=False),
        sa.Column("stage_seconds", sa.JSON(), nullable=False),
    )
    op.create_table(
        "page",
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("emphasis", sa.JSON(), nullable=False),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
    )
    op.create_table(
        "section",
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("path", sa.JSON(), nullable=False),
        sa.Column("start_page", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_page", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("is_unit", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "chunk",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("gap", sa.Text(), nullable=False),
        sa.Column("emphasis", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.UniqueConstraint("document_id", "ordinal"),
    )


def _make_material() -> None:
    op.create_table(
        "artifact",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("section", sa.Integer()),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("drawing", sa.Text(), nullable=False),
        sa.Column("level_original", sa.Float()),
        sa.Column("level_variant", sa.Float()),
        sa.Column("owner_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), index=True),
    )
    op.create_index("ix_artifact_place", "artifact", ["document_id", "kind", "section"])
    op.create_table(
        "question",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "artifact_id", sa.String(32), sa.ForeignKey("artifact.id", ondelete="CASCADE"), primary_key=True, index=True
        ),
    )
    op.create_table(
        "attempt",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column(
            "artifact_id", sa.String(32), sa.ForeignKey("artifact.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("question_id", sa.String(32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("is_correct", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_attempt_person", "attempt", ["person_id", "question_id"])
    op.create_table(
        "hint_progress",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("question_id", sa.String(32), primary_key=True),
        sa.Column("rung", sa.Integer(), nullable=False),
    )
    op.create_table(
        "interaction",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id", ondelete="SET NULL"), index=True),
        sa.Column("section", sa.Integer()),
        sa.Column("input_hash", sa.String(64), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("tokens_estimated", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
    )
    op.create_index("ix_interaction_person", "interaction", ["person_id", "at"])


def _make_care() -> None:
    op.create_table(
        "care_case",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "school_id", sa.String(32), sa.ForeignKey("school.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "flag",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "case_id", sa.String(32), sa.ForeignKey("care_case.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entry", sa.String(40), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "case_event",
        sa.Column("case_id", sa.String(32), sa.ForeignKey("care_case.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(32), sa.ForeignKey("person.id", ondelete="SET NULL"), index=True),
        sa.Column("note", sa.Text(), nullable=False),
    )
    is_open = sa.text("status != 'closed'")
    op.create_index(
        "uq_care_case_open", "care_case", ["person_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )


def _make_jobs() -> None:
    op.create_table(
        "job",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("status", sa.String(40), nullable=False, index=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("owner", sa.String(32)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("is_cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("error_code", sa.String(40), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
    )
    op.create_index("ix_job_document", "job", ["document_id", "name"])


def _make_word_index() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE chunk_words USING fts5(title, heading, text, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    # also fires where a foreign key deletes the chunk, so words never outlive what they stand in
    op.execute(
        "CREATE TRIGGER chunk_words_gone AFTER DELETE ON chunk BEGIN "
        "DELETE FROM chunk_words WHERE rowid = old.number; END"
    )
