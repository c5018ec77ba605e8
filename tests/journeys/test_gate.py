"""Nothing gets past the gate of the running application; `make proof-gate` does more of it, with figures."""

from collections.abc import Iterator

import pytest

from tests.gate_proof import ENTRIES, FAULTS, Running, running, write_calmly, write_danger, write_to_broken


@pytest.fixture(scope="module")
def made() -> Iterator[Running]:
    with running() as made:
        yield made


def test_no_byte_goes_to_a_model_when_somebody_is_in_danger(made: Running) -> None:
    """At every entry there are words of support, one flag, and nothing at the model's endpoint."""
    assert write_danger(made, ("I want to kill myself", "Ich will mich umbringen")).faults == []


def test_calm_questions_do_go_there(made: Running) -> None:
    """The endpoint would have noticed."""
    assert write_calmly(made).faults == []


# a thread that runs for ever slows down all others, so that one is enough here
@pytest.mark.parametrize("how", FAULTS)
def test_what_nobody_screened_is_held(how: str, made: Running) -> None:
    """However the detector breaks: words of support, a case that says so, and nothing at the model's endpoint."""
    entries = list(ENTRIES)[:1] if how == "runs for ever" else ENTRIES

    assert write_to_broken(made, how, seconds=0.1, entries=entries).faults == []
