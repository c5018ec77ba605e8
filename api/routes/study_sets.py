"""Study sets: study aids of several readings together, and cards of one's own."""

from typing import BinaryIO

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from api.deps import Learner, TheServices, Visitor
from api.problems import problems
from api.routes.material import disposition
from api.services import Services
from api.study_sets import (
    BroughtBody,
    CardWish,
    EscalatedCards,
    OpenedBody,
    PartBody,
    SourceWish,
    StudySetBody,
    StudySetWish,
    units_of,
)
from domain.hands import Source
from domain.ids import DocumentId, StudySetId, UnitId
from domain.material import Kind
from domain.outcomes import Escalated
from generators.imports.cards import MOST_BYTES
from generators.study_sets import Taken


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/study-sets", tags=["study sets"])
    one = "/{study_set_id}"
    router.get("", summary="List one's study sets", responses=problems())(list_sets)
    router.post("", status_code=201, summary="Make a study set", responses=problems(403, 404))(create)
    router.get(one, summary="Show a study set", responses=problems(404))(show)
    router.delete(one, status_code=204, summary="Delete a study set", responses=problems(404))(delete)
    router.post(one + "/sources", summary="Take up a part of a reading", responses=problems(404))(add_source)
    router.post(one + "/sources/drop", summary="Leave a part of a reading out", responses=problems(404))(drop_source)
    router.post(one + "/cards", summary="Add a card of one's own", responses=problems(403, 404))(add_card)
    router.delete(one + "/cards/{unit_id}", summary="Take a card out", responses=problems(404))(drop_card)
    router.post(one + "/brought", summary="Bring cards along", responses=problems(403, 404, 413))(bring)
    router.get(
        one + "/exports/{name}",
        response_class=Response,
        summary="Take a study set away as a file",
        responses=problems(403, 404) | {200: {"content": {"application/octet-stream": {}}}},
    )(export)
    return router


def list_sets(visitor: Learner, services: TheServices) -> list[StudySetBody]:
    """List one's sets, newest first."""
    return [StudySetBody.model_validate(found) for found in services.study_sets.list_of(visitor.person)]


def create(wish: StudySetWish, visitor: Learner, services: TheServices) -> StudySetBody:
    """Make a set of one kind of study aid, from parts of readings."""
    sources = [_source(one) for one in wish.sources]
    return StudySetBody.model_validate(services.study_sets.create(visitor.person, wish.title, Kind(wish.kind), sources))


def show(study_set_id: str, visitor: Learner, services: TheServices) -> OpenedBody:
    """Show a set with what its readings bring by now. Quiz items come without their answers."""
    opened = services.study_sets.open(visitor.person, StudySetId(study_set_id))
    return OpenedBody(
        study_set=StudySetBody.model_validate(opened.study_set),
        parts=[
            PartBody(
                document_id=one.source.document_id,
                section=one.source.section,
                reading=one.reading,
                title=one.section,
                is_there=one.artifact is not None,
            )
            for one in opened.parts
        ],
        joined=units_of(opened.joined.units if opened.joined else ()),
        gone=opened.gone,
    )


def delete(study_set_id: str, visitor: Learner, services: TheServices) -> None:
    """Delete a set with its own cards."""
    services.study_sets.delete(visitor.person, StudySetId(study_set_id))


def add_source(study_set_id: str, wish: SourceWish, visitor: Learner, services: TheServices) -> StudySetBody:
    """Take up a part of a reading; one that is there already changes nothing."""
    changed = services.study_sets.add_source(visitor.person, StudySetId(study_set_id), _source(wish))
    return StudySetBody.model_validate(changed)


def drop_source(study_set_id: str, wish: SourceWish, visitor: Learner, services: TheServices) -> StudySetBody:
    """Leave a part of a reading out again."""
    changed = services.study_sets.drop_source(visitor.person, StudySetId(study_set_id), _source(wish))
    return StudySetBody.model_validate(changed)


def add_card(study_set_id: str, wish: CardWish, visitor: Learner, services: TheServices) -> StudySetBody:
    """Add a card of one's own; it has citations where its words stand in the set's readings."""
    changed = services.study_sets.add_card(visitor.person, StudySetId(study_set_id), wish.front, wish.back)
    return StudySetBody.model_validate(changed)


def drop_card(study_set_id: str, unit_id: str, visitor: Learner, services: TheServices) -> StudySetBody:
    """Take a card of one's own out."""
    changed = services.study_sets.drop_card(visitor.person, StudySetId(study_set_id), UnitId(unit_id))
    return StudySetBody.model_validate(changed)


def bring(study_set_id: str, file: UploadFile, visitor: Learner, services: TheServices) -> BroughtBody | EscalatedCards:
    """Take the cards of an Anki package or a table; each row that cannot be read is named with the reason."""
    brought = bring_file(visitor, services, study_set_id, file.filename or "", file.file)
    if isinstance(brought, Escalated):
        return EscalatedCards(message=brought.message)
    return BroughtBody(added=brought.added, found=brought.found, problems=list(brought.problems))


def export(study_set_id: str, name: str, visitor: Learner, services: TheServices) -> Response:
    """Send a set as a file, with the cards of one's own."""
    file = services.study_sets.export(visitor.person, StudySetId(study_set_id), name)
    headers = {"Content-Disposition": disposition(file.filename)}
    return Response(file.content, media_type=file.media_type, headers=headers)


def bring_file(
    visitor: Visitor, services: Services, study_set_id: str, filename: str, stream: BinaryIO
) -> Taken | Escalated:
    """Read a file of cards into a set; one too large is heard all the same. Raises TooLarge, Invalid or NotFound."""
    content = stream.read(MOST_BYTES + 1)
    return services.study_sets.bring(visitor.person, StudySetId(study_set_id), filename, content)


def _source(wish: SourceWish) -> Source:
    return Source(DocumentId(wish.document_id), wish.section)
