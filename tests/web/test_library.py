"""The library: adding, stopping, deleting and searching readings."""

import re

import pytest

from domain.documents import DocumentStatus
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import House
from tests.readings import save_reading

BODY = "The tide is the rise and fall of the sea. The Moon pulls the water towards itself. " * 30


def a_note(title: str) -> bytes:
    """A file of its own, by its title."""
    return f"# {title}\n\n{BODY}".encode()


def test_a_file_that_is_taken_stands_on_the_shelf(house: House) -> None:
    """After adding a file the browser goes on to the library, where it is ready."""
    browser = house.newcomer()

    answer = browser.send("/readings", files={"tides.md": a_note("Tides")})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = browser.open("/").text
    assert "Tides" in page
    assert "Ready" in page


def test_each_bad_file_has_its_sentence_and_the_rest_goes_on(house: House) -> None:
    """Of several files the good ones are taken; each of the others says what is wrong with it."""
    browser = house.newcomer()

    answer = browser.send(
        "/readings",
        files={
            "good.md": a_note("Good"),
            "empty.md": b"",
            "photo.exe": b"MZ\x90\x00",
            "large.txt": b"word " * 250_000,
        },
    )

    assert answer.status_code == 200
    assert answer.text.count('class="note bad"') == 3
    assert answer.text.count('class="note good"') == 1
    assert "larger than 1 MB" in answer.text


def test_nothing_but_bad_files_is_an_error(house: House) -> None:
    """When no file was taken the answer says so by its status, too."""
    assert house.newcomer().send("/readings", files={"empty.md": b""}).status_code == 422
    assert house.newcomer().send("/readings").status_code == 422


def test_a_file_sent_twice_is_recognised(house: House) -> None:
    """The page says so and leads to the reading that is there."""
    browser = house.newcomer()
    browser.send("/readings", files={"a.md": a_note("Twice")})

    answer = browser.send("/readings", files={"b.md": a_note("Twice")})

    assert "You added this before" in answer.text
    assert "Open it" in answer.text


def test_a_name_cannot_climb_out_of_its_folder(house: House) -> None:
    """A file name with a path in it is taken without the path."""
    browser = house.newcomer()

    refused = browser.send("/readings", files={"../../etc/empty.md": b"", "..\\..\\boot.md": b""}).text
    browser.send("/readings", files={"../../etc/passwd.md": a_note("Climbing")})

    assert "empty.md" in refused
    assert "boot.md" in refused
    assert ".." not in refused
    names = [view["document"]["filename"] for view in browser.client.get("/api/v1/documents").json()]
    assert "passwd.md" in names


def test_a_name_cannot_write_on_the_page(house: House) -> None:
    """A file name with markup is shown as it is written."""
    page = house.newcomer().send("/readings", files={"<img src=x onerror=alert(1)>.md": b""}).text

    assert "<img" not in page
    assert "&lt;" in page


def test_what_a_teacher_adds_the_class_sees(house: House) -> None:
    """A teacher's reading stands on the students' shelf; a student's own does not."""
    teacher, student, other = house.newcomer(Role.TEACHER), house.newcomer(), house.newcomer()

    teacher.send("/readings", files={"shared.md": a_note("Shared by the teacher")})
    student.send("/readings", files={"mine.md": a_note("Mine alone")})

    assert "Shared by the teacher" in other.open("/").text
    assert "Mine alone" not in other.open("/").text


def test_more_than_can_be_sent_at_once_is_refused_in_words(house: House) -> None:
    """A body over the limit ends in a page that names the limit, also for strangers with a smaller one."""
    known = house.newcomer().send("/readings", files={"a.txt": b"word " * 1_000_000})
    stranger = house.browser().client.post("/sign-in/demo", data={"role": "x" * 100_000})

    assert (known.status_code, stranger.status_code) == (413, 413)
    assert "Send fewer or smaller files" in known.text
    assert "64 kB" in stranger.text


def test_more_than_can_be_sent_is_refused_by_the_api_in_the_same_words(house: House) -> None:
    """The API answers 413 with the page's sentence: a size is no unreadable request."""
    browser, files = house.newcomer(), [("files", ("a.txt", b"word " * 1_000_000))]

    answer = browser.client.post("/api/v1/documents", files=files)
    stranger = house.browser().client.post("/api/v1/session", json={"email": "x" * 100_000, "password": "x"})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "That is more than can be sent at once (2 MB). Send fewer or smaller files."
    assert (stranger.status_code, stranger.json()["code"]) == (413, "too_large")


def only_reading(house: House, browser_page: str) -> str:
    shared = house.reading.id
    found = [part.split('"')[0] for part in browser_page.split('id="r')[1:]]
    return next(one for one in found if one != shared and f"/readings/{one}/delete" in browser_page)


def test_a_reading_is_deleted_by_its_owner_alone(house: House) -> None:
    """The owner's delete takes it away; another person's does not."""
    owner, other = house.newcomer(), house.newcomer()
    owner.send("/readings", files={"short.md": a_note("Short-lived")})
    document_id = only_reading(house, owner.open("/").text)

    assert other.send(f"/readings/{document_id}/delete").status_code == 404
    assert house.newcomer().send(f"/readings/{house.reading.id}/delete").status_code == 403
    assert owner.send(f"/readings/{document_id}/delete").status_code == 303

    assert "Short-lived" not in owner.open("/").text


@pytest.mark.parametrize("what", ["cancel", "retry"])
def test_a_ready_reading_has_nothing_to_stop_or_repeat(house: House, what: str) -> None:
    """A button pressed too late says so."""
    owner = house.newcomer()
    owner.send("/readings", files={f"{what}.md": a_note(what)})
    document_id = only_reading(house, owner.open("/").text)

    answer = owner.send(f"/readings/{document_id}/{what}")

    assert answer.status_code == 409
    assert "nothing to" in answer.text


def test_a_failed_reading_can_be_tried_again_and_not_opened(house: House) -> None:
    """A file that breaks while it is read keeps its sentence on the shelf, with a way to try again."""
    owner = house.newcomer()
    owner.send("/readings", files={"broken.pdf": b"%PDF-1.7\nnothing else"})
    page = owner.open("/").text
    document_id = only_reading(house, page)

    assert "Not read" in page
    assert "Try again" in page
    assert owner.open(f"/readings/{document_id}").status_code == 409
    assert owner.send(f"/readings/{document_id}/retry").status_code == 303


def test_search_marks_the_words_and_leads_to_them(house: House) -> None:
    """A place that was found shows the words of the query marked, and its page."""
    page = house.browser(Role.STUDENT).open("/search?q=chlorophyll").text

    assert "<mark>" in page
    assert "#source" in page


def test_search_for_nothing_or_for_what_is_not_there(house: House) -> None:
    """An empty search shows the form; one without a hit says so."""
    browser = house.newcomer()

    assert "found" not in browser.open("/search?q=+").text
    assert browser.open(f"/search?q={'x' * 501}").status_code == 422


def test_the_file_comes_back_as_it_was_sent(house: House) -> None:
    """A PDF opens in the browser, anything else is saved; the bytes are the same."""
    owner = house.newcomer()
    owner.send("/readings", files={"plain.md": a_note("Plain")})
    document_id = only_reading(house, owner.open("/").text)

    saved = owner.client.get(f"/readings/{document_id}/file")
    shown = owner.client.get(f"/readings/{house.reading.id}/file")

    assert saved.content == a_note("Plain")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert shown.headers["content-disposition"].startswith("inline")
    assert shown.headers["content-type"] == "application/pdf"


def test_a_photo_is_kept_from_the_class_and_its_link_is_hidden(house: House) -> None:
    """Where a photo was taken goes to nobody but teachers and who added it; a page says so, and has no link to it."""
    teacher = house.person(Role.TEACHER)
    photo = save_reading(
        house.store,
        ["A leaf."],
        id="b" * 32,
        school_id=teacher.school_id,
        owner_id=teacher.id,
        class_id=teacher.class_ids[0],
        content_hash=house.reading.content_hash,
        media_type="image/jpeg",
        status=DocumentStatus.READY,
        page_count=1,
    )
    student = house.browser(Role.STUDENT)

    refused = [student.open(f"{base}/{photo.id}/file") for base in ("/readings", "/api/v1/documents")]
    page = student.open(f"/readings/{photo.id}/pages/1")
    given = house.browser(Role.TEACHER).open(f"/api/v1/documents/{photo.id}/file")
    with house.store(EVERYTHING) as work:
        work.documents.delete(photo.id)
        work.commit()

    assert [answer.status_code for answer in refused] == [403, 403]
    assert all("Only whoever added this reading and its teachers can take the file." in one.text for one in refused)
    assert page.status_code == 200
    assert f"/readings/{photo.id}/file" not in page.text
    assert given.status_code == 200


def test_a_text_too_long_is_refused_with_helplines(house: House) -> None:
    """Nobody read the middle of it: the page has the card of support, in its language, with numbers to call."""
    answer = house.newcomer().send("/readings", {"extra": "a leaf " * 10_000})

    assert answer.status_code == 422
    assert '<section class="calm" id="support" lang="en" dir="ltr"' in answer.text
    assert "at most 50,000 characters" in answer.text
    assert 'href="tel:' in answer.text


def test_support_stands_beside_a_file_with_a_sign_for_its_owner_alone(house: House) -> None:
    """In the library and on the reading's page, number first; a calm file has none, nor has anybody else."""
    browser, other = house.newcomer(), house.newcomer()
    calm, worrying = a_note("Calm"), f"# Diary\n\n{BODY}\n\nI want to kill myself.\n".encode()

    browser.send("/readings", files={"calm.md": calm, "diary.md": worrying})
    shelf = browser.open("/").text
    reading = re.search(r'<li id="r(\w+)"(?:(?!<li).)*We read something in this file', shelf, re.DOTALL)
    other.send("/readings", files={"calm.md": calm})

    assert reading is not None
    assert shelf.count("We read something in this file that worries us.") == 1
    card = shelf[shelf.index(f'id="support-{reading[1]}"') :]
    assert card.index("tel:") < card.index("We read something")
    page = browser.open(f"/readings/{reading[1]}").text
    assert page.count("We read something in this file that worries us.") == 1
    assert "worries us" not in other.open("/").text
    assert "worries us" not in house.browser(Role.TEACHER).open("/").text
    assert "worries us" not in house.browser(Role.COUNSELLOR).open("/").text
