"""Signing in with pictures, for children too young to keep a password.

In a young class each child has a picture of its own, which no other child there has, and a secret of three pictures in
order. Whoever has the class code sees the pictures and no names. Secrets are dealt by the teacher, printed once as
cards, and kept as hashes.

Twenty pictures make 8,000 secrets. Besides the spacing of `accounts.tries`, a child's secret may be missed 20 times a
day, or 3 times once 100 were missed in the class that day: somebody with the class code finds a certain child's secret
with a chance of 0.25 % a day, and that of any of thirty children with 2.4 % (100 + 30 x 3 misses), while the class page
says that somebody is guessing. Children who are not guessed at always have tries left, and a new class code begins
all counts anew. A device on which a child signed in before has tries of its own.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock

from accounts.codes import to_kept
from accounts.invitation_rules import has_way_in
from accounts.membership import own_class, refused
from accounts.passwords import Passwords
from accounts.sessions import Session, begin
from accounts.tries import Kind, TooManyTries, Tries
from domain.clock import Clock
from domain.errors import Conflict, Invalid, NotFound, NotSignedIn
from domain.ids import ClassId, PersonId
from domain.people import ClassRoom, Person, Role
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING
from safety.access import Accesses

WORDS = (
    "sun", "moon", "star", "cloud", "rainbow", "snowflake", "flame", "drop", "mountain", "tree",
    "leaf", "flower", "mushroom", "apple", "cherries", "carrot", "fish", "bird", "cat", "dog",
    "rabbit", "snail", "butterfly", "bee", "house", "tent", "glasses", "boat", "car", "train",
    "balloon", "kite", "ball", "drum", "bell", "key", "cup", "umbrella", "hat", "scissors",
)  # fmt: skip
"""All pictures (`web/templates/components/drawings.html`): a class has at most as many children."""

SECRETS = (
    "sun", "moon", "star", "cloud", "tree", "flower", "apple", "fish", "cat", "butterfly",
    "house", "boat", "car", "balloon", "ball", "bell", "key", "cup", "umbrella", "hat",
)  # fmt: skip
"""The twenty of which secrets are made: those that a child takes for nothing else."""

LENGTH = 3
LIFETIME = timedelta(hours=8)
"""A school day. Where the school's day ends is not known here, and no session lasts into the next one."""

_MISSES = 20
_MISSES_WHEN_GUESSED = 3
_GUESSED = 100
"""Misses a day: of a child, of a child whose class is guessed at, and of a class until it counts as guessed at."""

_WRONG = "These are not your pictures. Try again, or ask your teacher."
_UNKNOWN = "No class signs in with this code. Look at it again, or ask your teacher."


@dataclass(frozen=True, slots=True)
class Card:
    """What a child needs to sign in, to be printed. `secret` is empty when it was dealt before: it is kept nowhere."""

    person: Person
    avatar: str
    secret: tuple[str, ...] = ()

    @property
    def has_pictures(self) -> bool:
        """Whether the child can sign in with pictures."""
        return not self.has_password and bool(self.person.picture_hash)

    @property
    def has_password(self) -> bool:
        """Whether the child signs in with a password or a school account: then it gets no pictures."""
        return has_way_in(self.person)


@dataclass(frozen=True, slots=True)
class Browser:
    """From where somebody signs in: `device` is what `accounts.devices` knows of it, `program` its User-Agent."""

    address: str
    device: str = ""
    program: str = ""


class Pictures:
    """What teachers and children do with pictures. Each method is one transaction."""

    def __init__(self, store: Store, clock: Clock, passwords: Passwords, tries: Tries, *, accesses: Accesses) -> None:
        """Keep pictures in the store, and count misses in memory; note with `accesses` who dealt whose secret."""
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._tries = tries
        self._accesses = accesses
        self._misses = _Misses(clock)

    def cards(self, by: Person, class_id: ClassId) -> list[Card]:
        """List the children of a young class with their pictures, without secrets. Raises NotFound or Invalid."""
        with self._store(EVERYTHING) as work:
            _own_young(work, by, class_id)
            return [Card(child, child.avatar) for child in _students(work, class_id)]

    def deal(
        self, by: Person, class_id: ClassId, *, person_id: PersonId | None = None, is_anew: bool = False
    ) -> list[Card]:
        """Deal pictures: to one child, or to all who have none, or with `is_anew` to all; give the cards.

        A child keeps the picture of its own and gets another secret; sessions begun with the old one end. Whoever has
        a password or a school account gets none, or the dealer could come in there; the child sees who dealt. Raises
        NotFound, Invalid when the class is not young, Conflict when it has more children than there are pictures.
        """
        with self._store(EVERYTHING) as work:
            class_room = _own_young(work, by, class_id)
            children = _children(work, class_id)
        chosen = [one for one in children if _is_chosen(one, person_id, is_anew=is_anew)]
        if person_id is not None and not chosen:
            raise refused(by, "deal_pictures", person_id)
        if len(children) > len(WORDS):
            raise Conflict(f"There are pictures for {len(WORDS)} children. Make two classes of this one.")
        dealt = {one.id: _new_secret() for one in chosen}
        hashes = {one: self._passwords.hash(_as_text(one, secret)) for one, secret in dealt.items()}
        with self._store(EVERYTHING) as work:
            work.people.lock()
            own_class(work, by, class_id)
            cards = [
                Card(_give(work, child, hashes[child.id]), "", dealt[child.id])
                for child in _children(work, class_id)
                if child.id in dealt
            ]
            for card in cards:
                self._accesses.note(work, by, card.person.id, what="account", why="pictures_dealt")
            work.commit()
        self._misses.forgive(class_room.sign_in_code, dealt)
        return [replace(card, avatar=card.person.avatar) for card in cards]

    def find_class(self, code: str, *, address: str) -> tuple[ClassRoom, list[str]]:
        """Give the young class of a sign-in code, and its children's pictures in the order of `WORDS`.

        Raises NotFound, with the same words for whatever is wrong, or TooManyTries.
        """
        with self._tries.trying(Kind.CODE, "class", address), self._store(EVERYTHING) as work:
            class_room = _find_young(work, code)
            return class_room, sorted((one.avatar for one in _ready(work, class_room.id)), key=WORDS.index)

    def sign_in(self, code: str, avatar: str, secret: Sequence[str], *, browser: Browser) -> Session:
        """Begin a child's session of eight hours. Raises NotFound, NotSignedIn or TooManyTries."""
        address, device = browser.address, browser.device
        class_room, _ = self.find_class(code, address=address)
        with self._store(EVERYTHING) as work:
            child = next((one for one in _ready(work, class_room.id) if one.avatar == avatar), None)
        child_id = child.id if child else PersonId("")
        if not device:
            self._misses.check(class_room.sign_in_code, child_id)
        with self._tries.trying(Kind.PICTURES, account_of(code, avatar), address, device=device) as attempt:
            known = child.picture_hash if child else ""
            fits = self._passwords.fits(_as_text(child_id, secret), known, lane=attempt.lane)
            if child is None or not fits:
                self._misses.add(class_room.sign_in_code, child_id)
                raise NotSignedIn(_WRONG, code="sign_in_failed")
        return self._begin(child, browser.program)

    def misses_today(self, by: Person, class_id: ClassId) -> int:
        """Say how often pictures were missed today in a class. Raises NotFound."""
        with self._store(EVERYTHING) as work:
            return self._misses.count(own_class(work, by, class_id).sign_in_code)

    def _begin(self, child: Person, program: str) -> Session:
        now = self._clock.now()
        session, record = begin(child, now, device=program)
        with self._store(EVERYTHING) as work:
            work.people.save_sign_in(replace(record, expires_at=min(record.expires_at, now + LIFETIME)))
            work.commit()
        return session


def account_of(code: str, avatar: str) -> str:
    """Give what `accounts.tries` and `accounts.devices` know a child by."""
    return f"{to_kept(code)} {avatar}"


class _Misses:
    """Missed secrets of the day, by class code and child; a restart forgets them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._day = clock.now().date()
        self._counts: Counter[tuple[str, PersonId]] = Counter()

    def check(self, code: str, person_id: PersonId) -> None:
        """Raise TooManyTries when the child's secret was missed too often today."""
        is_guessed_at = self.count(code) >= _GUESSED
        with self._lock:
            missed = self._counts[code, person_id]
        if missed >= (_MISSES_WHEN_GUESSED if is_guessed_at else _MISSES):
            tomorrow = datetime.combine(self._day + timedelta(days=1), time(), UTC)
            raise TooManyTries("Too many tries today. Ask your teacher for new pictures.", renews_at=tomorrow)

    def add(self, code: str, person_id: PersonId) -> None:
        """Count a miss."""
        with self._lock:
            self._counts[code, person_id] += 1

    def count(self, code: str) -> int:
        """Count the misses of a class today."""
        with self._lock:
            self._begin_day(self._clock.now().date())
            return sum(count for (one, _), count in self._counts.items() if one == code)

    def forgive(self, code: str, people: Iterable[PersonId]) -> None:
        """Forget the misses of children who got new secrets."""
        with self._lock:
            for person_id in people:
                self._counts.pop((code, person_id), None)

    def _begin_day(self, today: date) -> None:
        if today != self._day:
            self._day = today
            self._counts.clear()


def _own_young(work: UnitOfWork, by: Person, class_id: ClassId) -> ClassRoom:
    class_room = own_class(work, by, class_id)
    if not class_room.is_young:
        raise Invalid("In this class people sign in with their passwords.", code="not_young")
    return class_room


def _find_young(work: UnitOfWork, code: str) -> ClassRoom:
    kept = to_kept(code)
    class_room = work.people.find_class_by_code(kept) if kept else None
    if class_room is None or not class_room.is_young or class_room.sign_in_code != kept:
        raise NotFound(_UNKNOWN, code="bad_code")
    return class_room


def _students(work: UnitOfWork, class_id: ClassId) -> list[Person]:
    return [one for one in work.people.list_members(class_id) if one.role is Role.STUDENT and one.is_active]


def _children(work: UnitOfWork, class_id: ClassId) -> list[Person]:
    """List who may sign in with pictures: students who have no other way in.

    Neither a staff account nor one that its student keeps with a password hangs on three taps that a teacher knows.
    """
    return [one for one in _students(work, class_id) if not has_way_in(one)]


def _ready(work: UnitOfWork, class_id: ClassId) -> list[Person]:
    return [one for one in _children(work, class_id) if one.avatar and one.picture_hash]


def _is_chosen(child: Person, person_id: PersonId | None, *, is_anew: bool) -> bool:
    if person_id is not None:
        return child.id == person_id
    return is_anew or not child.picture_hash


def _give(work: UnitOfWork, child: Person, picture_hash: str) -> Person:
    """Give a child the hash, and a picture that no other child of its young classes has."""
    classes = [work.people.find_class(one) for one in child.class_ids]
    young = [one.id for one in classes if one is not None and one.is_young]
    used = {other.avatar for one in young for other in work.people.list_members(one) if other.id != child.id}
    avatar = child.avatar if child.avatar and child.avatar not in used else _free_avatar(used)
    dealt = replace(child, avatar=avatar, picture_hash=picture_hash)
    work.people.save_person(dealt)
    work.people.delete_sign_ins(child.id)
    return dealt


def _free_avatar(used: Collection[str]) -> str:
    free = [word for word in WORDS if word not in used]
    if not free:
        raise Conflict(f"There are pictures for {len(WORDS)} children. Make two classes of this one.")
    return secrets.choice(free)


def _new_secret() -> tuple[str, ...]:
    return tuple(secrets.choice(SECRETS) for _ in range(LENGTH))


def _as_text(person_id: PersonId, secret: Sequence[str]) -> str:
    """Give what is hashed: a hash of one child's pictures says nothing about another's."""
    return " ".join(["pictures", person_id, *(word[:20] for word in secret[:LENGTH])])
