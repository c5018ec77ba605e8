"""What somebody types to sign in: an e-mail address, or a user name where a school gives its students no address.

A private address of a child is personal data that nothing here needs: a forgotten password is renewed by a link that
the school prints, not by mail. So a user name is enough, and it tells less.
"""

import re

from domain.errors import Invalid

LONGEST_NAME = 200
"""Characters of a person's name."""

LONGEST_LOGIN = 254
"""Characters; RFC 5321 allows no longer address in a mail's path."""

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_USER_NAME = re.compile(r"\w[\w.\-]{2,62}\w")
"""Letters and digits of any script, with dots and dashes inside; 4 to 64 characters."""


def is_email(text: str) -> bool:
    """Whether it can be an e-mail address."""
    return len(text) <= LONGEST_LOGIN and text.isprintable() and _EMAIL.fullmatch(text) is not None


def is_user_name(text: str) -> bool:
    """Whether it can be a user name."""
    return _USER_NAME.fullmatch(text) is not None


def check_login(text: str) -> str:
    """Give an e-mail address or user name without blanks around it. Raises Invalid for anything else."""
    login = text.strip()
    if not is_email(login) and not is_user_name(login):
        raise Invalid(
            "Give an e-mail address, such as ada@school.example, or a user name of 4 to 64 letters, digits, dots and "
            "dashes.",
            field="email",
            code="bad_email",
        )
    return login


def check_name(text: str) -> str:
    """Give a name with single blanks. Raises Invalid when there is none, or it is too long."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("Give your name.", field="name", code="bad_name")
    return name
