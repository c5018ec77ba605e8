"""Our plain folder names belong to nobody else on the path, and starting stays light."""

import subprocess
import sys
from importlib.metadata import packages_distributions

from tests.architecture.rules import PACKAGES, ROOT

_HEAVY = {
    *("chromadb", "spacy", "openai", "langchain_openai", "langchain_chroma", "presidio_analyzer", "networkx", "numpy"),
    *(
        "alembic",
        "cryptography",
        "httpx",
        "phonenumbers",
        "psycopg",
        "sqlalchemy.dialects.postgresql",
        "sqlalchemy.orm",
    ),
    *("pygments", "rich"),
}


def test_no_distribution_claims_one_of_our_names() -> None:
    """Neither an installed package nor the standard library is called like a folder of ours."""
    others = {name for name, owners in packages_distributions().items() if set(owners) != {"margent"}}

    assert not set(PACKAGES) & others
    assert not set(PACKAGES) & set(sys.stdlib_module_names)


def test_the_web_application_starts_without_heavy_libraries() -> None:
    """Importing the wiring and the application loads no model, index or client library."""
    code = f"import margent.wiring, margent.app, sys; print(*({_HEAVY!r} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
