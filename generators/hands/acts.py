"""What people do to study aids, part by part: reword it, keep it, take it out, bring it back, have another made.

Teachers do it to the readings that they see, students to their own. Each act makes a version; nothing is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from domain.errors import Conflict, Invalid, NotFound
from domain.hands import Change, Version, hand_on, list_lost, list_removed
from domain.ids import UnitId
from domain.material import Artifact, Concept, Relation, Unit
from domain.outcomes import Escalated, Outcome, Served
from domain.people import Person, Role
from domain.ports import UnitOfWork
from domain.scope import scope_of
from generators.compose.reading.mentions import name_of
from generators.hands.changing import Changed, Spot, act_on, find_last, find_section, find_to_change, find_unit
from generators.hands.checking import is_borne_out
from generators.hands.history import Histories
from generators.hands.merging import choose_another
from generators.hands.placing import links_of, with_another, with_hand, with_units_back, with_words, without
from generators.hands.ratings import Ratings
from generators.hands.settling import Settling
from generators.hands.unit_fields import reworded
from generators.hands.unit_rules import check_unit, tidy_words
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.pipeline import generate
from generators.shelf import find_units, make, still_stands
from generators.tools import Tools
from safety.release import is_fit
from safety.uploads import is_staffs

_MORE = 4
"""Units that are made beyond the usual ones where another is wanted: some say what is there already."""


class Hands:
    """What people do to study aids, with the versions that come of it and what readers think. Each is one transaction.

    All raise NotFound for what the person does not see, NotAllowed for what is another's to change, and Conflict when
    somebody else changed the same since the version that the person looked at.
    """

    def __init__(self, tools: Tools) -> None:
        """Use the pipeline's tools."""
        self._tools = tools
        self.histories = Histories(tools)
        self.ratings = Ratings(tools)

    def load(self, person: Person, spot: Spot) -> Artifact:
        """Give a study aid for somebody who may change it, and has this part."""
        with self._tools.store(scope_of(person)) as work:
            artifact, _ = find_to_change(work, person, spot.artifact_id)
        find_unit(artifact, spot.unit_id)
        return artifact

    def edit(self, person: Person, spot: Spot, words: Mapping[str, str]) -> Artifact | Escalated:
        """Put a person's words in fields of a part (`generators.hands.unit_fields`); what it cites stays as it is.

        Whether the reading says the same is noted beside it (`domain.material.Hand`). Raises Invalid for words that
        break the part, or that would alarm a reader: nothing screens them after this. A student's words of danger are
        handed to people first.
        """
        if person.role is Role.STUDENT:
            for text in words.values():
                if escalated := self._tools.gate.stop(person, text, entry="field"):
                    return escalated
        with self._tools.store(scope_of(person)) as work:
            whole, document = find_to_change(work, person, spot.artifact_id)
        is_schools = is_staffs(self._tools.store, document)
        ground = self._tools.gather(
            Request(whole.kind, document, whole.section), self._tools.store, self._tools.retriever
        )

        def plan(_work: UnitOfWork, artifact: Artifact) -> Changed:
            unit = find_unit(artifact, spot.unit_id)
            given = tidy_words(unit, words)
            edited = reworded(unit, given)
            if edited == reworded(unit, {}):
                return lambda aid: aid
            check_unit(edited, [other for other in artifact.units if other.id != unit.id])
            if not is_fit(edited, self._tools.screener, is_staffs=is_schools):
                raise Invalid(
                    "These words speak of danger to a person, or are not fit for a class. Say it in other words.",
                    field=next(iter(given)),
                )
            is_said = is_borne_out(edited, ground.evidence, self._tools.verifier)
            return lambda aid: with_words(aid, edited, is_borne_out=is_said)

        return act_on(self._tools, person, spot, Change.EDITED, plan)

    def do(self, person: Person, spot: Spot, act: str) -> Artifact:
        """Do what a word says: pin, unpin, remove, restore or remake. Raises Invalid for another word."""
        acts: Mapping[str, Callable[[], Artifact]] = {
            "pin": lambda: self.pin(person, spot),
            "unpin": lambda: self.pin(person, spot, is_pinned=False),
            "remove": lambda: self.remove(person, spot),
            "restore": lambda: self.restore(person, spot),
            "remake": lambda: self.remake(person, spot),
        }
        if act not in acts:
            raise Invalid("There is nothing of that name to do here. Go back and reload the page.", field="act")
        return acts[act]()

    def pin(self, person: Person, spot: Spot, *, is_pinned: bool = True) -> Artifact:
        """Keep a part for good when the rest is made anew, or no longer."""

        def plan(_work: UnitOfWork, artifact: Artifact) -> Changed:
            unit = find_unit(artifact, spot.unit_id)
            return lambda aid: with_hand(aid, replace(hand_on(aid, unit.id), is_pinned=is_pinned))

        return act_on(self._tools, person, spot, Change.PINNED if is_pinned else Change.UNPINNED, plan)

    def remove(self, person: Person, spot: Spot) -> Artifact:
        """Take a part out, for good: it does not come back when the rest is made anew. Lost parts are put away so."""

        def plan(_work: UnitOfWork, artifact: Artifact) -> Changed:
            lost = next((one for one in list_lost(artifact) if one == spot.unit_id), None)
            unit_id = lost or find_unit(artifact, spot.unit_id).id
            return lambda aid: without(aid, [unit_id])

        return act_on(self._tools, person, spot, Change.REMOVED, plan)

    def restore(self, person: Person, spot: Spot) -> Artifact:
        """Bring back a part that was taken out or lost, where its words stand in the reading by now.

        Raises Conflict when they do not any more, and Invalid for a link of a map whose concepts are gone.
        """

        def plan(work: UnitOfWork, artifact: Artifact) -> Changed:
            gone = (*list_removed(artifact), *list_lost(artifact))
            unit_id = next((one for one in gone if one == spot.unit_id), None)
            version = find_last(work, artifact, unit_id) if unit_id else None
            if unit_id is None or version is None:
                raise NotFound("There is no such part to bring back.")
            settling = Settling(work, artifact)
            back = settling.settle_all(_to_bring_back(artifact, version, unit_id))
            if unit_id not in {unit.id for unit in back}:
                raise Conflict("The reading no longer has the words that this rests on, so it cannot be shown.")
            for unit in back:
                if isinstance(unit, Concept | Relation):
                    check_unit(unit, [*artifact.units, *(other for other in back if other.id != unit.id)])
            return lambda aid: with_units_back(aid, back, version)

        return act_on(self._tools, person, spot, Change.RESTORED, plan)

    def remake(self, person: Person, spot: Spot) -> Artifact:
        """Have another part made in the place of this one, which is taken out.

        Raises Conflict with the code `nothing_else` when the reading gives no other that is not there already.
        """
        with self._tools.store(scope_of(person)) as work:
            artifact, document = find_to_change(work, person, spot.artifact_id)
            section = find_section(work, artifact, find_unit(artifact, spot.unit_id))
        more = _MORE + len(list_removed(artifact))
        request = Request(artifact.kind, document, section, person, more=more)
        outcome = generate(request, KINDS[artifact.kind], self._tools)
        if not isinstance(outcome, Served):
            raise Conflict(outcome.message, code="nothing_else")
        made = outcome.artifact

        def plan(work: UnitOfWork, artifact: Artifact) -> Changed:
            unit = find_unit(artifact, spot.unit_id)
            removed = find_units(work, artifact, list_removed(artifact))
            another = choose_another(unit, artifact, removed, made.units)
            if another is None or not still_stands(work, made):
                raise Conflict("The reading gives no other that is not here already.", code="nothing_else")
            return lambda aid: with_another(aid, unit, another, made)

        return act_on(self._tools, person, spot, Change.REMADE, plan)

    def remake_rest(self, person: Person, spot: Spot) -> Outcome:
        """Have all made anew but what is kept for good or in a person's words; what was taken out stays out."""
        with self._tools.store(scope_of(person)) as work:
            artifact, document = find_to_change(work, person, spot.artifact_id)
        request = Request(artifact.kind, document, artifact.section, person)
        return make(request, self._tools, seen=spot.seen)


def _to_bring_back(artifact: Artifact, version: Version, unit_id: UnitId) -> list[Unit]:
    """Give a unit as it was in a version; with a concept, the links that went with it and whose other end is there."""
    unit = next(one for one in version.units if one.id == unit_id)
    if not isinstance(unit, Concept):
        return [unit]
    names = {name_of(one.label) for one in (*artifact.units, unit) if isinstance(one, Concept)}
    gone = set(list_removed(artifact))
    links = links_of(unit, (one for one in version.units if isinstance(one, Relation) and one.id in gone))
    return [unit, *(link for link in links if {name_of(link.source), name_of(link.target)} <= names)]
