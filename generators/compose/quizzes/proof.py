"""Proof that a wrong option is wrong: what it says in the answer's place must not be supported by the reading.

The verifier that everything served passes judges it: against the asked sentence, those that name the option, or the
whole section.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

from domain.claims import Claim
from domain.documents import Range, Vector
from domain.outcomes import Verdict
from domain.ports import Embedder
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import mention_pattern
from safety.claim_words import TERM, sentences
from safety.grounding import Verifier

_SUPPORTED = 0.5
"""The verifier's score from which a text has support."""

_MOST_NAMING = 3
"""Sentences that name an option, beside the asked one, in which it is looked for whether it is right too."""


@dataclass(frozen=True)
class _Remembering:
    """Embeds each text once; what the section's sentences mean is known."""

    parsed: ParsedSection
    known: dict[str, Vector] = field(default_factory=dict)

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages that its vectors may be trusted in, None for all."""
        return self.parsed.languages

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Give one unit vector for each text, in order."""
        if not self.known:
            said = [sentence.text for sentence in self.parsed.sentences]
            self.known.update(zip(said, self.parsed.vectors, strict=True))
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known.update(zip(new, self.parsed.embed(new) if new else (), strict=True))
        return [self.known[text] for text in texts]


class Proof:
    """Judges what questions must not say."""

    def __init__(self, parsed: ParsedSection) -> None:
        """Judge by one section."""
        self._parsed = parsed
        self._embedder = _Remembering(parsed)
        # the verifier asks an embedder for nothing else
        self._verifier = Verifier(cast("Embedder", self._embedder))

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Give unit vectors of texts, each made once."""
        return self._embedder.embed(texts)

    def expect(self, texts: Sequence[str]) -> None:
        """Say what will be asked about, so that it is embedded at once."""
        parts = [text[start:end] for text in texts for start, end in sentences(text)]
        rests = [found["rest"] for text in texts if (found := TERM.match(text))]
        self._embedder.embed([*parts, *rests])

    def is_wrong(self, text: str, *, at: Range, naming: str = "") -> bool:
        """Whether neither the words at a place nor these with the sentences that name `naming` support a text.

        A meaning for a term must not be found in the whole section.
        """
        if self._supports([at], text) or (naming and self._supports([at, *self._naming(naming, at)], text)):
            return False
        return TERM.match(text) is None or self.is_nowhere(text)

    def is_nowhere(self, text: str) -> bool:
        """Whether the section, taken together, does not support a text such as `Term: another's meaning`.

        Without a grammar, which is where the encoder is not at home, only words that stand there support a text.
        """
        evidence = self._parsed.evidence
        if not self._parsed.is_full:
            return not self._supports([Range(0, len(evidence.text))], text)
        return self._verifier.score(evidence, text) < _SUPPORTED

    def _supports(self, places: Sequence[Range], text: str) -> bool:
        citations = tuple(citation for place in sorted(places) for citation in self._parsed.cite(place))
        return self._verifier.verify(Claim(text, citations), self._parsed.evidence).verdict is Verdict.SUPPORTED

    def _naming(self, words: str, at: Range) -> list[Range]:
        """Give the first sentences outside a place that name something."""
        pattern = mention_pattern(words)
        found = (one.at for one in self._parsed.sentences if pattern.search(one.text))
        return list(islice((one for one in found if one.end <= at.start or at.end <= one.start), _MOST_NAMING))


def proof_of(parsed: ParsedSection) -> Proof:
    """Give the section's proof, one for all questions about it."""
    return parsed.once(Proof)
