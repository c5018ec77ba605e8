"""No sign of danger is lost when processes are killed, sinks are down, clocks jump or nothing can be saved."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from safety.screening import Screener
from tests.escalation import killed
from tests.escalation_faults import clock_that_jumps, full_disk, long_without_sink, no_store


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    """Killed five times around a receipt, every message has one case, every notice arrives, and none holds a text."""
    tally = killed(tmp_path, 5)

    assert tally.faults == []
    assert tally.flags >= tally.received > 0
    assert tally.posts >= tally.notices > 0


def test_a_broken_sender_is_found_out(tmp_path: Path) -> None:
    """The same check sees a sender that says it has delivered before it has."""
    tally = killed(tmp_path, 5, is_broken=True)

    assert any("reached nobody" in fault for fault in tally.faults)


def test_a_sink_that_was_down_gets_everything_later(tmp_path: Path, screener: Screener) -> None:
    """After three hours without the sink every notice arrives, once."""
    with capture_logs():
        tally = long_without_sink(tmp_path, screener, hours=3)

    assert (tally.faults, tally.received, tally.repeated) == ([], 3, 0)


def test_a_clock_that_jumps_holds_nothing_up(tmp_path: Path, screener: Screener) -> None:
    """What was put off while the clock was 400 days ahead is delivered as soon as it is right again."""
    with capture_logs():
        tally = clock_that_jumps(tmp_path, screener)

    assert (tally.faults, tally.received) == ([], 3)


@pytest.mark.parametrize("scenario", [full_disk, no_store])
def test_where_nothing_can_be_saved_somebody_is_told(tmp_path: Path, screener: Screener, scenario: object) -> None:
    """The words shown say that nothing was saved, and a direct notice goes out, even from the next process."""
    assert callable(scenario)
    with capture_logs():
        faults = scenario(tmp_path, screener)

    assert faults == []
