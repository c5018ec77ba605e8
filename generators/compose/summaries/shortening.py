"""Shorter readings of a sentence: its own words without what is only said by the way.

What goes is a remark with "which", an apposition, examples after "such as", a reason or result behind a comma, or a
second clause. What limits a claim (a condition, a denial, an exception, whose view it is) always stays.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.formulas import around_formulas
from generators.compose.reading.parse import Sentence
from generators.compose.terms.definition_patterns import ASIDES
from safety.cuts import is_cut

if TYPE_CHECKING:
    from spacy.tokens import Token

_FEWEST = 6
_MOST = 5
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_EXAMPLES = frozenset({"including", "like", "especially", "particularly", "namely"})
_MAY_GO = frozenset({"because", "since", "whereas", "while", "as"})
_RELATIVE = frozenset({"which", "who", "whom", "whose", "where"})
_CLOSES = frozenset({",", ".", ";", ":", "!", "—", "–"})


def shorten(sentence: Sentence) -> tuple[str, ...]:
    """Give shorter wordings, each a whole sentence that is a cut of this one; longest first. Often none."""
    tokens = [token for token in sentence.tokens if not token.is_space]
    if not sentence.tokens.doc.has_annotation("DEP") or re.search(r"[“”\"]", sentence.text):
        return ()
    asides = _outermost(_asides(tokens))
    wanted = [[aside] for aside in asides] + ([asides] if len(asides) > 1 else [])
    found: dict[str, None] = {}
    for gone in wanted:
        out = {place for start, end in gone for place in range(start, end)}
        kept = [token for token in tokens if token.i not in out]
        text = _worded(kept)
        is_clean = not re.search(r"[()\[\]]", text)
        if is_clean and len(text.split()) >= _FEWEST and _is_whole(kept) and is_cut(text, sentence.text):
            found.setdefault(text)
    return tuple(sorted(found, key=len, reverse=True))[:_MOST]


def _asides(tokens: "Sequence[Token]") -> list[tuple[int, int]]:
    """List what may go, as places of tokens from the comma before it on."""
    found = []
    for token in tokens:
        place = _remark(token) or _examples(token) or _reason(token) or _second(token)
        if place is not None:
            found.append(place)
    return found


def _span(head: "Token", *, left: int | None = None) -> tuple[int, int] | None:
    """Give the place of a phrase with the comma before it, when signs set it off on both sides."""
    start = head.left_edge.i if left is None else left
    end = head.right_edge.i + 1
    doc = head.doc
    if start == 0 or doc[start - 1].text not in {",", "—", "–"} or end >= len(doc) or doc[end].text not in _CLOSES:
        return None
    is_inside = doc[end].text in {",", "—", "–"}
    if is_inside and doc[end].text != doc[start - 1].text:
        return None
    return start - 1, end + is_inside


def _remark(token: "Token") -> tuple[int, int] | None:
    """Find ", which ..." and ", a kind of ..." behind a noun."""
    opening = token.doc[token.left_edge.i : token.left_edge.i + 4]
    if token.dep_ == "relcl" and any(other.lower_ in _RELATIVE for other in opening):
        return _span(token)
    if token.dep_ == "appos" and not any(child.dep_ in {"conj", "cc"} for child in token.children):
        return _span(token)
    return None


def _examples(token: "Token") -> tuple[int, int] | None:
    """Find "such as ..." and ", including ..."."""
    if token.dep_ not in {"prep", "acl"}:
        return None
    before = token.doc[token.i - 1] if token.i else token
    if token.lower_ == "as" and before.lower_ == "such":
        return _span(token, left=before.i) or _to_end(token, before.i)
    if token.lower_ in _EXAMPLES:
        return _span(token)
    return None


def _to_end(head: "Token", start: int) -> tuple[int, int] | None:
    end = head.right_edge.i + 1
    if end < len(head.doc) and head.doc[end].text in {".", ";"}:
        return start, end
    return None


def _reason(token: "Token") -> tuple[int, int] | None:
    """Find a closing ", because ...", ", whereas ..." and ", making ..."."""
    if token.dep_ != "advcl" or token.i < token.head.i:
        return None
    mark = next((child for child in token.children if child.dep_ == "mark"), None)
    if mark is not None and mark.lower_ in _MAY_GO and mark.i == token.left_edge.i:
        return _span(token)
    is_result = mark is None and token.tag_ == "VBG" and token.left_edge.i == token.i
    between = token.doc[token.head.i : token.i - 1]
    return _span(token) if is_result and not any(other.text == "," for other in between) else None


def _second(token: "Token") -> tuple[int, int] | None:
    """Find a second clause behind ", and", with a subject of its own."""
    head = token.head
    if token.dep_ != "conj" or head.dep_ != "ROOT" or not any(child.dep_ in _SUBJECTS for child in token.children):
        return None
    start = token.left_edge.i
    if start < 2 or token.doc[start - 1].lower_ not in {"and", "so"}:
        return None
    comma = start - 2 if token.doc[start - 2].text in {",", ";"} else start - 1
    end = token.right_edge.i + 1
    return (comma, end) if end < len(token.doc) and token.doc[end].text in {".", ";"} else None


def _outermost(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(places), key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1] - 1:
            kept.append((start, end))
    return kept


def _is_whole(tokens: "Sequence[Token]") -> bool:
    """Whether a subject and its verb are left."""
    left = {token.i for token in tokens}
    return any(token.dep_ in _SUBJECTS and token.head.i in left and token.head.dep_ == "ROOT" for token in tokens)


def _worded(tokens: "Sequence[Token]") -> str:
    pieces = []
    for index, token in enumerate(tokens):
        follows = index + 1 < len(tokens) and tokens[index + 1].i == token.i + 1
        pieces.append(token.text_with_ws if follows else f"{token.text} ")
    return around_formulas("".join(pieces).strip(), _tidy)


def _tidy(text: str) -> str:
    plain = re.sub(r"\s+([,.;:!?])(?!\w)", r"\1", " ".join(ASIDES.sub("", text).split()))
    return re.sub(r"[,;:]+(?=\.)", "", plain)
