"""Recognised lines become paragraphs, headings and lists, and every word keeps its place."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import Page, PartKind
from ingest.recognition.contract import Line
from ingest.recognition.layout import compose
from tests.unit.ingest.recognition.lines import a_line, recognised

BODY = (
    "Plants make their own food from light and water",
    "and carbon dioxide from the air around them and",
    "this happens in the green parts of their leaves",
    "where chlorophyll takes up the light of the sun.",
)
WORDS = st.text(string.ascii_letters, min_size=1, max_size=9)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=12)


def _body(top: float = 400, *, block: int = 5) -> list[Line]:
    return [a_line(text, top + 40 * row, block=block) for row, text in enumerate(BODY)]


def _places(page: Page) -> list[str]:
    return [page.text[word.at.start : word.at.end] for word in page.boxes]


def test_lines_of_a_paragraph_are_joined() -> None:
    """Lines that the recogniser saw as one paragraph are one, with its confidence and places."""
    page = compose(7, recognised(*_body(), confidence=0.9512))

    assert page.number == 7
    assert page.text == " ".join(BODY)
    assert page.confidence == 0.951
    assert _places(page) == page.text.split()


@settings(deadline=None)
@given(TEXTS)
def test_every_word_is_where_its_place_says(texts: list[str]) -> None:
    """Law: the places follow each other in the text, and each holds the word that was recognised there."""
    page = compose(1, recognised(*(a_line(text, 40.0 * row, paragraph=row // 3) for row, text in enumerate(texts))))

    assert _places(page) == " ".join(texts).split()
    assert all(one.at.end <= other.at.start for one, other in zip(page.boxes, page.boxes[1:], strict=False))


def test_a_word_cut_at_a_line_end_is_mended() -> None:
    """Both halves of a mended word keep their places on the page."""
    page = compose(1, recognised(a_line("the photo-", 100), a_line("synthesis of plants", 140)))

    assert page.text == "the photosynthesis of plants"
    assert _places(page) == ["the", "photo", "synthesis", "of", "plants"]


def test_a_hyphen_that_belongs_to_a_word_stays() -> None:
    """A compound that the page has with a hyphen elsewhere keeps it at a line end."""
    page = compose(1, recognised(a_line("a well-known plant is a well-", 100), a_line("known sight", 140)))

    assert page.text == "a well-known plant is a well-known sight"


def test_a_sentence_goes_on_in_the_next_column() -> None:
    """What a column's end cuts within a sentence is one paragraph."""
    left = a_line("the leaves of plants are green because they", 900, block=1)
    right = a_line("reflect green light.", 100, block=2)

    page = compose(1, recognised(left, right))

    assert page.text == "the leaves of plants are green because they reflect green light."


def test_paragraphs_are_kept_apart() -> None:
    """A sentence's end and a capital letter part two paragraphs."""
    page = compose(1, recognised(*_body(block=1), *_body(700, block=2)))

    assert page.text == " ".join(BODY) + "\n\n" + " ".join(BODY)


def test_large_letters_are_headings() -> None:
    """Larger type makes a heading, and the larger it is the higher; a sentence in large type is none."""
    title = a_line("How Plants Live", 100, size=60)
    part = a_line("Food from light", 200, block=2, size=42)
    small = a_line("Their leaves", 300, block=3, size=36)
    cry = a_line("This is said loudly.", 350, block=4, size=42)

    page = compose(1, recognised(title, part, small, cry, *_body()))

    assert [(one.level, one.title) for one in page.headings] == [
        (1, "How Plants Live"),
        (2, "Food from light"),
        (3, "Their leaves"),
    ]


def test_a_heading_is_cut_off_its_paragraph() -> None:
    """A line in much larger type begins something new, even where the recogniser saw one paragraph."""
    page = compose(1, recognised(a_line("Food from light", 340, block=5, size=50), *_body()))

    assert [one.title for one in page.headings] == ["Food from light"]
    assert page.text == "Food from light\n\n" + " ".join(BODY)


def test_a_short_line_alone_over_a_paragraph_is_a_heading() -> None:
    """A name in the usual type with air above and a paragraph below is a heading of the lowest level."""
    name = a_line("Food from light", 620, block=6)

    page = compose(1, recognised(*_body(), name, *_body(700, block=7)))

    assert [(one.level, one.title) for one in page.headings] == [(3, "Food from light")]


def test_a_short_line_amid_a_sentence_is_no_heading() -> None:
    """Neither a line that the text before leads to, nor one without air above, is a heading."""
    leading = _body()
    leading[-1] = a_line("where chlorophyll takes up light, said Mr", 520, block=5)
    near = a_line("Food from light", 560, block=6)

    led = compose(1, recognised(*leading, a_line("Food from light", 620, block=6), *_body(700, block=7)))
    close = compose(1, recognised(*_body(), near, *_body(700, block=7)))

    assert led.headings == ()
    assert close.headings == ()


def test_a_few_lines_have_no_headings() -> None:
    """On a page of three lines nothing says which type is the usual one."""
    page = compose(1, recognised(a_line("Plants", 100, size=80), a_line("are green", 200, block=2)))

    assert page.headings == ()


def test_bullets_make_a_list() -> None:
    """Items that follow each other are one list, whatever their bullets were taken for."""
    items = [
        a_line("© Plants are green", 100, paragraph=1),
        a_line("¢ They make food", 140, paragraph=1),
        a_line("and oxygen too", 180, paragraph=1),
    ]

    page = compose(1, recognised(*items, a_line("The end.", 300, block=2)))

    assert page.text == "• Plants are green\n• They make food and oxygen too\n\nThe end."
    (part,) = page.parts
    assert part.kind is PartKind.LIST
    said = [page.text[row[0].start : row[0].end] for row in part.rows]
    assert said == ["Plants are green", "They make food and oxygen too"]
    assert _places(page)[:3] == ["Plants", "are", "green"]
    assert _places(page)[-2:] == ["The", "end."]


def test_a_dash_before_a_sentence_is_no_list() -> None:
    """One line with a mark before it stays as it is."""
    page = compose(1, recognised(a_line("— Said she to him.", 100)))

    assert page.text == "— Said she to him."
    assert page.parts == ()


def test_specks_are_no_text() -> None:
    """Lines without letters, and those that nobody can be sure of, are left out."""
    page = compose(1, recognised(a_line("~ . - |", 60), a_line("xqj vvk", 80, block=2, sure=0.1), *_body()))

    assert page.text == " ".join(BODY)


def test_chinese_lines_have_no_blank_between() -> None:
    """Scripts without blanks are joined without."""
    page = compose(1, recognised(a_line("植物 制造", 100), a_line("食物", 140)))

    assert page.text == "植物制造食物"


def test_a_page_without_words_is_empty() -> None:
    """Where nothing was recognised, there is no text."""
    page = compose(3, recognised(confidence=0.0))

    assert page.text == ""
    assert page.boxes == ()
