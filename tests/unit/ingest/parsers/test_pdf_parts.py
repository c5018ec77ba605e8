"""What a page of a PDF is made of beside running text: tables, lists, code, figures, footnotes."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from domain.documents import Dropped, Page, Part, PartKind
from ingest.parsers.contract import Reading
from tests.unit.ingest.papers import (
    BODY,
    BOLD,
    HEIGHT,
    WIDTH,
    Put,
    Sheet,
    draw_pdf,
    lines,
    put_picture,
    put_rows,
    read,
    say,
    write_letters,
    write_objects,
    write_pdf,
)

GRID = [["Plant", "Needs", "Grows"], ["Rice", "much water", "in fields"], ["Cactus", "little water", "in sand"]]
PROSE = [
    "Plants make their own food from light, water and air. They do this in their leaves, in small",
    "green bodies that are called chloroplasts. What they do not need at once they keep in their",
    "roots for the winter, when the days are short and there is little light to be had for them.",
]


def _parts(page: Page, kind: PartKind) -> list[Part]:
    return [part for part in page.parts if part.kind is kind]


def _cells(page: Page) -> list[list[str]]:
    (part,) = _parts(page, PartKind.TABLE)
    return [[page.text[cell.start : cell.end] for cell in row] for row in part.rows]


def _rule(canvas: Any, xs: list[float], ys: list[float]) -> None:
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs[1:-1] and xs:
        canvas.line(x, ys[0], x, ys[-1])


def _prose(canvas: Any, top: float = 740, texts: list[str] | None = None) -> None:
    canvas.setFont(BODY, 10)
    for index, text in enumerate(texts or PROSE):
        canvas.drawString(72, top - 12 * index, text)


def _read(folder: Path, *draws: Any) -> Reading:
    return read(draw_pdf(folder / "a.pdf", *draws))


def test_cells_in_columns_are_a_table(tmp_path: Path) -> None:
    """Rows of short cells that stand under each other are a table, a line for each row."""

    def draw(canvas: Canvas) -> None:
        _prose(canvas)
        put_rows(canvas, GRID, top=640)

    page = _read(tmp_path, draw).pages[0]

    assert page.text.endswith(
        "\n\nPlant | Needs | Grows\nRice | much water | in fields\nCactus | little water | in sand"
    )
    assert _cells(page) == GRID


def test_a_ruled_grid_keeps_cells_of_several_lines(tmp_path: Path) -> None:
    """Rules say what a cell is: its lines are joined, and words that a line end breaks are mended."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(BODY, 10)
        for x, y, text in [
            (76, 688, "Plant"),
            (156, 688, "What it needs"),
            (76, 672, "Rice"),
            (156, 672, "much water for photosyn-"),
            (156, 660, "thesis and warm days"),
            (76, 644, "Cactus"),
            (156, 644, "little water"),
            (156, 632, "and sand"),
        ]:
            canvas.drawString(x, y, text)
        _rule(canvas, [72, 150, 300], [700, 684, 656, 628])

    page = _read(tmp_path, draw).pages[0]

    assert _cells(page) == [
        ["Plant", "What it needs"],
        ["Rice", "much water for photosynthesis and warm days"],
        ["Cactus", "little water and sand"],
    ]


def test_a_grid_drawn_as_boxes_is_a_grid(tmp_path: Path) -> None:
    """Cells that are boxes of their own make the same table, in the order of its rows, and empty cells are kept."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(BODY, 10)
        for row, cells in enumerate([["One", "Two"], ["", "Four"], ["Five", "Six"]]):
            for column, text in enumerate(cells):
                canvas.rect(72 + 90 * column, 680 - 20 * row, 90, 20)
                canvas.drawString(76 + 90 * column, 686 - 20 * row, text)

    assert _cells(_read(tmp_path, draw).pages[0]) == [["One", "Two"], ["", "Four"], ["Five", "Six"]]


@pytest.mark.parametrize("ys", [[], [716, 696, 636], [716, 696, 680, 650, 636]], ids=["bare", "head", "rows"])
def test_a_cell_that_goes_on_is_one(tmp_path: Path, ys: list[int]) -> None:
    """The second line of a cell belongs to its row, whether rules part the rows, the head alone, or nothing does."""

    def draw(canvas: Canvas) -> None:
        put_rows(canvas, GRID)
        canvas.drawString(330, 655, "and in stones")
        put_rows(canvas, [["Fern", "shade", "in woods"]], top=640)
        for y in ys:
            canvas.line(70, y, 420, y)

    cells = _cells(_read(tmp_path, draw).pages[0])

    assert cells == [*GRID[:2], ["Cactus", "little water", "in sand and in stones"], ["Fern", "shade", "in woods"]]


def test_a_sentence_over_two_full_lines_is_one_row(tmp_path: Path) -> None:
    """Where all cells of the second line begin small, it goes on with the first."""

    def draw(canvas: Canvas) -> None:
        rows = [["Rice in fields", "Cactus in sand"], ["needs water", "needs light"], ["One", "Two"]]
        put_rows(canvas, rows, columns=(72, 196))
        _rule(canvas, [68, 190, 330], [714, 680, 662])

    cells = _cells(_read(tmp_path, draw).pages[0])

    assert cells == [["Rice in fields needs water", "Cactus in sand needs light"], ["One", "Two"]]


def test_a_body_of_one_row_is_one(tmp_path: Path) -> None:
    """Under a head, lines of cells that all begin at the top are the lines of a single row."""

    def draw(canvas: Canvas) -> None:
        put_rows(canvas, GRID[:2], columns=(76, 156, 236))
        canvas.drawString(156, 672, "and light")
        canvas.drawString(236, 672, "or in")
        canvas.drawString(236, 660, "ponds")
        _rule(canvas, [72, 150, 230, 320], [714, 696, 652])

    assert _cells(_read(tmp_path, draw).pages[0])[1:] == [["Rice", "much water and light", "in fields or in ponds"]]


@pytest.mark.parametrize("is_ruled", [True, False], ids=["rule", "bold"])
def test_a_first_row_apart_is_the_head(tmp_path: Path, *, is_ruled: bool) -> None:
    """What a rule or bold type sets apart at the top names the columns."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(BODY if is_ruled else BOLD, 10)
        for x, text in zip((72, 200, 330), GRID[0], strict=True):
            canvas.drawString(x, 700, text)
        put_rows(canvas, [*GRID[1:], ["Fern", "shade", "in woods"]], top=684)
        if is_ruled:
            for y in (712, 696, 648):
                canvas.line(72, y, 400, y)

    page = _read(tmp_path, draw).pages[0]

    assert _parts(page, PartKind.TABLE)[0].heads == 1
    assert _cells(page)[0] == GRID[0]


def test_a_title_over_all_columns_is_part_of_the_head(tmp_path: Path) -> None:
    """A row of one cell above the names of columns belongs to them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(BODY, 10)
        canvas.drawString(150, 688, "All about plants")
        put_rows(canvas, GRID, top=672, columns=(76, 156, 236))
        canvas.rect(72, 636, 240, 64)
        for y in (684, 668, 652):
            canvas.line(72, y, 312, y)
        for x in (152, 232):
            canvas.line(x, 636, x, 684)

    page = _read(tmp_path, draw).pages[0]

    assert _parts(page, PartKind.TABLE)[0].heads == 2
    assert [cell for cell in _cells(page)[0] if cell] == ["All about plants"]


def _two_columns_in_one(canvas: Canvas) -> None:
    canvas.setFont(BODY, 10)
    for index in range(6):
        canvas.drawString(72, 700 - 12 * index, f"The left column has line {index} of prose that goes on")
        canvas.drawString(330, 700 - 12 * index, f"and the right column has line {index} of it, as long")


def _contents(canvas: Canvas) -> None:
    put_rows(canvas, [[f"{row}", "Light . . . . . . . . . . .", f"{row}"] for row in range(1, 6)])


def _formulas(canvas: Canvas) -> None:
    put_rows(canvas, [["x", "= a + b", f"({row})"] for row in range(1, 6)])


def _marks(canvas: Canvas) -> None:
    put_rows(canvas, [[f"({mark})", f"what is said of {mark}"] for mark in "abcd"], columns=(72, 100))


def _framed_prose(canvas: Canvas) -> None:
    _prose(canvas, 700)
    canvas.rect(66, 660, 450, 60)


def _axes(canvas: Canvas) -> None:
    put_rows(canvas, [["4", "8", "12"], ["3", "7", "11"], ["1", "2", "3"]])
    canvas.line(60, 640, 400, 640)
    canvas.line(60, 640, 60, 720)


def _gaps(canvas: Canvas) -> None:
    put_rows(canvas, [["here", "", ""], ["", "there", ""], ["far", "", "away"], ["one", "two", ""], ["", "x", "six"]])


def _lattice(canvas: Canvas) -> None:
    put_rows(canvas, [["*", "*", "*"]] * 4)
    for y in (716, 690, 640):
        canvas.line(70, y, 420, y)


def _many_rules(canvas: Canvas) -> None:
    put_rows(canvas, [["4", "8", "12"]])
    for step in range(260):
        canvas.line(60 + step, 500 + step, 60 + step, 520 + step)


@pytest.mark.parametrize(
    "draw",
    [_two_columns_in_one, _contents, _formulas, _marks, _framed_prose, _axes, _gaps, _lattice, _many_rules],
    ids=lambda draw: draw.__name__,
)
def test_what_only_looks_like_a_table_is_none(tmp_path: Path, draw: Any) -> None:
    """Columns of prose, contents, formulas, lists, boxes round prose and labels of axes are no tables."""
    assert not _parts(_read(tmp_path, draw).pages[0], PartKind.TABLE)


def test_a_table_between_rules_is_parted_from_the_prose_between_others(tmp_path: Path) -> None:
    """Rules of one length at the head and the foot of a page do not make a table of it."""

    def draw(canvas: Canvas) -> None:
        _prose(canvas)
        put_rows(canvas, GRID, top=650)
        for y in (760, 664, 646, 610, 60):
            canvas.line(72, y, 420, y)

    page = _read(tmp_path, draw).pages[0]

    assert _cells(page) == GRID
    assert page.text.startswith("Plants make their own food")


def test_a_table_from_right_to_left_begins_on_the_right(tmp_path: Path) -> None:
    """In a script that runs from right to left the first cell of a row is the right one."""
    rows = [["מים", "אור", "עלה"], ["אדמה", "אוויר", "שורש"], ["חום", "שמש", "זרע"]]
    puts = [
        (330.0 - 130 * column, 700.0 - 16 * index, cell[::-1])
        for index, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]

    assert _cells(read(write_letters(tmp_path / "a.pdf", puts)).pages[0]) == rows


def test_lists_of_bullets_letters_and_numbers_are_parts(tmp_path: Path) -> None:
    """Items that follow each other are one list; a lone one, or one that does not count on, is a paragraph."""
    texts = [
        "\u2022 light from above",
        "\u2022 water from below",
        "And then:",
        "1. first of all",
        "3. last of all",
        "(a) one",
        "(b) two",
        "And so:",
        "vii) seven",
        "viii) eight",
    ]
    puts = [say(700 - 24 * index, text) for index, text in enumerate(texts)]

    page = read(write_pdf(tmp_path / "a.pdf", [Sheet(puts)])).pages[0]

    assert [page.text[part.at.start : part.at.end] for part in _parts(page, PartKind.LIST)] == [
        "\u2022 light from above\n\u2022 water from below",
        "(a) one\n(b) two",
        "vii) seven\nviii) eight",
    ]


def test_code_keeps_lines_and_indents(tmp_path: Path) -> None:
    """A listing is set as it stands on the page, blank lines included."""
    code = [
        say(640, "def grow(leaf):", font="Courier"),
        say(628, "return leaf + 1", font="Courier", x=72 + 4 * 6),
        say(604, "grow(2)", font="Courier"),
    ]

    page = read(write_pdf(tmp_path / "a.pdf", [Sheet([*lines(700, PROSE), *code])])).pages[0]

    (part,) = _parts(page, PartKind.CODE)
    assert page.text[part.at.start : part.at.end] == "def grow(leaf):\n    return leaf + 1\n\ngrow(2)"


def test_code_on_one_line_in_two_pieces_stays_on_it(tmp_path: Path) -> None:
    """What stands beside code, such as a remark drawn before it, is in its line."""
    code = [
        say(640, "grow(1)", font="Courier"),
        say(628, "# later", font="Courier", x=200),
        say(628, "grow(2)", font="Courier"),
    ]

    page = read(write_pdf(tmp_path / "a.pdf", [Sheet([*lines(700, PROSE), *code])])).pages[0]

    assert page.text.count("\n", page.text.index("grow(1)")) == 1


def test_a_picture_within_a_form_has_its_place(tmp_path: Path) -> None:
    """Pictures in pages within pages stand where those are drawn."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        put_picture(canvas, 0, 0, 100, 50)
        canvas.drawString(0, 60, "inner words")
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.doForm("inner")
        canvas.endForm()
        _prose(canvas, 740)
        canvas.saveState()
        canvas.translate(100, 500)
        canvas.scale(2, 2)
        canvas.doForm("outer")
        canvas.restoreState()
        canvas.drawString(100, 485, "Figure 1. A leaf.")

    (part,) = _parts(_read(tmp_path, draw).pages[0], PartKind.FIGURE)

    assert part.box is not None
    assert (part.box.left * WIDTH, part.box.right * WIDTH) == pytest.approx((100, 300), abs=1)
    assert (1 - part.box.bottom) * HEIGHT == pytest.approx(500, abs=1)


def test_an_address_alone_is_no_code(tmp_path: Path) -> None:
    """Addresses are often set in a typewriter face."""
    address = say(640, "https://example.org/plants", font="Courier")

    page = read(write_pdf(tmp_path / "a.pdf", [Sheet([*lines(700, PROSE), address])])).pages[0]

    assert page.parts == ()


def test_a_caption_is_tied_to_the_picture_next_to_it(tmp_path: Path) -> None:
    """A figure's part is its caption, and its box is where the nearest picture stands; another one is counted."""

    def draw(canvas: Canvas) -> None:
        put_picture(canvas, 100, 500, 200, 100)
        put_picture(canvas, 100, 100, 200, 200)
        _prose(canvas, 740)
        canvas.drawString(100, 485, "Figure 3.2: A leaf and its stem.")

    reading = _read(tmp_path, draw)

    (part,) = _parts(reading.pages[0], PartKind.FIGURE)
    assert reading.pages[0].text[part.at.start : part.at.end] == "Figure 3.2: A leaf and its stem."
    assert part.box is not None
    assert (part.box.left, part.box.right) == pytest.approx((100 / WIDTH, 300 / WIDTH), abs=1e-3)
    assert (part.box.top, part.box.bottom) == pytest.approx((1 - 600 / HEIGHT, 1 - 500 / HEIGHT), abs=1e-3)
    assert Dropped("picture_without_caption", 1, "page 1") in reading.dropped


@pytest.mark.parametrize(
    ("caption", "is_one"),
    [
        ("Abbildung 1 Das Blatt", True),
        ("Kuvio 2. Lehti", True),
        ("Figure 2 shows that leaves are green", False),
        ("Table 2: Leaves", False),
        ("Leaves are green", False),
        ("X1: a point", False),
    ],
)
def test_captions_begin_with_a_word_and_a_number(tmp_path: Path, caption: str, *, is_one: bool) -> None:
    """Whatever the language, a caption names and numbers its figure; a sentence that speaks of one is none."""

    def draw(canvas: Canvas) -> None:
        put_picture(canvas, 72, 500, 200, 100)
        _prose(canvas, 740)
        canvas.drawString(72, 486, caption)

    assert bool(_parts(_read(tmp_path, draw).pages[0], PartKind.FIGURE)) == is_one


def test_drawings_and_pictures_side_by_side_are_one_figure(tmp_path: Path) -> None:
    """What is drawn with lines and shapes can be a figure, and so can two pictures over one caption."""

    def drawn(canvas: Canvas) -> None:
        canvas.circle(150, 560, 40)
        canvas.circle(200, 560, 40)
        _prose(canvas, 740)
        canvas.drawString(100, 500, "Figure 1. Circles.")

    def paired(canvas: Canvas) -> None:
        put_picture(canvas, 100, 500, 90, 80)
        put_picture(canvas, 200, 500, 90, 80)
        _prose(canvas, 740)
        canvas.drawString(100, 485, "Figure 2. A pair.")

    boxes = [_parts(page, PartKind.FIGURE)[0].box for page in _read(tmp_path, drawn, paired).pages]

    for box, (left, right) in zip(boxes, [(110, 240), (100, 290)], strict=True):
        assert box is not None
        assert (box.left * WIDTH, box.right * WIDTH) == pytest.approx((left, right), abs=2)


def test_words_in_and_beside_a_drawing_are_its_labels(tmp_path: Path) -> None:
    """Short words at a drawing's height belong to it, with their places in its picture; running text does not."""

    def drawn(canvas: Canvas) -> None:
        _prose(canvas, 740)
        canvas.circle(200, 560, 40)
        canvas.drawString(190, 556, "leaf")
        canvas.drawString(250, 570, "oxygen")
        canvas.drawString(100, 500, "Figure 1. A leaf and its air.")

    (part,) = _parts(_read(tmp_path, drawn).pages[0], PartKind.FIGURE)
    places = {label.text: label.box for label in part.labels}

    assert part.box is not None
    assert places.keys() == {"leaf", "oxygen"}
    assert part.box.right * WIDTH > 270
    assert places["leaf"].right < places["oxygen"].left
    assert all(0 <= edge <= 1 for box in places.values() for edge in (box.left, box.top, box.right, box.bottom))


@pytest.mark.parametrize("word", ["oxygen", "stem", "aim", "WOMAN", "cat"])
def test_a_label_is_whole_up_to_its_last_letter(tmp_path: Path, word: str) -> None:
    """A patch over a label's box hides its last letter too, and the figure has room around the label."""

    def drawn(canvas: Canvas) -> None:
        _prose(canvas, 740)
        canvas.circle(200, 560, 40)
        canvas.drawString(250, 560, word)
        canvas.drawString(100, 500, "Figure 1. A leaf and its air.")
        ends.append(250 + canvas.stringWidth(word))

    ends: list[float] = []
    (part,) = _parts(_read(tmp_path, drawn).pages[0], PartKind.FIGURE)
    (label,) = part.labels
    assert part.box is not None
    across = (part.box.right - part.box.left) * WIDTH

    assert part.box.left * WIDTH + label.box.right * across > ends[0] + 1
    assert part.box.left * WIDTH + label.box.left * across < 250 - 1
    assert part.box.right * WIDTH > ends[0] + 3


def _notes(canvas: Canvas, *, rule: tuple[float, float] = (72, 200), marks: str = "12", size: float = 8) -> None:
    _prose(canvas)
    _prose(canvas, 220, ["The last line of the page says something of the roots too."])
    canvas.line(rule[0], 130, rule[1], 130)
    canvas.setFont(BODY, size)
    canvas.drawString(72, 118, f"{marks[0]} Only while there is light")
    canvas.drawString(72, 108, "and enough of it.")
    canvas.drawString(72, 98, f"{marks[1]} Not in all plants.")


def test_footnotes_stand_apart(tmp_path: Path) -> None:
    """Small type with marks under a short rule at the foot is notes, each with its mark."""
    page = _read(tmp_path, _notes).pages[0]

    notes = _parts(page, PartKind.FOOTNOTE)
    assert [(note.label, page.text[note.at.start : note.at.end]) for note in notes] == [
        ("1", "1 Only while there is light and enough of it."),
        ("2", "2 Not in all plants."),
    ]


@pytest.mark.parametrize(
    "changes", [{"rule": (72, 560)}, {"marks": "AB"}, {"size": 10}], ids=["long rule", "no marks", "usual type"]
)
def test_what_only_looks_like_footnotes_is_text(tmp_path: Path, changes: dict[str, Any]) -> None:
    """Without a short rule, small type and marks, nothing is a footnote."""
    assert not _parts(_read(tmp_path, partial(_notes, **changes)).pages[0], PartKind.FOOTNOTE)


def test_a_sentence_goes_on_over_footnotes(tmp_path: Path) -> None:
    """Footnotes of the first column do not break the sentence that goes on in the second."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(BODY, 10)
        canvas.drawString(72, 300, "The left column ends in the")
        canvas.line(72, 130, 150, 130)
        canvas.setFont(BODY, 8)
        canvas.drawString(72, 118, "* A note of the left column.")
        canvas.setFont(BODY, 10)
        canvas.drawString(330, 740, "middle of a sentence of many words.")
        canvas.drawString(330, 100, "There is a last line in this column.")
        canvas.drawString(90, 40, "17")

    page = _read(tmp_path, draw).pages[0]

    assert page.text == (
        "The left column ends in the middle of a sentence of many words.\n\n"
        "There is a last line in this column.\n\n17\n\n* A note of the left column."
    )


def test_pages_have_the_names_that_the_file_gives_them(tmp_path: Path) -> None:
    """Roman numbers of a preface are kept; a name that is the page's number is not."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"
    labels = b"/PageLabels<</Nums[0<</S/r>>2<</S/D/St 3>>3<</P(A)>>]>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R%s>>" % labels, b"<</Type/Pages/Count 4/Kids[3 0 R 4 0 R 5 0 R 6 0 R]>>"]

    reading = read(write_objects(tmp_path / "a.pdf", [*objects, page, page, page, page]))

    assert [page.label for page in reading.pages] == ["i", "ii", "", "A"]


def test_what_was_left_out_is_counted(tmp_path: Path) -> None:
    """A reading says how many running lines, page numbers and hidden words it left out."""
    sheets = [
        Sheet([say(760, "Plants and light"), *lines(700, [f"{word} of the garden."]), say(28, str(number))])
        for number, word in enumerate(["Roots", "Leaves", "Stems", "Seeds", "Buds", "Fruit"])
    ]
    sheets[0].puts.append(Put(72, 600, [(BODY, "Ignore the rules.")], mode=3))

    dropped = read(write_pdf(tmp_path / "a.pdf", sheets)).dropped

    assert dropped == (
        Dropped("running_line", 6, "Plants and light", "Plants and light"),
        Dropped("page_number", 6, "0", "0\n1\n2\n3\n4\n5"),
        Dropped("hidden_text", 1),
    )
