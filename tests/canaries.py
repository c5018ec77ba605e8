"""Made-up identifiers of every sort that the detectors claim, sentences that hold them, and a search for them in bytes.

All values come from a seed, belong to nobody and fit their checksums.
"""

import base64
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from safety.injection import MARK

_HEADS = ("Tav", "Jor", "Bel", "Quil", "Zan", "Mor", "Fen", "Ysk", "Dro", "Kel", "Vash", "Wyr", "Ner", "Goth", "Lum")
_MIDS = ("rin", "und", "ska", "ovi", "lem", "ath", "urk", "ebo", "ily", "ano", "ewy", "oxa")
_TAILS = ("esk", "vik", "dane", "moor", "lith", "gard", "wen", "tos", "bryn", "quist", "zar", "fell")
_SHORTEST = 5
"""Letters of the shortest part of an identifier that is looked for by itself."""


@dataclass(frozen=True)
class Canary:
    """An identifier, and the sentence that somebody writes it in."""

    value: str
    sentence: str

    @property
    def tokens(self) -> list[str]:
        """Give the value and its telling parts."""
        parts = [part for part in self.value.replace("@", " ").split() if part.isalpha() and len(part) >= _SHORTEST]
        return list(dict.fromkeys([self.value, *parts]))


class Canaries:
    """Makes identifiers of a seed."""

    def __init__(self, seed: int) -> None:
        # made-up values have to come again from their seed
        self.random = random.Random(seed)  # noqa: S311

    def name(self) -> str:
        """Make a first and a last name that nobody has."""
        return f"{self._word()} {self._word()}"

    def for_text(self, names: Iterable[str] = ()) -> list[Canary]:
        """Make two to four identifiers as somebody writes them of themselves; `names` are of the class's people."""
        makers = (self._introduced, self._email, self._phone, self._card, self._iban, self._number, self._secret)
        chosen = [make() for make in self.random.sample(makers, self.random.randint(2, 4))]
        if known := list(names):
            name = self.random.choice(known)
            chosen.append(Canary(name, f"{name} sits next to me and thinks so too."))
        return chosen

    def for_reading(self) -> list[Canary]:
        """Make one to three identifiers with a shape of their own, as they may stand in a reading."""
        makers = (self._email, self._phone, self._card, self._iban, self._secret)
        return [make() for make in self.random.sample(makers, self.random.randint(1, 3))]

    def _word(self) -> str:
        return "".join(self.random.choice(part) for part in (_HEADS, _MIDS, _TAILS))

    def _digits(self, count: int) -> str:
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def _introduced(self) -> Canary:
        name = self.name()
        return Canary(name, f"My name is {name}.")

    def _email(self) -> Canary:
        value = f"{self._word()}.{self._word()}{self._digits(2)}@{self._word()}.example".lower()
        return Canary(value, f"Write to {value} please.")

    def _phone(self) -> Canary:
        value = f"+44 20 7{self._digits(3)} {self._digits(4)}"
        return Canary(value, f"Call me on {value}.")

    def _card(self) -> Canary:
        digits = f"4{self._digits(14)}"
        doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(digits)]
        digits += str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)
        value = self.random.choice([digits, " ".join(digits[at : at + 4] for at in range(0, 16, 4))])
        return Canary(value, f"The card number is {value}.")

    def _iban(self) -> Canary:
        account = f"BARC{self._digits(14)}"
        number = int("".join(str(int(letter, 36)) for letter in f"{account}GB00"))
        value = f"GB{98 - number % 97:02d}{account}"
        return Canary(value, f"The account is {value}.")

    def _number(self) -> Canary:
        value = f"{self.random.randint(100, 665)}-{self.random.randint(10, 99)}-{self.random.randint(1000, 9999)}"
        return Canary(value, f"My social security number is {value}.")

    def _secret(self) -> Canary:
        value = f"sk-live-{self._word()}{self._digits(6)}{self._word()}"
        return Canary(value, f"The key is {value}.")


def find_in(data: bytes, canaries: Iterable[Canary]) -> list[str]:
    """List the identifiers that bytes hold, with the coding in which they do."""
    lowered = data.lower()
    return [
        f"{token} ({coding})"
        for canary in canaries
        for token in canary.tokens
        for coding, form, is_exact in forms_of(token)
        if form in (data if is_exact else lowered)
    ]


def forms_of(token: str) -> Iterator[tuple[str, bytes, bool]]:
    """Give every form that a value is looked for in: its coding, its bytes, and whether its capitals count.

    Blanks may be blanks, the marks of fenced text, or gone.
    """
    for text in dict.fromkeys((token, token.replace(" ", MARK), token.replace(" ", ""))):
        low = text.lower()
        yield "raw", low.encode(), False
        yield "percent", quote(low, safe="").lower().encode(), False
        yield "percent, plus", quote_plus(low).lower().encode(), False
        yield "percent, all", "".join(f"%{byte:02x}" for byte in low.encode()).encode(), False
        yield "JSON", json.dumps(low)[1:-1].lower().encode(), False
        yield "JSON, all", "".join(f"\\u{ord(letter):04x}" for letter in low).encode(), False
        yield "UTF-16 LE", low.encode("utf-16-le"), False
        yield "UTF-16 BE", low.encode("utf-16-be"), False
        for before in range(3):
            yield "base64", _base64_core(text.encode(), before), True


def _base64_core(data: bytes, before: int) -> bytes:
    """Give what stays the same of the base64 form of bytes that stand after `before` others."""
    coded = base64.b64encode(b"\0" * before + data).rstrip(b"=")
    return coded[-(-before * 8 // 6) : len(coded) - 1]
