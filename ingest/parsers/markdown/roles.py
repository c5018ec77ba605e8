"""Marks of book makers in Markdown (Sphinx, MyST, d2l, Quarto): readable where people would see words, else dropped."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_ROLE = re.compile(r"(?::([A-Za-z][\w+-]*(?::[\w+-]+)?):|\{([A-Za-z][\w:+-]*)\})`([^`\n]*)`")
_CITED = re.compile(r"(?:[\w-]+\.)*(?:\d{4}[a-z]?)")
_WITH_TITLE = re.compile(r"(.*?)\s*<[^<>]*>", re.DOTALL)
_COLONS = re.compile(r":{3,}.*")
_OPTION = re.compile(r"\s*:(?!//)[\w-]+:(?:\s.*)?")
_MARKER = re.compile(r"\s*:(?:begin_tab|end_tab|bibliography|library|maxdepth|toctree)[\w-]*:.*")
_DROPPED = {"label", "eqlabel", "width", "height", "name", "index", "begin_tab", "end_tab", "raw", "anchor", "class"}
_POINTING = {"numref", "eqref", "secref", "figref", "tabref"}
_CITING = {"cite", "citep", "cite:p", "citealp", "footcite"}
_NAMING = {"citet", "cite:t", "citeauthor", "cite:author", "citealt"}
_KINDS = (
    ("fig", "the figure"),
    ("img", "the figure"),
    ("tab", "the table"),
    ("eq", "the equation"),
    ("alg", "the algorithm"),
    ("chap", "the chapter"),
    ("sec", "the section"),
    ("subsec", "the section"),
)
_READ_ON = (
    "note warning tip admonition important hint seealso attention caution danger error topic sidebar margin dropdown "
    "exercise solution theorem proof definition example lemma corollary proposition remark question objectives "
    "keypoints card epigraph aside"
)
READ_ON = frozenset(_READ_ON.split())
"""Directives whose content is Markdown for readers."""

_LEFT_OUT = (
    "toctree tableofcontents contents bibliography raw eval-rst index include literalinclude mermaid graphviz only "
    "tocdepth settings"
)
LEFT_OUT = frozenset(_LEFT_OUT.split())
"""Directives that give readers no words of their own."""


def add_roles(markdown: "MarkdownIt") -> None:
    """Teach a parser the marks of book makers."""
    markdown.inline.ruler.before("backticks", "role", _take_role)
    markdown.block.ruler.before("fence", "book_marks", _take_lines, {"alt": ["paragraph", "list", "blockquote"]})


def words_of_role(role: str, target: str) -> tuple[str, bool]:
    """Give what a reader would see of a mark such as :numref:`fig_x`, and whether that is a formula."""
    role = role.lower()
    if role == "math":
        return target, True
    if role in _DROPPED:
        return "", False
    if role in _POINTING and (not target.strip() or "<" not in target):
        return _kind_of(target), False
    if role in _CITING | _NAMING:
        names = "; ".join(_cited(key.strip()) for key in target.split(",") if key.strip())
        return (f"({names})" if role in _CITING else names), False
    titled = _WITH_TITLE.fullmatch(target)
    return (titled[1] if titled and titled[1] else target).lstrip("~!"), False


def is_option(line: str) -> bool:
    """Whether a line only sets something: `:name: leaf`, `:width:`."""
    return bool(_OPTION.fullmatch(line))


def _kind_of(target: str) -> str:
    """Say what a reference leads to, by what its name begins with: the number is known to the whole book alone."""
    name = target.strip().lower()
    return next((words for start, words in _KINDS if name.startswith(start)), "the section")


def _cited(key: str) -> str:
    if not _CITED.fullmatch(key):
        return key
    return key.replace(".ea.", " et al. ").replace("-", " ").replace(".", " ").replace("al  ", "al. ")


# the signature is the one that markdown-it calls
def _take_role(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    found = _ROLE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        text, is_formula = words_of_role(found[1] or found[2], found[3])
        state.push("formula" if is_formula else "text", "", 0).content = f"${text}$" if is_formula else text
    state.pos = found.end()
    return True


# the same
def _take_lines(state: "StateBlock", start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Drop a line that opens or closes a box, or sets something."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not (_COLONS.fullmatch(line) or _MARKER.fullmatch(line)):
        return False
    if not silent:
        state.line = start + 1
    return True
