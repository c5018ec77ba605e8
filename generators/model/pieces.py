"""Cuts evidence so that a model can take it in: at the borders of sections and sentences, and nothing cut unsaid."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generators.compose.reading.parse import ParsedSection, Sentence
from generators.kinds.contract import Request
from generators.model.replies import number
from generators.model.tokens import count_tokens
from safety.injection import MARK

_SMALL = 3
"""A section that does not fit any more begins a new piece, unless less than a third of the piece is filled."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Runs of sentences that fit, in reading order, and how many sentences of `of` are in none."""

    pieces: tuple[tuple[Sentence, ...], ...]
    left_out: int
    of: int

    @property
    def note(self) -> str:
        """Say in plain words what the model did not see; empty when it saw everything."""
        if not self.left_out:
            return ""
        if self.left_out == 1:
            return f"1 of {self.of} sentences did not fit into the language model, so it was left out."
        return f"{self.left_out} of {self.of} sentences did not fit into the language model, so they were left out."


def cut(parsed: ParsedSection, room: int) -> Pieces:
    """Cut all sentences into pieces of at most `room` tokens. Sentences that are longer than that are left out."""
    sizes = {sentence.index: _size(parsed, sentence) for sentence in parsed.sentences}
    pieces: list[list[Sentence]] = []
    filled = room
    for section in _by_section(parsed):
        fitting = [sentence for sentence in section if sizes[sentence.index] <= room]
        is_over = filled + sum(sizes[sentence.index] for sentence in fitting) > room
        if is_over and filled * _SMALL >= room:
            filled = room
        for sentence in fitting:
            if filled + sizes[sentence.index] > room:
                pieces.append([])
                filled = 0
            pieces[-1].append(sentence)
            filled += sizes[sentence.index]
    kept = sum(map(len, pieces))
    return Pieces(tuple(map(tuple, pieces)), len(parsed.sentences) - kept, len(parsed.sentences))


def choose(parsed: ParsedSection, room: int, request: Request) -> Pieces:
    """Choose one piece of at most `room` tokens: what stands nearest to a question's source, or else first.

    What was found for a question stands best first.
    """
    left, chosen = room, []
    for sentence in sorted(parsed.sentences, key=_distance(parsed, request)):
        size = _size(parsed, sentence)
        if size <= left:
            chosen.append(sentence)
            left -= size
    chosen.sort(key=lambda sentence: sentence.index)
    pieces = (tuple(chosen),) if chosen else ()
    return Pieces(pieces, len(parsed.sentences) - len(chosen), len(parsed.sentences))


def _size(parsed: ParsedSection, sentence: Sentence) -> int:
    return count_tokens(f"{number(parsed, [sentence])}\n".replace(" ", MARK))


def _by_section(parsed: ParsedSection) -> Iterator[list[Sentence]]:
    """Yield the sentences of each section of the evidence."""
    evidence = parsed.evidence

    def section_of(sentence: Sentence) -> int:
        return evidence.chunks[bisect_right(evidence.offsets, sentence.at.start) - 1].section

    for _, sentences in groupby(parsed.sentences, key=section_of):
        yield list(sentences)


def _distance(parsed: ParsedSection, request: Request) -> Callable[[Sentence], int]:
    """Give how far a sentence stands from the source of the question that is asked about."""
    cited = request.question.claim.citations if request.question else ()
    places = [at.start for citation in cited if (at := parsed.evidence.find(citation))]
    sources = [found.index for place in places if (found := parsed.sentence_at(place))] or [0]
    return lambda sentence: min(abs(sentence.index - source) for source in sources)
