"""Who may do what with what: every permission, in one table. What the table does not name is denied."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from domain.care import Case
from domain.documents import Document
from domain.material import Artifact, ArtifactStatus, Kind
from domain.people import ClassRoom, Person, Role, School, sees

Thing = Document | Artifact | Case | Person | ClassRoom | School


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

    EDIT_AIDS = "edit_aids"
    """Change, keep, take out or bring back parts of a reading's study aids, for everybody who sees it."""

    RATE = "rate"
    """Say whether a part of a study aid is good or bad, and why."""

    PREPARE_LESSONS = "prepare_lessons"
    """Draft, edit and approve lesson variants."""

    OVERSEE = "oversee"
    """See which exchanges with a writer there were about a reading, and what came of them."""

    SEE_CASES = "see_cases"

    ACT_ON_CASES = "act_on_cases"
    """Acknowledge and close cases."""

    MANAGE_ON_CALL = "manage_on_call"
    """Say who is called when a student may be in danger, and order a drill. Shows no case."""

    REVIEW = "review"
    """See what writers made about a reading, and mark it good or bad."""

    SEE_AUDIT = "see_audit"
    """See who did what; of cases only counsellors do."""

    MANAGE_PEOPLE = "manage_people"
    """Invite, change and end accounts, import the school's roster, order an erasure. Shows no content."""

    MANAGE_SCHOOL = "manage_school"
    """Set the school's rules: terms, ages, how long things are kept, legal holds."""

    MAKE_CLASSES = "make_classes"
    MANAGE_CLASS = "manage_class"
    """See a class's members, open it for joining, import its roster, print picture cards, invite its students."""

    SEE_CHILD = "see_child"
    """See a child's progress and how its data is used; never flags, cases or conversations."""

    DECIDE_CONSENT = "decide_consent"
    """Allow or forbid a purpose: for oneself when old enough, for one's child, or on paper for a member."""

    SEE_OWN_RECORD = "see_own_record"
    """See what is held about oneself, who looked, and take a copy away."""

    SIGN_OUT = "sign_out"
    """Keep one's own account: password, sessions, signing out."""


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


def _member_of_school(person: Person, thing: Thing) -> bool:
    return isinstance(thing, Person) and thing.school_id == person.school_id


def _own_school(person: Person, thing: Thing) -> bool:
    return isinstance(thing, School) and thing.id == person.school_id


def _class_of_school(person: Person, thing: Thing) -> bool:
    return isinstance(thing, ClassRoom) and thing.school_id == person.school_id


def _own_class(person: Person, thing: Thing) -> bool:
    return _class_of_school(person, thing) and isinstance(thing, ClassRoom) and thing.id in person.class_ids


def _own_child(person: Person, thing: Thing) -> bool:
    return _member_of_school(person, thing) and isinstance(thing, Person) and thing.id in person.ward_ids


def _oneself(person: Person, thing: Thing) -> bool:
    return isinstance(thing, Person) and thing.id == person.id


def _nothing(_person: Person, _thing: Thing) -> bool:
    """Things that are done to no thing."""
    return False


_EVERYBODY = {
    Action.SIGN_OUT: _nothing,
    Action.SEE_OWN_RECORD: _oneself,
}

_BY_ROLE: Mapping[Role, Mapping[Action, Callable[[Person, Thing], bool]]] = {
    Role.STUDENT: {
        Action.READ: _seen_and_published,
        Action.UPLOAD: _nothing,
        Action.DELETE: _own_document,
        Action.MAKE_AIDS: _own_document,
        Action.EDIT_AIDS: _own_document,
        Action.RATE: _seen_and_published,
        Action.STUDY: _seen_and_published,
        Action.DECIDE_CONSENT: _oneself,
    },
    Role.TEACHER: {
        Action.READ: _any_seen,
        Action.UPLOAD: _nothing,
        Action.DELETE: _own_document,
        Action.MAKE_AIDS: _seen_document,
        Action.EDIT_AIDS: _seen_document,
        Action.RATE: _any_seen,
        Action.STUDY: _any_seen,
        Action.PREPARE_LESSONS: _for_lessons,
        Action.OVERSEE: _seen_document,
        Action.REVIEW: _seen_document,
        Action.MAKE_CLASSES: _nothing,
        Action.MANAGE_CLASS: _own_class,
    },
    Role.COUNSELLOR: {
        Action.SEE_CASES: _case_of_school,
        Action.ACT_ON_CASES: _case_of_school,
        Action.MANAGE_ON_CALL: _own_school,
        Action.SEE_AUDIT: _own_school,
    },
    Role.GUARDIAN: {
        Action.SEE_CHILD: _own_child,
        Action.DECIDE_CONSENT: _own_child,
    },
    Role.ADMINISTRATOR: {
        Action.MANAGE_PEOPLE: _member_of_school,
        Action.MANAGE_SCHOOL: _own_school,
        Action.MANAGE_ON_CALL: _own_school,
        Action.SEE_AUDIT: _own_school,
        Action.MAKE_CLASSES: _nothing,
        Action.MANAGE_CLASS: _class_of_school,
        Action.DECIDE_CONSENT: _member_of_school,
    },
}

_TABLE: Mapping[tuple[Role, Action], Callable[[Person, Thing], bool]] = {
    (role, action): condition
    for role, conditions in _BY_ROLE.items()
    for action, condition in {**_EVERYBODY, **conditions}.items()
}
