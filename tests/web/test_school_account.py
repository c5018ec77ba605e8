"""Signing in with the school's own account: off to the school's sign-in and back, over a real provider."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from httpx2 import Response
from joserfc.jwk import RSAKey
from structlog.testing import capture_logs

from accounts.school_accounts import Departures, SchoolAccounts
from accounts.seals import Seal
from adapters.identity.fetching import Fetcher
from adapters.identity.oidc import Client, OpenIdProvider
from domain.ids import new_id
from domain.people import Person, Role
from domain.scope import EVERYTHING
from margent.app import create_app
from tests.conftest import FixedClock
from tests.faces import Browser, House
from tests.scripted_provider import CLIENT_ID, CLIENT_SECRET, Reply, ScriptedProvider, scripted_provider
from web.school_account import STATE_COOKIE

CALLBACK = "/sign-in/school/callback"
AGAIN = "Signing in with your school account did not work. Try again."
UNKNOWN = "Nobody here has this school account."


@pytest.fixture(scope="module")
def moving() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="module")
def running(moving: FixedClock) -> Iterator[ScriptedProvider]:
    with scripted_provider(moving, RSAKey.generate_key(2048)) as school:
        yield school


@pytest.fixture
def school(running: ScriptedProvider) -> ScriptedProvider:
    running.replies, running.claims = {}, {}
    return running


@pytest.fixture
def app(house: House, school: ScriptedProvider, moving: FixedClock) -> FastAPI:
    """Give the real application, with the school's sign-in as configured."""
    client = Client(CLIENT_ID, CLIENT_SECRET)
    provider = OpenIdProvider(school.issuer, client, moving, fetcher=Fetcher(seconds=20))
    departures = Departures(Seal(bytes(32)), moving)
    accounts = SchoolAccounts("Lakeside", provider, house.services.accounts, house.store, departures=departures)
    house.account()
    return create_app(replace(house.services, is_demo=False, school_accounts=accounts))


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    return Browser(app)


def leave(browser: Browser, after: str = "") -> str:
    """Follow the button; give the address that it leads to."""
    answer = browser.open(f"/sign-in/school?{urlencode({'next': after})}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def come_back(browser: Browser, query: dict[str, str]) -> Response:
    return browser.open(f"{CALLBACK}?{urlencode(query)}")


def sign_in(browser: Browser, school: ScriptedProvider, subject: str, after: str = "", **claims: object) -> Response:
    return come_back(browser, school.allow(leave(browser, after), subject, **claims))


def on_roster(house: House, **changes: object) -> Person:
    """Put somebody on the roster, without a password."""
    known = house.services.accounts.add_person(
        "Rosa Roster", f"{new_id()}@school.example", role=Role.STUDENT, password="none that anybody knows"
    )
    person = replace(known, password_hash="", **changes)  # type: ignore[arg-type]
    save(house, person)
    return person


def save(house: House, person: Person) -> None:
    with house.store(EVERYTHING) as work:
        work.people.save_person(person)
        work.commit()


def who(browser: Browser) -> str:
    answer = browser.client.get("/api/v1/me")
    return str(answer.json()["id"]) if answer.status_code == 200 else ""


def test_somebody_on_the_roster_comes_in_and_is_known_from_then_on(
    house: House, app: FastAPI, school: ScriptedProvider
) -> None:
    """The verified address links the school account; later another address, or none, makes no difference."""
    person, subject = on_roster(house), new_id()
    first, second = Browser(app), Browser(app)

    answer = sign_in(first, school, subject, email=person.email.upper(), email_verified=True)
    sign_in(second, school, subject)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert who(first) == who(second) == person.id


def test_whoever_had_joined_under_the_address_is_out(house: House, app: FastAPI, school: ScriptedProvider) -> None:
    """Linking ends the password, the pictures and the sessions of somebody who took the address before its owner."""
    password = "four words of another"
    person = house.services.accounts.add_person(
        "Rosa Roster", f"{new_id()}@school.example", role=Role.STUDENT, password=password
    )
    save(house, replace(person, avatar="sun", picture_hash="hash"))
    earlier = house.services.accounts.sign_in(person.email, password)
    browser = Browser(app)

    sign_in(browser, school, new_id(), email=person.email, email_verified=True)

    assert who(browser) == person.id
    assert house.services.accounts.find_session(earlier.token) is None
    with house.store(EVERYTHING) as work:
        known = work.people.find_person(person.id)
    assert known is not None
    assert (known.password_hash, known.avatar, known.picture_hash) == ("", "", "")


def test_one_comes_back_to_where_one_wanted_to_go(house: House, browser: Browser, school: ScriptedProvider) -> None:
    """The page that asked for an account is opened afterwards."""
    person = on_roster(house)
    assert 'href="/sign-in/school?next=/search%3Fq%3Dlight"' in browser.open("/sign-in?next=%2Fsearch%3Fq%3Dlight").text

    answer = sign_in(browser, school, new_id(), "/search?q=light", email=person.email, email_verified=True)

    assert answer.headers["location"] == "/search?q=light"


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(house: House, browser: Browser, school: ScriptedProvider, after: str) -> None:
    """Whatever the link said, one ends up here."""
    person = on_roster(house)

    answer = sign_in(browser, school, new_id(), after, email=person.email, email_verified=True)

    assert answer.headers["location"] == "/"


@dataclass(frozen=True)
class Stranger:
    """Somebody who is refused with a code: how the roster differs, and what the school says."""

    code: str
    changes: Mapping[str, object] = field(default_factory=dict)
    claims: Mapping[str, object] = field(default_factory=dict)


STRANGERS = [
    Stranger("email_not_verified", claims={"email_verified": False}),
    Stranger("email_not_verified", claims={"email": "no address"}),
    Stranger("not_on_roster", claims={"email": "nobody@school.example"}),
    Stranger("inactive", {"is_active": False}),
    Stranger("linked_otherwise", {"subject": "https://login.example another"}),
    Stranger("other_school", {"school_id": "of the demo"}),
]


@pytest.mark.parametrize("stranger", STRANGERS, ids=str)
def test_nobody_else_is_let_in_or_made(
    house: House, browser: Browser, school: ScriptedProvider, stranger: Stranger
) -> None:
    """Strangers, people who left, those of another school, an address that was not verified: one sentence for all."""
    changes = dict(stranger.changes)
    if "school_id" in changes:
        changes["school_id"] = house.person(Role.STUDENT).school_id
    person = on_roster(house, **changes)
    before = len(house.services.accounts.list_people())

    with capture_logs() as logs:
        claims = {"email": person.email, "email_verified": True, **stranger.claims}
        query = school.allow(leave(browser), new_id(), **claims)
        answer = come_back(browser, query)

    assert answer.status_code == 401
    assert UNKNOWN in answer.text
    assert who(browser) == ""
    assert len(house.services.accounts.list_people()) == before
    assert {"event": "school_sign_in.refused", "code": stranger.code, "log_level": "info"} in logs
    with house.store(EVERYTHING) as work:
        assert work.people.find_person(person.id) == person


def test_who_was_linked_and_has_left_stays_out(house: House, browser: Browser, school: ScriptedProvider) -> None:
    """A school account that is linked to a closed account opens nothing."""
    subject = new_id()
    on_roster(house, subject=f"{school.issuer} {subject}", is_active=False)

    answer = sign_in(browser, school, subject)

    assert (answer.status_code, who(browser)) == (401, "")
    assert UNKNOWN in answer.text


def test_the_way_back_is_good_for_one_time(house: House, browser: Browser, school: ScriptedProvider) -> None:
    """Opening the same address again, even with the cookie put back, lets nobody in."""
    person = on_roster(house)
    query = school.allow(leave(browser), new_id(), email=person.email, email_verified=True)
    kept = browser.client.cookies[STATE_COOKIE]
    assert come_back(browser, query).status_code == 303
    browser.client.cookies.clear()

    again = come_back(browser, query)
    browser.client.cookies.set(STATE_COOKIE, kept, path="/sign-in/school")
    put_back = come_back(browser, query)

    assert [answer.status_code for answer in (again, put_back)] == [401, 401]
    assert AGAIN in put_back.text
    assert who(browser) == ""


def test_another_browser_cannot_finish_what_this_one_began(
    house: House, app: FastAPI, school: ScriptedProvider
) -> None:
    """An address to come back to, sent to somebody else, signs that person in as nobody."""
    person = on_roster(house)
    mine, theirs = Browser(app), Browser(app)
    leave(theirs)

    answer = come_back(theirs, school.allow(leave(mine), new_id(), email=person.email, email_verified=True))

    assert (answer.status_code, who(theirs)) == (401, "")


@pytest.mark.parametrize("kept", ["", "made up", "W10.AAAA"])
def test_a_made_up_state_is_refused(browser: Browser, school: ScriptedProvider, kept: str) -> None:
    """Without the cookie that was signed here nobody comes back."""
    query = school.allow(leave(browser))
    browser.client.cookies.clear()
    browser.client.cookies.set(STATE_COOKIE, kept, path="/sign-in/school")

    answer = come_back(browser, query)

    assert answer.status_code == 401
    assert AGAIN in answer.text


def test_ten_minutes_are_enough(browser: Browser, school: ScriptedProvider, moving: FixedClock) -> None:
    """Who comes back later is told so."""
    query = school.allow(leave(browser))
    moving.move(timedelta(minutes=11))

    assert "That took too long. Try again." in come_back(browser, query).text


def test_a_token_with_another_nonce_is_refused(house: House, browser: Browser, school: ScriptedProvider) -> None:
    """What the provider signed for somebody else's visit opens nothing, and is logged by its code."""
    person = on_roster(house)

    with capture_logs() as logs:
        answer = sign_in(browser, school, new_id(), email=person.email, email_verified=True, nonce="another")

    assert answer.status_code == 401
    assert [line["code"] for line in logs if line["event"] == "school_sign_in.refused"] == ["bad_token"]
    assert person.email not in str(logs)


def test_a_school_that_does_not_answer_leaves_the_other_ways(
    app: FastAPI, school: ScriptedProvider, moving: FixedClock
) -> None:
    """When the provider is down the page says so, and the password still works."""
    moving.move(timedelta(hours=2))
    school.replies["/keys"] = Reply(503)
    browser = Browser(app)

    answer = browser.open("/sign-in/school")

    assert answer.status_code == 503
    assert "does not answer now" in answer.text
    assert answer.headers["retry-after"]
    assert 'type="password"' in answer.text


def test_the_cookie_is_kept_from_script_and_other_paths(browser: Browser) -> None:
    """What the browser keeps meanwhile is HttpOnly, for these two addresses, and for ten minutes."""
    cookie = browser.open("/sign-in/school").headers["set-cookie"]

    assert all(word in cookie for word in ("HttpOnly", "Path=/sign-in/school", "Max-Age=600", "SameSite=lax"))


def test_the_button_says_what_the_school_calls_it(browser: Browser, house: House) -> None:
    """The button is there when it leads somewhere; otherwise the addresses lead nowhere."""
    assert "Sign in with Lakeside" in browser.open("/sign-in").text

    without = Browser(house.school)
    assert "/sign-in/school" not in without.open("/sign-in").text
    assert without.open("/sign-in/school").status_code == 404
    assert without.open(f"{CALLBACK}?code=a&state=b").status_code == 404


def test_what_was_used_long_ago_is_forgotten(moving: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bounded number of used states is remembered."""
    monkeypatch.setattr("accounts.school_accounts._MOST_USED", 2)
    departures = Departures(Seal(bytes(32)), moving)

    for number in range(5):
        departures.take(departures.note(str(number), "/"))

    assert len(departures._used) == 2
