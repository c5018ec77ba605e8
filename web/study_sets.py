"""Study sets: study aids of several readings together, and cards of one's own."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Learner, TheServices, Visitor
from api.errors import status_of
from api.routes.material import disposition
from api.routes.study_sets import bring_file
from api.services import Services
from api.wishes import MOST
from domain.claims import Claim
from domain.errors import Invalid, MargentError, TooLarge
from domain.hands import Source, StudySet
from domain.ids import DocumentId, StudySetId, UnitId
from domain.material import Kind
from domain.outcomes import Escalated
from domain.people import Role
from generators.study_sets import JOINED, Opened
from web.forms import Posted, TheForm, go_to
from web.places import Place, View
from web.templating import pages_of

KINDS = {
    Kind.FLASHCARDS: "Cards",
    Kind.SUMMARY: "Summaries",
    Kind.CONCEPT_MAP: "Concept maps",
    Kind.QUIZ: "Quizzes",
    Kind.STUDY_GUIDE: "Study guides",
    Kind.FAQ: "Frequent questions",
}
VIEWS = {
    Kind.FLASHCARDS: View.CARDS,
    Kind.SUMMARY: View.SUMMARY,
    Kind.CONCEPT_MAP: View.MAP,
    Kind.QUIZ: View.QUIZ,
    Kind.STUDY_GUIDE: View.GUIDE,
    Kind.FAQ: View.GUIDE,
}
_ONE = "/study-sets/{study_set_id}"
_CHOOSE = Invalid("Choose a file first: an Anki package (.apkg), or a table (CSV or TSV).", field="files")


class Wanted(BaseModel):
    """The part of a reading that somebody comes from and would put into a set."""

    model_config = ConfigDict(frozen=True)

    document_id: Annotated[str, Field(max_length=64)] = ""
    section: Annotated[int | None, Field(ge=0, le=MOST)] = None


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/study-sets")(show_all)
    router.post("/study-sets")(create)
    router.get(_ONE)(show_one)
    router.post(_ONE + "/sources")(add_source)
    router.post(_ONE + "/sources/drop")(drop_source)
    router.post(_ONE + "/cards")(add_card)
    router.post(_ONE + "/cards/drop")(drop_card)
    router.post(_ONE + "/brought")(bring_cards)
    router.post(_ONE + "/delete")(delete)
    router.get(_ONE + "/exports/{name}")(export)
    return router


def show_all(request: Request, visitor: Learner, services: TheServices, wanted: Annotated[Wanted, Query()]) -> Response:
    """List the person's sets, with a form for a new one."""
    return _show_all(request, visitor, services, wanted)


def create(request: Request, visitor: Learner, services: TheServices, form: TheForm) -> Response:
    """Make a set, with the part of a reading that the person comes from."""
    wanted = Wanted(document_id=form.text("document_id"), section=form.number("section"))
    sources = [_source(form)] if wanted.document_id else []
    try:
        made = services.study_sets.create(visitor.person, form.text("title"), _kind(form), sources)
    except Invalid as error:
        return _show_all(request, visitor, services, wanted, problem=error, title=form.text("title"))
    return go_to(f"/study-sets/{made.id}")


def show_one(study_set_id: str, request: Request, visitor: Learner, services: TheServices) -> Response:
    """Show what a set holds by now."""
    return _show_one(request, visitor, services, study_set_id)


def add_source(study_set_id: str, visitor: Learner, services: TheServices, form: TheForm) -> Response:
    """Take up a part of a reading."""
    services.study_sets.add_source(visitor.person, StudySetId(study_set_id), _source(form))
    return go_to(f"/study-sets/{study_set_id}")


def drop_source(study_set_id: str, visitor: Learner, services: TheServices, form: TheForm) -> Response:
    """Leave a part of a reading out again."""
    services.study_sets.drop_source(visitor.person, StudySetId(study_set_id), _source(form))
    return go_to(f"/study-sets/{study_set_id}")


def add_card(study_set_id: str, request: Request, visitor: Learner, services: TheServices, form: TheForm) -> Response:
    """Add a card of one's own."""
    front, back = form.text("front"), form.text("back")
    try:
        services.study_sets.add_card(visitor.person, StudySetId(study_set_id), front, back)
    except Invalid as error:
        return _show_one(request, visitor, services, study_set_id, problem=error, front=front, back=back)
    return go_to(f"/study-sets/{study_set_id}#own")


def drop_card(study_set_id: str, visitor: Learner, services: TheServices, form: TheForm) -> Response:
    """Take a card of one's own out."""
    services.study_sets.drop_card(visitor.person, StudySetId(study_set_id), UnitId(form.text("card")))
    return go_to(f"/study-sets/{study_set_id}#own")


def bring_cards(
    study_set_id: str, request: Request, visitor: Learner, services: TheServices, form: TheForm
) -> Response:
    """Take the cards of an Anki package or a table; of each row that cannot be read it is said why."""
    if not form.files:
        return _show_one(request, visitor, services, study_set_id, problem=_CHOOSE)
    name = form.files[0].filename or ""
    try:
        brought = bring_file(visitor, services, study_set_id, name, form.files[0].file)
    except (Invalid, TooLarge) as error:
        return _show_one(request, visitor, services, study_set_id, problem=error)
    if isinstance(brought, Escalated):
        return _show_one(request, visitor, services, study_set_id, message=brought.message)
    return _show_one(request, visitor, services, study_set_id, brought=brought)


def delete(study_set_id: str, visitor: Learner, services: TheServices, _form: TheForm) -> Response:
    """Delete a set."""
    services.study_sets.delete(visitor.person, StudySetId(study_set_id))
    return go_to("/study-sets")


def export(study_set_id: str, name: str, visitor: Learner, services: TheServices) -> Response:
    """Send a set as a file."""
    file = services.study_sets.export(visitor.person, StudySetId(study_set_id), name)
    headers = {"Content-Disposition": disposition(file.filename)}
    return Response(file.content, media_type=file.media_type, headers=headers)


def _source(form: Posted) -> Source:
    return Source(DocumentId(form.text("document_id")), form.number("section"))


def _kind(form: Posted) -> Kind:
    known = {kind.value: kind for kind in JOINED}
    if form.text("kind") not in known:
        raise Invalid("Choose what to put together.", field="kind")
    return known[form.text("kind")]


# what is shown besides the page's own is named
def _show_all(  # noqa: PLR0913
    request: Request,
    visitor: Visitor,
    services: Services,
    wanted: Wanted,
    *,
    problem: Invalid | None = None,
    title: str = "",
) -> Response:
    sets = services.study_sets.list_of(visitor.person)
    return pages_of(request).show(
        request,
        "study_sets/list.html",
        status=status_of(problem) if problem else 200,
        sets=sets,
        kinds=KINDS,
        wanted=wanted,
        problem=problem,
        title=title,
    )


def _show_one(request: Request, visitor: Visitor, services: Services, study_set_id: str, **values: object) -> Response:
    opened = services.study_sets.open(visitor.person, StudySetId(study_set_id))
    frame: dict[str, object] = {"problem": None, "message": "", "brought": None, "front": "", "back": ""}
    problem = values.get("problem")
    found = opened.study_set
    return pages_of(request).show(
        request,
        "study_sets/set.html",
        status=status_of(problem) if isinstance(problem, MargentError) else 200,
        opened=opened,
        place=place_in(found),
        whose=whose_in(visitor, opened),
        kinds=KINDS,
        view=VIEWS[found.kind],
        files=services.study_sets.list_files(visitor.person, found),
        **frame | values,
    )


def whose_in(visitor: Visitor, opened: Opened) -> Callable[[Claim], str]:
    """Give what says whose words a claim has, where they are a person's; empty for those of a reading."""
    classes = {part.source.document_id for part in opened.parts if part.is_class}
    of_class = "a teacher’s words" if visitor.person.role is Role.TEACHER else "your teacher’s words"

    def say(claim: Claim) -> str:
        if not claim.by_person:
            return ""
        documents = {citation.span.document_id for citation in claim.citations} or classes
        return of_class if documents & classes else "your own words"

    return say


def place_in(found: StudySet) -> Place:
    """Give a place from which sources open; they lead back to the reading that they stand in."""
    first = found.sources[0].document_id if found.sources else ""
    return Place(first, VIEWS[found.kind])
