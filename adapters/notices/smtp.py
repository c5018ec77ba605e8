"""Letters as plain text mail, over TLS. What a mail server says is kept nowhere but as a code."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.errors import Transient
from domain.notices import Channel, Letter

if TYPE_CHECKING:
    import smtplib
    import ssl
    from email.message import EmailMessage

_IN_ALL = 3.0
"""A whole delivery takes no longer than so many times what one answer may take, however slowly a server speaks."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail is handed in and whose it is. `tls` is `starttls`, `implicit` (from the first byte) or `none`."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: str = "starttls"


class SmtpCourier:
    """A `domain.ports.Courier` by e-mail. Each delivery has a connection of its own."""

    channel = Channel.EMAIL

    def __init__(self, mailbox: Mailbox, *, seconds: float = 10.0) -> None:
        """Hand mail in at this mailbox; an answer that takes longer than `seconds` is given up."""
        self._mailbox = mailbox
        self._seconds = seconds

    def deliver(self, letter: Letter) -> None:
        """Hand a letter over. Raises Transient when the server did not take it.

        Its Message-ID comes from its key, so that mail programs fold what is handed over twice.
        """
        with _failing_plainly():
            message = self._compose(letter)
            with self._session() as session:
                session.send_message(message)

    def ping(self) -> None:
        """Raise Transient when the server does not answer, has no valid certificate or does not let us in."""
        with _failing_plainly(), self._session() as session:
            code, _ = session.noop()
        if code != 250:
            raise _failed("mail_refused", "The mail server is not well.")

    def _compose(self, letter: Letter) -> "EmailMessage":
        from email.message import EmailMessage
        from email.utils import format_datetime

        message = EmailMessage()
        message["From"] = self._mailbox.sender
        message["To"] = letter.address
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.at)
        message["Message-ID"] = f"<{letter.key}@{self._mailbox.sender.rpartition('@')[2].strip('<> ')}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note is sent back
        message["X-Margent-Severity"] = letter.severity.value
        message.set_content(letter.text)
        return message

    @contextmanager
    def _session(self) -> "Iterator[smtplib.SMTP]":
        """Open a session, signed in where there is a user; cut it off when all of it takes too long."""
        session = self._connect()
        guard = threading.Timer(self._seconds * _IN_ALL, _cut(session))
        guard.daemon = True
        guard.start()
        try:
            if self._mailbox.tls == "starttls":
                session.starttls(context=_trust())
            if self._mailbox.user:
                session.login(self._mailbox.user, self._mailbox.password)
            yield session
            _leave(session)
        finally:
            guard.cancel()
            session.close()

    def _connect(self) -> "smtplib.SMTP":
        import smtplib

        place = (self._mailbox.host, self._mailbox.port)
        if self._mailbox.tls == "implicit":
            return smtplib.SMTP_SSL(*place, timeout=self._seconds, context=_trust())
        return smtplib.SMTP(*place, timeout=self._seconds)


def _trust() -> "ssl.SSLContext":
    import ssl

    return ssl.create_default_context()


def _leave(session: "smtplib.SMTP") -> None:
    """Say goodbye. The letter was taken by then, whatever the server answers to that."""
    import smtplib
    from contextlib import suppress

    with suppress(smtplib.SMTPException, OSError):
        session.quit()


def _cut(session: "smtplib.SMTP") -> Callable[[], None]:
    def cut() -> None:
        import socket
        from contextlib import suppress

        # the socket is a new one once the way is encrypted, and none once the session is closed
        with suppress(AttributeError, OSError):
            sock: Any = session.sock
            sock.shutdown(socket.SHUT_RDWR)

    return cut


@contextmanager
def _failing_plainly() -> Iterator[None]:
    """Turn what can go wrong into a code: a server's own words may quote an address."""
    import smtplib
    import ssl

    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise _failed(
            "mail_sign_in", "The mail server does not let Margent in: look at the user and password."
        ) from None
    except smtplib.SMTPRecipientsRefused:
        raise _failed("mail_address", "The mail server does not take mail to this address.") from None
    except smtplib.SMTPNotSupportedError:
        raise _failed(
            "mail_unsupported", "The mail server cannot do what is asked: look at MARGENT_SMTP_TLS."
        ) from None
    except smtplib.SMTPResponseException:
        raise _failed("mail_refused", "The mail server refuses the mail.") from None
    except ssl.SSLError:
        raise _failed("mail_certificate", "The mail server's certificate is not valid.") from None
    except (smtplib.SMTPException, OSError):
        raise _failed("mail_down", "The mail server does not answer.") from None
    except ValueError:
        raise _failed("mail_address", "This is no address that mail can be sent to.") from None


def _failed(code: str, message: str) -> Transient:
    return Transient(message, code=code)
