"""Questions that a section answers, each with the sentences that answer it: for study guides and frequent questions.

What something means comes from its definition, in every language that has cards. English adds what an example is, how
two things differ, what follows from what, and the questions that the author sets as headings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from domain.claims import Claim
from domain.documents import Range
from domain.material import CardForm, Flashcard
from domain.words import content_stems
from generators.compose.asking.effects import asks_for_an_effect
from generators.compose.asking.reasons import find_reasons
from generators.compose.asking.stems import is_clear
from generators.compose.cards.flashcards import make_cards
from generators.compose.guides.naming import ask_for, name_in
from generators.compose.reading.blocks import find_blocks
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import Term, find_terms, mention_pattern

_TERMS = 20
_FEWEST, _MOST = 6, 45
_EXAMPLE = re.compile(r"(?:for example|for instance|as an example|an example (?:of|is))\b", re.IGNORECASE)
_UNLIKE = re.compile(
    r"\b(?:unlike|whereas|in contrast (?:to|with)|differs? from|as opposed to|by contrast|on the other hand)\b",
    re.IGNORECASE,
)
_OPENS_UNLIKE = re.compile(r"(?:unlike|in contrast (?:to|with)|as opposed to)\b", re.IGNORECASE)
_SUPPOSES = re.compile(
    r"\W*(?:consider|suppose|imagine|take|let|think|say|if|one (?:might|could|may)|you|we)\b", re.IGNORECASE
)
"""How an example goes on that is a thought of the author's, and no instance."""

_ONE_OF = re.compile(r"(?:one|another|some|many) (?:of )?", re.IGNORECASE)
_LEANING = re.compile(
    r"(?:it|its|they|their|them|this|these|that|those|he|she|his|her|such|however|therefore|thus|then|but|and|so|also|"
    r"here|there|we|you|your|our|another|others?|note|recall|remember|notice|see|in fact|again|"
    r"consider|suppose|if|when|for example|for instance|in contrast|on the other hand)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"^[^,;:]{0,40}\s(?:is|are|was|were|means?|refers? to|describes?|involves?|consists? of|occurs?|happens?|includes?|"
    r"can be defined|may be defined|called|known)\b",
    re.IGNORECASE,
)
"""What may follow a term that its own sentence says something of."""

_MOST_ASKED = 14
"""Words in a heading that is taken as a question."""


_CALLED = re.compile(
    r"\b(?:called|termed|named|known as|referred to as|defined as)\s+(?:an?\s+|the\s+)?[“\"]?$", re.IGNORECASE
)
_PICTURE = re.compile(r"(?:figure|table|box|photo)\b", re.IGNORECASE)
_DOES = re.compile(r"What (?:do|does|did) (?!.* (?:mean|refer to)\?)", re.IGNORECASE)
_HAS_LOST = re.compile(r"\b(?:in|by|from|of|see|like|as) [.,;]", re.IGNORECASE)
_FEW = 3
"""Words before a term that its sentence opens with."""


class About(IntEnum):
    """What a question asks; the first is what a reader wants to know first."""

    HEADING = 0
    MEANING = 1
    DIFFERENCE = 2
    REASON = 3
    EFFECT = 4
    EXAMPLE = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer: one claim, or several to be read as one text. `about` and `weight` rank it."""

    question: str
    claims: tuple[Claim, ...]
    about: About
    weight: float
    subject: str


def find_questions(parsed: ParsedSection) -> tuple[Answered, ...]:
    """List the questions that the section answers, in reading order; no two ask the same, none shares an answer."""
    return parsed.once(_find_all)


def rank_questions(questions: Sequence[Answered], limit: int) -> list[Answered]:
    """Take the weightiest of each sort in turn, and give them in their order."""
    queues = [sorted((one for one in questions if one.about is about), key=lambda one: -one.weight) for about in About]
    chosen: list[Answered] = []
    while len(chosen) < limit and any(queues):
        for queue in queues:
            if queue and len(chosen) < limit:
                chosen.append(queue.pop(0))
    return [one for one in questions if one in chosen]


def _find_all(parsed: ParsedSection) -> tuple[Answered, ...]:
    terms = find_terms(parsed, limit=_TERMS)
    found = list(_meanings(parsed, terms))
    if parsed.is_full:
        found += [*_headings(parsed), *_differences(parsed, terms), *_reasons(parsed), *_examples(parsed, terms)]
    asked: set[str] = set()
    answered: set[str] = set()
    kept = []
    for one in sorted(found, key=lambda one: (one.about, -one.weight)):
        question, answer = normal_form(one.question), one.claims[-1].text
        if question not in asked and answer not in answered:
            asked.add(question)
            answered.add(answer)
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: _place(one.claims[0])))


def _place(claim: Claim) -> tuple[int, int]:
    span = claim.citations[0].span
    return span.page, span.start


def _meanings(parsed: ParsedSection, terms: Sequence[Term]) -> Iterator[Answered]:
    """Take the questions of cards that ask for a meaning or an effect, with the sentence behind them."""
    weights = {normal_form(term.label): term.weight for term in terms if _is_known(term)}
    for card in parsed.once(make_cards):
        if card.form is CardForm.DEFINITION and tells(parsed, card):
            weight = weights.get(normal_form(card.term), 0.0)
            yield Answered(ask_for(card), (card.claim,), About.MEANING, weight, card.term)
        elif card.form is CardForm.FACT and card.front.endswith("?") and asks_for_an_effect(card.front, weights):
            yield Answered(card.front, (card.claim,), About.EFFECT, 0.5, "")


def tells(parsed: ParsedSection, card: Flashcard) -> bool:
    """Whether the sentence behind a card can be read alone, and is about the card's term in the first place."""
    text = card.claim.text
    if not parsed.is_full:
        return not text.endswith(("?", "？", "؟"))
    mention = mention_pattern(card.term).search(text)
    if mention is None or not _is_whole(text) or _LEANING.match(text) or _HAS_LOST.search(text):
        return False
    if _DOES.match(card.front) and len(text[: mention.start()].split()) > _FEW:
        return False
    return (
        bool(_SAYS.match(text[mention.end() :]))
        if len(text[: mention.start()].split()) <= _FEW
        else _CALLED.search(text[: mention.start()]) is not None
    )


def _headings(parsed: ParsedSection) -> Iterator[Answered]:
    """Take a heading that asks, with the first sentence under it that takes up its words."""
    blocks = find_blocks(parsed)
    titled = parsed.evidence.title if parsed.evidence.title.endswith("?") else ""
    if titled and blocks and (answer := _first_about(blocks[0].sentences, titled)):
        yield Answered(titled, (_claim(parsed, answer.at),), About.HEADING, 2.0, "")
    for heading, body in pairwise(blocks):
        if heading.text.endswith("?") and len(heading.text.split()) <= _MOST_ASKED and len(heading.sentences) == 1:
            answer = _first_about(body.sentences, heading.text)
            if answer is not None:
                yield Answered(heading.text, (_claim(parsed, answer.at),), About.HEADING, 1.5, "")


def _first_about(sentences: Sequence[Sentence], question: str) -> Sentence | None:
    wanted = set(content_stems(question))
    for sentence in sentences[:3]:
        if _stands_alone(sentence) and wanted & set(content_stems(sentence.text)):
            return sentence
    return None


def _differences(parsed: ParsedSection, terms: Sequence[Term]) -> Iterator[Answered]:
    for sentence in parsed.sentences:
        if not _UNLIKE.search(sentence.text) or not _stands_alone(sentence):
            continue
        named = _named(sentence, terms)
        is_sure = _OPENS_UNLIKE.match(sentence.text) or all(map(_is_known, named))
        if len(named) == 2 and is_sure and all(_is_close(sentence, term) for term in named):
            one, other = named
            question = (
                f"How do {name_in(parsed, sentence, one.label)} and {name_in(parsed, sentence, other.label)} differ?"
            )
            weight = one.weight + other.weight
            yield Answered(question, (_claim(parsed, sentence.at),), About.DIFFERENCE, weight, one.label)


def _reasons(parsed: ParsedSection) -> Iterator[Answered]:
    for reason in find_reasons(parsed):
        if _stands_alone(reason.sentence) and is_clear(parsed, reason.sentence):
            yield Answered(reason.question, (_claim(parsed, reason.sentence.at),), About.REASON, 0.6, "")


def _is_known(term: Term) -> bool:
    """Whether the author marks a term or says what it is; other phrases are no terms to set against each other."""
    return term.is_emphasised or term.is_listed or bool(term.definition)


def _is_instance(before: Sentence, example: Sentence, term: Term) -> bool:
    """Whether an example is of a term itself: it says so, or the sentence before says what the term is."""
    opening = _EXAMPLE.match(example.text)
    assert opening is not None
    if _SUPPOSES.match(example.text, opening.end()):
        return False
    at = term.definition_at
    is_defined = at is not None and not _ONE_OF.match(term.definition) and before.at.start <= at.start < before.at.end
    return is_defined or opening[0].lower().endswith(" of")


def _examples(parsed: ParsedSection, terms: Sequence[Term]) -> Iterator[Answered]:
    """Ask for an example of what the sentence before the example is about."""
    for before, sentence in pairwise(parsed.sentences):
        if not _EXAMPLE.match(sentence.text) or not _stands_alone(before) or not _is_whole(sentence.text):
            continue
        gap = parsed.evidence.text[before.at.end : sentence.at.start]
        named = _named(before, terms)
        is_about = bool(named) and _is_subject(parsed, before, named[0]) and _is_instance(before, sentence, named[0])
        if is_about and "\n" not in gap and _illustrates(parsed, (before, sentence), named[0], terms):
            claims = (_claim(parsed, before.at), _claim(parsed, sentence.at))
            question = f"What is an example of {name_in(parsed, before, named[0].label)}?"
            yield Answered(question, claims, About.EXAMPLE, named[0].weight, named[0].label)


def _named(sentence: Sentence, terms: Sequence[Term]) -> list[Term]:
    """List the terms that a sentence names, in its order, without those that stand within longer ones."""
    found = [(match.start(), match.end(), term) for term in terms if (match := _mention(sentence, term))]
    outer = [
        (start, term)
        for start, end, term in found
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in found)
    ]
    return [term for _, term in sorted(outer, key=lambda pair: pair[0])]


def _mention(sentence: Sentence, term: Term) -> re.Match[str] | None:
    return mention_pattern(term.label).search(sentence.text)


def _is_close(sentence: Sentence, term: Term) -> bool:
    """Whether a term is what a contrast is about: it opens the sentence or what comes after its comma or mark."""
    opening = rf"(?:^|[,;:]\s+|{_UNLIKE.pattern}\s+)(?:\w+ly,?\s+|in|an?|the|some|most|all|for|with|that|\s)*"
    return re.search(opening + mention_pattern(term.label).pattern, sentence.text, re.IGNORECASE) is not None


def _is_subject(parsed: ParsedSection, sentence: Sentence, term: Term) -> bool:
    """Whether a sentence opens with a term that the section speaks of more than once."""
    pattern = mention_pattern(term.label)
    mention = pattern.search(sentence.text)
    is_early = mention is not None and len(sentence.text[: mention.start()].split()) <= _FEW
    return is_early and (term.is_emphasised or len(pattern.findall(parsed.evidence.text)) > 1)


def _illustrates(parsed: ParsedSection, pair: tuple[Sentence, Sentence], term: Term, terms: Sequence[Term]) -> bool:
    """Whether an example is one of the term: it names it, or follows on what is said of the term and of no rival."""
    before, example = pair
    mention = _mention(example, term)
    opening = _EXAMPLE.match(example.text)
    assert opening is not None
    if mention is not None and re.fullmatch(r"\W*(?:an?|the)?\W*", example.text[opening.end() : mention.start()]):
        return True
    named = [one for sentence in pair for one in _named(sentence, terms) if one.definition or one.is_emphasised]
    rivals = {one.label for one in named} - {term.label}
    return _is_spoken_of(parsed, before, term) and (mention is not None or not rivals)


def _is_spoken_of(parsed: ParsedSection, sentence: Sentence, term: Term) -> bool:
    """Whether a term is the subject of its sentence's main verb."""
    mention = _mention(sentence, term)
    assert mention is not None
    at = sentence.at.start
    tokens = parsed.doc.char_span(at + mention.start(), at + mention.end(), alignment_mode="expand")
    root = tokens.root
    return root.dep_ in {"nsubj", "nsubjpass"} and root.head.i == sentence.tokens.root.i


def _stands_alone(sentence: Sentence) -> bool:
    return _is_whole(sentence.text) and not _LEANING.match(sentence.text)


def _is_whole(text: str) -> bool:
    is_said = text.endswith((".", "!", ".”", ".)")) and text[:1].isalnum() and not _PICTURE.match(text)
    return is_said and _FEWEST <= len(text.split()) <= _MOST


def _claim(parsed: ParsedSection, at: Range) -> Claim:
    return Claim(" ".join(parsed.evidence.text[at.start : at.end].split()), parsed.cite(at))
