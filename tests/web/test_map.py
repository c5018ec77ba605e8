"""The map's tab: what is used before it is explained, and the list by section."""

from dataclasses import replace

from domain.claims import Claim
from domain.documents import Citation, DocumentStatus, Span
from domain.ids import ArtifactId, DocumentId, UnitId, new_id, stable_id
from domain.material import Concept, Gap, Kind
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import House
from tests.readings import save_reading

_TEXTS = ["Captains feared the demurrage. The GPS was new.", "Demurrage is a fee for a delay."]


def a_claim(document_id: DocumentId, page: int, text: str) -> Claim:
    """A sentence of a page."""
    start = _TEXTS[page - 1].index(text)
    return Claim(text, (Citation(Span(document_id, page, start, start + len(text)), text),))


def test_gaps_are_a_plain_list_with_both_places(house: House) -> None:
    """A term used too early links to its first use and to its explanation; initials say that they stay unexplained."""
    teacher = house.person(Role.TEACHER)
    changes = {"school_id": teacher.school_id, "owner_id": teacher.id, "class_id": teacher.class_ids[0]}
    ready = {"status": DocumentStatus.READY, "page_count": 2, "title": "Ports"}
    document = save_reading(house.store, _TEXTS, id=DocumentId(new_id()), **changes, **ready)
    use, known = a_claim(document.id, 1, _TEXTS[0][:30]), a_claim(document.id, 2, _TEXTS[1])
    units = (
        Concept(UnitId(stable_id("c")), known, "demurrage"),
        Gap(UnitId(stable_id("g")), use, "demurrage", 1, (known,)),
        Gap(UnitId(stable_id("i")), a_claim(document.id, 1, "The GPS was new."), "GPS"),
    )
    artifact = replace(house.aid(Kind.CONCEPT_MAP), id=ArtifactId(new_id()), document_id=document.id, section=None)
    with house.store(EVERYTHING) as work:
        work.material.save(replace(artifact, units=units))
        work.commit()

    page = house.browser(Role.TEACHER).open(f"/readings/{document.id}?view=map").text

    gaps = page[page.index('<h3 id="gaps">Used before it is explained</h3>') : page.index('<h3 id="list">')]
    assert f"/pages/1?view=map&amp;from=0&amp;to={len(use.text)}#source" in gaps
    assert f"/pages/2?view=map&amp;from=0&amp;to={len(known.text)}#source" in gaps
    assert "in <bdi>Part 2</bdi>" in gaps
    assert "never written out" in gaps
    assert '<h4 lang="en" dir="auto">Part 2</h4>' in page


def test_a_map_without_gaps_has_no_list_of_them(house: House) -> None:
    """Where nothing is used too early, nothing is said of it."""
    artifact = house.aid(Kind.CONCEPT_MAP)
    assert not any(isinstance(unit, Gap) for unit in artifact.units)

    page = house.browser(Role.STUDENT).open(house.url("map")).text

    assert "Used before it is explained" not in page
