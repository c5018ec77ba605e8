"""The token that a form carries."""

import pytest

from api.security import check_form_token
from domain.errors import NotAllowed


@pytest.mark.parametrize(("expected", "given_token"), [("", ""), ("abc", ""), ("abc", "abd"), ("", "abc"), ("a", "ä")])
def test_a_form_without_its_token_is_refused(expected: str, given_token: str) -> None:
    """Only the token that the page was given will do, and no token is never enough."""
    with pytest.raises(NotAllowed) as caught:
        check_form_token(expected, given_token)
    assert caught.value.code == "stale_form"
