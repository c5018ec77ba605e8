"""Anki packages: the notes of a deck, out of the database in the file, whatever version of Anki wrote it.

The database is a stranger's: it is opened in memory, may only be read, and every step and size is bounded.
"""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Protocol

from domain.errors import Invalid, TooLarge, Unreadable
from generators.imports.brought import MOST_CARDS, Brought, Line, gather
from generators.imports.clozes import filled, has_gaps, list_gapped
from generators.imports.decoding import list_runs
from generators.imports.markup import to_plain

_NAMES = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""Databases that a package may hold, the newest first; an old one beside it only says to update Anki."""

_MOST_FILES = 50_000
_MOST_BYTES = 200_000_000
_MOST_RATIO = 200
"""How many times its packed size a database may have; text packs to a tenth or so."""

_MOST_STEPS = 40_000
_STEP = 1_000
"""Instructions of the database between two counts."""

_LONGEST_VALUE = 20_000_000
_LONGEST_FIELDS = 100_000
_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION))
_TABLES = frozenset(("notes", "col", "fields", "decks", "sqlite_master", "sqlite_schema"))
_DAMAGED = "This Anki package is damaged. Export it from Anki again."
_COVERED = "image-occlusion:"
_BROKEN = (sqlite3.Error, ValueError, TypeError, AttributeError, KeyError, OverflowError)
"""What a stranger's database, or what should be JSON in it, can make fail."""

_NAMED = ("name FROM fields", "name FROM decks", "models FROM col", "decks FROM col")
"""Where packages of every age keep the names that people gave; each has some of these."""

_MOST_NAMES = 10_000


class _Readable(Protocol):
    """What gives its bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Give up to so many bytes, none at its end."""
        ...


@dataclass(frozen=True, slots=True)
class _Note:
    """A note as the database has it; `names` are those of its fields, as far as they are known."""

    number: int
    guid: str
    tags: str
    fields: tuple[str, ...]
    names: tuple[str, ...]


def read_package(content: bytes) -> Brought:
    """Read the notes of an Anki package as cards. Pictures and sounds stay behind, and are named."""
    problems: list[str] = []
    data = _read_database(content)
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            fill(database, data)
            notes = list(_list_notes(database))
        except _BROKEN as error:
            raise Unreadable(_DAMAGED, field="file") from error
    lines = [line for note in notes for line in _lines(note, problems)]
    return gather(lines, problems)


def list_package_words(content: bytes) -> Iterator[str]:
    """Yield all that stands in a package: names, tags, fields with their gaps filled; never fails.

    Of a damaged database it is what still looks like words.
    """
    try:
        data = _read_database(content)
    except Invalid:
        return
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            fill(database, data)
            for tags, fields in database.execute("SELECT tags, flds FROM notes ORDER BY id"):
                yield str(tags)
                yield from _said(str(fields))
        except (*_BROKEN, Invalid):
            yield from list_runs(data)
        for query in _NAMED:
            with suppress(*_BROKEN):
                for (value,) in database.execute(f"SELECT {query}").fetchmany(_MOST_NAMES):
                    yield from _list_names(str(value))


def _list_names(value: str) -> list[str]:
    """Give a name, or those in the settings that old packages keep as JSON."""
    if not value.startswith("{"):
        return [value]
    found: list[str] = []
    json.loads(value, object_hook=lambda one: found.extend(str(one.get(key, "")) for key in ("name", "desc")))
    return found


def _said(fields: str) -> Iterator[str]:
    for field in fields.split("\x1f"):
        plain = to_plain(field)
        yield filled(plain.text)
        yield from plain.media


def _read_database(content: bytes) -> bytes:
    """Unpack the newest database of a package, within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = set(archive.namelist()[:_MOST_FILES])
            name = next((one for one in _NAMES if one in found), None)
            if name is None:
                raise Unreadable("This is no Anki package: it holds no collection.", field="file", code="wrong_type")
            entry = archive.getinfo(name)
            if entry.flag_bits & 1:
                raise Unreadable("This package is locked with a password.", field="file", code="encrypted")
            most = _bound(entry.compress_size)
            with archive.open(entry) as member:
                packed = _read(member, most)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Unreadable(_DAMAGED, field="file") from error
    return _unpack(packed) if name.endswith("b") else packed


def _unpack(packed: bytes) -> bytes:
    import zstandard

    try:
        reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed, read_across_frames=True)
        return _read(reader, _bound(len(packed)))
    except zstandard.ZstdError as error:
        raise Unreadable(_DAMAGED, field="file") from error


def _bound(packed_size: int) -> int:
    return min(_MOST_BYTES, packed_size * _MOST_RATIO)


def _read(source: _Readable, most: int) -> bytes:
    """Read all of it, piece by piece. Raises TooLarge past a number of bytes."""
    pieces, size = [], 0
    while piece := source.read(1 << 20):
        size += len(piece)
        if size > most:
            raise TooLarge("This Anki package unpacks to far more than its size. It cannot be taken.", field="file")
        pieces.append(piece)
    return b"".join(pieces)


def fill(database: sqlite3.Connection, data: bytes) -> None:
    """Put a stranger's database into an empty one in memory; from then on it can only be read, and stops by itself."""
    if not data.startswith(b"SQLite format 3\x00"):
        raise Unreadable(_DAMAGED, field="file")
    # a database whose last writer kept a log beside it cannot be opened in memory until it says otherwise
    database.deserialize(data[:18] + b"\x01\x01" + data[20:])
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        database.execute(f"PRAGMA {setting}")
    database.text_factory = lambda value: value.decode("utf-8", errors="replace")
    database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    steps = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEP)
    database.set_authorizer(_judge)


def _judge(action: int, first: str | None, _second: str | None, _database: str | None, _inner: str | None) -> int:
    is_read = action in _ALLOWED and (action != sqlite3.SQLITE_READ or first in _TABLES)
    return sqlite3.SQLITE_OK if is_read else sqlite3.SQLITE_DENY


def _list_notes(database: sqlite3.Connection) -> Iterator[_Note]:
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "notes" not in tables:
        raise Unreadable(_DAMAGED, field="file")
    names = _names_of_fields(database, tables)
    rows = database.execute(
        "SELECT guid, mid, tags, flds FROM notes ORDER BY id LIMIT ?",
        (MOST_CARDS + 1,),
    )
    for number, (guid, kind, tags, fields) in enumerate(rows, 1):
        if number > MOST_CARDS:
            raise TooLarge(f"This package has more than {MOST_CARDS:,} notes. Export it in parts.", field="file")
        parts = tuple(str(fields)[:_LONGEST_FIELDS].split("\x1f"))
        yield _Note(number, str(guid), str(tags), parts, names.get(str(kind), ()))


def _names_of_fields(database: sqlite3.Connection, tables: set[str]) -> Mapping[str, tuple[str, ...]]:
    """Give the names of the fields of every type of note, by its number."""
    names: dict[str, list[tuple[int, str]]] = {}
    if "fields" in tables:
        for kind, place, name in database.execute("SELECT ntid, ord, name FROM fields LIMIT 10000"):
            names.setdefault(str(kind), []).append((int(place), str(name)))
    else:
        (models,) = database.execute("SELECT models FROM col LIMIT 1").fetchone()
        for kind, model in json.loads(models).items():
            names[str(kind)] = [(int(field["ord"]), str(field["name"])) for field in model["flds"]]
    return {kind: tuple(name for _, name in sorted(fields)) for kind, fields in names.items()}


def _lines(note: _Note, problems: list[str]) -> Iterator[Line]:
    """Yield a note as cards: one for each number of its gaps, or its first field against the others."""
    name = f"Note {note.number}"
    if any(_COVERED in field for field in note.fields):
        problems.append(f"{name}: it is a picture with parts covered, which cannot be brought along.")
        return
    plains = [to_plain(field) for field in note.fields]
    media = [one for plain in plains for one in plain.media]
    if media:
        problems.append(f"{name}: left without {', '.join(dict.fromkeys(media))}. Pictures and sounds stay behind.")
    texts = [plain.text.strip() for plain in plains]
    tags = tuple(note.tags.split())
    gapped = next((place for place, text in enumerate(texts) if has_gaps(text)), None)
    if gapped is None:
        yield Line(name, texts[0], _rest(texts, note.names, {0}), tags, ("anki", note.guid))
        return
    more = _rest(texts, note.names, {gapped})
    for one in list_gapped(texts[gapped]):
        back = "\n".join(part for part in (one.back, more) if part)
        yield Line(f"{name}, gap {one.number}", one.front, back, tags, ("anki", note.guid, str(one.number)))


def _rest(texts: Sequence[str], names: Sequence[str], without: set[int]) -> str:
    """Join the fields that are not asked: the first as it is, those after it with their names."""
    kept = [(place, text) for place, text in enumerate(texts) if text and place not in without]
    said = []
    for count, (place, text) in enumerate(kept):
        name = names[place] if place < len(names) else ""
        said.append(f"{name}: {text}" if count and name else text)
    return "\n".join(said)
