"""Who may do what with what: every permission, in one table. What the table does not name is denied."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from domain.care import Case
from domain.documents import Document
from domain.material import Artifact, ArtifactStatus, Kind
from domain.people import Person, Role, sees

Thing = Document | Artifact | Case


class Action(StrEnum):
    """What people do."""

    READ = "read"
    """Open a reading or a study aid."""

    UPLOAD = "upload"
    DELETE = "delete"

    MAKE_AIDS = "make_aids"
    """Have the study aids of a reading written anew, for everybody who sees it."""

    STUDY = "study"
    """Ask, answer a quiz, take hints."""

    PREPARE_LESSONS = "prepare_lessons"
    """Draft, edit and approve lesson variants."""

    OVERSEE = "oversee"
    """See which exchanges with a writer there were about a reading, and what came of them."""

    SEE_CASES = "see_cases"

    ACT_ON_CASES = "act_on_cases"
    """Acknowledge and close cases."""

    MANAGE_PEOPLE = "manage_people"
    SIGN_OUT = "sign_out"


def allows(person: Person, action: Action, thing: Thing | None = None) -> bool:
    """Whether the person may do this with the thing.

    Without a thing it says whether people of the role ever may: enough to show a menu, not to open a door. That a
    study aid's reading is one the person sees must be asked of the reading.
    """
    condition = _TABLE.get((person.role, action))
    if condition is None:
        return False
    return thing is None or condition(person, thing)


def _any_seen(person: Person, thing: Thing) -> bool:
    """Allow readings the person sees, and all shared or own aids."""
    if isinstance(thing, Document):
        return sees(person, thing)
    return isinstance(thing, Artifact) and thing.owner_id in {None, person.id}


def _seen_and_published(person: Person, thing: Thing) -> bool:
    """Allow the same without drafts: a lesson variant is shown once a teacher has approved it."""
    is_draft = isinstance(thing, Artifact) and thing.status is not ArtifactStatus.PUBLISHED
    return not is_draft and _any_seen(person, thing)


def _own_document(person: Person, thing: Thing) -> bool:
    return isinstance(thing, Document) and thing.owner_id == person.id and sees(person, thing)


def _seen_document(person: Person, thing: Thing) -> bool:
    return isinstance(thing, Document) and sees(person, thing)


def _for_lessons(person: Person, thing: Thing) -> bool:
    is_variant = isinstance(thing, Artifact) and thing.kind is Kind.LESSON_VARIANT
    return (is_variant and _any_seen(person, thing)) or _seen_document(person, thing)


def _case_of_school(person: Person, thing: Thing) -> bool:
    return isinstance(thing, Case) and thing.school_id == person.school_id


def _nothing(_person: Person, _thing: Thing) -> bool:
    """Things that are done to no thing."""
    return False


_TABLE: Mapping[tuple[Role, Action], Callable[[Person, Thing], bool]] = {
    (Role.STUDENT, Action.READ): _seen_and_published,
    (Role.STUDENT, Action.UPLOAD): _nothing,
    (Role.STUDENT, Action.DELETE): _own_document,
    (Role.STUDENT, Action.MAKE_AIDS): _own_document,
    (Role.STUDENT, Action.STUDY): _seen_and_published,
    (Role.STUDENT, Action.SIGN_OUT): _nothing,
    (Role.TEACHER, Action.READ): _any_seen,
    (Role.TEACHER, Action.UPLOAD): _nothing,
    (Role.TEACHER, Action.DELETE): _own_document,
    (Role.TEACHER, Action.MAKE_AIDS): _seen_document,
    (Role.TEACHER, Action.STUDY): _any_seen,
    (Role.TEACHER, Action.PREPARE_LESSONS): _for_lessons,
    (Role.TEACHER, Action.OVERSEE): _seen_document,
    (Role.TEACHER, Action.SIGN_OUT): _nothing,
    (Role.COUNSELLOR, Action.SEE_CASES): _case_of_school,
    (Role.COUNSELLOR, Action.ACT_ON_CASES): _case_of_school,
    (Role.COUNSELLOR, Action.SIGN_OUT): _nothing,
    (Role.ADMINISTRATOR, Action.MANAGE_PEOPLE): _nothing,
    (Role.ADMINISTRATOR, Action.SIGN_OUT): _nothing,
}
