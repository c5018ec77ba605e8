"""The tables of the on-call list, notices, concerns, surrogates, the audit chain and reviews."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from adapters.sql.columns import ID, WORD, Moment, metadata, owned_by, told

contact = Table(
    "contact",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id", index=True),
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), index=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("duty", WORD, nullable=False),
    info=told(
        "who is called when a student may be in danger, with an address",
        "when taken off the list; with the person",
        about=("person_id",),
        parent="school",
    ),
)

notice = Table(
    "notice",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    owned_by("school.id", index=True),
    Column("case_id", ID, ForeignKey("care_case.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("channel", WORD, nullable=False),
    Column("address", Text, nullable=False),
    Column("severity", WORD, nullable=False),
    Column("occasion", WORD, nullable=False),
    Column("is_drill", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("delivered_at", Moment),
    Column("failure", WORD, nullable=False),
    Index("ix_notice_waiting", "delivered_at", "next_at"),
    info=told(
        "that somebody was called about a case, and at which address; no name, no words",
        "with its case",
        parent="care_case",
        secret=("key",),
        case="case_id",
    ),
)

concern = Table(
    "concern",
    metadata,
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    info=told(
        "numbers that add up over what somebody wrote, without its words",
        "some days after the last of it; with the person",
        about=("person_id",),
        parent="person",
        kinds={"concerns": "at"},
        # that something adds up is as private as a case
        secret=("person_id", "state", "at"),
    ),
)

surrogate = Table(
    "surrogate",
    metadata,
    Column("id", ID, primary_key=True),
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("placeholder", WORD, nullable=False),
    Column("original", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("person_id", "conversation", "placeholder"),
    info=told(
        "names and numbers that somebody wrote, and what stood for them towards a model",
        "some days after they were written; with the person",
        about=("person_id",),
        parent="person",
        kinds={"surrogates": "at"},
        sealed=("original",),
    ),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("school_id", String(32), nullable=False, index=True),
    Column("action", WORD, nullable=False),
    Column("by_id", String(32), nullable=False),
    Column("about_id", String(32), nullable=False),
    Column("ref", String(120), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("is_care", Boolean, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    info=told(
        "ids of who did what to what, and hashes; no text. The ids of people who are erased lead nowhere",
        "some years after it, from the oldest on, up to a signed head",
        parent="school",
    ),
)

output = Table(
    "output",
    metadata,
    Column("id", ID, ForeignKey("interaction.id", ondelete="CASCADE"), primary_key=True),
    Column("whose_id", ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("withheld", Integer, nullable=False),
    info=told(
        "the words that a writer made, for review; what was asked is not in it",
        "with its exchange; with the person",
        about=("whose_id",),
        parent="interaction",
        sealed=("text",),
        secret=("digest",),
    ),
)

review_mark = Table(
    "review_mark",
    metadata,
    Column("output_id", ID, ForeignKey("output.id", ondelete="CASCADE"), primary_key=True),
    Column("by_id", ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("is_good", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    info=told(
        "what a reviewer said of an output",
        "with the output; with the reviewer",
        about=("by_id",),
        parent="output",
    ),
)
