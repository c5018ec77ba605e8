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
from domain.people import Person, Role
from tests.builders import CLASS, NOW, SCHOOL, a_document, a_person

OTHER_SCHOOL = SchoolId(stable_id("another school"))
STRANGER = PersonId(stable_id("stranger"))


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


def _things(person: Person) -> dict[str, Thing | None]:
    """Give one thing of each sort there is for a person."""
    own = _artifact(Kind.ANSWER, ArtifactStatus.PUBLISHED, person.id)
    return {
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


_READABLE = {"anything", "own", "of the class", "shared aid", "own answer", "approved variant"}

ALLOWED: dict[tuple[Role, Action], set[str]] = {
    (Role.STUDENT, Action.READ): _READABLE,
    (Role.STUDENT, Action.UPLOAD): {"anything"},
    (Role.STUDENT, Action.DELETE): {"anything", "own"},
    (Role.STUDENT, Action.MAKE_AIDS): {"anything", "own"},
    (Role.STUDENT, Action.STUDY): _READABLE,
    (Role.STUDENT, Action.SIGN_OUT): {"anything"},
    (Role.TEACHER, Action.READ): _READABLE | {"draft variant"},
    (Role.TEACHER, Action.UPLOAD): {"anything"},
    (Role.TEACHER, Action.DELETE): {"anything", "own"},
    (Role.TEACHER, Action.MAKE_AIDS): {"anything", "own", "of the class"},
    (Role.TEACHER, Action.STUDY): _READABLE | {"draft variant"},
    (Role.TEACHER, Action.PREPARE_LESSONS): {"anything", "own", "of the class", "draft variant", "approved variant"},
    (Role.TEACHER, Action.OVERSEE): {"anything", "own", "of the class"},
    (Role.TEACHER, Action.SIGN_OUT): {"anything"},
    (Role.COUNSELLOR, Action.SEE_CASES): {"anything", "case"},
    (Role.COUNSELLOR, Action.ACT_ON_CASES): {"anything", "case"},
    (Role.COUNSELLOR, Action.SIGN_OUT): {"anything"},
    (Role.ADMINISTRATOR, Action.MANAGE_PEOPLE): {"anything"},
    (Role.ADMINISTRATOR, Action.SIGN_OUT): {"anything"},
}


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_people_may_do_exactly_what_the_table_says(role: Role, action: Action) -> None:
    """Of every sort of thing, a role may do this with those listed here, and with no other."""
    person = a_person(role)

    allowed = {name for name, thing in _things(person).items() if allows(person, action, thing)}

    assert allowed == ALLOWED.get((role, action), set())


def test_students_never_see_drafts() -> None:
    """No action lets a student reach a draft, whoever wrote it."""
    student = a_person(Role.STUDENT)
    drafts = [
        _artifact(kind, ArtifactStatus.DRAFT, owner) for kind, owner in product(Kind, [None, student.id, STRANGER])
    ]

    assert not any(allows(student, action, draft) for action, draft in product(Action, drafts))


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.ADMINISTRATOR])
def test_cases_are_for_counsellors_alone(role: Role) -> None:
    """No action lets anybody but a counsellor reach a case."""
    assert not any(allows(a_person(role), action, _case(SCHOOL)) for action in Action)
