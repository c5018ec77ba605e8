"""English words by what they do to a sentence that is shortened: which govern, limit, report or change the rest.

Plain lists to read and to add to, for `safety.losses`; what turns a sentence is in `safety.turning_words`.
"""

import re

from safety.claim_words import word_set

DETERMINERS = word_set("the a an this these those its their his her our my your both all")
JOINTS = word_set(
    """and but or so yet nor because since although though while whereas when where as which who after then also thus
    however therefore indeed moreover hence"""
)
"""What a clause may begin after."""

PREPOSITIONS = word_set(
    """of to than unlike from against without for by with in on at about into over under between among through like
    toward towards despite near beyond"""
)
OPENS_REST = PREPOSITIONS | JOINTS | word_set(
    """that whose whom before until during within across along around per if unless except only is are was were has
    have can could will would may might must do does did not onto upon via behind above below outside inside throughout
    due rather such too either together"""
)  # fmt: skip
"""Words that may follow where a shortened sentence ends: any other may belong to its last word."""

TRANSPARENT = word_set(
    """kind kinds sort sorts type types form forms group groups piece pieces pair pairs process city town river state
    month year island element set series amount"""
)
"""Heads that say hardly more than what they are said of: "a group of cells"."""

FACTIVE = word_set(
    """show shows showed shown showing find finds found discover discovers discovered know knows knew known demonstrate
    demonstrates demonstrated prove proves proved proven reveal reveals revealed learn learned learnt confirm confirms
    confirmed realize realized recognize recognized establish established notice noticed note notes noted mean means
    fact remember observe observed"""
)
"""Words after which "that" opens what holds."""

DONE = word_set(
    """begin begins began begun start starts started continue continues continued manage manages managed help helps
    helped"""
)
"""Verbs that hold only where the deed after their "to" was done, or begun."""

REPORTS = word_set(
    """say says said tell tells told hope hopes hoped fear fears feared predict predicts predicted propose proposes
    proposed suggest suggests suggested dream dreams dreamed imagine imagined myth myths legend legends fable fables
    fiction rumor rumour superstition according insist insists insisted promise promises promised threaten threatened
    warn warns warned maintain maintains maintained assert asserts asserted speculate speculated suspect suspected
    hypothesize hypothesized"""
)
CHANGING = word_set(
    """fake former false artificial counterfeit supposed alleged imaginary extinct fictional fictitious pseudo
    mock virtual hypothetical potential ex forged bogus sham mythical legendary dead toy synthetic simulated intended
    planned proposed failed attempted prospective putative purported apparent ideal"""
)
"""What makes something else of the noun behind it."""

CHANGING_BEHIND_A_HYPHEN = word_set("called be styled")
"""As in "so-called" and "would-be"."""

NOT_DONE = word_set(
    """avoid avoids avoided stop stops stopped quit consider considers considered suggest suggests suggested risk risks
    risked imagine imagined resist resists resisted delay delays delayed postpone postponed propose proposes proposed
    recommend recommends recommended discuss discussed fear feared forbid forbids forbade forbidden prevent prevents
    prevented ban bans banned"""
)
PRONOUNS = word_set("i you he she it we they this these there")
RELATIVES = word_set("that who whose whom which")
HELPERS = word_set("is are was were has have had can cannot could will would do does did may might must should")
SPHERES = word_set(
    """fiction fantasy myth myths mythology legend legends tale tales theory principle dream dreams film films movies
    story stories novel novels games cases % temperature temperatures pressure pressures conditions circumstances law
    laws dark darkness vacuum"""
)
"""What a statement may hold in, and nowhere else."""

AFTER_LIMITS = word_set("before after until under during unless without while when where once according apart within")
OPENING_FRAMES = word_set("for from with during after between within throughout among once while by on over under")
PLACING = word_set("in at on under above below during across throughout within")
PLURALS = ("s", "men", "people", "children")
MILD_OPENERS = word_set(
    """here because although though since whereas despite unlike like besides likewise instead nevertheless
    nonetheless additionally similarly consequently accordingly importantly interestingly surprisingly unfortunately
    clearly obviously naturally firstly secondly thirdly lastly subsequently eventually ultimately specifically
    notably"""
)
_MILD_PHRASES = """in addition/in fact/in other words/in contrast/in turn/in short/in particular/in summary
    in conclusion/in this way/in comparison/for example/for instance/for this reason/as a result/as a consequence
    as well/as such/as noted/as discussed/as described/as mentioned/as shown/as seen/as explained
    as you/as you've/as we/as we've
    that is/without exception/of course/on the other hand/after all/at the same time/by contrast/in which/in whom
    at which/on which/under which/after which/by which/with which"""
MILD = tuple(tuple(phrase.split()) for phrase in re.split(r"/|\n\s*", _MILD_PHRASES))
"""Openings after which the rest of a sentence holds by itself."""

NO_REPORT = RELATIVES | JOINTS | frozenset({"how", "what", "why"})
MAY = word_set("may might could perhaps possibly probably maybe whether")
