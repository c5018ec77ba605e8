"""How often one may try to get in: by password, by pictures, by a code.

Three counts hold strangers back: of an account from one address, of an account from everywhere, of an address. Only
what failed counts. A device from which an account was entered before has a count of its own, which nobody else can
draw on, so that no stranger can lock the owner out; and an address from which it was entered is spared what comes
from other addresses. In use:

    with services.tries.trying(Kind.CODE, "join", address):
        ...  # whatever raises NotFound, NotSignedIn or Invalid when the code is wrong
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

import structlog

from accounts.buckets import Buckets, Rate
from domain.clock import Clock
from domain.errors import MargentError, OverBudget, Transient

_A_LINE_EVERY = timedelta(seconds=1)
_log = structlog.get_logger("margent.sign_in")


class Kind(StrEnum):
    """What is tried, and with it what `account` means."""

    # the name of a kind, not a secret
    PASSWORD = "password"  # noqa: S105
    """`account` is the e-mail address that was typed."""

    PICTURES = "pictures"
    """`account` is the class's sign-in code and the avatar."""

    CODE = "code"
    """The code itself is guessed, so no account is known: `account` says what sort of code. Counts by address alone.

    The rate is one that a class behind one address never meets, so codes need 40 random bits or more.
    """


class Lane(IntEnum):
    """Who goes first when there is much to do; see `accounts.lanes`."""

    CALM = 0
    """Nothing failed lately."""

    WARY = 1
    """Much failed from this address, but not at this account, which was entered from here before."""

    SUSPECT = 2


class TooManyTries(OverBudget):
    """The next try has to wait until `renews_at`; nothing was tried."""

    code = "too_many_tries"


@dataclass(frozen=True, slots=True)
class _Rates:
    """`pair` is an account from one address, and an account on one of its devices."""

    pair: Rate | None
    account: Rate | None
    address: Rate
    world: Rate


_SCHOOL = Rate(100, timedelta(seconds=1))
"""A thousand pupils behind one address mistype a few hundred times in the first ten minutes of a day."""

_WORLD = Rate(200, timedelta(seconds=0.5))
"""When half of this is gone, somebody attacks from many addresses: strangers are suspect at their first try. When
all is gone, a second try by strangers at an account waits."""

_MOST_PLACES = 10_000
_EVERYWHERE = b""

_RATES: Mapping[Kind, _Rates] = {
    Kind.PASSWORD: _Rates(
        pair=Rate(5, timedelta(seconds=30), tires_after=20, then_every=timedelta(minutes=15)),
        # a hundred in a row is what NIST SP 800-63B-4 (3.2.2) bounds; one address alone never empties it
        account=Rate(20, timedelta(seconds=15), tires_after=100, then_every=timedelta(minutes=10)),
        address=_SCHOOL,
        world=_WORLD,
    ),
    Kind.PICTURES: _Rates(
        # a few thousand picture secrets exist, so these counts fill slowly
        pair=Rate(5, timedelta(minutes=1), tires_after=20, then_every=timedelta(hours=1)),
        account=Rate(10, timedelta(seconds=30), tires_after=40, then_every=timedelta(minutes=30)),
        address=_SCHOOL,
        world=_WORLD,
    ),
    Kind.CODE: _Rates(pair=None, account=None, address=_SCHOOL, world=_WORLD),
}


@dataclass(frozen=True, slots=True)
class Try:
    """A try under way, which counts as failed until it is said to have gone well.

    `is_hot` means that much failed from its address; `taken` says of which buckets it took a token.
    """

    kind: Kind
    account: bytes
    address: bytes
    pair: bytes
    is_device: bool = False
    is_hot: bool = False
    lane: Lane = Lane.CALM
    taken: tuple[str, ...] = ()


class Tries:
    """Counts tries in memory. Keys are hashed with a secret of this run: no address can be read back."""

    def __init__(self, clock: Clock) -> None:
        """Start with nothing counted."""
        self._clock = clock
        self._lock = Lock()
        self._secret = secrets.token_bytes(32)
        self._held_back = 0
        self._told_at = clock.now() - _A_LINE_EVERY
        self._counts = {kind: _Counts(rates) for kind, rates in _RATES.items()}

    def __len__(self) -> int:
        """Say how many things are remembered."""
        with self._lock:
            return sum(map(len, self._counts.values()))

    @contextmanager
    def trying(self, kind: Kind, account: str, address: str, *, device: str = "") -> Iterator[Try]:
        """Do what may fail within: an error of ours counts as a failure, unless trying again later may help.

        Raises TooManyTries before anything is done. See `check` for the parameters.
        """
        attempt = self.check(kind, account, address, device=device)
        try:
            yield attempt
        except (Transient, OverBudget):
            self.take_back(attempt)
            raise
        except MargentError:
            self.failed(attempt)
            raise
        self.succeeded(attempt)

    def check(self, kind: Kind, account: str, address: str, *, device: str = "") -> Try:
        """Count a try as failed for now. Raises TooManyTries, and counts nothing, when it has to wait.

        `address` is the client's address. `device` is what `accounts.devices.Devices.known` said of the browser:
        empty for a device from which this account was never entered.
        """
        counts, now = self._counts[kind], self._clock.now()
        attempt = self._begin(kind, account, address, device)
        with self._lock:
            renews_at = counts.renews_at(attempt, now)
            if renews_at is None:
                return counts.take(counts.judge(attempt, now), now)
        self._hold_back(attempt, now)
        raise TooManyTries(_sentence(renews_at - now), renews_at=renews_at)

    def succeeded(self, attempt: Try) -> None:
        """Count the try as none, and forgive what failed before it for this account from this address or device."""
        with self._lock:
            counts = self._counts[attempt.kind]
            counts.take_back(attempt, self._clock.now())
            counts.forgive(attempt)

    def failed(self, attempt: Try) -> None:
        """Let the try count as a failure, and log it without saying who."""
        who, where = attempt.account.hex()[:12], attempt.address.hex()[:12]
        _log.info("sign_in.failed", kind=attempt.kind.value, who=who, where=where, lane=attempt.lane.name)

    def take_back(self, attempt: Try) -> None:
        """Count the try as none: it was cut off before anything could be learnt from it."""
        with self._lock:
            self._counts[attempt.kind].take_back(attempt, self._clock.now())

    def _begin(self, kind: Kind, account: str, address: str, device: str) -> Try:
        account_key = self._hash("account", account.strip().casefold())
        address_key = self._hash("address", _network(address))
        place = f"device {device}" if device else address_key.hex()
        pair_key = self._hash("pair", f"{account_key.hex()} {place}")
        return Try(kind, account_key, address_key, pair_key, is_device=bool(device))

    def _hold_back(self, attempt: Try, now: datetime) -> None:
        """Log what is held back, a line a second at most: an attack must not fill the disk."""
        with self._lock:
            self._held_back += 1
            if now < self._told_at + _A_LINE_EVERY:
                return
            count, self._held_back, self._told_at = self._held_back, 0, now
        _log.info("sign_in.held_back", kind=attempt.kind.value, count=count, where=attempt.address.hex()[:12])

    def _hash(self, what: str, text: str) -> bytes:
        return hashlib.blake2b(f"{what}\0{text}".encode(errors="replace"), key=self._secret, digest_size=16).digest()


class _Counts:
    """The buckets of one kind, and the places (an account at an address) that went well."""

    def __init__(self, rates: _Rates) -> None:
        self._pairs = Buckets(rates.pair) if rates.pair else None
        self._accounts = Buckets(rates.account) if rates.account else None
        self._addresses = Buckets(rates.address)
        self._world = Buckets(rates.world)
        self._places: OrderedDict[bytes, None] = OrderedDict()

    def __len__(self) -> int:
        """Say how many things are remembered."""
        kept = (self._pairs, self._accounts, self._addresses, self._world, self._places)
        return sum(len(one) for one in kept if one is not None)

    def renews_at(self, attempt: Try, now: datetime) -> datetime | None:
        """Give the time from which the try may be made, None for at once.

        An account's first try from an address is not held back by what others behind that address did, nor its first
        one by a stranger by what others did everywhere.
        """
        asked = [(buckets, key) for _, buckets, key in self._counted(attempt)]
        if self._pairs is None or not (attempt.is_device or self._pairs.is_new(attempt.pair, now)):
            asked.append((self._addresses, attempt.address))
        if any(buckets is self._accounts and not buckets.is_new(key, now) for buckets, key in asked):
            asked.append((self._world, _EVERYWHERE))
        times = [buckets.renews_at(key, now) for buckets, key in asked]
        return max((time for time in times if time is not None), default=None)

    def judge(self, attempt: Try, now: datetime) -> Try:
        """Say in which lane the try goes."""
        if attempt.is_device:
            return attempt
        has_failed = any(buckets.left(key, now) < buckets.rate.burst for _, buckets, key in self._counted(attempt))
        is_hot = _is_hot(self._addresses, attempt.address, now)
        is_place = attempt.pair in self._places
        is_attack = not is_place and (is_hot or _is_hot(self._world, _EVERYWHERE, now))
        lane = Lane.SUSPECT if has_failed or is_attack else Lane.WARY if is_hot else Lane.CALM
        return replace(attempt, is_hot=is_hot, lane=lane)

    def take(self, attempt: Try, now: datetime) -> Try:
        """Take what the try takes, and note it."""
        charged = self._charged(attempt)
        return replace(attempt, taken=tuple(name for name, buckets, key in charged if buckets.take(key, now)))

    def take_back(self, attempt: Try, now: datetime) -> None:
        for name, buckets, key in self._charged(attempt):
            if name in attempt.taken:
                buckets.give_back(key, now)

    def forgive(self, attempt: Try) -> None:
        """Forget what failed before at this place, and remember the place."""
        if self._pairs is not None:
            self._pairs.empty(attempt.pair)
            self._places[attempt.pair] = None
            self._places.move_to_end(attempt.pair)
            if len(self._places) > _MOST_PLACES:
                self._places.popitem(last=False)

    def _counted(self, attempt: Try) -> Iterator[tuple[str, Buckets, bytes]]:
        if self._pairs is not None:
            yield "pair", self._pairs, attempt.pair
        if self._accounts is not None and attempt.pair not in self._places and not attempt.is_device:
            yield "account", self._accounts, attempt.account

    def _charged(self, attempt: Try) -> Iterator[tuple[str, Buckets, bytes]]:
        yield from self._counted(attempt)
        if not attempt.is_device:
            yield "address", self._addresses, attempt.address
        if not attempt.is_device and not attempt.is_hot:
            # one address alone is no attack from everywhere
            yield "world", self._world, _EVERYWHERE


def _is_hot(buckets: Buckets, key: bytes, now: datetime) -> bool:
    return buckets.left(key, now) < buckets.rate.burst / 2


def _network(address: str) -> str:
    """Give what one customer of a provider holds: an IPv4 address, the first 64 bits of an IPv6 address."""
    try:
        at = ip_address(address)
    except ValueError:
        return address
    if not isinstance(at, IPv6Address):
        return str(at)
    return str(at.ipv4_mapped or ip_network((at, 64), strict=False))


def _sentence(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    if seconds <= 40:  # up to here one waits with the page open
        return "Too many tries. Wait half a minute, then try again."
    minutes = -(-seconds // 60)
    return f"Too many tries. Wait {'a minute' if minutes == 1 else f'{minutes} minutes'}, then try again."
