"""The hint ladder: what is asked, where to look, the paragraph and its matter, the key sentence with the answer masked.

Every rung is built from masked text, so that none of them holds the answer; `safety.leaks` is the second line.
A rung asks exactly one question and has at most 60 words.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.documents import Citation, Range, Span, Vector
from domain.ids import DocumentId, UnitId, stable_id
from domain.material import HintRung
from domain.questions import WITHOUT_HINTS, Question, QuestionForm
from domain.words import FUNCTION_WORDS, content_stems, fold, holds, lemma, lemmas, list_numbers, list_words, stem
from generators.compose.asking.answer import answer
from generators.compose.asking.gap_hints import More, find_open_things, join_things, tell_more
from generators.compose.reading.parse import ParsedSection, Sentence
from safety.leaks import find_leak, is_numeric

RUNGS = 4
"""How many rungs a ladder has."""

GAP = "_____"

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
class Secret:
    """What a ladder must not show: whole phrases, and the words and numbers that only the answer has."""

    phrases: tuple[tuple[str, ...], ...]
    stems: frozenset[str]
    numbers: frozenset[str]


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
    answer = deciding_words(question)
    options = question.options if answer == question.answer else ()
    key = _cited_sentence(question, parsed) or find_key_sentence(f"{question.stem} {answer}", parsed, answer=answer)
    if key is None or question.form in WITHOUT_HINTS:
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


def keep_secret(answer: str, known: str, *, others: Iterable[str] = ()) -> Secret:
    """Say what must be masked so that `answer` stays open to somebody who knows `known`.

    Other options are masked as whole phrases only: their single words may be needed to make sense.
    """
    had = {stem(lemma(word)) for word in list_words(known)}
    words = {stem(lemma(word)) for word in list_words(answer) if word not in FUNCTION_WORDS}
    if is_numeric(answer):
        return Secret((), frozenset(), frozenset(n for text in (answer, *others) for n in list_numbers(text)))
    phrases = {tuple(list_words(text)) for text in (answer, *others)} - {()}
    numbers = frozenset(list_numbers(answer)) - set(list_numbers(known))
    return Secret(tuple(sorted(phrases, key=lambda phrase: -len(phrase))), frozenset(words - had), numbers)


def mask(text: str, secret: Secret) -> str:
    """Put a gap for everything secret; neighbouring gaps become one, so that words cannot be counted."""
    for phrase in secret.phrases:
        between = r"[\W_]+" if all(word.isascii() for word in phrase) else r"[\W_]*"
        words = between.join(re.escape(word) + (r"(?:e?s)?" if word.isascii() else "") for word in phrase)
        edge = r"\b" if phrase[0].isascii() else ""
        text = re.sub(f"{edge}{words}{edge}", GAP, text, flags=re.IGNORECASE)
    text = re.sub(r"[^\W_]+(?:['’.,]?[^\W_]+)*", lambda match: _gap_for(match.group(), secret), text)
    return re.sub(rf"{GAP}(?:[\s,%$€£-]+{GAP})+", GAP, text)


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


def paragraph_around(sentence: Sentence, parsed: ParsedSection) -> Range:
    """Give the paragraph of a sentence; with its neighbours where the sentence stands alone, so as not to show it."""
    text = parsed.evidence.text
    start = text.rfind("\n\n", 0, sentence.at.start)
    end = text.find("\n\n", sentence.at.end)
    start, end = (0 if start < 0 else start + 2), (len(text) if end < 0 else end)
    inside = [other for other in parsed.sentences if start <= other.at.start and other.at.end <= end]
    if len(inside) > 1:
        return Range(inside[0].at.start, inside[-1].at.end)
    last = len(parsed.sentences) - 1
    before, after = parsed.sentences[max(0, sentence.index - 1)], parsed.sentences[min(last, sentence.index + 1)]
    return Range(before.at.start, after.at.end)


def section_around(sentence: Sentence, paragraph: Range, parsed: ParsedSection) -> tuple[Citation, ...]:
    """Point at all there is of the section that a sentence stands in, and never at less than its paragraph."""
    near = parsed.cite(paragraph)
    home = {citation.span for citation in parsed.cite(sentence.at)}
    chunks = parsed.evidence.chunks
    sections = {chunk.section for chunk in chunks if any(_holds(chunk.span, span) for span in home)}
    whole = [Citation(chunk.span, chunk.text) for chunk in chunks if chunk.section in sections]
    beyond = [citation for citation in near if not any(_holds(one.span, citation.span) for one in whole)]
    return (*whole, *beyond)


def _holds(outer: Span, inner: Span) -> bool:
    is_same_page = (outer.document_id, outer.page) == (inner.document_id, inner.page)
    return is_same_page and outer.start <= inner.start and inner.end <= outer.end


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
    gapped = _calm(_around_gap(mask(asked.key.text, asked.secret)))
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
    quoted = _calm(_around_gap(mask(more.sentence.text, asked.secret), _BESIDE_WORDS))
    gap = f"In “{_opening(asked, parsed, paragraph)} …”, the gap on {_topic(asked, parsed)} takes {more.kind}."
    return f"{gap} {more.place}: “{quoted}” What fits?"


def _opening(asked: _Asked, parsed: ParsedSection, paragraph: Range) -> str:
    words = parsed.evidence.text[paragraph.start : paragraph.end].split()[:_OPENING_WORDS]
    return _calm(mask(" ".join(words), asked.secret))


def _cited_sentence(question: Question, parsed: ParsedSection) -> Sentence | None:
    for citation in question.claim.citations:
        at = parsed.evidence.find(citation)
        if at is not None:
            return parsed.sentence_at(at.start)
    return None


def _gap_for(word: str, secret: Secret) -> str:
    folded = fold(word)
    if stem(lemma(folded)) in secret.stems or any(
        part and stem(lemma(part)) in secret.stems for part in list_words(word)
    ):
        return GAP
    return GAP if secret.numbers & set(list_numbers(word)) else word


def _topic(asked: _Asked, parsed: ParsedSection) -> str:
    """Name up to three words of the question that tell nothing of the answer: things first, the nearest first."""
    shown = mask(asked.text, asked.secret)
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
    used says tell word words"""
_ASKING = frozenset(_ASKED_WITH.split())


_MEANING = {"mean", "means", "meant", "meaning"}
_ASKS_MEANING = r"\b(?:do|does|did|is|are|was|what)\b.*\bmean(?:s|t|ing)?\b(?! of\b)"


def _section(asked: _Asked, parsed: ParsedSection) -> str:
    title = parsed.evidence.title.strip()
    shown = _calm(mask(title, asked.secret))
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


def _calm(text: str) -> str:
    """Leave out the question marks and quotation marks of quoted text, so that a hint asks one question, its own."""
    return " ".join(re.sub(r"[?？]", "", text).translate(str.maketrans("“”", '""')).split())


def _shorten(text: str) -> str:
    words = text.split()
    assert words
    return text if len(words) <= _MOST_WORDS else " ".join([*words[: _MOST_WORDS - 12], "…”", *words[-9:]])
