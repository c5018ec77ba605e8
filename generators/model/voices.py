"""Turns a statement into the voice of its source: of "the miller grinds wheat", "wheat is ground by the miller".

A passive keeps who does it and to whom it is done exactly when, turned back, its words stand in the source's order. So
a statement in another voice than its source is turned first and compared then: an honest one fits, and one whose roles
changed places does not, though all its words are there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.model.verb_forms import finite_forms, is_participle, participles

if TYPE_CHECKING:
    from spacy.tokens import Token

_BE = r"(?:am|is|are|was|were|be|been|being)"
_AID = r"(?:can|could|may|might|must|shall|should|will|would|has|have|had|do|does|did)"
_BESIDE = r"(?:not|never|also|often|usually|sometimes|always|then|thus|only|\w+ly)"
_BEFORE = rf"(?P<aid>\b(?:(?:{_AID}|{_BESIDE})\s+)*)\b{_BE}\s+(?P<beside>(?:{_BESIDE}\s+)*)"
_PHRASES = (
    "about|across|after|around|as|at|before|between|by|during|for|from|in|inside|into|on|out|over|through|to|under|upon"
    "|when|with|within|without"
)
_PHRASE = re.compile(rf"\s(?:{_PHRASES})\b", re.IGNORECASE)
"""Where what is done, or who does it, is over and circumstances begin."""

_BY = re.compile(r"\s+by\s+", re.IGNORECASE)
_DONE_BY = re.compile(rf"\b{_BE}\s+(?:{_BESIDE}\s+)*(?P<verb>\w+)\s+by\s", re.IGNORECASE)
_PARTICLES = frozenset(["apart", "away", "back", "down", "off", "out", "up"])
_AFTER_VERB = _PARTICLES | frozenset(_PHRASES.split("|"))
_NO_SUBJECT_WORDS = "a an the of in on at to for from by with and or than this that these those its their"
_NO_SUBJECT = frozenset(_NO_SUBJECT_WORDS.split())


@dataclass(frozen=True, slots=True)
class Use:
    """A verb in a clause: its base form, as it stands there with its "is", and whether somebody it is done by is named.

    `is_done` says that it stands in the passive, `has_by` that "by" stands beside it, `is_fronted` that what it is done
    to stands before it: "the dam that they built". `doer` is its subject, in the reading's words, where it has one.
    """

    base: str
    form: str
    is_done: bool
    has_agent: bool
    has_by: bool
    is_fronted: bool
    doer: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A statement in the other voice; `core` holds its words in the order that the source must have."""

    text: str
    core: str


def uses_of(tokens: "Sequence[Token]") -> tuple[Use, ...]:
    """List the verbs of a clause."""
    has_by = any(token.lower_ == "by" for token in tokens)
    return tuple(_use(token, has_by=has_by) for token in tokens if token.tag_.startswith("VB"))


def turn(text: str, uses: Sequence[Use]) -> Iterator[Turned]:
    """Yield a statement in the voice in which a clause uses its verb; nothing where they share the voice."""
    for use in uses:
        if any(one.base == use.base and one.is_done != use.is_done for one in uses):
            continue
        if not use.is_done:
            yield from _to_active(text, use)
        elif use.has_agent:
            yield from _to_passive(text, use)


def is_done_by(text: str, uses: Sequence[Use], words: Sequence[str]) -> bool:
    """Whether a statement says that something is done by somebody with a verb that its sources use as none."""
    found = _DONE_BY.search(text)
    if found is None or not is_participle(found["verb"]):
        return False
    verb = found["verb"].lower()
    return verb not in words and not any(verb in participles(use.base) for use in uses)


def find_done(words: Sequence[str]) -> int | None:
    """Give the place of the participle in a question with "is": of "is wheat ground by …" that of "ground".

    One before a noun is no verb there: "What are charged particles?" asks for what they are.
    """
    for at, word in enumerate(words):
        if is_participle(word) and (at + 1 == len(words) or words[at + 1].lower() in _AFTER_VERB):
            return at
    return None


def _use(token: "Token", *, has_by: bool) -> Use:
    children = list(token.children)
    helper = next((child.text for child in children if child.dep_ == "auxpass"), "")
    has_agent = any(child.dep_ == "agent" for child in children)
    is_done = bool(helper) or has_agent or any(child.dep_ == "nsubjpass" for child in children)
    subject = next((one for one in children if one.dep_ == "nsubj" and one.tag_ not in {"WDT", "WP"}), None)
    return Use(
        base=token.lemma_.lower(),
        form=f"{helper} {token.text}".strip(),
        is_done=is_done,
        has_agent=has_agent,
        has_by=has_by,
        is_fronted=token.dep_ == "relcl" and subject is not None,
        doer="".join(one.text_with_ws for one in subject.subtree) if subject is not None else "",
    )


def _to_active(text: str, use: Use) -> Iterator[Turned]:
    """Say who does it where a statement says to whom it is done."""
    verb = "|".join(map(re.escape, sorted(participles(use.base))))
    found = re.search(rf"{_BEFORE}(?:{verb})\b", text, re.IGNORECASE)
    if found is None and not use.has_by:
        found = re.search(rf"(?P<aid>)(?P<beside>)\b(?:{verb})(?=\s+by\s)", text, re.IGNORECASE)
    if found is None:
        return
    done_to = text[: found.start()].strip()
    middle, _, after = _halves(_BY, text[found.end() :].rstrip(". "))
    doer, rest = _head(after)
    if use.is_fronted:
        yield Turned(text, _joined((done_to, doer, use.form, middle, rest)))
        return
    particle = middle.split()[0] if set(middle.split()[:1]) & _PARTICLES else ""
    middle = middle.strip().removeprefix(particle)
    words = (found["aid"], found["beside"], use.form, particle, _lowered(done_to), middle, rest)
    # "wheat is ground" says no more than "the miller grinds wheat", and that can be held against the source whole
    yield Turned(_joined((doer or use.doer, *words)), _joined((doer, *words)))


def _to_passive(text: str, use: Use) -> Iterator[Turned]:
    """Say to whom it is done where a statement says who does it."""
    verb = "|".join(map(re.escape, sorted(finite_forms(use.base))))
    for found in re.finditer(rf"\b(?:{verb})\b", text, re.IGNORECASE):
        doer = text[: found.start()].strip()
        last = doer.split()[-1:]
        if not last or last[0].lower() in _NO_SUBJECT or re.fullmatch(_BE, last[0], re.IGNORECASE):
            continue
        done_to, rest = _head(text[found.end() :].rstrip(". ").strip())
        doer = _lowered(doer)
        yield Turned(_joined((done_to, use.form, "by", doer, rest)), _joined((done_to, use.form, doer, rest)))
        return


def _head(text: str) -> tuple[str, str]:
    """Part a phrase from the circumstances after it."""
    text = f" {text}"
    found = _PHRASE.search(text)
    return (text.strip(), "") if found is None else (text[: found.start()].strip(), text[found.start() :].strip())


def _halves(sign: re.Pattern[str], text: str) -> tuple[str, str, str]:
    found = sign.search(text)
    return (text, "", "") if found is None else (text[: found.start()], found.group(), text[found.end() :])


def _joined(parts: Sequence[str]) -> str:
    return " ".join(" ".join(parts).split())


def _lowered(text: str) -> str:
    """Write an article that began a sentence as one within it."""
    first, blank, rest = text.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first.lower() in _NO_SUBJECT else text
