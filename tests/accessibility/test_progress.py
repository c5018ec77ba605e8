"""Progress as a person sees it: live with script, by reloading without."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

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

    expect(sentence).to_contain_text("All study aids are there.")
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
