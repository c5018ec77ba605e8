"""The counsellor's pages."""

import re

from domain.people import Role
from tests.faces import Browser, House


def raise_case(house: House, name: str) -> str:
    """Have a new student write something worrying; give the address of the case."""
    house.newcomer(name=name).send(
        f"/readings/{house.reading.id}/ask", {"question": "i want to kill myself <b>now</b>", "mode": "answer"}
    )
    page = house.browser(Role.COUNSELLOR).open("/cases").text
    found: list[str] = re.findall(rf'href="(/cases/[0-9a-f]+)">{name}<', page)
    assert len(found) == 1, page
    return found[0]


def test_a_case_is_seen_taken_on_and_closed_with_a_note(house: House) -> None:
    """The counsellor reads the student's own words, takes the case on, and closes it with what was done."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, "Cleo Closed")

    page = counsellor.open(url).text
    assert "i want to kill myself &lt;b&gt;now&lt;/b&gt;" in page
    assert "Answer by" in page

    assert counsellor.send(f"{url}/acknowledge").headers["location"] == url
    assert "acknowledged" in counsellor.open(url).text

    assert counsellor.send(f"{url}/close", {"note": "Spoke with the family."}).headers["location"] == "/cases"
    closed = counsellor.open(url).text
    assert "Spoke with the family." in closed
    assert "Close the case" not in closed
    assert counsellor.send(f"{url}/acknowledge").status_code == 409


def test_a_case_shows_all_its_subjects_and_each_flag_its_own(house: House) -> None:
    """Another kind of danger that joins an open case is named in the list and on the case's page."""
    student, counsellor = house.newcomer(name="Sami Several"), house.browser(Role.COUNSELLOR)
    for words in ("i want to kill myself", "my dad hits me every night"):
        student.send(f"/readings/{house.reading.id}/ask", {"question": words, "mode": "answer"})

    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*>Sami Several<.*?</tr>", counsellor.open("/cases").text, re.DOTALL)
    url = re.findall(r'href="(/cases/[0-9a-f]+)"', row)[0]
    page = counsellor.open(url).text

    assert "suicide, abuse" in row
    assert "suicide, abuse" in page
    assert re.search(r", abuse, in a question to a reading</p>\s*<blockquote[^>]*>my dad hits me", page)


def test_a_case_is_not_closed_without_a_note(house: House) -> None:
    """The page stays and says what is missing."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, "Otto Open")

    answer = counsellor.send(f"{url}/close", {"note": " "})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_case_that_is_not_there(house: House) -> None:
    """An address with an unknown case is a page that says so."""
    counsellor = house.browser(Role.COUNSELLOR)

    assert counsellor.open("/cases/" + "0" * 32).status_code == 404
    assert counsellor.send("/cases/" + "0" * 32 + "/close", {"note": "x"}).status_code == 404


def test_the_counsellor_lets_the_student_know(house: House) -> None:
    """A checkbox says whether the student may see that there is a case; it is off at first and can be taken back."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, "Tom Told")
    assert not is_told(counsellor, url)

    counsellor.send(f"{url}/telling", {"is_told": "yes"})
    assert is_told(counsellor, url)
    assert "shown to the student by Cora Counsellor" in counsellor.open(url).text
    counsellor.send(f"{url}/telling")

    assert not is_told(counsellor, url)


def test_the_api_lets_the_student_know(house: House) -> None:
    """The same by the API."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = "/api/v1" + raise_case(house, "Tina Told")

    answer = counsellor.client.post(f"{url}/telling", json={"is_told": True})

    assert answer.json()["is_told"]
    assert counsellor.client.get(url).json()["is_told"]


def is_told(counsellor: Browser, url: str) -> bool:
    return 'name="is_told" value="yes" checked' in counsellor.open(url).text
