"""Signing in with a password, on the page and by the API, while somebody else tries to."""

from dataclasses import replace

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import ValidationError

from accounts.tries import Kind, TooManyTries, Tries
from api.signing_in import DEVICE_COOKIE
from domain.clock import SystemClock
from domain.scope import EVERYTHING
from margent.app import create_app
from margent.serving import listening
from margent.settings import Settings
from tests.faces import PASSWORD, Browser, House

WRONG = "The e-mail address or the password is not right."


@pytest.fixture
def tries() -> Tries:
    return Tries(SystemClock())


@pytest.fixture
def app(house: House, tries: Tries) -> FastAPI:
    """Give the application with counts of its own."""
    house.account()
    return create_app(replace(house.services, is_demo=False, tries=tries))


def attack(tries: Tries, email: str) -> None:
    """Fail at an account from many addresses, until strangers have to wait."""
    for number in range(50):
        try:
            tries.check(Kind.PASSWORD, email, f"198.51.100.{number}")
        except TooManyTries:
            return


def elsewhere(app: FastAPI) -> Browser:
    """Give a browser at an address that nobody signed in from."""
    browser = Browser(app)
    browser.client = TestClient(app, follow_redirects=False, client=("203.0.113.9", 50_000))
    return browser


def sign_in(browser: Browser, email: str, password: str = PASSWORD) -> int:
    return browser.send("/sign-in", {"email": email, "password": password}).status_code


def test_the_page_is_made_for_password_managers(app: FastAPI) -> None:
    """The fields say what they are, and the other ways in have links."""
    page = Browser(app).open("/sign-in").text

    for words in (
        'autocomplete="username"',
        'autocomplete="current-password"',
        'autocapitalize="none"',
        'href="/sign-in/class"',
        'href="/join"',
    ):
        assert words in page


def test_a_wrong_password_asks_about_caps_lock(house: House, app: FastAPI) -> None:
    """The sentence says what may have gone wrong, beside the fields; the address is kept, the password is not."""
    email = house.account()

    answer = Browser(app).send("/sign-in", {"email": email, "password": PASSWORD.upper()})

    assert answer.status_code == 401
    assert WRONG in answer.text
    assert "is Caps Lock on?" in answer.text
    assert f'value="{email}"' in answer.text
    assert PASSWORD.upper() not in answer.text


def test_too_many_tries_are_asked_to_wait_on_the_same_page(house: House, app: FastAPI) -> None:
    """The sixth try in a row says how long to wait, keeps the address, and does not ask about Caps Lock."""
    email, browser = house.account(), Browser(app)
    for _ in range(5):
        assert sign_in(browser, email, "not the password") == 401

    answer = browser.send("/sign-in", {"email": email, "password": PASSWORD})

    assert answer.status_code == 429
    assert "Wait half a minute" in answer.text
    assert "Caps Lock" not in answer.text
    assert f'value="{email}"' in answer.text
    assert answer.headers["retry-after"].endswith("GMT")


def test_the_owner_comes_in_on_a_known_device_while_strangers_wait(house: House, app: FastAPI, tries: Tries) -> None:
    """After a first sign-in, an attack on the account holds back new devices and not this one, wherever it is."""
    email = house.account()
    known, moved = Browser(app), elsewhere(app)
    assert sign_in(known, email) == 303

    attack(tries, email)

    assert sign_in(elsewhere(app), email) == 429
    moved.client.cookies.set(DEVICE_COOKIE, known.client.cookies[DEVICE_COOKIE])
    assert sign_in(moved, email) == 303


def test_the_owner_comes_in_where_one_came_in_before(house: House, app: FastAPI, tries: Tries) -> None:
    """An attack from other addresses does not hold back a browser without cookies at the usual address."""
    email = house.account()
    assert sign_in(Browser(app), email) == 303

    attack(tries, email)

    assert sign_in(Browser(app), email) == 303


def test_another_persons_device_is_a_stranger(house: House, app: FastAPI, tries: Tries) -> None:
    """Having signed in to one's own account opens no way to try another's."""
    email, browser = house.account(), Browser(app)
    assert sign_in(browser, house.account()) == 303
    browser.client.cookies.delete("margent_session")
    browser.token = ""
    attack(tries, email)

    assert sign_in(browser, email) == 429


def test_the_device_cookie_is_out_of_reach_of_script(house: House, app: FastAPI) -> None:
    """It is HttpOnly, lasts half a year, and names nobody; over https it is Secure. Failing gives none."""
    email, browser = house.account(), Browser(app)

    failed = browser.send("/sign-in", {"email": email, "password": "not the password"})
    assert DEVICE_COOKIE not in failed.headers.get("set-cookie", "")
    browser.client.base_url = "https://testserver"
    browser.token = ""
    answer = browser.send("/sign-in", {"email": email, "password": PASSWORD})

    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(DEVICE_COOKIE))
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax", "Max-Age=15552000"))
    assert email.split("@")[0] not in cookie


@pytest.mark.parametrize("kind", ["unknown", "without a password", "left"])
def test_nothing_tells_which_accounts_there_are(house: House, app: FastAPI, kind: str) -> None:
    """Unknown people, people without a password and people who left get the same page, and wait as soon."""
    email = house.account()
    with house.store(EVERYTHING) as work:
        person = work.people.find_by_email(email)
        assert person is not None
        changes = {"unknown": {"email": "else@school.example"}, "without a password": {"password_hash": ""}}
        work.people.save_person(replace(person, **changes.get(kind, {"is_active": False})))
        work.commit()
    known, other = house.account(), Browser(app)

    def pages(name: str, password: str) -> list[str]:
        browser = Browser(app)
        answers = [browser.send("/sign-in", {"email": name, "password": password}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        return [answer.text.replace(name, "…").replace(browser.token, "…") for answer in answers]

    assert other.open("/sign-in").status_code == 200
    assert pages(email, PASSWORD) == pages(known, "not the password")


def test_the_api_counts_with_the_page(house: House, app: FastAPI) -> None:
    """Tries by the API and on the page are the same tries; a program is told when to come back."""
    email, client = house.account(), TestClient(app)
    wish = {"email": email, "password": "not the password"}
    browser = Browser(app)

    statuses = [client.post("/api/v1/session", json=wish).status_code for _ in range(3)]
    statuses += [sign_in(browser, email, "not the password") for _ in range(2)]
    answer = client.post("/api/v1/session", json=wish)

    assert statuses == [401] * 5
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_tries")
    assert answer.headers["retry-after"].endswith("GMT")


def test_the_api_gives_programs_a_device_too(house: House, app: FastAPI, tries: Tries) -> None:
    """A program that keeps cookies is a known device after its first sign-in."""
    email, client = house.account(), TestClient(app)
    wish = {"email": email, "password": PASSWORD}
    assert client.post("/api/v1/session", json=wish).status_code == 201
    attack(tries, email)

    assert client.post("/api/v1/session", json=wish).status_code == 201
    assert elsewhere(app).client.post("/api/v1/session", json=wish).status_code == 429


def served(app: FastAPI, proxies: str, *, peer: str) -> TestClient:
    """Give a client at `peer` of the application as the real web server wraps it."""
    config = uvicorn.Config(app, **listening(Settings(trusted_proxies=proxies)))
    config.load()
    return TestClient(config.loaded_app, client=(peer, 50_000))


def tried_as(client: TestClient, email: str, forwarded: str) -> int:
    wish = {"email": email, "password": "not the password"}
    return client.post("/api/v1/session", json=wish, headers={"x-forwarded-for": forwarded}).status_code


@pytest.mark.parametrize("proxies", ["", "192.0.2.10", "192.0.2.0/28"])
def test_a_forged_address_changes_nothing(house: House, app: FastAPI, proxies: str) -> None:
    """Whoever names another address with each try waits all the same, unless a trusted proxy says so."""
    email = house.account()
    client = served(app, proxies, peer="203.0.113.5")

    assert [tried_as(client, email, f"198.51.100.{number}") for number in range(6)] == [401] * 5 + [429]


def test_behind_a_trusted_proxy_each_address_counts_alone(house: House, app: FastAPI) -> None:
    """What the school's own proxy says is the client's address, and only its last word: the rest the client wrote."""
    email = house.account()
    client = served(app, "192.0.2.0/28", peer="192.0.2.10")

    assert [tried_as(client, email, f"1.2.3.{number}, 198.51.100.1") for number in range(6)] == [401] * 5 + [429]
    assert tried_as(client, email, "198.51.100.2") == 401


@pytest.mark.parametrize("proxies", ["*", "proxy.school.example", "192.0.2.1/24"])
def test_proxies_are_named_by_address(proxies: str) -> None:
    """Nobody can be made to believe everybody."""
    with pytest.raises(ValidationError):
        Settings(trusted_proxies=proxies)
