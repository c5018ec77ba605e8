"""One linguistic parse of a section, shared by every kind of material.

This is the only module that loads spaCy. Texts in a language without a pipeline are cut into sentences by
their punctuation, and `ParsedSection.is_full` says so: kinds that need grammar then stay extractive.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from domain.documents import Citation, Range, Vector
from domain.evidence import Evidence
from domain.formulas import mask_formulas
from domain.ports import Embedder
from domain.sentences import inner_stops

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens


Result = TypeVar("Result")

_MARK = re.compile(r"^[ \t]*(?:[•‣◦▪●○∙·*–—-]|(?P<number>\d{1,2}[.)]))[ \t]+(?=\S)", re.MULTILINE)
_OPENS_LIST = re.compile(r"(?:\A\n?|[.:;!?…]\s*|\n\n)\Z")
_STOPS = r"[。！？；।۔؟]"
"""Marks that end sentences in scripts that set no blank after them."""

_STOP_AFTER_VOWEL = r"(?<=[\u0300-\u036f\u064b-\u0652\u0900-\u0dff])\."
_WORDS = ("LEMMA", "TAG", "POS", "MORPH", "ENT_IOB", "ENT_TYPE")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the evidence: its place in `evidence.text`, its words, its spaCy tokens."""

    index: int
    at: Range
    text: str
    tokens: "Tokens"


@dataclass(frozen=True)
class ParsedSection:
    """Evidence with its sentences, grammar and sentence vectors."""

    evidence: Evidence
    doc: "Doc"
    sentences: tuple[Sentence, ...]
    is_full: bool
    _embedder: Embedder = field(repr=False)
    _known: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def masked(self) -> str:
        """The evidence's text with a word in the place of each formula, for rules that look for marks."""
        return mask_formulas(self.evidence.text)

    @cached_property
    def vectors(self) -> Sequence[Vector]:
        """One unit vector for each sentence, made at the first use."""
        return self._embedder.embed([sentence.text for sentence in self.sentences])

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages that vectors may be trusted in, None for all."""
        return self._embedder.languages

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Give unit vectors for other texts, in the space of `vectors`."""
        return self._embedder.embed(texts)

    def cite(self, at: Range) -> tuple[Citation, ...]:
        """Point at the spans of the reading behind a range of the evidence."""
        return self.evidence.cite(at.start, at.end)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Give the sentence that a character of the evidence stands in."""
        for sentence in self.sentences:
            if sentence.at.start <= offset < sentence.at.end:
                return sentence
        return None

    def once(self, work: "Callable[[ParsedSection], Result]") -> "Result":
        """Give what a function makes of this section; it is asked once, for all kinds of material."""
        if work not in self._known:
            self._known[work] = work(self)
        made: Result = self._known[work]
        return made

    def is_emphasised(self, at: Range) -> bool:
        """Whether the author set any part of the range in bold or italics."""
        return any(mark.start < at.end and at.start < mark.end for mark in self.evidence.emphasis)


class Parser:
    """Parses sections. The English pipeline is loaded at the first use."""

    def __init__(self, english: Path, embedder: Embedder) -> None:
        """Use the spaCy pipeline in the folder `english`."""
        self._english = english
        self._embedder = embedder

    def parse(self, evidence: Evidence) -> ParsedSection:
        """Find sentences and grammar in the evidence."""
        is_full = evidence.language == "en"
        pipeline = self._full if is_full else self._plain
        doc = _as_written(pipeline(_masked(evidence)), evidence.text)
        sentences = tuple(_sentences(doc))
        return ParsedSection(evidence, doc, sentences, is_full, self._embedder)

    @cached_property
    def _full(self) -> "Language":
        import spacy

        return spacy.load(self._english, exclude=["senter"])

    @cached_property
    def _plain(self) -> "Language":
        import spacy

        pipeline = spacy.blank("xx")
        infixes = [*pipeline.Defaults.infixes, _STOPS]
        suffixes = [*pipeline.Defaults.suffixes, _STOP_AFTER_VOWEL]
        pipeline.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
        pipeline.tokenizer.suffix_search = spacy.util.compile_suffix_regex(suffixes).search
        pipeline.add_pipe("sentencizer")
        return pipeline


def _masked(evidence: Evidence) -> str:
    """Give the text as sentences are looked for in it, every offset unchanged.

    A formula is a word, a list's mark an empty line, and a full stop that ends no sentence part of its word.
    """
    signs = list(_without_marks(mask_formulas(evidence.text), evidence.language))
    for place in inner_stops(evidence.text, evidence.language):
        if signs[place] == ".":
            signs[place] = "x"
    return "".join(signs)


def _without_marks(text: str, language: str) -> str:
    """Put line ends for the marks of list items; a number is a mark where a list may begin, or go on.

    In other languages than English a list begins with 1: "14. Juli" may open a paragraph.
    """
    last = -1

    def blank(found: re.Match[str]) -> str:
        nonlocal last
        goes_on = last == text.rfind("\n", 0, max(found.start() - 1, 0)) + 1
        opens = _OPENS_LIST.search(text[max(0, found.start() - 3) : found.start()]) and (
            language == "en" or found["number"] in {"1.", "1)"}
        )
        if found["number"] and not goes_on and not opens:
            return found[0]
        last = found.start()
        return "\n" * len(found[0])

    return _MARK.sub(blank, text)


def _as_written(doc: "Doc", text: str) -> "Doc":
    """Give the parsed words as the text has them; what was masked is one word, and a symbol."""
    from spacy.tokens import Doc

    words = [token.text if token.is_space else text[token.idx : token.idx + len(token)] for token in doc]
    changed = [token.i for token in doc if words[token.i] != token.text]
    if not changed:
        return doc
    names = [*_WORDS, *(("HEAD", "DEP") if doc.has_annotation("DEP") else ("SENT_START",))]
    written = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    written.from_array(names, doc.to_array(names))
    for place in changed:
        written[place].lemma_ = words[place]
        if "$" in words[place]:
            written[place].pos_ = "SYM"
    return written


def _sentences(doc: "Doc") -> list[Sentence]:
    """Cut at sentence ends and at empty lines, without the blanks around."""
    found: list[Sentence] = []
    for span in doc.sents:
        start = span.start
        for token in span:
            is_last = token.i == span.end - 1
            if not is_last and not (token.is_space and "\n\n" in token.text):
                continue
            piece = doc[start : token.i + 1]
            text = piece.text.strip()
            if text:
                begin = piece.start_char + piece.text.index(text)
                found.append(Sentence(len(found), Range(begin, begin + len(text)), text, piece))
            start = token.i + 1
    return found
