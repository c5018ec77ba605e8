"""Readings over the API."""

import json

import pytest

from domain.people import Role
from tests.faces import Browser, House

BODY = "Rain falls from clouds. Clouds are made of small drops of water. " * 40


def upload(browser: Browser, **files: bytes) -> list[dict[str, object]]:
    answer = browser.client.post(
        "/api/v1/documents", files=[("files", (f"{name}.md", content)) for name, content in files.items()]
    )
    assert answer.status_code == 202, answer.text
    taken: list[dict[str, object]] = answer.json()
    return taken


def a_reading(browser: Browser, title: str) -> str:
    (taken,) = upload(browser, reading=f"# {title}\n\n{BODY}".encode())
    document = taken["document"]
    assert isinstance(document, dict)
    return str(document["id"])


def test_several_files_are_taken_or_refused_one_by_one(house: House) -> None:
    """Each file has a reading or a problem with a code and a sentence."""
    good, empty = upload(house.newcomer(), good=f"# Rain\n\n{BODY}".encode(), empty=b"")

    assert good["document"]
    assert not good["problem"]
    assert empty["document"] is None
    assert empty["code"] == "empty"
    assert str(empty["problem"]).endswith(".")


def test_the_same_file_twice_is_known(house: House) -> None:
    """The second time the answer is the reading that is there."""
    browser, content = house.newcomer(), f"# Rain again\n\n{BODY}".encode()

    (first,), (second,) = upload(browser, a=content), upload(browser, b=content)

    assert (first["is_known"], second["is_known"]) == (False, True)
    assert first["document"]["id"] == second["document"]["id"]  # type: ignore[index]


def test_an_upload_without_files_is_refused(house: House) -> None:
    """The problem names the field that is missing."""
    answer = house.newcomer().client.post("/api/v1/documents")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == "files"


def test_a_reading_can_be_followed_to_its_end(house: House) -> None:
    """The events say how a reading stands and end when nothing more will happen."""
    browser = house.newcomer()
    document_id = a_reading(browser, "Followed")

    answer = browser.client.get(f"/api/v1/documents/{document_id}/events")

    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [block.split("\n") for block in answer.text.strip().split("\n\n")]
    assert [event[0] for event in events] == ["event: progress", "event: end"]
    last = json.loads(events[-1][1].removeprefix("data: "))
    assert (last["state"], last["is_moving"]) == ("ready", False)


def test_a_reading_is_shown_with_its_jobs_pages_and_sections(house: House) -> None:
    """Text, sections and jobs of a reading are all there to be fetched."""
    client = house.browser(Role.STUDENT).client
    base = f"/api/v1/documents/{house.reading.id}"

    shown, sections, page = (
        client.get(base).json(),
        client.get(f"{base}/sections").json(),
        client.get(f"{base}/pages/1").json(),
    )

    assert shown["document"]["status"] == "ready"
    assert shown["ingest_job"]["status"] == "done"
    assert any(section["is_unit"] for section in sections)
    assert page["number"] == 1
    assert page["text"]
    assert "content_hash" not in shown["document"]


def test_the_citations_of_a_study_aid_point_into_the_pages(house: House) -> None:
    """A page's characters at a citation's span are the words that it quotes."""
    client = house.browser(Role.STUDENT).client
    base = f"/api/v1/documents/{house.reading.id}"

    for kind, artifact in client.get(f"{base}/aids").json().items():
        for unit in artifact["units"]:
            for citation in unit["claim"]["citations"] if kind != "quiz" else []:
                span = citation["span"]
                text = client.get(f"{base}/pages/{span['page']}").json()["text"]
                assert text[span["start"] : span["end"]] == citation["quote"]


def test_a_reading_is_deleted(house: House) -> None:
    """After the delete it is not there any more."""
    browser = house.newcomer()
    base = f"/api/v1/documents/{a_reading(browser, 'Deleted')}"

    assert browser.client.delete(base).status_code == 204

    assert browser.client.get(base).status_code == 404
    assert browser.client.get(f"{base}/events").status_code == 404


@pytest.mark.parametrize("what", ["cancel", "retry"])
def test_a_ready_reading_has_nothing_to_stop_or_repeat(house: House, what: str) -> None:
    """A change that makes no sense now is a conflict."""
    browser = house.newcomer()
    document_id = a_reading(browser, f"Nothing to {what}")

    assert browser.client.post(f"/api/v1/documents/{document_id}/{what}").status_code == 409


def test_a_failed_reading_can_be_started_again(house: House) -> None:
    """The answer shows how the reading stands then."""
    browser = house.newcomer()
    answer = browser.client.post("/api/v1/documents", files=[("files", ("broken.pdf", b"%PDF-1.7\nnothing"))])
    document_id = answer.json()[0]["document"]["id"]
    failed = browser.client.get(f"/api/v1/documents/{document_id}").json()["document"]

    again = browser.client.post(f"/api/v1/documents/{document_id}/retry")

    assert failed["status"] == "failed"
    assert failed["problem"].endswith(".")
    assert (again.status_code, again.json()["document"]["id"]) == (202, document_id)


def test_readings_of_others_are_not_there(house: House) -> None:
    """A private reading is NotFound to everybody else, under every address."""
    document_id = a_reading(house.newcomer(), "Private")
    base = f"/api/v1/documents/{document_id}"

    for browser in (house.newcomer(), house.newcomer(Role.TEACHER)):
        for url in (base, f"{base}/sections", f"{base}/pages/1", f"{base}/file", f"{base}/events", f"{base}/aids"):
            assert browser.client.get(url).status_code == 404, url
        assert browser.client.post(f"{base}/ask", json={"question": "What is rain?"}).status_code == 404
        listed = [view["document"]["id"] for view in browser.client.get("/api/v1/documents").json()]
        assert document_id not in listed


def test_an_address_that_is_not_there_is_a_problem(house: House) -> None:
    """Unknown routes and wrong methods answer in problem+json, too."""
    client = house.newcomer().client

    unknown, wrong = client.get("/api/v1/nothing"), client.put("/api/v1/documents")

    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert "POST" in wrong.headers["allow"] or "GET" in wrong.headers["allow"]


HUGE = "9" * 40


@pytest.mark.parametrize(
    "query",
    [
        f"pages/{HUGE}",
        f"aids?section={HUGE}",
        f"exports/cards.csv?section={HUGE}",
    ],
)
def test_a_number_beyond_all_readings_is_refused(house: House, query: str) -> None:
    """A number that no store can hold is named as wrong, over the API and on pages."""
    client = house.browser(Role.STUDENT).client

    answer = client.get(f"/api/v1/documents/{house.reading.id}/{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    page = client.get(f"/readings/{house.reading.id}/{query}".replace("/aids", ""))
    assert page.status_code == 422


@pytest.mark.parametrize("query", [f"from={HUGE}&to=1", f"from=1&to={HUGE}", f"section={HUGE}"])
def test_a_place_beyond_all_readings_is_refused(house: House, query: str) -> None:
    """Offsets and sections in the address of a page are bounded, too."""
    client = house.browser(Role.STUDENT).client

    assert client.get(f"/readings/{house.reading.id}/pages/1?{query}").status_code == 422


@pytest.mark.parametrize(("what", "body"), [("aids", {"kind": "summary"}), ("variants", {})])
def test_a_body_with_a_section_beyond_all_readings_is_refused(house: House, what: str, body: dict[str, str]) -> None:
    """A section in a body has the same bound as in an address."""
    client = house.newcomer(Role.TEACHER).client

    answer = client.post(f"/api/v1/documents/{house.reading.id}/{what}", json={**body, "section": int(HUGE)})

    assert (answer.status_code, answer.json()["field"]) == (422, "section")


def test_a_section_that_a_reading_does_not_have_is_not_found(house: House) -> None:
    """It is no empty section: the API and the page say that it is not there."""
    client = house.browser(Role.STUDENT).client

    assert client.get(f"/api/v1/documents/{house.reading.id}/aids?section=999").status_code == 404
    assert client.get(f"/readings/{house.reading.id}?section=999").status_code == 404
    assert client.get(f"/api/v1/documents/{house.reading.id}/exports/cards.csv?section=999").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("empty.md", b"", 422, "empty"),
        ("photo.docx", b"PK\x03\x04", 422, "damaged"),
        ("old.doc", b"\xd0\xcf\x11\xe0", 415, "unsupported"),
        ("large.txt", b"word " * 250_000, 413, "too_large"),
    ],
)
def test_a_refused_file_is_a_problem(house: House, name: str, content: bytes, status: int, code: str) -> None:
    """When nothing was taken the answer is the problem, with its own status."""
    answer = house.newcomer().client.post("/api/v1/documents", files=[("files", (name, content))])

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_of_several_refused_files_each_has_its_sentence(house: House) -> None:
    """The first problem gives the status; the sentence names each file."""
    files = [("files", ("empty.md", b"")), ("files", ("photo.docx", b"PK\x03\x04"))]

    answer = house.newcomer().client.post("/api/v1/documents", files=files)

    assert (answer.status_code, answer.json()["code"]) == (422, "empty")
    assert answer.json()["detail"].startswith("empty.md: ")
    assert " photo.docx: " in answer.json()["detail"]
