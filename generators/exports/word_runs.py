"""Words, formulas and the direction of paragraphs in Word documents, and the document they stand in."""

import io
from datetime import UTC, datetime
from typing import Any

from domain.formulas import split_formulas
from generators.exports.packing import repack
from generators.exports.sheet import one_line
from generators.exports.word_math import formula_of
from generators.mathematics import tree_of, typed_in

_WRITTEN_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of writing, so that the same study aid gives the same file."""

_PAGE_CM = (21.0, 29.7)


def start(title: str, language: str, *, margin_cm: tuple[float, float]) -> Any:
    """Give an empty A4 document with its title and language; margins are at the sides and above and below."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = one_line(title)[:255], "", "", ""
    about.language = language
    about.created = about.modified = _WRITTEN_AT
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(side) for side in _PAGE_CM)
    section.left_margin = section.right_margin = Cm(margin_cm[0])
    section.top_margin = section.bottom_margin = Cm(margin_cm[1])
    section.header_distance = section.footer_distance = Cm(0)
    return document


def finish(document: Any) -> bytes:
    """Give the document's file."""
    written = io.BytesIO()
    document.save(written)
    return repack(written.getvalue())


def write_runs(paragraph: Any, text: str, *, is_bold: bool = False, size_pt: float | None = None) -> None:
    """Add a text to a paragraph, its formulas as formulas; one that cannot be set stays as it was typed."""
    from docx.shared import Pt

    for piece, is_formula in split_formulas(one_line(text)):
        latex, is_displayed = typed_in(piece) if is_formula else ("", False)
        tree = tree_of(latex, is_displayed=is_displayed) if is_formula else None
        if tree is not None:
            _xml_of(paragraph).append(formula_of(tree))
            continue
        run = paragraph.add_run(latex or piece)
        run.bold = is_bold or None
        run.font.size = None if size_pt is None else Pt(size_pt)


def turn(paragraph: Any, *, is_leftward: bool) -> None:
    """Let a paragraph be read from right to left, and the words in it that are."""
    from docx.oxml import OxmlElement

    if not is_leftward:
        return
    # `bidi` comes before spacing and indents in a paragraph's properties (ECMA-376 part 1, 17.3.1.26)
    properties = _xml_of(paragraph).get_or_add_pPr()
    after = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
    properties.insert_element_before(OxmlElement("w:bidi"), *after)
    for run in paragraph.runs:
        run.font.rtl = True


def describe(shape: Any, words: str) -> None:
    """Say what a picture shows, for those who do not see it."""
    # the library has no public name for a picture's description
    shape._inline.docPr.set("descr", one_line(words))  # noqa: SLF001


def _xml_of(paragraph: Any) -> Any:
    # nor for the element behind a paragraph, which formulas and directions are written to
    return paragraph._p  # noqa: SLF001
