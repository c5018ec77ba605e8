"""Markdown gives the reader's text, with its headings, emphasis, lists, tables, formulas, figures and notes."""

import pytest

from domain.documents import PartKind
from ingest.parsers.flow import Block
from ingest.parsers.markdown.blocks import read_blocks


def _texts(markdown: str) -> list[str]:
    return [block.text for block in read_blocks(markdown)]


def _marked(block: Block) -> list[str]:
    return [block.text[mark.start : mark.end] for mark in block.emphasis]


def _parts(block: Block, kind: PartKind) -> list[tuple[str, str, str]]:
    return [
        (block.text[part.at.start : part.at.end], part.label, part.source) for part in block.parts if part.kind is kind
    ]


def _rows(block: Block) -> list[list[str]]:
    return [[block.text[cell.start : cell.end] for cell in row] for row in block.parts[0].rows]


def test_headings_keep_their_level() -> None:
    """Both ways of writing headings are read."""
    blocks = read_blocks("# One\n\nText\n\n### *Three*\n\nTwo\n---\n")

    assert [(block.level, block.text) for block in blocks] == [(1, "One"), (0, "Text"), (3, "Three"), (2, "Two")]


def test_emphasis_is_kept_without_its_stars() -> None:
    """Bold and italic words are marked, nested ones once."""
    block = read_blocks("A **chloroplast** holds *green **chlorophyll***, and `code` stays.")[0]

    assert block.text == "A chloroplast holds green chlorophyll, and code stays."
    assert _marked(block) == ["chloroplast", "green chlorophyll"]


def test_lists_are_readable() -> None:
    """Items have bullets or numbers, inner ones stand further in, and keep their emphasis."""
    blocks = read_blocks("- one\n- **two**\n  1. inner\n  2. more\n\nAfter\n\n3. third\n4. fourth")

    assert [block.text for block in blocks] == ["• one\n• two\n  1. inner\n  2. more", "After", "3. third\n4. fourth"]
    assert _marked(blocks[0]) == ["two"]


def test_code_and_headings_in_lists_keep_their_order() -> None:
    """What stands in an item comes after its words."""
    assert _texts("- one\n\n  ```\n  x = 1\n  ```\n- two\n") == ["• one", "x = 1", "• two"]
    assert _texts("- one\n\n  ## Two\n\n- three\n") == ["• one", "Two", "• three"]


def test_a_paragraph_all_in_bold_has_no_emphasis() -> None:
    """Where everything is emphasised, nothing is."""
    assert read_blocks("**All of it is bold.**")[0].emphasis == ()


def test_a_hard_case_of_nothing_to_emphasise() -> None:
    """Stars around nothing but a picture without words mark nothing."""
    assert read_blocks("Look: *![](leaf.png)* here it was.")[0].emphasis == ()


def test_tables_are_readable() -> None:
    """A row is a line, with bars between its cells."""
    blocks = read_blocks("| plant | needs |\n|---|---|\n| fern | *shade* |\n")

    assert [block.text for block in blocks] == ["plant | needs\nfern | shade"]
    assert _marked(blocks[0]) == ["shade"]


def test_code_is_kept_and_html_left_out() -> None:
    """Code stands as it is; raw HTML is no text."""
    assert _texts("```python\nx = 1\n```\n\n<script>alert(1)</script>\n\n    indented\n") == ["x = 1", "indented"]


def test_links_and_pictures_keep_their_words() -> None:
    """Addresses are left out."""
    assert _texts("See [the page](http://x.example) and ![a leaf](leaf.png).") == ["See the page and a leaf."]


def test_lines_of_a_paragraph_are_joined_but_for_hard_breaks() -> None:
    """A soft line end is a blank, a hard one a line end."""
    assert _texts("one\ntwo  \nthree") == ["one two\nthree"]


def test_formulas_are_not_markdown() -> None:
    """Underscores and backslashes in formulas stay; a price is no formula."""
    text = r"With $a_1 * b_2$ and $$\int_x \; dx$$ it costs $5 or $6."

    assert _texts(text) == ["With $a_1 * b_2$ and\n$$\\int_x \\; dx$$\nit costs $5 or $6."]


def test_front_matter_is_left_out() -> None:
    """Settings at the top are not for readers."""
    assert _texts("---\ntitle: x\n---\n# Plants\n") == ["Plants"]


def test_formulas_and_marks_within_links_are_read() -> None:
    """The words of a link may hold both; a page of frames holds nothing."""
    assert _texts("See [$a_1$ and {ref}`x`](u).\n\n<frameset></frameset>") == ["See $a_1$ and x."]


def test_a_hostile_quote_pile_is_read_quickly() -> None:
    """A file that is all quote marks gives nothing, without harm."""
    assert _texts(">" * 5_000) == []


def test_lists_and_tables_know_their_rows() -> None:
    """Items are found without their marks, cells without their bars; a table knows its head."""
    items, table = read_blocks("- one\n  - *two*\n\n| a | b |\n|---|---|\n| 1 | |\n")

    assert _rows(items) == [["one"], ["two"]]
    assert _rows(table) == [["a", "b"], ["1", ""]]
    assert table.parts[0].heads == 1


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("$$\na_1\n- b\n$$", r"$$a_1 - b$$"),
        ("\\begin{align*}\nx &= y % why\n\\end{align*}", r"$$\begin{aligned} x &= y \end{aligned}$$"),
        ("\\begin{equation}\nx\n\\end{equation}", "$$x$$"),
        (r"so \(x_1\) it is", "so $x_1$ it is"),
        (r"\[x_1\]", "$$x_1$$"),
        (r"\(not a formula\)", "(not a formula)"),
        ("{math}`x_1`", "$x_1$"),
        ("```{math}\n:label: eq\nx_1\n```", "$$x_1$$"),
    ],
)
def test_formulas_in_all_their_forms(typed: str, set_: str) -> None:
    """However a formula is typed, it stands between dollar signs and is known."""
    [block] = read_blocks(typed)

    assert block.text == set_
    assert all(text in set_ for text, _, _ in _parts(block, PartKind.FORMULA))
    assert bool(block.parts) is ("$" in set_)


def test_notes_stand_apart() -> None:
    """A reference shows the mark of its note, and the note has it too; a note within the line is counted."""
    blocks = read_blocks("One[^a], two^[Inline *here*.]\n\n[^a]: The first\n    goes on.\n\nAfter.")

    assert blocks[0].text == "One[a], two[2]"
    assert [_parts(block, PartKind.FOOTNOTE) for block in blocks[1:]] == [
        [("[a] The first goes on.", "a", "")],
        [],
        [("[2] Inline here.", "2", "")],
    ]


def test_definitions_stand_beside_their_terms() -> None:
    """A term and what it means are one item."""
    assert _texts("Stoma\n:   A hole\n\nXylem\n: Carries *water*\n") == ["Stoma: A hole\nXylem: Carries water"]


def test_a_picture_that_stands_alone_has_its_words_as_caption() -> None:
    """Its words are its caption; settings behind it are not; pictures without words have none."""
    blocks = read_blocks("![A *leaf*](leaf.png){width=50%}\n![](b.png)\n:width:`400px`\n")

    assert [_parts(block, PartKind.FIGURE) for block in blocks] == [[("A leaf", "A leaf", "leaf.png")]]


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        (
            "As in :numref:`fig_leaf`, :numref:`sec_x` and :eqref:`eq_y`.",
            "As in the figure, the section and the equation.",
        ),
        ("It is green :cite:`Darwin.1880,Sachs.ea.1870,web`.", "It is green (Darwin 1880; Sachs et al. 1870; web)."),
        ("By :citet:`Der-Kiureghian.2009`.", "By Der Kiureghian 2009."),
        ("See {ref}`the stem <stem>` and {term}`~leaf`.", "See the stem and leaf."),
        ("# Leaves {#leaves}", "Leaves"),
        ("Text :label:`sec_x` on {unknown}`word`.", "Text on word."),
        (":::{note}\nRead *this*.\n:::", "Read this."),
        ("```{tip} Hint\n:class: x\n\nUse it.\n```", "Hint|Use it."),
        ("```{warning}\nCare.\n```", "Care."),
        ("```{figure} leaf.png\n:name: x\nA leaf\n```", "A leaf"),
        ("```{toctree}\na\nb\n```", ""),
        ("```{r, echo=FALSE}\nx <- 1\n```", "x <- 1"),
        ("```{code-block} python\nx = 1\n```", "x = 1"),
        (":begin_tab:`mxnet`\nText\n:end_tab:", "Text"),
        (":name: x\n:width: 3", ""),
        ("A ratio 1:2 and `code`: yes", "A ratio 1:2 and code: yes"),
    ],
)
def test_marks_of_book_makers_are_readable_or_gone(marked: str, read: str) -> None:
    """A reader sees what a book would show, as far as one file knows it."""
    assert "|".join(_texts(marked)) == read


def test_boxes_within_boxes_end() -> None:
    """A box that holds boxes without end is read as code at some depth."""
    text = "end"
    for depth in range(7):
        fence = "`" * (3 + depth)
        text = f"{fence}{{note}}\n{text}\n{fence}"

    assert "end" in "".join(_texts(text))


def test_what_a_line_hides_is_put_aside() -> None:
    """Elements within a line that nobody sees, comments and unused references are in no text."""
    blocks = read_blocks(
        'A <span style="display:none">secret <b>word</b></span> b <!-- a note -->.\n\n<p hidden>gone</p>\n\n'
        "[//]: # (for the makers)\n"
    )

    assert [block.text for block in blocks if block.text] == ["A b ."]
    assert sorted(said for block in blocks for said in block.hidden) == ["for the makers", "gone", "secret word a note"]


def test_html_within_markdown_shows_what_a_browser_shows() -> None:
    """Its words and structure are read; what it hides is put aside, also over several paragraphs."""
    blocks = read_blocks(
        "<details><summary>More</summary><p>Shown <b>here</b></p></details>\n\n"
        '<div style="display:none">\n\nSecret words.\n\n<p>x</p>\n\n</div>\n\nAfter<br>this.\n\n<!-- a comment -->\n'
    )

    assert [block.text for block in blocks if block.text] == ["More", "Shown here", "After\nthis."]
    assert [said for block in blocks for said in block.hidden] == ["Secret words.", "a comment"]
