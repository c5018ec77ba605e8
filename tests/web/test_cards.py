"""Cards with figures: the front's picture holds no answer."""

import io

from PIL import Image, ImageStat

from domain.material import Flashcard, Kind
from domain.people import Role
from tests.faces import House

_NEAR = 4
"""Pixels around a patch in a picture that is 900 wide."""


def a_card(house: House) -> Flashcard:
    """Give a card of the sample whose figure has a covered label."""
    teacher = house.person(Role.TEACHER)
    found = house.services.material.aids(teacher, house.reading.id, None)[Kind.FLASHCARDS]
    return next(one for one in found.units if isinstance(one, Flashcard) and one.picture and one.picture.hidden)


def test_the_covered_label_is_a_patch(house: House) -> None:
    """The middle of the label is of one colour on the front, and its ink is there on the back."""
    card = a_card(house)
    assert card.picture is not None
    box = card.picture.hidden
    assert box is not None
    browser = house.browser(Role.STUDENT)
    url = f"/readings/{house.reading.id}/pages/{card.picture.page}/figures/{card.picture.part}"
    over = f"left={box.left}&top={box.top}&right={box.right}&bottom={box.bottom}"

    front, back = (browser.open(one) for one in (f"{url}/covered?{over}", f"{url}?width=900"))
    inner = [
        _inner(Image.open(io.BytesIO(answer.content)), (box.left, box.top, box.right, box.bottom))
        for answer in (front, back)
    ]

    assert [_spread(one) < 12 for one in inner] == [True, False]


def test_nothing_of_the_label_is_seen_beside_its_patch(house: House) -> None:
    """Right and left of the patch, and over and under it, there is no ink near by: letters end within."""
    card = a_card(house)
    assert card.picture is not None
    box = card.picture.hidden
    assert box is not None
    url = f"/readings/{house.reading.id}/pages/{card.picture.page}/figures/{card.picture.part}?width=900"

    whole = Image.open(io.BytesIO(house.browser(Role.STUDENT).open(url).content)).convert("L")
    wide, high = whole.size
    left, top, right, bottom = box.left * wide, box.top * high, box.right * wide, box.bottom * high
    ring = [
        (right, top, right + _NEAR, bottom),
        (left - _NEAR, top, left, bottom),
        (left, top - _NEAR, right, top),
        (left, bottom, right, bottom + _NEAR),
    ]

    assert min(side[0] for side in ring) >= 0
    assert [_spread(whole.crop(side)) < 12 for side in ring] == [True] * 4


def test_the_page_shows_the_covered_picture_before_the_whole_one(house: House) -> None:
    """On the deck's page the front has the covered picture, the back the whole one."""
    card = a_card(house)
    page = house.browser(Role.STUDENT).open(f"/readings/{house.reading.id}?view=cards").text
    part = page[page.index(f'id="u{card.id}"') :]

    assert part.index("/covered?") < part.index("</summary>") < part.index("with every label")


def test_a_cover_beyond_the_picture_is_refused(house: House) -> None:
    """Places are shares of the picture."""
    card = a_card(house)
    assert card.picture is not None
    url = f"/readings/{house.reading.id}/pages/{card.picture.page}/figures/{card.picture.part}/covered"

    answer = house.browser(Role.STUDENT).open(f"{url}?left=0&top=0&right=2&bottom=1")

    assert answer.status_code == 422


def _inner(picture: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """Cut out the middle of a label."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    edges = (left + 0.2 * width, top + 0.3 * height, right - 0.2 * width, bottom - 0.3 * height)
    wide, high = picture.size
    return picture.convert("L").crop((edges[0] * wide, edges[1] * high, edges[2] * wide, edges[3] * high))


def _spread(picture: Image.Image) -> int:
    ((darkest, lightest),) = ImageStat.Stat(picture).extrema
    return int(lightest - darkest)
