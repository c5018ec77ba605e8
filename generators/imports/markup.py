"""What is written on an Anki card as plain text: tags out, formulas between dollar signs, pictures and sounds named."""

import re
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from urllib.parse import unquote

_BREAK_NAMES = "br div p li ul ol tr table h1 h2 h3 h4 h5 h6 hr blockquote pre dt dd"
_BREAKS = frozenset(_BREAK_NAMES.split())
_UNSEEN_NAMES = "script style head title noscript template svg object iframe"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_CELLS = frozenset(("td", "th"))
_SOUND = re.compile(r"\[sound:([^\]]{1,300})\]|\[anki:(?:play|tts)[^\]]{0,300}\](?:[^\[]{0,300}\[/anki:tts\])?")
_FORMULAS = tuple(
    (re.compile(first + r"(.{1,2000}?)" + last, re.DOTALL), sign)
    for first, last, sign in (
        (r"\\\(", r"\\\)", "$"),
        (r"\\\[", r"\\\]", "$$"),
        (r"\[\$\]", r"\[/\$\]", "$"),
        (r"\[\$\$\]", r"\[/\$\$\]", "$$"),
    )
)
_LATEX = re.compile(r"\[latex\](.{1,4000}?)\[/latex\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without markup, and the names of the pictures and sounds that stood in it."""

    text: str
    media: tuple[str, ...] = ()


def to_plain(markup: str) -> Plain:
    """Read HTML as a card's field has it. What a browser would not show is left out."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    text = "".join(reader.parts)
    sounds = tuple(found[1] or "a spoken text" for found in _SOUND.finditer(text))
    return Plain(with_dollars(_SOUND.sub(" ", text)), (*reader.media, *sounds))


def with_dollars(text: str) -> str:
    """Put formulas between the dollar signs that readings have them in."""
    text = _LATEX.sub(lambda found: found[1] if "$" in found[1] else f"$${_inner(found[1])}$$", text)
    for pattern, sign in _FORMULAS:
        text = pattern.sub(partial(_dollared, sign), text)
    return text


def _dollared(sign: str, found: re.Match[str]) -> str:
    return f"{sign}{_inner(found[1])}{sign}"


def _inner(latex: str) -> str:
    return " ".join(latex.split())


class _Reader(HTMLParser):
    """Collects what a browser shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.media: list[str] = []
        self._unseen: list[str] = []
        self._formulas: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._unseen:
            if tag in _UNSEEN:
                self._unseen.append(tag)
        elif tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "img":
            self.media.append(unquote(values.get("src") or "a picture")[:200])
            self.parts.append(f" {values.get('alt') or ''} ")
        elif tag == "anki-mathjax":
            self._formulas.append("$$" if values.get("block") == "true" else "$")
            self.parts.append(self._formulas[-1])
        else:
            self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag == "anki-mathjax" and self._formulas:
            self.parts.append(self._formulas.pop())
        else:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(_inner(data) if self._formulas else data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")
