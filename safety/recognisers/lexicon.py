"""Words that names are made of, and words that they are not: data in `words/`, each a vote and never a decision."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "words"
_ENDINGS = re.compile(
    r"(?:ss?on|sen|dóttir|dottir|ová|ova|ova|ski|ska|sky|skyi|wicz|ić|vić|vich|ović|ević|čić|enko|chuk"
    r"|yuk|ov|ev|yan|dze"
    r"|инов[а]?|еев[а]?|ский|ская|енко|ович|евич|овна|евна|[оеи][вн]а?|ук|юк|shvili|opoulos|akis|idis"
    r"|iadis|oglu|oğlu|nen|berg|ström|strom|qvist|quist|gren|lund|dahl|gaard|stad|mann|escu"
    r"|eanu|ez|ini|etti|elli|ucci|acci|ski|czyk|czak|wala|preet|swamy|murthy|nathan|moto|mura|yama"
    r"|shima|guchi|zaki|naka|bayashi|uddin|ullah|chukwu|ffy|kaya|ács|ász|ész)$",
    re.IGNORECASE,
)
"""How family names end in the languages of Europe, South Asia, East Asia and Africa."""

_LETTERS = re.compile(r"[à-öø-ÿĀ-ſƀ-ɏḀ-ỿÀ-ÖØ-ÞĀ-Žα-ωΑ-Ωа-яА-ЯёЁіїєґІЇЄҐ]")
"""Letters that English words hardly have."""


_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words that begin with a capital. All in lower case."""

    given: frozenset[str]
    weak: frozenset[str]
    family: frozenset[str]
    capitals: frozenset[str]
    taught: frozenset[str]

    def is_given(self, word: str) -> bool:
        """Tell whether a word is a given name and hardly anything else."""
        return word in self.given and word not in self.weak

    def is_weak(self, word: str) -> bool:
        """Tell whether a word may be a given name, and is a word of its own too."""
        return word in self.weak

    def is_plain(self, word: str) -> bool:
        """Tell whether a word gets a capital for another reason than being somebody's name."""
        return word in self.capitals


@cache
def load_lexicon() -> Lexicon:
    """Read the lists of the package (about 12,000 words)."""
    weak = frozenset(_read("names_and_words.txt"))
    given = frozenset(_read("given_names.txt")) | weak
    capitals = frozenset(_read("capital_words.txt"))
    return Lexicon(given, weak | (given & capitals), frozenset(_read("family_names.txt")), capitals, _read_taught())


def looks_foreign(word: str, *, is_english: bool) -> bool:
    """Tell whether a word ends as family names do, or, in an English text, has letters that English hardly uses."""
    has_letters = is_english and bool(_LETTERS.search(word))
    return has_letters or (len(word) > _SHORTEST and bool(_ENDINGS.search(word)))


def _read(name: str) -> Iterator[str]:
    for line in (_WORDS / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


def _read_taught() -> frozenset[str]:
    """Full names, and last names unless a `!` says that too many others are called so."""
    taught: set[str] = set()
    for line in (_WORDS / "taught_people.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        for name in line.casefold().split("|"):
            taught.add(name.removesuffix("!"))
            if not name.endswith("!"):
                taught.add(name.split()[-1])
    return frozenset(taught)
