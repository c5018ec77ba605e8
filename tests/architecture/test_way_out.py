"""There is one way out to a language model, and nothing else can reach one."""

import ast
from functools import cache

import pytest

from tests.architecture.rules import PACKAGES, ROOT

WAY_OUT = "safety/egress.py"
WIRING = "margent/wiring.py"
ADAPTERS = "adapters/models/"
LIBRARIES = {"openai", "langchain_openai", "langchain_core", "langchain_community", "litellm", "anthropic"}
"""Client libraries of models."""

WEB_CLIENTS = {"httpx", "requests", "urllib3", "aiohttp", "socket", "http", "urllib", "smtplib"}


@cache
def sources() -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8")))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    ]


def imported(tree: ast.Module) -> set[str]:
    """Give the modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def calls(tree: ast.AST, name: str) -> bool:
    """Whether something of this name is called."""
    return any(
        isinstance(node, ast.Call) and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) == name
        for node in ast.walk(tree)
    )


def test_only_the_wiring_knows_an_adapter_of_models() -> None:
    """Nothing beside them but `margent/wiring.py` imports one, and there it goes into the way out."""
    found = [
        path
        for path, tree in sources()
        if not path.startswith(ADAPTERS) and any(name.startswith("adapters.models") for name in imported(tree))
    ]

    assert found == [WIRING]


def test_only_the_wiring_makes_the_way_out() -> None:
    """`Outbound` and `Talk` are made in one place each."""
    makers = {name: [path for path, tree in sources() if calls(tree, name)] for name in ("Outbound", "Talk")}

    assert makers == {"Outbound": [WIRING], "Talk": [WAY_OUT]}


def test_the_wiring_hands_the_model_to_nothing_else() -> None:
    """What `_chat_model` gives is pinged or goes into `Outbound`; no other function of the wiring asks for it."""
    tree = ast.parse((ROOT / WIRING).read_text("utf-8"))

    users = {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and calls(function, "_chat_model")
    }

    assert users == {"find_ping", "_way_out"}


def test_client_libraries_stay_in_their_room() -> None:
    """No file outside the adapters of models imports a client library of models."""
    found = [
        path
        for path, tree in sources()
        if not path.startswith(ADAPTERS) and {name.partition(".")[0] for name in imported(tree)} & LIBRARIES
    ]

    assert found == []


def test_only_senders_open_connections() -> None:
    """No feature, face or rule can call out by itself."""
    inner = [
        (path, tree) for path, tree in sources() if path.startswith(("safety", "generators", "ingest", "learning"))
    ]

    found = [path for path, tree in inner if _clients(tree)]

    assert found == []


@pytest.mark.parametrize(
    "code", ["import httpx", "from urllib.request import urlopen", "import http.client", "def f():\n    import socket"]
)
def test_a_connection_is_seen(code: str) -> None:
    """Wherever the import stands, it is found."""
    assert _clients(ast.parse(code))


def _clients(tree: ast.Module) -> set[str]:
    """Give the imports that open connections; taking addresses apart opens none."""
    harmless = ("urllib.parse", "http.HTTPStatus")
    found = {name for name in imported(tree) if name.partition(".")[0] in WEB_CLIENTS}
    return {name for name in found if name not in {"http", "urllib"} and not name.startswith(harmless)}
