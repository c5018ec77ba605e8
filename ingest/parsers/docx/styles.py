"""Styles of a Word document: which are headings, titles and captions, and how their letters look."""

import re
from dataclasses import dataclass, fields, replace

from ingest.parsers.office.ooxml import Element, W, whole

_BODY_LEVEL = 9
"""The outline level that means: no heading (ISO/IEC 29500-1, 17.3.1.20)."""

_DEEPEST = 8
_MOST_BASES = 20
_HEADING_NAMES = (
    *("heading", "überschrift", "titre", "título", "titulo", "titolo", "kop", "rubrik", "overskrift", "otsikko"),
    *("nagłówek", "nadpis", "címsor", "titlu", "başlık", "заголовок", "επικεφαλίδα", "כותרת", "عنوان", "العنوان"),
    *("标题", "標題", "見出し", "제목", "tiêu đề", "encabezado", "cabeçalho", "naslov", "antraštė", "virsraksts"),
)
_HEADING = re.compile(rf"(?:{'|'.join(_HEADING_NAMES)})\s*([1-9])(?:\s*(?:char|zchn|car))?", re.IGNORECASE)
_TITLE = re.compile(r"title|titel|titre|título|titolo|otsikko|название|标题|標題|表題|제목", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:image |table |figure )?caption|figure|beschriftung|légende|epígrafe|descripción|didascalia|bijschrift"
    r"|legenda|bildtext|题注|図表番号|캡션|название объекта",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:toc|table of figures|verzeichnis|tm|tdc|inhopg|sommario|目录|目次)\s*[1-9]?", re.IGNORECASE)
_DEEPER = re.compile(r"list (?:bullet|number|continue) ([2-5])", re.IGNORECASE)
"""Word's own styles for lists within lists, which count as lists of their own."""

_STRONG = re.compile(r"strong|(?:subtle |intense )?emphasis|keyword|term|fett|hervorhebung", re.IGNORECASE)
_ON = {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are set; None where nothing is said. `size` in points, `colour` in six hexadecimal digits."""

    is_bold: bool | None = None
    is_italic: bool | None = None
    is_vanished: bool | None = None
    size: float | None = None
    colour: str | None = None
    is_shaded: bool | None = None
    font: str | None = None

    def over(self, base: "Look") -> "Look":
        """Give this look where it says something, and the other elsewhere."""
        said = {one.name: value for one in fields(self) if (value := getattr(self, one.name)) is not None}
        return replace(base, **said) if said else base


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says with all those that it is based on. `level` is 0 for what is no heading.

    `depth` says how deep in lists its paragraphs stand, where the name of the style alone tells.
    """

    name: str = ""
    level: int = 0
    is_title: bool = False
    is_caption: bool = False
    is_contents: bool = False
    is_strong: bool = False
    look: Look = Look()
    numbering: tuple[str, int] | None = None
    has_shading: bool = False
    depth: int = 0


PLAIN = Style()


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self._usual = {"paragraph": "", "table": ""}
        self.look = Look()
        if root is None:
            return
        for style in root.findall(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._elements[name] = style
            if style.get(f"{W}default") in _ON:
                self._usual[style.get(f"{W}type", "")] = name
        self.look = read_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def find(self, name: str, kind: str = "paragraph") -> Style:
        """Give the style of this id, else the usual one of its kind."""
        name = name if name in self._elements else self._usual.get(kind, "")
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> Style:
        chain: list[Element] = []
        while name in self._elements and len(chain) < _MOST_BASES:
            chain.append(self._elements[name])
            name = _value(chain[-1].find(f"{W}basedOn"))
        style = Style(name=_name(chain[0]) if chain else "")
        for element in reversed(chain):
            style = _refine(style, element)
        names = [_name(element) for element in chain]
        deeper = next((found for one in names if (found := _DEEPER.fullmatch(one))), None)
        return replace(
            style,
            depth=int(deeper[1]) - 1 if deeper else 0,
            is_title=bool(names) and bool(_TITLE.fullmatch(names[0])),
            is_caption=any(_CAPTION.fullmatch(one) for one in names),
            is_contents=bool(names) and bool(_CONTENTS.fullmatch(names[0])),
            is_strong=bool(names) and bool(_STRONG.fullmatch(names[0])),
        )


def _refine(style: Style, element: Element) -> Style:
    """Give a style with what another that is based on it says."""
    named = _HEADING.fullmatch(_name(element))
    level = int(named[1]) if named else style.level
    outline = read_level(element.find(f"{W}pPr"))
    return replace(
        style,
        level=level if outline is None else outline,
        look=read_look(element.find(f"{W}rPr")).over(style.look),
        numbering=read_numbering(element.find(f"{W}pPr")) or style.numbering,
        has_shading=style.has_shading or any(is_shade(shade) for shade in element.iter(f"{W}shd")),
    )


def read_level(properties: Element | None) -> int | None:
    """Give the heading level that properties of a paragraph say (0: none), or None where they are silent."""
    said = _value(properties.find(f"{W}outlineLvl")) if properties is not None else ""
    if not said:
        return None
    outline = whole(said, _BODY_LEVEL)
    return outline + 1 if 0 <= outline < _BODY_LEVEL else 0


def read_numbering(properties: Element | None) -> tuple[str, int] | None:
    """Give the list that a paragraph's properties name, and its level in it."""
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    if numbering is None:
        return None
    depth = whole(_value(numbering.find(f"{W}ilvl")))
    return _value(numbering.find(f"{W}numId")), min(max(depth, 0), _DEEPEST)


def read_look(properties: Element | None) -> Look:
    """Read how letters are set from the properties of a run."""
    if properties is None or not len(properties):
        return Look()
    size = whole(_value(properties.find(f"{W}sz")), -1)
    colour = properties.find(f"{W}color")
    shade, light = properties.find(f"{W}shd"), _value(properties.find(f"{W}highlight"))
    fonts = properties.find(f"{W}rFonts")
    return Look(
        is_bold=_switch(properties.find(f"{W}b")),
        is_italic=_switch(properties.find(f"{W}i")),
        is_vanished=_switch(properties.find(f"{W}vanish")),
        size=size / 2 if size >= 0 else None,
        colour=_value(colour).upper() if colour is not None else None,
        is_shaded=True if is_shade(shade) or light not in {"", "none", "white"} else None,
        font=fonts.get(f"{W}ascii") if fonts is not None else None,
    )


def is_shade(shade: Element | None) -> bool:
    """Whether something is set on a ground that is not white."""
    if shade is None:
        return False
    fill = shade.get(f"{W}fill", "")
    is_coloured = fill.lower() not in {"auto", "", "ffffff"} or bool(shade.get(f"{W}themeFill"))
    return is_coloured or _value(shade) not in {"clear", "nil", ""}


def _switch(element: Element | None) -> bool | None:
    if element is None:
        return None
    return element.get(f"{W}val", "1").lower() in _ON


def _name(style: Element) -> str:
    return _value(style.find(f"{W}name")) or style.get(f"{W}styleId", "")


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")
