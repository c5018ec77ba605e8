"""Versions and ratings of study aids, study sets, kept replies of a model, and what a model cost."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.String(32)
_WORD = sa.String(40)
_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("artifact_version", "rating", "study_set", "kept_reply")


def upgrade() -> None:
    """Add the columns and tables, and hold the tables to their rules on PostgreSQL."""
    with op.batch_alter_table("artifact") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("evidence_hash", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("hands", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("interaction") as table:
        table.add_column(sa.Column("cost", sa.BigInteger(), nullable=False, server_default="0"))
    _make_hands()
    _make_study_sets()
    if op.get_context().dialect.name == "postgresql":
        for name in _TABLES:
            whole = f"current_setting('app.everything', true) = 'yes' OR {_RULES[name]}"
            op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY scope ON {name} USING ({whole}) WITH CHECK ({whole})")


def downgrade() -> None:
    """Take them away."""
    for name in reversed(_TABLES):
        op.drop_table(name)
    with op.batch_alter_table("interaction") as table:
        table.drop_column("cost")
    with op.batch_alter_table("artifact") as table:
        for name in ("hands", "evidence_hash", "version"):
            table.drop_column(name)


def _make_hands() -> None:
    op.create_table(
        "artifact_version",
        sa.Column("artifact_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by_id", _ID),
        sa.Column("change", _WORD, nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("hands", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["artifact.id"], "fk_artifact_version_artifact_id_artifact", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], "fk_artifact_version_by_id_person", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("artifact_id", "number", name="pk_artifact_version"),
    )
    op.create_index("ix_artifact_version_by_id", "artifact_version", ["by_id"])
    op.create_table(
        "rating",
        sa.Column("id", _ID, nullable=False),
        sa.Column("artifact_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("unit_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("reason", _WORD, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], "fk_rating_artifact_id_artifact", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], "fk_rating_person_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_rating"),
    )
    op.create_index("ix_rating_artifact_id", "rating", ["artifact_id"])
    op.create_index("ix_rating_person_id", "rating", ["person_id"])


def _make_study_sets() -> None:
    op.create_table(
        "study_set",
        sa.Column("id", _ID, nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("cards", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], "fk_study_set_owner_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_study_set"),
    )
    op.create_index("ix_study_set_owner_id", "study_set", ["owner_id"])
    op.create_table(
        "kept_reply",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], "fk_kept_reply_document_id_document", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_kept_reply"),
    )
    op.create_index("ix_kept_reply_document_id", "kept_reply", ["document_id"])


_RULES = {
    "artifact_version": "(artifact_version.artifact_id IN (SELECT artifact.id FROM artifact))",
    "rating": (
        "(rating.artifact_id IN (SELECT artifact.id FROM artifact) AND (rating.person_id = "
        "current_setting('app.person', true) OR current_setting('app.role', true) IN ('teacher')))"
    ),
    "study_set": "(study_set.owner_id = current_setting('app.person', true))",
    "kept_reply": "(kept_reply.document_id IN (SELECT document.id FROM document))",
}
