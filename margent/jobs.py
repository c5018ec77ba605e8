"""Which handler does which job, for every queue."""

from collections.abc import Callable, Mapping

import structlog

from accounts import keys
from domain.jobs import GenerateAids, IngestDocument, Job, JobContext, RewrapKeys, ScreenDocument
from generators import jobs as material_jobs
from generators.pipeline import Tools as MaterialTools
from ingest import jobs as ingest_jobs
from ingest.pipeline import Tools as IngestTools
from safety.audit import Audit
from safety.retention import Retention
from safety.uploads import Uploads

Handler = Callable[[Job, JobContext], None]


def handlers(
    ingest_tools: IngestTools, material_tools: MaterialTools, uploads: Uploads, retention: Retention, audit: Audit
) -> Mapping[str, Handler]:
    """Give the handler of each job by the job's name."""

    def ingest_document(job: Job, context: JobContext) -> None:
        assert isinstance(job, IngestDocument)
        ingest_jobs.handle(job, ingest_tools, context)

    def generate_aids(job: Job, context: JobContext) -> None:
        assert isinstance(job, GenerateAids)
        material_jobs.handle(job, material_tools, context)

    def screen_document(job: Job, context: JobContext) -> None:
        assert isinstance(job, ScreenDocument)
        uploads.screen(job, context)

    def rewrap_keys(job: Job, context: JobContext) -> None:
        assert isinstance(job, RewrapKeys)
        keys.rewrap(job, material_tools.store, context)

    def retire(_job: Job, _context: JobContext) -> None:
        # whatever day the job was for: what is due now is deleted now
        counts = retention.run_all(material_tools.clock.now())
        structlog.get_logger().info("retired", counts=dict(counts), audit=audit.trim())

    return {
        "ingest_document": ingest_document,
        "generate_aids": generate_aids,
        "screen_document": screen_document,
        "rewrap_keys": rewrap_keys,
        "retire": retire,
    }
