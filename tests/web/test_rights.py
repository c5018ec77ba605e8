"""Pages and API about what is held: one's own record, the copy, and the office's page about keeping and deleting."""

import io
import json
import zipfile
from dataclasses import replace

import pytest

from domain.ids import PersonId, new_id, stable_id
from domain.people import Person, Role, School
from domain.scope import EVERYTHING
from tests.faces import Browser, House

KEEPING = "/school/keeping"


@pytest.fixture(scope="module")
def office(house: House) -> Browser:
    """The administrator of the demo's school."""
    return house.newcomer(Role.ADMINISTRATOR, name="Olga Office")


@pytest.fixture
def pupil(house: House) -> Person:
    return _somebody(house)


def _somebody(house: House, role: Role = Role.STUDENT, **changes: object) -> Person:
    known = house.person(Role.STUDENT)
    named = {"name": f"Paula {new_id()[:8]}", "email": f"{new_id()}@school.example", "role": role, **changes}
    person = replace(known, id=PersonId(new_id()), **named)  # type: ignore[arg-type]
    with house.store(EVERYTHING) as work:
        work.people.save_person(person)
        work.commit()
    return person


def _is_there(house: House, person: Person) -> bool:
    with house.store(EVERYTHING) as work:
        return work.people.find_person(person.id) is not None


@pytest.mark.parametrize("role", Role)
def test_everybody_sees_what_is_held(house: House, role: Role) -> None:
    """Each role has the page: kinds with their numbers, until when, who sees it, and whom to ask."""
    browser = house.newcomer(role)

    page = browser.open("/record")

    assert page.status_code == 200
    for words in ("Your account", "Who can see it", "Until", "What you can ask for", "Take a copy away"):
        assert words in page.text, words
    assert ('href="/choices"' in page.text) == (role is Role.STUDENT)


def test_who_looked_stands_on_the_page(house: House) -> None:
    """A look by somebody of the staff is shown with name and reason, in words."""
    browser = house.newcomer(Role.STUDENT)
    person = _me(house, browser)
    with house.store(EVERYTHING) as work:
        teacher = house.person(Role.TEACHER)
        house.services.accesses.note(work, teacher, person.id, what="progress", why="weekly_report")
        work.commit()

    page = browser.open("/record").text
    api = browser.client.get("/api/v1/record").json()

    assert f"{teacher.name}, teacher" in page
    assert "weekly report" in page
    assert [look["name"] for look in api["looks"]] == [teacher.name]


def _me(house: House, browser: Browser) -> Person:
    person_id = PersonId(browser.client.get("/api/v1/me").json()["id"])
    with house.store(EVERYTHING) as work:
        person = work.people.find_person(person_id)
    assert person is not None
    return person


@pytest.mark.parametrize("address", ["/record/copy", "/api/v1/record/copy"])
def test_a_copy_is_sent_and_kept_nowhere(house: House, address: str) -> None:
    """The copy comes as a ZIP file that no browser keeps, with the reading that the teacher added."""
    answer = house.browser(Role.TEACHER).client.get(address)

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        groups = json.loads(archive.read("data.json"))["groups"]
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    assert "files/001-photosynthesis.pdf" in names
    assert groups["readings"]["tables"]["document"]


@pytest.mark.parametrize("prefix", ["", "/api/v1"])
def test_a_guardian_takes_a_childs_copy(house: House, pupil: Person, prefix: str) -> None:
    """A guardian gets a copy about the own child, and of nobody else's: NotFound, like a child that is not there."""
    guardian = house.newcomer(Role.GUARDIAN)
    with house.store(EVERYTHING) as work:
        work.people.save_person(replace(_me(house, guardian), ward_ids=(pupil.id,)))
        work.commit()

    own = guardian.client.get(f"{prefix}/children/{pupil.id}/copy")
    foreign = guardian.client.get(f"{prefix}/children/{house.person(Role.STUDENT).id}/copy")

    assert own.status_code == 200
    assert own.headers["content-type"] == "application/zip"
    assert foreign.status_code == 404


def test_the_days_are_shown_and_set(office: Browser) -> None:
    """Every kind stands on the page with its days and range; what is set holds, and what is out of range is said."""
    page = office.open(KEEPING).text
    assert 'id="days-questions" name="questions" type="number"' in page

    saved = office.send(KEEPING, {"questions": "90", "answers": "20"})
    refused = office.send(KEEPING, {"questions": "100000"})
    api = office.client.get("/api/v1/keeping").json()
    changed = office.client.patch("/api/v1/keeping", json={"days": {"questions": 180}})
    wrong = office.client.patch("/api/v1/keeping", json={"days": {"questions": 0}})

    assert saved.headers["location"] == f"{KEEPING}?saved=days"
    assert "The days are saved" in office.open(f"{KEEPING}?saved=days").text
    assert refused.status_code == 422
    assert "1 to 365 days" in refused.text
    assert 'value="100000"' in refused.text
    assert {rule["kind"]: rule["days"] for rule in api}["questions"] == 90
    assert {rule["kind"]: rule["days"] for rule in changed.json()}["questions"] == 180
    assert wrong.status_code == 422


def test_a_hold_is_placed_and_lifted(office: Browser, pupil: Person) -> None:
    """A hold on a person stands in the list with its reason, is told on refusal, and can be lifted."""
    page = f"{KEEPING}/people/{pupil.id}"
    empty = office.send(f"{page}/hold", {"reason": " "})
    placed = office.send(f"{page}/hold", {"reason": "A court asks for it."})
    listed = office.open(KEEPING).text
    refused = office.send(f"{page}/erasure", {"sure": "yes"})
    (hold,) = [one for one in office.client.get("/api/v1/keeping/holds").json() if one["person_id"] == pupil.id]
    lifted = office.send(f"{KEEPING}/holds/{hold['id']}/lift")

    assert empty.status_code == 422
    assert placed.status_code == 303
    assert "A court asks for it." in listed
    assert pupil.name in listed
    assert refused.status_code == 409
    assert "A legal hold keeps this for now" in refused.text
    assert lifted.status_code == 303
    assert "lifted" in office.open(KEEPING).text


def test_a_hold_on_the_whole_school(house: House, office: Browser) -> None:
    """A hold on the school needs a reason, is shown at the top, and is lifted like any other."""
    empty = office.send(f"{KEEPING}/holds", {"reason": ""})
    office.send(f"{KEEPING}/holds", {"reason": "An authority asks."})
    page = office.open(KEEPING).text
    (hold,) = [
        one for one in office.client.get("/api/v1/keeping/holds").json() if not (one["person_id"] or one["lifted_at"])
    ]
    held = house.newcomer().open("/record").text
    office.client.delete(f"/api/v1/keeping/holds/{hold['id']}")

    assert empty.status_code == 422
    assert "A legal hold on the whole school is in place" in page
    assert "because of the law" in held
    assert "A legal hold on the whole school is in place" not in office.open(KEEPING).text
    assert "because of the law" not in house.newcomer().open("/record").text


def test_an_erasure_is_confirmed_and_leaves_a_receipt(house: House, office: Browser, pupil: Person) -> None:
    """What would go is said before; without the tick nothing goes; then the person is gone and a receipt is there."""
    page = f"{KEEPING}/people/{pupil.id}"

    before = office.open(page).text
    unsure = office.send(f"{page}/erasure")
    was_there = _is_there(house, pupil)
    done = office.send(f"{page}/erasure", {"sure": "yes"})

    assert "account: 1" in before
    assert unsure.status_code == 422
    assert "Nothing was deleted" in unsure.text
    assert was_there
    assert done.headers["location"] == f"{KEEPING}?saved=erased#receipts"
    assert not _is_there(house, pupil)
    after = office.open(f"{KEEPING}?saved=erased").text
    assert "It is done" in after
    assert "account: 1" in after
    assert pupil.name not in after
    assert office.open(page).status_code == 404


def test_what_happens_to_class_readings_is_asked(house: House, office: Browser) -> None:
    """A teacher's class readings need an answer first; a forged successor is refused; a colleague gets them."""
    teacher = _somebody(house, Role.TEACHER, name="Theo Teacher")
    with house.store(EVERYTHING) as work:
        reading = replace(house.reading, id=type(house.reading.id)(stable_id("theirs")), owner_id=teacher.id)
        work.documents.save(replace(reading, title="Theo's reading"))
        work.commit()
    page, colleague = f"{KEEPING}/people/{teacher.id}", house.person(Role.TEACHER)

    before = office.open(page).text
    silent = office.send(f"{page}/erasure", {"sure": "yes"})
    forged = office.send(f"{page}/erasure", {"sure": "yes", "follows": house.person(Role.STUDENT).id})
    done = office.send(f"{page}/erasure", {"sure": "yes", "follows": colleague.id})

    assert "Readings that classes use: 1" in before
    assert "Theo&#39;s reading" not in before
    assert f"They pass to {colleague.name}" in before
    assert silent.status_code == 422
    assert forged.status_code == 422
    assert done.status_code == 303
    with house.store(EVERYTHING) as work:
        kept = work.documents.find(reading.id)
        assert kept is not None
        assert kept.owner_id == colleague.id
        work.documents.delete(reading.id)
        work.commit()


def test_class_readings_can_go_too(house: House, office: Browser) -> None:
    """When nobody follows, the readings go with the teacher."""
    teacher = _somebody(house, Role.TEACHER)
    with house.store(EVERYTHING) as work:
        work.documents.save(replace(house.reading, id=type(house.reading.id)(stable_id("x")), owner_id=teacher.id))
        work.commit()

    office.send(f"{KEEPING}/people/{teacher.id}/erasure", {"sure": "yes", "follows": "nobody"})

    with house.store(EVERYTHING) as work:
        assert work.documents.find(type(house.reading.id)(stable_id("x"))) is None
    assert not _is_there(house, teacher)


def test_the_api_erases_with_a_receipt(office: Browser, pupil: Person) -> None:
    """By the API the plan and the receipt agree, and the receipt is listed; a second erasure finds nobody."""
    address = f"/api/v1/keeping/people/{pupil.id}"

    plan = office.client.get(address).json()
    receipt = office.client.delete(address)
    again = office.client.delete(address)

    assert receipt.status_code == 200
    counted = {name: count for name, count in plan["counts"].items() if count}
    assert receipt.json()["counts"] == counted
    assert receipt.json() in office.client.get("/api/v1/keeping/receipts").json()
    assert again.status_code == 404


def test_holds_by_the_api(office: Browser, pupil: Person) -> None:
    """A hold is placed on a person by the API and stops an erasure with 409."""
    placed = office.client.post("/api/v1/keeping/holds", json={"person_id": pupil.id, "reason": "A court asks."})
    refused = office.client.delete(f"/api/v1/keeping/people/{pupil.id}")
    successor = office.client.delete(f"/api/v1/keeping/people/{pupil.id}?successor_id={'0' * 32}")
    office.client.delete(f"/api/v1/keeping/holds/{placed.json()['id']}")

    assert placed.status_code == 201
    assert (refused.status_code, refused.json()["code"]) == (409, "on_hold")
    assert successor.status_code == 409


def test_other_schools_are_not_there(house: House, office: Browser) -> None:
    """A person of another school is NotFound in every one of these addresses."""
    other = School(type(house.person(Role.STUDENT).school_id)(new_id()), "Another")
    with house.store(EVERYTHING) as work:
        work.people.save_school(other)
        work.commit()
    stranger = _somebody(house, school_id=other.id, class_ids=())
    page, api = f"{KEEPING}/people/{stranger.id}", f"/api/v1/keeping/people/{stranger.id}"

    answers = [
        office.open(page),
        office.send(f"{page}/erasure", {"sure": "yes"}),
        office.send(f"{page}/hold", {"reason": "Because."}),
        office.client.get(api),
        office.client.delete(api),
        office.client.post("/api/v1/keeping/holds", json={"person_id": stranger.id, "reason": "Because."}),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert _is_there(house, stranger)
