"""Cards to cut as a Word document: pages of fronts, each followed by a page of the same cards' backs, mirrored."""

import io
from collections.abc import Sequence
from typing import Any

from domain.material import Flashcard
from generators.exports.origin import Origin
from generators.exports.pictures import CardPicture, picture_of
from generators.exports.sheet import is_leftward
from generators.exports.word_runs import describe, finish, start, turn, write_runs

_COLUMNS, _ROWS = 2, 4
_WIDTH_CM, _HEIGHT_CM = 9.2, 6.6
_MARGIN_CM = ((21.0 - _COLUMNS * _WIDTH_CM) / 2, 1.2)
_PICTURE_CM = 2.8
_SIZES = ((60, 14.0), (160, 11.0), (320, 9.0), (700, 7.0))
"""Points of the letters, by how many characters are on a side: Word does not shrink them by itself."""

_SMALLEST = 5.5
_SOURCE_PT = 6.5


def cards_to_docx(title: str, cards: Sequence[Flashcard], origin: Origin) -> bytes:
    """Write cards eight to a page; printed on both sides and turned on the long edge, each back meets its front.

    The lines between the cards are where to cut.
    """
    document = start(title, origin.language, margin_cm=_MARGIN_CM)
    each = _COLUMNS * _ROWS
    for first in range(0, len(cards), each):
        group = [(card, picture_of(card, origin.draw)) for card in cards[first : first + each]]
        for is_back in (False, True):
            table = _table(document)
            for number, (card, picture) in enumerate(group):
                row, column = divmod(number, _COLUMNS)
                cell = table.cell(row, _COLUMNS - 1 - column if is_back else column)
                _write(cell, card, picture, origin if is_back else None)
            _end_page(document)
    return finish(document)


def _table(document: Any) -> Any:
    from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table = document.add_table(rows=_ROWS, cols=_COLUMNS)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for row in table.rows:
        row.height, row.height_rule = Cm(_HEIGHT_CM), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell in row.cells:
            cell.width = Cm(_WIDTH_CM)
    return table


def _write(cell: Any, card: Flashcard, picture: CardPicture | None, origin: Origin | None) -> None:
    """Write a side of a card into its cell; with the origin it is the back."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Cm

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    words = card.front if origin is None else card.back
    source = "" if origin is None else origin.source_line(card.claim)
    paragraph = _centred(cell.paragraphs[0])
    if picture is not None:
        content = picture.front if origin is None else picture.back
        shape = paragraph.add_run().add_picture(io.BytesIO(content), height=Cm(_PICTURE_CM))
        describe(shape, f"Picture on page {card.picture.page}" if card.picture else "")
        paragraph = _centred(cell.add_paragraph())
    length = len(words) + len(source) // 3
    write_runs(paragraph, words, is_bold=origin is not None, size_pt=_size(length))
    turn(paragraph, is_leftward=is_leftward(words))
    if source:
        write_runs(_centred(cell.add_paragraph()), source, size_pt=min(_SOURCE_PT, _size(len(words) + len(source))))


def _size(length: int) -> float:
    return next((size for most, size in _SIZES if length <= most), _SMALLEST)


def _centred(paragraph: Any) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _end_page(document: Any) -> None:
    """Let the next table begin on a page of its own; the line between takes next to no room."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)
