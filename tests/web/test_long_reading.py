"""A long reading without study aids: turning pages, finding sections, and being told that nothing could be made."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.documents import (
    Document,
    DocumentStatus,
    Heading,
    Page,
    PageProblem,
    ParsedDocument,
    Position,
    Range,
    RedactedDocument,
    Section,
)
from domain.ids import DocumentId, new_id
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import House

PAGES = 60
TEXT = "Chapter two\n\n" + "A line of the book. " * 100


@pytest.fixture
def book(house: House) -> Iterator[Document]:
    """A book of the teacher's with three chapters, the second over nearly all of its pages, and no words indexed."""
    document_id = DocumentId(new_id())
    document = replace(
        house.reading,
        id=document_id,
        title="A long book",
        owner_id=house.person(Role.TEACHER).id,
        page_count=PAGES,
        page_problems=(PageProblem(3, "needs_ocr", "Page 3 is a picture."),),
    )
    pages = tuple(Page(n, TEXT, (Heading(1, "Chapter two", Range(0, 11)),)) for n in range(1, PAGES + 1))

    def section(ordinal: int, last: int, title: str, at: tuple[Position, Position]) -> Section:
        return Section(document_id, ordinal, last, 1, title, (title,), *at, is_unit=ordinal == 1)

    end = Position(PAGES, len(TEXT))
    sections = (
        section(0, 2, "The book", (Position(1, 0), end)),
        section(1, 1, "Chapter two", (Position(1, 0), Position(PAGES, 50))),
        section(2, 2, "Chapter three", (Position(PAGES, 50), end)),
    )
    with house.store(EVERYTHING) as work:
        work.documents.save(document)
        work.readings.save_pages(
            RedactedDocument(ParsedDocument(document_id, document.title, "en", pages, sections), ())
        )
        work.commit()
    yield document
    with house.store(EVERYTHING) as work:
        work.documents.delete(document_id)
        work.commit()


def test_a_long_section_is_read_some_pages_at_a_time(house: House, book: Document) -> None:
    """A part of it shows with the way on and, from the middle, the way back; the end leads to the next section."""
    browser, url = house.browser(Role.STUDENT), f"/readings/{book.id}?view=read&section=1"

    first, middle, last = (browser.open(f"{url}{page}").text for page in ("", "&page=30", f"&page={PAGES}"))

    assert "Read on, page" in first
    assert "Pages before" not in first
    assert "Pages before" in middle
    assert "Read on, page" in middle
    assert ">Chapter three</a>" in last.split('aria-label="Read on"')[1]


def test_the_title_of_a_section_is_not_said_twice(house: House, book: Document) -> None:
    """Where the text begins with the section's heading, the heading above the text is enough."""
    page = house.browser(Role.STUDENT).open(f"/readings/{book.id}?view=read&section=1").text

    assert page.split('class="prose"')[1].split('class="page-no"')[1].count("Chapter two</h3>") == 0


def test_a_problem_with_a_page_stands_where_it_is_read(house: House, book: Document) -> None:
    """The reader learns that page 3 is missing when reading page 3, on both ways to it."""
    browser = house.browser(Role.STUDENT)

    assert "Page 3 is a picture." in browser.open(f"/readings/{book.id}?view=read&section=1").text
    assert "Page 3 is a picture." in browser.open(f"/readings/{book.id}/pages/3").text
    assert "Page 3 is a picture." in browser.open("/").text
    assert "Page 3 is a picture." not in browser.open(f"/readings/{book.id}?view=read&section=1&page=30").text


def test_the_way_names_the_sections_around(house: House, book: Document) -> None:
    """From a chapter the book's own section is a step away."""
    crumbs = house.browser(Role.STUDENT).open(f"/readings/{book.id}?view=read&section=2").text.split("</ol>")[0]

    assert "The book</a>" in crumbs


def test_what_is_not_there_yet_can_be_made_by_the_teacher_alone(house: House, book: Document) -> None:
    """An empty tab offers the teacher to have it tried again; a student is told why it is empty."""
    url = f"/readings/{book.id}?view=quiz&section=1"

    student = house.browser(Role.STUDENT).open(url).text

    assert "Try again" in house.browser(Role.TEACHER).open(url).text
    assert "Nothing of this kind could be made of this section. There are no words here" in student
    assert "Try again" not in student


def test_a_missing_aid_sends_nobody_in_a_circle(house: House, book: Document) -> None:
    """Where nothing was made of any part, no page says that study aids stand elsewhere."""
    with house.store(EVERYTHING) as work:
        work.documents.save(replace(book, language="de", aids_ready=True))
        work.commit()
    browser = house.browser(Role.STUDENT)

    quiz = browser.open(f"/readings/{book.id}?view=quiz&section=1").text
    summary = browser.open(f"/readings/{book.id}?view=summary").text

    assert "Nothing of this kind could be made of this section." in quiz
    assert "There is none for the whole reading. There are no words here" in summary
    assert "Study aids stand with these sections" not in summary


def test_where_nothing_honest_can_be_made_the_page_says_so(house: House, book: Document) -> None:
    """A refusal is a sentence on the study page, for aids and for easier versions."""
    teacher = house.browser(Role.TEACHER)
    fields = {"section": "1"}

    aid = teacher.send(f"/readings/{book.id}/make", fields | {"view": "summary"})
    easier = teacher.send(f"/readings/{book.id}/easier", fields)
    hint = teacher.send(f"/readings/{book.id}/ask", {"question": "What is a book?", "mode": "hint"})
    over_api = teacher.client.post(f"/api/v1/documents/{book.id}/aids", json={"kind": "quiz", "section": 1})

    assert 'class="note bad"' in aid.text
    assert 'class="note bad"' in easier.text
    assert "The reading does not say" in hint.text
    assert over_api.json()["outcome"] == "refused"


def test_a_quiz_that_is_gone_says_so(house: House, book: Document) -> None:
    """An old page's answer ends in a sentence."""
    answer = house.browser(Role.STUDENT).send(f"/readings/{book.id}/quiz", {"section": "1", "only": "0" * 32})

    assert answer.status_code == 404


def test_work_on_a_reading_can_be_stopped_and_started_again(house: House, book: Document) -> None:
    """Stop and try again lead back to the shelf, which says how the reading stands."""
    teacher = house.browser(Role.TEACHER)
    with house.store(EVERYTHING) as work:
        work.documents.save(replace(book, status=DocumentStatus.QUEUED))
        work.commit()

    stopped = teacher.send(f"/readings/{book.id}/cancel")
    shelf = teacher.open("/").text

    assert (stopped.status_code, stopped.headers["location"]) == (303, "/")
    assert "Start it again or delete it." in shelf
