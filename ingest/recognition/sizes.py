"""How large the letters of a recognised line are, from the heights of its words."""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from ingest.recognition.contract import Line, Word

_TALL = re.compile(r"[bdfhkltA-Z0-9ßÀ-ÖØ-Þ!?(){}\[\]/|àáâãäåèéêëìíîïòóôõöùúûü]")
_DEEP = re.compile(r"[gjpqyç,;Q(){}\[\]/|]")
_LETTERS = re.compile(r"[^\W_]{2}")
_SHARES = {(False, False): 0.48, (True, False): 0.70, (False, True): 0.69, (True, True): 0.92}
"""How much of the type size words take up whose letters rise above the others, sink below the line, or both."""


def size_of(line: Line) -> float:
    """Give the type size of a line in pixels; 0 where no word tells."""
    sizes = [_size(word) for word in line.words if _LETTERS.search(word.text)]
    return median(sizes) if sizes else 0.0


def usual_size(lines: Iterable[Line]) -> float:
    """Give the type size of most letters of a page in pixels; 0 for a page without words."""
    sized: Sequence[tuple[float, int]] = sorted((size_of(line), len(line.text)) for line in lines)
    half = sum(length for _, length in sized) / 2
    passed = 0
    for size, length in sized:
        passed += length
        if passed >= half:
            return size
    return 0.0


def _size(word: Word) -> float:
    return word.height / _SHARES[bool(_TALL.search(word.text)), bool(_DEEP.search(word.text))]
