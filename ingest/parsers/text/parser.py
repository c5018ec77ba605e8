"""Plain text and Markdown: the words a reader reads, cut into pages of about 3,000 characters."""

import re
from dataclasses import replace
from itertools import pairwise

from ingest.parsers.contract import Order, Reading, Watch
from ingest.parsers.decoding import decode
from ingest.parsers.flow import Block, paginate
from ingest.parsers.markdown.blocks import read_blocks
from ingest.parsers.office.text import Item, Tally, set_list, set_table
from ingest.parsers.text.rows import read_rows

_LONGEST_HEADING = 80
_ITEM = re.compile(r"\s*([-*+•–◦▪‣●○]|\d{1,3}[.)]|[a-z][.)])\s+(\S.*)")
_NUMBERED = re.compile(
    r"(?:chapter|part|book|section|lesson|unit|act|scene|appendix|adventure|letter|kapitel|chapitre|capítulo|teil)\b"
    r"\s+(?:\d+|[ivxlc]+)\b|(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+[^\W\d_]",
    re.IGNORECASE,
)


def parse_markdown(order: Order, watch: Watch) -> Reading:
    """Read a Markdown file; its first top heading is the title."""
    tally = Tally()
    blocks = read_blocks(decode(order.path.read_bytes()), tally)
    title = next((block.text for block in blocks if block.level == 1), "")
    pages = paginate(blocks, order.limits, watch)
    return Reading(pages, title, dropped=tally.finish())


def parse_plain(order: Order, watch: Watch) -> Reading:
    """Read a plain text file: lines of a paragraph are joined, short lines that look like headings are headings."""
    text = decode(order.path.read_bytes())
    blocks = [_block(part) for part in re.split(r"\n[ \t]*\n\s*", text) if part.strip()]
    return Reading(paginate(_ranked(blocks), order.limits, watch))


def parse_rows(order: Order, watch: Watch) -> Reading:
    """Read rows of cells (CSV) as a table; formulas in them are only text. Raises TooLarge."""
    table = set_table([[Block(cell) for cell in row] for row in read_rows(decode(order.path.read_bytes()))], heads=1)
    return Reading(paginate([table], order.limits, watch))


def _ranked(blocks: list[Block]) -> list[Block]:
    """Where a text numbers its chapters, put its unnumbered headings below them."""
    numbered = sum(1 for block in blocks if block.level and _NUMBERED.match(block.text))
    if numbered < 3:
        return blocks
    return [
        replace(block, level=block.level + 1) if block.level and not _NUMBERED.match(block.text) else block
        for block in blocks
    ]


def _block(part: str) -> Block:
    if (items := _items(part)) is not None:
        return set_list(items)
    lines = [" ".join(line.split()) for line in part.splitlines()]
    text = _join(lines)
    is_heading = len(lines) == 1 and _is_heading(text)
    return Block(text, level=_level(text) if is_heading else 0)


def _items(part: str) -> list[Item] | None:
    """Read lines as a list: at least two, the first with a mark; lines that stand further in go on with the one above.

    None for what is no list.
    """
    items: list[Item] = []
    edges: list[int] = []
    for line in part.splitlines():
        found = _ITEM.match(line)
        edge = len(line) - len(line.lstrip())
        if found:
            while edges and edge < edges[-1]:
                edges.pop()
            edges += [edge] if not edges or edge > edges[-1] else []
            mark = "•" if found[1] in "-*+•–◦▪‣●○" else found[1]
            items.append(Item(mark, len(edges), Block(" ".join(found[2].split()))))
        elif items and edges and edge > edges[-1]:
            last = items[-1]
            items[-1] = replace(last, block=Block(f"{last.block.text} {' '.join(line.split())}"))
        else:
            return None
    return items if len(items) > 1 and _counts(items) else None


def _counts(items: list[Item]) -> bool:
    """Whether marks that are numbers follow each other: a line that begins with a year is no item."""
    numbers = [int(item.mark[:-1]) for item in items if item.depth == 1 and item.mark[:-1].isdecimal()]
    return all(after == before + 1 for before, after in pairwise(numbers))


def _join(lines: list[str]) -> str:
    """Join wrapped lines; keep the lines of verse, lists and tables, which are much shorter than a full line."""
    filled = [line for line in lines if line]
    longest = max(len(line) for line in filled)
    are_wrapped = all(len(line) > longest * 0.6 for line in filled[:-1]) and longest > 40
    return (" " if are_wrapped else "\n").join(filled)


def _is_heading(text: str) -> bool:
    """Whether a line that stands alone names what follows: numbered, or all in capitals, and no sentence."""
    if (
        len(text) > _LONGEST_HEADING
        or text.endswith((",", ";", ":", "!", "?", '"', "”"))
        or not re.search(r"[^\W\d_]{2}", text)
    ):
        return False
    if text.isupper() and not text.endswith(".") and len(re.findall(r"[^\W\d_]", text)) >= 4:
        return True
    return bool(_NUMBERED.match(text)) and not re.search(r"[a-z]\.$", text)


def _level(text: str) -> int:
    """Level 1 for chapters and unnumbered headings; "2.3" is one below "2"."""
    number = re.match(r"\d+((?:\.\d+)*)", text)
    return 1 + number.group(1).count(".") if number else 1
