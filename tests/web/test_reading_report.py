"""The page that says what became of a reading's file."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.documents import Document, DocumentStatus, Dropped, Page, PageProblem, Part, PartKind, Range
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import House
from tests.readings import a_redacted, save_reading


@pytest.fixture(scope="module")
def reading(house: House) -> Iterator[Document]:
    """A reading of the teacher's in which much happened."""
    teacher = house.person(Role.TEACHER)
    texts = ["Plants make sugar.", "Roots drink.", "Blurred."]
    document = save_reading(
        house.store,
        texts,
        id="a" * 32,
        school_id=teacher.school_id,
        owner_id=teacher.id,
        class_id=teacher.class_ids[0],
        status=DocumentStatus.READY,
        title="Green plants",
        page_count=3,
        language="en",
        reading_level=6.3,
        version=2,
        source_url="https://plants.example/green",
        dropped=(Dropped("running_line", 3, "Chapter 1"), Dropped("some_new_thing", 1)),
        page_problems=(PageProblem(2, "page_failed", "Page 2 is damaged and could not be read."),),
        stage_seconds={"parse": 0.2, "embed": 61.0},
    )
    redacted = a_redacted(document, texts)
    pages = (
        Page(1, texts[0], parts=(Part(PartKind.TABLE, Range(0, 6)),)),
        Page(2, texts[1], hidden=("unseen",)),
        Page(3, texts[2], confidence=0.3, has_orders=True),
    )
    with house.store(EVERYTHING) as work:
        work.readings.save_pages(replace(redacted, parsed=replace(redacted.parsed, pages=pages)))
        work.commit()
    yield document
    with house.store(EVERYTHING) as work:
        work.documents.delete(document.id)
        work.commit()


def test_the_page_says_what_was_found_left_out_and_failed(house: House, reading: Document) -> None:
    """A teacher reads counts, pages to look at, what was left out, and how long it took, in plain words."""
    page = house.browser(Role.TEACHER).open(f"/readings/{reading.id}/about").text

    said = " ".join(page.split())
    for words in (
        "About this reading",
        "<dd>English</dd>",
        "about school year 6",
        "1 table",
        "file number 2",
        "https://plants.example/green",
        "Page 2 is damaged and could not be read.",
        "running heads and feet): 3",
        "For example: “Chapter 1”",
        "Some new thing: 1",
        "Check it against the picture",
        "Words that nobody sees stand in the file on",
        "Words that read like orders to a machine stand on",
        "less than a second",
        "61 seconds",
    ):
        assert words in said, words


def test_the_same_for_programs(house: House, reading: Document) -> None:
    """The report as JSON holds the same facts under lasting names."""
    report = house.browser(Role.TEACHER).client.get(f"/api/v1/documents/{reading.id}/report").json()

    assert (report["pages"], report["words"], report["parts"]) == (3, 6, {"table": 1})
    assert (report["recognised_pages"], report["doubtful_pages"]) == ([3], [3])
    assert report["dropped"][0] == {"code": "running_line", "count": 3, "example": "Chapter 1"}
    assert report["document"]["id"] == reading.id


def test_to_students_there_is_none(house: House, reading: Document) -> None:
    """A student of the class who did not add the reading finds nothing at either address."""
    browser = house.browser(Role.STUDENT)

    answers = [browser.open(url) for url in (f"/readings/{reading.id}/about", f"/api/v1/documents/{reading.id}/report")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_reading_without_trouble_says_so(house: House) -> None:
    """Where every page could be read, nothing is there to look at."""
    page = house.browser(Role.TEACHER).open(f"/readings/{house.reading.id}/about").text

    assert "Every page could be read." in page
