"""Captions of figures, tied to the pictures they stand by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.documents import Label, Part, PartKind, Range
from ingest.parsers.pdf.lines import Paragraph
from ingest.parsers.pdf.page import Line, PageText, Place
from ingest.parsers.pdf.turn import to_box

_NUMBERED = re.compile(
    r"(?P<word>[^\W\d_]{1,14})\.?\s?(?P<number>[A-Z]?\d{1,3}(?:[.\-–]\d{1,3})*[a-z]?)(?P<after>\s*[.:)|–—-]|\s+\S|$)"
)
_FIGURE = re.compile(
    r"fig|abb|bild|grafik|schaubild|ill|imag|obr|rys|рис|мал|εικ|σχ|şekil|resim|kuva|afb|gambar|hình|slik|ábra|joon|att|pav"
    r"|图|圖|図|그림|شكل|الشكل|صورة|איור|תמונה|चित्र|photo|foto|diagr|graph|gráf|chart|plate|scheme|map|carte|karte",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"tab|table|chapter|section|page|part|kap|seite|teil|cap|sec|pag|lesson|unit|exercise|question|example|equation|eq"
    r"|theorem|lemma|definition|satz|beispiel|aufgabe|listing|algorithm|step|day|week|表|第|جدول|табл",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 1_500
_FURTHEST = 60.0
"""Points between a picture and its caption."""
_FURTHEST_UNKNOWN = 30.0
"""The same, for a word that we do not know to mean a figure."""
_LEAST_WORD = 3
_LEAST_SIDE = 30.0
_LEAST_SHARE = 0.03
"""Of the page: a smaller picture without a caption is an ornament."""
_MOST_SHARE = 0.9
"""Of the page: a larger picture is its ground, or the page itself."""
_LONGEST_BESIDE = 30
"""Characters of a line beside a drawing that names a part of it."""
_OVER = 12.0
"""Points that such a line may stand higher or lower than the drawing."""
_MOST_LABELS, _LONGEST_LABEL = 60, 60
_DESCENT = 0.25
"""Of the size of a type: how far its letters reach below the line."""
_LAST_LETTER = 0.9
"""Of the size of a type: how far a line's last letter may reach beyond where it begins, which is all that is known."""
_MARGIN = 1.5
"""Points around the words of a figure: what is drawn of letters reaches a little beyond their measures."""
_EDGE = 3.0
"""Points between the words that are taken in and the edge of the figure."""
_BESIDE = 40.0
"""Points between pictures of one figure."""


@dataclass(frozen=True, slots=True)
class _Tie:
    distance: float
    paragraph: Paragraph
    picture: Place


def tie_figures(page: PageText, paragraphs: Sequence[Paragraph]) -> int:
    """Tie captions to pictures, and count the pictures that have none and are no ornaments."""
    pictures = [place for place in page.pictures if min(place.width, place.height) >= _LEAST_SIDE]
    captions = [paragraph for paragraph in paragraphs if _is_caption(paragraph)]
    shown = [*pictures, *page.drawings]
    ties = sorted(_ties(captions, shown), key=lambda tie: tie.distance)
    used: set[Place] = set()
    for tie in ties:
        if tie.paragraph.parts or tie.picture in used:
            continue
        whole = _with_neighbours(tie.picture, [place for place in shown if place not in used])
        used |= {place for place in shown if _covers(whole, place)}
        whole = _with_words(whole, [one for one in paragraphs if one is not tie.paragraph])
        box = to_box(whole, page.width, page.height)
        labels = tuple(_labels(page, whole, tie.paragraph))
        tie.paragraph.parts = (Part(PartKind.FIGURE, Range(0, len(tie.paragraph.text)), box=box, labels=labels),)
        tie.paragraph.level = 0
    area = page.width * page.height
    return sum(
        place not in used and _LEAST_SHARE * area <= place.width * place.height <= _MOST_SHARE * area
        for place in pictures
    )


def _labels(page: PageText, figure: Place, caption: Paragraph) -> Iterator[Label]:
    """Yield the words that stand in a figure, line by line, with their places in its picture."""
    own = {id(line) for line in caption.lines}
    inside = [line for line in page.lines if id(line) not in own and _covers(figure, _origins_of(line))]
    for line in inside[:_MOST_LABELS]:
        text = " ".join(line.text.split())
        if 1 < len(text) <= _LONGEST_LABEL:
            place = _place_of(line)
            shifted = Place(
                place.left - figure.left, place.low - figure.low, place.right - figure.left, place.high - figure.low
            )
            yield Label(text, to_box(shifted, figure.width, figure.height))


def _origins_of(line: Line) -> Place:
    """Give the place of a line with its descenders, up to where its last letter begins."""
    return Place(line.left, line.y - _DESCENT * line.size, line.right, line.y + line.size)


def _place_of(line: Line) -> Place:
    """Give the place of a whole line with some room around: a patch over it leaves nothing to read."""
    left, low, right, high = _origins_of(line)
    return Place(left - _MARGIN, low - _MARGIN, right + _LAST_LETTER * line.size + _MARGIN, high + _MARGIN)


def _is_caption(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins like a caption: a word, a number, and then a stop or a new sentence."""
    found = _NUMBERED.match(paragraph.text)
    if paragraph.parts or found is None or len(paragraph.text) > _LONGEST_CAPTION or _OTHER.match(found["word"]):
        return False
    if _FIGURE.match(found["word"]):
        return not found["after"][-1:].islower()
    return len(found["word"]) >= _LEAST_WORD and found["after"].strip() in {".", ":"}


def _ties(captions: Sequence[Paragraph], pictures: Sequence[Place]) -> list[_Tie]:
    ties = []
    for paragraph in captions:
        furthest = _FURTHEST if _FIGURE.match(paragraph.text) else _FURTHEST_UNKNOWN
        place = _place(paragraph)
        for picture in pictures:
            distance = _distance(place, picture)
            if distance <= furthest:
                ties.append(_Tie(distance, paragraph, picture))
    return ties


def _place(paragraph: Paragraph) -> Place:
    lines = paragraph.lines
    return Place(
        min(line.left for line in lines),
        min(line.y for line in lines),
        max(line.right for line in lines),
        max(line.y + line.size for line in lines),
    )


def _distance(caption: Place, picture: Place) -> float:
    """Give how far a picture is above, below or beside a caption; without end if it is elsewhere."""
    across = max(caption.left - picture.right, picture.left - caption.right)
    up = max(caption.low - picture.high, picture.low - caption.high)
    return max(across, up, 0.0) if min(across, up) < 0 else float("inf")


def _with_neighbours(picture: Place, others: Sequence[Place]) -> Place:
    """Take pictures in that stand beside one, for they are parts of one figure."""
    whole = picture
    for other in sorted(others):
        shared = min(whole.high, other.high) - max(whole.low, other.low)
        gap = max(whole.left - other.right, other.left - whole.right)
        if gap <= _BESIDE and shared > min(whole.height, other.height) / 2:
            whole = Place(
                min(whole.left, other.left),
                min(whole.low, other.low),
                max(whole.right, other.right),
                max(whole.high, other.high),
            )
    return whole


def _with_words(figure: Place, paragraphs: Sequence[Paragraph]) -> Place:
    """Take in the few words that stand beside a drawing, at its height: they name its parts."""
    whole = figure
    for paragraph in paragraphs:
        places = [_place_of(line) for line in paragraph.lines]
        is_short = all(len(line.text) <= _LONGEST_BESIDE for line in paragraph.lines) and not paragraph.level
        if is_short and not paragraph.parts and all(_stands_beside(figure, place) for place in places):
            whole = Place(
                min(whole.left, *(place.left - _EDGE for place in places)),
                min(whole.low, *(place.low - _EDGE for place in places)),
                max(whole.right, *(place.right + _EDGE for place in places)),
                max(whole.high, *(place.high + _EDGE for place in places)),
            )
    return whole


def _stands_beside(figure: Place, place: Place) -> bool:
    middle = (place.low + place.high) / 2
    gap = max(figure.left - place.right, place.left - figure.right)
    return figure.low - _OVER <= middle <= figure.high + _OVER and gap <= _BESIDE


def _covers(whole: Place, place: Place) -> bool:
    return (
        whole.left <= place.left and place.right <= whole.right and whole.low <= place.low and place.high <= whole.high
    )
