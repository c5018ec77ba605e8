"""Markdown to blocks: the reader's text without the markup, headings and emphasis kept."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.documents import Range
from ingest.parsers.flow import Block
from ingest.parsers.markdown_hidden import said_in_comments, said_in_references, said_unseen, seen_of

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_FORMULA = re.compile(r"\$\$[^$]+\$\$|\$(?![\s\d.,]+\s)[^\s$](?:[^$\n]*[^\s$\\])?\$(?!\d)")
_LIST_ENDS = {"bullet_list_close", "ordered_list_close"}


def read_blocks(text: str) -> list[Block]:
    """Parse Markdown (CommonMark with tables); raw HTML is left out, code is kept, links keep their words.

    What only the file's makers see (comments, elements that are not shown) is put aside as hidden.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable("table")
    markdown.inline.ruler.before("escape", "formula", _take_formula)
    tokens = markdown.parse(_FRONT_MATTER.sub("", text))
    writer = _Writer()
    for index, token in enumerate(tokens):
        writer.take(token, tokens[index - 1] if index else None)
    return [*writer.finish(), *(Block("", hidden=(said,)) for said in said_in_references(text))]


# the signature is the one that markdown-it calls
def _take_formula(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    """Keep `$...$` and `$$...$$` as they stand: their underscores and backslashes are not Markdown."""
    match = _FORMULA.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("formula", "", 0).content = match.group()
    state.pos = match.end()
    return True


class _Writer:
    """Collects blocks from the stream of tokens."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._rows: list[_Text] = []
        self._cells: list[_Text] = []
        self._numbers: list[int | None] = []
        self._marker = ""

    def take(self, token: "Token", before: "Token | None") -> None:
        """Handle one token."""
        match token.type:
            case "inline":
                self._take_inline(token, before)
            case "html_block":
                self._put_aside(said_in_comments(token.content) + said_unseen(token.content))
            case "fence" | "code_block":
                self._take_code(token.content.rstrip("\n"))
            case "bullet_list_open" | "ordered_list_open":
                self._flush_outside()
                self._numbers.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
            case "list_item_open":
                self._marker = self._next_marker()
            case "tr_close":
                self._rows.append(_join(self._cells, " | "))
                self._cells = []
            case "table_close":
                self._flush()
            case kind if kind in _LIST_ENDS:
                self._numbers.pop()
                self._flush_outside()
            case _:
                pass

    def finish(self) -> list[Block]:
        """Give the blocks that have words."""
        return [block for block in self._blocks if block.text.strip() or block.hidden]

    def _put_aside(self, hidden: Sequence[str]) -> None:
        if hidden:
            self._blocks.append(Block("", hidden=tuple(hidden)))

    def _take_inline(self, token: "Token", before: "Token | None") -> None:
        children, hidden = seen_of(token.children or [])
        self._put_aside(hidden)
        text = _inline(children)
        kind = before.type if before else ""
        if kind in {"th_open", "td_open"}:
            self._cells.append(text)
        elif kind == "heading_open":
            assert before is not None
            self._flush()
            self._blocks.append(Block(" ".join(text.text.split()), level=int(before.tag[1])))
        elif self._numbers:
            self._rows.append(_join([_Text(self._marker, ()), text], ""))
            self._marker = ""
        else:
            # where all is emphasised, nothing is
            is_plain = sum(mark.end - mark.start for mark in text.emphasis) < 0.9 * len(text.text)
            self._blocks.append(Block(text.text, emphasis=text.emphasis if is_plain else ()))

    def _take_code(self, code: str) -> None:
        if self._numbers:
            self._rows.append(_Text(code, ()))
        else:
            self._blocks.append(Block(code))

    def _next_marker(self) -> str:
        indent = "  " * (len(self._numbers) - 1)
        number = self._numbers[-1]
        if number is None:
            return f"{indent}• "
        self._numbers[-1] = number + 1
        return f"{indent}{number}. "

    def _flush_outside(self) -> None:
        """End what was collected, unless an outer list goes on."""
        if not self._numbers:
            self._flush()

    def _flush(self) -> None:
        """End the list or table that was collected."""
        if self._rows:
            rows = _join(self._rows, "\n")
            self._blocks.append(Block(rows.text, emphasis=rows.emphasis))
            self._rows = []


class _Text:
    """Text and its emphasised ranges."""

    def __init__(self, text: str, emphasis: tuple[Range, ...]) -> None:
        self.text = text
        self.emphasis = emphasis


def _join(parts: Sequence[_Text], between: str) -> _Text:
    emphasis: list[Range] = []
    offset = 0
    for part in parts:
        emphasis.extend(Range(offset + mark.start, offset + mark.end) for mark in part.emphasis)
        offset += len(part.text) + len(between)
    return _Text(between.join(part.text for part in parts), tuple(emphasis))


def _inline(tokens: "Sequence[Token]") -> _Text:
    """Give the words of inline tokens, and where they are emphasised."""
    text = ""
    depth = start = 0
    emphasis = []
    for token in tokens:
        match token.type:
            case "strong_open" | "em_open":
                start = start if depth else len(text)
                depth += 1
            case "strong_close" | "em_close":
                depth -= 1
                if depth == 0 and text[start:].strip():
                    emphasis.append(Range(start, len(text)))
            case "text" | "code_inline" | "formula":
                text += token.content
            case "softbreak":
                text += " "
            case "hardbreak":
                text += "\n"
            case "image":
                text += _inline(token.children or []).text
            case _:
                pass
    return _Text(text, tuple(emphasis))
