"""One false change to a true sentence, by kind: what a careless writer gets wrong.

The word lists here are the mutator's own and are never shared with the verifier, so that each can find the other's
holes. Every mutator takes a spaCy sentence and yields changed texts; the caller draws one of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

Mutator = Callable[["Tokens", Sequence[str]], Iterator[str]]
"""Takes a sentence and the names of its book."""


def _pairs(text: str) -> Mapping[str, str]:
    """Read `a/b` pairs, both ways; the first pair of a word counts."""
    found: dict[str, str] = {}
    for pair in text.split():
        one, other = pair.replace("_", " ").split("/")
        found.setdefault(one, other)
        found.setdefault(other, one)
    return found


_UNITS = _pairs(
    """kilometers/miles meters/feet centimeters/inches kilograms/pounds grams/ounces seconds/minutes hours/days
    years/months weeks/decades degrees/radians percent/degrees °C/°F km/m cm/mm kg/g joules/watts volts/amperes
    newtons/pascals kelvins/degrees nm/mm J/W V/A light-years/kilometers liters/gallons hertz/seconds
    days/years minutes/hours months/decades meter/foot second/hour hour/minute day/week year/month N/J Hz/kHz s/h m/km
    g/kg A/V W/J AU/km tons/grams dollars/cents points/percent"""
)


def _list(text: str) -> Sequence[str]:
    return text.split()


_NUMBER_WORDS = _list(
    """two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred
    thousand million billion"""
)
_ORDINALS = _list("first second third fourth fifth sixth seventh eighth ninth tenth nineteenth twentieth")
_FRACTIONS = _pairs("half/third one-third/two-thirds one-half/one-quarter quarter/tenth three-quarters/one-eighth")
_SCALES = _pairs("hundred/thousand million/billion trillion/million thousands/millions hundreds/thousands")
_MONTHS = _list(
    """January February March April May June July August September October November December Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday"""
)
_ALL = {
    "all": ["some", "few", "no", "most"], "every": ["no", "hardly any"], "each": ["no"], "some": ["all", "no", "most"],
    "many": ["few", "all", "no"], "most": ["few", "all", "some"], "few": ["most", "many"], "several": ["all", "no"],
    "always": ["sometimes", "never", "rarely"], "never": ["always", "often"], "often": ["rarely", "never", "always"],
    "usually": ["rarely", "always", "never"], "sometimes": ["always", "never"], "generally": ["never", "rarely"],
    "rarely": ["often", "usually"], "typically": ["rarely", "never"], "only": ["also", "not only"],
    "both": ["neither of the", "one of the"], "no": ["every", "some"], "none": ["all"], "any": ["no"],
    "frequently": ["seldom"], "commonly": ["seldom"], "mostly": ["seldom"], "occasionally": ["constantly"],
    "nearly": ["not nearly"],
}  # fmt: skip
_TURNS = _pairs(
    """more/less higher/lower greater/smaller larger/smaller longer/shorter faster/slower older/younger before/after
    increase/decrease increases/decreases increased/decreased increasing/decreasing above/below better/worse
    stronger/weaker earlier/later closer/farther hotter/cooler heavier/lighter wider/narrower deeper/shallower
    brighter/dimmer denser/sparser thicker/thinner harder/easier richer/poorer maximum/minimum highest/lowest
    largest/smallest greatest/least longest/shortest fastest/slowest oldest/youngest at_least/at_most
    more_than/fewer_than positive/negative inside/outside internal/external inward/outward upward/downward
    forward/backward left/right north/south east/west hot/cold large/small big/little high/low long/short strong/weak
    fast/slow near/far deep/shallow bright/dark early/late old/new rich/poor simple/complex easy/difficult true/false
    active/passive absorb/emit absorbs/emits attract/repel attracts/repels gain/lose gains/loses accept/reject
    presence/absence conscious/unconscious dependent/independent similar/different same/opposite begin/end
    begins/ends start/stop rise/fall rises/falls rising/falling expand/contract expands/contracts accelerate/decelerate
    add/subtract adding/subtracting include/exclude includes/excludes win/lose success/failure cause/prevent
    causes/prevents rough/smooth hard/soft wet/dry full/empty open/closed public/private common/rare natural/artificial
    parallel/perpendicular horizontal/vertical linear/nonlinear quantitative/qualitative direct/inverse
    directly/inversely
    proportional/unrelated genetic/environmental static/dynamic kinetic/potential ancient/modern good/bad best/worst
    heating/cooling constant/varying approach/leave toward/from within/beyond superior/inferior maternal/paternal
    toward/away_from over/under dominant/recessive temporary/permanent major/minor upper/lower inner/outer
    visible/invisible stable/unstable elastic/inelastic discrete/continuous finite/infinite
    short-term/long-term useful/useless"""
)
_UN = _pairs(
    """likely/unlikely able/unable aware/unaware possible/impossible usual/unusual known/unknown necessary/unnecessary
    important/unimportant healthy/unhealthy regular/irregular correct/incorrect related/unrelated equal/unequal
    balanced/unbalanced consistent/inconsistent complete/incomplete significant/insignificant relevant/irrelevant
    harmful/harmless agree/disagree appear/disappear charged/uncharged certain/uncertain"""
)
_AUXILIARIES = frozenset(_list("is are was were can could will would may might must should has have had does do did"))


def numbers(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Change digits, number words, ordinals, fractions, scales or months."""
    for found in re.finditer(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])", sentence.text):
        yield from (_put(sentence.text, found.start(), found.end(), other) for other in _other_numbers(found[0]))
    for token in sentence:
        low = token.text.lower()
        for words in (_NUMBER_WORDS, _ORDINALS):
            # "a second" is a time, "first" may open a list of arguments; both are still other words when changed
            if low in words and token.pos_ in {"NUM", "ADJ", "NOUN"}:
                yield _swap(sentence, token, words[(words.index(low) + 3) % len(words)])
        for table in (_FRACTIONS, _SCALES):
            if low in table:
                yield _swap(sentence, token, table[low])
        if token.text in _MONTHS and token.pos_ == "PROPN":
            yield _swap(sentence, token, _MONTHS[(_MONTHS.index(token.text) + 5) % 12])


def units(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Change what a number counts; a conversion without its factor is one of these."""
    for before, token in pairwise(sentence):
        is_number = before.like_num or before.text in {"°", "hundred", "thousand", "million", "billion"}
        if is_number and token.text in _UNITS:
            yield _swap(sentence, token, _UNITS[token.text])
    for found in re.finditer(r"\d(%)", sentence.text):
        yield _put(sentence.text, found.start(1), found.end(1), " points")
    for found in re.finditer(r"\$(?=\d)", sentence.text):
        yield _put(sentence.text, found.start(), found.end(), "€")


def names(sentence: "Tokens", known: Sequence[str]) -> Iterator[str]:
    """Put another person, place or group of the book, or of nowhere, in the place of one."""
    for entity in sentence.ents:
        if entity.label_ in {"PERSON", "GPE", "NORP", "ORG", "LOC"} and entity.text[0].isupper():
            others = [name for name in known if name.split()[-1] not in sentence.text]
            at = entity.start_char - sentence.start_char
            for other in (others[len(sentence.text) % len(others)] if others else "Ferrante", "Okonkwo"):
                yield _put(sentence.text, at, at + len(entity.text), other)


def negations(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Deny what is said, or say what is denied."""
    for token in sentence:
        low = token.lower_
        if low in _AUXILIARIES and token.dep_ in {"aux", "auxpass", "ROOT"} and not _is_denied(token):
            yield _swap(sentence, token, f"{token.text} not")
            if low in {"is", "are", "was", "were", "does", "do", "did", "has", "have", "had", "could", "would"}:
                yield _swap(sentence, token, f"{token.text}n’t")
            yield _swap(sentence, token, f"{token.text} never")
        if token.dep_ == "ROOT" and token.tag_ in {"VBZ", "VBP", "VBD"} and token.lemma_ != "be":
            helper = {"VBZ": "does", "VBP": "do", "VBD": "did"}[token.tag_]
            fails = {"VBZ": "fails", "VBP": "fail", "VBD": "failed"}[token.tag_]
            yield _swap(sentence, token, f"{helper} not {token.lemma_}")
            yield _swap(sentence, token, f"{fails} to {token.lemma_}")
        if token.lemma_ == "have" and token.dep_ == "ROOT" and token.tag_ in {"VBZ", "VBP"}:
            yield _swap(sentence, token, "lacks" if token.tag_ == "VBZ" else "lack")
        if low in {"not", "never", "n't", "n’t"} and token.head.pos_ in {"VERB", "AUX"}:
            gone = _swap(sentence, token, "")
            yield gone.replace("  ", " ")
        if low in {"with", "without"}:
            yield _swap(sentence, token, "without" if low == "with" else "with")
        if low in _UN:
            yield _swap(sentence, token, _UN[low])


def quantifiers(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Change how much or how often, or say so where nothing was said."""
    for token in sentence:
        for other in _ALL.get(token.lower_, ()):
            yield _swap(sentence, token, other)
        if token.dep_ == "ROOT" and token.tag_ in {"VBZ", "VBP"} and token.lemma_ != "be":
            for word in ("never", "always", "only", "rarely"):
                yield _swap(sentence, token, f"{word} {token.text}")
        if token.dep_ == "nsubj" and token.tag_ == "NNS" and token.left_edge.i == token.i:
            for word in ("All", "No", "Only", "Few") if token.i == sentence.start else ("all", "no", "only", "few"):
                yield _swap(sentence, token, f"{word} {token.text.lower() if token.is_title else token.text}")


def comparatives(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Turn a comparison, a direction or an opposite."""
    low = sentence.text.lower()
    for word, other in _TURNS.items():
        for found in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", low):
            yield _put(sentence.text, found.start(), found.end(), other)


def subjects(sentence: "Tokens", _names: Sequence[str]) -> Iterator[str]:
    """Let subject and object change places."""
    for verb in sentence:
        subject = next((t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
        thing = next((t for t in verb.children if t.dep_ in {"dobj", "attr"}), None)
        if thing is None:
            by = next((t for t in verb.children if t.dep_ == "agent"), None)
            thing = next((t for t in by.children if t.dep_ == "pobj"), None) if by else None
        if subject is None or thing is None or {subject.pos_, thing.pos_} & {"PRON", "DET", "ADJ"}:
            continue
        one, other = _phrase(subject), _phrase(thing)
        if one[-1].i < other[0].i and subject.lemma_ != thing.lemma_ and _is_content(one) and _is_content(other):
            yield _exchange(sentence, one, other)


def members(sentence: "Tokens", names: Sequence[str]) -> Iterator[str]:
    """Put a word of elsewhere into a list, or let the parts of two statements in one sentence change places."""
    for token in sentence:
        heads = [token, *(t for t in token.conjuncts if t.i > token.i)]
        if len(heads) > 1 and token.pos_ == "NOUN" and token.dep_ != "conj":
            for other in names:
                if other.islower() and other not in sentence.text.lower():
                    yield _swap(sentence, heads[-1], other)
                    break
    nouns = [t for t in sentence if t.pos_ == "NOUN" and t.dep_ == "pobj" and t.head.lower_ in {"of", "from", "to"}]
    for one in nouns:
        holder = one.head.head
        if holder.pos_ == "NOUN" and holder.i < one.i and holder.lemma_ != one.lemma_ and one.head.lower_ == "of":
            yield _exchange(sentence, [holder], [one])
    for one, other in pairwise(nouns):
        if (one.head.lower_, other.head.lower_) == ("from", "to") and one.lemma_ != other.lemma_:
            yield _exchange(sentence, [one], [other])


KINDS: Mapping[str, Mutator] = {
    "number": numbers,
    "unit": units,
    "name": names,
    "negation": negations,
    "quantifier": quantifiers,
    "comparative": comparatives,
    "subject and object": subjects,
    "list member": members,
}


def _other_numbers(text: str) -> Iterator[str]:
    digits = text.replace(",", "")
    if "." in digits:
        yield f"{float(digits) * 10:g}"
        yield text.replace(".", "")
    elif "," in text:
        yield f"{int(digits) // 10:,}"
        yield f"{int(digits) + 1000:,}"
    else:
        yield str(int(digits) + (9 if len(digits) == 4 else 1))
        if len(digits) == 2 and digits[0] != digits[1] and digits[1] != "0":
            yield digits[::-1]
        if len(digits) > 1:
            yield text + "0"


def _is_denied(token: "Token") -> bool:
    return any(child.dep_ == "neg" for child in (*token.children, *token.head.children))


def _phrase(token: "Token") -> Sequence["Token"]:
    """Give the words of a noun phrase up to its head, without article."""
    words = [t for t in token.subtree if t.i <= token.i and t.dep_ in {"compound", "amod", "nummod"}]
    return [*(t for t in words if t.i >= token.left_edge.i and t.head == token), token]


def _is_content(words: Sequence["Token"]) -> bool:
    return all(not word.is_stop and word.is_alpha for word in words)


def _exchange(sentence: "Tokens", one: Sequence["Token"], other: Sequence["Token"]) -> str:
    base = sentence.start_char
    first = (one[0].idx - base, one[-1].idx + len(one[-1]) - base)
    second = (other[0].idx - base, other[-1].idx + len(other[-1]) - base)
    text: str = sentence.text
    begin = text[second[0] : second[1]]
    begin = begin[0].upper() + begin[1:] if first[0] == 0 else begin
    end = text[first[0] : first[1]]
    end = end[0].lower() + end[1:] if first[0] == 0 and one[0].pos_ != "PROPN" else end
    return text[: first[0]] + begin + text[first[1] : second[0]] + end + text[second[1] :]


def _swap(sentence: "Tokens", token: "Token", other: str) -> str:
    at = token.idx - sentence.start_char
    return _put(sentence.text, at, at + len(token), other)


def _put(text: str, start: int, end: int, other: str) -> str:
    other = other[:1].upper() + other[1:] if start == 0 else other
    return text[:start] + other + text[end:]
