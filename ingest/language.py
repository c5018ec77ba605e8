"""Which language a reading is in: by script, then by the share of a language's commonest words."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

_SAMPLE_PAGES = 60
_SAMPLE_WORDS = 6_000
_UNKNOWN = "und"
_LEAST_SHARE = 0.08

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_STOP_WORDS = {
    "en": "the of and to in is that it for was on are as with be this by which or from at an not have were",
    "de": "der die und das ist in den von zu mit nicht ein eine des auf im dem sich für auch als es an werden",
    "fr": "de la le les et des en un une du est que qui dans pour pas sur au par plus il ce ne sont avec",
    "es": "de la que el en y los se del las un por con una para es al lo como más o pero sus son su",
    "pt": "de a que o e do da em um para com não uma os no se na por mais as dos como mas ao são",
    "it": "di che e la il un a per in una è sono del non le della si con i da più gli nel al come",
    "nl": "de van het een en in is dat op te zijn voor met die niet aan er om ook als bij door maar worden",
    "pl": "i w na z się nie do to jest że o jak od po a za są co przez dla ale przy oraz być",
    "sv": "och att det i en är som på av för med den till inte ett har om de kan var från eller så",
    "da": "og at det i en er som på af for med den til ikke et har om de kan var fra eller så der",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi en ne kadar sonra ise değil her var ya",
    "ro": "de și în a la cu o pe nu este care că un din se sau mai pentru sunt prin ce ca fi au",
}
_PROFILES = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}


def detect_language(texts: Iterable[str]) -> str:
    """Give the ISO 639-1 code of the language most of the text is in, or "und" when that is not clear."""
    sample = "\n".join(islice(texts, _SAMPLE_PAGES))
    letters = sum(1 for letter in sample if letter.isalpha())
    if not letters:
        return _UNKNOWN
    for language, script in _SCRIPTS:
        # a Japanese text is mostly Chinese characters; a tenth of kana settles it
        if len(script.findall(sample)) > letters * (0.1 if language == "ja" else 0.3):
            return language
    words = Counter(islice((match.group() for match in re.finditer(r"[^\W\d_]+", sample.lower())), _SAMPLE_WORDS))
    shares = {language: sum(words[word] for word in profile) for language, profile in _PROFILES.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= words.total() * _LEAST_SHARE else _UNKNOWN
