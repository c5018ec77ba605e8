"""The pages of what the model cost."""

from dataclasses import replace
from typing import Any

import pytest

from domain.documents import Document
from domain.ids import ClassId, DocumentId, InteractionId, PersonId, new_id
from domain.interactions import Interaction
from domain.material import Kind, Provenance, Writer
from domain.people import ClassRoom, Role
from domain.scope import EVERYTHING
from generators.budget import Cap, Caps
from generators.costs import Costs
from margent.app import create_app
from tests.faces import Browser, House
from web.costs import money

WORDS = "What is xylem?"


@pytest.fixture(scope="module")
def class_id(house: House) -> ClassId:
    """A class with a reading that was asked about today: by Margent itself, and by a student of the class."""
    class_id = ClassId(new_id())
    known = house.person(Role.STUDENT)
    school_id, owner = known.school_id, PersonId(new_id())
    teacher = replace(known, id=owner, role=Role.TEACHER, email=f"{owner}@school.example", class_ids=())
    document: Document = replace(
        house.reading, id=DocumentId(new_id()), class_id=class_id, content_hash=new_id(), title=WORDS, owner_id=owner
    )
    student = replace(known, id=PersonId(new_id()), email=f"{new_id()}@school.example", class_ids=(class_id,))
    with house.store(EVERYTHING) as work:
        work.people.save_person(teacher)
        work.people.save_class(ClassRoom(class_id, school_id, "Year 7 & friends"))
        work.people.save_person(student)
        work.documents.save(document)
        for person_id in (None, student.id):
            spent: dict[str, Any] = {"tokens_in": 1_000_000, "tokens_out": 500, "cost": 1_234_567}
            work.interactions.add(
                Interaction(
                    InteractionId(new_id()),
                    house.services.clock.now(),
                    Kind.ANSWER,
                    Provenance(Writer.MODEL),
                    (),
                    "served",
                    school_id=school_id,
                    person_id=person_id,
                    document_id=document.id,
                    **spent,
                )
            )
        work.commit()
    return class_id


@pytest.fixture(scope="module")
def priced(house: House) -> House:
    """The same house where the model has a price, and a cap that is reached."""
    costs = house.services.costs
    caps = Caps(person=Cap(), of_class=Cap(tokens=7_000_000), overall=Cap(cost=2_000_000))
    dear = Costs(costs.store, costs.clock, caps, "EUR")
    return replace(house, demo=create_app(replace(house.services, costs=dear)))


@pytest.fixture(scope="module")
def office(priced: House) -> Browser:
    return priced.newcomer(Role.ADMINISTRATOR, name="Olga Office", class_ids=())


@pytest.mark.usefixtures("class_id")
def test_the_office_reads_totals_and_the_cap(priced: House, office: Browser) -> None:
    """The page has the sum in tokens and money, the class, the cap that is used up, and no name of a student."""
    page = office.open("/school/costs").text

    assert "2,001,000 tokens, 2.47 EUR" in page
    assert "Year 7 &amp; friends" in page
    assert "Everybody together: 2.00 EUR. Used today: 2,001,000 tokens and 2.47 EUR" in page
    assert "This is used up." in page
    assert "Each class&#39;s readings: 7,000,000 tokens" in page
    assert "Each person" not in page
    assert "Students, all together" in page
    assert priced.person(Role.STUDENT).name not in page
    assert WORDS not in page


def test_a_teacher_reads_the_own_class_alone(house: House, class_id: ClassId) -> None:
    """A teacher of the class sees its use, without prices where none are set; a teacher of another sees none."""
    own = house.newcomer(Role.TEACHER, class_ids=(class_id,)).open("/costs?days=7").text
    other = house.browser(Role.TEACHER).open("/costs").text

    assert "2,001,000 tokens." in own
    assert "No prices are set" in own
    assert "Cost: " not in own
    assert 'aria-current="page">7 days' in own
    assert "No language model was asked" in other
    assert "Year 7" not in other


def test_programs_read_the_same(house: House, office: Browser, class_id: ClassId) -> None:
    """The API gives the sums by day, class and who asked, with the caps."""
    school = office.client.get("/api/v1/school/costs").json()
    teacher = house.newcomer(Role.TEACHER, class_ids=(class_id,)).client.get("/api/v1/costs").json()

    assert school["total"] == {"replies": 2, "tokens_in": 2_000_000, "tokens_out": 1000, "cost": 2_469_134}
    assert (school["currency"], school["caps"]["overall"]) == ("EUR", {"tokens": None, "cost": 2_000_000})
    assert [(one["who"], one["spent"]["replies"]) for one in teacher["shares"]] == [("nobody", 1), ("students", 1)]
    assert [one["name"] for one in teacher["classes"]] == ["Year 7 & friends"]
    assert len(teacher["days"]) == 1


@pytest.mark.parametrize("url", ["/costs", "/school/costs", "/api/v1/costs", "/api/v1/school/costs"])
def test_students_learn_nothing_of_costs(house: House, url: str) -> None:
    """The pages and the API are for teachers and administrators."""
    assert house.browser(Role.STUDENT).client.get(url).status_code == 403


@pytest.mark.parametrize(
    ("cost", "words"),
    [(0, "0.00 EUR"), (1, "under 0.01 EUR"), (10_000, "0.01 EUR"), (1_234_567_890, "1,234.57 EUR")],
)
def test_money_is_told_in_hundredths(cost: int, words: str) -> None:
    """A little is never nothing, and thousands are set apart."""
    assert money(cost, "EUR") == words
