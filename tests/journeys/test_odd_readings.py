"""Readings that are no chapter: what can honestly be made is made, and where nothing is, the page says why."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest

from api.services import Services
from domain.documents import Document, Section
from domain.material import Artifact, Flashcard, Kind, Relation, SummarySentence, Unit, claims_of
from domain.outcomes import Served
from domain.people import Person, Role
from domain.questions import Question
from generators.compose.terms.wordings import WORDINGS
from generators.jobs import AIDS
from margent.app import create_app
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from tests.conftest import MODELS
from tests.faces import Browser
from tests.journeys.odd_readings import NEWS, ORDERS, WATER, list_files

FILES = list_files()
BARREN = {
    "tables.csv": "tables",
    "tables.html": "tables",
    "tables.docx": "tables",
    "formulas.md": "formulas",
    "formulas.html": "formulas",
    "poem.txt": "verse",
    "phone-book.txt": "numbers and names in a row",
    "sources.txt": "list of sources",
    "contents.txt": "headings with their pages",
    "headings.md": "no words",
    "code.txt": "mostly code",
    "code.md": "nearly all code",
    "bullets.md": "short lines",
    "recipes.md": "Cards are made of sentences",
    "talk.txt": "speaking in turn",
    "no-stops.txt": "Hardly any sentence here has an end",
    "one-sentence.txt": "Hardly any sentence here has an end",
}
"""Readings of which nothing is made, and what is said of them."""

FRUITFUL = sorted(set(FILES) - set(BARREN))


class School:
    """A school that reads each of the files once, when it is first asked for."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.teacher: Person = services.accounts.ensure_demo(Role.TEACHER)
        self.browser = Browser(create_app(services))
        self.browser.open("/")
        self.browser.send("/sign-in/demo", {"role": Role.TEACHER.value})
        self._read: dict[str, Document] = {}

    def read(self, name: str) -> Document:
        """Give a reading, with its study aids made."""
        if name not in self._read:
            stream = BytesIO(FILES[name])
            taken = self.services.documents.upload(self.teacher, name, stream, class_id=self.teacher.class_ids[0])
            self._read[name] = self.services.documents.load(self.teacher, taken.document.id).document
        return self._read[name]

    def sections(self, name: str) -> list[Section]:
        """List a reading's sections."""
        return self.services.documents.list_sections(self.teacher, self.read(name).id)

    def aids(self, name: str) -> list[Artifact]:
        """List all study aids of a reading: of its sections and of the whole."""
        places = [*(section.ordinal for section in self.sections(name) if section.is_unit), None]
        found = [self.services.material.aids(self.teacher, self.read(name).id, place) for place in places]
        return [artifact for aids in found for artifact in aids.values()]

    def units(self, name: str) -> list[Unit]:
        """List every unit of every study aid of a reading."""
        return [unit for artifact in self.aids(name) for unit in artifact.units]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    folder = tmp_path_factory.mktemp("odd")
    world = open_world(Settings(profile="demo", data_dir=folder, models_dir=MODELS, max_upload_mb=1, threads=1))
    try:
        services = build(world, runs_inline=True)
        services.accounts.add_person("Ada", "ada@school.example", role=Role.ADMINISTRATOR, password="violet lamp river")
        yield School(services)
    finally:
        world.close()


@pytest.mark.parametrize("name", BARREN)
def test_where_nothing_is_made_the_page_says_why(school: School, name: str) -> None:
    """Tables, formulas, verse, lists, code, scripts and words without end give no aid, and a plain true sentence."""
    document = school.read(name)

    place = next((one.ordinal for one in school.sections(name) if one.is_unit), None)
    at = "" if place is None else f"&section={place}"
    page = school.browser.open(f"/readings/{document.id}?view=cards{at}").text
    why = school.services.material.explain_shortfall(school.teacher, document.id, place, Kind.FLASHCARDS)

    assert document.aids_ready
    assert school.units(name) == []
    assert BARREN[name] in why
    assert "Nothing of this kind could be made" in page
    assert BARREN[name] in page


@pytest.mark.parametrize("name", FRUITFUL)
def test_what_is_made_is_the_reading_s_own(school: School, name: str) -> None:
    """Every claim of every unit cites the words of the reading; each kind that is missing has a reason."""
    document = school.read(name)
    units = school.units(name)

    claims = [claim for unit in units for claim in claims_of(unit)]
    missing = {*AIDS} - {artifact.kind for artifact in school.aids(name)}
    reasons = [school.services.material.explain_shortfall(school.teacher, document.id, None, kind) for kind in missing]

    assert document.aids_ready
    assert units
    assert all(claim.citations for claim in claims)
    assert all(re.fullmatch(r"[A-Z].+\.", reason) for reason in reasons)


def test_twelve_words_are_a_summary_and_no_more(school: School) -> None:
    """A single sentence sums itself up; nothing is asked about it."""
    aids = school.aids("twelve.txt")

    assert {artifact.kind for artifact in aids} == {Kind.SUMMARY}


@pytest.mark.parametrize("name", ["orders.md", "hidden.html"])
def test_orders_to_a_machine_become_no_study_aid(school: School, name: str) -> None:
    """What a text orders a machine to do, seen or hidden, stands in no unit; what it explains besides does."""
    units = school.units(name)

    words = " ".join(map(repr, units))

    assert not any(order[:40] in words for order in ORDERS)
    assert "answer key" not in words
    assert "always B" not in words
    assert WATER[0] in words


def test_orders_become_no_answer_either(school: School) -> None:
    """Who asks about the words of an order hears what the reading explains, not the order."""
    document = school.read("orders.md")

    answer = school.services.material.ask(school.teacher, document.id, "What is runoff, and what is the answer key?")
    explained = school.services.material.explain(school.teacher, document.id, "runoff")

    assert isinstance(answer.outcome, Served)
    assert isinstance(explained, Served)
    assert "instructions" not in repr(answer.outcome.artifact.units)
    assert "password" not in repr(explained.artifact.units)


def test_a_chapter_about_such_orders_is_a_chapter(school: School) -> None:
    """Honest words about prompt injection give cards and a quiz like any other."""
    fronts = [unit.front for unit in school.units("injection.md") if isinstance(unit, Flashcard)]

    assert any("prompt injection" in front for front in fronts)
    assert any("jailbreak" in front for front in fronts)
    assert any(isinstance(unit, Question) for unit in school.units("injection.md"))


def test_each_section_is_asked_about_in_its_language(school: School) -> None:
    """Of a reading in two languages, the English part has English questions and the Spanish part Spanish ones."""
    fronts = [unit.front for unit in school.units("two-languages.md") if isinstance(unit, Flashcard)]

    assert "What is a watershed?" in fronts
    assert any(front.startswith("¿Qué") for front in fronts)
    assert not any(front.startswith("What is") and re.search("suelo|arena|humus", front) for front in fronts)


def test_languages_in_turn_are_told_apart_by_sentence(school: School) -> None:
    """Where paragraphs of two languages take turns, nothing is asked in English about words that are not."""
    asked = [
        unit.front if isinstance(unit, Flashcard) else unit.stem
        for unit in school.units("in-turn.txt")
        if isinstance(unit, Flashcard | Question)
    ]

    assert asked
    assert not any(re.search("[\u0600-\u06ff]", one) for one in asked)
    assert school.read("in-turn.txt").language == "en"


def test_a_sentence_said_again_and_again_is_said_once(school: School) -> None:
    """Forty pages of one sentence give a summary of one sentence, and one card."""
    whole = [artifact for artifact in school.aids("same-again.txt") if artifact.section is None]

    sentences = [unit for artifact in whole for unit in artifact.units if isinstance(unit, SummarySentence)]
    cards = [unit for artifact in whole for unit in artifact.units if isinstance(unit, Flashcard)]

    assert len(sentences) == 1
    assert len(cards) == 1


@pytest.mark.parametrize("language", NEWS)
def test_news_of_eight_languages_is_read_in_its_own(school: School, language: str) -> None:
    """A page of news has a summary in its own words, and cards in its own language where there are words to ask in."""
    units = school.units(f"news-{language}.txt")

    summary = [unit.claim.text for unit in units if isinstance(unit, SummarySentence)]
    asked = [unit.front for unit in units if isinstance(unit, Flashcard)]

    assert school.read(f"news-{language}.txt").language == language
    assert summary
    assert all("".join(one.split()) in "".join(NEWS[language].split()) for one in summary)
    assert bool(asked) == (language in WORDINGS)
    assert not any(re.match("What|Who", one) for one in asked)


def test_what_people_say_in_a_novel_is_no_fact(school: School) -> None:
    """A chapter of a novel gives no relation between its people."""
    assert not [unit for unit in school.units("novel.txt") if isinstance(unit, Relation)]
