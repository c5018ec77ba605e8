"""Loads and renders the versioned prompts.

A prompt is a file `<name>/v<N>.j2`: YAML front matter, then a template with a `system` and a `user` block.
Its checksum covers the partials it includes and must equal the one in `lock.toml`: released words do not change.
What people, readings or models wrote comes in as values and is never read as a template.
"""

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from jinja2.nodes import Template as Tree

PROMPTS = Path(__file__).parent
_RULE = "---\n"
_PLAIN = (str, int, float, bool, type(None))
_BLOCKS = ("system", "user")


class BadPrompt(Exception):
    """A prompt file is wrong, was changed after its release, or is rendered with other inputs than it declares."""


class FrontMatter(BaseModel):
    """What stands above a template."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    version: int
    purpose: str
    inputs: dict[str, str]
    since: date
    changes: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt ready to be sent: rules in `system`, material in `user`."""

    system: str
    user: str
    name: str
    version: int
    checksum: str


class Library:
    """The prompts of a folder."""

    def __init__(self, folder: Path = PROMPTS) -> None:
        self._folder = folder
        self._environment = _build_environment(folder)

    def list_prompts(self) -> list[tuple[str, int]]:
        """List every prompt's name and version."""
        return sorted((path.parent.name, int(path.stem[1:])) for path in self._folder.glob("*/v*.j2"))

    def render(self, name: str, version: int, inputs: Mapping[str, object]) -> Rendered:
        """Render a prompt. Raises BadPrompt when its words were changed or the inputs are not those it declares."""
        checksum = self.checksum(name, version)
        if self._locked(name, version) != checksum:
            raise BadPrompt(f"{name} v{version} differs from its checksum in lock.toml: add a new version instead")
        declared = set(self.load_front_matter(name, version).inputs)
        if declared != set(inputs):
            raise BadPrompt(f"{name} v{version} declares {sorted(declared)}, but was given {sorted(inputs)}")
        for key, value in inputs.items():
            _require_plain(value, key)
        template = self._environment.get_template(_file(name, version))
        system, user = (_render_block(template, block, inputs) for block in _BLOCKS)
        return Rendered(system, user, name, version, checksum)

    def load_front_matter(self, name: str, version: int) -> FrontMatter:
        """Read what a prompt says of itself. Raises BadPrompt when it does not fit, or not its place."""
        head, _ = _split(self._source(name, version))
        try:
            matter = FrontMatter.model_validate(yaml.safe_load(head))
        except (ValidationError, yaml.YAMLError) as error:
            raise BadPrompt(f"{name} v{version}: the front matter does not fit: {error}") from error
        if (matter.id, matter.version) != (name, version):
            raise BadPrompt(f"{name} v{version} calls itself {matter.id} v{matter.version}")
        return matter

    def find_inputs(self, name: str, version: int) -> set[str]:
        """List the names that the template and its partials use."""
        trees = self._trees(_file(name, version))
        return {used for tree in trees.values() for used in meta.find_undeclared_variables(tree)}

    def checksum(self, name: str, version: int) -> str:
        """Give the SHA-256 of a prompt's file and of the partials it includes."""
        digest = hashlib.sha256(self._source(name, version).encode())
        own = _file(name, version)
        for partial in sorted(set(self._trees(own)) - {own}):
            digest.update(f"\n{partial}\n{(self._folder / partial).read_text('utf-8')}".encode())
        return digest.hexdigest()

    def _locked(self, name: str, version: int) -> str:
        lock = tomllib.loads((self._folder / "lock.toml").read_text("utf-8"))
        return str(lock.get(name, {}).get(f"v{version}", ""))

    def _source(self, name: str, version: int) -> str:
        path = self._folder / _file(name, version)
        if not path.is_file():
            raise BadPrompt(f"there is no prompt {name} v{version}")
        return path.read_text("utf-8")

    def _trees(self, file: str) -> dict[str, "Tree"]:
        """Parse a template and what it includes, by file name."""
        trees: dict[str, Tree] = {}
        waiting = [file]
        while waiting:
            current = waiting.pop()
            if current in trees:
                continue
            path = self._folder / current
            if not path.is_file():
                raise BadPrompt(f"there is no {current}, which {file} includes")
            _, body = _split(path.read_text("utf-8"))
            trees[current] = self._environment.parse(body)
            waiting += [found for found in meta.find_referenced_templates(trees[current]) if found]
        return trees


class _Files(BaseLoader):
    """Reads templates from a folder, without their front matter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        path = self._folder / template
        _, body = _split(path.read_text("utf-8"))
        return body, str(path), lambda: True


def _build_environment(folder: Path) -> Environment:
    # autoescape is off: the text is for a model, not for a browser, and escaping would change the reading's words
    return ImmutableSandboxedEnvironment(
        loader=_Files(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _render_block(template: Template, block: str, inputs: Mapping[str, object]) -> str:
    if block not in template.blocks:
        raise BadPrompt(f"{template.name} has no block '{block}'")
    context = template.new_context(dict(inputs))
    try:
        return "".join(template.blocks[block](context)).strip()
    except TemplateError as error:
        raise BadPrompt(f"{template.name} cannot be rendered: {error}") from error


def _file(name: str, version: int) -> str:
    return f"{name}/v{version}.j2"


def _split(source: str) -> tuple[str, str]:
    """Part the front matter from the template; partials have none."""
    if not source.startswith(_RULE):
        return "", source
    head, _, body = source.removeprefix(_RULE).partition(f"\n{_RULE}")
    return head, body


def _require_plain(value: object, key: str) -> None:
    if isinstance(value, _PLAIN):
        return
    if isinstance(value, list | tuple):
        for item in value:
            _require_plain(item, key)
        return
    raise BadPrompt(f"the input '{key}' is not plain text, a number or a list of them")
