"""What every ReadingRepository does: pages, sections, chunks and the search over their words."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from adapters.sql.store import SqlStore
from domain.documents import Page, Position, Section
from domain.errors import Conflict
from domain.ids import ChunkId, DocumentId, new_id
from domain.places import Part
from domain.scope import EVERYTHING
from tests.builders import a_document
from tests.raw import connect
from tests.readings import a_redacted, save_reading, some_chunks

TEXTS = ["Plants make sugar out of light.", "Roots drink water.", "Rabbits eat plants, and foxes eat rabbits."]


def _search(store: SqlStore, query: str, *documents: DocumentId) -> list[str]:
    with store(EVERYTHING) as unit:
        hits = unit.readings.search_words(query, documents or [a_document().id], 10)
        return [chunk.text for chunk in unit.readings.load_chunks([hit.chunk_id for hit in hits])]


def test_pages_and_sections_come_back_as_they_were_saved(store: SqlStore) -> None:
    """Pages keep their headings, emphasis and hidden lines, sections their path and places, in reading order."""
    document = save_reading(store, TEXTS)
    parsed = a_redacted(document, TEXTS).parsed

    with store(EVERYTHING) as unit:
        assert [unit.readings.find_page(document.id, number) for number in (1, 2, 3)] == list(parsed.pages)
        assert unit.readings.find_page(document.id, 4) is None
        assert unit.readings.list_sections(document.id) == list(parsed.sections)


def test_saving_pages_again_replaces_them(store: SqlStore) -> None:
    """A reading that is parsed again has only the new pages and sections."""
    document = save_reading(store, TEXTS)

    with store(EVERYTHING) as unit:
        redacted = a_redacted(document, ["Only this."])
        unit.readings.save_pages(replace(redacted, parsed=replace(redacted.parsed, pages=(Page(1, "Only this."),))))
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.readings.find_page(document.id, 1) == Page(1, "Only this.")
        assert unit.readings.find_page(document.id, 2) is None
        assert len(unit.readings.list_sections(document.id)) == 1


def test_odd_pages_are_found_again(store: SqlStore) -> None:
    """Pages with hidden words, and pages marked for orders, are listed in order; others are not."""
    document = save_reading(store, TEXTS)
    redacted = a_redacted(document, TEXTS)
    pages = (Page(1, "Plants."), Page(2, "Roots.", hidden=("unseen",)), Page(3, "Rabbits."), Page(4, "Foxes."))

    with store(EVERYTHING) as unit:
        unit.readings.save_pages(replace(redacted, parsed=replace(redacted.parsed, pages=pages)))
        unit.readings.mark_orders(document.id, [3, 9])
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.readings.list_odd_pages(document.id) == [pages[1], replace(pages[2], has_orders=True)]
        assert unit.readings.list_odd_pages(DocumentId(new_id())) == []


def test_chunks_come_back_in_reading_order(store: SqlStore) -> None:
    """Chunks keep span, gap, emphasis and marks, and are listed in reading order, of all or of some sections."""
    document = save_reading(store, TEXTS)
    chunks = some_chunks(document, TEXTS)

    with store(EVERYTHING) as unit:
        assert unit.readings.list_chunks(document.id) == chunks
        assert unit.readings.list_chunks(document.id, (1, 2)) == chunks[1:]
        assert unit.readings.list_chunks(document.id, (9, 9)) == []


def test_chunks_are_loaded_in_the_order_asked_for(store: SqlStore) -> None:
    """Loading keeps the order of the ids and leaves out those that are gone."""
    document = save_reading(store, TEXTS)
    first, second, third = some_chunks(document, TEXTS)

    with store(EVERYTHING) as unit:
        loaded = unit.readings.load_chunks([third.id, ChunkId(new_id()), first.id, second.id])

    assert loaded == [third, first, second]


def test_saving_chunks_again_replaces_them_and_their_words(store: SqlStore) -> None:
    """A reading that is cut again is found by its new words and no longer by its old ones."""
    document = save_reading(store, TEXTS)

    with store(EVERYTHING) as unit:
        unit.readings.save_chunks(document.id, some_chunks(document, ["Mushrooms need no light."]))
        unit.commit()

    assert _search(store, "mushroom") == ["Mushrooms need no light."]
    assert _search(store, "foxes") == []


def test_chunks_of_a_document_that_is_gone_are_a_conflict(store: SqlStore) -> None:
    """No chunk can be left behind without its document."""
    with store(EVERYTHING) as unit, pytest.raises(Conflict):
        unit.readings.save_chunks(a_document().id, some_chunks(a_document(), TEXTS))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("how do plants make sugar", TEXTS[0]),
        ("drinking", TEXTS[1]),
        ("FOXES", TEXTS[2]),
        ("rabbit fox", TEXTS[2]),
    ],
)
def test_the_chunk_with_the_words_comes_first(store: SqlStore, query: str, first: str) -> None:
    """A chunk is found by its words, in any form and case, the one that holds more of them first."""
    save_reading(store, TEXTS)

    assert _search(store, query)[0] == first


def test_better_hits_have_higher_scores(store: SqlStore) -> None:
    """Hits come best first, and no more than asked for."""
    document = save_reading(store, TEXTS)

    with store(EVERYTHING) as unit:
        hits = unit.readings.search_words("rabbits foxes drink", [document.id], 10)
        top = unit.readings.search_words("rabbits foxes drink", [document.id], 1)

    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert top == hits[:1]
    assert len(hits) == 2


def test_headings_count_and_titles_count_more(store: SqlStore) -> None:
    """Of chunks with like texts, the one of a document with the word in its title comes before one in a heading."""
    save_reading(store, ["Some words.", "Other words."])
    titled = save_reading(store, ["Some words."], id=DocumentId(new_id()), title="About part and parcel")

    with store(EVERYTHING) as unit:
        by_heading = unit.readings.search_words("part 2", [a_document().id], 1)
        by_title = unit.readings.search_words("parcel words", [a_document().id, titled.id], 1)
        found = unit.readings.load_chunks([by_heading[0].chunk_id, by_title[0].chunk_id])

    assert [chunk.text for chunk in found] == ["Other words.", "Some words."]
    assert found[1].document_id == titled.id


def test_a_new_title_is_found_at_once(store: SqlStore) -> None:
    """After a document got another title it is found by that one and not by the old."""
    save_reading(store, TEXTS, title="Untitled")

    with store(EVERYTHING) as unit:
        unit.documents.save(a_document(title="Greenery"))
        unit.commit()

    assert len(_search(store, "greenery")) == 3
    assert _search(store, "untitled") == []


def test_only_the_documents_asked_for_are_searched(store: SqlStore) -> None:
    """A search never leaves the documents that the caller names."""
    save_reading(store, TEXTS)
    other = save_reading(store, ["Plants elsewhere."], id=DocumentId(new_id()))

    assert _search(store, "plants", other.id) == ["Plants elsewhere."]
    with store(EVERYTHING) as unit:
        assert unit.readings.search_words("plants", [], 5) == []


def test_only_the_part_asked_for_is_searched(store: SqlStore) -> None:
    """A search in some sections finds nothing beyond them, nor in a document that was not named."""
    document = save_reading(store, TEXTS)
    other = save_reading(store, TEXTS, id=DocumentId(new_id()))

    def search(part: Part) -> list[str]:
        with store(EVERYTHING) as unit:
            hits = unit.readings.search_words("plants water rabbits", [document.id], 10, part=part)
            return sorted(chunk.text for chunk in unit.readings.load_chunks([hit.chunk_id for hit in hits]))

    assert search(Part(document.id, 0, 1)) == sorted(TEXTS[:2])
    assert search(Part(document.id, 2, 2)) == TEXTS[2:]
    assert search(Part(document.id, 5, 9)) == []
    assert search(Part(other.id, 0, 2)) == []


def test_places_name_the_unit_and_the_chapter(store: SqlStore) -> None:
    """A chunk stands in the innermost unit around it, or else in its own section, and in what is around that."""
    document = save_reading(store, TEXTS)
    levels = [(0, 3, False), (1, 2, True), (2, 2, False), (3, 3, False), (4, 4, True)]
    here = Position(1, 0)
    sections = tuple(
        Section(document.id, ordinal, last, 1, "x", ("x",), here, here, is_unit) for ordinal, last, is_unit in levels
    )
    homes = [0, 1, 2, 3, 4]
    chunks = [
        replace(chunk, section=home) for chunk, home in zip(some_chunks(document, list("abcde")), homes, strict=True)
    ]
    redacted = a_redacted(document, TEXTS)

    with store(EVERYTHING) as unit:
        unit.readings.save_pages(replace(redacted, parsed=replace(redacted.parsed, sections=sections)))
        unit.readings.save_chunks(document.id, chunks)
        unit.commit()
    with store(EVERYTHING) as unit:
        places = unit.readings.list_places([chunk.id for chunk in reversed(chunks)], [document.id])

    assert [(place.unit, place.chapter) for place in places] == [(4, None), (3, 0), (1, 0), (1, 0), (0, None)]
    assert [place.ordinal for place in places] == [4, 3, 2, 1, 0]
    assert [place.chunk_id for place in places] == [chunk.id for chunk in reversed(chunks)]
    assert {place.document_id for place in places} == {document.id}


def test_places_are_those_of_the_documents_asked_for(store: SqlStore) -> None:
    """Chunks that are gone or of other documents have no place, however many are asked about."""
    document = save_reading(store, TEXTS)
    other = save_reading(store, TEXTS, id=DocumentId(new_id()))
    mine, theirs = some_chunks(document, TEXTS), some_chunks(other, TEXTS)
    gone = [ChunkId(new_id()) for _ in range(1000)]

    with store(EVERYTHING) as unit:
        places = unit.readings.list_places([theirs[0].id, *gone, mine[1].id], [document.id])
        none = unit.readings.list_places([mine[0].id], [])

    assert [place.chunk_id for place in places] == [mine[1].id]
    assert none == []


def test_sections_of_several_documents_are_loaded_at_once(store: SqlStore) -> None:
    """Naming sections gives these alone, leaving out those that are not there."""
    one = save_reading(store, TEXTS)
    other = save_reading(store, TEXTS, id=DocumentId(new_id()))

    with store(EVERYTHING) as unit:
        found = unit.readings.load_sections([(one.id, 2), (other.id, 0), (other.id, 7)])
        first, *_ = unit.readings.list_sections(other.id)
        none = unit.readings.load_sections([])

    assert found.keys() == {(one.id, 2), (other.id, 0)}
    assert found[other.id, 0] == first
    assert none == {}


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("光合作用は植物の働きです。", "植物"),
        ("光合作用は植物の働きです。", "光合作用"),
        ("光合作用は植物の働きです。", "働"),
        ("식물은 빛으로 당을 만든다.", "식물"),
        ("Die Größe der Bäume", "baume"),
        ("a café", "cafe\u0301"),
        ("eine Straße", "STRAßE"),
        ("पौधे प्रकाश से भोजन बनाते हैं", "प्रकाश"),
        ("النباتات تصنع السكر", "السكر"),
    ],
)
def test_words_of_other_scripts_are_found(store: SqlStore, written: str, query: str) -> None:
    """Chinese, Japanese and Korean words are found inside a run, others whatever their accents."""
    save_reading(store, [written, "Something else."])

    assert _search(store, query) == [written]


@pytest.mark.parametrize(
    ("language", "written", "query"),
    [
        ("ar", "زار الطلاب المدارس القديمة", "مدارس"),
        ("de", "Die Häuser der Stadt", "Haus"),
        ("es", "los gobiernos locales", "gobierno local"),
        ("ru", "в больших городах", "большой город"),
        ("hi", "लड़कियाँ स्कूल जाती हैं", "लड़की"),
        ("th", "ประเทศไทยมีสี่ภาค", "ไทย"),
        ("th", "น้ำในแม่น้ำ", "แม่น้ำ"),
    ],
)
def test_words_are_found_in_their_other_forms(store: SqlStore, language: str, written: str, query: str) -> None:
    """A reading is searched by the stems of its own language, and Thai inside its runs."""
    document = save_reading(store, [written, "Something else."], language=language, title="x")

    assert _search(store, query, document.id) == [written]


def test_a_new_title_is_cut_by_the_language_of_its_document(store: SqlStore) -> None:
    """A title that is changed is found by the stems of its words, too."""
    document = save_reading(store, TEXTS[:1], language="de", title="Ohne Namen")

    with store(EVERYTHING) as unit:
        unit.documents.save(replace(document, title="Die Häuser"))
        unit.commit()

    assert _search(store, "Haus", document.id) == TEXTS[:1]


def test_words_are_found_only_after_commit(store: SqlStore) -> None:
    """Chunks and their words appear to others together, when the unit is committed, or not at all."""
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.readings.save_chunks(a_document().id, some_chunks(a_document(), TEXTS))

        assert _search(store, "sugar") == []

    assert _search(store, "sugar") == []


def test_no_words_outlive_their_chunks(store: SqlStore) -> None:
    """When a person is taken out of the database, the words of the person's readings are gone from the index too."""
    save_reading(store, TEXTS)

    with connect(store) as connection, connection.begin():
        connection.execute(text("DELETE FROM person"))
        left = connection.execute(text("SELECT count(*) FROM chunk_words")).scalar()

    assert left == 0
