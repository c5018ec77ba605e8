"""The forms of English verbs, made from the base form: which words can be its past, its participle or its present."""

from collections.abc import Mapping
from types import MappingProxyType

_IRREGULAR_WORDS = """
    arise/arose/arisen bear/bore/borne,born beat/beat/beaten become/became/become begin/began/begun bend/bent/bent
    bind/bound/bound bite/bit/bitten bleed/bled/bled blow/blew/blown break/broke/broken breed/bred/bred
    bring/brought/brought build/built/built burn/burnt,burned/burnt,burned buy/bought/bought cast/cast/cast
    catch/caught/caught choose/chose/chosen cut/cut/cut deal/dealt/dealt dig/dug/dug draw/drew/drawn
    drink/drank/drunk drive/drove/driven eat/ate/eaten feed/fed/fed feel/felt/felt fight/fought/fought
    find/found/found fling/flung/flung forbid/forbade/forbidden forget/forgot/forgotten freeze/froze/frozen
    get/got/got,gotten give/gave/given grind/ground/ground grow/grew/grown hang/hung/hung hear/heard/heard
    hide/hid/hidden hit/hit/hit hold/held/held hurt/hurt/hurt keep/kept/kept know/knew/known lay/laid/laid
    lead/led/led leave/left/left lend/lent/lent let/let/let light/lit,lighted/lit,lighted lose/lost/lost
    make/made/made mean/meant/meant meet/met/met mislead/misled/misled outgrow/outgrew/outgrown
    overcome/overcame/overcome overtake/overtook/overtaken overthrow/overthrew/overthrown pay/paid/paid put/put/put
    read/read/read rebuild/rebuilt/rebuilt ride/rode/ridden ring/rang/rung rise/rose/risen run/ran/run say/said/said
    see/saw/seen seek/sought/sought sell/sold/sold send/sent/sent set/set/set shake/shook/shaken shed/shed/shed
    shoot/shot/shot show/showed/shown,showed shrink/shrank/shrunk shut/shut/shut sing/sang/sung sink/sank/sunk
    speak/spoke/spoken spend/spent/spent spin/spun/spun split/split/split spread/spread/spread steal/stole/stolen
    stick/stuck/stuck sting/stung/stung strike/struck/struck,stricken swallow/swallowed/swallowed sweep/swept/swept
    swing/swung/swung take/took/taken teach/taught/taught tear/tore/torn tell/told/told think/thought/thought
    throw/threw/thrown understand/understood/understood undo/undid/undone uphold/upheld/upheld wake/woke/woken
    wear/wore/worn weave/wove/woven win/won/won wind/wound/wound withdraw/withdrew/withdrawn withhold/withheld/withheld
    wring/wrung/wrung write/wrote/written
"""


def _read(table: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    rows = (row.split("/") for row in table.split())
    return {base: (frozenset(past.split(",")), frozenset(done.split(","))) for base, past, done in rows}


_IRREGULAR: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(_read(_IRREGULAR_WORDS))
_DONE = frozenset(word for _, done in _IRREGULAR.values() for word in done)
_NO_VERBS_WORDS = "bed hatred hundred infrared kindred naked red sacred shed sled wicked"
_NO_VERBS = frozenset(_NO_VERBS_WORDS.split())
_BASES = {word: base for base, forms in _IRREGULAR.items() for words in forms for word in words}
_SHORTEST = 4
"""Letters of "tied", of which it is unknown whether it is from "ty" or from "tie"."""

_VOWELS = frozenset("aeiou")


def base_of(word: str) -> str:
    """Give the base form of an irregular past or participle, and of "carried"; other words come back as they are."""
    if word.endswith("ied") and len(word) > _SHORTEST:
        return f"{word[:-3]}y"
    return _BASES.get(word, word)


def participles(base: str) -> frozenset[str]:
    """Give what follows "is" where something is done: of grind ground, of carry carried."""
    return _IRREGULAR[base][1] if base in _IRREGULAR else _regular(base)


def finite_forms(base: str) -> frozenset[str]:
    """Give what can follow a subject that does it: grind, grinds, ground."""
    past = _IRREGULAR[base][0] if base in _IRREGULAR else _regular(base)
    return past | {base, _third(base)}


def is_participle(word: str) -> bool:
    """Whether a word looks like what is done to something."""
    word = word.lower()
    return word in _DONE or (word.endswith("ed") and not word.endswith("eed") and word not in _NO_VERBS)


def _regular(base: str) -> frozenset[str]:
    """Give the regular past: "stopped" and "opened" differ in stress, so both ways of writing it count."""
    if base.endswith("e"):
        return frozenset({f"{base}d"})
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return frozenset({f"{base[:-1]}ied"})
    return frozenset({f"{base}ed", f"{base}{base[-1:]}ed"})


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{base}es"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ies"
    return f"{base}s"
