"""Markdown gives the reader's text, with headings and emphasis."""

from ingest.parsers.flow import Block
from ingest.parsers.markdown import read_blocks


def _texts(markdown: str) -> list[str]:
    return [block.text for block in read_blocks(markdown)]


def _marked(block: Block) -> list[str]:
    return [block.text[mark.start : mark.end] for mark in block.emphasis]


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
    assert _texts("- one\n\n  ```\n  x = 1\n  ```\n- two\n") == ["• one\nx = 1\n• two"]
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

    assert _texts(text) == [text]


def test_front_matter_is_left_out() -> None:
    """Settings at the top are not for readers."""
    assert _texts("---\ntitle: x\n---\n# Plants\n") == ["Plants"]


def test_a_hostile_quote_pile_is_read_quickly() -> None:
    """A file that is all quote marks gives nothing, without harm."""
    assert _texts(">" * 5_000) == []
