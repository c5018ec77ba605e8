"""The forms of English verbs: what a word may be a form of, by its ending and by a list of the common odd ones."""

import re

from domain.words import lemma

_ODD = """be am is are was were been being; begin began begun; bend bent; bind bound; blow blew blown; break broke
    broken; bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; come came; draw drew
    drawn; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found;
    flow flown; fly flew; freeze froze frozen; get got gotten; give gave given; go goes went gone; grow grew grown; hold
    held; keep kept; know knew known; lead led; leave left; lend lent; lose lost; make made; mean meant; meet met;
    pay paid; rise rose risen; run ran; say said; see saw seen; sell sold; send sent; shrink shrank shrunk; sink sank
    sunk; speak spoke spoken; spend spent; spin spun; stand stood; steal stole stolen; take took taken; teach taught;
    tell told; think thought; throw threw thrown; wear wore worn; win won; write wrote written"""
_BASES = {form: verb.split()[0] for verb in _ODD.split(";") for form in verb.split()[1:]}
_ENDING = re.compile(r"(?P<base>[a-z]+?(?P<last>[a-z]))(?:ing|(?<!e)ed)")
_SHORTEST = 2


def base_forms(word: str) -> frozenset[str]:
    """Give what a folded word may be a form of, itself among them; a guess by its ending need not be a word."""
    one = lemma(word)
    found = {one, _BASES.get(word, one)}
    ending = _ENDING.fullmatch(word)
    if ending and len(ending["base"]) >= _SHORTEST:
        base, last = ending["base"], ending["last"]
        found |= {base, f"{base}e"}
        if base.endswith(last * 2):
            found.add(base[:-1])
        if last == "i":
            found.add(f"{base[:-1]}y")
    return frozenset(found)
