"""No identifier leaves the house, whatever is asked; `make proof-bytes` sends ten thousand requests."""

from collections.abc import Iterator

import pytest

from tests.egress_proof import ENTRIES, Installation, installation, send, without_redactor

SEED = 7
PLAN = {
    "one exchange with the model": 90,
    "streamed answer": 40,
    "question about a reading": 20,
    "hints for an own question": 10,
    "hints for a quiz": 15,
    "study aids of a marked reading": 15,
    "the services the faces call": 8,
    "upload": 2,
}


@pytest.fixture(scope="module")
def installed() -> Iterator[Installation]:
    with installation(seed=SEED) as made:
        yield made


def test_no_identifier_leaves_by_any_entry(installed: Installation) -> None:
    """Of 200 random requests no identifier is in any byte to the model or in any line of the log, however coded."""
    assert set(PLAN) == set(ENTRIES)

    result = send(installed, PLAN)

    assert result.requests.total() == 200
    assert result.asked_of_model > 150
    assert result.hits == []


def test_the_search_finds_what_leaves(installed: Installation) -> None:
    """With the redactor taken out, the identifiers are found: the proof can fail."""
    result = send(without_redactor(installed), {"one exchange with the model": 4, "question about a reading": 4})

    assert {hit.partition(":")[0] for hit in result.hits} == set(result.requests)
