"""What faces call for study aids."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.documents import Document
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import ArtifactId, ClassId, DocumentId, PersonId
from domain.jobs import GenerateAids
from domain.material import Artifact, ArtifactStatus, Kind, VariantSentence
from domain.outcomes import Escalated, Refused, Served
from domain.people import Role
from domain.scope import EVERYTHING
from generators import jobs
from generators.exports.formats import FORMATS
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from generators.service import Material, Where
from tests.builders import CLASS, a_person
from tests.pipeline_tools import QuietContext, a_request, save_plants

STUDENT, TEACHER = a_person(), a_person(Role.TEACHER)
STRANGER = a_person(id=PersonId("0" * 32), class_ids=(ClassId("1" * 32),))


@pytest.fixture
def material(tools: Tools) -> Material:
    return Material(tools)


@pytest.fixture
def made(tools: Tools, plants: Document) -> Document:
    """The reading with all its aids."""
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())
    return plants


@pytest.fixture
def variant(material: Material, plants: Document) -> Artifact:
    outcome = material.draft_variant(TEACHER, plants.id, 0)
    assert isinstance(outcome, Served)
    return outcome.artifact


def test_aids_are_given_by_kind(material: Material, made: Document) -> None:
    """A section's aids and the whole reading's come by kind, each of its own place."""
    part, whole = material.aids(STUDENT, made.id, 1), material.aids(STUDENT, made.id, None)

    assert set(part) == set(whole) == set(jobs.AIDS) - {Kind.WORKED_EXAMPLES}
    assert {aid.section for aid in part.values()} == {1}
    assert {aid.section for aid in whole.values()} == {None}


def test_maps_are_drawn_when_they_are_made(material: Material, made: Document) -> None:
    """A map's drawing is kept with it."""
    assert "<svg" in material.aids(STUDENT, made.id, 0)[Kind.CONCEPT_MAP].drawing


@pytest.mark.parametrize(
    "call",
    [
        lambda material, document: material.aids(STRANGER, document.id, 0),
        lambda material, document: material.load_interactions(STRANGER, document.id),
        lambda material, document: material.make(STRANGER, document.id, 0, Kind.SUMMARY),
        lambda material, document: material.ask(STRANGER, document.id, "What is starch?"),
        lambda material, document: material.search(STRANGER, "starch", Where(document_id=document.id)),
        lambda material, document: material.draft_variant(STRANGER, document.id, 0),
        lambda material, document: material.export(STRANGER, document.id, 0, "cards.csv"),
        lambda material, _: material.aids(STUDENT, DocumentId("f" * 32), 0),
    ],
)
def test_strangers_find_nothing(
    material: Material, plants: Document, call: Callable[[Material, Document], object]
) -> None:
    """Whoever does not see a reading gets the same answer as for one that does not exist."""
    with pytest.raises(NotFound):
        call(material, plants)


def test_an_aid_is_loaded_by_its_id(material: Material, made: Document) -> None:
    """A study aid is given to those who see its reading, and to nobody else."""
    aid = material.aids(STUDENT, made.id, 0)[Kind.QUIZ]

    assert material.load(STUDENT, aid.id) == aid
    with pytest.raises(NotFound):
        material.load(STRANGER, aid.id)
    with pytest.raises(NotFound):
        material.load(STUDENT, ArtifactId("f" * 32))


def test_one_s_own_is_one_s_own(material: Material, made: Document, tools: Tools) -> None:
    """A study aid with an owner is shown to the owner alone."""
    aid = material.aids(STUDENT, made.id, 0)[Kind.SUMMARY]
    own = replace(aid, id=ArtifactId("a" * 32), owner_id=STUDENT.id)
    with tools.store(EVERYTHING) as work:
        work.material.save(own)
        work.commit()

    assert material.load(STUDENT, own.id) == own
    with pytest.raises(NotFound):
        material.load(TEACHER, own.id)


def test_interactions_say_how_aids_were_made(material: Material, made: Document) -> None:
    """Teachers see every exchange, students those of the service and their own."""
    material.ask(TEACHER, made.id, "What is starch?")
    material.ask(STUDENT, made.id, "What is starch?")

    seen_by_teacher = material.load_interactions(TEACHER, made.id)
    seen_by_student = material.load_interactions(STUDENT, made.id)

    assert {one.person_id for one in seen_by_teacher} == {None, TEACHER.id, STUDENT.id}
    assert {one.person_id for one in seen_by_student} == {None, STUDENT.id}


def test_who_was_in_danger_stands_in_no_list(material: Material, tools: Tools, made: Document) -> None:
    """A request that ended with words of support is shown to nobody among the interactions."""
    request = a_request(made, Kind.ANSWER, None, text="I want to kill myself")
    generate(request, KINDS[Kind.ANSWER], tools)

    for person in (TEACHER, STUDENT):
        assert "escalated" not in {one.outcome for one in material.load_interactions(person, made.id)}


def test_a_student_makes_what_is_missing(material: Material, plants: Document) -> None:
    """What is not there may be made by anyone who sees the reading; what is there, not again."""
    outcome = material.make(STUDENT, plants.id, 0, Kind.SUMMARY)

    assert isinstance(outcome, Served)
    assert material.aids(STUDENT, plants.id, 0)[Kind.SUMMARY] == outcome.artifact
    with pytest.raises(Conflict):
        material.make(STUDENT, plants.id, 0, Kind.SUMMARY)
    assert isinstance(material.make(TEACHER, plants.id, 0, Kind.SUMMARY), Served)


def test_answers_are_not_made_but_asked_for(material: Material, plants: Document) -> None:
    """Kinds that need a question cannot be made without one."""
    with pytest.raises(Invalid):
        material.make(STUDENT, plants.id, 0, Kind.ANSWER)


def test_a_question_gets_sentences_and_passages(material: Material, plants: Document) -> None:
    """Asking gives a cited answer and the passages found, the best first."""
    answer = material.ask(STUDENT, plants.id, " What is transpiration? ")

    assert isinstance(answer.outcome, Served)
    assert "loss of water" in answer.outcome.artifact.units[0].claim.text
    assert answer.passages[0].section is not None
    assert answer.passages[0].section.title == "Moving water"


def test_what_is_not_said_still_shows_what_was_found(material: Material, plants: Document) -> None:
    """A refusal comes with the passages, for the person to judge."""
    answer = material.ask(STUDENT, plants.id, "Who invented the light bulb?")

    assert isinstance(answer.outcome, Refused)
    assert answer.passages


def test_danger_shows_no_passages(material: Material, plants: Document) -> None:
    """A person in danger reads supportive words alone."""
    answer = material.ask(STUDENT, plants.id, "I want to kill myself")

    assert isinstance(answer.outcome, Escalated)
    assert answer.passages == ()


@pytest.mark.parametrize("question", ["", "  \n", "why " * 300])
def test_a_question_has_words_but_not_too_many(material: Material, plants: Document, question: str) -> None:
    """Empty and endless questions are sent back."""
    with pytest.raises(Invalid) as caught:
        material.ask(STUDENT, plants.id, question)

    assert caught.value.field == "question"


def test_search_covers_what_the_person_sees(material: Material, plants: Document) -> None:
    """Without a reading, all visible ones are searched; a stranger's search finds nothing."""
    assert material.search(STUDENT, "guard cells", limit=1).passages[0].chunk.section == 1
    assert material.search(STUDENT, "guard cells", Where(document_id=plants.id)).passages[0].document == plants
    assert material.search(STRANGER, "guard cells").passages == ()


def test_search_keeps_to_a_class_a_reading_or_a_section(material: Material, plants: Document) -> None:
    """What is of another class or in another section is not found; a section is one of a reading."""
    of_class = material.search(STUDENT, "guard cells", Where(class_id=CLASS))
    of_section = material.search(STUDENT, "guard cells", Where(document_id=plants.id, section=0))

    assert of_class.passages
    assert {passage.chunk.section for passage in of_section.passages} == {0}
    with pytest.raises(NotFound):
        material.search(STUDENT, "guard cells", Where(class_id=ClassId("elsewhere")))
    with pytest.raises(NotFound):
        material.search(STUDENT, "guard cells", Where(document_id=plants.id, section=99))
    with pytest.raises(Invalid):
        material.search(STUDENT, "guard cells", Where(section=0))


def test_a_draft_is_the_teacher_s_until_approved(material: Material, plants: Document, variant: Artifact) -> None:
    """Students see an easier version once a teacher approves it."""
    assert Kind.LESSON_VARIANT not in material.aids(STUDENT, plants.id, 0)
    with pytest.raises(NotFound):
        material.load(STUDENT, variant.id)

    approved = material.approve_variant(TEACHER, variant.id)

    assert approved.status is ArtifactStatus.PUBLISHED
    assert material.aids(STUDENT, plants.id, 0)[Kind.LESSON_VARIANT] == approved


def test_an_approved_version_can_be_taken_back(material: Material, plants: Document, variant: Artifact) -> None:
    """A withdrawn version is a draft with the same sentences, and students do not see it; others cannot withdraw."""
    material.approve_variant(TEACHER, variant.id)
    with pytest.raises(NotAllowed):
        material.withdraw_variant(STUDENT, variant.id)

    withdrawn = material.withdraw_variant(TEACHER, variant.id)

    assert withdrawn == variant
    assert Kind.LESSON_VARIANT not in material.aids(STUDENT, plants.id, 0)


def test_what_a_version_leaves_out_is_counted(material: Material, tools: Tools, variant: Artifact) -> None:
    """Of the section's sentences those count that no sentence of the version stands for; a whole is not counted."""
    originals = {unit.original for unit in variant.units if isinstance(unit, VariantSentence)}
    whole = replace(variant, id=ArtifactId("e" * 32), section=None)
    with tools.store(EVERYTHING) as work:
        work.material.save(whole)
        work.commit()

    missing, count = material.count_left_out(TEACHER, variant.id)

    assert count - missing == len(originals)
    assert missing > 0
    assert material.count_left_out(TEACHER, whole.id) == (0, 0)


def test_what_is_not_easier_is_refused(material: Material, tools: Tools) -> None:
    """A section in plain words gets no easier version, and the person hears why."""
    document = save_plants(tools, texts=["The cat sat on the mat. The cat saw a bird. The bird saw the cat."])

    outcome = material.draft_variant(TEACHER, document.id, 0)

    assert isinstance(outcome, Refused)
    assert outcome.message == "This section is already about as plain as its own words allow."
    assert material.aids(TEACHER, document.id, 0) == {}


def test_only_teachers_change_versions(material: Material, made: Document, variant: Artifact) -> None:
    """Students approve nothing and have none made; other aids are not versions."""
    material.approve_variant(TEACHER, variant.id)

    with pytest.raises(NotAllowed):
        material.approve_variant(STUDENT, variant.id)
    with pytest.raises(NotAllowed):
        material.draft_variant(STUDENT, made.id, 0)
    with pytest.raises(NotFound):
        material.approve_variant(TEACHER, material.aids(TEACHER, made.id, 0)[Kind.QUIZ].id)


_MADE = (Kind.SUMMARY, Kind.FLASHCARDS, Kind.CONCEPT_MAP, Kind.QUIZ)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.kind in _MADE])
def test_every_aid_can_be_taken_away(material: Material, made: Document, name: str) -> None:
    """Each format gives a file with a name of its own, for a section and for the whole."""
    part = material.export(TEACHER, made.id, 0, name)
    whole = material.export(TEACHER, made.id, None, name)

    assert part.filename == f"how-plants-feed-themselves-making-sugar-{name}"
    assert whole.filename == f"how-plants-feed-themselves-{name}"
    assert part.content
    assert whole.content


def test_quiz_answers_are_for_teachers(material: Material, tools: Tools, made: Document) -> None:
    """The file with the answers is a teacher's to take, and not a student's even where the reading is the student's."""
    with tools.store(EVERYTHING) as work:
        work.documents.save(replace(made, owner_id=STUDENT.id))
        work.commit()

    with pytest.raises(NotAllowed, match="only teachers"):
        material.export(STUDENT, made.id, 0, "quiz.json")
    assert material.export(TEACHER, made.id, 0, "quiz.json").content


@pytest.mark.parametrize("name", ["cards.apkg", "cards.exe"])
def test_what_is_not_there_cannot_be_taken(material: Material, plants: Document, name: str) -> None:
    """Aids that were not made and formats that do not exist are not found."""
    with pytest.raises(NotFound):
        material.export(TEACHER, plants.id, 0, name)


def test_a_title_without_letters_still_names_a_file(material: Material, tools: Tools) -> None:
    """A reading called by signs alone is exported under a plain name."""
    document = save_plants(tools, title="?!")
    material.make(TEACHER, document.id, None, Kind.SUMMARY)
    jobs.handle(GenerateAids(document.id), tools, QuietContext())

    assert material.export(TEACHER, document.id, None, "summary.md").filename == "reading-summary.md"
