"""Which definitions describe a thing by themselves, so that they can stand beside or in place of its name."""

import re

from domain.words import content_lemmas
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term, mention_pattern

_SHORTEST, _LONGEST = 4, 32

_LEANING = re.compile(
    r"^(?:(?:in |of |to )?(?:which|whom|that)|what|when|where|why|how|if|who|whose|it|they|he|she|and|or|but|also|"
    r"simply|just|known|called|rather|indeed|as)\b|\b(?:this|these|those|it|they|he|she|him|them|above|below|following|"
    r"figures?|tables?|respectively|such)\b|[=<>]",
    re.IGNORECASE,
)


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
    )
