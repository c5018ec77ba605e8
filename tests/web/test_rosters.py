"""Pages of rosters."""

import pytest

from domain.people import Role
from tests.faces import Browser, House

LIST = b"name,class,email\nAda Roster,,ada.roster@x.example\n=Bob,,\n,,\n"


def made_class(teacher: Browser, name: str = "Class 6a") -> str:
    teacher.open("/classes")
    return str(teacher.send("/classes", {"name": name}).headers["location"])


def test_a_teacher_looks_at_a_list_and_brings_it_in(house: House) -> None:
    """Nothing is changed before the button; then the report says what was, row by row, and can be saved."""
    teacher = house.newcomer(Role.TEACHER)
    address = made_class(teacher)
    assert "See what it would do" in teacher.open(f"{address}/roster").text

    trial = teacher.send(f"{address}/roster", files={"list.csv": LIST}).headers["location"]
    page = teacher.open(trial).text
    assert "2 would be added" in page
    assert "Ada Roster" not in teacher.open(address).text

    assert teacher.send(trial).headers["location"] == trial
    assert "Ada Roster" in teacher.open(address).text
    report = teacher.open(trial).text
    assert "Done: 2 added" in report
    assert "Formula signs were taken off." in report
    assert "Bob" not in teacher.open(f"{trial}?show=refused").text
    assert "No row." in teacher.open(f"{trial}?show=unchanged").text
    file = teacher.open(f"{trial}/report.csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.content.startswith(b"\xef\xbb\xbfline,name,outcome,what happened\r\n2,Ada Roster,added")
    assert teacher.send(trial).status_code == 409


def test_a_list_that_changes_nothing_has_no_button(house: House) -> None:
    """The second time there is nothing to bring in."""
    teacher = house.newcomer(Role.TEACHER)
    address = made_class(teacher)
    teacher.send(teacher.send(f"{address}/roster", files={"list.csv": b"name\nCy\n"}).headers["location"])

    page = teacher.open(teacher.send(f"{address}/roster", files={"list.csv": b"name\nCy\n"}).headers["location"]).text

    assert "There is nothing to bring in" in page
    assert "Bring it in</button>" not in page


def test_a_young_class_goes_on_to_its_cards(house: House) -> None:
    """After the list of a young class come pictures, not passwords."""
    teacher = house.newcomer(Role.TEACHER)
    teacher.open("/classes")
    address = teacher.send("/classes", {"name": "1a", "is_young": "yes"}).headers["location"]
    trial = teacher.send(f"{address}/roster", files={"list.csv": b"name\nDi\n"}).headers["location"]
    teacher.send(trial)

    assert f"{address}/pictures" in teacher.open(trial).text


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "Choose a file first."),
        ({"x.csv": b"email\n"}, "name the columns"),
        ({"x.xls": b"\xd0\xcf\x11\xe0"}, "Save as"),
    ],
)
def test_what_is_wrong_with_a_file_stands_beside_the_form(house: House, files: dict[str, bytes], words: str) -> None:
    """A file that cannot be read is told in a sentence, for the school and for a class."""
    teacher, office = house.newcomer(Role.TEACHER), house.newcomer(Role.ADMINISTRATOR)

    for browser, address in ((teacher, f"{made_class(teacher)}/roster"), (office, "/school/roster")):
        browser.open(address)
        answer = browser.send(address, files=files)
        assert answer.status_code == 422
        assert words in answer.text


def test_the_office_brings_the_school_s_list(house: House) -> None:
    """Long lists show their first rows; classes are made; the report leads on to the classes."""
    office = house.newcomer(Role.ADMINISTRATOR)
    rows = "".join(f"Kid {number:03},9y\n" for number in range(501))
    assert "<dt>Class</dt>" in office.open("/school/roster").text

    trial = office.send("/school/roster", files={"list.csv": f"name,class\n{rows}".encode()}).headers["location"]
    page = office.open(trial).text
    assert "And 1 more" in page
    office.send(trial)

    assert "Next: give each class its links" in office.open(trial).text
    assert "9y" in office.open("/classes").text
    assert office.open(f"{trial}/report.csv").text.count("\n") == 502


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.COUNSELLOR, Role.GUARDIAN])
def test_the_school_s_list_is_the_office_s(house: House, role: Role) -> None:
    """Nobody else has to do with it."""
    assert house.newcomer(role).open("/school/roster").status_code == 403
