"""Lines as a recogniser gives them, for tests of what is made of them."""

from domain.documents import Box
from ingest.recognition.contract import Line, RecognisedPage, Word

TALL, DEEP = set("bdfhkltABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), set("gjpqy,")
PAGE = 2000
"""Pixels of a page's sides."""


def a_line(text: str, top: float, *, block: int = 1, paragraph: int = 1, size: float = 30, sure: float = 0.95) -> Line:
    """Set a line at a height of its page: its words as high as their letters would be in that type size."""
    words, left = [], 100.0
    for said in text.split(" "):
        shares = {(0, 0): 0.48, (1, 0): 0.7, (0, 1): 0.69, (1, 1): 0.92}
        height = size * shares[bool(TALL & set(said)), bool(DEEP & set(said))]
        right = left + len(said) * size / 2
        box = Box(left / PAGE, top / PAGE, right / PAGE, (top + size) / PAGE)
        words.append(Word(said, sure, box, left, right, height))
        left = right + size / 3
    return Line(tuple(words), block, paragraph, 100.0, top, left, top + size)


def recognised(*lines: Line, confidence: float = 0.95) -> RecognisedPage:
    """Give a page of these lines."""
    return RecognisedPage(lines, confidence, "en")
