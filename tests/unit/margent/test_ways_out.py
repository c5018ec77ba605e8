"""Where notices go: what may be set, and what the doctor says of it."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.files.alarms import AlarmFile
from domain.care import Severity, Worry
from domain.clock import SystemClock
from domain.errors import Invalid
from domain.notices import Alarm, Channel
from domain.people import Role, School
from domain.scope import EVERYTHING
from margent.doctor import Line, examine
from margent.settings import Settings
from margent.wiring import build_notices
from margent.world import find_couriers, open_world
from safety.cases import Cases
from tests.builders import SCHOOL, a_person
from tests.conftest import MODELS, FixedClock
from tests.scripted_mail import scripted_mail
from tests.scripted_sink import scripted_sink

SECRET = SecretStr("a secret of the school")


def settings(folder: Path, **given: Any) -> Settings:
    return Settings(data_dir=folder / "data", key_file=folder / "keys" / "ring.json", models_dir=MODELS, **given)


def lines(folder: Path, **given: Any) -> dict[str, Line]:
    return {line.name: line for line in examine(settings(folder, **given))}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"webhook_url": "http://hooks.school.example", "webhook_secret": SECRET}, "MARGENT_WEBHOOK_URL"),
        ({"webhook_url": "https://hooks.school.example"}, "MARGENT_WEBHOOK_SECRET"),
        ({"smtp_host": "mail.school.example"}, "MARGENT_SMTP_FROM"),
        ({"smtp_host": "mail.school.example", "smtp_from": "m@x.example", "smtp_tls": "none"}, "MARGENT_SMTP_TLS"),
        ({"public_url": "margent.school.example"}, "MARGENT_PUBLIC_URL"),
    ],
)
def test_what_is_unsafe_is_refused_at_the_start(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    """Notices in the clear, unsigned or from nobody end in a sentence that names the setting."""
    with pytest.raises(Invalid, match=said):
        settings(tmp_path, **given)


def test_what_is_safe_is_taken(tmp_path: Path) -> None:
    """https, this machine itself and TLS will do; the ends of addresses are tidied; secrets are masked."""
    given = settings(
        tmp_path,
        public_url="https://margent.school.example/",
        webhook_url="https://hooks.school.example/margent",
        webhook_secret=SECRET,
        smtp_host="mail.school.example",
        smtp_from="margent@school.example",
        smtp_password=SecretStr("pw"),
    )

    assert given.public_url == "https://margent.school.example"
    assert {one.channel for one in find_couriers(given)} == {Channel.EMAIL, Channel.WEBHOOK}
    assert given.alarm_file.parent == given.key_file.parent
    assert "pw" not in str(given.smtp_password)


def test_the_doctor_says_what_is_not_set(tmp_path: Path) -> None:
    """With nothing set nobody is called, and that is said, though it is no fault."""
    found = lines(tmp_path)

    assert "MARGENT_SMTP_HOST" in found["email"].text
    assert "MARGENT_WEBHOOK_URL" in found["webhook"].text
    assert "nobody is told" in found["alarms"].text
    assert not any(found[name].is_bad for name in ("email", "webhook", "alarms"))
    assert "links" not in found


def test_an_address_for_alarms_without_mail_is_a_fault(tmp_path: Path) -> None:
    """Whoever set the address believes that somebody is told."""
    assert lines(tmp_path, alarm_email="office@school.example")["alarms"].is_bad


def test_the_doctor_tries_mail_and_webhook(tmp_path: Path) -> None:
    """What answers is well, what does not is bad; links that lead nowhere are bad too."""
    with scripted_mail() as mail, scripted_sink(503) as sink:
        found = lines(
            tmp_path,
            smtp_host="localhost",
            smtp_port=mail.port,
            smtp_from="margent@school.example",
            smtp_tls="none",
            webhook_url=sink.url,
            webhook_secret=SECRET,
            alarm_email="office@school.example",
        )

    assert (found["email"].text, found["email"].is_bad) == ("ok", False)
    assert found["webhook"].is_bad
    assert "503" in found["webhook"].text
    assert found["links"].is_bad
    assert "office@school.example and the webhook" in found["alarms"].text


def test_the_doctor_finds_what_did_not_arrive(tmp_path: Path, clock: FixedClock) -> None:
    """A notice past its deadline is bad, and so is an alarm that nobody heard."""
    clock.time = SystemClock().now() - timedelta(hours=1)
    given = settings(tmp_path, webhook_url="http://127.0.0.1:9/", webhook_secret=SECRET, public_url="https://x.example")
    with closing(open_world(given)) as world:
        with world.store(EVERYTHING) as work:
            work.people.save_school(School(SCHOOL, "The School"))
            work.people.save_person(a_person(Role.STUDENT, class_ids=()))
            work.commit()
        notices = build_notices(world)
        well = {line.name: line for line in examine(given)}["notices"]
        worry = Worry(Severity.HIGH, "suicide", "en.x")
        Cases(world.store, clock, has=notices.channels).raise_flag(a_person(), "words", worry, entry="ask")
        late = {line.name: line for line in examine(given)}["notices"]
        AlarmFile(given.alarm_file).write(Alarm("k", Severity.HIGH, clock.now()))
        unheard = {line.name: line for line in examine(given)}["notices"]

    assert not well.is_bad
    assert (late.is_bad, unheard.is_bad) == (True, True)
    assert "has not been delivered" in late.text
    assert "could not be saved" in unheard.text
