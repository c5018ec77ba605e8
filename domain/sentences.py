"""Full stops that end no sentence: behind ordinals ("am 14. Juli") and short forms, by language."""

import re
from collections.abc import Iterator, Mapping

_ORDINAL_LANGUAGES = "bs cs da de et fi fo hr hu is lb lv nb nn no sk sl sr tr"
_ORDINALS = frozenset(_ORDINAL_LANGUAGES.split())
"""Languages that write "14." for "14th"."""

_SHORT_FORMS: Mapping[str, str] = {
    "de": "Abb Bd bzw ca d.h Dr evtl etc geb ggf Hrsg Jh Mio Mrd Nr Prof S s.o s.u sog St Str u.a usf usw v.a vgl z.B "
    "z.T",
    "fr": "av apr ca cf chap env etc fig M MM Mme p ex J.-C St vol",
    "es": "a.C d.C Dr Dra etc fig p.ej pág Sr Sra vol EE UU",
    "it": "a.C d.C Dott ecc es fig pag Prof Sig vol",
    "pt": "a.C d.C Dr Dra etc fig pág Prof Sr Sra",
    "nl": "bijv blz ca d.w.z Dr enz m.a.w nl o.a Prof v.Chr",
    "da": "bl.a ca Dr f.eks fx kl mht nr osv pga",
    "sv": "bl.a ca Dr d.v.s f.Kr e.Kr m.m nr osv s.k t.ex",
    "nb": "bl.a ca Dr dvs f.eks kl mv nr osv pga",
    "no": "bl.a ca Dr dvs f.eks kl mv nr osv pga",
    "pl": "dr godz im in itd itp m.in np nr ok prof r ul w",
    "cs": "apod atd č kap např obr prof r str tj tzv",
}
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}(?P<stop>\.)(?=\s+\S)")
_BEFORE_SMALL = re.compile(r"(?P<stop>\.)\s{1,2}(?P<next>[^\W\d_])")
_INSIDE = re.compile(r"(?<=\w)(?P<stop>\.)(?=[^\W\d_])")
_INITIALS = re.compile(r"(?<!\w)[^\W\d_](?P<stop>\.)(?=\s?[^\W\d_]\.)")


def inner_stops(text: str, language: str) -> Iterator[int]:
    """Yield the places of full stops that end no sentence, in a language other than English; some come twice."""
    if language == "en":
        return
    patterns = [_INSIDE, _INITIALS]
    if language in _ORDINALS:
        patterns.append(_ORDINAL)
    if language in _SHORT_FORMS:
        forms = "|".join(re.escape(form).replace(r"\.", r"\.\s?") for form in _SHORT_FORMS[language].split())
        patterns.append(re.compile(rf"(?<!\w)(?:{forms})(?P<stop>\.)"))
    for pattern in patterns:
        yield from (found.start("stop") for found in pattern.finditer(text))
    yield from (found.start("stop") for found in _BEFORE_SMALL.finditer(text) if found["next"].islower())
