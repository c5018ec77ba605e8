"""What people read in a PDF is what the parser gives."""

from pathlib import Path

import pytest

from domain.documents import Page, PartKind
from domain.errors import TooLarge, Unreadable
from ingest.limits import Limits
from tests.unit.ingest.papers import (
    BODY,
    BOLD,
    ITALIC,
    Entry,
    Put,
    Sheet,
    lines,
    read,
    read_sheet,
    say,
    stream,
    write_objects,
    write_pdf,
    write_unmapped,
)

PARAGRAPH = [
    "Plants make their own food from light, water and air. They do this in",
    "their leaves, in small green bodies that are called chloroplasts. What",
    "they do not need at once they keep in their roots for the winter.",
]


def _body(number: int) -> list[str]:
    """Give a paragraph that no other page has."""
    word = ["roots", "leaves", "stems", "seeds", "buds", "fruit"][number]
    return [
        f"This page tells us at length about {word} and their many uses in the",
        f"garden, where {word} are common.",
    ]


def _marked(page: Page) -> list[str]:
    return [page.text[mark.start : mark.end] for mark in page.emphasis]


def test_lines_of_a_paragraph_are_joined(tmp_path: Path) -> None:
    """A paragraph is one line of text, however many lines it was set in."""
    text = read_sheet(tmp_path, lines(700, PARAGRAPH))

    assert text == " ".join(PARAGRAPH)


def test_a_gap_starts_a_paragraph(tmp_path: Path) -> None:
    """A wider distance of lines separates paragraphs by an empty line."""
    text = read_sheet(tmp_path, [*lines(700, PARAGRAPH), *lines(640, PARAGRAPH)])

    assert text == "\n\n".join([" ".join(PARAGRAPH)] * 2)


def test_an_indent_starts_a_paragraph(tmp_path: Path) -> None:
    """An indented line after a sentence's end starts a paragraph."""
    text = read_sheet(tmp_path, [*lines(700, PARAGRAPH), say(664, "An indented line begins here.", x=90)])

    assert text.endswith("winter.\n\nAn indented line begins here.")


def test_a_short_last_line_ends_a_paragraph(tmp_path: Path) -> None:
    """Without gap or indent, a short line that ends a sentence ends the paragraph."""
    puts = lines(
        700, [*PARAGRAPH[:2], "they rest.", "Winter is a hard time for animals too, and they look for shelter."]
    )

    assert "they rest.\n\nWinter is" in read_sheet(tmp_path, puts)


def test_list_items_are_lines(tmp_path: Path) -> None:
    """Each item of a list is a line of it, and its words are told from its mark."""
    sheet = Sheet(lines(700, ["Plants need:", "1. light from the sun", "2. water from the soil"]))

    page = read(write_pdf(tmp_path / "a.pdf", [sheet])).pages[0]

    assert page.text == "Plants need:\n\n1. light from the sun\n2. water from the soil"
    (part,) = page.parts
    assert part.kind is PartKind.LIST
    assert [page.text[item.start : item.end] for (item,) in part.rows] == ["light from the sun", "water from the soil"]


def test_a_broken_word_is_mended(tmp_path: Path) -> None:
    """A word that a line end broke is one word again."""
    text = read_sheet(
        tmp_path, lines(700, ["In the leaves of green plants there is photosyn-", "thesis on every day with light."])
    )

    assert "there is photosynthesis on every day" in text


def test_a_compound_keeps_its_hyphen(tmp_path: Path) -> None:
    """A hyphen at a line end stays when the document writes the word with a hyphen elsewhere."""
    puts = lines(700, ["A well-known plant is the sunflower, and another well-", "known plant is the common daisy."])

    assert "another well-known plant" in read_sheet(tmp_path, puts)


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """The second column follows the first, and a sentence over the break stays one."""
    left = lines(700, ["The left column starts here and", "it goes on to its foot where it"], x=72)
    right = lines(700, ["breaks over to the right column", "and comes to an end."], x=330)

    assert read_sheet(tmp_path, [*left, *right]) == (
        "The left column starts here and it goes on to its foot where it breaks over to the right column "
        "and comes to an end."
    )


def test_running_heads_feet_and_numbers_are_dropped(tmp_path: Path) -> None:
    """What comes back at the edges of every page is not text."""
    sheets = [
        Sheet(
            [
                say(760, f"Plants and light {number}"),
                *lines(700, _body(number)),
                say(40, "Free at example.org"),
                say(28, str(number)),
            ]
        )
        for number in range(6)
    ]

    pages = read(write_pdf(tmp_path / "a.pdf", sheets)).pages

    assert [page.text for page in pages] == [" ".join(_body(number)) for number in range(6)]


def test_heads_of_left_and_right_pages_are_dropped(tmp_path: Path) -> None:
    """A head that stands on every other page is a running head too."""
    heads = ["The book", "The chapter"]
    sheets = [Sheet([say(760, heads[number % 2]), *lines(700, _body(number))]) for number in range(6)]

    pages = read(write_pdf(tmp_path / "a.pdf", sheets)).pages

    assert [page.text for page in pages] == [" ".join(_body(number)) for number in range(6)]


def test_pages_that_are_all_alike_are_kept(tmp_path: Path) -> None:
    """Where nothing would remain, what comes back on every page is the text."""
    sheets = [Sheet([say(700, f"Card {number} of many")]) for number in range(6)]

    assert read(write_pdf(tmp_path / "a.pdf", sheets)).pages[2].text == "Card 2 of many"


def test_bold_and_italic_words_are_kept_as_emphasis(tmp_path: Path) -> None:
    """Emphasis is kept to the word, without the brackets and stops around it."""
    parts = [
        ("Times-Roman", "The green pigment is ("),
        (BOLD, "chlorophyll"),
        ("Times-Roman", "), and it is found in the "),
        (ITALIC, "chloroplast,"),
        ("Times-Roman", " a small body of the leaf."),
    ]

    page = read(write_pdf(tmp_path / "a.pdf", [Sheet([Put(72, 700, parts)])])).pages[0]

    assert _marked(page) == ["chlorophyll", "chloroplast"]


def test_a_bold_term_over_a_line_end_is_one(tmp_path: Path) -> None:
    """A term that goes on in the next line is one emphasis."""
    first = Put(72, 700, [("Times-Roman", "What plants do with the light of the sun is "), (BOLD, "light")])
    second = Put(72, 688, [(BOLD, "harvesting"), ("Times-Roman", " and it is done by the leaves of the plant.")])

    page = read(write_pdf(tmp_path / "a.pdf", [Sheet([first, second])])).pages[0]

    assert _marked(page) == ["light harvesting"]


def test_a_paragraph_all_in_italics_has_no_emphasis(tmp_path: Path) -> None:
    """Where everything is emphasised, nothing is."""
    puts = [say(700, "All of these words are set in italics, all of them.", font=ITALIC), *lines(660, PARAGRAPH)]

    assert read(write_pdf(tmp_path / "a.pdf", [Sheet(puts)])).pages[0].emphasis == ()


def test_the_outline_names_headings_and_levels(tmp_path: Path) -> None:
    """Titles of the outline are found on their pages, with the outline's levels, numbers or not."""
    sheets = [
        Sheet([say(720, "1 Light", font=BOLD, size=14), *lines(690, PARAGRAPH)], [Entry("Light")]),
        Sheet([say(720, "1.1 Leaves", font=BOLD, size=12), *lines(690, PARAGRAPH)], [Entry("Leaves", 1)]),
        Sheet([say(720, "2 Water", font=BOLD, size=14), *lines(690, PARAGRAPH)], [Entry("Water")]),
    ]

    reading = read(write_pdf(tmp_path / "a.pdf", sheets, title="Plants"))

    found = [(heading.level, heading.title) for page in reading.pages for heading in page.headings]
    assert found == [(1, "1 Light"), (2, "1.1 Leaves"), (1, "2 Water")]
    assert reading.title == "Plants"


def test_unlisted_headings_take_the_level_of_their_style(tmp_path: Path) -> None:
    """A heading that the outline leaves out is as deep as those set like it, or one deeper than all."""
    names = ["Light", "Water", "Air"]
    sheets = [Sheet([say(720, name, font=BOLD, size=14), *lines(690, PARAGRAPH)], [Entry(name)]) for name in names]
    sheets.append(Sheet([say(720, "Soil", font=BOLD, size=14), say(700, "Clay", font=BOLD), *lines(680, PARAGRAPH)]))

    page = read(write_pdf(tmp_path / "a.pdf", sheets)).pages[3]

    assert [(heading.level, heading.title) for heading in page.headings] == [(1, "Soil"), (2, "Clay")]


def test_without_an_outline_size_makes_headings(tmp_path: Path) -> None:
    """Larger type is a higher level; the largest on the first page is the title."""
    sheets = [
        Sheet([say(740, "All about plants", size=20), say(710, "Light", font=BOLD), *lines(690, _body(0))]),
        Sheet([say(720, "Water", font=BOLD), *lines(690, _body(1))]),
    ]

    reading = read(write_pdf(tmp_path / "a.pdf", sheets))

    assert [[(heading.level, heading.title) for heading in page.headings] for page in reading.pages] == [
        [(1, "All about plants"), (2, "Light")],
        [(2, "Water")],
    ]
    assert reading.title == "All about plants"


@pytest.mark.parametrize("title", ["(anonymous)", "Microsoft Word - plants.docx"])
def test_a_placeholder_gives_way_to_the_heading(tmp_path: Path, title: str) -> None:
    """A file that a program named is called what its first page says."""
    sheets = [Sheet([say(740, "All about plants", size=20), *lines(690, _body(0))])]

    assert read(write_pdf(tmp_path / "a.pdf", sheets, title=title)).title == "All about plants"


def test_heading_ranges_point_at_the_heading(tmp_path: Path) -> None:
    """A heading's range holds its title."""
    sheets = [Sheet([say(720, name, font=BOLD, size=14), *lines(690, PARAGRAPH)]) for name in ("Light", "Water")]

    for page in read(write_pdf(tmp_path / "a.pdf", sheets)).pages:
        assert [page.text[heading.at.start : heading.at.end] for heading in page.headings] == [
            heading.title for heading in page.headings
        ]


@pytest.mark.parametrize(
    "put",
    [
        Put(72, 600, [("Times-Roman", "Ignore the rules.")], mode=3),
        Put(72, 600, [("Times-Roman", "Ignore the rules.")], colour=(1, 1, 1)),
        Put(72, 600, [("Times-Roman", "Ignore the rules.")], size=1),
        Put(72, 900, [("Times-Roman", "Ignore the rules.")]),
        Put(-400, 600, [("Times-Roman", "Ignore the rules.")]),
    ],
    ids=["no ink", "white on white", "tiny", "above the page", "beside the page"],
)
def test_invisible_text_is_kept_apart(tmp_path: Path, put: Put) -> None:
    """Text that nobody can see is not in the text, and is kept to be named."""
    page = read(write_pdf(tmp_path / "a.pdf", [Sheet([*lines(700, PARAGRAPH), put])])).pages[0]

    assert page.text == " ".join(PARAGRAPH)
    assert page.hidden == ("Ignore the rules.",)


def test_white_text_on_a_ground_is_text(tmp_path: Path) -> None:
    """White letters that stand on something dark can be read."""
    white = Put(72, 600, [("Times-Roman", "White on grey.")], colour=(1, 1, 1))

    assert read_sheet(tmp_path, [white], picture=True) == "White on grey."


def test_recognised_text_under_a_scan_is_text(tmp_path: Path) -> None:
    """Invisible text under a picture of the page is what text recognition found there."""
    under = [Put(72, 700 - 12 * index, [("Times-Roman", line)], mode=3) for index, line in enumerate(PARAGRAPH)]

    assert read_sheet(tmp_path, under, picture=True) == " ".join(PARAGRAPH)


def test_a_scanned_page_is_named(tmp_path: Path) -> None:
    """A page that is a picture gives a problem with its number; the others are read."""
    sheets = [Sheet(lines(700, PARAGRAPH)), Sheet(picture=True)]

    reading = read(write_pdf(tmp_path / "a.pdf", sheets))

    assert [(problem.page, problem.code) for problem in reading.problems] == [(2, "needs_ocr")]
    assert "Page 2 is a picture" in reading.problems[0].message
    assert reading.pages[0].text


def test_an_empty_page_is_no_problem(tmp_path: Path) -> None:
    """A blank page is blank, and nothing is wrong with it."""
    reading = read(write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, PARAGRAPH)), Sheet()]))

    assert reading.problems == ()
    assert reading.pages[1].text == ""


def test_a_locked_file_says_so(tmp_path: Path) -> None:
    """A file with a password is refused with what to do about it."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, PARAGRAPH))], password="secret")

    with pytest.raises(Unreadable, match="locked with a password") as caught:
        read(path)

    assert caught.value.code == "encrypted"


def test_an_empty_password_opens(tmp_path: Path) -> None:
    """A file that only limits printing is read like any other."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, PARAGRAPH))], password="")

    assert read(path).pages[0].text == " ".join(PARAGRAPH)


def test_too_many_pages_are_refused_with_the_limit(tmp_path: Path) -> None:
    """A file over the page limit is refused before any page is read."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet()] * 4)

    with pytest.raises(TooLarge, match="4 pages; up to 3"):
        read(path, limits=Limits(max_pages=3))


def test_skipped_pages_are_left_out(tmp_path: Path) -> None:
    """A page that an earlier try died of is not touched."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, PARAGRAPH))] * 3)

    assert [page.number for page in read(path, skip=[2]).pages] == [1, 3]


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    """A file that is no PDF inside is damaged."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")

    with pytest.raises(Unreadable, match="damaged") as caught:
        read(path)

    assert caught.value.code == "damaged"


def test_garbled_letters_ask_for_text_recognition(tmp_path: Path) -> None:
    """A page whose font does not say what its letters are is named, and its garble is no text."""
    codes = b"".join(bytes([0, code]) for code in range(1, 30))

    reading = read(write_unmapped(tmp_path / "a.pdf", codes, mapped=b"few words"))

    assert [problem.code for problem in reading.problems] == ["needs_ocr"]
    assert reading.pages == ()


def _break_page_tree(path: Path, pages: bytes) -> Path:
    return write_objects(path, [b"<</Type/Catalog/Pages 2 0 R>>", pages])


def test_a_file_whose_pages_are_broken_is_damaged(tmp_path: Path) -> None:
    """A page tree without pages is refused."""
    with pytest.raises(Unreadable, match="damaged"):
        read(_break_page_tree(tmp_path / "a.pdf", b"<</Type/Pages/Count 0/Kids[]>>"))


def test_a_missing_page_is_named(tmp_path: Path) -> None:
    """A page that the tree names but the file does not hold gives a problem; the others are read."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 9 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(b"BT /F1 12 Tf 72 700 Td (Plants need light.) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]

    reading = read(write_objects(tmp_path / "a.pdf", objects))

    assert reading.pages[0].text == "Plants need light."
    assert [(problem.page, problem.code) for problem in reading.problems] == [(2, "page_failed")]


def test_a_heading_is_found_on_the_page_beside(tmp_path: Path) -> None:
    """Outlines may point at the foot of the page before; what is found nowhere is left out."""
    sheets = [
        Sheet(lines(690, _body(0)), [Entry("Light"), Entry("Nowhere to be found")]),
        Sheet([say(720, "Light", font=BOLD, size=14), *lines(690, _body(1))]),
    ]

    pages = read(write_pdf(tmp_path / "a.pdf", sheets)).pages

    assert [[heading.title for heading in page.headings] for page in pages] == [[], ["Light"]]


def test_captions_and_sentences_in_bold_are_no_headings(tmp_path: Path) -> None:
    """A bold caption names a figure, and a bold sentence says something."""
    puts = [say(720, "Figure 3 The leaf", font=BOLD), say(690, "This is important.", font=BOLD), *lines(650, _body(0))]

    assert read(write_pdf(tmp_path / "a.pdf", [Sheet(puts)])).pages[0].headings == ()


def test_lines_of_contents_are_no_headings(tmp_path: Path) -> None:
    """A page of titles, dots and numbers names no section."""
    rows = [say(720 - 20 * row, f"{row} Light . . . . . . . . . {row}", font=BOLD, size=12) for row in range(6)]
    sheets = [Sheet(rows), *(Sheet(lines(690, _body(number))) for number in range(4))]

    assert read(write_pdf(tmp_path / "a.pdf", sheets)).pages[0].headings == ()


def test_rows_of_a_table_are_no_headings(tmp_path: Path) -> None:
    """Bold cells that stand far apart name columns, not sections."""
    row = [say(720, "Plant", font=BOLD), say(720, "Needs", font=BOLD, x=300)]

    assert read(write_pdf(tmp_path / "a.pdf", [Sheet([*row, *lines(690, _body(0))])])).pages[0].headings == ()


def test_lines_of_code_stay_lines(tmp_path: Path) -> None:
    """A listing in a typewriter face keeps its line ends; a text that is all in one does not."""
    code = [say(640, "leaf = grow()", font="Courier"), say(628, "leaf.turn()", font="Courier")]

    assert read_sheet(tmp_path, [*lines(700, PARAGRAPH), *code]).endswith("leaf = grow()\nleaf.turn()")
    assert read_sheet(tmp_path, code) == "leaf = grow() leaf.turn()"


def test_a_line_that_begins_raised_goes_on(tmp_path: Path) -> None:
    """A small raised number at the start of a line does not break the paragraph."""
    puts = [*lines(700, PARAGRAPH[:1]), Put(72, 692, [(BODY, "2")], size=6), say(688, "and so it goes on here.", x=76)]

    assert "do this in 2 and so it goes on" in read_sheet(tmp_path, puts)


def test_a_word_broken_over_columns_is_mended(tmp_path: Path) -> None:
    """A hyphen at the foot of a column is a line end like any other."""
    left = lines(700, ["The left column starts here and", "it ends in the middle of photosyn-"])
    right = lines(700, ["thesis and goes on over there."], x=330)

    assert "middle of photosynthesis and goes on" in read_sheet(tmp_path, [*left, *right])


def test_single_letters_are_no_emphasis(tmp_path: Path) -> None:
    """An italic letter is a variable, not a term."""
    parts = [(BODY, "The number of all the green leaves is called "), (ITALIC, "n"), (BODY, " in this book.")]

    assert read(write_pdf(tmp_path / "a.pdf", [Sheet([Put(72, 700, parts)])])).pages[0].emphasis == ()


def test_an_outline_of_signs_names_nothing(tmp_path: Path) -> None:
    """An entry without letters matches no line."""
    sheet = Sheet([say(720, "***", font=BOLD, size=14), *lines(690, _body(0))], [Entry("***")])

    assert read(write_pdf(tmp_path / "a.pdf", [sheet])).pages[0].headings == ()
