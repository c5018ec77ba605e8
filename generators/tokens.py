"""How many tokens a text is for a model: never fewer, by the sort of its letters, without the model's own vocabulary.

Measured on text as it goes out, its blanks marked (0036): fenced English has 1.8 letters a token, plain English 4.8.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from safety.injection import MARK

_TOKENS: Mapping[re.Pattern[str], float] = MappingProxyType(
    {
        re.compile(re.escape(MARK)): 2.0,
        re.compile(r"[A-Za-z]"): 0.4,
        re.compile(r"\s"): 0.25,
        re.compile(r"[!-@\[-`{-~]"): 1.0,
        re.compile(rf"[^\x00-\x7f\s{re.escape(MARK)}]"): 1.5,
    }
)
"""Tokens for one letter of each sort: no text of 16 languages took more in any of three vocabularies."""


def count_tokens(text: str) -> int:
    """Count the tokens of a text, rounded up."""
    return -int(-sum(weight * len(sort.findall(text)) for sort, weight in _TOKENS.items()) // 1)
