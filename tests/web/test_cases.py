"""The counsellor's pages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.ids import CaseId, NoticeId, new_id
from domain.notices import Channel
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import Browser, House


def raise_case(house: House, name: str) -> str:
    """Have a new student write something worrying; give the address of the case."""
    house.newcomer(name=name).send(
        f"/readings/{house.reading.id}/ask", {"question": "i want to kill myself <b>now</b>", "mode": "answer"}
    )
    page = house.browser(Role.COUNSELLOR).open("/cases").text
    found: list[str] = re.findall(rf'href="(/cases/[0-9a-f]+)">{name}<', page)
    assert len(found) == 1, page
    return found[0]


def test_a_case_is_seen_taken_on_and_closed_with_a_note(house: House) -> None:
    """The counsellor reads the student's own words, takes the case on, and closes it with what was done."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, "Cleo Closed")

    page = counsellor.open(url).text
    assert "i want to kill myself &lt;b&gt;now&lt;/b&gt;" in page
    assert "Answer by" in page

    assert counsellor.send(f"{url}/acknowledge").headers["location"] == url
    assert "Cora Counsellor looks after it" in counsellor.open(url).text

    done = {"note": "Spoke with the family.", "ending": "referred"}
    assert counsellor.send(f"{url}/close", done).headers["location"] == "/cases"
    closed = counsellor.open(url).text
    assert "Spoke with the family." in closed
    assert "closed: handed to somebody outside the school" in closed
    assert "Close the case" not in closed
    assert counsellor.send(f"{url}/acknowledge").status_code == 409


def test_a_case_shows_all_its_subjects_and_each_flag_its_own(house: House) -> None:
    """Another kind of danger that joins an open case is named in the list and on the case's page."""
    student, counsellor = house.newcomer(name="Sami Several"), house.browser(Role.COUNSELLOR)
    for words in ("i want to kill myself", "my dad hits me every night"):
        student.send(f"/readings/{house.reading.id}/ask", {"question": words, "mode": "answer"})

    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*>Sami Several<.*?</tr>", counsellor.open("/cases").text, re.DOTALL)
    url = re.findall(r'href="(/cases/[0-9a-f]+)"', row)[0]
    page = counsellor.open(url).text

    assert "suicide, abuse" in row
    assert "suicide, abuse" in page
    words = r"in a question to a reading</p>\s*<blockquote[^>]*>my dad hits me[^<]*</blockquote>"
    sign = words + r"\s*<p[^\n]*</span> abuse, about whoever wrote it"
    assert re.search(sign, page)


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("close", {"note": " ", "ending": "resolved"}),
        ("close", {"note": "Talked."}),
        ("close", {"note": "Talked.", "ending": "forgotten"}),
        ("notes", {"note": ""}),
        ("hand-over", {"to_id": "0" * 32}),
    ],
)
def test_what_is_missing_is_said_beside_its_form(house: House, form: str, fields: dict[str, str]) -> None:
    """The page stays with what was typed, and says what is missing; nothing was done."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, f"Otto {form.title()} {len(fields)}{len(fields.get('note', ''))}{fields.get('ending', '')}")

    answer = counsellor.send(f"{url}/{form}", fields)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert fields.get("note", "").strip() in answer.text
    assert "I have seen this and take it on" in answer.text


def test_a_case_that_is_not_there(house: House) -> None:
    """An address with an unknown case is a page that says so."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = "/cases/" + "0" * 32

    assert counsellor.open(url).status_code == 404
    for form in ("close", "notes", "reopen", "telling", "acknowledge", "fresh-start"):
        assert counsellor.send(f"{url}/{form}", {"note": "x", "ending": "resolved"}).status_code == 404


def test_a_case_is_noted_handed_over_and_opened_again(house: House) -> None:
    """The history says who did what; the colleague has to take it on; a second open case keeps the first closed."""
    counsellor = house.browser(Role.COUNSELLOR)
    colleague = house.newcomer(Role.COUNSELLOR, name="Carl Colleague", class_ids=())
    url = raise_case(house, "Hanna Handed")

    counsellor.send(f"{url}/notes", {"note": "Called <b>home</b>."})
    counsellor.send(f"{url}/fresh-start")
    to_id = re.findall(r'<option value="([0-9a-f]{32})">Carl Colleague<', counsellor.open(url).text)[0]
    counsellor.send(f"{url}/hand-over", {"to_id": to_id})
    page = counsellor.open(url).text
    assert "Called &lt;b&gt;home&lt;/b&gt;." in page
    assert "handed over by <bdi>Cora Counsellor" in page
    assert "open, waits for Carl Colleague" in page
    assert "Who was called" in page

    colleague.open(url)
    colleague.send(f"{url}/acknowledge")
    assert "Hanna Handed" in colleague.open("/cases?mine=yes").text
    colleague.send(f"{url}/close", {"note": "Talked.", "ending": "false_alarm"})
    assert "Open it again" in colleague.open(url).text
    assert colleague.send(f"{url}/reopen", {"note": ""}).status_code == 422
    assert colleague.send(f"{url}/reopen", {"note": "It was none."}).status_code == 303
    assert colleague.send(f"{url}/reopen", {"note": "Once more."}).status_code == 409


def test_the_list_is_narrowed(house: House) -> None:
    """Open, closed and drills stand apart; by severity, too; words that mean nothing show the open ones."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, "Lena Listed")
    severity = re.findall(r'<span class="badge (\w+)">', counsellor.open(url).text)[0]
    other = next(one for one in ("low", "imminent") if one != severity)

    assert "Lena Listed" in counsellor.open(f"/cases?severity={severity}").text
    assert "Lena Listed" not in counsellor.open(f"/cases?severity={other}&show=open").text
    assert "Lena Listed" in counsellor.open("/cases?severity=grave&show=all").text
    counsellor.send(f"{url}/close", {"note": "Talked.", "ending": "resolved"})
    assert "Lena Listed" not in counsellor.open("/cases").text
    assert "Lena Listed" in counsellor.open("/cases?show=closed").text


def test_a_late_case_stands_out(house: House) -> None:
    """The list and the page say in words how late it is."""
    url = raise_case(house, "Late Lotte")
    with house.store(EVERYTHING) as work:
        case = work.care.find(CaseId(url.rpartition("/")[2]))
        assert case is not None
        work.care.save(replace(case, due_at=case.due_at - timedelta(days=1)))
        work.commit()
    counsellor = house.browser(Role.COUNSELLOR)

    (row,) = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*>Late Lotte<.*?</tr>", counsellor.open("/cases").text, re.DOTALL)

    assert 'class="late"' in row
    assert re.search(r"<strong>late:</strong> \d+ hours ago", row)
    assert "<strong>Late.</strong>" in counsellor.open(url).text


def test_undelivered_notices_say_what_to_do(house: House) -> None:
    """To whom, since when, how often tried, why not, in words."""
    url = raise_case(house, "Uwe Undelivered")
    case_id = CaseId(url.rpartition("/")[2])
    with house.store(EVERYTHING) as work:
        first = work.notices.list_for(case_id)[0]
        for number, failure in enumerate(("", "given_up", "refused", "withdrawn")):
            tried = replace(first, id=NoticeId(new_id()), key=new_id(), failure=failure, attempts=number)
            address = f"n{number}@call.example"
            work.notices.add(replace(tried, channel=Channel.EMAIL, address=address, delivered_at=None))
        work.commit()
    counsellor = house.browser(Role.COUNSELLOR)

    page = counsellor.open("/cases/notices").text

    assert all(f"n{number}@call.example" in page for number in range(3))
    assert "is tried no more" in page
    assert "1 try" in page
    assert "2 tries" in page
    assert "Uwe Undelivered" in page
    assert "notices have not been delivered" in counsellor.open("/cases").text
    assert "n3@call.example" not in page
    case_page = counsellor.open(url).text
    assert "n2@call.example" in case_page
    assert re.search(r"n3@call.example, because [^<]*\. It was taken back", case_page)


def test_false_alarms_are_counted(house: House) -> None:
    """The page shows rules, how many cases, and how many were none."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, "Falk False")
    counsellor.send(f"{url}/close", {"note": "A song.", "ending": "false_alarm"})

    page = counsellor.open("/cases/rules").text

    assert "It holds English words that people use when they speak of suicide." in page
    assert re.search(r"<code>en\.[^<]+</code></span></td><td>\d+ times?</td><td>\d+ false alarms?", page)


def test_the_counsellor_lets_the_student_know(house: House) -> None:
    """A checkbox says whether the student may see that there is a case; it is off at first and can be taken back."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = raise_case(house, "Tom Told")
    assert not is_told(counsellor, url)

    counsellor.send(f"{url}/telling", {"is_told": "yes"})
    assert is_told(counsellor, url)
    assert "shown to the student by <bdi>Cora Counsellor" in counsellor.open(url).text
    counsellor.send(f"{url}/telling")

    assert not is_told(counsellor, url)


def test_the_api_lets_the_student_know(house: House) -> None:
    """The same by the API."""
    counsellor = house.browser(Role.COUNSELLOR)
    url = "/api/v1" + raise_case(house, "Tina Told")

    answer = counsellor.client.post(f"{url}/telling", json={"is_told": True})

    assert answer.json()["is_told"]
    assert counsellor.client.get(url).json()["is_told"]


def is_told(counsellor: Browser, url: str) -> bool:
    return 'name="is_told" value="yes" checked' in counsellor.open(url).text


def test_the_api_does_all_of_it(house: House) -> None:
    """Notes, handing over, closing with an ending, opening again, starting afresh, notices and counts."""
    client = house.browser(Role.COUNSELLOR).client
    url = "/api/v1" + raise_case(house, "Api Anna")
    me = client.get("/api/v1/me").json()["id"]

    assert client.post(f"{url}/notes", json={"note": "Called home."}).json()["status"] == "open"
    assert client.post(f"{url}/holder", json={"to_id": me}).json()["holder_id"] == me
    assert client.post(f"{url}/holder", json={"to_id": "0" * 32}).status_code == 422
    assert client.post(f"{url}/fresh-start").status_code == 200
    assert (
        client.post(f"{url}/closing", json={"note": "A song.", "ending": "false_alarm"}).json()["ending"]
        == "false_alarm"
    )
    assert client.post(f"{url}/reopening", json={"note": "It was none."}).json()["status"] == "open"
    assert client.get(f"{url}/notices").json()[0]["channel"] == "desk"
    assert client.get("/api/v1/cases/notices").status_code == 200
    client.post(f"{url}/closing", json={"note": "A song.", "ending": "false_alarm"})
    assert any(one["false_alarms"] for one in client.get("/api/v1/cases/verdicts").json())
    flag = client.get(url).json()["flags"][0]
    assert (flag["who"], flag["rule"].partition(".")[0]) == ("self", "en")


def test_the_pages_say_when_nothing_leaves_the_house(house: House) -> None:
    """Without a mail server and a webhook no page says that e-mails go to anybody; and drills are called drills."""
    counsellor = house.browser(Role.COUNSELLOR)

    for page in (counsellor.open("/cases").text, counsellor.open("/on-call").text):
        assert "nothing leaves the house" in page
        assert "e-mails go to" not in page.casefold()

    raise_case(house, "Dora Drill-less")
    assert "Drills cases" not in counsellor.open("/cases?show=drills").text


def test_the_rules_say_whose_support_is_never_shown(house: House) -> None:
    """Whoever ticks the box knows that cases about abuse are hidden all the same."""
    page = house.newcomer(Role.ADMINISTRATOR, class_ids=()).open("/school/rules").text

    assert "never shown for a case about abuse" in page


def test_times_are_the_schools(house: House) -> None:
    """The counsellor's pages show the same zone as the letters: that of the school's hours, not the machine's."""
    url = raise_case(house, "Zoe Zoned")
    with house.store(EVERYTHING) as work:
        school = work.people.load_school(house.reading.school_id)
        hours = replace(school.rules.hours, zone="Asia/Kathmandu")
        work.people.save_school(replace(school, rules=replace(school.rules, hours=hours)))
        work.commit()
    counsellor = house.browser(Role.COUNSELLOR)

    pages = [counsellor.open(page).text for page in ("/cases", url)]

    with house.store(EVERYTHING) as work:
        work.people.save_school(school)
        work.commit()
    assert all(" +0545" in page for page in pages)
