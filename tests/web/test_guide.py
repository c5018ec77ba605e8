"""The guide, and explaining differently."""

import pytest

from domain.material import Kind
from domain.people import Role
from tests.faces import House


def test_the_guide_shows_questions_and_words_with_sources(house: House) -> None:
    """Key questions open to their answers, words have their sentences, each with its source."""
    page = house.browser(Role.STUDENT).open(house.url("guide")).text

    assert page.index("Can you answer these?") < page.index("Words to know") < page.index("What readers ask")
    assert "#source" in page
    assert all(unit.claim.citations[0].quote for unit in house.aid(Kind.STUDY_GUIDE).units)


def test_nothing_is_shown_twice_under_one_name(house: House) -> None:
    """Ids on the page are its own: each unit stands once."""
    page = house.browser(Role.STUDENT).open(house.url("guide")).text
    names = [part.split('"')[0] for part in page.split('<li id="')[1:]]

    assert len(names) == len(set(names))


def test_where_there_is_no_guide_it_says_so(house: House) -> None:
    """A part without study aids says why, and where they are."""
    chapter = next(
        section
        for section in house.services.documents.list_sections(house.person(Role.TEACHER), house.reading.id)
        if not section.is_unit
    )
    page = house.browser(Role.STUDENT).open(f"/readings/{house.reading.id}?view=guide&section={chapter.ordinal}").text

    assert 'class="empty wide"' in page


def test_something_is_explained_differently(house: House) -> None:
    """Sentences of the reading, each with what it does and where it stands."""
    answer = house.newcomer().send(f"/readings/{house.reading.id}/ask", {"question": "chlorophyll", "mode": "explain"})

    assert "In another way" in answer.text
    assert "What it means" in answer.text
    assert "#source" in answer.text


def test_what_the_reading_does_not_name_is_not_explained(house: House) -> None:
    """Nothing is invented for it."""
    answer = house.newcomer().send(f"/readings/{house.reading.id}/ask", {"question": "volcanoes", "mode": "explain"})

    assert "In another way" not in answer.text
    assert "says too little about that" in answer.text


def test_words_of_danger_are_heard_before_anything_is_explained(house: House) -> None:
    """They get support, and no machine's answer."""
    browser = house.newcomer()

    page = browser.send(f"/readings/{house.reading.id}/ask", {"question": "i want to kill myself", "mode": "explain"})

    assert 'class="calm"' in page.text
    assert "In another way" not in page.text


@pytest.mark.parametrize("subject", ["chlorophyll", "volcanoes"])
def test_the_api_explains_in_cited_sentences(house: House, subject: str) -> None:
    """Served with citations, or refused with a reason."""
    browser = house.newcomer()
    answer = browser.client.post(f"/api/v1/documents/{house.reading.id}/explain", json={"subject": subject})

    body = answer.json()
    assert answer.status_code == 200
    assert body["outcome"] == ("served" if subject == "chlorophyll" else "refused")
    assert all(unit["claim"]["citations"] for unit in body.get("artifact", {"units": []})["units"])
