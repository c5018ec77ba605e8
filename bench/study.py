"""Read one file and make all its study aids, in this process; print what it cost as one line of JSON.

Wall seconds from words that can be searched to the first study aid are `first_aid_s`.

python -m bench.study READING.pdf
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.measure import Moment, now, peak_mb

_POLL_SECONDS = 0.02


def main(reading: Path) -> None:
    """Time the reading until its words can be searched, until its vectors are there, until its aids are."""
    start = now()
    from domain.documents import DocumentStatus
    from domain.people import Role
    from margent.settings import Settings
    from margent.wiring import build
    from margent.world import open_world

    with tempfile.TemporaryDirectory() as folder:
        world = open_world(Settings(data_dir=Path(folder) / "data"))
        services = build(world)
        teacher = services.accounts.ensure_demo(Role.TEACHER)
        services.queue.start()
        with reading.open("rb") as stream:
            document = services.documents.upload(teacher, reading.name, stream).document
        seen: dict[str, Moment] = {}
        peaks: dict[str, int] = {}
        while "aids" not in seen:
            document = services.documents.load(teacher, document.id).document
            reached = {
                "words": document.is_readable,
                "vectors": document.status is DocumentStatus.READY,
                "first aid": "words" in seen and _has_aid(services, teacher, document),
                "aids": document.aids_ready,
            }
            for name, is_reached in reached.items():
                if is_reached and name not in seen:
                    seen[name], peaks[name] = now(), peak_mb()
            if document.status is DocumentStatus.FAILED:
                sys.exit(document.problem)
            time.sleep(_POLL_SECONDS)
        first_aid = seen["first aid"].wall - seen["words"].wall
        units = [section for section in services.documents.list_sections(teacher, document.id) if section.is_unit]
        counts = {
            kind.value: sum(
                len(aids[kind].units)
                for section in units
                if kind in (aids := services.material.aids(teacher, document.id, section.ordinal))
            )
            for kind in services.material.aids(teacher, document.id, None)
        }
        dropped = sum(
            artifact.dropped
            for section in units
            for artifact in services.material.aids(teacher, document.id, section.ordinal).values()
        )
        services.queue.stop()
        world.close()
    report = {
        "pages": document.page_count,
        "sections": len(units),
        "first_aid_s": round(first_aid, 1),
        "aids_cpu_s_a_section": round((seen["aids"].cpu - seen["vectors"].cpu) / max(1, len(units)), 2),
        "cpu_s": {name: round(moment.cpu - start.cpu, 1) for name, moment in seen.items()},
        "wall_s": {name: round(moment.wall - start.wall, 1) for name, moment in seen.items()},
        "peak_mb": peaks,
        "units": counts,
        "dropped": dropped,
        "stage_seconds": dict(document.stage_seconds),
    }
    print(json.dumps(report))


def _has_aid(services: Any, teacher: Any, document: Any) -> bool:
    first = next((one for one in services.documents.list_sections(teacher, document.id) if one.is_unit), None)
    return bool(services.material.aids(teacher, document.id, first.ordinal if first else None))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
