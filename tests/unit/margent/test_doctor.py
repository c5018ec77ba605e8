"""What the doctor says of the school's own sign-in."""

from contextlib import closing
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from domain.errors import Invalid, MargentError
from domain.ids import ContactId, SchoolId
from domain.notices import Contact, Duty
from domain.people import School, SchoolRules
from domain.scope import EVERYTHING
from ingest.recognition.engine import Program
from margent.doctor import Line, examine
from margent.settings import Settings
from margent.world import open_world
from tests.builders import SCHOOL
from tests.conftest import MODELS, FixedClock
from tests.scripted_provider import CLIENT_ID, scripted_provider


def looked_at(folder: Path, issuer: str) -> Line:
    """Give the line about school accounts."""
    settings = Settings(
        data_dir=folder / "data",
        key_file=folder / "keys" / "ring.json",
        models_dir=MODELS,
        oidc_issuer=issuer,
        oidc_client_id=CLIENT_ID if issuer else "",
    )
    return next(line for line in examine(settings) if line.name == "school accounts")


def test_the_doctor_asks_the_schools_sign_in_whether_it_is_there(tmp_path: Path, clock: FixedClock) -> None:
    """It is said to be well when it answers, bad when it does not, and to be none when none is set."""
    with scripted_provider(clock, RSAKey.generate_key(2048)) as school:
        well = looked_at(tmp_path, school.issuer)
    gone = looked_at(tmp_path, "http://127.0.0.1:9")
    none = looked_at(tmp_path, "")

    assert (well.is_bad, well.text) == (False, f"{school.issuer}: ok")
    assert gone.is_bad
    assert "does not answer" in gone.text
    assert not none.is_bad
    assert "MARGENT_OIDC_ISSUER" in none.text


def test_an_unsafe_address_is_refused_at_the_start(tmp_path: Path) -> None:
    """A provider that would be asked without encryption ends in a sentence that names the setting."""
    with pytest.raises(Invalid, match="MARGENT_OIDC_ISSUER"):
        looked_at(tmp_path, "http://login.school.example")


def test_the_doctor_leaves_an_empty_place_empty(tmp_path: Path) -> None:
    """Where there is no database it says so, and makes neither one nor a key ring."""
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "ring.json", models_dir=MODELS)

    lines = {line.name: line for line in examine(settings)}

    assert "nothing here yet" in lines["store"].text
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_looks_at_the_schools_own_country(tmp_path: Path) -> None:
    """The helplines are those of the country in the school's rules, whatever the setting says."""
    settings = Settings(
        data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "ring.json", models_dir=MODELS, country="us"
    )
    with closing(open_world(settings)) as world, world.store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School", SchoolRules(country="GB")))
        work.commit()

    said = [line.text for line in examine(settings) if line.name == "helplines"]

    assert len(said) == 1
    assert "Childline" in said[0]


def test_the_doctor_says_where_nobody_is_on_call(tmp_path: Path) -> None:
    """A real school without anybody to call is named until somebody is on its list."""
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "ring.json", models_dir=MODELS)
    with closing(open_world(settings)) as world, world.store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School"))
        work.people.save_school(School(SchoolId("d" * 32), "The demo", is_demo=True))
        work.commit()
    before = [line.text for line in examine(settings) if line.name == "on call"]
    with closing(open_world(settings)) as world, world.store(EVERYTHING) as work:
        work.notices.save_contact(Contact(ContactId("c" * 32), SCHOOL, "Nurse", "n@x.example", 1, Duty.ALWAYS))
        work.commit()

    after = [line.text for line in examine(settings) if line.name == "on call"]

    assert [text.partition(":")[0] for text in before] == ["nobody is on call at The School"]
    assert after == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "no address of a PostgreSQL"),
        ("mysql://a/b", "no address of a PostgreSQL"),
        ("postgresql://nobody@127.0.0.1:9/none", "does not answer"),
    ],
)
def test_a_wrong_database_is_one_plain_sentence(address: str, said: str, tmp_path: Path) -> None:
    """An address that is none, and a database that is not there, are said with the setting that is wrong."""
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "ring.json", database_url=SecretStr(address))

    with pytest.raises(MargentError, match=said) as caught:
        open_world(settings)

    assert "MARGENT_DATABASE_URL" in caught.value.message


def test_the_doctor_says_whether_scans_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the languages, or what to install; what cannot tell which way up a page is says so."""
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "ring.json", models_dir=MODELS)

    def look() -> str:
        return next(line.text for line in examine(settings) if line.name == "scans")

    with_all = look()
    monkeypatch.setattr("margent.doctor.find_program", lambda: Program(tmp_path, {"eng": tmp_path}))
    without_orientation = look()
    monkeypatch.setattr("margent.doctor.find_program", lambda: None)
    without_any = look()

    assert with_all.startswith("read in ")
    assert {"de", "en"} <= set(with_all.removeprefix("read in ").split(", "))
    assert "tesseract-ocr-osd" in without_orientation
    assert "margent[ocr]" in without_any
