"""What reading a book costs until its words can be searched, and until its vectors are there: one line of JSON.

It is measured in a process with everything that the service has, in a data folder that is there already, as with a
service that starts again: cold (the interpreter's start counts) or running (from the upload on, after another reading
was read: the encoder is in memory by then, so what was held before and what the upload added are told apart). Nothing
else runs beside it. `make bench-ingest` puts it beside the naive pipeline.

python -m bench.ingest prepare FOLDER; python -m bench.ingest cold FOLDER READING.pdf
"""

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import Moment, now, peak_mb, resident_mb

if TYPE_CHECKING:
    from domain.jobs import Progress

_QUERY = "What is the law of effect?"
_WARM_UP = b"# Light\n\nThe leaf makes sugar from light.\n\n# Water\n\nCall 555 0100, or see page 12 of 2019.\n"
_FIRST, _VECTORS = "first search by words", "complete vectors"


def main() -> None:
    """`prepare FOLDER` makes a data folder; `cold` or `running`, `FOLDER READING` measures in it."""
    mode, folder, *reading = sys.argv[1:]
    if mode == "prepare":
        _prepare(Path(folder))
    else:
        print(json.dumps(_measure(Path(reading[0]), Path(folder), is_cold=mode == "cold")))


def _prepare(folder: Path) -> None:
    from margent.settings import Settings
    from margent.world import open_world

    open_world(Settings(data_dir=folder / "data")).close()


@dataclass
class _Marks:
    """A job's context that takes the figures where the words are there."""

    begin: Moment
    search: Any
    held_mb: int = 0
    stages: dict[str, dict[str, float]] = field(default_factory=dict)

    def report(self, progress: "Progress") -> None:
        if progress.stage == "indexing" and not self.stages:
            found = self.search()
            self.take(_FIRST, found=found)

    def take(self, stage: str, **more: float) -> None:
        """Write down what was used until now."""
        moment = now()
        self.stages[stage] = {
            "cpu_s": round(moment.cpu - self.begin.cpu, 2),
            "wall_s": round(moment.wall - self.begin.wall, 2),
            **self._memory(),
            **more,
        }

    def _memory(self) -> dict[str, float]:
        """Give the peak since the beginning; of a running service also what it held, encoder and all, and the rest."""
        peak = peak_mb()
        held = {"held_before_mb": self.held_mb, "added_mb": max(peak - self.held_mb, 0)} if self.held_mb else {}
        return {"peak_mb": peak, **held}


def _measure(reading: Path, folder: Path, *, is_cold: bool) -> dict[str, dict[str, float]]:
    """Read a book with everything the service has, by hand, so that nothing else runs beside it."""
    begin = Moment(0.0, time.perf_counter())
    from domain.jobs import IngestDocument
    from domain.people import Role
    from domain.scope import EVERYTHING
    from ingest.jobs import handle
    from ingest.limits import Limits
    from ingest.pipeline import Tools
    from margent.settings import Settings
    from margent.wiring import build
    from margent.world import open_world
    from safety.personal_data import Redactor

    world = open_world(Settings(data_dir=folder / "data"))
    services, redactor = build(world), Redactor(world.settings.models_dir / "english")
    tools = Tools(world.store, world.files, redactor, world.embedder, world.index, services.clock, Limits())
    teacher = services.accounts.ensure_demo(Role.TEACHER)

    def read(path: Path, held_mb: int = 0) -> _Marks:
        with path.open("rb") as stream:
            document = services.documents.upload(teacher, path.name, stream).document

        def search() -> int:
            with world.store(EVERYTHING) as work:
                return len(work.readings.search_words(_QUERY, [document.id], 10))

        marks = _Marks(begin, search, held_mb)
        handle(IngestDocument(document.id), tools, marks)
        marks.take(_VECTORS)
        services.documents.delete(teacher, document.id)
        return marks

    if not is_cold:
        first = folder / "warm-up.md"
        first.write_bytes(_WARM_UP)
        read(first)
        begin = now()
    marks = read(reading) if is_cold else read(reading, resident_mb())
    world.close()
    return marks.stages


if __name__ == "__main__":
    main()
