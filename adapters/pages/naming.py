"""A name and an encoding for what came over the web: both are said beside it there, and a file has only itself."""

import codecs
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

_ENDINGS = {
    "text/html": (".html", ".htm", ".xhtml"),
    "application/xhtml+xml": (".xhtml", ".html", ".htm"),
    "text/markdown": (".md", ".markdown"),
    "text/vtt": (".vtt",),
    "application/pdf": (".pdf",),
}
_NAMED = re.compile(r"filename\s*=\s*(?:\"([^\"]*)\"|([^\";\s]+))", re.IGNORECASE)
_NAMED_IN_UTF8 = re.compile(r"filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_LONGEST = 100


def name_file(path: str, host: str, kind: str, disposition: str) -> str:
    """Name a file as the server calls it, by the end of its address's path, or by the host.

    `kind` is the header Content-Type: where it says more than the name does, the name gets its ending.
    """
    in_utf8, plain = _NAMED_IN_UTF8.search(disposition), _NAMED.search(disposition)
    named = unquote(in_utf8[1]) if in_utf8 else (plain[1] or plain[2] or "" if plain else "")
    name = _last(named) or _last(unquote(path)) or host
    endings = _ENDINGS.get(_media_type(kind), ())
    ending = PurePosixPath(name).suffix
    if not endings or ending.lower() in endings:
        return name[-_LONGEST:]
    return name[: _LONGEST - 10] + endings[0]


def to_utf8(content: bytes, kind: str) -> bytes:
    """Write a text in UTF-8, with its mark, where the server alone says in which encoding it comes."""
    charset = _CHARSET.search(kind)
    if not charset or not _media_type(kind).startswith("text/") or content.startswith(codecs.BOM_UTF8):
        return content
    try:
        if codecs.lookup(charset[1]).name == "utf-8":
            return content
        return codecs.BOM_UTF8 + content.decode(charset[1]).encode()
    except (LookupError, UnicodeError):
        return content


def _last(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _media_type(kind: str) -> str:
    return kind.split(";", 1)[0].strip().lower()
