"""Finds what no writer may say to a minor: how to do harm, promises of secrecy, hurtful wording, sexual content.

The patterns are data in `texts/unfit.yaml`, so that clinicians and schools can review them; they await that review.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "texts" / "unfit.yaml"


def find_unfit(text: str) -> str | None:
    """Name why a text must not be shown (`method`, `secrecy`, `wording` or `sexual`), or None."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    view = " ".join(seen.casefold().replace("’", "'").split())
    return next((reason for reason, pattern in _patterns().items() if pattern.search(view)), None)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    import yaml

    content = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {
        reason: re.compile("|".join(f"(?:{_filled(one, content['parts'])})" for one in patterns))
        for reason, patterns in content["reasons"].items()
    }


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", part)
    return pattern
