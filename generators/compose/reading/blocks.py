"""The paragraphs of a section, in order, as its text has them."""

import re
from dataclasses import dataclass

from domain.documents import Range
from generators.compose.reading.parse import ParsedSection, Sentence

_BLOCK = re.compile(r"\S.*?(?=\n[ \t]*\n|\Z)", re.DOTALL)

_LINE = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its place in the evidence, its words on one line, its sentences, its lines."""

    at: Range
    text: str
    sentences: tuple[Sentence, ...]
    lines: tuple[Range, ...]


def find_blocks(parsed: ParsedSection) -> tuple[Block, ...]:
    """Cut the evidence at its empty lines."""
    blocks = []
    waiting = list(parsed.sentences)
    for found in _BLOCK.finditer(parsed.evidence.text):
        own = []
        while waiting and waiting[0].at.start < found.end():
            own.append(waiting.pop(0))
        lines = tuple(Range(found.start() + one.start(), found.start() + one.end()) for one in _LINE.finditer(found[0]))
        blocks.append(Block(Range(found.start(), found.end()), " ".join(found[0].split()), tuple(own), lines))
    return tuple(blocks)
