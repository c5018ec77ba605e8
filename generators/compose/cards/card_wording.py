"""How a card asks for a definition and how the answer reads: a phrase with its article, or a clause that stands alone.

Words that were cut out of a sentence and are neither make no answer; the card then asks for the term in its sentence.
"""

import re
from typing import TYPE_CHECKING

from domain.documents import Range
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term
from generators.compose.terms.wordings import wordings_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

_FEWEST_WORDS = 3
"""Fewer words, without the article, tell too little to be an answer."""

_BARE_QUESTION = "{}?"
"""In a language whose words for asking are not known."""

_BEFORE = (
    (
        re.compile(
            r"\b(?P<verb>hold|state|propose|postulate|suggest|assert|argue|claim|say|predict|maintain)s? that,?\s+$"
        ),
        "What {do} {name} {verb}?",
    ),
    (re.compile(r"\b(?P<verb>refer to|mean|denote)s?\s+$"), "What {do} {name} {verb}?"),
    (re.compile(r"\b(?P<verb>refer)s to\s+$"), "What {do} {name} {verb} to?"),
)
"""What stands before a definition, and the question that it answers then."""

_OPENING = (
    (
        re.compile(
            r"(?P<verb>involve|describe|represent|measure|examine|contain|consist|focus|result)(?:e?s)?"
            r"(?P<to> of| on| from| in)? (?P<rest>.+)",
            re.DOTALL,
        ),
        "What {do} {name} {verb}{to}?",
    ),
    (re.compile(r"(?:has|have) (?P<rest>(?:an?|the|no|two|three|both)\b.+)", re.DOTALL), "What {do} {name} have?"),
    (re.compile(r"appl(?:y|ies) to (?P<rest>.+)", re.DOTALL), "What {do} {name} apply to?"),
    (
        re.compile(r"(?P<verb>occur|happen|exist)s? (?P<rest>(?:when|if|whenever|where) .+)", re.DOTALL),
        "When {do} {name} {verb}?",
    ),
    (
        re.compile(
            r"(?P<how>(?:made(?: up)?|composed) of|characteri[sz]ed by|concerned with|based on|measured in|marked by) "
            r"(?P<rest>.+)",
            re.DOTALL,
        ),
        "What {be} {name} {how}?",
    ),
)
"""What a definition opens with, and the question that its rest answers."""

_OTHER_NAME = re.compile(r"(?:,|—) or\s+(?:an?\s+|the\s+)?$")
_CLAUSE = re.compile(r"(?:when|where|if|how|what|because|in which|who|which)\b", re.IGNORECASE)
_KIND = re.compile(r"(?P<which>such|this|these)(?: an?)? ", re.IGNORECASE)
_QUANTITY = re.compile(r"^(?:some|many|several|most|one|two|other|all)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|one|some|many|several)\s+", re.IGNORECASE)
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})


def ask(parsed: ParsedSection, term: Term, at: Range) -> tuple[str, str] | None:
    """Word the question that the definition at `at` answers, and the answer; None where it would not read as one."""
    if not parsed.is_full:
        wordings = wordings_of(parsed.evidence.language)
        return (wordings.question if wordings else _BARE_QUESTION).format(term.label), term.definition
    if term.is_listed:
        return f"What is meant by “{term.label}”?", term.definition
    if len(term.definition.split()) < _FEWEST_WORDS:
        return _ask_for_name(parsed, term, at)
    kind = _KIND.match(term.sentence.text)
    if kind and at.end <= term.sentence.at.start:
        described = _describe(parsed, term, at, is_one=kind["which"].lower() == "this")
        return (f"What {_is(parsed, term)} {_article(parsed, term)}{term.label}?", described) if described else None
    return _ask_by_verb(parsed, term, at) or _ask_for_meaning(parsed, term, at)


def _ask_by_verb(parsed: ParsedSection, term: Term, at: Range) -> tuple[str, str] | None:
    """Put the verb that opens the definition, or stands before it, into the question."""
    be = _is(parsed, term)
    words = {"name": f"{_article(parsed, term)}{term.label}", "be": be, "do": "do" if be == "are" else "does"}
    before = parsed.evidence.text[max(0, at.start - 20) : at.start]
    for pattern, question in _BEFORE:
        if match := pattern.search(before):
            return question.format(**words, **match.groupdict("")), _with_article(parsed, term, at)
    for pattern, question in _OPENING:
        if match := pattern.match(term.definition):
            return question.format(**words, **match.groupdict("")), match["rest"]
    return None


def _ask_for_name(parsed: ParsedSection, term: Term, at: Range) -> tuple[str, str] | None:
    """Ask for the other name where the reading gives one after the term: "the soma, or cell body"."""
    tokens = _tokens(parsed, at)
    is_name = at.start >= term.at.end and tokens is not None and _is_noun_phrase(tokens)
    if not is_name or not _OTHER_NAME.search(parsed.evidence.text[term.at.end : at.start]):
        return None
    return f"What is another name for {_article(parsed, term)}{term.label}?", _with_article(parsed, term, at)


def _ask_for_meaning(parsed: ParsedSection, term: Term, at: Range) -> tuple[str, str] | None:
    """Ask what the term is where the definition is a noun phrase, what is meant by it where it is a clause."""
    tokens = _tokens(parsed, at)
    words = _with_article(parsed, term, at)
    if _CLAUSE.match(term.definition) or (tokens is not None and _is_whole_clause(tokens)):
        return f"What is meant by “{term.label}”?", words
    if tokens is not None and _is_noun_phrase(tokens):
        return f"What {_is(parsed, term)} {_article(parsed, term)}{term.label}?", words
    return None


def _tokens(parsed: ParsedSection, at: Range) -> "Tokens | None":
    """Give the tokens of a range without the marks at its end."""
    words = parsed.evidence.text[at.start : at.end].rstrip(" ,.;:—–-\n")
    return parsed.doc.char_span(at.start, at.start + len(words), alignment_mode="contract")


def _is_noun_phrase(tokens: "Tokens") -> bool:
    """Whether the tokens open with a phrase that a noun, or a verb used as one, is the head of."""
    root = tokens.root
    first = next((token for token in tokens if token.is_alpha and token.pos_ not in {"CCONJ", "ADV"}), tokens[0])
    is_noun = root.pos_ in _NOUNS or root.tag_ == "VBG"
    return is_noun and bool(first.i == root.i or root.is_ancestor(first))


def _is_whole_clause(tokens: "Tokens") -> bool:
    """Whether the verb that the tokens hang on has its subject among them."""
    root = tokens.root
    return root.pos_ in {"VERB", "AUX"} and any(child.dep_ in _SUBJECTS and child in tokens for child in root.children)


def _describe(parsed: ParsedSection, term: Term, at: Range, *, is_one: bool) -> str | None:
    """Turn the sentence before "Such a market is called ..." into a phrase about the market.

    "In a market with many sellers, nobody decides" gives "a market with many sellers, in which nobody decides".
    """
    named = next((token for token in term.sentence.tokens if token.dep_ in _SUBJECTS), None)
    tokens = _tokens(parsed, at)
    if named is None or tokens is None:
        return None
    same = [token for token in tokens if token.lemma_ == named.lemma_ and token.dep_ in {"pobj", *_SUBJECTS}]
    for noun in same[:1]:
        rest = parsed.doc[noun.right_edge.i + 1 : tokens.end]
        phrase = _small(parsed.doc[noun.left_edge.i : noun.right_edge.i + 1].text)
        if is_one:
            phrase = "the " + _ARTICLE.sub("", phrase)
        said = " ".join(rest.text.strip(" ,.;").split())
        if noun.dep_ == "pobj" and noun.head.i == tokens.start and rest.text.startswith(","):
            comma = "," if noun.right_edge.i > noun.i else ""
            return " ".join(f"{phrase}{comma} {noun.head.lower_} which {_small(said)}".split())
        if noun.dep_ in _SUBJECTS and noun.left_edge.i == tokens.start and noun.head == tokens.root:
            return " ".join(f"{_QUANTITY.sub('', phrase)} that {said}".split())
    return None


def _small(words: str) -> str:
    return words[:1].lower() + words[1:] if re.match(r"[A-Z](?:[a-z]|\s)", words) else words


def _with_article(parsed: ParsedSection, term: Term, at: Range) -> str:
    """Give the definition with the article that stands before it in the reading."""
    words = r"\s+".join(map(re.escape, term.definition.split()[:2]))
    article = re.search(rf"\b(an?|the)\s+{words}", parsed.evidence.text[at.start : at.end], re.IGNORECASE)
    return f"{article.group(1).lower()} {term.definition}" if article else term.definition


def _is(parsed: ParsedSection, term: Term) -> str:
    tokens = parsed.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    return "are" if tokens is not None and tokens.root.tag_ in {"NNS", "NNPS"} else "is"


def _article(parsed: ParsedSection, term: Term) -> str:
    """Give the article that stands before the term in the reading."""
    before = re.search(r"\b(an?|the) $", parsed.evidence.text[max(0, term.at.start - 4) : term.at.start], re.IGNORECASE)
    return f"{before.group(1).lower()} " if before else ""
