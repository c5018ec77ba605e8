"""Sign-in, sign-out, people, classes, and the demo's doors."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.service import Accounts
from accounts.sessions import LIFETIME, name_of, to_hash
from adapters.sql.store import SqlStore
from domain.errors import Conflict, Invalid, NotFound, NotSignedIn
from domain.people import ClassRoom, Person, Role
from domain.scope import EVERYTHING
from tests.builders import CLASS, SCHOOL, a_person
from tests.conftest import FixedClock
from tests.raw import connect

PASSWORD = "four plain words here"


@pytest.fixture
def accounts(store: SqlStore, clock: FixedClock) -> Accounts:
    return Accounts(store, clock)


@pytest.fixture
def ada(accounts: Accounts) -> Person:
    return accounts.add_person("Ada", "Ada@School.example", role=Role.TEACHER, password=PASSWORD)


@pytest.fixture
def empty(store: SqlStore, clock: FixedClock) -> Accounts:
    """Give the accounts of an installation without a school."""
    with connect(store) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM school")
    return Accounts(store, clock)


def test_signing_in_begins_a_session(accounts: Accounts, ada: Person) -> None:
    """With address and password one gets a token, by which one is known from then on."""
    session = accounts.sign_in("ada@school.EXAMPLE", PASSWORD)
    found = accounts.find_session(session.token)

    assert session.person == ada
    assert found is not None
    assert (found[0], found[1].form_token) == (ada, session.form_token)


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@school.example", "not my password"), ("nobody@school.example", PASSWORD), ("", ""), ("'--", "' OR 1=1")],
)
def test_a_wrong_address_reads_like_a_wrong_password(
    accounts: Accounts, ada: Person, email: str, password: str
) -> None:
    """Whatever was wrong, the error is the same: nobody learns who has an account."""
    with pytest.raises(NotSignedIn) as caught:
        accounts.sign_in(email, password)

    assert (caught.value.code, caught.value.message) == (
        "sign_in_failed",
        "The e-mail address or the password is not right.",
    )
    assert ada.password_hash


def test_people_without_a_password_cannot_sign_in(accounts: Accounts) -> None:
    """An account without a password, such as a demo's, cannot be entered by an empty one."""
    with pytest.raises(NotSignedIn):
        accounts.sign_in(a_person(Role.TEACHER).email, "")


def test_tokens_are_long_random_and_not_kept(accounts: Accounts, ada: Person, store: SqlStore) -> None:
    """Each session has its own token of 256 bits; the store knows its hash alone."""
    tokens = {accounts.sign_in(ada.email, PASSWORD).token for _ in range(2)}

    assert len(tokens) == 2
    assert all(len(token) >= 43 for token in tokens)
    with connect(store) as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM sign_in").all())
    assert all(token not in kept and to_hash(token) in kept for token in tokens)


def test_a_session_ends_after_its_lifetime(accounts: Accounts, ada: Person, clock: FixedClock, store: SqlStore) -> None:
    """After twelve hours the token is worth nothing, and the session is forgotten."""
    token = accounts.sign_in(ada.email, PASSWORD).token
    clock.move(LIFETIME - timedelta(seconds=1))
    assert accounts.find_session(token)
    clock.move(timedelta(seconds=1))

    assert accounts.find_session(token) is None
    with store(EVERYTHING) as unit:
        assert unit.people.find_sign_in(to_hash(token)) is None


def test_signing_out_ends_the_session_at_once(accounts: Accounts, ada: Person) -> None:
    """After signing out the token is worth nothing; signing out again does no harm."""
    kept, ended = (accounts.sign_in(ada.email, PASSWORD).token for _ in range(2))

    accounts.sign_out(ended)
    accounts.sign_out(ended)

    assert accounts.find_session(ended) is None
    assert accounts.find_session(kept)


@pytest.mark.parametrize("token", ["", "made up", "\ud800"])
def test_a_made_up_token_is_nobody(accounts: Accounts, token: str) -> None:
    """Any text that is no token gives None."""
    assert accounts.find_session(token) is None


def test_a_change_of_role_holds_at_once(accounts: Accounts, ada: Person, store: SqlStore) -> None:
    """A running session sees its person as the person is now."""
    token = accounts.sign_in(ada.email, PASSWORD).token
    with store(EVERYTHING) as unit:
        unit.people.save_person(replace(ada, role=Role.STUDENT))
        unit.commit()

    found = accounts.find_session(token)

    assert found is not None
    assert found[0].role is Role.STUDENT


def test_the_first_person_makes_the_school(empty: Accounts) -> None:
    """In an empty installation the first person makes the school, and the next one joins it."""
    first = empty.add_person("Ada", "ada@x.example", role=Role.TEACHER, password=PASSWORD, classes=["8b"])
    second = empty.add_person("Bo", "bo@x.example", role=Role.STUDENT, password=PASSWORD, classes=[" 8B ", "9", "8b"])

    assert first.school_id == second.school_id
    assert [one.name for one in empty.list_classes(first)] == ["8b"]
    assert [one.name for one in empty.list_classes(second)] == ["8b", "9"]
    assert empty.list_people() == [first, second]


def test_people_join_the_school_that_is_there(accounts: Accounts, ada: Person) -> None:
    """A person who is added joins the existing school and finds its classes by name."""
    bo = accounts.add_person("Bo", "bo@x.example", role=Role.STUDENT, password=PASSWORD, classes=["class 8B"])

    assert ada.school_id == bo.school_id == SCHOOL
    assert accounts.list_classes(bo) == [ClassRoom(CLASS, SCHOOL, "Class 8b")]


@pytest.mark.parametrize(
    "email", ["", "ada", "@x.example", "ada@", "a da@x.example", "a@b@c", "a\n@x.example", "a" * 255 + "@x"]
)
def test_a_malformed_address_is_refused(accounts: Accounts, email: str) -> None:
    """What cannot be an e-mail address is Invalid, and the field is named."""
    with pytest.raises(Invalid) as caught:
        accounts.add_person("Ada", email, role=Role.TEACHER, password=PASSWORD)

    assert caught.value.field == "email"


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_missing_name_is_refused(accounts: Accounts, name: str) -> None:
    """A person needs a name."""
    with pytest.raises(Invalid) as caught:
        accounts.add_person(name, "ada@x.example", role=Role.TEACHER, password=PASSWORD)

    assert caught.value.field == "name"


def test_an_address_can_be_used_once(accounts: Accounts, ada: Person) -> None:
    """A second person with the address is a Conflict, and the first one stays as she was."""
    with pytest.raises(Conflict):
        accounts.add_person("Eve", ada.email.upper(), role=Role.TEACHER, password=PASSWORD)

    assert accounts.sign_in(ada.email, PASSWORD).person == ada


def test_the_demo_is_made_once(empty: Accounts) -> None:
    """The demo has a class, a student, a teacher and a counsellor, however often it is asked for."""
    teacher = empty.ensure_demo(Role.TEACHER)
    again = [empty.ensure_demo(role) for role in (Role.STUDENT, Role.TEACHER, Role.COUNSELLOR)]

    assert again[1] == teacher
    assert sorted(empty.list_people(), key=str) == sorted(again, key=str)
    assert [one.name for one in empty.list_classes(teacher)] == ["Class 8b"]
    assert again[0].class_ids == teacher.class_ids
    assert all(person.is_demo for person in again)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.COUNSELLOR])
def test_the_demo_doors_open(empty: Accounts, role: Role) -> None:
    """Behind each door of the demo one is signed in as its person."""
    person = empty.ensure_demo(role)

    session = empty.sign_in_demo(role)

    assert session.person == person
    assert empty.find_session(session.token)


def test_the_demo_has_no_other_doors(empty: Accounts) -> None:
    """There is no door for administrators, nor any door before the demo was made."""
    with pytest.raises(NotFound):
        empty.sign_in_demo(Role.TEACHER)
    with pytest.raises(NotFound):
        empty.ensure_demo(Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        empty.sign_in_demo(Role.ADMINISTRATOR)


def test_real_people_and_the_demo_do_not_meet(empty: Accounts) -> None:
    """The demo's people and real people are in different schools, whichever came first."""
    demo = empty.ensure_demo(Role.COUNSELLOR)
    real = empty.add_person("Ada", "ada@x.example", role=Role.TEACHER, password=PASSWORD)
    other = empty.add_person("Bo", "bo@x.example", role=Role.STUDENT, password=PASSWORD)

    assert real.school_id == other.school_id != demo.school_id
    assert empty.list_people()[:2] == [real, other]


def test_whoever_left_is_not_let_in(accounts: Accounts, ada: Person, store: SqlStore) -> None:
    """Somebody whose account is closed neither signs in, with the same words as ever, nor goes on in a session."""
    token = accounts.sign_in(ada.email, PASSWORD).token
    closed = replace(ada, is_active=False)
    with store(EVERYTHING) as unit:
        unit.people.save_person(closed)
        unit.commit()

    assert accounts.find_session(token) is None
    with pytest.raises(NotSignedIn, match="The e-mail address or the password is not right"):
        accounts.sign_in(ada.email, PASSWORD)
    with pytest.raises(NotSignedIn):
        accounts.begin(closed)


def test_people_see_and_end_their_own_sessions(accounts: Accounts, ada: Person, clock: FixedClock) -> None:
    """Sessions are listed newest first with their device, without those that are over, and end one by one."""
    old = accounts.sign_in(ada.email, PASSWORD, device="Firefox/1 (Windows)")
    clock.move(timedelta(hours=1))
    new = accounts.begin(ada, device="Safari (iPad)")
    listed = accounts.list_sessions(ada)
    assert [one.device for one in listed] == ["Safari on iPad", "Firefox on Windows"]

    accounts.end_session(ada, name_of(listed[1]))

    assert accounts.find_session(old.token) is None
    assert accounts.find_session(new.token)
    with pytest.raises(NotFound):
        accounts.end_session(ada, name_of(listed[1]))
    clock.move(LIFETIME)
    assert accounts.list_sessions(ada) == []


def test_nobody_ends_the_session_of_another(accounts: Accounts, ada: Person) -> None:
    """The name of somebody else's session is worth nothing."""
    token = accounts.sign_in(ada.email, PASSWORD).token
    (session,) = accounts.list_sessions(ada)

    for name in (name_of(session), session.token_hash, token, ""):
        with pytest.raises(NotFound):
            accounts.end_session(a_person(Role.STUDENT), name)

    assert accounts.find_session(token)


def test_all_other_sessions_end_at_once(accounts: Accounts, ada: Person) -> None:
    """One signs out everywhere else, or everywhere."""
    here, elsewhere = (accounts.begin(ada).token for _ in range(2))

    accounts.end_sessions(ada, but_token=here)
    assert (bool(accounts.find_session(here)), accounts.find_session(elsewhere)) == (True, None)

    accounts.end_sessions(ada)
    assert accounts.find_session(here) is None


def test_a_new_password_leaves_no_older_session(accounts: Accounts, ada: Person) -> None:
    """Changing the password ends every session, this one too, and begins another."""
    tokens = [accounts.begin(ada).token for _ in range(2)]

    session = accounts.change_password(ada, PASSWORD, "another four plain words", device="Firefox")

    assert not any(accounts.find_session(token) for token in tokens)
    assert accounts.find_session(session.token)
    assert accounts.sign_in(ada.email, "another four plain words").person.id == ada.id
    with pytest.raises(NotSignedIn):
        accounts.sign_in(ada.email, PASSWORD)


@pytest.mark.parametrize(
    ("old", "new", "field"), [("not my password", "another password", "old"), (PASSWORD, "short", "password")]
)
def test_the_old_password_is_asked(accounts: Accounts, ada: Person, old: str, new: str, field: str) -> None:
    """Without the old password, or with too short a new one, nothing changes."""
    token = accounts.begin(ada).token

    with pytest.raises(Invalid) as caught:
        accounts.change_password(ada, old, new)

    assert caught.value.field == field
    assert accounts.find_session(token)


def test_of_two_changes_at_once_the_second_is_refused(accounts: Accounts, ada: Person) -> None:
    """A change that began before the password was changed elsewhere does not win."""
    accounts.change_password(ada, PASSWORD, "another four plain words")

    with pytest.raises(Conflict):
        accounts.change_password(ada, PASSWORD, "yet another four words")
