"""What a Markdown file says and no reader of its page sees: comments, references nobody uses, elements not shown."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?://|#|comment)[^\]\n]*\]:[ \t]*(?:#|<>)?[ \t]*[\"'(](.+?)[\"')][ \t]*$", re.MULTILINE | re.IGNORECASE
)
_UNSEEN = (
    r"<(?P<name>[a-z][\w-]*)\b(?=[^<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])|(?<!-)color\s*:\s*(?:white|#fff(?:fff)?\b|transparent)|\shidden\b))[^<>]*>"
)
_OPENS = re.compile(_UNSEEN, re.IGNORECASE)


def said_in_comments(html: str) -> list[str]:
    """Give what the comments of a piece of HTML say."""
    return _worded(match[1] for match in _COMMENT.finditer(html))


def said_in_references(text: str) -> list[str]:
    """Give what stands in references that are there to comment: `[//]: # (words)`."""
    return _worded(match[1] for match in _REFERENCE.finditer(text))


def without_comments(html: str) -> str:
    """Give a piece of HTML without its comments."""
    return _COMMENT.sub("", html)


def unclosed_unseen(html: str) -> str:
    """Give the beginning of the end tag of an element that is not shown and does not end within a piece of HTML."""
    html = without_comments(html)
    for opened in _OPENS.finditer(html):
        closing = f"</{opened['name'].lower()}"
        if closing not in html[opened.end() :].lower():
            return closing
    return ""


def seen_of(tokens: "Sequence[Token]") -> "tuple[list[Token], list[str]]":
    """Part inline tokens into those that a reader sees and the words that stand in elements not shown."""
    seen: list[Token] = []
    hidden: list[str] = []
    closing = ""
    for token in tokens:
        is_tag = token.type == "html_inline"
        if is_tag:
            hidden += said_in_comments(token.content)
        opened = _OPENS.fullmatch(token.content) if is_tag and not closing else None
        if opened:
            closing = f"</{opened['name'].lower()}"
        elif closing and is_tag and token.content.lower().startswith(closing):
            closing = ""
        elif closing:
            hidden.append("" if is_tag else token.content)
        else:
            seen.append(token)
    return seen, _worded(hidden)


def _worded(texts: Iterable[str]) -> list[str]:
    return [words for text in texts if (words := " ".join(text.split()))]
