"""Facts worth a card: one number or date in a sentence that stands alone, and what causes what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generators.compose.parse import ParsedSection, Sentence

_ALONE = re.compile(
    r"(?:it|they|this|these|that|those|he|she|such|its|their|his|her|we|you|i|if|let|for example|for instance|however|"
    r"but|and|so|thus|then|also|in contrast|therefore|moreover|figure|table|note|consider|suppose|imagine|another|here|"
    r"there|our|your|my|what|how|why|most of|some|as|when)\b",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 8, 28
_CAUSES = frozenset({"cause", "lead", "result", "produce", "trigger", "increase", "reduce", "prevent", "create"})


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
        if not _SHORTEST <= words <= _LONGEST or _ALONE.match(sentence.text) or not sentence.text.endswith("."):
            continue
        if fact := _number(sentence) or _cause(sentence):
            yield fact


def _number(sentence: Sentence) -> Fact | None:
    """Ask for the one date, share or measure in the sentence."""
    numbers = [token for token in sentence.tokens if token.like_num or re.search(r"\d", token.text)]
    kinds = {"DATE", "PERCENT", "QUANTITY", "MONEY"}
    entities = [entity for entity in sentence.tokens.ents if entity.label_ in kinds and re.search(r"\d", entity.text)]
    if len(entities) != 1 or any(token not in entities[0] for token in numbers):
        return None
    number = re.search(r"\d[\d,.]*(?:\s*(?:million|billion|percent|%|°C))?", entities[0].text)
    if number is None or "(" in sentence.text:
        return None
    at = entities[0].start_char - sentence.at.start + number.start()
    answer = number.group().rstrip(".,")
    text = sentence.text
    return Fact(sentence, " ".join(f"{text[:at]}_____{text[at + len(answer) :]}".split()), answer)


def _cause(sentence: Sentence) -> Fact | None:
    """Ask what the subject of a verb of cause brings about."""
    root = sentence.tokens.root
    if root.lemma_ not in _CAUSES or root.tag_ not in {"VBZ", "VBP", "VBD"}:
        return None
    subjects = [child for child in root.children if child.dep_ == "nsubj"]
    if len(subjects) != 1 or subjects[0].pos_ == "PRON" or subjects[0].left_edge.i != sentence.tokens.start:
        return None
    subject = sentence.tokens.doc[subjects[0].left_edge.i : subjects[0].right_edge.i + 1].text
    rest = sentence.text[root.idx + len(root.text) - sentence.at.start :].strip(" .")
    particle = re.match(r"(?:to|in|from)\b", rest)
    verb = f"{root.lemma_} {particle.group()}" if particle else root.lemma_
    answer = rest[particle.end() :].strip() if particle else rest
    if not 1 <= len(answer.split()) <= 25 or _ALONE.match(answer) or len(subject.split()) > 12:
        return None
    do = {"VBZ": "does", "VBP": "do", "VBD": "did"}[root.tag_]
    lead = subject if subjects[0].pos_ == "PROPN" or subject[:2].isupper() else subject[0].lower() + subject[1:]
    return Fact(sentence, " ".join(f"What {do} {lead} {verb}?".split()), " ".join(answer.split()))
