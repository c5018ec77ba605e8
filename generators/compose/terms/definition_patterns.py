"""The wordings by which English schoolbooks define a term, as data for `generators.compose.terms.definitions`.

`FOLLOWING` reads on from the term ("T is a ..."), the patterns below it read back from it ("... is called T").
Strengths were set by how near the cuts come to the authors' own glossaries (`bench/fit_terms.py` shows it).
"""

import re
from dataclasses import dataclass
from enum import Enum


class Place(Enum):
    """What must hold around the term for a wording to count."""

    SUBJECT = "the term is the subject"
    ANY = "nothing"
    NOUN_FOLLOWS = "the term is the subject and a noun phrase follows"
    APPOSED = "what follows is in apposition to the term"
    BESIDE = "what follows is no subject and no member of a list"
    RELATIVE = "what follows is a relative clause about the term"
    SETTING = "the sentence opens with 'In' and the term, and a main clause follows"
    CASE = "the author marked the term, and what follows is a case that may come again"


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern that stands right after the term and ends where the definition begins; how surely it defines."""

    pattern: re.Pattern[str]
    strength: float
    place: Place = Place.ANY


def _after(pattern: str, strength: float, place: Place = Place.ANY) -> Wording:
    return Wording(re.compile(r"[”\"'’]?" + pattern), strength, place)


_ADVERBS = r"(?:(?:\w+ly|also|often|sometimes|then|thus|just|now|still|not only) )*"
_SYMBOL = r"(?: (?![a-z]{2}|is|I\b|A\b)[^\s,.;:()]{1,5})?"
_ASIDE = (
    _SYMBOL + r"(?:\s*\([^()]*\))?(?: (?:of|for|in) (?:an?|the|any|each) [\w-]+(?: [\w-]+)?)??"
    r"(?:,? (?:on the other hand|however|therefore|in contrast|by contrast|then),?|, [^,;:.]{3,60},|,)?"
)
_BE = rf"{_ASIDE} (?:is|are|was|were) {_ADVERBS}"
_DETERMINER = r"(?:an?|the|any|all|another|one|those|some|our|your|their|its|how|what)\b"
_HOLDS = (
    r"(?:holds?|states?|propose[sd]?|postulate[sd]?|suggest(?:s|ed)?|assert(?:s|ed)?|argue[sd]?|claim(?:s|ed)?|says?|"
    r"predict(?:s|ed)?|maintain(?:s|ed)?) that,? "
)
_TIED = r"(?:characteri[sz]ed|made|composed|used|concerned|based|formed|measured|marked|related) "
_NO_MEANING = (
    r"(?:\w+ly |also |sometimes |often )*(?:called|known|referred|named|from|see|or|Latin|Greek|abbreviat|e\.g|i\.e|"
    r"such as|for example|like|plural|shown|about \d|\d|the |(?:\w+ )?(?:credits?|source|photo|image|courtesy)\b)"
)
_DOES = (
    r"(?:occurs?|involves?|consists? of|describes?|represents?|measures?|examines?|focus(?:es)? on|studies|happens?|"
    r"tells|contains?|results? (?:from|in|when)|exists? when|applies|apply|"
    r"(?:has|have) (?:an?|the|no|two|three|both))\b"
)
_DEFINED = (
    r"(?:defined (?:as|to be|by)|(?:described|viewed|regarded) as|"
    r"(?:considered|understood)(?: to be| as)?|thought of as|"
    r"(?:said|taken) to be|the (?:name|term) (?:given to|for|used for)) "
)
_MEANS = (
    r"(?:refers? to|means?|denotes?|can be (?:defined|described|thought of) as|"
    r"(?:is|are) (?:a term )?used to (?:describe|refer to|mean)) "
)
_BREAK = r"(?:\s*\([^()]*\))?(?:, | ?[—–] ?|: )"

FOLLOWING = (
    _after(rf"{_BE}{_DEFINED}", 1.0, Place.SUBJECT),
    _after(rf"{_ASIDE} {_ADVERBS}{_MEANS}", 1.0, Place.SUBJECT),
    _after(rf"{_BE}not [^.;:]{{3,90}}, but (?:rather |instead )?(?={_DETERMINER})", 0.95, Place.SUBJECT),
    _after(rf"{_BE}(?={_DETERMINER}|when |where )", 0.95, Place.SUBJECT),
    _after(r", we mean (?:that )?", 0.95),
    _after(rf"{_ASIDE},? (?:which|that) (?:is|are|was|were) {_ADVERBS}(?={_DETERMINER})", 0.9),
    _after(rf"{_ASIDE},? which (?:refers? to|means?|describes?|denotes?|involves?) ", 0.9),
    _after(r",? defined (?:by [\w ]{2,30} )?(?:as|to be) ", 0.9),
    _after(r", (?:meaning|that is,|i\.e\.,|namely,) ", 0.85),
    _after(r"\s?[—–:-]+ ?(?:that is,|meaning|or) ", 0.85),
    _after(rf"{_ASIDE} {_HOLDS}", 0.8, Place.SUBJECT),
    _after(rf",? which {_HOLDS}", 0.8),
    _after(r", or (?=(?:the|an?) )", 0.8),
    _after(rf"{_BREAK}(?=the (?:idea|belief|notion|view|practice|act|study|ability|tendency) )", 0.8, Place.BESIDE),
    _after(rf"{_BREAK}(?=the )", 0.55, Place.BESIDE),
    _after(rf"{_BREAK}(?!one (?!of)|(?:how|what|our|your|their|its|some) )(?={_DETERMINER})", 0.75, Place.BESIDE),
    _after(rf"{_BREAK}(?=[a-z-]+s (?:that|which|who|of|in)\b)", 0.65, Place.BESIDE),
    _after(r" \((?:i\.e\.,? |that is, |meaning )(?=[a-z][^()]{12,}\))", 0.75),
    _after(rf" \((?!{_NO_MEANING})(?=[a-z][^()]{{12,}}\))", 0.7),
    _after(rf"{_ASIDE} (?:is|are) {_ADVERBS}(?={_TIED})", 0.7, Place.SUBJECT),
    _after(rf"{_BE}", 0.65, Place.NOUN_FOLLOWS),
    _after(r", or ", 0.65),
    _after(r", ", 0.65, Place.APPOSED),
    _after(rf"{_ASIDE} {_ADVERBS}(?={_DOES})", 0.6, Place.SUBJECT),
    _after(r" (?=when )", 0.55, Place.CASE),
    _after(r", ", 0.5, Place.SETTING),
    _after(r", (?=in which|where |when |who |which )", 0.45, Place.RELATIVE),
)
"""What may stand after a term before its definition; the first that fits is taken."""

_LEAD = (
    r"[“\"'‘]?(?:(?:the|an?|his|her|their|its|our) )?(?:(?:terms?|word|phrase|name|concept of) )?"
    r"(?:[\w-]+ (?:[\w-]+ )?or (?:simply )?)?[“\"'‘]?$"
)
_NAMED = (
    r"(?:(?:\w+ly|also|often|sometimes|now|what is) )*"
    r"(?:called|termed|known as|named|referred to as|labell?ed|dubbed|coined|defined as)"
)
PASSIVE = re.compile(rf"(?P<be>\b(?:is|are|was|were|be|been|being)) {_NAMED} {_LEAD}")
"""Before the term: "X is called T"."""

REDUCED = re.compile(rf",? {_NAMED} {_LEAD}")
"""Before the term: "X, called T"."""

ACTIVE = re.compile(
    rf"\b(?:(?:call|calls|refer to) (?P<what>[^,;:]*? )?|called (?:it|this|these|them) )(?:as )?{_LEAD}"
)
"""Before the term: "we call X T"."""

OR = re.compile(r"(?:,| \(|—) ?or [“\"'‘]?(?:(?:the|an?) )?$")
"""Before the term: "X, or T"."""

TERM_FOR = re.compile(rf"(?:term|name|word) (?:for|given to) (?P<what>[^,;]+?) (?:is|was) {_LEAD}")
"""Before the term: "the term for X is T"."""

THIS_IS = re.compile(r"^(?P<what>This(?: [\w-]+){0,9}?) is $")
ENDS = re.compile(r"[.;,]")
"""Around a term without an article: "This change from water to vapour is T."."""

WHEN = re.compile(r"(?P<when>(?:When|If|Whenever) .+), (?:then )?(?:(?:the|an?) )?$", re.DOTALL)
OCCURS = re.compile(r" (?:has |have |is said to )?(?:occurs?|occurred|takes? place|taken place|results?|exists?)\b")
"""Around the term: "When X, T occurs"."""

IN = re.compile(r"^(?:In|During|With|Under) (?:the |an? )?[“\"'‘]?$")
IN_A = re.compile(r"^(?:In|During|With|Under) an? [“\"'‘]?$")
"""Before the term: nothing but "In"; before one that nobody marked, "In a"."""

SUBJECT = re.compile(
    r"(?:^|[,;:—(] |\b(?:and|but|or|so|that|while|whereas|then) )(?:(?:the|an?|this|these|each) )?"
    r"(?:(?:term|word|phrase|concept|process|idea|notion|field|study)(?: of)? )?[“\"'‘]?$",
    re.IGNORECASE,
)
"""Before the term when it is the subject of its clause."""

LEADING = re.compile(r"(?:by|down|into|onto|through|from|with) (?=\w)")
"""Before a noun phrase that a definition is: ties it to the verb, as in "is shaped by fluid pressure, called T"."""

POINTING = re.compile(r"(?:it|this|these|that|they|them|such|we|these all|this is)$", re.IGNORECASE)
DEMONSTRATIVE = re.compile(r"(?:in )?(?:this|these|that|such|those)\b", re.IGNORECASE)
EMPTY_NOUNS = frozenset(
    {"condition", "state", "process", "phenomenon", "technique", "method", "situation", "concept", "idea"}
    | {"something", "thing", "one", "what", "result", "practice", "procedure", "quantity", "property", "effect"}
    | {"event", "approach", "theory", "principle", "relationship", "field"}
)
"""Nouns that say nothing by themselves: in "..., a condition called T" the clause before is the definition."""

ASIDES = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
EXAMPLES = re.compile(r"[,—–;]? (?:such as|for example|for instance|e\.g\.|including)\b.*$", re.DOTALL)
OPENING = re.compile(
    r"^(?:on the other hand|in contrast|by contrast|conversely|similarly|that is|in other words|in this case|"
    r"in general|in fact|however|therefore|for example|for instance|note that|recall that|thus|"
    r"(?:to|by|for|after|despite|because of|with)(?: \w+){0,2} (?:this|that|these|it)),? ",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:we|you|I) (?:have |had |just |briefly )*(?:defined|discussed|described|introduced|saw|seen|learned|"
    r"explained|mentioned|covered|will (?:define|discuss|describe|see|learn|study))\b|"
    r"\b(?:will be|is|are|was|were|be) (?:\w+ly |further )?(?:discussed|described|explained|covered|introduced) "
    r"(?:further|later|below|above|earlier|again|in|at)\b|\bin [Cc]hapter \d|"
    r"\b(?:our|the) (?:next|previous|last|earlier) (?:topic|chapter|section|module|lesson)\b",
    re.IGNORECASE,
)
"""Words that say where the reading speaks of a thing, and not what it is."""

RANKED = re.compile(
    r"(?:one of|among) (?:the|our|my|its|many|several) |one (?:way|reason|example|thing|more)\b|"
    r"(?:the|an?) (?:(?:very|most|more|particularly|extremely) )?"
    r"(?:important|useful|popular|powerful|excellent|good|great|crucial|vital|interesting|fascinating|remarkable|perfect|"
    r"favou?rite|next|same|first thing|subject of|matter of|reason|problem|concern|challenge)\b",
    re.IGNORECASE,
)
"""Openings that praise or rank a thing, which tells less what it is."""

TURN = re.compile(r", (?:while|whereas) (?!\w+ing\b)")
"""In a definition: from here on the sentence speaks of something else."""

BESIDES = re.compile(r", as well as ")
ANOTHER_TERM = re.compile(r", (?:and|or|while|but|whereas|as well as) (?:also )?(?:(?:the|an?) )?$")
SAID_OF_IT = re.compile(
    r"[”\"’]?(?:,? (?:is|are|was|were|refers?|means?|which|that|who|or|has|have)\b|, (?:the|an?)\b| ?[(—–])"
)
"""Before and after a marked term in the definition of another: the sentence goes on with the next term."""

ARTICLE = re.compile(r"^(?:(?:and|but|so|thus|then|an?|the|another)\b|,) ?", re.IGNORECASE)
DANGLING = re.compile(r"(?:[ ,—–](?:in|by|as|of|for|with|to|an?|the|and|or|from|is|are|through|at|on|that|which))+$")
BACKWARD = re.compile(r",? (?:in (?:this|that|such a) (?:way|manner|fashion|sense|case)|like this)$", re.IGNORECASE)
"""At the end of a definition: points back to sentences that a card does not show; what is left is true of the term."""

UNCLEAR = re.compile(
    r"[^\w“‘\"]|\d|(?:it|they|this|these|that|he|she|such|its|their|we|you|i)\b|"
    r"(?:did|do|does|can|could|should|would|will|have|has|is|are|was|were) (?:you|we|they|he|she|it|i|the|an?)\b|"
    r"(?:very |quite )?different things\b|many things\b|something (?:different|else|other)\b|(?:more|less) than\b|"
    r"nothing\b|everything\b|so (?:much|many|little|few)\b|if (?:they|it|he|she|so|not|any)\b|"
    r"(?:\w+ )?(?:credits?|source|courtesy|photo|image) ?(?::|by\b|of\b)",
    re.IGNORECASE,
)
"""A definition that opens like this cannot stand alone, or says nothing of what a thing is."""
