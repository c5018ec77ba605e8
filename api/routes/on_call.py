"""The on-call list, and drills."""

from fastapi import APIRouter

from api.care import CaseLineBody, ContactBody, ContactWishBody, StandingBody
from api.deps import OnCallManager, TheServices
from api.problems import problems
from domain.ids import ContactId, PersonId
from safety.on_call import ContactWish


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/on-call", tags=["on call"], responses=problems())
    router.get("", summary="Show the on-call list")(show)
    router.post("", summary="Add somebody", status_code=201, responses=problems(409))(add)
    router.put("/{contact_id}", summary="Change somebody", responses=problems(404))(change)
    router.delete("/{contact_id}", summary="Take somebody off", status_code=204, responses=problems(404))(remove)
    router.post("/drill", summary="Begin a drill", status_code=201, responses=problems(409))(begin_drill)
    router.delete("/drill/latest", summary="End one's drill", status_code=204, responses=problems(404))(end_drill)
    return router


def show(visitor: OnCallManager, services: TheServices) -> StandingBody:
    """Show who is on the list, who would be called now, and who the last responders are."""
    return StandingBody.model_validate(services.on_call.standing(visitor.person))


def add(wish: ContactWishBody, visitor: OnCallManager, services: TheServices) -> ContactBody:
    """Put somebody on the list."""
    return ContactBody.model_validate(services.on_call.save(visitor.person, _wish(wish)))


def change(contact_id: str, wish: ContactWishBody, visitor: OnCallManager, services: TheServices) -> ContactBody:
    """Change who is called, at which step, and when."""
    saved = services.on_call.save(visitor.person, _wish(wish), ContactId(contact_id))
    return ContactBody.model_validate(saved)


def remove(contact_id: str, visitor: OnCallManager, services: TheServices) -> None:
    """Take somebody off the list."""
    services.on_call.delete(visitor.person, ContactId(contact_id))


def begin_drill(visitor: OnCallManager, services: TheServices) -> CaseLineBody:
    """Open a marked test case about whoever asks; it goes through the whole chain."""
    return CaseLineBody.model_validate(services.cases.drill(visitor.person))


def end_drill(visitor: OnCallManager, services: TheServices) -> None:
    """End the drill that one began; ending it twice is as good as once."""
    services.drills.end(visitor.person)


def _wish(wish: ContactWishBody) -> ContactWish:
    person_id = PersonId(wish.person_id) if wish.person_id else None
    return ContactWish(wish.step, wish.duty, person_id, wish.name, wish.email)
