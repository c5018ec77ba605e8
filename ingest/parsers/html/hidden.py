"""Which elements of a web page nobody sees: by their attributes, their own style, and the page's style rules."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.parsers.html.colours import BLACK, WHITE, Colour, lay_over, read_background, read_colour, stands_out
from ingest.parsers.html.sheets import Weighted, match_sheets, merge, read_style
from ingest.parsers.html.tree import Attributes, attributes_of, name_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_FRAMES = frozenset(["html", "body", "main"])
_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%|ex|ch|pc|mm|cm|in)?")
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|vw|vh)?")
_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "rem": 16, "": 1}
_OF_PARENT = {"em": 1, "%": 0.01, "ex": 0.5, "ch": 0.5}
_NOTHING_CUT_OUT = re.compile(
    r"rect\(\s*([01])(?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|inset\(\s*(?:[5-9]\d|100)%\s*\)|circle\(\s*0(?:px|%)?\s*[\s)].*|polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*\)"
)
_SCALED_AWAY = re.compile(r"scale(?:3d|[xy])?\(\s*0(?:\.0*)?\s*[,)]")
_FONT_SIZE = re.compile(r"(?<![\w.-])(\d*\.?\d+(?:px|pt|em|rem|%))")
_FAR_OFF = -900
_LEAST_INK = 0.05
_LEAST_SIZE = 3
_USUAL_SIZE = 16
_MOST_LOOKS = 200_000
_SHOWN_ON_TOP = "img, picture, video, canvas, svg, iframe"
_LINK: Colour = (0, 0, 238, 1)
_MARKER: Colour = (255, 255, 0, 1)


@dataclass(frozen=True, slots=True)
class _Look:
    """How letters of an element look. A colour that is not known is None."""

    colour: Colour | None = BLACK
    behind: Colour | None = WHITE
    size: float = _USUAL_SIZE
    is_invisible: bool = False
    said: tuple[str, str] = ("", "")

    @property
    def is_unseen(self) -> bool:
        """Whether nobody can read it: no size, or letters like what lies behind them."""
        if self.is_invisible or self.size < _LEAST_SIZE:
            return True
        if self.colour is None or self.behind is None:
            return bool(self.said[0]) and self.said[0] == self.said[1]
        return not stands_out(self.colour, self.behind)


class Sight:
    """Says of elements whether people see them."""

    def __init__(
        self, root: "LexborNode | None" = None, sheets: Iterable[str] = (), *, is_styled_elsewhere: bool = False
    ) -> None:
        """Match the style sheets of a page with its elements, those below `root`.

        `is_styled_elsewhere` says that there are sheets that are not at hand: they may set what lies behind any
        element with a class or a name.
        """
        self._set = match_sheets(root, sheets) if root is not None else {}
        self._is_styled_elsewhere = is_styled_elsewhere
        self._looks: dict[int, _Look] = {}
        self._looked = 0

    def is_hidden(self, node: "LexborNode", name: str, attributes: Attributes) -> bool:
        """Whether an element and all that stands in it is not to be seen, whatever stands in it says of itself."""
        hidden = attributes.get("hidden")
        if hidden is not None and hidden.lower() != "until-found":
            return True
        if attributes.get("aria-hidden", "").lower() == "true":
            return True
        own = self._own(node, name, attributes)
        return bool(own) and _hides(own)

    def is_unseen(self, node: "LexborNode") -> bool:
        """Whether the letters of an element cannot be read; those of elements within it may be."""
        return self._look(node).is_unseen

    def is_all_unseen(self, node: "LexborNode") -> bool:
        """Whether neither the letters of an element nor of any within it can be read."""
        if not self._look(node).is_unseen:
            return False
        inner = node.css("*")
        self._looked += len(inner)
        return self._looked > _MOST_LOOKS or all(self._look(one).is_unseen for one in inner)

    def _own(self, node: "LexborNode", name: str, attributes: Attributes) -> dict[str, str]:
        """Give what is set for an element: by old attributes, by the page's rules, by its own style."""
        style = attributes.get("style", "")
        by_rules = self._set.get(node.mem_id)
        old = _old_attributes(name, attributes)
        if not style and not by_rules and not old:
            return {}
        return merge(old, by_rules or {}, read_style(style))

    def _look(self, node: "LexborNode") -> _Look:
        """Give how an element looks, from the outermost inwards."""
        path = []
        above: LexborNode | None = node
        while above is not None and above.is_element_node and above.mem_id not in self._looks:
            path.append(above)
            above = above.parent
        look = self._looks.get(above.mem_id, _Look()) if above is not None else _Look()
        for one in reversed(path):
            look = self._look_within(one, look)
            self._looks[one.mem_id] = look
        return look

    def _look_within(self, node: "LexborNode", around: _Look) -> _Look:
        name, attributes = name_of(node), attributes_of(node)
        own = self._own(node, name, attributes)
        is_named = self._is_styled_elsewhere and bool(attributes.get("class") or attributes.get("id"))
        look = replace(around, behind=None) if is_named else around
        if name == "a" and "href" in attributes:
            look = replace(look, colour=_LINK, said=("", look.said[1]))
        elif name == "mark":
            look = replace(look, colour=BLACK, behind=_MARKER, said=("", ""))
        if not own:
            return look
        look = _with_background(look, own)
        if own.get("position") in {"absolute", "fixed"} and "background" not in " ".join(own):
            above = node.parent
            if above is not None and above.css_first(_SHOWN_ON_TOP) is not None:
                look = replace(look, behind=None)
        look = _with_colour(look, around, own)
        size = _size(own, around.size)
        is_invisible = look.is_invisible
        if "visibility" in own and own["visibility"] != "inherit":
            is_invisible = own["visibility"] in {"hidden", "collapse"}
        if name in _FRAMES:
            # a page that waits for its script
            return replace(look, size=max(size, _LEAST_SIZE), is_invisible=False)
        return replace(look, size=size, is_invisible=is_invisible)


def is_styled_elsewhere(html: str) -> bool:
    """Whether a page leaves its looks to a style sheet that is not in it."""
    linked = re.search(r"<link[^>]{0,300}stylesheet", html, re.IGNORECASE)
    return bool(linked or re.search(r"@import\b", html, re.IGNORECASE))


def _hides(own: Mapping[str, str]) -> bool:
    return (
        own.get("display") == "none"
        or own.get("content-visibility") == "hidden"
        or _ink(own.get("opacity", "1")) <= _LEAST_INK
        or bool(_SCALED_AWAY.search(own.get("transform", "")))
        or bool(_NOTHING_CUT_OUT.match(own.get("clip", "")) or _NOTHING_CUT_OUT.match(own.get("clip-path", "")))
        or _is_cut_off(own)
        or _is_far_off(own)
    )


def _is_cut_off(own: Mapping[str, str]) -> bool:
    if not any(own.get(name, "").startswith(("hidden", "clip")) for name in ("overflow", "overflow-x", "overflow-y")):
        return False
    sizes = [own[name] for name in ("height", "max-height", "width", "max-width") if name in own]
    return any(-1 <= _length(size, otherwise=_USUAL_SIZE) <= 1 for size in sizes)


def _is_far_off(own: Mapping[str, str]) -> bool:
    names = ["margin-left", "margin-top"]
    if own.get("position", "static") != "static":
        names += ["left", "top", "right", "bottom"]
    if any(_length(own.get(name, "")) <= _FAR_OFF for name in names):
        return True
    indent = own.get("text-indent", "")
    return indent.startswith("-") and (_length(indent) <= _FAR_OFF / 9 or indent.startswith(("-100%", "-999")))


def _length(text: str, *, otherwise: float = 0) -> float:
    """Give a length in pixels, parts of the page's width or height as if it had 1,000 of them."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return otherwise
    unit = found[2] or ""
    return float(found[1]) * {"em": 16, "rem": 16, "vw": 10, "vh": 10, "%": 4}.get(unit, _PIXELS.get(unit, 1))


def _ink(text: str) -> float:
    try:
        return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return 1


def _with_background(look: _Look, own: Mapping[str, str]) -> _Look:
    for name in ("background", "background-color", "background-image"):
        said = own.get(name, "")
        if not said or said in {"inherit", "unset", "initial", "none"}:
            continue
        colour = read_background(said)
        if colour is None:
            look = replace(look, behind=None, said=(look.said[0], "" if "url(" in said else said))
        elif colour[3] > 0:
            behind = lay_over(colour, look.behind) if look.behind and colour[3] < 1 else colour
            look = replace(look, behind=behind if behind[3] == 1 else None, said=(look.said[0], said))
    return look


def _with_colour(look: _Look, around: _Look, own: Mapping[str, str]) -> _Look:
    said = own.get("color", "")
    if not said or said == "currentcolor":
        return look
    if said in {"inherit", "unset"}:
        return replace(look, colour=around.colour, said=(around.said[0], look.said[1]))
    colour = BLACK if said == "initial" else read_colour(said)
    if colour and colour[3] <= _LEAST_INK and look.behind is None:
        # letters that are holes: what lies behind shows through
        is_hole = "text" in {own.get("background-clip"), own.get("-webkit-background-clip")}
        return replace(look, colour=None, said=("", "")) if is_hole else replace(look, colour=WHITE, behind=WHITE)
    return replace(look, colour=colour, said=(said, look.said[1]))


def _size(own: Mapping[str, str], around: float) -> float:
    """Give the size of letters in pixels; one that only the browser knows is the usual one."""
    said = own.get("font-size", "")
    if not said and (short := _FONT_SIZE.search(own.get("font", ""))):
        said = short[1]
    if not said or said == "inherit":
        return around
    found = _SIZE.fullmatch(said)
    if not found:
        return _USUAL_SIZE
    number, unit = float(found[1]), found[2] or ""
    return number * around * _OF_PARENT[unit] if unit in _OF_PARENT else number * _PIXELS[unit]


def _old_attributes(name: str, attributes: Attributes) -> Weighted:
    """Give what the attributes of old pages say of colours."""
    weight = (-1,)
    found: Weighted = {}
    if attributes.get("bgcolor"):
        found["background-color"] = (weight, attributes["bgcolor"].lower())
    if attributes.get("background"):
        found["background-image"] = (weight, "url()")
    if name == "font" and attributes.get("color"):
        found["color"] = (weight, attributes["color"].lower())
    if name == "body" and attributes.get("text"):
        found["color"] = (weight, attributes["text"].lower())
    return found
