"""What summaries are made with: shorter cuts, the reading's objectives, the gist, words of any language."""

from dataclasses import replace

import pytest

from generators.compose.reading.parse import Parser
from generators.compose.summaries.gist import find_gist
from generators.compose.summaries.objectives import find_objectives
from generators.compose.summaries.section_words import count_words, list_stems, read_words
from generators.compose.summaries.shortening import shorten
from generators.compose.summaries.summary import mark_gist, summarise
from generators.compose.summaries.suppositions import points_away
from generators.compose.terms.terms import find_terms
from safety.cuts import is_cut
from tests.builders import some_evidence
from tests.unit.generators.readings import RIVERS

AIMS = """Learning Objectives
By the end of this section, you will be able to:
- Explain how erosion wears away rock
  and soil
- Define delta

"""


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        (
            "Rivers carry sand and mud to the sea, which is often far away.",
            "Rivers carry sand and mud to the sea.",
        ),
        (
            "Fast rivers move heavy things over the land, such as stones and logs.",
            "Fast rivers move heavy things over the land.",
        ),
    ],
)
def test_what_is_said_by_the_way_may_go(parser: Parser, text: str, shorter: str) -> None:
    """Remarks with "which" and examples leave a whole sentence that is the reading's own words."""
    (sentence,) = parser.parse(some_evidence(text)).sentences

    wordings = shorten(sentence)

    assert shorter in wordings
    assert all(is_cut(wording, text) for wording in wordings)


@pytest.mark.parametrize(
    "text",
    [
        "The notion that rivers run uphill is dear to some because it is a nice thought.",
        "Rivers carry sand to the sea if the land is steep enough for that.",
        "He said “rivers carry sand, which is heavy, to the wide sea” in class.",
    ],
)
def test_what_limits_a_claim_stays(parser: Parser, text: str) -> None:
    """Reasons without a comma, conditions and quoted words are never cut."""
    (sentence,) = parser.parse(some_evidence(text)).sentences

    assert shorten(sentence) == ()


def test_objectives_are_read_and_answered(parser: Parser) -> None:
    """Lines under the cue are objectives; sentences that answer them say so, and no objective is a sentence."""
    parsed = parser.parse(some_evidence(AIMS + RIVERS))

    aims = [aim.text for aim in find_objectives(parsed)]
    units = summarise(parsed)

    assert aims == ["Explain how erosion wears away rock and soil", "Define delta"]
    assert {unit.objective for unit in units if unit.objective} == set(aims)
    assert not any("Explain" in unit.claim.text for unit in units)


def test_a_reading_without_objectives_has_none(parser: Parser) -> None:
    """No cue, no objectives, and no sentence answers one."""
    parsed = parser.parse(some_evidence(RIVERS))

    assert find_objectives(parsed) == ()
    assert not any(unit.objective for unit in summarise(parsed))


def test_one_sentence_is_the_gist(parser: Parser) -> None:
    """A summary has exactly one gist; a model's own choice stands, and one is found where it made none."""
    parsed = parser.parse(some_evidence(RIVERS))
    units = summarise(parsed)
    without = [replace(unit, is_gist=False) for unit in units]
    all_of_them = [replace(unit, is_gist=True) for unit in units]

    assert sum(unit.is_gist for unit in units) == 1
    assert sum(unit.is_gist for unit in mark_gist(parsed, without)) == 1
    assert [unit.is_gist for unit in mark_gist(parsed, all_of_them)] == [True] + [False] * (len(units) - 1)
    assert mark_gist(parsed, ()) == ()


def test_of_long_sentences_the_shortest_is_the_gist(parser: Parser) -> None:
    """Where nothing has thirty words or fewer, the shortest is taken."""
    words = read_words(parser.parse(some_evidence(RIVERS)), ())

    assert find_gist(["river " * 40, "river " * 35], words) == 1


@pytest.mark.parametrize(
    "worse",
    [
        "It brings mud from the river, sand from the river and stones of the river.",
        "The river is 7 metres deep, the delta is 9 metres wide and the source of the river is high.",
        "Water of the river, sand and mud = the river and the delta.",
        "The sailor took a note of it.",
        "In 2011 the river, the delta and the source of the river were measured.",
        "About 12 % of the river, the sand and the mud reach the delta.",
        "A count of the river, the delta and the mud takes them for sand.",
        "Many people think that the river, the sand and the mud make the delta.",
    ],
    ids=["leans", "figures", "signs", "points back", "date", "share", "them", "hearsay"],
)
def test_a_gist_stands_by_itself(parser: Parser, worse: str) -> None:
    """What leans on others or is a row of figures is no gist where another sentence is neither."""
    parsed = parser.parse(some_evidence(RIVERS))
    words = read_words(parsed, ())

    assert find_gist([worse, "Dams hold water."], words) == 1


def test_a_gist_names_what_the_section_is_about(parser: Parser) -> None:
    """A sentence with a term of the title goes before one that covers more."""
    parsed = parser.parse(some_evidence(RIVERS))
    terms = find_terms(parsed)
    texts = ["Moving water wears away the land, the rock and the soil.", "A delta is flat."]

    assert find_gist(texts, read_words(parsed, terms), terms=terms, title="The delta") == 1
    assert find_gist(texts, read_words(parsed, terms)) == 0


@pytest.mark.parametrize(
    ("text", "stems", "words"),
    [("Rivers bring sand.", ["river", "bring", "sand"], 3), ("河流入海。", ["河流", "流入", "入海"], 3)],
    ids=["spaced", "unspaced"],
)
def test_words_are_counted_in_every_writing(text: str, stems: list[str], words: int) -> None:
    """Writing without blanks is read in pairs of characters."""
    assert list_stems(text) == stems
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "河流把大量的泥沙从山上带到大海里面去。三角洲是河流入海口处由泥沙堆积而成的平原。"),
        ("tr", "Nehirler kum ve çamuru dağlardan denize taşır. Delta nehrin denize döküldüğü yerdeki düz ovadır."),
        ("is", "Ár bera sand og leir úr fjöllunum til sjávar. Óseyri er flatt land þar sem á rennur í sjó. " * 5),
    ],
)
def test_every_language_is_summarised_in_its_own_words(parser: Parser, language: str, text: str) -> None:
    """Without vectors or grammar, whole sentences of the reading are chosen, in order."""
    units = summarise(parser.parse(some_evidence(text, language=language)), sentences=2)

    assert units
    assert all(unit.claim.text in text for unit in units)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("In all these cases the water flows down.", True),
        ("Each river has a bed, and this bed is made of stone.", False),
        ("People build houses near this river.", False),
    ],
)
def test_this_and_these_need_what_they_mean(parser: Parser, text: str, *, points: bool) -> None:
    """A noun behind "this" has to be a subject of the section or stand in the sentence before it."""
    (sentence,) = parser.parse(some_evidence(text)).sentences

    assert points_away(sentence, {"river"}) is points
