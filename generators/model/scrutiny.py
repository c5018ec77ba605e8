"""Looks at what a model wrote harder than at what was cut from the reading.

The verifier scores likeness, and one false word in a true sentence is very like it: "stores sugar as gold" for "as
starch" scores above 0.7 of 1, two adjectives that changed places above 0.9. So a model's statement may hold no content
word that its sources do not hold, and words side by side must follow each other in a source too.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from domain.claims import Claim
from domain.material import Kind, Unit, claims_of, with_claims
from domain.outcomes import Judgement, Verdict
from domain.questions import Question, QuestionForm
from domain.words import FUNCTION_WORDS, content_stems, lemma, list_words, stem
from generators.compose.reading.parse import ParsedSection
from generators.kinds.quiz import rivals
from generators.model.clauses import LEANING, cited_clauses, in_voice, is_said
from generators.model.faces import find_fault, says_too
from generators.model.replies import find_unsaid
from generators.model.verb_forms import base_of
from safety.grounding import Verifier

_MAY_REWORD = frozenset({Kind.LESSON_VARIANT, Kind.CONCEPT_MAP, Kind.HINTS})
"""Kinds that need not stay with the words of their sources: a lesson variant is there to change words, and a teacher
approves it; maps and hints rest on claims that the built-in writer made."""

_STOPS = re.compile(r"[^\w\s'’-]+")

_NEAR = 0.6
"""Share of a rival's words that a sentence of the section must hold to be asked whether it says it."""

_MOST_NEAR = 4


def judge(unit: Unit, kind: Kind, parsed: ParsedSection, verifier: Verifier) -> Judgement:
    """Judge a model's unit by its claims and its faces; a question falls too when one of its wrong options is right."""
    judgements = [_judge_claim(claim, kind, parsed, verifier) for claim in claims_of(unit)]
    judgement = next((one for one in judgements if one.verdict is not Verdict.SUPPORTED), judgements[0])
    if judgement.verdict is not Verdict.SUPPORTED:
        return judgement
    fault = find_fault(unit, parsed)
    if not fault and isinstance(unit, Question) and _has_right_rival(unit, parsed, verifier):
        fault = "another option is right too"
    return Judgement(Verdict.UNSUPPORTED, judgement.score, (fault,)) if fault else judgement


def recited(unit: Unit, kind: Kind, parsed: ParsedSection) -> Unit | None:
    """Give a unit that cites, for each of its claims, the sentence with the most of its words; None where none has.

    Small models copy a sentence well and number it wrong. A claim that cites nothing was refused and stays so.
    """
    claims = claims_of(unit)
    if kind in _MAY_REWORD or not all(claim.citations for claim in claims):
        return None
    found = [next(_elsewhere(claim, parsed), None) for claim in claims]
    claims_there = [claim for claim in found if claim is not None]
    return with_claims(unit, claims_there) if len(claims_there) == len(claims) else None


def _has_right_rival(question: Question, parsed: ParsedSection, verifier: Verifier) -> bool:
    """Whether the cited words, or any near sentence of the section, say that a wrong option is right."""
    for rival in rivals(question):
        for claim in (rival, *_elsewhere(rival, parsed)):
            if _judge_claim(claim, Kind.QUIZ, parsed, verifier).verdict is Verdict.SUPPORTED:
                return True
    wrong = [option for option in question.options if option != question.answer]
    return question.form is QuestionForm.CHOICE and any(says_too(question, option, parsed) for option in wrong)


def _elsewhere(claim: Claim, parsed: ParsedSection) -> Iterator[Claim]:
    """Yield a claim with each of the sentences that hold most of its words."""
    said = set(content_stems(claim.text))
    shared = {one.index: len(said & set(content_stems(one.text))) for one in parsed.sentences}
    nearest = sorted((one for one in shared if shared[one] >= _NEAR * len(said)), key=lambda one: -shared[one])
    for index in nearest[:_MOST_NEAR]:
        yield Claim(claim.text, parsed.cite(parsed.sentences[index].at))


def _judge_claim(claim: Claim, kind: Kind, parsed: ParsedSection, verifier: Verifier) -> Judgement:
    if kind not in _MAY_REWORD and claim.text.rstrip().endswith("?"):
        return Judgement(Verdict.UNSUPPORTED, 0.0, ("it asks and says nothing",))
    clauses = cited_clauses(parsed, claim.citations)
    voiced = in_voice(claim.text, clauses)
    if voiced is None:
        return Judgement(Verdict.UNSUPPORTED, 0.0, ("its sources do not say: who does it, and to whom",))
    claim = replace(claim, text=voiced)
    judgement = verifier.verify(claim, parsed.evidence)
    if judgement.verdict is not Verdict.SUPPORTED or kind in _MAY_REWORD:
        return judgement
    source = _source(claim, parsed)
    faults = [*sorted(find_unsaid(source, claim.text)), *_find_rejoined(source, claim.text)]
    if not faults and not is_said(claim.text, clauses):
        faults = ["all of this of one thing"]
    if not faults:
        return judgement
    return Judgement(Verdict.UNSUPPORTED, judgement.score, (f"its sources do not say: {', '.join(faults)}",))


def _find_rejoined(source: str, text: str) -> list[str]:
    """List the pairs of neighbouring content words that never follow each other, at any distance, in the source."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(list_words(source)):
        places.setdefault(_root(word), []).append(place)
    pairs = [
        (one, other)
        for stretch in _STOPS.split(text)
        for one, other in pairwise(list_words(stretch))
        if one not in FUNCTION_WORDS and other not in FUNCTION_WORDS
    ]
    return [f"{one} {other}" for one, other in pairs if not _follow(places, _root(one), _root(other))]


def _follow(places: dict[str, list[int]], one: str, other: str) -> bool:
    if one not in places or other not in places:
        # a word that is not there at all is named by `find_unsaid`, or is a word of asking
        return True
    return places[one][0] < places[other][-1]


def _root(word: str) -> str:
    return stem(lemma(base_of(word)))


def _source(claim: Claim, parsed: ParsedSection) -> str:
    """Give the cited sentences, with the one before where a sentence leans on it."""
    words: list[str] = []
    for citation in claim.citations:
        at = parsed.evidence.find(citation)
        sentence = parsed.sentence_at(at.start) if at else None
        if sentence and sentence.index and set(list_words(sentence.text)[:1]) & LEANING:
            words.append(parsed.sentences[sentence.index - 1].text)
        words.append(citation.quote)
    return "\n".join(words)
