"""Things to put in order, where the reading itself says in what order they come.

The order is proved by the reading's own words: the numbers of a list's steps, the words "first ... then ... finally"
of neighbouring sentences, the ordinals of stages, or the years of events. What gives the order away is cut from what
is shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from domain.documents import Range
from domain.questions import Question, QuestionForm
from domain.words import content_lemmas
from generators.compose.guides.timeline import find_events, hangs_on_main_verb
from generators.compose.quizzes.asked import Sided, shuffled, to_question
from generators.compose.reading.parse import ParsedSection, Sentence

FEWEST, MOST = 3, 6
_LINES_BEFORE = 3
_PROCEDURE = re.compile(
    r"\b(?:steps?|stages?|phases?|procedure|process|sequence|how to|in (?:this|the following) order|what to do|"
    r"follow)\b|"
    r"^\s*to \w+[^.]*:\s*$",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"answer|calculate|compare|compute|consider|define|describe|discuss|draw|evaluate|explain|find|give|identify|"
    r"list|name|prove|say|show|sketch|state|suppose|write",
    re.IGNORECASE,
)
"""What an exercise orders its reader to do."""

_SHORTEST, _LONGEST = 3, 30
"""Words of an item."""

_STEP = re.compile(
    r"^[ \t]*(?:step\s+)?(?P<number>\d{1,2})[.):][ \t]+(?P<words>\S.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_FIRST = r"first(?:ly)?|to begin(?: with)?|at first|in the first (?:step|stage|phase)"
_IN_TIME = (
    r"then|next|after (?:that|this)|afterwards?|later|subsequently|"
    r"in the (?:second|third|fourth|fifth|next) (?:step|stage|phase)"
)
"""Words that say that one thing comes after another; "second" may also count reasons."""

_NEXT = rf"second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|{_IN_TIME}"
_LAST = r"finally|lastly|at last|in the (?:last|final) (?:step|stage|phase)"
_OPENS, _GOES_ON = (re.compile(rf"(?:{words})\b(?:,\s*|\s+)", re.IGNORECASE) for words in (_FIRST, f"{_NEXT}|{_LAST}"))
_COMES_AFTER = re.compile(rf"(?:{_IN_TIME})\b", re.IGNORECASE)
_ENDS = re.compile(rf"(?:{_LAST})\b", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_STAGE = re.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)}) (?:stage|step|phase|period|level|era)\b", re.IGNORECASE)
_STAGE_NAME = re.compile(
    rf"The (?:{'|'.join(_ORDINALS)}) (?:stage|step|phase|period|level|era)(?: of [\w\s-]{{3,40}}?)?(?:, (?:called )?"
    r"(?:the )?(?P<aside>[^,]{3,40}),| is (?:called |known as )?(?:the )?(?P<name>[\w\s-]{3,40}?)[,.])",
    re.IGNORECASE,
)

_LEANS = re.compile(
    r"(?:it|they|this|these|that|those|he|she|such|its|their|his|her|we|you|i|and|or|but|so)\b|"
    r".*\b(?:this|these|those|above|below|following|previous|figure|table)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"\b(?:{_FIRST}|{_NEXT}|{_LAST}|before|after|earlier|previous(?:ly)?|last|following)\b", re.IGNORECASE
)
_DATE = re.compile(
    r"^(?:In|By|Around|About|Since|During) (?:the )?(?:(?:year|spring|summer|autumn|fall|winter|early|late|[A-Z][a-z]+)"
    r" )?{year}(?: (?:BCE?|CE|AD))?,? |,? (?:in|by|around|about|since) (?:(?:the year|[A-Z][a-z]+) )?{year}"
    r"(?: (?:BCE?|CE|AD))?(?=[.,])".replace("{year}", r"[1-9]\d{2,3}")
)
_YEAR = re.compile(r"\b[1-9]\d{2,3}s?\b|\bcentur(?:y|ies)\b")


@dataclass(frozen=True, slots=True)
class _Item:
    """One of the things to be put in order: where the reading says it, and what is shown of it."""

    place: Range
    text: str


def order_questions(parsed: ParsedSection) -> Iterator[Question]:
    """Yield a question for each order that the reading states, the surest first."""
    for asked, items in _orders(parsed):
        chosen = [item for item in items if _is_name(item) or _is_fit(item)][:MOST]
        if len(chosen) >= FEWEST and _are_distinct(chosen):
            yield _question(parsed, asked, chosen)


def proves_order(parsed: ParsedSection, sentences: Sequence[Sentence]) -> bool:
    """Whether sentences of a reading say themselves that they come in this order."""
    if len(sentences) < FEWEST:
        return False
    opens = _OPENS.match(sentences[0].text) or _ENDS.match(sentences[-1].text)
    is_told = opens and all(_GOES_ON.match(sentence.text) for sentence in sentences[1:])
    signs = [(_ordinal(one.text), _number(parsed, one), _only_year(parsed, one)) for one in sentences]
    return bool(is_told) or any(_is_rising(column) for column in zip(*signs, strict=True))


def _orders(parsed: ParsedSection) -> Iterator[tuple[str, list[_Item]]]:
    for items in _steps(parsed):
        if not _is_procedure(parsed, items):
            continue
        yield "Put these steps into the order that the reading gives.", items
    if parsed.is_full:
        for items in _told(parsed):
            yield "In what order does this happen in the reading?", items
        yield "Put these stages into the order that the reading gives.", _stages(parsed)
        yield "Put these events into the order in which they happened.", _events(parsed)


def _steps(parsed: ParsedSection) -> Iterator[list[_Item]]:
    """Yield lists whose lines are numbered from 1 on without a gap."""
    run: list[_Item] = []
    for found in _STEP.finditer(parsed.evidence.text):
        number, words = int(found["number"]), found["words"]
        if number != len(run) + 1:
            yield run
            run = []
        if number == len(run) + 1:
            run.append(_Item(Range(found.start("words"), found.end("words")), _shown(words)))
    yield run


def _is_procedure(parsed: ParsedSection, items: Sequence[_Item]) -> bool:
    """Whether numbered lines are steps: they are called so, or most tell what to do. Rules and tasks have no order."""
    if not items or not parsed.is_full:
        return bool(items)
    before = parsed.evidence.text[: items[0].place.start]
    heads = before.rstrip("0123456789.): \t\n").rsplit("\n", _LINES_BEFORE)[-_LINES_BEFORE:]
    if any(_PROCEDURE.search(line) for line in heads):
        return True
    firsts = [parsed.doc.char_span(one.place.start, one.place.end, alignment_mode="expand")[0] for one in items]
    orders = sum(token.tag_ == "VB" and not _TASK.fullmatch(token.lemma_) for token in firsts)
    return bool(2 * orders > len(items))


def _told(parsed: ParsedSection) -> Iterator[list[_Item]]:
    """Yield runs of neighbouring sentences that open with "first", go on with "then" and the like."""
    run: list[_Item] = []
    is_in_time = False
    for sentence in parsed.sentences:
        opens, goes_on = _OPENS.match(sentence.text), _GOES_ON.match(sentence.text)
        if opens or not goes_on:
            yield run if is_in_time else []
            run, is_in_time = [], False
        is_in_time = is_in_time or _COMES_AFTER.match(sentence.text) is not None
        if opens or (goes_on and run):
            mark = (opens or goes_on).end()  # type: ignore[union-attr]
            run.append(_Item(sentence.at, _shown(sentence.text[mark:])))
    yield run if is_in_time else []


def _stages(parsed: ParsedSection) -> list[_Item]:
    """List sentences on the first stage, the second stage and so on: one each, in that order."""
    items: list[_Item] = []
    for sentence in parsed.sentences:
        if _ordinal(sentence.text) == len(items):
            name = _stage_name(sentence)
            if not name:
                break
            items.append(_Item(sentence.at, name))
    return items


def _stage_name(sentence: Sentence) -> str:
    """Give what "the first stage" is said to be: "The first stage, NAME, ..." or "The first stage is (called) NAME"."""
    found = _STAGE_NAME.match(sentence.text)
    return (found["aside"] or found["name"]).strip() if found else ""


def _events(parsed: ParsedSection) -> list[_Item]:
    """List dated sentences, one a year, without their dates."""
    items = []
    for _, (event, *_) in groupby(find_events(parsed), key=lambda event: event.year):
        text = event.sentence.text
        bare = _DATE.sub("", text, count=1)
        if bare != text and not _YEAR.search(bare):
            items.append(_Item(event.sentence.at, _shown(bare)))
    fit = [item for item in items if _is_fit(item)]
    return [fit[place * len(fit) // MOST] for place in range(MOST)] if len(fit) > MOST else fit


def _shown(words: str) -> str:
    plain = " ".join(words.split()).rstrip(" .;,")
    return plain[:1].upper() + plain[1:]


def _is_fit(item: _Item) -> bool:
    return _SHORTEST <= len(item.text.split()) <= _LONGEST and not (_LEANS.match(item.text) or _TELLS.search(item.text))


def _are_distinct(items: Sequence[_Item]) -> bool:
    """Whether no two items are alike, and all are names or all are sentences."""
    names = sum(map(_is_name, items))
    said = [frozenset(content_lemmas(item.text)) for item in items]
    return all(said) and len(set(said)) == len(said) and (names == len(items) or all(map(_is_fit, items)))


def _is_name(item: _Item) -> bool:
    """Whether an item is too short for a sentence; such names lean on nothing."""
    return len(item.text.split()) <= _SHORTEST


def _question(parsed: ParsedSection, asked: str, items: Sequence[_Item]) -> Question:
    sequence = tuple(item.text for item in items)
    sided = Sided(
        QuestionForm.ORDERING,
        asked,
        "; ".join(f"{number}. {text}" for number, text in enumerate(sequence, start=1)),
        options=shuffled(sequence, asked),
        sequence=sequence,
    )
    return to_question(parsed, [item.place for item in items], sided)


def _ordinal(text: str) -> int | None:
    found = _STAGE.search(text)
    return _ORDINALS.index(found["ordinal"].lower()) if found else None


def _number(parsed: ParsedSection, sentence: Sentence) -> int | None:
    """Give the number of the list item that a sentence opens."""
    text = parsed.evidence.text
    found = _STEP.match(text, text.rfind("\n", 0, sentence.at.start) + 1)
    return int(found["number"]) if found and found.start("words") == sentence.at.start else None


def _only_year(parsed: ParsedSection, sentence: Sentence) -> int | None:
    """Give the one year that a sentence names, where it is the year of what the sentence says."""
    years = set(re.findall(r"\b(?:1\d{3}|20\d{2})\b", sentence.text))
    year = years.pop() if len(years) == 1 else ""
    return int(year) if year and (not parsed.is_full or hangs_on_main_verb(sentence, year)) else None


def _is_rising(values: Sequence[int | None]) -> bool:
    known = [value for value in values if value is not None]
    return len(known) == len(values) and all(one < other for one, other in pairwise(known))
