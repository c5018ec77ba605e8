"""Which elements of a web page nobody sees: by their attributes, their own style, and the page's plain style rules."""

import re
from collections.abc import Iterable

from ingest.parsers.html.tree import Attributes, classes_of

_UNSEEN = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|opacity\s*:\s*0*(?:\.0+)?(?![.\d]*[1-9])(?:\s*%)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*(?:0*\.0*|0+|0*\.\d+(?=px|pt)|1(?=px|pt))(?![.\d]*[1-9])\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right|margin-left|margin-top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%\s*\)|transform\s*:\s*scale\(\s*0\s*\)|color\s*:\s*transparent)",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(r"(?<![-\w])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?<![-\w])overflow(?:-[xy])?\s*:\s*hidden", re.IGNORECASE)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:white|#f{3}\b|#f{6}\b|rgba?\(\s*255\s*,\s*255\s*,\s*255\b|rgba\([^)]*,\s*0\s*\))",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background|bgcolor", re.IGNORECASE)
_BLOCK_RULE = re.compile(r"@(?!import|charset)[^{};]{0,300}\{(?:[^{}]{0,2000}\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{1,2000})\}")
_SELECTOR = re.compile(r"\s*([a-z][\w-]*)?([.#])([\w-]+)\s*\Z", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MOST_RULES = 5_000
_LONGEST_SHEET = 500_000


class Sight:
    """Says of elements whether people see them."""

    def __init__(self, sheets: Iterable[str] = (), *, has_background: bool = True) -> None:
        """Read the rules of a page's style sheets.

        `has_background` says that something may lie behind white letters: where the page knows no background,
        they are as good as not there.
        """
        self._has_background = has_background
        self._hiding: set[tuple[str, str, str]] = set()
        for sheet in sheets:
            self._learn(_COMMENT.sub(" ", sheet[:_LONGEST_SHEET]))

    def is_hidden(self, name: str, attributes: Attributes) -> bool:
        """Whether an element and all that stands in it is not to be seen."""
        hidden = attributes.get("hidden")
        if hidden is not None and hidden.lower() != "until-found":
            return True
        style = attributes.get("style", "")
        return (
            attributes.get("aria-hidden", "").lower() == "true"
            or bool(style and self._is_unseen(style))
            or (name == "font" and not self._has_background and _is_white_font(attributes))
            or bool(self._hiding and self._is_hidden_by_rule(name, attributes))
        )

    def _is_unseen(self, style: str) -> bool:
        if _UNSEEN.search(style) or (_NO_SIZE.search(style) and _CUT_OFF.search(style)):
            return True
        return not self._has_background and bool(_WHITE.search(style)) and not _BACKGROUND.search(style)

    def _is_hidden_by_rule(self, name: str, attributes: Attributes) -> bool:
        marks = [(".", one) for one in classes_of(attributes)] + [("#", attributes.get("id", "").lower())]
        return any((of, mark, one) in self._hiding for mark, one in marks for of in ("", name))

    def _learn(self, sheet: str) -> None:
        """Keep the rules that hide a class or an element; those for print, small screens and the like say nothing."""
        for found in list(_RULE.finditer(_BLOCK_RULE.sub(" ", sheet)))[:_MOST_RULES]:
            if self._is_unseen(found[2]):
                for selector in found[1].split(","):
                    if plain := _SELECTOR.match(selector):
                        self._hiding.add(((plain[1] or "").lower(), plain[2], plain[3].lower()))


def knows_background(html: str) -> bool:
    """Whether a page says anything of what lies behind its letters, or leaves it to a file that is not there."""
    return bool(_BACKGROUND.search(html) or re.search(r"<link[^>]{0,300}stylesheet", html, re.IGNORECASE))


def _is_white_font(attributes: Attributes) -> bool:
    return attributes.get("color", "").strip().lower() in {"white", "#fff", "#ffffff"}
