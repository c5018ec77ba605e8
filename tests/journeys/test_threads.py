"""Jobs and requests that need heavy libraries for the first time at the same moment do not spoil them."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import MODELS, ROOT

_RACE = """
import sys, threading
from pathlib import Path
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world

world = open_world(Settings(data_dir=Path(sys.argv[1]), models_dir=Path(sys.argv[2])))
services = build(world)
together = threading.Barrier(2)

def search():
    together.wait()
    world.index.ping()

def write():
    together.wait()
    import spacy
    spacy.load(Path(sys.argv[2]) / "english")

threads = [threading.Thread(target=work) for work in (search, write)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
world.close()
"""


def test_two_threads_may_load_heavy_libraries_at_once(tmp_path: Path) -> None:
    """The vector index and the parser open side by side in a fresh process, and neither fails."""
    done = subprocess.run(
        [sys.executable, "-c", _RACE, str(tmp_path), str(MODELS)], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "Error" not in done.stderr
