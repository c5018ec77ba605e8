"""Classes and rosters over the API."""

from datetime import timedelta

import pytest

from domain.people import Role
from tests.faces import House

LIST = {"files": ("list.csv", b"name,email\nSchool Api,school.api@x.example\n,\n", "text/csv")}


def test_a_class_is_made_shown_opened_closed_and_deleted(house: House) -> None:
    """A program does what the pages do."""
    client = house.newcomer(Role.TEACHER).client
    made = client.post("/api/v1/classes", json={"name": "Class 4a", "is_young": True, "ends_on": "2030-07-31"})
    assert made.status_code == 201
    one = f"/api/v1/classes/{made.json()['id']}"
    until = house.services.clock.now() + timedelta(days=3)

    code = client.put(f"{one}/joining", json={"until": until.isoformat()}).json()["code"]

    assert client.get(one).json()["join_code"] == code.replace("-", "")
    [line] = [one for one in client.get("/api/v1/classes").json() if one["class_room"]["name"] == "Class 4a"]
    assert (line["is_open"], line["teachers"], line["students"]) == (True, 1, 0)
    assert client.delete(f"{one}/joining").status_code == 204
    assert client.get(one).json()["join_code"] == ""
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_a_time_needs_its_offset(house: House) -> None:
    """A time that could be anywhere is refused; without a time it is fourteen days."""
    client = house.newcomer(Role.TEACHER).client
    one = f"/api/v1/classes/{client.post('/api/v1/classes', json={'name': '4b'}).json()['id']}"

    assert client.put(f"{one}/joining", json={"until": "2030-01-01T00:00:00"}).status_code == 422
    assert client.put(f"{one}/joining", json={}).status_code == 200


def test_a_roster_is_tried_and_brought_in(house: House) -> None:
    """The trial changes nothing; good rows come in and bad rows are told; a member is taken out again."""
    client = house.newcomer(Role.TEACHER).client
    one = f"/api/v1/classes/{client.post('/api/v1/classes', json={'name': '4c'}).json()['id']}"

    trial = client.post(f"{one}/roster?is_trial=true", files={"files": ("l.csv", b"name\nAda Api\n;\n")}).json()
    before = client.get(f"{one}/members").json()
    report = client.post(f"{one}/roster", files={"files": ("l.csv", b"name;role\nAda Api;\nBad;pirate\n")}).json()
    members = client.get(f"{one}/members").json()

    assert (trial["is_trial"], trial["counts"]["added"]) == (True, 2)
    assert len(before) == 1
    assert report["counts"] == {"added": 1, "updated": 0, "unchanged": 0, "refused": 1}
    assert report["rows"][1]["line"] == 3
    [ada] = [member for member in members if member["person"]["role"] == "student"]
    assert (ada["person"]["name"], ada["has_way_in"], ada["guardians"]) == ("Ada Api", False, 0)
    assert client.delete(f"{one}/members/{ada['person']['id']}").status_code == 204
    assert len(client.get(f"{one}/members").json()) == 1


def test_the_school_s_roster_is_the_office_s(house: House) -> None:
    """An administrator brings it; a teacher may not."""
    office, teacher = house.newcomer(Role.ADMINISTRATOR).client, house.newcomer(Role.TEACHER).client

    assert office.post("/api/v1/roster?is_trial=true", files=LIST).json()["counts"]["added"] == 1
    assert teacher.post("/api/v1/roster", files=LIST).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("PUT", "/joining"),
        ("DELETE", "/joining"),
        ("GET", "/members"),
        ("DELETE", "/members/x"),
        ("POST", "/roster"),
    ],
)
def test_a_forged_class_is_not_there(house: House, method: str, path: str) -> None:
    """Another's class and none are the same, for every operation."""
    foreign = house.newcomer(Role.TEACHER).client.post("/api/v1/classes", json={"name": "4d"}).json()["id"]
    client = house.newcomer(Role.TEACHER).client
    body = {"files": LIST} if path == "/roster" else {"json": {}} if method == "PUT" else {}

    answers = [
        client.request(method, f"/api/v1/classes/{class_id}{path}", **body)  # type: ignore[arg-type]
        for class_id in (foreign, "f" * 32)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]
