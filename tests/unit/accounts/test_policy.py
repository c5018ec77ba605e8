"""The table of permissions, against a second one that was written by hand for every role, action and thing."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from accounts.policy import Action, Thing, allows
from domain.care import Case, CaseStatus, Severity
from domain.documents import Document
from domain.ids import ArtifactId, CaseId, ClassId, DocumentId, PersonId, SchoolId, stable_id
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.people import ClassRoom, Person, Role, School
from tests.builders import CLASS, NOW, SCHOOL, a_document, a_person

OTHER_SCHOOL = SchoolId(stable_id("another school"))
STRANGER = PersonId(stable_id("stranger"))
CHILD = PersonId(stable_id("child"))


def _document(**changes: Any) -> Document:
    return replace(a_document(owner_id=STRANGER), id=DocumentId(stable_id(sorted(changes))), **changes)


def _artifact(kind: Kind, status: ArtifactStatus, owner_id: PersonId | None = None) -> Artifact:
    return Artifact(
        id=ArtifactId(stable_id(kind, status, owner_id)),
        kind=kind,
        document_id=a_document().id,
        section=0,
        title="A title",
        units=(),
        provenance=Provenance(),
        status=status,
        created_at=NOW,
        owner_id=owner_id,
    )


def _case(school_id: SchoolId) -> Case:
    return Case(
        id=CaseId(stable_id(school_id)),
        school_id=school_id,
        person_id=STRANGER,
        severity=Severity.HIGH,
        subject="self_harm",
        status=CaseStatus.OPEN,
        opened_at=NOW,
        due_at=NOW,
    )


def _people_and_places(person: Person) -> dict[str, Thing | None]:
    """Give one person, class and school of each sort there is for a person."""
    child = a_person(id=CHILD)
    return {
        "oneself": person,
        "own child": child,
        "a classmate": a_person(id=STRANGER),
        "somebody of another school": a_person(id=STRANGER, school_id=OTHER_SCHOOL),
        "a child gone to another school": replace(child, school_id=OTHER_SCHOOL),
        "own class": ClassRoom(CLASS, SCHOOL, "8b"),
        "another class": ClassRoom(ClassId(stable_id("9a")), SCHOOL, "9a"),
        "class of another school": ClassRoom(CLASS, OTHER_SCHOOL, "8b"),
        "own school": School(SCHOOL, "The School"),
        "another school": School(OTHER_SCHOOL, "Another School"),
    }


def _things(person: Person) -> dict[str, Thing | None]:
    """Give one thing of each sort there is for a person."""
    own = _artifact(Kind.ANSWER, ArtifactStatus.PUBLISHED, person.id)
    return {
        **_people_and_places(person),
        "anything": None,
        "own": _document(owner_id=person.id, class_id=None),
        "of the class": _document(class_id=CLASS),
        "of another class": _document(class_id=ClassId(stable_id("9a"))),
        "of another person": _document(class_id=None),
        "of another school": _document(class_id=CLASS, school_id=OTHER_SCHOOL),
        "own in another school": _document(owner_id=person.id, school_id=OTHER_SCHOOL),
        "shared aid": _artifact(Kind.SUMMARY, ArtifactStatus.PUBLISHED),
        "own answer": own,
        "another's answer": replace(own, owner_id=STRANGER),
        "draft variant": _artifact(Kind.LESSON_VARIANT, ArtifactStatus.DRAFT),
        "approved variant": _artifact(Kind.LESSON_VARIANT, ArtifactStatus.PUBLISHED),
        "case": _case(SCHOOL),
        "case of another school": _case(OTHER_SCHOOL),
    }


_MEMBERS = {"anything", "oneself", "own child", "a classmate"}
_RECORD = {(role, Action.SEE_OWN_RECORD): {"anything", "oneself"} for role in Role}
_READABLE = {"anything", "own", "of the class", "shared aid", "own answer", "approved variant"}

ALLOWED: dict[tuple[Role, Action], set[str]] = {
    **_RECORD,
    (Role.STUDENT, Action.READ): _READABLE,
    (Role.STUDENT, Action.UPLOAD): {"anything"},
    (Role.STUDENT, Action.DELETE): {"anything", "own"},
    (Role.STUDENT, Action.MAKE_AIDS): {"anything", "own"},
    (Role.STUDENT, Action.EDIT_AIDS): {"anything", "own"},
    (Role.STUDENT, Action.RATE): _READABLE,
    (Role.STUDENT, Action.STUDY): _READABLE,
    (Role.STUDENT, Action.SIGN_OUT): {"anything"},
    (Role.STUDENT, Action.DECIDE_CONSENT): {"anything", "oneself"},
    (Role.TEACHER, Action.READ): _READABLE | {"draft variant"},
    (Role.TEACHER, Action.UPLOAD): {"anything"},
    (Role.TEACHER, Action.DELETE): {"anything", "own"},
    (Role.TEACHER, Action.MAKE_AIDS): {"anything", "own", "of the class"},
    (Role.TEACHER, Action.EDIT_AIDS): {"anything", "own", "of the class"},
    (Role.TEACHER, Action.RATE): _READABLE | {"draft variant"},
    (Role.TEACHER, Action.STUDY): _READABLE | {"draft variant"},
    (Role.TEACHER, Action.PREPARE_LESSONS): {"anything", "own", "of the class", "draft variant", "approved variant"},
    (Role.TEACHER, Action.OVERSEE): {"anything", "own", "of the class"},
    (Role.TEACHER, Action.REVIEW): {"anything", "own", "of the class"},
    (Role.TEACHER, Action.SIGN_OUT): {"anything"},
    (Role.TEACHER, Action.MAKE_CLASSES): {"anything"},
    (Role.TEACHER, Action.MANAGE_CLASS): {"anything", "own class"},
    (Role.COUNSELLOR, Action.SEE_CASES): {"anything", "case"},
    (Role.COUNSELLOR, Action.ACT_ON_CASES): {"anything", "case"},
    (Role.COUNSELLOR, Action.MANAGE_ON_CALL): {"anything", "own school"},
    (Role.COUNSELLOR, Action.SEE_AUDIT): {"anything", "own school"},
    (Role.COUNSELLOR, Action.SIGN_OUT): {"anything"},
    (Role.GUARDIAN, Action.SEE_CHILD): {"anything", "own child"},
    (Role.GUARDIAN, Action.DECIDE_CONSENT): {"anything", "own child"},
    (Role.GUARDIAN, Action.SIGN_OUT): {"anything"},
    (Role.ADMINISTRATOR, Action.MANAGE_PEOPLE): _MEMBERS,
    (Role.ADMINISTRATOR, Action.MANAGE_SCHOOL): {"anything", "own school"},
    (Role.ADMINISTRATOR, Action.MANAGE_ON_CALL): {"anything", "own school"},
    (Role.ADMINISTRATOR, Action.SEE_AUDIT): {"anything", "own school"},
    (Role.ADMINISTRATOR, Action.MAKE_CLASSES): {"anything"},
    (Role.ADMINISTRATOR, Action.MANAGE_CLASS): {"anything", "own class", "another class"},
    (Role.ADMINISTRATOR, Action.DECIDE_CONSENT): _MEMBERS,
    (Role.ADMINISTRATOR, Action.SIGN_OUT): {"anything"},
}


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_people_may_do_exactly_what_the_table_says(role: Role, action: Action) -> None:
    """Of every sort of thing, a role may do this with those listed here, and with no other."""
    person = a_person(role, ward_ids=(CHILD,) if role is Role.GUARDIAN else ())

    allowed = {name for name, thing in _things(person).items() if allows(person, action, thing)}

    assert allowed == ALLOWED.get((role, action), set())


def test_students_never_see_drafts() -> None:
    """No action lets a student reach a draft, whoever wrote it."""
    student = a_person(Role.STUDENT)
    drafts = [
        _artifact(kind, ArtifactStatus.DRAFT, owner) for kind, owner in product(Kind, [None, student.id, STRANGER])
    ]

    assert not any(allows(student, action, draft) for action, draft in product(Action, drafts))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COUNSELLOR])
def test_cases_are_for_counsellors_alone(role: Role) -> None:
    """No action lets anybody but a counsellor reach a case."""
    assert not any(allows(a_person(role), action, _case(SCHOOL)) for action in Action)
