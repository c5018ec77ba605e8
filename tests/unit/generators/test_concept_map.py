"""Concept maps by the built-in writer."""

from datetime import UTC, datetime

import networkx as nx
import pytest

from domain.ids import ArtifactId
from domain.material import Artifact, ArtifactStatus, Concept, Kind, Provenance, Relation, RelationType
from generators.compose.maps.concept_map import combine_maps, map_concepts
from generators.compose.reading.mentions import Names, name_of
from generators.compose.reading.parse import Parser
from tests.builders import a_document, some_evidence
from tests.unit.generators.maps import a_claim, a_concept, a_relation

CELLS = (
    "A **cell** is the smallest unit of life. The **membrane** is a layer that surrounds the cell.\n\n"
    "A **mitochondrion** is an organelle that turns food into energy. Every mitochondrion has a membrane, and the cell "
    "needs it. A **chloroplast** is an organelle too. Unlike the mitochondrion, the chloroplast uses light. "
    "An **organelle** is a part of the cell."
)


def concepts_of(units: tuple[Concept | Relation, ...]) -> list[Concept]:
    return [unit for unit in units if isinstance(unit, Concept)]


def relations_of(units: tuple[Concept | Relation, ...]) -> list[Relation]:
    return [unit for unit in units if isinstance(unit, Relation)]


def a_part(*units: Concept | Relation) -> Artifact:
    """A section's map as it was served."""
    return Artifact(
        id=ArtifactId("0"),
        kind=Kind.CONCEPT_MAP,
        document_id=a_document().id,
        section=0,
        title="",
        units=units,
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
    )


def test_emphasised_terms_become_concepts(parser: Parser) -> None:
    """What the author set in bold is on the map, each introduced by a sentence that names it."""
    units = map_concepts(parser.parse(some_evidence(CELLS)))

    labels = {concept.label for concept in concepts_of(units)}
    assert labels == {"cell", "membrane", "mitochondrion", "chloroplast", "organelle"}
    assert all(concept.label in concept.claim.text.lower() for concept in concepts_of(units))


def test_every_relation_is_cited_and_names_both_ends(parser: Parser) -> None:
    """A relation's sentence stands in the reading and names source and target."""
    units = map_concepts(parser.parse(some_evidence(CELLS)))

    assert len(relations_of(units)) >= 4
    for relation in relations_of(units):
        ends = {name_of(relation.source), name_of(relation.target)}
        assert ends == ends & {mention.name for mention in Names(ends).find_all(relation.claim.text)}
        assert relation.claim.citations[0].quote == relation.claim.text


def test_relations_are_read_right(parser: Parser) -> None:
    """The map says what the text says."""
    units = map_concepts(parser.parse(some_evidence(CELLS)))

    said = {(relation.source, relation.type, relation.target) for relation in relations_of(units)}
    assert ("mitochondrion", RelationType.IS_A, "organelle") in said
    assert ("mitochondrion", RelationType.CONTRASTS, "chloroplast") in said
    assert ("organelle", RelationType.PART_OF, "cell") in said


def test_the_same_reading_gives_the_same_map(parser: Parser) -> None:
    """Ids and order are the same each time, and no id comes twice."""
    first = map_concepts(parser.parse(some_evidence(CELLS)))
    second = map_concepts(parser.parse(some_evidence(CELLS)))

    assert first == second
    assert len({unit.id for unit in first}) == len(first)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Homework for Friday: read pages two to five and bring a pen.",
        "1 2 3\n4 5 6\n\n7 8 9",
        "O wild West Wind,\nthou breath\nof Autumn's being,\n\nThou, from whose unseen presence",
        "**~~~** **1** **—**",
    ],
)
def test_odd_texts_give_a_small_map_or_none(parser: Parser, text: str) -> None:
    """A note, a table, a poem or nothing gives few concepts at most, and relations only between them."""
    units = map_concepts(parser.parse(some_evidence(text)))

    labels = {concept.label for concept in concepts_of(units)}
    assert len(labels) <= 4
    assert all({relation.source, relation.target} <= labels for relation in relations_of(units))


def test_a_single_defined_mark_is_trusted(parser: Parser) -> None:
    """One marked and defined term is the author's way of naming concepts; marks that only stress words are not."""
    defined = map_concepts(parser.parse(some_evidence("An **axon** is a long fibre. The fibre carries the signal.")))
    stressed = map_concepts(
        parser.parse(
            some_evidence("A lizard called the **skink** hid. We *never* saw the skink. The skink is a lizard.")
        )
    )

    assert [concept.label for concept in concepts_of(defined)] == ["axon"]
    assert "skink" in {concept.label for concept in concepts_of(stressed)}


def test_signs_are_no_concepts(parser: Parser) -> None:
    """A symbol in bold is not put on the map."""
    units = map_concepts(parser.parse(some_evidence("The **α** and the **β** of the **tensor** are small.")))

    assert [concept.label for concept in concepts_of(units)] == ["tensor"]


def test_labels_lose_the_capital_of_a_sentence(parser: Parser) -> None:
    """A term that the text also writes small gets a small label; a name keeps its capital."""
    text = "**Mitosis** makes two cells. In mitosis a cell divides. **Darwin** wrote on **species**, and Darwin sailed."
    units = map_concepts(parser.parse(some_evidence(text)))

    assert {concept.label for concept in concepts_of(units)} == {"mitosis", "Darwin", "species"}


def test_other_languages_get_their_emphasised_terms(parser: Parser) -> None:
    """Without an English parse the map holds what is in bold, related by being named together."""
    text = "Die **Zelle** hat einen **Zellkern**. Der Zellkern lenkt die Zelle. Eine **Membran** umgibt die Zelle."
    units = map_concepts(parser.parse(some_evidence(text, language="de")))

    assert {concept.label for concept in concepts_of(units)} == {"Zelle", "Zellkern", "Membran"}
    assert {relation.type for relation in relations_of(units)} <= {RelationType.RELATED, RelationType.NEEDS}


def test_other_languages_link_what_definitions_name(parser: Parser) -> None:
    """Where a known wording defines a term, what its definition names is needed for it; all else is only related."""
    spanish = "La **célula** es la unidad básica de la vida. El **núcleo** es la parte de la célula que guarda el ADN."
    chinese = "**细胞**是生命的基本单位。**细胞核**是细胞的控制中心。"

    units = map_concepts(parser.parse(some_evidence(spanish, language="es")))
    signs = map_concepts(parser.parse(some_evidence(chinese, language="zh")))

    assert [(one.source, one.type, one.target) for one in relations_of(units)] == [
        ("célula", RelationType.NEEDS, "núcleo")
    ]
    assert [(one.source, one.target) for one in relations_of(signs)] == [("细胞", "细胞核")]


def test_maps_of_sections_join_by_name() -> None:
    """A concept of two sections is one concept of the whole, weighing both; its relations go along under its label."""
    first = a_part(a_concept("Cell", 2.0), a_concept("nucleus"), a_relation("nucleus", "Cell", RelationType.PART_OF))
    second = a_part(a_concept("cells", 1.0), a_concept("tissue"), a_relation("cells", "tissue", RelationType.NEEDS))

    units = combine_maps([first, second])

    assert (concepts_of(units)[0].label, concepts_of(units)[0].weight) == ("Cell", 3.0)
    assert {(r.source, r.type, r.target) for r in relations_of(units)} == {
        ("nucleus", RelationType.PART_OF, "Cell"),
        ("Cell", RelationType.NEEDS, "tissue"),
    }


def test_of_two_relations_of_a_pair_the_stated_one_stays() -> None:
    """Between "related to" and "causes" the whole reading's map keeps the one that says more."""
    part = a_part(
        a_concept("rain"),
        a_concept("flood"),
        a_relation("flood", "rain", RelationType.RELATED),
        a_relation("rain", "flood", RelationType.CAUSES),
    )

    assert [relation.type for relation in relations_of(combine_maps([part, part]))] == [RelationType.CAUSES]


def test_the_heaviest_concepts_stay_under_the_limit() -> None:
    """Over the limit the lightest concepts go, and their relations with them."""
    part = a_part(a_concept("a", 3), a_concept("b", 2), a_concept("c", 1), a_relation("a", "b"), a_relation("b", "c"))

    units = combine_maps([part], limit=2)

    assert [concept.label for concept in concepts_of(units)] == ["a", "b"]
    assert [(relation.source, relation.target) for relation in relations_of(units)] == [("a", "b")]


def test_introductions_refer_across_sections() -> None:
    """An earlier concept that a later section's introduction names is needed for the later one."""
    earlier = Concept(a_concept("force").id, a_claim("A force is a push.", 0), "force")
    later = Concept(a_concept("work").id, a_claim("Work is done by a force over a way.", 500), "work")
    hidden = Concept(a_concept("torque").id, a_claim("It turns things by force.", 900), "torque")

    relations = relations_of(combine_maps([a_part(earlier), a_part(later, hidden)]))

    assert [(relation.source, relation.type, relation.target) for relation in relations] == [
        ("force", RelationType.NEEDS, "work")
    ]


def test_every_section_has_its_share_of_the_overview() -> None:
    """The heaviest concept of a light section comes before the second of a heavy one."""
    heavy = a_part(a_concept("a", 9), a_concept("b", 8))
    light = a_part(a_concept("c", 1), a_concept("d", 0.5))

    assert [concept.label for concept in concepts_of(combine_maps([heavy, light], limit=2))] == ["a", "c"]


def test_a_larger_map_has_links_and_concepts_beyond_the_usual(parser: Parser) -> None:
    """Where more is asked for, concepts that are less likely and pairs that are seldom named together come too."""
    text = (
        "A **dune** is a hill of sand. A **lagoon** is a shallow lake by the sea. A **reef** is a ridge under water. "
        "Behind the reef, the dune shelters the coast. The lagoon lies behind the dune. The coast has a lighthouse. "
        "The reef keeps waves from the lagoon. Siltation is a slow filling of a lake. Siltation harms fish."
    )
    usual, larger = (map_concepts(parser.parse(some_evidence(text)), more=more) for more in (0, 3))

    new = {concept.label for concept in concepts_of(larger)} - {concept.label for concept in concepts_of(usual)}
    assert "siltation" in {label.lower() for label in new}
    pairs = [{frozenset((one.source, one.target)) for one in relations_of(units)} for units in (usual, larger)]
    assert frozenset(("lagoon", "reef")) in pairs[1] - pairs[0]


def test_what_a_sentence_says_stays_beside_a_longer_way() -> None:
    """A is before C where the reading says so, even though it is before B, and B before C."""
    part = a_part(
        *map(a_concept, "abc"),
        a_relation("a", "b"),
        a_relation("b", "c"),
        a_relation("a", "c"),
    )

    assert len(relations_of(combine_maps([part]))) == 3


def test_that_a_name_holds_its_class_is_said_where_nothing_else_is() -> None:
    """A sand dune is a dune: the map says so only while the reading says no more of the sand dune."""
    lonely = a_part(a_concept("dune"), a_concept("sand dune"))
    told = a_part(a_concept("dune"), a_concept("sand dune"), a_concept("wind"), a_relation("wind", "sand dune"))

    assert [relation.type for relation in relations_of(combine_maps([lonely]))] == [RelationType.IS_A]
    assert [relation.source for relation in relations_of(combine_maps([told]))] == ["wind"]


def test_names_relate_across_sections() -> None:
    """Kinetic energy of a later section is a kind of the energy of an earlier one, and a sleep spindle needs sleep."""
    parts = [a_part(a_concept("energy"), a_concept("sleep")), a_part(a_concept("kinetic energy"))]
    spindle = a_part(a_concept("sleep spindle"))

    said = {(one.source, one.type, one.target) for one in relations_of(combine_maps([*parts, spindle]))}

    assert said == {
        ("kinetic energy", RelationType.IS_A, "energy"),
        ("sleep", RelationType.NEEDS, "sleep spindle"),
    }


def test_a_sure_explanation_refers_to_later_concepts_too() -> None:
    """What a definition names is needed for it, even where the reading brings it in later."""
    work = Concept(a_concept("work").id, a_claim("Work is the product of force and way.", 0), "work")
    force = Concept(a_concept("force").id, a_claim("A force is a push.", 500), "force")

    relations = relations_of(combine_maps([a_part(work), a_part(force)]))

    assert [(one.source, one.type, one.target) for one in relations] == [("force", RelationType.NEEDS, "work")]


def test_prerequisites_of_the_whole_form_no_cycle() -> None:
    """Sections that disagree about what comes first still give a map without circles."""
    parts = [
        a_part(a_concept("a"), a_concept("b"), a_concept("c"), a_relation("a", "b"), a_relation("b", "c")),
        a_part(a_concept("a"), a_concept("c"), a_relation("c", "a")),
    ]

    needs = [relation for relation in relations_of(combine_maps(parts)) if relation.type is RelationType.NEEDS]

    assert len(needs) == 2
    assert nx.is_directed_acyclic_graph(nx.DiGraph([(relation.source, relation.target) for relation in needs]))


def test_nothing_joins_to_nothing() -> None:
    """A reading without maps has an empty one."""
    assert combine_maps([]) == ()
