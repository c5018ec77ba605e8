"""Where a person is on the study page, and the addresses of the places around it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from api.wishes import MOST
from domain.documents import Citation, Document, Range, Span
from ingest.drawing import has_pictures
from ingest.parsers.contract import PPTX


class View(StrEnum):
    """The tabs of the study page."""

    READ = "read"
    SUMMARY = "summary"
    CARDS = "cards"
    MAP = "map"
    QUIZ = "quiz"
    GUIDE = "guide"
    ASK = "ask"
    EASIER = "easier"
    REPORT = "report"


LABELS = {
    View.READ: "Read",
    View.SUMMARY: "Summary",
    View.CARDS: "Cards",
    View.MAP: "Map",
    View.QUIZ: "Quiz",
    View.GUIDE: "Guide",
    View.ASK: "Ask",
    View.EASIER: "Easier version",
    View.REPORT: "Report",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A tab of a reading's study page, for a section or (with None) the whole reading.

    `after` is how many attempts at the quiz were made before it was started again; their results are not shown.
    `word` is what people call a page of the reading.
    """

    document_id: str
    view: View = View.READ
    section: int | None = None
    after: int | None = None
    word: str = "page"

    def url(self, **extra: object) -> str:
        """Give the address; `extra` values that are None are left out."""
        return f"/readings/{self.document_id}?{urlencode(self._query(extra))}"

    def query(self, **extra: object) -> str:
        """Give what an address beside the study page needs to lead back here."""
        return urlencode(self._query(extra))

    def at_view(self, view: View | str) -> str:
        """Give the address of another tab for the same section."""
        return replace(self, view=View(view)).url()

    def at_section(self, section: int | None) -> str:
        """Give the address of the same tab for another section."""
        return replace(self, section=section, after=None).url()

    def source(self, citation: Citation) -> str:
        """Give the address of the page with the cited words marked, which leads back here."""
        return self.words(citation.span)

    def words(self, span: Span) -> str:
        """Give the address of the page with the words of a span marked, which leads back here."""
        query = self._query({"from": span.start, "to": span.end})
        return f"/readings/{span.document_id}/pages/{span.page}?{urlencode(query)}#source"

    def page(self, number: int) -> str:
        """Give the address of a page, which leads back here."""
        return f"/readings/{self.document_id}/pages/{number}?{urlencode(self._query({}))}"

    def action(self, *path: str) -> str:
        """Give the address that a form of this reading is sent to."""
        return "/".join((f"/readings/{self.document_id}", *path))

    def export(self, name: str) -> str:
        """Give the address of a file to take away."""
        query = {} if self.section is None else {"section": self.section}
        return f"/readings/{self.document_id}/exports/{name}" + (f"?{urlencode(query)}" if query else "")

    def _query(self, extra: dict[str, object]) -> dict[str, object]:
        query: dict[str, object] = {"view": self.view.value}
        if self.section is not None:
            query["section"] = self.section
        if self.after is not None and self.view is View.QUIZ:
            query["after"] = self.after
        query.update({name: value for name, value in extra.items() if value is not None})
        return query


def word_of(document: Document) -> str:
    """Give what people call a page: what was never on paper has slides, or parts of a length to read."""
    if document.media_type == PPTX:
        return "slide"
    return "page" if has_pictures(document) else "part"


class Where(BaseModel):
    """What the address of a study page or of a source says."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    view: View = View.READ
    section: Annotated[int | None, Field(ge=0, le=MOST)] = None
    page: Annotated[int | None, Field(ge=0, le=MOST)] = None
    batch: Annotated[int, Field(ge=0, le=MOST)] = 0
    after: Annotated[int | None, Field(ge=0, le=MOST)] = None
    why: Annotated[str, Field(max_length=64)] = ""
    start: Annotated[int | None, Field(alias="from", ge=0, le=MOST)] = None
    end: Annotated[int | None, Field(alias="to", ge=0, le=MOST)] = None

    def place(self, document_id: str) -> Place:
        """Give the place on the study page."""
        return Place(document_id, self.view, self.section, self.after)

    @property
    def source(self) -> Range | None:
        """The words to mark, where there are some."""
        if self.start is None or self.end is None or self.start >= self.end:
            return None
        return Range(self.start, self.end)
