"""The files that study aids can be taken away as, by the name they are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.material import Flashcard, Kind
from generators.exports.aid import Aid
from generators.exports.anki import to_apkg
from generators.exports.gift import to_gift
from generators.exports.graph import to_graphml, to_mermaid, to_print_svg, to_svg
from generators.exports.graph import to_json as map_to_json
from generators.exports.markdown import to_markdown
from generators.exports.moodle import to_moodle_xml
from generators.exports.origin import Origin
from generators.exports.print import cards_to_pdf, to_pdf
from generators.exports.qti import to_qti_2, to_qti_3
from generators.exports.quiz_json import to_json as quiz_to_json
from generators.exports.quiz_sheet import quiz_sheet
from generators.exports.sheet import Picture, Sheet
from generators.exports.sheets import sheet_of
from generators.exports.tables import to_csv, to_tsv
from generators.exports.word import to_docx
from generators.exports.word_cards import cards_to_docx


@dataclass(frozen=True, slots=True)
class Format:
    """A file format for a kind. `label` names it for people; only teachers may take what holds the answers."""

    kind: Kind
    media_type: str
    label: str
    write: Callable[[Aid, Origin], bytes]
    holds_answers: bool = False


_TEXT_LABELS = ("to print (PDF)", "to print and change (Word)", "as text (Markdown)")

_Sheet = Callable[[Aid, Origin], Sheet]

_TABLE, _MARKDOWN, _TEXT = (f"text/{form}; charset=utf-8" for form in ("csv", "markdown", "plain"))
_TABS = "text/tab-separated-values; charset=utf-8"
_PDF, _XML, _ZIP, _JSON = (f"application/{form}" for form in ("pdf", "xml", "zip", "json"))
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _cards(artifact: Aid) -> tuple[Flashcard, ...]:
    return tuple(unit for unit in artifact.units if isinstance(unit, Flashcard))


def _map_sheet(artifact: Aid, origin: Origin) -> Sheet:
    """Give a map as its picture, then its concepts and links with their sources."""
    sheet = sheet_of(artifact, origin)
    if not artifact.drawing:
        return sheet
    drawing = Picture(to_print_svg(artifact.drawing).encode(), "image/svg+xml", f"Concept map: {artifact.title}")
    return Sheet(sheet.title, sheet.reading, sheet.language, (drawing, *sheet.blocks), sheet.notes)


def _quiz(artifact: Aid, origin: Origin) -> Sheet:
    return quiz_sheet(artifact, origin, has_key=True)


def _questions(artifact: Aid, origin: Origin) -> Sheet:
    return quiz_sheet(artifact, origin, has_key=False)


def _texts(name: str, kind: Kind, sheet: _Sheet, said: str = "", *, holds_answers: bool = False) -> dict[str, Format]:
    """Give what every kind can be taken as: Markdown, Word and PDF."""
    printed, worded, written = (f"{said}, {one}" if said else one[0].upper() + one[1:] for one in _TEXT_LABELS)
    return {
        f"{name}.pdf": Format(
            kind, _PDF, printed, lambda aid, of: to_pdf(sheet(aid, of)), holds_answers
        ),
        f"{name}.docx": Format(
            kind, _WORD, worded, lambda aid, of: to_docx(sheet(aid, of)), holds_answers
        ),
        f"{name}.md": Format(
            kind, _MARKDOWN, written, lambda aid, of: to_markdown(sheet(aid, of)).encode(),
            holds_answers,
        ),
    }  # fmt: skip


_CARDS = {
    "cards.apkg": Format(
        Kind.FLASHCARDS,
        "application/octet-stream",
        "For Anki",
        to_apkg,
    ),
    "cards.pdf": Format(
        Kind.FLASHCARDS,
        _PDF,
        "To print on both sides and cut (PDF)",
        lambda aid, of: cards_to_pdf(aid.title, _cards(aid), of),
    ),
    "cards.docx": Format(
        Kind.FLASHCARDS,
        _WORD,
        "To print, change and cut (Word)",
        lambda aid, of: cards_to_docx(aid.title, _cards(aid), of),
    ),
    "cards.csv": Format(
        Kind.FLASHCARDS,
        _TABLE,
        "As a table (CSV)",
        lambda aid, of: to_csv(_cards(aid), of).encode(),
    ),
    "cards.tsv": Format(
        Kind.FLASHCARDS,
        _TABS,
        "As a table with tabs (TSV)",
        lambda aid, of: to_tsv(_cards(aid), of).encode(),
    ),
    "cards.md": Format(
        Kind.FLASHCARDS,
        _MARKDOWN,
        "As text (Markdown)",
        lambda aid, of: to_markdown(sheet_of(aid, of)).encode(),
    ),
}
_MAPS = {
    "map.svg": Format(
        Kind.CONCEPT_MAP, "image/svg+xml", "As a picture (SVG)", lambda aid, of: to_svg(aid, of).encode()
    ),
    **_texts("map", Kind.CONCEPT_MAP, _map_sheet),
    "map.graphml": Format(
        Kind.CONCEPT_MAP, _XML, "For Gephi and yEd (GraphML)", lambda aid, of: to_graphml(aid.units, of).encode()
    ),
    "map.json": Format(
        Kind.CONCEPT_MAP, _JSON, "For programs (JSON)", lambda aid, of: map_to_json(aid.units, of).encode()
    ),
    "map.mmd": Format(
        Kind.CONCEPT_MAP, _TEXT, "As a drawing in words (Mermaid)", lambda aid, of: to_mermaid(aid.units, of).encode()
    ),
}
_QUIZZES = {
    **_texts("quiz-questions", Kind.QUIZ, _questions, "Without answers"),
    **_texts("quiz", Kind.QUIZ, _quiz, "With answers", holds_answers=True),
    "quiz.gift.txt": Format(
        Kind.QUIZ,
        _TEXT,
        "For Moodle and others (GIFT)",
        lambda aid, of: to_gift(aid, of).encode(),
        holds_answers=True,
    ),
    "quiz.moodle.xml": Format(Kind.QUIZ, _XML, "For Moodle (XML)", to_moodle_xml, holds_answers=True),
    "quiz.qti3.zip": Format(
        Kind.QUIZ,
        _ZIP,
        "For learning platforms (QTI 3.0)",
        to_qti_3,
        holds_answers=True,
    ),
    "quiz.qti21.zip": Format(
        Kind.QUIZ,
        _ZIP,
        "For older learning platforms (QTI 2.1)",
        to_qti_2,
        holds_answers=True,
    ),
    "quiz.json": Format(
        Kind.QUIZ,
        _JSON,
        "For programs (JSON)",
        lambda aid, of: quiz_to_json(aid, of).encode(),
        holds_answers=True,
    ),
}

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        **_CARDS,
        **_MAPS,
        **_texts("summary", Kind.SUMMARY, sheet_of),
        **_texts("guide", Kind.STUDY_GUIDE, sheet_of),
        **_texts("faq", Kind.FAQ, sheet_of),
        **_texts("examples", Kind.WORKED_EXAMPLES, sheet_of),
        **_texts("easier", Kind.LESSON_VARIANT, sheet_of),
        **_QUIZZES,
    }
)


def list_files(kind: Kind, *, has_answers: bool) -> list[tuple[str, str]]:
    """List the names and labels of the files a kind can be taken as; `has_answers` lists those with answers too."""
    return [(name, one.label) for name, one in FORMATS.items() if one.kind is kind and one.holds_answers <= has_answers]
