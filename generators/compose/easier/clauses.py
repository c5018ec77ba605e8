"""Long sentences taken apart: clauses joined by "and", side remarks with "which", and what a thing is, after a comma.

Pieces keep the sentence's own words; only a form of "be", an article or a capital is added. A sentence that does not
come apart cleanly stays whole.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.formulas import around_formulas
from generators.compose.easier.loosening import is_told_by_somebody, loosen, text_of
from generators.compose.reading.parse import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FEWEST_WORDS = 3
_ASIDES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_ENDS = ".!?…。"


def take_apart(sentence: Sentence) -> tuple[str, ...]:
    """Give the sentence's pieces in order, each a sentence; the sentence itself, without brackets, when it is one."""
    whole = tidy(sentence.text)
    tokens = [token for token in sentence.tokens if not token.is_space]
    if not re.search(r"\w", whole):
        return ()
    tokens = _without_brackets(tokens)
    if not tokens or not sentence.tokens.doc.has_annotation("DEP") or re.search(r"[“”\"()]", whole):
        return (whole,)
    parts = _at_semicolons(tokens)
    if any(map(is_told_by_somebody, parts)):
        return tuple(tidy(text_of(part)) for part in parts)
    pieces = [tidy(piece) for part in parts for clause in _clauses(part) for piece in _side_remarks(clause)]
    return tuple(pieces) if all(len(piece.split()) >= _FEWEST_WORDS for piece in pieces) else (whole,)


def _at_semicolons(tokens: "Sequence[Token]") -> "list[list[Token]]":
    """Cut at semicolons where both sides are clauses; a list set off by them stays one."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    is_cut = all(any(token.dep_ in _SUBJECTS and token.head in part for token in part) for part in parts)
    return parts if is_cut else [list(tokens)]


def tidy(text: str) -> str:
    """Leave out brackets and doubled marks; open with a capital and end with a full stop."""
    return around_formulas(text, _tidy)


def _tidy(text: str) -> str:
    plain = " ".join(_ASIDES.sub("", text).split())
    plain = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"(?:,\s*)+(?=[,.])", "", plain)).strip(" ,;")
    plain = plain[:1].upper() + plain[1:]
    return plain if not plain or plain.rstrip('"”’')[-1:] in _ENDS else f"{plain}."


def _clauses(tokens: "Sequence[Token]") -> "list[list[Token]]":
    """Cut before a clause that has a subject of its own and runs to the end: "A, and B" is A and B."""
    inside = {token.i for token in tokens}
    root = next(token for token in tokens if token.head.i == token.i or token.head.i not in inside)
    if any(child.dep_ == "advcl" and child.i < root.i for child in root.children):
        return [list(tokens)]
    for child in root.children:
        has_subject = any(grandchild.dep_ in _SUBJECTS for grandchild in child.children)
        if child.dep_ != "conj" or not has_subject or child.i not in inside:
            continue
        start = child.left_edge.i
        if child.left_edge.tag_.startswith("W") or child.left_edge.dep_ == "mark":
            continue
        before = [token for token in tokens if token.i < start]
        rest = [token for token in tokens if token.i >= start]
        joint = before[-1] if before else None
        if joint is None or joint.lower_ not in {"and", "but", "so"} or not _is_comma(before, -2):
            continue
        lead = [joint] if joint.lower_ != "and" else []
        return [before[:-2], *_clauses_after(lead, rest)]
    return [list(tokens)]


def _clauses_after(lead: "list[Token]", rest: "list[Token]") -> "list[list[Token]]":
    first, *others = _clauses(rest)
    return [[*lead, *first], *others]


def _side_remarks(tokens: "Sequence[Token]") -> list[str]:
    """Set what stands between commas about a noun into sentences of its own, after the one it was in."""
    left = list(tokens)
    extra: list[str] = []
    for token in tokens:
        remark = _remark(token, left) if token in left else None
        if remark is not None:
            said, gone = remark
            extra.append(said)
            left = [other for other in left if other.i not in gone]
    return [*loosen(left), *extra]


def _remark(noun: "Token", tokens: "Sequence[Token]") -> tuple[str, set[int]] | None:
    """Give the sentence in a side remark that follows a noun and a comma, and the tokens it takes away."""
    if not _is_sure(noun):
        return None
    for child in noun.children:
        edge = child.left_edge.i
        if child.dep_ not in {"relcl", "appos"} or edge != noun.i + 2 or noun.doc[noun.i + 1].text != ",":
            continue
        span = list(noun.doc[edge : child.right_edge.i + 1])
        place = [index for index, token in enumerate(tokens) if token.i == span[-1].i]
        ends_well = bool(place) and tokens[min(place[0] + 1, len(tokens) - 1)].text in {",", "."}
        said = _said_of(noun, child, span) if ends_well else None
        if said is not None:
            gone = {noun.i + 1, *(token.i for token in span)}
            closing = tokens[place[0] + 1] if place[0] + 1 < len(tokens) else None
            return said, gone | ({closing.i} if closing is not None and closing.text == "," else set())
    return None


def _said_of(noun: "Token", child: "Token", span: "list[Token]") -> str | None:
    """Word the remark about the noun: "which absorbs light" and "a pigment" become sentences."""
    named = [token for token in noun.doc[noun.left_edge.i : noun.i + 1] if token.dep_ not in {"cc", "preconj"}]
    name = re.sub(r"^(?:an?|another|one) ", "The ", text_of(named), flags=re.IGNORECASE)
    if (
        child.dep_ == "relcl"
        and _agree(noun, child)
        and span[0].lower_ in {"which", "who"}
        and span[0].dep_ in _SUBJECTS
        and span[0].head == child
    ):
        return f"{name} {text_of(span[1:])}"
    if child.dep_ == "appos" and span[0].lower_ in {"a", "an", "the"} and child.pos_ in {"NOUN", "PROPN"}:
        is_many = noun.tag_ in {"NNS", "NNPS"}
        return f"{name} {'are' if is_many else 'is'} {text_of(span)}" if not _is_told_of_the_past(noun) else None
    return None


def _is_sure(noun: "Token") -> bool:
    """Whether a remark after this noun can only be about it: the noun is a main part of its sentence, or a name."""
    root = noun.sent.root
    is_main = noun.head == root or (noun.dep_ == "pobj" and noun.head.head == root)
    return noun.pos_ in {"NOUN", "PROPN"} and (is_main or noun.pos_ == "PROPN")


def _agree(noun: "Token", verb: "Token") -> bool:
    """Whether noun and verb agree in number, as far as their forms tell."""
    finite = next((child for child in verb.children if child.dep_ in {"aux", "auxpass"}), verb)
    is_many = noun.tag_ in {"NNS", "NNPS"}
    return not (finite.tag_ == "VBZ" and is_many) and not (finite.tag_ == "VBP" and not is_many)


def _is_told_of_the_past(noun: "Token") -> bool:
    return str(noun.sent.root.tag_) == "VBD"


def _is_comma(tokens: "Sequence[Token]", place: int) -> bool:
    return len(tokens) >= -place and str(tokens[place].text) == ","


def _without_brackets(tokens: "Sequence[Token]") -> "list[Token]":
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.text in {"(", "["}
        if depth == 0:
            kept.append(token)
        depth -= token.text in {")", "]"} and depth > 0
    return kept
