"""The study page: one place for reading, summary, cards, map, quiz and questions."""

import re
from html import unescape

import pytest

from domain.material import Kind, SummarySentence
from domain.people import Role
from tests.faces import House

TABS = ("read", "summary", "cards", "map", "quiz", "ask")
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style|javascript:", re.IGNORECASE)
_WEIGHT = 30_000
"""Bytes over the wire for the first load of a page, its stylesheet and scripts included."""


def weigh(house: House, url: str, role: Role | None) -> int:
    """Count the bytes of a page and of what it loads, as they travel: headers aside, compressed."""
    browser = house.browser(role)
    browser.client.headers["accept-encoding"] = "gzip"
    page = browser.open(url)
    total = 0
    for address in [url, *re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)]:
        with browser.client.stream("GET", address) as answer:
            total += sum(len(part) for part in answer.iter_raw())
    return total


@pytest.mark.parametrize("view", TABS)
@pytest.mark.parametrize("part", ["whole", "unit"])
def test_every_tab_keeps_title_section_and_tabs(house: House, view: str, part: str) -> None:
    """Nobody gets lost: reading, section, tabs and section tree stand on every tab."""
    url = house.url(view, section=None) if part == "whole" else house.url(view)

    answer = house.browser(Role.STUDENT).open(url)

    assert answer.status_code == 200, answer.text
    assert f"<h1>{house.reading.title}</h1>" in answer.text
    assert ("The whole reading" if part == "whole" else house.unit.title) in answer.text
    for other in TABS:
        assert f"?view={other}" in answer.text
    assert answer.text.count('aria-current="page"') == 2
    assert 'aria-label="Sections"' in answer.text


@pytest.mark.parametrize(
    ("view", "kind"), [("summary", Kind.SUMMARY), ("cards", Kind.FLASHCARDS), ("map", Kind.CONCEPT_MAP)]
)
def test_every_sentence_shown_has_its_source_beside_it(house: House, view: str, kind: Kind) -> None:
    """Each unit of a study aid stands on the page with a link to the words it comes from."""
    page = house.browser(Role.STUDENT).open(house.url(view)).text

    units = house.aid(kind).units[:20]
    assert units
    for unit in units:
        at = unit.claim.citations[0].span
        assert (
            f"/pages/{at.page}?view={view}&amp;section={house.unit.ordinal}&amp;from={at.start}&amp;to={at.end}#source"
            in page
        )


def test_a_source_opens_its_page_with_the_words_marked(house: House) -> None:
    """The words the sentence comes from are marked, once, where the link jumps to."""
    citation = house.aid(Kind.SUMMARY).units[0].claim.citations[0]
    at = citation.span

    page = (
        house.browser(Role.STUDENT)
        .open(
            f"/readings/{house.reading.id}/pages/{at.page}?view=summary&section={house.unit.ordinal}&from={at.start}&to={at.end}"
        )
        .text
    )

    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", page.split('class="sheet')[1], re.DOTALL)
    shown = re.sub(r"<[^>]+>", "", "".join(marked))
    assert "".join(shown.split())[:40] == "".join(citation.quote.split())[:40]
    assert page.count('id="source"') == 1
    assert "Back to summary" in page


def test_the_gist_and_the_key_points_come_first(house: House) -> None:
    """One sentence says what the part is about, then come the key points; each links to its source."""
    page = house.browser(Role.STUDENT).open(house.url("summary")).text
    units = [unit for unit in house.aid(Kind.SUMMARY).units if isinstance(unit, SummarySentence)]

    assert [unit.is_gist for unit in units].count(True) == 1
    assert page.index("In one sentence") < page.index("Key points") < page.index("Read it as one text")
    assert page.count("#source") == 2 * sum(len(unit.claim.citations) for unit in units)


def test_pages_turn(house: House) -> None:
    """A page leads to the one before and the one after, where there are such."""
    browser = house.browser(Role.STUDENT)
    last = house.reading.page_count

    first_page = browser.open(f"/readings/{house.reading.id}/pages/1").text
    last_page = browser.open(f"/readings/{house.reading.id}/pages/{last}").text

    assert 'rel="prev"' not in first_page
    assert 'rel="next"' in first_page
    assert 'rel="next"' not in last_page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("?section=9999", 404),
        ("?section=-1", 422),
        ("?view=everything", 422),
        ("?view=read&page=9999", 404),
        ("?view=report", 404),
        ("/pages/0", 404),
        ("/pages/9999", 404),
        ("/pages/one", 422),
        ("/pages/1?from=x", 422),
        ("/exports/cards.exe", 404),
        ("/exports/quiz.json", 403),
    ],
)
def test_what_is_not_there_is_said_on_a_page(house: House, path: str, status: int) -> None:
    """A wrong address ends in a sentence and a way back, never in an empty page."""
    answer = house.browser(Role.STUDENT).open(f"/readings/{house.reading.id}{path}")

    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert 'href="/"' in answer.text


def test_reading_goes_on_page_by_page_to_the_end(house: House) -> None:
    """Following the links from the start, every page of the reading is shown."""
    browser = house.browser(Role.STUDENT)
    url: str | None = f"/readings/{house.reading.id}?view=read"
    seen: set[str] = set()

    while url:
        page = browser.open(url).text
        seen.update(re.findall(r'class="page-no"><a[^>]*>page (\d+)', page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        url = found[1].replace("&amp;", "&") if found else None

    assert seen >= {str(number) for number in range(1, house.reading.page_count + 1)} - {
        str(problem.page) for problem in house.reading.page_problems
    }


def test_cards_can_be_taken_away(house: House) -> None:
    """The exports come as files with a name, for the section and for the whole."""
    browser = house.browser(Role.STUDENT)

    for name in ("cards.apkg", "cards.csv", "map.svg", "map.graphml", "map.json", "map.mmd", "summary.md"):
        answer = browser.client.get(f"/readings/{house.reading.id}/exports/{name}?section={house.unit.ordinal}")
        assert answer.status_code == 200, name
        assert answer.headers["content-disposition"].startswith("attachment; filename="), name
        assert answer.content, name


def test_files_with_answers_are_offered_to_teachers_alone(house: House) -> None:
    """A student may take the questions of a quiz, a teacher the key too; every file that is offered is there."""
    pages = {role: house.browser(role).open(house.url("quiz")).text for role in (Role.STUDENT, Role.TEACHER)}
    offered = {role: re.findall(r'href="([^"]*/exports/[^"]*)" download', page) for role, page in pages.items()}

    assert [path.split("/")[-1].split("?")[0] for path in offered[Role.STUDENT]] == [
        "quiz-questions.pdf",
        "quiz-questions.docx",
        "quiz-questions.md",
    ]
    assert set(offered[Role.STUDENT]) < set(offered[Role.TEACHER])
    for role, path in ((Role.STUDENT, offered[Role.STUDENT][0]), (Role.TEACHER, offered[Role.TEACHER][-1])):
        assert house.browser(role).client.get(unescape(path)).status_code == 200
    assert house.browser(Role.STUDENT).client.get(unescape(offered[Role.TEACHER][-1])).status_code == 403


def test_teachers_see_what_was_left_out_and_who_wrote(house: House) -> None:
    """The count of dropped sentences is the teacher's; students are not bothered with it."""
    teacher = house.browser(Role.TEACHER).open(house.url("summary")).text
    student = house.browser(Role.STUDENT).open(house.url("summary")).text

    assert "Written by the built-in writer" in teacher
    assert "left out" in teacher
    assert "Written by" not in student


def test_the_report_is_the_teachers(house: House) -> None:
    """Pages with problems and the number of sentences checked stand in the report."""
    page = house.browser(Role.TEACHER).open(house.url("report", section=None)).text

    assert "Pages with problems" in page
    assert re.search(r"\d+ of the \d+ sentences checked", page)


def test_a_section_without_aids_points_to_those_that_have_them(house: House) -> None:
    """A chapter, or a few lines, never end in an empty tab."""
    sections = house.services.documents.list_sections(house.person(Role.TEACHER), house.reading.id)
    others = [section for section in sections if not section.is_unit]
    browser = house.browser(Role.STUDENT)

    for section in others[:3]:
        page = browser.open(house.url("summary", section=section.ordinal)).text
        assert 'class="empty' in page
        assert f"/readings/{house.reading.id}?view=summary" in page.split('class="empty')[1]


def test_only_those_who_may_have_aids_made(house: House) -> None:
    """The teacher can have a study aid written anew; a student of the class cannot; nonsense is refused."""
    fields = {"view": "summary", "section": str(house.unit.ordinal)}

    made = house.newcomer(Role.TEACHER).send(f"/readings/{house.reading.id}/make", fields)
    refused = house.newcomer().send(f"/readings/{house.reading.id}/make", fields)
    nonsense = [
        house.newcomer(Role.TEACHER).send(f"/readings/{house.reading.id}/make", {"view": view})
        for view in ("ask", "everything")
    ]

    assert (made.status_code, refused.status_code) == (303, 403)
    assert [answer.status_code for answer in nonsense] == [422, 422]


PAGES = [
    ("/", None),
    ("/sign-in", None),
    ("/", Role.STUDENT),
    ("/", Role.TEACHER),
    ("/cases", Role.COUNSELLOR),
    ("/search?q=light", Role.STUDENT),
    *((view, Role.STUDENT) for view in TABS),
    *((view, Role.TEACHER) for view in ("easier", "report", "quiz")),
]


@pytest.mark.parametrize(("url", "role"), PAGES)
def test_no_page_is_heavy_or_holds_inline_script(house: House, url: str, role: Role | None) -> None:
    """The first load of a page stays under 30 kB with all it needs, and its policy is not undermined.

    Maps are counted without their drawing, as the budget says.
    """
    address = url if url.startswith("/") else house.url(url)

    html = house.browser(role).open(address).text

    drawing = re.search(r"<svg.*?</svg>", html, re.DOTALL) if url == "map" else None
    spared = len(drawing[0]) // 8 if drawing else 0
    assert weigh(house, address, role) - spared < _WEIGHT
    assert not _INLINE.search(html)


def test_every_answer_carries_the_security_headers(house: House) -> None:
    """Pages, problems, the API and static files all forbid foreign script and framing."""
    browser = house.browser(Role.STUDENT)

    for url in ("/", "/nothing-here", "/api/v1/me", "/healthz", "/static/0/margent.css"):
        headers = browser.client.get(url).headers
        assert headers["content-security-policy"].startswith("default-src 'self'"), url
        assert "frame-ancestors 'none'" in headers["content-security-policy"], url
        assert headers["x-content-type-options"] == "nosniff", url
        assert headers["referrer-policy"] == "same-origin", url


def test_static_files_are_kept_by_browsers_under_their_version(house: House) -> None:
    """The address in the page is immutable; another version's address is checked each time; others are not there."""
    browser = house.browser()
    found = re.search(r'href="(/static/[^"]+\.css)"', browser.open("/").text)
    assert found

    assert "immutable" in browser.client.get(found[1]).headers["cache-control"]
    assert browser.client.get("/static/0/margent.css").headers["cache-control"] == "no-cache"
    assert browser.client.get("/static/0/secrets.txt").status_code == 404


def test_each_kind_of_relation_has_its_colour_light_and_dark(house: House) -> None:
    """The page's stylesheet colours every kind of edge, in the colours of the map that is taken away."""
    browser = house.browser(Role.STUDENT)
    place = f"/readings/{house.reading.id}/exports/map.svg?section={house.unit.ordinal}"
    drawing = browser.client.get(place).text
    style = browser.client.get("/static/0/margent.css").text
    kinds = set(re.findall(r"\.edge-([a-z-]+) {", drawing))

    assert len(kinds) == 7
    for kind in kinds:
        assert f".map .edge-{kind} {{ color: var(--edge-{kind}); }}" in style
        taken_away = re.findall(rf"--{kind}: (#\w+)", drawing)
        assert re.findall(rf"--edge-{kind}: (#\w+)", style) == taken_away
        assert len(taken_away) == 2


def test_a_tab_that_is_none_is_said_in_plain_words(house: House) -> None:
    """No list of what a machine would accept."""
    answer = house.browser(Role.STUDENT).open(f"/readings/{house.reading.id}?view=explain")

    assert answer.status_code == 422
    assert "“view” names nothing that there is here." in answer.text
    assert "Input should be" not in answer.text
