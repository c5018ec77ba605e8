"""Somebody is called: from the words of a student in the running service to the school's webhook and mailbox."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from fastapi.testclient import TestClient
from pydantic import SecretStr

from domain.people import Role, School
from domain.scope import EVERYTHING
from margent.app import create_app
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from tests.builders import SCHOOL, a_person
from tests.conftest import MODELS
from tests.scripted_mail import scripted_mail
from tests.scripted_sink import scripted_sink

WORDS = "I am going to kill myself tonight"


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_student_writes_and_somebody_is_called(tmp_path: Path) -> None:
    """The service sends by itself: a post and a mail to the counsellor, with a link and no word of the student."""
    with scripted_sink() as sink, scripted_mail() as mail:
        settings = Settings(
            data_dir=tmp_path / "data",
            key_file=tmp_path / "keys" / "ring.json",
            models_dir=MODELS,
            public_url="https://margent.school.example",
            webhook_url=sink.url,
            webhook_secret=SecretStr("a secret of the school"),
            smtp_host="localhost",
            smtp_port=mail.port,
            smtp_from="margent@school.example",
            smtp_tls="none",
        )
        with closing(open_world(settings)) as world:
            with world.store(EVERYTHING) as work:
                work.people.save_school(School(SCHOOL, "The School"))
                for role in (Role.STUDENT, Role.COUNSELLOR):
                    work.people.save_person(a_person(role, class_ids=()))
                work.commit()
            services = build(world, runs_inline=True)
            with TestClient(create_app(services)):
                outcome = services.gate.stop(a_person(Role.STUDENT, class_ids=()), WORDS, entry="ask")
                _wait(lambda: bool(sink.posts and mail.taken))
                _wait(lambda: not services.notices.list_undelivered(a_person(Role.COUNSELLOR)))
            said = services.ping()["notices"]

    assert outcome is not None
    assert outcome.case_id is not None
    link = f"https://margent.school.example/cases/{outcome.case_id}"
    assert link in mail.taken[0].message.get_content()
    assert link.encode() in sink.posts[0].body
    assert mail.taken[0].recipients == ("rcpt TO:<counsellor@school.example>",)
    assert b"kill" not in mail.taken[0].data + sink.posts[0].body
    assert said == "ok"
