"""Cards that people bring along: Anki packages of every age, tables of every sort, and files made to do harm."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid, TooLarge, Unreadable
from domain.material import Kind
from generators.exports.anki import to_apkg
from generators.exports.tables import to_csv, to_tsv
from generators.imports.anki import fill
from generators.imports.brought import LONGEST_SIDE, Brought
from generators.imports.cards import read_cards, words_of
from generators.imports.clozes import list_gapped
from generators.imports.markup import to_plain, with_dollars
from tests.unit.generators.exported import CARDS, a_card, an_aid, an_origin

Note = tuple[str, Sequence[str], str]
"""The guid, the fields and the tags of a note."""

_NAMES = ("Front", "Back", "More")
_COUNTING = "with recursive n(x) as (select 1 union all select x + 1 from n)"
# put together of two constants of ours
_ENDLESS = f"drop table col; create view col as {_COUNTING} select max(x) as models from n"  # noqa: S608


def _database(notes: Sequence[Note], *, is_new: bool = False, extra: str = "") -> bytes:
    """A collection with the tables of its age."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("create table notes (id integer primary key, guid text, mid integer, tags text, flds text)")
        if is_new:
            database.execute("create table fields (ntid integer, ord integer, name text)")
            database.executemany("insert into fields values (7, ?, ?)", reversed(list(enumerate(_NAMES))))
        else:
            models = {"7": {"flds": [{"ord": place, "name": name} for place, name in enumerate(_NAMES)]}}
            database.execute("create table col (models text)")
            database.execute("insert into col values (?)", (json.dumps(models),))
        rows = [(guid, tags, "\x1f".join(fields)) for guid, fields, tags in notes]
        database.executemany("insert into notes (guid, mid, tags, flds) values (?, 7, ?, ?)", rows)
        database.executescript(extra)
        return database.serialize()


def _package(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return written.getvalue()


def _read(*notes: Note) -> Brought:
    return read_cards("deck.apkg", _package(collection_anki2=_database(notes)))


def _sides(brought: Brought) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in brought.cards]


def test_own_packages_come_back() -> None:
    """What was taken to Anki comes back with its words, formulas, gaps and sources; its picture is named."""
    brought = read_cards("cards.apkg", to_apkg(an_aid(Kind.FLASHCARDS, *CARDS), an_origin()))

    fronts = [card.front for card in brought.cards]
    assert len(fronts) == len(CARDS)
    assert fronts[0] == "What is a delta?"
    assert fronts[1] == "Leaves are green because of _____."
    assert fronts[2] == "What are the roots of $ax^2+bx+c=0$?"
    assert brought.cards[1].back.startswith("chlorophyll\nHow plants live, page 3")
    assert brought.cards[0].tags == ("fact",)
    assert "<script>alert(1)</script>" in fronts[8]
    (problem,) = brought.problems
    assert problem.startswith("Note 4: left without margent-")


@pytest.mark.parametrize("is_tabbed", [False, True], ids=["csv", "tsv"])
def test_own_tables_come_back(*, is_tabbed: bool) -> None:
    """A table that was taken away comes back whole, its source in one line and its quotes before formulas gone."""
    cards = [*CARDS[:4], a_card("=1+1", "-1")]
    write, name = (to_tsv, "cards.tsv") if is_tabbed else (to_csv, "cards.csv")

    brought = read_cards(name, write(cards, an_origin()).encode())

    assert [card.front for card in brought.cards] == [card.front for card in cards]
    assert brought.cards[0].back == (
        "flat piece of land\nHow plants live, page 3: “What is a delta? flat piece of land”"
    )
    assert brought.cards[4].back.startswith("-1\n")
    assert brought.cards[4].tags == ("fact",)
    assert brought.problems == ()


def test_tables_taken_away_earlier_come_back_too() -> None:
    """A table without the column on whose words a card has is read alike; with it they stand before the source."""
    names, row = "front,back,term,form,reading,page,source", "Q,A,T,fact,Plants,3,Leaves are green."
    tables = f"{names}\n{row}\n", f"{names},whose words\n{row},In a person's own words\n"

    backs = [read_cards("cards.csv", table.encode()).cards[0].back for table in tables]

    assert backs == [
        "A\nPlants, page 3: “Leaves are green.”",
        "A\nIn a person's own words\nPlants, page 3: “Leaves are green.”",
    ]


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        (b"front,back\nonly\n", "front\nback\nonly"),
        (b'a,"b ""c"" d, e"\n"open, f\n', 'a\nb "c" d, e\nopen, f'),
        (b'a,b\nlong,"' + b"x" * 140_000 + b' end"\n', "x" * 140_000 + " end"),
        (b"\x89PNG\r\n" + bytes(range(128, 256)) + b" so it is here ", "so it is here"),
        (b"#separator:tab\n#deck:own\nQ<b>u</b>\tA\tone two\n", "#deck:own\nQ<b>u</b>\nQu\nA\none two"),
        (b"front,back\na,b\na,b\n", "a\nb"),
        (
            bytes(range(1, 9)) * 10 + b" so it is here " + bytes(range(1, 9)),
            "so it is here",
        ),
        (b"PK\x03\x04garbage", "x.csv"),
    ],
    ids=["one-column", "quotes", "endless", "picture", "settings", "once", "bytes", "no-package"],
)
def test_all_words_of_a_file_are_given(content: bytes, heard: str) -> None:
    """Every row and cell is there, without marks that might hide it, whether or not a card comes of it."""
    words = words_of("x.csv", content)

    assert words.startswith("x.csv")
    assert words.endswith(heard)


@pytest.mark.parametrize("is_new", [False, True], ids=["old", "new"])
def test_all_words_of_a_package_are_given(*, is_new: bool) -> None:
    """Notes that give no card, filled gaps, tags, and the names of fields, decks and pictures are there."""
    notes = [("a", ("", "no <b>front</b>", '<img src="pic.png">'), " one two "), ("b", ("a {{c1::gap::hint}} b",), "")]
    old = (
        """alter table col add decks text; update col set decks = '{"1": {"name": "deck name", "desc": "about it"}}'"""
    )
    new = "create table decks (id integer, name text); insert into decks values (1, 'deck name')"

    data = _database(notes, is_new=is_new, extra=new if is_new else old)
    lines = words_of("d.apkg", _package(collection_anki21=data)).split("\n")

    assert {"d.apkg", "no front", "pic.png", "one two", "a gap b", "Front", "deck name"} <= set(lines)


def test_a_damaged_package_gives_what_looks_like_words() -> None:
    """Where the database cannot be read, its bytes are."""
    data = _database([("a", ("somebody wrote this here", "b"), "")], extra="alter table notes rename to other")

    assert "somebody wrote this here" in words_of("d.apkg", _package(collection_anki2=data))


def test_every_age_of_package_is_read() -> None:
    """The newest database in a package counts; old ones beside it only say that Anki is too old."""
    old, new = (_database([("a", (word, "back"), "")], is_new=word == "new") for word in ("old", "new"))
    newest = zstandard.compress(_database([("a", ("newest", "back"), "")], is_new=True))

    read = [
        read_cards("d.apkg", _package(**files)).cards[0].front
        for files in (
            {"collection_anki2": old},
            {"collection_anki2": old, "collection_anki21": new},
            {"collection_anki2": old, "collection_anki21": new, "collection_anki21b": newest},
        )
    ]

    assert read == ["old", "new", "newest"]


@pytest.mark.parametrize("is_new", [False, True], ids=["old", "new"])
def test_all_fields_are_kept(*, is_new: bool) -> None:
    """The first field is asked; of the others the first stands alone and the rest with their names."""
    data = _database([("a", ("Q", "A", "M", "beyond"), " one two ")], is_new=is_new)

    (card,) = read_cards("d.apkg", _package(collection_anki21=data)).cards

    assert (card.front, card.back, card.tags) == ("Q", "A\nMore: M\nbeyond", ("one", "two"))


def test_a_package_read_again_gives_the_same_ids() -> None:
    """A note keeps its card's id when its words change, and two notes never share one."""
    first, again = (_read(("guid", ("Q", back), ""), ("other", ("Q2", "A"), "")) for back in ("A", "B"))

    assert [card.id for card in first.cards] == [card.id for card in again.cards]
    doubled = _read(("guid", ("Q", "A"), ""), ("guid", ("Q2", "A"), ""))
    assert len({card.id for card in doubled.cards}) == 2


def test_gaps_become_cards() -> None:
    """Each number is a card, with its hint; the others are filled in; further fields stand on the back."""
    brought = _read(("a", ("{{c1::Paris::a city}} is in {{c2::France}}, not {{c1::Rome}}.", "", "geography"), ""))

    assert _sides(brought) == [
        ("_____ (a city) is in France, not _____.", "Paris; Rome\ngeography"),
        ("Paris is in _____, not Rome.", "France\ngeography"),
    ]


@pytest.mark.parametrize(
    ("text", "gapped"),
    [
        ("{{c1::a {{c2::b}} c}}", [("_____", "a b c"), ("a _____ c", "b")]),
        ("{{c1::never closed", [("never closed", "")]),
        ("{{c1::a}} }} b", [("_____ }} b", "a")]),
        ("none", []),
    ],
    ids=["nested", "open", "stray", "none"],
)
def test_gaps_of_every_shape(text: str, gapped: list[tuple[str, str]]) -> None:
    """Gaps in gaps, gaps that never close and stray braces lose no words."""
    assert [(one.front, one.back) for one in list_gapped(text)] == gapped


def test_gaps_nested_without_end_stay_words() -> None:
    """Beyond some depth braces are words."""
    text = "{{c1::" * 20 + "a" + "}}" * 20

    (one,) = list_gapped(text)

    assert "a" in one.front + one.back


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<br>b<br/>c<div>d</div>", "a\nb\nc\nd\n"),
        ("<b>bold</b> &amp; &lt;i&gt;", "bold & <i>"),
        (r"\(x^2\) and \[ y \]", "$x^2$ and $$y$$"),
        ("[$]x[/$] [$$]y[/$$] [latex]z[/latex] [latex]$w$[/latex]", "$x$ $$y$$ $$z$$ $w$"),
        ("<anki-mathjax>x^2</anki-mathjax><anki-mathjax block='true'> y\n</anki-mathjax>", "$x^2$$$y$$"),
        ("<style>p {}</style><script>alert(<b>1</b>)</script>x<svg><text>y</text></svg>", "x"),
        ("<svg><svg>a</svg>b</svg>c", "c"),
        ("<object/>kept</b></anki-mathjax>", "kept"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", " a  b "),
        ("<a href='javascript:x'>link</a><img", "link<img"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    """What a browser shows stays; what it does not show, and every tag, goes; formulas are between dollar signs."""
    assert to_plain(markup).text.strip("\n") == text.strip("\n")


def test_pictures_and_sounds_are_named() -> None:
    """What cannot be brought along is said, note by note, and its alternative text stays."""
    brought = _read(
        ("a", ('<img src="a%20b.png" alt="a leaf"> [sound:x.mp3]', "B <img> [anki:tts lang=en]word[/anki:tts]"), ""),
        ("b", ('<img src="only.png">', "B"), ""),
        ("c", ("{{c1::image-occlusion:rect:left=.1}}", "x"), ""),
        ("d", ("Q", "A"), ""),
    )

    assert _sides(brought) == [("a leaf", "B"), ("Q", "A")]
    assert brought.problems == (
        "Note 1: left without a b.png, x.mp3, a picture, a spoken text. Pictures and sounds stay behind.",
        "Note 2: left without only.png. Pictures and sounds stay behind.",
        "Note 3: it is a picture with parts covered, which cannot be brought along.",
        "Note 2: it has no front.",
    )


def test_formulas_on_plain_cards_are_found() -> None:
    """Tables may have formulas as Anki writes them too; money is no formula."""
    assert with_dollars(r"\( x \) costs $5") == "$x$ costs $5"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_every_separator_is_found(sign: str) -> None:
    """What parts the rows evenly is the separator, whatever else stands in the cells."""
    text = f"What is 1, 2; 3 | 4?{sign}A number\nAnd?{sign}Another; one, more\n".replace(
        "What is 1, 2; 3 | 4?", '"What is 1, 2; 3 | 4?"'
    )

    assert read_cards("x.txt", text.replace("Another; one, more", '"Another; one, more"').encode()).cards[0].back == (
        "A number"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_tables_come_in_every_encoding(encoding: str) -> None:
    """Spreadsheets write what they like."""
    assert _sides(read_cards("x.csv", "Größe;Länge\r\nÉté;Über\r\n".encode(encoding))) == [
        ("Größe", "Länge"),
        ("Été", "Über"),
    ]


def test_names_over_the_columns_say_which_is_which() -> None:
    """Columns may stand in any order; those with other names go on the back under their names; tags are tags."""
    brought = read_cards("x.csv", b"Tags,Answer,Example,Question\nbio leaf,green,moss,Colour?\n,red,,Other?\n")

    assert _sides(brought) == [("Colour?", "green\nExample: moss"), ("Other?", "red")]
    assert [card.tags for card in brought.cards] == [("bio", "leaf"), ()]


def test_anki_s_text_files_say_how_to_read_them() -> None:
    """The lines above the table that Anki writes tell separator, markup and tags."""
    text = '#separator:tab\n#html:true\n#tags column:3\n<b>Q</b>\t"A<br>B"\tone two\nshort\n'

    brought = read_cards("x.txt", text.encode())

    assert _sides(brought) == [("Q", "A\nB")]
    assert brought.cards[0].tags == ("one", "two")
    assert brought.problems == ("Row 5: it has no back.",)


@pytest.mark.parametrize("line", ["#separator:Pipe", "#separator:|"])
def test_separators_can_be_named_or_shown(line: str) -> None:
    """Anki writes the name of the separator or the sign."""
    assert _sides(read_cards("x.txt", f"{line}\na,b|c\n".encode())) == [("a,b", "c")]


def test_rows_that_give_no_card_are_named() -> None:
    """Every row that is left out is named by its number with the reason, and those after it are read."""
    long = "x" * (LONGEST_SIDE + 1)
    rows = ["front,back", '"two\nlines",b', "only", '"bad" quote,b', f"{long},b", ",back", "", "a,b", "a,b", "c,d"]

    brought = read_cards("x.csv", "\n".join(rows).encode())

    assert _sides(brought) == [("two\nlines", "b"), ("a", "b"), ("c", "d")]
    assert brought.problems == (
        'Row 4: its quotation marks do not fit: "bad" quote,b',
        "Row 3: it has no back.",
        f"Row 5: its front has more than {LONGEST_SIDE:,} characters.",
        "Row 6: it has no front.",
        "Row 9: it is the same as row 8.",
    )


def test_a_mark_that_never_closes_swallows_no_rows() -> None:
    """One stray quotation mark costs its own row and none below."""
    brought = read_cards("x.csv", b'a,b\n"never closed,c\nd,e\nf,g\n')

    assert _sides(brought) == [("a", "b"), ("d", "e"), ("f", "g")]
    assert brought.problems == ('Row 2: its quotation marks do not fit: "never closed,c',)


def test_endless_rows_are_named() -> None:
    """A cell of a whole book is no card."""
    brought = read_cards("x.csv", b"a,b\nc," + b"x" * 61_000 + b"\n")

    assert len(brought.cards) == 1
    assert brought.problems == ("Row 2: it is too long.",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\x00", "empty"),
        (b"%PDF-1.7 x", "unsupported"),
        (b"SQLite format 3\x00" + bytes(600), "unsupported"),
        (b"one column\nand another\n", "no_text"),
        (b"#separator:tab\n", "empty"),
        (b"#separator:tab", "empty"),
        (b'"a\n' * 300, "damaged"),
        (b"PK\x03\x04garbage", "damaged"),
        (_package(readme_txt=b"x"), "wrong_type"),
        (_package(collection_anki2=b"not a database"), "damaged"),
        (_package(collection_anki2=b"SQLite format 3\x00" + bytes(2000)), "damaged"),
        (_package(collection_anki21b=b"not zstd"), "damaged"),
        (_package(collection_anki2=_database([])), "no_text"),
    ],
    # archives hold the time of their making: named by their bytes, no two processes would list the same tests
    ids=range(14),
)
def test_files_without_cards_say_why(content: bytes, code: str) -> None:
    """Whatever it is, the person gets a sentence and a code, never a stack of calls."""
    with pytest.raises(Invalid) as error:
        read_cards("x", content)

    assert error.value.code == code
    assert error.value.message.endswith(".") or ": " in error.value.message


def test_files_and_decks_have_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too large, too many rows, too many notes: each is refused in words."""
    monkeypatch.setattr("generators.imports.cards.MOST_BYTES", 10)
    with pytest.raises(TooLarge, match="MB"):
        read_cards("x.csv", b"a,b\n" * 9)
    monkeypatch.undo()
    for name in ("anki", "brought", "tables"):
        monkeypatch.setattr(f"generators.imports.{name}.MOST_CARDS", 2)
    with pytest.raises(TooLarge, match="rows"):
        read_cards("x.csv", b"".join(b"%d,b\n" % number for number in range(9)))
    with pytest.raises(TooLarge, match="cards"):
        read_cards("x.csv", b"1,b\n2,b\n3,b\n")
    with pytest.raises(TooLarge, match="notes"):
        _read(*((str(number), (str(number), "b"), "") for number in range(3)))


def test_bombs_are_not_unpacked() -> None:
    """What unpacks to far more than its size is refused while it is being unpacked."""
    with pytest.raises(TooLarge):
        read_cards("x.apkg", _package(collection_anki2=bytes(5_000_000)))
    with pytest.raises(TooLarge):
        read_cards("x.apkg", _package(collection_anki21b=zstandard.compress(bytes(50_000_000))))


def test_locked_packages_are_refused() -> None:
    """A package with a password cannot be read."""
    data = bytearray(_package(collection_anki2=_database([("a", ("Q", "A"), "")])))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1

    with pytest.raises(Unreadable) as error:
        read_cards("x.apkg", bytes(data))

    assert error.value.code == "encrypted"


@pytest.mark.parametrize(
    "extra",
    [
        "drop table notes; create view notes as select 'g' as guid, 7 as mid, '' as tags, 'a\x1fb' as flds, 1 as id",
        _ENDLESS,
        "update col set models = 'not json'",
        "update col set models = '[1]'",
        "update col set models = '{\"7\": {}}'",
        "drop table col",
        "delete from col",
    ],
    ids=["view", "endless", "no-json", "list", "no-fields", "no-col", "empty-col"],
)
def test_databases_made_to_do_harm_are_refused(extra: str) -> None:
    """Views, endless queries and broken settings end in the same sentence."""
    data = _database([("a", ("Q", "A"), "")], extra=extra)

    with pytest.raises(Unreadable, match="damaged"):
        read_cards("x.apkg", _package(collection_anki2=data))


def test_nothing_but_the_cards_is_read() -> None:
    """A query on any other table, or one that writes, is not allowed by the connection."""
    with closing(sqlite3.connect(":memory:")) as database:
        fill(database, _database([], extra="create table secrets (x)"))
        for query in ("select x from secrets", "insert into notes (flds) values ('x')", "attach ':memory:' as y"):
            with pytest.raises(sqlite3.DatabaseError):
                database.execute(query).fetchall()


def test_a_database_with_a_log_is_read() -> None:
    """A collection whose writer kept its log beside it opens all the same."""
    data = _database([("a", ("Q", "A"), "")])
    logged = data[:18] + b"\x02\x02" + data[20:]

    assert _sides(read_cards("x.apkg", _package(collection_anki2=logged))) == [("Q", "A")]


@given(st.binary(max_size=400))
def test_any_bytes_end_in_cards_or_words(data: bytes) -> None:
    """No file ends in anything but cards or a refusal."""
    for content in (data, b"PK\x03\x04" + data, _package(collection_anki2=b"SQLite format 3\x00" + data * 3)):
        assert words_of("x", content).startswith("x")
        try:
            brought = read_cards("x", content)
        except Invalid:
            continue
        assert all(card.front and card.back for card in brought.cards)


_WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=8))
def test_rows_are_cards_or_problems(rows: list[tuple[str, str]]) -> None:
    """Of a table of ours every row is a card or is named; none is lost."""
    cards = [a_card(front, back) for front, back in rows]

    try:
        brought = read_cards("x.csv", to_csv(cards, an_origin()).encode("utf-8", "replace"))
    except Unreadable:
        return

    assert len(brought.cards) + len(brought.problems) == len(cards)
