"""Terms asked in their sentences: which sentence tells most about a term, and what of it stands around the gap.

Short forms that stand in brackets after their words are asked for those words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents import Range
from domain.formulas import around_formulas
from generators.compose.cards.cloze import GAP, fill_gaps, without_opener
from generators.compose.easier.clauses import take_apart
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.definition_patterns import ASIDES
from generators.compose.terms.plain_definitions import function_words, leans_back
from generators.compose.terms.stance import is_taken_back
from generators.compose.terms.terms import Term, mention_pattern

_LONGEST_FRONT = 60
_FEWEST_WORDS, _FEWEST_SIGNS = 3, 12
"""Words beside a gap; letters that are not Latin, as words of such scripts may be long runs, or short."""

_SHORTEST_PIECE = 8
_LIST_MARK = re.compile(r"^(?:[^\w\s“”\"'‘’«»„‚¿¡(\[$\\]+\s+)+")
_HEADING = re.compile(rf"^{GAP}\s*(?:[:：]|[–—-]\s)\s*")
"""A gap for a heading that its paragraph runs on from; what follows must name the term to ask for it."""

_NO_SENTENCE = re.compile(r" \| |https?://|www\.|\baccessed [A-Z][a-z]+ \d|(?:\.\s){3}|[\\$]\s*_____")
_LINES = re.compile(r"[^\s.!?:;,]\s*\n\s*[A-Z•]")
"""Lines of a list that no mark ends."""

_ENDS = frozenset(".!?…。！？؟۔।")
_ASKS = ("?", "？", "؟")
_TASK = re.compile(
    r"Analy[sz]e|Apply|Assess|Calculate|Choose|Classify|Compare|Complete|Compute|Consider|Contrast|Define|Demonstrate|"
    r"Derive|Describe|Determine|Differentiate|Discuss|Distinguish|Draw|Estimate|Evaluate|Examine|Explain|Explore|"
    r"Express|Find|Give|Identify|Illustrate|Imagine|Infer|Interpret|Label|Learn|List|Look|Match|Name|Outline|Predict|"
    r"Read|Recall|Recogni[sz]e|Remember|Review|See|Show|Sketch|Solve|State|Summari[sz]e|Think|Trace|Understand|Use|Write"
)
"""Verbs that set a task, or an objective, when a sentence opens with them."""

_SPOKEN = re.compile(r"\b(?:I|me|my|mine)\b|^[\"“]")
_PRONOUN = re.compile(r"(?:it|they|this|these|that|he|she|such|its|their|his|her|we|you|i)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:called|termed|known as|named|referred to as|terms?|dubbed) (?:(?:the|an?) )?[“\"]?$")
_BESIDE = re.compile(r"(?:,|\b(?:and|or)) (?:(?:the|an?) )?$")
_TOLD = re.compile(r"[”\"]?(?:, (?:which|who|where|in which|or|that is|the|an?) | ?[(—–])")
_JOINED = re.compile(r"[”\"]? (?:and|or) ")
_PLACED = re.compile(
    r"\b(?:another|one|the (?:first|second|third|next|last))\b.{0,80}\b(?:is|are|was|were) (?:the |an? )?$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\b(?:we|our|chapter|section|module|figure|table)\b", re.IGNORECASE)
_SHORT_FORM = re.compile(r"[A-Z]{2,7}")
_SMALL_WORDS = frozenset({"of", "and", "the", "for", "in", "to", "on", "de"})


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the sentence stands, and the two sides that it gives."""

    at: Range
    front: str
    back: str


def leans(parsed: ParsedSection, words: str) -> bool:
    """Whether words open with a pronoun that they do not explain."""
    return (_PRONOUN.match(words) is not None) if parsed.is_full else leans_back(parsed, words)


def gaps_for(parsed: ParsedSection, term: Term) -> Iterator[Gap]:
    """Ask for the term in its sentence, and in others that name it and leave enough to go by; the best come first."""
    pattern = mention_pattern(term.label)
    naming = [sentence for sentence in parsed.sentences if pattern.search(sentence.text) and sentence != term.sentence]
    best_first = sorted([term.sentence, *naming], key=lambda sentence: -_fitness(parsed, sentence, term))
    return (gap for sentence in best_first if (gap := _blank_out(parsed, term, sentence)))


def spelt_out(parsed: ParsedSection, term: Term) -> Gap | None:
    """Ask what a short form stands for, where it stands in brackets after the words that it shortens."""
    text = parsed.evidence.text
    place = text.find(f" ({term.label})") if _SHORT_FORM.fullmatch(term.label) else -1
    words = list(re.finditer(r"[\w’'-]+", text[max(0, place - 90) : max(0, place)]))
    for first in reversed(range(len(words))):
        told = [word for word in words[first:] if word.group().lower() not in _SMALL_WORDS]
        if "".join(word.group()[0] for word in told).upper() == term.label and told[0] is words[first]:
            start = max(0, place - 90) + words[first].start()
            at = Range(start, place + len(term.label) + 3)
            return Gap(at, f"What does “{term.label}” stand for?", " ".join(text[start:place].split()))
    return None


def _fitness(parsed: ParsedSection, sentence: Sentence, term: Term) -> float:
    """Say how much a sentence tells about the term: most when the term is what it is about."""
    match = mention_pattern(term.label).search(sentence.text)
    before, after = (sentence.text[: match.start()], sentence.text[match.end() :]) if match else ("", "")
    is_subject = match is not None and len(before.split()) <= 2
    is_handy = 8 <= len(sentence.text.split()) <= 35
    is_weak = leans(parsed, sentence.text) or sentence.text.endswith(_ASKS)
    is_one_of_many = _BESIDE.search(before) or _JOINED.match(after)
    return (
        1.0 * is_subject
        + 2.2 * (sentence is term.sentence)
        + 0.3 * is_handy
        - 1.0 * is_weak
        + 0.6 * bool(_NAMED.search(before) or _TOLD.match(after))
        - 0.8 * bool(is_one_of_many)
        - 0.8 * bool(_PLACED.search(before))
        - 0.5 * bool(_ELSEWHERE.search(sentence.text))
    )


def _blank_out(parsed: ParsedSection, term: Term, sentence: Sentence) -> Gap | None:
    """Blank the term out of a sentence; one that opens with a pronoun takes the sentence before along."""
    where = sentence.at
    if sentence.text.rstrip("”\"’') ").endswith(_ASKS) or is_taken_back(parsed, sentence, term.label):
        return None
    if parsed.is_full and _is_order(sentence):
        return None
    if leans(parsed, sentence.text):
        before = _sentence_before(parsed, sentence)
        if before is None:
            return None
        where = Range(before.at.start, where.end)
    text = _words(parsed, sentence, term, where)
    front = around_formulas(text, lambda veiled: ASIDES.sub("", fill_gaps(veiled, term.label)))
    front = _HEADING.sub("", _LIST_MARK.sub("", front))
    if GAP not in front or not _is_asked(parsed, front) or _LINES.search(sentence.text):
        return None
    if not term.is_emphasised and parsed.is_full and _SPOKEN.search(front):
        return None
    return Gap(where, front, _as_there(text, term.label))


def _is_order(sentence: Sentence) -> bool:
    """Whether a sentence sets a task: "Define the notion of ...", "Explain the relationship between ..."."""
    first = next((token for token in sentence.tokens if token.is_alpha), None)
    return first is not None and (_TASK.fullmatch(first.text) is not None and first.tag_ not in {"VBD", "VBN", "VBG"})


def _words(parsed: ParsedSection, sentence: Sentence, term: Term, where: Range) -> str:
    """Give the words to ask in: the part of a long sentence that names the term, without what ties it to others."""
    mention = mention_pattern(term.label)
    whole = " ".join(parsed.evidence.text[where.start : where.end].split())
    if where != sentence.at or not parsed.is_full:
        return whole
    text = _piece(parsed, sentence, mention) or whole
    untied = without_opener(text)
    return untied if mention.search(untied) else text


def _as_there(text: str, label: str) -> str:
    """Give the label in the number that it has in the sentence."""
    found = mention_pattern(label).search(text)
    words = " ".join(found.group().split()) if found else label
    return label if words.lower() == label.lower() else label[:1] + words[1:]


def _is_asked(parsed: ParsedSection, front: str) -> bool:
    """Whether words with a gap are a sentence, not too long, and leave enough to go by."""
    is_ended = parsed.is_full or front.rstrip('»”“"’)」』 ')[-1:] in _ENDS
    is_cut = front.endswith((":", "：")) or _NO_SENTENCE.search(front) or not is_ended
    return not (is_cut or _is_bare(parsed, front) or len(front.split()) > _LONGEST_FRONT)


def _is_bare(parsed: ParsedSection, front: str) -> bool:
    """Whether too few words that carry meaning stand beside the gap."""
    idle = function_words(parsed)
    words = {word for word in re.findall(r"[^\W_]{3,}", front.lower()) if word not in idle}
    return len(words) < _FEWEST_WORDS and len(re.findall(r"[^\W\d_a-zA-Z]", front)) < _FEWEST_SIGNS


def _piece(parsed: ParsedSection, sentence: Sentence, mention: re.Pattern[str]) -> str:
    """Give the one part of a long sentence that names the term, where it comes apart and the part stands alone."""
    pieces = [piece for piece in take_apart(sentence) if mention.search(piece)]
    is_clear = len(pieces) == 1 and len(pieces[0].split()) >= _SHORTEST_PIECE and not leans(parsed, pieces[0])
    return pieces[0] if is_clear else ""


def _sentence_before(parsed: ParsedSection, sentence: Sentence) -> Sentence | None:
    if sentence.index == 0:
        return None
    before = parsed.sentences[sentence.index - 1]
    is_near = "\n" not in parsed.evidence.text[before.at.end : sentence.at.start]
    return before if is_near and not leans(parsed, before.text) else None
