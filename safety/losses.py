"""What a shortened sentence may not lose: whose deed it is, of what, and where, when or in whose view it holds.

"The absence of light kills plants" does not say that light kills plants, nor "Mallory tried to climb it" that he
climbed it. The rules look at words and signs alone and fail closed. English has its grammar in lists; elsewhere a
shortened sentence begins and ends where signs do, and leaves out nothing that opens with a limiting word.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from safety.claim_words import Token
from safety.loss_words import (
    AFTER_LIMITS,
    CHANGING,
    CHANGING_BEHIND_A_HYPHEN,
    DETERMINERS,
    DONE,
    FACTIVE,
    HELPERS,
    JOINTS,
    MAY,
    MILD,
    MILD_OPENERS,
    NO_REPORT,
    NOT_DONE,
    OPENING_FRAMES,
    OPENS_REST,
    PLACING,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    REPORTS,
    SPHERES,
    TRANSPARENT,
)
from safety.turning_words import TurningWords

_COMMAS = frozenset({",", "،", "，", "、"})
_COPULAS = frozenset({"is", "are", "was", "were"})
_COUPLINGS = frozenset({"and", "but", "or", "so", "yet"})
_INFINITE = frozenset({"be", "been", "have"})
_LEAST = 2
_NEAR = 6
_QUOTES = frozenset('“”"‘’«»„')
_REMARKS = frozenset({"which", "who"})
_STOPS = frozenset(".!?…。！？؟।")


@dataclass(frozen=True)
class Shortening:
    """The words of a source, and the places of those that a claim kept, in the claim's order.

    `is_phrase` says that a claim is no sentence, such as a definition behind its term; `is_renamed`, that it begins
    with words of its own, as with a name for "it"; `is_asked`, that a question and its answer say it, which need not
    tell the place of it again; `is_english`, that the lists of grammar hold.
    """

    cited: Sequence[Token]
    places: Sequence[int]
    words: TurningWords
    is_english: bool
    is_phrase: bool = False
    is_renamed: bool = False
    is_asked: bool = False

    @property
    def telling(self) -> Sequence[int]:
        """The places of words that say something by themselves, or all where none does."""
        return [at for at in self.places if self.cited[at].is_content] or self.places

    @property
    def is_remark(self) -> bool:
        """Whether the claim says what a remark behind a comma says of a noun: "the cell, which has no walls"."""
        kept = set(self.places)
        opens = (at + 2 for at in self.places if [one.text for one in self.cited[at + 1 : at + 2]] == [","])
        return any(at not in kept and self.cited[at].lower in _REMARKS for at in opens if at < max(kept))

    def is_gone(self, places: Sequence[int]) -> bool:
        """Whether nothing that tells something was kept of these places, and of the small words fewer than half."""
        stayed = set(self.places) & set(places)
        return not set(self.telling) & stayed and 2 * len(stayed) < len(places)


def find_loss(short: Shortening) -> str:
    """Give the words whose loss changes what is said, or "" when none does."""
    for part in _sentences(short):
        for find in (_lost_before, _lost_between, _lost_after):
            if lost := find(part):
                return " ".join(part.cited[at].text for at in lost)
    return ""


def _sentences(short: Shortening) -> Iterator[Shortening]:
    """Yield the sentences that more than a word was kept of."""
    start = 0
    for end in range(1, len(short.cited) + 1):
        if end == len(short.cited) or short.cited[end - 1].text in _STOPS or _starts_anew(short.cited, end):
            places = [at - start for at in short.places if start <= at < end]
            part = replace(short, cited=short.cited[start:end], places=places)
            if len(part.telling) >= _LEAST:
                yield part
            start = end


def _starts_anew(cited: Sequence[Token], at: int) -> bool:
    """Whether the tokens come from another text: windows are made of sentences, each counted from its own beginning."""
    return cited[at].start < cited[at - 1].end


def _lost_before(short: Shortening) -> Sequence[int]:
    """Find what the kept words begin in the middle of, and an opening that limits them."""
    first = short.telling[0]
    if short.is_phrase:
        return (first - 1,) if short.is_english and first and _changes(short.cited[first - 1]) else ()
    if short.is_renamed or _is_moved(short, first):
        signs = (at for at in range(min(short.telling), -1, -1) if not short.cited[at].is_word)
        return _lost_opening(short, next(signs, 0), "and")
    at = first - 1
    kept = set(short.places)
    while at >= 0 and (at in kept or short.cited[at].lower in DETERMINERS or _is_crossed(short.cited[at], at, kept)):
        at -= 1
    if at < 0:
        return ()
    token, after = short.cited[at], short.cited[at + 1]
    is_remark = short.is_english and short.is_remark
    if first > min(short.telling) and token.lower not in PREPOSITIONS:
        return ()
    if token.is_word and not is_remark and (not short.is_english or _is_inside(short.cited, at, first)):
        return range(max(0, at - 1), at + 1)
    is_joined = is_remark or after.lower in JOINTS
    return _lost_opening(short, at, "and" if is_joined else token.lower)


def _is_moved(short: Shortening, first: int) -> bool:
    """Whether words before the first kept one were kept too, between the same signs, as in a passive."""
    before = takewhile(lambda at: short.cited[at].is_word, reversed(range(first)))
    return not set(short.telling).isdisjoint(before)


def _is_crossed(token: Token, at: int, kept: AbstractSet[int]) -> bool:
    """Whether a sign stands inside what was kept."""
    return token.text in _QUOTES or (not token.is_word and at - 1 in kept)


def _is_inside(cited: Sequence[Token], at: int, first: int) -> bool:
    """Whether a run that begins after the word at a place begins inside a phrase, or under another's verb."""
    token, before = cited[at], cited[at - 1] if at else None
    if token.lower == "that":
        return before is None or (before.is_word and before.lower not in FACTIVE)
    if token.lower in {"and", "or", "nor"}:
        return _is_paired(cited, at)
    if token.lower in JOINTS or _is_purpose(cited, at):
        return False
    if token.lower == "of" and before is not None and before.lower in TRANSPARENT:
        return False
    are_names = token.text[0].isupper() and cited[first].text[0].isupper()
    return not (are_names and not _changes(token))


def _is_purpose(cited: Sequence[Token], at: int) -> bool:
    """Whether a word is the "order" of "in order to", which says no more than "to"."""
    return [token.lower for token in cited[max(0, at - 1) : at + 2]] == ["in", "order", "to"]


def _is_paired(cited: Sequence[Token], at: int) -> bool:
    """Whether "and" joins a noun to one under a preposition, as in "the rivals of Bell and Edison"."""
    if at < _LEAST or not cited[at - 1].is_word or cited[at + 1].lower in PRONOUNS:
        return False
    is_determined = cited[at - 2].lower in DETERMINERS
    back = at - 3 if is_determined else at - 2
    if back < 0 or (cited[at + 1].lower in DETERMINERS and not is_determined):
        return False
    return cited[back].lower in PREPOSITIONS


def _lost_opening(short: Shortening, end: int, joint: str) -> Sequence[int]:
    """Find an opening phrase that was left out and limits the rest: where, when, in whose view.

    Where the rest follows it at once, without a word such as "and" between, any opening limits it that is not known
    not to, and what is told of somebody's words limits all behind it.
    """
    segments = [segment for segment in _segments(short.cited, 0, end) if short.is_gone(segment)]
    if not segments or segments[0][0] > 0 or joint == ";":
        return ()
    is_contrast = joint in JOINTS and short.cited[0].lower == "while"
    if _dates_a_deed(short, segments[0]) or (short.is_asked and _is_place(short, segments[0])):
        return ()
    if not is_contrast and _opens_with(short, segments[0], short.words.frames | OPENING_FRAMES):
        return segments[0]
    if joint in _COMMAS and not _is_mild(short, segments[-1]):
        return segments[-1]
    told = (one for one in segments if joint not in JOINTS and not _is_mild(short, one) and _reports(short, one))
    return next(told, ())


def _is_place(short: Shortening, segment: Sequence[int]) -> bool:
    """Whether an opening only says in which one place something is, as "in the harbour" does."""
    opening = [short.cited[at].lower for at in segment]
    is_one = len(opening) == _LEAST + 1 and opening[0] in PLACING and opening[1] in DETERMINERS
    return is_one and opening[2] not in SPHERES


def _dates_a_deed(short: Shortening, segment: Sequence[int]) -> bool:
    """Whether an opening only tells the year of what somebody with a name did, as "in 1898" does."""
    opening, after = [short.cited[at] for at in segment], short.cited[segment[-1] + 1 :][1:]
    is_date = short.is_english and len(opening) == _LEAST and opening[0].lower in {"in", "on"}
    does = [token.lower for token in after if token.lower in HELPERS]
    return is_date and opening[1].text.isdigit() and bool(after) and after[0].text[0].isupper() and not does


def _lost_between(short: Shortening) -> Sequence[int]:
    """Find what was left out between two words that were kept."""
    kept = set(short.places)
    for one, other in pairwise(short.places):
        gap = range(one + 1, other)
        # where a word of the gap stands elsewhere in the claim, grammar moved it
        if not kept.isdisjoint(gap) or not any(short.cited[at].is_word for at in gap):
            continue
        for segment in _segments(short.cited, one + 1, other):
            is_set_off = segment[0] > one + 1 and segment[-1] < other - 1
            if is_set_off and short.is_gone(segment) and _limits(short, segment):
                return segment
        if short.is_english and _turns_gap(short, gap):
            return gap
    return ()


def _turns_gap(short: Shortening, gap: Sequence[int]) -> bool:
    """Whether words left out right before one that was kept governed it, or told which are meant."""
    cited, after = short.cited, short.cited[gap[-1] + 1]
    passed = list(takewhile(lambda at: cited[at].is_word, reversed(gap)))[::-1]
    if not passed:
        return False
    said = [cited[at] for at in passed]
    if any(map(_changes, said)) or _governs(said, after):
        return True
    if said[0].lower in RELATIVES and passed[0] == gap[0]:
        return not (short.is_phrase or short.is_renamed or _is_said_of_kept(short, gap[0]))
    return not short.is_phrase and _narrows_subject(short, passed)


def _is_said_of_kept(short: Shortening, at: int) -> bool:
    """Whether a relative clause tells of a kept subject: of chlorophyll in "chlorophyll is a pigment that absorbs"."""
    before = list(takewhile(lambda place: short.cited[place].is_word, reversed(range(at))))
    copula = next((place for place in before if short.cited[place].lower in _COPULAS), -1)
    return copula >= 0 and any(place < copula for place in set(before) & set(short.telling))


def _narrows_subject(short: Shortening, passed: Sequence[int]) -> bool:
    """Whether words left out tell which ones the subject of their clause means."""
    cited = short.cited
    first, last = cited[passed[0]].lower, cited[passed[-1]].lower
    telling = [cited[at].lower for at in passed if cited[at].is_content and cited[at].lower not in JOINTS]
    if all(word.endswith("ly") for word in telling) or last in _COUPLINGS or _is_purpose(cited, passed[-1]):
        return False
    if _stands_in_subject(short, passed):
        return True
    before = takewhile(lambda at: cited[at].is_word, reversed(range(passed[0])))
    named = [at for at in before if cited[at].is_content and cited[at].lower not in short.words.quantities]
    after = cited[passed[-1] + 1]
    goes_on = after.is_content and after.lower not in OPENS_REST and not after.lower.endswith("ly")
    is_named = (len(named) == 1 and not short.is_renamed) or (len(named) == _LEAST and goes_on)
    return is_named and (first in PREPOSITIONS or first.endswith(("ed", "ing")))


def _stands_in_subject(short: Shortening, gap: Sequence[int]) -> bool:
    """Whether words stand where a clause begins, or between its beginning and its first "is", "has" or "can"."""
    cited, start = short.cited, gap[0] - 1
    while start >= 0 and (cited[start].lower in DETERMINERS or cited[start].lower in short.words.quantities):
        start -= 1
    if start < 0 or not cited[start].is_word:
        return True
    before = list(takewhile(lambda token: token.is_word, reversed(cited[: gap[0]])))
    behind = list(takewhile(lambda token: token.is_word, cited[gap[0] :]))
    is_before_verb = not any(token.lower in HELPERS for token in (*before, *behind[: len(gap)]))
    return is_before_verb and any(token.lower in HELPERS for token in behind)


def _changes(token: Token) -> bool:
    """Whether a word makes something else of the noun behind it."""
    return token.lower in CHANGING or (token.is_joined and token.lower in CHANGING_BEHIND_A_HYPHEN)


def _governs(passed: Sequence[Token], after: Token) -> bool:
    """Whether the last of the words left out governs the word behind them."""
    bare = [token.lower for token in passed]
    while len(bare) > 1 and bare[-1] in _INFINITE:
        bare.pop()
    last, before = bare[-1], bare[-2] if len(bare) > 1 else ""
    if last == "to":
        return before not in DONE
    if last == "that":
        return before in REPORTS
    if after.lower.endswith("ing") and (last in NOT_DONE or last in {"from", "of", "for", "without", "against"}):
        return True
    if last == "of" and before in TRANSPARENT:
        return False
    return last in PREPOSITIONS and any(token.is_content for token in passed[:-1])


def _lost_after(short: Shortening) -> Sequence[int]:
    """Find what follows the kept words and limits them, or belongs to the last of them."""
    cited, last = short.cited, max(short.places)
    rest = list(takewhile(lambda at: cited[at].is_word, range(last + 1, len(cited))))
    if rest and (_narrows(short, rest) if short.is_english else True):
        return rest
    for segment in _segments(cited, last + 1 + len(rest), len(cited)):
        is_joined = len(segment) > 1 and cited[segment[0]].lower in JOINTS - {"when"}
        if cited[segment[0] - 1].text in ";:" or is_joined:
            break
        if _limits(short, segment) and not short.is_remark:
            return segment
    return ()


def _narrows(short: Shortening, rest: Sequence[int]) -> bool:
    """Whether the words right behind the kept ones limit them."""
    after = [short.cited[at] for at in rest]
    first = after[0].lower
    belongs = short.places[-1] == max(short.places)
    if first in AFTER_LIMITS | (short.words.restrictions - JOINTS) or (
        belongs and (first not in OPENS_REST and not first.endswith(("ing", "ed", "ly")))
    ):
        return True
    if first not in PLACING:
        return first == "as" and any(token.lower in {"long", "soon"} for token in after[1:2])
    near = after[1:_NEAR]
    is_general = short.cited[short.telling[0]].lower.endswith(PLURALS) and not _is_determined(short)
    return any(token.lower in SPHERES or token.key == "%" for token in near) or (
        is_general and any(token.is_number or token.text[0].isupper() for token in near)
    )


def _is_determined(short: Shortening) -> bool:
    first = short.telling[0]
    return first > 0 and short.cited[first - 1].lower in DETERMINERS


def _limits(short: Shortening, segment: Sequence[int]) -> bool:
    """Whether a phrase between signs limits what stands beside it, or tells whose view it is."""
    if _is_mild(short, segment):
        return False
    first = short.cited[segment[0]].lower
    return first in short.words.frames or (first not in NO_REPORT and _reports(short, segment))


def _reports(short: Shortening, segment: Sequence[int]) -> bool:
    """Whether a phrase says whose view something is, or doubts it."""
    return any(short.cited[at].lower in (REPORTS | short.words.doubts) - MAY for at in segment)


def _opens_with(short: Shortening, segment: Sequence[int], words: AbstractSet[str]) -> bool:
    """Whether a phrase opens with one of the words, a connective before it set aside, and is not harmless."""
    opening = [at for at in segment if short.cited[at].lower not in _COUPLINGS][:2]
    if not opening or short.cited[opening[0]].lower not in words or _is_mild(short, segment):
        return False
    return not (short.cited[opening[0]].lower == "by" and short.cited[opening[-1]].lower.endswith("ing"))


def _is_mild(short: Shortening, segment: Sequence[int]) -> bool:
    """Whether what stands beside a phrase holds without it."""
    said = [short.cited[at].lower for at in segment if short.cited[at].lower not in _COUPLINGS]
    if all(word in short.words.asides for word in said):
        return True
    return short.is_english and (said[0] in MILD_OPENERS or any(tuple(said[: len(one)]) == one for one in MILD))


def _segments(cited: Sequence[Token], start: int, end: int) -> Iterator[list[int]]:
    """Yield the places of the words between signs."""
    segment: list[int] = []
    for at in range(start, end):
        if cited[at].is_word:
            segment.append(at)
        elif segment and cited[at].text not in _QUOTES:
            yield segment
            segment = []
    if segment:
        yield segment
