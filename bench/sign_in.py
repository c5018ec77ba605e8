"""What a sign-in costs, alone and while somebody tries ten thousand wrong passwords; prints a table.

    python -m bench.sign_in [wrong passwords in each attack] [attackers at a time]

A real server process on this machine, with a data folder of its own. Attackers and people come from addresses of
their own through `MARGENT_TRUSTED_PROXIES`. Good sign-ins come one after the other: from the address of the school,
where everybody had signed in before and one attacker sits, or from home; with the cookie of an earlier sign-in or
without.
"""

import http.client
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from accounts.tries import Kind, Tries
from domain.clock import SystemClock
from domain.ids import PersonId, stable_id
from domain.people import Role
from domain.scope import EVERYTHING
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world

_PORT = 8766
_PASSWORD = "seven quiet herons"  # noqa: S105 - of people who live for a few minutes
_HOME = "203.0.113.7"
_PEOPLE = 1000
_MET = 50
"""Others, and attacked ones, who sign in again and again."""

_IDLE_VISITS = 240
_ELSEWHERE = 10
"""How nice attackers are to the processors: real ones bring their own."""

_PAUSE = 0.1
"""Seconds, at most, from one sign-in to the next."""


@dataclass
class Sample:
    """What people of one sort met."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def p95(self) -> float:
        """Give the milliseconds within which 95 of 100 sign-ins were answered."""
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000 if len(self.seconds) > 1 else 0.0


class Client:
    """One connection to the server."""

    def __init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=60)

    def sign_in(self, email: str, password: str, address: str, cookie: str = "") -> tuple[int, str]:
        """Give the status and the device cookie."""
        body = json.dumps({"email": email, "password": password})
        headers = {"Content-Type": "application/json", "X-Forwarded-For": address, "Cookie": cookie}
        self._connection.request("POST", "/api/v1/session", body, headers)
        answer = self._connection.getresponse()
        cookies = [one for one in answer.headers.get_all("set-cookie", []) if one.startswith("margent_device")]
        answer.read()
        return answer.status, cookies[0].split(";")[0] if cookies else ""


class School:
    """A school with an address, attacked pupils, and others."""

    def __init__(self, number: int) -> None:
        """Let those who will be met sign in once, as on any day before the attack."""
        self.number = number
        self._address = address_of(number)
        self._client = Client()
        self._others = [other(number, one) for one in range(_MET)]
        self._attacked = [pupil(number, one) for one in range(0, _PEOPLE, _PEOPLE // _MET)]
        names = [*self._others, *self._attacked]
        self._cookies = {name: self._client.sign_in(name, _PASSWORD, self._address)[1] for name in names}

    def visits(self) -> Iterator[tuple[str, Callable[[], int]]]:
        """Yield, in turns, sorts of people with a way to sign one of them in."""
        victim, school = self._attacked[0], self._address
        for number in itertools.cycle(range(_MET)):
            other, attacked = self._others[number], self._attacked[number]
            yield "other, school, known device", self._way(other, school, self._cookies[other])
            yield "other, school, new device", self._way(other, school)
            yield "other, home, known device", self._way(other, _HOME, self._cookies[other])
            yield "other, home, new device", self._way(other, f"203.0.{number}.{self.number}")
            yield "attacked, home, known device", self._way(victim, _HOME, self._cookies[victim])
            yield "attacked, school, new device", self._way(attacked, school)

    def _way(self, name: str, address: str, cookie: str = "") -> Callable[[], int]:
        return lambda: self._client.sign_in(name, _PASSWORD, address, cookie)[0]


@dataclass(frozen=True)
class Attack:
    """Wrong passwords, at one account or all, from one address (that of the school) or many."""

    has_many_accounts: bool
    has_many_addresses: bool

    def __str__(self) -> str:
        accounts = f"{_PEOPLE} accounts" if self.has_many_accounts else "one account"
        return f"{accounts} from {'5,000 addresses' if self.has_many_addresses else 'the address of the school'}"

    def aim(self, school: int, number: int) -> tuple[str, str]:
        """Give the account and the address of one try."""
        account = pupil(school, number % _PEOPLE if self.has_many_accounts else 0)
        far = f"198.18.{number % 5000 // 250}.{number % 250}"
        return account, far if self.has_many_addresses else address_of(school)


def main() -> None:
    """Measure idle, then under each attack."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    attackers = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    attacks = [Attack(*flags) for flags in itertools.product((False, True), repeat=2)]
    print(f"counts of {tries} failures at as many accounts and addresses: {counted(tries) / 1e6:.1f} MB")
    with serving(len(attacks) + 1) as process:
        calm = School(0)
        before = used(process)
        idle = measure(calm, lambda turn: turn < _IDLE_VISITS)
        print(f"a good sign-in costs {(used(process) - before) / _IDLE_VISITS * 1000:.0f} CPU-ms of the server")
        for number, attack in enumerate(attacks, start=1):
            report(attack, School(number), (tries, attackers), idle)


def report(attack: Attack, school: School, size: tuple[int, int], idle: dict[str, Sample]) -> None:
    """Run an attack and print what people met."""
    began = time.perf_counter()
    met, statuses = run(attack, school, *size)
    seconds = time.perf_counter() - began
    print(f"\n{size[0]} wrong passwords at {attack}, {size[1]} at a time, {seconds:.0f} s: {told(statuses)}")
    for sort, sample in met.items():
        before = idle[sort].p95
        times = f"p95 {before:4.0f} -> {sample.p95:4.0f} ms ({sample.p95 / before:.1f}x)"
        print(f"  {sort:30} {times}  {told(sample.statuses)}", flush=True)


def run(attack: Attack, school: School, tries: int, attackers: int) -> tuple[dict[str, Sample], Counter[int]]:
    """Try wrong passwords, several at a time, while people sign in; give what people and attackers met."""
    with ProcessPoolExecutor(1, initializer=os.nice, initargs=(_ELSEWHERE,)) as elsewhere:
        under_way = elsewhere.submit(break_in, attack, school.number, tries, attackers)
        return measure(school, lambda _: not under_way.done()), under_way.result()


def break_in(attack: Attack, school: int, tries: int, attackers: int) -> Counter[int]:
    """Try wrong passwords, several at a time; give the answers."""
    numbers, statuses, lock = iter(range(tries)), Counter[int](), threading.Lock()

    def work() -> None:
        client = Client()
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            account, address = attack.aim(school, number)
            status = client.sign_in(account, "wrong horse battery", address)[0]
            with lock:
                statuses[status] += 1

    threads = [threading.Thread(target=work) for _ in range(attackers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def measure(school: School, goes_on: Callable[[int], bool]) -> dict[str, Sample]:
    """Sign people in one after the other, as long as it goes on."""
    met: dict[str, Sample] = {}
    for turn, (sort, sign_in) in enumerate(school.visits()):
        if not goes_on(turn):
            return met
        began = time.perf_counter()
        status = sign_in()
        sample = met.setdefault(sort, Sample())
        sample.statuses[status] += 1
        sample.seconds.append(time.perf_counter() - began)
        time.sleep(_PAUSE * random.random())  # noqa: S311 - so that people and attackers do not march in step
    raise AssertionError("people come for ever")


def address_of(school: int) -> str:
    return f"192.0.2.{school}"


def pupil(school: int, number: int) -> str:
    """Name somebody whose account is attacked."""
    return f"pupil{number}@school{school}.example"


def other(school: int, number: int) -> str:
    """Name somebody whose account is left alone."""
    return f"other{number}@school{school}.example"


def told(statuses: Counter[int]) -> str:
    return ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))


def counted(failures: int) -> int:
    """Give the bytes that counts take when so many failures are all different."""
    tries = Tries(SystemClock())
    tracemalloc.start()
    for number in range(failures):
        tries.check(Kind.PASSWORD, str(number), f"198.{number // 60_000}.{number // 250 % 250}.{number % 250}")
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size


@contextmanager
def serving(schools: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the service on a folder of its own, with everybody of so many schools on its roster."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder, "data"), key_file=Path(folder, "keys", "ring.json"), port=_PORT)
        enrol(settings, schools)
        names = {
            "DATA_DIR": settings.data_dir,
            "KEY_FILE": settings.key_file,
            "PORT": _PORT,
            "PROFILE": "school",
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        environment = {**os.environ, **{f"MARGENT_{name}": str(value) for name, value in names.items()}}
        process = subprocess.Popen(
            [sys.executable, "-m", "margent", "serve"], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait()
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def enrol(settings: Settings, schools: int) -> None:
    """Put everybody on the roster, all with one password."""
    world = open_world(settings)
    try:
        known = build(world).accounts.add_person("One", "one@school.example", role=Role.STUDENT, password=_PASSWORD)
        with world.store(EVERYTHING) as work:
            for school in range(schools):
                names = [pupil(school, one) for one in range(_PEOPLE)] + [other(school, one) for one in range(_MET)]
                for email in names:
                    work.people.save_person(replace(known, id=PersonId(stable_id(email)), email=email))
            work.commit()
    finally:
        world.close()


def wait() -> None:
    for _ in range(6000):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.02)
        else:
            return
    sys.exit("The service did not start.")


def used(process: subprocess.Popen[bytes]) -> float:
    """Give the processor seconds of the server."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
