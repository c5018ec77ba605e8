"""Once all pages are recognised, running heads go, and pages that need a look are named."""

from dataclasses import replace

from domain.documents import Page
from ingest.recognition.layout import compose
from ingest.recognition.settling import LOW_CONFIDENCE, settle
from tests.unit.ingest.recognition.lines import a_line, recognised

BODIES = (
    "Plants make their own food from light.",
    "Water goes round from the sea to the land.",
    "Stars are far away and very large indeed.",
)


def _page(number: int, *texts: str, confidence: float = 0.95) -> Page:
    lines = [a_line(text, 100.0 * row, block=row) for row, text in enumerate(texts)]
    return compose(number, recognised(*lines, confidence=confidence))


def test_running_heads_go() -> None:
    """What stands at the edge of near pages too, misread or not, is taken out and told."""
    heads = ("THE LIFE OF PLANTS 12", "THE LIFE 0F PLAMTS 13", "THE LIFE OF PLANTS 14")
    pages = [_page(12 + row, head, BODIES[row], f"- {12 + row} -") for row, head in enumerate(heads)]

    settled = settle(pages[::-1], [12, 13, 14])

    assert [page.text for page in settled.pages] == list(BODIES)
    assert settled.problems == ()
    (dropped,) = settled.dropped
    assert (dropped.code, dropped.count, dropped.example) == ("running_line", 6, "THE LIFE OF PLANTS 12")


def test_heads_that_count_up_with_the_pages_go() -> None:
    """A head that stands once is one where its number goes on from page to page; a large heading stays."""
    first = _page(1, "VARIABLES 8", BODIES[0])
    second = _page(2, "INTRODUCTION TO MATHEMATICS 9", BODIES[1])
    title = a_line("Chapter 10", 40, block=1, size=60)
    body = [a_line("Stars are far away and very large", 200.0 + 40 * row, block=3) for row in range(4)]
    third = compose(3, recognised(title, *body))

    settled = settle([first, second, third], [1, 2, 3])

    assert [page.text.split("\n\n")[0] for page in settled.pages] == [BODIES[0], BODIES[1], "Chapter 10"]


def test_places_move_with_the_text() -> None:
    """Once a head is cut, headings and words are still where they say."""
    pages = [_page(1, "LIFE OF PLANTS 1", BODIES[0]), _page(2, "LIFE OF PLANTS 2", BODIES[1])]
    pages[1] = compose(
        2,
        recognised(
            a_line("LIFE OF PLANTS 2", 40, block=1),
            a_line("On Water", 120, block=2, size=60),
            *(a_line("Water goes round from the sea to land", 200.0 + 40 * row, block=3) for row in range(4)),
            a_line("• one thing", 500, block=4),
            a_line("• another thing", 540, block=4),
        ),
    )

    _, page = settle(pages, [1, 2]).pages

    (heading,) = page.headings
    assert page.text[heading.at.start : heading.at.end] == heading.title == "On Water"
    assert [page.text[word.at.start : word.at.end] for word in page.boxes][:4] == ["On", "Water", "Water", "goes"]
    assert page.text[page.parts[0].at.start : page.parts[0].at.end] == "• one thing\n• another thing"


def test_what_stands_once_stays() -> None:
    """First lines that differ are text."""
    pages = [_page(1, "Chapter one: plants", BODIES[0]), _page(2, "Something quite different", BODIES[1])]

    settled = settle(pages, [1, 2])

    assert settled.pages == tuple(pages)
    assert settled.dropped == ()


def test_a_head_of_far_pages_is_text() -> None:
    """The same line a hundred pages on is no running head."""
    pages = [_page(1, "Exercises", BODIES[0]), _page(101, "Exercises", BODIES[1])]

    settled = settle(pages, [1, 101])

    assert settled.pages == tuple(pages)


def test_a_page_of_running_lines_alone_keeps_one() -> None:
    """A page is never emptied by taking heads out."""
    pages = [_page(1, "FORM A", "FORM B"), _page(2, "FORM A", "FORM B")]

    settled = settle(pages, [1, 2])

    assert all(page.text for page in settled.pages)


def test_unsure_pages_are_named() -> None:
    """A page below the threshold is to be checked, one at the threshold is not."""
    pages = [_page(1, BODIES[0], confidence=LOW_CONFIDENCE), _page(2, BODIES[1], confidence=LOW_CONFIDENCE - 0.01)]

    settled = settle(pages, [1, 2])

    (problem,) = settled.problems
    assert (problem.page, problem.code) == (2, "low_confidence")
    assert "Check its text against its picture" in problem.message


def test_lost_and_wordless_pages_are_named() -> None:
    """A page that failed and a page without words are told apart; neither is a page of the reading."""
    empty = replace(_page(2, BODIES[0]), text="", boxes=(), confidence=None)

    settled = settle([empty], [1, 2])

    assert [(problem.page, problem.code) for problem in settled.problems] == [(1, "page_failed"), (2, "no_text")]
    assert settled.pages == ()
