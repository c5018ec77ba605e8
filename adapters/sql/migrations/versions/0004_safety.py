"""The on-call list, notices, concerns, surrogates, the audit chain, reviews; cases are taken on and end somehow."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.String(32)
_WORD = sa.String(40)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables and columns, and hold the new tables to their rules on PostgreSQL."""
    _widen_cases()
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("is_screened", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("page") as table:
        table.add_column(sa.Column("has_orders", sa.Boolean(), nullable=False, server_default=sa.false()))
    _queue_screening()
    _make_notices()
    _make_memories()
    _make_records()
    if op.get_context().dialect.name == "postgresql":
        for name, rule in _RULES.items():
            whole = f"current_setting('app.everything', true) = 'yes' OR {rule}"
            op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY scope ON {name} USING ({whole}) WITH CHECK ({whole})")


def downgrade() -> None:
    """Take them away."""
    for name in ("review_mark", "output", "audit", "surrogate", "concern", "notice", "contact"):
        op.drop_table(name)
    with op.batch_alter_table("document") as table:
        table.drop_column("is_screened")
    with op.batch_alter_table("page") as table:
        table.drop_column("has_orders")
    with op.batch_alter_table("flag") as table:
        table.drop_column("who")
    with op.batch_alter_table("care_case") as table:
        table.drop_index("ix_care_case_holder_id")
        table.drop_constraint("fk_care_case_holder_id", type_="foreignkey")
        for name in ("next_step_at", "step", "is_drill", "ending", "holder_id"):
            table.drop_column(name)


def _widen_cases() -> None:
    with op.batch_alter_table("care_case") as table:
        table.add_column(sa.Column("holder_id", _ID))
        table.add_column(sa.Column("ending", _WORD, nullable=False, server_default=""))
        table.add_column(sa.Column("is_drill", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("next_step_at", _MOMENT))
        table.create_foreign_key("fk_care_case_holder_id", "person", ["holder_id"], ["id"], ondelete="SET NULL")
        table.create_index("ix_care_case_holder_id", ["holder_id"])
    op.execute("UPDATE care_case SET ending = 'resolved' WHERE status = 'closed'")
    op.execute("UPDATE care_case SET next_step_at = due_at WHERE status = 'open'")
    with op.batch_alter_table("flag") as table:
        table.add_column(sa.Column("who", _WORD, nullable=False, server_default="self"))


def _queue_screening() -> None:
    """Have what students added before be screened for signs of danger, once."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("SELECT set_config('app.everything', 'yes', true)")
        # a database that was copied can have rows whose numbers the counter has not come to yet
        op.execute(
            "SELECT setval(pg_get_serial_sequence('job', 'number'), "
            "greatest((SELECT max(number) FROM job), nextval(pg_get_serial_sequence('job', 'number'))))"
        )
    op.execute(
        "INSERT INTO job (id, name, subject, document_id, status, created_at, run_at, attempts, retries, stage, done, "
        "total, is_cancel_asked, error_code, error) "
        "SELECT substr(document.id, 17) || substr(document.id, 1, 16), 'screen_document', document.id, NULL, "
        "'queued', document.created_at, document.created_at, 0, 0, '', 0, 0, false, '', '' "
        "FROM document JOIN person ON person.id = document.owner_id "
        "WHERE person.role = 'student' AND document.status IN ('searchable', 'ready')"
    )


def _make_notices() -> None:
    op.create_table(
        "contact",
        sa.Column("id", _ID, nullable=False),
        sa.Column("school_id", _ID, nullable=False),
        sa.Column("person_id", _ID),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("duty", _WORD, nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], "fk_contact_school_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], "fk_contact_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )
    op.create_index("ix_contact_school_id", "contact", ["school_id"])
    op.create_index("ix_contact_person_id", "contact", ["person_id"])
    op.create_table(
        "notice",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("school_id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("channel", _WORD, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("severity", _WORD, nullable=False),
        sa.Column("occasion", _WORD, nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", _MOMENT),
        sa.Column("failure", _WORD, nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], "fk_notice_school_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["case_id"], ["care_case.id"], "fk_notice_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_notice"),
        sa.UniqueConstraint("id", name="uq_notice_id"),
        sa.UniqueConstraint("key", name="uq_notice_key"),
    )
    op.create_index("ix_notice_school_id", "notice", ["school_id"])
    op.create_index("ix_notice_case_id", "notice", ["case_id"])
    op.create_index("ix_notice_waiting", "notice", ["delivered_at", "next_at"])


def _make_memories() -> None:
    op.create_table(
        "concern",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], "fk_concern_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name="pk_concern"),
    )
    op.create_table(
        "surrogate",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("placeholder", _WORD, nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], "fk_surrogate_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_surrogate"),
        sa.UniqueConstraint(
            "person_id", "conversation", "placeholder", name="uq_surrogate_person_id_conversation_placeholder"
        ),
    )


def _make_records() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("action", _WORD, nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("about_id", sa.String(32), nullable=False),
        sa.Column("ref", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("is_care", sa.Boolean(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_school_id", "audit", ["school_id"])
    op.create_table(
        "output",
        sa.Column("id", _ID, nullable=False),
        sa.Column("whose_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["interaction.id"], "fk_output_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["whose_id"], ["person.id"], "fk_output_whose_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_output"),
    )
    op.create_index("ix_output_whose_id", "output", ["whose_id"])
    op.create_table(
        "review_mark",
        sa.Column("output_id", _ID, nullable=False),
        sa.Column("by_id", _ID, nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], "fk_review_mark_output_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], "fk_review_mark_by_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("output_id", "by_id", name="pk_review_mark"),
    )


_RULES = {
    "contact": (
        "(contact.school_id = current_setting('app.school', true) AND current_setting('app.role', true) IN "
        "('counsellor', 'administrator'))"
    ),
    "notice": (
        "(notice.school_id = current_setting('app.school', true) AND current_setting('app.role', true) IN "
        "('counsellor'))"
    ),
    "concern": "(concern.person_id = current_setting('app.person', true))",
    "surrogate": "(surrogate.person_id = current_setting('app.person', true))",
    "audit": (
        "(audit.school_id = current_setting('app.school', true) AND (audit.is_care IS true AND "
        "current_setting('app.role', true) IN ('counsellor') OR audit.is_care IS false AND "
        "current_setting('app.role', true) IN ('administrator')))"
    ),
    "output": "(output.id IN (SELECT interaction.id FROM interaction))",
    "review_mark": "(review_mark.output_id IN (SELECT output.id FROM output))",
}
