"""What stands for somebody's words towards a model, in one conversation: `[PERSON_2]` is the same person all along.

A surrogate is put back into the answer to whoever wrote the words, and nowhere else. One that a model made up stands
for nothing and is taken out; one that a person typed is no surrogate at all.
"""

import re
from collections.abc import Iterable, Mapping

from safety.recognisers.spans import Found, merged

LONGEST = 64
"""Characters of the longest surrogate."""

_KINDS = r"PERSON|EMAIL|PHONE|ADDRESS|USERNAME|SCHOOL|ID\\?_NUM|SECRET|IBAN|CREDIT\\?_CARD|IP|URL|DATE"
_BARE = rf"(?:(?i:{_KINDS})|[A-Z]{{2,20}}(?:\\?_[A-Z]{{1,20}})?)\\?_\d{{1,6}}"
_SURROGATE = re.compile(rf"\\?\[{_BARE}\\?\]")
"""A surrogate, and what a model makes of one when it changes its capitals or escapes its signs."""

_TYPED = re.compile(rf"❲({_BARE})❳")
_PERSON = "PERSON"
_LEAST_PART = 3
"""Letters of the shortest part of a name that means the person by itself."""


class Surrogates:
    """The surrogates of one conversation, and what each stands for. It grows as the conversation does."""

    def __init__(self, originals: Mapping[str, str] | None = None) -> None:
        """Go on with those that are known."""
        self._originals = dict(originals or {})

    @property
    def originals(self) -> Mapping[str, str]:
        """Give the words that each surrogate stands for."""
        return dict(self._originals)

    def mask(self, text: str, found: Iterable[Found]) -> str:
        """Put surrogates for what was found and for words that have one already; what was typed like one is escaped."""
        parts: list[str] = []
        end = 0
        for piece in merged([*found, *self.find_known(text)], text):
            parts += [_escape(text[end : piece.start]), self.name_of(piece.kind, text[piece.start : piece.end])]
            end = piece.end
        return "".join([*parts, _escape(text[end:])])

    def restore(self, text: str) -> str:
        """Put the words back for the surrogates of this conversation; take the others out."""
        return _TYPED.sub(r"[\1]", self._filled(text, self._originals))

    def prune(self, text: str) -> str:
        """Take out the surrogates that stand for nothing here; the others stay as they are."""
        return self._filled(text, {name: name for name in self._originals})

    def find_known(self, text: str, *, by_parts: bool = True) -> list[Found]:
        """Find words that have a surrogate already, in order, however they were found the first time.

        With `by_parts` a part of a person's name that begins with a capital is the person, too.
        """
        low = text.casefold()
        found = [
            Found(start, end, _kind(name))
            for name, original in self._originals.items()
            for words in (original, *(_parts(name, original) if by_parts else ()))
            for start, end in find_whole(words, text, low)
        ]
        return merged(found, text)

    def name_of(self, kind: str, original: str) -> str:
        """Give the surrogate for words: a new one unless they, or the one person they name, have one."""
        own = {name: words for name, words in self._originals.items() if _kind(name) == kind}
        exact = [name for name, words in own.items() if _plain(words) == _plain(original)]
        alike = [name for name, words in own.items() if kind == _PERSON and _is_part(words, original)]
        if exact or len(alike) == 1:
            return (exact or alike)[0]
        name = f"[{kind}_{max((_number(name) for name in own), default=0) + 1}]"
        self._originals[name] = original
        return name

    def _filled(self, text: str, known: Mapping[str, str]) -> str:
        return _SURROGATE.sub(lambda match: known.get(_bare(match[0]), ""), text)


def find_whole(words: str, text: str, low: str) -> list[tuple[int, int]]:
    """Find words as a whole, with any blanks between them; in any capitals unless it is one word of letters.

    `low` is the text in small letters: most words are not there at all, which is quickly seen.
    """
    parts = words.split()
    if not parts or parts[0].casefold() not in low:
        return []
    flags = re.NOFLAG if len(parts) == 1 and words.isalpha() else re.IGNORECASE
    spread = r"\s+".join(map(re.escape, parts))
    return [match.span() for match in re.finditer(rf"(?<!\w){spread}(?!\w)", text, flags)]


def _parts(name: str, original: str) -> list[str]:
    """Give the parts of a person's name of several words that mean the person by themselves."""
    parts = original.split()
    is_name = _kind(name) == _PERSON and len(parts) > 1
    return [part for part in parts if is_name and len(part) >= _LEAST_PART and part[0].isupper()]


def _kind(name: str) -> str:
    return name[1:-1].rpartition("_")[0]


def _is_part(known: str, other: str) -> bool:
    """Whether of two names one is a part of the other."""
    one, two = set(_plain(known).split()), set(_plain(other).split())
    return one <= two or two <= one


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _escape(text: str) -> str:
    """Write what looks like a surrogate in other brackets, which nothing is put in the place of."""
    return _SURROGATE.sub(lambda match: f"❲{_bare(match[0])[1:-1]}❳", text)


def _bare(name: str) -> str:
    return name.replace("\\", "").upper()


def _number(name: str) -> int:
    return int(name[1:-1].rpartition("_")[2])
