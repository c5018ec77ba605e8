"""What summaries are made with: shorter cuts, the reading's objectives, the gist, words of any language."""

from dataclasses import replace

import pytest

from generators.compose.reading.parse import Parser
from generators.compose.summaries.gist import Subject, Worded, find_gist, read_subject
from generators.compose.summaries.objectives import find_objectives, list_objectives, match_objectives
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
        ("Fast rivers carry a lot of sand such as this.", "Fast rivers carry a lot of sand."),
        ("Many rivers, including the Rhine, carry sand to the sea.", "Many rivers carry sand to the sea."),
        ("The Rhine, a river of the north, carries sand to the sea.", "The Rhine carries sand to the sea."),
        (
            "Rivers carry sand to the sea, whereas lakes, which are still, keep mud for years.",
            "Rivers carry sand to the sea.",
        ),
    ],
    ids=["which", "such as", "such as without a comma", "including", "another name", "one in another"],
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
        "Rivers carry sand, because the water is fast.",
        "The sand — which is heavy and wet, comes down to the sea every spring.",
        "The river carries sand such as this in spring and it brings mud such as that to the sea in summer.",
        "The river is wide but the lake is deep and the sea is deep.",
    ],
    ids=["reason", "condition", "quoted", "too short without", "two signs", "within", "but"],
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
    assert len(summarise(parsed, sentences=1)) == 1


def test_a_reading_without_objectives_has_none(parser: Parser) -> None:
    """No cue, no objectives, and no sentence answers one."""
    parsed = parser.parse(some_evidence(RIVERS))

    assert find_objectives(parsed) == ()
    assert list_objectives("Learning Objectives\n- Define delta") != ()
    assert list_objectives("Learning Objectives") == ()
    assert not any(unit.objective for unit in summarise(parsed))


def _subject(parser: Parser, title: str) -> Subject:
    parsed = parser.parse(some_evidence(RIVERS, title=title))
    terms = find_terms(parsed)
    return read_subject(parsed, terms, read_words(parsed, terms))


def _worded(parser: Parser, *texts: str) -> list[Worded]:
    vectors = parser.parse(some_evidence(RIVERS)).embed(texts)
    return [Worded(text, vector, 0.5) for text, vector in zip(texts, vectors, strict=True)]


def test_one_sentence_is_the_gist(parser: Parser) -> None:
    """A summary has one gist at most; a model's own choice stands, and one is looked for where it made none."""
    parsed = parser.parse(some_evidence(RIVERS, title="Erosion"))
    units = summarise(parsed)
    without = [replace(unit, is_gist=False) for unit in units]
    all_of_them = [replace(unit, is_gist=True) for unit in units]

    assert [unit.claim.text.startswith("Erosion refers to") for unit in units] == [unit.is_gist for unit in units]
    assert [unit.is_gist for unit in mark_gist(parsed, without)] == [unit.is_gist for unit in units]
    assert [unit.is_gist for unit in mark_gist(parsed, all_of_them)] == [True] + [False] * (len(units) - 1)
    assert mark_gist(parsed, ()) == ()


def test_a_section_that_no_sentence_sums_up_has_no_gist(parser: Parser) -> None:
    """None is better than a narrow one."""
    parsed = parser.parse(some_evidence(RIVERS, title="Bread and butter"))

    assert not any(unit.is_gist for unit in summarise(parsed))


@pytest.mark.parametrize(
    "worse",
    [
        "It brings erosion by water, erosion by wind and erosion by ice.",
        "Erosion is 7 metres deep, erosion is 9 metres wide and the source of the river is high.",
        "Erosion = water and rock.",
        "Erosion of this river is slow.",
        "In 2011 the erosion of the river was measured.",
        "Erosion takes 12 % of the rock.",
        "Many people think that erosion makes the delta.",
        "Erosion " + "wears rock " * 20,
    ],
    ids=["leans", "figures", "signs", "points back", "date", "share", "hearsay", "long"],
)
def test_a_gist_stands_by_itself(parser: Parser, worse: str) -> None:
    """What leans on others, is long or is a row of figures is no gist."""
    assert find_gist(_worded(parser, worse), _subject(parser, "Erosion")) is None


@pytest.mark.parametrize(
    "further",
    [
        "A delta is flat land at the mouth of a river.",
        "Erosion, for example, wears away rock and soil.",
        "This chapter is about erosion of rock and soil.",
        "Erosion wears away rock and soil near Paris.",
    ],
    ids=["another thing", "example", "about itself", "one place"],
)
def test_a_gist_says_what_the_title_names(parser: Parser, further: str) -> None:
    """What defines the title goes before other definitions, examples, talk about the text, and single cases."""
    texts = _worded(parser, further, "Erosion is the process by which water wears away rock and soil.")

    assert find_gist(texts, _subject(parser, "Erosion")) == 1


def test_what_is_to_be_defined_is_answered_by_saying_what_it_is(parser: Parser) -> None:
    """Each thing of a list has its own answer; a sentence that only names a thing is none."""
    parsed = parser.parse(some_evidence(f"Learning Objectives\n- Define delta and erosion\n- Define river\n\n{RIVERS}"))
    words = read_words(parsed, find_terms(parsed))
    texts = ["We saw a delta.", "A delta is flat land.", "Erosion is the wear of rock.", "We swam near the river."]

    told = match_objectives(find_objectives(parsed), texts, words)

    assert told == {1: "Define delta and erosion", 2: "Define delta and erosion"}
    assert match_objectives(find_objectives(parsed), (), words) == {}


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
