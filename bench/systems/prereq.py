"""Prerequisites by the product's own scoring: `prereq`."""

from collections.abc import Sequence

from generators.compose.maps.prerequisites import score_prerequisites


def prereq(sections: Sequence[str], pairs: Sequence[Sequence[str]]) -> list[float]:
    return score_prerequisites(sections, [(concept, candidate) for concept, candidate in pairs])
