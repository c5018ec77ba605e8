"""Key terms and their definitions, each with its place in the section.

What an author sets in bold is the strongest sign by far; without it, phrases are weighed by how they are
introduced, how often and where they stand, and how rare their words are in schoolbooks.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from domain.documents import Range
from domain.formulas import mask_formulas
from domain.words import list_words
from generators.compose.reading.candidates import LONGEST_TERM, find_candidates, normal_form
from generators.compose.reading.common_words import VERY_COMMON
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.definition_choice import worth
from generators.compose.terms.definitions import Cut, cut_definition, shorten
from generators.compose.terms.glossaries import find_entries
from generators.compose.terms.plain_definitions import cut_plainly, find_named, find_nouns, function_words
from generators.compose.terms.term_weights import weigh

_PLACES = 8
_LEAST_WORTH = 0.0
"""Of a definition, by `generators.compose.terms.definition_choice`; a worse one tells less than the whole sentence."""

_LISTED, _NOUN = 2.0, 0.25
"""Weights of a term that a glossary lists, and of a noun that only comes back often."""

_SURELY_A_TERM = 0.6
"""Chance from which a word of every schoolbook is a term of this one."""

_STRESSED = frozenset({"ADV", "AUX", "ADP", "DET", "PRON", "INTJ", "CCONJ", "SCONJ", "PART"})
"""Parts of speech that are marked for stress, not as terms."""

_ORDERS = frozenset({"VB", "VBP"})
"""Tags of the verb that an order hangs on: "keep off the grass"."""

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that set no blanks between words."""

_CODE = re.compile(r"[\\\\{}\[\]|<>]")
_QUOTES = re.compile(r"[«»“”„]")
_RUN_IN = re.compile(r"\s*(?:[.:：]|[–—-]\s)")
"""After a heading that its paragraph runs on from."""

_AROUND = " ,.;:!?“”\"'‘’\n\t—–-"
_FIGURE = re.compile(
    r"^(?:figure|fig\.?|table|equation|eq\.?|example|exercise|chapter|section|part|step|episode|stage|phase|case|level|"
    r"scenario|question|problem|option|lesson|unit|module|box|panel|note|day|week)s?"
    r"\s*[\d.]*(?: (?:and|to|or) [\d.]+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the section.

    `at` is its first or defining mention, `sentence` the sentence around it, `definition` the words that say
    what it is (cut from the sentence, empty when it is only used), `weight` how central it is (higher is more).
    A term that a glossary, definition list or table gives with its meaning `is_listed`, and counts as emphasised.
    """

    label: str
    at: Range
    sentence: Sentence
    definition: str = ""
    definition_at: Range | None = None
    is_emphasised: bool = False
    weight: float = 1.0
    is_listed: bool = False


def find_terms(parsed: ParsedSection, *, limit: int = 25) -> tuple[Term, ...]:
    """List the section's terms, the most central first. Emphasis is the strongest sign."""
    return parsed.once(_find_all)[:limit]


def list_mentions(parsed: ParsedSection, *, limit: int = 25) -> tuple[tuple[Term, Sentence], ...]:
    """Pair each term with every sentence that names it, in reading order; works in every language."""
    terms = [(term, mention_pattern(term.label)) for term in find_terms(parsed, limit=limit)]
    return tuple(
        (term, sentence) for sentence in parsed.sentences for term, named in terms if named.search(sentence.text)
    )


def _find_all(parsed: ParsedSection) -> tuple[Term, ...]:
    others = _plain if parsed.is_full else _named
    found: dict[str, Term] = {}
    for term in (*_listed(parsed), *_emphasised(parsed), *others(parsed)):
        found.setdefault(normal_form(term.label), term)
    return tuple(sorted(found.values(), key=lambda term: -term.weight))


def mention_pattern(label: str) -> re.Pattern[str]:
    """Match the label wherever it stands, in singular or plural, with blanks or hyphens between its words."""
    words = [word for word in re.split(r"[\s-]+", re.sub(r"\s*\([^)]*\)", "", label)) if word]
    stems = [re.escape(re.sub(r"(?<![su])s$", "", word) if len(word) > 3 else word) for word in words]
    if _UNSPACED.search(label):
        return re.compile(r"\s*".join(stems), re.IGNORECASE)
    return re.compile(r"(?<!\w)" + r"(?:e?s)?[\s-]+".join(stems) + r"(?:e?s)?(?!\w)", re.IGNORECASE)


def _listed(parsed: ParsedSection) -> list[Term]:
    """List what the reading itself gives with its meaning; the meaning is taken as it stands."""
    terms = []
    for entry in find_entries(parsed):
        label = " ".join(parsed.evidence.text[entry.label.start : entry.label.end].strip(_AROUND).split())
        meaning = " ".join(parsed.evidence.text[entry.meaning.start : entry.meaning.end].split()).strip(" .;")
        sentence = parsed.sentence_at(entry.label.start)
        if sentence and normal_form(label) and not _FIGURE.match(label):
            brief = shorten(meaning)
            terms.append(Term(label, entry.label, sentence, brief, entry.meaning, True, _LISTED, is_listed=True))
    return terms


def _named(parsed: ParsedSection) -> list[Term]:
    """Terms that nobody marked, where the grammar is not known: what a sentence names, and nouns that come back."""
    terms = []
    for sentence, at in find_named(parsed):
        if cut := cut_plainly(parsed, sentence, at):
            label = _in_running_text(parsed, " ".join(parsed.evidence.text[at.start : at.end].split()), at, sentence)
            terms.append(replace(_term(label, at, sentence, (cut, at, sentence)), weight=cut.strength))
    for noun in find_nouns(parsed):
        places = [(sentence, found) for sentence in parsed.sentences if (found := sentence.text.find(noun)) >= 0]
        sentence, start = places[0]
        at = Range(sentence.at.start + start, sentence.at.start + start + len(noun))
        terms.append(replace(_term(noun, at, sentence, None), weight=_NOUN))
    return terms


def _emphasised(parsed: ParsedSection) -> list[Term]:
    """List what the author set in bold or italics; it is defined where it is marked, if anywhere."""
    marked: dict[str, list[tuple[str, Sentence, Range]]] = {}
    for mark in parsed.evidence.emphasis:
        found = _label_at(parsed, mark)
        sentence = found and parsed.sentence_at(found[1].start)
        if found and sentence and normal_form(found[0]) and _is_term(parsed, *found):
            marked.setdefault(normal_form(found[0]), []).append((found[0], sentence, found[1]))
    terms = []
    for places in marked.values():
        label, sentence, at = places[0]
        mentions = _mentions(parsed, label, [(where, place) for _, where, place in places])
        defined = _best_definition(parsed, _cuts(parsed, mentions), first=at)
        if defined or _is_telling(parsed, label, sentence, at):
            shown = _as_defined(parsed, label, (sentence, at), defined)
            terms.append(_term(shown, at, sentence, defined, is_emphasised=True))
    return terms


def _label_at(parsed: ParsedSection, mark: Range) -> tuple[str, Range] | None:
    """Strip the punctuation around the words of a mark."""
    words = parsed.evidence.text[mark.start : mark.end]
    label = re.sub(r"\s*\([^()]*\)?$", "", words.strip(_AROUND)).strip(_AROUND + "()[]")
    if not label:
        return None
    start = mark.start + words.index(label)
    return " ".join(label.split()), Range(start, start + len(label))


def _in_running_text(parsed: ParsedSection, label: str, at: Range, sentence: Sentence) -> str:
    """Take back the capital that only the start of a sentence gives; names keep theirs."""
    lower = label[0].lower() + label[1:]
    if label[1:] != label[1:].lower() or not _opens(parsed, sentence, at):
        return label
    if not parsed.is_full:
        return lower if re.search(rf"(?<!\w){re.escape(lower)}(?!\w)", parsed.evidence.text) else label
    first = [token for token in sentence.tokens if token.idx == at.start]
    is_name = any(token.pos_ == "PROPN" and token.ent_type_ for token in first)
    is_kept = re.search(rf"[\w,;] {re.escape(label)}(?!\w)", parsed.evidence.text) is not None
    return label if (is_name or is_kept) and lower not in parsed.evidence.text else lower


def _as_defined(
    parsed: ParsedSection, label: str, first: tuple[Sentence, Range], defined: tuple[Cut, Range, Sentence] | None
) -> str:
    """Give the label as it stands where it is defined, in singular or plural; else as it stands first."""
    sentence, at = first
    if defined is not None:
        words = " ".join(parsed.evidence.text[defined[1].start : defined[1].end].split())
        if normal_form(words) == normal_form(label):
            label, at, sentence = words, defined[1], defined[2]
    return _in_running_text(parsed, label, at, sentence)


def _opens(parsed: ParsedSection, sentence: Sentence, at: Range) -> bool:
    """Whether nothing but marks stands before the place in its sentence."""
    return not re.search(r"\w", parsed.evidence.text[sentence.at.start : at.start])


def _is_run_in(parsed: ParsedSection, at: Range) -> bool:
    """Whether the words open their sentence, and a mark parts them from the rest of it."""
    sentence = parsed.sentence_at(at.start)
    is_parted = _RUN_IN.match(parsed.evidence.text, at.end) is not None
    return sentence is not None and is_parted and _opens(parsed, sentence, at)


def _is_term(parsed: ParsedSection, label: str, at: Range) -> bool:
    """Whether marked words can be a term: no sentence, no "Figure 1", no number, no function word."""
    words = label.split()
    if len(words) > LONGEST_TERM or _FIGURE.match(label) or not re.search(r"[^\W\d_]{2}", label):
        return False
    tokens = parsed.doc.char_span(at.start, at.end, alignment_mode="expand")
    if tokens is None or _CODE.search(mask_formulas(label)) or _QUOTES.search(label):
        return False
    if not parsed.is_full:
        return not set(list_words(label)) <= function_words(parsed)
    return "-" in label or any(not token.is_stop and not token.is_punct for token in tokens)


def _is_telling(parsed: ParsedSection, label: str, sentence: Sentence, at: Range) -> bool:
    """Whether a mark that nothing defines may still be a term: no adverb, no person, no order, no run-in heading."""
    places = (Range(*found.span()) for found in mention_pattern(label).finditer(parsed.evidence.text))
    others = [place for place in islice(places, _PLACES) if place.start != at.start]
    again = bool(others)
    if _is_run_in(parsed, at) and all(_is_run_in(parsed, place) for place in others):
        return False
    tokens = parsed.doc.char_span(at.start, at.end, alignment_mode="expand")
    assert tokens is not None
    if parsed.is_full and len(tokens) > 1 and tokens.root.tag_ in _ORDERS:
        return False
    if not parsed.is_full or again:
        return True
    is_person = all(token.ent_type_ == "PERSON" for token in tokens) and not _opens(parsed, sentence, at)
    return not is_person and not all(token.pos_ in _STRESSED for token in tokens)


def _cut(parsed: ParsedSection, sentence: Sentence, at: Range) -> Cut | None:
    """Cut with the grammar where it is known, else by known wordings alone."""
    return (cut_definition if parsed.is_full else cut_plainly)(parsed, sentence, at)


def _mentions(
    parsed: ParsedSection, label: str, marked: Sequence[tuple[Sentence, Range]]
) -> list[tuple[Sentence, Range]]:
    """List where a marked term stands: at its marks, and at a few other places."""
    known = {at.start for _, at in marked}
    others = [
        (sentence, Range(*found.span()))
        for found in islice(mention_pattern(label).finditer(parsed.evidence.text), _PLACES)
        if found.start() not in known
        and not _is_inside_mark(parsed, Range(*found.span()))
        and (sentence := parsed.sentence_at(found.start()))
    ]
    return [*marked, *others]


def _is_inside_mark(parsed: ParsedSection, at: Range) -> bool:
    """Whether a longer marked term holds the place: "demand" in "law of demand"."""
    return any(
        mark.start <= at.start and at.end <= mark.end and mark.end - mark.start > at.end - at.start + 1
        for mark in parsed.evidence.emphasis
    )


def _cuts(parsed: ParsedSection, mentions: Sequence[tuple[Sentence, Range]]) -> list[tuple[Cut, Range, Sentence]]:
    """Cut what defines the term at each mention that defines it."""
    return [(cut, at, sentence) for sentence, at in mentions if (cut := _cut(parsed, sentence, at))]


def _best_definition(
    parsed: ParsedSection, cuts: Sequence[tuple[Cut, Range, Sentence]], *, first: Range
) -> tuple[Cut, Range, Sentence] | None:
    """Find the best of the cuts, of equals the earliest; one at no mark must be worth something."""
    best: tuple[Cut, Range, Sentence] | None = None
    bar = -math.inf
    is_marked = parsed.is_emphasised(first)
    for cut, at, sentence in cuts:
        is_here = parsed.is_emphasised(at)
        value = worth(cut, sentence, at, is_marked=is_here, is_first=at == first and not is_marked)
        if value > bar and (is_here or value > _LEAST_WORTH):
            best, bar = (cut, at, sentence), value
    return best


def _plain(parsed: ParsedSection) -> list[Term]:
    """Phrases of the text itself, weighed."""
    terms = []
    for candidate in find_candidates(parsed):
        places = [(sentence, at) for at in candidate.places[:_PLACES] if (sentence := parsed.sentence_at(at.start))]
        if not places:
            continue
        sentence, at = places[0]
        cuts = _cuts(parsed, places)
        defined = _best_definition(parsed, cuts, first=at)
        term = _term(_as_defined(parsed, candidate.label, places[0], defined), at, sentence, defined)
        strength = max((cut.strength for cut, _, _ in cuts), default=0.0)
        weight = weigh(parsed, candidate, strength)
        if weight >= _SURELY_A_TERM or candidate.key not in VERY_COMMON:
            terms.append(replace(term, weight=weight))
    return terms


def _term(
    label: str,
    at: Range,
    sentence: Sentence,
    defined: tuple[Cut, Range, Sentence] | None,
    *,
    is_emphasised: bool = False,
) -> Term:
    weight = 1.0 if is_emphasised else 0.0
    if defined is None:
        return Term(label, at, sentence, is_emphasised=is_emphasised, weight=weight)
    cut, place, where = defined
    return Term(label, place, where, cut.text, cut.at, is_emphasised, weight + cut.strength)
