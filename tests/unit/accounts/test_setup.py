"""The first start of a real installation."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from accounts.passwords import Passwords
from accounts.service import Accounts
from accounts.setup import Setup, Start
from accounts.tries import TooManyTries, Tries
from adapters.sql.store import SqlStore
from domain.errors import Invalid, MargentError, NotFound
from domain.people import Role, School
from domain.scope import EVERYTHING
from tests.builders import a_person
from tests.conftest import FixedClock
from tests.raw import connect

START = Start("Goethe-Schule", "Ada", "ada@x.example", "four plain words here", country="de")


@pytest.fixture
def empty(store: SqlStore) -> SqlStore:
    with connect(store) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM school")
    return store


@pytest.fixture
def setup(empty: SqlStore, clock: FixedClock) -> Setup:
    return Setup(empty, clock, Passwords(), Tries(clock))


def test_an_empty_installation_is_set_up_once(setup: Setup, empty: SqlStore, clock: FixedClock) -> None:
    """The code makes the school and its administrator, who is signed in; then there is nothing to set up any more."""
    assert setup.is_needed()

    session = setup.establish(setup.code(), START)

    accounts = Accounts(empty, clock)
    assert accounts.find_session(session.token)
    assert accounts.sign_in("ada@x.example", START.password).person.role is Role.ADMINISTRATOR
    with empty(EVERYTHING) as work:
        (school,) = work.people.list_schools()
    assert (school.name, school.rules.country, school.rules.language) == ("Goethe-Schule", "DE", "en")
    assert not setup.is_needed()
    for code in (setup.code(), None):
        with pytest.raises(NotFound):
            setup.establish(code, START)


def test_the_code_is_read_off_a_console(setup: Setup, empty: SqlStore, clock: FixedClock) -> None:
    """Capitals, blanks and dashes of the code do not matter; another start has another code."""
    typed = f" {setup.code().lower().replace('-', ' ')} "

    assert setup.establish(typed, START).person.name == "Ada"
    assert Setup(empty, clock, Passwords(), Tries(clock)).code() != setup.code()


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "x" * 500])
def test_a_wrong_code_takes_no_school(setup: Setup, code: str) -> None:
    """Without the code nobody on the network becomes the administrator."""
    with pytest.raises(Invalid) as caught:
        setup.establish(code, START)

    assert caught.value.field == "code"
    assert setup.is_needed()


def test_wrong_codes_are_limited(setup: Setup) -> None:
    """Whoever guesses from one address has to wait; whoever has the code elsewhere has not."""
    errors = [_wrong(setup, "192.0.2.1") for _ in range(150)]

    assert isinstance(errors[0], Invalid)
    assert isinstance(errors[-1], TooManyTries)
    assert setup.establish(setup.code(), START, address="192.0.2.2").person.name == "Ada"


def _wrong(setup: Setup, address: str) -> MargentError:
    with pytest.raises(MargentError) as caught:
        setup.establish("AAAA-AAAA", START, address=address)
    return caught.value


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"school_name": " "}, "school_name"),
        ({"country": "XX"}, "country"),
        ({"language": "tlh"}, "language"),
        ({"name": ""}, "name"),
        ({"email": "@"}, "email"),
        ({"password": "short"}, "password"),
    ],
)
def test_what_is_missing_is_named(setup: Setup, changes: dict[str, Any], field: str) -> None:
    """A field that makes no sense is Invalid by its name, nothing is made, and the code still holds."""
    with pytest.raises(Invalid) as caught:
        setup.establish(setup.code(), replace(START, **changes))

    assert caught.value.field == field
    assert setup.establish(setup.code(), START).person.name == "Ada"


def test_of_two_at_once_one_gets_the_school(setup: Setup, empty: SqlStore) -> None:
    """Two people who send the page at the same moment end as one administrator."""
    outcomes: list[str] = []

    def establish(name: str) -> None:
        try:
            setup.establish(None, replace(START, name=name, email=f"{name}@x.example"))
        except NotFound:
            outcomes.append("refused")
        else:
            outcomes.append("made")

    threads = [threading.Thread(target=establish, args=(name,)) for name in ("abel", "bela")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["made", "refused"]
    with empty(EVERYTHING) as work:
        (school,) = work.people.list_schools()
        assert len(work.people.list_people(school.id)) == 1


def test_the_demo_is_nobody_real(setup: Setup, empty: SqlStore, clock: FixedClock) -> None:
    """The demo's people do not stand in the way of setting up, and the demo's school stays the demo's."""
    Accounts(empty, clock).ensure_demo(Role.TEACHER)
    assert setup.is_needed()

    setup.establish(setup.code(), START)

    with empty(EVERYTHING) as work:
        assert [(one.name, one.is_demo) for one in work.people.list_schools()] == [
            ("Demo school", True),
            ("Goethe-Schule", False),
        ]


def test_a_school_whose_people_are_gone_is_set_up_again(setup: Setup, empty: SqlStore) -> None:
    """Nobody is there, but the school is: it gets its new name and administrator, and stays one school."""
    school_id = a_person().school_id
    with empty(EVERYTHING) as work:
        work.people.save_school(School(school_id, "Old name"))
        work.commit()

    person = setup.establish(setup.code(), START).person

    assert person.school_id == school_id
    with empty(EVERYTHING) as work:
        assert [one.name for one in work.people.list_schools()] == ["Goethe-Schule"]
