"""What a model wrote, before anything of ours reads or shows it: no secret, address, picture or page code.

A model that obeys a reading can still write. So what it wrote never loads or links anything: addresses stay only
where the reading itself has them, as words. And its rules never come back: a secret word is put among them with each
request, and an answer that holds it, however it is spelt, or a piece of the rules, is withheld.
"""

import base64
import codecs
import re
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from safety.injection import strip_hidden

_LETTERS = "bcdfghjklmnpqrstvwxz"
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_RUN = 8
"""Words in a row that only the rules hold."""

_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\s*(?:\([^()\n]{0,2000}(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\((?:[^()\n]{0,2000}(?:\([^()\n]*\)[^()\n]*)*)\)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:\s*\S+.*$", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:a|area|audio|base|body|button|embed|form|frame|frameset|head|html|iframe|img|image|input|link|math|meta|object"
    r"|picture|script|source|style|svg|table|td|track|video)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.\-]{1,20}:\\?/\\?/|(?<![\w:/])//(?=[\w-]+\.)|\bwww\.|\b(?:data|javascript|vbscript|mailto|tel|sms|file|blob):"
    r"(?=\S))[^\s<>\"'`|\]]*|\b(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d+)?/[^\s<>\"'`|\]]*",
    re.IGNORECASE,
)
_JOINERS = "\n\t\u200c\u200d"
"""Blanks, and what joins and parts letters in Persian, Hindi and others."""

_END = ".,;:!?)\u2019\u201d"


def sanitise(text: str, *, allowed: str = "") -> str:
    """Give a model's text as plain words: without pictures, links, page code and hidden letters.

    Addresses stay, as words, where they stand in `allowed`, the reading's own text.
    """
    plain = strip_hidden(text, kept=_JOINERS)
    before = ""
    while plain != before:
        before = plain
        for pattern in (_COMMENT, _REFERENCE, _TAG):
            plain = pattern.sub("", plain)
        plain = _LINK.sub(r"\1", _IMAGE.sub(r"\1", plain))
        plain = _ADDRESS.sub(lambda match: _kept(match[0], allowed), plain)
    return plain


@dataclass(frozen=True)
class Secrets:
    """What must not come back of one request: its rules, and the secret word that stands among them.

    The word is letters alone, so that no number in it can be taken for somebody's.
    """

    rules: str
    canary: str = field(default_factory=lambda: "".join(secrets.choice(_LETTERS) for _ in range(16)))

    def are_in(self, text: str) -> bool:
        """Whether a text holds the secret word, plain, spelt out or coded, or eight words in a row of the rules."""
        shown = unescape(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
        return _holds(self.canary, shown) or not self._runs.isdisjoint(_runs(shown))

    @cached_property
    def _runs(self) -> set[tuple[str, ...]]:
        return _runs(self.rules)


def _kept(address: str, allowed: str) -> str:
    bare = address.rstrip(_END)
    return address if bare and bare.casefold() in allowed.casefold() else address[len(bare) :]


def _holds(canary: str, text: str) -> bool:
    letters = "".join(letter for letter in text.casefold() if letter.isalpha())
    plain = (canary, canary[::-1], codecs.encode(canary, "rot13"))
    if any(form in letters for form in plain):
        return True
    if canary.encode().hex() in re.sub(r"[^0-9a-f]", "", text.casefold()):
        return True
    dense = re.sub(r"\s", "", text)
    return any(form in dense for form in _in_base64(canary))


def _in_base64(word: str) -> list[str]:
    """Give what stays the same of a word's base64 form wherever in a text it stands."""
    forms = []
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + word.encode()).decode().rstrip("=")
        forms.append(coded[-(-before * 8 // 6) : len(coded) - 1])
    return forms


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
