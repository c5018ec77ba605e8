"""Whatever the detector does, a text is weighed within bounds or counts as not screened."""

import threading
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from domain.care import UNAVAILABLE, Severity, Worry
from safety.bounded import Bounded
from safety.conversation import Weight

GRAVE = Worry(Severity.HIGH, "suicide", "en.plan")


class Detector:
    """A detector that does what its text says."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.loads = 0

    def load(self) -> None:
        self.loads += 1

    def weigh(self, text: str) -> Weight:
        if text == "hang":
            self.go_on.wait()
        if text == "grave":
            return Weight(GRAVE, 5.0)
        if text in _FAULTS:
            raise _FAULTS[text]
        return Weight()


_FAULTS: dict[str, BaseException] = {
    "broken": ValueError("I want to kill myself"),
    "full": MemoryError(),
    "deep": RecursionError(),
    "gone": SystemExit(1),
}


@pytest.fixture
def detector() -> Iterator[Detector]:
    made = Detector()
    yield made
    made.go_on.set()


def test_what_is_found_is_given(detector: Detector) -> None:
    """A text that the detector weighs is weighed, time after time; what it reads is read once."""
    bounded = Bounded(detector)

    assert [bounded.weigh("grave"), bounded.weigh("calm")] == [Weight(GRAVE, 5.0), Weight()]
    assert bounded.screen("grave") == GRAVE
    assert bounded.screen("calm") is None
    assert detector.loads == 1


@pytest.mark.parametrize("text", sorted(_FAULTS))
def test_a_fault_of_any_kind_is_not_screened(text: str, detector: Detector) -> None:
    """The text counts as not screened, the log names the kind of the fault and no word, and the next one is weighed."""
    bounded = Bounded(detector)

    with capture_logs() as logs:
        found = bounded.weigh(text)

    assert found is None
    assert [(one["event"], one["fault"]) for one in logs] == [("detector.failed", type(_FAULTS[text]).__name__)]
    assert "kill" not in str(logs)
    assert bounded.weigh("grave") == Weight(GRAVE, 5.0)


def test_a_text_that_takes_too_long_is_not_screened(detector: Detector) -> None:
    """The caller goes on, and other texts are weighed meanwhile."""
    bounded = Bounded(detector, seconds=0.05)

    assert bounded.weigh("hang") is None
    assert bounded.weigh("grave") == Weight(GRAVE, 5.0)
    worry = bounded.screen("hang")
    assert worry is not None
    assert worry.subject == UNAVAILABLE


def test_a_detector_that_never_comes_back_is_left_alone(detector: Detector) -> None:
    """When all threads are lost nothing is asked any more; when they come back, texts are weighed again."""
    bounded = Bounded(detector, seconds=0.05, most=2)
    assert [bounded.weigh("hang"), bounded.weigh("hang")] == [None, None]

    with capture_logs() as logs:
        assert bounded.weigh("grave") is None
    assert [(one["fault"], one["lost"]) for one in logs] == [("all_lost", 2)]

    detector.go_on.set()
    found = next(found for _ in range(1000) if (found := bounded.weigh("grave")) is not None or _pause())
    assert found == Weight(GRAVE, 5.0)


def test_a_text_waits_for_a_thread_as_long_as_for_an_answer(detector: Detector) -> None:
    """While all threads are busy but none is given up yet, a text waits, and then counts as not screened."""
    bounded = Bounded(detector, seconds=0.3, most=1)
    first = threading.Thread(target=bounded.weigh, args=["hang"])
    first.start()

    assert bounded.weigh("grave") is None
    first.join()


def test_a_detector_without_anything_to_load_is_asked_at_once() -> None:
    """What cannot be loaded is not waited for."""

    class Plain:
        def weigh(self, text: str) -> Weight:
            return Weight(log_odds=float(len(text)))

    bounded = Bounded(Plain())
    bounded.load()

    assert bounded.weigh("four") == Weight(log_odds=4.0)


def _pause() -> bool:
    threading.Event().wait(0.01)
    return False


def test_without_a_thread_nothing_is_lost_for_good(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are not screened while the machine has no thread to give, however often; then they are again."""
    bounded = Bounded(detector, most=2)

    def start(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(threading.Thread, "start", start)
        found = [bounded.weigh("grave") for _ in range(4)]

    assert found == [None] * 4
    assert [one["fault"] for one in logs] == ["no_thread"] * 4
    assert bounded.weigh("grave") == Weight(GRAVE, 5.0)
