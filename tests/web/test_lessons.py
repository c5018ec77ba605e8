"""The teacher's easier versions: drafted, edited, approved, and only then shown."""

import html
import re

from domain.material import Kind
from domain.people import Role
from tests.faces import House


def version_on(page: str) -> tuple[str, list[str]]:
    """Give the address of the easier version on a page, and its sentences' ids."""
    found = re.search(r'action="(/readings/[0-9a-f]+/easier/[0-9a-f]{32})"', page)
    assert found is not None, page
    return found[1], re.findall(r'name="t\.([0-9a-f]{32})"', page)


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

    version, units = version_on(page)
    edited = teacher.send(version, section | {f"t.{units[0]}": "Leaves drink light."})
    assert edited.headers["location"].endswith("#sheet")
    assert "In your words" in teacher.open(house.url("easier")).text
    assert "Leaves drink light." not in student.open(house.url("easier")).text

    assert teacher.send(version, section | {"approve": "yes"}).status_code == 303
    shown = student.open(house.url("easier")).text
    assert "Leaves drink light." in shown
    assert "your teacher’s words" in shown
    assert "Easier version" in student.open(house.url("read")).text

    assert teacher.send(f"{version}/withdraw", section).status_code == 303
    assert "A draft" in teacher.open(house.url("easier")).text
    assert "Leaves drink light." not in student.open(house.url("easier")).text


def test_all_changed_sentences_are_saved_at_once(house: House) -> None:
    """One form holds every sentence; what was changed becomes the teacher's, and nothing else does."""
    teacher, section = house.newcomer(Role.TEACHER), {"section": str(house.unit.ordinal)}
    teacher.send(f"/readings/{house.reading.id}/easier", section)
    page = teacher.open(house.url("easier")).text
    version, units = version_on(page)
    same = html.unescape(re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)[1])
    texts = {units[0]: "Leaves drink light.", units[1]: f" {same}\r\n", units[2]: "Roots drink water."}

    answer = teacher.send(version, section | {f"t.{unit}": text for unit, text in texts.items()})

    assert answer.status_code == 303
    page = teacher.open(house.url("easier")).text
    assert all(text in page for text in ("Leaves drink light.", "Roots drink water."))
    assert page.count("In your words") == 2


def test_what_cannot_be_saved_stays_in_its_field_and_is_not_approved(house: House) -> None:
    """A refused sentence keeps the teacher's words with the reason; the others are saved, and nothing is approved."""
    teacher, section = house.newcomer(Role.TEACHER), {"section": str(house.unit.ordinal)}
    teacher.send(f"/readings/{house.reading.id}/easier", section)
    version, units = version_on(teacher.open(house.url("easier")).text)
    texts = {units[0]: "I want to kill myself.", units[1]: "Roots drink water."}

    answer = teacher.send(version, section | {"approve": "yes"} | {f"t.{unit}": text for unit, text in texts.items()})

    assert answer.status_code == 422
    field = answer.text.split(f'id="u{units[0]}"', 1)[1].split('class="pair"', 1)[0]
    assert "I want to kill myself." in field
    assert "speak of danger" in field
    page = teacher.open(house.url("easier")).text
    assert "Roots drink water." in page
    assert "kill myself" not in page
    assert "A draft" in page


def test_the_page_says_how_much_is_not_in_the_version(house: House) -> None:
    """An easier version names how many of the sentences are missing, and that many are."""
    teacher = house.newcomer(Role.TEACHER)
    teacher.send(f"/readings/{house.reading.id}/easier", {"section": str(house.unit.ordinal)})

    page = teacher.open(house.url("easier")).text

    originals = set(re.findall(r'<div class="pair".*?<p [^>]*>([^<]*)</p>', page, re.DOTALL))
    known = house.person(Role.TEACHER)
    artifact = house.services.material.aids(known, house.reading.id, house.unit.ordinal)[Kind.LESSON_VARIANT]
    left_out, whole = house.services.material.count_left_out(known, artifact.id)
    said = f"{left_out} of the section’s {whole} sentences" if left_out else "no sentence of the section"
    assert said in page
    assert whole - left_out == len(originals)


def test_an_easier_version_needs_a_section_and_words(house: House) -> None:
    """Without a section there is nothing to write; an empty sentence is refused."""
    teacher = house.newcomer(Role.TEACHER)
    base = f"/readings/{house.reading.id}/easier"

    assert teacher.send(base).status_code == 422
    assert "Choose a section first" in teacher.open(house.url("easier", section=None)).text
    assert teacher.send(f"{base}/{'0' * 32}", {f"t.{'1' * 32}": "x"}).status_code == 404
    assert teacher.send(f"{base}/{'0' * 32}/withdraw").status_code == 404


def test_students_have_no_easier_version_where_there_is_none(house: House) -> None:
    """The tab typed by hand says so and leads to the text."""
    page = house.newcomer().open(house.url("easier", section=None)).text

    assert "no easier version" in page
