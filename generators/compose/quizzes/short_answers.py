"""Questions to be answered in a few words of one's own, with the points that a full answer names.

Every point is cut from the cited sentence: the members of a list, what a cause brings about, or the parts of a
definition. A sentence that does not come apart into points gives none.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.questions import Question, QuestionForm
from domain.words import content_lemmas, content_stems
from generators.compose.asking.effects import asks_for_an_effect
from generators.compose.asking.reasons import find_reasons
from generators.compose.asking.stems import is_clear, without_sources
from generators.compose.cards.facts import find_facts
from generators.compose.easier.descriptions import bare_definition, meaning_of
from generators.compose.quizzes.asked import Sided, to_question
from generators.compose.quizzes.distractors import is_told, where_defined
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import Term, find_terms, mention_pattern

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_FEWEST, _MOST = 2, 5
_LONGEST_POINT = 8
_LONGEST_MEANING = 24
"""Words of a meaning that somebody can say in words of their own."""

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_KINDS = "types|kinds|forms|sorts|classes|categories|parts|components|layers|branches|regions|elements|stages|phases"
_SORT = r" (?:main |basic |major |different |general )?"
_LISTS = (
    re.compile(
        rf"(?:There are|We distinguish|Scientists distinguish) (?P<count>{'|'.join(_COUNTS)}){_SORT}"
        rf"(?P<what>(?:{_KINDS}) of [\w\s-]{{3,40}}?)(?::| —|, namely) ?(?P<list>.+)$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"The (?P<count>{'|'.join(_COUNTS)}){_SORT}(?P<what>(?:{_KINDS}) of [\w\s-]{{3,40}}?)"
        r" (?:are|include):? (?P<list>.+)$",
        re.IGNORECASE,
    ),
)
_ITEM = re.compile(r"\s*(?:,|;)\s*(?:and\s+|or\s+)?|\s+and\s+")
_POINT_OPENS = {"prep", "relcl", "acl", "advcl"}
_CLAUSE_OPENS = {"relcl", "acl"}
_INNER_OPENS = {*_POINT_OPENS, "xcomp"}
_LONG_POINT, _FEWEST_OWN = 4, 2
"""Content words of a point that may come apart once more, and of each piece of it."""

_GENUS = (
    "act|action|activity|amount|arrangement|class|collection|concept|condition|feature|form|group|idea|instance|item|kind|manner|"
    "means|method|name|number|object|one|phenomenon|piece|place|portion|process|property|quality|quantity|series|set|"
    "situation|something|sort|state|substance|term|thing|type|way|word"
)
_BARE_GENUS = re.compile(rf"^(?:(?:an?|any|the|one|some)\s+)?(?:{_GENUS})s?(?:\s+of\s+|$)", re.IGNORECASE)
"""What a thing is in so wide a word that nobody need say it."""

_JOINT = re.compile(
    r"^(?:(?:(?:by|in|on|at|for|from|through|with) )?which|that|who|and|or|(?:so|such) that)\s+", re.IGNORECASE
)


_LAST_JOINT = re.compile(r"(?:,? (?:and|or|but|which|that))+$", re.IGNORECASE)


def list_questions(parsed: ParsedSection) -> Iterator[Question]:
    """Ask for the members of lists that say how many they have: "There are three types of rock: ..."."""
    for sentence in parsed.sentences:
        text = " ".join(sentence.text.split())
        found = next((match for pattern in _LISTS if (match := pattern.match(text))), None)
        if found is None:
            continue
        count, listed = _COUNTS[found["count"].lower()], found["list"].strip(" .")
        points = tuple(re.sub(r"^(?:the|an?)\s+", "", item.strip()) for item in _ITEM.split(listed) if item.strip())
        if len(points) == count and all(_is_point(point) for point in points):
            yield _question(
                parsed,
                sentence,
                f"Which {found['count'].lower()} {found['what']} does the reading name?",
                listed,
                points,
            )


def cause_questions(parsed: ParsedSection, *, limit: int) -> Iterator[Question]:
    """Ask what something brings about; two effects are two points, and so are the members of a list of three."""
    told = [term.label for term in find_terms(parsed) if is_told(term, parsed)]
    for fact in find_facts(parsed, limit=limit):
        if "_" in fact.front or not is_clear(parsed, fact.sentence, told) or not asks_for_an_effect(fact.front, told):
            continue
        points = [point for point in _ITEM.split(fact.back) if content_lemmas(point)]
        is_one = not _FEWEST <= len(points) <= _MOST or any(len(point.split()) > _LONGEST_POINT for point in points)
        yield _question(parsed, fact.sentence, fact.front, fact.back, (fact.back,) if is_one else tuple(points))


def why_questions(parsed: ParsedSection) -> Iterator[Question]:
    """Ask why something is so, where the reading says because of what."""
    told = [term.label for term in find_terms(parsed) if is_told(term, parsed)]
    for reason in find_reasons(parsed):
        if is_clear(parsed, reason.sentence, told):
            yield _question(parsed, reason.sentence, reason.question, reason.answer, (reason.answer,))


def explain_question(parsed: ParsedSection, term: Term) -> Question | None:
    """Ask to say in one's own words what a term means, where the definition has two points at least."""
    points = _points(parsed, term)
    if not _FEWEST <= len(points) <= _MOST or len(meaning_of(term).split()) > _LONGEST_MEANING:
        return None
    told = set(content_stems(term.label))
    if not all(set(content_stems(point)) - told for point in points) or mention_pattern(term.label).search(
        term.definition
    ):
        return None
    asked = f"Say in your own words what “{term.label}” means in this reading."
    sided = Sided(QuestionForm.SHORT, asked, meaning_of(term), concepts=(term.label,), key_points=points)
    return to_question(parsed, [where_defined(term)], sided)


def _points(parsed: ParsedSection, term: Term) -> tuple[str, ...]:
    """Cut a definition before what is said about its head: "the loss of water", "from a plant through its leaves".

    A head of one word goes with what comes next, and one that could be the head of any definition is no point.
    """
    at = term.definition_at
    definition = bare_definition(term)
    start = parsed.evidence.text.find(definition, at.start, at.end) if at else -1
    if start < 0:
        return ()
    tokens = parsed.doc.char_span(start, start + len(definition), alignment_mode="expand")
    near = [*tokens.root.children, *(inner for child in tokens.root.children for inner in child.children)]
    head, *others = _cut(tokens, near, _POINT_OPENS)
    pieces = [piece for other in others for piece in _cut_long(other)]
    if pieces and len(content_lemmas(_BARE_GENUS.sub("", head.text))) == 1 and not _BARE_GENUS.match(head.text):
        pieces[0] = tokens.doc[head.start : pieces[0].end]
        pieces = pieces if len(pieces) > 1 else _cut(pieces[0], pieces[0][2:], _CLAUSE_OPENS)
    else:
        pieces[:0] = _cut_long(head)
    return tuple(point for piece in pieces if (point := _bare(piece)))


def _cut(span: "Span", among: Iterable["Token"], opens: set[str]) -> list["Span"]:
    """Cut a span before the tokens that open a piece of it, with all that stands before them in their own phrase."""
    inner = (token for token in among if token.dep_ in opens and token.lower_ != "of")
    opening = [token.left_edge for token in inner if not (token.dep_ == "prep" and token.head.lemma_ == "be")]
    edges = {token.i for token in opening if token.lower_ != "than"}
    cuts = [span.start, *sorted(edge for edge in edges if span.start < edge < span.end), span.end]
    return [span.doc[first:last] for first, last in pairwise(cuts)]


def _cut_long(span: "Span") -> list["Span"]:
    """Cut a long piece at its inner clauses and phrases, where each part has words enough to be found by."""
    if len(content_lemmas(span.text)) <= _LONG_POINT:
        return [span]
    whole: list[Span] = []
    for piece in _cut(span, span, _INNER_OPENS):
        is_thin = whole and min(len(content_lemmas(one.text)) for one in (whole[-1], piece)) < _FEWEST_OWN
        if is_thin:
            whole[-1] = span.doc[whole[-1].start : piece.end]
        else:
            whole.append(piece)
    return whole


def _bare(piece: "Span") -> str:
    """Give the words of a point without what joins it to others, and without a genus that says nothing."""
    first = piece[1:] if len(piece) > 1 and piece[0].tag_ == "TO" else piece
    words = " ".join(first.text.split()).strip(" ,;.")
    return _BARE_GENUS.sub("", _LAST_JOINT.sub("", _JOINT.sub("", words)), count=1)


def _is_point(text: str) -> bool:
    return bool(content_lemmas(text)) and len(text.split()) <= _LONGEST_POINT


def _question(parsed: ParsedSection, sentence: Sentence, asked: str, answer: str, points: tuple[str, ...]) -> Question:
    key = tuple(without_sources(point) for point in points)
    sided = Sided(QuestionForm.SHORT, asked, without_sources(answer), key_points=key)
    return to_question(parsed, [sentence.at], sided)
