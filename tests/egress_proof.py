"""Sends requests with made-up identifiers through every entry, and looks for them in all that leaves the house.

What leaves is every byte at the model's endpoint and every line of the log, tracebacks and the libraries' own lines
included. `tests/journeys/test_egress.py` runs a few hundred, `bench/proof_bytes.py` ten thousand.
"""

import io
import logging
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path

import structlog

from adapters.models.openai import OpenAIChatModel
from api.services import Services
from domain.documents import Document
from domain.errors import MargentError
from domain.evidence import Evidence
from domain.ids import PersonId, new_id
from domain.material import Kind
from domain.people import Person, Role
from domain.ports import ModelRequest, Store
from domain.questions import Question
from domain.scope import EVERYTHING
from generators.compose.reading.parse import ParsedSection
from generators.evidence import Ground, gather_for
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.model.replies import number, schema_of
from generators.pipeline import Parses, Tools, generate
from generators.retrieval import Retriever
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from safety.egress import Outbound, Talk
from safety.injection import fence
from safety.known_names import Names
from tests.builders import allow
from tests.canaries import Canaries, Canary, find_in
from tests.conftest import MODELS
from tests.recording_endpoint import Recorded, recording_endpoint

_ASKED = ("What is photosynthesis?", "Why do leaves close their stomata?", "How does water rise?", "Explain xylem.")
_READING = """# How plants live {0}

Photosynthesis is the process by which green plants make sugar from light. {1} It takes place in the chloroplast, which
is a small green body inside the cells of a leaf.

## Water {2}

Transpiration is the loss of water from a plant through its leaves. {3} A stoma is a small opening in the skin of a
leaf, and two guard cells open and close it. Water rises from the roots through narrow tubes called xylem, which is made
of dead cells with thick walls.
"""
_STUDENTS = 20
_REMEMBERED = 4
"""Requests whose identifiers are still looked for after them."""


@dataclass
class Result:
    """What was sent and what was found of it where it should not be."""

    requests: Counter[str] = field(default_factory=Counter)
    asked_of_model: int = 0
    bytes_seen: int = 0
    hits: list[str] = field(default_factory=list)


@dataclass
class Installation:
    """A school with a class of made-up names, a student, a teacher and readings; and what it sends out."""

    services: Services
    tools: Tools
    store: Store
    endpoint: Recorded
    log: io.StringIO
    canaries: Canaries
    teacher: Person
    students: tuple[Person, ...]
    readings: list[tuple[Document, list[Canary]]] = field(default_factory=list)
    questions: list[tuple[Question, Document]] = field(default_factory=list)

    @property
    def student(self) -> Person:
        """Choose somebody of the class."""
        return self.canaries.random.choice(self.students)

    @property
    def classmates(self) -> list[str]:
        return [student.name for student in self.students]

    def text(self) -> tuple[str, list[Canary]]:
        """Write something that holds identifiers."""
        chosen = self.canaries.for_text(self.classmates if self.canaries.random.random() < 0.5 else ())
        sentences = [one.sentence for one in chosen] + [self.canaries.random.choice(_ASKED)]
        return " ".join(sentences), chosen

    def reading(self) -> tuple[Document, list[Canary]]:
        return self.canaries.random.choice(self.readings)

    def upload(self, person: Person) -> list[Canary]:
        """Add a reading with identifiers in its name, title, headings and text, and have its study aids made."""
        canaries = [self.canaries.for_reading()[0] for _ in range(4)]
        content = _READING.format(*(one.sentence for one in canaries)).encode()
        named = self.canaries._email()
        taken = self.services.documents.upload(
            person, f"notes of {named.value}.md", io.BytesIO(content), class_id=person.class_ids[0]
        )
        document = self.services.documents.load(person, taken.document.id).document
        self.readings.append((document, [*canaries, named]))
        return [*canaries, named]

    def out(self) -> bytes:
        """Give every byte that left since the last time: to the endpoint, and into the log."""
        lines = self.log.getvalue().encode()
        self.log.seek(0)
        self.log.truncate()
        return self.endpoint.take() + lines


Entry = Callable[[Installation], list[Canary]]


@contextmanager
def installation(*, seed: int) -> Iterator[Installation]:
    """Set up a school that sends to an endpoint which keeps everything, for the length of the block."""
    with (
        tempfile.TemporaryDirectory() as folder,
        recording_endpoint(seed) as endpoint,
        _log() as log,
        _installed(Path(folder), endpoint, log, seed) as house,
    ):
        yield house


def send(house: Installation, plan: Mapping[str, int]) -> Result:
    """Send as many requests through each entry as the plan says, in turns, and search all that leaves meanwhile."""
    result = Result()
    before: deque[list[Canary]] = deque(maxlen=_REMEMBERED)
    asked_before = house.endpoint.count
    for name in _mixed(plan):
        before.append(ENTRIES[name](house))
        data = house.out()
        result.requests[name] += 1
        result.bytes_seen += len(data)
        known = [Canary(one, "") for one in house.classmates] if result.requests.total() % 50 == 0 else []
        found = find_in(data, [*(one for some in before for one in some), *known])
        result.hits += [f"{name}: {hit}" for hit in found]
    result.asked_of_model = house.endpoint.count - asked_before
    return result


def _ask(house: Installation) -> list[Canary]:
    text, canaries = house.text()
    document, marked = house.reading()
    generate(Request(Kind.ANSWER, document, None, house.student, text), KINDS[Kind.ANSWER], house.tools)
    return canaries + marked


def _own_question(house: Installation) -> list[Canary]:
    text, canaries = house.text()
    document, marked = house.reading()
    generate(Request(Kind.HINTS, document, None, house.student, text), KINDS[Kind.HINTS], house.tools)
    return canaries + marked


def _quiz_hints(house: Installation) -> list[Canary]:
    text, canaries = house.text()
    question, document = house.canaries.random.choice(house.questions)
    request = Request(Kind.HINTS, document, 0, house.student, text, question)
    generate(request, KINDS[Kind.HINTS], house.tools)
    return canaries


def _aids(house: Installation) -> list[Canary]:
    document, marked = house.reading()
    kind = house.canaries.random.choice(
        [Kind.SUMMARY, Kind.FLASHCARDS, Kind.CONCEPT_MAP, Kind.QUIZ, Kind.LESSON_VARIANT]
    )
    generate(Request(kind, document, 0, house.teacher), KINDS[kind], house.tools)
    return marked


def _upload(house: Installation) -> list[Canary]:
    return house.upload(house.canaries.random.choice([house.teacher, house.student]))


def _services(house: Installation) -> list[Canary]:
    """Ask and take hints as the faces do, refusals and errors included."""
    text, canaries = house.text()
    document, marked = house.reading()
    question, _ = house.canaries.random.choice(house.questions)
    student = house.student
    steps: list[Callable[[], object]] = [
        lambda: house.services.material.ask(student, document.id, text),
        lambda: house.services.tutor.ask_hint(student, document.id, text),
        lambda: house.services.tutor.next_hint(student, question.id, text=text),
        lambda: house.services.material.search(student, text),
        lambda: house.services.material.ask(student, document.id, text * 30),
    ]
    try:
        house.canaries.random.choice(steps)()
    except MargentError:
        logging.getLogger("proof").exception("refused")
    return canaries + marked


def _one_exchange(house: Installation) -> list[Canary]:
    """Ask the model about a reading and a text, whatever becomes of it; now and then quote its answer back."""
    talk, request, canaries = _a_talk(house)
    for _ in range(house.canaries.random.choice([1, 1, 2])):
        try:
            reply = talk.ask(request)
        except MargentError:
            logging.getLogger("proof").exception("not answered")
            break
        request = replace(request, user=f"{request.user}\n{fence(talk.prune(reply.text))}")
    return canaries


def _stream(house: Installation) -> list[Canary]:
    talk, request, canaries = _a_talk(house)
    try:
        list(talk.stream(request))
    except MargentError:
        logging.getLogger("proof").exception("broke off")
    return canaries


def _a_talk(house: Installation) -> tuple[Talk, ModelRequest, list[Canary]]:
    text, canaries = house.text()
    document, marked = house.reading()
    tools = house.tools
    assert tools.model is not None
    ground = tools.gather(Request(Kind.SUMMARY, document, 0), tools.store, tools.retriever)
    parsed = tools.parser.parse(ground.evidence)
    student = house.student
    talk = tools.model.open(student, document.id, tools.names.around(student, document, ground.evidence.text))
    kind = KINDS[Kind.ANSWER]
    request = Request(Kind.ANSWER, document, None, student, talk.mask(text))
    inputs = {**kind.inputs(parsed, request), "evidence": fence(number(parsed, parsed.sentences))}
    prompt = tools.prompts.render(
        kind.prompt, kind.prompt_version, {**inputs, "reply_schema": "{}", "feedback": fence(talk.mask(text))}
    )
    asked = ModelRequest(prompt.system, prompt.user, kind.prompt, schema_of(kind.reply))
    return talk, asked, canaries + marked


ENTRIES: dict[str, Entry] = {
    "one exchange with the model": _one_exchange,
    "streamed answer": _stream,
    "question about a reading": _ask,
    "hints for an own question": _own_question,
    "hints for a quiz": _quiz_hints,
    "study aids of a marked reading": _aids,
    "the services the faces call": _services,
    "upload": _upload,
}


def _mixed(plan: Mapping[str, int]) -> Iterator[str]:
    """Take the entries in turns, each as often as it is planned."""
    left = Counter(plan)
    for name in cycle(plan):
        if not left.total():
            return
        if left[name] > 0:
            left[name] -= 1
            yield name


class _Gather:
    """Gathers the ground of a section once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int | None], Ground] = {}

    def __call__(self, request: Request, store: Store, retriever: Retriever) -> Ground:
        section = request.section or 0
        key = (request.document.id, section)
        if key not in self._known:
            asked = replace(request, kind=Kind.SUMMARY, section=section, question=None)
            self._known[key] = gather_for(asked, store, retriever)
        return self._known[key]


class _OnceParsed:
    """Parses each evidence once."""

    def __init__(self, parser: Parses) -> None:
        self._parser = parser
        self._known: dict[str, ParsedSection] = {}

    def parse(self, evidence: Evidence) -> ParsedSection:
        if evidence.text not in self._known:
            self._known[evidence.text] = self._parser.parse(evidence)
        return self._known[evidence.text]


@contextmanager
def _log() -> Iterator[io.StringIO]:
    """Collect every line that this product or a library of it logs, from DEBUG on."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    before = structlog.get_config()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=lines))
    try:
        yield lines
    finally:
        structlog.configure(**before)
        root.setLevel(level)
        root.removeHandler(handler)


@contextmanager
def _installed(folder: Path, endpoint: Recorded, log: io.StringIO, seed: int) -> Iterator[Installation]:
    settings = Settings(
        profile="demo",
        data_dir=folder / "data",
        models_dir=MODELS,
        threads=1,
        llm_base_url=endpoint.base_url,
        llm_api_key="k",
        llm_model="recorded",
        tokens_per_person_day=10**9,
        tokens_per_day=10**9,
    )
    world = open_world(settings)
    try:
        services = build(world, runs_inline=True)
        tools = services.material._tools
        assert tools.model is not None
        assert isinstance(tools.model.model, OpenAIChatModel)
        canaries = Canaries(seed)
        teacher = services.accounts.ensure_demo(Role.TEACHER)
        student = services.accounts.ensure_demo(Role.STUDENT)
        students = tuple(
            replace(student, id=PersonId(new_id()), name=canaries.name(), email=f"{new_id()}@school.example")
            for _ in range(_STUDENTS)
        )
        with world.store(EVERYTHING) as work:
            for one in students:
                work.people.save_person(one)
                allow(work, one)
            work.commit()
        fast = replace(tools, gather=_Gather(), parser=_OnceParsed(tools.parser))
        house = Installation(services, fast, world.store, endpoint, log, canaries, teacher, students)
        # the built-in writer makes the first quizzes, so that there is something to take hints for
        endpoint.is_down = True
        for _ in range(3):
            house.upload(teacher)
        endpoint.is_down = False
        house.questions = _questions(house)
        house.out()
        yield house
        tools.model.model.close()
    finally:
        world.close()


def _questions(house: Installation) -> list[tuple[Question, Document]]:
    found = []
    for document, _ in house.readings:
        with house.store(EVERYTHING) as work:
            made = work.material.list_for(document.id)
        found += [(unit, document) for one in made for unit in one.units if isinstance(unit, Question)]
    return found


def without_redactor(house: Installation) -> Installation:
    """Give the same installation with a way out that takes nothing out, to see that the search finds what leaves."""
    real = house.tools.model
    assert real is not None
    return replace(
        house, tools=replace(house.tools, model=_NakedOutbound(real.model, real.redactor, real.store, real.clock))
    )


class _NakedOutbound(Outbound):
    """A way out without the redactor."""

    __slots__ = ()

    def open(self, _person: Person | None, _conversation: str, names: Names) -> Talk:
        return _NakedTalk(self.model, self.redactor, names, None)


class _NakedTalk(Talk):
    """A talk whose words go out as they are."""

    __slots__ = ()

    def mask(self, text: str) -> str:
        return text

    def _cleaned(self, text: str) -> str:
        return text
