"""Sign-in sessions: what the browser keeps, and what the store keeps of it."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.people import Person, SignIn

LIFETIME = timedelta(hours=12)
"""A school day and the evening after it; then one signs in again, however busy the session was."""

_BYTES = 32
_NAME_DIGITS = 16

_PROGRAMS: Mapping[str, str] = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Opera": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chromium": "Chromium",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS: Mapping[str, str] = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}
"""What stands in a User-Agent, the telling words first: most browsers also call themselves Chrome and Safari."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its person gets it, once: the token is nowhere else."""

    person: Person
    token: str
    form_token: str


def begin(person: Person, now: datetime, *, device: str = "") -> tuple[Session, SignIn]:
    """Make a session of 256 random bits, and the record by which its token will be known again.

    `device` is what the browser calls itself (its User-Agent).
    """
    session = Session(person, secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES))
    record = SignIn(
        token_hash=to_hash(session.token),
        person_id=person.id,
        created_at=now,
        expires_at=now + LIFETIME,
        form_token=session.form_token,
        device=name_device(device),
    )
    return session, record


def name_device(user_agent: str) -> str:
    """Give the browser and system that a User-Agent names, such as "Firefox on Windows"; no more of it is kept."""
    program = next((name for sign, name in _PROGRAMS.items() if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), "")
    if program and system:
        return f"{program} on {system}"
    return program or system or ("A program" if user_agent else "")


def name_of(record: SignIn) -> str:
    """Give the name by which a person's own session can be ended; nobody gets in with it."""
    return to_hash(record.token_hash)[:_NAME_DIGITS]


def to_hash(token: str) -> str:
    """Give the SHA-256 of a token. Tokens are random, so this needs no salt and no slowness."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
