"""Personal data: marked in readings, masked in what people write before a model or a log sees it.

The recognisers are ours, behind presidio's interface; its spaCy pipeline votes on names. Readings get the
structured recognisers alone, as marks over unchanged text: a name recogniser would take Freud out of psychology.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.documents import Mark, ParsedDocument, Range, RedactedDocument
from safety.claim_words import word_set
from safety.recognisers.addresses import find_places
from safety.recognisers.cues import find_cued
from safety.recognisers.lexicon import Lexicon, load_lexicon
from safety.recognisers.names import Known, find_names
from safety.recognisers.spans import Found, merged
from safety.structured import find_spelt, find_structured

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

_PLACEHOLDER = re.compile(r"\[([A-Z]+(?:_[A-Z]+)*_\d+)\]")
_ESCAPED = re.compile(r"\[\u200b([A-Z]+(?:_[A-Z]+)*_\d+)\]")


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

    def find(
        self, text: str, *, roster: frozenset[str] = frozenset(), keep: frozenset[str] = frozenset()
    ) -> list[Found]:
        """Find personal data in what a person writes, in order, without overlaps.

        `roster` holds the names of the school's own people: they always go. `keep` holds names of the course's own
        material: they stay unless a cue says that the writer speaks of somebody else. Both in any capitals.
        """
        certain = [*find_structured(text), *find_spelt(text), *find_places(text), *find_cued(text)]
        known = Known(self._lexicon, _folded(roster), _folded(keep), self._words)
        has_contact = any(piece.kind in _CONTACT for piece in certain)
        return merged([*certain, *find_names(text, known, vote=self._vote, has_contact=has_contact)], text)

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

    def _vote(self, text: str) -> list[tuple[int, int, str]]:
        return [
            (result.start, result.end, result.entity_type) for result in self._analyzer.analyze(text, language="en")
        ]

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon()

    @cached_property
    def _words(self) -> frozenset[str]:
        """Words of the English pipeline in lower case: a capital that is none of them may be a foreign name."""
        import json

        strings = json.loads((self._english / "vocab" / "strings.json").read_text("utf-8"))
        return frozenset(word for word in strings if word.islower())

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


_CONTACT = frozenset({"EMAIL", "PHONE", "ADDRESS", "ID_NUM", "CREDIT_CARD", "IBAN", "USERNAME"})
"""Data beside which an unknown pair of capitals is likely to be its owner."""


def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(name.casefold().split()) for name in names)


def _escape(text: str) -> str:
    return _PLACEHOLDER.sub("[\u200b\\1]", text)
