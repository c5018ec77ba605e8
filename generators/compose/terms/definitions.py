"""Cut the words that say what a term is out of the sentence that says it.

The sentence is read around the term: what follows it ("T is a ...", "T, which ...", "T (...)") and what stands
before it ("... is called T", "..., or T"). The grammar only says where phrases and clauses begin and end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.documents import Range
from domain.formulas import around_formulas
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms import definition_doubts as doubts
from generators.compose.terms import definition_patterns as patterns
from generators.compose.terms import stance
from generators.compose.terms.clause_bounds import clause_end, clause_start

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_DEFINITION = 36
"""Words in a definition; a card's answer has at most 40."""

_OTHER_ROLES = frozenset({"nsubj", "nsubjpass", "conj", "pobj"})
_RELATIVE_LENGTH = 30
_UNLIKE = 0.3
"""Taken off where one thing is named and several are spoken of."""

_RANKED = 0.5
"""Taken off where a thing is praised or ranked."""

_FEWEST_NAMED = 5
"""Words of "this ... between price and demand" that say enough by themselves."""

_THIN = 0.15
"""Taken off for each long word short of three: so short a definition says little."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the definition stands, its words without asides, and how surely it defines (0 to 1)."""

    at: Range
    text: str
    strength: float


@dataclass(frozen=True, slots=True)
class _Around:
    """The term in its sentence."""

    sentence: Sentence
    term: Range
    is_subject: bool
    is_setting: bool
    is_marked: bool

    def has_child(self, relation: str, start: int) -> bool:
        """Whether words that begin at `start` hang on the term by the relation."""
        return any(
            token.dep_ == relation
            and token.left_edge.idx <= start <= token.idx
            and self.term.start <= token.head.idx < self.term.end
            for token in self.sentence.tokens
        )


def cut_definition(parsed: ParsedSection, sentence: Sentence, term: Range) -> Cut | None:
    """Find the words in or just before the sentence that define the term, or None when it is only used there."""
    cuts = [
        cut
        for reader in (_read_after, _named_before)
        for at, strength in reader(parsed, sentence, term)
        if not doubts.tells_a_story(parsed, term, at, strength)
        and not stance.is_asked(parsed, sentence, at)
        and not stance.is_taken_back(parsed, sentence, parsed.masked[term.start : term.end])
        and (cut := _tidy(parsed, at, strength, is_inserted=_is_inserted(parsed, at))) is not None
    ]
    return max(cuts, key=lambda cut: cut.strength, default=None)


def _read_after(parsed: ParsedSection, sentence: Sentence, term: Range) -> Iterator[tuple[Range, float]]:
    """Read "T is a ...", "T refers to ...", "T, which ...", "T (...)"."""
    text = parsed.masked
    before, after = text[sentence.at.start : term.start], text[term.end : sentence.at.end]
    around = _Around(
        sentence,
        term,
        is_subject=bool(
            (patterns.SUBJECT.search(before) and not doubts.is_second_of_two(parsed, term))
            or (after.startswith(",") and patterns.REDUCED.search(before))
        ),
        is_setting=bool((patterns.IN if parsed.is_emphasised(term) else patterns.IN_A).match(before)),
        is_marked=parsed.is_emphasised(term),
    )
    for wording in patterns.FOLLOWING:
        match = wording.pattern.match(after)
        if not match or doubts.is_in_a_story(match.group()) or not _fits(wording.place, around, term.end + match.end()):
            continue
        start = term.end + match.end()
        if match.group().endswith("("):
            yield Range(start, term.end + after.index(")", match.end())), wording.strength
        else:
            at = Range(start, _end(parsed, sentence, start, joint=match.group()))
            if not stance.is_reported(parsed, sentence, term, at):
                is_ranked = patterns.RANKED.match(text, at.start, at.end) is not None
                yield at, wording.strength - (_RANKED if is_ranked else 0)
        return


def _end(parsed: ParsedSection, sentence: Sentence, start: int, *, joint: str) -> int:
    """Where a definition from `start` ends, after the words `joint`: with its clause, or before another term."""
    text = parsed.masked
    is_inserted = joint.startswith(",")
    end = clause_end(sentence, start, is_inserted=is_inserted)
    turns = [patterns.TURN.search(text, start, end)]
    if is_inserted:
        turns.append(patterns.BESIDES.search(text, start, end))
    if joint.startswith(", or "):
        turns.append(re.compile(r", (?!which|who|whose|where|in which|and |or )| ?[—–]").search(text, start, end))
    next_terms = (mark for mark in parsed.evidence.emphasis if patterns.SAID_OF_IT.match(text, mark.end))
    others = (patterns.ANOTHER_TERM.search(text, start, mark.start) for mark in next_terms)
    return min([end, *(turn.start() for turn in (*turns, *others) if turn and turn.end() <= end)])


def _fits(place: patterns.Place, around: "_Around", start: int) -> bool:
    """Whether a pattern's condition holds, for a definition that would begin at `start`."""
    checks: dict[patterns.Place, Callable[[], bool]] = {
        patterns.Place.ANY: lambda: True,
        patterns.Place.SUBJECT: lambda: around.is_subject,
        patterns.Place.SETTING: lambda: around.is_setting and not doubts.opens_side_clause(around.sentence, start),
        patterns.Place.CASE: lambda: around.is_marked and not doubts.is_past(around.sentence, start),
        patterns.Place.NOUN_FOLLOWS: lambda: around.is_subject and _is_noun_phrase(around.sentence, start),
        patterns.Place.APPOSED: lambda: (
            around.has_child("appos", start) and not doubts.opens_list(around.sentence, start)
        ),
        patterns.Place.RELATIVE: lambda: (
            around.has_child("relcl", start) and not doubts.is_narrated(around.sentence, start)
        ),
        patterns.Place.BESIDE: lambda: (
            _phrase_role(around.sentence, start) not in _OTHER_ROLES and not doubts.opens_list(around.sentence, start)
        ),
    }
    return checks[place]()


def _phrase_role(sentence: Sentence, start: int) -> str:
    """Give the part that the noun phrase at `start` plays in the sentence."""
    for token in sentence.tokens:
        if token.idx == start:
            head = token
            while head.dep_ in {"det", "amod", "compound", "nmod", "poss", "nummod", "advmod"} and head.head.i > head.i:
                head = head.head
            return str(head.dep_)
    return ""


def _is_noun_phrase(sentence: Sentence, start: int) -> bool:
    """Whether a noun phrase begins at `start`."""
    for token in sentence.tokens:
        if token.idx >= start and token.pos_ in {"NOUN", "PROPN"}:
            return True
        if token.idx >= start and token.pos_ not in {"ADJ", "ADV", "NUM", "PUNCT"}:
            return token.dep_ in {"amod", "compound"}
    return False


def _named_before(parsed: ParsedSection, sentence: Sentence, term: Range) -> Iterator[tuple[Range, float]]:
    """Read what stands before the term, unless several names follow; a mere number that differs makes it unsure."""
    if doubts.is_named_with_others(parsed, term):
        return
    for at, strength in _read_before(parsed, sentence, term):
        own = doubts.after_other_names(parsed.masked, at)
        yield own, strength - (_UNLIKE if doubts.disagrees(parsed, term, own) else 0)


def _read_before(parsed: ParsedSection, sentence: Sentence, term: Range) -> Iterator[tuple[Range, float]]:
    """Read "... is called T", "... known as T", "we call ... T", "..., or T"."""
    text = parsed.masked
    base = sentence.at.start
    before = text[base : term.start]
    if patterns.OCCURS.match(text[term.end : sentence.at.end]) and (match := patterns.WHEN.match(before)):
        yield Range(base, base + match.end("when")), 0.85
    elif patterns.ENDS.match(text, term.end) and (match := patterns.THIS_IS.match(before)):
        yield from _meant(parsed, sentence, Range(base, base + match.end("what")), 0.95)
    elif match := patterns.TERM_FOR.search(before):
        yield from _meant(parsed, sentence, Range(base + match.start("what"), base + match.end("what")), 0.8)
    elif match := patterns.PASSIVE.search(before):
        yield from _subject(parsed, sentence, base + match.start("be"), 0.9)
    elif match := patterns.REDUCED.search(before):
        yield from _noun_before(parsed, sentence, base + match.start(), 0.85)
    elif match := patterns.ACTIVE.search(before):
        is_named = bool(match["what"])
        what = Range(*match.span("what")) if is_named else Range(match.start(), match.start())
        yield from _meant(parsed, sentence, Range(base + what.start, base + what.end), 0.75)
    elif (match := patterns.OR.search(before)) and not doubts.is_one_of_list(sentence, term, base + match.start()):
        yield from _noun_before(parsed, sentence, base + match.start(), 0.55)


def _meant(parsed: ParsedSection, sentence: Sentence, what: Range, strength: float) -> Iterator[tuple[Range, float]]:
    """Give the words that are named; a pronoun stands for the clause or sentence before."""
    words = parsed.masked[what.start : what.end].strip()
    pointing = patterns.DEMONSTRATIVE.match(words)
    if words and not patterns.POINTING.match(words) and not pointing:
        yield what, strength
    elif pointing and len(words[pointing.end() :].split()) >= _FEWEST_NAMED:
        yield Range(what.start + pointing.end() + 1, what.end), strength
    else:
        yield from _clause_before(parsed, sentence, what.start, strength)


def _subject(parsed: ParsedSection, sentence: Sentence, verb: int, strength: float) -> Iterator[tuple[Range, float]]:
    """Give what stands as the subject before a passive verb; a pronoun stands for the clause or sentence before."""
    text = parsed.masked
    start = clause_start(sentence, verb)
    subject = text[start:verb].strip(" ,")
    if relative := re.search(r"\b(?:which|that)[ ,]*$", text[start:verb]):
        yield from _noun_before(parsed, sentence, start + relative.start(), strength)
    elif re.search(r"\w+ (?:it|they|this|these)$", subject):
        return
    elif patterns.POINTING.match(subject) or re.match(r"(?:this|these|such)\b", subject, re.IGNORECASE):
        yield from _clause_before(parsed, sentence, start, strength - 0.1)
    else:
        yield Range(start, verb), strength


def _clause_before(
    parsed: ParsedSection, sentence: Sentence, start: int, strength: float
) -> Iterator[tuple[Range, float]]:
    """Give the clause before `start` in the sentence, or else the sentence before."""
    base = sentence.at.start
    clause = re.sub(r"[,;—–:] ?(?:and |so |but )?(?:[\w’']+ ?){0,3}$", "", parsed.masked[base:start])
    if len(clause.split()) >= 4:
        yield Range(base, base + len(clause)), strength
    elif sentence.index:
        previous = parsed.sentences[sentence.index - 1]
        is_case = re.search(r"\bfor (?:example|instance)\b", previous.text)
        if "\n" not in parsed.masked[previous.at.end : base] and not is_case:
            yield previous.at, strength - 0.1


def _noun_before(parsed: ParsedSection, sentence: Sentence, end: int, strength: float) -> Iterator[tuple[Range, float]]:
    """Give the noun phrase that ends at `end`; when it says nothing by itself, the clause that it closes."""
    token = _token_before(sentence, end)
    if token is None:
        return
    head = _phrase_head(token)
    start = min((left for left in head.subtree), key=lambda each: each.i).idx
    start = max(start, sentence.at.start)
    if lead := patterns.LEADING.match(parsed.masked, start, end):
        start = lead.end()
    if patterns.DEMONSTRATIVE.match(parsed.masked[start:end]):
        return
    words = parsed.masked[start:end].split()
    is_object = head.dep_ in {"dobj", "pobj"} and head.head.tag_ in {"VB", "VBG"} and head.head.dep_ != "ROOT"
    if head.lemma_.lower() in patterns.EMPTY_NOUNS and len(words) <= 3:
        if is_object:
            return
        yield from _clause_before(parsed, sentence, start, strength - 0.15)
    elif words:
        yield Range(start, end), strength


def _phrase_head(token: "Token") -> "Token":
    """Climb from the last word of a noun phrase to the noun that the whole phrase hangs on."""
    head = token
    while head.head.i < head.i and head.dep_ in {"pobj", "prep", "amod", "compound", "conj", "dobj", "acl", "relcl"}:
        above = head.head
        is_noun = above.head.pos_ in {"NOUN", "PROPN"} or above.head.dep_ in {"acl", "relcl"}
        is_loose = above.dep_ == "prep" and not is_noun
        if is_loose or (above.pos_ in {"VERB", "AUX"} and above.dep_ not in {"acl", "relcl"}):
            break
        head = above
    return head


def _token_before(sentence: Sentence, end: int) -> "Token | None":
    for token in reversed(list(sentence.tokens)):
        if token.idx < end and not token.is_punct and not token.is_space:
            return token
    return None


def _is_inserted(parsed: ParsedSection, at: Range) -> bool:
    """Whether a relative clause after a comma holds the words."""
    before = parsed.masked[max(0, at.start - _RELATIVE_LENGTH) : at.start]
    return re.search(r", (?:which|that|who) \w+ $", before) is not None


def _tidy(parsed: ParsedSection, at: Range, strength: float, *, is_inserted: bool) -> Cut | None:
    """Drop asides, examples, the leading article and what is beyond the longest definition."""
    words = around_formulas(
        parsed.evidence.text[at.start : at.end],
        lambda veiled: doubts.without_other_items(_without_trimmings(veiled), is_inserted=is_inserted),
    )
    words = around_formulas(words, lambda veiled: _without_loose_end(parsed, at, shorten(veiled)))
    content = len(re.findall(r"[^\W_]{4,}", words))
    if (
        not content
        or patterns.UNCLEAR.match(words)
        or patterns.ELSEWHERE.search(words)
        or words.count("“") != words.count("”")
        or _lost_verb(parsed, at, words)
    ):
        return None
    return Cut(at, words, strength - _THIN * max(0, 3 - content))


def _lost_verb(parsed: ParsedSection, at: Range, words: str) -> bool:
    """Whether a clause was cut before the verb that it hangs on."""
    tokens = parsed.doc.char_span(at.start, at.end, alignment_mode="contract")
    root = tokens.root if tokens else None
    is_clause = root is not None and root.pos_ in {"VERB", "AUX"} and root.dep_ == "ROOT"
    return bool(is_clause and root is not None and root.text not in re.findall(r"[\w’']+", words))


def _without_trimmings(text: str) -> str:
    """Drop asides, examples, and the words that tie a definition to what stands around it."""
    words = patterns.ASIDES.sub("", text)
    words = patterns.EXAMPLES.sub("", " ".join(words.split()))
    words = patterns.OPENING.sub("", words)
    words = patterns.ARTICLE.sub("", words)
    return patterns.BACKWARD.sub("", _without_odd_quotes(words.strip(" ,;:.—–-")))


def _without_odd_quotes(words: str) -> str:
    """Drop quotation marks around a definition, or at one end of it when the other is missing."""
    is_paired = words.count("“") == words.count("”") and words.count('"') % 2 == 0
    is_around = words[:1] in set("“\"'") and words[-1:] in set("”\"'") and words.count("“") + words.count('"') <= 2
    return words if is_paired and not is_around else words.strip(" ,;:.—–-“”\"'")


def _without_loose_end(parsed: ParsedSection, at: Range, words: str) -> str:
    """Drop function words at the end that nothing follows; a particle that ends its verb stays: "as it takes in"."""
    bare = patterns.DANGLING.sub("", words)
    tokens = parsed.doc.char_span(at.start, at.end, alignment_mode="contract")
    last = next((token for token in reversed(tokens or ()) if token.is_alpha), None)
    is_whole = last is not None and words.endswith(f" {last.text}") and _closes_verb(last)
    return words if is_whole else bare


def _closes_verb(token: "Token") -> bool:
    if token.pos_ in {"VERB", "AUX"} and token.dep_ in {"relcl", "advcl", "ccomp"}:
        return any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
    is_stranded = token.dep_ == "prep" and token.head.i == token.i - 1 and token.head.pos_ == "VERB"
    return bool(token.dep_ == "prt" or (is_stranded and token.head.dep_ != "ROOT"))


def shorten(words: str, *, limit: int = LONGEST_DEFINITION) -> str:
    """Cut at the last comma or dash within the limit of words; without one, give the words as they are."""
    while len(words.split()) > limit:
        shorter = re.sub(r"(?:,|;| ?[—–])[^,;—–]*$", "", words)
        if shorter == words:
            return words
        words = shorter
    return words
