"""Long clauses loosened: reasons, contrasts, second verbs and what is told of the last thing become sentences.

A clause is cut where its grammar leaves no doubt what the second half is about; "this", "it" or the subject itself
stands in for what the halves share. What hangs on a condition or a denial stays together.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONG = 9
"""Words up to which a clause is easy enough."""

_FEWEST = 3
_FEW_TO_REPEAT = 3
_SHORT_CLAUSE = 6
"""Words of a clause after which "in this part" may still stand at its end."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_OPENERS = {
    "because": "This is because",
    "whereas": "But",
    "while": "But",
    "although": "But",
    "though": "But",
    "so": "So",
}
_WIDE = frozenset(
    ["no", "any", "every", "each", "only", "all", "most", "few", "none", "nobody", "never", "hardly", "not"]
)
_LENT = frozenset(["can", "could", "may", "might", "must", "shall", "should", "will", "would"])
_WITHHOLDING = frozenset(
    ["avoid", "ban", "forbid", "lack", "need", "prevent", "prohibit", "punish", "reject", "require", "stop", "want"]
)
"""Verbs whose object is only what its own clause describes."""

_EDGES = frozenset([",", ";", ":", ".", "—", "–"])


def loosen(tokens: "Sequence[Token]") -> list[str]:
    """Give the clause in pieces of text, in order; in one where it is short or does not come apart."""
    tokens = _inner(tokens)
    if len(_words(tokens)) > _LONG and not is_told_by_somebody(tokens):
        is_wide = any(token.lower_ in _WIDE for token in tokens)
        for way in (_at_dash, _at_clause) if is_wide else (_at_dash, _at_reason, _at_clause, _at_verb, _at_remark):
            pieces = way(tokens)
            if pieces and all(len(piece.split()) >= _FEWEST for piece in pieces):
                return pieces
    return [text_of(tokens)]


def text_of(tokens: "Sequence[Token]") -> str:
    """Join tokens as they stood, with a blank where words between were taken out."""
    return "".join(
        token.text_with_ws if index + 1 < len(tokens) and tokens[index + 1].i == token.i + 1 else f"{token.text} "
        for index, token in enumerate(tokens)
    ).strip()


def is_told_by_somebody(tokens: "Sequence[Token]") -> bool:
    """Whether the clause reports what somebody says or thinks, which must not stand as a fact of its own."""
    verb = _root(tokens)
    is_said = any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children)
    return is_said or "according to" in text_of(tokens).lower()


def _at_dash(tokens: "Sequence[Token]") -> list[str]:
    """Cut at a dash between two clauses; behind a colon stands what the words before it announce."""
    for at, token in enumerate(tokens):
        if token.text in {"—", "–"}:
            before, after = tokens[:at], tokens[at + 1 :]
            if _is_clause(before) and _is_clause(after):
                return [*loosen(before), *loosen(after)]
    return []


def _at_reason(tokens: "Sequence[Token]") -> list[str]:
    """Cut before a closing "because", "whereas" or "so", and after an opening "because"."""
    first = tokens[0].lower_
    if first == "because":
        comma = next((at for at, token in enumerate(tokens) if token.text == ","), 0)
        reason, rest = tokens[1:comma], tokens[comma + 1 :]
        clear = comma and _is_clause(reason) and _is_clause(rest) and not _conjoined(rest)
        return [*loosen(reason), *_led("So", rest)] if clear else []
    for at, token in enumerate(tokens):
        opener = _OPENERS.get(token.lower_)
        if not opener or at == 0 or (tokens[at - 1].text != "," and token.lower_ != "because"):
            continue
        rest = tokens[at + 1 :]
        if rest and rest[0].lower_ not in {"that", "of"} and _is_clause(tokens[:at]) and _is_clause(rest):
            return [*loosen(tokens[:at]), *_led(opener, rest)]
    return []


def _at_clause(tokens: "Sequence[Token]") -> list[str]:
    """Cut at "and" or "but" between clauses with subjects of their own; a condition holds "in that case", too."""
    for at, token in enumerate(tokens):
        rest = tokens[at + 1 :]
        if token.lower_ not in {"and", "but"} or not _is_clause(rest) or rest[0].tag_.startswith("W"):
            continue
        verb = _root(rest)
        is_joined = verb.dep_ == "conj" and verb.head == _root(tokens)
        if is_joined and rest[0].i == verb.left_edge.i and _is_clause(tokens[:at]):
            lead = "but " * (token.lower_ == "but") + "in that case " * _has_condition(tokens)
            return [*loosen(tokens[:at]), *(_led(lead.strip().capitalize(), rest) if lead else loosen(rest))]
    return []


def _at_verb(tokens: "Sequence[Token]") -> list[str]:
    """Cut between two verbs of one subject: the second gets the subject again, or "it" or "they"."""
    verb = _root(tokens)
    subject = _subject(verb, tokens)
    if subject is None or _has_condition(tokens) or _is_limited(verb):
        return []
    for at, token in enumerate(tokens):
        rest = tokens[at + 1 :]
        if token.lower_ not in {"and", "but"} or token.dep_ != "cc" or not rest:
            continue
        other = next((child for child in verb.children if child.dep_ == "conj" and child.i > token.i), None)
        if other is None or not _is_finite(other) or _subject(other, rest) is not None:
            continue
        name = _again(subject, tokens)
        is_whole = any(child.i > verb.i and child.i < token.i and child.dep_ != "punct" for child in verb.children)
        if name and is_whole and rest[0].i == other.left_edge.i:
            lead = f"But {_lower(name)}" if token.lower_ == "but" else name
            return [*loosen(tokens[:at]), *_led(lead, _without_link(rest))]
    return []


def _at_remark(tokens: "Sequence[Token]") -> list[str]:
    """Cut before what is told of the last thing: "a pore that lets air in" is a pore; this pore lets air in."""
    for at, token in enumerate(tokens):
        noun, verb = token, _closing_remark(token, tokens)
        if verb is None:
            continue
        start = next(index for index, other in enumerate(tokens) if other.i == verb.left_edge.i)
        said = _told(noun, verb, tokens[start:])
        is_bare = start == at + 1 and tokens[at - 1].lower_ == "the"
        if said and not is_bare:
            return [text_of(_inner(tokens[:start])), *said]
    return []


def _closing_remark(noun: "Token", tokens: "Sequence[Token]") -> "Token | None":
    """Give the verb of a relative clause that ends the tokens and can be said of the noun alone."""
    if noun.pos_ != "NOUN" or not (_is_told_what(noun) or _is_many_of_what(noun) or _is_plain_object(noun)):
        return None
    last = tokens[-1].i
    inside = {token.i for token in tokens}
    closing = [child for child in noun.children if child.i in inside and child.right_edge.i >= last]
    return next((child for child in closing if child.dep_ == "relcl" or _is_made(child)), None)


def _told(noun: "Token", verb: "Token", remark: "Sequence[Token]") -> list[str]:
    """Word the remark: "that absorbs light" is told of this pigment, "in which it lies" of this part."""
    name = _this(noun)
    first, *rest = remark
    if _is_made(verb):
        return [] if any(_is_own_remark(token) for token in remark) else _led(f"{name} {_be_like(noun)}", remark)
    if first.lower_ in {"that", "which", "who"} and first.head == verb and rest:
        said = _led(name, _without_link(rest)) if first.dep_ in _SUBJECTS else []
        return said or (_with_object(_lower(name), verb, rest) if first.dep_ == "dobj" else [])
    if first.lower_ == "where" and _is_clause(rest):
        return [f"{text_of(rest)} there"]
    return _with_preposition(_lower(name), remark)


def _with_preposition(name: str, remark: "Sequence[Token]") -> list[str]:
    """Say "in which it happens" as it happens in this part, or as in this part, it happens, where that is long."""
    first, *rest = remark
    if first.dep_ != "prep" or len(rest) < _FEWEST or rest[0].lower_ != "which" or not _is_clause(rest[1:]):
        return []
    clause = text_of(rest[1:])
    if len(clause.split()) <= _SHORT_CLAUSE:
        return [f"{clause} {first.text} {name}"]
    return _led(f"{first.text.capitalize()} {name},", rest[1:])


def _is_own_remark(token: "Token") -> bool:
    """Whether a relative clause inside a remark may be about the noun that the remark is about."""
    return token.dep_ == "relcl" and token.left_edge.dep_ in _SUBJECTS and token.left_edge.tag_.startswith("W")


def _with_object(name: str, verb: "Token", rest: "Sequence[Token]") -> list[str]:
    """Say "that travellers pay to use a road" as travellers pay this fee to use a road."""
    at = next((index for index, token in enumerate(rest) if token == verb), len(rest)) + 1
    if _subject(verb, rest) is None or any(child.dep_ == "prt" for child in verb.children):
        return []
    return [" ".join([text_of(rest[:at]), name, text_of(rest[at:])]).strip()]


def _again(subject: "Token", tokens: "Sequence[Token]") -> str:
    """Name a subject a second time: a short one by its words, a long one as "it" or "they"."""
    words = [token for token in tokens if subject.left_edge.i <= token.i <= subject.right_edge.i]
    is_many = subject.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in subject.children)
    if subject.pos_ == "PRON":
        return subject.text if subject.tag_ == "PRP" or subject.lower_ == "this" else ""
    if len(words) <= _FEW_TO_REPEAT and not words[0].like_num:
        return re.sub(r"^(?:an?|another|one) ", "The ", text_of(words), flags=re.IGNORECASE)
    return "" if subject.ent_type_ == "PERSON" else ("They" if is_many else "It")


def _this(noun: "Token") -> str:
    named = [child.text for child in noun.lefts if child.dep_ == "compound"]
    return " ".join(["These" if noun.tag_ in {"NNS", "NNPS"} else "This", *named, noun.text])


def _led(lead: str, tokens: "Sequence[Token]") -> list[str]:
    """Loosen tokens and put words before the first piece, whose own capital goes unless it is a name's."""
    first, *others = loosen(tokens)
    keeps = tokens[0].pos_ == "PROPN" or tokens[0].text == "I" or tokens[0].text.isupper()
    return [f"{lead} {first if keeps else _lower(first)}", *others]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _without_link(tokens: "Sequence[Token]") -> "Sequence[Token]":
    """Leave out a "so" or "thus" that tied the second verb to the first."""
    return tokens[1:] if len(tokens) > 1 and tokens[0].lower_ in {"so", "thus", "also"} else tokens


def _is_told_what(noun: "Token") -> bool:
    """Whether the sentence says that its subject is this noun."""
    return noun.dep_ == "attr" and str(noun.head.lemma_) == "be"


def _is_many_of_what(noun: "Token") -> bool:
    """Whether the noun is the many of "a group of many", so that what is told is told of them."""
    outer = noun.head.head
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and _is_told_what(outer) and _differ(noun, outer)


def _is_plain_object(noun: "Token") -> bool:
    """Whether the noun, "a" something, hangs from the main verb and not from a noun that may be meant.

    An object that is told to do something, or that is forbidden or missing, is only the one that its clause describes.
    """
    has_article = any(child.dep_ == "det" and child.lower_ in {"a", "an"} for child in noun.children)
    is_had = noun.head.lemma_ not in _WITHHOLDING and not any(token.tag_ == "TO" for token in noun.head.subtree)
    return has_article and noun.dep_ == "dobj" and noun.head.dep_ in {"ROOT", "conj"} and is_had


def _differ(noun: "Token", other: "Token") -> bool:
    return bool(noun.tag_ == "NNS" and other.tag_ == "NN")


def _is_made(verb: "Token") -> bool:
    """Whether this is "made of ..." after a noun."""
    return bool(verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.i == verb.left_edge.i)


def _be_like(noun: "Token") -> str:
    """Give the form of "be" for a noun, in the time of its sentence."""
    is_past, is_many = noun.sent.root.tag_ == "VBD", noun.tag_ == "NNS"
    return ("were" if is_many else "was") if is_past else ("are" if is_many else "is")


def _is_finite(verb: "Token") -> bool:
    return verb.tag_ in _FINITE or any(child.dep_ in {"aux", "auxpass"} for child in verb.children)


def _is_limited(verb: "Token") -> bool:
    """Whether an auxiliary or a denial before the verb may hold for what follows, too."""
    return not _is_finite(verb) or any(child.dep_ == "neg" or child.lower_ in _LENT for child in verb.children)


def _has_condition(tokens: "Sequence[Token]") -> bool:
    """Whether the clause opens with a condition or a time that holds for all of it."""
    verb = _root(tokens)
    return any(child.dep_ == "advcl" and child.i < verb.i for child in verb.children)


def _is_clause(tokens: "Sequence[Token]") -> bool:
    tokens = _inner(tokens)
    if len(_words(tokens)) < _FEWEST:
        return False
    verb = _root(tokens)
    return verb.pos_ in {"VERB", "AUX"} and _subject(verb, tokens) is not None and _is_one(tokens, verb)


def _is_one(tokens: "Sequence[Token]", verb: "Token") -> bool:
    """Whether all the tokens hang from the verb, so that no half of another phrase is among them."""
    return all(token == verb or verb.is_ancestor(token) for token in tokens)


def _conjoined(tokens: "Sequence[Token]") -> bool:
    return any(child.dep_ == "conj" and _subject(child, tokens) is not None for child in _root(tokens).children)


def _subject(verb: "Token", tokens: "Sequence[Token]") -> "Token | None":
    return next((child for child in verb.children if child.dep_ in _SUBJECTS and child in tokens), None)


def _root(tokens: "Sequence[Token]") -> "Token":
    inside = {token.i for token in tokens}
    return next(token for token in tokens if token.head.i == token.i or token.head.i not in inside)


def _inner(tokens: "Sequence[Token]") -> "Sequence[Token]":
    """Give the tokens without the commas and stops around them."""
    inside = [at for at, token in enumerate(tokens) if not token.is_space and token.text not in _EDGES]
    return tokens[inside[0] : inside[-1] + 1] if inside else []


def _words(tokens: "Sequence[Token]") -> "list[Token]":
    return [token for token in tokens if not token.is_punct and not token.is_space]
