"""What became of a reading's file, for programs."""

from typing import Self

from fastapi import APIRouter
from pydantic import Field

from api.aids import Body
from api.deps import Reader, TheServices
from api.problems import problems
from api.schemas import DocumentBody
from domain.ids import DocumentId
from ingest.report import Report


class DroppedBody(Body):
    """What stands in a file and not in its text."""

    code: str
    count: int
    example: str


class ReportBody(Body):
    """What was found in a file, what was left out, what failed, and how long each step took."""

    document: DocumentBody
    pages: int
    sections: int
    words: int
    parts: dict[str, int] = Field(description="How many tables, lists, figures, footnotes, formulas ... there are.")
    languages: dict[str, int] = Field(description="The number of sections in each language (ISO 639-1).")
    reading_level: float | None = Field(description="A school grade (Flesch-Kincaid), for English readings alone.")
    dropped: list[DroppedBody]
    recognised_pages: list[int] = Field(description="Pages whose text was read from a picture.")
    doubtful_pages: list[int] = Field(description="Those of them to check against the picture.")
    pages_with_hidden_words: list[int]
    pages_with_orders: list[int] = Field(description="Pages whose words read like orders to a machine.")
    like_id: str | None = Field(description="An older reading that says nearly the same.")
    stage_seconds: dict[str, float]

    @classmethod
    def of(cls, report: Report) -> Self:
        """Give the body of a report."""
        document = report.document
        return cls(
            document=DocumentBody.model_validate(document),
            pages=report.page_count,
            sections=report.section_count,
            words=report.word_count,
            parts={kind.value: count for kind, count in report.parts.items()},
            languages=dict(report.languages),
            reading_level=document.reading_level,
            dropped=[DroppedBody.model_validate(one) for one in document.dropped],
            recognised_pages=list(report.recognised),
            doubtful_pages=list(report.doubtful),
            pages_with_hidden_words=list(report.hidden),
            pages_with_orders=list(report.with_orders),
            like_id=report.like.id if report.like else None,
            stage_seconds=dict(document.stage_seconds),
        )


def build_router() -> APIRouter:
    """Give the route."""
    router = APIRouter(prefix="/documents", tags=["readings"])
    router.get("/{document_id}/report", summary="Report on a reading", responses=problems(404))(show_report)
    return router


def show_report(document_id: str, visitor: Reader, services: TheServices) -> ReportBody:
    """Say what became of a reading's file, for teachers and whoever added it."""
    return ReportBody.of(services.reading_reports.load(visitor.person, DocumentId(document_id)))
