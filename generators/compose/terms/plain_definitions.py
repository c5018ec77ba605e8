"""Definitions and terms in languages that have no grammar here: cut where a known wording stands around them.

A cut is made only where the wording leaves no doubt which words are the definition; other sentences stay whole, and
cards ask for the term in them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from domain.documents import Range
from domain.function_words import words_by_language
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.definition_patterns import ASIDES
from generators.compose.terms.definitions import LONGEST_DEFINITION, Cut, shorten
from generators.compose.terms.pointing import points_elsewhere
from generators.compose.terms.wordings import Frame, Wordings, wordings_of

SURE, LIKELY = 0.9, 0.7
"""How surely a wording defines: one that names, and "T is a ..."."""

_FEWEST_WORDS, _FEWEST_SIGNS, _MOST_SIGNS = 3, 4, 80
_NAME = r"[^\W\d_][\w'’-]*(?: [\w'’-]+){0,3}?"
_UNSPACED_NAME = r"[^\s\d，。；：、（）“”「」『』,.;:()]{2,12}?"
_FEWEST_MENTIONS = 3
_FEWEST_AFTER_ARTICLES = 2
_SHORTEST_NOUN = 4
_MOST_NOUNS = 8
_CASE = re.compile(
    r"[”»\"’“]?,? (?:wenn|falls|sofern|sobald|si|cuando|lorsque|quand|se|quando|als|indien|om|hvis|jeśli|gdy|"
    r"если|якщо)\b"
)
"""After a term: what is "called T" only in the case that follows is no definition without it."""


def cut_plainly(parsed: ParsedSection, sentence: Sentence, term: Range) -> Cut | None:
    """Find the words of the sentence that define the term; None where no known wording stands around it."""
    wordings = wordings_of(parsed.evidence.language)
    text, at = parsed.masked, sentence.at
    for frame in wordings.frames if wordings else ():
        opens = frame.before.fullmatch(text, at.start, term.start)
        closes = frame.after.match(text, term.end, at.end)
        if wordings and opens and closes:
            is_before = "d" in frame.before.groupindex
            where = Range(*opens.span("d")) if is_before else Range(closes.end(), at.end)
            words = _tidy(parsed.evidence.text[where.start : where.end], wordings)
            is_held_back = parsed.evidence.text[where.start : where.end].rstrip().endswith(":")
            is_for_a_case = is_before and _CASE.match(text, term.end, at.end)
            if is_held_back or is_for_a_case or points_elsewhere(words, parsed.evidence.language):
                continue
            if _is_whole(words, wordings) and not (is_before and _is_open(parsed, words, wordings)):
                return Cut(where, words, SURE if frame.is_sure else LIKELY)
    return None


def find_named(parsed: ParsedSection) -> Iterator[tuple[Sentence, Range]]:
    """Find terms that a wording defines, and that nobody need have marked."""
    wordings = wordings_of(parsed.evidence.language)
    if wordings is None:
        return
    name = _NAME if wordings.is_spaced else _UNSPACED_NAME
    frames = [(frame, frame.whole(name)) for frame in wordings.frames]
    for sentence in parsed.sentences:
        for frame, pattern in frames:
            found = pattern.match(parsed.masked, sentence.at.start, sentence.at.end)
            if found and _may_be_named(parsed, found["t"], frame, wordings):
                yield sentence, Range(*found.span("t"))
                break


def find_nouns(parsed: ParsedSection) -> tuple[str, ...]:
    """List words that articles show to be nouns and that the section keeps coming back to, the commonest first."""
    wordings = wordings_of(parsed.evidence.language)
    if wordings is None or not wordings.articles:
        return ()
    articles = frozenset(wordings.articles.split())
    idle = function_words(parsed)
    mentions: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for sentence in parsed.sentences:
        words = re.findall(r"[^\W\d_]+", sentence.text)
        mentions.update({word for word in words if len(word) >= _SHORTEST_NOUN and word.lower() not in idle})
        after.update({word for before, word in pairwise(words) if before.lower() in articles})
    kept = [
        word
        for word, count in mentions.most_common()
        if _FEWEST_MENTIONS <= count <= max(_FEWEST_MENTIONS, len(parsed.sentences) // 2)
        and after[word] >= _FEWEST_AFTER_ARTICLES
    ]
    return tuple(kept[:_MOST_NOUNS])


def leans_back(parsed: ParsedSection, words: str) -> bool:
    """Whether words open with one that stands for something said before, in a language whose such words are known."""
    wordings = wordings_of(parsed.evidence.language)
    return wordings is not None and wordings.leans.match(words) is not None


def _may_be_named(parsed: ParsedSection, name: str, frame: Frame, wordings: Wordings) -> bool:
    """Whether words in a frame can be a term; after a mere "is" only what the section speaks of again."""
    idle = function_words(parsed)
    words = name.lower().split()
    is_idle = words[0] in idle or words[-1] in idle or wordings.leans.match(name) is not None
    is_kept = frame.is_sure or parsed.masked.lower().count(name.lower()) > 1
    return not is_idle and is_kept and (len(name) > 2 or not wordings.is_spaced)


def _tidy(words: str, wordings: Wordings) -> str:
    """Drop asides, a clause after a semicolon, and the marks around."""
    plain = " ".join(ASIDES.sub("", words).split())
    plain = re.split(r"[;；:：]", plain, maxsplit=1)[0].strip(' .。,，!！؟?—–-"“”«»„‘’「」')
    plain = re.sub(rf"(?:{wordings.closing})$", "", plain) if wordings.closing else plain
    return shorten(plain, limit=LONGEST_DEFINITION) if wordings.is_spaced else plain


def _is_whole(words: str, wordings: Wordings) -> bool:
    """Whether cut words can be an answer: neither long nor bare, and leaning on nothing."""
    is_handy = (
        _FEWEST_WORDS <= len(words.split()) <= LONGEST_DEFINITION
        if wordings.is_spaced
        else _FEWEST_SIGNS <= len(words) <= _MOST_SIGNS
    )
    return is_handy and "\n" not in words and not wordings.leans.match(words)


def _is_open(parsed: ParsedSection, words: str, wordings: Wordings) -> bool:
    """Whether words before a naming verb may be more than its subject: joined clauses, or a relative that it closes."""
    is_joined = wordings.joins is not None and wordings.joins.search(words) is not None
    return is_joined or words.rsplit(maxsplit=1)[-1].lower() in function_words(parsed)


def function_words(parsed: ParsedSection) -> frozenset[str]:
    """Give the function words of the section's language, none where they are not known."""
    return words_by_language().get(parsed.evidence.language.split("-", maxsplit=1)[0], frozenset())
