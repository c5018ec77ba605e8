"""What a form sent: read once, with its token checked before anything is done."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from api.deps import MaybeVisitor, TheServices
from api.hearing import Words, hear, words_of_form
from api.security import FORM_COOKIE, check_form_token
from domain.errors import Invalid

_MOST_FILES = 50
_MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields and files of a form, and every text in it as it was sent: a field may come twice."""

    values: Mapping[str, str]
    files: tuple[UploadFile, ...] = ()
    words: tuple[Words, ...] = ()

    def text(self, name: str) -> str:
        """Give a field, without blanks around it; empty when it was not sent."""
        return self.values.get(name, "").strip()

    def number(self, name: str) -> int | None:
        """Give a field as a whole number, None when it was not sent. Raises Invalid for anything else."""
        value = self.text(name)
        if not value:
            return None
        if not value.isascii() or not value.isdigit() or len(value) > 9:  # more than any reading has sections
            raise Invalid("A number on this page is not a number. Go back and reload it.", field=name)
        return int(value)


async def read_posted(request: Request, visitor: MaybeVisitor) -> AsyncIterator[Posted]:
    """Read the form and check its token. Raises NotAllowed for a form that our page did not send."""
    async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS) as form:
        values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        files = tuple(value for _, value in form.multi_items() if isinstance(value, UploadFile) and value.filename)
        expected = visitor.form_token if visitor else request.cookies.get(FORM_COOKIE, "")
        check_form_token(expected, values.get("form_token", ""))
        yield Posted(values, files, tuple(words_of_form(form)))


def hear_posted(
    request: Request, services: TheServices, visitor: MaybeVisitor, posted: Annotated[Posted, Depends(read_posted)]
) -> Posted:
    """Hear every field and the names of the files before the form's route does anything. Raises Heard, or Invalid."""
    hear(request, services, visitor, posted.words)
    return posted


TheForm = Annotated[Posted, Depends(hear_posted)]


def go_to(url: str) -> RedirectResponse:
    """Send the browser on after a form, so that reloading repeats nothing."""
    return RedirectResponse(url, 303)


def local_path(url: str) -> str:
    """Give the address when it is a path of this service, the first page otherwise."""
    is_local = url.startswith("/") and not url.startswith("//") and "\\" not in url and url.isprintable()
    return url if is_local else "/"
