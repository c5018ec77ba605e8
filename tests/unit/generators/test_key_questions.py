"""Key questions, study guides and frequent questions: what a section answers, in its own sentences."""

import pytest

from domain.claims import Claim
from domain.guides import GuidePart
from domain.ids import UnitId
from domain.material import CardForm, Flashcard
from generators.compose.guides.faq import combine_faqs, make_faq
from generators.compose.guides.key_questions import About, find_questions, rank_questions, tells
from generators.compose.guides.study_guide import combine_guides, make_guide
from generators.compose.reading.parse import ParsedSection, Parser
from tests.builders import some_evidence
from tests.unit.generators.readings import BARREN, GERMAN, RIVERS

MEMORY = """**Short-term memory** is a store that holds a few things for some seconds. Unlike short-term memory, \
**long-term memory** holds things for years. **Chunking** is a way of putting single things together into one. \
For example, people learn a telephone number as three groups. People who learn long lists of words work with chunking. \
Hermann Ebbinghaus was a German scientist who learned thousands of syllables by heart."""


@pytest.fixture(scope="module")
def rivers(parser: Parser) -> ParsedSection:
    return parser.parse(some_evidence(RIVERS))


@pytest.fixture(scope="module")
def memory(parser: Parser) -> ParsedSection:
    return parser.parse(some_evidence(MEMORY))


def _asked(parsed: ParsedSection) -> dict[str, str]:
    return {one.question: " ".join(claim.text for claim in one.claims) for one in find_questions(parsed)}


def test_meanings_are_asked(rivers: ParsedSection) -> None:
    """What a term means is asked, and its own sentence answers."""
    assert _asked(rivers)["What is a delta?"].startswith("A delta is a flat piece of land")


def test_examples_and_differences_are_asked(memory: ParsedSection) -> None:
    """A sentence that opens with "For example" answers for the term before it; a contrast tells two terms apart."""
    asked = _asked(memory)

    assert asked["What is an example of chunking?"].endswith("a telephone number as three groups.")
    assert asked["How do short-term memory and long-term memory differ?"].startswith("Unlike short-term memory")


def test_a_person_is_asked_for_as_one(memory: ParsedSection) -> None:
    """People are asked for with "who", and are no words to know."""
    labels = {entry.label for entry in make_guide(memory) if entry.part is GuidePart.TERM}

    assert not [question for question in _asked(memory) if question.startswith("What") and "Ebbinghaus" in question]
    assert not [label for label in labels if "Ebbinghaus" in label]


def test_a_heading_that_asks_is_a_question(parser: Parser) -> None:
    """A heading with a question mark is answered by the first sentence under it that takes up its words."""
    text = "What wears away rock?\n\nRock is worn away by water, wind and ice over a long time. It takes years."

    asked = _asked(parser.parse(some_evidence(text)))

    assert asked["What wears away rock?"] == "Rock is worn away by water, wind and ice over a long time."


def test_a_title_that_asks_is_a_question(parser: Parser) -> None:
    """So is the section's own title."""
    evidence = some_evidence(
        "Rock is worn away by water, wind and ice over a long time.", title="What wears away rock?"
    )

    assert list(_asked(parser.parse(evidence))) == ["What wears away rock?"]


def test_no_two_questions_are_the_same(rivers: ParsedSection) -> None:
    """No question is asked twice, and no sentence answers two."""
    found = find_questions(rivers)

    assert len({one.question for one in found}) == len(found)
    assert len({one.claims[-1].text for one in found}) == len(found)


def test_ranking_takes_each_sort_in_turn(memory: ParsedSection) -> None:
    """With fewer places than questions, every sort that there is gets one first."""
    found = find_questions(memory)

    chosen = rank_questions(found, 3)

    assert len({one.about for one in chosen}) == min(3, len({one.about for one in found}))
    assert rank_questions(found, 99) == list(found)
    assert About.MEANING in {one.about for one in chosen}


def test_a_guide_has_questions_and_words(rivers: ParsedSection) -> None:
    """The guide asks at most five questions and lists its words by name, each with a span."""
    guide = make_guide(rivers)
    words = [entry.label for entry in guide if entry.part is GuidePart.TERM]

    assert 0 < sum(entry.part is GuidePart.KEY_QUESTION for entry in guide) <= 5
    assert words == sorted(words, key=str.casefold)
    assert {"river", "delta"} <= {word.casefold() for word in words}
    assert all(entry.claim.citations for entry in guide)


def test_a_guide_begins_with_the_readings_own_objectives(parser: Parser) -> None:
    """Each objective stands with a sentence that answers it; a reading without any has none."""
    aims = "Learning objectives\n\n- Explain how erosion wears away rock\n- Say what a delta is\n\n"

    with_aims, without = (make_guide(parser.parse(some_evidence(text))) for text in (aims + RIVERS, RIVERS))

    told = [entry for entry in with_aims if entry.part is GuidePart.OBJECTIVE]
    assert told
    assert with_aims[: len(told)] == tuple(told)
    assert all(entry.claim.citations and entry.claim.text not in aims for entry in told)
    assert not any(entry.part is GuidePart.OBJECTIVE for entry in without)


def test_one_date_is_no_timeline(parser: Parser) -> None:
    """Two dates make a timeline, one does not."""
    one = "Engineers finished the high dam on the river in 1970."
    two = f"{one} The first small dam was built there in the year 1902."

    guides = [make_guide(parser.parse(some_evidence(text))) for text in (one, two)]

    assert [[entry.year for entry in guide if entry.part is GuidePart.EVENT] for guide in guides] == [[], [1902, 1970]]


def test_guides_are_joined_without_twins(rivers: ParsedSection, memory: ParsedSection) -> None:
    """The whole reading's guide has each word once, by name; questions come from each section in turn."""
    parts = [make_guide(rivers), make_guide(memory), make_guide(rivers)]

    joined = combine_guides(parts)

    words = [entry.label.casefold() for entry in joined if entry.part is GuidePart.TERM]
    assert words == sorted(set(words))
    assert len({entry.label for entry in joined if entry.part is GuidePart.KEY_QUESTION}) == sum(
        entry.part is GuidePart.KEY_QUESTION for entry in joined
    )


def test_frequent_questions_are_answered_and_joined(rivers: ParsedSection, memory: ParsedSection) -> None:
    """Each question has its answer with sources; joined, none is asked twice and sections keep their order."""
    parts = [make_faq(rivers), make_faq(memory), make_faq(rivers)]

    joined = combine_faqs(parts)

    assert all(entry.claim.citations and entry.question.endswith("?") for entry in joined)
    assert len({entry.question for entry in joined}) == len(joined) == len(parts[0]) + len(parts[1])
    assert combine_faqs([]) == ()


def test_other_languages_ask_for_meanings(parser: Parser) -> None:
    """Where there is no grammar, only what a term means is asked; a section without definitions asks nothing."""
    found = find_questions(parser.parse(some_evidence(GERMAN, language="de")))

    assert {one.about for one in found} <= {About.MEANING}


@pytest.mark.parametrize("text", BARREN)
def test_barren_texts_ask_nothing(parser: Parser, text: str) -> None:
    """Twelve words, formulas, tables, a poem: nothing is asked and no guide is made."""
    parsed = parser.parse(some_evidence(text))

    assert find_questions(parsed) == ()
    assert make_guide(parsed) == ()


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        (
            "A **trowel** digs. Unlike the trowel, a **rake** has teeth. For example, a broad tool of wood works.",
            False,
        ),
        ("A **trowel** is a small spade for narrow holes. For example, a **rake** has teeth at its end.", False),
        ("A **trowel** is a small spade for holes. For example, a broad blade of steel digs.", True),
        ("A **trowel** is a small spade for holes. For example, suppose a trowel of steel digs.", False),
        ("The **trowel** or a **rake** helps in beds. An example of a trowel is a broad blade of steel.", True),
        ("Owners of a **trowel** dig many small holes. For example, a broad blade of steel digs.", False),
    ],
    ids=["contrast", "rival", "follows", "supposed", "named", "not its subject"],
)
def test_an_example_is_one_of_its_term(parser: Parser, text: str, *, is_asked: bool) -> None:
    """The answer names the term, or follows on what is said of it without naming a rival."""
    section = parser.parse(some_evidence(f"{text} A trowel costs little."))

    assert ("What is an example of trowel?" in _asked(section)) is is_asked


@pytest.mark.parametrize(
    ("front", "text", "language", "is_told"),
    [
        ("What is a trowel?", "A trowel is a small spade for narrow holes.", "en", True),
        ("What is a trowel?", "A trowel digs.", "en", False),
        ("What do trowels do?", "In the long beds of gardens a trowel is a spade.", "en", False),
        ("What is a trowel?", "Whoever digs with care in old beds uses what is called a trowel.", "en", True),
        ("¿Qué es una pala?", "¿Una pala es una herramienta?", "es", False),
    ],
)
def test_a_sentence_tells_of_its_term(parser: Parser, front: str, text: str, language: str, *, is_told: bool) -> None:
    """It is whole, opens with the term or names what is called so, and asks nothing."""
    section = parser.parse(some_evidence(text, language=language))
    claim = Claim(text, section.cite(section.sentences[0].at))
    term = "pala" if language == "es" else "trowel"

    assert tells(section, Flashcard(UnitId("c"), claim, CardForm.DEFINITION, front, text, term)) is is_told


def test_effects_and_reasons_are_asked(parser: Parser) -> None:
    """What brings something about, and why something is so, are questions of their own."""
    text = (
        "Heavy rain in the mountains causes floods in the valley. "
        "Bakers of the town cover the dough because dry air makes a crust. "
        "Other bakers wet the bread because hot air makes a crust."
    )

    asked = _asked(parser.parse(some_evidence(text)))

    assert "What does heavy rain in the mountains cause?" in asked
    assert "Why do bakers of the town cover the dough?" in asked
    assert "Why do other bakers wet the bread?" not in asked


def test_an_answer_stands_under_one_question(parser: Parser) -> None:
    """What a heading asks is not asked again by its term."""
    text = "What is a trowel?\n\nA **trowel** is a small spade for narrow holes. A trowel costs little."

    assert list(_asked(parser.parse(some_evidence(text)))) == ["What is a trowel?"]


def test_a_heading_that_nothing_answers_asks_nothing(parser: Parser) -> None:
    """The sentences under it must take up its words; a title must be answered as well."""
    text = "Why do rivers bend?\n\nMany people have asked before. Nobody in the valley knew.\n\nAll slept."

    assert _asked(parser.parse(some_evidence(text, title="What is mud?"))) == {}
