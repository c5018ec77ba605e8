"""Rules of style sheets, as far as they say who sees what: which elements they are for, and what they set."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Weighted = dict[str, tuple[tuple[int, ...], str]]
"""What is set for an element: by property its weight in the cascade, and its value."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.IGNORECASE)
_BRACE = re.compile(r"[{};]")
_READ_WITHIN = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)|layer\b[\w\s.-]*|supports\b[^{]*)\s*", re.IGNORECASE)
_SELECTOR = re.compile(r"(?:[\w.#*>+\s-]|\[[\w-]+(?:[~|^$*]?=[\w-]+)?\])+")
_PART = re.compile(r"[>+\s]+")
_CLOSE = re.compile(r"\s*([>+])\s*")
_NAME = re.compile(r"(?:^|[\s>+])[a-z]", re.IGNORECASE)
_NAMED = (
    "display visibility content-visibility opacity font font-size text-indent left top right bottom margin-left "
    "margin-top clip clip-path transform height width max-height max-width overflow overflow-x overflow-y color "
    "background background-color background-image background-clip -webkit-background-clip position"
)
_PROPERTIES = frozenset(_NAMED.split())
_LONGEST_SHEET = 500_000
_MOST_RULES = 5_000
_MOST_SELECTORS = 2_000
_MOST_PARTS = 5
_MOST_STEPS = 1_000_000
_MOST_MATCHES = 20_000_000
"""Selectors times elements: matching takes time with both."""

_INLINE = (0, 1, 0, 0, 0)
_IMPORTANT_INLINE = (1, 1, 0, 0, 0)
_MATTERS = re.compile(r"none|hidden|collapse|transparent")


@dataclass(frozen=True, slots=True)
class _Rule:
    selectors: tuple[str, ...]
    settings: tuple[tuple[str, str, bool], ...]


def read_style(style: str) -> Weighted:
    """Give what an element's own style sets."""
    found: Weighted = {}
    for name, value, is_important in _settings(_plain(style)):
        _set(found, name, value, weight=_IMPORTANT_INLINE if is_important else _INLINE)
    return found


def match_sheets(root: "LexborNode", sheets: Iterable[str]) -> dict[int, Weighted]:
    """Give what style sheets set for the elements below `root`, by their places in memory.

    Rules for screens and for everything count, with plain selectors; those with pseudo-classes say nothing of a page
    that nobody touches. Bounded in rules, selectors and work.
    """
    found: dict[int, Weighted] = {}
    rules = [rule for sheet in sheets for rule in _rules(sheet)][:_MOST_RULES]
    asked = [(order, one, rule) for order, rule in enumerate(rules) for one in rule.selectors]
    # what hides outright comes first, should there be too many
    asked.sort(key=lambda one: not any(_MATTERS.search(value) for _, value, _ in one[2].settings))
    matcher = _Matcher(root)
    for order, selector, rule in asked[:_MOST_SELECTORS]:
        for place in matcher.find(selector):
            kept = found.setdefault(place, {})
            for name, value, is_important in rule.settings:
                _set(kept, name, value, weight=(int(is_important), 0, *_specificity(selector), order))
    return found


class _Matcher:
    """Finds elements by selectors, one step of a selector at a time: all of them at once may take endlessly."""

    def __init__(self, root: "LexborNode") -> None:
        self._root = root
        self._count = 0
        self._steps = 0
        self._found: dict[str, dict[int, LexborNode]] = {}

    def find(self, selector: str) -> list[int]:
        """Give the places of the elements that a selector is for; none once too much was asked."""
        *outer, last = _CLOSE.sub(r"\1", selector).split()
        sets = [(part.count(">"), self._matching(part)) for part in reversed(outer)]
        inner = self._matching(last)
        if not all(within for _, within in sets):
            return []
        return [place for place, node in inner.items() if self._stands_within(node, last.count(">"), sets)]

    def _stands_within(self, node: "LexborNode", skipped: int, sets: "list[tuple[int, dict[int, LexborNode]]]") -> bool:
        above = node.parent
        for up, within in sets:
            while above is not None and (skipped or above.mem_id not in within):
                skipped = max(skipped - 1, 0)
                above = above.parent
                self._steps += 1
            if above is None or self._steps > _MOST_STEPS:
                return False
            skipped, above = up, above.parent
        return True

    def _matching(self, part: str) -> "dict[int, LexborNode]":
        from selectolax.lexbor import SelectolaxError

        if part not in self._found:
            self._count = self._count or len(self._root.css("*")) + 1
            try:
                is_too_much = len(self._found) * self._count > _MOST_MATCHES
                nodes = [] if is_too_much else self._root.css(part)
            except SelectolaxError:
                nodes = []
            self._found[part] = {node.mem_id: node for node in nodes}
        return self._found[part]


def merge(*layers: Weighted) -> dict[str, str]:
    """Give the values that win."""
    found: Weighted = {}
    for layer in layers:
        for name, (weight, value) in layer.items():
            _set(found, name, value, weight=weight)
    return {name: value for name, (_, value) in found.items()}


def _set(kept: Weighted, name: str, value: str, *, weight: tuple[int, ...]) -> None:
    if name not in kept or kept[name][0] <= weight:
        kept[name] = (weight, value)


def _plain(text: str) -> str:
    """Take comments, texts and escapes out of a sheet."""
    text = _STRING.sub('""', _COMMENT.sub(" ", text[:_LONGEST_SHEET]))
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0xFFFF)), text) if "\\" in text else text


def _rules(sheet: str) -> Iterator[_Rule]:
    """Give the rules of a sheet that say who sees what; blocks for print, small screens and motion are passed over."""
    text = _plain(sheet)
    depth, skipped_at, start = 0, -1, 0
    prelude = ""
    for found in _BRACE.finditer(text):
        piece = text[start : found.start()].strip()
        if found[0] == ";":
            start = start if prelude else found.end()
            continue
        start = found.end()
        if found[0] == "{":
            depth += 1
            if skipped_at < 0 and (prelude or (piece.startswith("@") and not _READ_WITHIN.fullmatch(piece))):
                skipped_at, prelude = depth, ""
            elif skipped_at < 0 and not piece.startswith("@"):
                prelude = piece
            continue
        if prelude and skipped_at < 0:
            selectors = tuple(one.strip() for one in prelude.split(",") if _is_plain(one))
            if selectors and (settings := tuple(_settings(piece))):
                yield _Rule(selectors, settings)
        prelude = ""
        skipped_at = -1 if depth == skipped_at else skipped_at
        depth = max(depth - 1, 0)


def _is_plain(selector: str) -> bool:
    selector = selector.strip()
    return bool(_SELECTOR.fullmatch(selector)) and len(_PART.split(selector)) <= _MOST_PARTS


def _settings(text: str) -> Iterator[tuple[str, str, bool]]:
    for piece in text[:20_000].split(";"):
        name, _, value = piece.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if name in _PROPERTIES and value:
            plain, mark, _ = value.partition("!")
            yield name, plain.strip(), bool(mark)


def _specificity(selector: str) -> tuple[int, int, int]:
    return selector.count("#"), selector.count(".") + selector.count("["), len(_NAME.findall(selector))
