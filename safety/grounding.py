"""The verifier: it judges whether the reading says what a claim says.

In order: the citations must hold, words that are the source's own are accepted, contradictions veto, the claim's
subject must stand where it points, and what remains gets a calibrated score from its likeness to the source.
"""

from domain.claims import Claim
from domain.documents import Range
from domain.evidence import Evidence
from domain.material import Unit, claims_of
from domain.outcomes import Judgement, Verdict
from domain.ports import Embedder
from safety.claim_words import TERM, content, sentences, tokens, word_set
from safety.cuts import is_cut
from safety.grounding_features import Likeness, Passage, read_passage
from safety.opposites import means_the_same
from safety.vetoes import find_vetoes

_OPENERS = word_set("since because although though while like unlike despite whereas however who")
_THRESHOLD = 0.5
_LONGEST = 2_000
"""Characters of a claim at most: the time that it takes to read one grows with the cube of its length."""

_REACH = 600
"""Characters beside a citation in which its sentence is looked for."""
_COPULAS = word_set("is are was were means mean refers refer to a an the called known as defined describes it")


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
        if len(claim.text) > _LONGEST:
            return _unsupported("is longer than a sentence that can be checked")
        return self._judge(claim.text, evidence, sorted(ranges))

    def verify_unit(self, unit: Unit, evidence: Evidence) -> Judgement:
        """Judge a unit by its weakest claim."""
        return min((self.verify(claim, evidence) for claim in claims_of(unit)), key=_strength)

    def score(self, evidence: Evidence, text: str) -> float:
        """Score a text that cites nothing against everything in the evidence, from 0 to 1."""
        if not content(tokens(text)) or not evidence.text.strip():
            return 0.0
        return self._likeness.score(text, self._passage(evidence.text))

    def _judge(self, text: str, evidence: Evidence, ranges: list[Range]) -> Judgement:
        cited, whole = _join(evidence.text, ranges), _join(evidence.text, [_widen(evidence.text, at) for at in ranges])
        if not content(tokens(text)):
            return _unsupported("says nothing that could be checked")
        if all(is_cut(text, source, language=evidence.language) for source in (cited, whole)):
            return Judgement(Verdict.SUPPORTED, 1.0, ("the reading's own words",))
        before = _sentence_before(evidence.text, ranges[0].start)
        if vetoes := find_vetoes(text, whole, before=before, language=evidence.language):
            verdict = Verdict.CONTRADICTED if any(veto.is_contradiction for veto in vetoes) else Verdict.UNSUPPORTED
            return Judgement(verdict, 0.0, tuple(dict.fromkeys(veto.reason for veto in vetoes)))
        if not self._likeness.reads(evidence.language):
            return _unsupported("is not in the reading's own words, and other words cannot be checked in this language")
        if subject := _missing_subject(text, f"{before} {cited}"):
            return _unsupported(f"is about {subject}, which the cited words do not name")
        return self._weigh(text, self._passage(evidence.text).part(cited))

    def _weigh(self, text: str, cited: Passage) -> Judgement:
        """Score what is in other words.

        A definition counts as the sentence that it stands for, too: words that name its term may say nothing of it.
        """
        said = [text, *(f"{term['term']} is {term['rest']}" for term in TERM.finditer(text))]
        score = min(self._likeness.score(wording, cited) for wording in said)
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


def _strength(judgement: Judgement) -> tuple[int, float]:
    order = (Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.SUPPORTED)
    return order.index(judgement.verdict), judgement.score


def _missing_subject(text: str, cited: str) -> str:
    """Give the subject of a claim when none of its words stands in the cited sentences or the one before."""
    found = TERM.match(text)
    subject = found["term"] if found else _first_words(text)
    wanted = [token for token in content(tokens(subject)) if token.lower not in _OPENERS]
    stems, words = ({getattr(token, name) for token in tokens(cited)} for name in ("stem", "lower"))
    is_named = any(token.stem in stems or means_the_same(token.lower, words) for token in wanted)
    return subject if wanted and not is_named else ""


def _first_words(text: str) -> str:
    said = tokens(text)
    stop = next((token.start for token in said[1:] if token.text.lower() in _COPULAS), 0)
    return text[:stop].strip()


def _join(text: str, ranges: list[Range]) -> str:
    return " ".join(text[at.start : at.end] for at in ranges)


def _widen(text: str, at: Range) -> Range:
    """Give the sentences that a range stands in: what is left out beside it can turn what it says."""
    first = max(0, at.start - _REACH)
    window = text[first : at.end + _REACH]
    touched = [
        (start + first, end + first)
        for start, end in sentences(window)
        if start + first < at.end and end + first > at.start
    ]
    return Range(min(at.start, touched[0][0]), max(at.end, touched[-1][1])) if touched else at


def _sentence_before(text: str, start: int) -> str:
    window = text[max(0, start - _REACH) : start]
    places = sentences(window)
    return window[places[-1][0] : places[-1][1]] if places else ""


def _unsupported(reason: str) -> Judgement:
    return Judgement(Verdict.UNSUPPORTED, 0.0, (reason,))
