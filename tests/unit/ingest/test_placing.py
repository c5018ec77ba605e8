"""Which word on a page's picture is which word of its text."""

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Box, Range, WordBox
from ingest.placing import boxes_of, place_words


def _line(words: str, row: int = 0) -> list[tuple[str, Box]]:
    """Set words side by side, a tenth of the page wide each, on a row a twentieth high."""
    return [
        (word, Box(column / 10, row / 20, (column + 1) / 10, (row + 1) / 20))
        for column, word in enumerate(words.split())
    ]


def test_each_word_is_found_where_it_stands() -> None:
    """Words of the text get the places of the same words on the picture, in order."""
    words = _line("Plants make sugar")

    places = place_words(words, "Plants make sugar")

    assert places == tuple(
        WordBox(Range(*at), box) for at, (_, box) in zip([(0, 6), (7, 11), (12, 17)], words, strict=True)
    )


def test_what_was_left_out_of_the_text_moves_nothing() -> None:
    """Running heads on the picture and words mended in the text leave the other words in their places."""
    drawn = [*_line("Chapter 3 Plants"), *_line("The ﬁrst leaves make sugar.", 1)]

    places = place_words(drawn, "The first leaves make sugar.")

    assert [place.box for place in places] == [box for _, box in drawn[3:]]


def test_a_word_cut_at_a_line_end_stands_in_two_places() -> None:
    """Both halves of a mended word are its places."""
    drawn = [*_line("all photo-"), *_line("synthesis needs light", 1)]

    places = place_words(drawn, "all photosynthesis needs light")

    whole = [place.box for place in places if place.at == Range(4, 18)]
    assert whole == [drawn[1][1], drawn[2][1]]


def test_a_source_is_a_box_for_each_line() -> None:
    """Words that follow each other on a line are marked as one; a new line begins a new mark."""
    text = "one two three four five"
    places = place_words([*_line("one two three"), *_line("four five", 1)], text)

    boxes = boxes_of(places, Range(text.index("two"), text.index("five")))

    assert boxes == [Box(0.1, 0, 0.3, 0.05), Box(0, 0.05, 0.1, 0.1)]


def test_a_source_that_is_not_on_the_picture_has_no_box() -> None:
    """Words that the picture does not hold are marked nowhere."""
    places = place_words(_line("one two"), "three four")

    assert boxes_of(places, Range(0, 10)) == []


_WORDS = st.lists(st.sampled_from(["light", "leaf", "root", "a", "—", "Zelle", "水"]), max_size=30)


@given(drawn=_WORDS, written=_WORDS)
def test_places_follow_the_text_and_name_the_same_word(drawn: list[str], written: list[str]) -> None:
    """Whatever is drawn, a place's words are the same on both sides, and places come in the text's order."""
    words = [(word, Box(index / 100, 0, (index + 1) / 100, 0.1)) for index, word in enumerate(drawn)]
    text = " ".join(written)

    places = place_words(words, text)

    assert [place.at for place in places] == sorted(place.at for place in places)
    boxes = {box: word for word, box in words}
    assert all(boxes[place.box] == text[place.at.start : place.at.end] for place in places)
