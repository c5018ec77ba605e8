"""The counsellor's cases. To everybody else there is nothing here."""

from fastapi import APIRouter

from api.deps import Carer, CaseWorker, TheServices
from api.problems import problems
from api.schemas import CaseBody, CaseEventBody, CaseLineBody, FlagBody
from api.wishes import CloseWish, TellWish
from domain.care import Case
from domain.ids import CaseId


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/cases", tags=["cases"], responses=problems(404))
    one = "/{case_id}"
    router.get("", summary="List cases")(list_cases)
    router.get(one, summary="Show a case")(show)
    router.post(one + "/acknowledgement", summary="Take a case on", responses=problems(404, 409))(acknowledge)
    router.post(one + "/closing", summary="Close a case with a note", responses=problems(404, 409))(close)
    router.post(one + "/telling", summary="Let the student know, or not")(tell)
    return router


def list_cases(visitor: Carer, services: TheServices) -> list[CaseLineBody]:
    """List the school's cases, the most urgent first. What students wrote stands with each case alone."""
    return [CaseLineBody.model_validate(case) for case in services.cases.list_cases(visitor.person)]


def show(case_id: str, visitor: Carer, services: TheServices) -> CaseBody:
    """Show a case; that it was seen is kept."""
    return _case_body(services.cases.load(visitor.person, CaseId(case_id)))


def acknowledge(case_id: str, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Say that the counsellor takes the case on."""
    return CaseLineBody.model_validate(services.cases.acknowledge(visitor.person, CaseId(case_id)))


def close(case_id: str, wish: CloseWish, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Close a case; the note says what was done."""
    return CaseLineBody.model_validate(services.cases.close(visitor.person, CaseId(case_id), wish.note))


def tell(case_id: str, wish: TellWish, visitor: CaseWorker, services: TheServices) -> CaseLineBody:
    """Say whether the student may see that there is a case; nothing of what is in it is shown."""
    return CaseLineBody.model_validate(services.cases.tell(visitor.person, CaseId(case_id), is_told=wish.is_told))


def _case_body(case: Case) -> CaseBody:
    return CaseBody(
        id=case.id,
        person_id=case.person_id,
        severity=case.severity,
        subject=case.subject,
        status=case.status,
        opened_at=case.opened_at,
        due_at=case.due_at,
        is_told=case.is_told,
        flags=[
            FlagBody(
                severity=flag.worry.severity,
                subject=flag.worry.subject,
                text=flag.text,
                entry=flag.entry,
                raised_at=flag.raised_at,
            )
            for flag in case.flags
        ],
        events=[CaseEventBody.model_validate(event) for event in case.events],
    )
