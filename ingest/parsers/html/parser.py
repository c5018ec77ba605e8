"""Web pages: what a reader came for, without the menus and banners around it."""

from typing import TYPE_CHECKING

from domain.errors import Unreadable
from ingest.parsers.contract import Order, Reading, Watch
from ingest.parsers.flow import Block, paginate
from ingest.parsers.html.hidden import Sight, is_styled_elsewhere
from ingest.parsers.html.main import Around, Sizes, count_outside, find_main
from ingest.parsers.html.source import decode_page, parse_page
from ingest.parsers.html.tree import walk, words_of
from ingest.parsers.html.writer import HtmlWriter, Rules
from ingest.parsers.office.text import Tally

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_MADE_UP = {"untitled", "untitled document", "document", "index", "home", "index.html", "new page"}
_LONGEST_TITLE = 300


def parse_html(order: Order, watch: Watch) -> Reading:
    """Read a web page. Raises Unreadable for a page without a body, TooLarge for one that is nested too deep."""
    text = decode_page(order.path.read_bytes())
    page = parse_page(text)
    if page.body is None:
        raise Unreadable("This web page is damaged. Open it in a browser and save it again.")
    sizes = Sizes(page.body)
    main = find_main(page.body, sizes)
    around = Around(main, sizes)
    sheets = (style.text(deep=True) or "" for style in page.css("style"))
    tally = Tally()
    count_outside(main, sizes, tally)
    sight = Sight(page.root, sheets, is_styled_elsewhere=is_styled_elsewhere(text))
    writer = HtmlWriter(Rules(sight, around.code_of, around.is_most, tally))
    walk(main, writer)
    blocks = writer.finish()
    pages = paginate(blocks, order.limits, watch)
    return Reading(pages, _title(page, blocks), dropped=tally.finish())


def _title(page: "LexborHTMLParser", blocks: list[Block]) -> str:
    """Give what the page says to others that it is called, else its top heading where its title has it too."""
    shared = page.css_first("meta[property='og:title']")
    said = " ".join((shared.attributes.get("content") or "").split()) if shared is not None else ""
    if said:
        return said[:_LONGEST_TITLE]
    heading = next((block.text for block in blocks if block.level == 1), "")
    element = page.css_first("title")
    title = words_of(element) if element is not None else ""
    if not title or title.lower() in _MADE_UP or (heading and heading.lower() in title.lower()):
        return heading or title[:_LONGEST_TITLE]
    return title[:_LONGEST_TITLE]
