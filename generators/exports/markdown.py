"""Sheets as Markdown: every statement with the number of its source, the sources with page and words at the end."""

import re

from domain.formulas import split_formulas
from generators.exports.sheet import Block, Heading, Lines, Mark, Picture, Sheet, Text, one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!&$])")
_STARTS = re.compile(r"^(\d+)([.)])|^([-+=])")
_MARKS = {Mark.NONE: "", Mark.BULLET: "- ", Mark.BOX: "- \\_\\_\\_ "}


def to_markdown(sheet: Sheet) -> str:
    """Write a sheet; no word of it is read as markup, and formulas stay between dollar signs."""
    parts = [f"# {_plain(sheet.title)}"]
    if sheet.title != sheet.reading:
        parts.append(f"From “{_plain(sheet.reading)}”")
    before: Block | None = None
    for block in sheet.blocks:
        written = _block(block)
        if parts and _goes_on(before, block):
            parts[-1] += f"\n{written}"
        else:
            parts.append(written)
        before = block
    if sheet.notes:
        parts.append("## Sources")
        parts.append("\n".join(f"{note.number}. {_plain(note.place)}: “{_plain(note.quote)}”" for note in sheet.notes))
    return "\n\n".join(parts) + "\n"


def _goes_on(before: Block | None, block: Block) -> bool:
    """Whether a block is a line of the list before it."""
    return (
        isinstance(before, Text)
        and isinstance(block, Text)
        and block.mark is not Mark.NONE
        and before.mark is not Mark.NONE
        and (before.mark is block.mark or block.depth > before.depth)
    )


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {_plain(block.words)}"
    if isinstance(block, Lines):
        return "\\_" * 20
    if isinstance(block, Picture):
        return f"*{_plain(block.words)}*"
    return _text(block)


def _text(text: Text) -> str:
    indent = "   " * text.depth
    mark = _MARKS.get(text.mark, f"{text.label}. " if text.mark is Mark.NUMBER else f"- {text.label}. ")
    lead = f"**{_plain(text.lead)}**" if text.lead else ""
    words = _plain(text.words)
    said = " – ".join(part for part in (lead, words) if part)
    return indent + mark + " ".join(part for part in (said, _plain(text.aside)) if part)


def _plain(text: str) -> str:
    """Keep the words from being read as Markdown; formulas stay as they are, between dollar signs."""
    pieces = split_formulas(one_line(text))
    written = "".join(_formula(piece) if is_formula else _SPECIAL.sub(r"\\\1", piece) for piece, is_formula in pieces)
    return _STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", written)


def _formula(typed: str) -> str:
    """Write a formula so that nothing in it opens a tag where formulas are not known."""
    return typed.replace("<", r"\lt ").replace(">", r"\gt ")
