"""PostgreSQL alone: its word index, and policies that let each transaction see the rows of its own scope.

The policies are `adapters.sql.scoping.policies()` as of this revision; whoever changes a rule there writes a revision.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the word index, and hold every table to its policy, even for the tables' owner."""
    if op.get_context().dialect.name != "postgresql":
        return
    _make_word_index()
    for name, rule in _RULES.items():
        whole = f"current_setting('app.everything', true) = 'yes' OR {rule}"
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY scope ON {name} USING ({whole}) WITH CHECK ({whole})")


def downgrade() -> None:
    """Take them away."""
    if op.get_context().dialect.name != "postgresql":
        return
    for name in _RULES:
        op.execute(f"DROP POLICY scope ON {name}")
        op.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY")
    op.execute("DROP TABLE chunk_words")
    op.execute("DROP TEXT SEARCH CONFIGURATION margent")
    op.execute("DROP TEXT SEARCH DICTIONARY margent_stem")


def _make_word_index() -> None:
    # no word is left out: which ones tell nothing is decided when somebody searches
    op.execute("CREATE TEXT SEARCH DICTIONARY margent_stem (TEMPLATE = snowball, LANGUAGE = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION margent (COPY = simple)")
    op.execute("ALTER TEXT SEARCH CONFIGURATION margent ALTER MAPPING FOR asciiword, word, numword WITH margent_stem")
    op.execute(
        "CREATE TABLE chunk_words (number integer CONSTRAINT pk_chunk_words PRIMARY KEY "
        "CONSTRAINT fk_chunk_words_number REFERENCES chunk (number) ON DELETE CASCADE, words tsvector NOT NULL)"
    )


_RULES = {
    "school": ("(school.id = current_setting('app.school', true))"),
    "class_room": (
        "(class_room.school_id = current_setting('app.school', true) AND (current_setting('app.role', true) "
        "IN ('administrator', 'counsellor', 'teacher') OR class_room.id = "
        "any(string_to_array(current_setting('app.classes', true), ','))))"
    ),
    "enrolment": (
        "(enrolment.class_id IN (SELECT class_room.id FROM class_room) AND (enrolment.class_id = "
        "any(string_to_array(current_setting('app.classes', true), ',')) OR enrolment.person_id = "
        "current_setting('app.person', true) OR current_setting('app.role', true) IN ('administrator', "
        "'counsellor')))"
    ),
    "person": (
        "(person.school_id = current_setting('app.school', true) AND (person.id = "
        "current_setting('app.person', true) OR person.id = any(string_to_array(current_setting('app.wards', "
        "true), ',')) OR current_setting('app.role', true) IN ('administrator', 'counsellor') OR person.id IN "
        "(SELECT enrolment.person_id FROM enrolment WHERE enrolment.class_id = "
        "any(string_to_array(current_setting('app.classes', true), ',')))))"
    ),
    "guardianship": (
        "(guardianship.child_id IN (SELECT person.id FROM person) AND (guardianship.guardian_id = "
        "current_setting('app.person', true) OR guardianship.child_id = current_setting('app.person', true) "
        "OR current_setting('app.role', true) IN ('administrator', 'counsellor', 'teacher')))"
    ),
    "invitation": (
        "(invitation.school_id = current_setting('app.school', true) AND (current_setting('app.role', true) "
        "IN ('administrator') OR invitation.created_by = current_setting('app.person', true)))"
    ),
    "sign_in": (
        "(sign_in.person_id = current_setting('app.person', true) OR current_setting('app.role', true) IN "
        "('administrator') AND sign_in.person_id IN (SELECT person.id FROM person))"
    ),
    "consent": (
        "(consent.person_id = current_setting('app.person', true) OR consent.person_id = "
        "any(string_to_array(current_setting('app.wards', true), ',')) OR current_setting('app.role', true) "
        "IN ('administrator', 'teacher') AND consent.person_id IN (SELECT person.id FROM person))"
    ),
    "access": (
        "(access.school_id = current_setting('app.school', true) AND (access.person_id = "
        "current_setting('app.person', true) OR access.person_id = "
        "any(string_to_array(current_setting('app.wards', true), ',')) OR access.by_id = "
        "current_setting('app.person', true)))"
    ),
    "hold": (
        "(hold.school_id = current_setting('app.school', true) AND current_setting('app.role', true) IN "
        "('administrator'))"
    ),
    "receipt": (
        "(receipt.school_id = current_setting('app.school', true) AND current_setting('app.role', true) IN "
        "('administrator'))"
    ),
    "person_key": ("(person_key.person_id IN (SELECT person.id FROM person))"),
    "document": (
        "(document.school_id = current_setting('app.school', true) AND current_setting('app.role', true) IN "
        "('student', 'teacher') AND (document.owner_id = current_setting('app.person', true) OR "
        "document.class_id = any(string_to_array(current_setting('app.classes', true), ','))))"
    ),
    "page": ("(page.document_id IN (SELECT document.id FROM document))"),
    "section": ("(section.document_id IN (SELECT document.id FROM document))"),
    "chunk": ("(chunk.document_id IN (SELECT document.id FROM document))"),
    "job": ("(job.document_id IN (SELECT document.id FROM document))"),
    "artifact": (
        "(artifact.document_id IN (SELECT document.id FROM document) AND (artifact.owner_id IS NULL OR "
        "artifact.owner_id = current_setting('app.person', true)))"
    ),
    "question": ("(question.artifact_id IN (SELECT artifact.id FROM artifact))"),
    "attempt": (
        "(attempt.person_id = current_setting('app.person', true) OR attempt.person_id = "
        "any(string_to_array(current_setting('app.wards', true), ',')))"
    ),
    "hint_progress": (
        "(hint_progress.person_id = current_setting('app.person', true) OR hint_progress.person_id = "
        "any(string_to_array(current_setting('app.wards', true), ',')))"
    ),
    "interaction": (
        "(interaction.school_id = current_setting('app.school', true) AND (interaction.person_id = "
        "current_setting('app.person', true) OR (interaction.person_id IS NULL OR "
        "current_setting('app.role', true) IN ('teacher')) AND interaction.document_id IN (SELECT document.id FROM "
        "document)))"
    ),
    "care_case": (
        "(care_case.school_id = current_setting('app.school', true) AND (current_setting('app.role', true) IN "
        "('counsellor') OR care_case.person_id = current_setting('app.person', true)))"
    ),
    "flag": ("(flag.case_id IN (SELECT care_case.id FROM care_case))"),
    "case_event": ("(case_event.case_id IN (SELECT care_case.id FROM care_case))"),
    "chunk_words": ("(chunk_words.number IN (SELECT chunk.number FROM chunk))"),
}
