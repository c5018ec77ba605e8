"""English words that say the opposite of each other, and everyday words that say the same.

Written down for Margent. Pairs hold in both directions; a prefix or an ending that denies makes a pair too. Words of
one line of `_SAME` may stand for each other in a sentence that is otherwise the source's.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from safety.claim_words import word_set

_PAIRS = """
    more:less more:fewer most:least higher:lower highest:lowest greater:smaller greater:less larger:smaller
    largest:smallest greatest:smallest greatest:least bigger:smaller biggest:smallest longer:shorter
    longest:shortest faster:slower fastest:slowest stronger:weaker strongest:weakest better:worse best:worst
    older:younger oldest:youngest earlier:later before:after above:below over:under increase:decrease rise:fall
    rising:falling rose:fell raise:lower grow:shrink gain:lose gained:lost maximum:minimum maximal:minimal
    positive:negative inside:outside internal:external interior:exterior inner:outer inward:outward upper:lower
    first:last true:false same:different same:opposite similar:different alike:different presence:absence
    present:absent begin:end start:end start:stop begin:stop open:closed open:shut hot:cold warm:cold warm:cool
    hotter:colder hotter:cooler warmer:cooler warmer:colder strong:weak high:low large:small big:small
    big:little long:short fast:slow quick:slow early:late left:right north:south east:west northern:southern
    eastern:western attract:repel accept:reject allow:prevent cause:prevent permit:forbid voluntary:involuntary
    rational:irrational reversible:irreversible aerobic:anaerobic male:female men:women man:woman boys:girls
    boy:girl toward:away toward:from towards:from to:from into:from hydrophilic:hydrophobic expand:contract
    accelerate:decelerate absorb:emit absorb:reflect support:oppose agree:disagree include:exclude win:lose
    won:lost near:far nearer:farther closer:farther closest:farthest close:far bright:dark bright:dim
    brighter:dimmer brighter:fainter bright:faint light:dark light:heavy lighter:heavier lightest:heaviest
    thick:thin thicker:thinner wide:narrow wider:narrower broad:narrow deep:shallow deeper:shallower hard:soft
    harder:softer hard:easy harder:easier difficult:easy simple:complex simple:complicated rich:poor
    richer:poorer new:old newer:older young:old ancient:modern good:bad good:evil useful:useless
    harmful:harmless rough:smooth wet:dry wetter:drier full:empty public:private common:rare natural:artificial
    horizontal:vertical parallel:perpendicular qualitative:quantitative static:dynamic kinetic:potential
    constant:variable constant:changing constant:varying fixed:variable add:subtract multiply:divide
    approach:leave arrive:leave within:beyond superior:inferior maternal:paternal mother:father
    dominant:recessive temporary:permanent major:minor visible:invisible discrete:continuous finite:infinite
    genetic:environmental nature:nurture innate:learned inherited:acquired success:failure succeed:fail
    pass:fail dense:sparse active:passive direct:inverse directly:inversely directly:indirectly
    proportional:inversely even:odd top:bottom front:back forward:backward forwards:backwards ahead:behind
    up:down upward:downward upwards:downwards upstream:downstream on:off in:out day:night summer:winter
    spring:autumn spring:fall dawn:dusk sunrise:sunset morning:evening birth:death born:died alive:dead
    living:dead live:die create:destroy created:destroyed build:destroy buy:sell bought:sold borrow:lend
    give:take gave:took given:taken send:receive teach:learn ask:answer love:hate friend:enemy war:peace
    happy:sad safe:dangerous clean:dirty wanted:unwanted known:unknown heat:cool heating:cooling freeze:melt
    freezing:melting freezing:boiling evaporate:condense evaporation:condensation solid:liquid liquid:gas
    solid:gas acid:base acidic:basic acid:alkaline oxidation:reduction oxidize:reduce cation:anion
    proton:electron cathode:anode concave:convex converge:diverge converging:diverging real:virtual
    real:imaginary real:ideal elastic:inelastic series:parallel conductor:insulator transparent:opaque
    constructive:destructive compress:stretch compression:tension push:pull heavy:light tight:loose tall:short
    taller:shorter sharp:blunt loud:quiet import:export supply:demand profit:loss asset:liability credit:debit
    surplus:deficit boom:recession inflation:deflation employer:employee landlord:tenant majority:minority
    global:local national:local urban:rural formal:informal liberal:conservative victory:defeat attack:defend
    attack:defense friend:foe offensive:defensive guilty:innocent legal:illegal literal:figurative
    theory:practice theoretical:practical abstract:concrete objective:subjective specific:general
    general:particular primary:secondary long-term:short-term sympathetic:parasympathetic excite:inhibit
    excitatory:inhibitory excitation:inhibition stimulate:inhibit activate:inhibit promote:inhibit
    enhance:reduce increase:reduce increase:lower strengthen:weaken improve:worsen improve:impair
    accelerate:slow encourage:discourage reward:punish reward:punishment reinforcement:punishment
    reinforce:punish approve:disapprove optimistic:pessimistic introvert:extravert introvert:extrovert
    introverted:extraverted manic:depressed afferent:efferent sensory:motor anterior:posterior dorsal:ventral
    proximal:distal medial:lateral artery:vein systolic:diastolic inhale:exhale predator:prey host:parasite
    producer:consumer sexual:asexual haploid:diploid mitosis:meiosis prokaryotic:eukaryotic
    homozygous:heterozygous vertebrate:invertebrate monocot:dicot nocturnal:diurnal null:alternative
    independent:dependent mean:median population:sample skewed:symmetric accept:refuse admit:deny confirm:refute
    prove:disprove reveal:hide revealed:hidden show:hide appear:vanish appear:disappear remember:forget
    conscious:unconscious awake:asleep ability:inability order:disorder advantage:disadvantage strength:weakness
    upside:downside question:answer problem:solution fact:fiction fact:opinion beginning:end start:finish
    entrance:exit enter:exit enter:leave past:future previous:next previous:following former:latter
    together:apart together:separately join:separate combine:separate connect:disconnect attach:detach
    lock:unlock load:unload fill:empty rising:setting waxing:waning inferior:superior blueshift:redshift
    with:without plus:minus exothermic:endothermic spontaneous:nonspontaneous soluble:insoluble
    saturated:unsaturated linear:nonlinear conservative:nonconservative clockwise:counterclockwise
    radial:tangential transverse:longitudinal must:may required:optional necessary:optional essential:optional
    simultaneously:separately immediately:eventually suddenly:gradually sudden:gradual slowly:quickly
    slowly:rapidly rapid:slow rapidly:gradually least:most fewer:more fewest:most
    """

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti", "ab")
_MAKES_PAIRS = 4
"""Letters that a word must have beside its prefix."""

_SMALL = word_set("to from in out on off up down into with without over under day night light must may toward")
"""Words of the pairs that stand in many sentences without saying the opposite of anything."""

_SAME = """large big great huge
    small little tiny
    begin start begins starts began started begun beginning starting
    end finish ends finishes ended finished
    happen occur happens occurs happened occurred
    use utilize employ uses used using utilizes utilized employs
    need require needs requires needed required
    get obtain gets obtains obtained got receive receives
    show demonstrate indicate reveal shows demonstrates indicates reveals shown showed
    help assist aid helps assists aids
    buy purchase buys purchases bought purchased
    about approximately around roughly
    person human individual
    people humans individuals persons
    like such including
    because since
    also too additionally
    many numerous
    fast quick rapid quickly rapidly
    hard difficult
    easy simple
    important significant essential key
    whole entire complete
    part portion component piece
    kind type sort form
    make produce create form makes produces creates forms made produced created formed
    give provide supply gives provides given provided
    change alter modify changes alters changed altered
    keep maintain retain keeps maintains kept maintained
    think believe consider
    say state says states said stated
    call name term called named termed known
    define describe explain defined described explained defines describes explains
    mean refer denote signify means refers
    study examine investigate studies examines studied examined
    idea concept notion ideas concepts
    way method manner ways methods
    place location site places locations
    enough sufficient
    try attempt tries attempts tried attempted
    build construct builds constructs built constructed
    allow enable let allows enables lets permit permits
    cause lead bring causes leads caused led
    contain hold include contains holds includes
    consist comprise consists comprises
    main primary principal chief
    sometimes occasionally
    often frequently
    usually normally generally typically
    always constantly
    rarely seldom
    only solely
    each every
    almost nearly
    child kid children kids
    doctor physician doctors physicians
    car automobile cars automobiles
    choose select pick chooses selects chosen selected
    find discover finds discovers found discovered
    live reside lives resides
    see observe sees observes seen observed
    stay remain stays remains stayed remained
    become turn becomes
    carry transport carries transports
    different distinct various
    shape form shapes
    amount quantity amounts quantities
    result outcome results outcomes
    goal aim purpose
    problem difficulty
    answer response
    move travel moves travels
    break split divide breaks splits
    next following
    before prior
    after following
    whether if
    while whereas
    although though
    through via
    must should"""


def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in _PAIRS.split():
        one, other = pair.split(":")
        found[one].add(other)
        found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


def _same() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _SAME.splitlines():
        for word in line.split():
            found[word].update(line.split())
    return {word: frozenset(others) for word, others in found.items()}


_TURNED_PREFIXES = [
    tuple(pair.split(":"))
    for pair in word_set(
        "hyper:hypo intra:inter endo:exo pre:post under:over macro:micro mono:poly homo:hetero in:ex im:ex in:de "
        "up:down super:sub pro:anti a:de con:di ac:de em:im"
    )
]
"""Prefixes of which one in the other's place makes the opposite."""

_OPPOSITE = _opposites()
_ALIKE = _same()
_FORM = re.compile(r"(?:s|es|ed|d|ing|ly)$")


def find_opposite(word: str, words: AbstractSet[str], *, is_same_place: bool = False) -> str:
    """Give one of `words` (in lower case) that says the opposite of a word in lower case, or nothing.

    Small words such as "to" and "from" are opposites only where one stands in the other's place.
    """
    if not is_same_place:
        words = words - _SMALL
        if word in _SMALL:
            return ""
    for mine in _forms(word):
        for other in words:
            if any(theirs in _OPPOSITE.get(mine, ()) for theirs in _forms(other)):
                return other
    return next((other for other in words if _denies(word, other)), "")


def means_the_same(word: str, words: AbstractSet[str]) -> bool:
    """Whether one of `words` is an everyday equal of a word; all in lower case."""
    return bool(_ALIKE.get(word, frozenset()) & words)


def _forms(word: str) -> set[str]:
    """Give the forms that a word may be listed under: itself, without its ending, with a silent e."""
    bare = _FORM.sub("", word)
    doubled = bare[:-1] if len(bare) > 3 and bare[-1:] == bare[-2:-1] else bare
    return {word, word.removesuffix("s"), bare, bare + "e", doubled, bare[:-1] + "y" if word.endswith("ies") else word}


def _denies(one: str, other: str) -> bool:
    """Whether two words differ by a prefix that turns them, or by -ful and -less."""
    short, long = sorted((one, other), key=len)
    if any(long == prefix + short and len(short) >= _MAKES_PAIRS for prefix in _PREFIXES):
        return True
    if one.endswith("less") != other.endswith("less"):
        bare = {re.sub(r"(?:less|ful|ed|s)$", "", word) for word in (one, other)}
        return len(bare) == 1 and len(min(bare)) >= _MAKES_PAIRS - 1
    return any(
        one.startswith(left) and other.startswith(right) and one[len(left) :] == other[len(right) :]
        for pair in _TURNED_PREFIXES
        for left, right in (pair, pair[::-1])
        if len(one) - len(left) >= _MAKES_PAIRS
    )
