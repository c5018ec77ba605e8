"""Numbers and units written in one way, so that 0,04 % and .04 percent, or 6400 km and 6,400 kilometres, meet."""

import re

from domain.words import fold, list_words

_SIGNS = {"%": " percent ", "$": " dollar ", "€": " euro ", "£": " pound ", "°": " degree ", "µ": "micro", "μ": "micro"}

_PREFIXES = {"": "", "k": "kilo", "c": "centi", "m": "milli", "d": "deci", "h": "hecto", "micro": "micro", "n": "nano"}
_MEASURED = {"m": "metre", "g": "gram", "l": "litre", "j": "joule", "w": "watt", "hz": "hertz", "pa": "pascal"}

_SYMBOLS = {
    prefix + unit: prefix_name + name for prefix, prefix_name in _PREFIXES.items() for unit, name in _MEASURED.items()
} | {
    "s": "second",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "ms": "millisecond",
    "kmh": "kilometre per hour",
    "c": "celsius",
    "f": "fahrenheit",
    "ft": "foot",
    "feet": "foot",
    "mi": "mile",
    "lb": "pound",
    "oz": "ounce",
    "t": "tonne",
    "kwh": "kilowatt hour",
    "eur": "euro",
    "usd": "dollar",
    "gbp": "pound",
    "yr": "year",
    "percentage": "percent",
}
_HEDGES = re.compile(r"\b(?:about|around|roughly|approximately|approx|circa|some|only|nearly|almost|exactly)\s+(?=\d)")


def normalise(text: str) -> str:
    """Give the text folded, numbers with a decimal point and no separators, units after numbers by their names."""
    plain = _HEDGES.sub("", write_numbers(fold(text)))
    for sign, name in _SIGNS.items():
        plain = plain.replace(sign, name)
    plain = re.sub(r"\bper cent\b", "percent", plain)
    plain = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", plain)
    plain = re.sub(r"(?<=\d)\s+([a-z]+)\b(?:\.(?!\w))?", lambda match: f" {_name(match.group(1))}", plain)
    plain = re.sub(r"\bdegrees?\s+([cf])\b", lambda match: f"degree {_name(match.group(1))}", plain)
    return " ".join(plain.split())


def write_numbers(text: str) -> str:
    """Write numbers with a decimal point and without separators: 0,04 and .04 are 0.04; 6,400 and 6 400 are 6400."""
    plain = re.sub(r"(?<![\w.,])\d{1,3}(?:[' ]\d{3})+(?![\w'])", lambda match: re.sub(r"\D", "", match.group()), text)
    plain = re.sub(r"(?<![\w.])\.(?=\d)", "0.", plain)
    plain = re.sub(r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])", lambda match: match.group().replace(",", ""), plain)
    return re.sub(r"(?<![\w.,])(\d+),(\d+)(?![\d,])", r"\1.\2", plain)


def list_units(text: str) -> set[str]:
    """List every word of a text as the unit it may be, in one spelling and in the singular."""
    plain = normalise(text)
    return {_name(word) for word in list_words(plain)}


def _name(word: str) -> str:
    """Give the name of a unit in British spelling and in the singular; other words come back as they are."""
    name = _SYMBOLS.get(word, word)
    spelled = re.sub(r"(met|lit)ers?$", r"\1re", name) if re.fullmatch(_METRIC, name) else name
    return spelled[:-1] if spelled.endswith("s") and spelled[:-1] in _NAMES else spelled


_METRIC = r"(?:kilo|centi|milli|deci|hecto|micro|nano)?(?:met|lit)ers?"
_NAMES = frozenset(_SYMBOLS.values())
