"""The teacher's easier versions: drafted, edited, approved, and only then shown."""

import re

from domain.people import Role
from tests.faces import House


def test_an_easier_version_is_the_teachers_until_it_is_approved(house: House) -> None:
    """Drafting and editing show nothing to students; approving does, with the teacher's words marked."""
    teacher, student = house.newcomer(Role.TEACHER), house.newcomer()
    section = {"section": str(house.unit.ordinal)}
    base = f"/readings/{house.reading.id}/easier"

    drafted = teacher.send(base, section)
    assert drafted.status_code == 303, drafted.text
    page = teacher.open(house.url("easier")).text
    assert "A draft" in page
    assert page.count("about grade") >= 2
    assert "Easier version" not in student.open(house.url("read")).text

    artifact_id, unit_id = re.search(rf"{base}/([0-9a-f]+)/([0-9a-f]{{32}})", page).groups()  # type: ignore[union-attr]
    edited = teacher.send(f"{base}/{artifact_id}/{unit_id}", section | {"text": "Leaves drink light."})
    assert edited.headers["location"].endswith(f"#u{unit_id}")
    assert "In your words" in teacher.open(house.url("easier")).text
    assert "Leaves drink light." not in student.open(house.url("easier")).text

    assert teacher.send(f"{base}/{artifact_id}/approve", section).status_code == 303
    shown = student.open(house.url("easier")).text
    assert "Leaves drink light." in shown
    assert "your teacher’s words" in shown
    assert "Easier version" in student.open(house.url("read")).text


def test_an_easier_version_needs_a_section_and_words(house: House) -> None:
    """Without a section there is nothing to write; an empty sentence is refused."""
    teacher = house.newcomer(Role.TEACHER)
    base = f"/readings/{house.reading.id}/easier"

    assert teacher.send(base).status_code == 422
    assert "Choose a section first" in teacher.open(house.url("easier", section=None)).text
    assert teacher.send(f"{base}/{'0' * 32}/{'1' * 32}", {"text": "x"}).status_code == 404
    assert teacher.send(f"{base}/{'0' * 32}/approve").status_code == 404


def test_students_have_no_easier_version_where_there_is_none(house: House) -> None:
    """The tab typed by hand says so and leads to the text."""
    page = house.newcomer().open(house.url("easier", section=None)).text

    assert "no easier version" in page
