"""The tables of what people did to study aids, and of what a model answered about readings."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text

from adapters.sql.columns import ID, WORD, Moment, metadata, owned_by, told

artifact_version = Table(
    "artifact_version",
    metadata,
    owned_by("artifact.id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by_id", ID, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("change", WORD, nullable=False),
    Column("units", Text, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("hands", JSON, nullable=False),
    info=told(
        "who changed a study aid that a class shares, and what it was then",
        "with the study aid; loses its person when that goes",
        by=("by_id",),
        parent="artifact",
    ),
)

rating = Table(
    "rating",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("artifact.id", index=True),
    owned_by("person.id", index=True),
    Column("unit_id", ID, nullable=False),
    Column("at", Moment, nullable=False),
    Column("is_good", Boolean, nullable=False),
    Column("reason", WORD, nullable=False),
    Column("words", Text, nullable=False),
    info=told(
        "what somebody thinks of a card or a question, and why",
        "with the study aid; with the person",
        about=("person_id",),
        parent="artifact",
        sealed=("words",),
    ),
)

study_set = Table(
    "study_set",
    metadata,
    Column("id", ID, primary_key=True),
    Column("owner_id", ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("title", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("cards", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    info=told(
        "which readings somebody studies together, and cards of their own",
        "when its owner deletes it; with its owner",
        about=("owner_id",),
        parent="person",
        sealed=("title", "cards"),
    ),
)

kept_reply = Table(
    "kept_reply",
    metadata,
    Column("key", String(64), primary_key=True),
    owned_by("document.id", index=True),
    Column("text", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("at", Moment, nullable=False),
    info=told(
        "what a model wrote about a reading, whose personal data it never saw", "with the reading", parent="document"
    ),
)
