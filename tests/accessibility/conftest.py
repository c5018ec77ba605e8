"""The installation that tests share, served to a real browser."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from api.security import SESSION_COOKIE
from domain.people import Role
from margent.app import create_app
from tests.faces import House

CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@dataclass(frozen=True)
class Site:
    """The service at an address."""

    house: House
    url: str

    def sign_in(self, context: BrowserContext, role: Role) -> None:
        """Give a browser the session of the demo's person of a role."""
        token = self.house.services.accounts.sign_in_demo(role).token
        context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": self.url}])


@pytest.fixture(scope="session")
def site(house: House) -> Iterator[Site]:
    app = create_app(house.services)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(house, f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()
