"""Signing in with pictures."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.codes import to_shown
from accounts.passwords import Passwords
from accounts.pictures import LENGTH, LIFETIME, SECRETS, WORDS, Browser, Card, Pictures
from accounts.tries import TooManyTries, Tries
from adapters.sql.store import SqlStore
from domain.errors import Conflict, Invalid, NotFound, NotSignedIn
from domain.ids import ClassId, PersonId, new_id
from domain.people import ClassRoom, Person, Role
from domain.scope import EVERYTHING
from safety.access import Accesses
from tests.builders import CLASS, SCHOOL, a_person
from tests.conftest import FixedClock

TEACHER = a_person(Role.TEACHER)
STUDENT = a_person(Role.STUDENT)
CODE = "ABCDEFGH"
HERE = Browser("1.2.3.4")
DRAWINGS = Path(__file__).parents[3] / "web" / "templates" / "components" / "drawings.html"


@pytest.fixture
def pictures(store: SqlStore, clock: FixedClock) -> Pictures:
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 1c", is_young=True, sign_in_code=CODE))
        work.commit()
    return Pictures(store, clock, Passwords(), Tries(clock), accesses=Accesses(store, clock))


def save(store: SqlStore, *people: Person) -> None:
    with store(EVERYTHING) as work:
        for person in people:
            work.people.save_person(person)
        work.commit()


def children(count: int, **changes: Any) -> list[Person]:
    return [a_person(id=PersonId(new_id()), email="", name=f"Kid {number:02}", **changes) for number in range(count)]


def wrong(card: Card) -> tuple[str, ...]:
    """Give three pictures that are not the card's."""
    other = next(word for word in SECRETS if word != card.secret[0])
    return (other, *card.secret[1:])


def test_every_picture_is_drawn_and_no_other() -> None:
    """The words and the drawings are the same; secrets are made of twenty of them."""
    drawn = re.findall(r'^  "(\w+)": ', DRAWINGS.read_text(encoding="utf-8"), re.MULTILINE)

    assert drawn == list(WORDS)
    assert (len(WORDS), len(set(WORDS))) == (40, 40)
    assert len(set(SECRETS)) == 20
    assert set(SECRETS) <= set(WORDS)


def test_a_child_signs_in_with_its_pictures(pictures: Pictures, store: SqlStore, clock: FixedClock) -> None:
    """The session is the child's and ends within the school day."""
    [card] = pictures.deal(TEACHER, CLASS)

    session = pictures.sign_in(
        to_shown(CODE).lower(), card.avatar, card.secret, browser=replace(HERE, program="Firefox/1")
    )

    assert session.person.id == STUDENT.id
    with store(EVERYTHING) as work:
        [record] = work.people.list_sign_ins(STUDENT.id)
    assert (record.expires_at, record.device) == (clock.now() + LIFETIME, "Firefox")


def test_own_pictures_differ_and_names_are_not_shown(pictures: Pictures, store: SqlStore) -> None:
    """Each child has a picture that no other child of the class has; with the code one sees these and nothing else."""
    save(store, *children(25))

    cards = pictures.deal(TEACHER, CLASS)
    class_room, avatars = pictures.find_class(CODE, address="1.2.3.4")

    assert len({card.avatar for card in cards}) == 26
    assert avatars == sorted((card.avatar for card in cards), key=WORDS.index)
    assert class_room.id == CLASS
    assert all(len(card.secret) == LENGTH and set(card.secret) <= set(SECRETS) for card in cards)


def test_secrets_are_kept_as_hashes_of_their_own(pictures: Pictures) -> None:
    """No secret stands in the store, and the list of cards has none."""
    pictures.deal(TEACHER, CLASS)

    [card] = pictures.cards(TEACHER, CLASS)
    assert card.secret == ()
    assert card.person.picture_hash.startswith("$argon2id$")


def test_dealing_again_is_for_whoever_has_none(pictures: Pictures, store: SqlStore) -> None:
    """A child that joins later gets pictures without the others losing theirs."""
    [first] = pictures.deal(TEACHER, CLASS)
    [late] = children(1)
    save(store, late)

    [second] = pictures.deal(TEACHER, CLASS)

    assert second.person.id == late.id
    assert second.avatar != first.avatar
    assert pictures.deal(TEACHER, CLASS) == []
    assert pictures.sign_in(CODE, first.avatar, first.secret, browser=HERE).token


@pytest.mark.parametrize("way_in", [{"password_hash": "hash"}, {"subject": "https://school.example ada"}])
def test_nobody_who_has_a_password_gets_pictures(pictures: Pictures, store: SqlStore, way_in: dict[str, Any]) -> None:
    """A teacher cannot come into a student's account by dealing secrets, not even by those dealt before."""
    [dealt] = pictures.deal(TEACHER, CLASS)
    save(store, replace(dealt.person, **way_in))

    assert pictures.deal(TEACHER, CLASS, is_anew=True) == []
    with pytest.raises(NotFound):
        pictures.deal(TEACHER, CLASS, person_id=STUDENT.id)
    with pytest.raises(NotSignedIn):
        pictures.sign_in(CODE, dealt.avatar, dealt.secret, browser=HERE)
    [card] = pictures.cards(TEACHER, CLASS)
    assert (card.person.id, card.has_password, card.has_pictures) == (STUDENT.id, True, False)


def test_a_child_sees_who_dealt_its_pictures(pictures: Pictures, store: SqlStore, clock: FixedClock) -> None:
    """Whoever deals a secret could use it, so each deal is noted for the child."""
    pictures.deal(TEACHER, CLASS)

    (access,) = Accesses(store, clock).list_for(STUDENT)

    assert (access.by_id, access.what, access.why) == (TEACHER.id, "account", "pictures_dealt")


def test_a_new_card_ends_the_old_one(pictures: Pictures, store: SqlStore) -> None:
    """The child keeps the picture of its own; the old secret and its sessions are over."""
    [old] = pictures.deal(TEACHER, CLASS)
    pictures.sign_in(CODE, old.avatar, old.secret, browser=HERE)
    new = old
    while new.secret == old.secret:
        [new] = pictures.deal(TEACHER, CLASS, person_id=STUDENT.id)

    assert new.avatar == old.avatar
    with store(EVERYTHING) as work:
        assert work.people.list_sign_ins(STUDENT.id) == []
    with pytest.raises(NotSignedIn):
        pictures.sign_in(CODE, old.avatar, old.secret, browser=HERE)
    assert pictures.sign_in(CODE, new.avatar, new.secret, browser=HERE).token


def test_new_cards_for_all(pictures: Pictures, store: SqlStore) -> None:
    """Everybody gets a new secret at once."""
    save(store, *children(3))
    pictures.deal(TEACHER, CLASS)

    assert len(pictures.deal(TEACHER, CLASS, is_anew=True)) == 4


def test_a_child_of_two_young_classes_is_unique_in_both(pictures: Pictures, store: SqlStore) -> None:
    """A picture that another child of the second class has is exchanged."""
    second = ClassRoom(ClassId(new_id()), SCHOOL, "Class 1d", is_young=True, sign_in_code="HGFEDCBA")
    with store(EVERYTHING) as work:
        work.people.save_class(second)
        work.commit()
    twin, other = children(2, class_ids=(CLASS, second.id), avatar="sun")
    save(store, replace(other, class_ids=(second.id,)), twin, replace(STUDENT, avatar="moon"))

    cards = {card.person.id: card.avatar for card in pictures.deal(TEACHER, CLASS)}

    assert cards[STUDENT.id] == "moon"
    assert cards[twin.id] not in {"sun", "moon"}


def test_there_are_pictures_for_forty(pictures: Pictures, store: SqlStore) -> None:
    """A larger class is told to become two."""
    save(store, *children(40))

    with pytest.raises(Conflict):
        pictures.deal(TEACHER, CLASS)


def test_a_child_of_full_classes_is_told(pictures: Pictures, store: SqlStore) -> None:
    """Where two young classes together use every picture, a child of both gets none."""
    second = ClassRoom(ClassId(new_id()), SCHOOL, "Class 1d", is_young=True, sign_in_code="HGFEDCBA")
    with store(EVERYTHING) as work:
        work.people.save_class(second)
        work.commit()
    others = children(40, class_ids=(second.id,))
    save(store, *(replace(one, avatar=word) for one, word in zip(others, WORDS, strict=True)))
    save(store, replace(STUDENT, class_ids=(CLASS, second.id)))

    with pytest.raises(Conflict):
        pictures.deal(TEACHER, CLASS)


def test_classes_that_are_not_young_have_no_pictures(pictures: Pictures, store: SqlStore) -> None:
    """Neither cards nor a way in, and the code of such a class is like an unknown one."""
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 8b", join_code=CODE))
        work.commit()

    with pytest.raises(Invalid):
        pictures.cards(TEACHER, CLASS)
    with pytest.raises(Invalid):
        pictures.deal(TEACHER, CLASS)
    words = set()
    for code in (CODE, "HGFEDCBA", ""):
        with pytest.raises(NotFound) as error:
            pictures.find_class(code, address="1.2.3.4")
        words.add(error.value.message)
    assert len(words) == 1


@pytest.mark.parametrize("by", [STUDENT, a_person(Role.TEACHER, class_ids=()), a_person(Role.COUNSELLOR)])
def test_cards_are_for_the_class_s_teachers(pictures: Pictures, by: Person) -> None:
    """Others find nothing; a child of another class is not found either."""
    with pytest.raises(NotFound):
        pictures.cards(by, CLASS)
    with pytest.raises(NotFound):
        pictures.deal(by, CLASS)
    with pytest.raises(NotFound):
        pictures.misses_today(by, CLASS)
    with pytest.raises(NotFound):
        pictures.deal(TEACHER, CLASS, person_id=TEACHER.id)


@pytest.mark.parametrize(
    "changes", [{"role": Role.TEACHER}, {"is_active": False}, {"class_ids": ()}, {"picture_hash": ""}]
)
def test_pictures_are_for_active_students_of_the_class(
    pictures: Pictures, store: SqlStore, changes: dict[str, Any]
) -> None:
    """Somebody who became staff, was ended or left cannot come in by three taps, and is not shown."""
    [card] = pictures.deal(TEACHER, CLASS)
    save(store, replace(card.person, **changes))

    assert pictures.find_class(CODE, address="1.2.3.4")[1] == []
    with pytest.raises(NotSignedIn):
        pictures.sign_in(CODE, card.avatar, card.secret, browser=HERE)


def test_missing_says_the_same_for_everything(pictures: Pictures) -> None:
    """A wrong picture, too few of them, or a child that there is not are met with the same words."""
    [card] = pictures.deal(TEACHER, CLASS)
    words = set()
    for avatar, secret in ((card.avatar, wrong(card)), (card.avatar, card.secret[:2]), ("nobody", card.secret)):
        with pytest.raises(NotSignedIn) as error:
            pictures.sign_in(CODE, avatar, secret, browser=HERE)
        words.add(error.value.message)

    assert len(words) == 1


def test_one_address_waits_after_a_few_misses(pictures: Pictures) -> None:
    """The sixth miss in a row from one place has to wait."""
    [card] = pictures.deal(TEACHER, CLASS)
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            pictures.sign_in(CODE, card.avatar, wrong(card), browser=HERE)

    with pytest.raises(TooManyTries):
        pictures.sign_in(CODE, card.avatar, card.secret, browser=HERE)


def spread(pictures: Pictures, clock: FixedClock, card: Card, times: int) -> int:
    """Miss from a new address each time, as slowly as is needed; give how many tries were let through in the day."""
    let_through = 0
    for number in range(times):
        clock.move(timedelta(minutes=5))
        try:
            pictures.sign_in(CODE, card.avatar, wrong(card), browser=Browser(f"10.1.{number // 250}.{number % 250}"))
        except NotSignedIn:
            let_through += 1
        except TooManyTries:
            continue
    return let_through


def test_a_secret_cannot_be_walked(pictures: Pictures, clock: FixedClock) -> None:
    """From however many addresses, a child's secret is tried twenty times a day: 0.25 % of the 8,000."""
    [card] = pictures.deal(TEACHER, CLASS)

    assert spread(pictures, clock, card, 60) == 20
    assert pictures.misses_today(TEACHER, CLASS) == 20
    clock.move(timedelta(days=1))
    assert pictures.misses_today(TEACHER, CLASS) == 0
    assert pictures.sign_in(CODE, card.avatar, card.secret, browser=HERE).token


def test_a_class_that_is_guessed_at_leaves_every_child_a_few_tries(
    pictures: Pictures, store: SqlStore, clock: FixedClock
) -> None:
    """After a hundred misses in a class each child has three; nobody who was not guessed at is locked out."""
    save(store, *children(7))
    cards = pictures.deal(TEACHER, CLASS)
    clock.move(timedelta(hours=-7))

    let_through = Counter({card.avatar: spread(pictures, clock, card, 21) for card in cards[:7]})

    assert sorted(let_through.values()) == [3, 3, 20, 20, 20, 20, 20]
    assert pictures.sign_in(CODE, cards[7].avatar, cards[7].secret, browser=HERE).token
    # the teacher's new card gives a child that was guessed at its tries back
    [renewed] = pictures.deal(TEACHER, CLASS, person_id=cards[0].person.id)
    clock.move(timedelta(minutes=31))
    assert pictures.sign_in(CODE, renewed.avatar, renewed.secret, browser=HERE).token


def test_a_known_device_has_tries_of_its_own(pictures: Pictures, clock: FixedClock) -> None:
    """Guessing from elsewhere does not lock a child out of the tablet on which it signed in before."""
    [card] = pictures.deal(TEACHER, CLASS)
    spread(pictures, clock, card, 40)

    with pytest.raises(TooManyTries):
        pictures.sign_in(CODE, card.avatar, card.secret, browser=Browser("9.9.9.9"))
    assert pictures.sign_in(CODE, card.avatar, card.secret, browser=Browser("9.9.9.9", device="tablet")).token


def test_a_new_class_code_begins_anew(pictures: Pictures, store: SqlStore, clock: FixedClock) -> None:
    """Whoever guessed with the old code has no way in, and the children have all their tries."""
    [card] = pictures.deal(TEACHER, CLASS)
    spread(pictures, clock, card, 40)
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 1c", is_young=True, sign_in_code="HGFEDCBA"))
        work.commit()

    assert pictures.misses_today(TEACHER, CLASS) == 0
    assert pictures.sign_in("HGFEDCBA", card.avatar, card.secret, browser=HERE).token
