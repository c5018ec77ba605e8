"""Where real things are picked: the world of an installation in, services out.

Building is cheap: models, the vector index and the model client open at their first use.
"""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from accounts.classes import Classes
from accounts.devices import Devices
from accounts.families import Families
from accounts.invitations import Invitations
from accounts.lanes import Lanes
from accounts.passwords import Passwords
from accounts.people import Office
from accounts.pictures import Pictures
from accounts.rights import Rights
from accounts.rosters import Rosters
from accounts.school_accounts import Departures, SchoolAccounts
from accounts.seals import Seal
from accounts.service import Accounts
from accounts.setup import Setup
from accounts.tries import Tries
from adapters.files.alarms import AlarmFile
from adapters.keys.secret import load_secret
from adapters.keys.signing import FileSigner, HeadFile
from adapters.pages.web import PublicWeb
from adapters.queue.inline import InlineQueue
from adapters.queue.threads import ThreadQueue
from adapters.queue.ticker import Ticker
from adapters.sql.store import SqlStore
from adapters.weights import wheels
from api.services import Services
from domain.clock import SystemClock
from domain.errors import MargentError
from domain.jobs import Job, JobContext
from domain.notices import Channel
from domain.ports import ChatModel, JobQueue
from generators.budget import Budget
from generators.compose.reading.parse import Parser
from generators.costs import Costs
from generators.hands.acts import Hands
from generators.own_cards import Grounder
from generators.retrieval import Retriever
from generators.review import Reviews
from generators.service import Material
from generators.study_sets import StudySets
from generators.tools import Asking
from generators.tools import Tools as MaterialTools
from generators.tutor import Tutor
from ingest.drawing import Drawing
from ingest.limits import Limits
from ingest.pipeline import Tools as IngestTools
from ingest.replacing import Replacing
from ingest.report import Reports
from ingest.service import Documents
from ingest.ways_in import WaysIn
from learning.grading import grade
from learning.service import Learning
from margent.costs import caps_of, currency_of, prices_of
from margent.jobs import handlers
from margent.settings import Settings
from margent.world import ROOT, World, check, fault_of, find_couriers, find_identity_provider
from prompts.library import Library
from safety.access import Accesses
from safety.alarms import Alarms
from safety.audit import Audit
from safety.cases import Cases
from safety.consent import Consents
from safety.desk import CareDesk
from safety.drills import Drills
from safety.egress import Outbound
from safety.erasure import Eraser
from safety.file_support import FileSupport
from safety.gate import Gate
from safety.grounding import Verifier
from safety.known_names import KnownNames
from safety.meaning import Meaning
from safety.notebooks import Notebooks
from safety.notice_words import Stationery
from safety.notices import Notices
from safety.on_call import OnCall
from safety.personal_data import Redactor
from safety.remembering import Memory
from safety.retention import Retention, jobs_due
from safety.screening import InFiles, Screener
from safety.support import Support
from safety.uploads import Uploads
from safety.watch import Watch

PROMPTS = ROOT / "prompts"


def build(world: World, *, runs_inline: bool = False) -> Services:
    """Put the services together. With `runs_inline`, jobs run where they are added, not in the background."""
    settings, store, clock = world.settings, world.store, SystemClock()
    seal, tries, passwords = _doors(settings)
    accounts, redactor = Accounts(store, clock, passwords), Redactor(settings.models_dir / wheels.ENGLISH)
    notices, cases, gate = _care(world)
    limits = Limits(max_bytes=settings.max_upload_mb * 1_000_000, max_pages=settings.max_pages)
    way_out = _way_out(world, redactor)
    material_tools = _material_tools(world, way_out, gate)
    eraser = Eraser(store, world.files, world.index)
    retention, audit = Retention(store, eraser), build_audit(world)
    uploads = Uploads(store, gate.files, cases, cry_out=lambda severity: notices.cry_out(severity, clock.now()))
    work = handlers(_ingest_tools(world, redactor, limits), material_tools, uploads, retention, audit)
    documents = Documents(store=store, files=world.files, index=world.index, clock=clock, limits=limits)
    drawing = Drawing.of(documents, world.files, limits)
    return Services(
        documents=documents,
        ways_in=WaysIn(documents, limits, gate=gate, fetcher=PublicWeb() if settings.web_pages else None),
        replacing=Replacing(store, world.files, limits),
        drawing=drawing,
        reading_reports=Reports(store),
        material=Material(material_tools, drawing),
        hands=Hands(material_tools),
        study_sets=StudySets(store, gate, material_tools.consents, clock, Grounder(store), drawing),
        tutor=Tutor(material_tools, grade),
        learning=Learning(store=store, gate=gate, notebooks=material_tools.notebooks, clock=clock),
        accounts=accounts,
        office=Office(store, clock),
        setup=Setup(store, clock, passwords, tries),
        invitations=Invitations(store, clock, passwords, Accesses(store, clock)),
        classes=Classes(store, clock, passwords, tries),
        rosters=Rosters(store, clock),
        pictures=Pictures(store, clock, passwords, tries, accesses=Accesses(store, clock)),
        tries=tries,
        devices=Devices(seal, clock),
        school_accounts=_school_accounts(world, accounts, seal),
        gate=gate,
        signs=material_tools.signs,
        cases=cases,
        desk=CareDesk(store, clock, has=notices.channels),
        on_call=OnCall(store, clock),
        drills=Drills(store, clock),
        support=Support(store),
        file_support=FileSupport(store, cases, country=world.settings.country),
        consents=material_tools.consents,
        accesses=Accesses(store, clock),
        audit=audit,
        families=Families(store, clock, material_tools.consents, Accesses(store, clock)),
        rights=Rights(store, world.files, eraser, Accesses(store, clock), clock=clock),
        retention=retention,
        reviews=Reviews(store, clock),
        costs=Costs(store, clock, caps_of(settings), currency_of(settings)),
        notices=notices,
        ticker=_ticker(Watch(store, has=notices.channels), notices, audit, uploads),
        queue=_queue(store, work, settings, runs_inline=runs_inline),
        clock=clock,
        limits=limits,
        is_demo=settings.profile == "demo",
        ping=partial(_ping, world, way_out, notices),
    )


def _doors(settings: Settings) -> tuple[Seal, Tries, Passwords]:
    """Give what every way in needs: the seal of browsers, the count of wrong tries, and passwords."""
    clock = SystemClock()
    return Seal(load_secret(settings.data_dir / "browsers.key")), Tries(clock), Passwords(Lanes(clock))


def _ping(world: World, way_out: Outbound | None, notices: Notices) -> Mapping[str, str]:
    faults = check(world, way_out.ping if way_out else None)
    return _said_by({**faults, "notices": fault_of(lambda: notices.ping(SystemClock().now()))})


def build_audit(world: World) -> Audit:
    """Give the audit chain; its key and signed heads stand beside the key ring, apart from the data."""
    keys = world.ring.path
    signer, heads = FileSigner(keys.with_name("audit.key")), HeadFile(keys.with_name("audit-heads.jsonl"))
    return Audit(world.store, signer, heads, SystemClock())


def build_notices(world: World) -> Notices:
    """Give what sends notices, and tells of what could not be saved."""
    settings = world.settings
    couriers = {courier.channel: courier for courier in find_couriers(settings)}
    addresses = {Channel.EMAIL: settings.alarm_email, Channel.WEBHOOK: ""}
    told = {channel: addresses[channel] for channel in couriers if channel is Channel.WEBHOOK or settings.alarm_email}
    book = AlarmFile(settings.alarm_file)
    book.prepare()
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    return Notices(world.store, couriers, Stationery(address), Alarms(book, told))


def _ticker(watch: Watch, notices: Notices, audit: Audit, uploads: Uploads) -> Ticker:
    """Look after time: pass on what is overdue, send what is due, sign the record of acts, screen what is left."""
    steps = {
        "watch": watch.run,
        "notices": notices.run,
        "audit": lambda _now: audit.sign_due(),
        "uploads": uploads.retry,
    }
    ticker = Ticker(steps, SystemClock())
    notices.on_alarm(ticker.wake)
    return ticker


def _care(world: World) -> tuple[Notices, Cases, Gate]:
    """Give what looks after people in danger."""
    notices, clock = build_notices(world), SystemClock()
    cases = Cases(world.store, clock, has=notices.channels)
    screener = Screener(vote=Meaning(world.embedder))
    gate = Gate(
        screener,
        cases,
        files=InFiles(screener),
        country=world.settings.country,
        memory=Memory(world.store, clock),
        cry_out=lambda severity: notices.cry_out(severity, clock.now()),
    )
    return notices, cases, gate


def _ingest_tools(world: World, redactor: Redactor, limits: Limits) -> IngestTools:
    return IngestTools(
        store=world.store,
        files=world.files,
        redactor=redactor,
        embedder=world.encoder,
        index=world.index,
        clock=SystemClock(),
        limits=limits,
    )


def _school_accounts(world: World, accounts: Accounts, seal: Seal) -> SchoolAccounts | None:
    provider = find_identity_provider(world.settings)
    if provider is None:
        return None
    departures = Departures(seal, SystemClock())
    return SchoolAccounts(world.settings.oidc_name, provider, accounts, world.store, departures=departures)


def find_ping(settings: Settings) -> Callable[[], None] | None:
    """Give what asks the configured model endpoint whether it is there, or None where none is configured."""
    model = _chat_model(settings)
    return model.ping if model else None


def _way_out(world: World, redactor: Redactor) -> Outbound | None:
    """Give the one way out to a model, or None: then the built-in writer does all the writing."""
    model = _chat_model(world.settings)
    return Outbound(model, redactor, world.store, SystemClock()) if model else None


def _chat_model(settings: Settings) -> ChatModel | None:
    if not settings.has_model:
        return None
    from adapters.models.openai import OpenAIChatModel

    return OpenAIChatModel(
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key.get_secret_value(),
        model=settings.llm_model,
        timeout_seconds=settings.llm_timeout_seconds,
        at_once=settings.llm_at_once,
    )


def _material_tools(world: World, model: Outbound | None, gate: Gate) -> MaterialTools:
    settings, clock = world.settings, SystemClock()
    consents = Consents(world.store, clock)
    return MaterialTools(
        store=world.store,
        retriever=Retriever(world.store, world.index, world.encoder),
        parser=Parser(settings.models_dir / wheels.ENGLISH, world.embedder),
        model=model,
        prompts=Library(PROMPTS),
        verifier=Verifier(world.embedder),
        screener=gate.screener,
        names=KnownNames(world.store, clock),
        gate=gate,
        budget=Budget(world.store, clock, caps_of(settings), prices_of(settings)),
        clock=clock,
        consents=consents,
        notebooks=Notebooks(consents, clock),
        asking=Asking(window=settings.llm_window_tokens, at_once=settings.llm_at_once),
    )


def _queue(
    store: SqlStore, work: Mapping[str, Callable[[Job, JobContext], None]], settings: Settings, *, runs_inline: bool
) -> JobQueue:
    # two threads that import numpy at once leave it half made for good; everything heavy rests on it
    import_module("numpy")
    clock = SystemClock()
    queue: JobQueue
    if runs_inline:
        queue = InlineQueue(store, work)
    else:
        queue = ThreadQueue(store, work, threads=settings.threads, schedule=lambda: jobs_due(clock.now()))
    store.on_commit(queue.wake)
    return queue


def _said_by(faults: Mapping[str, MargentError | None]) -> Mapping[str, str]:
    return {name: fault.message if fault else "ok" for name, fault in faults.items()}
