"""A student's whole way with script off, and uploading with it on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.people import Role
from tests.accessibility.conftest import Site

NOTE = "# Wind\n\n" + "Wind is air that moves. Air moves from high pressure to low pressure. " * 40


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_a_student_studies_with_script_off(site: Site, plain: Page) -> None:
    """Through the door, into a reading, over every tab, from a sentence to its source and back, and out again."""
    plain.goto(site.url)
    plain.get_by_role("button", name="Student Read").click()
    plain.get_by_role("link", name=site.house.reading.title).first.click()

    tabs = plain.get_by_role("navigation", name="Ways to study")
    tabs.get_by_role("link", name="Summary").click()
    plain.locator(".source").first.click()
    expect(plain.locator("mark#source")).to_be_visible()
    plain.get_by_role("link", name="Back to summary").click()
    tabs.get_by_role("link", name="Cards").click()
    plain.locator(".card summary").first.click()
    expect(plain.locator(".card .source").first).to_be_visible()
    tabs.get_by_role("link", name="Map").click()
    expect(plain.locator(".map svg")).to_be_visible()
    tabs.get_by_role("link", name="Quiz").click()
    plain.get_by_role("button", name="Give me a hint for question 1", exact=True).click()
    asked = plain.get_by_role("listitem").filter(has_text="Question 1:")
    expect(asked.get_by_text("Hint 1 of")).to_be_visible()
    tabs.get_by_role("link", name="Ask").click()
    plain.get_by_label("What would you like to know").fill("What does chlorophyll do?")
    plain.get_by_role("button", name="Ask the reading").click()
    expect(plain.get_by_text("What the reading says")).to_be_visible()

    plain.get_by_role("button", name="Sign out").click()
    expect(plain.get_by_role("button", name="Student Read")).to_be_visible()


@pytest.mark.parametrize("kind", ["plain", "scripted"])
def test_asking_nothing_says_what_to_do(site: Site, kind: str, request: pytest.FixtureRequest) -> None:
    """The button without a question shows a sentence beside the field, where it can be seen."""
    page: Page = request.getfixturevalue(kind)
    site.sign_in(page.context, Role.STUDENT)
    page.goto(site.url + site.house.url("ask"))

    page.get_by_role("button", name="Ask the reading").click()

    expect(page.get_by_text("Write a question first.")).to_be_in_viewport()
    expect(page.get_by_label("What would you like to know")).to_be_focused()


@pytest.mark.parametrize("kind", ["plain", "scripted"])
def test_files_are_added(site: Site, kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Choosing a file and pressing the button puts the reading on the shelf, with script and without."""
    page: Page = request.getfixturevalue(kind)
    file = tmp_path / f"wind-{kind}.md"
    file.write_text(NOTE.replace("Wind", f"Wind {kind}", 1))
    site.sign_in(page.context, Role.TEACHER)
    page.goto(site.url)

    page.set_input_files("#files", file)
    page.get_by_role("button", name="Add").click()

    expect(page.get_by_role("link", name=f"Wind {kind}", exact=True)).to_be_visible()


def test_a_file_over_the_limit_is_said_before_it_is_sent(site: Site, scripted: Page, tmp_path: Path) -> None:
    """With script the page says which file is too large, and sends nothing."""
    file = tmp_path / "large.txt"
    file.write_bytes(b"word " * 300_000)
    site.sign_in(scripted.context, Role.STUDENT)
    scripted.goto(site.url)

    scripted.set_input_files("#files", file)
    scripted.get_by_role("button", name="Add").click()

    expect(scripted.get_by_text("Too large: large.txt")).to_be_visible()


def test_a_dropped_file_is_sent(site: Site, scripted: Page) -> None:
    """Dropping a file on the box adds it."""
    site.sign_in(scripted.context, Role.TEACHER)
    scripted.goto(site.url)
    dropped = scripted.evaluate_handle(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.md", { type: "text/markdown" }));
            return data;
        }""",
        NOTE.replace("Wind", "Dropped wind", 1),
    )

    scripted.dispatch_event("form.upload", "drop", {"dataTransfer": dropped})

    expect(scripted.get_by_role("link", name="Dropped wind", exact=True)).to_be_visible()
