"""A second file of a reading while one takes the other's place; what its file calls itself, and what read it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("spare", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("coming_hash", sa.String(64)))
        table.add_column(sa.Column("file_title", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("reader", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("document") as table:
        for name in ("reader", "file_title", "coming_hash", "spare"):
            table.drop_column(name)
