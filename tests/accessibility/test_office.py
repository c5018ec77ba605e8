"""The office's pages in a real browser: axe finds nothing, 320 pixels are wide enough, targets are large enough."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn

# the package ships no types
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from api.security import SESSION_COOKIE
from domain.people import Role
from margent.app import create_app
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from tests.accessibility.conftest import Site
from tests.accessibility.test_pages import _RULES, _SMALL
from tests.conftest import MODELS

_PASSWORD = "four plain words here"
_TARGETS = _SMALL.replace("[type=radio]", "[type=radio], [type=checkbox]").replace(
    "textarea", "textarea, .check > label"
)
"""A box is reached by its label, which must be large enough."""

_PAGES = ["/school", "/school/people", "person", "/school/invitations", "/school/rules", "/account"]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def look(page: Page) -> None:
    """Find no fault in light and dark, narrow and wide, in both directions."""
    for scheme, direction, width in (("light", "ltr", 320), ("dark", "rtl", 320), ("dark", "ltr", 1280)):
        # the parametrized words are the literals that playwright names
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("(direction) => { document.documentElement.dir = direction }", direction)
        found = Axe().run(page, options=_RULES)
        assert found.violations_count == 0, (page.url, scheme, direction, width, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, scheme, direction, width)
        assert page.evaluate(_TARGETS) == [], (page.url, scheme, direction, width)


@pytest.mark.parametrize("address", _PAGES)
def test_an_office_page_is_for_everybody(site: Site, page: Page, address: str) -> None:
    """The administrator's pages and the account are usable by everybody."""
    session = site.house.newcomer(Role.ADMINISTRATOR, name="Olga Office").client.cookies[SESSION_COOKIE]
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": session, "url": site.url}])
    student = site.house.person(Role.STUDENT)

    page.goto(site.url + (f"/school/people/{student.id}" if address == "person" else address))

    look(page)


def test_a_school_is_set_up_by_hand(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    """From the printed address to a class's code: two buttons, six things to type, and every page for everybody."""
    folder = tmp_path_factory.mktemp("first")
    settings = Settings(profile="school", data_dir=folder / "data", models_dir=MODELS, threads=1)
    with closing(open_world(settings)) as world:
        services = build(world, runs_inline=True)
        server = uvicorn.Server(uvicorn.Config(create_app(services), port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

        page.goto(f"{url}/setup?code={services.setup.code()}")
        look(page)
        for field, words in (("school_name", "Goethe"), ("name", "Ada"), ("email", "ada@x.example")):
            page.fill(f"#{field}", words)
        page.select_option("#country", "DE")
        page.fill("#password", _PASSWORD)
        page.click("button.main")
        page.fill("#name", "8b")
        page.click("button.main")
        code = page.locator(".board .code").inner_text()

        assert len(code) == 9
        page.goto(f"{url}/school/invitations?role=teacher")
        page.get_by_role("button", name="Make the links").click()
        look(page)
        link = page.locator(".link").inner_text()
        page.context.clear_cookies()
        page.goto(link)
        look(page)
        assert page.get_by_role("heading", level=1).inner_text() == "Welcome"
        server.should_exit = True
        thread.join(10)
