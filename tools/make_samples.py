"""Make the sample readings that are PDFs from their text: `python tools/make_samples.py`.

Needs the development dependencies (reportlab). The files in `margent/samples/` are its output.
"""

import re
from pathlib import Path

from reportlab.graphics.shapes import Drawing, Ellipse, Line, Polygon, String
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "margent" / "samples"
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16, spaceAfter=8)
CAPTION = ParagraphStyle("caption", parent=BODY, fontName="Times-Italic", fontSize=10)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=22, leading=28, spaceAfter=14)
HEADING = ParagraphStyle("heading", parent=TITLE, fontSize=15, leading=20, spaceBefore=12, spaceAfter=6, keepWithNext=1)


class Outlined(Paragraph):
    """A heading that also stands in the outline of the PDF."""

    level = 0

    def draw(self) -> None:
        """Draw the heading and add it to the outline."""
        key = re.sub(r"\W+", "-", self.text)
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self.getPlainText(), key, self.level, closed=False)
        super().draw()


def leaf() -> Drawing:
    """Draw what goes into a leaf and what comes out."""
    green, ink = HexColor("#5b8c5a"), HexColor("#223322")
    drawing = Drawing(420, 150)
    drawing.add(Ellipse(210, 70, 95, 42, fillColor=green, strokeColor=ink))
    drawing.add(Line(115, 70, 305, 70, strokeColor=ink))
    for x, y, words in (
        (8, 112, "light"),
        (8, 66, "water, from the roots"),
        (8, 22, "carbon dioxide"),
        (330, 98, "oxygen"),
        (330, 36, "sugar"),
    ):
        drawing.add(String(x, y, words, fontName="Helvetica", fontSize=10, fillColor=ink))
    for x1, y1, x2, y2 in (
        (45, 114, 128, 92),
        (112, 69, 122, 69),
        (82, 26, 130, 48),
        (296, 88, 326, 98),
        (296, 52, 326, 40),
    ):
        drawing.add(Line(x1, y1, x2, y2, strokeColor=ink))
        drawing.add(Polygon([x2, y2, x2 - 6, y2 + 3, x2 - 6, y2 - 3], fillColor=ink, strokeColor=ink))
    return drawing


def flow(markdown: str, figure_after: str) -> list[Flowable]:
    """Turn the little Markdown of these texts into what reportlab prints."""
    parts: list[Flowable] = []
    for block in markdown.strip().split("\n\n"):
        text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", block)
        text = re.sub(r"(?<!\*)\*(.+?)\*(?!\*)", r"<i>\1</i>", text)
        if block.startswith("## "):
            heading = Outlined(text[3:], HEADING)
            heading.level = 1
            parts.append(heading)
        elif block.startswith("# "):
            parts.append(Outlined(text[2:], TITLE))
        else:
            parts.append(Paragraph(text, BODY))
        if figure_after and figure_after in block:
            caption = "Figure 1. What goes into a leaf and what comes out of it."
            parts += [Spacer(1, 6), leaf(), Paragraph(caption, CAPTION)]
    return parts


def footer(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Print the page number, as readings do."""
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(A4[0] / 2, 36, f"Margent sample readings  |  {document.page}")


def make(name: str, title: str, figure_after: str = "") -> None:
    """Write one PDF."""
    target = SimpleDocTemplate(
        str(SAMPLES / f"{name}.pdf"),
        pagesize=A4,
        leftMargin=80,
        rightMargin=80,
        topMargin=70,
        bottomMargin=70,
        title=title,
        author="The Margent authors",
        invariant=True,
    )
    source = (HERE / f"{name}.md").read_text(encoding="utf-8")
    target.build(flow(source, figure_after), onFirstPage=footer, onLaterPages=footer)


if __name__ == "__main__":
    make("photosynthesis", "How plants feed themselves", figure_after="A leaf needs three things")
    make("silk-roads", "The Silk Roads")
