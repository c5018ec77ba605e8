"""One change that makes a true sentence false, and leaves its grammar whole.

A number, a term of the same section, a comparative, a quantifier, or a denial: each change names the words that it
took out, which are the correction.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.ids import stable_id
from generators.compose.quizzes.distractors import is_told, shape_of
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import Term, mention_pattern

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPPOSITES = """more:less higher:lower greater:smaller larger:smaller bigger:smaller longer:shorter faster:slower
    stronger:weaker better:worse older:younger earlier:later warmer:cooler hotter:colder heavier:lighter
    deeper:shallower highest:lowest largest:smallest greatest:smallest longest:shortest fastest:slowest
    strongest:weakest best:worst oldest:youngest earliest:latest above:below inside:outside increase:decrease
    increases:decreases increased:decreased increasing:decreasing rises:falls rise:fall raises:lowers raised:lowered
    gains:loses gain:lose maximum:minimum positive:negative internal:external outer:inner upper:lower
    northern:southern eastern:western absorbs:emits absorb:emit attracts:repels attract:repel expands:contracts
    expand:contract always:never narrower:wider thicker:thinner richer:poorer easier:harder cheaper:dearer
    before:after widens:narrows speeds:slows strengthens:weakens encourages:discourages encourage:discourage
    allows:prevents allow:prevent"""
_PAIRS = [(pair.split(":")[0], pair.split(":")[1]) for pair in _OPPOSITES.split()]
_OTHER_WAY = dict(_PAIRS) | {right: left for left, right in reversed(_PAIRS)}
"""Opposites that take each other's place without any other change."""

_QUANTITIES = {"all": "few", "every": "no", "each": "no", "most": "few", "many": "few", "few": "most", "no": "every"}
"""What a quantity at the head of a subject turns into."""

_DENIED = {"is", "are", "was", "were", "can", "will"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_COMPARING = {"JJR", "JJS", "RBR", "RBS"}
_STATED = {"acomp", "attr", "dobj", "oprd", "advmod", "amod"}
"""How what a sentence states hangs from its verb."""

_LOOSE = re.compile(
    r"\b(?:can|could|may|might|up to|at (?:least|most)|(?:more|less|fewer|higher|lower|greater) than|over|under|"
    r"between|from \d|or (?:more|less|fewer)|perhaps|possibly|approximately|roughly)\b",
    re.IGNORECASE,
)
"""Wordings beside which another number, or the opposite, may hold as well."""

_OF_SOME = re.compile(
    r"\b(?:some|several|certain|most|many|few|fewer|less|often|sometimes|usually|not|no|never|n't|cannot|only|"
    r"half|halves|thirds?|quarters?|fifths?|tenths?|percent|per cent|percentage|parts?|portions?|fractions?|shares?|"
    r"majority|minority|rest|bulk|handful|dozens?|hundreds|thousands|millions|at least|at most|one of|any of|"
    r"either|both|none|neither|nearly|almost|about|mostly|mainly|partly|largely|generally)\b|%",
    re.IGNORECASE,
)
"""Wordings that a denial does not make false, or that deny already."""

_OF_KINDS = re.compile(r"\b(?:one of|an example|a kind|a type|a form|a number of|a variety of)\b", re.IGNORECASE)
"""Wordings whose denial says next to nothing."""

_YEAR = re.compile(r"1\d{3}|20\d{2}")


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence made false: what it says now, the words put in, and the reading's words that they stand for."""

    text: str
    wrong: str
    right: str
    is_of_terms: bool = False
    is_denial: bool = False


def changes_of(parsed: ParsedSection, sentence: Sentence, terms: Sequence[Term]) -> Iterator[Change]:
    """Yield the ways to make a sentence false, the most telling first; terms come in the order they are to be tried."""
    plain = (*_compared(sentence), *_numbers(sentence, parsed), *_quantities(sentence))
    for instead in plain:
        yield _change(sentence, instead)
    for instead in _terms(sentence, terms, parsed):
        yield replace(_change(sentence, instead), is_of_terms=True)
    for instead in _denials(sentence):
        yield replace(_change(sentence, instead), is_denial=True)


def _change(sentence: Sentence, instead: tuple[int, int, str]) -> Change:
    start, end, words = instead
    text = sentence.text
    said = _with_article(text[:start], words, text[start:end]) + words + text[end:]
    return Change(" ".join((said[:1].upper() + said[1:]).split()), words, text[start:end])


def _compared(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    found = [token for token in sentence.tokens if token.lower_ in _OTHER_WAY and not _is_in_name(token)]
    is_sure = not _OF_SOME.search(sentence.text) and not re.search(r"\b(?:can|may)\b", sentence.text)
    if len(found) == 1 and is_sure and _is_stated(found[0]):
        yield _instead(found[0], sentence, _OTHER_WAY[found[0].lower_])


def _is_stated(token: "Token") -> bool:
    """Whether a word is in what the sentence says of its subject, and not in what only tells which thing is meant."""
    root = token.sent.root
    subject = _subject(root)
    if subject is None or token.i <= subject.right_edge.i:
        return False
    if token.i == root.i:
        return not any(child.lower_ == "into" for child in token.children)
    if token.dep_ == "prep" and token.head.i == root.i:
        return True
    if token.dep_ == "amod" and token.tag_ not in _COMPARING:
        return False
    is_compared = token.tag_ not in {"JJR", "RBR"} or any(other.lower_ == "than" for other in token.sent)
    while token.i != root.i and token.dep_ in _STATED and (token.dep_ != "amod" or is_compared):
        token = token.head
    return bool(token.i == root.i)


def _subject(verb: "Token") -> "Token | None":
    """Give the thing named before a main verb, of which it says something."""
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    is_named = len(found) == 1 and found[0].pos_ in {"NOUN", "PROPN"}
    return found[0] if is_named and found[0].right_edge.i < verb.i else None


def _numbers(sentence: Sentence, parsed: ParsedSection) -> Iterator[tuple[int, int, str]]:
    """Change the only number in digits to one that is clearly another, and of its kind."""
    found = [token for token in sentence.tokens if re.search(r"\d", token.text)]
    is_plain = len(found) == 1 and re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", found[0].text)
    if not is_plain or _LOOSE.search(sentence.text) or _is_in_name(found[0]):
        return
    value = _other_number(found[0].text, is_share=found[0].ent_type_ == "PERCENT")
    if not re.search(rf"(?<!\d){re.escape(value)}(?!\d)", parsed.evidence.text):
        yield _instead(found[0], sentence, value)


def _other_number(text: str, *, is_share: bool) -> str:
    """Give a year some decades off, or a number larger by half; a share stays below 100 percent."""
    seed = int(stable_id(text)[:6], 16)
    if _YEAR.fullmatch(text):
        return str(int(text) + (-1) ** seed * (11 + seed % 30))
    times = 0.5 if is_share and float(text) > 66 else 1.5
    if "." in text:
        return f"{float(text) * times:.{len(text.split('.')[1])}f}"
    as_round_as = 10 ** (len(text) - len(text.rstrip("0"))) if int(text) else 1
    units = int(int(text) * times) // as_round_as
    return str((units + (units * as_round_as == int(text))) * as_round_as)


def _quantities(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    first = next((token for token in sentence.tokens if not token.is_space), None)
    if first is None or first.lower_ not in _QUANTITIES or first.dep_ not in {"det", "amod"}:
        return
    if _says_more(first.sent.root):
        return
    is_many = first.head.tag_ in {"NNS", "NNPS"}
    other = _QUANTITIES[first.lower_]
    if first.head.dep_ in {"nsubj", "nsubjpass"} and (is_many or first.lower_ in {"every", "each"}):
        yield _instead(first, sentence, "all" if other == "every" else other)


def _terms(sentence: Sentence, terms: Sequence[Term], parsed: ParsedSection) -> Iterator[tuple[int, int, str]]:
    """Put another term into the place of the one that the sentence defines and names once."""
    for term in terms:
        found = list(mention_pattern(term.label).finditer(sentence.text))
        at = term.definition_at
        is_followed = bool(found) and sentence.text[found[0].end() :].lstrip().startswith("(")
        if len(found) != 1 or is_followed or at is None or not sentence.at.start <= at.start < sentence.at.end:
            continue
        for other in terms:
            is_other = other is not term and not mention_pattern(other.label).search(sentence.text)
            is_like = _is_alike(term, other, parsed) and is_told(other, parsed)
            if is_other and is_like and found[0][0].lower() == term.label.lower():
                yield found[0].start(), found[0].end(), other.label


def _is_alike(one: Term, other: Term, parsed: ParsedSection) -> bool:
    """Whether one name can stand where the other does: of one number, with one article, and no name of somebody."""
    (mine, my_entity, is_many), (theirs, their_entity, are_many) = shape_of(one, parsed), shape_of(other, parsed)
    is_thing = {mine, theirs} <= {"NOUN", "VERB"} or (mine, my_entity) == (theirs, their_entity)
    return is_thing and is_many == are_many and _article(one, parsed) == _article(other, parsed)


def _article(term: Term, parsed: ParsedSection) -> str:
    """Give the article that a term has where it is introduced, "a" for "an" too."""
    found = re.search(
        r"\b(an?|the)\s+$", parsed.evidence.text[max(0, term.at.start - 6) : term.at.start], re.IGNORECASE
    )
    return found[1].lower().rstrip("n") if found else ""


def _denials(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Deny the main verb behind the thing it speaks of, where it is a form of be or has "can" or "will"."""
    root = sentence.tokens.root
    verb = next((child for child in root.children if child.dep_ in {"aux", "auxpass"}), root)
    subject = _subject(root)
    if subject is None or verb.i < subject.right_edge.i or root.pos_ not in {"VERB", "AUX"}:
        return
    is_plain = verb.lower_ in _DENIED and not _says_more(root) and not _says_more(verb)
    if is_plain and not _OF_SOME.search(sentence.text) and not _OF_KINDS.search(sentence.text) and not _is_some(root):
        yield _instead(verb, sentence, "cannot" if verb.lower_ == "can" else f"{verb.text} not")


def _says_more(verb: "Token") -> bool:
    """Whether a verb shares its sentence with another, so that a change would hold for one of them alone."""
    kinds = {child.dep_ for child in verb.children if child.pos_ in {"VERB", "AUX"}}
    return not kinds.isdisjoint({"conj", "ccomp", "advcl"}) or any(child.dep_ == "cc" for child in verb.children)


def _is_some(verb: "Token") -> bool:
    """Whether a sentence counts what it speaks of, or says how often or how much: a denial may then be true as well."""
    subject = _subject(verb)
    assert subject is not None
    is_counted = any(token.like_num for token in subject.subtree)
    return is_counted or any(token.dep_ == "advmod" and token.pos_ == "ADV" for token in verb.subtree)


def _instead(token: "Token", sentence: Sentence, words: str) -> tuple[int, int, str]:
    start = token.idx - sentence.at.start
    is_opening = token.text[:1].isupper() and words[:1].islower()
    return start, start + len(token.text), words[:1].upper() + words[1:] if is_opening else words


def _with_article(before: str, words: str, gone: str) -> str:
    """Let "a" or "an" before the changed words go with what stands there now."""
    if re.search(r"\b[Aa]n?\s+$", before) and (words[0] in "aeiouAEIOU") != (gone[0] in "aeiouAEIOU"):
        article = "an " if words[0] in "aeiouAEIOU" else "a "
        return re.sub(r"\b[Aa]n?\s+$", lambda found: found[0][0] + article[1:], before)
    return before


def _is_in_name(token: "Token") -> bool:
    """Whether a word is a part of a name or of a longer word: Explorer 1, higher-order."""
    before, after = token.doc[max(0, token.i - 1)], token.doc[min(token.i + 1, len(token.doc) - 1)]
    return "PROPN" in {token.pos_, before.pos_} or not {before.text, after.text}.isdisjoint({"-", "–", "("})
