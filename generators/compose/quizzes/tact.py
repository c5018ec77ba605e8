"""Names that stand beside names of their own kind alone: of the body, of people, of crimes and of violence.

A child who is asked for a word of weather is not shown a group of people or a crime as an answer to cross out.
"""

import re

PEOPLE = "people"
_KINDS = {
    "body": r"genital\w*|penis\w*|vagin\w*|vulva\w*|breasts?|nipples?|testic\w+|testes|scrotum|ovar\w+|uterus|womb|"
    r"anus|rectum|buttocks?|clitor\w+|foreskin|semen|sperm|sex|sexual\w*|intercourse|orgasm\w*|menstru\w+|puberty|"
    r"pregnan\w*",
    PEOPLE: r"wom[ae]n|m[ae]n|girls?|boys?|child(?:ren)?|people|peoples|race|races|ethnic\w*|tribes?|natives?|"
    r"migrants?|immigrants?|refugees?|minorit\w+|gays?|lesbians?|homosexual\w*|transgender\w*|blacks|whites|jews?|"
    r"muslims?|christians?|hindus?|disabled|poor|homeless|slaves?",
    "harm": r"rap(?:e|es|ed|ist|ists)|murder\w*|kill\w*|genocid\w+|homicid\w+|suicid\w*|self-harm|tortur\w*|abus\w+|"
    r"assault\w*|violen\w+|massacr\w+|lynch\w*|slavery|enslave\w*|terror\w*|molest\w*|incest|holocaust|execution\w*|"
    r"crimes?|criminals?|theft|robber\w*|porn\w*|prostitut\w+|traffick\w+|mutilat\w+|infanticid\w+|castrat\w+|pedophil\w*",
}
_BY_KIND = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _KINDS.items()}


def sorts_of(label: str, entity: str = "") -> frozenset[str]:
    """Give the sorts of things that need tact which a name has; `entity` is what a grammar takes it for."""
    named = {kind for kind, words in _BY_KIND.items() if words.search(label)}
    return frozenset(named | ({PEOPLE} if entity in {"NORP", "PERSON"} else set()))
