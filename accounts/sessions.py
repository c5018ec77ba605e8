"""Sign-in sessions: what the browser keeps, and what the store keeps of it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.people import Person, SignIn

LIFETIME = timedelta(hours=12)
"""A school day and the evening after it; then one signs in again, however busy the session was."""

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its person gets it, once: the token is nowhere else."""

    person: Person
    token: str
    form_token: str


def begin(person: Person, now: datetime) -> tuple[Session, SignIn]:
    """Make a session of 256 random bits, and the record by which its token will be known again."""
    session = Session(person, secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES))
    record = SignIn(
        token_hash=to_hash(session.token),
        person_id=person.id,
        created_at=now,
        expires_at=now + LIFETIME,
        form_token=session.form_token,
    )
    return session, record


def to_hash(token: str) -> str:
    """Give the SHA-256 of a token. Tokens are random, so this needs no salt and no slowness."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
