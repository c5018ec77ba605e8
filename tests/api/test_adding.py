"""Adding readings over the API: ZIPs, pasted notes, web pages."""

import io
import zipfile
from typing import Any

import pytest

from domain.people import Role
from tests.faces import Browser, House
from tests.heard import DANGER, is_support, texts_of
from tests.small_web import KnownPages, browser_on

URL = "https://leaves.example/page"
PAGE = b"<html><head><title>Leaves</title></head><body><p>Leaves take in light and air.</p></body></html>"


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"week 1/{name}.md", content)
    return stream.getvalue()


def shown(browser: Browser, taken: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = browser.client.get(f"/api/v1/documents/{taken['document']['id']}").json()["document"]
    return found


def test_a_zip_answers_with_an_item_for_each_file(house: House) -> None:
    """Each file in it has a reading or a problem of its own."""
    browser, content = house.newcomer(), zipped(leaf=b"# Leaves\n\nLeaves take in light.", empty=b"")

    answer = browser.client.post("/api/v1/documents", files=[("files", ("course.zip", content))])

    leaf, empty = answer.json()
    assert (leaf["filename"], empty["filename"]) == ("week 1/leaf.md", "week 1/empty.md")
    assert shown(browser, leaf)["title"] == "Leaves"
    assert (empty["document"], empty["code"]) == (None, "empty")


def test_a_zip_of_nothing_good_is_a_problem(house: House) -> None:
    """With a sentence for each of the first files, and how many more there are."""
    content = zipped(**{f"f{number}": b"" for number in range(25)})

    answer = house.newcomer().client.post("/api/v1/documents", files=[("files", ("course.zip", content))])

    assert (answer.status_code, answer.json()["code"]) == (422, "empty")
    assert answer.json()["detail"].count("This file is empty.") == 20
    assert answer.json()["detail"].endswith("And 5 more.")


def test_pasted_notes_become_a_reading(house: House) -> None:
    """They are read like any file; the same ones twice are known."""
    browser = house.newcomer()
    body = {"title": "Leaves & roots", "notes": "Leaves take in light.\n\nRoots take in water."}

    first, second = (browser.client.post("/api/v1/documents/notes", json=body) for _ in range(2))

    assert (first.status_code, second.status_code) == (202, 202)
    assert shown(browser, first.json())["title"] == "Leaves & roots"
    assert (first.json()["is_known"], second.json()["is_known"]) == (False, True)


def test_a_students_notes_are_screened_before_a_model_sees_them(house: House) -> None:
    """As uploads of students are: by a job, once their words are there."""
    browser = house.newcomer()
    green = "A leaf is green. "
    body = {"title": "Long", "notes": f"{green * 3_100}\n\nI want to kill myself.\n\n{green * 800}"}

    answer = browser.client.post("/api/v1/documents/notes", json=body)

    assert answer.status_code == 202
    assert any("kill myself" in text for text in texts_of(house, browser))
    assert "worries us" in browser.open("/").text


def test_notes_of_danger_get_words_of_support(house: House) -> None:
    """A case is opened and nothing is kept as a reading."""
    browser = house.newcomer()

    answer = browser.client.post("/api/v1/documents/notes", json={"title": "Diary", "notes": DANGER})

    assert is_support(answer.json()["detail"])
    assert texts_of(house, browser) == {DANGER}
    assert "Diary" not in browser.open("/").text


def test_a_teacher_shares_notes_with_a_class_of_theirs(house: House) -> None:
    """And with no other; a chapter on a danger is a chapter."""
    teacher = house.newcomer(Role.TEACHER)
    class_id = house.person(Role.TEACHER).class_ids[0]
    body = {"title": "A chapter", "notes": f"She wrote: {DANGER}.", "class_id": class_id}

    shared = teacher.client.post("/api/v1/documents/notes", json=body)
    refused = teacher.client.post("/api/v1/documents/notes", json=body | {"class_id": "f" * 32})

    assert shared.status_code == 202
    assert "A chapter" in house.newcomer().open("/").text
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_a_newer_file_takes_the_place_of_the_old_one(house: House) -> None:
    """For its owner alone; an archive is no file of a reading."""
    owner, teacher = house.newcomer(), house.newcomer(Role.TEACHER)
    body = {"title": "Leaves", "notes": "Leaves are green."}
    document_id = owner.client.post("/api/v1/documents/notes", json=body).json()["document"]["id"]
    url = f"/api/v1/documents/{document_id}/file"
    newer = ("leaves.md", b"# Leaves\n\nLeaves turn red.")

    answers = {
        "foreign": teacher.client.put(url, files={"file": newer}),
        "shared": owner.client.put(f"/api/v1/documents/{house.reading.id}/file", files={"file": newer}),
        "archive": owner.client.put(url, files={"file": ("a.zip", zipped(leaf=b"x"))}),
        "own": owner.client.put(url, files={"file": newer}),
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "foreign": 404,
        "shared": 403,
        "archive": 415,
        "own": 202,
    }
    assert answers["own"].json()["id"] == document_id
    assert "red" in owner.client.get(f"/api/v1/documents/{document_id}/pages/1").json()["text"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"title": " ", "notes": "Leaves."}, 422, "title"),
        ({"title": "Leaves", "notes": " "}, 422, "notes"),
        ({"title": "Leaves", "notes": "a leaf " * 30_000}, 413, ""),
        ({"title": "Leaves"}, 422, "notes"),
    ],
    ids=["no-title", "no-words", "too-long", "no-notes"],
)
def test_notes_that_cannot_be_kept_say_why(house: House, body: dict[str, str], status: int, field: str) -> None:
    """What is missing is named."""
    answer = house.newcomer().client.post("/api/v1/documents/notes", json=body)

    assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_a_web_page_becomes_a_reading(house: House) -> None:
    """It keeps the address it was found at."""
    browser = browser_on(house, KnownPages({URL: PAGE}))

    answer = browser.client.post("/api/v1/documents/web-page", json={"url": URL})

    assert answer.status_code == 202
    assert shown(browser, answer.json())["source_url"] == URL


def test_a_web_page_out_of_reach_says_so(house: House) -> None:
    """Trying again later may help, or saving the page; where pages are switched off it is said."""
    unreachable, off = browser_on(house, KnownPages()), browser_on(house, None)

    answers = [one.client.post("/api/v1/documents/web-page", json={"url": URL}) for one in (unreachable, off)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (503, "no_connection"),
        (415, "web_pages_off"),
    ]
    assert all("Save the page" in one.json()["detail"] for one in answers)


def test_no_page_of_an_inner_network_is_fetched(house: House) -> None:
    """The service as it is wired reaches no address of this machine or its network."""
    browser = house.newcomer()

    for url in ("http://127.0.0.1/", "http://localhost:80/", "http://[::ffff:169.254.169.254]/", "http://0x7f.1/"):
        answer = browser.client.post("/api/v1/documents/web-page", json={"url": url})
        assert (answer.status_code, answer.json()["code"]) == (422, "no_such_page"), url
    assert browser.client.post("/api/v1/documents/web-page", json={"url": "file:///etc/passwd"}).status_code == 422
