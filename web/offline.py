"""One self-contained page with all the study aids of a reading, to keep, print or hand on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from domain.claims import Claim
from domain.documents import Citation, Document
from domain.material import Artifact, Kind, claims_of
from generators.exports.origin import Origin
from web.templating import with_formulas

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the reading (or the whole of it) and its study aids."""

    title: str
    aids: Mapping[Kind, Artifact]


def render(document: Document, parts: Sequence[Part]) -> str:
    """Write the page. It needs no network, and every statement on it links to the words it comes from."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sources = _number(parts)
    environment.filters |= {"svg": Markup, "with_formulas": with_formulas}
    return environment.get_template("offline.html").render(
        document=document,
        parts=parts,
        sources=sources,
        number=lambda claim: [sources[citation] for citation in claim.citations],
        credit=Origin(document.title, document.language, lambda _document_id, _page, _part: None).credit,
        Kind=Kind,
    )


def _number(parts: Sequence[Part]) -> dict[Citation, int]:
    """Give the citations of all parts numbers from 1, in the order in which the page shows them."""
    found: dict[Citation, int] = {}
    for claim in _claims(parts):
        for citation in claim.citations:
            found.setdefault(citation, len(found) + 1)
    return found


def _claims(parts: Sequence[Part]) -> Iterator[Claim]:
    for part in parts:
        for artifact in part.aids.values():
            for unit in artifact.units:
                yield from claims_of(unit)
