"""How a card asks for a definition and how the answer reads: a phrase with its article, or a clause that stands alone.

Words that were cut out of a sentence and are neither make no answer; the card then asks for the term in its sentence.
"""

import re
from typing import TYPE_CHECKING

from domain.documents import Range
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.definition_doubts import disagrees
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
            r"\b(?P<verb>hold|state|propose|postulate|suggest|assert|argue|claim|say|predict|maintain)"
            r"(?:s|(?P<past>e?d))? that,?\s+$"
        ),
        "What {do} {name} {verb}?",
    ),
    (re.compile(r"\b(?P<verb>refer to|mean|denote)s?\s+$"), "What {do} {name} {verb}?"),
    (re.compile(r"\b(?P<verb>refer)s to\s+$"), "What {do} {name} {verb} to?"),
    (re.compile(r"\bwhich (?P<verb>describe|involve)s?\s+$"), "What {do} {name} {verb}?"),
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
    (
        re.compile(
            r"(?P<verb>hold|state|propose|postulate|suggest|assert|argue|claim|say|predict|maintain)"
            r"(?:s|(?P<past>e?d))? that,? (?P<rest>.+)",
            re.DOTALL,
        ),
        "What {do} {name} {verb}?",
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

_KINDS = re.compile(r"theory|law|principle|model|test|method|approach|rule|system|process|hypothesis", re.IGNORECASE)
"""Nouns that are counted, though names made of them stand without an article."""

_THIS = re.compile(r"(?<=\b[Tt]h)(?:is|ese) (?!.)", re.DOTALL)
_PERSON = re.compile(
    r"\w*(?:er|or|ist|ian|man|woman|king|queen|prince|princess|poet|monk|nun|priest|pope|general|judge|chief|hero|"
    r"saint|plaintiff|son|wife|husband|child|boy|girl|student|scholar|president|one)",
    re.IGNORECASE,
)
"""Nouns that say who somebody is."""

_RELATIVE = re.compile(r"(?:which|that|who) (?!is\b|are\b|was\b|were\b|we\b|you\b)(?P<said>[a-z]+ .+)", re.DOTALL)
"""A definition that is a relative clause about the term."""

_FEWEST_NAME = 2
"""Words in a name whose last says what kind of thing it is: "usury laws" are laws."""

_LISTED = re.compile(r"(?:,|\band) (?:the |an? )?$")
_OTHER_NAME = re.compile(r"(?:,|—) or\s+(?:an?\s+|the\s+)?$")
_CLAUSE = re.compile(r"(?:when|where|if|how|what|because|in which|who|which)\b", re.IGNORECASE)
_KIND = re.compile(r"(?P<which>such|this|these)(?: an?)? (?!is\b|are\b|was\b|were\b)", re.IGNORECASE)
_QUANTITY = re.compile(r"^(?:some|many|several|most|one|two|other|all|an? (?:few|number of))\s+", re.IGNORECASE)
_TURNS = re.compile(r"(?:,? today)?, (?:however|therefore|thus|for example|for instance|then),")
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
    if relative := _RELATIVE.fullmatch(term.definition):
        return _ask_by_opening(parsed, term, relative["said"]) or _ask_for_kind(parsed, term, relative["said"])
    return _ask_by_verb(parsed, term, at) or _ask_for_meaning(parsed, term, at)


def _ask_by_verb(parsed: ParsedSection, term: Term, at: Range) -> tuple[str, str] | None:
    """Put the verb that opens the definition, or stands before it, into the question."""
    before = parsed.evidence.text[max(0, at.start - 20) : at.start]
    for pattern, question in _BEFORE:
        if match := pattern.search(before):
            return _worded(parsed, term, question, match), _with_article(parsed, term, at)
    is_bare = parsed.evidence.text.startswith(term.definition.split()[0], at.start)
    return _ask_by_opening(parsed, term, term.definition) if is_bare else None


def _ask_by_opening(parsed: ParsedSection, term: Term, words: str) -> tuple[str, str] | None:
    """Put the verb that words open with into the question."""
    for pattern, question in _OPENING:
        if match := pattern.match(words):
            return _worded(parsed, term, question, match), match["rest"]
    return None


def _ask_for_kind(parsed: ParsedSection, term: Term, said: str) -> tuple[str, str] | None:
    """Ask what a thing of two or more words is, whose last word says its kind: "laws that limit interest"."""
    words = term.label.split()
    tokens = _tokens(parsed, term.at)
    if len(words) < _FEWEST_NAME or tokens is None or tokens.root.pos_ != "NOUN" or tokens.root.text != words[-1]:
        return None
    is_one = tokens.root.tag_ == "NN" and (_article(parsed, term) or _KINDS.fullmatch(words[-1]))
    article = "a " if is_one else ""
    return f"What {_is(parsed, term)} {_article(parsed, term)}{term.label}?", f"{article}{words[-1]} that {said}"


def _worded(parsed: ParsedSection, term: Term, question: str, match: re.Match[str]) -> str:
    """Word a question with the term's name, and the verbs in its number and in the tense of the reading."""
    be = _is(parsed, term)
    said = match.groupdict("")
    do = "did" if said.get("past") else "do" if be == "are" else "does"
    return question.format(name=f"{_article(parsed, term)}{term.label}", be=be, do=do, **said)


def _ask_for_name(parsed: ParsedSection, term: Term, at: Range) -> tuple[str, str] | None:
    """Ask for the other name where the reading gives one after the term: "the soma, or cell body"."""
    tokens = _tokens(parsed, at)
    is_name = at.start >= term.at.end and tokens is not None and _is_noun_phrase(tokens)
    if not is_name or not _OTHER_NAME.search(parsed.evidence.text[term.at.end : at.start]):
        return None
    if disagrees(parsed, term.at, at) or _LISTED.search(parsed.evidence.text[term.sentence.at.start : term.at.start]):
        return None
    return f"What is another name for {_article(parsed, term)}{term.label}?", _with_article(parsed, term, at)


def _ask_for_meaning(parsed: ParsedSection, term: Term, at: Range) -> tuple[str, str] | None:
    """Ask what the term is where the definition is a noun phrase, what is meant by it where it is a clause."""
    tokens = _tokens(parsed, at)
    words = _with_article(parsed, term, at)
    asked = _asked(parsed, term, at)
    if is_persons(parsed, term) and not asked.startswith("Who"):
        return None
    if _CLAUSE.match(term.definition) or (tokens is not None and _is_whole_clause(tokens)):
        return f"What is meant by “{term.label}”?", words
    if tokens is not None and _is_noun_phrase(tokens):
        return f"{asked} {_article(parsed, term)}{term.label}?", words
    return None


def _asked(parsed: ParsedSection, term: Term, at: Range) -> str:
    """Give "What is", "What were", "Who was": as the reading says it, and for a person or a thing."""
    said = re.search(r"\b(?:was|were)\b", parsed.evidence.text[term.at.end : max(term.at.end, at.start)])
    kind = _tokens(parsed, at)
    is_person = is_persons(parsed, term) and kind is not None and _PERSON.fullmatch(kind.root.lemma_) is not None
    return f"{'Who' if is_person else 'What'} {said.group() if said else _is(parsed, term)}"


def is_persons(parsed: ParsedSection, term: Term) -> bool:
    """Whether the term is somebody's name."""
    tokens = _tokens(parsed, term.at)
    is_name = tokens is not None and tokens.root.ent_type_ == "PERSON" and tokens.root.pos_ == "PROPN"
    return is_name and term.label[0].isupper()


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
        said = " ".join(_TURNS.sub("", rest.text).strip(" ,.;").split())
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
    text = parsed.evidence.text
    found = re.search(rf"\b(an?|the|another)\s+{words}", text[at.start : at.end], re.IGNORECASE)
    if found is None:
        return f"the {term.definition}" if _THIS.search(text, 0, at.start) else term.definition
    article = found.group(1).lower()
    if article == "another":
        article = "an" if re.match(r"[aeiou]", term.definition, re.IGNORECASE) else "a"
    return f"{article} {term.definition}"


def _is(parsed: ParsedSection, term: Term) -> str:
    tokens = parsed.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    return "are" if tokens is not None and tokens.root.tag_ in {"NNS", "NNPS"} else "is"


def _article(parsed: ParsedSection, term: Term) -> str:
    """Give the article that stands before the term in the reading, there or, for one thing, elsewhere."""
    text = parsed.evidence.text
    before = re.search(r"\b(an?|the) $", text[max(0, term.at.start - 4) : term.at.start], re.IGNORECASE)
    if before is not None:
        article = before.group(1).lower()
        return "" if article != "the" and _is(parsed, term) == "are" else f"{article} "
    tokens = _tokens(parsed, term.at)
    if tokens is None or len(tokens) > 1 or tokens.root.tag_ != "NN" or not term.label[:1].islower():
        return ""
    elsewhere = re.search(rf"\b(an?) {re.escape(term.label)}(?= (?:is|was|has|can|may|of|that|which)\b|[.,;])", text)
    bare = re.search(rf"(?:^|[.!?] )(?:{re.escape(term.label.capitalize())}) (?:is|was|means)\b", text, re.MULTILINE)
    return f"{elsewhere.group(1)} " if elsewhere and not bare else ""
