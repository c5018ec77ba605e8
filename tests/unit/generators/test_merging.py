"""What was made anew is put around what people keep, and nothing is said twice."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.hands import hand_on, is_held, list_lost
from domain.ids import UnitId
from domain.material import Hand, Kind, RelationType, Unit
from domain.questions import QuestionForm
from generators.hands.merging import choose_another, kept_of, keys_of, merged, sound_map
from generators.shelf import in_place_of
from tests.builders import a_document
from tests.unit.generators.aids import an_aid, card, concept, every_unit, link, question, sentence

DOCUMENT = a_document()
CARDS = [card(DOCUMENT, f"What is {name}?", f"thing {name}") for name in "abcdefgh"]
LIGHT, CELL, SUGAR = (concept(DOCUMENT, label) for label in ("light", "chloroplast", "sugar"))
WORDS = ("green plants make sugar", "absorbs red and blue light", "through small openings", "spare sugar as")


@st.composite
def _touched(draw: st.DrawFn) -> tuple[list[Unit], tuple[Hand, ...], list[Unit], list[Unit]]:
    """Give a deck, hands on it, cards that were taken out of it, and what is made anew."""
    cards = draw(st.permutations(CARDS))
    size = draw(st.integers(0, 5))
    removed = cards[size : size + draw(st.integers(0, 2))]
    flags = st.sampled_from(["", "pinned", "edited"])
    states = [(one, draw(flags)) for one in cards[:size]]
    hands = [Hand(one.id, is_pinned=state == "pinned", is_edited=state == "edited") for one, state in states]
    gone = [Hand(one.id, is_removed=True) for one in removed]
    return list(cards[:size]), (*hands, *gone), list(removed), draw(st.lists(st.sampled_from(CARDS), unique_by=id))


@given(_touched())
def test_what_is_kept_stays_and_what_was_taken_out_stays_out(
    touched: tuple[list[Unit], tuple[Hand, ...], list[Unit], list[Unit]],
) -> None:
    """Kept cards are there in their order, those taken out are not, no two cards are alike, and all else is new."""
    units, hands, removed, new = touched
    before = an_aid(DOCUMENT, Kind.FLASHCARDS, *units, hands=hands)

    after = in_place_of(an_aid(DOCUMENT, Kind.FLASHCARDS, *new), before, removed)

    held = [unit for unit in units if is_held(hand_on(before, unit.id))]
    assert [unit for unit in after.units if unit in held] == held
    assert not {unit.id for unit in after.units} & {unit.id for unit in removed}
    keys = [key for unit in after.units for key in keys_of(unit)]
    assert len(keys) == len(set(keys))
    assert {unit.id for unit in after.units} <= {unit.id for unit in (*held, *new)}
    assert set(new) - set(removed) <= set(after.units)
    told = tuple(hand for hand in before.hands if hand != Hand(hand.unit_id))
    assert (after.hands, list_lost(after)) == (told, ())


def test_kept_cards_keep_their_places() -> None:
    """A card that stays is the number it was, as far as there are as many."""
    before = an_aid(DOCUMENT, Kind.FLASHCARDS, *CARDS[:4], hands=(Hand(CARDS[2].id, is_pinned=True),))

    many = merged(kept_of(before, []), CARDS[4:8], Kind.FLASHCARDS)
    one = merged(kept_of(before, []), CARDS[4:5], Kind.FLASHCARDS)

    assert many.index(CARDS[2]) == 2
    assert one == (CARDS[4], CARDS[2])


def test_sentences_keep_the_order_of_the_reading() -> None:
    """In a summary what stays stands where the reading has it, between the new ones."""
    first, second, third, fourth = (sentence(DOCUMENT, words) for words in WORDS)
    before = an_aid(DOCUMENT, Kind.SUMMARY, third, hands=(Hand(third.id, is_edited=True),))
    start = an_aid(DOCUMENT, Kind.SUMMARY, first, hands=(Hand(first.id, is_edited=True),))

    assert merged(kept_of(before, []), [first, second, fourth], Kind.SUMMARY) == (first, second, third, fourth)
    assert merged(kept_of(start, []), [second], Kind.SUMMARY) == (first, second)


def test_new_cards_repeat_no_kept_one() -> None:
    """A new card about a kept card's term, or with its answer, is left out; so is what was taken out, by its words."""
    kept = CARDS[0]
    same_term = card(DOCUMENT, "What else?", "another thing", term=kept.term)
    same_back = card(DOCUMENT, "Which one?", kept.back.upper(), term="other")
    reworded = replace(CARDS[1], id=UnitId("other"))
    before = an_aid(DOCUMENT, Kind.FLASHCARDS, kept, hands=(Hand(kept.id, is_pinned=True),))

    after = merged(kept_of(before, [CARDS[1]]), [same_term, same_back, reworded, CARDS[2]], Kind.FLASHCARDS)

    assert after == (kept, CARDS[2])


def test_two_units_of_every_kind_can_be_alike() -> None:
    """Every unit says what it is about, whoever made it; true or false alone is no answer that is asked for twice."""
    for unit in every_unit(DOCUMENT):
        assert keys_of(unit) == keys_of(unit)
        assert keys_of(unit)
    two = [question(DOCUMENT, QuestionForm.TRUE_FALSE, stem=stem) for stem in ("Leaves are red.", "Roots are red.")]
    assert not keys_of(two[0]) & keys_of(two[1])


def test_a_kept_link_keeps_its_ends_and_makes_no_circle() -> None:
    """Concepts at the ends of a kept link stay, a new link that would close a circle goes, and so do loose ones."""
    kept = link(DOCUMENT, "light", "sugar", RelationType.NEEDS)
    before = an_aid(DOCUMENT, Kind.CONCEPT_MAP, LIGHT, SUGAR, kept, hands=(Hand(kept.id, is_edited=True),))
    circle = replace(link(DOCUMENT, "sugar", "light", RelationType.NEEDS))
    loose = link(DOCUMENT, "chloroplast", "stone")
    fine = link(DOCUMENT, "sugar", "chloroplast", RelationType.NEEDS)

    after = merged(kept_of(before, []), [CELL, circle, loose, fine], Kind.CONCEPT_MAP)

    assert set(after) == {LIGHT, SUGAR, CELL, kept, fine}
    assert sound_map([LIGHT, kept], set()) == (LIGHT,)


def test_another_unit_is_the_like_of_the_one_before() -> None:
    """Another card on the same term comes first, then one of the same form; what is there or was taken out never."""
    aid = an_aid(DOCUMENT, Kind.FLASHCARDS, *CARDS[:2], hands=(Hand(CARDS[3].id, is_removed=True),))
    like = card(DOCUMENT, "In other words, what is a?", "the thing called a", term=CARDS[0].term)

    assert choose_another(CARDS[0], aid, [], [*CARDS[:5], like]) == like
    assert choose_another(CARDS[0], aid, [], CARDS[:5]) == CARDS[2]
    assert choose_another(CARDS[0], aid, [CARDS[2]], [*CARDS[:4], LIGHT]) is None


def test_another_link_joins_concepts_of_the_map_that_none_joins() -> None:
    """The next best link fits the map: both ends are on it, nothing joins them yet, and no circle comes of it."""
    old, other = (link(DOCUMENT, first, "sugar", RelationType.NEEDS) for first in ("light", "chloroplast"))
    aid = an_aid(DOCUMENT, Kind.CONCEPT_MAP, LIGHT, CELL, SUGAR, old, other)
    loose = link(DOCUMENT, "light", "stone")
    turned = link(DOCUMENT, "sugar", "chloroplast")
    fine = link(DOCUMENT, "chloroplast", "light")

    assert choose_another(old, aid, [], [loose, turned, fine]) == fine
    assert choose_another(old, aid, [fine], [loose, turned, fine]) is None
    assert choose_another(old, aid, [], [loose, turned, link(DOCUMENT, "sugar", "light")]) is None
