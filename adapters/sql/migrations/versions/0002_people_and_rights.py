"""People in classes: young classes, guardians, invitations, consent, who looked, holds, receipts, persons' keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.String(32)
_WORD = sa.String(40)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables and columns."""
    _widen_people()
    _make_ways_in()
    _make_rights()
    _free_jobs_of_documents()
    with op.batch_alter_table("care_case") as table:
        table.add_column(sa.Column("is_told", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("closed_at", _MOMENT))
    _date_hints()
    with op.batch_alter_table("interaction") as table:
        table.add_column(sa.Column("school_id", _ID))
        table.create_foreign_key("fk_interaction_school_id", "school", ["school_id"], ["id"], ondelete="CASCADE")
        table.create_index("ix_interaction_school_id", ["school_id"])
    op.execute(
        "UPDATE interaction SET school_id = "
        "(SELECT school_id FROM document WHERE document.id = interaction.document_id)"
    )


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("interaction") as table:
        table.drop_index("ix_interaction_school_id")
        table.drop_constraint("fk_interaction_school_id", type_="foreignkey")
        table.drop_column("school_id")
    with op.batch_alter_table("hint_progress") as table:
        table.drop_column("at")
    with op.batch_alter_table("care_case") as table:
        table.drop_column("closed_at")
        table.drop_column("is_told")
    op.execute("DELETE FROM job WHERE document_id IS NULL")
    with op.batch_alter_table("job") as table:
        table.drop_index("ix_job_subject")
        table.drop_index("ix_job_document_id")
        table.drop_column("subject")
        table.alter_column("document_id", existing_type=_ID, nullable=False)
        table.create_index("ix_job_document", ["document_id", "name"])
    for name in ("person_key", "receipt", "hold", "access", "consent", "invitation", "guardianship"):
        op.drop_table(name)
    _narrow_people()


def _widen_people() -> None:
    with op.batch_alter_table("school") as table:
        table.add_column(sa.Column("rules", sa.Text(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("is_demo", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE school SET is_demo = true WHERE id IN (SELECT school_id FROM person WHERE is_demo)")
    with op.batch_alter_table("class_room") as table:
        table.add_column(sa.Column("join_code", _WORD))
        table.add_column(sa.Column("join_until", _MOMENT))
        table.add_column(sa.Column("is_young", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("sign_in_code", _WORD))
        table.add_column(sa.Column("ends_on", sa.Date()))
        table.add_column(sa.Column("external_id", sa.Text(), nullable=False, server_default=""))
        table.create_index("ix_class_room_join_code", ["join_code"])
        table.create_index("ix_class_room_sign_in_code", ["sign_in_code"])
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("decides_from", sa.Date()))
        table.add_column(sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("external_id", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("subject", sa.Text()))
        table.add_column(sa.Column("avatar", _WORD, nullable=False, server_default=""))
        table.add_column(sa.Column("picture_hash", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("left_at", _MOMENT))
        table.create_unique_constraint("uq_person_subject", ["subject"])
        table.create_index("ix_person_external", ["school_id", "external_id"])
    with op.batch_alter_table("sign_in") as table:
        table.add_column(sa.Column("device", sa.Text(), nullable=False, server_default=""))


def _narrow_people() -> None:
    with op.batch_alter_table("sign_in") as table:
        table.drop_column("device")
    with op.batch_alter_table("person") as table:
        table.drop_index("ix_person_external")
        table.drop_constraint("uq_person_subject", type_="unique")
        for name in ("left_at", "picture_hash", "avatar", "subject", "external_id", "is_active", "decides_from"):
            table.drop_column(name)
    with op.batch_alter_table("class_room") as table:
        table.drop_index("ix_class_room_sign_in_code")
        table.drop_index("ix_class_room_join_code")
        for name in ("external_id", "ends_on", "sign_in_code", "is_young", "join_until", "join_code"):
            table.drop_column(name)
    with op.batch_alter_table("school") as table:
        table.drop_column("is_demo")
        table.drop_column("rules")


def _make_ways_in() -> None:
    op.create_table(
        "guardianship",
        sa.Column("guardian_id", _ID, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("child_id", _ID, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    )
    op.create_table(
        "invitation",
        sa.Column("id", _ID, primary_key=True),
        _owned_by("school", index=True),
        sa.Column("role", _WORD, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_by", _ID, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("class_ids", sa.JSON(), nullable=False),
        sa.Column("ward_ids", sa.JSON(), nullable=False),
        sa.Column("person_id", _ID, sa.ForeignKey("person.id", ondelete="CASCADE"), index=True),
        sa.Column("used_at", _MOMENT),
    )


def _make_rights() -> None:
    op.create_table(
        "consent",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", _ID, nullable=False, unique=True),
        _owned_by("person", index=True),
        sa.Column("purpose", _WORD, nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", _ID, sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("is_on_paper", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "access",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", _ID, nullable=False, unique=True),
        _owned_by("school"),
        _owned_by("person", index=True),
        sa.Column("by_id", _ID, sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("what", _WORD, nullable=False),
        sa.Column("why", _WORD, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("thing_id", sa.String(64), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "hold",
        sa.Column("id", _ID, primary_key=True),
        _owned_by("school", index=True),
        sa.Column("person_id", _ID, sa.ForeignKey("person.id", ondelete="CASCADE")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", _ID, sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("placed_at", _MOMENT, nullable=False),
        sa.Column("lifted_at", _MOMENT),
    )
    op.create_table(
        "receipt",
        sa.Column("id", _ID, primary_key=True),
        _owned_by("school", index=True),
        sa.Column("by_id", _ID, sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
    )
    op.create_table(
        "person_key",
        sa.Column("person_id", _ID, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key_id", _WORD, nullable=False, index=True),
        sa.Column("wrapped", sa.Text(), nullable=False),
    )


def _date_hints() -> None:
    """Say since when help is remembered; of what is there already, since now."""
    with op.batch_alter_table("hint_progress") as table:
        table.add_column(sa.Column("at", _MOMENT))
    op.execute("UPDATE hint_progress SET at = CURRENT_TIMESTAMP")
    with op.batch_alter_table("hint_progress") as table:
        table.alter_column("at", existing_type=_MOMENT, nullable=False)


def _free_jobs_of_documents() -> None:
    """Let jobs be about other things than documents: a day, a key."""
    with op.batch_alter_table("job") as table:
        table.add_column(sa.Column("subject", sa.String(64), nullable=False, server_default=""))
        table.alter_column("document_id", existing_type=_ID, nullable=True)
        table.drop_index("ix_job_document")
        table.create_index("ix_job_document_id", ["document_id"])
        table.create_index("ix_job_subject", ["subject", "name"])
    op.execute("UPDATE job SET subject = document_id")


def _owned_by(parent: str, *, index: bool = False) -> "sa.Column[str]":
    key = sa.ForeignKey(f"{parent}.id", ondelete="CASCADE")
    return sa.Column(f"{parent}_id", _ID, key, nullable=False, index=index)
