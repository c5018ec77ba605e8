"""Summaries: the reading's own sentences, in order, within the budget, honest where there is nothing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import ArtifactId, UnitId, stable_id
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, SummarySentence
from generators.compose.reading.parse import Parser
from generators.compose.summaries.salience import reading_alone
from generators.compose.summaries.summary import WORDS_A_SENTENCE, summarise
from generators.compose.summaries.whole import combine_summaries
from tests.builders import NOW, a_document, some_evidence
from tests.unit.generators.readings import BARREN, GERMAN, POEM, RIVERS


def _part(units: tuple[SummarySentence, ...], section: int) -> Artifact:
    return Artifact(
        id=ArtifactId(stable_id("summary", section)),
        kind=Kind.SUMMARY,
        document_id=a_document().id,
        section=section,
        title="Rivers",
        units=units,
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
    )


def _places(units: tuple[SummarySentence, ...]) -> list[int]:
    return [unit.claim.citations[0].span.start for unit in units]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 12))
def test_summary_keeps_to_its_budget_and_order(parser: Parser, sentences: int) -> None:
    """At most the sentences asked for, about 20 words each, in reading order, a third of them key points."""
    units = summarise(parser.parse(some_evidence(RIVERS)), sentences=sentences)

    assert 1 <= len(units) <= sentences
    assert sum(len(unit.claim.text.split()) for unit in units) <= sentences * WORDS_A_SENTENCE + 3
    assert _places(units) == sorted(set(_places(units)))
    assert sum(unit.is_key_point for unit in units) == max(1, len(units) // 3)


def test_summary_says_what_stands_there(parser: Parser) -> None:
    """Every word of a sentence stands where it points."""
    for unit in summarise(parser.parse(some_evidence(RIVERS)), sentences=8):
        quote = " ".join(citation.quote for citation in unit.claim.citations).lower()
        assert all(word.strip(".,").lower() in quote for word in unit.claim.text.split())


def test_summary_prefers_what_the_section_defines(parser: Parser) -> None:
    """Marked terms that are defined come before side remarks and examples."""
    text = " ".join(unit.claim.text for unit in summarise(parser.parse(some_evidence(RIVERS)), sentences=4))

    assert "Erosion" in text
    assert "delta" in text
    assert "For example" not in text


@pytest.mark.parametrize(
    "other",
    [
        "A note for the first weeks of a class on rivers.",
        "Read the text on rivers before the lesson on deltas.",
        "Geographers call this the law of moving water.",
        "Suppose that a river carries three tonnes of sand.",
        "For example, the Rhine carries sand and stones to the sea.",
        "Here, water is the stronger of the two.",
        "The best example is the mouth of the river in the north.",
        "The problem is that sand fills the harbour every year.",
        "Rivers in the picture carry sand and stones.",
        "The third column lists the length of every river.",
        "The harbour in the north is no different.",
        "Sand is carried by small things, such as , and by rivers.",
        "Sand is carried by rivers, as shows a look at the sea.",
        "A delta is a place, like , that rivers fill with sand.",
        "Sand is heavy. shows how rivers carry stones and sand.",
        "As a result, shows that rivers carry sand.",
    ],
)
def test_what_is_no_content_is_left_out(parser: Parser, other: str) -> None:
    """Titles without a verb, orders to the reader, bare pointers back and examples in thought are no summary."""
    text = f"Rivers carry sand and mud to the sea. {other}"

    assert [unit.claim.text for unit in summarise(parser.parse(some_evidence(text)))] == [
        "Rivers carry sand and mud to the sea."
    ]


def test_what_follows_on_a_supposition_is_left_out(parser: Parser) -> None:
    """A conclusion from an example in thought is not told as a fact."""
    text = "Suppose the river bakes in the sun all day. Then two metres is the depth of the river. Rivers carry sand."

    assert "two metres" not in " ".join(unit.claim.text for unit in summarise(parser.parse(some_evidence(text))))


def test_a_supposition_ends_with_its_paragraph(parser: Parser) -> None:
    """What opens another paragraph follows on no example in thought."""
    text = "Suppose the river bakes in the sun all day.\n\nThen two metres is the depth of the river in summer."

    assert "Two metres" in " ".join(unit.claim.text for unit in summarise(parser.parse(some_evidence(text))))


def test_what_a_sentence_itself_says_may_be_pointed_at(parser: Parser) -> None:
    """A "this" that means the clause before it in the same sentence points nowhere else."""
    text = "A flood raises the level of the river, and this causes the banks to break."

    assert [unit.claim.text for unit in summarise(parser.parse(some_evidence(text)))] == [text]


def test_subtitle_is_no_content(parser: Parser) -> None:
    """An opening paragraph that is all set in italics is left out."""
    text = "**These pages are about rivers, and rivers are wide.**\n\nRivers carry sand and mud to the sea."

    (unit,) = summarise(parser.parse(some_evidence(text)))

    assert unit.claim.text == "Rivers carry sand and mud to the sea."


def test_sentence_that_defines_the_title_leads(parser: Parser) -> None:
    """What defines the word in the title is in the shortest summary, and is a key point."""
    (unit,) = summarise(parser.parse(some_evidence(RIVERS, title="How erosion works")), sentences=1)

    assert unit.claim.text.startswith("Erosion refers to")
    assert unit.is_key_point


def test_condition_is_no_key_point(parser: Parser) -> None:
    """What holds only under a condition is never a key point."""
    text = "If the **dam** breaks, the river floods the whole valley and its fields."

    assert [unit.is_key_point for unit in summarise(parser.parse(some_evidence(text)))] == [False]


def test_sentences_that_point_elsewhere_are_left_out(parser: Parser) -> None:
    """A sentence that needs the one before, a figure or an answer does not stand in a summary."""
    text = (
        "It is a long way from the hills to the sea. Figure 3 shows the long way of the river. "
        "However, this makes the river slow down in summer. Why do rivers bend in the flat land? "
        "Rivers carry sand and mud from the hills to the sea."
    )

    units = summarise(parser.parse(some_evidence(text)), sentences=6)

    assert [unit.claim.text for unit in units] == ["Rivers carry sand and mud from the hills to the sea."]


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("However, rivers carry sand.", "Rivers carry sand."),
        ("Rivers (and streams) carry sand and mud.", "Rivers carry sand and mud."),
        ("Rivers carry\nsand.", "Rivers carry sand."),
        ("First, rivers carry sand.", "Rivers carry sand."),
        ("As mentioned earlier, rivers carry sand.", "Rivers carry sand."),
        ("After all, rivers carry sand.", "Rivers carry sand."),
        ("Lakes hold sand, however.", "Lakes hold sand."),
    ],
)
def test_sentence_is_worded_to_stand_alone(sentence: str, alone: str) -> None:
    """Brackets and the word that ties a sentence to the one before are left out; nothing else is."""
    assert reading_alone(sentence) == alone


def test_other_languages_are_summarised_by_place_and_words(parser: Parser) -> None:
    """Without grammar for the language a summary still has whole sentences of the reading."""
    units = summarise(parser.parse(some_evidence(GERMAN, language="de")), sentences=2)

    assert units
    assert all(unit.claim.text in GERMAN.replace("**", "") for unit in units)


@pytest.mark.parametrize("text", BARREN)
def test_text_without_prose_has_no_summary(parser: Parser, text: str) -> None:
    """Tiny texts, equations, tables and verse are not summarised."""
    assert summarise(parser.parse(some_evidence(text))) == ()


def test_verse_within_prose_is_left_out(parser: Parser) -> None:
    """Lines of a poem are not taken for a sentence."""
    text = f"Rivers carry sand and mud from the hills to the sea.\n\n{POEM}"

    (unit,) = summarise(parser.parse(some_evidence(text)))

    assert unit.claim.text.startswith("Rivers carry")


def test_whole_reading_hears_every_section(parser: Parser) -> None:
    """The summary of a reading takes from each section in turn, key points first, and keeps the order."""
    units = summarise(parser.parse(some_evidence(RIVERS)), sentences=6)
    parts = [_part(units[:3], 0), _part(units[3:], 1), _part((), 2)]

    whole = combine_summaries(parts, sentences=2)

    assert [unit in units[:3] for unit in whole] == [True, False]
    assert combine_summaries(parts, sentences=12) == units


def test_long_reading_is_sampled_evenly(parser: Parser) -> None:
    """With more sections than sentences, the sections heard are spread over the reading."""
    units = summarise(parser.parse(some_evidence(RIVERS)), sentences=6)
    parts = [_part((unit,), place) for place, unit in enumerate(units)]

    whole = combine_summaries(parts, sentences=2)

    assert [unit.id for unit in whole] == [units[0].id, units[len(units) // 2].id]


def _said(text: str, place: int, **marks: Any) -> SummarySentence:
    at = Citation(Span(a_document().id, 1, place * 100, place * 100 + len(text)), text)
    return SummarySentence(UnitId(stable_id("said", place, text)), Claim(text, (at,)), **marks)


def test_the_whole_has_the_gist_of_its_title() -> None:
    """Of the sections' gists the one that says what the reading's title names is that of the whole, and is in it."""
    source = _said("A source is a spring from which a brook comes.", 0, is_gist=True)
    river = _said("A river is water that flows over the land to the sea.", 1, is_gist=True)
    parts = [_part((source,), 0), _part((river,), 1), _part((), 2)]

    assert [unit.is_gist for unit in combine_summaries(parts, sentences=1, title="The river")] == [True]
    assert [unit.is_gist for unit in combine_summaries(parts, title="The river")] == [False, True]
    assert not any(unit.is_gist for unit in combine_summaries(parts, title="Bread and butter"))


def test_the_whole_has_what_answers_an_objective() -> None:
    """Sentences that answer what is to be learnt stand in the whole beside the sentences asked for."""
    first = _said("A source is a spring from which a brook comes.", 0, is_gist=True)
    answer = _said("A river is water that flows over the land to the sea.", 1, objective="Define river")

    assert combine_summaries([_part((first, answer), 0)], sentences=1) == (replace(first, is_gist=False), answer)


def test_a_name_given_after_the_fact_is_the_gist(parser: Parser) -> None:
    """Where the text ends in naming its matter, the sentences that it names are the gist, word for word."""
    named = (
        "Mud moves over the land all the time. It comes from hills and ends in the sea. This is called the mud trail."
    )
    bank = "A **bank** is land beside a river. Dams hold back the water that a river brings."
    text = f"We know it. This is called the mud trail.\n\n{named}\n\n{bank}"

    units = summarise(parser.parse(some_evidence(text, title="The mud trail")))

    assert [unit.claim.text for unit in units if unit.is_gist] == [named]


@pytest.mark.parametrize(
    "text",
    [
        "It rises from the sea. It falls on the land. This is called the mud trail.",
        "Mud moves over the land.\n\nThis is called the mud trail.",
        "This is called the mud trail.",
        "Mud moves over the land. This is called the long way.",
    ],
    ids=["leans on nothing said", "another paragraph", "nothing before", "another name"],
)
def test_a_name_for_nothing_said_is_no_gist(parser: Parser, text: str) -> None:
    """A sentence that gives a name is joined only with sentences of its paragraph that stand by themselves."""
    text += "\n\nDams hold back the water that a river brings."
    units = summarise(parser.parse(some_evidence(text, title="The mud trail")))

    assert not any("called" in unit.claim.text for unit in units)


def test_repeated_sentence_stands_once(parser: Parser) -> None:
    """The same sentence in two sections is said once."""
    units = summarise(parser.parse(some_evidence(RIVERS)), sentences=1)

    assert combine_summaries([_part(units, 0), _part(units, 1)]) == units
    assert combine_summaries([]) == ()
