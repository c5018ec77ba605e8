"""What somebody we worry about reads: fixed words by subject and language, never a machine's.

The texts and the helplines are data in `texts/`, so that clinicians and schools can review them. Both are
awaiting that review; a number that nobody has checked says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from domain.care import Who, Worry
from safety.languages import is_mostly

_TEXTS = Path(__file__).parent / "texts"
_DEFAULT = "en"
_CHECK_HOLDS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number to call, the page it can be checked on, and when somebody last did."""

    country: str
    name: str
    number: str
    source: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: the country, whether a counsellor reads along, whether the school has called the numbers.

    `language` is the school's.
    """

    country: str = ""
    has_counsellor: bool = True
    is_checked: bool = False
    language: str = _DEFAULT


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a supportive text, in the text's language (ISO 639-1), and whether that runs right to left."""

    words: str
    language: str
    is_leftward: bool = False


_ANYWHERE = Place()
_CODE = 2
"""Letters of a language's code."""

_LEFTWARD = frozenset({"ar"})


def counts_as_checked(checked_on: date | None, today: date) -> bool:
    """Whether the school called the numbers lately: they are to be called twice a year."""
    return checked_on is not None and today - checked_on <= _CHECK_HOLDS


def language_of(worry: Worry, at: Place, text: str = "") -> str:
    """Give the language of the rule that found the danger, which its name begins with, else the school's.

    Somebody reads a text in the school's language even where a few words of it are in the rule's.
    """
    first = worry.rule.partition(".")[0]
    is_rules = len(first) == _CODE and (not text or is_mostly(text, first, at.language))
    return first if is_rules else at.language


def supportive_text(
    worry: Worry, *, language: str = _DEFAULT, at: Place = _ANYWHERE, is_told: bool = True, texts: Path = _TEXTS
) -> str:
    """Write what the person reads, one paragraph for each thought: the number first, then everything else.

    Languages without a text get English, countries without a line the directory and the emergency numbers, and
    where no counsellor reads along nobody is promised: the text says to go to an adult instead. Whoever worries
    about somebody near reads what to do for them.
    `is_told` says whether what was written could be saved; `texts` is the folder of the reviewed words and numbers.
    """
    words = _words(language, texts)
    known = _who_knows(words, worry, at, is_told=is_told)
    return "\n\n".join([*_where_help_is(words, at, texts), _what_is_said(words, worry), known, words["stay"]])


def file_text(worry: Worry, *, language: str = _DEFAULT, at: Place = _ANYWHERE, texts: Path = _TEXTS) -> str:
    """Write what a student reads beside a file of theirs in which something worrying stood."""
    words = _words(language, texts)
    said = [words["in_file"], _what_is_said(words, worry), _who_knows(words, worry, at, is_told=True)]
    return "\n\n".join([*_where_help_is(words, at, texts), *said, words["stay"]])


def unavailable_text(*, language: str = _DEFAULT, at: Place = _ANYWHERE, texts: Path = _TEXTS) -> str:
    """Write what the person reads when the check itself could not run: where help is, and that nothing was sent on."""
    words = _words(language, texts)
    return "\n\n".join([*_where_help_is(words, at, texts), words["unavailable"], words["stay"]])


def too_long_text(*, language: str = _DEFAULT, at: Place = _ANYWHERE, texts: Path = _TEXTS) -> str:
    """Write what the person reads when a text is too long to be screened: where help is, and what to do instead."""
    words = _words(language, texts)
    return "\n\n".join([*_where_help_is(words, at, texts), words["too_long"], words["stay"]])


def heading_of(text: str, texts: Path = _TEXTS) -> Heading:
    """Give the heading over one of the texts above, and the language that it and the text are in.

    The language is told by the last paragraph, which every language has words of its own for.
    """
    last = text.rpartition("\n\n")[2]
    languages = (path.stem for path in sorted((texts / "supportive").glob("*.yaml")))
    language = next((one for one in languages if _words(one, texts)["stay"] == last), _DEFAULT)
    return Heading(str(_words(language, texts)["heading"]), language, is_leftward=language in _LEFTWARD)


def list_helplines(texts: Path = _TEXTS) -> tuple[Helpline, ...]:
    """List every helpline, so that `margent doctor` can warn of those nobody has checked."""
    countries = _read(texts / "resources.yaml")["countries"]
    return tuple(Helpline(country, **line) for country, place in countries.items() for line in place["lines"])


def _words(language: str, texts: Path) -> dict[str, Any]:
    """Read the texts of a language (`de`, `de-AT`, `pt_BR`), else the English ones."""
    code = language.lower().replace("_", "-").partition("-")[0]
    path = texts / "supportive" / f"{code}.yaml"
    return _read(path if code.isalpha() and path.exists() else texts / "supportive" / f"{_DEFAULT}.yaml")


def _where_help_is(words: Mapping[str, str], at: Place, texts: Path) -> list[str]:
    """Give the helplines of the place, its emergency number and the directory, a paragraph each."""
    resources = _read(texts / "resources.yaml")
    place = resources["countries"].get(at.country.lower(), {})
    return [
        *(_line(words, line, is_checked=at.is_checked) for line in place.get("lines", ())),
        words["emergency"].format(number=place["emergency"]) if place else words["emergency_unknown"],
        words["directory"].format(address=resources["directory"]),
    ]


def _what_is_said(words: Mapping[str, Any], worry: Worry) -> str:
    subject = "friend" if worry.who is Who.OTHER else worry.subject
    return str(words["subjects"].get(subject, words["subjects"]["suicide"]))


def _who_knows(words: Mapping[str, Any], worry: Worry, at: Place, *, is_told: bool) -> str:
    """Say who will read what was written, or to whom to go where nobody will."""
    if not is_told:
        return str(words["not_told"])
    if not at.has_counsellor:
        return str(words["nobody"])
    return str(words["told"]).format(when=words["when"][worry.severity.value])


def _line(words: Mapping[str, str], line: Mapping[str, Any], *, is_checked: bool) -> str:
    unverified = words["help_checked" if is_checked else "help_unchecked"]
    pattern = words["help"] if line["verified_on"] else unverified
    return pattern.format(name=line["name"], number=line["number"])


@cache
def _read(path: Path) -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content
