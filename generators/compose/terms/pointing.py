"""Words by which a phrase points at another sentence, so that it says nothing by itself: "das Gegenteil davon"."""

import re
from collections.abc import Mapping

from generators.compose.terms.wordings import base_of

_WORDS: Mapping[str, str] = {
    "de": r"(?:da|hier)(?:von|mit|gegen|ran|bei|zu|rin|für|raus|rauf|durch)|diese[rsmn]?|jene[rsmn]?|solche[rsmn]?",
    "es": r"ello|esto|eso|aquello|est[ea]|est[oa]s|es[ea]|es[oa]s|dich[oa]s?",
    "fr": r"cela|ceci|ça|ce(?! (?:qu|dont))|cet|cette|ces|celui-ci|celle-ci|ceux-ci",
    "pt": r"[dn]?(?:isso|isto|aquilo|est[ea]s?|ess[ea]s?)|[dn]el[ea]s?",
    "it": r"ciò(?! che)|quest[oaie]|quest['’]",
    "nl": r"(?:daar|hier|er)(?:van|mee|tegen|aan|bij|toe|in|voor|uit|op|door)|deze|dit|zulke",
    "sv": r"(?:där|här)(?:av|med|emot|i|för|på)|denn[ae]|detta|dessa",
    "da": r"(?:der|her)(?:af|med|imod|for|på)|denne|dette|disse",
    "nb": r"(?:der|her)(?:av|med|imot|for|på)|denne|dette|disse",
    "pl": r"tego(?! ?,)|temu|tym|tej|tych|takie(?:go|j|mu)",
    "ru": r"это(?:го|му|й|т)|этим|эти(?:х|ми)?",
    "uk": r"цього|цьому|цієї|цій|цих|цими",
    "ar": r"ذلك|هذا|هذه|تلك|هؤلاء",
    "zh": r"这|此(?!外)|上述",
    "ja": r"これ|それ|あれ|この|その|あの",
}


def points_elsewhere(words: str, language: str) -> bool:
    """Whether words of a language lean on another sentence, wherever the leaning word stands among them."""
    base = base_of(language)
    known = _WORDS.get(base)
    if known is None:
        return False
    pattern = known if base in {"zh", "ja"} else rf"(?<!\w)(?:{known})(?!\w)"
    return re.search(pattern, words, re.IGNORECASE) is not None
