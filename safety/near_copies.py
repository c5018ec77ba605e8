"""Reads the differences between a claim and a source whose words it nearly repeats, one by one.

One other word in a true sentence is what a false one looks like. So where a claim is nearly the source's own words,
every word of content must be there, or an everyday equal of it; nothing that turns the meaning may be added or left
out beside the words that stayed; and these must stand in the source's order, except where grammar moves them.
"""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from safety.claim_words import Token, tokens, word_set
from safety.losses import Shortening, find_loss
from safety.opposites import find_opposite, means_the_same
from safety.turning_words import TurningWords, turning_words

_NEAR = 0.6
"""Share of a claim's words of content that the source must have, for the differences to be read one by one."""

_WIDEST = 3
"""How far apart in the source the neighbours of a word may be that stands in another's place."""

_MODALS = word_set("must may might could should can will would")
_MOVED_BY = word_set(
    "in on at for during after before since within through under when because if although while despite with without "
    "from to by as among between until throughout around over across near where along"
)
"""Words that open what may stand at the beginning or at the end of a sentence."""

_SMALL = word_set(
    "out up off down upon onto across along around away back per via yes yeah yea well oh okay ok actually really "
    "basically simply thus hence therefore however come comes came coming s"
)
"""Words besides those of grammar that say nothing by themselves, where they stand in no other word's place."""

_HARMLESS = frozenset({"all", "both", "any"})
"""What may be left out: to say it of plants is no more than to say it of all plants."""

_NAMING = word_set("called known termed named defined means mean refers refer")
_LISTING = word_set("and or nor the a an both as well & either")
_ARTICLES = word_set("the a an its their his her this these that those several each many some all most")
_POINTING = word_set("this these it they")
_CLAUSE_WORDS = word_set("but because while whereas although though which who where so")


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason, in words, and whether the source says otherwise or merely does not say it."""

    reason: str
    is_contradiction: bool


@dataclass(frozen=True)
class _Pairing:
    """Which words of the source the words of the claim are; -1 for none."""

    said: Sequence[Token]
    cited: Sequence[Token]
    places: Sequence[int]
    words: TurningWords

    def weighs(self, token: Token) -> bool:
        """Whether a word matters wherever it is added or left out."""
        is_month = token.text == "May"
        return not is_month and (
            token.lower in self.words.turning
            or token.lower in _MODALS
            or token.lower in {"only", "unless", "without", "until"}
            or token.lower.endswith("n't")
        )

    @property
    def added(self) -> list[int]:
        return [at for at, place in enumerate(self.places) if place < 0 and self.said[at].is_word]

    @property
    def left_out(self) -> list[int]:
        taken = set(self.places)
        return [at for at, token in enumerate(self.cited) if at not in taken and token.is_word]


def compare(
    said: Sequence[Token], cited: Sequence[Token], known: AbstractSet[str], *, words: TurningWords, ordered_from: int
) -> list[Veto]:
    """Find what a near copy changes.

    `known` holds stems that may be named besides; the order of words counts from the character `ordered_from` on.
    """
    pairing = _Pairing(said, cited, _pair(said, cited), words)
    telling = [at for at, token in enumerate(said) if token.is_content and token.lower not in _SMALL]
    there = {_plain(token) for token in cited}
    alien = [
        at
        for at in telling
        if pairing.places[at] < 0 and said[at].stem not in known and not means_the_same(_plain(said[at]), there)
    ]
    if len(alien) > (1 - _NEAR) * len(telling) or sum(pairing.places[at] >= 0 for at in telling) < 2:
        return []
    for find in (_find_added, _find_left_out):
        if veto := find(pairing):
            return [veto]
    if lost := _find_shortened(pairing, ordered_from):
        return [Veto(f"leaves out “{lost}”, which changes what the source says", is_contradiction=False)]
    if alien:
        return [_alien(pairing, said[alien[0]])]
    return _find_disorder(pairing, ordered_from)


def find_lost(text: str, source: str) -> str:
    """Give what a question with its answer left out of an English sentence that governed or limited the rest, or ""."""
    words = turning_words("en")
    assert words is not None
    said, cited = tokens(text), tokens(source)
    return _find_shortened(_Pairing(said, cited, _pair(said, cited), words), 0, is_asked=True)


def _pair(said: Sequence[Token], cited: Sequence[Token]) -> list[int]:
    """Pair the words greedily, the longest common run first; single words only where they say something."""
    places = [-1] * len(said)
    mine, theirs = [_key(token) for token in said], [_key(token) for token in cited]
    free = [token.is_word for token in cited]
    while True:
        size, at, place = _longest(mine, theirs, places, free=free)
        if not size:
            return _pair_equals(said, cited, places)
        for step in range(size):
            places[at + step] = place + step
            free[place + step] = False


def _pair_equals(said: Sequence[Token], cited: Sequence[Token], places: list[int]) -> list[int]:
    """Pair what is left with everyday equals, in order."""
    taken = set(places)
    for at, token in enumerate(said):
        if places[at] < 0 and token.is_word:
            equals = (
                place
                for place, other in enumerate(cited)
                if place not in taken and other.is_word and means_the_same(_plain(token), {_plain(other)})
            )
            places[at] = next(equals, -1)
            taken.add(places[at])
    return places


def _plain(token: Token) -> str:
    return token.lower.removesuffix("'s")


def _longest(
    mine: Sequence[str], theirs: Sequence[str], places: Sequence[int], *, free: Sequence[bool]
) -> tuple[int, int, int]:
    best = (0, 0, 0)
    before = [0] * (len(theirs) + 1)
    for at, key in enumerate(mine):
        row = [0] * (len(theirs) + 1)
        if places[at] < 0 and key:
            for place, other in enumerate(theirs):
                if other == key and free[place]:
                    row[place + 1] = before[place] + 1
                    if row[place + 1] > best[0]:
                        best = (row[place + 1], at - row[place + 1] + 1, place - row[place + 1] + 1)
        before = row
    return best


def _key(token: Token) -> str:
    """Give what two forms of a word share; signs between words have nothing to pair."""
    if not token.is_word:
        return ""
    return token.key if token.is_number or token.key == "%" or not token.is_content else token.stem


def _find_added(pairing: _Pairing) -> Veto | None:
    """Find an added word that turns the meaning, or stands where the source has its opposite."""
    gone = {pairing.cited[at].lower for at in pairing.left_out}
    for at in pairing.added:
        token = pairing.said[at]
        if opposite := find_opposite(token.lower, gone, is_same_place=_is_swapped(pairing, at)):
            return Veto(f"says “{token.text}” where the source says “{opposite}”", is_contradiction=True)
        if pairing.weighs(token) and not means_the_same(token.lower, gone):
            denies = token.lower in pairing.words.negations or token.lower.endswith("n't")
            return Veto(f"adds “{token.text}”, which the source does not say there", is_contradiction=denies)
        if token.is_number:
            return Veto(f"gives “{token.text}” where the source does not", is_contradiction=False)
        if token.is_content and token.lower not in _SMALL and (other := _replaced(pairing, at)):
            return Veto(f"says “{token.text}” where the source says “{other.text}”", is_contradiction=other.is_number)
    return None


def _replaced(pairing: _Pairing, at: int) -> Token | None:
    """Give the word of the source, if it tells something, in whose place an added word stands."""
    if not _is_swapped(pairing, at):
        return None
    between = pairing.cited[pairing.places[at - 1] + 1 : pairing.places[at + 1]]
    return next((other for other in between if other.is_content), None)


def _is_swapped(pairing: _Pairing, at: int) -> bool:
    """Whether the words around an added one have a word or two between them in the source."""
    places = pairing.places
    before = places[at - 1] if at else -1
    after = places[at + 1] if at + 1 < len(places) else -1
    return before >= 0 and 2 <= after - before <= _WIDEST


def _find_left_out(pairing: _Pairing) -> Veto | None:
    """Find a word that turns the meaning and was left out of a clause whose other words were kept."""
    kept = set(pairing.places)
    clauses = _clauses(pairing.cited)
    of = {at: clause for clause in clauses for at in clause}
    for at in pairing.left_out:
        token = pairing.cited[at]
        if not pairing.weighs(token) or pairing.words.quantities.get(token.lower) in _HARMLESS:
            continue
        telling = [one for one in of[at] if pairing.cited[one].is_content and one != at]
        stays = sum(one in kept for one in telling) >= max(1, min(2, len(telling)))
        opens = at == of[at][0] and token.lower in pairing.words.conditions
        if (stays or opens) and not _has_equal(pairing, token):
            denies = token.lower in pairing.words.negations or token.lower.endswith("n't")
            return Veto(f"leaves out “{token.text}”, which changes what the source says", is_contradiction=denies)
    return None


def _find_shortened(pairing: _Pairing, ordered_from: int, *, is_asked: bool = False) -> str:
    """Find what governed or limited the words that stayed; small words count where a neighbour stayed by them."""
    kept = set(pairing.places)
    stayed = [
        at
        for at, place in enumerate(pairing.places)
        if place >= 0
        and pairing.said[at].start >= ordered_from
        and (pairing.cited[place].is_content or {place - 1, place + 1} & kept)
    ]
    for place, token in ((pairing.places[at], pairing.said[at]) for at in stayed):
        owner, owned = pairing.cited[place], pairing.cited[place + 1 : place + 2]
        if owner.lower.endswith("'s") and not token.lower.endswith("'s") and owned and place + 1 not in kept:
            return f"{owner.text} {owned[0].text}"
    opens = next((at for at, token in enumerate(pairing.said) if token.is_content), 0)
    points = (at for at, token in enumerate(pairing.said[:2]) if token.lower in _POINTING)
    is_renamed = opens not in stayed or any(pairing.places[at] < 0 for at in points)
    shortening = Shortening(
        pairing.cited,
        [pairing.places[at] for at in stayed],
        pairing.words,
        is_english=True,
        is_phrase=bool(ordered_from),
        is_renamed=is_renamed,
        is_asked=is_asked,
    )
    return find_loss(shortening)


def _has_equal(pairing: _Pairing, token: Token) -> bool:
    """Whether an added word says the same as one that was left out."""
    added = {pairing.said[at].lower for at in pairing.added}
    kind = pairing.words.quantities.get(token.lower)
    return means_the_same(token.lower, added) or (
        kind is not None and any(pairing.words.quantities.get(word) == kind for word in added)
    )


def _clauses(cited: Sequence[Token]) -> list[list[int]]:
    """Cut at signs and at words that open another clause."""
    clauses: list[list[int]] = [[]]
    for at, token in enumerate(cited):
        if not token.is_word or token.lower in _CLAUSE_WORDS:
            clauses.append([])
        if token.is_word:
            clauses[-1].append(at)
    return [clause for clause in clauses if clause]


def _alien(pairing: _Pairing, token: Token) -> Veto:
    what = "names" if token.text[0].isupper() and token is not pairing.said[0] else "says"
    return Veto(f"{what} “{token.text}”, which the cited words do not", is_contradiction=False)


def _find_disorder(pairing: _Pairing, ordered_from: int) -> list[Veto]:
    """Find words that stand in another order than in the source, unless grammar moved them."""
    order = [
        at
        for at, token in enumerate(pairing.said)
        if pairing.places[at] >= 0
        and token.start >= ordered_from
        and (token.is_content or token.lower == "example" or pairing.weighs(token))
    ]
    places = [pairing.places[at] for at in order]
    if places == sorted(places):
        return []
    runs = _ranked_runs(places)
    if _is_list(pairing, places) or _is_moved(pairing, order, runs) or _is_regrouped(pairing, order, runs):
        return []
    at = next(at for (at, place), (_, later) in pairwise(zip(order, places, strict=True)) if later < place)
    return [Veto(f"puts “{pairing.said[at].text}” in another place than the source", is_contradiction=False)]


def _ranked_runs(places: Sequence[int]) -> list[list[int]]:
    """Give the indexes of the places in runs that follow each other in the source too."""
    rank = {place: at for at, place in enumerate(sorted(places))}
    runs = [[0]]
    for at in range(1, len(places)):
        if rank[places[at]] == rank[places[at - 1]] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_list(pairing: _Pairing, places: Sequence[int]) -> bool:
    """Whether only members of one list changed places."""
    ordered = sorted(places)
    off = [at for at, (one, other) in enumerate(zip(places, ordered, strict=True)) if one != other]
    first, last = ordered[off[0]], ordered[off[-1]]
    between = [pairing.cited[at] for at in range(first, last + 1) if at not in set(ordered)]
    if any(token.is_word and token.lower not in _LISTING for token in between):
        return False
    if any(token.lower == "respectively" for token in pairing.cited):
        return False
    together = set(pairwise(places))
    gaps = [
        pairing.cited[one + 1 : other]
        for one, other in pairwise(ordered[off[0] : off[-1] + 1])
        if (one, other) not in together
    ]
    return all(any(token.text == "," or token.lower in {"and", "or", "&"} for token in gap) for gap in gaps)


def _is_moved(pairing: _Pairing, order: Sequence[int], runs: Sequence[Sequence[int]]) -> bool:
    """Whether one phrase that may stand anywhere, such as "in 1898", was moved as a whole."""
    places = [pairing.places[at] for at in order]
    for run in runs:
        rest = [place for at, place in enumerate(places) if at not in run]
        if rest != sorted(rest) or not rest:
            continue
        here = _opening(pairing.said, order[run[0]])
        there = _opening(pairing.cited, places[run[0]])
        if here == there and here in _MOVED_BY:
            return True
    return False


def _opening(found: Sequence[Token], at: int) -> str:
    """Give the word that opens the phrase of a word: before its articles, or the word itself."""
    if found[at].lower in _MOVED_BY:
        return found[at].lower
    at -= 1
    while at >= 0 and found[at].lower not in _MOVED_BY and (found[at].lower in _ARTICLES or not found[at].is_content):
        at -= 1
    return found[at].lower if at >= 0 else ""


def _is_regrouped(pairing: _Pairing, order: Sequence[int], runs: Sequence[Sequence[int]]) -> bool:
    """Whether the order follows from a passive, a genitive or the other way round of naming something."""
    said, cited = Counter(t.lower for t in pairing.said), Counter(t.lower for t in pairing.cited)
    if (said["by"] > 0) != (cited["by"] > 0) and len(runs) >= 2:
        return True
    if len(runs) == 2 and any((said[word] > 0) != (cited[word] > 0) for word in _NAMING):
        return True
    return _swaps_genitives(pairing, order, runs)


def _swaps_genitives(pairing: _Pairing, order: Sequence[int], runs: Sequence[Sequence[int]]) -> bool:
    """Whether neighbours changed places because one side says "of" between them, and the other does not."""
    places = [pairing.places[at] for at in order]
    at = 0
    while at + 1 < len(runs):
        one, other = runs[at], runs[at + 1]
        if places[one[0]] > places[other[0]]:
            here = pairing.said[order[one[-1]] : order[other[0]]]
            there = pairing.cited[places[other[-1]] : places[one[0]]]
            if any(token.lower == "of" for token in here) == any(token.lower == "of" for token in there):
                return False
            places[one[0] : other[-1] + 1] = sorted(places[one[0] : other[-1] + 1])
            at += 1
        at += 1
    return places == sorted(places)
