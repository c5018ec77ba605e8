"""Who may see and write which rows: one rule a table, written once for both databases.

A rule that leans on another table's rows (a page on its document) says `IN (SELECT id FROM document)`: there the
other table's own rule holds too, so no rule repeats another. Rules must not lean on each other in a circle.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Dialect, Integer, Table, and_, column, or_, select, table

from adapters.sql.aid_tables import artifact_version, kept_reply, rating, study_set
from adapters.sql.people_tables import (
    access,
    class_room,
    consent,
    enrolment,
    guardianship,
    hold,
    invitation,
    person,
    person_key,
    receipt,
    school,
    sign_in,
)
from adapters.sql.safety_tables import audit, concern, contact, notice, output, review_mark, surrogate
from adapters.sql.schema import (
    artifact,
    attempt,
    care_case,
    case_event,
    chunk,
    document,
    flag,
    hint_progress,
    interaction,
    job,
    page,
    question,
    recognised,
    section,
)
from domain.people import Role

Condition = ColumnElement[bool]

chunk_words = table("chunk_words", column("number", Integer))
"""PostgreSQL's word index. That of SQLite is asked only by way of the chunks."""


@dataclass(frozen=True, slots=True)
class Me:
    """How a database says whose eyes it looks through: ids and the role as SQL, and two tests."""

    school: ColumnElement[str]
    person: ColumnElement[str]
    role: ColumnElement[str]
    is_my_class: Callable[[Column[str]], Condition]
    is_my_ward: Callable[[Column[str]], Condition]

    def is_any(self, *roles: Role) -> Condition:
        """Whether I have one of these roles."""
        return self.role.in_([role.value for role in roles])

    def is_of_mine(self, whom: Column[str]) -> Condition:
        """Whether it is me, or my child."""
        return or_(whom == self.person, self.is_my_ward(whom))


def rules_for(me: Me) -> Mapping[str, Condition]:
    """Give the rule of every table, by its name."""
    return {one.name: rule for one, rule in (_people(me) | _material(me) | _care(me) | _safety(me)).items()} | {
        chunk_words.name: chunk_words.c.number.in_(select(chunk.c.number))
    }


def written(rules: Mapping[str, Condition], dialect: Dialect) -> dict[str, str]:
    """Write rules as SQL text."""
    options = {"literal_binds": True}
    return {name: str(rule.compile(dialect=dialect, compile_kwargs=options)) for name, rule in rules.items()}


def _people(me: Me) -> dict[Table, Condition]:
    is_staff = me.is_any(Role.ADMINISTRATOR, Role.COUNSELLOR, Role.TEACHER)
    is_office = me.is_any(Role.ADMINISTRATOR, Role.COUNSELLOR)
    is_administrator = me.is_any(Role.ADMINISTRATOR)
    mates = select(enrolment.c.person_id).where(me.is_my_class(enrolment.c.class_id))
    return {
        school: school.c.id == me.school,
        class_room: and_(class_room.c.school_id == me.school, or_(is_staff, me.is_my_class(class_room.c.id))),
        enrolment: and_(
            _shown(enrolment.c.class_id, class_room),
            or_(me.is_my_class(enrolment.c.class_id), enrolment.c.person_id == me.person, is_office),
        ),
        person: and_(
            person.c.school_id == me.school,
            or_(me.is_of_mine(person.c.id), is_office, person.c.id.in_(mates)),
        ),
        guardianship: and_(
            _shown(guardianship.c.child_id, person),
            or_(guardianship.c.guardian_id == me.person, guardianship.c.child_id == me.person, is_staff),
        ),
        invitation: and_(
            invitation.c.school_id == me.school, or_(is_administrator, invitation.c.created_by == me.person)
        ),
        sign_in: or_(sign_in.c.person_id == me.person, and_(is_administrator, _shown(sign_in.c.person_id, person))),
        consent: or_(
            me.is_of_mine(consent.c.person_id),
            and_(me.is_any(Role.ADMINISTRATOR, Role.TEACHER), _shown(consent.c.person_id, person)),
        ),
        access: and_(
            access.c.school_id == me.school, or_(me.is_of_mine(access.c.person_id), access.c.by_id == me.person)
        ),
        hold: and_(hold.c.school_id == me.school, is_administrator),
        receipt: and_(receipt.c.school_id == me.school, is_administrator),
        person_key: _shown(person_key.c.person_id, person),
    }


def _material(me: Me) -> dict[Table, Condition]:
    return {
        document: and_(
            document.c.school_id == me.school,
            me.is_any(Role.STUDENT, Role.TEACHER),
            or_(document.c.owner_id == me.person, me.is_my_class(document.c.class_id)),
        ),
        **{one: _shown(one.c.document_id, document) for one in (page, recognised, section, chunk, job)},
        artifact: and_(
            _shown(artifact.c.document_id, document),
            or_(artifact.c.owner_id.is_(None), artifact.c.owner_id == me.person),
        ),
        question: _shown(question.c.artifact_id, artifact),
        artifact_version: _shown(artifact_version.c.artifact_id, artifact),
        rating: and_(
            _shown(rating.c.artifact_id, artifact), or_(rating.c.person_id == me.person, me.is_any(Role.TEACHER))
        ),
        study_set: study_set.c.owner_id == me.person,
        kept_reply: _shown(kept_reply.c.document_id, document),
        attempt: me.is_of_mine(attempt.c.person_id),
        hint_progress: me.is_of_mine(hint_progress.c.person_id),
        interaction: and_(
            interaction.c.school_id == me.school,
            or_(
                interaction.c.person_id == me.person,
                and_(
                    or_(interaction.c.person_id.is_(None), me.is_any(Role.TEACHER)),
                    _shown(interaction.c.document_id, document),
                ),
            ),
        ),
    }


def _care(me: Me) -> dict[Table, Condition]:
    return {
        care_case: and_(
            care_case.c.school_id == me.school, or_(me.is_any(Role.COUNSELLOR), care_case.c.person_id == me.person)
        ),
        flag: _shown(flag.c.case_id, care_case),
        case_event: _shown(case_event.c.case_id, care_case),
    }


def _safety(me: Me) -> dict[Table, Condition]:
    is_counsellor = me.is_any(Role.COUNSELLOR)
    return {
        contact: and_(contact.c.school_id == me.school, me.is_any(Role.COUNSELLOR, Role.ADMINISTRATOR)),
        notice: and_(notice.c.school_id == me.school, is_counsellor),
        concern: concern.c.person_id == me.person,
        surrogate: surrogate.c.person_id == me.person,
        audit: and_(
            audit.c.school_id == me.school,
            or_(
                and_(audit.c.is_care.is_(True), is_counsellor),
                and_(audit.c.is_care.is_(False), me.is_any(Role.ADMINISTRATOR)),
            ),
        ),
        output: _shown(output.c.id, interaction),
        review_mark: _shown(review_mark.c.output_id, output),
    }


def _shown(reference: Column[str], target: Table) -> Condition:
    """Whether what the row refers to is one that I see."""
    return reference.in_(select(target.c.id))
