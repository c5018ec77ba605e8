"""One-time links by which people get their account."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.invitations import GONE, LIFETIME, LIFETIME_OF_GUARDIANS, Invitations, Reply
from accounts.passwords import Passwords
from accounts.people import Office
from accounts.service import Accounts
from accounts.sessions import to_hash
from adapters.sql.store import SqlStore
from domain.errors import Conflict, Invalid, MargentError, NotAllowed, NotFound
from domain.ids import ClassId, PersonId, SchoolId, new_id
from domain.people import ClassRoom, Person, Role, School
from domain.scope import EVERYTHING
from safety.access import Accesses
from tests.builders import CLASS, SCHOOL, a_person
from tests.conftest import FixedClock
from tests.raw import connect

ADMIN = a_person(Role.ADMINISTRATOR, class_ids=(), password_hash="hash")
TEACHER = a_person(Role.TEACHER)
STUDENT = a_person(Role.STUDENT)
GUARDIAN = a_person(Role.GUARDIAN, class_ids=())
OTHER_CLASS = ClassId(new_id())
OTHER_STUDENT = a_person(id=PersonId(new_id()), email="", class_ids=(OTHER_CLASS,))
PASSWORD = "four plain words here"
REPLY = Reply("Nia New", "nia@x.example", PASSWORD)
BORN = date(2012, 5, 1)


@pytest.fixture
def invitations(store: SqlStore, clock: FixedClock) -> Invitations:
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(OTHER_CLASS, SCHOOL, "9a"))
        for person in (ADMIN, GUARDIAN, OTHER_STUDENT):
            work.people.save_person(person)
        work.commit()
    return Invitations(store, clock, Passwords(), Accesses(store, clock))


def keep(store: SqlStore, person: Person) -> Person:
    with store(EVERYTHING) as work:
        work.people.save_person(person)
        work.commit()
    return person


@pytest.mark.parametrize("role", [Role.TEACHER, Role.COUNSELLOR, Role.ADMINISTRATOR])
def test_a_link_makes_an_account(invitations: Invitations, store: SqlStore, clock: FixedClock, role: Role) -> None:
    """The office invites to any role; whoever has the link makes an account and is signed in."""
    invitation, token = invitations.invite(ADMIN, role)
    assert invitations.find(token) == invitation

    session = invitations.accept(token, REPLY)

    accounts = Accounts(store, clock)
    found = accounts.find_session(session.token)
    assert found is not None
    assert (found[0].name, found[0].role, found[0].school_id) == ("Nia New", role, SCHOOL)
    assert accounts.sign_in("NIA@x.example", PASSWORD).person.id == session.person.id


def test_students_say_when_they_were_born(invitations: Invitations) -> None:
    """Of the month of birth only the day is kept from which the student decides alone."""
    _, token = invitations.invite(ADMIN, Role.STUDENT, class_ids=[CLASS])
    assert invitations.load(token).is_birth_asked

    with pytest.raises(Invalid) as caught:
        invitations.accept(token, REPLY)
    assert caught.value.field == "born"
    person = invitations.accept(token, replace(REPLY, born=BORN)).person

    assert person.class_ids == (CLASS,)
    assert person.decides_from == date(2028, 6, 1)


def test_unlinking_a_guardian_ends_links_to_become_one(
    invitations: Invitations, store: SqlStore, clock: FixedClock
) -> None:
    """A spare link does not bring somebody back whom the office took off; links for other children stay."""
    _, _, used = invitations.invite_guardian(ADMIN, STUDENT.id)
    _, _, spare = invitations.invite_guardian(ADMIN, STUDENT.id)
    _, _, of_other = invitations.invite_guardian(ADMIN, OTHER_STUDENT.id)
    invitations.accept_as(GUARDIAN, used)

    Office(store, clock).unlink_guardian(ADMIN, GUARDIAN.id, STUDENT.id)

    assert invitations.find(spare) is None
    assert invitations.find(of_other)


def test_a_child_sees_who_made_somebody_its_guardian(
    invitations: Invitations, store: SqlStore, clock: FixedClock
) -> None:
    """A new account, an account there was, and a link made on the person's page are each noted, with who invited."""
    new = invitations.accept(invitations.invite_guardian(ADMIN, STUDENT.id)[2], REPLY).person
    invitations.accept_as(GUARDIAN, invitations.invite_guardian(ADMIN, STUDENT.id)[2])
    Office(store, clock).link_guardian(ADMIN, GUARDIAN.id, OTHER_STUDENT.id)

    looks = [one for child in (STUDENT, OTHER_STUDENT) for one in Accesses(store, clock).list_for(child)]

    assert {(one.by_id, one.what, one.why) for one in looks} == {(ADMIN.id, "account", "guardian_linked")}
    assert {(one.person_id, one.thing_id) for one in looks} == {
        (STUDENT.id, new.id),
        (STUDENT.id, GUARDIAN.id),
        (OTHER_STUDENT.id, GUARDIAN.id),
    }


def test_a_guardian_comes_in_for_a_child(invitations: Invitations) -> None:
    """The link of a guardian names the child, and stays good for longer."""
    invitation, token = invitations.invite(ADMIN, Role.GUARDIAN, ward_ids=[STUDENT.id])
    guest = invitations.load(token)

    person = invitations.accept(token, REPLY).person

    assert invitation.expires_at - invitation.created_at == LIFETIME_OF_GUARDIANS
    assert ([one.id for one in guest.children], guest.school_name) == ([STUDENT.id], "The School")
    assert (person.role, person.ward_ids) == (Role.GUARDIAN, (STUDENT.id,))


def test_somebody_on_the_roster_chooses_a_password(
    invitations: Invitations, store: SqlStore, clock: FixedClock
) -> None:
    """The account stays who it is; address and month of birth are asked where they are missing."""
    child = keep(store, replace(STUDENT, email="", name="Mia"))
    _, token = invitations.invite(TEACHER, Role.STUDENT, person_id=child.id)
    guest = invitations.load(token)

    session = invitations.accept(token, replace(REPLY, name="Somebody Else", email="mia.8b", born=BORN))

    assert (guest.person, guest.is_birth_asked) == (child, True)
    assert (session.person.id, session.person.name, session.person.email) == (child.id, "Mia", "mia.8b")
    assert Accounts(store, clock).sign_in("mia.8b", PASSWORD).person.class_ids == child.class_ids


def test_a_new_password_ends_every_session(invitations: Invitations, store: SqlStore, clock: FixedClock) -> None:
    """A link to a new password signs out everywhere when made; used, the old password is worth nothing."""
    accounts = Accounts(store, clock)
    person = accounts.add_person("Ada", "ada@x.example", role=Role.TEACHER, password="an old password here")
    token = accounts.begin(person).token
    _, _, first = invitations.invite_again(ADMIN, person.id)
    _, _, second = invitations.invite_again(ADMIN, person.id)

    assert accounts.find_session(token) is None
    assert invitations.find(first) is None
    invitations.accept(second, replace(REPLY, email="ignored@x.example"))

    assert accounts.sign_in("ada@x.example", PASSWORD).person.id == person.id
    with pytest.raises(MargentError):
        accounts.sign_in("ada@x.example", "an old password here")


def test_a_link_to_what_somebody_has_is_noted(invitations: Invitations, store: SqlStore) -> None:
    """People see who made a link into their account; a first link for somebody without a way in is no look."""
    keep(store, replace(STUDENT, password_hash="hash"))

    invitations.invite_again(ADMIN, STUDENT.id)
    invitations.invite_again(ADMIN, OTHER_STUDENT.id)

    with store(EVERYTHING) as work:
        (access,) = work.rights.list_accesses(STUDENT.id)
        assert (access.by_id, access.what, access.why) == (ADMIN.id, "account", "new_password_link")
        assert work.rights.list_accesses(OTHER_STUDENT.id) == []


def test_tokens_are_long_random_and_not_kept(invitations: Invitations, store: SqlStore) -> None:
    """The store knows the hash alone; a token can be typed in capitals and without dashes."""
    made = [invitations.invite(ADMIN, Role.TEACHER) for _ in range(3)]

    tokens = {token for _, token in made}
    assert len({token.replace("-", "") for token in tokens}) == 3
    assert all(len(token.replace("-", "")) == 24 for token in tokens)
    with connect(store) as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM invitation").all())
    for invitation, token in made:
        assert token not in kept
        assert token.replace("-", "") not in kept
        assert invitation.token_hash == to_hash(token.replace("-", ""))
        assert invitations.find(f" {token.upper().replace('-', ' ')}") == invitation


def test_a_link_that_is_over_is_like_none(invitations: Invitations, store: SqlStore, clock: FixedClock) -> None:
    """Unknown, used, withdrawn, expired and void links are met with the same words, before anything is hashed."""
    links = [invitations.invite(ADMIN, Role.TEACHER) for _ in range(4)]
    invitations.accept(links[0][1], REPLY)
    invitations.withdraw(ADMIN, links[1][0].id)
    made_by = keep(store, a_person(Role.ADMINISTRATOR, id=PersonId(new_id()), email=""))
    _, void = invitations.invite(made_by, Role.TEACHER)
    keep(store, replace(made_by, is_active=False))
    clock.move(LIFETIME - timedelta(seconds=1))
    assert invitations.find(links[2][1])
    clock.move(timedelta(seconds=1))

    for token in (links[0][1], links[1][1], links[2][1], void, "", "x" * 1000, "aaaaaa-aaaaaa-aaaaaa-aaaaaa"):
        assert invitations.find(token) is None
        for use in (invitations.load, lambda one: invitations.accept(one, REPLY), lambda one: _add(invitations, one)):
            with pytest.raises(NotFound) as caught:
                use(token)
            assert (caught.value.message, caught.value.code) == (GONE, "bad_link")
    assert invitations.list_for(ADMIN) == []


def _add(invitations: Invitations, token: str) -> Person:
    return invitations.accept_as(GUARDIAN, token)


def test_links_end_with_what_they_rest_on(invitations: Invitations, store: SqlStore, clock: FixedClock) -> None:
    """An inviter who may no longer, a person who left, a class or child that is gone: the link is void."""
    office = Office(store, clock)
    _, of_teacher = invitations.invite(TEACHER, Role.STUDENT, class_ids=[CLASS])
    _, of_child = invitations.invite(ADMIN, Role.GUARDIAN, ward_ids=[OTHER_STUDENT.id])
    _, of_person = invitations.invite(ADMIN, Role.STUDENT, person_id=STUDENT.id)

    office.set_classes(ADMIN, TEACHER.id, [])
    office.set_active(ADMIN, OTHER_STUDENT.id, is_active=False)
    office.set_active(ADMIN, STUDENT.id, is_active=False)

    assert [invitations.find(token) for token in (of_teacher, of_child, of_person)] == [None, None, None]


def test_a_teachers_first_link_ends_when_there_is_a_password(invitations: Invitations, store: SqlStore) -> None:
    """A link that a teacher made before the student had a password cannot take the account over afterwards."""
    _, token = invitations.invite(TEACHER, Role.STUDENT, person_id=STUDENT.id)
    keep(store, replace(STUDENT, password_hash="hash"))

    assert invitations.find(token) is None


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        (Role.TEACHER, {}),
        (Role.COUNSELLOR, {}),
        (Role.ADMINISTRATOR, {}),
        (Role.STUDENT, {}),
        (Role.STUDENT, {"class_ids": [OTHER_CLASS]}),
        (Role.TEACHER, {"class_ids": [CLASS]}),
        (Role.GUARDIAN, {"ward_ids": [STUDENT.id]}),
        (Role.GUARDIAN, {"ward_ids": [OTHER_STUDENT.id]}),
        (Role.GUARDIAN, {"ward_ids": [GUARDIAN.id]}),
        (Role.STUDENT, {"person_id": OTHER_STUDENT.id}),
        (Role.TEACHER, {"person_id": TEACHER.id}),
        (Role.STUDENT, {"person_id": TEACHER.id}),
        (Role.GUARDIAN, {"person_id": GUARDIAN.id}),
        (Role.STUDENT, {"person_id": PersonId("f" * 32)}),
    ],
)
def test_teachers_invite_into_own_classes_alone(invitations: Invitations, role: Role, fields: dict[str, Any]) -> None:
    """What is not a student of an own class a teacher cannot invite, not even its family, and is told nothing."""
    with pytest.raises(NotFound) as caught:
        invitations.invite(TEACHER, role, **fields)

    assert caught.value.message == "There is nothing at this address, or it is not yours to see."


@pytest.mark.parametrize("role", [Role.STUDENT, Role.GUARDIAN, Role.COUNSELLOR])
def test_others_invite_nobody(invitations: Invitations, role: Role) -> None:
    """Students, guardians and counsellors make no links and list none."""
    person = a_person(role, ward_ids=(STUDENT.id,))

    for class_ids in ([], [CLASS]):
        with pytest.raises(NotFound):
            invitations.invite(person, Role.STUDENT, class_ids=class_ids)
    with pytest.raises(NotFound):
        invitations.invite_families(person, CLASS)
    with pytest.raises(NotFound):
        invitations.invite_again(person, STUDENT.id)
    with pytest.raises(NotAllowed):
        invitations.list_for(person)


def test_other_schools_are_not_invited_to(invitations: Invitations, store: SqlStore) -> None:
    """The office cannot name a class, child or person of another school."""
    foreign = SchoolId(new_id())
    class_id = ClassId(new_id())
    with store(EVERYTHING) as work:
        work.people.save_school(School(foreign, "Another"))
        work.people.save_class(ClassRoom(class_id, foreign, "1"))
        child = a_person(id=PersonId(new_id()), school_id=foreign, email="", class_ids=(class_id,))
        work.people.save_person(child)
        work.commit()

    with pytest.raises(NotFound):
        invitations.invite(ADMIN, Role.STUDENT, class_ids=[class_id])
    with pytest.raises(NotFound):
        invitations.invite(ADMIN, Role.STUDENT, person_id=child.id)
    with pytest.raises(NotFound):
        invitations.invite_guardian(ADMIN, child.id)
    for person_id in (child.id, PersonId("f" * 32)):
        with pytest.raises(NotFound):
            invitations.invite_again(ADMIN, person_id)
    with pytest.raises(NotFound):
        invitations.invite_members(ADMIN, class_id)


@pytest.mark.parametrize(
    ("role", "fields", "field"),
    [
        (Role.COUNSELLOR, {"class_ids": [CLASS]}, "class_ids"),
        (Role.GUARDIAN, {}, "ward_ids"),
        (Role.STUDENT, {"ward_ids": [STUDENT.id]}, "ward_ids"),
    ],
)
def test_links_that_make_no_sense_are_refused(
    invitations: Invitations, role: Role, fields: dict[str, Any], field: str
) -> None:
    """A counsellor with a class, a guardian without a child, a student with one: Invalid, and the field is named."""
    with pytest.raises(Invalid) as caught:
        invitations.invite(ADMIN, role, **fields)

    assert caught.value.field == field


def test_a_taken_address_leaves_the_link_good(invitations: Invitations) -> None:
    """An address that somebody has is a Conflict, and the link can be used with another."""
    _, token = invitations.invite(ADMIN, Role.TEACHER)

    with pytest.raises(Conflict):
        invitations.accept(token, replace(REPLY, email=STUDENT.email))

    assert invitations.accept(token, REPLY).person.email == REPLY.email


def test_of_two_at_once_one_gets_in(invitations: Invitations) -> None:
    """Two people with the same link end as one account."""
    _, token = invitations.invite(ADMIN, Role.TEACHER)
    outcomes: list[str] = []

    def accept(name: str) -> None:
        try:
            invitations.accept(token, replace(REPLY, email=f"{name}@x.example"))
        except NotFound:
            outcomes.append("refused")
        else:
            outcomes.append("in")

    threads = [threading.Thread(target=accept, args=(name,)) for name in ("abel", "bela")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["in", "refused"]


def test_a_second_child_is_added_to_the_account(invitations: Invitations, store: SqlStore) -> None:
    """A guardian who is signed in uses the link of another child with the account there is, once."""
    guardian = keep(store, replace(GUARDIAN, ward_ids=(STUDENT.id,)))
    _, _, token = invitations.invite_guardian(ADMIN, OTHER_STUDENT.id)

    added = invitations.accept_as(guardian, token)

    assert set(added.ward_ids) == {STUDENT.id, OTHER_STUDENT.id}
    assert invitations.find(token) is None


def test_a_link_for_others_does_not_change_an_account(invitations: Invitations, store: SqlStore) -> None:
    """Somebody signed in with another role, or a link that is about one person, adds nothing."""
    _, _, for_guardian = invitations.invite_guardian(ADMIN, STUDENT.id)
    _, _, for_person = invitations.invite_again(ADMIN, OTHER_STUDENT.id)
    stranger = replace(GUARDIAN, school_id=SchoolId(new_id()))

    with pytest.raises(NotAllowed):
        invitations.accept_as(STUDENT, for_guardian)
    with pytest.raises(NotAllowed):
        invitations.accept_as(STUDENT, for_person)
    with pytest.raises(NotFound):
        invitations.accept_as(stranger, for_guardian)

    with store(EVERYTHING) as work:
        assert work.people.find_person(STUDENT.id) == STUDENT


def test_a_class_gets_its_slips(invitations: Invitations, store: SqlStore) -> None:
    """Students without a way in get links, families without a guardian too, and nobody else."""
    has_all = keep(store, a_person(id=PersonId(new_id()), email="", password_hash="hash"))
    keep(store, a_person(id=PersonId(new_id()), email="", is_active=False))
    keep(store, replace(GUARDIAN, ward_ids=(has_all.id,), password_hash="hash"))

    members = invitations.invite_members(TEACHER, CLASS)
    families = invitations.invite_families(ADMIN, CLASS)

    assert [(person.id, one.person_id) for person, one, _ in members] == [(STUDENT.id, STUDENT.id)]
    assert [(person.id, one.ward_ids) for person, one, _ in families] == [(STUDENT.id, (STUDENT.id,))]
    with pytest.raises(NotFound):
        invitations.invite_members(TEACHER, OTHER_CLASS)


def test_teachers_see_and_withdraw_their_own(invitations: Invitations) -> None:
    """A teacher lists and takes back own links; the office all of the school's."""
    by_office, office_token = invitations.invite(ADMIN, Role.TEACHER)
    by_teacher, _ = invitations.invite(TEACHER, Role.STUDENT, class_ids=[CLASS])

    assert invitations.list_for(TEACHER) == [by_teacher]
    assert {one.id for one in invitations.list_for(ADMIN)} == {by_office.id, by_teacher.id}
    with pytest.raises(NotFound):
        invitations.withdraw(TEACHER, by_office.id)
    assert invitations.find(office_token)
    invitations.withdraw(ADMIN, by_teacher.id)
    assert invitations.list_for(TEACHER) == []


def test_a_class_that_is_gone_lets_nobody_in(invitations: Invitations, store: SqlStore) -> None:
    """A link into a class that was deleted is void."""
    _, token = invitations.invite(ADMIN, Role.STUDENT, class_ids=[CLASS])
    with store(EVERYTHING) as work:
        work.people.delete_class(CLASS)
        work.commit()

    assert invitations.find(token) is None


def test_guardians_of_a_roster_get_their_links(invitations: Invitations, store: SqlStore) -> None:
    """Guardians without a way in are invited by name; a teacher is told to ask the office."""
    alone = keep(store, a_person(Role.GUARDIAN, id=PersonId(new_id()), name="Gus", email="", ward_ids=(STUDENT.id,)))
    wards = (STUDENT.id, OTHER_STUDENT.id)
    shared = keep(store, a_person(Role.GUARDIAN, id=PersonId(new_id()), name="Gil", email="", ward_ids=wards))

    with pytest.raises(NotAllowed):
        invitations.invite_families(TEACHER, CLASS)
    by_office = invitations.invite_families(ADMIN, CLASS)

    assert {link.person_id for _, link, _ in by_office} == {alone.id, shared.id}
    token = next(token for one, _, token in by_office if one.id == shared.id)
    assert set(invitations.accept(token, REPLY).person.ward_ids) == set(wards)
    assert [one.id for one, _, _ in invitations.invite_families(ADMIN, CLASS)] == [alone.id]


def test_staff_of_a_roster_get_their_links(invitations: Invitations, store: SqlStore) -> None:
    """The office makes links for staff who cannot sign in, school-wide or with a class; a teacher does not."""
    waiting = keep(store, a_person(Role.TEACHER, id=PersonId(new_id()), name="Tom", email="tom@x.example"))
    keep(store, replace(TEACHER, password_hash="hash"))

    staff = {one.id for one, _, _ in invitations.invite_staff(ADMIN)}
    assert waiting.id in staff
    assert not staff & {TEACHER.id, STUDENT.id, GUARDIAN.id, ADMIN.id}
    assert waiting.id in {one.id for one, _, _ in invitations.invite_members(ADMIN, CLASS)}
    assert waiting.id not in {one.id for one, _, _ in invitations.invite_members(TEACHER, CLASS)}
    with pytest.raises(NotAllowed):
        invitations.invite_staff(TEACHER)


def test_a_link_says_whom_it_is_for(invitations: Invitations) -> None:
    """People who are here and a guardian's children are named; a link for somebody new names nobody."""
    known, _ = invitations.invite(ADMIN, Role.STUDENT, person_id=STUDENT.id)
    family, _ = invitations.invite(ADMIN, Role.GUARDIAN, ward_ids=[STUDENT.id])
    new, _ = invitations.invite(ADMIN, Role.TEACHER)

    found = [(one.name, one.children) for one in invitations.whom([known, family, new])]

    assert found == [(STUDENT.name, ()), ("", (STUDENT.name,)), ("", ())]
