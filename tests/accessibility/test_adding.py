"""The boxes that readings are added, replaced and looked for with, all of them open, in a real browser."""

from collections.abc import Iterator

import pytest

# the package ships no types
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from api.security import SESSION_COOKIE
from tests.accessibility.conftest import Site

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true })"


@pytest.fixture
def page(site: Site, chromium: Browser) -> Iterator[Page]:
    """A browser of somebody with a reading of their own, that has a long name."""
    browser = site.house.newcomer()
    browser.send("/readings/notes", {"title": "Leaves" * 12, "notes": "# Of leaves\n\nGreen.\n\n# Of roots\n\nWhite."})
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    session = browser.client.cookies[SESSION_COOKIE]
    context.add_cookies([{"name": SESSION_COOKIE, "value": session, "url": site.url}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["/", "/search?q=leaves&document_id={own}"], ids=["library", "search"])
def test_every_box_is_for_everybody(site: Site, page: Page, address: str) -> None:
    """Axe finds no fault in light or dark, and nothing scrolls sideways at 320 pixels or 1,280."""
    own = page.request.get(f"{site.url}/api/v1/documents").json()[0]["document"]["id"]
    page.goto(site.url + address.format(own=own))
    page.evaluate(_OPEN)

    for scheme, width in (("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page, options=_RULES)
        assert found.violations_count == 0, (scheme, width, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (scheme, width)
