"""ZIP files whose bytes tell nothing but their content: no times, files in the order given."""

import io
import zipfile
from collections.abc import Mapping

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can hold."""

_READABLE = 0o644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """Write files into a ZIP file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _READABLE
            archive.writestr(entry, content)
    return written.getvalue()


def repack(package: bytes) -> bytes:
    """Write a ZIP file of our own making again, without its times."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})
