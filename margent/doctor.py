"""Check an installation: what is there, what is missing, which settings are in force."""

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from domain.clock import SystemClock
from domain.errors import KeyMissing, MargentError, Transient
from domain.notices import Channel
from domain.scope import EVERYTHING
from ingest.recognition.engine import ORIENTATION, find_program
from margent.settings import Settings
from margent.wiring import build_notices, find_ping
from margent.world import World, check, find_couriers, find_identity_provider, models_are_ready, open_world
from safety.recipients import list_answering
from safety.wording import list_helplines

_LEAST_FREE_GB = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    name: str
    text: str
    is_bad: bool = False


def examine(settings: Settings) -> Iterator[Line]:
    """Yield what was found, part by part."""
    yield from _settings(settings)
    is_ready = models_are_ready(settings)
    yield Line("models", "ok" if is_ready else "missing: run `margent models`", is_bad=not is_ready)
    yield _recognition()
    if not settings.has_store:
        yield Line("store", f"nothing here yet in {settings.data_dir}: `margent setup` or `margent serve` begins it")
        yield from _model(settings)
        yield from _ways_out(settings)
        yield _school_accounts(settings)
        yield _helplines(settings.country)
        return
    try:
        world = open_world(settings)
    except KeyMissing as error:
        yield Line("keys", error.message, is_bad=True)
        return
    try:
        yield _keys(world)
        for name, fault in check(world, find_ping(settings)).items():
            yield _part(name, fault)
        yield _notices(world)
        yield from _on_call(world)
        countries = _countries(world) or (settings.country,)
    finally:
        world.close()
    free = shutil.disk_usage(settings.data_dir).free / 1e9
    yield Line("free disk", f"{free:.0f} GB", is_bad=free < _LEAST_FREE_GB)
    writer = f"{settings.llm_model} at {settings.llm_base_url}" if settings.has_model else "built in (no model)"
    yield Line("writer", writer)
    yield from _ways_out(settings)
    yield _school_accounts(settings)
    for country in countries:
        yield _helplines(country)


def _recognition() -> Line:
    """Say whether scans can be read, in which languages, and how that is had."""
    program = find_program()
    if program is None:
        return Line("scans", "not read: install margent[ocr], or start with `make run OCR=1`")
    turned = (
        "" if ORIENTATION in program.letters else "; install Debian's tesseract-ocr-osd to read those on their side"
    )
    return Line("scans", f"read in {', '.join(program.languages)}{turned}")


def _countries(world: World) -> tuple[str, ...]:
    """Give the countries that the schools here say they are in."""
    with world.store(EVERYTHING) as work:
        return tuple(dict.fromkeys(one.rules.country for one in work.people.list_schools() if one.rules.country))


def _on_call(world: World) -> Iterator[Line]:
    """Say at which schools nobody is called when a student may be in danger."""
    with world.store(EVERYTHING) as work:
        for school in work.people.list_schools():
            if not school.is_demo and not list_answering(work, school.id):
                text = f"nobody is on call at {school.name}: a counsellor or administrator says who, under On call"
                yield Line("on call", text)


def _settings(settings: Settings) -> Iterator[Line]:
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        yield Line(f"MARGENT_{name.upper()}", str(value) or "(empty)")


def _keys(world: World) -> Line:
    """Say where the keys are that open what people wrote, and what a stopped rotation left to do."""
    newest = world.ring.list_keys()[-1]
    with world.store(EVERYTHING) as work:
        old = work.keys.count_old(newest.id)
    mode = stat.S_IMODE(world.ring.path.stat().st_mode)
    text = f"{world.ring.path} (mode {mode:o}), newest {newest.id} since {newest.since:%Y-%m-%d}"
    if world.ring.path.absolute().is_relative_to(world.settings.data_dir.absolute()):
        return Line("keys", f"{text}: move it out of the data folder, whose copies must not hold it", is_bad=True)
    if old:
        text += f"; older keys wrap those of {old} people: run `margent keys rotate` unless it is running"
    return Line("keys", text)


def _model(settings: Settings) -> Iterator[Line]:
    ping = find_ping(settings)
    if ping is None:
        return
    try:
        ping()
    except MargentError as error:
        yield Line("model", error.message, is_bad=True)
    else:
        yield Line("model", "ok")


def _ways_out(settings: Settings) -> Iterator[Line]:
    """Say whether notices about cases can leave the house, and who hears when nothing can be saved."""
    couriers = {courier.channel: courier for courier in find_couriers(settings)}
    unset = {Channel.EMAIL: "MARGENT_SMTP_HOST", Channel.WEBHOOK: "MARGENT_WEBHOOK_URL"}
    for channel, setting in unset.items():
        if channel not in couriers:
            yield Line(channel.value, f"not set ({setting} is empty): nobody is called about a case this way")
            continue
        try:
            couriers[channel].ping()
        except Transient as error:
            yield Line(channel.value, error.message, is_bad=True)
        else:
            yield Line(channel.value, "ok")
    if couriers and not settings.public_url:
        yield Line("links", "MARGENT_PUBLIC_URL is empty: the links in notices lead nowhere for others", is_bad=True)
    yield _alarms(settings)


def _alarms(settings: Settings) -> Line:
    told = [settings.alarm_email] if settings.alarm_email and settings.smtp_host else []
    told += ["the webhook"] if settings.webhook_url else []
    if told:
        return Line("alarms", f"when a sign of danger cannot be saved, {' and '.join(told)} is told at once")
    text = "when a sign of danger cannot be saved, nobody is told: set MARGENT_ALARM_EMAIL and MARGENT_SMTP_HOST"
    return Line("alarms", text, is_bad=bool(settings.alarm_email))


def _notices(world: World) -> Line:
    """Say whether a notice is past its deadline, or an alarm reached nobody."""
    try:
        trouble = build_notices(world).describe_trouble(SystemClock().now())
    except Transient as error:
        trouble = error.message
    return Line("notices", trouble or "none is late", is_bad=bool(trouble))


def _school_accounts(settings: Settings) -> Line:
    """Say whether the school's own sign-in can be reached."""
    provider = find_identity_provider(settings)
    if provider is None:
        return Line("school accounts", "none (MARGENT_OIDC_ISSUER and MARGENT_OIDC_CLIENT_ID are empty)")
    try:
        provider.ping()
    except Transient as error:
        return Line("school accounts", f"{settings.oidc_issuer}: {error.message}", is_bad=True)
    return Line("school accounts", f"{settings.oidc_issuer}: ok")


def _helplines(country: str) -> Line:
    """Say which numbers a student in distress is shown, and that somebody has to check them."""
    lines = [line for line in list_helplines() if line.country == country.lower()]
    if not lines:
        text = "no country is set (School, or MARGENT_COUNTRY): students see a directory and the emergency numbers"
        return Line("helplines", text)
    unchecked = [line.name for line in lines if line.verified_on is None]
    if unchecked:
        return Line("helplines", f"nobody has checked the number of {', '.join(unchecked)} yet")
    return Line("helplines", ", ".join(f"{line.name} {line.number}" for line in lines))


def _part(name: str, fault: MargentError | None) -> Line:
    if fault is None:
        return Line(name, "ok")
    if fault.code == "in_use":
        return Line(name, "in use by a running service")
    return Line(name, fault.message, is_bad=True)
