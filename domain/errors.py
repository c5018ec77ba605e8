"""What can go wrong, as a hierarchy.

Every error has a stable snake_case `code` that clients and tests rely on, and a message that is a
sentence for a person: it says what to do, and holds no internals and no personal data.
"""

from datetime import datetime


class MargentError(Exception):
    """The root of all errors raised on purpose."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        """Keep the sentence for the person, and a narrower code where the fact is known."""
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class NotFound(MargentError):
    """The thing is not there, or not for this person to know of."""

    code = "not_found"


class NotAllowed(MargentError):
    """The person may know of the thing, but not do this with it."""

    code = "not_allowed"


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"


class ConsentMissing(NotAllowed):
    """Somebody has to allow this purpose first; the message says who can."""

    code = "consent_missing"

    def __init__(self, message: str, *, purpose: str) -> None:
        """Keep the purpose, as its word in `domain.consent.Purpose`."""
        super().__init__(message)
        self.purpose = purpose


class OutOfScope(NotAllowed):
    """A row was written that the unit of work's scope does not cover."""

    code = "out_of_scope"


class KeyMissing(MargentError):
    """The key that opens what is kept sealed is not there. The message is for whoever runs Margent, not for a page."""

    code = "key_missing"


class Invalid(MargentError):
    """The request makes no sense."""

    code = "invalid"

    def __init__(self, message: str, *, field: str = "", code: str | None = None) -> None:
        """Keep the name of the field that is wrong, if it is one."""
        super().__init__(message, code=code)
        self.field = field


class Unreadable(Invalid):
    """A file that cannot be parsed. Codes: empty, damaged, encrypted, needs_ocr, wrong_type, no_text."""

    code = "damaged"


class Unsupported(Invalid):
    """A kind of file that Margent does not take."""

    code = "unsupported"


class TooLarge(Invalid):
    """Over a limit; the message names the limit."""

    code = "too_large"


class Conflict(MargentError):
    """It already exists, was already decided, or changed meanwhile."""

    code = "conflict"


class OverBudget(MargentError):
    """The allowance is used up."""

    code = "over_budget"

    def __init__(self, message: str, *, renews_at: datetime) -> None:
        """Keep the time at which the allowance renews."""
        super().__init__(message)
        self.renews_at = renews_at


class BadReply(MargentError):
    """A model's answer did not fit its schema after one repair."""

    code = "bad_reply"


class Cancelled(MargentError):
    """A person cancelled the job; its handler stops at the next step."""

    code = "cancelled"


class Transient(MargentError):
    """Trying again later may help."""

    code = "try_again"


class ModelBusy(Transient):
    """The model endpoint refused, timed out or broke off."""

    code = "model_busy"


class IndexDown(Transient):
    """The vector index does not answer."""

    code = "index_down"


class StoreBusy(Transient):
    """The store is locked or does not answer."""

    code = "store_busy"


class StoreDamaged(MargentError):
    """What the store keeps cannot be read; trying again does not help."""

    code = "store_damaged"
