"""Looks at what a model wrote harder than at what was cut from the reading.

The verifier scores likeness, and one false word in a true sentence is very like it (measured: 0.70 of 1 for "as
oxygen" in the place of "as starch"). So a model's statement may hold no content word that its sources do not hold.
"""

from domain.material import Claim, Kind, Question, Unit
from domain.outcomes import Judgement, Verdict
from domain.words import list_words
from generators.compose.parse import ParsedSection
from generators.kinds.quiz import rivals
from generators.replies import find_unsaid
from safety.grounding import Verifier

_IN_SOURCE_WORDS = frozenset({Kind.SUMMARY, Kind.FLASHCARDS, Kind.QUIZ, Kind.ANSWER})
"""Kinds that stay with the words of their sources. A lesson variant is there to change words, and a teacher approves
it; maps and hints rest on claims that the built-in writer made."""

_LEANING = frozenset(["he", "it", "its", "she", "such", "their", "these", "they", "this", "those"])


def judge(unit: Unit, kind: Kind, parsed: ParsedSection, verifier: Verifier) -> Judgement:
    """Judge a model's unit; a question falls too when one of its wrong options is right."""
    judgement = _judge_claim(unit.claim, kind, parsed, verifier)
    if judgement.verdict is Verdict.SUPPORTED and isinstance(unit, Question):
        for rival in rivals(unit):
            if _judge_claim(rival, kind, parsed, verifier).verdict is Verdict.SUPPORTED:
                return Judgement(Verdict.UNSUPPORTED, judgement.score, ("another option is right too",))
    return judgement


def _judge_claim(claim: Claim, kind: Kind, parsed: ParsedSection, verifier: Verifier) -> Judgement:
    judgement = verifier.verify(claim, parsed.evidence)
    if judgement.verdict is not Verdict.SUPPORTED or kind not in _IN_SOURCE_WORDS:
        return judgement
    unsaid = find_unsaid(_source(claim, parsed), claim.text)
    if not unsaid:
        return judgement
    return Judgement(Verdict.UNSUPPORTED, judgement.score, (f"its sources do not say: {', '.join(sorted(unsaid))}",))


def _source(claim: Claim, parsed: ParsedSection) -> str:
    """Give the cited sentences, with the one before where a sentence leans on it."""
    words: list[str] = []
    for citation in claim.citations:
        at = parsed.evidence.find(citation)
        sentence = parsed.sentence_at(at.start) if at else None
        if sentence and sentence.index and set(list_words(sentence.text)[:1]) & _LEANING:
            words.append(parsed.sentences[sentence.index - 1].text)
        words.append(citation.quote)
    return "\n".join(words)
