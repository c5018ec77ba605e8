"""The recipe of the crisis classifier: how much is written of each language, which heads there are."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from safety.classifier import CATEGORIES, LEVELS
from training.logistic import Learner, Rows, Target, hashed
from training.material import Message, Writer, made_from, read
from training.messages import made_of, read_messages

SEED = 4
FILES = ("crisis", "everyday", "troubles", "hard")
"""The beginnings of the names of the material files."""
BITS = 18
ENGLISH = 12_000
OTHER = 900
"""Messages of danger written in English, and in each other language; harmless ones are half as many again."""
_HARMLESS = 1.5
_COUNTS = 3
"""How often a message that was written one by one counts against one out of the generator."""
_HELD_OUT = 7
"""Every seventh line is kept apart at first, to see how lines are told apart that nothing was learned from."""
_ALARMS = 0.01


@dataclass(frozen=True)
class Trained:
    """A model, and the share of unseen lines of danger that it finds at one false alarm in a hundred unseen lines."""

    learner: Learner
    found: float


def messages(english: int = ENGLISH, other: int = OTHER, seed: int = SEED) -> list[Message]:
    """Write all messages of the recipe."""
    written: list[Message] = []
    for source in [document for name in FILES for document in read(name)]:
        # a repeatable order is the point
        writer = Writer(source, random.Random(seed))  # noqa: S311
        count = english if writer.language == "en" else other
        written += writer.write(writer.marked, count)
        written += writer.write(writer.mirrored, count // 2)
        written += writer.write(writer.safe, round(count * _HARMLESS))
    return written


def one_by_one() -> list[Message]:
    """Give the messages that were written one by one, each as often as it counts."""
    found = [
        Message(row.view, row.view, {"category": row.category, "severity": row.severity} if row.category else {})
        for row in read_messages()
    ]
    return found * _COUNTS


def train(written: Sequence[Message], *, bits: int = BITS, rounds: int = 4, seed: int = SEED) -> Trained:
    """Learn from most lines to see how the others are told apart, then learn from all."""
    rows = hashed([message.view for message in written], bits)
    danger = np.array([bool(message.labels) for message in written], dtype=float)
    first = Learner(["danger"], bits)
    first.learn(rows, {"danger": Target(danger, (~apart(written)).astype(float))}, rounds=rounds, seed=seed)
    found = found_unseen(first, rows, written)
    return Trained(_all_heads(written, rows, bits=bits, rounds=rounds, seed=seed), found)


def found_unseen(first: Learner, rows: Rows, written: Sequence[Message]) -> float:
    """Give the share found of what was kept apart, by the first head."""
    unseen = np.flatnonzero(apart(written))
    odds = first.score(rows, unseen)
    wanted = np.array([bool(message.labels) for message in written])[unseen]
    return float((odds[wanted] > np.quantile(odds[~wanted], 1 - _ALARMS)).mean())


def _all_heads(written: Sequence[Message], rows: Rows, *, bits: int, rounds: int, seed: int) -> Learner:
    learner = Learner(["danger", *CATEGORIES, *(f"at least {level}" for level in LEVELS[1:])], bits)
    everyone = np.ones(len(written))
    danger = np.array([bool(message.labels) for message in written], dtype=float)
    grade = np.array([LEVELS.index(m.labels["severity"]) if m.labels else -1 for m in written])
    targets = {"danger": Target(danger, everyone)}
    for category in CATEGORIES:
        targets[category] = Target(_is(written, category), everyone)
    for at, level in enumerate(LEVELS[1:], start=1):
        targets[f"at least {level}"] = Target((grade >= at).astype(float), danger)
    learner.learn(rows, targets, rounds=rounds, seed=seed)
    return learner


def _is(written: Sequence[Message], category: str) -> NDArray[np.float64]:
    return np.array([message.labels.get("category") == category for message in written], dtype=float)


def apart(written: Sequence[Message]) -> NDArray[np.bool_]:
    """Say of each message whether its line is kept apart."""
    number = {line: at for at, line in enumerate(dict.fromkeys(message.line for message in written))}
    return np.array([number[message.line] % _HELD_OUT == 0 for message in written])


def made() -> str:
    """Say what weights by this recipe are made from."""
    return made_from(FILES, SEED, messages(english=300, other=10)) + made_of()


def make(path: Path) -> Trained:
    """Train with the recipe's own numbers and write the weights."""
    trained = train(messages() + one_by_one())
    trained.learner.save(path, made_from=made())
    return trained
