"""The page as it was uploaded, beside its text, with the words of a source marked on both."""

import re

from domain.people import Role
from tests.faces import House


def test_the_picture_of_a_page_stands_beside_its_text(house: House) -> None:
    """A page of a PDF is shown with its picture, in two sizes, which has words for those who do not see it."""
    browser = house.browser(Role.STUDENT)
    here = f"/readings/{house.reading.id}/pages/1"

    page = browser.open(here).text
    picture = browser.open(f"{here}/picture?width=600")

    assert f'src="{here}/picture?width=600&amp;v={house.reading.content_hash[:12]}"' in page
    assert 'alt="Page 1 as it was uploaded"' in page
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert picture.headers["cache-control"] == "private, no-cache"


def test_only_a_picture_of_this_very_file_is_kept(house: House) -> None:
    """An address that names the reading's file may be kept for a day; one that names another may not."""
    browser = house.browser(Role.STUDENT)
    here = f"/readings/{house.reading.id}/pages/1/picture?width=600&v="

    headers = [browser.open(here + v).headers["cache-control"] for v in (house.reading.content_hash[:12], "0" * 12)]

    assert headers == ["private, max-age=86400, immutable", "private, no-cache"]


def test_nothing_is_left_in_the_browser_after_signing_out(house: House) -> None:
    """Whoever uses the same computer next finds no picture that was kept."""
    browser = house.newcomer()

    answer = browser.send("/sign-out")

    assert answer.headers["clear-site-data"] == '"cache"'


def test_the_words_of_a_source_are_marked_on_the_picture(house: House) -> None:
    """A source's page names a drawing of marks that lies over the picture and holds a box for each line."""
    browser = house.browser(Role.STUDENT)

    page = browser.open(f"/readings/{house.reading.id}/pages/1?from=0&to=60").text
    address = re.search(r'class="marks" src="([^"]+)"', page)
    assert address is not None
    marks = browser.open(address[1].replace("&amp;", "&"))

    assert marks.headers["content-type"].startswith("image/svg+xml")
    assert marks.text.count("<rect") >= 1


def test_without_a_source_nothing_is_marked(house: House) -> None:
    """A page that was opened by itself has no marks, and an empty drawing marks nothing."""
    browser = house.browser(Role.STUDENT)
    here = f"/readings/{house.reading.id}/pages/1"

    assert 'class="marks"' not in browser.open(here).text
    assert "<rect" not in browser.open(f"{here}/marks").text


def test_the_same_picture_for_programs(house: House) -> None:
    """The API gives the picture, refuses widths it does not draw, and knows no figure where there is none."""
    client = house.browser(Role.TEACHER).client
    here = f"/api/v1/documents/{house.reading.id}/pages/1"

    answers = [
        client.get(f"{here}/{end}").status_code for end in ("picture", "picture?width=5", "figures/0", "figures/99")
    ]

    assert answers == [200, 422, 200, 404]
