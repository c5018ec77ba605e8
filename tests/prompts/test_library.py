"""The loader's own rules, on prompts written for the test."""

import shutil
from pathlib import Path

import pytest

from prompts.library import PROMPTS, BadPrompt, Library

HEAD = """---
id: greet
version: 1
purpose: Greet.
inputs: {name: str}
since: 2026-11-22
changes: First version.
---
"""
BYE = '{% include "_partials/bye.j2" %}'
BODY = "{% block system %}Be kind.{% endblock %}{% block user %}Hello {{ name }}, " + BYE + "{% endblock %}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "greet").mkdir()
    (tmp_path / "_partials").mkdir()
    (tmp_path / "_partials" / "bye.j2").write_text("goodbye")
    write(tmp_path, HEAD + BODY)
    return tmp_path


def write(folder: Path, source: str) -> None:
    """Write the prompt and lock it as it is."""
    (folder / "greet" / "v1.j2").write_text(source)
    (folder / "lock.toml").write_text(f'[greet]\nv1 = "{Library(folder).checksum("greet", 1)}"\n')


def test_a_prompt_renders_its_blocks(folder: Path) -> None:
    """Rules and material come apart, with the prompt's name, version and checksum."""
    rendered = Library(folder).render("greet", 1, {"name": "Ada"})

    assert (rendered.system, rendered.user) == ("Be kind.", "Hello Ada, goodbye")
    assert (rendered.name, rendered.version) == ("greet", 1)


@pytest.mark.parametrize("file", ["greet/v1.j2", "_partials/bye.j2"])
def test_changed_words_are_refused(folder: Path, file: str) -> None:
    """A prompt whose words, or whose partial's words, differ from the lock does not render."""
    path = folder / file
    path.write_text(path.read_text() + "!")

    with pytest.raises(BadPrompt, match="new version"):
        Library(folder).render("greet", 1, {"name": "Ada"})


def test_a_prompt_outside_the_lock_is_refused(folder: Path) -> None:
    """A version without a checksum does not render."""
    (folder / "lock.toml").write_text("")

    with pytest.raises(BadPrompt, match=r"lock\.toml"):
        Library(folder).render("greet", 1, {"name": "Ada"})


@pytest.mark.parametrize("inputs", [{}, {"name": "Ada", "more": 1}])
def test_other_inputs_than_declared_are_refused(folder: Path, inputs: dict[str, object]) -> None:
    """Missing and additional inputs are refused alike."""
    with pytest.raises(BadPrompt, match="declares"):
        Library(folder).render("greet", 1, inputs)


@pytest.mark.parametrize("value", [object(), print, {"a": 1}, ["a", object()]])
def test_values_are_plain(folder: Path, value: object) -> None:
    """Objects with behaviour never reach a template."""
    with pytest.raises(BadPrompt, match="plain"):
        Library(folder).render("greet", 1, {"name": value})


def test_a_list_of_texts_is_plain(folder: Path) -> None:
    """Lists of plain values are taken."""
    rendered = Library(folder).render("greet", 1, {"name": ["Ada", "Bo"]})

    assert "Ada" in rendered.user


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("---\nid: greet\n---\n", "does not fit"),
        ("---\n: [\n---\n", "does not fit"),
        (HEAD.replace("id: greet", "id: other"), "calls itself"),
        (HEAD.replace("purpose", "purpsoe"), "does not fit"),
        ("", "does not fit"),
    ],
)
def test_front_matter_that_does_not_fit_is_refused(folder: Path, head: str, fault: str) -> None:
    """Missing fields, unknown fields, broken YAML and another prompt's name are named."""
    write(folder, head + BODY)

    with pytest.raises(BadPrompt, match=fault):
        Library(folder).render("greet", 1, {"name": "Ada"})


def test_a_prompt_without_a_block_is_refused(folder: Path) -> None:
    """Both blocks must be there."""
    write(folder, HEAD + "{% block system %}Be kind to {{ name }}.{% endblock %}")

    with pytest.raises(BadPrompt, match="no block 'user'"):
        Library(folder).render("greet", 1, {"name": "Ada"})


def test_a_prompt_that_is_not_there_is_refused(folder: Path) -> None:
    """Asking for an unknown prompt names it."""
    with pytest.raises(BadPrompt, match="no prompt greet v2"):
        Library(folder).render("greet", 2, {"name": "Ada"})


def test_a_partial_that_is_not_there_is_refused(folder: Path) -> None:
    """A template that includes a missing file cannot be locked."""
    (folder / "_partials" / "bye.j2").unlink()

    with pytest.raises(BadPrompt, match="bye"):
        Library(folder).render("greet", 1, {"name": "Ada"})


def test_templates_reach_no_internals(folder: Path) -> None:
    """The sandbox keeps a template from the machinery behind a value."""
    write(folder, HEAD + "{% block system %}{{ name.__class__.__mro__ }}{% endblock %}{% block user %}{% endblock %}")

    with pytest.raises(BadPrompt, match="cannot be rendered"):
        Library(folder).render("greet", 1, {"name": "Ada"})


def test_a_partial_may_be_included_twice(folder: Path) -> None:
    """A shared fragment counts once in the checksum."""
    write(folder, HEAD + BODY.replace("{% endblock %}", BYE + "{% endblock %}"))

    assert Library(folder).render("greet", 1, {"name": "Ada"}).system == "Be kind.goodbye"


def test_the_library_lists_what_is_there(tmp_path: Path) -> None:
    """Names and versions are listed in order, from the shipped folder as from a copy."""
    shutil.copytree(PROMPTS, tmp_path / "copy")

    assert Library(tmp_path / "copy").list_prompts() == Library().list_prompts()
