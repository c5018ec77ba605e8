"""Facts worth a card: one number or date in a sentence that stands alone, and what causes what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.compose.reading.parse import ParsedSection, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALONE = re.compile(
    r"(?:it|they|this|these|that|those|he|she|such|its|their|his|her|we|you|i|if|let|for example|for instance|however|"
    r"but|and|so|thus|then|also|in contrast|therefore|moreover|figure|table|note|consider|suppose|imagine|another|here|"
    r"there|our|your|my|what|how|why|most of|some|as|when|unless|an? (?:number|few|lot|variety)|many|several|all)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"^\w+ly,|\b(?:this|these|those|such|same|say|she|he|it|they|your?|our|we|would|might|suppose|example|instance)\b",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 8, 28
_CLAUSES = frozenset({"cc", "conj", "advcl", "parataxis"})
_CONDITIONS = frozenset({"if", "unless", "when", "where", "until"})
"""Without what follows one of these, an effect would be said to come always."""

_TURN = re.compile(r",? (?:although|though|whereas|while|but|because|even (?:if|though)|not)\b.*$", re.DOTALL)
_CAUSES = frozenset({"cause", "lead", "result", "produce", "trigger", "increase", "reduce", "prevent"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A question that one sentence answers."""

    sentence: Sentence
    front: str
    back: str


def find_facts(parsed: ParsedSection, *, limit: int) -> tuple[Fact, ...]:
    """Find facts for cards, at most one a paragraph, spread over the section."""
    if not parsed.is_full:
        return ()
    facts: dict[int, Fact] = {}
    for fact in _facts(parsed):
        facts.setdefault(parsed.evidence.text.count("\n", 0, fact.sentence.at.start), fact)
    found = list(facts.values())
    return tuple(found[place * len(found) // limit] for place in range(limit)) if len(found) > limit else tuple(found)


def _facts(parsed: ParsedSection) -> Iterator[Fact]:
    for sentence in parsed.sentences:
        words = len(sentence.text.split())
        is_whole = _SHORTEST <= words <= _LONGEST and sentence.text.endswith(".")
        if not is_whole or _ALONE.match(sentence.text) or _POINTING.search(sentence.text):
            continue
        if fact := _number(sentence) or _cause(sentence):
            yield fact


def _number(sentence: Sentence) -> Fact | None:
    """Ask for the one date, share or measure in the sentence."""
    numbers = [token for token in sentence.tokens if re.search(r"\d", token.text)]
    if len(numbers) != 1 or "(" in sentence.text or not _is_telling(numbers[0]):
        return None
    at = numbers[0].idx - sentence.at.start
    answer = numbers[0].text.rstrip(".,")
    text = sentence.text
    return Fact(sentence, " ".join(f"{text[:at]}_____{text[at + len(answer) :]}".split()), answer)


def _is_telling(number: "Token") -> bool:
    """Whether a number in digits is a year, a decade, a share or a measure, and stands free."""
    is_year = bool(re.fullmatch(r"1\d{3}s?|20\d{2}s?", number.text))
    is_dated = is_year and (number.ent_type_ == "DATE" or number.head.lower_ in {"in", "since", "until", "by"})
    follower = number.doc[number.i + 1 : number.i + 2].text
    is_tied = follower in {"-", "–"} or not number.text[0].isdigit()
    is_sum = number.ent_type_ == "MONEY" and follower in {"million", "billion", "trillion"}
    is_aside = is_year and number.nbor().pos_ in {"NOUN", "PROPN", "ADJ"}
    return not is_tied and not is_aside and (is_dated or is_sum or number.ent_type_ in {"PERCENT", "QUANTITY"})


def _cause(sentence: Sentence) -> Fact | None:
    """Ask what the subject of a verb of cause brings about."""
    root = sentence.tokens.root
    if root.lemma_ not in _CAUSES or root.tag_ not in {"VBZ", "VBP", "VBD"}:
        return None
    subjects = [child for child in root.children if child.dep_ == "nsubj"]
    if len(subjects) != 1 or subjects[0].pos_ == "PRON" or subjects[0].left_edge.i != sentence.tokens.start:
        return None
    brought = _brought_about(root)
    if brought is None or subjects[0].right_edge.i + 1 != root.i:
        return None
    subject = sentence.tokens.doc[subjects[0].left_edge.i : subjects[0].right_edge.i + 1].text
    particle, answer = brought
    verb = f"{root.lemma_} {particle}"
    if not 1 <= len(answer.split()) <= 25 or _ALONE.match(answer) or len(subject.split()) > 12:
        return None
    do = {"VBZ": "does", "VBP": "do", "VBD": "did"}[root.tag_]
    is_word = sentence.tokens[0].pos_ != "PROPN" and not re.match(r"[A-Z]{2}", subject)
    lead = subject[0].lower() + subject[1:] if is_word else subject
    return Fact(sentence, " ".join(f"What {do} {lead} {verb}".split()) + "?", " ".join(answer.split()))


def _brought_about(verb: "Token") -> tuple[str, str] | None:
    """Give what a verb acts on, with the preposition before it; only a thing that follows at once is an effect."""
    doc = verb.doc
    after = doc[verb.i + 1 : verb.sent.end]
    if not after or any(child.dep_ in {"neg", "xcomp", "ccomp"} for child in verb.children):
        return None
    particle = after[0] if after[0].lower_ in {"to", "in", "from"} and after[0].head == verb else None
    deps = {"dobj"} if particle is None else {"pobj"}
    found = [child for child in (particle or verb).children if child.dep_ in deps and child.i > verb.i]
    start = verb.i + (2 if particle is not None else 1)
    if len(found) != 1 or found[0].pos_ not in {"NOUN", "PROPN"} or found[0].left_edge.i != start:
        return None
    later = [child for child in verb.children if child.i > found[0].i and child.dep_ in _CLAUSES]
    if any(word.lower_ in _CONDITIONS for child in later for word in child.children):
        return None
    ends = [child.i if child.dep_ == "cc" else child.left_edge.i for child in later]
    answer = _TURN.sub("", doc[start : min([*ends, verb.sent.end])].text)
    return particle.lower_ if particle is not None else "", answer.strip(" .,;\n")
