"""The source keeps our own rules, and each rule can be broken."""

import pytest

from tests.architecture.rules import check, find_breaches

BREACHES = {
    "long file": ("domain/x.py", "x = 1\n" * 401),
    "long function": ("domain/x.py", "def f():\n" + "    x = 1\n" * 61),
    "vague name": ("domain/utils.py", ""),
    "broad except": ("domain/x.py", "try:\n    f()\nexcept Exception:\n    pass\n"),
    "bare except": ("domain/x.py", "try:\n    f()\nexcept:\n    pass\n"),
    "model elsewhere": ("generators/kinds/x.py", "from domain.ports import ChatModel\n"),
    "template of text": ("web/x.py", "environment.from_string(text)\n"),
    "text in the log": ("web/x.py", "log.info('asked', question=words)\n"),
    "module state": ("web/x.py", "cache = {}\n"),
    "global": ("web/x.py", "def f():\n    global x\n    x = 1\n"),
}


def test_the_source_keeps_the_rules() -> None:
    """No file of ours breaks a rule."""
    assert list(find_breaches()) == []


@pytest.mark.parametrize("name", BREACHES)
def test_each_rule_can_be_broken(name: str) -> None:
    """A planted breach is found, once."""
    path, source = BREACHES[name]

    assert len(list(check(path, source))) == 1


def test_the_boundaries_may_catch_everything() -> None:
    """The request boundary is allowed what others are not."""
    assert list(check("api/errors.py", "try:\n    f()\nexcept Exception:\n    pass\n")) == []
