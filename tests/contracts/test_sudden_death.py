"""What is left when the process that runs jobs is killed in the middle of one."""

import subprocess
import sys
from pathlib import Path

from adapters.sql.store import SqlStore
from domain.documents import DocumentStatus
from domain.jobs import IngestDocument, JobStatus
from domain.scope import EVERYTHING
from tests.builders import a_document
from tests.contracts.killed_worker import STEPS

ROOT = Path(__file__).parents[2]


def _start(address: str, folder: Path, stands_still_at: int) -> "subprocess.Popen[str]":
    ring = str(folder / "ring.json")
    command = [sys.executable, "-m", "tests.contracts.killed_worker", address, ring, str(stands_still_at)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_killed_job_is_taken_up_and_nothing_is_doubled(store: SqlStore, address: str, tmp_path: Path) -> None:
    """A job whose process is killed twice half-way is finished by a third process, with each thing there once."""
    document = a_document(status=DocumentStatus.QUEUED)
    with store(EVERYTHING) as unit:
        unit.documents.save(document)
        unit.jobs.add(IngestDocument(document.id))
        unit.commit()

    for step in (2, 3):
        with _start(address, tmp_path, step) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "standing still\n"
            worker.kill()
    with store(EVERYTHING) as unit:
        halted = unit.jobs.find_for(document.id, "generate_aids")
    with _start(address, tmp_path, 0) as worker:
        assert worker.wait(timeout=60) == 0

    assert halted is not None
    assert halted.status is JobStatus.RUNNING
    with store(EVERYTHING) as unit:
        read = unit.jobs.find_for(document.id, "ingest_document")
        made = unit.jobs.find_for(document.id, "generate_aids")
        sections = [artifact.section for artifact in unit.material.list_for(document.id)]
        chunks = unit.readings.list_chunks(document.id)
    assert read is not None
    assert made is not None
    assert (read.status, read.attempts) == (JobStatus.DONE, 1)
    assert (made.id, made.status, made.attempts) == (halted.id, JobStatus.DONE, 3)
    assert sections == list(range(1, STEPS + 1))
    assert len(chunks) == 2
