"""What people do to study aids: reword, keep, take out and bring back parts of them, rate them, see their versions."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.aids import ArtifactBody, HandBody
from api.deps import Editor, Rater, Reader, Reviewer, TheServices
from api.hands import HistoryBody, RatingBody, UnitChangeBody, VerdictsBody, VersionBody
from api.hearing import Heard, HeardInPlace
from api.outcomes import AnyOutcome, artifact_body, outcome_body
from api.problems import problems
from api.wishes import MOST, ActWish, EditWish, RateWish, SeenWish
from domain.ids import ArtifactId, UnitId
from domain.outcomes import Escalated
from generators.hands.changing import Spot
from generators.hands.history import History, Step
from generators.hands.ratings import Opinion

Number = Annotated[int, Path(ge=1, le=MOST)]
_WORDS = tuple(name for name in EditWish.model_fields if name != "seen")


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["study aids"])
    one = "/artifacts/{artifact_id}"
    unit = one + "/units/{unit_id}"
    router.patch(
        unit,
        summary="Put your words in a part of a study aid",
        responses=problems(403, 404, 409),
        dependencies=[Depends(HeardInPlace(*_WORDS))],
    )(edit)
    router.post(
        unit + "/acts", summary="Keep, take out, bring back or replace a part", responses=problems(403, 404, 409)
    )(act)
    router.post(one + "/anew", summary="Make anew what nobody keeps", responses=problems(403, 404, 409, 429, 503))(
        remake
    )
    router.get(one + "/versions", summary="List the versions of a study aid", responses=problems(403, 404))(
        list_versions
    )
    router.post(one + "/versions/{number}", summary="Bring a version back", responses=problems(403, 404, 409))(
        bring_back
    )
    router.put(unit + "/rating", summary="Say what you think of a part", status_code=204, responses=problems(403, 404))(
        rate
    )
    router.delete(
        unit + "/rating", summary="Take back what you said of a part", status_code=204, responses=problems(404)
    )(take_back)
    router.get(one + "/ratings/own", summary="Show what you said of a study aid", responses=problems(404))(list_own)
    router.get(one + "/ratings", summary="Show what readers said", responses=problems(403, 404))(list_ratings)
    return router


def edit(artifact_id: str, unit_id: str, wish: EditWish, visitor: Editor, services: TheServices) -> ArtifactBody:
    """Put a person's words in fields of a part. It keeps its sources, and readers see whose words they are."""
    spot = Spot(ArtifactId(artifact_id), UnitId(unit_id), wish.seen)
    edited = services.hands.edit(visitor.person, spot, wish.words())
    if isinstance(edited, Escalated):
        raise Heard(edited.message)
    return artifact_body(edited)


def act(artifact_id: str, unit_id: str, wish: ActWish, visitor: Editor, services: TheServices) -> ArtifactBody:
    """Keep a part for good or no longer, take it out, bring it back, or have another made in its place."""
    spot = Spot(ArtifactId(artifact_id), UnitId(unit_id), wish.seen)
    return artifact_body(services.hands.do(visitor.person, spot, wish.act))


def remake(artifact_id: str, wish: SeenWish, visitor: Editor, services: TheServices) -> AnyOutcome:
    """Make all anew but what is kept for good or in a person's words; what was taken out does not come back."""
    return outcome_body(services.hands.remake_rest(visitor.person, Spot(ArtifactId(artifact_id), seen=wish.seen)))


def list_versions(artifact_id: str, visitor: Editor, services: TheServices) -> HistoryBody:
    """List who changed what and when, newest first, and the parts that were taken out or lost their words."""
    return _history_body(services.hands.histories.load(visitor.person, Spot(ArtifactId(artifact_id))))


def bring_back(
    artifact_id: str, number: Number, wish: SeenWish, visitor: Editor, services: TheServices
) -> ArtifactBody:
    """Make a version the newest one, as far as its words still stand in the reading."""
    spot = Spot(ArtifactId(artifact_id), seen=wish.seen)
    return artifact_body(services.hands.histories.bring_back(visitor.person, spot, number))


def rate(artifact_id: str, unit_id: str, wish: RateWish, visitor: Rater, services: TheServices) -> None:
    """Say whether a part is good or bad, and why; saying it anew takes the place of what was said before."""
    spot = Spot(ArtifactId(artifact_id), UnitId(unit_id))
    services.hands.ratings.rate(visitor.person, spot, Opinion(wish.is_good, wish.why, wish.reason))


def take_back(artifact_id: str, unit_id: str, visitor: Rater, services: TheServices) -> None:
    """Forget what the person said of a part."""
    services.hands.ratings.take_back(visitor.person, Spot(ArtifactId(artifact_id), UnitId(unit_id)))


def list_own(artifact_id: str, visitor: Reader, services: TheServices) -> list[RatingBody]:
    """Show what the person said of the parts of a study aid."""
    artifact = services.material.load(visitor.person, ArtifactId(artifact_id))
    found = services.hands.ratings.list_own(visitor.person, [artifact.id])
    return [
        RatingBody(unit_id=one.unit_id, is_good=one.is_good, why=one.reason, reason=one.words) for one in found.values()
    ]


def list_ratings(artifact_id: str, visitor: Reviewer, services: TheServices) -> list[VerdictsBody]:
    """Show how many readers found each part good or bad, and why; the worst first, nobody named."""
    _, found = services.hands.ratings.load(visitor.person, ArtifactId(artifact_id))
    return [
        VerdictsBody(unit_id=one.unit.id, good=one.good, bad=one.bad, why=dict(one.reasons), reasons=list(one.words))
        for one in found
    ]


def _history_body(history: History) -> HistoryBody:
    return HistoryBody.model_validate(
        {
            "version": history.artifact.version,
            "hands": [HandBody.model_validate(hand) for hand in history.artifact.hands],
            "versions": [_version_body(step) for step in history.steps],
            "removed": history.removed,
            "lost": history.lost,
        }
    )


def _version_body(step: Step) -> VersionBody:
    made = step.version.provenance
    return VersionBody(
        number=step.version.number,
        at=step.version.at,
        change=step.version.change,
        who=step.who,
        writer=made.writer,
        prompt=f"{made.prompt}@{made.prompt_version}" if made.prompt else "",
        model=made.model,
        changes=[
            UnitChangeBody(
                unit_id=change.unit.id,
                difference=change.difference,
                before=dict(change.before),
                after=dict(change.after),
            )
            for change in step.changes
        ],
    )
