"""Asking the reading."""

from domain.people import Role
from tests.faces import Browser, House


def ask(browser: Browser, house: House, question: str, **fields: str) -> str:
    answer = browser.send(f"/readings/{house.reading.id}/ask", {"question": question, "mode": "answer"} | fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_an_answer_is_made_of_cited_sentences(house: House) -> None:
    """What the reading says stands with its sources, above the passages with the words marked."""
    page = ask(house.newcomer(), house, "What does chlorophyll do?")

    assert page.index("What the reading says") < page.index("Where it stands")
    assert "#source" in page
    assert "<mark>" in page


def test_what_the_reading_does_not_say_it_says_it_does_not(house: House) -> None:
    """A question about something else gets no invented answer."""
    page = ask(house.newcomer(), house, "Who won the football world cup in 1974?")

    assert "The reading does not say" in page
    assert "What the reading says" not in page


def test_an_empty_question_is_asked_for(house: House) -> None:
    """Nothing asked is a sentence, not an error page."""
    answer = house.newcomer().send(f"/readings/{house.reading.id}/ask", {"question": "  "})

    assert answer.status_code == 422
    assert answer.text.index("Ask the reading") > answer.text.index("Write a question first")
    assert 'aria-describedby="problem"' in answer.text


def test_markup_in_a_question_stays_text(house: House) -> None:
    """What somebody writes comes back as they wrote it, and runs nowhere."""
    page = ask(house.newcomer(), house, "<img src=x onerror=alert(1)> chlorophyll? {{ 7*7 }}")

    assert "<img" not in page
    assert "{{ 7*7 }}" in page


def test_a_hint_for_ones_own_question_climbs(house: House) -> None:
    """The hint mode gives the first hint, and the next one for the same question."""
    browser, question = house.newcomer(), "What does chlorophyll do in the leaf?"

    first = ask(browser, house, question, mode="hint")
    question_id = first.split('name="hint_for" value="')[1].split('"')[0]
    second = ask(browser, house, question, mode="hint", hint_for=question_id)

    assert "Hint 1 of" in first
    assert "Hint 2 of" in second
    assert "What the reading says" not in second


def test_words_of_danger_get_support_and_reach_the_counsellor(house: House) -> None:
    """Support comes first, no machine answers, the counsellor has a case, and the student can go on."""
    browser = house.newcomer()

    for mode in ("answer", "hint"):
        page = ask(browser, house, "i want to kill myself", mode=mode)
        assert page.index('class="calm"') < page.index('aria-label="Ways to study"')
        assert "What the reading says" not in page
        assert "Hint 1" not in page

    counsellor = house.browser(Role.COUNSELLOR)
    assert "Nia New" in counsellor.open("/cases").text
    assert browser.open(house.url("summary")).status_code == 200
