"""Whether a sentence only announces a term, explains it, or just uses it, read from the words around the term."""

import re

from domain.documents import Range
from generators.compose.reading.common_words import COMMON, FAIRLY_COMMON, VERY_COMMON
from generators.compose.reading.mentions import Name
from generators.compose.terms import definition_patterns as patterns

_SURE = 0.8

_PLACES = r"(?:chapters?|sections?|modules?|units?|lessons?|parts?)"
_ANNOUNCES = re.compile(
    rf"\b(?:in (?:this|the (?:next|following|previous|last)|later|subsequent|other|another|earlier) (?:\w+ )?{_PLACES}|"
    rf"(?:next|following|later|last|this) {_PLACES}|by the end of|"
    r"(?:we|you)(?: will|[’']ll| shall| are going to| now turn)|let us (?:now )?(?:turn|look|see)|"
    r"(?:discuss|describ|explain|cover|introduc|examin|explor|defin|consider|treat|stud)(?:e|ed|es|y|ied)? "
    r"(?:it |this |these |them )?(?:in (?:more )?detail |further |more fully )?(?:below|later|next|shortly|soon)|"
    r"(?:see|as in|shown in) (?:chapter|section|figure|below)|key terms?|objectives?|outline)\b",
    re.IGNORECASE,
)
_NAMING_BEFORE = re.compile(
    r"(?:called|termed|known as|named|referred to as|labell?ed|dubbed|defined as|calls?|means?|"
    r"(?:the|a) (?:term|word|concept|idea|name)(?: of)?|(?:,|\(|—|–) ?or|"
    r"(?:called|known as|termed) [^.;:]{2,60} (?:or|and))(?: \w+ly)? ?"
    r"[“\"'‘(]?(?:(?:the|an?|its|their) )?[“\"'‘]?$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:(?:In|For|As) (?!this|that|these)[^,]{2,40}, |"
    r"(?:Thus|Therefore|So|Here|Finally|However|Similarly|First|Second|Third),? )?"
    r"(?:(?:the|an?|this|these|our) )?(?:(?:term|word|concept|process|idea|notion)(?: of)? )?[“\"'‘]?$",
    re.IGNORECASE,
)
_JUDGES = re.compile(
    r"(?:(?:an?|the|one of the|some of the) )?(?:\w+ly )?(?:good|better|best|worse|worst|more|most|less|least|great|"
    r"greater|greatest|important|common|useful|interesting|intriguing|powerful|major|key|popular|simple|foundation|"
    r"essential|critical|constant|little|bit|reason|result|main|same|only|first|second|third|last|next|answer|subject|"
    r"topic|following)\b",
    re.IGNORECASE,
)
"""A definition that opens so judges or ranks, and says nothing of what a thing is."""

_DOES = re.compile(r"\b(?:and|or|but|who|he|she|they|i|we|you|it|then|to|has|have|had)(?: \w+ly)?$", re.IGNORECASE)
"""Before "called": somebody calls, and nothing is named."""

_GOES_ON = re.compile(r"[- ](?:due|of|to|for)\b", re.IGNORECASE)
"""After the term: the name that is given goes on."""

_SAYS_AFTER = re.compile(
    r"[”\"'’]?(?: ?\(| ?[—–:]|, (?:or|which|that|an?|the|in which|where|when|i\.e|meaning|defined|also|such as)\b"
    r"|,? (?:\w+ly |also |often )?(?:is|are|was|were) (?:\w+ly |also |often |simply )?"
    r"(?:an?|the|any|one|when|where|defined|called|known|those|how|what)\b"
    r"|,? (?:\w+ly )?(?:refers?|means?|denotes?|describes?|includes?|consists?|occurs? when|involves?)\b"
    r"|,? can be (?:defined|thought)\b|,? (?:that|which|who) )",
    re.IGNORECASE,
)


def announces(sentence: str) -> bool:
    """Whether a sentence tells what is to come or where something else stands, rather than uses its terms."""
    return bool(_ANNOUNCES.search(sentence))


def may_explain(text: str, at: Range) -> bool:
    """Whether the words right around a mention may say what it is: generous, so that what was explained is found."""
    return bool(_NAMING_BEFORE.search(text[max(0, at.start - 60) : at.start]) or _SAYS_AFTER.match(text, at.end))


def surely_explains(text: str, at: Range) -> bool:
    """Whether a sentence says what the mention in it is, in a wording that leaves no doubt.

    It names it ("is called T"), says what it means ("T refers to"), or opens with it ("T is a ...").
    """
    before, after = text[: at.start], text[at.end :]
    named = next(filter(None, (one.search(before) for one in (patterns.PASSIVE, patterns.REDUCED))), None)
    if named is not None:
        is_verb = _DOES.search(before[: named.start()])
        return "defined as" not in named.group() and not is_verb and not _GOES_ON.match(after)
    is_subject, opens = bool(patterns.SUBJECT.search(before)), bool(_OPENS.match(before))
    for wording in patterns.FOLLOWING:
        if found := wording.pattern.match(after):
            fits = wording.place is patterns.Place.ANY or (wording.place is patterns.Place.SUBJECT and is_subject)
            return fits and opens and wording.strength >= _SURE and not _JUDGES.match(after, found.end())
    return False


def is_ordinary(name: Name, *, in_many_chapters: bool = False) -> bool:
    """Whether readers may meet the words in their everyday sense, so that using them is no gap.

    Across many chapters a single word must be rarer, for it is more easily met in another sense.
    """
    if not name or max(map(len, name)) <= 1:
        return True
    if len(name) > 1:
        return all(word in COMMON or word in VERY_COMMON for word in name)
    (word,) = name
    return word in VERY_COMMON or word in COMMON or (in_many_chapters and word in FAIRLY_COMMON)
