"""Chunks are whole sentences that know exactly where they stand."""

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Mark, Page, ParsedDocument, Part, PartKind, Range, RedactedDocument
from domain.ids import DocumentId
from ingest.chunking import split
from ingest.cutting import CHUNK_CHARACTERS
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


def test_ordinals_end_no_sentence_where_they_have_a_full_stop() -> None:
    """A German date is not cut behind its day."""
    text = "Am 14. Juli schien die Sonne. " * 80

    chunks = split(_redacted([Block(text)], language="de"))

    assert len(chunks) > 1
    assert all(chunk.text.endswith("Sonne.") for chunk in chunks)


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


def test_ids_stay_when_pages_move() -> None:
    """Pages put before and between change no id of the others; a word changed in a chunk changes its id alone."""
    pages = [[Block(f"{SENTENCE * 12} Leaf {number}.")] for number in range(3)]
    before = split(_redacted(*pages))

    moved = split(_redacted([Block("New. " * 50)], *pages[:1], [Block("And this. " * 40)], *pages[1:]))
    changed = split(_redacted(*pages[:2], [Block(f"{SENTENCE * 12} Root 2.")]))

    assert [chunk.id for chunk in moved if chunk.text in {one.text for one in before}] == [one.id for one in before]
    assert [chunk.id for chunk in changed[:2]] == [chunk.id for chunk in before[:2]]
    assert changed[2].id != before[2].id


def test_short_words_that_stand_twice_are_told_apart_by_their_neighbours() -> None:
    """When the first of two like lines goes, the other keeps its id."""
    (a, b, note) = (Block(f"{SENTENCE * 13}{letter}.") for letter in "abc")
    review = Block("Review", 1)
    line = Block("Answer the questions.")

    both = split(_redacted([Block("A", 1), a], [line], [Block("B", 1), b], [line], [review, note]))
    one = split(_redacted([Block("A", 1), a], [Block("B", 1), b], [line], [review, note]))

    assert both[1].text == both[3].text == one[2].text == "Answer the questions."
    assert both[1].id != both[3].id
    assert one[2].id == both[3].id


def _table(rows: int, width: int = 40) -> Block:
    lines = [f"{'x' * width} | {number}" for number in range(rows)]
    ranges, start = [], 0
    for line in lines:
        ranges.append((Range(start, start + width), Range(start + width + 3, start + len(line))))
        start += len(line) + 1
    text = "\n".join(lines)
    return Block(text, parts=(Part(PartKind.TABLE, Range(0, len(text)), tuple(ranges), heads=1),))


def test_a_table_that_fits_is_one_chunk() -> None:
    """It is not cut only because something stands before it."""
    table = _table(20)

    chunks = split(_redacted([Block(SENTENCE * 5), table, Block("After it.")]))

    assert [table.text in chunk.text for chunk in chunks] == [False, True]


@pytest.mark.parametrize(("rows", "width", "count"), [(60, 40, 3), (3, 1_500, 3)])
def test_a_long_table_is_cut_between_rows(rows: int, width: int, count: int) -> None:
    """No row is torn, even one that is longer than a chunk; nothing is repeated."""
    table = _table(rows, width)

    chunks = split(_redacted([table]))

    assert len(chunks) == count
    assert "\n".join(chunk.text for chunk in chunks) == table.text


def test_a_row_without_end_is_cut_like_text() -> None:
    """What is longer than four chunks is bounded after all."""
    assert max(len(chunk.text) for chunk in split(_redacted([_table(1, 5_000)]))) == CHUNK_CHARACTERS


def test_a_formula_in_a_sentence_is_kept_whole() -> None:
    """Where no sentence ends before it, the cut comes at the blank before the formula, or after it."""
    formula = "$" + "x + " * 40 + "y$"
    text = "word " * 190 + formula + " more words"
    at = Range(950, 950 + len(formula))

    chunks = split(_redacted([Block(text, parts=(Part(PartKind.FORMULA, at),))]))
    alone = split(
        _redacted(
            [Block("a" * 900 + formula + " b" * 300, parts=(Part(PartKind.FORMULA, Range(900, 900 + len(formula))),))]
        )
    )

    assert formula in chunks[1].text
    assert alone[0].text == "a" * 900 + formula


def test_a_formula_in_a_list_goes_with_its_item() -> None:
    """What lies within something whole does not open it."""
    item = "One. $x. Y$ Two. " * 20
    text = SENTENCE * 10 + "\n- " + item.strip()
    start = len(SENTENCE * 10) + 3
    parts = (
        Part(PartKind.LIST, Range(start - 2, len(text)), ((Range(start, len(text)),),)),
        Part(PartKind.FORMULA, Range(start + 5, start + 11)),
    )

    assert split(_redacted([Block(text, parts=parts)]))[-1].text == "- " + item.strip()


def test_footnotes_and_speakers_notes_stand_apart() -> None:
    """Footnotes in a row share a chunk, which holds nothing else; so do notes under a slide."""
    texts = ("A slide.", "Say hello.", "1 See there.", "2 See here.", "Not a note.")
    kinds = (None, PartKind.NOTES, PartKind.FOOTNOTE, PartKind.FOOTNOTE, None)
    text, parts = "", []
    for line, kind in zip(texts, kinds, strict=True):
        if kind:
            parts.append(Part(kind, Range(len(text), len(text) + len(line))))
        text += line + "\n\n"
    page = Page(1, text.strip(), parts=tuple(parts))
    ends = replace(page, text=text[: parts[-1].at.end])

    found = [
        [chunk.text for chunk in split(RedactedDocument(ParsedDocument(ID, "Plants", "en", (one,), ()), ()))]
        for one in (page, ends)
    ]

    expected = ["A slide.", "Say hello.", "1 See there.\n\n2 See here.", "Not a note."]
    assert found == [expected, expected[:-1]]


def test_a_silence_cuts_what_was_said() -> None:
    """Two remarks with a long pause between are not one piece; with a short one they are."""
    said = [("One.", 0.0), ("Two.", 4.0), ("Three.", 60.0)]
    text = "\n".join(words for words, _ in said)
    parts = tuple(
        Part(PartKind.SPEECH, Range(at := text.index(words), at + len(words)), seconds=(since, since + 3))
        for words, since in said
    )

    page = Page(1, text, parts=parts)
    chunks = split(RedactedDocument(ParsedDocument(ID, "Talk", "en", (page,), ()), ()))

    assert [chunk.text for chunk in chunks] == ["One.\nTwo.", "Three."]


def test_code_is_cut_between_lines() -> None:
    """A long listing is cut at line ends alone."""
    text = "\n".join(f"print({number}) # one. Two" for number in range(90))

    chunks = split(_redacted([Block(text, parts=(Part(PartKind.CODE, Range(0, len(text))),))]))

    assert len(chunks) > 1
    assert "\n".join(chunk.text for chunk in chunks) == text


WORDS = st.text(alphabet="ab.!?\n “”é植。 ", min_size=1, max_size=2_500).filter(lambda text: text.strip())


@st.composite
def _blocks(draw: st.DrawFn) -> Block:
    """Text, a heading, or something that is more than running text."""
    kind = draw(st.sampled_from([None, None, None, *PartKind]))
    if kind is PartKind.TABLE:
        return _table(draw(st.integers(1, 80)), draw(st.integers(1, 60)))
    text = draw(WORDS)
    if kind is None:
        return Block(text, draw(st.sampled_from([0, 0, 0, 1, 2])))
    start = draw(st.integers(0, len(text) - 1))
    at = Range(start, draw(st.integers(start + 1, len(text))))
    if kind is PartKind.LIST:
        return Block(text, parts=(Part(kind, at, ((at,),)),))
    begin = draw(st.floats(0, 100))
    seconds = (begin, begin + 1) if kind is PartKind.SPEECH else None
    return Block(text, parts=(Part(kind, at, seconds=seconds),))


@given(st.lists(st.lists(_blocks(), min_size=1, max_size=4), min_size=1, max_size=3))
def test_chunks_are_the_text_at_their_spans(pages: list[list[Block]]) -> None:
    """Every chunk is its page's text at its span, in order, and together they hold all but headings and blanks."""
    redacted = _redacted(*pages)
    by_number = {page.number: page for page in redacted.parsed.pages}

    chunks = split(redacted)

    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    assert all(by_number[chunk.span.page].text[chunk.span.start : chunk.span.end] == chunk.text for chunk in chunks)
    assert all(chunk.text == chunk.text.strip() for chunk in chunks)
    assert all(before.span < after.span for before, after in itertools.pairwise(chunks))
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    assert _squash("".join(chunk.text for chunk in chunks)) == "".join(_body(page) for page in by_number.values())


@given(st.lists(st.lists(_blocks(), min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_chunk_begins_or_ends_within_what_is_whole(pages: list[list[Block]]) -> None:
    """Rows, formulas, and short items and captions are in one chunk each, unless a heading stands in them."""
    redacted = _redacted(*pages)

    chunks = split(redacted)

    for page in redacted.parsed.pages:
        edges = {
            edge for chunk in chunks if chunk.span.page == page.number for edge in (chunk.span.start, chunk.span.end)
        }
        for part in page.parts:
            whole = [Range(row[0].start, row[-1].end) for row in part.rows] or [part.at]
            kept = {PartKind.TABLE, PartKind.LIST, PartKind.FORMULA, PartKind.FIGURE}
            for one in whole if part.kind in kept else ():
                at = Range(one.start + len(text := page.text[one.start : one.end]) - len(text.lstrip()), one.end)
                if len(text) <= CHUNK_CHARACTERS and text.strip():
                    assert not [edge for edge in edges if at.start < edge < at.start + len(text.strip())]


def _body(page: Page) -> str:
    letters = list(page.text)
    for heading in page.headings:
        letters[heading.at.start : heading.at.end] = " " * (heading.at.end - heading.at.start)
    return _squash("".join(letters))


def _squash(text: str) -> str:
    return re.sub(r"\s", "", text)
