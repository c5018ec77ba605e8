"""The classifiers can be made again, to the byte, from material that is in the repository."""

import random
from pathlib import Path

import numpy as np
import pytest

from safety.linear import Linear
from training import crisis, meaning, orders
from training.material import Writer
from training.messages import Written, made_of, read_messages

WEIGHTS = Path(__file__).parents[3] / "safety" / "weights"


@pytest.mark.parametrize(("name", "recipe"), [("crisis", crisis), ("orders", orders)])
def test_shipped_weights_come_from_the_material_as_it_stands(name: str, recipe: object) -> None:
    """Whoever changes the material or the recipe has to run `make train`."""
    made = crisis.made() if recipe is crisis else orders.made()

    assert Linear(WEIGHTS / f"{name}.npz").made_from == made


@pytest.mark.parametrize("name", ["crisis", "orders"])
def test_training_twice_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    """A tiny classifier trained twice from the same seed is the same file."""
    files = [tmp_path / "first.npz", tmp_path / "second.npz"]
    for path in files:
        recipe = crisis if name == "crisis" else orders
        trained = recipe.train(recipe.messages(english=200, other=5), bits=12, rounds=1)
        trained.learner.save(path, made_from="a test")

    first, second = (path.read_bytes() for path in files)

    assert first == second
    assert Linear(files[0]).made_from == "a test"


def test_a_recipe_writes_its_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a classifier trains it by the recipe's own numbers and says what it was made from."""
    for name, recipe in (("crisis", crisis), ("orders", orders)):
        few = recipe.messages(english=60, other=2)
        monkeypatch.setattr(recipe, "messages", lambda few=few, **_: few)
        recipe.make(tmp_path / f"{name}.npz")

        assert Linear(tmp_path / f"{name}.npz").made_from == recipe.made()


def test_another_seed_writes_other_messages() -> None:
    """The seed is what decides."""
    views = [[message.view for message in crisis.messages(english=100, other=2, seed=seed)] for seed in (1, 1, 2)]

    assert views[0] == views[1] != views[2]


def test_a_tiny_classifier_tells_danger_from_harm_done_to_nobody(tmp_path: Path) -> None:
    """What was learned is in the weights as they are stored."""
    trained = crisis.train(crisis.messages(english=1500, other=5), bits=14, rounds=2)
    trained.learner.save(tmp_path / "tiny.npz", made_from="a test")
    stored = Linear(tmp_path / "tiny.npz")

    danger, harmless = (stored.score(view)["danger"] for view in ("i want to kill myself", "what is a fraction"))

    assert danger > harmless
    assert 0 <= trained.found <= 1


def _writer(**source: object) -> Writer:
    # a repeatable order is the point
    return Writer({"language": "xx", **source}, random.Random(1))  # noqa: S311


def test_slots_choices_and_nothing() -> None:
    """A slot is filled, one of several is chosen, and an underscore is nothing."""
    writer = _writer(slots={"who": ["ann"]}, safe=[{"lines": ["{who} [saw|saw] [_|_] it"]}])

    (message, *others) = writer.write(writer.safe, 1)

    assert message.view.split()[0] in {"ann", "nan"}
    assert not message.labels
    assert not others


def test_a_mirrored_line_is_harmless() -> None:
    """A line of danger with harmless words in its slots is no danger, unless what is left of it is one."""
    writer = _writer(
        slots={"do": ["die"]},
        mirror={"do": ["sleep"]},
        mirror_not="kill",
        marked=[{"category": "suicide", "severity": "low", "lines": ["let me {do}", "kill or {do}", "no slot"]}],
        safe=[{"lines": ["hello"]}],
    )

    mirrored = list(writer.write(writer.mirrored, 1))

    assert [family.lines for family in writer.mirrored] == [("let me {do}",)]
    assert all(not message.labels and "die" not in message.view for message in mirrored)
    assert next(writer.write(writer.marked, 3)).labels == {"category": "suicide", "severity": "low"}


def test_messages_are_written_once() -> None:
    """A message that was written already is not written again."""
    writer = _writer(safe=[{"lines": ["a b"]}])

    views = [message.view for message in writer.write(writer.safe, 50)]

    assert len(views) == len(set(views))


def test_the_vote_by_meaning_comes_from_the_messages_as_they_stand() -> None:
    """Whoever adds a message has to run `make train`."""
    assert Linear(WEIGHTS / "meaning.npz").made_from == made_of()


def test_every_message_says_what_it_is() -> None:
    """Danger has a category and a level, harmless text neither; there are both in every language."""
    rows = read_messages()

    assert all(bool(row.category) == bool(row.severity) and row.view for row in rows)
    for language in {row.language for row in rows}:
        assert {bool(row.category) for row in rows if row.language == language} == {True, False}, language


def test_a_line_through_vectors_tells_two_heaps_apart() -> None:
    """Rows that count nothing do not draw the line; harmless ones say nothing about how grave danger is."""
    chance = np.random.default_rng(4)
    vectors = np.vstack([chance.normal(1, 0.3, (20, 3)), chance.normal(-1, 0.3, (20, 3)), np.full((5, 3), 9.0)])
    wanted, counts = np.r_[np.ones(20), np.zeros(25)], np.r_[np.ones(40), np.zeros(5)]

    line = meaning.fit(vectors, wanted, counts)

    odds = np.hstack([vectors, np.ones((45, 1))]) @ line
    assert (odds[:20] > 0).all()
    assert (odds[20:40] < 0).all()
    assert (odds[40:] > 0).all()
    rows = [Written("a", "en", "", ""), Written("b", "en", "abuse", "high")]
    assert [list(part) for part in meaning.target(rows, "at least high", np.ones(2))] == [[0, 1], [0, 1]]
    assert [list(part) for part in meaning.target(rows, "abuse", np.ones(2))] == [[0, 1], [1, 1]]
