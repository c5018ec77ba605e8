"""The messages that were written one by one for training, each with what it is."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from safety.normalise import plain

FOLDER = Path(__file__).parent / "material" / "messages"


@dataclass(frozen=True)
class Written:
    """One message: its plain view, its language, and for danger the category (`friend` for somebody near) and level."""

    view: str
    language: str
    category: str
    severity: str


def read_messages(folder: Path = FOLDER) -> list[Written]:
    """Read every message of the folder, in the order of the files' names; each text once."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    found = {row["text"]: row for row in map(json.loads, lines)}
    return [
        Written(
            view=plain(text),
            language=row["lang"],
            category="friend" if row["category"] and row["who"] == "other" else row["category"],
            severity=row["severity"],
        )
        for text, row in found.items()
    ]


def made_of(folder: Path = FOLDER) -> str:
    """Give the hash of all messages, so that weights can say what they were trained from."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
