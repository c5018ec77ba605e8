"""The first page, signing in and out."""

import pytest

from domain.people import Role
from tests.faces import PASSWORD, Browser, House


def test_the_demo_has_three_doors(house: House) -> None:
    """The first page of the demo offers a door for each role, with a sentence."""
    page = house.browser().open("/").text

    assert page.count('name="role" value="') == 3
    for role in ("student", "teacher", "counsellor"):
        assert f'value="{role}"' in page


def test_without_the_demo_there_is_no_door(house: House) -> None:
    """A school's first page is a sign-in form, and its doors are shut."""
    browser = Browser(house.school)

    page = browser.open("/").text

    assert 'type="password"' in page
    assert 'name="role"' not in page


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.STUDENT, "Your readings"), (Role.TEACHER, "Your class sees what you add"), (Role.COUNSELLOR, "Cases")],
)
def test_each_door_leads_to_its_own_first_page(house: House, role: Role, words: str) -> None:
    """Students and teachers come to the library, counsellors to the cases."""
    browser = house.browser(role)

    answer = browser.open("/")
    if answer.status_code == 303:
        answer = browser.open(answer.headers["location"])

    assert words in answer.text


@pytest.mark.parametrize(
    ("role", "page", "words"),
    [
        (Role.COUNSELLOR, "/cases", "Cases"),
        (Role.GUARDIAN, "/children", "Please ask the school to do this."),
        (Role.ADMINISTRATOR, "/school", "Still to do"),
    ],
)
def test_people_without_readings_begin_at_their_own_work(house: House, role: Role, page: str, words: str) -> None:
    """Counsellors come to the cases, guardians to their children, administrators to the school's office."""
    browser = house.newcomer(role)

    assert browser.open("/").headers["location"] == page
    answer = browser.open(page)
    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize(("role", "status"), [("pirate", 422), ("", 422), ("administrator", 404)])
def test_there_are_no_other_doors(house: House, role: str, status: int) -> None:
    """A role that the page does not offer opens nothing."""
    answer = house.browser().send("/sign-in/demo", {"role": role})

    assert answer.status_code == status


def test_signing_in_leads_on_to_where_one_wanted_to_go(house: House) -> None:
    """A page that needs an account asks for one and comes back."""
    browser = Browser(house.school)
    way_in = browser.open("/search?q=light").headers["location"]
    assert way_in == "/sign-in?next=%2Fsearch%3Fq%3Dlight"
    assert 'value="/search?q=light"' in browser.open(way_in).text

    answer = browser.send("/sign-in", {"email": house.account(), "password": PASSWORD, "next": "/search?q=light"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=light")
    assert browser.open("/search?q=light").status_code == 200


def test_the_session_cookie_is_out_of_reach_of_script_and_other_sites(house: House) -> None:
    """The cookie is HttpOnly and SameSite, and Secure where the service is reached by https."""
    browser = Browser(house.school)
    browser.open("/")

    plain = browser.send("/sign-in", {"email": house.account(), "password": PASSWORD})
    browser.client.base_url = "https://testserver"
    browser.token = ""
    secure = browser.send("/sign-in", {"email": house.account(), "password": PASSWORD})

    assert "HttpOnly" in plain.headers["set-cookie"]
    assert "SameSite=lax" in plain.headers["set-cookie"]
    assert "Secure" not in plain.headers["set-cookie"]
    assert "Secure" in secure.headers["set-cookie"]


@pytest.mark.parametrize(
    ("email", "password"), [("known", "wrong words entirely"), ("nobody@school.example", PASSWORD), ("", "")]
)
def test_a_failed_sign_in_says_the_same_whatever_was_wrong(house: House, email: str, password: str) -> None:
    """The page does not tell whether the account exists, and keeps the address typed."""
    email = house.account() if email == "known" else email

    answer = Browser(house.school).send("/sign-in", {"email": email, "password": password})

    assert answer.status_code == 401
    assert "The e-mail address or the password is not right." in answer.text
    assert f'value="{email}"' in answer.text


def test_too_many_tries_wait(house: House) -> None:
    """The sixth try in a row for an account is refused with a time to wait."""
    browser = Browser(house.school)

    answers = [browser.send("/sign-in", {"email": "tried@school.example", "password": "x"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert "Wait half a minute" in answers[-1].text
    assert answers[-1].headers["retry-after"].endswith("GMT")


def test_signing_out_ends_the_session(house: House) -> None:
    """After signing out the old cookie opens nothing."""
    browser = house.browser(Role.STUDENT)
    cookies = dict(browser.client.cookies)
    browser.open("/")

    assert browser.send("/sign-out").status_code == 303

    browser.client.cookies.update(cookies)
    assert browser.open("/search").headers["location"].startswith("/sign-in")


def test_a_form_from_elsewhere_does_nothing(house: House) -> None:
    """Without the token of our page, or from another site, a form is refused."""
    browser = house.browser(Role.STUDENT)
    browser.open("/")

    cross_site = browser.client.post(
        "/sign-out", data={"form_token": browser.token}, headers={"sec-fetch-site": "cross-site"}
    )
    foreign = browser.client.post(
        "/sign-out", data={"form_token": browser.token}, headers={"origin": "https://evil.example"}
    )
    hidden = browser.client.post("/sign-out", data={"form_token": browser.token}, headers={"origin": "null"})
    untokened = browser.client.post("/sign-out", data={"form_token": "guess"})

    assert [answer.status_code for answer in (cross_site, foreign, hidden, untokened)] == [403, 403, 403, 403]
    assert "another site" in cross_site.text
    assert "open for too long" in untokened.text
    assert browser.open("/search").status_code == 200


def test_a_form_from_here_is_taken(house: House) -> None:
    """What browsers say of our own forms lets them through."""
    browser = house.browser(Role.STUDENT)
    browser.open("/")

    answer = browser.client.post(
        "/sign-out",
        data={"form_token": browser.token},
        headers={"sec-fetch-site": "same-origin", "origin": "http://testserver"},
    )

    assert answer.status_code == 303


def test_the_demo_and_the_school_do_not_meet(house: House) -> None:
    """Somebody with an account sees nothing of the demo's readings."""
    browser = Browser(house.school)
    browser.send("/sign-in", {"email": house.account(), "password": PASSWORD})

    assert house.reading.title not in browser.open("/").text
    assert browser.open(f"/readings/{house.reading.id}").status_code == 404


def test_the_first_page_quotes_the_sample_reading(house: House) -> None:
    """The sentence beside the doors stands in the sample, on the page that it names."""
    figure = house.browser().open("/").text.split('<figure class="sample"')[1].split("</figure>")[0]
    quote, page = figure.split("<mark>")[1].split("</mark>")[0], int(figure.split("<p>page ")[1].split("<")[0])

    text = house.services.documents.load_page(house.person(Role.STUDENT), house.reading.id, page).text

    assert quote in " ".join(text.split())
