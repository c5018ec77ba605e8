"""Recordings with captions (WebVTT, SRT): what was said, in paragraphs that know when it was said, and by whom."""

from collections.abc import Iterator, Sequence

from domain.documents import Page, PageProblem, Part, PartKind, Range
from ingest.parsers.captions.cues import Captions, read_captions
from ingest.parsers.captions.speech import Said, ends_sentence, paragraphs, read_speech
from ingest.parsers.contract import Order, Reading, Watch
from ingest.parsers.decoding import decode
from ingest.parsers.flow import Block, paginate
from ingest.parsers.office.text import Tally, clean

_MOST_SECONDS = 30.0
"""A stretch of speech is no longer: who follows a citation hears it soon."""

_LEAST_SECONDS = 15.0


def parse_captions(order: Order, watch: Watch) -> Reading:
    """Read captions in any encoding; each stretch of at most about 30 seconds is a part of its page."""
    tally = Tally()
    captions = read_captions(clean(decode(order.path.read_bytes())), tally)
    said = read_speech(captions.cues, tally)
    blocks = [block for group in paragraphs(said) for block in _set(group)]
    labels = {"", *(part.label for block in blocks for part in block.parts)}
    for name in dict.fromkeys((*captions.voices, *(one.speaker for one in said))):
        if name not in labels:
            tally.add("speaker", name)
    pages = paginate(blocks, order.limits, watch)
    return Reading(pages, captions.title, tuple(_problems(captions, pages)), tally.finish())


def _set(group: Sequence[Said]) -> Iterator[Block]:
    """Set a paragraph: a chapter's name first, then the words, cut into stretches of time."""
    if group[0].heading:
        yield Block(group[0].heading, level=1)
    words: list[str] = []
    parts: list[Part] = []
    offset = 0
    for stretch in _stretches([said for said in group if said.text]):
        text = " ".join(said.text for said in stretch)
        times = [said.seconds for said in stretch if said.seconds]
        if times:
            seconds = times[0][0], max(end for _, end in times)
            at = Range(offset, offset + len(text))
            parts.append(Part(PartKind.SPEECH, at, label=stretch[0].speaker, seconds=seconds))
        words.append(text)
        offset += len(text) + 1
    if words:
        yield Block(" ".join(words), parts=tuple(parts))


def _stretches(group: Sequence[Said]) -> Iterator[list[Said]]:
    """Cut speech where a sentence ends after 15 seconds, else before 30 seconds are over."""
    stretch: list[Said] = []
    for said in group:
        if stretch and _is_full(stretch, said):
            yield stretch
            stretch = []
        stretch.append(said)
    if stretch:
        yield stretch


def _is_full(stretch: Sequence[Said], other: Said) -> bool:
    times = [said.seconds for said in (*stretch, other) if said.seconds]
    if not times:
        return False
    before = [said.seconds[1] for said in stretch if said.seconds]
    if max(end for _, end in times) - times[0][0] > _MOST_SECONDS:
        return True
    return bool(before) and max(before) - times[0][0] >= _LEAST_SECONDS and ends_sentence(stretch[-1].text)


def _problems(captions: Captions, pages: Sequence[Page]) -> Iterator[PageProblem]:
    """Name cues whose times cannot be read; their words are on the pages without a time."""
    if captions.broken and pages:
        lines = ", ".join(str(number) for number in captions.broken[:5])
        more = " and more" if len(captions.broken) > 5 else ""
        message = f"The times in these lines of the file could not be read: {lines}{more}. The words are kept."
        yield PageProblem(pages[0].number, "broken_times", message)
