"""What the application needs from the world, as protocols.

Ports speak domain types and raise domain errors. Each has real adapters under `adapters/` and one
contract suite in `tests/contracts/` that every adapter passes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from domain.audit import SignedHead
from domain.documents import EmbeddedChunk, Hit, Vector
from domain.ids import ChunkId, DocumentId
from domain.notices import Alarm, Channel, Letter
from domain.people_repositories import (
    ConsentRepository,
    KeyRepository,
    PeopleRepository,
    RecordsRepository,
    RightsRepository,
)
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
from domain.scope import Scope


class UnitOfWork(Protocol):
    """One transaction and the repositories in it. Leaving it without `commit` rolls it back."""

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

    def commit(self) -> None:
        """Make the changes last, then wake the queue for the jobs that were added."""
        ...

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        ...


class Store(Protocol):
    """Opens units of work."""

    def __call__(self, scope: Scope) -> UnitOfWork:
        """Open a unit of work that sees and writes what the scope covers; use it as a context manager.

        Writing a row beyond the scope raises OutOfScope.
        """
        ...

    def scrub(self) -> None:
        """Overwrite what was deleted, so that no byte of it is left in the store's files."""
        ...

    def ping(self) -> None:
        """Raise StoreBusy when the store does not answer."""
        ...


class ChunkIndex(Protocol):
    """Vectors of chunks."""

    def add(self, chunks: Sequence[EmbeddedChunk]) -> None:
        """Add or replace the vectors of these chunks."""
        ...

    def search(self, vector: Vector, document_ids: Sequence[DocumentId] | None, limit: int) -> list[Hit]:
        """Rank the chunks of the documents by cosine similarity, or all that there are with None.

        Whoever asks for all must keep to what may be seen: an index knows nobody's rights.
        """
        ...

    def load_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, Vector]:
        """Give the stored vectors of these chunks, leaving out those that have none."""
        ...

    def delete(self, document_id: DocumentId) -> None:
        """Forget the document's vectors."""
        ...

    def keep_only(self, document_id: DocumentId, chunk_ids: Sequence[ChunkId]) -> None:
        """Forget the document's vectors of all other chunks."""
        ...

    def scrub(self) -> None:
        """Overwrite what was deleted, so that nothing of it is left in the index's files."""
        ...

    def ping(self) -> None:
        """Raise IndexDown when the index does not answer."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The model's name; vectors of different names do not compare."""
        ...

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages (ISO 639-1) that its vectors may be trusted in, or None for all."""
        ...

    @property
    def floor(self) -> float:
        """The cosine below which a passage has nothing to do with a query, from -1 (unknown) to 1."""
        ...

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Give one unit vector for each text, in order."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Give one unit vector for each text, in order, to be searched for; they are read less closely than others."""
        ...

    def embed_query(self, query: str) -> Vector:
        """Give the vector to search with: some encoders are told that a text is a question."""
        ...

    def ping(self) -> None:
        """Raise Transient when the model cannot be used."""
        ...


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """A rendered prompt: rules in `system`, material in `user`, and the JSON schema that the reply must fit."""

    system: str
    user: str
    reply_name: str
    reply_schema: Mapping[str, object]
    max_tokens: int = 1500


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What a model answered, and what it cost. `text` is JSON that should fit the schema."""

    text: str
    model: str
    tokens_in: int
    tokens_out: int
    is_estimated: bool = False


class ChatModel(Protocol):
    """A language model behind an OpenAI-compatible endpoint. Only the way out holds one (`safety/egress.py`)."""

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        ...

    def ask(self, request: ModelRequest) -> ModelReply:
        """Get one reply. Raises ModelBusy (refused, timed out, cut off) or BadReply (the model declined)."""
        ...

    def stream(self, request: ModelRequest) -> Iterator[str]:
        """Yield the reply's text as it comes. Raises ModelBusy when it breaks off."""
        ...

    def ping(self) -> None:
        """Raise ModelBusy when the endpoint does not answer."""
        ...


class JobQueue(Protocol):
    """Runs the jobs of the job table."""

    def wake(self) -> None:
        """Say that there may be work."""
        ...

    def start(self) -> None:
        """Begin to run jobs."""
        ...

    def stop(self) -> None:
        """Finish what is running, for a bounded time, and stop."""
        ...


class FileStore(Protocol):
    """Uploaded bytes by content hash."""

    def save(self, stream: BinaryIO, *, limit: int) -> tuple[str, int]:
        """Keep the bytes; give their SHA-256 and their count. Raises TooLarge past `limit`, keeping nothing."""
        ...

    def path(self, content_hash: str) -> Path:
        """Give the file. Raises NotFound."""
        ...

    def delete(self, content_hash: str) -> None:
        """Forget the bytes; forgetting what is not there does nothing."""
        ...


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What stood at a web address: the address that it was found at in the end, a name for the file, its bytes."""

    url: str
    filename: str
    content: bytes


class PageFetcher(Protocol):
    """Fetches what stands at addresses of the public web, and nowhere else."""

    def fetch(self, url: str, *, limit: int) -> FetchedPage:
        """Fetch a page or file of at most `limit` bytes.

        Raises Invalid for an address that leads to no page for everybody, TooLarge, or Transient (codes no_connection,
        page_down). Messages hold nothing of the address.
        """
        ...


@dataclass(frozen=True, slots=True)
class SchoolIdentity:
    """Who somebody is by the school's own sign-in: `subject` is issuer and subject, lasting and unique."""

    subject: str
    email: str
    is_email_verified: bool
    name: str


class IdentityProvider(Protocol):
    """The school's own sign-in, by OpenID Connect (authorization code with PKCE)."""

    def begin(self, callback: str) -> tuple[str, str]:
        """Give the address to send the browser to, and the secret state to keep until it comes back.

        Raises Transient when the provider does not answer.
        """
        ...

    def finish(self, callback: str, query: Mapping[str, str], state: str) -> SchoolIdentity:
        """Check what the browser came back with. Raises NotSignedIn when anything about it is wrong."""
        ...

    def ping(self) -> None:
        """Raise Transient when the provider does not answer."""
        ...


class KeyRing(Protocol):
    """The keys that wrap persons' keys. They live outside the store."""

    @property
    def newest(self) -> str:
        """The id of the key that wraps now."""
        ...

    def wrap(self, key: bytes, *, about: str) -> str:
        """Seal a key with the newest key; `about` is bound to it. The text begins with the key's id."""
        ...

    def unwrap(self, text: str, *, about: str) -> bytes:
        """Open a wrapped key. Raises KeyMissing when the ring has no such key or the text was changed."""
        ...

    def rotate(self) -> str:
        """Add a new key and make it the newest; give its id."""
        ...

    def forget(self, key_ids: Sequence[str]) -> None:
        """Delete keys of the ring, never the newest."""
        ...


class Courier(Protocol):
    """Carries letters out of the house by one channel."""

    @property
    def channel(self) -> Channel:
        """How the letters travel."""
        ...

    def deliver(self, letter: Letter) -> None:
        """Hand a letter over. Raises Transient when the other end did not take it; saying it twice does no harm."""
        ...

    def ping(self) -> None:
        """Raise Transient when the other end does not answer."""
        ...


class AlarmBook(Protocol):
    """Remembers outside the store what could not be saved in it, until somebody was told."""

    def write(self, alarm: Alarm) -> bool:
        """Keep an alarm, even where the disk is full; say whether that was possible."""
        ...

    def list_alarms(self) -> list[Alarm]:
        """List what nobody was told of yet, oldest first; nothing when the book cannot be read."""
        ...

    def erase(self, key: str) -> None:
        """Strike out an alarm; striking out what is not there does nothing."""
        ...


class Signer(Protocol):
    """Signs the heads of the audit chain, with a key that lives outside the store (Ed25519)."""

    @property
    def is_made(self) -> bool:
        """Whether there is a key already: something was signed with it."""
        ...

    @property
    def public_key(self) -> str:
        """The key to check signatures with, in hex."""
        ...

    def sign(self, message: bytes) -> str:
        """Give the signature in hex."""
        ...

    def verify(self, message: bytes, signature: str) -> bool:
        """Whether the signature is of this message by this key."""
        ...


class HeadStore(Protocol):
    """The signed heads of the audit chain, in a second place than the chain."""

    def extend(self, make: Callable[[SignedHead | None], SignedHead | None]) -> None:
        """Add what `make` gives for the last head, if anything; one process at a time."""
        ...

    def last(self) -> SignedHead | None:
        """Give the newest head, or None. Raises Unreadable."""
        ...

    def list(self) -> Sequence[SignedHead]:
        """List the heads, oldest first. Raises Unreadable when the place holds anything else."""
        ...

    def drop_before(self, seq: int) -> None:
        """Forget the heads before this record."""
        ...
