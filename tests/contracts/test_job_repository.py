"""What every JobRepository does: one job a payload, leases, caps, cancelling, and documents that tell the truth."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from adapters.sql.jobs import MOST_CRASHES, MOST_ERRORS
from adapters.sql.store import SqlStore
from domain.documents import DocumentStatus
from domain.ids import DocumentId, JobId, new_id
from domain.jobs import GenerateAids, IngestDocument, JobRecord, JobStatus, Progress, ScreenDocument
from domain.scope import EVERYTHING
from tests.builders import NOW, a_document
from tests.conftest import FixedClock

DOCUMENT = a_document(status=DocumentStatus.QUEUED)
INGEST = IngestDocument(DOCUMENT.id)
LEASE = 10.0


@pytest.fixture
def jobs(store: SqlStore) -> SqlStore:
    """Give a store with one document that waits to be ingested."""
    with store(EVERYTHING) as unit:
        unit.documents.save(DOCUMENT)
        unit.jobs.add(INGEST)
        unit.commit()
    return store


def _claim(store: SqlStore, owner: str = "me") -> JobRecord | None:
    with store(EVERYTHING) as unit:
        record = unit.jobs.claim(owner, lease_seconds=LEASE)
        unit.commit()
    return record


def _take(store: SqlStore, owner: str = "me") -> JobRecord:
    record = _claim(store, owner)
    assert record is not None
    return record


def _finish(store: SqlStore, job_id: JobId, owner: str = "me", **ending: Any) -> bool:
    with store(EVERYTHING) as unit:
        is_mine = unit.jobs.finish(job_id, owner, **ending)
        unit.commit()
    return is_mine


def _find(store: SqlStore, name: str = INGEST.name) -> JobRecord:
    with store(EVERYTHING) as unit:
        record = unit.jobs.find_for(DOCUMENT.id, name)
    assert record is not None
    return record


def _status(store: SqlStore) -> DocumentStatus:
    with store(EVERYTHING) as unit:
        document = unit.documents.find(DOCUMENT.id)
    assert document is not None
    return document.status


def test_a_job_is_added_once_while_it_is_pending(jobs: SqlStore) -> None:
    """A job for the same payload gives the id of the one that is queued or running; another payload does not."""
    with jobs(EVERYTHING) as unit:
        assert unit.jobs.add(INGEST) == unit.jobs.add(INGEST) == _find(jobs).id
        assert unit.jobs.add(GenerateAids(DOCUMENT.id)) != _find(jobs).id


def test_study_aids_come_after_what_people_wait_for(jobs: SqlStore) -> None:
    """A reading that was added later is read first; that one is due is known while aids are made."""
    with jobs(EVERYTHING) as unit:
        unit.jobs.ask_cancel(DOCUMENT.id)
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.commit()
        assert not unit.jobs.is_urgent_due()
        unit.jobs.add(INGEST)
        unit.commit()
        assert unit.jobs.is_urgent_due()

    assert [_take(jobs).job, _take(jobs).job] == [INGEST, GenerateAids(DOCUMENT.id)]


def test_jobs_of_one_name_can_be_stopped_alone(jobs: SqlStore) -> None:
    """Study aids of an old text are stopped while the new one is being read."""
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.jobs.ask_cancel(DOCUMENT.id, GenerateAids(DOCUMENT.id).name)
        unit.commit()

    assert _find(jobs).status is JobStatus.QUEUED
    assert _find(jobs, GenerateAids(DOCUMENT.id).name).status is JobStatus.CANCELLED


def test_the_screening_of_a_document_cannot_be_cancelled(jobs: SqlStore) -> None:
    """Stopping the work on a document leaves it in the queue, and it comes back as what it was."""
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(ScreenDocument(DOCUMENT.id))
        unit.jobs.ask_cancel(DOCUMENT.id)
        unit.commit()

    assert _take(jobs).job == ScreenDocument(DOCUMENT.id)


def test_what_failed_is_queued_anew(jobs: SqlStore, clock: FixedClock) -> None:
    """Only jobs of the name that failed and were due before the time come back, as if they were new."""
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.commit()
    for _ in range(2):
        _finish(jobs, _take(jobs).id, error=("try_again", "No."))
    clock.move(timedelta(seconds=1))

    with jobs(EVERYTHING) as unit:
        counts = [unit.jobs.revive(INGEST.name, at) for at in (NOW, clock.now(), clock.now())]
        unit.commit()

    assert counts == [0, 1, 0]
    again = _take(jobs)
    assert (again.job, again.attempts, again.error_code) == (INGEST, 1, "")
    assert _claim(jobs, "me") is None


def test_a_job_is_added_anew_once_the_last_has_ended(jobs: SqlStore) -> None:
    """After a job ended, a new one for the same payload is another job, and the newest is the one found."""
    first = _take(jobs)
    _finish(jobs, first.id)

    with jobs(EVERYTHING) as unit:
        second = unit.jobs.add(INGEST)
        unit.commit()

    assert second != first.id
    assert _find(jobs).id == second


def test_nothing_is_found_for_a_document_without_jobs(jobs: SqlStore) -> None:
    """Without a job of the name there is None."""
    with jobs(EVERYTHING) as unit:
        assert unit.jobs.find_for(DOCUMENT.id, "generate_aids") is None


def test_a_claim_gives_the_oldest_job_and_counts(jobs: SqlStore) -> None:
    """Claims give the jobs in the order they were added, running and with the attempt counted, then None."""
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.commit()

    first, second = _take(jobs), _take(jobs)

    assert (first.job, first.status, first.attempts) == (INGEST, JobStatus.RUNNING, 1)
    assert second.job == GenerateAids(DOCUMENT.id)
    assert _claim(jobs) is None


def test_a_job_is_claimed_by_one_of_many(jobs: SqlStore) -> None:
    """Of many threads that claim at the same moment, one gets the job."""
    claimed: list[JobRecord | None] = []
    threads = [threading.Thread(target=lambda: claimed.append(_claim(jobs, new_id()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([record for record in claimed if record]) == 1


def test_a_job_comes_back_when_its_lease_has_run_out(jobs: SqlStore, clock: FixedClock) -> None:
    """A job whose owner has gone silent is claimed by another, and then no longer belongs to the first."""
    job = _take(jobs, "first")
    clock.move(timedelta(seconds=LEASE - 1))
    assert _claim(jobs, "second") is None
    clock.move(timedelta(seconds=1))

    assert _take(jobs, "second").attempts == 2

    with jobs(EVERYTHING) as unit:
        assert not unit.jobs.beat(job.id, "first", Progress(), lease_seconds=LEASE)
    assert not _finish(jobs, job.id, "first")
    assert _finish(jobs, job.id, "second")


def test_a_beat_renews_the_lease_and_keeps_progress(jobs: SqlStore, clock: FixedClock) -> None:
    """After a beat the lease runs on, and everybody sees how far the job is."""
    job = _take(jobs)
    clock.move(timedelta(seconds=LEASE - 1))
    with jobs(EVERYTHING) as unit:
        assert unit.jobs.beat(job.id, "me", Progress("pages", 3, 7), lease_seconds=LEASE)
        unit.commit()
    clock.move(timedelta(seconds=LEASE - 1))

    assert _claim(jobs) is None
    assert _find(jobs).progress == Progress("pages", 3, 7)


def test_a_finished_job_is_done(jobs: SqlStore) -> None:
    """A job that ended well is done and never claimed again, nor can it be finished twice."""
    job = _take(jobs)

    assert _finish(jobs, job.id)

    assert _find(jobs).status is JobStatus.DONE
    assert _claim(jobs) is None
    assert not _finish(jobs, job.id)


def test_a_failed_job_says_why_and_so_does_its_document(jobs: SqlStore) -> None:
    """A job that failed keeps code and sentence, and its document no longer looks as if it were being read."""
    job = _take(jobs)

    _finish(jobs, job.id, error=("damaged", "It is damaged."))

    record = _find(jobs)
    assert (record.status, record.error_code, record.error) == (JobStatus.FAILED, "damaged", "It is damaged.")
    with jobs(EVERYTHING) as unit:
        document = unit.documents.find(DOCUMENT.id)
    assert document is not None
    assert (document.status, document.problem_code, document.problem) == ("failed", "damaged", "It is damaged.")


def test_a_searchable_document_stays_searchable(jobs: SqlStore) -> None:
    """When a later step fails, a document that can be searched by its words stays so."""
    job = _take(jobs)
    with jobs(EVERYTHING) as unit:
        unit.documents.save(a_document(status=DocumentStatus.SEARCHABLE))
        unit.commit()

    _finish(jobs, job.id, error=("index_down", "No vectors."))

    assert _status(jobs) is DocumentStatus.SEARCHABLE


def test_failing_to_make_aids_leaves_the_document_alone(jobs: SqlStore) -> None:
    """Only the job that reads a document decides whether it was read."""
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.commit()
    _take(jobs)
    aids = _take(jobs)

    _finish(jobs, aids.id, error=("x", "Y."))

    assert _status(jobs) is DocumentStatus.QUEUED


def test_a_retry_waits_its_time(jobs: SqlStore, clock: FixedClock) -> None:
    """A job that failed for a passing reason is queued with its reason, and due after the wait, not before."""
    job = _take(jobs)

    _finish(jobs, job.id, error=("model_busy", "Busy."), retry_in=4.0)

    assert (_find(jobs).status, _find(jobs).error_code) == (JobStatus.QUEUED, "model_busy")
    assert _claim(jobs) is None
    clock.move(timedelta(seconds=4))
    again = _take(jobs)
    assert (again.attempts, again.error_code) == (2, "")


def test_retries_are_bounded(jobs: SqlStore) -> None:
    """A job that keeps failing for passing reasons is failed with the last one, and its document too."""
    for _ in range(MOST_ERRORS):
        job = _take(jobs)
        _finish(jobs, job.id, error=("model_busy", "Busy."), retry_in=0.0)

    assert _claim(jobs) is None
    assert (_find(jobs).status, _find(jobs).error) == (JobStatus.FAILED, "Busy.")
    assert _status(jobs) is DocumentStatus.FAILED


def test_a_job_that_kills_its_process_is_given_up(jobs: SqlStore, clock: FixedClock) -> None:
    """A job that was claimed again and again without ever ending is failed in plain words instead of run."""
    for _ in range(MOST_CRASHES):
        assert _claim(jobs)
        clock.move(timedelta(seconds=LEASE))

    assert _claim(jobs) is None
    assert (_find(jobs).status, _find(jobs).error_code) == (JobStatus.FAILED, "crashed")
    assert _status(jobs) is DocumentStatus.FAILED
    with jobs(EVERYTHING) as unit:
        assert unit.jobs.revive(INGEST.name, clock.now()) == 0


def test_a_poisoned_job_does_not_hold_up_the_next(jobs: SqlStore, clock: FixedClock) -> None:
    """The claim that gives up one job gives the next one."""
    for _ in range(MOST_CRASHES):
        assert _claim(jobs)
        clock.move(timedelta(seconds=LEASE))
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.commit()

    assert _take(jobs).job == GenerateAids(DOCUMENT.id)


def test_a_job_that_crashed_often_runs_alone(jobs: SqlStore, clock: FixedClock) -> None:
    """A job that crashed three times waits until nothing else runs, and while it runs nothing else is claimed."""
    for _ in range(2):
        assert _claim(jobs)
        clock.move(timedelta(seconds=LEASE))
    _take(jobs, "crashes")
    clock.move(timedelta(seconds=LEASE / 2))
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.commit()
    innocent = _take(jobs, "goes on")
    clock.move(timedelta(seconds=LEASE / 2))

    assert _claim(jobs) is None
    _finish(jobs, innocent.id, "goes on")
    assert _take(jobs).job == INGEST
    with jobs(EVERYTHING) as unit:
        unit.jobs.add(GenerateAids(DOCUMENT.id))
        unit.commit()
    assert _claim(jobs) is None


def test_errors_and_crashes_are_counted_apart(jobs: SqlStore, clock: FixedClock) -> None:
    """Crashes use up nothing of what errors may, and the other way round."""
    for _ in range(MOST_CRASHES - 1):
        _take(jobs)
        clock.move(timedelta(seconds=LEASE))
    for _ in range(MOST_ERRORS - 1):
        _finish(jobs, _take(jobs).id, error=("model_busy", "Busy."), retry_in=0.0)

    assert _finish(jobs, _take(jobs).id)

    assert _find(jobs).status is JobStatus.DONE


def test_an_interrupted_run_does_not_count(jobs: SqlStore) -> None:
    """A job that is put back through no fault of its own is due at once, as if it had not been tried."""
    for _ in range(MOST_CRASHES + MOST_ERRORS):
        job = _take(jobs)
        assert job.attempts == 1
        _finish(jobs, job.id, retry_in=0.0)

    assert _find(jobs).status is JobStatus.QUEUED


def test_cancelling_a_queued_job_ends_it(jobs: SqlStore) -> None:
    """A queued job that is cancelled never runs, and its document is cancelled."""
    with jobs(EVERYTHING) as unit:
        unit.jobs.ask_cancel(DOCUMENT.id)
        unit.commit()

    assert _claim(jobs) is None
    assert _find(jobs).status is JobStatus.CANCELLED
    assert _status(jobs) is DocumentStatus.CANCELLED


def test_a_running_job_hears_that_it_must_stop(jobs: SqlStore, clock: FixedClock) -> None:
    """A running job that is cancelled hears it at its next beat, and keeps its lease until it has stopped."""
    job = _take(jobs)
    with jobs(EVERYTHING) as unit:
        unit.jobs.ask_cancel(DOCUMENT.id)
        unit.commit()
    clock.move(timedelta(seconds=LEASE - 1))
    with jobs(EVERYTHING) as unit:
        assert not unit.jobs.beat(job.id, "me", Progress(), lease_seconds=LEASE)
        unit.commit()
    clock.move(timedelta(seconds=LEASE - 1))

    assert _find(jobs).is_cancel_asked
    assert _claim(jobs) is None
    assert _finish(jobs, job.id, is_cancelled=True)
    assert _find(jobs).status is JobStatus.CANCELLED


@pytest.mark.parametrize("ending", [{"error": ("x", "Y.")}, {"error": ("x", "Y."), "retry_in": 1.0}, {"retry_in": 0.0}])
def test_a_job_that_was_asked_to_stop_is_cancelled_however_it_ends(jobs: SqlStore, ending: dict[str, Any]) -> None:
    """A job that fails, or would be retried, after it was asked to stop is cancelled."""
    job = _take(jobs)
    with jobs(EVERYTHING) as unit:
        unit.jobs.ask_cancel(DOCUMENT.id)
        unit.commit()

    _finish(jobs, job.id, **ending)

    assert _find(jobs).status is JobStatus.CANCELLED


def test_a_cancelled_job_whose_process_died_is_cancelled(jobs: SqlStore, clock: FixedClock) -> None:
    """A job that was asked to stop and whose owner died is not run again."""
    _take(jobs)
    with jobs(EVERYTHING) as unit:
        unit.jobs.ask_cancel(DOCUMENT.id)
        unit.commit()
    clock.move(timedelta(seconds=LEASE))

    assert _claim(jobs) is None
    assert _find(jobs).status is JobStatus.CANCELLED


def test_a_job_that_was_asked_to_stop_can_be_followed_by_another(jobs: SqlStore) -> None:
    """Trying again right after cancelling adds a new job, which waits until the old one has stopped."""
    first = _take(jobs)
    with jobs(EVERYTHING) as unit:
        unit.jobs.ask_cancel(DOCUMENT.id)
        second = unit.jobs.add(INGEST)
        unit.commit()

    assert second != first.id
    assert _claim(jobs) is None
    _finish(jobs, first.id, is_cancelled=True)
    assert _take(jobs).id == second


def test_jobs_go_with_their_document(jobs: SqlStore) -> None:
    """A running job whose document was deleted is no longer its owner's."""
    job = _take(jobs)
    with jobs(EVERYTHING) as unit:
        unit.documents.delete(DocumentId(DOCUMENT.id))
        unit.commit()

    with jobs(EVERYTHING) as unit:
        assert not unit.jobs.beat(job.id, "me", Progress(), lease_seconds=LEASE)
    assert not _finish(jobs, job.id)
