"""What every Courier does with letters that are taken, refused or left without an answer, over real sockets."""

import hashlib
import hmac
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.notices.smtp import Mailbox, SmtpCourier
from adapters.notices.webhook import WebhookCourier, sign
from domain.care import Severity
from domain.errors import Invalid, Transient
from domain.notices import Letter, Occasion
from domain.ports import Courier
from tests.builders import NOW
from tests.certificates import make_certificate
from tests.conftest import FixedClock
from tests.scripted_mail import MailServer, scripted_mail
from tests.scripted_sink import Sink, scripted_sink

SECRET = "a secret of the school"
QUICK = 0.15

LETTER = Letter(
    key="0123456789abcdef0123456789abcdef",
    address="dana.duty@school.example",
    severity=Severity.HIGH,
    occasion=Occasion.OPENED,
    is_drill=False,
    link="https://margent.school.example/cases/ca5e",
    at=NOW,
    due_at=NOW + timedelta(minutes=15),
    subject="Margent: somebody is needed, high, by 08:15",
    text="Somebody is needed.\n\nÜber den Link.\n",
)


@dataclass
class Other:
    """The other end of a courier: how many letters it has, and how to make it behave badly."""

    courier: Courier
    count: Callable[[], int]
    refuse: Callable[[], None]
    fall_silent: Callable[[], None]
    drip: Callable[[], None]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine that signs itself, with its key, in one file."""
    return make_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture(params=["email", "webhook"])
def other(request: pytest.FixtureRequest, clock: FixedClock) -> Iterator[Other]:
    """Each courier with its other end."""
    if request.param == "email":
        with scripted_mail() as server:
            yield _mail_end(server)
    else:
        with scripted_sink() as sink:
            yield _sink_end(sink, clock)


def _mail_end(server: MailServer) -> Other:
    courier = SmtpCourier(mailbox(server), seconds=QUICK)

    def change(**manner: Any) -> None:
        for name, value in manner.items():
            setattr(server, name, value)

    return Other(
        courier,
        count=lambda: len(server.taken),
        refuse=lambda: change(replies={"MAIL": "451 words of the server", "NOOP": "451 words of the server"}),
        fall_silent=lambda: change(silent=frozenset({"EHLO"})),
        drip=lambda: change(dripping=frozenset({"EHLO"})),
    )


def _sink_end(sink: Sink, clock: FixedClock) -> Other:
    def change(status: int, seconds: float = 0.0) -> None:
        sink.statuses, sink.seconds = [status], seconds

    return Other(
        WebhookCourier(sink.url, SECRET, clock, seconds=QUICK),
        count=lambda: len(sink.posts),
        refuse=lambda: change(503),
        fall_silent=lambda: change(204, seconds=3 * QUICK),
        drip=lambda: change(-1),
    )


def mailbox(server: MailServer, **changes: Any) -> Mailbox:
    return replace(Mailbox("localhost", server.port, "margent@school.example", tls="none"), **changes)


def encrypted(certificate: Path, **manner: Any) -> AbstractContextManager[MailServer]:
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate)
    return scripted_mail(trust=trust, **manner)


def test_a_letter_is_handed_over(other: Other) -> None:
    """A letter that the other end takes is there once."""
    other.courier.deliver(LETTER)

    assert other.count() == 1


def test_what_is_refused_was_not_delivered(other: Other) -> None:
    """A refusal is an error that may pass, and says nothing of what the other end said."""
    other.refuse()

    with pytest.raises(Transient) as caught:
        other.courier.deliver(LETTER)

    assert "words of the server" not in f"{caught.value.message} {caught.value.code} {caught.value.__cause__}"


@pytest.mark.parametrize("fault", ["fall_silent", "drip"])
def test_nobody_is_waited_for_without_end(other: Other, fault: str) -> None:
    """Neither silence nor an answer that comes letter by letter holds a courier up for long."""
    getattr(other, fault)()

    with pytest.raises(Transient):
        other.courier.deliver(LETTER)


def test_a_courier_says_whether_the_other_end_is_there(other: Other) -> None:
    """Asking hands over nothing, and is an error when the other end is unwell."""
    other.courier.ping()
    sent = other.count()
    other.refuse()

    with pytest.raises(Transient):
        other.courier.ping()

    assert sent == 0


def test_nothing_listens(clock: FixedClock) -> None:
    """Where nothing listens the letter was not delivered."""
    couriers: list[Courier] = [
        SmtpCourier(Mailbox("127.0.0.1", 9, "margent@school.example", tls="none"), seconds=QUICK),
        WebhookCourier("http://127.0.0.1:9/", SECRET, clock, seconds=QUICK),
    ]

    for courier in couriers:
        with pytest.raises(Transient):
            courier.deliver(LETTER)


def test_a_webhook_can_check_whom_a_letter_is_from(clock: FixedClock) -> None:
    """The signature is the HMAC of timestamp and body; the id is the key that the header repeats at every try."""
    with scripted_sink() as sink:
        courier = WebhookCourier(sink.url, SECRET, clock)
        courier.deliver(LETTER)
        clock.move(timedelta(hours=1))
        courier.deliver(LETTER)

    first, second = sink.posts
    stamp = first.headers["Margent-Timestamp"]
    expected = hmac.new(SECRET.encode(), f"{stamp}.".encode() + first.body, hashlib.sha256).hexdigest()
    assert first.headers["Margent-Signature"] == f"v1={expected}"
    assert stamp == str(int(NOW.timestamp()))
    assert first.body == second.body
    assert first.headers["Margent-Signature"] != second.headers["Margent-Signature"]
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] == LETTER.key


def test_a_webhook_gets_ids_and_words_of_fixed_lists(clock: FixedClock) -> None:
    """The body is what the page on notices says, and nothing else; the text for people is not in it."""
    with scripted_sink() as sink:
        WebhookCourier(sink.url, SECRET, clock).deliver(LETTER)

    assert json.loads(sink.posts[0].body) == {
        "version": 1,
        "id": LETTER.key,
        "occasion": "opened",
        "severity": "high",
        "is_drill": False,
        "at": "2026-09-01T08:00:00Z",
        "due_at": "2026-09-01T08:15:00Z",
        "link": LETTER.link,
    }


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 410, 500])
def test_anything_but_success_is_no_delivery(clock: FixedClock, status: int) -> None:
    """The code names the status; a redirect is not followed, so that no letter goes where nobody chose."""
    with scripted_sink() as elsewhere, scripted_sink(status) as sink:
        sink.location = elsewhere.url
        with pytest.raises(Transient) as caught:
            WebhookCourier(sink.url, SECRET, clock).deliver(LETTER)

    assert caught.value.code == f"webhook_{status}"
    assert elsewhere.requests == []


@pytest.mark.parametrize(("status", "is_fine"), [(200, True), (405, True), (501, True), (500, False)])
def test_a_webhook_that_knows_no_such_question_is_there(clock: FixedClock, status: int, *, is_fine: bool) -> None:
    """Whatever answers the question is there, but for a fault of its own."""
    with scripted_sink(status) as sink:
        courier = WebhookCourier(sink.url, SECRET, clock)
        try:
            courier.ping()
        except Transient:
            assert not is_fine
        else:
            assert is_fine

    assert [one.method for one in sink.requests] == ["HEAD"]


def test_a_sink_that_hangs_up_was_told_nothing(clock: FixedClock) -> None:
    """A connection that ends before its answer is no delivery."""
    with scripted_sink(0) as sink, pytest.raises(Transient):
        WebhookCourier(sink.url, SECRET, clock).deliver(LETTER)


@pytest.mark.parametrize("url", ["http://hooks.school.example/", "ftp://hooks.school.example", "https://", "x"])
def test_a_webhook_in_the_clear_is_refused(clock: FixedClock, url: str) -> None:
    """Only https will do, unless the other end is this machine; the sentence names the setting."""
    with pytest.raises(Invalid, match="MARGENT_WEBHOOK_URL"):
        WebhookCourier(url, SECRET, clock)


def test_a_signature_holds_for_its_time_alone() -> None:
    """The same body at another time has another signature."""
    assert sign(b"secret", "1", b"{}") != sign(b"secret", "2", b"{}")


def test_mail_is_plain_text_with_a_lasting_id() -> None:
    """The mail is to the one address, in words for people, with an id from the key, and asks for no holiday note."""
    with scripted_mail() as server:
        courier = SmtpCourier(mailbox(server))
        courier.deliver(LETTER)
        courier.deliver(LETTER)

    first, second = server.taken
    message = first.message
    assert first.recipients == ("rcpt TO:<dana.duty@school.example>",)
    assert message.get_content_type() == "text/plain"
    assert message["Subject"] == LETTER.subject
    assert message.get_content().replace("\r\n", "\n") == LETTER.text
    assert message["Message-ID"] == f"<{LETTER.key}@school.example>" == second.message["Message-ID"]
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_mail_goes_over_tls(certificate: Path, monkeypatch: pytest.MonkeyPatch, tls: str) -> None:
    """With a certificate that is trusted the password and the mail go encrypted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with encrypted(certificate, is_implicit=tls == "implicit", password="pw") as server:
        courier = SmtpCourier(mailbox(server, tls=tls, user="margent", password="pw"))
        courier.ping()
        courier.deliver(LETTER)

    assert [(one.is_encrypted, one.signed_in_as) for one in server.taken] == [(True, "margent")]


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_stranger_gets_no_mail(certificate: Path, tls: str) -> None:
    """A certificate that nobody vouches for ends the session before the password is said."""
    with encrypted(certificate, is_implicit=tls == "implicit", password="pw") as server:
        courier = SmtpCourier(mailbox(server, tls=tls, user="margent", password="pw"))
        with pytest.raises(Transient) as caught:
            courier.deliver(LETTER)

    assert caught.value.code == "mail_certificate"
    assert server.taken == []


def test_mail_is_never_sent_in_the_clear_instead() -> None:
    """A server that offers no encryption gets nothing when encryption was asked for."""
    with scripted_mail() as server, pytest.raises(Transient) as caught:
        SmtpCourier(mailbox(server, tls="starttls")).deliver(LETTER)

    assert caught.value.code == "mail_unsupported"
    assert server.taken == []


@pytest.mark.parametrize(
    ("replies", "code"),
    [
        ({"AUTH": "535 no"}, "mail_sign_in"),
        ({"RCPT": "550 no such person"}, "mail_address"),
        ({"DATA": "554 no"}, "mail_refused"),
    ],
)
def test_a_refusal_has_a_code(replies: dict[str, str], code: str) -> None:
    """What is to be mended can be told from the code."""
    with scripted_mail(replies=replies, password="pw") as server, pytest.raises(Transient) as caught:
        SmtpCourier(mailbox(server, user="margent", password="pw")).deliver(LETTER)

    assert caught.value.code == code


@pytest.mark.parametrize("address", ["two@x.example\nBcc: all@x.example", "a\r\nb"])
def test_an_address_cannot_write_headers(address: str) -> None:
    """An address with line breaks is no address."""
    with scripted_mail() as server, pytest.raises(Transient) as caught:
        SmtpCourier(mailbox(server)).deliver(replace(LETTER, address=address))

    assert caught.value.code == "mail_address"
    assert server.taken == []


def test_a_mail_that_was_taken_is_delivered_whatever_follows() -> None:
    """A server that hangs up after it took the mail has taken it: it is not sent again for that."""
    with scripted_mail(silent=frozenset({"QUIT"})) as server:
        SmtpCourier(mailbox(server), seconds=QUICK).deliver(LETTER)

    assert len(server.taken) == 1
