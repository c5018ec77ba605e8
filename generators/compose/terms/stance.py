"""Whether a sentence says itself what a thing is, or reports, denies, doubts, asks or supposes that it is so.

What somebody once held may be wrong, and a myth is: neither is what a thing is, though the grammar is the same.
"""

import re
from typing import TYPE_CHECKING

from domain.documents import Range
from generators.compose.reading.parse import ParsedSection, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SUPPOSING = _words(
    "accuse allege announce anticipate appear argue ask assert assume believe boast claim complain conclude conjecture "
    "consider contend convince debate declare deny disagree disbelieve disprove dispute doubt dream expect fancy fear "
    "feel forget guess hold hope hypothesise hypothesize imagine imply insinuate insist judge lie maintain object "
    "persuade postulate predict presume pretend preach profess propose protest question reckon refute reject report "
    "say seem speculate suggest suppose suspect swear theorise theorize think threaten trust urge wish wonder worry "
    "worship"
)
"""Verbs, by lemma: what stands under one of them is said by somebody, or by nobody, and not by the reading."""

_SUPPOSED = _words(
    "accusation allegation argument assertion assumption belief charge claim conclusion conjecture conviction delusion "
    "denial doctrine dogma doubt dream fallacy falsehood fantasy fear feeling fiction guess hope hunch hypothesis idea "
    "illusion impression lie legend misconception mistake myth notion opinion possibility prejudice premise "
    "presumption pretence pretense proposal proposition propaganda question rumor rumour saying speculation "
    "stereotype story suggestion superstition supposition suspicion tale thesis thought view"
)
"""Nouns of the same kind: "the notion that ..."."""

_DOUBTFUL = _words(
    "absurd debatable doubtful dubious false impossible improbable incorrect mistaken possible questionable uncertain "
    "unclear unlikely unproven untrue wrong"
)
_WE = frozenset({"we", "you", "one", "i"})
_SPOKEN = frozenset({"say", "think", "consider", "imagine"})
"""Verbs by which a reading itself names things: "we say that a body is at rest when ..."."""

_NEVER = frozenset({"no", "none", "nobody", "neither", "never", "hardly", "scarcely", "nowhere", "nothing", "few"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_UNDER = frozenset({"ccomp", "acl", "csubj", "csubjpass", "pcomp", "xcomp", "relcl", "advcl"})
_ATTRIBUTES = frozenset({"attr", "acomp", "nsubj", "oprd", "nsubjpass"})

_SET_BESIDE = (",", " (", " —", "—", " –", "–")
"""After a term: what is put in there is the reading's own, whoever holds the rest."""

_QUOTING, _QUESTIONED = ("“", '"', "‘", "("), ("?”", '?"', "?’", "?)")
_SAID_BEFORE = re.compile(
    r"(?<!\bwe )(?<!\byou )\b(?:argue|believe|claim|conclude|contend|doubt|fear|hope|imagine|insist|maintain|"
    r"pretend|propose|say|said|speculate|suggest|suppose|suspect|think|thought)(?:s|d|ed)?"
    r"(?: that)? (?:(?:the|an?) )?$|"
    r"\b(?:held|hold|holds|assume[sd]?|presume[sd]?|alleged?|assert(?:s|ed)?|"
    r"myths?|notion|idea|belief|claim|view|opinion|assumption|misconception|fallacy|rumou?r|legend|superstition)"
    r" that (?:(?:the|an?) )?$",
    re.IGNORECASE,
)
"""Before a term: what follows is what somebody holds, and the reading may not."""

_ATTRIBUTED = re.compile(r"^(?:According to|In the (?:view|opinion|eyes|words) of|Contrary to)\b")
_WRONGLY = re.compile(
    r"\b(?:wrongly|falsely|mistakenly|erroneously|incorrectly|supposedly|allegedly|reportedly|seemingly|perhaps|"
    r"once (?:thought|believed|held|supposed)|(?:thought|believed|supposed|assumed|rumou?red|alleged) to be)\b",
    re.IGNORECASE,
)
_FALSE = (
    r"(?:wrong|false|untrue|mistaken|incorrect|inaccurate|misleading|nonsense|not (?:true|so|right|correct|the case)|"
    r"an? (?:common )?(?:myth|mistake|misconception|fallacy|error|lie|legend))"
    r"(?= ?[.,;:!?)—–]|$| (?:and|but|because|as|for|since)\b)"
)
_TAKEN_BACK = re.compile(
    rf"\b(?:which|this|that|it|they|th(?:e|is|at) (?:\w+ )?(?:idea|notion|belief|view|claim|definition|theory))"
    rf" (?:\w+ly )?(?:is|was|are|were|proved|(?:has|have) (?:\w+ )?proved|turned out)"
    rf"(?: (?:to be|of course|now|simply|in fact|also|known to be|\w+ly))* {_FALSE}|"
    r"\b(?:which|this|that|it|they|th(?:e|is|at) (?:\w+ )?(?:idea|notion|belief|view|claim|definition|theory))"
    r" (?:(?:was|were) (?:later|since|soon|long ago)|(?:has|have) (?:\w+ )?been|is now|are now) "
    r"(?:disproved|disproven|discredited|refuted|rejected|abandoned|given up|shown to be (?:false|wrong))\b|"
    r"(?:\b(?:which|it|they)|<name>) (?:(?:does|did|do) not exist|never existed)\b|"
    r"\bno (?:one|scientist|historian|doctor|researcher)s? (?:now |still |today )*(?:believes?|holds?|accepts?) ",
    re.IGNORECASE,
)


def is_asked(parsed: ParsedSection, sentence: Sentence, at: Range) -> bool:
    """Whether the words at a place stand in a question, or the term beside them does."""
    holder = parsed.sentence_at(at.start)
    return any(
        one.text.endswith("?") or (one.text.endswith(_QUESTIONED) and one.text.startswith(_QUOTING))
        for one in (sentence, holder)
        if one is not None
    )


def is_taken_back(parsed: ParsedSection, sentence: Sentence, name: str) -> bool:
    """Whether the sentence, or the one after it, says that what it says is wrong."""
    following = parsed.sentences[sentence.index + 1 : sentence.index + 2]
    words = " ".join([sentence.text, *(one.text for one in following)])
    marked = re.sub(rf"\b{re.escape(name)}\b", "<name>", words, flags=re.IGNORECASE)
    return _TAKEN_BACK.search(marked) is not None


def is_reported(parsed: ParsedSection, sentence: Sentence, term: Range, at: Range) -> bool:
    """Whether somebody holds, doubts, denies or supposes that the term is what the words at a place say."""
    before = parsed.masked[sentence.at.start : term.start]
    between = parsed.masked[term.end : at.start]
    verb = _joint(parsed, term, at)
    if verb is None and between.startswith(_SET_BESIDE):
        return False
    if _SAID_BEFORE.search(before) or _ATTRIBUTED.match(before) or _WRONGLY.search(between):
        return True
    return verb is not None and (_is_denied(verb, between) or _is_under(verb))


def _joint(parsed: ParsedSection, term: Range, at: Range) -> "Token | None":
    """Give the verb that both the term and the words at a place hang on; none where they stand side by side."""
    named = parsed.doc.char_span(term.start, term.end, alignment_mode="expand")
    said = parsed.doc.char_span(at.start, at.end, alignment_mode="expand")
    assert named is not None
    assert said is not None
    above = {named.root.i, *(token.i for token in named.root.ancestors)}
    joint = next((token for token in (said.root, *said.root.ancestors) if token.i in above), None)
    return joint if joint is not None and joint.pos_ in {"VERB", "AUX"} else None


def _is_under(verb: "Token") -> bool:
    """Whether a clause around the verb only reports, doubts, denies or supposes it."""
    token = verb
    while token.head.i != token.i:
        if token.dep_ in _UNDER and _is_loose(token):
            return True
        token = token.head
    return False


def _is_loose(clause: "Token") -> bool:
    """Whether what a clause hangs on, or the word that opens it, leaves open whether it is so."""
    head = clause.head
    if any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in clause.children):
        return True
    if clause.dep_ in {"advcl", "relcl"}:
        return False
    if head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return head.lemma_.lower() in _SUPPOSED
    if head.lemma_.lower() in _SUPPOSING:
        return head.lemma_.lower() not in _SPOKEN or not any(child.lower_ in _WE for child in head.children)
    roles = _ATTRIBUTES | {"dobj"} if clause.dep_ == "ccomp" else _ATTRIBUTES
    about = {child.lemma_.lower() for child in head.children if child.dep_ in roles}
    return bool(about & (_DOUBTFUL | _SUPPOSED)) or _is_negated(head)


def _is_denied(verb: "Token", between: str) -> bool:
    """Whether the verb itself is denied, and does not go on with "but"."""
    return _is_negated(verb) and not re.search(r"\bbut\b", between)


def _is_negated(verb: "Token") -> bool:
    words = [word for child in verb.children if child.dep_ in _ATTRIBUTES for word in (child, *child.children)]
    is_never = any(child.lower_ in _NEVER for child in (*verb.children, *words) if child.i < verb.i)
    return is_never or any(child.dep_ == "neg" for child in verb.children)
