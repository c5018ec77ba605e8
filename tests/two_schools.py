"""Two schools, three classes, one person of each role in each class, and something of everything.

Every text carries a canary that says whose it is and of what sort, so that a leak can be read off any answer.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.sessions import begin
from adapters.sql.columns import metadata
from adapters.sql.store import SqlStore
from api.services import Services
from domain.care import Case, CaseEvent, CaseStatus, Flag, Severity, Worry
from domain.claims import Claim
from domain.documents import Citation, Document, DocumentStatus, Span
from domain.hands import OwnCard, Source, StudySet
from domain.ids import (
    AccessId,
    ArtifactId,
    AttemptId,
    CaseId,
    ClassId,
    ContactId,
    DocumentId,
    FlagId,
    HoldId,
    InteractionId,
    InvitationId,
    PersonId,
    SchoolId,
    StudySetId,
    UnitId,
    stable_id,
)
from domain.interactions import Interaction
from domain.learning import Attempt
from domain.material import AnswerSentence, Artifact, ArtifactStatus, Kind, Provenance, VariantSentence
from domain.notices import Contact, Duty
from domain.people import ClassRoom, Invitation, Person, Role, School, SchoolRules, Term
from domain.ports import UnitOfWork
from domain.questions import Question, QuestionForm
from domain.review import Output
from domain.rights import Access, Hold
from domain.scope import EVERYTHING
from tests.builders import NOW, a_document
from tests.readings import save_reading

_CANARY = re.compile(r"zq(a1p|a1|a2|b1)(name|staff|class|title|text|own|flag|hold)")

Canary = tuple[str, str]
"""Whose (`a1`, `a2`, `b1`: school and class; `a1p`: a classmate in a1) and of what sort."""


def canaries_in(text: str) -> set[Canary]:
    """List the canaries that stand in a text."""
    return {(area, sort) for area, sort in _CANARY.findall(text.casefold())}


@dataclass(frozen=True, slots=True)
class Area:
    """A class with its people and things. `words` mark a row of the store as belonging here."""

    name: str
    school: School
    class_room: ClassRoom
    people: dict[Role, Person]
    ids: dict[str, str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """The two schools in a store, with the application's services over it."""

    services: Services
    store: SqlStore
    areas: dict[str, Area]

    def session(self, person: Person) -> tuple[str, str]:
        """Sign a person in; give the token and the form token."""
        session, record = begin(person, self.services.clock.now())
        with self.store(EVERYTHING) as work:
            work.people.save_sign_in(record)
            work.commit()
        return session.token, session.form_token

    def rows_of(self, areas: Iterable[str]) -> frozenset[str]:
        """Give every row of the store that belongs to areas, as text; sessions come and go, so they are left out."""
        words = {word for area in areas for word in self.areas[area].words}
        return frozenset(row for row in self._rows() if any(word in row for word in words))

    def _rows(self) -> Iterator[str]:
        with self.store(EVERYTHING) as work:
            for table in metadata.sorted_tables:
                if table.name == "sign_in":
                    continue
                for row in _read(work, table):
                    yield f"{table.name} {tuple(row)}"


def _read(work: Any, table: Any) -> Any:
    return work._transaction.read(select(table)).all()


@contextmanager
def set_up(services: Services, store: SqlStore) -> Iterator[Scene]:
    """Fill the store."""
    schools = {name: _school(name) for name in ("a", "b")}
    with store(EVERYTHING) as work:
        for school in schools.values():
            work.people.save_school(school)
        work.commit()
    areas = {name: _area(name, schools[name[0]], store) for name in ("a1", "a2", "b1")}
    areas["a1p"] = _classmate(areas["a1"], store)
    yield Scene(services, store, areas)


def _school(name: str) -> School:
    rules = SchoolRules(country="de", terms=(Term("Autumn", date(2026, 8, 1), date(2026, 12, 31)),))
    return School(SchoolId(stable_id("matrix", name)), f"School zq{name}1staff", rules)


def _id(*parts: object) -> str:
    return stable_id("matrix", *parts)


def _area(name: str, school: School, store: SqlStore) -> Area:
    class_room = ClassRoom(ClassId(_id(name, "class")), school.id, f"Class zq{name}class")
    people = {role: _person(name, role, class_room) for role in Role}
    document = a_document(
        id=DocumentId(_id(name, "document")),
        school_id=school.id,
        owner_id=people[Role.TEACHER].id,
        class_id=class_room.id,
        title=f"Reading zq{name}title",
        filename=f"zq{name}title.md",
        status=DocumentStatus.READY,
        aids_ready=True,
    )
    with store(EVERYTHING) as work:
        work.people.save_class(class_room)
        for role in sorted(Role, key=lambda one: one is Role.GUARDIAN):
            work.people.save_person(people[role])
        work.commit()
    save_reading(store, [_sentence(name), f"The second page zq{name}text."], **_changes(document))
    with store(EVERYTHING) as work:
        ids = _fill(work, name, document, people)
        work.commit()
    words = {*(person.id for person in people.values()), *ids.values(), class_room.id, f"zq{name}"}
    return Area(name, school, class_room, people, ids, frozenset(words))


def _classmate(area: Area, store: SqlStore) -> Area:
    """Put another student into a class, with an own question, an attempt and a case."""
    name = f"{area.name}p"
    student = _person(name, Role.STUDENT, area.class_room)
    with store(EVERYTHING) as work:
        work.people.save_person(student)
        document = work.documents.find(DocumentId(area.ids["document"]))
        assert document is not None
        own = _fill_own(work, name, document, student, quiz_id=area.ids["quiz"])
        work.commit()
    people = {**area.people, Role.STUDENT: student}
    words = {student.id, *own.values(), f"zq{name}"}
    return Area(name, area.school, area.class_room, people, {**area.ids, **own}, frozenset(words))


def _sentence(area: str) -> str:
    """Give a sentence that hints can be made of."""
    return f"Green plants turn light, water and air into zq{area}text in their leaves."


def _changes(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in type(document).__slots__}


def _person(area: str, role: Role, class_room: ClassRoom) -> Person:
    is_in_class = role in {Role.STUDENT, Role.TEACHER}
    # whom to ask about one's data is told to everybody in the school
    sort = "staff" if role in {Role.COUNSELLOR, Role.ADMINISTRATOR} else "name"
    return Person(
        id=PersonId(_id(area, role)),
        school_id=class_room.school_id,
        name=f"{role.value} zq{area}{sort}",
        email=f"{role.value}.zq{area}{sort}@school.example",
        role=role,
        class_ids=(class_room.id,) if is_in_class else (),
        ward_ids=(PersonId(_id(area, Role.STUDENT)),) if role is Role.GUARDIAN else (),
        decides_from=date(2020, 1, 1) if role is Role.STUDENT else None,
    )


def _fill(work: UnitOfWork, area: str, document: Document, people: dict[Role, Person]) -> dict[str, str]:
    """Add study aids, what the student has of its own, an invitation, a contact, a hold and a look."""
    names = ("quiz", "variant", "question", "sentence", "invitation", "hold", "contact")
    ids = {name: _id(area, name) for name in names} | {"document": str(document.id)}
    student, teacher = people[Role.STUDENT], people[Role.TEACHER]
    said = _sentence(area)
    claim = Claim(said, (Citation(Span(document.id, 1, 0, len(said)), said),))
    stem = "What do green plants turn light, water and air into?"
    question = Question(UnitId(ids["question"]), claim, QuestionForm.SHORT, stem, f"zq{area}text")
    sentence = VariantSentence(UnitId(ids["sentence"]), claim, "x")
    work.material.save(_artifact(ids["quiz"], Kind.QUIZ, document, (question,)))
    work.material.save(_artifact(ids["variant"], Kind.LESSON_VARIANT, document, (sentence,)))
    ids |= _fill_own(work, area, document, student, quiz_id=ids["quiz"])
    ids["output"] = _id(area, "output")
    made = InteractionId(ids["output"])
    work.interactions.add(
        Interaction(
            made, NOW, Kind.SUMMARY, Provenance(), (), "served", school_id=student.school_id, document_id=document.id
        )
    )
    work.reviews.add_output(Output(made, teacher.id, NOW, said, "0" * 64))
    work.people.save_invitation(
        Invitation(
            id=InvitationId(ids["invitation"]),
            school_id=student.school_id,
            role=Role.STUDENT,
            token_hash=stable_id("token", area) * 2,
            created_by=teacher.id,
            created_at=NOW,
            expires_at=NOW.replace(year=2099),
            class_ids=tuple(teacher.class_ids),
        )
    )
    work.notices.save_contact(
        Contact(
            ContactId(ids["contact"]), student.school_id, f"zq{area}staff", f"zq{area}staff@x.example", 1, Duty.ALWAYS
        )
    )
    administrator = people[Role.ADMINISTRATOR].id
    reason = f"Because zq{area}hold"
    work.rights.save_hold(Hold(HoldId(ids["hold"]), student.school_id, teacher.id, reason, administrator, NOW))
    look = Access(AccessId(_id(area, "look")), student.school_id, student.id, teacher.id, "progress", "teaching", NOW)
    work.rights.add_access(look)
    return ids


def _fill_own(work: UnitOfWork, area: str, document: Document, student: Person, *, quiz_id: str) -> dict[str, str]:
    """Add an own question with its answer, an attempt and a case."""
    ids = {name: _id(area, name) for name in ("own", "own_unit", "case", "flag", "attempt", "study_set")}
    citation = Citation(Span(document.id, 1, 0, 9), f"quote zq{area}own")
    answer = AnswerSentence(UnitId(ids["own_unit"]), Claim(f"zq{area}own", (citation,)))
    title = f"Own question zq{area}own"
    work.material.save(_artifact(ids["own"], Kind.ANSWER, document, (answer,), title=title, owner_id=student.id))
    set_id, card = StudySetId(ids["study_set"]), OwnCard(UnitId(ids["own_unit"]), f"zq{area}own", f"zq{area}own")
    mine = StudySet(set_id, student.id, f"zq{area}own", Kind.FLASHCARDS, (Source(document.id),), NOW, (card,))
    work.hands.save_study_set(mine)
    question_id = UnitId(_id(area[:2], "question"))
    attempt_id, quiz = AttemptId(ids["attempt"]), ArtifactId(quiz_id)
    work.learning.add_attempt(Attempt(attempt_id, student.id, quiz, question_id, f"zq{area}own", False, NOW))
    worry = Worry(Severity.HIGH, "self_harm", "en.test")
    case = Case(
        id=CaseId(ids["case"]),
        school_id=student.school_id,
        person_id=student.id,
        severity=Severity.HIGH,
        subject="self_harm",
        status=CaseStatus.OPEN,
        opened_at=NOW,
        due_at=NOW,
        flags=(Flag(FlagId(ids["flag"]), student.id, worry, f"zq{area}flag", "ask", NOW),),
        events=(CaseEvent(NOW, "opened"),),
    )
    work.care.save(case)
    return ids


def _artifact(artifact_id: str, kind: Kind, document: Document, units: Any, **changes: Any) -> Artifact:
    values: dict[str, Any] = {"title": "Part 1", "owner_id": None, **changes}
    return Artifact(
        id=ArtifactId(artifact_id),
        kind=kind,
        document_id=document.id,
        section=0,
        units=units,
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
        **values,
    )
