"""Chunks are whole sentences that know exactly where they stand."""

import itertools
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Mark, Page, ParsedDocument, Range, RedactedDocument
from domain.ids import DocumentId
from ingest.chunking import CHUNK_CHARACTERS, split
from ingest.parsers.flow import Block, build_page
from ingest.sections import build_sections

ID = DocumentId("d" * 32)
SENTENCE = "Plants make their own food from light, water and air in their green leaves. "


def _redacted(*pages: list[Block], language: str = "en") -> RedactedDocument:
    built = tuple(build_page(number, blocks) for number, blocks in enumerate(pages, start=1))
    return RedactedDocument(ParsedDocument(ID, "Plants", language, built, build_sections(ID, "Plants", built)), ())


def test_chunks_end_with_sentences() -> None:
    """A long paragraph is cut between sentences, into pieces of up to 1,000 characters."""
    chunks = split(_redacted([Block((SENTENCE * 40).strip())]))

    assert len(chunks) == 4
    assert all(chunk.text.endswith("leaves.") and chunk.text.startswith("Plants") for chunk in chunks)
    assert [chunk.gap for chunk in chunks] == ["\n\n", " ", " ", " "]


def test_abbreviations_end_no_sentence() -> None:
    """A title before a name does not cut a sentence."""
    text = "y" * 920 + ". " + "X" * 60 + " by Dr. Smith and others."

    assert split(_redacted([Block(text)]))[1].text == "X" * 60 + " by Dr. Smith and others."


def test_headings_are_in_no_chunk() -> None:
    """A heading cuts, and stands in no chunk; the chunk knows its section."""
    chunks = split(_redacted([Block("Light", 1), Block("It is bright."), Block("Water", 1), Block("It is wet.")]))

    assert [(chunk.text, chunk.section, chunk.gap) for chunk in chunks] == [
        ("It is bright.", 1, "\n\n"),
        ("It is wet.", 2, "\n\n"),
    ]


def test_paragraphs_share_a_chunk_while_there_is_room() -> None:
    """Short paragraphs are not torn apart."""
    assert [chunk.text for chunk in split(_redacted([Block("One."), Block("Two.")]))] == ["One.\n\nTwo."]


def test_a_sentence_over_a_page_break_reads_on() -> None:
    """Where a page break cuts a sentence, the chunks are joined by a blank; otherwise by an empty line."""
    chunks = split(_redacted([Block("Plants make food from")], [Block("light and water.")], [Block("Stones do not.")]))

    assert [chunk.gap for chunk in chunks] == ["\n\n", " ", "\n\n"]


def test_emphasis_and_marks_count_from_the_chunk() -> None:
    """Ranges of the page become ranges of the chunk; what lies elsewhere is left out."""
    text = (SENTENCE * 20).strip()
    redacted = _redacted([Block(text, emphasis=(Range(5, 9), Range(1_000, 1_009)))])
    redacted = replace(redacted, marks=(Mark(1, Range(6, 8), "email"), Mark(2, Range(0, 5), "email")))

    first, second = split(redacted)

    assert first.emphasis[0] == Range(5, 9)
    assert first.marks == (Range(6, 8),)
    assert [second.text[mark.start : mark.end] for mark in second.emphasis] == [text[1_000:1_009]]
    assert second.marks == ()


def test_japanese_is_cut_at_its_own_full_stops() -> None:
    """Scripts without blanks are cut at their sentence ends."""
    chunks = split(_redacted([Block("植物は光から食べ物を作る。" * 200)], language="ja"))

    assert len(chunks) == 3
    assert all(chunk.text.endswith("。") for chunk in chunks)


def test_the_same_reading_gives_the_same_ids() -> None:
    """Chunks of a repeated job replace those of the first, and no two share an id."""
    redacted = _redacted([Block(SENTENCE * 40)], [Block(SENTENCE * 40)])

    ids = [chunk.id for chunk in split(redacted)]

    assert ids == [chunk.id for chunk in split(redacted)]
    assert len(set(ids)) == len(ids)


BLOCKS = st.builds(
    Block,
    text=st.text(alphabet="ab.!?\n “”é植。 ", min_size=1, max_size=2_500).filter(lambda text: text.strip()),
    level=st.sampled_from([0, 0, 0, 1, 2]),
)


@given(st.lists(st.lists(BLOCKS, min_size=1, max_size=4), min_size=1, max_size=3), st.sampled_from(["en", "zh"]))
def test_chunks_are_the_text_at_their_spans(pages: list[list[Block]], language: str) -> None:
    """Every chunk is its page's text at its span, in order, and together they hold all but headings and blanks."""
    redacted = _redacted(*pages, language=language)
    by_number = {page.number: page for page in redacted.parsed.pages}

    chunks = split(redacted)

    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    assert all(by_number[chunk.span.page].text[chunk.span.start : chunk.span.end] == chunk.text for chunk in chunks)
    assert all(len(chunk.text) <= CHUNK_CHARACTERS for chunk in chunks)
    assert all(before.span < after.span for before, after in itertools.pairwise(chunks))
    assert _squash("".join(chunk.text for chunk in chunks)) == "".join(_body(page) for page in by_number.values())


def _body(page: Page) -> str:
    letters = list(page.text)
    for heading in page.headings:
        letters[heading.at.start : heading.at.end] = " " * (heading.at.end - heading.at.start)
    return _squash("".join(letters))


def _squash(text: str) -> str:
    return re.sub(r"\s", "", text)
