"""Our recognisers behind presidio's interface, and its spaCy pipeline as a voter on names.

Import this inside functions alone: presidio and spaCy take seconds to load.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from presidio_analyzer import EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import SpacyRecognizer

from safety.recognisers.about_oneself import find_about_oneself
from safety.recognisers.addresses import find_addresses
from safety.recognisers.lexicon import load_lexicon
from safety.recognisers.papers import find_on_paper
from safety.recognisers.phrasebook import load_phrasebook
from safety.recognisers.spans import Found
from safety.structured import find_spoken_data, find_structured

Finder = Callable[[str], Iterable[Found]]

_SURE = 1.0
_IGNORED = (
    "CARDINAL ORDINAL QUANTITY PERCENT MONEY LANGUAGE LAW EVENT PRODUCT WORK_OF_ART GPE LOC FAC ORG NORP DATE TIME"
)


class OwnRecognizer(EntityRecognizer):  # type: ignore[misc]  # presidio ships no types
    """One of our finders as a presidio recogniser: what it finds has passed its own checks, so its score is 1."""

    def __init__(self, name: str, finder: Finder, kinds: list[str]) -> None:
        """Wrap `finder`, which finds the `kinds`."""
        self._finder = finder
        super().__init__(supported_entities=kinds, name=name, supported_language="en")

    def load(self) -> None:
        """Do nothing: the finder has what it needs."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Give what the finder finds of the kinds in `entities`."""
        del nlp_artifacts
        return [
            RecognizerResult(piece.kind, piece.start, piece.end, _SURE)
            for piece in self._finder(text)
            if piece.kind in entities
        ]


def own_registry() -> RecognizerRegistry:
    """Give a registry with our recognisers of data, surest first. A presidio recogniser can be added to it."""
    book, lexicon = load_phrasebook(), load_lexicon()
    own = [
        OwnRecognizer(
            "Structured", find_structured, ["EMAIL", "SECRET", "IBAN", "CREDIT_CARD", "ID_NUM", "IP", "PHONE"]
        ),
        OwnRecognizer("Spoken", find_spoken_data, ["SECRET", "ID_NUM", "EMAIL", "PHONE", "USERNAME", "URL", "GEO"]),
        OwnRecognizer("Addresses", lambda text: find_addresses(text, book, book.guess(text)), ["ADDRESS"]),
        OwnRecognizer("AboutOneself", lambda text: find_about_oneself(text, book), ["DOB", "SCHOOL"]),
        OwnRecognizer("Papers", lambda text: find_on_paper(text, lexicon, book), ["PERSON", "ID_NUM", "DOB"]),
    ]
    return RecognizerRegistry(recognizers=own, supported_languages=["en"])


class NameVoter:
    """The names that presidio's spaCy recogniser sees: the parser, tagger and lemmatiser are not even loaded."""

    def __init__(self, folder: Path) -> None:
        """Load the English pipeline of a folder. Raises `OSError` where there is none."""
        import spacy
        import tldextract

        # presidio's e-mail recogniser would fetch the public-suffix list
        tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
        names = NerModelConfiguration(
            model_to_presidio_entity_mapping={"PERSON": "PERSON"}, labels_to_ignore=_IGNORED.split(), default_score=0.85
        )
        self._engine = SpacyNlpEngine(ner_model_configuration=names)
        self._engine.nlp = {
            "en": spacy.load(folder, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"])
        }
        self._recogniser = SpacyRecognizer(supported_entities=["PERSON"])

    def vote(self, text: str) -> list[tuple[int, int]]:
        """Give the places of names in a piece of English text."""
        artifacts = self._engine.process_text(text, "en")
        return [(result.start, result.end) for result in self._recogniser.analyze(text, ["PERSON"], artifacts)]
