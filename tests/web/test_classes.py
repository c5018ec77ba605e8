"""Pages of classes, of joining them, and of signing in with pictures."""

import re

import pytest

from domain.people import Role
from tests.faces import Browser, House
from web.templating import is_loopback

_CODE = re.compile(r'class="code">\s*([A-Z0-9]{4}-[A-Z0-9]{4})')
_CARD = re.compile(r"Your picture: (\w+)")
_SECRET = re.compile(r"\d\. (\w+)")
NEWCOMER = {"name": "Mia Muster", "password": "four words in row", "month": "5", "year": "2014"}


@pytest.fixture
def teacher(house: House) -> Browser:
    return house.newcomer(Role.TEACHER, name="Tina Teacher")


def make(teacher: Browser, name: str = "Class 5a", **fields: str) -> str:
    """Make a class; give its address."""
    teacher.open("/classes")
    answer = teacher.send("/classes", {"name": name, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def open_class(teacher: Browser, address: str) -> str:
    """Open a class for joining; give the code on its page."""
    assert teacher.send(f"{address}/open").status_code == 303
    found = _CODE.search(teacher.open(address).text)
    assert found is not None
    return found[1]


def join(house: House, code: str, **fields: str) -> Browser:
    """Join with a new account."""
    browser = Browser(house.demo)
    browser.open("/join")
    page = browser.send("/join", {"code": code})
    assert "Your name" in page.text, page.text
    answer = browser.send("/join", {"code": code, **NEWCOMER, **fields})
    assert (answer.status_code, answer.headers.get("location")) == (303, "/"), answer.text
    return browser


def test_a_teacher_makes_a_class_and_three_students_join(house: House, teacher: Browser) -> None:
    """From the list of classes to three students in it: one form, one button, and one form for each student."""
    assert "There is no class yet" not in teacher.open("/classes").text
    address = make(teacher, "Class of three")
    code = open_class(teacher, address)

    for number in range(3):
        student = join(house, code, name=f"Kid {number}", email=f"kid.{number}.three")
        assert "Your readings" in student.open("/").text

    page = teacher.open(address).text
    assert "3 students" in page
    assert all(f"Kid {number}" in page for number in range(3))
    assert "open until" in teacher.open("/classes").text


def test_a_first_class_is_asked_for(house: House) -> None:
    """Somebody without a class is told what to do."""
    browser = house.newcomer(Role.ADMINISTRATOR)

    assert "Make a class" in browser.open("/classes").text


def test_what_is_wrong_with_a_class_stands_beside_the_form(teacher: Browser) -> None:
    """A missing name, a day in the past and a day that is none are told on the page."""
    teacher.open("/classes")
    for fields in ({"name": ""}, {"name": "x", "ends_on": "2020-01-01"}, {"name": "x", "ends_on": "tomorrow"}):
        answer = teacher.send("/classes", fields)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    address = make(teacher)
    for path, fields in ((address, {"name": ""}), (f"{address}/open", {"until": "2020-01-01"})):
        answer = teacher.send(path, fields)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)


def test_a_class_is_changed_and_deleted(teacher: Browser) -> None:
    """Name and last day are saved; a class is deleted only by a ticked box."""
    address = make(teacher)

    assert teacher.send(address, {"name": "Class 5b", "ends_on": "2030-07-31"}).status_code == 303
    assert "2030-07-31" in teacher.open(address).text
    assert teacher.send(f"{address}/delete").status_code == 409
    assert teacher.send(f"{address}/delete", {"is_sure": "yes"}).status_code == 303
    assert teacher.open(address).status_code == 404


def test_closing_and_taking_out(house: House, teacher: Browser) -> None:
    """A closed class shows no code; a student who was taken out is gone from the page."""
    address = make(teacher)
    code = open_class(teacher, address)
    join(house, code, email="kid.out")
    person_id = re.search(r"/members/(\w+)/remove", teacher.open(address).text)
    assert person_id is not None

    teacher.send(f"{address}/members/{person_id[1]}/remove")
    teacher.send(f"{address}/close")

    page = teacher.open(address).text
    assert "0 students" in page
    assert code not in page
    assert "Nobody can join now" in page


@pytest.mark.parametrize("role", [Role.STUDENT, Role.COUNSELLOR, Role.GUARDIAN])
def test_classes_are_for_teachers_and_the_office(house: House, role: Role) -> None:
    """Others are told that their account is not for this."""
    assert house.newcomer(role).open("/classes").status_code == 403


def test_another_teacher_s_class_is_not_there(house: House, teacher: Browser) -> None:
    """Every address of a foreign class answers as that of a class that there is not."""
    address = make(teacher)
    other = house.newcomer(Role.TEACHER)
    other.open("/classes")
    for path in ("", "/pictures", "/roster", "/roster/x", "/roster/x/report.csv"):
        assert other.open(address + path).status_code == 404, path
        assert other.open("/classes/" + "f" * 32 + path).status_code == 404, path
    for path in (
        "",
        "/open",
        "/close",
        "/young",
        "/sign-in-code",
        "/members/x/remove",
        "/pictures",
        "/roster",
        "/roster/x",
    ):
        assert other.send(address + path, {"name": "x"}).status_code == 404, path


def test_the_office_sees_all_classes(house: House) -> None:
    """An administrator sees how many teachers a class has, and people's pages from there."""
    browser = house.newcomer(Role.ADMINISTRATOR)

    page = browser.open("/classes").text
    class_page = browser.open(f"/classes/{house.person(Role.STUDENT).class_ids[0]}").text

    assert "Class 8b" in page
    assert f"/school/people/{house.person(Role.STUDENT).id}" in class_page


def test_a_wrong_code_says_the_same(house: House) -> None:
    """An unknown code is told on the page of the code, with what was typed."""
    browser = Browser(house.demo)
    browser.open("/join?code=abcd-efgh")

    answer = browser.send("/join", {"code": "abcd-efgh"})

    assert answer.status_code == 422
    assert "No class is open under this code" in answer.text
    assert 'value="ABCD-EFGH"' in answer.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "a b"}, "email"),
        ({"password": "short"}, "password"),
        ({"month": ""}, "month"),
        ({"month": "13"}, "month"),
        ({"year": "99999"}, "year"),
    ],
)
def test_what_is_wrong_with_a_newcomer_is_marked(
    house: House, teacher: Browser, fields: dict[str, str], field: str
) -> None:
    """The field that is wrong is marked, what was typed stays, and the password is not sent back."""
    code = open_class(teacher, make(teacher))
    browser = Browser(house.demo)
    browser.open("/join")

    answer = browser.send("/join", {"code": code, **NEWCOMER, "email": "mia.marked", **fields})

    assert answer.status_code == 422
    assert re.search(rf'<\w+ id="{field}"[^>]*aria-invalid="true"', answer.text)
    assert 'value="four words' not in answer.text


def test_a_taken_user_name_is_told(house: House, teacher: Browser) -> None:
    """Whoever comes second chooses another."""
    code = open_class(teacher, make(teacher))
    join(house, code, email="mia.twice")
    browser = Browser(house.demo)
    browser.open("/join")

    answer = browser.send("/join", {"code": code, **NEWCOMER, "email": "mia.twice"})

    assert answer.status_code == 422
    assert "Somebody else already has this user name." in answer.text
    assert re.search(r'<\w+ id="email"[^>]*aria-invalid="true"', answer.text)


def test_children_are_added_by_name(teacher: Browser) -> None:
    """In a young class a name is enough for a child to be dealt pictures; without a name the page says so."""
    address = make(teacher, "Class 1c", is_young="yes")

    added = teacher.send(f"{address}/children", {"child": " Ida  Igel "})
    nameless = teacher.send(f"{address}/children", {"child": " "})

    assert added.status_code == 303
    assert (nameless.status_code, "Give the child" in nameless.text) == (422, True)
    assert "Ida Igel" in teacher.open(address).text
    assert "Your picture:" in teacher.send(f"{address}/pictures").text


def test_the_first_class_is_open_at_once(house: House) -> None:
    """Made by the first-steps form, a class shows its code without another button."""
    office = house.newcomer(Role.ADMINISTRATOR)

    assert _CODE.search(office.open(make(office, "8b", is_open="yes")).text)


@pytest.mark.parametrize(
    ("host", "is_alone"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("a.localhost", True),
        ("10.0.0.5", False),
        ("pi", False),
    ],
)
def test_names_of_the_computer_itself_are_known(host: str, *, is_alone: bool) -> None:
    """Nobody else reaches a computer by a loopback name or number."""
    assert is_loopback(host) is is_alone


def test_an_address_that_nobody_else_reaches_is_told(teacher: Browser) -> None:
    """Class page and cards warn of an address of the computer itself."""
    address = make(teacher, "Class 1d", is_young="yes")

    for page in (address, f"{address}/pictures"):
        text = teacher.client.get(page, headers={"host": "127.0.0.1:8000"}).text
        assert "This address works on this computer alone." in text


def test_whoever_is_signed_in_joins_with_the_code(house: House, teacher: Browser) -> None:
    """A student types the code alone; staff is told who can help."""
    address = make(teacher)
    code = open_class(teacher, address)
    student = house.newcomer(name="Nia Joins")
    assert "Your name" not in student.open("/join").text

    assert student.send("/join", {"code": code}).status_code == 303

    assert "Nia Joins" in teacher.open(address).text
    assert "Only students join" in teacher.open("/join").text
    assert "Only students join" in teacher.send("/join", {"code": code}).text


def deal(teacher: Browser, address: str, **fields: str) -> tuple[str, list[str], str]:
    """Deal pictures to one child; give its own picture, its secret and the class's code."""
    teacher.open(f"{address}/pictures")
    page = teacher.send(f"{address}/pictures", fields)
    assert page.headers["cache-control"] == "no-store"
    card, code = _CARD.search(page.text), _CODE.search(page.text)
    assert card is not None
    assert code is not None
    return card[1], _SECRET.findall(page.text), code[1]


def tap(browser: Browser, code: str, avatar: str, secret: list[str]) -> str:
    """Sign in with pictures; give where it led, or the page."""
    browser.open(f"/sign-in/class?code={code}")
    browser.send("/sign-in/class", {"code": code, "avatar": avatar})
    step = {"code": code, "avatar": avatar}
    for number, word in enumerate(secret[:-1]):
        browser.send("/sign-in/class", {**step, "taps": " ".join(secret[:number]), "picture": word})
    answer = browser.send("/sign-in/class", {**step, "taps": " ".join(secret[:-1]), "picture": secret[-1]})
    return str(answer.headers.get("location", answer.text))


def test_children_sign_in_with_pictures(house: House, teacher: Browser) -> None:
    """Code, own picture, three taps; wrong taps say so and begin again; a card is dealt anew by the teacher."""
    address = make(teacher, "Class 1c", is_young="yes")
    teacher.send(f"{address}/children", {"child": "Kid Young"})
    avatar, secret, code = deal(teacher, address)
    child = Browser(house.demo)

    wrong = tap(child, code, avatar, [*secret[:2], "hat" if secret[2] != "hat" else "cup"])
    right = tap(child, code, avatar, secret)

    assert "These are not your pictures" in wrong
    assert right == "/"
    assert "Your readings" in child.open("/").text
    person_id = re.search(r'name="person_id" value="(\w+)"', teacher.open(f"{address}/pictures").text)
    assert person_id is not None
    assert deal(teacher, address, person_id=person_id[1])[0] == avatar
    assert teacher.send(f"{address}/pictures").headers["location"] == f"{address}/pictures"
    assert child.open("/search").status_code == 303


def test_who_has_a_password_gets_no_pictures(house: House, teacher: Browser) -> None:
    """The cards say how the student signs in, and offer no card."""
    address = make(teacher, "Class 1g", is_young="yes")
    join(house, open_class(teacher, address), email="kid.with.password", name="Has Password")

    page = teacher.open(f"{address}/pictures").text

    assert "signs in with a password" in page
    assert "New card" not in page
    assert teacher.send(f"{address}/pictures").headers["location"] == f"{address}/pictures"


def test_names_are_not_shown_to_whoever_has_the_code(house: House, teacher: Browser) -> None:
    """The page of pictures holds pictures alone."""
    address = make(teacher, "Class 1d", is_young="yes")
    teacher.send(f"{address}/children", {"child": "Hidden Name"})
    _, _, code = deal(teacher, address)

    page = Browser(house.demo).open(f"/sign-in/class?code={code}").text

    assert page.count("<svg") == 1
    assert "Hidden" not in page


def test_what_does_not_fit_leads_back(house: House, teacher: Browser) -> None:
    """An unknown code asks for the code again, an unknown child for the child, at each step."""
    address = make(teacher, "Class 1e", is_young="yes")
    page = teacher.open(f"{address}/pictures").text
    code = re.search(r"type <strong>([A-Z0-9-]+)</strong>", page)
    assert code is not None
    browser = Browser(house.demo)
    assert "The code of your class" in browser.open("/sign-in/class").text

    assert browser.open("/sign-in/class?code=AAAA-AAAA").status_code == 404
    assert browser.send("/sign-in/class", {"code": "AAAA-AAAA", "avatar": "sun"}).status_code == 404
    assert "Nobody has pictures yet" in browser.send("/sign-in/class", {"code": code[1]}).text
    last = {"avatar": "sun", "taps": "sun sun", "picture": "sun"}
    assert browser.send("/sign-in/class", {"code": "AAAA-AAAA", **last}).status_code == 404
    assert "Nobody has pictures yet" in browser.send("/sign-in/class", {"code": code[1], "avatar": "sun"}).text
    assert "Nobody has pictures yet" in browser.send("/sign-in/class", {"code": code[1], **last}).text
    assert "No student is in the class yet" in page


def test_a_class_becomes_young_and_old_again(teacher: Browser) -> None:
    """The class's page offers pictures, another code, and to stop."""
    address = make(teacher)
    assert "Let them sign in with pictures" in teacher.open(address).text
    assert teacher.open(f"{address}/pictures").status_code == 422

    teacher.send(f"{address}/young", {"is_young": "yes"})
    first = teacher.open(address).text
    teacher.send(f"{address}/sign-in-code")
    second = teacher.open(address).text
    teacher.send(f"{address}/young", {"is_young": "no"})

    assert "Picture cards" in first
    assert first != second
    assert "Picture cards" not in teacher.open(address).text


def test_guessing_pictures_is_told_to_the_teacher(house: House, teacher: Browser) -> None:
    """After many misses in a day the page of the cards says so."""
    address = make(teacher, "Class 1f", is_young="yes")
    for number in range(4):
        teacher.send(f"{address}/children", {"child": f"Kid Guessed {number}"})
    teacher.open(f"{address}/pictures")
    cards = _CARD.findall(teacher.send(f"{address}/pictures").text)
    sign_in = re.search(r"type <strong>([A-Z0-9-]+)</strong>", teacher.open(f"{address}/pictures").text)
    assert sign_in is not None
    child = Browser(house.demo)

    for avatar in cards:
        for _ in range(5):
            tap(child, sign_in[1], avatar, ["hat", "hat", "hat"])

    assert "missed 20 times today" in teacher.open(f"{address}/pictures").text
