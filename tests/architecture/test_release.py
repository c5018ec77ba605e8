"""Material is served through one gate alone."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.rules import PACKAGES, ROOT

GATE = "safety/release.py"
CODEC = "adapters/sql/material.py"
SHELF = "generators/shelf.py"
MOVERS = {f"ingest/moving_aids.py:{name}" for name in ("move_artifact", "_move_touched", "_unfinished", "_taking_up")}
"""Let units follow the words that they cite when a file is replaced, or go with them; what they say stays."""

KEEPERS = {"safety/versions.py:numbered", "safety/versions.py:as_version_of"}
"""Number the versions of a study aid."""

HANDS = {f"{SHELF}:with_units", f"{SHELF}:in_place_of"}
"""Put in what a person wrote, and what was made anew around what people keep."""

CHANGERS = (
    {f"{SHELF}:{name}" for name in ("make", "published", "withdrawn", "kept_as", "_finished")}
    | HANDS
    | MOVERS
    | KEEPERS
)
OWN_FIELDS = ({"artifact"}, {"drawing"}, {"units", "dropped"})
"""What nothing but an artifact, or what serves one, has: a document too drops something, a draft too has units."""

CHILD = "ingest/parsers/"
"""Runs in a process of its own, where nothing was ever served."""


def test_only_release_serves() -> None:
    """`Served` is constructed in `safety/release.py` and nowhere else."""
    assert set(_makers("Served")) == {GATE}


@pytest.mark.parametrize("name", ["Served", "RedactedDocument"])
def test_no_other_name_reaches_what_is_guarded(name: str) -> None:
    """Elsewhere the class is named in annotations, type tests and matches alone: no alias, no heir, no text."""
    gates = {"Served": GATE, "RedactedDocument": "safety/personal_data.py"}
    used = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if _values(ast.parse(path.read_text("utf-8")), name)
    }

    assert used <= {gates[name]}


@pytest.mark.parametrize(
    "code",
    [
        "from domain.outcomes import Served as S",
        "made = Served",
        "def f(x): return list(map(Served, x))",
        "def f(x): return partial(Served, x)",
        "class Mine(Served): ...",
        "def f(x): return object.__new__(Served)",
        "def f(x): return getattr(outcomes, 'Served')(x)",
        "def f(x): return outcomes.Served(x)",
        "def f(x): return type(x)(artifact=1)",
    ],
)
def test_the_rule_sees_a_detour(code: str) -> None:
    """Aliases, heirs, names in texts and the class of a value are seen."""
    assert _values(ast.parse(code), "Served")


@pytest.mark.parametrize(
    "code",
    [
        "def f(x: Served) -> Served | Refused: ...",
        "def f(x): return isinstance(x, Served | Refused)",
        "match x:\n    case Served(): ...",
        "Outcome = Served | Refused",
        "from domain.outcomes import Served",
        "x: Served = y",
    ],
)
def test_the_rule_lets_types_be_named(code: str) -> None:
    """Annotations, type tests, matches and unions make nothing."""
    assert not _values(ast.parse(code), "Served")


def test_only_release_makes_artifacts() -> None:
    """New artifacts come from `release`; the store rebuilds from rows what it was given."""
    assert set(_makers("Artifact")) == {GATE, CODEC}


def test_only_the_redactor_makes_redacted_documents() -> None:
    """`RedactedDocument` is constructed in `safety/personal_data.py` and nowhere else."""
    assert set(_makers("RedactedDocument")) == {"safety/personal_data.py"}


def test_only_the_shelf_changes_what_was_served() -> None:
    """A `Served`, or the artifact in it, is copied with changes by named functions of the shelf, and where it moves."""
    assert set(_changers()) == CHANGERS


def test_changes_of_an_artifact_leave_its_words_alone() -> None:
    """Copies of artifacts change how they are shown; units change where a person's hand goes on alone."""
    changers = _changers()
    moved = {field for mover in MOVERS | KEEPERS for field in changers.pop(mover)}
    changed = {field for fields in changers.values() for field in fields}

    assert changed <= {"artifact", "drawing", "hands", "id", "levels", "provenance", "status", "units", "version"}
    assert moved <= {
        "drawing",
        "evidence_hash",
        "hands",
        "provenance",
        "section",
        "status",
        "title",
        "units",
        "version",
    }
    assert {place for place, fields in changers.items() if "units" in fields} == HANDS


@pytest.mark.parametrize(
    "code",
    [
        "def f(outcome: Served): return replace(outcome, artifact=x)",
        "def f(outcome: Outcome): return dataclasses.replace(outcome.artifact, units=())",
        "def f(given):\n    artifact: Artifact = given\n    return replace(artifact, units=())",
        "def f(x):\n    artifact = load(x)\n    return replace(artifact, units=())",
        "def f(x):\n    return copy.replace(x, units=(), dropped=0)",
        "def f(x): return replace(x.material.find(1), units=())",
        "def f(x): return replace(x, **changes)",
    ],
)
def test_the_rule_sees_a_change(code: str) -> None:
    """Whatever the value is called, its type, its name or the fields that only it has give it away."""
    assert [place for place, _ in _changes(ast.parse(code))] == ["f"]


def test_other_copies_are_no_concern() -> None:
    """Texts, documents and drafts may be copied with changes."""
    code = (
        "def f(text: str, draft: Draft): return text.replace('a', 'b'), replace(draft, provenance=1), replace(x, y=1)"
    )

    assert list(_changes(ast.parse(code))) == []


def _changers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            place = path.relative_to(ROOT).as_posix()
            if place.startswith(CHILD):
                continue
            for function, fields in _changes(ast.parse(path.read_text("utf-8"))):
                found.setdefault(f"{place}:{function}", []).extend(fields)
    return found


def _changes(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Give the functions that copy what was served with changes, and the fields that they change."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        served = set(_served_names(function))
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and _is_copy(call) and _is_of_served(call, served):
                yield function.name, [keyword.arg or "**" for keyword in call.keywords]


def _is_copy(call: ast.Call) -> bool:
    is_plain = isinstance(call.func, ast.Name) or (
        isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    )
    return is_plain and len(call.args) == 1 and bool(call.keywords) and _called(call.func) == "replace"


def _is_of_served(call: ast.Call, served: set[str]) -> bool:
    """Whether the copied value is served: by its name, by the attribute it comes from, or by its own fields."""
    fields = {keyword.arg for keyword in call.keywords}
    names = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(call.args[0]) if isinstance(node, ast.Attribute)}
    is_named = isinstance(call.args[0], ast.Name) and bool(names & served)
    return (
        is_named
        or bool(attributes & {"artifact", "material"})
        or any(own <= fields for own in OWN_FIELDS)
        or None in fields
    )


def _served_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """Give the names that a function calls an outcome or an artifact by: by annotation, or by what they are called."""
    yield from ("artifact", "outcome", "served")
    every = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    yield from (one.arg for one in every if one.annotation and _names_served(one.annotation))
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _names_served(node.annotation):
            yield node.target.id


def _names_served(annotation: ast.expr) -> bool:
    return bool({"Served", "Outcome", "Artifact"} & set(ast.unparse(annotation).replace("|", " ").split()))


def _values(tree: ast.Module, name: str) -> list[ast.AST]:
    """List where a class is used as a value, or could be reached by another name."""
    types: set[int] = set()
    for node in ast.walk(tree):
        types |= {id(inner) for part in _type_parts(node) for inner in ast.walk(part)}
    return [node for node in ast.walk(tree) if id(node) not in types and _reaches(node, name)]


def _type_parts(node: ast.AST) -> list[ast.AST]:
    """Give the parts of a node in which classes are types: annotations, type tests, matches, unions."""
    match node:
        case ast.arg() | ast.AnnAssign():
            parts: list[ast.AST | None] = [node.annotation]
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts = [node.returns]
        case ast.Call(func=ast.Name("isinstance"), args=[_, kinds]):
            parts = [kinds]
        case ast.MatchClass(cls=cls):
            parts = [cls]
        case ast.BinOp(op=ast.BitOr()):
            parts = [node]
        case _:
            parts = []
    return [part for part in parts if part is not None]


def _reaches(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=one) | ast.Attribute(attr=one):
            return one == name
        case ast.Constant(value=str(one)):
            return one == name
        case ast.alias(name=one, asname=str()):
            return one == name
        case ast.Call(func=ast.Call(func=ast.Name("type"), args=[_])):
            return True
        case _:
            return False


def _makers(name: str) -> Iterator[str]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _called(node.func) == name:
                    yield path.relative_to(ROOT).as_posix()


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
