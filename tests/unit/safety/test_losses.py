"""A shortened sentence keeps who does it, to what it applies, and where, when or in whose view it holds."""

import pytest

from safety.cuts import is_cut
from safety.vetoes import find_vetoes

LOSSES = {
    "forbidden": ("The rule forbids guests to feed the ducks.", "Guests feed the ducks."),
    "forbidden from": ("Guests are forbidden from feeding the ducks.", "Guests feed the ducks."),
    "avoided": ("The cook avoided burning the soup.", "The cook burned the soup."),
    "tried": ("Amundsen tried to reach the pole in June.", "Amundsen reached the pole in June."),
    "asked": ("The coach asked her team to leave the field.", "Her team leave the field."),
    "let go of": ("The coach wanted her team to leave the field.", "Her team left the field."),
    "refused": ("The mayor refused to close the bridge.", "The mayor closed the bridge."),
    "said": ("Ptolemy said that the sun goes round the earth.", "The sun goes round the earth."),
    "said without that": ("Ptolemy hoped the stars would stop.", "The stars would stop."),
    "said in a comma": ("The sun goes round the earth, Ptolemy said.", "The sun goes round the earth."),
    "said before a comma": ("As the legend tells, wolves raised the twins.", "Wolves raised the twins."),
    "head": ("The lack of salt spoils the bread.", "Salt spoils the bread."),
    "head of a person": ("The rivals of Edison said that lamps were bad.", "Edison said that lamps were bad."),
    "head of a pair": ("The rivals of Bell and Edison built weak lamps.", "Edison built weak lamps."),
    "head of the queen": ("The brother of the queen lost the crown.", "The queen lost the crown."),
    "owner": ("The queen's brother lost the crown.", "The queen lost the crown."),
    "head behind an article": ("The shadow of the tower covers the square.", "The tower covers the square."),
    "clause": ("Mushrooms that glow are called lamps.", "Mushrooms are called lamps."),
    "phrase": ("Houses near rivers flood in spring.", "Houses flood in spring."),
    "phrase before a copula": ("The old houses near rivers are built on poles.", "The old houses are built on poles."),
    "adjective": ("Toy trains run on batteries.", "Trains run on batteries."),
    "adjective behind an article": ("The former captain commands the ship.", "The captain commands the ship."),
    "adjective of the object": ("The museum bought a forged map last year.", "The museum bought a map last year."),
    "aside": ("Bats, unlike owls, are mammals.", "Owls are mammals."),
    "aside in front": ("Unlike bats, owls lay eggs.", "Bats lay eggs."),
    "exception": ("Apart from ostriches, birds fly well.", "Birds fly well."),
    "exception inside": ("Birds, apart from ostriches, fly well.", "Birds fly well."),
    "exception behind": ("Birds fly well, except ostriches.", "Birds fly well."),
    "sphere": ("In fairy tales, frogs become princes.", "Frogs become princes."),
    "sphere inside": ("Frogs, in fairy tales, become princes.", "Frogs become princes."),
    "sphere behind": ("Frogs become princes, according to old tales.", "Frogs become princes."),
    "sphere right behind": ("Frogs become princes in old legends.", "Frogs become princes."),
    "time": ("Before the flood, nobles owned the mill.", "Nobles owned the mill."),
    "time behind": ("Nobles owned the mill until 1790.", "Nobles owned the mill."),
    "place of all": ("Horses wear shoes in Holland.", "Horses wear shoes."),
    "time without a comma": ("At night owls hunt mice.", "Owls hunt mice."),
    "two clauses in a sphere": ("In fairy tales, frogs sing, and foxes read books.", "Foxes read books."),
    "opening of any sort": ("Heated in a forge, iron bends like wax.", "Iron bends like wax."),
    "called so": ("The so-called doctor sold water for money.", "The doctor sold water for money."),
    "was to be": ("The bridge was to be opened in May.", "The bridge was opened in May."),
    "told of": ("Sailors infected by rats died within days.", "Sailors died within days."),
    "inner adjective": ("In most towns, young bakers are paid by day.", "In most towns, bakers are paid by day."),
    "inner phrase": ("Green apples from the north are sour.", "Green apples are sour."),
    "time behind a reworded one": ("The nervous system wakes up when we are in danger.", "A nervous system wakes up."),
    "forged term": ("A phoenix is an imaginary bird in old books.", "Phoenix: bird in old books"),
    "year of a state": ("In 1899, Finland had no parliament.", "Finland had no parliament."),
    "pronoun kept": ("In most areas, this means a long training.", "This means a long training."),
    "said of the subject": ("Old maps suggest that islands once moved.", "Old maps islands once moved."),
    "condition behind a connective": ("The sails hold, however, if no storm comes.", "The sails hold."),
    "head behind a moved frame": ("In this case, the cost of sails is low.", "Sails are low in this case."),
    "which of many": ("Many ancient cities had stone walls.", "Many cities had stone walls."),
    "phrase of two words": ("Radar pictures of one storm showed hail.", "Radar pictures showed hail."),
    "as long as": ("Seeds sprout as long as the soil is wet.", "Seeds sprout."),
    "what others are": ("Wasps are insects that eat meat.", "Insects eat meat."),
    "number of cases": ("Bees sting in 3 percent of cases.", "Bees sting."),
    "last word": ("Sailors are lion tamers at heart.", "Sailors are lion."),
    "a view that": ("The wish is that ducks learn to read.", "Ducks learn to read."),
    "that alone": ("That bread is cheap, few people doubt.", "Bread is cheap."),
}  # fmt: skip

KEPT = {
    "connective": ("However, bees store honey in combs.", "Bees store honey in combs."),
    "adverb": ("Additionally, bees store honey in combs.", "Bees store honey in combs."),
    "as noted": ("As noted earlier, bees store honey in combs.", "Bees store honey in combs."),
    "apposition": ("Honey, a kind of syrup, is stored in combs.", "Honey is stored in combs."),
    "remark": ("Honey, which bears love, is stored in combs, making bees rich.", "Honey is stored in combs."),
    "second clause": ("Bees store honey, and bears eat honey in spring.", "Bears eat honey in spring."),
    "first clause": ("Bees store honey, and bears eat honey in spring.", "Bees store honey."),
    "contrast": ("While bees store honey, bears eat berries, whereas wolves eat deer.", "Wolves eat deer."),
    "reason": ("Bees store honey in combs because winters are long.", "Bees store honey in combs."),
    "reason kept": ("Because winters are long, bees store honey.", "Winters are long."),
    "found out": ("Studies show that bees see blue light.", "Bees see blue light."),
    "aside that limits nothing": ("Bats, unlike owls, are mammals.", "Bats are mammals."),
    "empty head": ("The process of fermentation turns sugar into wine.", "Fermentation turns sugar into wine."),
    "year of a deed": ("In 1898, Marie Curie found radium.", "Marie Curie found radium."),
    "king and queen": ("They sold bread out of tin and the queen bought some.", "The queen bought some."),
    "we": ("They measured the price of bread and we paid for the butter.", "We paid for the butter."),
    "before a comma": ("They sold bread of rye, and bakers bought flour.", "Bakers bought flour."),
    "name": ("Ada Byron wrote the first program.", "Byron wrote the first program."),
    "frame kept": ("In winter bees eat honey, which is sweet.", "In winter bees eat honey."),
    "end of no weight": ("The bee stores honey in a comb of wax.", "The bee stores honey."),
    "quotation": ("“Bees store honey in combs” was the heading.", "“Bees store honey in combs”"),
    "coupled": ("And bees store honey in combs.", "Bees store honey in combs."),
    "list": ("Bears, wolves and foxes eat meat.", "Foxes eat meat."),
}

REWORDED = {
    "moved frame": ("During winter, the bees eat honey.", "The bees eat honey during winter."),
    "passive": ("Radium was found by Marie Curie in 1898.", "Marie Curie found radium in 1898."),
    "remark": ("The bear looks for honey, which is stored in combs.", "Honey is stored in combs."),
    "coupled verbs": ("Combs are made of wax and are filled with honey.", "Combs are filled with honey."),
    "named for it": ("Honey keeps for years. In cold rooms it turns hard.", "In cold rooms honey turns hard."),
    "pointed at": ("Wax is a stuff that bees make from honey.", "This stuff bees make from honey."),
    "way between": ("Water moves through the soil into the roots.", "Water moves into the roots."),
    "said of what it is": ("Wax is the pale stuff that holds honey.", "Wax, the pale stuff, holds honey."),
    "in order to": ("In order to see the sails, they climb hills.", "To see the sails, they climb hills."),
    "in order to inside": ("The crew, in order to rest, drops the sails.", "The crew, to rest, drops the sails."),
    "adverb": ("The river slowly fills the lake with mud.", "The river fills the lake with mud."),
    "done": ("The bees began to fill the combs with honey.", "The bees fill the combs with honey."),
    "empty head inside": ("The bees fill a kind of box with honey.", "The bees fill a box with honey."),
    "genitive": ("The cells of the comb are six-sided.", "The comb's cells are six-sided."),
}


@pytest.mark.parametrize(("source", "claim"), LOSSES.values(), ids=LOSSES)
def test_what_governs_or_limits_a_sentence_is_not_left_out(source: str, claim: str) -> None:
    """Without it the words are neither the source's own nor near enough to it, and the reason is told."""
    assert not is_cut(claim, source)
    assert find_vetoes(claim, source)


@pytest.mark.parametrize(("source", "claim"), KEPT.values(), ids=KEPT)
def test_what_is_said_by_the_way_may_go(source: str, claim: str) -> None:
    """Connectives, remarks, appositions, other clauses and what ends a sentence without weight may be left out."""
    assert is_cut(claim, source)


@pytest.mark.parametrize(("source", "claim"), REWORDED.values(), ids=REWORDED)
def test_what_stays_may_be_moved(source: str, claim: str) -> None:
    """Words that grammar moved are there, and nothing that matters is gone."""
    assert find_vetoes(claim, source) == []


ELSEWHERE = [
    ("es", "En los cuentos, las ranas cantan.", "Las ranas cantan.", False),
    ("es", "La falta de sal estropea el pan.", "Sal estropea el pan.", False),
    ("es", "Las aves, aparte de los avestruces, vuelan.", "Las aves vuelan.", False),
    ("es", "Las aves, animales con plumas, vuelan, y los peces nadan.", "Las aves vuelan.", True),
    ("fr", "Avant la guerre, les nobles votaient.", "Les nobles votaient.", False),
    ("de", "Die Bienen sammeln Honig, außer im Winter.", "Die Bienen sammeln Honig.", False),
    ("de", "Die Bienen sammeln Honig im Sommer.", "Die Bienen sammeln Honig.", False),
    ("zh", "在童话里，青蛙唱歌。", "青蛙唱歌。", False),
    ("zh", "青蛙是动物，鸟也是动物。", "青蛙是动物。", True),
]


@pytest.mark.parametrize(
    ("language", "source", "claim", "is_kept"), ELSEWHERE, ids=[f"{one[0]}-{at}" for at, one in enumerate(ELSEWHERE)]
)
def test_other_languages_are_cut_at_signs_alone(language: str, source: str, claim: str, *, is_kept: bool) -> None:
    """Where no grammar is written down, a cut begins and ends at signs and leaves out nothing that opens a limit."""
    assert is_cut(claim, source, language=language) is is_kept
