"""Parts, boxes and confidence of pages; what was dropped or is alike; where a reading came from; recognised pages."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.String(32)
_RULE = (
    "current_setting('app.everything', true) = 'yes' OR (recognised.document_id IN (SELECT document.id FROM document))"
)


def upgrade() -> None:
    """Add the columns and the table, and hold the table to its rule on PostgreSQL."""
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("source_url", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("dropped", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("reading_level", sa.Float()))
        table.add_column(sa.Column("sketch", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("like_id", _ID))
    with op.batch_alter_table("page") as table:
        table.add_column(sa.Column("parts", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("boxes", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("confidence", sa.Float()))
        table.add_column(sa.Column("label", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("section") as table:
        table.add_column(sa.Column("language", sa.String(40), nullable=False, server_default=""))
    op.create_table(
        "recognised",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("page", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], "fk_recognised_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_recognised"),
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE recognised ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE recognised FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY scope ON recognised USING ({_RULE}) WITH CHECK ({_RULE})")


def downgrade() -> None:
    """Take them away."""
    op.drop_table("recognised")
    with op.batch_alter_table("section") as table:
        table.drop_column("language")
    with op.batch_alter_table("page") as table:
        for name in ("label", "confidence", "boxes", "parts"):
            table.drop_column(name)
    with op.batch_alter_table("document") as table:
        for name in ("like_id", "sketch", "reading_level", "dropped", "version", "source_url"):
            table.drop_column(name)
