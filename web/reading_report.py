"""What became of a reading's file, in words for teachers and whoever added it."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import Reader, TheServices
from domain.documents import Dropped, PartKind
from domain.ids import DocumentId
from ingest.report import Report
from web.languages import name_of
from web.templating import pages_of

_PARTS = {
    PartKind.TABLE: ("table", "tables"),
    PartKind.LIST: ("list", "lists"),
    PartKind.FIGURE: ("figure with a caption", "figures with captions"),
    PartKind.FOOTNOTE: ("footnote", "footnotes"),
    PartKind.FORMULA: ("formula", "formulas"),
    PartKind.CODE: ("piece of code", "pieces of code"),
    PartKind.NOTES: ("slide with notes", "slides with notes"),
    PartKind.SPEECH: ("stretch of speech", "stretches of speech"),
}
_DROPPED = {
    "running_line": "Lines that come back on page after page (running heads and feet)",
    "page_number": "Page numbers",
    "picture_without_caption": "Pictures without a caption",
    "hidden_text": "Words that nobody sees on the page",
    "comment": "Comments",
    "hidden_slide": "Hidden slides",
    "deleted_text": "Deleted words that the file still holds",
    "contents_list": "Tables of contents (the sections stand beside the text)",
    "navigation": "Menus and links around the text",
    "header": "Heads of web pages",
    "footer": "Feet of web pages",
    "aside": "Boxes beside the text",
    "form": "Forms",
    "noscript": "Words for browsers without script",
    "cookie_notice": "Questions about cookies",
    "repeated_caption": "Captions that were shown twice",
    "caption_setting": "Settings of the captions",
    "speaker": "Names of speakers that stand by no words",
    "sound": "Sounds that captions tell of",
    "foreign_part": "Parts made by other programs",
}
_STAGES = {
    "parse": "Reading the file",
    "recognise": "Reading text from pictures",
    "redact": "Marking personal data",
    "chunk": "Cutting the text into passages",
    "store": "Making the words searchable",
    "embed": "Making the meaning searchable",
    "compare": "Looking for orders to a machine, and comparing it with other readings",
    "screen": "Looking for signs of danger",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report: what it is about, and what there is to say."""

    label: str
    text: str


def build_router() -> APIRouter:
    """Give the route."""
    router = APIRouter()
    router.get("/readings/{document_id}/about")(show_report)
    return router


def show_report(document_id: str, request: Request, visitor: Reader, services: TheServices) -> Response:
    """Show the report on a reading."""
    report = services.reading_reports.load(visitor.person, DocumentId(document_id))
    return pages_of(request).show(
        request,
        "student/about.html",
        report=report,
        document=report.document,
        found=list_found(report),
        dropped=[Line(_dropped(one), str(one.count)) for one in report.document.dropped],
        examples={_dropped(one): one.example for one in report.document.dropped if one.example},
        stages=[Line(_STAGES.get(name, name), _seconds(took)) for name, took in report.document.stage_seconds.items()],
    )


def list_found(report: Report) -> list[Line]:
    """Say what was found in a file, line by line."""
    document = report.document
    lines = [
        Line("Pages", str(report.page_count)),
        Line("Sections", str(report.section_count)),
        Line("Words", f"{report.word_count:,}"),
        Line("Language", _languages(report)),
    ]
    if document.reading_level is not None:
        lines.append(Line("Reading level", f"about school year {max(round(document.reading_level), 1)}"))
    kinds = [_count(report.parts[kind], *words) for kind, words in _PARTS.items() if report.parts.get(kind)]
    if kinds:
        lines.append(Line("Also", ", ".join(kinds)))
    if report.recognised:
        lines.append(Line("Read from pictures", _pages(report.recognised)))
    return lines


def _languages(report: Report) -> str:
    if not report.languages:
        return name_of(report.document.language)
    counts = list(report.languages.items())
    if len(counts) == 1:
        return name_of(counts[0][0])
    return ", ".join(f"{name_of(code)} ({_count(count, 'section', 'sections')})" for code, count in counts)


def _dropped(one: Dropped) -> str:
    return _DROPPED.get(one.code, one.code.replace("_", " ").capitalize())


def _count(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many}"


def _pages(numbers: tuple[int, ...]) -> str:
    if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"pages {numbers[0]} to {numbers[-1]}"
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(map(str, numbers[:40]))


def _seconds(took: float) -> str:
    return "less than a second" if took < 1 else _count(round(took), "second", "seconds")
