"""The copy that people take away: a zip with a page to read, the same as JSON for programs, and their own files."""

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import IO, Any
from urllib.parse import quote

from accounts.holdings import Group, Held, list_groups, look_words
from domain.documents import Document
from domain.errors import NotFound
from domain.ports import FileStore

Row = Mapping[str, object]
Rows = Mapping[str, Sequence[Row]]

_IN_MEMORY = 10_000_000
"""Bytes; a larger copy goes through a file that has no name, and is gone when it is closed."""

_PIECE = 1 << 16

_NESTED = {"units", "provenance"}
"""Columns that hold JSON as text."""

_WORDS = {"role", "purpose", "what", "why", "kind", "outcome"}
"""Columns that hold words of ours."""

_OF_CASES: Mapping[str, tuple[str, ...]] = {
    "care_case": ("opened_at",),
    "flag": ("raised_at", "text"),
    "case_event": (),
    "notice": (),
}
"""What a copy holds of a case that its person knows of: that it is there, and the person's own words.

How grave it is, what about, what was done and what a counsellor noted are the counsellor's, and may concern others.
"""

_STYLE = (
    "body{font:1.0625rem/1.6 system-ui,sans-serif;max-inline-size:60rem;margin-inline:auto;padding:1rem;"
    "color-scheme:light dark}table{border-collapse:collapse;inline-size:100%}"
    "th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;border-block-end:1px solid #8886;"
    "overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .5rem}"
)


@dataclass(frozen=True, slots=True)
class Export:
    """A zip to be sent once and closed."""

    name: str
    stream: IO[bytes]


def build_copy(
    rows: Rows,
    held: Sequence[Held],
    *,
    made_at: datetime,
    files: Sequence[Document],
    store: FileStore,
) -> Export:
    """Put the copy together of all rows about somebody, what the groups say, and the files of these documents."""
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        names = dict(_write_files(archive, files, store))
        archive.writestr("index.html", _to_page(rows, held, made_at, names))
        archive.writestr("data.json", _to_json(rows, made_at))
    stream.seek(0)
    return Export(f"margent-copy-{made_at:%Y-%m-%d}.zip", stream)


def pieces_of(export: Export) -> Iterator[bytes]:
    """Give the copy piece by piece, and forget it at the end."""
    with export.stream as stream:
        while piece := stream.read(_PIECE):
            yield piece


def for_guardian(rows: Rows) -> Rows:
    """Leave of a child's rows what a guardian's copy holds: never words of the child."""
    kept = {name: columns for group in list_groups() for name, columns in group.for_guardians.items()}
    return {
        name: [{column: row[column] for column in kept[name]} for row in found]
        for name, found in rows.items()
        if name in kept
    }


def for_self(rows: Rows) -> Rows:
    """Leave of the rows about a person what the own copy holds: of cases only what `_OF_CASES` says."""
    return {
        name: [{column: row[column] for column in _OF_CASES[name]} for row in found] if name in _OF_CASES else found
        for name, found in rows.items()
        if _OF_CASES.get(name, True)
    }


def rows_of(group: Group, table: str, rows: Rows) -> list[Row]:
    """Give the rows of a table that belong to a group: study aids belong to readings, own questions by themselves."""
    found = rows.get(table, ())
    if table != "artifact":
        return list(found)
    is_own = table in group.counts
    return [row for row in found if (row.get("owner_id") is not None) == is_own]


def _write_files(
    archive: zipfile.ZipFile, documents: Sequence[Document], store: FileStore
) -> Iterator[tuple[str, str]]:
    """Write each file under a name that no other has; give the names by document."""
    for number, document in enumerate(documents, 1):
        name = f"files/{number:03d}-{document.filename.replace('/', '_').replace(chr(92), '_')}"
        try:
            archive.write(store.path(document.content_hash), name)
        except NotFound:
            continue
        yield document.id, name


def _to_json(rows: Rows, made_at: datetime) -> str:
    groups = {
        group.key: {
            "title": group.title,
            "tables": {
                table: [_plain(row) for row in found]
                for table in group.tables
                if (found := rows_of(group, table, rows))
            },
        }
        for group in list_groups()
    }
    content = {"made_at": made_at, "groups": {key: group for key, group in groups.items() if group["tables"]}}
    return json.dumps(content, ensure_ascii=False, indent=1, default=_written)


def _plain(row: Row) -> Mapping[str, object]:
    return {name: _opened(name, value) for name, value in row.items()}


def _opened(name: str, value: object) -> object:
    return json.loads(value) if name in _NESTED and isinstance(value, str) else value


def _written(value: object) -> str:
    assert isinstance(value, date)  # a datetime is one too
    return value.isoformat()


def _to_page(rows: Rows, held: Sequence[Held], made_at: datetime, files: Mapping[str, str]) -> str:
    heading = f"What Margent holds about {escape(str(rows['person'][0]['name']))}"
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f'<meta name="viewport" content="width=device-width"><title>{heading}</title>',
        f'<style>{_STYLE}</style></head><body><h1 dir="auto">{heading}</h1>',
        f"<p>Made on {_say(made_at)}. The same is in <code>data.json</code>, for programs.</p>",
    ]
    for one in held:
        parts.extend(_to_section(one, rows, files))
    return "".join([*parts, "</body></html>"])


def _to_section(held: Held, rows: Rows, files: Mapping[str, str]) -> Iterator[str]:
    group = held.group
    yield f"<h2>{escape(group.title)}</h2><p>{escape(group.what)}</p><dl>"
    facts = {"What for": group.purpose, "Who can see it": group.seen_by, "Until when": " ".join(held.until)}
    for word, said in facts.items():
        yield f"<dt>{word}</dt><dd>{escape(said)}</dd>"
    yield "</dl>"
    for table, columns in group.shows.items():
        yield from _to_table(rows_of(group, table, rows), columns, files)


def _to_table(rows: Sequence[Row], columns: Mapping[str, str], files: Mapping[str, str]) -> Iterator[str]:
    shown = {name: word for name, word in columns.items() if any(row.get(name) not in {None, ""} for row in rows)}
    if not shown:
        return
    yield "<table><thead><tr>" + "".join(f'<th scope="col">{escape(word)}</th>' for word in shown.values())
    yield "</tr></thead><tbody>"
    for row in rows:
        cells = (_to_cell(name, row.get(name), files.get(str(row.get("id")))) for name in shown)
        yield "<tr>" + "".join(cells) + "</tr>"
    yield "</tbody></table>"


def _to_cell(name: str, value: Any, file: str | None) -> str:
    said = escape(look_words(_say(value)) if name in _WORDS else _say(value))
    if name == "filename" and file is not None:
        said = f'<a href="{quote(file)}">{said}</a>'
    return f'<td dir="auto">{said}</td>'


def _say(value: object) -> str:
    """Write a value as people read it."""
    match value:
        case None | "":
            return "–"
        case bool():
            return "yes" if value else "no"
        case datetime():
            here = value.astimezone()
            return f"{here.day} {here:%B %Y, %H:%M} {here.tzname()}"
        case date():
            return f"{value.day} {value:%B %Y}"
        case _:
            return str(value)
