"""The recipe of the detector of orders to the machine: one head, learned beside everyday language."""

import random
from pathlib import Path

import numpy as np

from training.crisis import Trained, apart, found_unseen
from training.logistic import Learner, Target, hashed
from training.material import Message, Writer, made_from, read

SEED = 5
BITS = 17
FILES = ("orders", "everyday", "troubles", "hard")
"""The beginnings of the names of the material files."""
ENGLISH = 14_000
OTHER = 700
"""Messages of each side written of a document of the material."""


def messages(english: int = ENGLISH, other: int = OTHER, seed: int = SEED) -> list[Message]:
    """Write all messages of the recipe."""
    written: list[Message] = []
    for source in (document for name in FILES for document in read(name)):
        # a repeatable order is the point
        writer = Writer(source, random.Random(seed))  # noqa: S311
        count = english if writer.language == "en" else other
        written += writer.write(writer.marked, count)
        written += writer.write(writer.safe, count)
    return written


def train(written: list[Message], *, bits: int = BITS, rounds: int = 4, seed: int = SEED) -> Trained:
    """Learn from most lines to see how the others are told apart, then learn from all."""
    rows = hashed([message.view for message in written], bits)
    wanted = np.array([bool(message.labels) for message in written], dtype=float)
    first, learner = Learner(["order"], bits), Learner(["order"], bits)
    first.learn(rows, {"order": Target(wanted, (~apart(written)).astype(float))}, rounds=rounds, seed=seed)
    learner.learn(rows, {"order": Target(wanted, np.ones(len(written)))}, rounds=rounds, seed=seed)
    return Trained(learner, found_unseen(first, rows, written))


def made() -> str:
    """Say what weights by this recipe are made from."""
    return made_from(FILES, SEED, messages(english=300, other=10))


def make(path: Path) -> Trained:
    """Train with the recipe's own numbers and write the weights."""
    trained = train(messages())
    trained.learner.save(path, made_from=made())
    return trained
