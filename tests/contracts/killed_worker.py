"""A process that runs ingest jobs step by step; the test of sudden deaths starts it and kills it.

Arguments: the database address, the file of the key ring, and the step at which the handler stands still (0: none).
"""

import sys
import threading
from pathlib import Path

from adapters.keys.ring import RingFile
from adapters.queue.threads import ThreadQueue, Timing
from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.ids import ArtifactId, UnitId, stable_id
from domain.jobs import GenerateAids, IngestDocument, JobContext, Progress
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, SummarySentence
from domain.scope import EVERYTHING
from tests.builders import NOW
from tests.readings import some_chunks

STEPS = 4
TIMING = Timing(lease=0.6, poll=0.05)


def run(url: str, ring: Path, stands_still_at: int) -> None:
    """Run the jobs of the store until the aids are made; say so on standard output."""
    store = SqlStore(url, ring=RingFile(ring))
    finished = threading.Event()

    def ingest(job: IngestDocument, context: JobContext) -> None:
        with store(EVERYTHING) as unit:
            document = unit.documents.find(job.document_id)
            assert document is not None
            unit.readings.save_chunks(document.id, some_chunks(document, ["One.", "Two."]))
            unit.jobs.add(GenerateAids(document.id))
            unit.commit()
        context.report(Progress("read", 1, 1))

    def make_aids(job: GenerateAids, context: JobContext) -> None:
        for step in range(1, STEPS + 1):
            with store(EVERYTHING) as unit:
                unit.material.save(_summary(job, step))
                unit.commit()
            context.report(Progress("aids", step, STEPS))
            if step == stands_still_at:
                print("standing still", flush=True)  # noqa: T201
                threading.Event().wait()
        finished.set()

    queue = ThreadQueue(store, {"ingest_document": ingest, "generate_aids": make_aids}, timing=TIMING)
    queue.start()
    finished.wait()
    queue.stop()


def _summary(job: GenerateAids, section: int) -> Artifact:
    return Artifact(
        id=ArtifactId(stable_id(job.document_id, section)),
        kind=Kind.SUMMARY,
        document_id=job.document_id,
        section=section,
        title="Summary",
        units=(SummarySentence(UnitId(stable_id(job.document_id, section, 0)), Claim("One.", ())),),
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
    )


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
