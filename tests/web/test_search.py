"""Searching a part of what one sees: a class, a reading, a section."""

import re

import pytest

from domain.people import Role
from tests.faces import House


def test_a_search_keeps_to_a_reading_and_its_section(house: House) -> None:
    """The form shows what it keeps to, and offers the sections of the reading that was chosen."""
    browser, reading = house.browser(Role.STUDENT), house.reading

    everywhere = browser.open("/search?q=chlorophyll").text
    in_reading = browser.open(f"/search?q=chlorophyll&document_id={reading.id}").text
    section = house.unit.ordinal
    kept = f"document_id={reading.id}&section={section}&sections_of_id={reading.id}"
    in_section = browser.open(f"/search?q=plant&{kept}").text

    assert 'id="section"' not in everywhere
    assert f'<option value="{reading.id}" selected>' in in_reading
    assert f'<option value="{section}" selected>' in in_section
    led_to = {int(number) for number in re.findall(r'href="/readings/[^"]*section=(\d+)', in_section)}
    assert led_to
    assert led_to <= set(range(section, house.unit.last + 1))


def test_sections_of_another_reading_mean_none(house: House) -> None:
    """Whoever chooses another reading searches all of it, whatever section was chosen before."""
    browser, reading = house.browser(Role.STUDENT), house.reading

    page = browser.open(f"/search?q=chlorophyll&document_id={reading.id}&section=9999&sections_of_id={'0' * 32}")

    assert page.status_code == 200
    assert '<option value="9999"' not in page.text


def test_a_search_keeps_to_a_class(house: House) -> None:
    """One's own reading is of no class; nothing found says that the search was narrow."""
    browser = house.newcomer()
    browser.send("/readings/notes", {"title": "Mine", "notes": "Zebras are striped animals of the plains."})
    class_id = house.person(Role.STUDENT).class_ids[0]

    own = browser.open("/search?q=zebras").text
    of_class = browser.open(f"/search?q=zebras+stripedness&class_id={class_id}&document_id=").text

    assert re.search(r"<mark>\s*Zebras", own)
    assert "Zebras" not in of_class
    assert 'class="passage"' in browser.open(f"/search?q=chlorophyll&class_id={class_id}").text


def test_what_is_not_ones_own_is_not_there(house: House) -> None:
    """Classes, readings and sections that are none, or of others, end in the same page."""
    browser, reading = house.newcomer(), house.reading.id

    addresses = [
        "class_id=" + "f" * 32,
        "document_id=" + "f" * 32,
        f"document_id={reading}&section=9999&sections_of_id={reading}",
    ]
    statuses = {address: browser.open(f"/search?q=leaf&{address}").status_code for address in addresses}

    assert set(statuses.values()) == {404}, statuses
    assert browser.open("/search?q=leaf&section=x").status_code == 422


def test_the_api_takes_the_same_filters(house: House) -> None:
    """A section is one of a reading."""
    client, reading = house.browser(Role.STUDENT).client, house.reading.id

    within = client.get(f"/api/v1/search?q=plant&document_id={reading}&section={house.unit.ordinal}").json()
    without_reading = client.get("/api/v1/search?q=leaf&section=1")
    elsewhere = client.get("/api/v1/search?q=leaf&class_id=" + "f" * 32)

    sections = {passage["section"] for passage in within["passages"]}
    assert sections
    assert sections <= set(range(house.unit.ordinal, house.unit.last + 1))
    assert (without_reading.status_code, without_reading.json()["field"]) == (422, "section")
    assert elsewhere.status_code == 404


@pytest.mark.parametrize("query", ["xqzvbn", "flurbel grintz", "zzzzkkk"])
def test_nonsense_finds_nothing(house: House, query: str) -> None:
    """On the page and in the API."""
    browser = house.browser(Role.STUDENT)

    assert "Nothing found" in browser.open(f"/search?q={query}").text
    assert browser.client.get("/api/v1/search", params={"q": query}).json()["passages"] == []


def test_it_is_said_that_there_is_more(house: House) -> None:
    """Where more than a page holds is found, the page says so; the API does where more than was asked for is."""
    browser = house.newcomer()
    notes = "\n\n".join(f"# Part {number}\n\nOkapis eat leaf number {number}." for number in range(30))
    browser.send("/readings/notes", {"title": "Forests", "notes": notes})

    few = browser.client.get("/api/v1/search", params={"q": "okapis", "limit": 1}).json()
    all_of_them = browser.client.get("/api/v1/search", params={"q": "okapis", "limit": 100}).json()

    assert "20 and more places found" in browser.open("/search?q=okapis").text
    assert (len(few["passages"]), few["has_more"], all_of_them["has_more"]) == (1, True, False)
