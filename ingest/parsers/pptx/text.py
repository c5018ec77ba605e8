"""Words of slides: paragraphs and lists with their bullets and numbers; what cannot be seen is put aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.parsers.flow import Block
from ingest.parsers.office.numbers import spell
from ingest.parsers.office.ooxml import A, Element, M, whole
from ingest.parsers.office.text import Item, Line, set_list
from ingest.parsers.pptx.colours import Colours, fill_of, is_clear, look_alike

_FORMULA = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
_RUNNING = ("slidenum", "datetime", "footer", "header")
_LEAST_SIZE = 200
"""Hundredths of a point: what is set no larger is not there to be read."""

_DEEPEST = 8
_BULLET = "•"
_KNOWN_BULLETS = frozenset("•◦▪▫■□●○–—-*‣►➢→✓✔✗☐☑")
_NUMBER = re.compile(
    r"(arabicDb|arabic1|arabic2|arabic|alphaLc|alphaUc|romanLc|romanUc|circleNumDb|circleNumWdBlack|circleNumWdWhite"
    r"|ea1Chs|ea1Cht|ea1JpnChs|ea1JpnKor|hebrew2|thaiAlpha|thaiNum|hindiAlpha1?|hindiNum)"
    r"(Plain|Period|ParenBoth|ParenR|Minus|DbPeriod)?"
)
_FORMATS = {
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
    "circleNumDb": "decimalEnclosedCircle",
    "circleNumWdBlack": "decimalEnclosedCircle",
    "circleNumWdWhite": "decimalEnclosedCircle",
    "ea1Chs": "chineseCounting",
    "ea1Cht": "chineseCounting",
    "ea1JpnChs": "chineseCounting",
    "ea1JpnKor": "chineseCounting",
    "arabic1": "arabicAbjad",
    "arabic2": "arabicAlpha",
    "hebrew2": "hebrew2",
    "thaiAlpha": "thaiLetters",
    "thaiNum": "thaiNumbers",
    "hindiNum": "hindiNumbers",
}
_AROUND = {"Plain": ("", ""), "ParenBoth": ("(", ")"), "ParenR": ("", ")"), "Minus": ("", "-")}


@dataclass(frozen=True, slots=True)
class Ground:
    """What text stands on: its colour (None where it is not one known colour), and the styles of its levels.

    `styles` hold properties by levels, nearest first.
    """

    colours: Colours
    colour: str | None = None
    styles: tuple[Element, ...] = ()


@dataclass(slots=True)
class _Counter:
    """How far a numbered level has come."""

    how: str
    number: int


def read_body(body: Element | None, ground: Ground) -> list[Block]:
    """Read the paragraphs of a shape; those with bullets or numbers are put together to lists."""
    blocks: list[Block] = []
    items: list[Item] = []
    for item, is_listed in _paragraphs(body, ground):
        if is_listed:
            items.append(item)
            continue
        blocks += [set_list(items)] if items else []
        items = []
        blocks.append(item.block)
    return blocks + ([set_list(items)] if items else [])


def read_lines(body: Element | None, ground: Ground) -> list[Block]:
    """Read the paragraphs of a shape, without bullets and numbers."""
    return [item.block for item, _ in _paragraphs(body, ground)]


def largest_size(body: Element | None) -> int:
    """Give the largest size of letters (hundredths of a point) that a shape's own text says; 0 where it is silent."""
    return max((whole(run.get("sz")) for run in body.iter(f"{A}rPr")), default=0) if body is not None else 0


def _paragraphs(body: Element | None, ground: Ground) -> Iterator[tuple[Item, bool]]:
    if body is None:
        return
    own = body.find(f"{A}lstStyle")
    styles = ground.styles if own is None else (own, *ground.styles)
    counters: dict[int, _Counter] = {}
    for paragraph in body.iter(f"{A}p"):
        block = _read_paragraph(paragraph, ground)
        if not block.text:
            if block.hidden:
                yield Item("", 0, block), False
            continue
        properties = paragraph.find(f"{A}pPr")
        depth = min(max(whole(properties.get("lvl")), 0), _DEEPEST) if properties is not None else 0
        mark = _mark(_bullet(properties, styles, depth), depth, counters)
        yield Item(mark, depth, block), bool(mark)


def _bullet(properties: Element | None, styles: Sequence[Element], depth: int) -> Element | None:
    """Give what the nearest of a paragraph and the styles of its level says about its bullet."""
    levels = (style.find(f"{A}lvl{depth + 1}pPr") for style in styles)
    for level in (properties, *levels):
        for name in ("buNone", "buAutoNum", "buChar", "buBlip") if level is not None else ():
            found = level.find(f"{A}{name}")
            if found is not None:
                return found
    return None


def _mark(bullet: Element | None, depth: int, counters: dict[int, _Counter]) -> str:
    """Write a paragraph's mark, counting on; what is deeper begins anew."""
    for deeper in [level for level in counters if level > depth]:
        del counters[deeper]
    name = "buNone" if bullet is None else bullet.tag.removeprefix(A)
    if bullet is None or name != "buAutoNum":
        counters.pop(depth, None)
        sign = "" if bullet is None else bullet.get("char", "").strip()
        return "" if name == "buNone" else (sign if sign in _KNOWN_BULLETS else _BULLET)
    how = bullet.get("type", "arabicPeriod")
    counter = counters.get(depth)
    if counter is None or counter.how != how:
        counter = counters[depth] = _Counter(how, whole(bullet.get("startAt"), 1) - 1)
    counter.number += 1
    found = _NUMBER.fullmatch(how)
    before, after = _AROUND.get(found[2] or "Plain", ("", ".")) if found else ("", ".")
    return f"{before}{spell(counter.number, _FORMATS.get(found[1], '') if found else '')}{after}"


def _read_paragraph(paragraph: Element, ground: Ground) -> Block:
    line = Line()
    for child in paragraph:
        match child.tag:
            case tag if tag == f"{A}r" or (tag == f"{A}fld" and not child.get("type", "").startswith(_RUNNING)):
                _read_run(child, line, ground)
            case tag if tag == f"{A}br":
                line.add("\n")
            case tag if tag == _FORMULA:
                _read_formulas(child, line)
            case _:
                pass
    return line.finish()


def _read_run(run: Element, line: Line, ground: Ground) -> None:
    text = run.findtext(f"{A}t") or ""
    properties = run.find(f"{A}rPr")
    if properties is None:
        line.add(text)
    elif _is_unseen(properties, ground):
        line.hide(text)
    else:
        line.add(text, is_strong="1" in {properties.get("b"), properties.get("i")})


def _is_unseen(properties: Element, ground: Ground) -> bool:
    if 0 < whole(properties.get("sz")) <= _LEAST_SIZE:
        return True
    fill = fill_of(properties)
    if is_clear(fill):
        outline = fill_of(properties.find(f"{A}ln"))
        return outline is None or is_clear(outline)
    colour = ground.colours.find(fill)
    return colour is not None and ground.colour is not None and look_alike(colour, ground.colour)


def _read_formulas(holder: Element, line: Line) -> None:
    from ingest.parsers.mathematics.omml import latex_of_omml

    is_displayed = next(holder.iter(f"{M}oMathPara"), None) is not None
    for formula in holder.iter(f"{M}oMath"):
        line.add_formula(latex_of_omml(formula), is_displayed=is_displayed)
