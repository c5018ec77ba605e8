"""Requests with the ids of somebody else's things in every place where a request can carry one."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from domain.people import Role
from tests.faces import walk_routes
from tests.two_schools import Area

_WEB = Path(__file__).parent.parent / "web"
_PLACE = re.compile(r"{(\w+)(?::\w+)?}")
_FILE = ("people.csv", b"name,email\nNobody Known,nobody@school.example\n", "text/csv")


@dataclass(frozen=True, slots=True)
class Forged:
    """One request. `is_form` says that it is sent as a page's form."""

    method: str
    path: str
    url: str
    is_form: bool
    body: Any = None
    has_file: bool = False


def forge(app: FastAPI, area: Area) -> Iterator[Forged]:
    """Yield a request for every route of the application, about an area's things."""
    described = app.openapi()
    fields = {name: _value(name, area) for name in form_fields()}
    for method, path, _ in walk_routes(app):
        for url in _urls(path, area):
            if path.startswith("/api/"):
                body, has_file = _body(described, path, method.lower(), area)
                yield Forged(method, path, url, is_form=False, body=body, has_file=has_file)
            else:
                yield Forged(method, path, url, is_form=method == "POST", body=fields, has_file=method == "POST")


def form_fields() -> set[str]:
    """List the names that the pages read from forms, found in their code."""
    names = set()
    for file in _WEB.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                is_read = node.func.attr in {"text", "number", "get", "day", "flag", "list"}
                if is_read and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    names.add(first.value)
    return {name for name in names if name.isidentifier()} - {"form_token"}


def _urls(path: str, area: Area) -> Iterator[str]:
    names = _PLACE.findall(path)
    for values in product(*(_candidates(name, area) for name in names)):
        if not _belong(dict(zip(names, values, strict=True)), area):
            continue
        url = path
        for name, value in zip(names, values, strict=True):
            url = re.sub(rf"{{{name}(:\w+)?}}", value, url)
        yield url if "?" in url else url + _query(area)


def _belong(named: Mapping[str, str], area: Area) -> bool:
    """Whether a part stands in the aid that is named with it: of others it is known that there is none."""
    home = {area.ids["question"]: area.ids["quiz"], area.ids["sentence"]: area.ids["variant"]}
    return "artifact_id" not in named or "unit_id" not in named or home.get(named["unit_id"]) == named["artifact_id"]


def _query(area: Area) -> str:
    """Name the area's things in the query too, under every name that a route could read."""
    named = {"document_id": area.ids["document"], "class_id": area.class_room.id, "q": "zq"}
    named |= {"person_id": area.people[Role.STUDENT].id, "section": "0"}
    return "?" + "&".join(f"{name}={value}" for name, value in named.items())


def _candidates(name: str, area: Area) -> list[str]:
    """Give what may stand in a place of a path. A new name fails here until it is said what it is."""
    known: dict[str, list[str]] = {
        "document_id": [area.ids["document"]],
        "study_set_id": [area.ids["study_set"]],
        "artifact_id": [area.ids["quiz"], area.ids["variant"], area.ids["own"]],
        "unit_id": [area.ids["sentence"], area.ids["question"]],
        "question_id": [area.ids["question"]],
        "case_id": [area.ids["case"]],
        "class_id": [area.class_room.id],
        "person_id": [area.people[role].id for role in Role],
        "guardian_id": [area.people[Role.GUARDIAN].id],
        "invitation_id": [area.ids["invitation"]],
        "hold_id": [area.ids["hold"]],
        "contact_id": [area.ids["contact"]],
        "output_id": [area.ids["output"]],
        "roster_id": ["0" * 32],
        "token": ["A" * 43],
        "number": ["1"],
        "figure": ["0"],
        "name": ["cards.csv"],
        "version": ["0"],
    }
    return known[name]


def _value(name: str, area: Area) -> str:
    if "class" in name:
        return area.class_room.id
    if "hold" in name:
        return area.ids["hold"]
    if "invitation" in name:
        return area.ids["invitation"]
    if any(word in name for word in ("person", "child", "ward", "guardian", "successor", "member")):
        return area.people[Role.STUDENT].id
    return {"role": "student", "section": "0", "email": "nobody@school.example"}.get(name, "x")


def _body(described: Mapping[str, Any], path: str, method: str, area: Area) -> tuple[Any, bool]:
    """Make a valid body out of the description of the API, with the area's ids where ids go."""
    operation = described["paths"].get(path, {}).get(method, {})
    content = operation.get("requestBody", {}).get("content", {})
    has_file = "multipart/form-data" in content
    schema = next((one["schema"] for one in content.values()), None)
    body = _example(schema, described, "", area) if schema else None
    if has_file and isinstance(body, dict):
        body = {name: value for name, value in body.items() if isinstance(value, str) and value != _BYTES}
    return body, has_file


_BYTES = "(a file)"


def _example(schema: Mapping[str, Any], described: Mapping[str, Any], name: str, area: Area) -> Any:
    if "$ref" in schema:
        found = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return _example(found, described, name, area)
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], described, name, area)
    if schema.get("type") == "object":
        return {key: _example(part, described, key, area) for key, part in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [_example(schema.get("items", {}), described, name, area)]
    return _plain(schema, name, area)


def _plain(schema: Mapping[str, Any], name: str, area: Area) -> Any:
    if "const" in schema or "enum" in schema:
        return schema.get("const") or schema["enum"][0]
    match schema.get("type"):
        case "integer" | "number":
            return max(schema.get("minimum", 0), 0)
        case "boolean":
            return True
        case "string" if schema.get("format") == "binary" or "contentMediaType" in schema:
            return _BYTES
        case "string" if schema.get("format") == "date":
            return "2026-11-22"
        case _:
            return _value(name, area).ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", 200)]


def upload() -> tuple[str, bytes, str]:
    """Give the file that goes with requests that carry one."""
    return _FILE
