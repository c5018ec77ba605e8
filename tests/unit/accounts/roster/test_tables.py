"""From bytes to tables."""

import csv
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.roster.cells import is_formula, to_clean, to_csv
from accounts.roster.tables import MOST_BYTES, MOST_ROWS, read_tables
from domain.errors import Invalid, TooLarge, Unsupported

LIST = "Vorname;Nachname;E-Mail\nZoë;Müßig;zoe@school.example\nÇelik;Ångström;c@school.example\n"
ROWS = (("Zoë", "Müßig", "zoe@school.example"), ("Çelik", "Ångström", "c@school.example"))


def packed(files: dict[str, bytes], *, password: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    made = bytearray(stream.getvalue())
    if password:
        # the first bit of a member's flags says that it is locked
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            made[made.index(mark) + at] |= 1
    return bytes(made)


def cells(*files: bytes) -> tuple[tuple[str, ...], ...]:
    [table] = read_tables(files)
    return tuple(row.cells for row in table.rows)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_every_usual_encoding_is_read(encoding: str) -> None:
    """The same list in the encodings that schools' systems write gives the same rows."""
    assert cells(LIST.encode(encoding)) == ROWS


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Imię;Nazwisko\nŁukasz;Wiśniewski\nMałgorzata;Dąbrowska\n", "cp1250", "Małgorzata"),
        ("Name\n" + "Андрей Иванов\nМария Петрова\nСергей Смирнов\n" * 5, "cp1251", "Андрей Иванов"),
    ],
)
def test_other_alphabets_are_guessed(text: str, encoding: str, name: str) -> None:
    """Lists of Central and Eastern Europe are read without a mark that says how."""
    assert name in {cell for row in cells(text.encode(encoding)) for cell in row}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    """What makes known headers of the first line separates."""
    assert cells(LIST.replace(";", separator).encode()) == ROWS


def test_a_line_that_names_the_separator_is_no_row() -> None:
    """Spreadsheets write `sep=;` first; lines are still counted from the file's beginning."""
    [table] = read_tables([f"sep=;\r\n{LIST}".encode()])

    assert [row.line for row in table.rows] == [3, 4]


def test_lines_are_those_of_the_file() -> None:
    """Empty lines and line ends within quotes are counted, and all sorts of line ends are."""
    [table] = read_tables([b'name,class\r\n\r\n"Ada\nLovelace",1a\rBob,1b\n;,\n'])

    assert [(row.line, row.cells) for row in table.rows] == [
        (3, ("Ada Lovelace", "1a")),
        (5, ("Bob", "1b")),
        (6, (";", "")),
    ]


def test_a_quote_that_is_not_closed_is_told() -> None:
    """Rows that may be lost in an open quotation mark are not taken for a name."""
    [table] = read_tables([b'name\n"Ada\n' + b"Bob\n" * 10])

    assert [row.is_torn for row in table.rows] == [True]


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", Invalid, "nothing"),
        (b"\n \n,,\n", Invalid, "nothing"),
        (b"\xd0\xcf\x11\xe0old excel", Unsupported, "Save as"),
        (packed({"xl/workbook.xml": b"", "a.csv": b""}), Unsupported, "Save as"),
        (packed({"a.csv": b"name\nAda"})[:40], Invalid, "damaged"),
        (packed({"a.csv": b"name\nAda"}, password=True), Invalid, "damaged or locked"),
        (packed({"readme.txt": b"name"}), Invalid, "nothing"),
        (b"%PDF-1.7 and so on", Unsupported, "CSV"),
        (b"name\x00\x01\x02\x03binary\xff\x00", Unsupported, "CSV"),
        (b"name\n" + b'"' + b"x" * 200_000, Invalid, "quotation mark"),
        (b"name\n" + b"," * 300, Invalid, "columns"),
        (b"name\n" + b"x\n" * (MOST_ROWS + 1), TooLarge, "rows"),
        (packed({"a.csv": b"0" * (MOST_BYTES + 1)}), TooLarge, "MB"),
    ],
    # archives hold the time of their making: named by their bytes, no two processes would list the same tests
    ids=range(13),
)
def test_what_is_no_table_is_said_in_a_sentence(content: bytes, kind: type[Invalid], words: str) -> None:
    """Each thing that people bring by mistake has its own sentence."""
    with pytest.raises(kind, match=words):
        read_tables([content])


def test_files_are_bounded_together() -> None:
    """Several files are no way around the bound."""
    with pytest.raises(TooLarge):
        read_tables([b"x" * (MOST_BYTES // 2 + 1)] * 2)


def test_a_zip_holds_several_tables() -> None:
    """Every CSV in a zip is a table; what a Mac adds is not."""
    tables = read_tables([packed({"a.csv": b"name\nAda", "x/B.CSV": b"name\nBob", "__MACOSX/a.csv": b"junk"})])

    assert [table.rows[0].cells for table in tables] == [("Ada",), ("Bob",)]


@given(st.binary(max_size=300))
def test_any_bytes_give_tables_or_a_sentence(content: bytes) -> None:
    """Nothing that is brought makes anything but a table or an error of ours."""
    with suppress(Invalid):
        assert all(table.headers for table in read_tables([content]))


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("+49 170", "49 170"),
        ("-Anna", "Anna"),
        ("@SUM(1)", "SUM(1)"),
        ("\t=1", "1"),
        (" '=1", "1"),
        ("==+1", "1"),
        ("＝1", "1"),
    ],
)
def test_a_formula_loses_its_signs(cell: str, clean: str) -> None:
    """What a spreadsheet would run is text without the signs that make it run, and it is said so."""
    assert to_clean(cell) == (clean, True)


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ("Anna-Lena", "Anna-Lena"),
        ("  Ada \n Lovelace ", "Ada Lovelace"),
        ("O'Neill", "O'Neill"),
        ("-", ""),
        ("a\u202eb\x00", "ab"),
    ],
)
def test_other_cells_are_only_tidied(cell: str, clean: str) -> None:
    """Blanks and what cannot be seen go; a dash for nothing is nothing, and no formula."""
    assert to_clean(cell) == (clean, False)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_no_formula_leaves(row: list[str]) -> None:
    """Whatever a cell holds, what we write begins with no sign that makes a formula, even after blanks."""
    [written] = csv.reader(io.StringIO(to_csv([row]), newline=""))

    assert not any(is_formula(cell) for cell in written)
    assert [cell.removeprefix("'") for cell in written] == [cell.removeprefix("'") for cell in row]


@given(st.text(max_size=20))
def test_no_formula_comes_in(cell: str) -> None:
    """A cleaned cell is no formula, and cleaning it again changes nothing."""
    clean, _ = to_clean(cell)

    assert not is_formula(clean)
    assert to_clean(clean) == (clean, False)
