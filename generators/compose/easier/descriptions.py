"""Which definitions describe a thing by themselves, so that they can stand beside or in place of its name."""

import re
from typing import TYPE_CHECKING

from domain.words import content_lemmas
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term, mention_pattern

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SHORTEST, _LONGEST = 4, 32

_LEANING = re.compile(
    r"^(?:(?:in |of |to )?(?:which|whom|that)|what|when|where|why|how|if|who|whose|it|they|he|she|and|or|but|also|"
    r"simply|just|known|called|rather|indeed|as|another|other|same)\b|"
    r"\b(?:this|these|those|it|they|he|she|him|them|above|below|following|figures?|tables?|respectively|such|called|"
    r"termed|known as|that is|of which there)\b|"
    r"\b(?:at|by|for|from|in|of|on|to|with) that\b|[=<>]",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    r",?\s+(?:whereas|while)\s|,?\s+(?:and|but) (?:also )?(?:is|are|was|were|has|have|had|can|may|will|does|do)\b|"
    r"[,;] (?:of which|however|for example)\b|\s\(\s*\)",
    re.IGNORECASE,
)
"""What goes on to say something else: of another thing, or besides what a thing is."""

_INNER_CLAUSES = {"relcl", "acl", "advcl", "ccomp", "xcomp", "csubj", "pcomp", "acomp"}
_SUBJECTS = {"nsubj", "nsubjpass"}


def bare_definition(term: Term) -> str:
    """Give the definition as the reading writes it, without what goes on to say something else."""
    cut = _RUNS_ON.search(term.definition)
    is_enough = cut is not None and len(term.definition[: cut.start()].split()) >= _SHORTEST
    return term.definition[: cut.start()] if cut is not None and is_enough else term.definition


def meaning_of(term: Term) -> str:
    """Give what a definition says a thing is, as it stands beside others: not what follows, and no opening capital."""
    meaning = " ".join(bare_definition(term).split()).strip(" .;:,")
    first = term.sentence.tokens[0] if term.definition_at else None
    opens = first is not None and term.definition_at is not None and first.idx == term.definition_at.start
    is_word = first is not None and first.pos_ not in {"", "PROPN"} and first.text[1:].islower()
    return meaning[:1].lower() + meaning[1:] if opens and is_word else meaning


def describes_a_thing(term: Term, parsed: ParsedSection) -> bool:
    """Whether the definition is a noun phrase that neither leans on other sentences nor holds the term."""
    definition, at = term.definition, term.definition_at
    tokens = parsed.doc.char_span(at.start, at.end, alignment_mode="expand") if at else None
    return (
        tokens is not None
        and tokens.root.pos_ in {"NOUN", "PROPN"}
        and _SHORTEST <= len(definition.split()) <= _LONGEST
        and not _LEANING.search(definition)
        and not mention_pattern(term.label).search(definition)
        and not set(content_lemmas(term.label)) <= set(content_lemmas(definition))
        and not _states(tokens)
        and not _is_of_another(term, tokens)
    )


def _states(definition: "Span") -> bool:
    """Whether it is a statement with a verb of its own, and not the name of a kind of thing."""
    verbs = [token.head for token in definition if token.dep_ in _SUBJECTS and token.i != definition.root.i]
    return not all(_is_inside(verb, definition) for verb in verbs)


def _is_inside(verb: "Token", definition: "Span") -> bool:
    """Whether a verb goes with one in a clause that describes something: "which turns and grinds"."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ in _INNER_CLAUSES and definition.start <= verb.i < definition.end


def _is_of_another(term: Term, definition: "Span") -> bool:
    """Whether "X called Y" takes for X a thing of another number: "the ability to keep food in bodies called Y"."""
    assert term.definition_at is not None
    named = definition.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    is_before = term.definition_at.end <= term.at.start
    return named is not None and is_before and _is_many(named.root) != _is_many(definition.root)


def _is_many(token: "Token") -> bool:
    return token.tag_ in {"NNS", "NNPS"}
