"""The words of a paragraph of a Word document, as people see them: what is deleted, hidden or a field's code is out."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.parsers.docx.drawings import Drawings
from ingest.parsers.docx.styles import Look, Style, Styles, is_shade, read_look
from ingest.parsers.docx.symbols import read_symbol
from ingest.parsers.flow import Block
from ingest.parsers.office.ooxml import Element, M, Relation, W, words_of
from ingest.parsers.office.text import Line, Tally

_AROUND = frozenset(
    f"{W}{name}"
    for name in (
        *("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "customXml"),
        *("ruby", "rubyBase"),
    )
)
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_LEAST_SIZE = 2.0
"""Points: what is set no larger is not there to be read."""

_MOST_FIELDS = 50
_NEARLY_WHITE = 0xFA
_MOSTLY = 0.95


@dataclass(slots=True)
class Field:
    """A field that is open: its code so far, and whether its result has begun."""

    code: str = ""
    is_result: bool = False


@dataclass(slots=True)
class Story:
    """What reading a part of a document takes along: its styles and relations, its fields, what was left out.

    `note` numbers a footnote or endnote that is referred to; `is_shaded` says that the ground may not be white.
    """

    styles: Styles
    relations: Mapping[str, Relation]
    tally: Tally
    note: Callable[[str, Element], str]
    is_shaded: bool = False
    fields: list[Field] = field(default_factory=list)


@dataclass(slots=True)
class Words:
    """What stands in a paragraph. `notes` are the kinds, ids and marks of the notes that it refers to."""

    block: Block
    drawings: Drawings
    notes: list[tuple[str, str, str]]
    size: float
    is_bold: bool
    has_sequence: bool


class Runs:
    """Reads one paragraph."""

    def __init__(self, story: Story, style: Style) -> None:
        self._story = story
        self._base = style.look.over(story.styles.look)
        self._line = Line()
        self._drawings = Drawings()
        self._notes: list[tuple[str, str, str]] = []
        self._sizes = Counter[float]()
        self._bold = 0
        self._has_sequence = False
        self._ground = story.is_shaded or style.has_shading

    def read(self, paragraph: Element) -> Words:
        """Read the paragraph's words and what is drawn in it."""
        self._ground = self._ground or is_shade(paragraph.find(f"{W}pPr/{W}shd"))
        self._walk(paragraph)
        # a field's code ends with its paragraph, even where the file forgets to say so
        while self._story.fields and not self._story.fields[-1].is_result:
            self._story.fields.pop()
        letters = sum(self._sizes.values())
        return Words(
            block=self._line.finish(),
            drawings=self._drawings,
            notes=self._notes,
            size=max(self._sizes, key=lambda size: self._sizes[size], default=0.0),
            is_bold=letters > 0 and self._bold >= _MOSTLY * letters,
            has_sequence=self._has_sequence,
        )

    def _walk(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._read_run(child)
            elif tag in _AROUND:
                self._has_sequence |= _is_sequence(child.get(f"{W}instr", ""))
                self._walk(child)
            elif tag in _GONE:
                deleted = words_of(child)
                if deleted:
                    self._story.tally.add("deleted_text", deleted)
            elif tag == f"{M}oMath":
                self._add_formula(child, is_displayed=False)
            elif tag == f"{M}oMathPara":
                for formula in child.iter(f"{M}oMath"):
                    self._add_formula(formula, is_displayed=True)

    def _add_formula(self, formula: Element, *, is_displayed: bool) -> None:
        from ingest.parsers.mathematics.omml import latex_of_omml

        self._line.add_formula(latex_of_omml(formula), is_displayed=is_displayed)

    def _read_run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        look, is_strong = self._look(properties)
        is_hidden = self._is_unseen(look)
        for child in run:
            text = self._text(child, look)
            if not text or (self._story.fields and not self._story.fields[-1].is_result):
                continue
            if is_hidden:
                self._line.hide(text)
                continue
            self._line.add(text, is_strong=is_strong)
            letters = len(text.strip())
            self._sizes[look.size or 0.0] += letters
            self._bold += letters if look.is_bold else 0

    def _look(self, properties: Element | None) -> tuple[Look, bool]:
        """Give how a run looks, and whether that sets it apart from the rest of its paragraph."""
        if properties is None:
            return self._base, False
        own = read_look(properties)
        name = properties.find(f"{W}rStyle")
        style = self._story.styles.find(name.get(f"{W}val", ""), "character") if name is not None else Style()
        own = own.over(style.look)
        is_strong = own.is_bold or own.is_italic or style.is_strong
        return own.over(self._base), bool(is_strong)

    def _is_unseen(self, look: Look) -> bool:
        if look.is_vanished or (look.size is not None and look.size <= _LEAST_SIZE):
            return True
        return not (self._ground or look.is_shaded) and _is_white(look.colour)

    def _text(self, element: Element, look: Look) -> str:
        """Give what one piece of a run says."""
        match element.tag.removeprefix(W):
            case "t":
                return read_symbol(element.text or "", look.font)
            case "tab" | "ptab":
                return " "
            case "br" | "cr":
                return "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else " "
            case "noBreakHyphen":
                return "-"
            case "sym":
                return read_symbol(element.get(f"{W}char", ""), element.get(f"{W}font"), is_code=True)
            case _:
                return self._other(element)

    def _other(self, element: Element) -> str:
        """Take in what is not plain text; give the words that stand for it."""
        match element.tag.removeprefix(W):
            case "footnoteReference" | "endnoteReference" as name:
                kind = name.removesuffix("Reference")
                mark = self._story.note(kind, element)
                self._notes.append((kind, element.get(f"{W}id", ""), mark))
                return f"[{mark}]"
            case "drawing" | "pict" | "object":
                self._drawings.add(element, self._story.relations)
            case "fldChar":
                self._turn_field(element.get(f"{W}fldCharType", ""))
            case "instrText" if self._story.fields:
                self._story.fields[-1].code += element.text or ""
            case "ruby":
                self._walk(element)
            case _:
                pass
        return ""

    def _turn_field(self, turn: str) -> None:
        fields = self._story.fields
        if turn == "begin" and len(fields) < _MOST_FIELDS:
            fields.append(Field())
        elif turn == "separate" and fields:
            fields[-1].is_result = True
        elif turn == "end" and fields:
            self._has_sequence |= _is_sequence(fields.pop().code)


def _is_sequence(code: str) -> bool:
    """Whether a field counts figures, tables or formulas."""
    return code.split()[:1] == ["SEQ"]


def _is_white(colour: str | None) -> bool:
    if colour is None or len(colour) != 6:
        return False
    try:
        return all(part >= _NEARLY_WHITE for part in bytes.fromhex(colour))
    except ValueError:
        return False
