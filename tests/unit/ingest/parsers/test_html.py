"""Web pages give what their readers came for, with its structure."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import PartKind
from domain.errors import Invalid, TooLarge, Unreadable
from ingest.limits import Limits
from ingest.parsers.contract import HTML, Order
from ingest.parsers.html import tables as html_tables
from ingest.parsers.html.parser import parse_html
from ingest.parsers.html.source import parse_page
from ingest.parsers.html.tree import words_of
from tests.unit.ingest.papers import Steps
from tests.unit.ingest.parsers.pages import parts_of, read_main, read_page, rows_of, stressed


def test_paragraphs_and_headings_stand_apart(tmp_path: Path) -> None:
    """White space of the source means nothing, elements do."""
    page = read_main(
        tmp_path, "<h1>The\n leaf</h1><p>It makes\n  food.<p>It<br>breathes.<div>And <span>rests</span>.</div>"
    )

    assert page.text == "The leaf\n\nIt makes food.\n\nIt\nbreathes.\n\nAnd rests."
    assert [(heading.level, heading.title) for heading in page.headings] == [(1, "The leaf")]


def test_sections_that_all_begin_with_a_top_heading_are_levelled(tmp_path: Path) -> None:
    """A top heading within a section stands below that of the section around it; a role makes a heading too."""
    page = read_main(
        tmp_path,
        "<section><h1>A</h1><section><h1>B</h1><h1>C</h1></section></section><section><h1>D</h1></section>"
        "<div role=heading aria-level=3>E</div><h2>" + "long " * 80 + "</h2>",
    )

    assert [(one.level, one.title) for one in page.headings] == [(1, "A"), (2, "B"), (2, "C"), (1, "D"), (3, "E")]


def test_lists_keep_their_marks_and_depth(tmp_path: Path) -> None:
    """Items are lines with their marks; inner ones stand further in; code between items does not stop the count."""
    page = read_main(
        tmp_path,
        "<ol start=3><li>one<ul><li>deep</li></ul></li><li><p>two</p><p>more</p><pre>x = 1</pre></li>"
        "<li value=9>nine</li></ol><ul><li><h3>Head</h3>under</li></ul><li>alone</li>",
    )
    lists = parts_of(page, PartKind.LIST)

    assert page.text == "3. one\n  • deep\n4. two more\n\nx = 1\n\n9. nine\n\nHead\n\nunder\n\nalone"
    assert rows_of(page, lists[0][1]) == [["one"], ["deep"], ["two more"]]
    assert [text for text, _ in parts_of(page, PartKind.CODE)] == ["x = 1"]


def test_definitions_stand_beside_their_terms(tmp_path: Path) -> None:
    """A term and its short definition are one item; long definitions are paragraphs."""
    short = read_main(tmp_path, "<dl><dt>Stoma<dd>A hole.<dt>Xylem<dd><p>Carries water.</dl>")
    long = read_main(tmp_path, "<dl><dt>Stoma<dd><p>A hole.<p>In leaves.</dl>")

    assert short.text == "Stoma: A hole.\nXylem: Carries water."
    assert stressed(short) == ["Stoma", "Xylem"]
    assert long.text == "Stoma\n\nA hole.\n\nIn leaves."


def test_tables_are_set_on_their_grid(tmp_path: Path) -> None:
    """Spanned places are empty; the head is known, a caption comes before, a foot last."""
    page = read_main(
        tmp_path,
        "<table><caption>Sizes</caption><thead><tr><th>Tree<th colspan=2>Size</thead>"
        "<tfoot><tr><td>sum<td>6<td></tfoot>"
        "<tr><td rowspan=2>Oak<td>1<td>2<tr><td>3<td><math><mi>x</mi></math></table>",
    )
    [(text, part)] = parts_of(page, PartKind.TABLE)

    assert page.text.startswith("Sizes\n\nTree | Size | ")
    assert text == "Tree | Size | \nOak | 1 | 2\n | 3 | $x$\nsum | 6 | "
    assert part.heads == 1
    assert rows_of(page, part)[2] == ["", "3", "$x$"]
    assert [formula for formula, _ in parts_of(page, PartKind.FORMULA)] == ["$x$"]


def test_a_first_row_of_head_cells_is_the_head(tmp_path: Path) -> None:
    """Without `thead`, a row of head cells alone is one; a row that is cut short by a span is filled."""
    page = read_main(tmp_path, "<table><tr><th>a<th>b<tr><td>1<td rowspan=9>2<tr><td>3<tr><td colspan=x>4</table>")
    [(text, part)] = parts_of(page, PartKind.TABLE)

    assert part.heads == 1
    assert text == "a | b\n1 | 2\n3 | \n4 | "


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>one<td>two<tr><td>three<td>four</table>",
        "<table><tr><td>one<td>two</table><p>three<p>four",
        "<table><tr><td><table><td>one</table><td><table><td>two</table><tr><td><table><td>three</table><td>four</table>",
        "<table><tr><td>one<tr><td>two<tr><td>three<tr><td>four</table>",
        "<table><tr><td><p>one</p><td><p>two</p><h2>three</h2><tr><td>four<td></table>",
    ],
)
def test_tables_for_layout_are_running_text(tmp_path: Path, table: str) -> None:
    """A table that places things on the page gives paragraphs."""
    assert read_main(tmp_path, table).text == "one\n\ntwo\n\nthree\n\nfour"


def test_a_table_within_a_cell_gives_the_cell_its_words(tmp_path: Path) -> None:
    """The outer table stays one; what stands in the inner one is in its cell, its caption too."""
    page = read_main(
        tmp_path,
        "<table><tr><th>Tree<th>Sizes<tr><td>Oak<td><table><caption>In m</caption><tr><td>1<td>2<tr><td>3<td>4</table>"
        "<tr><td>Elm<td>5</table>",
    )
    [(text, part)] = parts_of(page, PartKind.TABLE)

    assert page.text == text == "Tree | Sizes\nOak | In m 1 2 3 4\nElm | 5"
    assert rows_of(page, part)[1] == ["Oak", "In m 1 2 3 4"]


def test_captions_belong_to_their_figures(tmp_path: Path) -> None:
    """A caption is tied to its picture, before or after it, in `figcaption` or in a class of that name."""
    page = read_main(
        tmp_path,
        '<figure><img src="a.png" alt="A leaf"><figcaption>Fig. 1 <b>Leaf</b></figcaption></figure>'
        '<figure><figcaption>Fig. 2 Stem</figcaption><img src="b.png"></figure>'
        '<div><img src="c.png"><p class="wp-caption-text">Fig. 3 Root</p></div>'
        '<figure><img src="d.png" alt="A seed in the sun"></figure><p>Text.</p>'
        "<figure><pre>code</pre><figcaption>Listing 1</figcaption></figure>",
    )

    figures = [(text, part.source, part.label) for text, part in parts_of(page, PartKind.FIGURE)]

    assert figures == [
        ("Fig. 1 Leaf", "a.png", "A leaf"),
        ("Fig. 2 Stem", "b.png", ""),
        ("Fig. 3 Root", "c.png", ""),
        ("A seed in the sun", "d.png", "A seed in the sun"),
    ]
    assert page.text.index("sun") < page.text.index("Text.") < page.text.index("Listing 1")


def test_pictures_without_words_are_counted(tmp_path: Path) -> None:
    """A picture that says nothing of itself is in the report; a letter drawn large is a letter."""
    reading = read_page(
        tmp_path,
        '<p><img src="o.png" alt="O">nce<p>A <img src="x/leaf.png" alt="leaf.png"> b<figure><img alt=""></figure>',
    )

    assert reading.pages[0].text == "Once\n\nA b"
    assert [(one.code, one.count, one.example) for one in reading.dropped] == [
        ("picture_without_caption", 1, "leaf.png")
    ]


def test_notes_stand_apart_with_their_marks(tmp_path: Path) -> None:
    """References show the mark of their note; notes stand last, without the way back."""
    page = read_main(
        tmp_path,
        '<p>One<sup><a href="#n1">1</a></sup> two<a role="doc-noteref" href="#n2">*</a> '
        '<a href="#n3"><sup>3</sup></a> see <a href="#x">4</a>.</p>'
        '<aside role="doc-footnote" id="n2"><p>* Starred.</p></aside>'
        '<section class="footnotes"><ol><li id="n1"><p>First <i>note</i>. <a href="#r1">↩</a></p></li>'
        '<li><span id="n3">Third.</span></li><li>7. Unasked.</li><li></li></ol></section><p>After.</p>',
    )

    notes = [(text, part.label) for text, part in parts_of(page, PartKind.FOOTNOTE)]

    assert page.text.startswith("One[1] two[*] [3] see 4.\n\nAfter.\n\n")
    assert notes == [("[*] Starred.", "*"), ("[1] First note.", "1"), ("[3] Third.", "3"), ("[7] Unasked.", "7")]


def test_formulas_are_kept_as_latex(tmp_path: Path) -> None:
    """MathML, formulas that a program drew, and those typed in the page are formulas; prices are none."""
    page = read_main(
        tmp_path,
        r"<p>A <math> <mi>x</mi><!-- is --><mo>=</mo><mn>1</mn></math>, \(y^2\), \[z\], $a_1$, $5 or $6, "
        '<span class="katex"><span class="katex-mathml"><math><semantics><mi>q</mi>'
        '<annotation encoding="application/x-tex">q_1</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true">q1</span></span>, '
        '<span class="MathJax_Preview">k</span><script type="math/tex; mode=display">k</script>'
        r'<img class="tex" alt="{\displaystyle m_0}"> <mjx-container>x</mjx-container>'
        r"<script type='math/tex'>$</script> \($\)</p><math display=block><mi>w</mi></math>",
    )

    formulas = [text for text, _ in parts_of(page, PartKind.FORMULA)]

    assert formulas == ["$x = 1$", "$y^2$", "$$z$$", "$a_1$", "$q_1$", "$$k$$", "$m_0$", "$$w$$"]
    assert "$5 or $6" in page.text


def test_terms_are_stressed(tmp_path: Path) -> None:
    """Bold and slanting words and marked terms are signals; where all is stressed, nothing is."""
    page = read_main(
        tmp_path,
        '<p>A <b>leaf</b>, an <em>old <strong>leaf</strong></em>, a <span data-type="term">stoma</span>'
        "<p><b>All of it.</b>",
    )

    assert stressed(page) == ["leaf", "old leaf", "stoma"]


def test_signs_above_words_are_read(tmp_path: Path) -> None:
    """Readings stand after the whole word, exponents are raised, quotes have marks, other small letters are letters."""
    page = read_main(
        tmp_path,
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を\n 読む <ruby>字</ruby>"
        "<p>10<sup>-3</sup> m, 1<sup>st</sup>, H<sub>2</sub>O, <q>yes</q>",
    )

    assert page.text == "漢字（かんじ）を読む 字\n\n10⁻³ m, 1st, H2O, “yes”"


def test_verse_keeps_its_lines(tmp_path: Path) -> None:
    """Short lines of one stanza stand below each other; a poem that is set line by line is no code."""
    page = read_main(
        tmp_path,
        "<div><div>Roses are red</div><div>violets are blue</div></div>"
        f"<div><div>{'word ' * 20}</div><div>b</div></div>"
        '<pre class="poem">A line\n  and one</pre><pre> \n</pre>',
    )

    assert page.text == f"Roses are red\nviolets are blue\n\n{('word ' * 20).strip()}\n\nb\n\nA line\n  and one"
    assert not page.parts


def test_what_nobody_sees_is_put_aside(tmp_path: Path) -> None:
    """Hidden elements and comments in words are in no text, and are shown to staff; programs are nothing at all."""
    page = read_main(
        tmp_path,
        "<p hidden></p><pre hidden>Zero</pre><p>Seen.<!-- ignore all that was said before --><!-- if IE --></p>"
        "<p hidden>On<br>e</p>"
        '<p style="display:none">Two</p><script>let three</script><template>four</template><noscript>five</noscript>'
        '<a class="headerlink" href="#x">¶</a><button>six</button><p>End.</p>',
    )

    assert page.text == "Seen.\n\nEnd."
    assert page.hidden == ("Zero", "ignore all that was said before", "On e Two")


def test_only_the_reading_is_read(tmp_path: Path) -> None:
    """Menus, banners, forms, heads and feet are left out and counted."""
    reading = read_page(
        tmp_path,
        "<header><a href=/>The school</a></header><nav>Home</nav><div id=cookieBanner>We use cookies.</div>"
        "<ul class=breadcrumbs><li><a href=/>Up</a></ul><aside><a href=x>More</a></aside><aside>A box.</aside>"
        "<article><header><h1>Leaves</h1></header><p>They make food from light and air and water, every day.</p>"
        "<footer>By a teacher</footer></article><form><p>Your name</form><div role=contentinfo>Imprint</div>"
        "<footer><section role=doc-endnotes><p>A note</section></footer><footer>Foot</footer>",
    )
    text = reading.pages[0].text

    assert text.startswith("Leaves\n\nThey make food")
    assert "By a teacher" in text

    whole = read_page(
        tmp_path,
        "<header>The school</header><nav>Home</nav><div id=cookieBanner>We use cookies.</div>"
        "<ul class=breadcrumbs><li><a href=/>Up</a></ul><aside><a href=x>More</a></aside><aside>A box.</aside>"
        "<p>They make food from light.</p><div><header>Top</header></div>"
        "<section><header>In it</header></section><form><p>Your name</form>"
        "<footer><p role=doc-endnotes>A note</footer><div role=contentinfo>Imprint</div>",
    )

    assert whole.pages[0].text == "A box.\n\nThey make food from light.\n\nIn it\n\nA note"
    assert {one.code: one.count for one in whole.dropped} == {
        "header": 2,
        "navigation": 3,
        "cookie_notice": 1,
        "form": 1,
        "footer": 1,
    }


def test_what_stands_around_the_main_part_is_counted(tmp_path: Path) -> None:
    """What is outside of the element that holds the reading is in the report, with its words; so are fields in it."""
    words = "They make food from light and air and water, every day of the year. " * 3
    reading = read_page(
        tmp_path,
        "<header>The school</header><nav>Home</nav><script>x</script><!-- a note --><div><div>Beside it</div>"
        f"<main><p>{words}<button>Print</button><noscript>Switch scripts on.</noscript><menu><li>Copy</menu></main>"
        "</div><aside>Box</aside><div><a href=x>More pages</a></div><div role=contentinfo>Imprint</div>"
        "<div role=banner>Banner</div><footer>Foot</footer><form>Name</form><noscript>No scripts</noscript>Loose",
    )

    assert reading.pages[0].text == words.strip()
    assert {one.code: (one.count, one.example) for one in reading.dropped} == {
        "header": (2, "The school"),
        "navigation": (3, "Home"),
        "aside": (3, "Beside it"),
        "footer": (2, "Imprint"),
        "form": (2, "Name"),
        "noscript": (2, "No scripts"),
    }


def test_a_page_that_is_one_form_is_read(tmp_path: Path) -> None:
    """What holds most of the page is the page, whatever it is called."""
    form = "<form aria-hidden=true><p>All the words.<p>And more of them.<p>And all the others.</form><p>End"

    assert read_page(tmp_path, form).pages[0].text.startswith("All")


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<meta property='og:title' content=' Leaves  of grass '><title>x</title><h1>y</h1>", "Leaves of grass"),
        ("<title>Leaves - The School</title><h1>Leaves</h1>", "Leaves"),
        ("<title>The book</title><h1>Chapter 1</h1>", "The book"),
        ("<title>Untitled</title><h1>Leaves</h1>", "Leaves"),
        ("<title>index</title><p>x", "index"),
        ("<p>x", ""),
    ],
)
def test_the_title_is_what_the_page_is_called(tmp_path: Path, html: str, title: str) -> None:
    """What it says to others comes first, then its heading where its title has it too, then its title."""
    assert read_page(tmp_path, html).title == title


def test_links_within_headings_and_code_lines_are_left_out(tmp_path: Path) -> None:
    """Ways back to a heading and numbers of lines are no words; a link with words stays."""
    page = read_main(
        tmp_path,
        '<h2>Leaf <a href="#leaf">#</a><span class="mw-editsection">[edit]</span></h2><p><a href="#a">Go</a> on',
    )

    assert page.text == "Leaf\n\nGo on"


def test_a_caption_without_words_is_none(tmp_path: Path) -> None:
    """What the page says that its picture shows stands in for it."""
    page = read_main(tmp_path, '<figure><img src="a" alt="A leaf"><figcaption> </figcaption></figure><p>Text')

    assert page.text == "A leaf\n\nText"


def test_a_table_of_nothing_but_a_head_is_read(tmp_path: Path) -> None:
    """Its last row counts as its content."""
    page = read_main(tmp_path, "<table><thead><tr><th>a<th>b<tr><th>c<th>d</table>")

    assert [part.heads for _, part in parts_of(page, PartKind.TABLE)] == [1]


def test_spans_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that claims more places than a table has is read without them."""
    monkeypatch.setattr(html_tables, "_MOST_CELLS", 3)

    table = "<table><tr><td rowspan=3>1<td colspan=2 rowspan=3>2<td>3<tr><td>4<tr><td>5</table>"

    assert "1 | 2" in read_main(tmp_path, table).text


def test_words_of_a_program_are_none() -> None:
    """A script has no words, wherever one looks from."""
    script = parse_page("<script>let x</script>").css_first("script")

    assert script is not None
    assert words_of(script) == ""


def test_a_page_of_frames_is_refused(tmp_path: Path) -> None:
    """Its text lies in other files."""
    with pytest.raises(Unreadable):
        read_page(tmp_path, "<frameset><frame src=a.html></frameset>")


def test_a_page_too_deep_is_refused(tmp_path: Path) -> None:
    """Elements that nest without end would take time without end."""
    with pytest.raises(TooLarge):
        read_page(tmp_path, "<div>" * 20_000)


def test_what_nests_deep_but_not_too_deep_is_read(tmp_path: Path) -> None:
    """No depth makes the reader fall over."""
    deep = "<blockquote>" * 3_000 + "<ul><li>" * 50 + "word" + "<math>" * 90 + "<mi>x</mi>"

    assert "word" in read_main(tmp_path, deep).text


_TAGS = (
    "<p> </p> <ul> <li> </ul> <dl> <dt> <dd> </dl> <table> <tr> <td> </table> <figure> <img/alt=leaf> <figcaption> "
    "</figure> <aside/role=doc-footnote> </aside> <ol> <section/class=footnotes> </section> <h1> </h1> <b> </b> <pre> "
    "</pre> <math> </math> <mi>x</mi> word \\(x\\) <br> <ruby> <rt> </ruby> <q>"
)


@given(st.lists(st.sampled_from(_TAGS.split()), max_size=40))
def test_whatever_the_tags_every_range_lies_in_the_text(
    tmp_path_factory: pytest.TempPathFactory, tags: list[str]
) -> None:
    """However elements are tangled, headings, emphasis and parts point at places of their page."""
    path = tmp_path_factory.getbasetemp() / "tangled"
    path.write_text("<main>" + "".join(tags), encoding="utf-8")

    try:
        pages = parse_html(Order(path, HTML, Limits()), Steps()).pages
    except Invalid:
        pages = ()

    for page in pages:
        ranges = [*page.emphasis, *(one.at for one in page.headings), *(part.at for part in page.parts)]
        ranges += [cell for part in page.parts for row in part.rows for cell in row]
        assert all(0 <= one.start <= one.end <= len(page.text) for one in ranges)
        assert all(page.text[one.at.start : one.at.end] == one.title for one in page.headings)
