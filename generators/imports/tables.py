"""Tables of cards: values apart by commas, tabs, semicolons or bars, with names over them or without."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.errors import TooLarge, Unreadable
from generators.imports.brought import MOST_CARDS, Brought, Line, gather
from generators.imports.decoding import decode
from generators.imports.markup import to_plain, with_dollars

_SIGNS = ("\t", ",", ";", "|")
_SAMPLE = 50
_MOST_BROKEN = 100
_LONGEST_ROW = 60_000
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_FRONT_NAMES = (
    "front question term word prompt frage begriff vorderseite wort recto terme mot pregunta término anverso domanda "
    "termine fronte voorkant vraag pergunta frente вопрос термин السؤال المصطلح 问题 正面 質問 表"
)
_FRONT = frozenset(_FRONT_NAMES.split())
_BACK_NAMES = (
    "back answer definition meaning translation antwort rückseite bedeutung übersetzung verso réponse définition "
    "respuesta definición reverso risposta definizione retro achterkant antwoord resposta definição ответ определение "
    "الجواب التعريف 答案 背面 答え 裏"
)
_BACK = frozenset(_BACK_NAMES.split())
_TAGS = frozenset(("tags", "tag", "schlagwörter", "étiquettes", "etiquetas", "form"))
_OURS = ("front", "back", "term", "form", "reading", "page", "source", "whose words")
_OURS_BEFORE = _OURS[:-1]
"""Tables of ours that were written before they said whose words a card has."""

_DEFUSED = re.compile(r"^'(?=\s*[=+\-@\t\r＝＋－＠])")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and its number as a spreadsheet counts it, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """Which column is what; the others go on the back, with their names where they have some."""

    front: int = 0
    back: int = 1
    tags: int | None = None
    names: tuple[str, ...] = ()
    is_html: bool = False


def read_table(content: bytes, *, is_tabbed: bool) -> Brought:
    """Read a card from each row: the first two columns, or those that their names say. Nothing is left out unsaid."""
    settings, text, skipped = _settings(decode(content))
    sign = _sign(settings, text, is_tabbed=is_tabbed)
    problems: list[str] = []
    rows = list(_read(text, sign, skipped, problems))
    if not rows and not problems:
        raise Unreadable("This table has no rows.", field="file", code="empty")
    order, body = _order_of(rows, settings)
    return gather((_line(row, order) for row in body), problems)


def _settings(text: str) -> tuple[dict[str, str], str, int]:
    """Give what Anki writes above a table (`#separator:tab`), the table, and how many lines stood above it."""
    settings: dict[str, str] = {}
    lines = text.split("\n")
    count = 0
    for line in lines:
        found = re.fullmatch(r"#([a-z ]{2,20}):(.*)", line, re.IGNORECASE)
        if found is None:
            break
        settings[found[1].casefold()] = found[2].strip() or found[2]
        count += 1
    return settings, "\n".join(lines[count:]), count


def list_table_words(content: bytes, *, is_tabbed: bool) -> Iterator[str]:
    """Yield all that stands in a table, line by line and cell by cell, whether it is a table or not; never fails."""
    whole = decode(content)
    settings, text, _ = _settings(whole)
    sign = _sign(settings, text, is_tabbed=is_tabbed)
    for line in whole.split("\n"):
        for cell in _cells(line, sign):
            yield cell
            if "<" in cell or "&" in cell:
                yield to_plain(cell).text


def _cells(line: str, sign: str) -> list[str]:
    """Cut one line, as well as its quotation marks allow."""
    if '"' not in line:
        return line.split(sign)
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return [line.replace('"', " ")]


def _sign(settings: dict[str, str], text: str, *, is_tabbed: bool) -> str:
    """Give the sign between cells: the named one, else the tab of a tabbed file, else what parts rows evenly."""
    sign = _SEPARATORS.get(settings.get("separator", "").casefold(), settings.get("separator", ""))
    if len(sign) == 1:
        return sign
    return "\t" if is_tabbed and "\t" in text else _sign_of(text)


def _sign_of(text: str) -> str:
    """Give the sign that parts the first rows into the same number of cells, two or more, most evenly."""
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])

    def evenness(sign: str) -> tuple[float, int]:
        broken: list[str] = []
        counts = [len(row.cells) for row in _read(sample, sign, 0, broken)]
        parted = [count for count in counts if count > 1]
        usual = max(set(parted), key=parted.count) if parted else 0
        return parted.count(usual) / max(1, len(counts) + len(broken)), -_SIGNS.index(sign)

    return max(_SIGNS, key=evenness)


def _read(text: str, sign: str, skipped: int, problems: list[str]) -> Iterator[_Row]:
    """Yield the rows that hold something. A line whose quotation marks do not fit is named, and reading goes on below.

    Rows are counted with those above that are no part of the table.
    """
    lines = text.split("\n")
    at, number = 0, skipped
    while at < len(lines):
        reader = csv.reader((f"{line}\n" for line in lines[at:]), delimiter=sign, strict=True)
        good = 0
        try:
            for cells in reader:
                good = reader.line_num
                number += 1
                if number > MOST_CARDS * 2:
                    raise TooLarge(f"This table has more than {MOST_CARDS:,} rows. Bring it in parts.", field="file")
                if sum(map(len, cells)) > _LONGEST_ROW:
                    problems.append(f"Row {number}: it is too long.")
                elif any(cell.strip() for cell in cells):
                    yield _Row(number, tuple(cell.strip() for cell in cells))
        except csv.Error:
            number += 1
            problems.append(f"Row {number}: its quotation marks do not fit: {lines[at + good][:80]}")
            if len(problems) > _MOST_BROKEN:
                raise Unreadable("This is no table of cards: its quotation marks do not fit.", field="file") from None
            at += good + 1
        else:
            return


def _order_of(rows: Sequence[_Row], settings: dict[str, str]) -> tuple[_Order, Sequence[_Row]]:
    """Tell which column is what, by Anki's settings or by names in the first row; give the rows below those."""
    is_html = settings.get("html", "").casefold() == "true"
    tags = settings.get("tags column", "")
    place = int(tags) - 1 if tags.isascii() and tags.isdigit() and len(tags) < len("1000") else None
    first = tuple(cell.casefold().strip(" *:") for cell in rows[0].cells) if rows else ()
    front = next((at for at, name in enumerate(first) if name in _FRONT), None)
    back = next((at for at, name in enumerate(first) if name in _BACK and at != front), None)
    if front is None or back is None:
        return _Order(tags=place, is_html=is_html), rows
    named = next((at for at, name in enumerate(first) if name in _TAGS), place)
    return _Order(front, back, named, rows[0].cells, is_html=is_html), rows[1:]


def _line(row: _Row, order: _Order) -> Line:
    is_ours = tuple(name.casefold() for name in order.names) in {_OURS, _OURS_BEFORE}
    cells = [_DEFUSED.sub("", cell) if is_ours else cell for cell in row.cells]
    cells = [to_plain(cell).text if order.is_html else with_dollars(cell) for cell in cells]
    front, back = (cells[at] if at < len(cells) else "" for at in (order.front, order.back))
    tags = tuple(cells[order.tags].split()) if order.tags is not None and order.tags < len(cells) else ()
    if is_ours and len(cells) == len(order.names):
        reading, page, source, *whose = cells[_OURS.index("reading") :]
        more = [*whose, f"{reading}, page {page}: “{source}”" if source else ""]
        more = [one for one in more if one]
    else:
        more = [_named(cell, at, order) for at, cell in enumerate(cells) if at not in {order.front, order.back}]
        more = [one for at, one in enumerate(more) if one]
    return Line(f"Row {row.number}", front, "\n".join((back, *more)) if back.strip() else "", tags)


def _named(cell: str, at: int, order: _Order) -> str:
    if not cell.strip() or at == order.tags:
        return ""
    name = order.names[at].strip() if at < len(order.names) else ""
    return f"{name}: {cell}" if name else cell
