"""Study aids to read and print: Markdown, Word and PDF say the same, whole, in order, with sources, in any script."""

import io
import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from PIL import Image

from domain.material import Kind
from generators.exports.formats import FORMATS
from generators.exports.print import cards_to_pdf, to_pdf, to_png
from generators.exports.quiz_sheet import quiz_sheet
from generators.exports.sheet import Heading, Lines, Mark, Notes, Picture, Sheet, Text, is_leftward, printable
from generators.exports.sheets import sheet_of
from generators.exports.word import to_docx
from generators.exports.word_cards import cards_to_docx
from generators.exports.word_math import formula_of
from generators.mathematics import tree_of
from tests.unit.generators.exported import AIDS, CARDS, HOSTILE, ROOTS, a_card, a_claim, a_picture, an_aid, an_origin

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULAS = (
    r"\frac{a}{b}",
    r"\sqrt{x}",
    r"\sqrt[3]{x}",
    r"x^2",
    r"x_1",
    r"x_1^2",
    r"\sum_{i=1}^n i",
    r"\lim_{x\to 0} f",
    r"\hat{x}+\overline{AB}+\vec{v}",
    r"\overset{?}{=}",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\left(\frac{a}{b}\right)",
    r"\sin x \text{ for all } x",
    r"\binom{n}{k}",
    r"\underbrace{a}_{b}",
    r"\underline{x}",
    r"a\,b",
)


def _markdown(kind: Kind) -> str:
    return (
        FORMATS[{Kind.SUMMARY: "summary.md", Kind.FLASHCARDS: "cards.md"}.get(kind, "")]
        .write(AIDS[kind], an_origin())
        .decode()
    )


def _pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def _places(content: bytes, page: int, words: str) -> tuple[float, float]:
    """The middle of some words on a page of a PDF, in points from the lower left."""
    text = pypdfium2.PdfDocument(content)[page].get_textpage()
    found = text.search(words).get_next()
    assert found is not None
    boxes = [text.get_charbox(found[0] + at) for at in range(found[1])]
    return (
        (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2,
        (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2,
    )


def test_a_summary_keeps_its_order() -> None:
    """The gist comes first, then the key points, the rest, and what answers an objective."""
    written = _markdown(Kind.SUMMARY)

    headings = re.findall("^## (.*)$", written, re.MULTILINE)
    assert headings == ["In one sentence", "Key points", "More", "Say what light is", "Sources"]
    assert "- Light gives energy. (p. 3, source 2; p. 1, source 3)" in written
    assert "2. Page 3: “Light gives energy.”" in written
    assert written.startswith("# Light and leaves\n\nFrom “How plants live”\n")


def test_a_whole_reading_is_not_from_itself() -> None:
    """Where the aid is of the whole reading its title stands once."""
    whole = replace(AIDS[Kind.SUMMARY], title="Plants", section=None)

    for name in ("summary.md", "summary.pdf", "summary.docx"):
        assert b"From" not in FORMATS[name].write(whole, an_origin("Plants"))


def test_markdown_shows_words_as_they_are() -> None:
    """Signs that mean something are escaped: a reader of Markdown finds paragraphs, lists and bold type alone."""
    aid = an_aid(Kind.FLASHCARDS, a_card(HOSTILE, "1. one\n# two\n- three"), title="1. # x")

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(FORMATS["cards.md"].write(aid, an_origin("R")).decode())

    kinds = {one.type for token in tokens for one in (token, *(token.children or ()))}
    assert kinds.isdisjoint({"html_block", "html_inline", "link_open", "image", "em_open", "code_inline", "s_open"})
    assert sum(one.type == "heading_open" for one in tokens) == 2


@given(st.text(max_size=40))
def test_no_words_become_markup(words: str) -> None:
    """Whatever the words, Markdown has the two headings and the one list item that we wrote."""
    aid = an_aid(Kind.FLASHCARDS, a_card("Front", words), title="T")

    tokens = MarkdownIt("commonmark").parse(FORMATS["cards.md"].write(aid, an_origin("T")).decode())

    kinds = [one.type for token in tokens for one in (token, *(token.children or ()))]
    assert kinds.count("heading_open") == 2
    assert kinds.count("list_item_open") == 2
    assert not {"html_block", "html_inline", "link_open", "image", "em_open", "code_block"} & set(kinds)


def test_formulas_stay_formulas_in_markdown() -> None:
    """What stands in a formula is not escaped, but opens no tag; what stands around it is escaped."""
    written = _markdown(Kind.SUMMARY)

    assert r"$x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}$, and \$5 is money." in written
    assert r"$\lt i\gt x^2\lt /i\gt $" in written


def test_study_guides_have_their_parts_in_order() -> None:
    """Objectives are not said twice, and the timeline runs from the oldest to what has no year."""
    written = FORMATS["guide.md"].write(AIDS[Kind.STUDY_GUIDE], an_origin()).decode()

    assert "- **Say what light is.** (p. 3, source 1)" in written
    assert written.index("44 BC") < written.index("1945") < written.index("long ago")
    assert "## Key questions" not in written


def test_examples_count_their_steps() -> None:
    """Problem, steps by number, result."""
    written = FORMATS["examples.md"].write(AIDS[Kind.WORKED_EXAMPLES], an_origin()).decode()

    assert re.findall(r"\*\*(.*?)\*\*", written) == ["Problem", "Step 1", "Result"]


def test_easier_versions_say_whose_words_they_are() -> None:
    """A teacher's words are marked, and hard words are explained at the end."""
    written = FORMATS["easier.md"].write(AIDS[Kind.LESSON_VARIANT], an_origin()).decode()

    assert "It is fast. (In a person's own words)" in written
    assert "- **wave** – a moving shape" in written
    assert "Words" not in FORMATS["easier.md"].write(an_aid(Kind.LESSON_VARIANT), an_origin()).decode()


def test_maps_say_what_is_used_too_early() -> None:
    """Gaps name the sentence that uses the term and the one that explains it, with both pages."""
    written = FORMATS["map.md"].write(AIDS[Kind.CONCEPT_MAP], an_origin()).decode()

    assert "It uses entropy. – explained later: Entropy is disorder. (p. 3, source 6; p. 9, source 7)" in written
    assert "**work – gives – \\<energy\\>**" in written


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if name.endswith(".pdf")])
def test_pdfs_open_and_are_set(name: str) -> None:
    """Another program opens every PDF, finds its title and language, and no mark of a time."""
    content = FORMATS[name].write(AIDS[FORMATS[name].kind], an_origin())
    document = pypdfium2.PdfDocument(content)

    about = document.get_metadata_dict()
    assert about["Title"] == "Light and leaves"
    assert not about["CreationDate"]
    assert b"/StructTreeRoot" in content
    assert all(round(page.get_width()) == 595 for page in document)


def test_fronts_and_backs_meet() -> None:
    """Turned on the long edge, the back of each card lies behind its front; eight cards fill a sheet."""
    cards = [a_card(f"Front{number}x", f"Back{number}x") for number in range(9)]
    content = cards_to_pdf("Cards", cards, an_origin())
    pages = _pages(content)

    assert len(pages) == 4
    assert [text.count("Front") for text in pages] == [8, 8, 1, 1]
    for number in range(9):
        page = number // 8 * 2
        front, back = _places(content, page, f"Front{number}x"), _places(content, page + 1, f"Back{number}x")
        assert abs(front[0] - (595.28 - back[0])) < 12
        assert abs(front[1] - back[1]) < 40
    assert "How plants live, page 3" in " ".join(pages[1].split())


def test_long_cards_are_set_smaller() -> None:
    """Every word of a long card is on it, within its edges."""
    words = " ".join(f"word{number}" for number in range(150))
    content = cards_to_pdf("Cards", [a_card(words, words)], an_origin())

    x, _ = _places(content, 0, "word149")
    assert x < 595 / 2
    assert "word149" in _pages(content)[1]


@pytest.mark.parametrize(
    "words", ["الضوء طاقة", "אור הוא קרינה", "光是一种电磁波", "光は電磁波です", "प्रकाश ऊर्जा है", "Свет — волна"],
    ids=["ar", "he", "zh", "ja", "hi", "ru"],
)  # fmt: skip
def test_every_script_has_letters(words: str) -> None:
    """No letter of these scripts is a box: each is drawn, and differs from a letter that no font has."""

    def drawn(text: str) -> Image.Image:
        sheet = Sheet("T", "T", "", (Text(text),))
        page: Image.Image = pypdfium2.PdfDocument(to_pdf(sheet))[0].render(scale=2).to_pil()
        return page

    letters = sorted({letter for letter in words if letter.isalpha()})
    missing = [drawn("\U000ffff0" * 3).tobytes() == drawn(letter * 3).tobytes() for letter in letters[:3]]
    assert not any(missing)


def test_sheets_run_the_way_they_are_read() -> None:
    """An Arabic sheet begins at the right edge, an English one at the left."""
    right = to_pdf(Sheet("الضوء", "", "ar", (Text("طاقة كهرومغناطيسية في كل مكان"),)))
    left = to_pdf(Sheet("Light", "", "en", (Text("Energy"),)))

    def ink(content: bytes) -> tuple[int, int, int, int]:
        image = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("L").crop((0, 0, 595, 700))
        box: tuple[int, int, int, int] = image.point(lambda value: 255 if value < 200 else 0).getbbox()
        return box

    assert ink(right)[2] > 520
    assert ink(right)[0] > 250
    assert ink(left)[0] < 70


def test_what_no_font_can_set_stays_as_typed() -> None:
    """A formula that is none to the library is printed as it was typed, and markup of the typesetter is words."""
    content = to_pdf(Sheet("T", "T", "de-CH", (Text(r"A $\nocommand{x}_1$ #strong[b] $5"),)))

    text = _pages(content)[0]
    assert r"\nocommand" in text
    assert "#strong[b] $5" in text


@pytest.mark.parametrize("latex", FORMULAS)
def test_formulas_are_set_in_print_and_in_word(latex: str) -> None:
    """Each kind of formula is set by both, with its letters and without its commands."""
    sheet = Sheet("T", "T", "en", (Text(f"The ${latex}$ and $${latex}$$ here."),))
    printed = _pages(to_pdf(sheet))[0]
    tree = tree_of(latex)
    assert tree is not None

    math = formula_of(tree)

    assert "\\" not in printed
    assert math.tag == f"{MATH}oMath"
    letters = {one for text in tree.itertext() for one in text.strip()}
    assert {one for text in math.itertext() for one in text.strip()} >= {one for one in letters if one.isalnum()}


def test_word_sets_fractions_and_brackets_as_its_own() -> None:
    """A fraction in brackets is Word's fraction in Word's brackets; an accent its accent."""
    tree = tree_of(r"\left(\frac{a}{b}\right) + \hat{x}")
    assert tree is not None

    math = formula_of(tree)

    assert math.find(f".//{MATH}d/{MATH}e/{MATH}f/{MATH}num//{MATH}t").text == "a"
    assert math.find(f".//{MATH}acc//{MATH}chr").get(f"{MATH}val") == "\u0302"


def test_word_sets_limits_above_and_below() -> None:
    """What stands under and over a sign stays there."""
    sign = etree.fromstring("<math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover></math>")

    math = formula_of(sign)

    assert math.find(f"{MATH}limUpp/{MATH}e/{MATH}limLow/{MATH}lim//{MATH}t").text == "i"
    assert math.find(f"{MATH}limUpp/{MATH}lim//{MATH}t").text == "n"


def test_the_same_place_is_one_note() -> None:
    """A place keeps its number however often it is cited."""
    notes = Notes(lambda _: "R", "R", lambda *_: "")

    first, again = notes.cite(a_claim("One.", 2), a_claim("One.", 2)), notes.cite(a_claim("One.", 2))

    assert first == again == notes.all()
    assert [note.number for note in first] == [1]


def test_without_its_fonts_it_still_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a package of fonts is missing the typesetter's own are used."""
    monkeypatch.setattr("generators.exports.print._FONT_PACKAGES", ("no_such_fonts",))

    assert "Energy" in _pages(to_pdf(Sheet("T", "T", "en", (Text("Energy"),))))[0]


def test_word_files_open() -> None:
    """Another reader finds the title, the headings, the lists with their sources, formulas and the quiz's key."""
    document = Document(io.BytesIO(to_docx(quiz_sheet(AIDS[Kind.QUIZ], an_origin(), has_key=True))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    headings = [one.text for one in document.paragraphs if one.style and str(one.style.name).startswith("Heading")]

    assert document.core_properties.title == "Light and leaves"
    assert headings == ["Light and leaves", "Answers", "Sources"]
    assert any(text.startswith("1.\tB: green – Leaves are green. (p. 3, source 1)") for text in texts)
    assert any("Page 4: “A sprout grows.”" in text for text in texts)
    assert document.element.body.findall(f".//{MATH}oMath")


def test_word_files_hold_pictures_and_drawings() -> None:
    """A figure and a map's drawing are pictures with a description; the drawing is a PNG picture."""
    cards = Document(io.BytesIO(to_docx(sheet_of(AIDS[Kind.FLASHCARDS], an_origin()))))
    drawn = Document(io.BytesIO(FORMATS["map.docx"].write(AIDS[Kind.CONCEPT_MAP], an_origin())))

    described = [shape._inline.docPr.get("descr") for shape in (*cards.inline_shapes, *drawn.inline_shapes)]
    assert described == ["Picture on page 3", "Concept map: Light and leaves"]
    assert any(part.content_type == "image/png" for part in drawn.part.package.iter_parts())


def test_word_cards_meet_too() -> None:
    """Tables of fronts and of backs take turns, and the backs' columns are mirrored."""
    cards = [*CARDS, *(a_card(f"F{number}", f"B{number}") for number in range(3))]
    fronts, backs, *_ = Document(io.BytesIO(cards_to_docx("T", cards, an_origin()))).tables

    assert fronts.cell(0, 0).text == "What is a delta?"
    assert backs.cell(0, 1).text.startswith("flat piece of land\nHow plants live, page 3")
    assert backs.cell(0, 0).text.startswith("chlorophyll")
    assert fronts.cell(1, 1)._tc.findall(".//{*}drawing")


def test_word_paragraphs_run_the_way_they_are_read() -> None:
    """Arabic paragraphs and their runs are marked as such, others are not."""
    document = Document(io.BytesIO(to_docx(Sheet("الضوء", "", "ar", (Text("طاقة", lead="ضوء"),)))))
    english = Document(io.BytesIO(to_docx(Sheet("Light", "", "en", (Text("Energy"),)))))

    assert all(one._p.findall("{*}pPr/{*}bidi") for one in document.paragraphs if one.text)
    assert all(run.font.rtl for one in document.paragraphs for run in one.runs)
    assert not english.element.body.findall(".//{*}bidi")


def test_blocks_of_every_sort_can_be_written() -> None:
    """Lines to write on, pictures, boxes and headings on new pages are in all three."""
    picture = Picture(a_picture(), "image/jpeg", "A figure")
    blocks = (Heading("One", 2), Text("x", mark=Mark.BOX), Lines(2), picture, Heading("Two", is_on_new_page=True))
    sheet = Sheet("T", "R", "en", blocks)

    assert len(_pages(to_pdf(sheet))) == 2
    document = Document(io.BytesIO(to_docx(sheet)))
    assert sum(paragraph.text.startswith("____") for paragraph in document.paragraphs) == 3
    assert len(document.inline_shapes) == 1


def test_drawings_become_pictures() -> None:
    """An SVG is drawn as PNG, in colour."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>'
    )

    image = Image.open(io.BytesIO(to_png(svg))).convert("RGB")

    assert image.getpixel((image.width // 2, image.height // 2)) == (255, 0, 0)


def test_directions_go_by_letters() -> None:
    """Most letters decide, not numbers or blanks."""
    assert is_leftward("الضوء 12345 x")
    assert not is_leftward("Light (ضوء)")
    assert not is_leftward("123", "")


@given(st.text())
def test_printable_text_fits_into_xml(text: str) -> None:
    """What is left of any text can stand in an XML file."""
    element = etree.Element("x")
    element.text = printable(text)

    assert etree.fromstring(etree.tostring(element)) is not None


def test_a_quiz_without_key_has_room_to_answer() -> None:
    """Every form has options, boxes or lines; the right-hand sides of a match have letters."""
    sheet = quiz_sheet(AIDS[Kind.QUIZ], an_origin(), has_key=False)
    blocks: list[Any] = list(sheet.blocks)

    assert sum(isinstance(one, Lines) for one in blocks) == 3
    assert [one.count for one in blocks if isinstance(one, Lines)] == [1, 1, 4]
    assert [one.words for one in blocks if isinstance(one, Text) and one.mark is Mark.BOX] == [
        "tree",
        "seed",
        "sprout",
        "France",
        "Italy",
        "Norway: ~x -> y",
    ]
    assert sheet.notes == ()
    assert ROOTS not in str(blocks)
