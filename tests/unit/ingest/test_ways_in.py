"""The ways in: files, ZIPs of files, pasted notes, web pages."""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid, MargentError, NotAllowed, TooLarge, Transient, Unsupported
from domain.ids import ClassId
from domain.outcomes import Escalated
from domain.people import Role
from domain.ports import FetchedPage
from ingest.limits import Limits
from ingest.notes import LONGEST_TITLE, write_notes
from ingest.parsers.child import load_parser
from ingest.parsers.contract import HTML, MARKDOWN, Order
from ingest.parsers.sniffing import sniff_file
from ingest.pipeline import Tools
from ingest.service import Documents, Upload
from ingest.ways_in import Taken, WaysIn
from safety.cases import Cases
from safety.gate import Gate
from safety.screening import Screener
from tests.builders import CLASS, a_person

TEACHER = a_person(Role.TEACHER)
STUDENT = a_person(Role.STUDENT)
PAGE = b"<html><title>Leaves</title><p>Leaves take in light.</p></html>"


@dataclass(frozen=True)
class OnePage:
    """A web of one page, within whatever limit."""

    content: bytes = PAGE

    def fetch(self, url: str, *, limit: int) -> FetchedPage:
        """Give the page, wherever it is asked for."""
        if len(self.content) > limit:
            raise TooLarge("This page is too large.")
        return FetchedPage(f"{url}/in-the-end", "leaves.html", self.content)


class NoWeb:
    """A web that nobody reaches."""

    def fetch(self, url: str, *, limit: int) -> FetchedPage:
        """Reach nothing."""
        raise Transient(f"There is no connection, for {len(url)} letters and {limit} bytes.", code="no_connection")


@pytest.fixture
def gate(tools: Tools, screener: Screener) -> Gate:
    return Gate(screener, Cases(tools.store, tools.clock), seconds=60)


@pytest.fixture
def ways_in(documents: Documents, tools: Tools, gate: Gate) -> WaysIn:
    return WaysIn(documents, replace(tools.limits, max_members=5), gate=gate, fetcher=OnePage())


def packed(files: Mapping[str, str | bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream


def locked(stream: io.BytesIO) -> io.BytesIO:
    """Mark every member of a ZIP as protected with a password, in its directory and at its place."""
    data = bytearray(stream.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", data, place + at)[0]
            struct.pack_into("<H", data, place + at, flags | 1)
            place = data.find(mark, place + 4)
    return io.BytesIO(bytes(data))


def taken_of(ways_in: WaysIn, stream: io.BytesIO, name: str = "a.zip", **how: ClassId) -> dict[str, Taken]:
    return {one.filename: one for one in ways_in.take_file(TEACHER, name, stream, **how)}


def code_of(taken: Taken) -> str:
    assert taken.upload is None
    assert taken.problem is not None
    assert taken.problem.message.endswith(".")
    return taken.problem.code


def test_a_file_is_one_reading(ways_in: WaysIn) -> None:
    """What is no archive is taken as it is, or refused in a sentence."""
    good = taken_of(ways_in, io.BytesIO(b"Leaves take in light."), "leaves.txt")
    bad = taken_of(ways_in, io.BytesIO(b""), "empty.txt")

    assert good["leaves.txt"].upload is not None
    assert code_of(bad["empty.txt"]) == "empty"


def test_each_file_of_a_zip_is_a_reading_of_its_own(ways_in: WaysIn, documents: Documents) -> None:
    """Under its own name, with its folders before it, for the class that the ZIP was for."""
    stream = packed({"week 1/leaves.md": "# Leaves", "week 1/deep/roots.txt": "Roots drink.", "stems.txt": "Stems."})

    taken = taken_of(ways_in, stream, class_id=CLASS)

    assert list(taken) == ["week 1/leaves.md", "week 1/deep/roots.txt", "stems.txt"]
    views = documents.list_documents(TEACHER)
    assert {view.document.title for view in views} == {"week 1 - leaves", "week 1 - deep - roots", "stems"}
    assert {view.document.class_id for view in views} == {CLASS}


def test_the_folder_that_all_are_in_says_nothing(ways_in: WaysIn) -> None:
    """A ZIP of one folder names its readings as if the folder were not there."""
    taken = taken_of(ways_in, packed({"course/1/a.txt": "Leaves.", "course/b.txt": "Roots."}))

    titles = {one.upload.document.title for one in taken.values() if one.upload}
    assert titles == {"1 - a", "b"}


def test_a_bad_file_in_a_zip_stops_no_other(ways_in: WaysIn) -> None:
    """Each one that is refused has its own code and sentence; an archive in it is refused by its name."""
    files = {
        "a.txt": b"Leaves.",
        "empty.txt": b"",
        "inner.zip": packed({"b.txt": "x"}).getvalue(),
        "app.exe": b"MZ\x90",
    }

    taken = taken_of(ways_in, packed(files))

    assert taken["a.txt"].upload is not None
    assert code_of(taken["empty.txt"]) == "empty"
    assert code_of(taken["inner.zip"]) == "unsupported"
    assert code_of(taken["app.exe"]) == "unsupported"


def test_what_systems_put_into_a_zip_is_left_out(ways_in: WaysIn) -> None:
    """Nobody is told of files that nobody made."""
    junk = ["__MACOSX/._a.txt", ".DS_Store", "b/.DS_Store", "Thumbs.db", "b/desktop.ini", ".git/config"]

    taken = taken_of(ways_in, packed({"a.txt": "Leaves."} | dict.fromkeys(junk, "junk")))

    assert list(taken) == ["a.txt"]


@pytest.mark.parametrize("name", ["../../evil.txt", "C:/evil.txt", "D:\\evil.txt", "..\\evil.txt"])
def test_names_that_lead_out_of_a_zip_are_no_readings(ways_in: WaysIn, name: str) -> None:
    """Nothing is written anywhere by such a name; what was not read is named, and the rest is read."""
    taken = taken_of(ways_in, packed({name: "x", "a.txt": "Leaves."}))

    assert list(taken) == ["a.txt", name]
    assert taken["a.txt"].upload is not None
    assert code_of(taken[name]) == "unsupported"


def test_a_link_in_a_zip_is_named_too(ways_in: WaysIn) -> None:
    """Also where there is nothing else in the ZIP, which then is not called empty."""
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert code_of(taken_of(ways_in, stream)["link.txt"]) == "unsupported"


def test_folders_and_junk_that_lead_out_are_nothing_to_tell(ways_in: WaysIn) -> None:
    """Nobody misses them; a ZIP of these alone is empty."""
    stream = packed(dict.fromkeys(["../", "/", "./", "../.DS_Store", "..\\Thumbs.db"], b""))

    assert code_of(taken_of(ways_in, stream)["a.zip"]) == "empty"


def test_files_that_lead_out_are_counted(ways_in: WaysIn) -> None:
    """Whoever fills a ZIP with them gets one sentence."""
    taken = taken_of(ways_in, packed({f"../{number}.txt": "x" for number in range(6)}))

    assert code_of(taken["a.zip"]) == "too_large"


@pytest.mark.parametrize("files", [{}, {".DS_Store": "x"}], ids=["nothing", "junk"])
def test_a_zip_without_files_is_empty(ways_in: WaysIn, files: dict[str, str]) -> None:
    """It says so, by its own name."""
    assert code_of(taken_of(ways_in, packed(files))["a.zip"]) == "empty"


def test_a_zip_is_bounded(documents: Documents, ways_in: WaysIn, gate: Gate) -> None:
    """Too many files, too many bytes, and a bomb are refused as a whole."""
    small = WaysIn(documents, Limits(max_bytes=3_000_000), gate=gate, fetcher=None)

    many = taken_of(ways_in, packed({f"{number}.txt": "x" for number in range(6)}))
    bomb = taken_of(small, packed({"a.txt": bytes(12_000_000)}))
    large = taken_of(small, io.BytesIO(packed({"a.txt": "x"}).getvalue().ljust(3_000_100, b"\x00")))

    assert code_of(many["a.zip"]) == "too_large"
    assert code_of(bomb["a.zip"]) == "too_large"
    assert code_of(large["a.zip"]) in {"too_large", "damaged"}


def test_a_zip_larger_than_a_file_may_be_is_refused(documents: Documents, gate: Gate) -> None:
    """What is stored as it is weighs what it weighs."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", b"x" * 50_000)

    taken = taken_of(WaysIn(documents, Limits(max_bytes=40_000), gate=gate, fetcher=None), stream)

    assert code_of(taken["a.zip"]) == "too_large"


def test_a_zip_with_a_password_says_so_once(ways_in: WaysIn) -> None:
    """Where all files of it are locked one sentence is enough."""
    taken = taken_of(ways_in, locked(packed({"a.txt": "Leaves.", "b.txt": "Roots."})))

    assert list(taken) == ["a.zip"]
    assert code_of(taken["a.zip"]) == "encrypted"


def test_nobody_adds_files_to_a_class_of_others(ways_in: WaysIn) -> None:
    """Neither by a file nor by a ZIP of files."""
    elsewhere = ClassId("elsewhere")

    assert code_of(taken_of(ways_in, io.BytesIO(b"Leaves."), "a.txt", class_id=elsewhere)["a.txt"]) == "not_allowed"
    assert code_of(taken_of(ways_in, packed({"a.txt": "x"}), class_id=elsewhere)["a.txt"]) == "not_allowed"


# pasted notes


def test_notes_become_a_markdown_reading(ways_in: WaysIn, documents: Documents) -> None:
    """The title stands over them, and the same notes twice are one reading."""
    first = ways_in.take_notes(TEACHER, " Leaves  and roots ", "Leaves take in *light*.\r\n\r\n- Roots drink.")
    again = ways_in.take_notes(TEACHER, "Leaves and roots", "Leaves take in *light*.\r\n\r\n- Roots drink.")
    assert isinstance(first, Upload)
    assert isinstance(again, Upload)

    document = first.document
    assert (document.title, document.filename) == ("Leaves and roots", "Leaves and roots.md")
    assert document.media_type == MARKDOWN
    content = documents.file_path(TEACHER, document.id).read_bytes()
    assert content == b"# Leaves and roots\n\nLeaves take in *light*.\r\n\r\n- Roots drink.\n"
    assert again.is_known


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Pasted <b>notes</b>", "Pasted notes.md"),
        ("1 < 2 and either/or", "1 2 and either-or.md"),
        ("Why?", "Why.md"),
        ("<b>", "notes.md"),
    ],
    ids=["tags", "signs", "a-question", "nothing-else"],
)
def test_signs_of_a_title_are_not_in_the_name_of_its_file(title: str, name: str) -> None:
    """Tags are left out whole, and signs that files cannot have in their names."""
    assert write_notes(title, "Leaves.", Limits())[0] == name


def test_a_title_is_not_written_twice() -> None:
    """Notes that begin with their title keep it as it is."""
    filename, content = write_notes("Leaves", "#  Leaves \nThey are green.", Limits())

    assert (filename, content) == ("Leaves.md", b"#  Leaves \nThey are green.\n")


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [("", "Leaves.", "title"), (" \n", "Leaves.", "title"), ("Leaves", " \r\n ", "notes")],
)
def test_notes_need_a_title_and_words(ways_in: WaysIn, title: str, text: str, field: str) -> None:
    """What is missing is named."""
    with pytest.raises(Invalid) as caught:
        ways_in.take_notes(TEACHER, title, text)

    assert (caught.value.code, caught.value.field) == ("empty", field)


def test_notes_are_bounded() -> None:
    """A whole book is a file."""
    with pytest.raises(TooLarge, match="1,000 letters"):
        write_notes("Leaves", "x" * 1_001, Limits(max_note_letters=1_000))


def test_notes_that_look_like_another_file_are_notes(ways_in: WaysIn) -> None:
    """Whatever somebody pastes, it is Markdown."""
    for text in ("<!doctype html><html>", "WEBVTT\n\n", "%PDF-1.7", "PK\x03\x04"):
        taken = ways_in.take_notes(TEACHER, "Notes 1/2", text)
        assert isinstance(taken, Upload)
        assert taken.document.media_type == MARKDOWN


LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="{}")


@given(st.text(LETTERS, min_size=1, max_size=LONGEST_TITLE))
def test_any_title_is_read_as_it_was_written(title: str) -> None:
    """Marks of Markdown in a title are letters, but for braces: those at its end say something of the heading."""
    filename, content = write_notes(title, "Leaves.", Limits())
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        media_type = sniff_file(Path(file.name), filename, Limits())
        reading = load_parser(media_type)(Order(Path(file.name), media_type, Limits()), NoWatch())

    assert reading.title == unicodedata.normalize("NFC", title)


class NoWatch:
    """Nobody looks how far a parser is."""

    def start_page(self, number: int, count: int) -> None:
        """Say nothing."""

    def finish_pages(self) -> None:
        """Say nothing."""


def test_a_students_notes_of_danger_are_handed_to_people(ways_in: WaysIn, documents: Documents) -> None:
    """Before anything else is asked of them; nothing is kept as a reading."""
    taken = ways_in.take_notes(STUDENT, "", "Leaves.\n\nI want to kill myself.")

    assert isinstance(taken, Escalated)
    assert taken.case_id is not None
    assert documents.list_documents(STUDENT) == []


def test_a_chapter_on_a_danger_is_a_chapter(ways_in: WaysIn) -> None:
    """What staff paste is no cry for help."""
    assert isinstance(ways_in.take_notes(TEACHER, "Diary", "I want to kill myself."), Upload)


def test_long_notes_are_taken_and_heard_when_they_are_there(ways_in: WaysIn) -> None:
    """More than can be heard while somebody waits is kept like a file, which is screened by its job."""
    taken = ways_in.take_notes(STUDENT, "Long", "A leaf is green. " * 4_000)

    assert isinstance(taken, Upload)
    assert not taken.document.is_screened


# web pages


def test_a_web_page_becomes_a_reading_that_knows_where_it_was(ways_in: WaysIn) -> None:
    """The address is the one at which it was found in the end."""
    document = ways_in.take_page(TEACHER, "https://a.example", class_id=CLASS).document

    assert (document.source_url, document.filename) == ("https://a.example/in-the-end", "leaves.html")
    assert (document.media_type, document.class_id) == (HTML, CLASS)


def test_what_stands_at_an_address_is_judged_like_a_file(documents: Documents, gate: Gate) -> None:
    """An archive, or a picture of a kind nobody knows, is no page."""
    web = OnePage(packed({"a.txt": "x"}).getvalue())

    with pytest.raises(Unsupported):
        WaysIn(documents, Limits(), gate=gate, fetcher=web).take_page(TEACHER, "https://a.example")


def test_a_web_page_is_bounded_by_its_own_limit(documents: Documents, gate: Gate) -> None:
    """And by that of a file where that is smaller."""
    for limits in (Limits(max_web_bytes=10), Limits(max_bytes=10)):
        with pytest.raises(TooLarge):
            WaysIn(documents, limits, gate=gate, fetcher=OnePage()).take_page(TEACHER, "https://a.example")


def test_no_web_page_is_taken_where_that_is_off_or_unreachable(documents: Documents, gate: Gate) -> None:
    """Each says what to do instead."""
    errors = []
    for fetcher in (None, NoWeb()):
        with pytest.raises(MargentError) as caught:
            WaysIn(documents, Limits(), gate=gate, fetcher=fetcher).take_page(TEACHER, "https://a.example")
        errors.append(caught.value.code)

    assert errors == ["web_pages_off", "no_connection"]


def test_only_ones_own_classes_get_pages(ways_in: WaysIn) -> None:
    """As with files."""
    with pytest.raises(NotAllowed):
        ways_in.take_page(TEACHER, "https://a.example", class_id=ClassId("elsewhere"))


def test_it_is_said_whether_pages_are_taken(documents: Documents, gate: Gate) -> None:
    """A page of the service offers the way only where there is one."""
    assert WaysIn(documents, Limits(), gate=gate, fetcher=OnePage()).takes_pages
    assert not WaysIn(documents, Limits(), gate=gate, fetcher=None).takes_pages
