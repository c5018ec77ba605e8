"""Signing in with the school's own account: who may come in by it, and what the browser keeps meanwhile.

Nobody is made here: somebody is let in who was linked to the school account before, or whose verified e-mail address
is that of somebody on the roster who is not linked yet. Everybody else is asked to go to the school.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

import structlog

from accounts.logins import is_email
from accounts.seals import Seal
from accounts.service import Accounts, real_school
from accounts.sessions import Session
from domain.clock import Clock
from domain.errors import NotSignedIn
from domain.people import Person
from domain.ports import IdentityProvider, SchoolIdentity, Store
from domain.scope import EVERYTHING

LIFETIME = timedelta(minutes=10)
"""How long one may take at the school's sign-in."""

_PURPOSE = "school account"
_MOST_USED = 10_000
_AGAIN = "Signing in with your school account did not work. Try again."
_UNKNOWN = (
    "Nobody here has this school account. Ask the person who looks after Margent at your school to add you, with the "
    "e-mail address that the school gave you."
)
_log = structlog.get_logger("margent.sign_in")


class Departures:
    """What browsers keep while they are away at the school's sign-in: good for ten minutes and one time."""

    def __init__(self, seal: Seal, clock: Clock) -> None:
        """Sign with the seal."""
        self._seal = seal
        self._clock = clock
        self._used: OrderedDict[bytes, None] = OrderedDict()
        self._lock = Lock()

    def note(self, state: str, after: str) -> str:
        """Give what the browser keeps: the provider's state, and where it wants to go in the end."""
        return self._seal.sign(_PURPOSE, json.dumps([self._clock.now().isoformat(), state, after]))

    def take(self, kept: str) -> tuple[str, str]:
        """Give the state and where to go. Raises NotSignedIn for what is not ours, late, or used."""
        text = self._seal.open(_PURPOSE, kept)
        if text is None:
            raise NotSignedIn(_AGAIN, code="no_state")
        at, state, after = json.loads(text)
        if not timedelta() <= self._clock.now() - datetime.fromisoformat(at) <= LIFETIME:
            raise NotSignedIn("That took too long. Try again.", code="late_state")
        name = self._seal.digest(_PURPOSE, text)
        with self._lock:
            if name in self._used:
                raise NotSignedIn(_AGAIN, code="used_state")
            self._used[name] = None
            # what is forgotten first is late first; and the provider, too, takes its code one time
            if len(self._used) > _MOST_USED:
                self._used.popitem(last=False)
        return state, after


class SchoolAccounts:
    """Sends people to the school's sign-in and takes them back."""

    def __init__(
        self, name: str, provider: IdentityProvider, accounts: Accounts, store: Store, *, departures: Departures
    ) -> None:
        """Use the provider; `name` is what people call it."""
        self.name = name
        self._provider = provider
        self._accounts = accounts
        self._store = store
        self._departures = departures

    def begin(self, callback: str, *, after: str = "") -> tuple[str, str]:
        """Give the address to send the browser to, and what it keeps for ten minutes.

        `after` is where it wants to go in the end. Raises Transient when the provider does not answer.
        """
        address, state = self._provider.begin(callback)
        return address, self._departures.note(state, after)

    def finish(self, callback: str, query: Mapping[str, str], kept: str, *, device: str = "") -> tuple[Session, str]:
        """Begin a session; give it with where to go. What the browser kept is good for one time.

        `device` is what the browser calls itself. Raises NotSignedIn, with a sentence that tells no more than it has
        to, or Transient when the provider does not answer.
        """
        try:
            state, after = self._departures.take(kept)
            identity = self._provider.finish(callback, query, state)
            session = self._accounts.begin(self._find(identity), device=device)
        except NotSignedIn as error:
            _log.info("school_sign_in.refused", code=error.code)
            raise
        return session, after

    def _find(self, identity: SchoolIdentity) -> Person:
        """Give the person, linked now if need be."""
        with self._store(EVERYTHING) as work:
            work.people.lock()
            person = work.people.find_by_subject(identity.subject)
            if person is None:
                home = real_school(work)
                person = _on_roster(work.people.find_by_email(identity.email), identity)
                if home is None or person.school_id != home.id:
                    raise NotSignedIn(_UNKNOWN, code="other_school")
                # anybody could have joined under this address, which nobody asks to be proved: what they chose ends
                person = replace(person, subject=identity.subject, password_hash="", avatar="", picture_hash="")
                work.people.save_person(person)
                work.people.delete_sign_ins(person.id)
                work.commit()
                _log.info("school_sign_in.linked", person=person.id)
        if not person.is_active:
            raise NotSignedIn(_UNKNOWN, code="inactive")
        return person


def _on_roster(person: Person | None, identity: SchoolIdentity) -> Person:
    """Give the person whom the verified address names, when nobody else's school account is linked to it."""
    if not identity.is_email_verified or not is_email(identity.email):
        raise NotSignedIn(_UNKNOWN, code="email_not_verified")
    if person is None:
        raise NotSignedIn(_UNKNOWN, code="not_on_roster")
    if person.subject:
        raise NotSignedIn(_UNKNOWN, code="linked_otherwise")
    if not person.is_active:
        raise NotSignedIn(_UNKNOWN, code="inactive")
    return person
