"""The verifier: it judges whether the reading says what a claim says.

In order: the citations must hold, words that are the source's own are accepted, contradictions veto, the claim's
subject must stand where it points, and what remains gets a calibrated score from its likeness to the source.
"""

from domain.documents import Evidence, Range
from domain.material import Claim
from domain.outcomes import Judgement, Verdict
from domain.ports import Embedder
from safety.claim_words import Token, content, sentences, tokens, word_set
from safety.grounding_features import TERM, Likeness, Passage, read_passage
from safety.vetoes import NEGATIONS, find_vetoes

_THRESHOLD = 0.5
_COPULAS = word_set("is are was were means mean refers refer to a an the called known as defined describes it")
_SMALL_CUT = 3
"""Words that may be left out in the middle of a cut without a comma beside them."""


class Verifier:
    """Judges claims against evidence. Scores run from 0 to 1; a claim is supported from 0.5 on."""

    def __init__(self, embedder: Embedder) -> None:
        """Use the embedder for claims that are not the source's own words."""
        self._likeness = Likeness(embedder)
        self._kept: tuple[str, Passage] = ("", read_passage(""))

    def verify(self, claim: Claim, evidence: Evidence) -> Judgement:
        """Judge a claim by the words it cites. Words that a teacher wrote need valid citations, no likeness."""
        ranges = []
        for citation in claim.citations:
            at = evidence.find(citation)
            if at is None or evidence.text[at.start : at.end] != citation.quote or not citation.quote.strip():
                return _unsupported("points at words that are not in the reading")
            ranges.append(at)
        if not ranges:
            return _unsupported("points at nothing in the reading")
        if claim.by_person:
            return Judgement(Verdict.SUPPORTED, 1.0, ("written by a teacher",))
        return self._judge(claim.text, evidence, sorted(ranges))

    def score(self, evidence: Evidence, text: str) -> float:
        """Score a text that cites nothing against everything in the evidence, from 0 to 1."""
        if not content(tokens(text)):
            return 0.0
        return self._likeness.score(text, self._passage(evidence.text))

    def _judge(self, text: str, evidence: Evidence, ranges: list[Range]) -> Judgement:
        cited = _join(evidence.text, ranges)
        if not content(tokens(text)):
            return _unsupported("says nothing that could be checked")
        if is_cut(text, cited):
            return Judgement(Verdict.SUPPORTED, 1.0, ("the reading's own words",))
        before = _sentence_before(evidence.text, ranges[0].start)
        if vetoes := find_vetoes(text, cited, before=before):
            verdict = Verdict.CONTRADICTED if any(veto.is_contradiction for veto in vetoes) else Verdict.UNSUPPORTED
            return Judgement(verdict, 0.0, tuple(veto.reason for veto in vetoes))
        if subject := _missing_subject(text, f"{before} {cited}"):
            return _unsupported(f"is about {subject}, which the cited words do not name")
        score = self._likeness.score(text, self._passage(evidence.text).part(cited))
        if score >= _THRESHOLD:
            return Judgement(Verdict.SUPPORTED, score, ("close to the cited words",))
        return Judgement(Verdict.UNSUPPORTED, score, ("too far from the cited words",))

    def _passage(self, text: str) -> Passage:
        """Read a passage, once for all the claims about it that come one after the other."""
        known, passage = self._kept
        if known != text:
            passage = read_passage(text)
            self._kept = (text, passage)
        return passage


def is_cut(text: str, source: str) -> bool:
    """Whether a text is the source's own words: whole, a run of them, or cut where commas or brackets stand.

    `Term: words` and `Term is words` count when both sides are such runs of the same source.
    """
    said, there = _words(text), _words(source)
    if _run(said, there) is not None or _is_trimmed(text, source):
        return True
    found = TERM.match(text)
    if found is None:
        return False
    term, rest = found["term"], found["rest"]
    return _run(_words(term), there) is not None and (
        _run(_words(rest), there) is not None or _is_trimmed(rest, source)
    )


def _is_trimmed(text: str, source: str) -> bool:
    """Whether the text is left when a few asides are taken out of the source; no negation may be lost."""
    said = [t for t in tokens(text) if t.is_word]
    there = tokens(source)
    at, gaps, skipped = 0, 0, list[Token]()
    started = False
    for token in said:
        start = at
        while at < len(there) and there[at].text.lower() != token.text.lower():
            at += 1
        if at == len(there):
            return False
        passed = there[start:at]
        if started and any(t.is_word for t in passed):
            gaps += 1
            skipped += passed
            words = sum(t.is_word for t in passed)
            if words > _SMALL_CUT and passed[0].is_word and passed[-1].is_word:
                return False
        started, at = True, at + 1
    return started and gaps <= 2 and not any(t.text.lower() in NEGATIONS for t in skipped)


def _run(said: list[str], there: list[str]) -> int | None:
    """Give where the words stand one after the other, or None."""
    if not said:
        return None
    last = len(there) - len(said)
    return next((at for at in range(last + 1) if there[at] == said[0] and there[at : at + len(said)] == said), None)


def _words(text: str) -> list[str]:
    return [token.text.lower().replace("’", "'") for token in tokens(text) if token.is_word]


def _missing_subject(text: str, cited: str) -> str:
    """Give the subject of a claim when none of its words stands in the cited sentences or the one before."""
    found = TERM.match(text)
    subject = found["term"] if found else _first_words(text)
    wanted = {token.stem for token in content(tokens(subject))}
    named = {token.stem for token in tokens(cited)}
    return subject if wanted and not wanted & named else ""


def _first_words(text: str) -> str:
    said = tokens(text)
    stop = next((token.start for token in said[1:] if token.text.lower() in _COPULAS), 0)
    return text[:stop].strip()


def _join(text: str, ranges: list[Range]) -> str:
    return " ".join(text[at.start : at.end] for at in ranges)


def _sentence_before(text: str, start: int) -> str:
    window = text[max(0, start - 600) : start]
    places = sentences(window)
    return window[places[-1][0] : places[-1][1]] if places else ""


def _unsupported(reason: str) -> Judgement:
    return Judgement(Verdict.UNSUPPORTED, 0.0, (reason,))
