"""A new file takes the place of the old one whole, or not at all, and what it leaves as it was stays."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.documents import Citation, Document, DocumentStatus, SpareFile, Vector
from domain.errors import Cancelled, Conflict, MargentError, NotAllowed, NotFound, Unreadable, Unsupported
from domain.hands import list_lost
from domain.ids import ArtifactId, AttemptId, DocumentId, HoldId, PersonId, UnitId, new_id, stable_id
from domain.jobs import GenerateAids, IngestDocument, JobStatus, Progress, ScreenDocument
from domain.learning import Attempt
from domain.material import Artifact, ArtifactStatus, Concept, Kind, Provenance, SummarySentence, Unit, VariantSentence
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.rights import Hold
from domain.scope import EVERYTHING
from ingest.jobs import handle
from ingest.pipeline import Tools
from ingest.replacing import Replacing
from ingest.service import Documents
from ingest.storing import drop_new_file
from tests.builders import CLASS, NOW, SCHOOL, a_person
from tests.unit.ingest.conftest import Watcher

TEACHER = a_person(Role.TEACHER)
LIGHT = "# Light\n\n" + "The chloroplast makes sugar from light in the green leaf of every plant. " * 12
WATER = "# Water\n\n" + "The root drinks water from the soil, and the stem carries it up to the leaf. " * 12
AIR = "# Air\n\n" + "The leaf takes in carbon dioxide through small pores on its lower side. " * 12
STONES = "# Stones\n\n" + "A stone does not grow, and it takes in neither water nor light nor any air. " * 12
OLD = f"{LIGHT}\n\n{WATER}\n\n{AIR}"
NEW = f"{STONES}\n\n{LIGHT}\n\n{AIR}"


class Killed(BaseException):
    """Stands for the end of the process."""


@dataclass
class CountingEmbedder:
    """The real encoder, counting the texts it is given."""

    encoder: MiniLM
    texts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.encoder.name

    @property
    def languages(self) -> frozenset[str] | None:
        return self.encoder.languages

    @property
    def floor(self) -> float:
        return self.encoder.floor

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.texts += texts
        return self.encoder.embed(texts)

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        self.texts += texts
        return self.encoder.embed_passages(texts)

    def embed_query(self, query: str) -> Vector:
        return self.encoder.embed_query(query)

    def ping(self) -> None:
        self.encoder.ping()


@pytest.fixture
def replacing(tools: Tools) -> Replacing:
    return Replacing(tools.store, tools.files, tools.limits)


@pytest.fixture
def document(tools: Tools, documents: Documents) -> Document:
    """A reading of three parts, ready, with aids that cite them."""
    document = documents.upload(TEACHER, "plants.md", io.BytesIO(OLD.encode()), class_id=CLASS).document
    handle(IngestDocument(document.id), tools, Watcher())
    with tools.store(EVERYTHING) as work:
        # as a queue says it
        for name in (IngestDocument(document.id).name, GenerateAids(document.id).name):
            work.jobs.ask_cancel(document.id, name)
        work.commit()
    return _load(tools, document.id)


def _load(tools: Tools, document_id: DocumentId) -> Document:
    with tools.store(EVERYTHING) as work:
        found = work.documents.find(document_id)
    assert found is not None
    return found


def _found(tools: Tools, document: Document, word: str) -> bool:
    with tools.store(EVERYTHING) as work:
        return bool(work.readings.search_words(word, [document.id], 10))


def _section(tools: Tools, document: Document, title: str) -> int:
    with tools.store(EVERYTHING) as work:
        return next(one.ordinal for one in work.readings.list_sections(document.id) if one.title == title)


def _citation(tools: Tools, document: Document, word: str) -> Citation:
    """Cite the word where it stands last."""
    with tools.store(EVERYTHING) as work:
        chunk = next(one for one in reversed(work.readings.list_chunks(document.id)) if word in one.text)
    start = chunk.text.rindex(word)
    span = replace(chunk.span, start=chunk.span.start + start, end=chunk.span.start + start + len(word))
    return Citation(span, word)


def _claim(tools: Tools, document: Document, word: str) -> Claim:
    return Claim(f"About {word}.", (_citation(tools, document, word),))


def _sentence(tools: Tools, document: Document, word: str) -> SummarySentence:
    return SummarySentence(UnitId(stable_id(word)), _claim(tools, document, word))


def _keep(tools: Tools, document: Document, kind: Kind, part: str, *units: Unit, **changes: object) -> Artifact:
    section = _section(tools, document, part) if part else None
    artifact = Artifact(
        id=ArtifactId(new_id()),
        kind=kind,
        document_id=document.id,
        section=section,
        title=part or document.title,
        units=units,
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
    )
    artifact = replace(artifact, **changes)  # type: ignore[arg-type]
    with tools.store(EVERYTHING) as work:
        work.material.save(artifact)
        work.commit()
    return artifact


def _replace(tools: Tools, replacing: Replacing, document: Document, text: str) -> Document:
    replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(text.encode()))
    handle(IngestDocument(document.id), tools, Watcher())
    return _load(tools, document.id)


def _artifact(tools: Tools, artifact: Artifact) -> Artifact | None:
    with tools.store(EVERYTHING) as work:
        return work.material.find(artifact.id)


def _check_citations(tools: Tools, document: Document) -> None:
    """No citation says anything but what stands there."""
    with tools.store(EVERYTHING) as work:
        for artifact in work.material.list_all(document.id):
            for unit in artifact.units:
                for citation in unit.claim.citations:
                    page = work.readings.find_page(document.id, citation.span.page)
                    assert page is not None
                    assert page.text[citation.span.start : citation.span.end] == citation.quote


def test_the_new_file_is_read_and_the_old_one_goes(tools: Tools, replacing: Replacing, document: Document) -> None:
    """Name, bytes, words and version are the new file's; nothing of the old one is left."""
    after = _replace(tools, replacing, document, NEW)

    assert (after.filename, after.version, after.status) == ("new.md", 2, DocumentStatus.READY)
    assert (after.title, after.spare) == ("Stones", None)
    assert tools.files.path(after.content_hash).read_bytes() == NEW.encode()
    with pytest.raises(NotFound):
        tools.files.path(document.content_hash)
    assert [_found(tools, document, word) for word in ("chloroplast", "stones", "root")] == [True, True, False]


def test_parts_that_did_not_change_keep_everything(tools: Tools, replacing: Replacing, document: Document) -> None:
    """Aids, the ids in them and what was answered stay, and stand where the words are now; others are made anew."""
    question = Question(
        UnitId("q" * 32),
        _claim(tools, document, "chloroplast"),
        QuestionForm.CHOICE,
        "What?",
        "sugar",
        ("sugar", "salt"),
    )
    quiz = _keep(tools, document, Kind.QUIZ, "Light", question)
    gone = _keep(tools, document, Kind.SUMMARY, "Water", _sentence(tools, document, "root"))
    with tools.store(EVERYTHING) as work:
        student = a_person()
        answer = Attempt(AttemptId(new_id()), student.id, quiz.id, question.id, "salt", is_correct=False, at=NOW)
        work.learning.add_attempt(answer)
        work.commit()

    _replace(tools, replacing, document, NEW)

    moved = _artifact(tools, quiz)
    assert moved is not None
    assert (moved.section, moved.title) == (_section(tools, document, "Light"), "Light")
    assert moved.section != quiz.section
    assert moved.units[0].id == question.id
    with tools.store(EVERYTHING) as work:
        assert work.learning.list_attempts(student.id, quiz.id) == [answer]
        aids = work.jobs.find_for(document.id, GenerateAids(document.id).name)
    assert _artifact(tools, gone) is None
    assert aids is not None
    assert aids.status is JobStatus.QUEUED
    _check_citations(tools, document)


def test_a_part_put_at_the_end_moves_nothing(tools: Tools, replacing: Replacing, document: Document) -> None:
    """What stands where it stood is as it was."""
    summary = _keep(tools, document, Kind.SUMMARY, "Light", _sentence(tools, document, "chloroplast"))

    _replace(tools, replacing, document, f"{OLD}\n\n{STONES}")

    assert _artifact(tools, summary) == summary
    assert _found(tools, document, "stones")


def test_of_the_whole_what_is_still_true_stays(tools: Tools, replacing: Replacing, document: Document) -> None:
    """A summary of everything loses what is gone; a map is kept whole or not at all."""
    sentences = [_sentence(tools, document, word) for word in ("chloroplast", "root")]
    summary = _keep(tools, document, Kind.SUMMARY, "", *sentences)
    concepts = [Concept(UnitId(new_id()), _claim(tools, document, word), word) for word in ("chloroplast", "root")]
    drawing = _keep(tools, document, Kind.CONCEPT_MAP, "", *concepts)
    still = _keep(tools, document, Kind.CONCEPT_MAP, "Light", concepts[0])

    _replace(tools, replacing, document, NEW)

    left = _artifact(tools, summary)
    assert left is not None
    assert [unit.id for unit in left.units] == [sentences[0].id]
    assert _artifact(tools, drawing) is None
    assert _artifact(tools, still) is not None
    _check_citations(tools, document)


def _variant(tools: Tools, document: Document, word: str, *, by_person: bool) -> VariantSentence:
    claim = replace(_claim(tools, document, word), by_person=by_person)
    return VariantSentence(UnitId(stable_id("variant", word)), claim, "Original.")


def test_a_teachers_edits_of_a_changed_part_come_back_as_a_draft(
    tools: Tools, replacing: Replacing, documents: Documents
) -> None:
    """What the teacher wrote is kept as far as the words are there; without edits it is made anew instead."""
    text = f"{LIGHT}{WATER.removeprefix('# Water')}"
    document = documents.upload(TEACHER, "plants.md", io.BytesIO(text.encode())).document
    handle(IngestDocument(document.id), tools, Watcher())
    with tools.store(EVERYTHING) as work:
        work.jobs.ask_cancel(document.id)
        work.commit()
    sentences = [_variant(tools, document, word, by_person=True) for word in ("chloroplast", "carries")]
    edited = _keep(tools, document, Kind.LESSON_VARIANT, "Light", *sentences)
    plain = _keep(tools, document, Kind.LESSON_VARIANT, "", _variant(tools, document, "carries", by_person=False))

    _replace(tools, replacing, document, f"{STONES}\n\n{text.replace('carries', 'lifts')}")

    after = _artifact(tools, edited)
    assert after is not None
    assert (after.status, after.section) == (ArtifactStatus.DRAFT, _section(tools, document, "Light"))
    assert [unit.id for unit in after.units] == [sentences[0].id]
    assert _artifact(tools, plain) is None
    _check_citations(tools, document)


def test_two_versions_never_share_a_place(tools: Tools, replacing: Replacing, document: Document) -> None:
    """Where a version's part is gone, what was edited in it goes into that of the part where its words stand now."""
    light = _keep(tools, document, Kind.LESSON_VARIANT, "Light", _variant(tools, document, "sugar", by_person=True))
    words = [_variant(tools, document, word, by_person=True) for word in ("chloroplast", "root")]
    water = _keep(tools, document, Kind.LESSON_VARIANT, "Water", *words, created_at=NOW.replace(year=2025))

    _replace(tools, replacing, document, NEW)

    after = _artifact(tools, light)
    assert after is not None
    assert [unit.id for unit in after.units] == [light.units[0].id, words[0].id]
    assert (after.status, after.version, list_lost(after)) == (ArtifactStatus.DRAFT, 3, (words[1].id,))
    assert _artifact(tools, water) is None
    with tools.store(EVERYTHING) as work:
        versions = work.hands.list_versions(light.id)
    assert [len(one.units) for one in versions] == [2, 2, 1]
    assert versions[1].units == tuple(words)


def test_ones_own_goes_along_or_goes(tools: Tools, replacing: Replacing, document: Document) -> None:
    """A hint for one student stays while all that it cites is there, even where its part changed."""
    owner: dict[str, object] = {"owner_id": a_person().id}
    kept = _keep(tools, document, Kind.HINTS, "Light", _sentence(tools, document, "chloroplast"), **owner)
    whole = _keep(tools, document, Kind.ANSWER, "", _sentence(tools, document, "chloroplast"), **owner)
    elsewhere = _keep(tools, document, Kind.HINTS, "Water", _sentence(tools, document, "chloroplast"), **owner)
    half = [_sentence(tools, document, word) for word in ("chloroplast", "root")]
    gone = [_keep(tools, document, Kind.ANSWER, part, *half, **owner) for part in ("", "Light")]

    _replace(tools, replacing, document, NEW)

    light = _section(tools, document, "Light")
    after = [_artifact(tools, one) for one in (kept, whole, elsewhere)]
    assert [one and one.section for one in after] == [light, None, light]
    assert [_artifact(tools, one) for one in gone] == [None, None]
    _check_citations(tools, document)


def test_only_what_is_new_is_embedded(tools: Tools, replacing: Replacing, document: Document, embedder: MiniLM) -> None:
    """Chunks that did not change keep their vectors, and those of chunks that are gone go."""
    counting = CountingEmbedder(embedder)
    with tools.store(EVERYTHING) as work:
        old = {chunk.text: chunk.id for chunk in work.readings.list_chunks(document.id)}

    _replace(replace(tools, embedder=counting), replacing, document, NEW)

    with tools.store(EVERYTHING) as work:
        new = {chunk.text: chunk.id for chunk in work.readings.list_chunks(document.id)}
    assert {text for text in new if text in old} == {text for text, one in new.items() if one == old.get(text)}
    assert set(counting.texts) == set(new) - set(old)
    assert set(tools.index.load_vectors([*old.values(), *new.values()])) == set(new.values())


@pytest.mark.parametrize("stage", ["reading", "checking", "indexing", "looking for orders"])
def test_a_sudden_end_loses_neither(tools: Tools, replacing: Replacing, document: Document, stage: str) -> None:
    """Whenever the process ends, the old reading or the new one is there whole, and the next run goes on."""
    quiz = _keep(tools, document, Kind.SUMMARY, "Light", _sentence(tools, document, "chloroplast"))
    replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode()))

    def end(progress: Progress) -> None:
        if progress.stage == stage:
            raise Killed

    with pytest.raises(Killed):
        handle(IngestDocument(document.id), tools, Watcher(act=end))
    is_new = stage in {"indexing", "looking for orders"}
    halfway = _load(tools, document.id)
    assert (halfway.version, halfway.is_readable) == (2 if is_new else 1, True)
    assert (_found(tools, document, "root"), _found(tools, document, "stones")) == (not is_new, is_new)
    _check_citations(tools, document)

    handle(IngestDocument(document.id), tools, Watcher())

    after = _load(tools, document.id)
    assert (after.version, after.status, after.spare) == (2, DocumentStatus.READY, None)
    assert _artifact(tools, quiz) is not None
    _check_citations(tools, document)
    with pytest.raises(NotFound):
        tools.files.path(document.content_hash)


@pytest.mark.parametrize("is_stopped", [False, True])
def test_a_file_that_cannot_be_read_changes_nothing(
    tools: Tools, replacing: Replacing, document: Document, *, is_stopped: bool
) -> None:
    """Whether it is damaged or the work was stopped, the reading is as before, and the new file is gone."""
    data = NEW.encode() if is_stopped else b"%PDF-1.7\nnothing"
    coming = replacing.replace(TEACHER, document.id, "new", io.BytesIO(data)).spare
    assert coming is not None

    def stop(_: Progress) -> None:
        if is_stopped:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled if is_stopped else Unreadable):
        handle(IngestDocument(document.id), tools, Watcher(act=stop))

    left = _load(tools, document.id)
    assert replace(left, problem_code="", problem="") == document
    assert left.problem.startswith("The new file was not taken") is not is_stopped
    assert _found(tools, document, "root")
    with pytest.raises(NotFound):
        tools.files.path(coming.content_hash)


def test_what_a_student_replaced_is_screened_again(tools: Tools, replacing: Replacing, documents: Documents) -> None:
    """No model sees the new words before they were looked through."""
    student = a_person()
    mine = documents.upload(student, "notes.md", io.BytesIO(OLD.encode())).document
    handle(IngestDocument(mine.id), tools, Watcher())
    with tools.store(EVERYTHING) as work:
        work.documents.save(replace(_load(tools, mine.id), is_screened=True))
        work.jobs.ask_cancel(mine.id)
        work.commit()

    replacing.replace(student, mine.id, "new.md", io.BytesIO(NEW.encode()))
    handle(IngestDocument(mine.id), tools, Watcher())

    with tools.store(EVERYTHING) as work:
        assert work.jobs.find_for(mine.id, ScreenDocument(mine.id).name) is not None
    assert not _load(tools, mine.id).is_screened


def test_the_same_file_changes_nothing(tools: Tools, replacing: Replacing, document: Document) -> None:
    """Nor does going back to the file that is there before a new one was read."""
    same = replacing.replace(TEACHER, document.id, "plants.md", io.BytesIO(OLD.encode()))
    assert same == document
    replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode()))
    with tools.store(EVERYTHING) as work:
        work.jobs.ask_cancel(document.id)
        work.commit()

    back = replacing.replace(TEACHER, document.id, "plants.md", io.BytesIO(OLD.encode()))

    assert back == document == _load(tools, document.id)


def test_a_file_that_was_never_read_is_replaced_at_once(
    tools: Tools, replacing: Replacing, documents: Documents
) -> None:
    """A damaged file leaves nothing to keep: the new one is read as if it had come first."""
    broken = documents.upload(TEACHER, "broken.pdf", io.BytesIO(b"%PDF-1.7\nnothing")).document
    with pytest.raises(Unreadable):
        handle(IngestDocument(broken.id), tools, Watcher())
    with tools.store(EVERYTHING) as work:
        work.jobs.ask_cancel(broken.id)
        work.commit()

    replacing.replace(TEACHER, broken.id, "new.md", io.BytesIO(NEW.encode()))
    handle(IngestDocument(broken.id), tools, Watcher())

    after = _load(tools, broken.id)
    assert (after.status, after.version, after.problem_code) == (DocumentStatus.READY, 2, "")
    with pytest.raises(NotFound):
        tools.files.path(broken.content_hash)


def test_a_file_that_others_need_stays(
    tools: Tools, replacing: Replacing, document: Document, documents: Documents
) -> None:
    """Neither the old file nor the new one is taken from another reading with the same bytes."""
    other = a_person(Role.TEACHER, id=PersonId(new_id()), email="other@school.example", class_ids=())
    with tools.store(EVERYTHING) as work:
        work.people.save_person(other)
        work.commit()
    theirs = [documents.upload(other, "x.md", io.BytesIO(text.encode())).document for text in (OLD, NEW)]

    with tools.store(EVERYTHING) as work:
        work.jobs.add(IngestDocument(document.id))
        work.commit()
    with pytest.raises(Conflict):
        replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode()))
    with tools.store(EVERYTHING) as work:
        work.jobs.ask_cancel(document.id)
        work.commit()
    replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode()))
    with pytest.raises(Cancelled):
        handle(IngestDocument(document.id), tools, Watcher(act=_stop))
    with tools.store(EVERYTHING) as work:
        work.jobs.ask_cancel(document.id)
        work.commit()
    _replace(tools, replacing, document, NEW)

    assert all(tools.files.path(one.content_hash).exists() for one in theirs)


def _stop_at_vectors(progress: Progress) -> None:
    if progress.stage == "indexing":
        _stop(progress)


def _stop(_: Progress) -> None:
    raise Cancelled("Stopped.")


def test_a_reading_deleted_while_its_new_file_comes_stays_deleted(
    tools: Tools, replacing: Replacing, document: Document
) -> None:
    """The file goes too."""

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            with tools.store(EVERYTHING) as work:
                work.documents.delete(document.id)
                work.commit()
            return super().read(size)

    with pytest.raises(NotFound):
        replacing.replace(TEACHER, document.id, "new.md", Slow(NEW.encode()))

    with pytest.raises(NotFound):
        tools.files.path(_hash(NEW.encode()))


@pytest.mark.parametrize("case", ["foreign", "not mine", "busy", "held", "archive", "gone"])
def test_nothing_is_kept_of_what_is_refused(
    tools: Tools, replacing: Replacing, document: Document, documents: Documents, case: str
) -> None:
    """Only the owner replaces a reading, while it is at rest and need not be kept."""
    person, data, expected = TEACHER, NEW.encode(), Conflict
    wanted: dict[str, type[MargentError]] = {"foreign": NotFound, "not mine": NotAllowed, "archive": Unsupported}
    if case == "foreign":
        person = a_person(Role.TEACHER, id=PersonId(new_id()), class_ids=())
    elif case == "not mine":
        person = a_person()
    elif case == "busy":
        with tools.store(EVERYTHING) as work:
            work.jobs.add(IngestDocument(document.id))
            work.commit()
    elif case == "held":
        with tools.store(EVERYTHING) as work:
            work.rights.save_hold(Hold(HoldId(new_id()), SCHOOL, None, "A case.", TEACHER.id, NOW))
            work.commit()
    elif case == "archive":
        data = _an_archive()
    else:
        documents.delete(TEACHER, document.id)
        wanted["gone"] = NotFound

    with pytest.raises(wanted.get(case, expected)):
        replacing.replace(person, document.id, "new.md", io.BytesIO(data))

    with pytest.raises(NotFound):
        tools.files.path(_hash(data))


def _an_archive() -> bytes:
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Some words.")
        archive.writestr("b.txt", "Other words.")
    return packed.getvalue()


def _hash(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_new_file_can_be_stopped_and_tried_again(
    tools: Tools, replacing: Replacing, document: Document, documents: Documents, *, has_begun: bool
) -> None:
    """Stopped, it is given up, by whoever works on it; what ended by itself is tried again."""
    replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode()))
    with tools.store(EVERYTHING) as work:
        record = work.jobs.claim("somebody", lease_seconds=10.0) if has_begun else None
        work.commit()

    documents.cancel(TEACHER, document.id)
    if record is not None:
        with pytest.raises(Cancelled):
            handle(IngestDocument(document.id), tools, Watcher(act=_stop))
    assert _load(tools, document.id) == document
    with pytest.raises(Conflict):
        documents.cancel(TEACHER, document.id)


def test_a_new_file_that_was_stopped_while_it_got_its_vectors_stays(
    tools: Tools, replacing: Replacing, document: Document
) -> None:
    """Its words are there already: nothing made from them is lost, and the rest can be asked for again."""
    kept = _keep(tools, document, Kind.SUMMARY, "Light", _sentence(tools, document, "chloroplast"))
    replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode()))

    with pytest.raises(Cancelled):
        handle(IngestDocument(document.id), tools, Watcher(act=_stop_at_vectors))

    stopped = _load(tools, document.id)
    assert (stopped.status, stopped.version) == (DocumentStatus.SEARCHABLE, 2)
    assert _artifact(tools, kept) is not None
    _check_citations(tools, document)

    handle(IngestDocument(document.id), tools, Watcher())

    assert _load(tools, document.id).status is DocumentStatus.READY
    assert _artifact(tools, kept) is not None


def test_aids_of_words_that_are_gone_go(tools: Tools, replacing: Replacing, document: Document) -> None:
    """Even where nothing is known of the words before, no aid says what the new file does not."""
    kept = _keep(tools, document, Kind.SUMMARY, "Light", _sentence(tools, document, "chloroplast"))
    with tools.store(EVERYTHING) as work:
        work.readings.save_chunks(document.id, [])
        work.commit()

    _replace(tools, replacing, document, "# Other\n\nNothing of this was said before.")

    assert _artifact(tools, kept) is None


def test_a_new_file_whose_work_ended_is_tried_again(
    tools: Tools, replacing: Replacing, document: Document, documents: Documents
) -> None:
    """It waits where it is until somebody asks for it."""
    replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode()))
    with tools.store(EVERYTHING) as work:
        work.jobs.ask_cancel(document.id, IngestDocument(document.id).name)
        work.commit()

    documents.retry(TEACHER, document.id)

    with tools.store(EVERYTHING) as work:
        job = work.jobs.find_for(document.id, IngestDocument(document.id).name)
    assert job is not None
    assert job.status is JobStatus.QUEUED


def test_deleting_takes_both_files(
    tools: Tools, replacing: Replacing, document: Document, documents: Documents
) -> None:
    """A reading that is deleted while its new file waits leaves neither behind."""
    coming = replacing.replace(TEACHER, document.id, "new.md", io.BytesIO(NEW.encode())).spare
    assert coming == SpareFile("new.md", "text/markdown", _hash(NEW.encode()), len(NEW.encode()))

    documents.delete(TEACHER, document.id)
    drop_new_file(replace(document, spare=coming), tools.store, tools.files)

    for content_hash in (document.content_hash, coming.content_hash):
        with pytest.raises(NotFound):
            tools.files.path(content_hash)
