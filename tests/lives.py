"""Everything that Margent can hold about one person, put into a store, each text holding the person's own mark."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.sql.store import SqlStore
from domain.care import Case, CaseEvent, CaseStatus, Concern, Flag, Severity, Worry
from domain.claims import Claim
from domain.consent import ConsentRecord, Purpose
from domain.documents import Document, Page
from domain.hands import Change, OwnCard, Rating, RatingReason, StudySet, Version
from domain.ids import (
    AccessId,
    ArtifactId,
    AttemptId,
    CaseId,
    ClassId,
    ConsentId,
    ContactId,
    DocumentId,
    FlagId,
    HoldId,
    InteractionId,
    InvitationId,
    NoticeId,
    PersonId,
    StudySetId,
    UnitId,
    stable_id,
)
from domain.interactions import Interaction, KeptReply
from domain.jobs import IngestDocument
from domain.learning import Attempt, HintProgress
from domain.material import Artifact, ArtifactStatus, CardForm, Flashcard, Kind, Provenance, SummarySentence
from domain.notices import Channel, Contact, Duty, Notice, Occasion
from domain.people import Invitation, Person, Role, SignIn
from domain.ports import UnitOfWork
from domain.questions import Question, QuestionForm
from domain.review import Output, ReviewMark
from domain.rights import Access, Hold
from domain.scope import EVERYTHING
from tests.builders import CLASS, NOW, a_document, a_person
from tests.readings import save_reading

COUNSELLOR = a_person(Role.COUNSELLOR)


def a_pupil(mark: str, *, classes: Sequence[ClassId] = (CLASS,), role: Role = Role.STUDENT) -> Person:
    """Give a person whose every word holds the mark."""
    return a_person(
        role,
        id=PersonId(stable_id("person", mark)),
        name=f"{mark}-name",
        email=f"{mark}-mail@school.example",
        external_id=f"{mark}-number",
        subject=f"https://school.example {mark}-subject",
        avatar=mark[:20],
        class_ids=tuple(classes),
    )


def live(store: SqlStore, person: Person, mark: str, *, at: datetime = NOW, class_id: ClassId | None = None) -> None:
    """Let a person do everything that leaves something behind; the person is saved with it."""
    with store(EVERYTHING) as work:
        work.people.save_person(person)
        work.people.save_person(_guardian(person, mark))
        work.commit()
    reading = reading_of(person, mark, at=at, class_id=class_id)
    save_reading(
        store,
        [f"{mark}-page", f"{mark}-second"],
        **{
            name: getattr(reading, name)
            for name in ("id", "owner_id", "class_id", "title", "filename", "created_at", "content_hash")
        },
    )
    with store(EVERYTHING) as work:
        _study(work, person, mark, at=at)
        _have_a_hand(work, person, mark, at=at)
        _worry(work, person, mark, at=at)
        _leave_tracks(work, person, mark, at=at)
        _be_looked_after(work, person, mark, at=at)
        work.jobs.add(IngestDocument(reading.id))
        work.commit()


def reading_of(person: Person, mark: str, *, at: datetime = NOW, class_id: ClassId | None = None) -> Document:
    """Give the reading that a person of this mark adds."""
    return a_document(
        id=DocumentId(stable_id("reading", mark)),
        owner_id=person.id,
        class_id=class_id,
        title=f"{mark}-title",
        filename=f"{mark}-file.md",
        content_hash=(stable_id("file", mark) * 2)[:64],
        created_at=at,
    )


def quiz_of(mark: str) -> ArtifactId:
    """Give the id of the quiz about the reading of this mark."""
    return ArtifactId(stable_id("quiz", mark))


def case_of(mark: str) -> CaseId:
    """Give the id of the case about the person of this mark."""
    return CaseId(stable_id("case", mark))


def _guardian(person: Person, mark: str) -> Person:
    return replace(
        a_person(Role.GUARDIAN),
        id=PersonId(stable_id("guardian", mark)),
        email=f"{stable_id('guardian', mark)}@home.example",
        ward_ids=(person.id,),
        class_ids=(),
    )


def _study(work: UnitOfWork, person: Person, mark: str, *, at: datetime) -> None:
    document_id = DocumentId(stable_id("reading", mark))
    question = Question(
        UnitId(stable_id("question", mark)), Claim(f"{mark}-claim", ()), QuestionForm.SHORT, f"{mark}-item", "A"
    )
    quiz = Artifact(
        id=quiz_of(mark),
        kind=Kind.QUIZ,
        document_id=document_id,
        section=0,
        title=f"{mark}-quiz",
        units=(question,),
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=at,
    )
    card = Flashcard(
        UnitId(stable_id("card", mark)), Claim(f"{mark}-said", ()), CardForm.FACT, f"{mark}-asked", "B", "C"
    )
    own = replace(
        quiz,
        id=ArtifactId(stable_id("own", mark)),
        kind=Kind.HINTS,
        title=f"{mark}-own",
        units=(card,),
        owner_id=person.id,
    )
    work.readings.save_recognised(document_id, mark, Page(1, f"{mark}-scan"))
    work.material.save(quiz)
    work.material.save(own)
    work.learning.add_attempt(
        Attempt(AttemptId(stable_id("attempt", mark)), person.id, quiz.id, question.id, f"{mark}-answer", True, at)
    )
    work.learning.save_hint_progress(HintProgress(person.id, question.id, 1, at))
    work.interactions.add(
        Interaction(
            id=InteractionId(stable_id("interaction", mark)),
            at=at,
            kind=Kind.ANSWER,
            provenance=Provenance(),
            verdicts=(),
            outcome="served",
            school_id=person.school_id,
            person_id=person.id,
            document_id=document_id,
        )
    )


def _have_a_hand(work: UnitOfWork, person: Person, mark: str, *, at: datetime) -> None:
    """Change a study aid, rate it, make a study set; a model answers about the reading."""
    said = SummarySentence(UnitId(stable_id("said", mark)), Claim(f"{mark}-version", ()))
    by = Version(quiz_of(mark), 1, at, Change.EDITED, (said,), Provenance(), by_id=person.id)
    why = RatingReason.UNCLEAR
    work.hands.add_version(by)
    work.hands.save_rating(
        Rating(quiz_of(mark), said.id, person.id, at, is_good=False, reason=why, words=f"{mark}-rated")
    )
    card = OwnCard(UnitId(stable_id("own card", mark)), f"{mark}-front", f"{mark}-back")
    set_id = StudySetId(stable_id("set", mark))
    work.hands.save_study_set(StudySet(set_id, person.id, f"{mark}-set", Kind.FLASHCARDS, (), at, (card,)))
    document_id = DocumentId(stable_id("reading", mark))
    work.interactions.keep_reply(KeptReply((stable_id("reply", mark) * 2)[:64], document_id, f"{mark}-reply", "m", at))


def _worry(work: UnitOfWork, person: Person, mark: str, *, at: datetime) -> None:
    worry = Worry(Severity.LOW, "self_harm", "rule")
    flag = Flag(FlagId(stable_id("flag", mark)), person.id, worry, f"{mark}-flag", "answer", at)
    opened = CaseEvent(at, "opened")
    closed = CaseEvent(at, "closed", COUNSELLOR.id, f"{mark}-note")
    work.care.save(
        Case(
            id=case_of(mark),
            school_id=person.school_id,
            person_id=person.id,
            severity=Severity.LOW,
            subject="self_harm",
            status=CaseStatus.CLOSED,
            opened_at=at,
            due_at=at,
            flags=(flag,),
            events=(opened, closed),
        )
    )
    hidden = Access(
        AccessId(stable_id("look", mark, "case")),
        person.school_id,
        person.id,
        COUNSELLOR.id,
        "case",
        "care",
        at,
        thing_id=case_of(mark),
        is_hidden=True,
    )
    work.rights.add_access(hidden)
    work.interactions.add(
        Interaction(
            id=InteractionId(stable_id("escalated", mark)),
            at=at,
            kind=Kind.ANSWER,
            provenance=Provenance(),
            verdicts=(),
            outcome="escalated",
            school_id=person.school_id,
            person_id=person.id,
        )
    )


def _leave_tracks(work: UnitOfWork, person: Person, mark: str, *, at: datetime) -> None:
    school_id, teacher = person.school_id, a_person(Role.TEACHER)
    work.consents.add(
        ConsentRecord(ConsentId(stable_id("yes", mark)), person.id, Purpose.STUDY, True, 1, person.id, at)
    )
    work.rights.add_access(
        Access(AccessId(stable_id("look", mark)), school_id, person.id, teacher.id, "progress", "teacher", at)
    )
    work.rights.save_hold(
        Hold(HoldId(stable_id("hold", mark)), school_id, person.id, f"{mark}-reason", None, at, lifted_at=at)
    )
    work.people.save_invitation(
        Invitation(
            id=InvitationId(stable_id("invitation", mark)),
            school_id=school_id,
            role=Role.GUARDIAN,
            token_hash=(stable_id("token", mark) * 2)[:64],
            created_by=a_person(Role.ADMINISTRATOR).id,
            created_at=at,
            expires_at=at,
            ward_ids=(person.id,),
        )
    )
    work.people.save_sign_in(
        SignIn((stable_id("session", mark) * 2)[:64], person.id, at, at + timedelta(days=1), "form", f"{mark}-browser")
    )


def _be_looked_after(work: UnitOfWork, person: Person, mark: str, *, at: datetime) -> None:
    work.concerns.save(Concern(person.id, {"log_odds": 0.5}, at))
    work.surrogates.add(person.id, "conversation", {"[PERSON_1]": f"{mark}-secret"}, at)
    answered = InteractionId(stable_id("interaction", mark))
    work.reviews.add_output(Output(answered, person.id, at, f"{mark}-made", "0" * 64))
    work.reviews.save_mark(ReviewMark(answered, person.id, is_good=True, reason=f"{mark}-good", at=at))
    contact_id = ContactId(stable_id("contact", mark))
    address = f"{mark}-call@school.example"
    work.notices.save_contact(Contact(contact_id, person.school_id, mark, address, 1, Duty.ALWAYS, person.id))
    work.notices.add(
        Notice(
            id=NoticeId(stable_id("notice", mark)),
            school_id=person.school_id,
            case_id=case_of(mark),
            key=stable_id("notice key", mark),
            channel=Channel.EMAIL,
            address=address,
            severity=Severity.LOW,
            occasion=Occasion.OPENED,
            is_drill=False,
            made_at=at,
            due_at=at,
            next_at=at,
        )
    )
