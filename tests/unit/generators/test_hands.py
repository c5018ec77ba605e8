"""What people do to study aids, part by part."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.documents import Document
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.hands import Change, count_others, hand_on, list_lost, list_removed, provenance_of
from domain.ids import ArtifactId, ClassId, DocumentId, PersonId, UnitId, stable_id
from domain.jobs import GenerateAids
from domain.material import (
    Artifact,
    ArtifactStatus,
    Concept,
    Flashcard,
    Hand,
    Kind,
    Provenance,
    Relation,
    VariantSentence,
    Writer,
)
from domain.outcomes import Escalated, Served
from domain.people import Role
from domain.questions import QuestionForm
from domain.scope import EVERYTHING
from generators import jobs
from generators.current import hash_of
from generators.hands.acts import Hands
from generators.hands.changing import Spot
from generators.hands.history import Difference, Histories, read_for
from generators.kinds.contract import Request
from generators.service import Material
from generators.tools import Tools
from safety.uploads import is_staffs
from tests.builders import a_document, a_person
from tests.conftest import FixedClock
from tests.pipeline_tools import QuietContext, save_plants
from tests.unit.generators.aids import an_aid, card, concept, link, question, sentence

TEACHER, STUDENT = a_person(Role.TEACHER), a_person()
STRANGER = a_person(Role.TEACHER, id=PersonId("0" * 32), class_ids=(ClassId("1" * 32),), email="other@school.example")
NOBODY = UnitId("f" * 32)


@pytest.fixture
def hands(tools: Tools) -> Hands:
    return Hands(tools)


@pytest.fixture
def histories(tools: Tools) -> Histories:
    return Histories(tools)


@pytest.fixture
def deck(tools: Tools, plants: Document) -> Artifact:
    """Three cards of the first section."""
    cards = [card(plants, f"What is {name}?", f"thing {name}") for name in "abc"]
    return _saved(tools, an_aid(plants, Kind.FLASHCARDS, *cards))


@pytest.fixture
def drawn(tools: Tools, plants: Document) -> Artifact:
    """A map of the first section."""
    units = [concept(plants, label) for label in ("light", "sugar", "starch")]
    links = [link(plants, "light", "sugar"), link(plants, "sugar", "starch")]
    return _saved(tools, an_aid(plants, Kind.CONCEPT_MAP, *units, *links))


def _saved(tools: Tools, artifact: Artifact) -> Artifact:
    with tools.store(EVERYTHING) as work:
        work.material.save(artifact)
        work.commit()
    return artifact


def _load(tools: Tools, artifact_id: ArtifactId) -> Artifact:
    with tools.store(EVERYTHING) as work:
        found = work.material.find(artifact_id)
    assert found is not None
    return found


def _spot(artifact: Artifact, place: int = 0, *, seen: int | None = None) -> Spot:
    return Spot(artifact.id, artifact.units[place].id, seen)


def _edit(hands: Hands, spot: Spot, **words: str) -> Artifact:
    edited = hands.edit(TEACHER, spot, words)
    assert isinstance(edited, Artifact)
    return edited


def test_a_persons_words_are_marked(hands: Hands, tools: Tools, deck: Artifact) -> None:
    """A reworded card keeps its id and its source, says that a person wrote it, and is the next version."""
    edited = _edit(hands, _spot(deck, seen=1), front=" What is\nthe letter a? ", back="the first letter")

    changed = edited.units[0]
    assert isinstance(changed, Flashcard)
    assert (changed.id, changed.front, changed.back) == (deck.units[0].id, "What is the letter a?", "the first letter")
    assert (changed.claim.by_person, changed.claim.citations) == (True, deck.units[0].claim.citations)
    assert edited.units[1:] == deck.units[1:]
    assert (edited.version, edited.hands) == (2, (Hand(changed.id, is_edited=True, is_borne_out=False),))
    assert _load(tools, deck.id) == edited


def test_the_same_words_change_nothing(hands: Hands, tools: Tools, deck: Artifact) -> None:
    """Saving what stands there makes no version, and neither do no words at all."""
    assert _edit(hands, _spot(deck), back="thing a") == deck
    assert _edit(hands, _spot(deck)) == deck
    assert _load(tools, deck.id) == deck


@pytest.mark.parametrize("words", ["I want to kill myself.", "How to make a bomb at home: mix the powder."])
def test_words_of_danger_are_refused(hands: Hands, tools: Tools, deck: Artifact, words: str) -> None:
    """What would alarm a reader is not shown to a class, and nothing is changed."""
    with pytest.raises(Invalid, match="speak of danger"):
        hands.edit(TEACHER, _spot(deck), {"back": words})

    assert _load(tools, deck.id) == deck


def test_a_student_in_danger_is_heard(hands: Hands, tools: Tools, deck: Artifact) -> None:
    """A student's words of danger are handed to people, before anything else is asked of them."""
    outcome = hands.edit(STUDENT, Spot(deck.id, NOBODY), {"back": "I want to kill myself."})

    assert isinstance(outcome, Escalated)
    with tools.store(EVERYTHING) as work:
        assert work.care.list_about(STUDENT.id)


def test_a_student_changes_readings_of_the_own(hands: Hands, tools: Tools, plants: Document) -> None:
    """The owner of a reading changes its study aids; of the teacher's the student changes none."""
    own = save_plants(tools, id=DocumentId("e" * 32), owner_id=STUDENT.id, class_id=None, content_hash="1" * 64)
    mine = _saved(tools, an_aid(own, Kind.FLASHCARDS, card(own, "What is a?", "thing a")))
    theirs = _saved(tools, an_aid(plants, Kind.FLASHCARDS, card(plants, "What is b?", "thing b"), section=1))

    edited = hands.edit(STUDENT, _spot(mine), {"back": "a letter"})

    assert isinstance(edited, Artifact)
    assert edited.units[0].claim.by_person
    assert not is_staffs(tools.store, own)
    with pytest.raises(NotAllowed):
        hands.edit(STUDENT, _spot(theirs), {"back": "a letter"})


@pytest.mark.parametrize(
    "act",
    [
        lambda hands, person, spot: hands.edit(person, spot, {"back": "x"}),
        lambda hands, person, spot: hands.pin(person, spot),
        lambda hands, person, spot: hands.remove(person, spot),
        lambda hands, person, spot: hands.restore(person, spot),
        lambda hands, person, spot: hands.remake(person, spot),
        lambda hands, person, spot: hands.remake_rest(person, spot),
        lambda hands, person, spot: hands.load(person, spot),
    ],
    ids=["edit", "pin", "remove", "restore", "remake", "rest", "load"],
)
def test_others_change_nothing(
    hands: Hands, tools: Tools, deck: Artifact, act: Callable[[Hands, object, Spot], object]
) -> None:
    """Strangers find nothing, and students may not; nothing that is one student's own is anybody's to change."""
    own = _saved(tools, replace(deck, id=ArtifactId(stable_id("own")), owner_id=TEACHER.id))

    with pytest.raises(NotFound):
        act(hands, STRANGER, _spot(deck))
    with pytest.raises(NotAllowed):
        act(hands, STUDENT, _spot(deck))
    with pytest.raises(NotFound):
        act(hands, TEACHER, _spot(own))


@pytest.mark.parametrize("name", ["pin", "unpin", "remove", "restore", "remake"])
def test_a_part_that_is_not_there(hands: Hands, deck: Artifact, name: str) -> None:
    """An unknown part, and a study aid without one named, are not found; there is no act of another name."""
    for unit_id in (NOBODY, None):
        with pytest.raises(NotFound):
            hands.do(TEACHER, Spot(deck.id, unit_id), name)
    with pytest.raises(Invalid):
        hands.do(TEACHER, _spot(deck), "eat")


def test_a_part_is_kept_for_good_until_it_is_not(hands: Hands, deck: Artifact) -> None:
    """Pinning and unpinning are versions; doing it again is none."""
    pinned = hands.do(TEACHER, _spot(deck), "pin")
    again = hands.pin(TEACHER, _spot(deck))
    free = hands.do(TEACHER, _spot(deck), "unpin")

    assert pinned.hands == (Hand(deck.units[0].id, is_pinned=True),)
    assert (pinned.version, again.version, free.version) == (2, 2, 3)
    assert free.hands == ()


def test_what_was_taken_out_comes_back_to_its_place(hands: Hands, deck: Artifact) -> None:
    """A card that is taken out is gone for readers; brought back it stands where it stood, with its words."""
    edited = _edit(hands, _spot(deck, 1), back="the second letter")
    without = hands.remove(TEACHER, _spot(deck, 1))

    back = hands.restore(TEACHER, _spot(deck, 1))

    assert [unit.id for unit in without.units] == [deck.units[0].id, deck.units[2].id]
    assert list_removed(without) == (deck.units[1].id,)
    assert back.units == edited.units
    assert back.hands == edited.hands
    with pytest.raises(NotFound):
        hands.restore(TEACHER, _spot(deck, 1))


def test_a_concept_takes_its_links_along(hands: Hands, drawn: Artifact) -> None:
    """Without a concept its links are gone and the map is drawn anew; with it they come back, as far as they can."""
    without = hands.remove(TEACHER, _spot(drawn, 1))
    gone = hands.remove(TEACHER, _spot(drawn, 2))
    back = hands.restore(TEACHER, _spot(drawn, 1))
    again = hands.restore(TEACHER, _spot(drawn, 2))

    assert [type(unit) for unit in without.units] == [Concept, Concept]
    assert len(gone.units) == 1
    assert {unit.id for unit in back.units} == {drawn.units[place].id for place in (0, 1, 3)}
    assert {unit.id for unit in again.units} == {drawn.units[place].id for place in (0, 1, 2, 3)}
    assert "<svg" in without.drawing
    assert without.drawing != back.drawing
    whole = hands.restore(TEACHER, _spot(drawn, 4))
    assert {unit.id for unit in whole.units} == {unit.id for unit in drawn.units}


def test_a_link_does_not_come_back_without_its_ends(hands: Hands, drawn: Artifact) -> None:
    """A link whose concept is out stays out, with the reason."""
    hands.remove(TEACHER, _spot(drawn, 3))
    hands.remove(TEACHER, _spot(drawn, 0))

    with pytest.raises(Invalid, match="Both ends"):
        hands.restore(TEACHER, _spot(drawn, 3))


def test_links_follow_a_concepts_name(hands: Hands, drawn: Artifact) -> None:
    """A concept with another name keeps its links, which are a person's words from then on."""
    edited = _edit(hands, _spot(drawn, 1), label="table sugar")

    links = [unit for unit in edited.units if isinstance(unit, Relation)]
    assert [(one.source, one.target) for one in links] == [("light", "table sugar"), ("table sugar", "starch")]
    assert all(one.claim.by_person for one in links)
    assert all(hand_on(edited, one.id).is_edited for one in links)


def test_the_whole_reading_follows_its_sections(hands: Hands, tools: Tools, plants: Document, deck: Artifact) -> None:
    """The same card of the whole reading changes, goes and comes back with that of the section, as a version too."""
    whole = _saved(tools, replace(deck, id=ArtifactId(stable_id("whole")), section=None))
    other = _saved(tools, an_aid(plants, Kind.FLASHCARDS, card(plants, "Other?", "yes"), section=1))

    _edit(hands, _spot(deck), back="the first letter")
    hands.remove(TEACHER, _spot(whole, 1))

    section, everything = _load(tools, deck.id), _load(tools, whole.id)
    assert section.units == everything.units
    assert (section.version, everything.version) == (3, 3)
    hands.restore(TEACHER, _spot(deck, 1))
    assert _load(tools, whole.id).units == _load(tools, deck.id).units
    assert _load(tools, other.id) == other


def test_nothing_is_overwritten_unseen(hands: Hands, deck: Artifact) -> None:
    """Who looked at an older version changes other parts, but not one that somebody changed since."""
    _edit(hands, _spot(deck, seen=1), back="the first letter")

    with pytest.raises(Conflict, match="Somebody else changed this"):
        hands.edit(TEACHER, _spot(deck, seen=1), {"back": "a vowel"})
    with pytest.raises(Conflict):
        hands.remake_rest(TEACHER, Spot(deck.id, seen=1))
    assert _edit(hands, _spot(deck, 1, seen=1), back="the second letter").version == 3
    assert _edit(hands, _spot(deck, seen=3), back="a vowel").version == 4
    with pytest.raises(Conflict):
        hands.pin(TEACHER, _spot(deck, seen=9))


def test_an_edited_version_waits_for_approval(tools: Tools, plants: Document, hands: Hands) -> None:
    """An easier version that is changed after its approval is a draft again, measured again; students see it not."""
    material = Material(tools)
    outcome = material.draft_variant(TEACHER, plants.id, 0)
    assert isinstance(outcome, Served)
    approved = material.approve_variant(TEACHER, outcome.artifact.id)

    pinned = hands.pin(TEACHER, _spot(approved))
    edited = _edit(hands, _spot(approved), text="Plants make sugar.")

    changed = edited.units[0]
    assert isinstance(changed, VariantSentence)
    assert (changed.claim.text, changed.claim.by_person) == ("Plants make sugar.", True)
    assert (pinned.status, edited.status) == (ArtifactStatus.PUBLISHED, ArtifactStatus.DRAFT)
    assert edited.levels != approved.levels
    assert Kind.LESSON_VARIANT not in material.aids(STUDENT, plants.id, 0)


def test_all_but_what_is_kept_is_made_anew(hands: Hands, tools: Tools, plants: Document) -> None:
    """Edited and pinned cards stay in their places, what was taken out stays out, and the rest is the reading's."""
    made = Material(tools).make(TEACHER, plants.id, 0, Kind.FLASHCARDS)
    assert isinstance(made, Served)
    deck = made.artifact
    edited = _edit(hands, _spot(deck, 1), back="somewhere in a leaf")
    hands.remove(TEACHER, _spot(deck, 0))

    outcome = hands.remake_rest(TEACHER, Spot(deck.id))

    assert isinstance(outcome, Served)
    after = outcome.artifact
    assert edited.units[1] in after.units
    assert deck.units[0].id not in {unit.id for unit in after.units}
    assert {unit.id for unit in deck.units[2:]} <= {unit.id for unit in after.units}
    assert after.id == deck.id
    assert list_lost(after) == ()


def test_another_takes_the_place_of_a_part(hands: Hands, tools: Tools, plants: Document) -> None:
    """Another sentence comes in the place of one, which is out; it is the reading's own, and in its order."""
    words = "It takes place in the chloroplast."
    summary = _saved(tools, an_aid(plants, Kind.SUMMARY, replace(sentence(plants, words), is_key_point=True)))

    after = hands.remake(TEACHER, _spot(summary))

    (another,) = after.units
    assert another.claim.text != words
    assert not another.claim.by_person
    assert getattr(another, "is_key_point", False)
    assert list_removed(after) == (summary.units[0].id,)


def test_another_card_of_a_whole_deck_comes_from_its_section(hands: Hands, tools: Tools) -> None:
    """A deck that joins its sections' cards has more to offer than those: the next best of the card's own section."""
    marked = "A **fault** is a crack in a rock. A **vent** is a hole in the ground."
    words = f"{marked} A seismograph is a tool that records the shaking of the ground."
    document = save_plants(tools, texts=[words])
    part = Material(tools).make(TEACHER, document.id, 0, Kind.FLASHCARDS)
    assert isinstance(part, Served)
    whole = _saved(tools, an_aid(document, Kind.FLASHCARDS, *part.artifact.units, section=None))

    after = hands.remake(TEACHER, _spot(whole))

    terms = [unit.term for unit in after.units if isinstance(unit, Flashcard)]
    assert terms == ["seismograph", "vent"]


def test_another_concept_brings_links_of_its_own(hands: Hands, tools: Tools, plants: Document) -> None:
    """Where a concept is exchanged, its links go, and those of the new one to what is there come."""
    units = [concept(plants, "light"), concept(plants, "chloroplast")]
    drawn = _saved(tools, an_aid(plants, Kind.CONCEPT_MAP, *units, link(plants, "light", "chloroplast")))

    after = hands.remake(TEACHER, _spot(drawn))

    labels = {unit.label for unit in after.units if isinstance(unit, Concept)}
    assert "light" not in labels
    assert len(labels) == 2
    assert all({unit.source, unit.target} <= labels for unit in after.units if isinstance(unit, Relation))


def test_where_there_is_no_other_the_part_stays(hands: Hands, tools: Tools) -> None:
    """A reading that gives nothing else says so, and one that gives nothing at all does too; nothing is changed."""
    document = save_plants(tools, texts=["The **stoma** is a small opening in the skin of a leaf."])
    made = Material(tools).make(TEACHER, document.id, 0, Kind.SUMMARY)
    assert isinstance(made, Served)
    odd = _saved(tools, an_aid(document, Kind.WORKED_EXAMPLES, made.artifact.units[0]))

    for aid in (made.artifact, odd):
        with pytest.raises(Conflict) as raised:
            hands.remake(TEACHER, _spot(aid))
        assert raised.value.code == "nothing_else"
        assert _load(tools, aid.id) == aid


def test_versions_say_who_changed_what(
    hands: Hands, histories: Histories, tools: Tools, deck: Artifact, clock: FixedClock
) -> None:
    """Each version names its change, its person and its time; the first was made, and nobody is named for it."""
    untouched = histories.load(TEACHER, Spot(deck.id))
    clock.move(timedelta(hours=1))
    _edit(hands, _spot(deck), back="the first letter")
    hands.pin(TEACHER, _spot(deck, 1))
    hands.pin(TEACHER, _spot(deck, 1), is_pinned=False)
    hands.remove(TEACHER, _spot(deck, 2))
    hands.restore(TEACHER, _spot(deck, 2))

    history = histories.load(TEACHER, Spot(deck.id))

    assert [one.version.change for one in untouched.steps] == [Change.MADE]
    assert [(one.version.number, one.version.change, one.who) for one in history.steps] == [
        (6, Change.RESTORED, TEACHER.name),
        (5, Change.REMOVED, TEACHER.name),
        (4, Change.UNPINNED, TEACHER.name),
        (3, Change.PINNED, TEACHER.name),
        (2, Change.EDITED, TEACHER.name),
        (1, Change.MADE, ""),
    ]
    told = [change.difference for one in history.steps for change in one.changes]
    assert told == [Difference.ADDED, Difference.GONE, Difference.UNPINNED, Difference.PINNED, Difference.REWORDED]
    (reworded,) = history.steps[4].changes
    assert (dict(reworded.before), dict(reworded.after)) == ({"Back": "thing a"}, {"Back": "the first letter"})
    assert history.steps[4].version.at == deck.created_at + timedelta(hours=1)
    assert (history.removed, history.lost) == ((), ())
    with tools.store(EVERYTHING) as work:
        acts = [record.entry.action for record in work.audit.walk()]
    assert acts == ["aid.edited", "aid.pinned", "aid.unpinned", "aid.removed", "aid.restored"]


def test_a_version_comes_back(hands: Hands, histories: Histories, deck: Artifact) -> None:
    """An earlier version is what readers see again, and what there was since is a version as well."""
    _edit(hands, _spot(deck), back="the first letter")
    hands.remove(TEACHER, _spot(deck, 1))

    back = histories.bring_back(TEACHER, Spot(deck.id, seen=3), 1)

    assert (back.units, back.hands, back.version) == (deck.units, (), 4)
    assert histories.load(TEACHER, Spot(deck.id)).steps[1].version.hands != ()
    assert histories.bring_back(TEACHER, Spot(deck.id), 3).units[0].claim.by_person
    with pytest.raises(Conflict):
        histories.bring_back(TEACHER, Spot(deck.id, seen=3), 1)
    with pytest.raises(NotFound):
        histories.bring_back(TEACHER, Spot(deck.id), 77)


def test_what_was_taken_out_since_stays_out(hands: Hands, histories: Histories, tools: Tools, deck: Artifact) -> None:
    """A version from before a card was there leaves that card's removal in force."""
    later = card(a_document(), "What is d?", "thing d")
    hands.pin(TEACHER, _spot(deck))
    current = _load(tools, deck.id)
    _saved(tools, replace(current, units=(*current.units, later)))
    hands.remove(TEACHER, Spot(deck.id, later.id))

    back = histories.bring_back(TEACHER, Spot(deck.id), 1)

    assert list_removed(back) == (later.id,)


def test_words_that_are_gone_do_not_come_back(
    hands: Hands, histories: Histories, tools: Tools, plants: Document, deck: Artifact
) -> None:
    """Neither a part nor a version whose words the reading has no more is shown again, and the reason is told."""
    hands.remove(TEACHER, _spot(deck))
    _saved(tools, replace(_load(tools, deck.id), section=1))

    with pytest.raises(Conflict, match="no longer has the words"):
        hands.restore(TEACHER, _spot(deck))
    with pytest.raises(Conflict, match="no longer has the words"):
        histories.bring_back(TEACHER, Spot(deck.id), 1)
    assert plants.id == deck.document_id


def test_words_are_found_where_they_stand_now(hands: Hands, tools: Tools, plants: Document) -> None:
    """A part that comes back cites the place where its words stand by now, the nearest one to where they stood."""
    unit = card(plants, "What is green?", "the leaf", "leaf")
    (wrong,) = unit.claim.citations
    moved = replace(wrong, span=replace(wrong.span, start=wrong.span.start + 3, end=wrong.span.end + 3))
    blank = card(plants, "What is blank?", "nothing")
    spoilt = replace(blank, claim=replace(blank.claim, citations=(replace(moved, quote=" "),)))
    for section in (0, None):
        old = replace(unit, claim=replace(unit.claim, citations=(moved,)))
        aid = _saved(tools, an_aid(plants, Kind.FLASHCARDS, old, spoilt, section=section))
        hands.remove(TEACHER, _spot(aid))
        hands.remove(TEACHER, _spot(aid, 1))

        (back,) = hands.restore(TEACHER, _spot(aid)).units

        assert back.claim.citations == (wrong,)
        with pytest.raises(Conflict):
            hands.restore(TEACHER, _spot(aid, 1))
        with tools.store(EVERYTHING) as work:
            work.material.delete(aid.id)
            work.commit()


def test_what_was_lost_is_put_away_or_comes_back(
    hands: Hands, histories: Histories, tools: Tools, deck: Artifact
) -> None:
    """Parts that lost their words are listed with them; they come back when the words do, or are put away."""
    _edit(hands, _spot(deck), back="the first letter")
    _edit(hands, _spot(deck, 1), back="the second letter")
    now = _load(tools, deck.id)
    _saved(tools, replace(now, units=now.units[2:]))

    history = histories.load(TEACHER, Spot(deck.id))
    back = hands.restore(TEACHER, _spot(deck, 1))
    away = hands.remove(TEACHER, _spot(deck))

    assert [unit.id for unit in history.lost] == [deck.units[0].id, deck.units[1].id]
    assert [unit.id for unit in back.units] == [deck.units[1].id, deck.units[2].id]
    assert back.units[0].claim.by_person
    assert (list_lost(away), list_removed(away)) == ((), (deck.units[0].id,))


def test_what_a_new_file_left_of_a_deck_is_filled_up(tools: Tools, plants: Document) -> None:
    """The job makes the rest of a touched deck anew around what is kept, and leaves one that is whole alone."""
    kept = card(plants, "What is a leaf?", "a kitchen", "leaf")
    deck = _saved(tools, an_aid(plants, Kind.FLASHCARDS, kept, hands=(Hand(kept.id, is_pinned=True),)))
    current = hash_of(Request(Kind.FLASHCARDS, plants, 1), tools)
    whole = _saved(tools, an_aid(plants, Kind.FLASHCARDS, section=1, hands=deck.hands, evidence_hash=current))

    jobs.handle(GenerateAids(plants.id), tools, QuietContext())

    after = _load(tools, deck.id)
    assert kept in after.units
    assert len(after.units) > 1
    assert (after.version, bool(after.evidence_hash)) == (2, True)
    assert _load(tools, whole.id) == whole


BY_MODEL = Provenance(Writer.MODEL, "summary", 1, "c" * 64, "one")


def test_what_made_a_part_stays_true(hands: Hands, tools: Tools, plants: Document) -> None:
    """A part that another writer made says so; the rest stays what it was, and so does a part that is brought back."""
    words = ("It takes place in the chloroplast.", "The chloroplast is a small green body inside the cells of a leaf.")
    units = [sentence(plants, one) for one in words]
    summary = _saved(tools, an_aid(plants, Kind.SUMMARY, *units, provenance=BY_MODEL))

    after = hands.remake(TEACHER, _spot(summary))

    another = next(unit for unit in after.units if unit.id != units[1].id)
    assert after.provenance == BY_MODEL
    assert provenance_of(after, another.id).writer is Writer.BUILT_IN
    assert provenance_of(after, units[1].id) == BY_MODEL
    assert [(maker.writer, count) for maker, count in count_others(after)] == [(Writer.BUILT_IN, 1)]
    assert _load(tools, summary.id) == after
    back = hands.restore(TEACHER, Spot(summary.id, units[0].id))
    assert provenance_of(back, units[0].id) == BY_MODEL
    edited = _edit(hands, Spot(summary.id, another.id), text="It is in the leaf.")
    assert count_others(edited) == []


def test_what_is_kept_is_still_the_makers(hands: Hands, tools: Tools, plants: Document) -> None:
    """Around a pinned part of a model's the rest is made anew by the built-in writer: only the pinned is the model's.

    Brought back to the version before, all is the model's again.
    """
    pinned, other = sentence(plants, "It takes place in the chloroplast."), sentence(plants, "Chlorophyll")
    summary = _saved(tools, an_aid(plants, Kind.SUMMARY, pinned, other, provenance=BY_MODEL))
    hands.pin(TEACHER, _spot(summary))

    outcome = hands.remake_rest(TEACHER, Spot(summary.id))

    assert isinstance(outcome, Served)
    after = outcome.artifact
    assert after.provenance.writer is Writer.BUILT_IN
    assert count_others(after) == [(BY_MODEL, 1)]
    assert hand_on(after, pinned.id) == Hand(pinned.id, is_pinned=True, maker=BY_MODEL)
    hands.remove(TEACHER, Spot(summary.id, pinned.id))
    again = hands.restore(TEACHER, Spot(summary.id, pinned.id))
    assert count_others(again) == [(BY_MODEL, 1)]
    first = hands.histories.bring_back(TEACHER, Spot(summary.id), 1)
    assert (first.provenance, count_others(first)) == (BY_MODEL, [])


def test_a_student_reads_no_answer_in_the_versions(hands: Hands, tools: Tools, plants: Document) -> None:
    """Of a question of an own reading the history tells a student what is asked alone; teachers read all of it."""
    own = replace(plants, owner_id=STUDENT.id)
    with tools.store(EVERYTHING) as work:
        work.documents.save(own)
        work.commit()
    asked = question(plants, QuestionForm.SHORT)
    quiz = _saved(tools, an_aid(plants, Kind.QUIZ, asked))
    _edit(hands, _spot(quiz), answer="the chloroplast")
    hands.remove(TEACHER, Spot(quiz.id, asked.id))

    seen = hands.histories.load(STUDENT, Spot(quiz.id))
    whole = hands.histories.load(TEACHER, Spot(quiz.id))

    assert "chloroplast" not in str([(one.before, one.after) for step in seen.steps for one in step.changes])
    assert [len(step.changes) for step in seen.steps] == [1, 1, 0]
    assert "chloroplast" in str([one.after for step in whole.steps for one in step.changes])
    assert read_for(STUDENT, asked) == {"Question": asked.stem}
    assert read_for(TEACHER, asked)["Right answer"] == asked.answer
    assert read_for(STUDENT, sentence(plants, "Chlorophyll")) == {"Sentence": "Chlorophyll"}


def test_files_say_whose_words_they_have(hands: Hands, tools: Tools, plants: Document, deck: Artifact) -> None:
    """A file of a class's reading says "a teacher's words", one of a student's own reading "a student's own"."""
    material = Material(tools)
    _edit(hands, _spot(deck), back="the first letter")

    taken = material.export(STUDENT, plants.id, 0, "cards.md").content.decode()
    with tools.store(EVERYTHING) as work:
        work.documents.save(replace(plants, owner_id=STUDENT.id, class_id=None))
        work.commit()
    own = material.export(STUDENT, plants.id, 0, "cards.md").content.decode()

    assert taken.count("(In a teacher's words; p. 1, source 1)") == 1
    assert own.count("(In a student's own words; p. 1, source 1)") == 1
