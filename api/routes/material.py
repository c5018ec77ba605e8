"""Study aids: show, make, ask, search, take away, and the teacher's easier versions."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from accounts.policy import Action
from api.aids import ArtifactBody, EscalatedBody
from api.deps import Learner, Maker, Overseer, Preparer, Reader, TheServices, check_may
from api.hearing import HeardInPlace
from api.outcomes import AnyOutcome, artifact_body, outcome_body, passage_body
from api.problems import problems
from api.schemas import AnswerBody, FoundBody, InteractionBody
from api.wishes import MOST, AskWish, ExplainWish, MakeWish, VariantWish
from domain.errors import NotFound
from domain.ids import ArtifactId, ClassId, DocumentId
from domain.material import Kind
from generators.service import Where

_Section = Annotated[
    int | None, Query(ge=0, le=MOST, description="A section's ordinal; without it, the whole reading.")
]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["study aids"])
    one = "/documents/{document_id}"
    router.get(one + "/aids", summary="Show the study aids of a section", responses=problems(404))(list_aids)
    router.post(one + "/aids", summary="Have a study aid made", responses=problems(403, 404, 409, 429, 503))(make)
    router.post(
        one + "/ask",
        summary="Ask the reading",
        responses=problems(404, 429, 503),
        dependencies=[Depends(HeardInPlace("question"))],
    )(ask)
    router.get(
        one + "/exports/{name}",
        response_class=Response,
        summary="Take a study aid away as a file",
        responses=problems(403, 404) | {200: {"content": {"application/octet-stream": {}}}},
    )(export)
    router.post(
        one + "/explain",
        summary="Have something explained differently",
        responses=problems(404, 429, 503),
        dependencies=[Depends(HeardInPlace("subject"))],
    )(explain)
    router.get(one + "/interactions", summary="How the study aids were made", responses=problems(403, 404))(
        list_interactions
    )
    router.post(one + "/variants", summary="Draft an easier version", responses=problems(403, 404, 429, 503))(draft)
    router.get(
        "/search",
        summary="Search all readings",
        responses=problems(404),
        dependencies=[Depends(HeardInPlace("q"))],
    )(search)
    router.get("/artifacts/{artifact_id}", summary="Show a study aid", responses=problems(404))(show)
    router.post(
        "/artifacts/{artifact_id}/approval", summary="Show an easier version to the class", responses=problems(403, 404)
    )(approve)
    return router


def list_aids(
    document_id: str, visitor: Reader, services: TheServices, section: _Section = None
) -> dict[Kind, ArtifactBody]:
    """Show what is there for a section, by kind. Quiz items come without their answers."""
    sections = services.documents.list_sections(visitor.person, DocumentId(document_id))
    if section is not None and section >= len(sections):
        raise NotFound("There is no such section in this reading.")
    found = services.material.aids(visitor.person, DocumentId(document_id), section)
    return {kind: artifact_body(artifact) for kind, artifact in found.items() if kind is not Kind.HINTS}


def make(document_id: str, wish: MakeWish, visitor: Maker, services: TheServices) -> AnyOutcome:
    """Make a study aid now, in the place of the one before."""
    document = services.documents.load(visitor.person, DocumentId(document_id)).document
    check_may(visitor, Action.MAKE_AIDS, document)
    outcome = services.material.make(visitor.person, DocumentId(document_id), wish.section, Kind(wish.kind))
    return outcome_body(outcome)


def ask(document_id: str, wish: AskWish, visitor: Learner, services: TheServices) -> AnswerBody:
    """Answer in cited sentences, or say that the reading does not say. The passages are ranked, best first."""
    answer = services.material.ask(visitor.person, DocumentId(document_id), wish.question)
    return AnswerBody(
        outcome=outcome_body(answer.outcome), passages=[passage_body(passage) for passage in answer.passages]
    )


def explain(document_id: str, wish: ExplainWish, visitor: Learner, services: TheServices) -> AnyOutcome:
    """Explain something in another way, in cited sentences. Comparisons are marked: they are not from the reading."""
    return outcome_body(services.material.explain(visitor.person, DocumentId(document_id), wish.subject))


def export(document_id: str, name: str, visitor: Reader, services: TheServices, section: _Section = None) -> Response:
    """Send a study aid as a file; only teachers may take what holds the answers of a quiz.

    Every kind as .pdf, .docx and .md: summary, cards, map, guide, faq, examples, easier, quiz, quiz-questions. Also
    cards.apkg, cards.csv, cards.tsv, map.svg, map.graphml, map.json, map.mmd, quiz.gift.txt, quiz.moodle.xml,
    quiz.qti3.zip, quiz.qti21.zip, quiz.json.
    """
    file = services.material.export(visitor.person, DocumentId(document_id), section, name)
    headers = {"Content-Disposition": disposition(file.filename)}
    return Response(file.content, media_type=file.media_type, headers=headers)


def list_interactions(document_id: str, visitor: Overseer, services: TheServices) -> list[InteractionBody]:
    """List each exchange with a writer, oldest first: cost, verdicts and outcome, nobody's words."""
    found = services.material.load_interactions(visitor.person, DocumentId(document_id))
    return [InteractionBody.model_validate(interaction) for interaction in found]


def draft(document_id: str, wish: VariantWish, visitor: Preparer, services: TheServices) -> AnyOutcome:
    """Write an easier version of a section; students see it when a teacher has approved it."""
    return outcome_body(services.material.draft_variant(visitor.person, DocumentId(document_id), wish.section))


def read_where(
    class_id: Annotated[str | None, Query(description="Search the readings of this class alone.")] = None,
    document_id: Annotated[str | None, Query(description="Search this reading alone.")] = None,
    section: Annotated[
        int | None, Query(ge=0, le=MOST, description="Search this section of the reading alone, by its ordinal.")
    ] = None,
) -> Where:
    """Read from an address what a search keeps to."""
    return Where(
        class_id=ClassId(class_id) if class_id else None,
        document_id=DocumentId(document_id) if document_id else None,
        section=section,
    )


def search(
    q: Annotated[str, Query(min_length=1, max_length=500)],
    visitor: Reader,
    services: TheServices,
    where: Annotated[Where, Depends(read_where)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> FoundBody:
    """Rank passages by words and meaning, best first; of all readings, or of those that the search keeps to."""
    found = services.material.search(visitor.person, q, where, limit=limit)
    escalated = EscalatedBody(message=found.escalated.message) if found.escalated else None
    passages = [passage_body(one) for one in found.passages]
    return FoundBody(passages=passages, has_more=found.has_more, escalated=escalated)


def show(artifact_id: str, visitor: Reader, services: TheServices) -> ArtifactBody:
    """Show a study aid. Quiz items come without their answers."""
    return artifact_body(services.material.load(visitor.person, ArtifactId(artifact_id)))


def approve(artifact_id: str, visitor: Preparer, services: TheServices) -> ArtifactBody:
    """Let the class see the easier version."""
    return artifact_body(services.material.approve_variant(visitor.person, ArtifactId(artifact_id)))


def disposition(filename: str) -> str:
    """Name a file to be saved, whatever letters the name holds (RFC 6266)."""
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
