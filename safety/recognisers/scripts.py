"""Names in scripts without capitals: Chinese, Japanese, Korean, Arabic, Devanagari, Thai, Hebrew, by their neighbours.

The cues and the family names are data in `words/scripts.yaml`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from safety.recognisers.lexicon import Lexicon
from safety.recognisers.spans import Found

_DATA = Path(__file__).parent / "words" / "scripts.yaml"
_HAS_SCRIPT = re.compile(r"[\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"[\u0621-\u064a\u0900-\u097f]+")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The cues of these scripts, and words that stand in a name's place and are none."""

    patterns: tuple[re.Pattern[str], ...]
    not_names: frozenset[str]


@cache
def load_scripts() -> Scripts:
    """Read the cues of the package."""
    import yaml

    content: Mapping[str, Any] = yaml.load(_DATA.read_text("utf-8"), Loader=yaml.CSafeLoader)
    families = content["families"]
    one = f"[{families['chinese']}]"
    names = {
        "<chinese>": rf"(?:(?:{families['chinese_double']})[\u4e00-\u9fff]{{1,2}}|{one}[\u4e00-\u9fff]{{1,2}})",
        "<family>": one,
        "<korean>": rf"[{families['korean']}][\uac00-\ud7a3]{{2}}",
        "<korean_family>": f"[{families['korean']}]",
        "<korean_given>": f"(?:{families['korean_given']})",
        "<japanese_family>": f"(?:{families['japanese']})",
        "<japanese>": r"[\u4e00-\u9fff々\u3040-\u30ffー]",
    }
    patterns = []
    for pattern in content["patterns"]:
        filled = pattern
        for slot, name in names.items():
            filled = filled.replace(slot, name)
        patterns.append(re.compile(filled, re.MULTILINE))
    return Scripts(tuple(patterns), frozenset(content["not_names"]))


def find_in_scripts(text: str, lexicon: Lexicon, *, is_told: bool, is_personal: bool) -> list[Found]:
    """Find names by cues; by the list of given names too where `is_personal`.

    Nothing where the text teaches, asks about the world or counts, and nobody speaks of themselves (`is_told`).
    """
    if not is_told or not _HAS_SCRIPT.search(text):
        return []
    return [*_cued(text, load_scripts()), *(_listed(text, lexicon) if is_personal else ())]


def _cued(text: str, scripts: Scripts) -> Iterator[Found]:
    for pattern in scripts.patterns:
        for match in pattern.finditer(text):
            if match["name"] not in scripts.not_names:
                yield Found(match.start("name"), match.end("name"), "PERSON")


def _listed(text: str, lexicon: Lexicon) -> Iterator[Found]:
    for match in _WORD.finditer(text):
        if match[0] in lexicon.given:
            yield Found(match.start(), match.end(), "PERSON")
