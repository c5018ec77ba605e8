"""The secret by which browsers' cookies are signed: a file that is made at the first start.

Nothing is lost with it but what browsers keep: devices are strangers again.
"""

import os
import secrets
from pathlib import Path

_BYTES = 32


def load_secret(path: Path) -> bytes:
    """Give the 32 random bytes in the file, making it when it is not there or not whole."""
    if not path.is_file() or path.stat().st_size != _BYTES:
        new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(_BYTES))
        new.replace(path)
    return path.read_bytes()
