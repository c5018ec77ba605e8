"""The classifiers can be made again, to the byte, from material that is in the repository."""

import random
from pathlib import Path

import pytest

from safety.linear import Linear
from training import crisis, orders
from training.material import Writer

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
