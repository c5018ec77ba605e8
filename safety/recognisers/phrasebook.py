"""The words that surround personal data, language by language: data in `languages/`, made into regular expressions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_LANGUAGES = Path(__file__).parent / "languages"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = (
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u0dff]")),
)
_HEAD = 2000
"""Characters that tell the language."""

_SHARE = 0.6
_SHARED = {"a", "i"}
"""Words of too many languages."""

_ENGLISH = "en"
_QUANTIFIERS = "?*+{"
ANY = "any"
_SLOT = re.compile(r"(?<!\?P)<(\w+)>")
NEVER = r"(?!)"
"""Matches nothing: a slot that a language leaves empty."""

_BEGINS, _ENDS = r"(?<![\w'’])", r"(?!\w)"
"""What stands around a word of a language with blanks between words."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The slots of every language as pieces of regular expressions, and the small words that tell a language."""

    slots: Mapping[str, Mapping[str, str]]
    stops: Mapping[str, frozenset[str]]
    _patterns: dict[tuple[str, str], re.Pattern[str]] = field(default_factory=dict)

    def guess(self, text: str) -> tuple[str, ...]:
        """Give the languages that a text may be in: every one where no small word tells."""
        words = {word.casefold() for word in _WORD.findall(text[:_HEAD])} - _SHARED
        hits = {name: len(words & stop) for name, stop in self.stops.items() if stop}
        english = hits.pop(_ENGLISH)
        best = max(hits.values())
        others = [name for name, count in hits.items() if count > english and count >= best * _SHARE]
        scripts = [name for name, script in _SCRIPTS if script.search(text[:_HEAD])]
        if not english and not others and not scripts:
            return (_ENGLISH, *hits)
        return (*(() if others and not english else (_ENGLISH,)), *others, *scripts)

    def pattern(self, language: str, template: str) -> re.Pattern[str]:
        """Compile a template for one language, or for `ANY`: `<slot>` stands for the slot's phrases."""
        key = language, template
        if key not in self._patterns:
            filled = _SLOT.sub(lambda match: self._phrases(language, match[1]), template)
            self._patterns[key] = re.compile(filled, re.IGNORECASE | re.MULTILINE)
        return self._patterns[key]

    def _phrases(self, language: str, slot: str) -> str:
        if language != ANY:
            return self.slots[language].get(slot, NEVER)
        found = [own[slot] for own in self.slots.values() if slot in own]
        # looked behind once, not for each language
        spaced = "|".join(one[len(_BEGINS) : -len(_ENDS)] for one in found if one.startswith(_BEGINS))
        rest = [one for one in found if not one.startswith(_BEGINS)]
        return "(?:" + "|".join([*([f"{_BEGINS}(?:{spaced}){_ENDS}"] if spaced else []), *rest]) + ")"

    def any_stop(self, languages: Iterable[str]) -> frozenset[str]:
        """Give the small words of some languages."""
        return frozenset().union(*(self.stops[name] for name in languages))


@cache
def load_phrasebook() -> Phrasebook:
    """Read the languages of the package. Raises `re.error` at first use of a wrong expression."""
    import yaml

    slots: dict[str, dict[str, str]] = {}
    stops: dict[str, frozenset[str]] = {}
    for path in sorted(_LANGUAGES.glob("*.yaml")):
        content: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        stops[path.stem] = frozenset(word.casefold() for word in content.pop("stop", ()))
        is_spaced = "spaced" not in content
        content.pop("spaced", None)
        slots[path.stem] = {slot: _alternatives(phrases, is_spaced=is_spaced) for slot, phrases in content.items()}
    return Phrasebook(slots, stops)


def _alternatives(phrases: Iterable[str], *, is_spaced: bool) -> str:
    joined = _grouped(sorted(phrases, key=len, reverse=True), 3)
    return f"{_BEGINS}{joined}{_ENDS}" if is_spaced else joined


def _grouped(phrases: list[str], depth: int) -> str:
    """Alternatives that begin alike share their first letter, so that the engine tries few of them."""
    groups: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        is_plain = phrase[:1].isalpha() and phrase[1:2] not in _QUANTIFIERS and depth
        groups[phrase[0] if is_plain else ""].append(phrase)
    rest = groups.pop("", [])
    parts = [first + _grouped([phrase[1:] for phrase in group], depth - 1) for first, group in groups.items()]
    return "(?:" + "|".join([*parts, *rest]) + ")"
