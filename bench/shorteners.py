"""Lies that only leave something out of a true sentence, by what they leave out.

As in `bench.mutators`, the word lists are never shared with the verifier. Every mutator takes a spaCy sentence and
yields shortened texts that say more than the sentence does.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from bench.mutators import Mutator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPEN = _words(
    """try plan want hope refuse decide promise threaten wish expect attempt intend agree prepare order ask tell forbid
    allow permit encourage advise urge fear say claim believe argue think suggest propose predict assume require need
    prefer seek consider fail choose appear seem suppose"""
)
"""Verbs under which a deed is not said to be done."""

_EMPTY = _words(
    """kind type sort form group set number majority process part piece pair series variety amount lot most some many
    all one each half term name state city rest bulk percent"""
)
_LIMITS = _words(
    """without before until under except according if when unless for within during at through by upon among in with
    after while"""
)
_HARMLESS = (
    "for example", "for instance", "for this reason", "in fact", "in addition", "with respect", "with regard",
    "in this", "in other", "in general", "in the previous", "in contrast", "in particular", "in short", "in turn",
    "in figure", "in part", "in the following", "in conclusion", "in summary", "after all", "at the same",
)  # fmt: skip
_SETTING_APART = frozenset({"unlike", "than", "except", "instead", "apart"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def governors(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Leave out a verb that only says what somebody means, wants, says or may do."""
    for verb in sentence:
        governor = verb.head
        if verb.dep_ not in {"xcomp", "ccomp"} or governor.lemma_ not in _OPEN or verb.pos_ != "VERB":
            continue
        own = [child for child in verb.children if child.dep_ in _SUBJECTS]
        holder = own or [child for child in governor.children if child.dep_ == "dobj" and child.i < verb.i]
        subject = (holder or [child for child in governor.children if child.dep_ in _SUBJECTS] or [None])[0]
        if subject is None or subject.pos_ not in {"NOUN", "PROPN"}:
            continue
        left = set(verb.subtree) - set(subject.subtree)
        rest = [
            token for token in left if token.dep_ not in {"mark", "aux"} or token.head != verb or token.tag_ != "TO"
        ]
        rest = sorted((token for token in rest if token.dep_ != "mark" or token.head != verb), key=lambda one: one.i)
        if len(rest) > 1:
            yield _told([*subject.subtree], [_finite(token, verb, governor) for token in rest])


def heads(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Let what a subject is of be the subject: "the absence of light kills" becomes "light kills"."""
    for token in sentence:
        if token.dep_ not in _SUBJECTS or token.head.dep_ != "ROOT" or token.lemma_.lower() in _EMPTY:
            continue
        for preposition in token.children:
            of = [child for child in preposition.children if child.dep_ == "pobj" and child.pos_ in {"NOUN", "PROPN"}]
            if preposition.lower_ in {"of", "against", "for", "to"} and of and preposition.i > token.i:
                yield _told([*of[0].subtree], [one.text_with_ws for one in _behind(sentence, token.right_edge.i)])


def frames(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Leave out where, when or on what condition the sentence holds, before it or behind it."""
    root = sentence.root
    for token in root.children:
        words = [*token.subtree]
        opening = " ".join(one.lower_ for one in words[:3])
        is_frame = words[0].lower_ in _LIMITS and token.dep_ in {"prep", "advcl"} and not opening.startswith(_HARMLESS)
        if is_frame and words[0].i == sentence.start and sentence.doc[words[-1].i + 1].text == ",":
            yield _told([], [one.text_with_ws for one in _behind(sentence, words[-1].i + 1)])
        is_clause = token.dep_ == "advcl" and words[0].lower_ in {"if", "when", "until", "unless", "before"}
        if is_clause and words[-1].i == sentence.end - 2 and words[0].i > root.i:
            yield _told([], [one.text_with_ws for one in sentence if one.i < words[0].i])


def asides(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Let what is set apart be the subject: "unlike whales, sharks are fish" becomes "whales are fish"."""
    for token in sentence:
        things = [child for child in token.children if child.dep_ == "pobj" and child.pos_ in {"NOUN", "PROPN"}]
        subjects = [child for child in sentence.root.children if child.dep_ in _SUBJECTS]
        if token.lower_ in _SETTING_APART and things and subjects and token.i < sentence.root.i:
            after = max(subjects[0].right_edge.i, things[0].right_edge.i)
            yield _told([*things[0].subtree], [one.text_with_ws for one in _behind(sentence, after)]).replace(" ,", "")


def restrictions(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Say of all what is said of some: leave out what tells which ones the subject means."""
    for subject in sentence:
        is_general = subject.dep_ in _SUBJECTS and subject.tag_ == "NNS" and subject.head.dep_ == "ROOT"
        if not is_general or any(child.dep_ in {"det", "poss", "nummod"} for child in subject.children):
            continue
        for child in subject.children:
            is_bound = child.dep_ in {"relcl", "acl", "prep"} and sentence.doc[child.left_edge.i - 1].text != ","
            if is_bound or (child.dep_ == "amod" and child.lower_ != "such"):
                gone = set(child.subtree)
                yield _told([], [one.text_with_ws for one in sentence if one not in gone])


SHORTENERS: "Mapping[str, Mutator]" = {
    "governing verb dropped": governors,
    "head dropped": heads,
    "frame dropped": frames,
    "aside made subject": asides,
    "restriction dropped": restrictions,
}


def _behind(sentence: "Tokens", place: int) -> "list[Token]":
    return [token for token in sentence if token.i > place]


def _finite(token: "Token", verb: "Token", governor: "Token") -> str:
    """Write the verb as it stands alone: in the past where what governed it was."""
    blank = token.whitespace_
    if token != verb or token.tag_ not in {"VB", "VBG"}:
        return f"{token.text}{blank}"
    if governor.tag_ == "VBD":
        return f"{token.lemma_.removesuffix('e')}ed{blank}"
    return f"{token.lemma_}{'s' if governor.tag_ == 'VBZ' else ''}{blank}"


def _told(subject: "Sequence[Token]", rest: Sequence[str]) -> str:
    text = "".join(token.text_with_ws for token in subject).strip() + " " + "".join(rest).strip()
    text = text.strip(" ,;:.").replace("  ", " ")
    return f"{text[:1].upper()}{text[1:]}."
