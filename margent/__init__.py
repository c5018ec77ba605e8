"""Margent: the one module this distribution installs.

The application lives in the folders beside this one. A wheel carries them inside `_app`, so that names
as plain as `api` and `web` never reach anyone's site-packages. Importing `margent` puts the right
parent first on the path.
"""

import sys
from pathlib import Path

__version__ = "0.1.0"

_here = Path(__file__).parent
_bundle = _here / "_app"
_root = str(_bundle if _bundle.is_dir() else _here.parent)
if sys.path[:1] != [_root]:
    sys.path.insert(0, _root)
