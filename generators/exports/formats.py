"""The files that study aids can be taken away as, by the name they are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.material import Artifact, Flashcard, Kind
from generators.exports.anki import to_apkg
from generators.exports.documents import to_json as quiz_to_json
from generators.exports.documents import to_markdown
from generators.exports.graph import to_graphml, to_mermaid, to_svg
from generators.exports.graph import to_json as map_to_json
from generators.exports.tables import to_csv


@dataclass(frozen=True, slots=True)
class Format:
    """A file format for a kind. `write` takes the study aid and the reading's title."""

    kind: Kind
    media_type: str
    write: Callable[[Artifact, str], bytes]


def _cards(artifact: Artifact) -> tuple[Flashcard, ...]:
    return tuple(unit for unit in artifact.units if isinstance(unit, Flashcard))


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "cards.apkg": Format(
            Kind.FLASHCARDS,
            "application/octet-stream",
            lambda artifact, reading: to_apkg(artifact.title, _cards(artifact), reading),
        ),
        "cards.csv": Format(
            Kind.FLASHCARDS, "text/csv; charset=utf-8", lambda artifact, _: to_csv(_cards(artifact)).encode()
        ),
        "map.graphml": Format(
            Kind.CONCEPT_MAP, "application/xml", lambda artifact, _: to_graphml(artifact.units).encode()
        ),
        "map.json": Format(
            Kind.CONCEPT_MAP, "application/json", lambda artifact, _: map_to_json(artifact.units).encode()
        ),
        "map.mmd": Format(
            Kind.CONCEPT_MAP, "text/plain; charset=utf-8", lambda artifact, _: to_mermaid(artifact.units).encode()
        ),
        "map.svg": Format(Kind.CONCEPT_MAP, "image/svg+xml", lambda artifact, _: to_svg(artifact.drawing).encode()),
        "summary.md": Format(
            Kind.SUMMARY,
            "text/markdown; charset=utf-8",
            lambda artifact, reading: to_markdown(artifact, reading).encode(),
        ),
        "quiz.json": Format(
            Kind.QUIZ, "application/json", lambda artifact, reading: quiz_to_json(artifact, reading).encode()
        ),
    }
)
