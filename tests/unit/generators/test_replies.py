"""Between a model's words and typed replies."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Range
from domain.errors import BadReply
from domain.ports import ModelReply
from generators.compose.reading.parse import Parser
from generators.kinds.contract import GeneratorKind
from generators.kinds.registry import KINDS
from generators.kinds.summary import SummaryLine, SummaryReply
from generators.model.replies import ReplyModel, ask_until_it_fits, cite, find_unsaid, number, parse, says, schema_of
from safety.injection import MARK
from tests.builders import some_evidence

FITTING = '{"sentences": []}'


class Note(ReplyModel):
    """A reply with one text."""

    text: str
    others: tuple[str, ...] = ()


def test_sentences_go_out_numbered(parser: Parser) -> None:
    """Each sentence stands on a line of its own, numbered from 1."""
    parsed = parser.parse(some_evidence("Plants make\nsugar. They need light."))

    assert number(parsed, parsed.sentences) == "[1] Plants make sugar.\n[2] They need light."


def test_marked_personal_data_goes_out_hidden(parser: Parser) -> None:
    """What ingest marked as personal data is hidden from the model, across sentence ends too."""
    evidence = some_evidence("Call 555 0101 now. Ask for Ada.")
    chunk = replace(evidence.chunks[0], marks=(Range(5, 13), Range(27, 30)))
    parsed = parser.parse(replace(evidence, chunks=(chunk,)))

    assert number(parsed, parsed.sentences) == "[1] Call [hidden] now.\n[2] Ask for [hidden]."


def test_numbers_become_citations(parser: Parser) -> None:
    """Known numbers give their sentences in reading order, once each; unknown ones give nothing."""
    parsed = parser.parse(some_evidence("Plants make sugar. They need light."))

    citations = cite(parsed, [2, 1, 2, 0, -1, 3])

    assert [citation.quote for citation in citations] == ["Plants make sugar.", "They need light."]


@given(numbers=st.lists(st.integers()))
def test_any_numbers_give_quotes_of_the_reading(parser: Parser, numbers: list[int]) -> None:
    """Whatever numbers a model names, what is cited stands in the reading, four sentences at most."""
    parsed = parser.parse(some_evidence("Plants make sugar. They need light."))

    citations = cite(parsed, numbers)

    assert len(citations) <= 4
    assert all(citation.quote in parsed.evidence.text for citation in citations)


def test_a_code_fence_is_taken_off() -> None:
    """JSON in a Markdown fence is read all the same."""
    assert parse(f"```json\n{FITTING}\n```", SummaryReply, str) == SummaryReply(sentences=[])


WHOLE = '{"sentences": [{"sources": [1], "text": "A } or ] in \\"quotes\\".", "is_key_point": false, "is_gist": false}'
TOLD = SummaryReply(
    sentences=[SummaryLine(sources=[1], text='A } or ] in "quotes".', is_key_point=False, is_gist=False)]
)


@pytest.mark.parametrize(
    "text",
    [
        f"Here is the summary:\n\n{WHOLE}]}}\n\nI hope that this helps.",
        f"Sure!\n```json\n{WHOLE}]}}\n```\nAsk me for more.",
        f'{WHOLE}, {{"sources": [2], "text": "Plants ma',
        f"```json\n{WHOLE}, {{",
        f"{WHOLE}",
    ],
    ids=["talk", "talk and fence", "broken off in words", "broken off in a fence", "not closed"],
)
def test_what_stands_around_or_is_missing_costs_no_whole_part(text: str) -> None:
    """Talk around the JSON is left out; of an answer that broke off the parts that are whole are read."""
    assert parse(text, SummaryReply, str) == TOLD


def test_a_number_that_was_copied_names_the_source() -> None:
    """The number of a sentence in front of its words is taken off, and is the source whatever else is named."""
    line = {"text": "[7] Plants make sugar.", "sources": [1], "is_key_point": False, "is_gist": False}
    plain = {**line, "text": "Plants make sugar [7]."}

    read = parse(json.dumps({"sentences": [line, plain]}), SummaryReply, str)

    assert [(one.text, one.sources) for one in read.sentences] == [
        ("Plants make sugar.", [7]),
        ("Plants make sugar [7].", [1]),
    ]


def test_words_come_back_as_they_are_read() -> None:
    """Marked blanks are blanks again, and what was masked is put back, in every text of the reply."""
    text = f'{{"text": " Ask{MARK}[PERSON_1]. ", "others": ["[PERSON_1]"], "more": 1}}'

    note = parse(text, Note, lambda words: words.replace("[PERSON_1]", 'Ada "the first"'))

    assert (note.text, note.others) == ('Ask Ada "the first".', ('Ada "the first"',))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("no", "not a JSON object"),
        ('{"text": "brok', "not a JSON object"),
        ("[" * 50_000, "not a JSON object"),
        ('{"a":' * 10_000, "not a JSON object"),
        ("[]", "model_type"),
        ('{"text": 1}', "text: string_type"),
        ("{}", "text: missing"),
    ],
)
def test_a_fault_is_named(text: str, fault: str) -> None:
    """What is wrong with a reply is said, without the reply's own words."""
    with pytest.raises(BadReply, match=fault):
        parse(text, Note, str)


def test_a_huge_answer_is_not_read() -> None:
    """An answer far longer than any that was asked for is refused before it is read."""
    with pytest.raises(BadReply, match="too long"):
        parse(FITTING + " " * 60_000, SummaryReply, str)


def test_a_bad_reply_is_mended_once() -> None:
    """The second question carries the fault, and its answer counts."""
    asked: list[str] = []

    def ask(feedback: str) -> ModelReply:
        asked.append(feedback)
        return ModelReply(FITTING if feedback else "no", "m", 1, 1)

    reply = ask_until_it_fits(ask, SummaryReply, str)

    assert reply == SummaryReply(sentences=[])
    assert asked == ["", "The answer is not a JSON object."]


def test_a_second_bad_reply_is_the_end() -> None:
    """After one repair a reply that does not fit is a BadReply."""
    with pytest.raises(BadReply):
        ask_until_it_fits(lambda _: ModelReply("no", "m", 1, 1), SummaryReply, str, feedback="Mend it.")


@pytest.mark.parametrize("other", ["What does chlorophyll absorb?", "Chlorophyll is absorbing lights", ""])
def test_a_text_says_what_its_words_say(other: str) -> None:
    """Other forms of the same words, and words of asking, are said."""
    assert says("Chlorophyll absorbs light.", other)


@pytest.mark.parametrize(
    "other",
    [
        "Chlorophyll absorbs sound",
        "Chlorophyll doesn't absorb light",
        "What does chlorophyll never absorb?",
        "Chlorophyll absorbs 2 lights",
    ],
)
def test_a_text_says_nothing_more(other: str) -> None:
    """A new word, number or negation is not said."""
    assert not says("Chlorophyll absorbs light.", other)


@given(text=st.text())
def test_every_text_says_itself(text: str) -> None:
    """Nothing of a text is missing in it."""
    assert find_unsaid(text, text) == set()


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_schemas_are_strict(kind: GeneratorKind) -> None:
    """Every object of every reply schema requires all its fields and allows no others."""
    schema = schema_of(kind.reply)

    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            assert part["required"] == list(part["properties"])
            assert part["additionalProperties"] is False
