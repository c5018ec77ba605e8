"""Questions to be answered in a few words of one's own, with the points that a full answer names.

Every point is cut from the cited sentence: the members of a list, what a cause brings about, or the parts of a
definition. A sentence that does not come apart into points gives none.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from domain.questions import Question, QuestionForm
from domain.words import content_lemmas, content_stems
from generators.compose.asked import Sided, to_question
from generators.compose.cloze import stands_alone
from generators.compose.distractors import where_defined
from generators.compose.facts import find_facts
from generators.compose.matching import meaning_of
from generators.compose.parse import ParsedSection, Sentence
from generators.compose.terms import Term, mention_pattern

_FEWEST, _MOST = 2, 5
_LONGEST_POINT = 8
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
    """Ask what something brings about; two effects are two points."""
    for fact in find_facts(parsed, limit=limit):
        if "_" in fact.front or not stands_alone(fact.sentence):
            continue
        points = [point for point in re.split(r",?\s+and\s+", fact.back) if content_lemmas(point)]
        is_one = len(points) != _FEWEST or any(len(point.split()) > _LONGEST_POINT for point in points)
        yield _question(parsed, fact.sentence, fact.front, fact.back, (fact.back,) if is_one else tuple(points))


def explain_question(parsed: ParsedSection, term: Term) -> Question | None:
    """Ask to say in one's own words what a term means, where the definition has two points at least."""
    points = _points(parsed, term)
    if not _FEWEST <= len(points) <= _MOST:
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
    """Cut a definition before what is said about its head: "the loss of water", "from a plant through its leaves"."""
    at = term.definition_at
    start = parsed.evidence.text.find(term.definition, at.start, at.end) if at else -1
    if start < 0:
        return ()
    tokens = parsed.doc.char_span(start, start + len(term.definition), alignment_mode="expand")
    near = [*tokens.root.children, *(inner for child in tokens.root.children for inner in child.children)]
    edges = {token.left_edge.i for token in near if token.dep_ in _POINT_OPENS and token.lower_ != "of"}
    cuts = [tokens.start, *sorted(edge for edge in edges if tokens.start < edge < tokens.end), tokens.end]
    return tuple(" ".join(parsed.doc[first:last].text.split()).strip(" ,;.") for first, last in pairwise(cuts))


def _is_point(text: str) -> bool:
    return bool(content_lemmas(text)) and len(text.split()) <= _LONGEST_POINT


def _question(parsed: ParsedSection, sentence: Sentence, asked: str, answer: str, points: tuple[str, ...]) -> Question:
    sided = Sided(QuestionForm.SHORT, asked, answer, key_points=points)
    return to_question(parsed, [sentence.at], sided)
