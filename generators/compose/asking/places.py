"""Where to look: the paragraph and the section around a sentence, and words of theirs as they stand in a hint."""

import re

from domain.documents import Citation, Range, Span
from generators.compose.reading.parse import ParsedSection, Sentence


def paragraph_around(sentence: Sentence, parsed: ParsedSection) -> Range:
    """Give the paragraph of a sentence; with its neighbours where the sentence stands alone, so as not to show it."""
    text = parsed.evidence.text
    start = text.rfind("\n\n", 0, sentence.at.start)
    end = text.find("\n\n", sentence.at.end)
    start, end = (0 if start < 0 else start + 2), (len(text) if end < 0 else end)
    inside = [other for other in parsed.sentences if start <= other.at.start and other.at.end <= end]
    if len(inside) > 1:
        return Range(inside[0].at.start, inside[-1].at.end)
    last = len(parsed.sentences) - 1
    before, after = parsed.sentences[max(0, sentence.index - 1)], parsed.sentences[min(last, sentence.index + 1)]
    return Range(before.at.start, after.at.end)


def section_around(sentence: Sentence, paragraph: Range, parsed: ParsedSection) -> tuple[Citation, ...]:
    """Point at all there is of the section that a sentence stands in, and never at less than its paragraph."""
    near = parsed.cite(paragraph)
    home = {citation.span for citation in parsed.cite(sentence.at)}
    chunks = parsed.evidence.chunks
    sections = {chunk.section for chunk in chunks if any(_holds(chunk.span, span) for span in home)}
    whole = [Citation(chunk.span, chunk.text) for chunk in chunks if chunk.section in sections]
    beyond = [citation for citation in near if not any(_holds(one.span, citation.span) for one in whole)]
    return (*whole, *beyond)


def _holds(outer: Span, inner: Span) -> bool:
    is_same_page = (outer.document_id, outer.page) == (inner.document_id, inner.page)
    return is_same_page and outer.start <= inner.start and inner.end <= outer.end


def calm(text: str) -> str:
    """Leave out the question marks and quotation marks of quoted text, so that a hint asks one question, its own."""
    return " ".join(re.sub(r"[?？]", "", text).translate(str.maketrans("“”", '""')).split())
