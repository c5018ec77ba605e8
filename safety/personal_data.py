"""Personal data: marked in readings, masked in what people write before a model or a log sees it.

The recognisers are ours, behind presidio's interface; its spaCy pipeline votes on names. Readings get the
structured recognisers alone, as marks over unchanged text: a name recogniser would take Freud out of psychology.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.documents import Mark, ParsedDocument, Range, RedactedDocument
from safety.claim_words import word_set
from safety.names import find_names
from safety.places import find_places
from safety.structured import Found, find_spelt, find_structured

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

_PLACEHOLDER = re.compile(r"\[([A-Z]+(?:_[A-Z]+)*_\d+)\]")
_ESCAPED = re.compile(r"\[\u200b([A-Z]+(?:_[A-Z]+)*_\d+)\]")
_MAY_NAME = re.compile(
    r"(?<=[\w,;:)] )(?!I\b)[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{2,}|^(?!I\b)[A-ZÀ-Þ][^\W\d_]+ [A-ZÀ-Þ][^\W\d_]+", re.MULTILINE
)
"""A capital inside a sentence, or two words with capitals at the start of a line."""

_LIKE_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\- ])*")
_LESSON = re.compile(
    r"\b(?:who (?:was|is|were|wrote|invented|discovered|painted)|explain|compare|describe|summari[sz]e|analy[sz]e"
    r"|discuss|define|theory|theorem|laws?|poem|character|chapter|author|poet|essay|scientist|president|king|queen"
    r"|emperor|philosopher|war|battle|century|cite|isbn|press|university|equations?|expressions?|polynomials?"
    r"|functions?|formulas?|simplify|factor|symphony|painting|revolution|how (?:many|much|far|long)|solve|calculate"
    r"|determine|identify|exercises?|what did|why did|why does|in which|according to|shakespeare|bible|god|suppose)\b"
    r"|\d+\s*[=+*/×]\s*\d+|\$\$|\\\\frac",
    re.IGNORECASE,
)
"""What lessons speak of: names there are taught, not told."""

_COUNTED = re.compile(
    r"\$\d|\d+\s*(?:apples|dollars|cents|miles|hours|minutes|books|marbles|cookies|%|percent)", re.IGNORECASE
)
"""What word problems count."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders, and what each stands for."""

    text: str
    originals: Mapping[str, str]


class Redactor:
    """Marks and masks personal data. The English pipeline is loaded at the first text that may hold a name."""

    def __init__(self, english: Path) -> None:
        """Use the spaCy pipeline in the folder `english`."""
        self._english = english

    def redact(self, parsed: ParsedDocument) -> RedactedDocument:
        """Mark personal data in a reading. Its text stays as it is."""
        marks = [
            Mark(page.number, Range(found.start, found.end), found.kind.lower())
            for page in parsed.pages
            for found in find_structured(page.text)
        ]
        return RedactedDocument(parsed, tuple(marks))

    def find(self, text: str) -> list[Found]:
        """Find personal data in what a person writes, in order, without overlaps."""
        results = self._analyzer.analyze(text, language="en") if self._wants_names(text) else []
        voted = [Found(result.start, result.end, result.entity_type) for result in results]
        names = [found for found in voted if _LIKE_NAME.fullmatch(text[found.start : found.end])]
        return _merged([*find_structured(text), *find_spelt(text), *find_places(text), *find_names(text), *names], text)

    def mask(self, text: str) -> Masked:
        """Put placeholders such as `[PERSON_1]` for personal data, the same one for the same words.

        Placeholders that the person wrote are escaped, so that nobody can ask for another's words back.
        """
        numbers: dict[str, int] = {}
        names: dict[tuple[str, str], str] = {}
        parts: list[str] = []
        originals: dict[str, str] = {}
        end = 0
        for found in self.find(text):
            original = text[found.start : found.end]
            key = (found.kind, " ".join(original.casefold().split()))
            if key not in names:
                numbers[found.kind] = numbers.get(found.kind, 0) + 1
                names[key] = f"[{found.kind}_{numbers[found.kind]}]"
                originals[names[key]] = original
            parts += [_escape(text[end : found.start]), names[key]]
            end = found.end
        return Masked("".join([*parts, _escape(text[end:])]), originals)

    def unmask(self, text: str, masked: Masked) -> str:
        """Put the words back for the placeholders that were made; others stay as they are."""
        restored = _PLACEHOLDER.sub(lambda match: masked.originals.get(match[0], match[0]), text)
        return _ESCAPED.sub(r"[\1]", restored)

    def _wants_names(self, text: str) -> bool:
        """Whether the name recogniser has anything to say: capitals, and no lesson or word problem."""
        return bool(_MAY_NAME.search(text)) and not _LESSON.search(text) and not _COUNTED.search(text)

    @cached_property
    def _analyzer(self) -> "AnalyzerEngine":
        """Presidio with our own pipeline; without one it would try to download its default."""
        import spacy
        import tldextract
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
        from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
        from presidio_analyzer.predefined_recognizers import SpacyRecognizer

        # presidio's e-mail recogniser would fetch the public-suffix list
        tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
        names = NerModelConfiguration(
            model_to_presidio_entity_mapping={"PERSON": "PERSON"},
            labels_to_ignore=sorted(_OTHER_LABELS),
            default_score=0.85,
        )
        engine = SpacyNlpEngine(ner_model_configuration=names)
        engine.nlp = {
            "en": spacy.load(self._english, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"])
        }
        recognisers: list[Any] = [SpacyRecognizer(supported_entities=["PERSON"])]
        registry = RecognizerRegistry(recognizers=recognisers, supported_languages=["en"])
        return AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["en"])


_OTHER_LABELS = word_set(
    "CARDINAL ORDINAL QUANTITY PERCENT MONEY LANGUAGE LAW EVENT PRODUCT WORK_OF_ART GPE LOC FAC ORG NORP DATE TIME"
)


def _escape(text: str) -> str:
    return _PLACEHOLDER.sub("[\u200b\\1]", text)


def _merged(found: Sequence[Found], text: str) -> list[Found]:
    """Join what overlaps, trimmed of blanks; the first kind named wins, so structured data stays what it is."""
    rank = {id(piece): at for at, piece in enumerate(found)}
    merged: list[tuple[Found, int]] = []
    for piece in sorted(found):
        if merged and piece.start < merged[-1][0].end:
            last, place = merged[-1]
            kind = last.kind if place <= rank[id(piece)] else piece.kind
            merged[-1] = Found(last.start, max(last.end, piece.end), kind), min(place, rank[id(piece)])
        else:
            merged.append((piece, rank[id(piece)]))
    return [
        Found(piece.start, piece.start + len(text[piece.start : piece.end].rstrip()), piece.kind) for piece, _ in merged
    ]
