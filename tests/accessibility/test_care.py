"""The counsellor's desk and the on-call pages in a real browser: axe, 320 pixels, the dark, large enough targets."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from domain.care import Severity, Worry
from domain.errors import Conflict
from domain.ids import NoticeId, new_id
from domain.notices import Channel, Duty
from domain.people import Person, Role
from domain.scope import EVERYTHING
from safety.on_call import ContactWish
from tests.accessibility.conftest import Site
from tests.accessibility.test_office import look

_PAGES = [
    "/cases?show=open",
    "/cases?show=drills",
    "case",
    "closed",
    "/cases/notices",
    "/cases/rules",
    "/on-call",
    "contact",
    "/on-call/drill",
]
_LONG = "Donaudampfschifffahrtsgesellschaftskapitaensmuetze"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def _somebody(site: Site, name: str) -> Person:
    me = site.house.newcomer(name=name).client.get("/api/v1/me").json()["id"]
    with site.house.store(EVERYTHING) as work:
        found = work.people.find_person(me)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def addresses(site: Site) -> dict[str, str]:
    """Leave a late case with long words, a closed one, an undelivered notice, a contact and a drill."""
    house, services = site.house, site.house.services
    counsellor = house.person(Role.COUNSELLOR)
    services.on_call.save(
        counsellor, ContactWish(1, Duty.OUT_OF_HOURS, name=_LONG, email=f"{_LONG.lower()}@call.example")
    )
    contact = services.on_call.standing(counsellor).contacts[0]
    worry = Worry(Severity.HIGH, "self_harm", "conversation.means+time")
    closed, late = (
        services.cases.raise_flag(_somebody(site, f"{name} {_LONG}"), f"my {_LONG}", worry, entry="quiz")
        for name in ("Clara", "Lotte")
    )
    house.browser(Role.COUNSELLOR).send(f"/cases/{closed.id}/close", {"note": "A song.", "ending": "false_alarm"})
    with house.store(EVERYTHING) as work:
        first = work.notices.list_for(late.id)[0]
        tried = replace(first, id=NoticeId(new_id()), key=new_id(), failure="refused", attempts=3, delivered_at=None)
        work.notices.add(replace(tried, channel=Channel.EMAIL, address=contact.email))
        work.care.save(replace(late, due_at=late.due_at.replace(year=2025)))
        work.commit()
    try:
        services.cases.drill(counsellor)
    except Conflict:
        services.drills.end(counsellor)
    return {"case": f"/cases/{late.id}", "closed": f"/cases/{closed.id}", "contact": f"/on-call/{contact.id}"}


@pytest.mark.parametrize("name", _PAGES)
def test_a_page_of_care_is_for_everybody(site: Site, page: Page, addresses: dict[str, str], name: str) -> None:
    """In light and dark, narrow and wide, in both directions, nothing stands in anybody's way."""
    site.sign_in(page.context, Role.COUNSELLOR)
    page.goto(site.url + addresses.get(name, name))

    look(page)
