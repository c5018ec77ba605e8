"""Markdown to blocks: the reader's text without the markup, what it marks kept: headings, lists, tables, formulas."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.documents import Part, PartKind, Range
from ingest.parsers.flow import Block
from ingest.parsers.html.hidden import Sight
from ingest.parsers.html.inline import Formula
from ingest.parsers.html.setting import Setting
from ingest.parsers.html.source import parse_page
from ingest.parsers.html.tree import walk
from ingest.parsers.html.writer import HtmlWriter, Rules
from ingest.parsers.markdown.hidden import (
    said_in_comments,
    said_in_references,
    seen_of,
    unclosed_unseen,
    without_comments,
)
from ingest.parsers.markdown.roles import LEFT_OUT, READ_ON, add_roles, is_option
from ingest.parsers.office.text import Tally, clean, on_one_line, set_table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FORMULA = re.compile(
    r"\$\$[^$]+\$\$|\$(?![\s\d.,]+\s)[^\s$](?:[^$\n]*[^\s$\\])?\$(?!\d)"
    r"|\\\([^\n]{0,500}?[\\^_=][^\n]{0,500}?\\\)|\\\[[^\[\]]{0,2000}?[\\^_=][^\[\]]{0,2000}?\\\]"
)
_LATEX_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_EQUATION = re.compile(r"\\(begin|end)\{(equation|displaymath|align|alignat|gather|multline|eqnarray|flalign)\*?\}")
_ATTRIBUTES = re.compile(r"\s*\{(?:[#.:]|[\w-]+=)[^{}]{0,200}\}\s*\Z")
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DEEPEST = 4


def read_blocks(text: str, tally: Tally | None = None) -> list[Block]:
    """Parse Markdown (CommonMark with tables, notes, definitions, formulas and the marks of book makers).

    Code is kept, links keep their words, raw HTML gives what a browser shows of it. What only the file's makers see
    (comments, elements that are not shown) is put aside as hidden; `tally` counts what is left out.
    """
    markdown = _parser()
    writer = _Writer(markdown, tally or Tally())
    writer.read(_FRONT_MATTER.sub("", text))
    return [*writer.finish(), *(Block("", hidden=(said,)) for said in said_in_references(text))]


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.amsmath import amsmath_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark").enable("table")
    markdown.use(footnote_plugin, move_to_end=False).use(deflist_plugin).use(amsmath_plugin)
    markdown.use(dollarmath_plugin, allow_blank_lines=False).disable("math_inline")
    markdown.inline.ruler.before("escape", "formula", _take_formula)
    add_roles(markdown)
    return markdown


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


def _formula(typed: str) -> Formula:
    """Read a formula with the signs around it."""
    is_displayed = typed.startswith(("$$", "\\["))
    inner = typed[2:-2] if typed.startswith(("$$", "\\")) else typed[1:-1]
    return Formula(_LATEX_COMMENT.sub("", inner), is_displayed)


class _Writer:
    """Has blocks set from the stream of tokens."""

    def __init__(self, markdown: "MarkdownIt", tally: Tally) -> None:
        self._markdown = markdown
        self._rules = Rules(Sight(), lambda _node, _name, _attributes: "", lambda _node: False, tally)
        self._setting = Setting(tally)
        self._rows: list[list[Block]] = []
        self._heads = 0
        self._closing = ""
        self._depth = 0

    def read(self, text: str) -> None:
        """Read a text, or what stands within a box."""
        shared: dict[str, Any] = {}
        tokens = self._markdown.parse(text, shared)
        for index, token in enumerate(tokens):
            before = tokens[index - 1] if index else None
            if self._closing:
                self._hide(token)
            elif token.type == "inline":
                self._take_inline(token, before)
            elif token.type in {"fence", "code_block", "html_block", "math_block", "math_block_label", "amsmath"}:
                self._take_whole(token)
            else:
                self._take_frame(token)
        for number, note in shared.get("footnotes", {}).get("list", {}).items():
            if "tokens" in note:
                self._setting.open_note(str(number + 1))
                _write(note["tokens"], self._setting)
                self._setting.close_note()

    def finish(self) -> list[Block]:
        """Give the blocks that have words, seen or hidden."""
        self._setting.end_line()
        return [block for block in self._setting.blocks if block.text.strip() or block.hidden]

    def _take_frame(self, token: "Token") -> None:
        """Handle what opens or closes around words."""
        setting, kind = self._setting, token.type
        if kind in {"bullet_list_open", "ordered_list_open", "dl_open"}:
            start = token.attrGet("start")
            setting.open_list(int(1 if start is None else start) if kind == "ordered_list_open" else None)
        elif kind in {"bullet_list_close", "ordered_list_close", "dl_close"}:
            setting.close_list()
        elif kind == "list_item_open":
            setting.open_item()
        elif kind == "dt_open":
            setting.open_term()
        elif kind == "dt_close":
            setting.add(": ")
        elif kind == "heading_close":
            setting.end_line(level=int(token.tag[1]))
        elif kind in {"paragraph_close", "list_item_close", "dd_close", "blockquote_close"}:
            setting.end_line()
        elif kind == "footnote_reference_open":
            setting.open_note(str(token.meta.get("label", "")))
        elif kind == "footnote_reference_close":
            setting.close_note()
        else:
            self._take_table(token)

    def _take_table(self, token: "Token") -> None:
        if token.type == "tr_open":
            self._rows.append([])
        elif token.type == "thead_close":
            self._heads = len(self._rows)
        elif token.type == "table_close":
            self._setting.put(set_table(self._rows, heads=self._heads))
            self._rows, self._heads = [], 0

    def _take_whole(self, token: "Token") -> None:
        if token.type == "html_block":
            self._take_html(token.content)
        elif token.type in {"fence", "code_block"}:
            self._take_code(token)
        else:
            latex = _EQUATION.sub(_within_dollars, token.content)
            self._setting.end_line()
            self._setting.add_formula(Formula(_LATEX_COMMENT.sub("", latex), is_displayed=True))
            self._setting.end_line()

    def _take_inline(self, token: "Token", before: "Token | None") -> None:
        children, hidden = seen_of(token.children or [])
        self._put_aside(hidden)
        if before is not None and before.type in {"th_open", "td_open"}:
            cell = Setting(self._rules.tally, is_cell=True)
            _write(children, cell)
            cell.end_line()
            self._rows[-1].append(cell.blocks[0] if cell.blocks else Block(""))
        elif before is not None and before.type == "paragraph_open" and self._take_alone(token, children):
            return
        else:
            if before is not None and before.type == "heading_open" and children and children[-1].type == "text":
                children[-1].content = _ATTRIBUTES.sub("", children[-1].content)
            _write(children, self._setting)

    def _take_alone(self, token: "Token", children: "Sequence[Token]") -> bool:
        """Take a paragraph that is nothing but pictures, or nothing but settings."""
        if token.content.startswith(":") and all(is_option(line) for line in token.content.split("\n")):
            return True
        seen = [child for child in children if child.type != "softbreak" and _ATTRIBUTES.sub("", child.content).strip()]
        if not seen or any(child.type != "image" for child in seen):
            return False
        for picture in seen:
            words = Setting(self._rules.tally)
            _write(picture.children or [], words)
            words.end_line()
            block = on_one_line(words.blocks[0]) if words.blocks else Block("")
            source = str(picture.attrGet("src") or "")
            part = Part(PartKind.FIGURE, Range(0, len(block.text)), label=block.text, source=source[:500])
            self._setting.put(replace(block, parts=(part, *block.parts)))
        return True

    def _take_code(self, token: "Token") -> None:
        directive = _DIRECTIVE.fullmatch(token.info.strip()) if token.type == "fence" else None
        name = directive[1].lower() if directive else ""
        if directive and name in LEFT_OUT:
            return
        self._setting.end_line()
        if name == "math":
            self._setting.add_formula(Formula(_LATEX_COMMENT.sub("", _content(token)), is_displayed=True))
            self._setting.end_line()
        elif directive and name in READ_ON and self._depth < _DEEPEST:
            self._read_within(f"**{directive[2]}**\n\n{_content(token)}" if directive[2] else _content(token))
        elif directive and name in {"figure", "image"}:
            caption = " ".join(_content(token).split())
            part = Part(PartKind.FIGURE, Range(0, len(caption)), label=caption, source=directive[2][:500])
            self._setting.put(Block(caption, parts=(part,)))
        else:
            code = "\n".join(line.rstrip() for line in clean(token.content.expandtabs(4)).split("\n")).strip("\n")
            self._setting.put(Block(code, parts=(Part(PartKind.CODE, Range(0, len(code))),)))

    def _read_within(self, text: str) -> None:
        self._depth += 1
        self.read(text)
        self._depth -= 1

    def _take_html(self, html: str) -> None:
        self._setting.end_line()
        self._closing = unclosed_unseen(html)
        page = parse_page(without_comments(html))
        if page.body is not None:
            writer = HtmlWriter(self._rules)
            walk(page.body, writer)
            for block in writer.finish():
                self._setting.put(block)
        self._put_aside(said_in_comments(html))

    def _hide(self, token: "Token") -> None:
        """Put aside what stands between the tags of an element that nobody sees."""
        if token.type == "html_block" and self._closing in token.content.lower():
            self._closing = ""
        elif token.type != "html_block":
            self._put_aside([" ".join(token.content.split())])

    def _put_aside(self, hidden: Sequence[str]) -> None:
        for said in hidden:
            self._setting.hide(said)
        if hidden and self._setting.is_empty:
            self._setting.end_line()


def _within_dollars(found: re.Match[str]) -> str:
    """Name the surroundings of equations as they are named between dollar signs."""
    name = {"align": "aligned", "alignat": "aligned", "flalign": "aligned", "eqnarray": "aligned", "gather": "gathered"}
    inner = name.get(found[2], "")
    return f"\\{found[1]}{{{inner}}}" if inner else ""


def _content(token: "Token") -> str:
    """Give what stands in a directive after its settings."""
    lines = token.content.split("\n")
    while lines and (is_option(lines[0]) or not lines[0].strip()):
        lines.pop(0)
    return "\n".join(lines)


def _write(tokens: "Sequence[Token]", setting: Setting) -> None:
    """Add the words of inline tokens to a line."""
    strong = 0
    for token in tokens:
        kind = token.type
        if kind in {"strong_open", "em_open"}:
            strong += 1
        elif kind in {"strong_close", "em_close"}:
            strong -= 1
        elif kind == "formula":
            setting.add_formula(_formula(token.content))
        elif kind in {"text", "code_inline"}:
            setting.add(token.content, is_strong=strong > 0)
        elif kind == "softbreak":
            setting.add(" ")
        elif kind == "hardbreak" or (kind == "html_inline" and _BREAK.fullmatch(token.content)):
            setting.add("\n")
        elif kind == "footnote_ref":
            setting.add(f"[{token.meta.get('label') or token.meta.get('id', 0) + 1}]")
        elif kind == "image":
            _write(token.children or [], setting)
