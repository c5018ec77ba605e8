"""What may be done with a student's data, purpose by purpose: one's own choices, and those about a child."""

from collections.abc import Mapping
from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.deps import ConsentDecider, TheServices
from api.problems import problems
from api.services import Services
from domain.consent import Purpose
from domain.ids import PersonId
from domain.people import Person
from safety.purposes import words_of


class ChoiceBody(BaseModel):
    """How one purpose stands. `decided_at` is null before the first decision."""

    purpose: Purpose
    title: str
    means: str = Field(description="What is done when it is allowed.")
    without: str = Field(description="What happens when it is not.")
    is_allowed: bool
    is_asked_anew: bool = Field(description="It was allowed, but the words have changed since.")
    decided_at: datetime | None
    is_on_paper: bool


class ChoicesWish(BaseModel):
    """What to allow (true) or not (false); a purpose that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    choices: Mapping[Purpose, bool] = Field(min_length=1)
    is_on_paper: bool = Field(default=False, description="The office holds it, signed, on paper.")


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["choices"])
    router.get("/choices", summary="My choices", responses=problems())(show_own)
    router.put("/choices", summary="Decide for myself", responses=problems(404))(decide_own)
    one = "/people/{person_id}/choices"
    router.get(one, summary="The choices about a child", responses=problems(404))(show_for)
    router.put(one, summary="Decide about a child", responses=problems(404))(decide_for)
    return router


def show_own(visitor: ConsentDecider, services: TheServices) -> list[ChoiceBody]:
    """List how each purpose stands for oneself; people who are no students are not asked."""
    return _bodies(services, visitor.person)


def decide_own(wish: ChoicesWish, visitor: ConsentDecider, services: TheServices) -> list[ChoiceBody]:
    """Allow or forbid purposes; students decide alone from the age that the law gives."""
    person = visitor.person
    services.consents.decide(person, person, wish.choices, is_on_paper=wish.is_on_paper)
    return _bodies(services, person)


def show_for(person_id: str, visitor: ConsentDecider, services: TheServices) -> list[ChoiceBody]:
    """List how each purpose stands for a student: to guardians for their children, and to the office."""
    return _bodies(services, services.consents.load_about(visitor.person, PersonId(person_id)))


def decide_for(person_id: str, wish: ChoicesWish, visitor: ConsentDecider, services: TheServices) -> list[ChoiceBody]:
    """Allow or forbid purposes for a child that is too young to decide; the office only what is on paper."""
    about = services.consents.load_about(visitor.person, PersonId(person_id))
    services.consents.decide(visitor.person, about, wish.choices, is_on_paper=wish.is_on_paper)
    return _bodies(services, about)


def _bodies(services: Services, person: Person) -> list[ChoiceBody]:
    found = [(choice, words_of(choice.purpose)) for choice in services.consents.list_for(person)]
    return [
        ChoiceBody(
            purpose=choice.purpose,
            title=words.title,
            means=words.means,
            without=words.without,
            is_allowed=choice.is_allowed,
            is_asked_anew=choice.is_asked_anew,
            decided_at=choice.record.at if choice.record else None,
            is_on_paper=choice.record is not None and choice.record.is_on_paper,
        )
        for choice, words in found
    ]
