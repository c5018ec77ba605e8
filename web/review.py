"""The review log's pages: look through what was made about one's readings, mark it, see how each prompt does."""

from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.deps import Reviewer, TheServices, Visitor
from api.services import Services
from domain.errors import Invalid
from domain.ids import ClassId, InteractionId
from domain.material import Kind
from domain.outcomes import Verdict
from domain.review import Criteria, maker_of
from generators.review import PAGE
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

KINDS = {
    Kind.SUMMARY: "Summary",
    Kind.FLASHCARDS: "Flashcards",
    Kind.CONCEPT_MAP: "Concept map",
    Kind.QUIZ: "Quiz",
    Kind.STUDY_GUIDE: "Study guide",
    Kind.FAQ: "Frequent questions",
    Kind.WORKED_EXAMPLES: "Worked examples",
    Kind.HINTS: "Hints",
    Kind.ANSWER: "Answer to a question",
    Kind.EXPLANATION: "Another explanation",
    Kind.LESSON_VARIANT: "Easier version",
}
OUTCOMES = {
    "served": "Shown",
    "nothing_found": "Nothing found",
    "nothing_supported": "Nothing could be checked",
    "not_permitted": "Not permitted",
    "failed": "Failed",
    "continued": "Tried again",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the address asks for; what it does not say counts for nothing."""

    kind: str = ""
    outcome: str = ""
    made_by: str = ""
    class_id: str = ""
    withheld: str = ""
    unmarked: str = ""
    sample: str = ""
    number: Annotated[int, Query(ge=1, le=10_000)] = 1

    def criteria(self) -> Criteria:
        """Give the criteria; an unknown kind or outcome is none."""
        return Criteria(
            kind=Kind(self.kind) if self.kind in set(Kind) else None,
            outcome=self.outcome if self.outcome in OUTCOMES else "",
            made_by=self.made_by,
            class_id=ClassId(self.class_id) if self.class_id else None,
            is_withheld=bool(self.withheld),
            is_unmarked=bool(self.unmarked),
            is_sample=bool(self.sample),
        )

    def older(self) -> str:
        """Give the address of the next page."""
        fields = {**asdict(self), "number": self.number + 1}
        return "/review?" + urlencode({name: value for name, value in fields.items() if value})


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/review")
    router.get("")(show_log)
    router.get("/{output_id}")(show_one)
    router.post("/{output_id}")(mark)
    return router


def show_log(
    request: Request, visitor: Reviewer, services: TheServices, wishes: Annotated[Wishes, Depends()]
) -> Response:
    """List what was made, newest first or by chance, and how each prompt does."""
    found = services.reviews.search(visitor.person, wishes.criteria(), number=wishes.number)
    return pages_of(request).show(
        request,
        "teacher/review.html",
        found=found,
        wishes=wishes,
        older=wishes.older() if len(found) == PAGE and not wishes.sample else "",
        tallies=services.reviews.tally(visitor.person),
        classes=services.reviews.list_classes(visitor.person),
        kinds=KINDS,
        outcomes=OUTCOMES,
        maker_of=maker_of,
        maker_word=maker_word,
    )


def show_one(output_id: str, request: Request, visitor: Reviewer, services: TheServices) -> Response:
    """Show one thing that was made, with what was said of it."""
    return _show(request, services, visitor, output_id=output_id)


def mark(output_id: str, request: Request, visitor: Reviewer, services: TheServices, form: TheForm) -> Response:
    """Mark it good or bad."""
    try:
        services.reviews.mark(
            visitor.person, InteractionId(output_id), is_good=_choice(form), reason=form.text("reason")
        )
    except Invalid as error:
        return _show(request, services, visitor, output_id=output_id, problem=error, reason=form.text("reason"))
    return go_to(f"/review/{output_id}#marks")


def _choice(form: Posted) -> bool:
    chosen = form.text("is_good")
    if chosen not in {"yes", "no"}:
        raise Invalid("Choose good or bad.", field="is_good")
    return chosen == "yes"


def maker_word(maker: str) -> str:
    """Give a maker as people read it."""
    prompt, _, version = maker.partition("@")
    return f"Language model, prompt “{prompt}”, version {version}" if version else "Built-in writer"


# what is shown besides the page's own is named
def _show(  # noqa: PLR0913
    request: Request,
    services: Services,
    visitor: Visitor,
    *,
    output_id: str,
    problem: Invalid | None = None,
    reason: str = "",
) -> Response:
    review = services.reviews.load(visitor.person, InteractionId(output_id))
    verdicts = review.interaction.verdicts
    mine = next((one for one in review.marks if one.by_id == visitor.person.id), None)
    return pages_of(request).show(
        request,
        "teacher/reviewed.html",
        status=422 if problem else 200,
        review=review,
        supported=sum(verdict is Verdict.SUPPORTED for verdict in verdicts),
        mine=mine,
        reason=reason or (mine.reason if mine else ""),
        problem=problem,
        kinds=KINDS,
        outcomes=OUTCOMES,
        made_by=maker_word(maker_of(review.interaction.provenance)),
    )
