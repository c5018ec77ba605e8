"""Margent: the one module this distribution installs.

The application lives in the folders beside this one. A wheel carries them inside `_app`, so that names
as plain as `api` and `web` never reach anyone's site-packages. Importing `margent` puts the right
parent first on the path, and has structlog do without rich.
"""

import sys
from pathlib import Path

__version__ = "0.1.0"

_here = Path(__file__).parent
_bundle = _here / "_app"
_root = str(_bundle if _bundle.is_dir() else _here.parent)
if sys.path[:1] != [_root]:
    sys.path.insert(0, _root)

# structlog takes rich where another library brought it: a seventh of a start, for traces that show what variables
# held. A name that stands for None cannot be imported; afterwards rich is there for whoever asks.
if not {"structlog", "rich"} & sys.modules.keys():
    # the interpreter's own way to say that a module is not there
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog as _structlog  # noqa: F401

    del sys.modules["rich"]
