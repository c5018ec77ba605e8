"""The boxes of the library that readings are added with: ZIPs, pasted notes, web pages."""

import io
import re
import zipfile
from dataclasses import replace

from domain.documents import DocumentStatus
from domain.ids import ClassId, DocumentId
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import Browser, House
from tests.heard import DANGER, is_support
from tests.small_web import KnownPages, browser_on

URL = "https://leaves.example/page"
PAGE = b"<html><head><title>A page on leaves</title></head><body><p>Leaves take in light and air.</p></body></html>"


def test_each_file_of_a_zip_has_its_sentence(house: House) -> None:
    """The good ones stand on the shelf, the others say what is wrong with them."""
    browser, stream = house.newcomer(), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a/leaf.md", "# Of leaves\n\nLeaves take in light.")
        archive.writestr("a/empty.md", "")
        archive.writestr("a/old.doc", b"\xd0\xcf\x11\xe0 old")

    page = browser.send("/readings", files={"course.zip": stream.getvalue()}).text

    assert (page.count('class="note good"'), page.count('class="note bad"')) == (1, 2)
    assert "<strong>a/empty.md</strong>: This file is empty." in page
    assert "Of leaves" in browser.open("/").text


def test_what_is_said_of_files_stays_while_others_are_read(house: House) -> None:
    """Without script the shelf comes back by itself, at its own address; not while it says what became of a form."""
    browser = house.newcomer()
    browser.send("/readings", files={"waits.txt": b"A leaf that waits."})
    own = DocumentId(browser.client.get("/api/v1/documents").json()[0]["document"]["id"])
    with house.store(EVERYTHING) as work:
        document = work.documents.find(own)
        assert document is not None
        work.documents.save(replace(document, status=DocumentStatus.QUEUED))
        work.commit()

    shelf = browser.open("/").text
    answer = browser.send("/readings", files={"empty.txt": b""}).text

    assert '<meta http-equiv="refresh" content="4; url=/">' in shelf
    assert 'http-equiv="refresh"' not in answer
    assert '<a href="/">See how your readings get on</a>' in answer


def test_many_files_that_are_fine_have_one_sentence(house: House) -> None:
    """What is wrong with the others is not lost among them."""
    browser, files = house.newcomer(), {f"{number}.txt": f"Leaf {number} is green.".encode() for number in range(4)}

    page = browser.send("/readings", files=files | {"empty.txt": b""}).text

    assert (page.count('class="note good"'), page.count('class="note bad"')) == (1, 1)
    assert "4 files are added." in page


def test_a_web_page_that_was_added_before_is_known(house: House) -> None:
    """As long as it says the same."""
    browser = browser_on(house, KnownPages({URL: PAGE}))
    browser.send("/readings/web-page", {"url": URL})

    assert "You added this before" in browser.send("/readings/web-page", {"url": URL}).text


def test_pasted_notes_stand_on_the_shelf(house: House) -> None:
    """After adding them the browser goes on; the same ones again lead to the reading that is there."""
    browser = house.newcomer()
    fields = {"title": "My own notes", "notes": "Leaves take in light.\r\n\r\nRoots take in water."}

    first = browser.send("/readings/notes", fields)
    second = browser.send("/readings/notes", fields)

    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert "You added this before" in second.text
    assert "Open it" in second.text
    assert "My own notes" in browser.open("/").text


def test_notes_that_are_not_taken_are_not_lost(house: House) -> None:
    """The page says what is wrong, and shows what was written."""
    answer = house.newcomer().send("/readings/notes", {"title": "", "notes": "Long notes on <leaves>"})

    assert answer.status_code == 422
    assert "Give these notes a title." in answer.text
    assert "Long notes on &lt;leaves&gt;</textarea>" in answer.text
    assert re.search(r'<details class="way" open>\s*<summary>Paste notes', answer.text)


def test_notes_of_danger_lead_to_the_card_of_support(house: House) -> None:
    """Whatever else is wrong with them."""
    answer = house.newcomer().send("/readings/notes", {"title": "", "notes": DANGER})

    assert is_support(answer.text)
    assert 'class="calm"' in answer.text


def test_a_web_page_stands_on_the_shelf_with_its_site(house: House) -> None:
    """The shelf says where it is from, and leads there without telling who comes."""
    browser = browser_on(house, KnownPages({URL: PAGE}))

    answer = browser.send("/readings/web-page", {"url": f" {URL} "})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert f'from <a href="{URL}" rel="noreferrer noopener">leaves.example</a>' in browser.open("/").text


def test_a_web_page_that_is_not_taken_says_why(house: House) -> None:
    """The address stays in its field."""
    answer = browser_on(house, KnownPages()).send("/readings/web-page", {"url": "https://away.example/?a=1&b=2"})

    assert answer.status_code == 503
    assert "There is no connection to the web now." in answer.text
    assert 'value="https://away.example/?a=1&amp;b=2"' in answer.text


def test_web_pages_are_offered_where_they_are_taken(house: House) -> None:
    """Where a school has switched them off there is no box for them."""
    assert "Add a web page" in house.newcomer().open("/").text
    assert "Add a web page" not in browser_on(house, None).open("/").text


def test_a_teacher_says_for_which_class(house: House) -> None:
    """Every box asks, each with a label of its own; with one class none does."""
    classes = house.services.accounts.list_classes(house.person(Role.TEACHER))
    with house.store(EVERYTHING) as work:
        other = replace(classes[0], id=ClassId("c" * 32), name="Another class")
        work.people.save_class(other)
        work.commit()

    of_two = house.newcomer(Role.TEACHER, class_ids=(classes[0].id, other.id)).open("/").text
    of_one = house.newcomer(Role.TEACHER).open("/").text

    assert re.findall(r'<label for="(class-\w+)">', of_two) == ["class-files", "class-notes", "class-page"]
    assert 'name="class_id"' not in of_one


def test_a_newer_file_takes_the_place_of_the_old_one(house: House) -> None:
    """Its words are what is read then; the reading is the same one, and what cannot be read changes nothing."""
    browser = house.newcomer()
    browser.send("/readings", files={"leaf.md": b"# Leaves\n\nLeaves are green."})
    document_id = browser.client.get("/api/v1/documents").json()[0]["document"]["id"]

    nothing = browser.send(f"/readings/{document_id}/file")
    refused = browser.send(f"/readings/{document_id}/file", files={"empty.md": b""})
    before = browser.client.get(f"/api/v1/documents/{document_id}/pages/1").json()["text"]
    replaced = browser.send(f"/readings/{document_id}/file", files={"leaf 2.md": b"# Leaves\n\nLeaves turn red."})
    after = browser.client.get(f"/api/v1/documents/{document_id}/pages/1").json()["text"]

    assert (nothing.status_code, refused.status_code) == (422, 422)
    assert "Choose a file first." in nothing.text
    assert "<strong>empty.md</strong>: This file is empty." in refused.text
    assert (replaced.status_code, replaced.headers["location"]) == (303, "/")
    assert ("green" in before, "red" in after) == (True, True)


def a_pair(browser: Browser) -> list[DocumentId]:
    """Add two readings; give the ids, newest first."""
    for title in ("Older", "Newer"):
        browser.send("/readings/notes", {"title": title, "notes": f"Leaves of {title} take in light."})
    return [DocumentId(view["document"]["id"]) for view in browser.client.get("/api/v1/documents").json()][:2]


def test_a_reading_that_is_nearly_the_same_is_named(house: House) -> None:
    """It leads to the older one, as long as that one can be opened."""
    browser = house.newcomer()
    newer, older = a_pair(browser)
    with house.store(EVERYTHING) as work:
        document = work.documents.find(newer)
        assert document is not None
        work.documents.save(replace(document, like_id=older))
        work.commit()

    with_older = browser.open("/").text
    browser.send(f"/readings/{older}/delete")
    without = browser.open("/").text

    assert f'This looks like <a href="/readings/{older}">Older</a>.' in with_older
    assert "This looks like" not in without
