"""How long the sentences and words of an English text are: the classic measures of how hard it is to read."""

import re

_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|Dr|Mr|Ms|Mrs|Prof|Fig|St|al|cf|No|approx|Jr|Sr|U\.S|[A-Z])\.$")
_VOWELS = re.compile(r"[aeiouy]+")


def flesch_kincaid(text: str) -> float:
    """Give the Flesch-Kincaid grade (Kincaid et al. 1975): .39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = split_into_words(text)
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str) -> int:
    """Count the syllables of an English word by its groups of vowels; at least 1."""
    folded = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(folded))
    if re.search(r"[^aeiouylr]e$|[^aeiouytd]ed$|[^aeiouyscxzg]es$|[aeiouy][lr]e$", folded):
        count -= 1
    count += len(re.findall(r"i[ao](?!u)|[aeiou]ing$|eo|ua(?!l?$)|[td]ism$|[^aeiou]sm$", folded.replace("tion", "shn")))
    return max(1, count)


def split_into_words(text: str) -> list[list[str]]:
    """Cut into sentences of words, at marks of ending and at empty lines; abbreviations do not end one."""
    found: list[list[str]] = []
    start = 0
    for match in re.finditer(r"[.!?]+[\"”’')\]]*(?=\s|$)|\n\s*\n|$", text):
        is_short = _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1])
        if is_short and match.end() < len(text):
            continue
        words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text[start : match.end()])
        if words:
            found.append(words)
        start = match.end()
    return found
