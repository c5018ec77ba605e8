"""Progress as a person sees it: live with script, by reloading without."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from domain.documents import Document, DocumentStatus
from domain.ids import DocumentId, new_id
from domain.people import Role
from domain.scope import EVERYTHING
from tests.accessibility.conftest import Site


@pytest.fixture
def queued(site: Site) -> Iterator[Document]:
    """A reading of the student's that waits for its turn."""
    document = replace(
        site.house.reading,
        id=DocumentId(new_id()),
        owner_id=site.house.person(Role.STUDENT).id,
        class_id=None,
        title="A reading on its way",
        status=DocumentStatus.QUEUED,
    )
    keep(site, document)
    yield document
    with site.house.store(EVERYTHING) as work:
        work.documents.delete(document.id)
        work.commit()


def keep(site: Site, document: Document) -> None:
    with site.house.store(EVERYTHING) as work:
        work.documents.save(document)
        work.commit()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context()
    site.sign_in(context, Role.STUDENT)
    yield context.new_page()
    context.close()


def test_the_shelf_follows_a_reading_without_a_reload_by_hand(site: Site, page: Page, queued: Document) -> None:
    """The line changes as the reading goes on; as soon as it can be read its title is a link."""
    page.goto(site.url)
    item = page.locator(f"#r{queued.id}")
    expect(item).to_contain_text("It starts by itself when its turn comes.")
    expect(item.get_by_role("link")).to_have_count(0)

    keep(site, replace(queued, status=DocumentStatus.SEARCHABLE))
    expect(item.get_by_role("link", name=queued.title)).to_be_visible()
    expect(item).to_contain_text("You can read and search it.")

    keep(site, replace(queued, status=DocumentStatus.FAILED, problem="Page 3 broke off."))
    expect(item).to_contain_text("Page 3 broke off.")
    expect(item.get_by_role("button", name="Try again")).to_be_visible()


def test_a_page_that_answers_a_form_sends_it_once(site: Site, page: Page, queued: Document) -> None:
    """However a reading on it gets on, and when the person loads the page anew."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(site.url)
    leaf = FilePayload(name="leaf.txt", mimeType="text/plain", buffer=b"Leaves take in light.")
    empty = FilePayload(name="empty.txt", mimeType="text/plain", buffer=b"")
    page.get_by_label("Files", exact=True).set_input_files([leaf, empty])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".note.bad")).to_contain_text("This file is empty.")

    keep(site, replace(queued, status=DocumentStatus.FAILED, problem="This PDF is damaged."))
    expect(page.locator(f"#r{queued.id}")).to_contain_text("This PDF is damaged.")
    expect(page.locator(".note.bad")).to_be_visible()
    page.reload()
    expect(page.locator(f"#r{queued.id}")).to_contain_text("This PDF is damaged.")

    assert sent == [f"{site.url}/readings"]


def test_what_somebody_chose_opened_and_wrote_stays(site: Site, page: Page, queued: Document) -> None:
    """While the line of a reading follows it: its badge as well as its sentence, and what can be done with it."""
    page.goto(site.url)
    page.get_by_label("Files", exact=True).set_input_files(
        {"name": "leaf.txt", "mimeType": "text/plain", "buffer": b"Leaves."}
    )
    page.get_by_text("Paste notes").click()
    page.get_by_label("Notes", exact=True).fill("Half a note")
    page.get_by_role("heading", level=1).click()

    keep(site, replace(queued, status=DocumentStatus.FAILED, problem="This PDF is damaged."))

    item = page.locator(f"#r{queued.id}")
    expect(item.locator(".badge")).to_have_text("Not read")
    expect(item.get_by_role("button", name="Stop")).to_have_count(0)
    expect(page.get_by_label("Notes", exact=True)).to_be_visible()
    expect(page.get_by_label("Notes", exact=True)).to_have_value("Half a note")
    assert page.get_by_label("Files", exact=True).evaluate("field => field.files.length") == 1


def test_more_readings_than_a_browser_has_lines_are_followed(site: Site, page: Page, queued: Document) -> None:
    """The last of ten that wait is put anew, and pages open meanwhile."""
    many = [replace(queued, id=DocumentId(new_id()), title=f"Reading {number}") for number in range(10)]
    for one in many:
        keep(site, one)
    page.goto(site.url)
    for one in many:
        keep(site, replace(one, status=DocumentStatus.CANCELLED))

    expect(page.locator(".badge.cancelled")).to_have_count(10)
    with site.house.store(EVERYTHING) as work:
        for one in many:
            work.documents.delete(one.id)
        work.commit()


def test_a_reading_that_goes_away_leaves_the_shelf(site: Site, page: Page, queued: Document) -> None:
    """When a reading is deleted elsewhere, its line goes."""
    page.goto(site.url)
    expect(page.locator(f"#r{queued.id}")).to_be_visible()

    with site.house.store(EVERYTHING) as work:
        work.documents.delete(queued.id)
        work.commit()

    expect(page.locator(f"#r{queued.id}")).to_have_count(0)


def test_the_study_page_says_that_more_is_coming(site: Site, page: Page, queued: Document) -> None:
    """A reading can be opened before its aids are there; who reads is not interrupted."""
    keep(site, replace(queued, status=DocumentStatus.SEARCHABLE))
    page.goto(f"{site.url}/readings/{queued.id}?view=ask")
    sentence = page.locator("[data-sentence]")
    expect(sentence).to_contain_text("Study aids are next.")
    page.get_by_label("What would you like to know").fill("Half a question")

    keep(site, replace(queued, status=DocumentStatus.READY))

    expect(sentence).to_contain_text("The study aids that could be made are there.")
    expect(page.get_by_label("What would you like to know")).to_have_value("Half a question")


def test_without_script_the_page_reloads_itself(site: Site, chromium: Browser, queued: Document) -> None:
    """The shelf asks the browser to come back while something is on its way, and not for longer."""
    context = chromium.new_context(java_script_enabled=False)
    site.sign_in(context, Role.STUDENT)
    page = context.new_page()

    page.goto(site.url)
    moving = page.content()
    keep(site, replace(queued, status=DocumentStatus.CANCELLED))
    page.goto(site.url)
    still = page.content()
    context.close()

    assert 'http-equiv="refresh"' in moving
    assert 'http-equiv="refresh"' not in still
    assert "Stopped" in still
