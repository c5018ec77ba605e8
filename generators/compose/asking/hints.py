"""The hint ladder: what is asked, where to look, the paragraph and its matter, the key sentence with the answer masked.

Every rung is built from masked text, so that none of them holds the answer; `safety.leaks` is the second line.
A rung asks exactly one question and has at most 60 words.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.documents import Range, Vector
from domain.ids import DocumentId, UnitId, stable_id
from domain.material import HintRung
from domain.questions import MADE_OF_PARTS, Question, QuestionForm
from domain.words import FUNCTION_WORDS, content_stems, fold, holds, lemmas, list_words, stem
from generators.compose.asking.answer import answer
from generators.compose.asking.gap_hints import More, find_open_things, join_things, tell_more
from generators.compose.asking.masking import GAP, Secret, keep_secret, mask
from generators.compose.asking.part_hints import ladder_of_parts
from generators.compose.asking.places import calm, paragraph_around, section_around
from generators.compose.reading.parse import ParsedSection, Sentence
from safety.leaks import find_leak

RUNGS = 4
"""How many rungs a ladder has."""

_MOST_WORDS = 60
_SENTENCE_WORDS = 40
_BESIDE_WORDS = 22
_OPENING_WORDS = 6

_ALIKE = 0.35
"""Cosine between a question and a sentence below which the sentence is about something else."""

_MATTERS = (
    (r"\b(?:is|are) (?:called|known as|defined|named|a|an|the)\b|\brefers? to\b|\bmeans?\b", "what something is"),
    (r"\b(?:because|causes?|caused|leads? to|results? (?:in|from)|due to|therefore)\b", "why something comes about"),
    (r"\b(?:unlike|whereas|however|differs?|in contrast|while|rather than|but)\b", "how things differ"),
    (r"\b(?:consists?|contains?|includes?|made (?:up )?of|parts? of|divided)\b", "what belongs to something"),
    (r"\b(?:for example|such as|for instance)\b", "an example"),
    (r"\b(?:if|when|after|before|then|until)\b", "when something happens"),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a ladder leads to."""

    id: str
    text: str
    form: QuestionForm | None
    key: Sentence
    secret: Secret
    answer: str = ""


def make_ladder(question: Question, parsed: ParsedSection) -> tuple[HintRung, ...]:
    """Build the ladder for a quiz item; empty when the section has no sentences or a rung would tell the answer."""
    if question.form in MADE_OF_PARTS:
        return ladder_of_parts(question, parsed)
    answer = deciding_words(question)
    options = question.options if answer == question.answer else ()
    key = _cited_sentence(question, parsed) or find_key_sentence(f"{question.stem} {answer}", parsed, answer=answer)
    if key is None:
        return ()
    secret = keep_secret(answer, question.stem, others=(*options, *question.accepted))
    asked = _Asked(question.id, question.stem, question.form, key, secret, answer)

    def is_safe(text: str) -> bool:
        return find_leak(text, answer, known=question.stem, options=options) is None

    return _build(asked, parsed, is_safe)


def deciding_words(question: Question) -> str:
    """Give the words that must not be told: the answer; of a statement, the reading's words at the place in doubt."""
    is_statement = question.form is QuestionForm.TRUE_FALSE and bool(question.key_points)
    return question.key_points[0] if is_statement else question.answer


def ladder_for(text: str, parsed: ParsedSection) -> tuple[HintRung, ...]:
    """Build the ladder for a student's own question; empty when no sentence of the section answers it."""
    answers = answer(text, parsed)
    key = find_key_sentence(text, parsed) if answers else None
    known = set(content_stems(text))
    if key is None or not known:
        return ()
    hidden = find_open_things(key, known)
    if not hidden:
        return ()
    secret = keep_secret(" ".join(hidden), text, others=(*hidden, join_things(key.text, hidden, known)))
    document_id = parsed.cite(key.at)[0].span.document_id
    asked = _Asked(own_question_id(text, document_id), text, None, key, secret)
    return _build(asked, parsed, lambda words: not set(content_stems(words)) & secret.stems)


def own_question_id(text: str, document_id: DocumentId) -> UnitId:
    """Give the id under which a student's own question about a reading is kept."""
    return UnitId(stable_id("own question", document_id, fold(text)))


def find_key_sentence(text: str, parsed: ParsedSection, *, answer: str = "") -> Sentence | None:
    """Give the sentence that speaks most of what `text` does, by words that are rare here and by meaning.

    With an answer, a sentence that holds it counts more, and the best is taken however weak it is.
    """
    wanted = set(content_stems(text))
    candidates = [sentence for sentence in parsed.sentences if len(list_words(sentence.text)) >= 4]
    if not wanted or not candidates:
        return None
    stems = {sentence.index: set(content_stems(sentence.text)) for sentence in candidates}
    spread = {word: sum(word in found for found in stems.values()) for word in wanted}
    (vector,) = parsed.embed([text])
    cosines = _cosines(vector, parsed)

    key = lemmas(answer)
    rarity = {word: 1 / math.sqrt(max(1, count)) for word, count in spread.items()}

    def score(sentence: Sentence) -> float:
        shared = sum(rarity[word] for word in wanted & stems[sentence.index])
        bonus = 0.3 * holds(lemmas(sentence.text), key)
        return cosines[sentence.index] + 0.5 * shared / sum(rarity.values()) + bonus

    best = max(candidates, key=lambda sentence: (score(sentence), -sentence.index))
    return best if answer or wanted & stems[best.index] or cosines[best.index] >= _ALIKE else None


def _cosines(vector: Vector, parsed: ParsedSection) -> list[float]:
    import numpy as np

    cosines: list[float] = (np.asarray(parsed.vectors) @ np.asarray(vector)).tolist()
    return cosines


def _build(asked: _Asked, parsed: ParsedSection, is_safe: Callable[[str], bool]) -> tuple[HintRung, ...]:
    """Word the four rungs; a wording that would tell the answer gives way to one that only points."""
    paragraph = paragraph_around(asked.key, parsed)
    wide = section_around(asked.key, paragraph, parsed)
    near = parsed.cite(paragraph)
    first = parsed.sentences[0].at
    texts, last = _word(asked, parsed, paragraph), asked.key.at
    if _is_told_already(asked) and (more := tell_more(asked.answer, asked.key, parsed)):
        texts, last = (*texts[:3], _word_more(asked, more, parsed, paragraph)), more.sentence.at
    end = near if paragraph.start <= last.start < paragraph.end else wide
    rungs = []
    for rung, (text, at, place) in enumerate(
        zip(texts, (first, first, paragraph, last), (wide, wide, near, end), strict=True)
    ):
        claim = Claim(parsed.evidence.text[at.start : at.end], place)
        shown = next((words for words in (_shorten(text), *_POINTING) if is_safe(words)), "")
        if not shown or not claim.citations:
            return ()
        rungs.append(HintRung(UnitId(stable_id("hint", asked.id, rung)), claim, rung, shown))
    return tuple(rungs)


_POINTING = (
    "Read the part of the reading that this question is about. What does it say that helps you?",
    "Go back to the page once more. What do you notice there?",
)


def _word(asked: _Asked, parsed: ParsedSection, paragraph: Range) -> tuple[str, str, str, str]:
    """Give the four texts. Each takes along what the one before said, so that a later rung never tells less."""
    topic = _topic(asked, parsed)
    section = _section(asked, parsed)
    page = parsed.cite(asked.key.at)[0].span.page
    opening = _opening(asked, parsed, paragraph)
    gapped = calm(_around_gap(mask(asked.key.text, asked.secret)))
    matter = _matter(asked.key.text)
    last = "Which words fit the gap" if GAP in gapped else "Which words of it help you"
    return (
        f"{_what_is_asked(asked)} on {topic}. What would you guess, and why?",
        f"Look in {section}, page {page}, for words on {topic}. Which paragraph speaks of it?",
        f"In {section}, page {page}, read the paragraph “{opening} …”. {matter}Which words there are on {topic}?",
        f"In that paragraph stands, on {topic}: “{gapped}” {last}?",
    )


def _word_more(asked: _Asked, more: More, parsed: ParsedSection, paragraph: Range) -> str:
    """Word the last hint of a gap whose sentence the question shows already."""
    quoted = calm(_around_gap(mask(more.sentence.text, asked.secret), _BESIDE_WORDS))
    gap = f"In “{_opening(asked, parsed, paragraph)} …”, the gap on {_topic(asked, parsed)} takes {more.kind}."
    return f"{gap} {more.place}: “{quoted}” What fits?"


def _opening(asked: _Asked, parsed: ParsedSection, paragraph: Range) -> str:
    words = parsed.evidence.text[paragraph.start : paragraph.end].split()[:_OPENING_WORDS]
    return calm(mask(" ".join(words), asked.secret))


def _cited_sentence(question: Question, parsed: ParsedSection) -> Sentence | None:
    for citation in question.claim.citations:
        at = parsed.evidence.find(citation)
        if at is not None:
            return parsed.sentence_at(at.start)
    return None


def _topic(asked: _Asked, parsed: ParsedSection) -> str:
    """Name what the question asks the meaning of, or up to three of its words: things first, the nearest first.

    None of them tells anything of the answer.
    """
    shown = mask(asked.text, asked.secret)
    if named := _ASKS_FOR_MEANING.match(shown):
        return f"“{named['term']}”"
    near = set(content_stems(asked.key.text))
    kinds = {stem(token.lower_): token.pos_ for token in parsed.doc}
    idle = FUNCTION_WORDS | _ASKING | (_MEANING if re.search(_ASKS_MEANING, asked.text, re.IGNORECASE) else set())
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]+", shown) if fold(word) not in idle]
    unique = list({stem(fold(word)): word for word in reversed(words)}.values())[::-1]

    def rank(word: str) -> tuple[bool, bool, int]:
        found = stem(fold(word))
        is_thing = kinds.get(found, "NOUN") in {"NOUN", "PROPN", "ADJ", ""} and not word.endswith("ly")
        return not is_thing, found not in near, -len(word)

    chosen = sorted(unique, key=rank)[:3]
    inside = [f"“{word}”" for word in unique if word in chosen]
    return _join(inside) if inside else "this question"


def _join(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else items[0]


_ASKED_WITH = """following example examples called known term terms best describe describes statement true correct
    define definition name list explain answer question reading text passage belongs gap fits description use uses
    used say says tell word words own"""
_ASKING = frozenset(_ASKED_WITH.split())


_MEANING = {"mean", "means", "meant", "meaning"}
_ASKS_MEANING = r"\b(?:do|does|did|is|are|was|what)\b.*\bmean(?:s|t|ing)?\b(?! of\b)"


_ASKS_FOR_MEANING = re.compile(
    rf"(?:Say in your own words what|What does) “(?P<term>(?:(?!{GAP})[^”]){{1,60}})” means?\b", re.IGNORECASE
)


def _section(asked: _Asked, parsed: ParsedSection) -> str:
    title = parsed.evidence.title.strip()
    shown = calm(mask(title, asked.secret))
    return f"“{shown}”" if title and GAP not in shown and len(title.split()) <= 10 else "this section"


def _what_is_asked(asked: _Asked) -> str:
    if asked.form is QuestionForm.CLOZE or "___" in asked.text:
        return "You are asked for the missing words"
    if asked.form is QuestionForm.CHOICE:
        return "You are asked which choice the reading supports"
    if asked.form is QuestionForm.TRUE_FALSE:
        return "You are asked whether the reading says so"
    return "You want to find out more" if asked.form is None else "You are asked for a few words"


def _matter(sentence: str) -> str:
    matter = next((matter for cue, matter in _MATTERS if re.search(cue, sentence, re.IGNORECASE)), "")
    return f"It tells {matter}. " if matter else ""


def _is_told_already(asked: _Asked) -> bool:
    """Whether the question shows its key sentence itself, as gaps do."""
    if "___" not in asked.text:
        return False
    shown = content_stems(mask(asked.key.text, asked.secret))
    return len(set(shown) - set(content_stems(asked.text))) <= len(shown) / 4


def _around_gap(text: str, most: int = _SENTENCE_WORDS) -> str:
    """Keep at most so many words, around the first gap."""
    words = text.split()
    if len(words) <= most:
        return text
    at = next((index for index, word in enumerate(words) if GAP in word), 0)
    start = max(0, min(at - most // 2, len(words) - most))
    end = start + most
    return ("… " if start else "") + " ".join(words[start:end]) + (" …" if end < len(words) else "")


def _shorten(text: str) -> str:
    words = text.split()
    assert words
    return text if len(words) <= _MOST_WORDS else " ".join([*words[: _MOST_WORDS - 12], "…”", *words[-9:]])
