"""What readers think of study aids, part by part: their own for students, counts and reasons for teachers."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.consent import Purpose
from domain.errors import Invalid, NotAllowed
from domain.hands import Rating, RatingReason
from domain.ids import ArtifactId, UnitId
from domain.material import Artifact, Unit
from domain.people import Person, Role
from domain.scope import scope_of
from generators.finding import find_aid
from generators.hands.changing import Spot, find_unit
from generators.tools import Tools

LONGEST = 300
"""Characters of a reader's own words."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of a part of a study aid, and why."""

    is_good: bool
    reason: RatingReason
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What readers said of a part: how many found it good and bad, for which reasons, and in which words."""

    unit: Unit
    good: int
    bad: int
    reasons: Mapping[RatingReason, int]
    words: tuple[str, ...]


class Ratings:
    """Ratings. Each method is one transaction; all raise NotFound for what the person does not see."""

    def __init__(self, tools: Tools) -> None:
        """Use the pipeline's tools."""
        self._tools = tools

    def rate(self, person: Person, spot: Spot, opinion: Opinion) -> None:
        """Keep what a person thinks of a part, in place of what the person said before.

        The faces hear the words first. Raises Invalid for words that are too long, and ConsentMissing for a student
        whose answers may not be kept.
        """
        self._tools.consents.check(person, Purpose.STUDY)
        words = " ".join(opinion.words.split())
        if len(words) > LONGEST:
            raise Invalid(f"Say it in at most {LONGEST} characters.", field="reason")
        with self._tools.store(scope_of(person)) as work:
            artifact, _ = find_aid(work, person, spot.artifact_id)
            unit = find_unit(artifact, spot.unit_id)
            now = self._tools.clock.now()
            work.hands.save_rating(Rating(artifact.id, unit.id, person.id, now, opinion.is_good, opinion.reason, words))
            work.commit()

    def take_back(self, person: Person, spot: Spot) -> None:
        """Forget what a person said of a part; where nothing was said, nothing is done."""
        with self._tools.store(scope_of(person)) as work:
            artifact, _ = find_aid(work, person, spot.artifact_id)
            if spot.unit_id is not None:
                work.hands.delete_rating(artifact.id, spot.unit_id, person.id)
            work.commit()

    def list_own(self, person: Person, artifact_ids: Collection[ArtifactId]) -> dict[tuple[ArtifactId, UnitId], Rating]:
        """Give what the person said of parts of these study aids."""
        if not artifact_ids:
            return {}
        with self._tools.store(scope_of(person)) as work:
            found = work.hands.list_ratings_of(person.id, artifact_ids)
        return {(rating.artifact_id, rating.unit_id): rating for rating in found}

    def load(self, person: Person, artifact_id: ArtifactId) -> tuple[Artifact, list[Verdicts]]:
        """Give a study aid with what readers said of its parts, the worst first. Nobody is named.

        Raises NotAllowed for others than teachers.
        """
        with self._tools.store(scope_of(person)) as work:
            artifact, _ = find_aid(work, person, artifact_id)
            if person.role is not Role.TEACHER:
                raise NotAllowed("Only teachers see what readers said.")
            ratings = work.hands.list_ratings(artifact.id)
        found = [_verdicts(unit, [one for one in ratings if one.unit_id == unit.id]) for unit in artifact.units]
        said = [one for one in found if one.good or one.bad]
        return artifact, sorted(said, key=lambda one: (-one.bad, one.good))


def _verdicts(unit: Unit, ratings: Collection[Rating]) -> Verdicts:
    good = sum(rating.is_good for rating in ratings)
    reasons = Counter(rating.reason for rating in ratings)
    words = tuple(sorted({rating.words for rating in ratings if rating.words}))
    return Verdicts(unit, good, len(ratings) - good, dict(reasons.most_common()), words)
