"""Our own rules about the source, a lesson each: `python -m tests.architecture.rules` lists what breaks them."""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "accounts",
    "adapters",
    "api",
    "domain",
    "generators",
    "ingest",
    "learning",
    "margent",
    "prompts",
    "safety",
    "web",
)
_LONGEST_FILE = 400
_LONGEST_FUNCTION = 60
_VAGUE = {"utils", "helpers", "common", "manager", "base", "misc"}

_BOUNDARIES = {"api/errors.py", "adapters/queue/boundary.py"}
"""Where every error may be caught: the request boundary and the job boundary."""

_MODEL_HOLDERS = {"domain/ports.py", "safety/egress.py", "margent/wiring.py"}
_PERSONAL = {"text", "question", "answer", "name", "email", "password", "content", "body", "quote", "title", "note"}
_LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical"}

Rule = Callable[[str, ast.Module], Iterator[str]]


def main() -> int:
    """Print every breach; the exit status is 1 when there is one."""
    breaches = list(find_breaches())
    print("\n".join(breaches) or "The source keeps our own rules.")  # noqa: T201 - this is a command
    return bool(breaches)


def find_breaches() -> Iterator[str]:
    """Yield a sentence for each breach in the source."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            yield from check(path, file.read_text(encoding="utf-8"))


def check(path: str, source: str) -> Iterator[str]:
    """Yield a sentence for each breach in one file."""
    if (lines := source.count("\n")) > _LONGEST_FILE:
        yield f"{path}: {lines} lines, over {_LONGEST_FILE}."
    if Path(path).stem in _VAGUE:
        yield f"{path}: a name that names no job."
    tree = ast.parse(source)
    for rule in RULES:
        yield from rule(path, tree)


def _short_functions(path: str, tree: ast.Module) -> Iterator[str]:
    if path.startswith("adapters/sql/migrations/versions/"):
        return  # a migration lists tables; cutting the list hides it
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > _LONGEST_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines, over {_LONGEST_FUNCTION}."


def _narrow_excepts(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and path not in _BOUNDARIES:
            names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else set()
            if node.type is None or names & {"Exception", "BaseException"}:
                yield f"{path}:{node.lineno}: catches everything; name what you can act on."


def _model_in_one_place(path: str, tree: ast.Module) -> Iterator[str]:
    if path in _MODEL_HOLDERS or path.startswith("adapters/models/"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "ChatModel" for alias in node.names):
            yield f"{path}:{node.lineno}: holds a ChatModel; only the way out may (safety/egress.py)."


def _text_is_no_template(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "from_string":
            yield f"{path}:{node.lineno}: makes a template out of text."


def _silent_logs(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        is_log = isinstance(owner, ast.Name) and owner.id in {"log", "_log", "logger", "_logger"}
        if is_log and node.func.attr in _LOG_METHODS:
            for keyword in node.keywords:
                if keyword.arg in _PERSONAL:
                    yield f"{path}:{node.lineno}: logs {keyword.arg}, which may be somebody's words."


def _constants_only(path: str, tree: ast.Module) -> Iterator[str]:
    """Find module-level values that could be changed at run time."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        names = [target.id for target in targets if isinstance(target, ast.Name) and not target.id.strip("_").isupper()]
        if names and isinstance(node.value, ast.List | ast.Set | ast.Dict):
            yield f"{path}:{node.lineno}: {names[0]} is state of a module."


def _no_global(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield f"{path}:{node.lineno}: changes a module's state."


RULES: tuple[Rule, ...] = (
    _short_functions,
    _narrow_excepts,
    _model_in_one_place,
    _text_is_no_template,
    _silent_logs,
    _constants_only,
    _no_global,
)

if __name__ == "__main__":
    sys.exit(main())
