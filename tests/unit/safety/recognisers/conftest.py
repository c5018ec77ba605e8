"""The redactor with the real pipeline, once for all tests of recognisers."""

import pytest

from safety.personal_data import Redactor
from tests.conftest import MODELS


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    return Redactor(MODELS / "english")
