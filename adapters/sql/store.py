"""The store: opens units of work. One unit is one transaction, with a repository for each kind of thing."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy import text

from adapters.sql.audit import SqlAudit
from adapters.sql.care import SqlCare
from adapters.sql.consents import SqlConsents
from adapters.sql.documents import SqlDocuments
from adapters.sql.engine import build_engine
from adapters.sql.hands import SqlHands
from adapters.sql.interactions import SqlInteractions
from adapters.sql.jobs import SqlJobs
from adapters.sql.keys import SqlKeys
from adapters.sql.learning import SqlLearning
from adapters.sql.material import SqlMaterial
from adapters.sql.memories import SqlConcerns, SqlSurrogates
from adapters.sql.notices import SqlNotices
from adapters.sql.people import SqlPeople
from adapters.sql.plain import seal_plain
from adapters.sql.readings import SqlReadings
from adapters.sql.records import SqlRecords
from adapters.sql.reviews import SqlReviews
from adapters.sql.rights import SqlRights
from adapters.sql.scrubbing import scrub
from adapters.sql.sealing import Sealer
from adapters.sql.transaction import Transaction
from domain.clock import Clock, SystemClock
from domain.people_repositories import (
    ConsentRepository,
    KeyRepository,
    PeopleRepository,
    RecordsRepository,
    RightsRepository,
)
from domain.ports import KeyRing
from domain.repositories import (
    CareRepository,
    DocumentRepository,
    HandsRepository,
    InteractionRepository,
    JobRepository,
    LearningRepository,
    MaterialRepository,
    ReadingRepository,
)
from domain.safety_repositories import (
    AuditRepository,
    ConcernRepository,
    NoticeRepository,
    ReviewRepository,
    SurrogateRepository,
)
from domain.scope import EVERYTHING, Scope


class SqlUnitOfWork:
    """One transaction. What its reads find may be changed by others until its first write."""

    documents: DocumentRepository
    readings: ReadingRepository
    material: MaterialRepository
    hands: HandsRepository
    learning: LearningRepository
    people: PeopleRepository
    care: CareRepository
    consents: ConsentRepository
    rights: RightsRepository
    records: RecordsRepository
    interactions: InteractionRepository
    keys: KeyRepository
    notices: NoticeRepository
    concerns: ConcernRepository
    surrogates: SurrogateRepository
    audit: AuditRepository
    reviews: ReviewRepository
    jobs: JobRepository

    def __init__(
        self, transaction: Transaction, ring: KeyRing, clock: Clock, *, on_jobs: Callable[[], None] | None
    ) -> None:
        """Call `on_jobs` after each commit that added jobs."""
        self._transaction = transaction
        self._sealer = Sealer(transaction, ring)
        self._on_jobs = on_jobs
        self._jobs = SqlJobs(self._transaction, clock)
        self.jobs = self._jobs
        self.documents = SqlDocuments(self._transaction)
        self.readings = SqlReadings(self._transaction)
        self.material = SqlMaterial(self._transaction, self._sealer)
        self.hands = SqlHands(self._transaction, self._sealer)
        self.learning = SqlLearning(self._transaction, self._sealer)
        self.people = SqlPeople(self._transaction)
        self.care = SqlCare(self._transaction, self._sealer)
        self.consents = SqlConsents(self._transaction)
        self.rights = SqlRights(self._transaction)
        self.records = SqlRecords(self._transaction, self._sealer)
        self.interactions = SqlInteractions(self._transaction)
        self.keys = SqlKeys(self._transaction, ring)
        self.notices = SqlNotices(self._transaction)
        self.concerns = SqlConcerns(self._transaction)
        self.surrogates = SqlSurrogates(self._transaction, self._sealer)
        self.audit = SqlAudit(self._transaction, clock)
        self.reviews = SqlReviews(self._transaction, self._sealer)

    def commit(self) -> None:
        """Make the changes last, then wake the queue for the jobs that were added."""
        self._transaction.commit()
        self._sealer.forget()
        if self._jobs.take_added() and self._on_jobs is not None:
            self._on_jobs()

    def __enter__(self) -> Self:
        """Begin; the connection is taken at the first statement."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        self._transaction.close()
        self._sealer.forget()


class SqlStore:
    """A `domain.ports.Store` in a SQL database."""

    def __init__(self, url: str, *, ring: KeyRing, clock: Clock | None = None) -> None:
        """Open the database, whose tables `adapters.sql.migrate.upgrade` has made; `ring` wraps persons' keys."""
        self._ring = ring
        self._engine = build_engine(url)
        self._clock = clock or SystemClock()
        self._on_jobs: Callable[[], None] | None = None

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Call this after each commit that added jobs: the `wake` of the queue that runs them."""
        self._on_jobs = wake

    def __call__(self, scope: Scope) -> SqlUnitOfWork:
        """Open a unit of work that sees and writes what the scope covers; use it as a context manager."""
        return SqlUnitOfWork(self._begin(scope), self._ring, self._clock, on_jobs=self._on_jobs)

    def seal_plain(self) -> int:
        """Seal what was written before there were keys; give how many rows were looked at. Safe to repeat."""
        return seal_plain(lambda: self._begin(EVERYTHING), self._ring)

    def scrub(self) -> None:
        """Overwrite what was deleted, so that no byte of it is left in the store's files."""
        scrub(self._engine)

    def ping(self) -> None:
        """Raise StoreBusy when the store does not answer."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close all connections; the next unit of work opens new ones."""
        self._engine.dispose()

    def _begin(self, scope: Scope) -> Transaction:
        return Transaction(self._engine, scope)
