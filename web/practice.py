"""The cards of a study set one by one: those that its readings bring, then one's own."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.deps import Learner, TheServices
from api.wishes import MOST
from domain.errors import NotFound
from domain.ids import StudySetId
from domain.material import Flashcard, Kind
from generators.study_set_files import with_cards
from web.cards import BATCH, Figures
from web.study_sets import place_in, whose_in
from web.templating import pages_of


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/study-sets/{study_set_id}/practice")(show_practice)
    return router


def show_practice(
    study_set_id: str,
    request: Request,
    visitor: Learner,
    services: TheServices,
    batch: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> Response:
    """Show some of the cards, to be flipped."""
    opened = services.study_sets.open(visitor.person, StudySetId(study_set_id))
    found = opened.study_set
    if found.kind is not Kind.FLASHCARDS:
        raise NotFound("Only study sets of cards can be practised one by one.")
    every = [unit for unit in with_cards(found, opened.joined).units if isinstance(unit, Flashcard)]
    first = batch * BATCH
    url = f"/study-sets/{found.id}/practice?batch="
    readings = {part.source.document_id for part in opened.parts}
    documents = {one: services.documents.load(visitor.person, one).document for one in readings}
    return pages_of(request).show(
        request,
        "study_sets/practice.html",
        set=found,
        cards=every[first : first + BATCH],
        first=first + 1,
        count=len(every),
        figures=Figures(documents),
        place=place_in(found),
        own={card.id for card in found.cards},
        whose=whose_in(visitor, opened),
        before=f"{url}{batch - 1}" if batch else "",
        after=f"{url}{batch + 1}" if first + BATCH < len(every) else "",
    )
