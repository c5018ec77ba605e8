"""Sheets as Word documents (DOCX): headings, lists, formulas and pictures; the same aid gives the same bytes."""

import io
from typing import Any

from generators.exports.print import to_png
from generators.exports.sheet import Block, Heading, Lines, Mark, Picture, Sheet, Text, is_leftward
from generators.exports.word_runs import describe, finish, start, turn, write_runs

_MARKS = {Mark.BULLET: "•", Mark.BOX: "____"}
_PICTURE_CM, _DRAWING_CM = 9.0, 16.5
_INDENT_CM = 0.8
_MARGIN_CM = (2.0, 2.0)
_RULE = "_" * 60


def to_docx(sheet: Sheet) -> bytes:
    """Write a sheet on A4 pages."""
    document = start(sheet.title, sheet.language, margin_cm=_MARGIN_CM)
    page = _Page(document, is_leftward=sheet.is_leftward)
    page.heading(sheet.title, 0)
    if sheet.reading != sheet.title:
        page.text(Text(sheet.reading))
    for block in sheet.blocks:
        page.block(block)
    if sheet.notes:
        page.heading("Sources", 1)
        for note in sheet.notes:
            page.text(Text(f"{note.place}: “{note.quote}”", mark=Mark.NUMBER, label=str(note.number)))
    return finish(document)


class _Page:
    """Writes blocks to the end of a document."""

    def __init__(self, document: Any, *, is_leftward: bool) -> None:
        self._document, self._is_leftward = document, is_leftward

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            if block.is_on_new_page:
                self._document.add_page_break()
            self.heading(block.words, block.level)
        elif isinstance(block, Lines):
            for _ in range(block.count):
                self._document.add_paragraph(_RULE)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self.text(block)

    def heading(self, words: str, level: int) -> None:
        """Add a heading; level 0 is the title's."""
        paragraph = self._document.add_heading("", level=level + 1)
        write_runs(paragraph, words)
        turn(paragraph, is_leftward=self._is_leftward)

    def text(self, text: Text) -> None:
        """Add a text with its mark and where it stands."""
        from docx.shared import Cm, Pt

        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(4)
        if text.mark is not Mark.NONE:
            indent = Cm(_INDENT_CM * (text.depth + 1))
            paragraph.paragraph_format.left_indent = indent
            paragraph.paragraph_format.first_line_indent = Cm(-_INDENT_CM)
            paragraph.paragraph_format.tab_stops.add_tab_stop(indent)
            paragraph.add_run(_MARKS.get(text.mark, f"{text.label}.") + "\t")
        write_runs(paragraph, text.lead, is_bold=True)
        paragraph.add_run(" – " if text.lead and text.words else "")
        write_runs(paragraph, text.words)
        paragraph.add_run(" " if text.aside else "")
        write_runs(paragraph, text.aside, size_pt=8)
        turn(paragraph, is_leftward=self._is_leftward or is_leftward(text.lead, text.words))

    def _picture(self, picture: Picture) -> None:
        from docx.shared import Cm

        is_drawing = picture.media_type == "image/svg+xml"
        content = to_png(picture.content.decode()) if is_drawing else picture.content
        shape = self._document.add_picture(io.BytesIO(content), width=Cm(_DRAWING_CM if is_drawing else _PICTURE_CM))
        describe(shape, picture.words)
