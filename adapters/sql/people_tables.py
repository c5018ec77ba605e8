"""The tables of people: schools, classes, accounts, consent, and who looked. `adapters.sql.schema` has the others."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    true,
)

from adapters.sql.columns import ID, WORD, Moment, metadata, owned_by, told

school = Table(
    "school",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("rules", Text, nullable=False, server_default="{}"),
    Column("is_demo", Boolean, nullable=False, server_default=false()),
    info=told("none", "kept as long as the installation"),
)

class_room = Table(
    "class_room",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id", index=True),
    Column("name", Text, nullable=False),
    Column("join_code", WORD, index=True),
    Column("join_until", Moment),
    Column("is_young", Boolean, nullable=False, server_default=false()),
    Column("sign_in_code", WORD, index=True),
    Column("ends_on", Date),
    Column("external_id", Text, nullable=False, server_default=""),
    info=told(
        "none but who is in it",
        "some time after it ended, or with its school",
        parent="school",
        kinds={"classes": "ends_on"},
        secret=("join_code", "sign_in_code"),
    ),
)

person = Table(
    "person",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id", index=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, unique=True),
    Column("role", WORD, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("is_demo", Boolean, nullable=False),
    Column("decides_from", Date),
    Column("is_active", Boolean, nullable=False, server_default=true()),
    Column("external_id", Text, nullable=False, server_default=""),
    Column("subject", Text, unique=True),
    Column("avatar", WORD, nullable=False, server_default=""),
    Column("picture_hash", Text, nullable=False, server_default=""),
    Column("left_at", Moment),
    Index("ix_person_external", "school_id", "external_id"),
    info=told(
        "name, e-mail address, role, hash of the password",
        "some days after the person left, or with the school",
        about=("id",),
        parent="school",
        kinds={"people": "left_at"},
        secret=("email_key", "password_hash", "picture_hash"),
    ),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("class_id", ID, ForeignKey("class_room.id", ondelete="CASCADE"), primary_key=True, index=True),
    info=told("who is in which class", "with the person or the class", about=("person_id",), parent="class_room"),
)

guardianship = Table(
    "guardianship",
    metadata,
    Column("guardian_id", ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("child_id", ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    info=told("who is whose guardian", "with either person", about=("guardian_id", "child_id"), parent="person"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id", index=True),
    Column("role", WORD, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_by", ID, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("class_ids", JSON, nullable=False),
    Column("ward_ids", JSON, nullable=False),
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), index=True),
    Column("used_at", Moment),
    info=told(
        "who was invited by whom",
        "some days after it expired; with either person",
        about=("person_id", "created_by"),
        about_lists=("ward_ids",),
        parent="school",
        kinds={"invitations": "expires_at"},
        secret=("token_hash",),
    ),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    owned_by("person.id", index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("form_token", Text, nullable=False),
    Column("device", Text, nullable=False, server_default=""),
    info=told(
        "when somebody signed in, and with which browser",
        "at sign-out, or when it has ended",
        about=("person_id",),
        parent="person",
        kinds={"sign_ins": "expires_at"},
        secret=("token_hash", "form_token"),
    ),
)

consent = Table(
    "consent",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    owned_by("person.id", index=True),
    Column("purpose", WORD, nullable=False),
    Column("is_given", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by_id", ID, ForeignKey("person.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("is_on_paper", Boolean, nullable=False),
    info=told(
        "what a person allows, and who decided", "with the person", about=("person_id",), by=("by_id",), parent="person"
    ),
)

access = Table(
    "access",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    owned_by("school.id"),
    owned_by("person.id", index=True),
    Column("by_id", ID, ForeignKey("person.id", ondelete="SET NULL")),
    Column("what", WORD, nullable=False),
    Column("why", WORD, nullable=False),
    Column("at", Moment, nullable=False),
    Column("thing_id", String(64), nullable=False),
    Column("is_hidden", Boolean, nullable=False),
    info=told(
        "who looked at what a person wrote, and why",
        "after some years, or with the person",
        about=("person_id",),
        by=("by_id",),
        parent="person",
        kinds={"accesses": "at"},
        case="is_hidden",
    ),
)

hold = Table(
    "hold",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id", index=True),
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE")),
    Column("reason", Text, nullable=False),
    Column("placed_by", ID, ForeignKey("person.id", ondelete="SET NULL")),
    Column("placed_at", Moment, nullable=False),
    Column("lifted_at", Moment),
    info=told(
        "that a person's data must not be deleted, and why",
        "some years after it was lifted; with the person, once lifted",
        about=("person_id",),
        by=("placed_by",),
        parent="school",
        kinds={"holds": "lifted_at"},
        secret=("reason",),
    ),
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("school.id", index=True),
    Column("by_id", ID, ForeignKey("person.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("counts", JSON, nullable=False),
    info=told(
        "none about who was erased; who ordered it", "kept as long as the school", by=("by_id",), parent="school"
    ),
)

person_key = Table(
    "person_key",
    metadata,
    Column("person_id", ID, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("key_id", WORD, nullable=False, index=True),
    Column("wrapped", Text, nullable=False),
    info=told(
        "the key to what a person wrote, itself sealed",
        "with the person",
        about=("person_id",),
        parent="person",
        secret=("person_id", "key_id", "wrapped"),
    ),
)
