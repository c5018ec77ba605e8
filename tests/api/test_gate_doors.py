"""Whatever else is wrong with a request, and whatever fails beside it, words of danger in it are heard."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from adapters.keys.ring import RingFile
from adapters.sql.store import SqlStore
from domain.people import Role
from domain.scope import EVERYTHING
from safety.remembering import Memory
from tests.escalation_faults import no_store_over_http
from tests.faces import House
from tests.heard import DANGER, Sent, assert_heard, filled

IN_PLACE = (
    "/api/v1/documents/{document_id}/ask",
    "/api/v1/documents/{document_id}/hint",
    "/api/v1/questions/{question_id}/hint",
    "/api/v1/questions/{question_id}/attempts",
)


@pytest.mark.parametrize("path", IN_PLACE)
def test_what_a_service_hears_is_heard_when_it_is_not_asked(path: str, house: House) -> None:
    """Whatever else is wrong with a body: a field too many, a list, a name that only begins like one, a name twice."""
    name = "question" if "/documents/" in path else path.rpartition("/")[2].replace("attempts", "answer")
    name = name.replace("hint", "text")
    bodies = [
        json.dumps(body)
        for body in (
            {name: DANGER, "extra": 1},
            {name: [DANGER]},
            {name: {name: DANGER}},
            {f"{name}2": DANGER},
            {name: "leaf", DANGER: 1},
            {name: "leaf", "class_id": DANGER},
            {name: "leaf", "code": DANGER.replace(" ", "\u2003")},
            {name: "leaf", "next": DANGER, "x": {}},
            [[DANGER]],
            DANGER,
        )
    ]
    bodies.append(f'{{"{name}": "{DANGER}", "{name}": "leaf"}}')
    for body in bodies:
        browser = house.newcomer()
        headers = {"content-type": "application/json"}
        answer = browser.client.post(filled(house, path), content=body, headers=headers)
        assert answer.json()["code"] == "escalated", (body, answer.text)
        said = {DANGER.replace(" ", "\u2003") if "u2003" in body else DANGER}
        assert_heard(house, Sent(browser, Role.STUDENT, answer.text, body), said)


@pytest.mark.parametrize("address", ["/api/v1/search", "/search"])
@pytest.mark.parametrize(
    "query", [[("q", DANGER), ("limit", "abc")], [("q", DANGER), ("q", "leaf")], [("q", "leaf"), ("q", DANGER)]]
)
def test_a_search_is_heard_whatever_else_is_wrong(address: str, query: list[tuple[str, str]], house: House) -> None:
    """With a number that is none, and of several questions each."""
    browser = house.newcomer()

    answer = browser.client.get(f"{address}?{urlencode(query)}")

    assert_heard(house, Sent(browser, Role.STUDENT, answer.text, query), {DANGER})


def test_somebody_who_may_not_is_heard(house: House) -> None:
    """A role that a route is not for reads words of support too, not only that it may not."""
    browser = house.newcomer(Role.GUARDIAN)

    answer = browser.client.post(f"/api/v1/documents/{house.reading.id}/ask", json={"question": DANGER})

    assert_heard(house, Sent(browser, Role.GUARDIAN, answer.text, "ask"), set())


def test_fields_of_a_form_that_come_twice_are_heard(house: House) -> None:
    """Each of them, also the one that the route does not read, and their names."""
    browser = house.newcomer()
    browser.open("/")
    path = f"/readings/{house.reading.id}/ask"
    twice = {"form_token": browser.token, "question": [f"{DANGER}, question", "leaf"], f"{DANGER}, name": "x"}

    answer = browser.client.post(path, data=twice)

    assert_heard(house, Sent(browser, Role.STUDENT, answer.text, path), {f"{DANGER}, question", f"{DANGER}, name"})


def test_the_kind_of_a_body_may_be_written_in_capitals(house: House) -> None:
    """A form is one whichever way its kind is written."""
    browser = house.newcomer()
    content = f'--x\r\nContent-Disposition: form-data; name="anything"\r\n\r\n{DANGER}\r\n--x--\r\n'

    answer = browser.client.post(
        "/api/v1/documents", content=content.encode(), headers={"content-type": "Multipart/Form-Data; boundary=x"}
    )

    assert_heard(house, Sent(browser, Role.STUDENT, answer.text, "capitals"), {DANGER})


def test_what_a_case_says_of_where_it_was_written_is_ours(house: House) -> None:
    """A name that the sender made up stands in no case outside the seal, and is too long for none."""
    browser = house.newcomer()
    names = [DANGER, "a." + "x" * 60, "question"]

    for name in names:
        browser.client.post("/api/v1/keeping/holds", json={name: DANGER})

    person_id = browser.client.get("/api/v1/me").json()["id"]
    with house.store(EVERYTHING) as work:
        entries = {flag.entry for case in work.care.list_about(person_id) for flag in case.flags}
    assert entries == {"field", "quiz", "answer"}


def test_without_a_store_somebody_is_told_all_the_same(house: House) -> None:
    """By both faces the person reads words of support, and a direct notice goes out."""
    with capture_logs():
        faults = no_store_over_http(house)

    assert faults == []


def test_a_harmless_field_that_must_wait_hides_no_other(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be remembered harmless words wait, and words of danger beside them are heard."""
    nowhere = SqlStore(f"sqlite:///{tmp_path}/no/where.db", ring=RingFile(tmp_path / "ring"))
    monkeypatch.setattr(house.services.gate, "_memory", Memory(nowhere, house.services.clock))
    browser = house.newcomer()

    with capture_logs():
        answer = browser.client.post("/api/v1/keeping/holds", json={"a": "a leaf", "reason": DANGER, "b": "a root"})

    assert_heard(house, Sent(browser, Role.STUDENT, answer.text, "holds"), {DANGER})


def test_a_route_without_a_body_reads_none_that_is_broken(house: House) -> None:
    """There is nothing in it to be heard, and the route answers for itself."""
    answer = house.newcomer().client.post(f"/api/v1/artifacts/{'9' * 32}/approval", content=b"{")

    assert answer.status_code in {403, 404}
