"""Study sets: aids of several readings together, cards of one's own, and nobody else's business."""

import re

import pytest

from domain.material import Kind
from domain.people import Role
from tests.faces import Browser, House

CARDS = b"front,back\nWhat is chlorophyll?,the green pigment\nWhat is zinc?,a metal that nobody here speaks of\n"


def make(browser: Browser, house: House, kind: Kind = Kind.FLASHCARDS, **fields: str) -> str:
    """Make a set of the sample's unit and give its address."""
    wish = {"title": "For the test", "kind": kind.value, "document_id": house.reading.id}
    answer = browser.send("/study-sets", wish | {"section": str(house.unit.ordinal)} | fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.mark.parametrize("kind", [Kind.FLASHCARDS, Kind.SUMMARY, Kind.CONCEPT_MAP, Kind.STUDY_GUIDE, Kind.FAQ])
def test_a_set_shows_what_its_readings_bring(house: House, kind: Kind) -> None:
    """The units of the part that it takes up stand there with their sources."""
    browser = house.newcomer()

    page = browser.open(make(browser, house, kind)).text

    assert house.reading.title in page
    assert 'class="source"' in page
    assert len(re.findall(r'<li id="u', page)) == len(house.aid(kind).units)


def test_parts_are_put_in_once_and_left_out_again(house: House) -> None:
    """The whole reading comes beside the section; nothing of it is there twice."""
    browser = house.newcomer()
    url = make(browser, house)
    alone = browser.open(url).text

    browser.send(f"{url}/sources", {"document_id": house.reading.id})
    both = browser.open(url).text
    browser.send(f"{url}/sources/drop", {"document_id": house.reading.id})

    assert both.count("Leave it out") == 2
    names = re.findall(r'<li id="u(\w+)"', both)
    assert len(names) == len(set(names))
    assert browser.open(url).text.count('<li id="u') == alone.count('<li id="u')


def test_own_cards_are_looked_for_in_the_readings(house: House) -> None:
    """A card whose words stand there points at the place; another one says that it is its owner's own."""
    browser = house.newcomer()
    url = make(browser, house)

    sentence = house.aid(Kind.FLASHCARDS).units[0].claim.text
    browser.send(f"{url}/cards", {"front": "Complete the sentence.", "back": sentence})
    browser.send(f"{url}/cards", {"front": "What is zinc?", "back": "a metal"})
    page = browser.open(url).text.split("Your own cards")[1]

    assert page.count('class="source"') >= 1
    assert page.count("Your own words: they were not found") == 1


def test_cards_are_brought_along_from_a_table(house: House) -> None:
    """Every row becomes a card, once; what stands in the readings is counted."""
    browser = house.newcomer()
    url = make(browser, house)

    first = browser.send(f"{url}/brought", files={"cards.csv": CARDS})
    again = browser.send(f"{url}/brought", files={"cards.csv": CARDS})

    assert "2 cards were added" in first.text
    assert "0 cards were added" in again.text


@pytest.mark.parametrize("files", [{}, {"cards.apkg": b"this is no package"}])
def test_a_file_without_cards_is_refused_in_words(house: House, files: dict[str, bytes]) -> None:
    """It says what to do, and the set stays as it was."""
    browser = house.newcomer()

    answer = browser.send(f"{make(browser, house)}/brought", files=files)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_own_cards_go_and_the_set_too(house: House) -> None:
    """A card is taken out, a set deleted; both are gone."""
    browser = house.newcomer()
    url = make(browser, house)
    browser.send(f"{url}/cards", {"front": "Zinc?", "back": "A metal"})
    card = re.findall(r'<li id="u(\w+)"', browser.open(url).text)[-1]

    browser.send(f"{url}/cards/drop", {"card": card})
    without = browser.open(url).text
    browser.send(f"{url}/delete")

    assert "Zinc?" not in without
    assert browser.open(url).status_code == 404
    assert "You have no study sets yet" in browser.open("/study-sets").text


def test_nobody_else_sees_a_set(house: House) -> None:
    """Neither a classmate nor the teacher."""
    url = make(house.newcomer(), house)

    assert house.newcomer().open(url).status_code == 404
    assert house.browser(Role.TEACHER).open(url).status_code == 404


@pytest.mark.parametrize("fields", [{"title": " "}, {"kind": "poem"}, {"title": "x" * 121}])
def test_a_set_needs_a_name_and_a_kind(house: House, fields: dict[str, str]) -> None:
    """What is wrong is said over the form."""
    browser = house.newcomer()
    wish = {"title": "Mine", "kind": "flashcards", **fields}

    answer = browser.send("/study-sets", wish)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_reading_that_is_not_there_cannot_be_taken_up(house: House) -> None:
    """Its id tells nothing."""
    answer = house.newcomer().send("/study-sets", {"title": "Mine", "kind": "summary", "document_id": "0" * 32})

    assert answer.status_code == 404


def test_words_of_danger_on_a_card_reach_people(house: House) -> None:
    """A card is heard like anything else that a student writes, typed or brought along."""
    browser = house.newcomer()
    url = make(browser, house)

    typed = browser.send(f"{url}/cards", {"front": "me", "back": "i want to kill myself"})
    brought = browser.send(f"{url}/brought", files={"a.csv": b"front,back\nme,i want to kill myself\n"})

    assert 'class="calm"' in typed.text
    assert 'class="calm"' in brought.text
    assert "kill" not in browser.open(url).text


def test_a_set_is_taken_away_with_its_own_cards(house: House) -> None:
    """The table has the readings' cards and one's own; files with answers are a teacher's."""
    browser = house.newcomer()
    url = make(browser, house)
    browser.send(f"{url}/cards", {"front": "Zinc?", "back": "A metal"})

    table = browser.open(f"{url}/exports/cards.csv")

    assert "Zinc?" in table.text
    assert table.text.count("\r\n") == len(house.aid(Kind.FLASHCARDS).units) + 2
    assert browser.open(f"{url}/exports/map.svg").status_code == 404
    quiz = make(browser, house, Kind.QUIZ)
    assert browser.open(f"{quiz}/exports/quiz.json").status_code == 403
    assert "Answer them in their readings" in browser.open(quiz).text


def test_an_empty_set_has_no_file(house: House) -> None:
    """There is nothing to take away yet."""
    browser = house.newcomer()
    url = make(browser, house, document_id="")

    assert browser.open(f"{url}/exports/cards.csv").status_code == 404
    assert "Nothing is in it yet" in browser.open(url).text


def test_the_api_has_all_of_it(house: House) -> None:
    """Made, filled, shown, changed, taken away and deleted over JSON."""
    client = house.newcomer().client
    wish = {"title": "Mine", "kind": "flashcards", "sources": [{"document_id": house.reading.id}]}

    made = client.post("/api/v1/study-sets", json=wish).json()
    one = f"/api/v1/study-sets/{made['id']}"
    card = client.post(f"{one}/cards", json={"front": "Zinc?", "back": "A metal"}).json()["cards"][0]
    brought = client.post(f"{one}/brought", files={"file": ("cards.csv", CARDS)}).json()
    shown = client.get(one).json()
    section = {"document_id": house.reading.id, "section": house.unit.ordinal}
    grown = client.post(f"{one}/sources", json=section).json()
    shrunk = client.post(f"{one}/sources/drop", json=section).json()
    left = client.delete(f"{one}/cards/{card['id']}").json()

    assert brought["added"] == 2
    assert [part["is_there"] for part in shown["parts"]] == [True]
    assert shown["joined"]
    assert (len(grown["sources"]), len(shrunk["sources"]), len(left["cards"])) == (2, 1, 2)
    assert [one["id"] for one in client.get("/api/v1/study-sets").json()] == [made["id"]]
    assert client.get(f"{one}/exports/cards.csv").status_code == 200
    assert client.delete(f"{one}/cards/{card['id']}").status_code == 404
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404
