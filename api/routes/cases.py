"""The counsellor's cases. To everybody else there is nothing here."""

from fastapi import APIRouter

from api.care import (
    CaseBody,
    CaseEventBody,
    CaseLineBody,
    CloseWish,
    FlagBody,
    HandOverWish,
    NoteWish,
    NoticeBody,
    TellWish,
    VerdictBody,
)
from api.deps import Carer, CaseWorker, TheServices
from api.problems import problems
from domain.care import Case
from domain.ids import CaseId, PersonId


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/cases", tags=["cases"], responses=problems(404))
    one, refusals = "/{case_id}", problems(404, 409)
    router.get("", summary="List cases")(list_cases)
    router.get("/notices", summary="List what could not be delivered")(list_undelivered)
    router.get("/verdicts", summary="Count false alarms by rule")(list_verdicts)
    router.get(one, summary="Show a case")(show)
    router.get(one + "/notices", summary="List what was sent about a case")(list_notices)
    router.post(one + "/acknowledgement", summary="Take a case on", responses=refusals)(acknowledge)
    router.post(one + "/holder", summary="Hand a case over", responses=refusals)(hand_over)
    router.post(one + "/notes", summary="Add a note")(add_note)
    router.post(one + "/closing", summary="Close a case with a note", responses=refusals)(close)
    router.post(one + "/reopening", summary="Open a closed case again", responses=refusals)(reopen)
    router.post(one + "/telling", summary="Let the student know, or not", responses=refusals)(tell)
    router.post(one + "/fresh-start", summary="Forget what added up over turns")(start_afresh)
    return router


def list_cases(visitor: Carer, services: TheServices) -> list[CaseLineBody]:
    """List the school's cases, the most urgent first. What students wrote stands with each case alone."""
    return [CaseLineBody.model_validate(case) for case in services.desk.list_cases(visitor.person)]


def list_undelivered(visitor: Carer, services: TheServices) -> list[NoticeBody]:
    """List the school's notices that have not been delivered, oldest first."""
    return [NoticeBody.model_validate(one) for one in services.notices.list_undelivered(visitor.person)]


def list_verdicts(visitor: Carer, services: TheServices) -> list[VerdictBody]:
    """Count how the closed cases ended that each rule had a part in. A report to read: nothing learns from it."""
    return [VerdictBody.model_validate(one) for one in services.desk.list_verdicts(visitor.person)]


def show(case_id: str, visitor: Carer, services: TheServices) -> CaseBody:
    """Show a case; that it was seen is kept."""
    return _case_body(services.desk.load(visitor.person, CaseId(case_id)))


def list_notices(case_id: str, visitor: Carer, services: TheServices) -> list[NoticeBody]:
    """List what was sent about a case, oldest first."""
    return [NoticeBody.model_validate(one) for one in services.desk.list_notices(visitor.person, CaseId(case_id))]


def acknowledge(case_id: str, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Say that the counsellor takes the case on."""
    return CaseLineBody.model_validate(services.desk.acknowledge(visitor.person, CaseId(case_id)))


def hand_over(case_id: str, wish: HandOverWish, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Hand a case to another counsellor of the school, who is called and has to take it on."""
    handed = services.desk.hand_over(visitor.person, CaseId(case_id), PersonId(wish.to_id))
    return CaseLineBody.model_validate(handed)


def add_note(case_id: str, wish: NoteWish, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Add a note; the case stays as it is."""
    return CaseLineBody.model_validate(services.desk.note(visitor.person, CaseId(case_id), wish.note))


def close(case_id: str, wish: CloseWish, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Close a case; the note says what was done."""
    return CaseLineBody.model_validate(services.desk.end(visitor.person, CaseId(case_id), wish.ending, wish.note))


def reopen(case_id: str, wish: NoteWish, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Open a closed case again; people are called as for a new one."""
    return CaseLineBody.model_validate(services.desk.reopen(visitor.person, CaseId(case_id), wish.note))


def tell(case_id: str, wish: TellWish, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Say whether the student may see that there is a case; nothing of what is in it is shown."""
    return CaseLineBody.model_validate(services.desk.tell(visitor.person, CaseId(case_id), is_told=wish.is_told))


def start_afresh(case_id: str, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Weigh the student's next message as if it were the first."""
    return CaseLineBody.model_validate(services.desk.start_afresh(visitor.person, CaseId(case_id)))


def _case_body(case: Case) -> CaseBody:
    return CaseBody(
        **CaseLineBody.model_validate(case).model_dump(),
        flags=[
            FlagBody(
                severity=flag.worry.severity,
                subject=flag.worry.subject,
                who=flag.worry.who,
                rule=flag.worry.rule,
                text=flag.text,
                entry=flag.entry,
                raised_at=flag.raised_at,
            )
            for flag in case.flags
        ],
        events=[CaseEventBody.model_validate(event) for event in case.events],
    )
