"""The key ring's file: who may read it, what is said when it is not as it must be, and several processes at once."""

import json
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.keys.ring import RingFile
from domain.errors import Conflict, KeyMissing
from tests.conftest import ROOT, FixedClock

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The place of a ring that is not there yet."""
    return tmp_path / "keys" / "ring.json"


@pytest.fixture
def ring_file(path: Path, clock: FixedClock) -> RingFile:
    ring = RingFile(path, clock=clock)
    ring.prepare(())
    return ring


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_is_read_before_it_is_needed(path: Path) -> None:
    """Naming a ring makes no file, and using one that was never made says so."""
    ring = RingFile(path)

    assert not path.parent.exists()
    with pytest.raises(KeyMissing, match="cannot be read"):
        ring.wrap(KEY, about="somebody")


def test_only_its_owner_may_read_it(ring_file: RingFile) -> None:
    """The file is made for its owner alone, in a folder for its owner alone, and stays so when it is changed."""
    ring_file.rotate()

    assert (_mode(ring_file.path), _mode(ring_file.path.parent)) == (0o600, 0o700)
    assert {one.name for one in ring_file.path.parent.iterdir()} == {"ring.json", "ring.json.lock"}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_ring_that_others_may_read_is_refused(ring_file: RingFile, mode: int) -> None:
    """A file that others may touch at all is refused, with what to do."""
    ring_file.path.chmod(mode)

    with pytest.raises(KeyMissing, match="chmod 600") as raised:
        RingFile(ring_file.path).prepare(())

    assert raised.value.code == "key_exposed"


def test_a_ring_that_others_may_replace_is_refused(ring_file: RingFile) -> None:
    """A folder in which others may write is refused, with what to do."""
    ring_file.path.parent.chmod(0o770)

    with pytest.raises(KeyMissing, match="chmod 700"):
        RingFile(ring_file.path).prepare(())


def test_a_running_service_notices_that_others_may_read(ring_file: RingFile) -> None:
    """Whoever has read the ring already wraps nothing new with it once others may read it."""
    ring_file.path.chmod(0o644)

    with pytest.raises(KeyMissing, match="chmod 600"):
        ring_file.wrap(KEY, about="somebody")


def test_a_lost_ring_is_never_replaced(path: Path) -> None:
    """Where keys are in use, a missing file is an error that says what is lost without it, and none is made."""
    with pytest.raises(KeyMissing, match=r"is missing.*Put the file back.*are lost"):
        RingFile(path).prepare(["k00000001"])

    assert not path.exists()


def test_another_ring_is_refused(ring_file: RingFile) -> None:
    """A ring without a key that is in use is another database's; the missing id is named."""
    with pytest.raises(KeyMissing, match=r"does not belong to this database: it lacks k00000001\."):
        ring_file.prepare([ring_file.newest, "k00000001"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "not JSON",
        lambda _: "[]",
        lambda _: json.dumps({"is_sealed": True, "keys": []}),
        lambda text: text.replace('"since"', '"sense"'),
        lambda text: text[:-40],
        lambda text: text.replace('"key": "', '"key": "AAAA'),
        lambda text: text.replace('"key": "', '"key": "*'),
    ],
)
def test_a_damaged_ring_is_refused(ring_file: RingFile, spoil: Callable[[str], str]) -> None:
    """A file that is no whole ring is refused with a sentence that holds none of it."""
    text = ring_file.path.read_text()
    ring_file.path.write_text(spoil(text))

    with pytest.raises(KeyMissing, match="is damaged") as raised:
        RingFile(ring_file.path).prepare(())

    assert json.loads(text)["keys"][0]["key"][:8] not in str(raised.value)
    assert raised.value.__cause__ is None


def test_keys_are_listed_with_their_age(ring_file: RingFile, clock: FixedClock) -> None:
    """The list has the newest key last, with since when each is there."""
    clock.move(timedelta(days=1))
    ring_file.rotate()

    old, new = RingFile(ring_file.path).list_keys()

    assert (new.id, new.since, new.since - old.since) == (ring_file.newest, clock.now(), timedelta(days=1))


def test_a_forgotten_key_is_gone(ring_file: RingFile) -> None:
    """What a forgotten key wrapped does not open any more, and its bytes are not in the file; the newest stays."""
    wrapped = ring_file.wrap(KEY, about="somebody")
    old = ring_file.list_keys()[0]
    ring_file.rotate()
    text = ring_file.path.read_text()

    with pytest.raises(Conflict, match="newest"):
        ring_file.forget([old.id, ring_file.newest])
    ring_file.forget([old.id])

    with pytest.raises(KeyMissing, match="lacks the key"):
        RingFile(ring_file.path).unwrap(wrapped, about="somebody")
    kept = json.loads(ring_file.path.read_text())["keys"]
    assert kept == json.loads(text)["keys"][1:]


def test_rings_changed_at_once_lose_no_key(ring_file: RingFile) -> None:
    """Of keys that several add at the same moment every one is kept."""
    added: list[str] = []
    threads = [threading.Thread(target=lambda: added.append(RingFile(ring_file.path).rotate())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {one.id for one in ring_file.list_keys()[1:]} == set(added)
    assert len(added) == 8


def test_rings_made_at_once_are_one(path: Path) -> None:
    """Of several that find no ring at the same moment one makes it, and all use that one."""
    rings = [RingFile(path) for _ in range(8)]
    threads = [threading.Thread(target=ring.prepare, args=[()]) for ring in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({ring.newest for ring in rings}) == 1


def test_a_ring_that_was_made_meanwhile_is_kept(ring_file: RingFile) -> None:
    """Whoever waited for the lock to make a ring finds the one that is there."""
    newest = ring_file.newest

    RingFile(ring_file.path)._make()

    assert RingFile(ring_file.path).newest == newest


def test_a_process_killed_while_it_rotates_leaves_a_whole_ring(ring_file: RingFile) -> None:
    """Killed at any moment of a rotation, the file opens, and no key that was there is missing."""
    program = (
        "import pathlib, sys; from adapters.keys.ring import RingFile; ring = RingFile(pathlib.Path(sys.argv[1]))\n"
        "while True: print(ring.rotate(), flush=True)"
    )
    told: list[str] = []
    for lines in (1, 3, 5):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(ring_file.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            told += [process.stdout.readline().strip() for _ in range(lines)]
            process.kill()

    assert set(told) <= {one.id for one in RingFile(ring_file.path).list_keys()}
    assert ring_file.rotate() == RingFile(ring_file.path).newest


def test_what_a_dead_process_left_is_replaced(ring_file: RingFile) -> None:
    """A half-written file that a dead process left beside the ring, readable by all, does not end in its place."""
    left = ring_file.path.with_name("ring.json.new")
    left.write_text("half")
    left.chmod(0o644)

    new = ring_file.rotate()

    assert not left.exists()
    assert RingFile(ring_file.path).newest == new
    assert _mode(ring_file.path) == 0o600


def test_the_ring_remembers_that_all_is_sealed(ring_file: RingFile) -> None:
    """A new ring says that there may be plain text; once told otherwise it says so through every change."""
    assert not ring_file.is_sealed

    ring_file.mark_sealed()
    ring_file.rotate()

    assert RingFile(ring_file.path).is_sealed


def test_a_ring_that_is_gone_wraps_nothing(ring_file: RingFile) -> None:
    """When the file is gone under a running service, what it knows still opens, and nothing new is wrapped."""
    wrapped = ring_file.wrap(KEY, about="somebody")
    ring_file.path.unlink()

    assert ring_file.unwrap(wrapped, about="somebody") == KEY
    with pytest.raises(KeyMissing, match="cannot be read"):
        ring_file.wrap(KEY, about="somebody")
