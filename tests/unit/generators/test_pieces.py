"""How evidence is cut to what a model can take in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.documents import Span
from domain.evidence import Evidence, gather
from domain.ids import ChunkId, UnitId
from domain.material import Kind
from domain.questions import Question, QuestionForm
from generators.compose.reading.parse import ParsedSection, Parser
from generators.model.pieces import Pieces, choose, cut
from tests.builders import a_document, some_evidence
from tests.pipeline_tools import a_request

SENTENCE = "The {} plant grows in the green house."
NAMES = ("first", "second", "third", "fourth", "fifth", "sixth")
ONE = 33
"""Tokens of one of the sentences as it goes out, at most."""


def sections(*counts: int) -> Evidence:
    """Evidence of several sections, with so many sentences each."""
    names = iter(NAMES)
    chunks = []
    for place, count in enumerate(counts):
        text = " ".join(SENTENCE.format(next(names)) for _ in range(count))
        (chunk,) = some_evidence(text).chunks
        span = Span(chunk.span.document_id, place + 1, 0, len(text))
        chunks.append(replace(chunk, id=ChunkId(str(place)), ordinal=place, section=place, span=span))
    return gather(chunks, title="Plants", language="en")


def places(pieces: Pieces) -> list[list[int]]:
    return [[sentence.index for sentence in piece] for piece in pieces.pieces]


@pytest.mark.parametrize(
    ("counts", "room", "expected"),
    [
        ((6,), 6 * ONE, [[0, 1, 2, 3, 4, 5]]),
        ((6,), 2 * ONE, [[0, 1], [2, 3], [4, 5]]),
        ((2, 3), 4 * ONE, [[0, 1], [2, 3, 4]]),
        ((1, 5), 5 * ONE, [[0, 1, 2, 3, 4], [5]]),
        ((2, 1, 2), 4 * ONE, [[0, 1, 2], [3, 4]]),
    ],
    ids=["fits", "sentences", "sections", "a little before", "whole sections"],
)
def test_pieces_end_where_sections_and_sentences_end(
    parser: Parser, counts: tuple[int, ...], room: int, expected: list[list[int]]
) -> None:
    """A piece ends with a section where the next does not fit, unless hardly anything is in it yet."""
    pieces = cut(parser.parse(sections(*counts)), room)

    assert places(pieces) == expected
    assert pieces.note == ""


@given(room=st.integers(0, 400))
def test_what_is_in_no_piece_is_counted(parsed: ParsedSection, room: int) -> None:
    """Every sentence is in one piece, in order, or counted as left out."""
    pieces = cut(parsed, room)
    kept = [index for piece in places(pieces) for index in piece]

    assert kept == sorted(set(kept))
    assert (len(kept) + pieces.left_out, pieces.of) == (len(parsed.sentences),) * 2
    assert bool(pieces.note) == bool(pieces.left_out)


@pytest.fixture(scope="module")
def parsed(parser: Parser) -> ParsedSection:
    long = "A very " + "long " * 40 + "sentence stands here."
    return parser.parse(some_evidence(f"Plants grow. {long} Roots drink water. {long} Leaves are green."))


def test_what_never_fits_is_told(parsed: ParsedSection) -> None:
    """Sentences longer than the room are left out, and the note says how many."""
    pieces = cut(parsed, 60)

    assert places(pieces) == [[0, 2, 4]]
    assert pieces.note == "2 of 5 sentences did not fit into the language model, so they were left out."
    assert (
        replace(pieces, left_out=1).note == "1 of 5 sentences did not fit into the language model, so it was left out."
    )


def test_what_was_found_for_a_question_is_kept_from_the_best_on(parser: Parser) -> None:
    """In one piece the first sentences stand, as many as fit, in their order."""
    pieces = choose(parser.parse(sections(6)), 3 * ONE, a_request(a_document(), Kind.ANSWER, None))

    assert places(pieces) == [[0, 1, 2]]
    assert pieces.left_out == 3


def test_a_hint_keeps_what_stands_around_its_source(parser: Parser) -> None:
    """For a quiz item the sentences around the one that it cites are kept."""
    read = parser.parse(sections(6))
    claim = Claim("The fifth plant grows.", read.cite(read.sentences[4].at))
    question = Question(UnitId("1" * 32), claim, QuestionForm.SHORT, "Which plant grows?", "the fifth")

    pieces = choose(read, 3 * ONE, a_request(a_document(), Kind.HINTS, question=question))

    assert places(pieces) == [[3, 4, 5]]


def test_where_nothing_fits_there_is_no_piece(parsed: ParsedSection) -> None:
    """Without room there is no piece, and all is left out."""
    pieces = choose(parsed, 1, a_request(a_document(), Kind.ANSWER, None))

    assert (pieces.pieces, pieces.left_out) == ((), 5)
