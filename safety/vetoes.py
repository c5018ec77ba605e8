"""What overrules any likeness between a claim and its source.

Other numbers, units, dates, names, negations, quantities or comparisons. Each finding is a reason in words; that
nothing is found proves nothing.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from safety.claim_words import NUMBERS, Token, tokens, word_set
from safety.cuts import QUANTITIES, is_negation, is_turned

_OPPOSITES = """more:less more:fewer most:least higher:lower highest:lowest greater:smaller greater:less larger:smaller
largest:smallest greatest:smallest bigger:smaller longer:shorter longest:shortest faster:slower fastest:slowest
stronger:weaker strongest:weakest better:worse best:worst older:younger earlier:later before:after above:below
over:under increase:decrease increases:decreases increased:decreased increasing:decreasing rise:fall rises:falls
rising:falling rose:fell raises:lowers raise:lower grow:shrink grows:shrinks gain:lose gains:loses gained:lost
maximum:minimum positive:negative inside:outside internal:external inner:outer upper:lower first:last true:false
same:different similar:different possible:impossible likely:unlikely able:unable presence:absence present:absent
begin:end begins:ends start:end starts:ends open:closed hot:cold warm:cold strong:weak high:low large:small big:small
long:short fast:slow early:late left:right north:south east:west northern:southern eastern:western attract:repel
attracts:repels accept:reject accepts:rejects allow:prevent allows:prevents cause:prevent causes:prevents
conscious:unconscious voluntary:involuntary
direct:indirect dependent:independent normal:abnormal rational:irrational
reversible:irreversible aerobic:anaerobic living:nonliving male:female men:women boys:girls toward:away
hydrophilic:hydrophobic expand:contract expands:contracts accelerate:decelerate absorb:emit absorbs:emits
gaining:losing support:oppose supports:opposes supported:opposed agree:disagree include:exclude
includes:excludes win:lose won:lost"""

_UNIT = re.compile(
    r"%|percent|percentage|[kcmµμn]?m|km|mm|cm|nm|kg|g|mg|s|ms|h|hz|khz|mhz|ghz|j|kj|n|w|kw|mw|v|a|k|pa|kpa|mol|l|ml|c|f"
    r"|(?:kilo|centi|milli|micro|nano|mega|giga)?(?:met(?:er|re)|gram|lit(?:er|re)|watt|joule|hertz|volt|byte|pascal)s?"
    r"|miles?|feet|foot|inch(?:es)?|pounds?|ounces?|tons?|tonnes?|acres?|gallons?|seconds?|minutes?|hours?|days?|weeks?"
    r"|months?|years?|decades?|centur(?:y|ies)|newtons?|amperes?|kelvins?|degrees?|dollars?|euros?|cents?|celsius"
    r"|fahrenheit|moles?|people|times|light-years?|calories|atoms?|billion|million|thousand|trillion|hundred",
    re.IGNORECASE,
)
_MONTHS = word_set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday"
)

_STRONG = frozenset({"all", "none", "most", "few", "only", "both"})

_PAIRS = [tuple(pair.split(":")) for pair in _OPPOSITES.split()]

_OPPOSITE_OF = {
    word: frozenset(
        [right for left, right in _PAIRS if left == word] + [left for left, right in _PAIRS if right == word]
    )
    for word in {word for pair in _PAIRS for word in pair}
}

_NEAR = 0.7
"""Share of the claim's words that must stand in the source, in order, for the differences to be read one by one."""


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason, in words, and whether the source says otherwise or merely does not say it."""

    reason: str
    is_contradiction: bool


def find_vetoes(claim: str, source: str, *, before: str = "") -> list[Veto]:
    """Compare a claim with the words it cites. `before` may also name whom the cited words speak of."""
    said, cited = tokens(claim), tokens(source)
    known = {token.stem for token in (*cited, *tokens(before))}
    found = [
        *_numbers(said, cited),
        *_names(said, known),
        *_quantities(said, cited),
        *_opposites(said, cited),
        *_negations(said, cited),
    ]
    return found or _changes(said, cited, known)


def _numbers(said: Sequence[Token], cited: Sequence[Token]) -> list[Veto]:
    values = {token.stem for token in cited}
    missing = [token.text for token in said if _is_number(token) and token.stem not in values]
    if missing:
        return [Veto(f"says {missing[0]}, which the source does not", is_contradiction=bool(_values(cited)))]
    units = _units(cited)
    for number, unit in _units(said).items():
        if number in units and not unit & units[number]:
            return [Veto(f"gives {number} another unit than the source", is_contradiction=True)]
    return []


def _values(found: Sequence[Token]) -> list[str]:
    return [token.stem for token in found if _is_number(token)]


def _is_number(token: Token) -> bool:
    low = token.lower
    return low[0].isdigit() or (low in NUMBERS and low not in {"one", "first", "second"})


def _units(found: Sequence[Token]) -> dict[str, set[str]]:
    units: dict[str, set[str]] = {}
    for number, unit in pairwise(found):
        if _is_number(number) and _UNIT.fullmatch(unit.text):
            units.setdefault(number.stem, set()).add("%" if unit.stem.startswith("percent") else unit.stem)
    return units


def _names(said: Sequence[Token], known: AbstractSet[str]) -> list[Veto]:
    for before, token in pairwise((None, *said)):
        assert token is not None
        begins = before is None or before.text in {".", "!", "?", ":", "“", '"', "(", "…"}
        if token.text[0].isupper() and not begins and token.is_content and token.stem not in known:
            return [Veto(f"names {token.text}, which the source does not", is_contradiction=False)]
    return []


def _quantities(said: Sequence[Token], cited: Sequence[Token]) -> list[Veto]:
    kinds = {QUANTITIES.get(token.lower) for token in cited}
    for token in said:
        kind = QUANTITIES.get(token.lower)
        if kind in _STRONG and kind not in kinds:
            return [Veto(f"says “{token.text}”, which the source does not", is_contradiction=bool(kinds - {None}))]
    return []


def _opposites(said: Sequence[Token], cited: Sequence[Token]) -> list[Veto]:
    words = {token.lower for token in cited}
    for token in said:
        low = token.lower
        other = _OPPOSITE_OF.get(low, frozenset()) & words
        if low not in words and other:
            return [Veto(f"says “{token.text}” where the source says “{min(other)}”", is_contradiction=True)]
    return []


def _negations(said: Sequence[Token], cited: Sequence[Token]) -> list[Veto]:
    denied, denied_there = _denied(said), _denied(cited)
    plain, plain_there = _plain(said, denied), _plain(cited, denied_there)
    if word := next((word for word in denied if word in plain_there and word not in denied_there), ""):
        return [Veto(f"denies what the source says ({word})", is_contradiction=True)]
    if word := next((word for word in denied_there if word in plain and word not in denied), ""):
        return [Veto(f"says what the source denies ({word})", is_contradiction=True)]
    return []


def _denied(found: Sequence[Token]) -> list[str]:
    """List the stems of the next word of content after each negation."""
    words = [token for token in found if token.is_word]
    denied = []
    for at, token in enumerate(words):
        if is_negation(token):
            denied += [next((later.stem for later in words[at + 1 : at + 5] if later.is_content), "")]
    return [word for word in denied if word]


def _plain(found: Sequence[Token], denied: Sequence[str]) -> set[str]:
    return {token.stem for token in found if token.is_content} - set(denied)


def _changes(said: Sequence[Token], cited: Sequence[Token], known: AbstractSet[str]) -> list[Veto]:
    """Read the differences of a claim that is nearly the source's own words."""
    mine, theirs = [t for t in said if t.is_word], [t for t in cited if t.is_word]
    matcher = SequenceMatcher(None, [_same(t) for t in mine], [_same(t) for t in theirs], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < max(_NEAR * len(mine), 1):
        return []
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    if is_turned(cited, cited.index(theirs[first]), cited.index(theirs[last - 1]) + 1):
        return [Veto("leaves out words beside it that change what the source says", is_contradiction=False)]
    for kind, i, j, k, m in matcher.get_opcodes():
        left_out = theirs[k:m] if kind == "replace" else theirs[max(k, first) : min(m, last)]
        veto = None if kind == "equal" else _weighty(mine[i:j], left_out, known=known)
        if veto:
            return [veto]
    return []


def _same(token: Token) -> str:
    """Give what two spellings of one value or unit have in common, else the word itself."""
    if token.text == "%":
        return "percent"
    return token.stem if _is_number(token) else token.lower


def _weighty(added: Sequence[Token], left_out: Sequence[Token], *, known: AbstractSet[str]) -> Veto | None:
    for token in (*added, *left_out):
        if is_negation(token) or token.lower in QUANTITIES:
            return Veto(f"differs from the source in “{token.text}”", is_contradiction=True)
    for token in added:
        low = token.lower
        if low in _MONTHS or _is_number(token) or _UNIT.fullmatch(low) or low in _OPPOSITE_OF:
            return Veto(f"differs from the source in “{token.text}”", is_contradiction=True)
        is_name = token.text[0].isupper() and token.is_content and token.stem not in known
        if is_name and any(t.text[0].isupper() for t in left_out):
            return Veto(f"names {token.text}, which the source does not", is_contradiction=True)
    return None
