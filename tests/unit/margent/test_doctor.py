"""What the doctor says of the school's own sign-in."""

from pathlib import Path

import pytest
from joserfc.jwk import RSAKey

from domain.errors import Invalid
from margent.doctor import Line, examine
from margent.settings import Settings
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
