"""Browsers of the house's people where the web is as a test says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from api.security import SESSION_COOKIE
from domain.errors import Transient
from domain.people import Role
from domain.ports import FetchedPage, PageFetcher
from ingest.ways_in import WaysIn
from margent.app import create_app
from tests.faces import Browser, House


@dataclass(frozen=True)
class KnownPages:
    """A web of a few pages, by their addresses; anything else is out of reach."""

    pages: Mapping[str, bytes] = field(default_factory=dict)

    def fetch(self, url: str, *, limit: int) -> FetchedPage:
        """Give a page that is known."""
        if url not in self.pages or len(self.pages[url]) > limit:
            raise Transient("There is no connection to the web now. Save the page.", code="no_connection")
        return FetchedPage(url, "page.html", self.pages[url])


def browser_on(house: House, fetcher: PageFetcher | None, role: Role = Role.STUDENT) -> Browser:
    """Open a browser for somebody new in a house whose web is this."""
    services = house.services
    ways_in = WaysIn(services.documents, services.limits, gate=services.gate, fetcher=fetcher)
    known = house.newcomer(role)
    browser = Browser(create_app(replace(services, ways_in=ways_in)))
    browser.client.cookies.set(SESSION_COOKIE, known.client.cookies[SESSION_COOKIE])
    browser.token = known.token
    return browser
