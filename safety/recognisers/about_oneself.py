"""What people say of themselves: their birthday and their school."""

import re
from collections.abc import Iterator

from safety.recognisers.phrasebook import ANY, Phrasebook
from safety.recognisers.spans import Found

_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = (
    rf"\d{{1,4}}[./\- ]\d{{1,2}}[./\- ]\d{{1,4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}\.?(?:st|nd|rd|th|º|er|e)?\s+(?:of\s+|de\s+|d['’])?{_MONTH}(?:,?\s+(?:de\s+|del\s+)?\d{{4}})?"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|\d{4}년\s?\d{1,2}월\s?\d{1,2}일"
)
_BIRTHDAY = rf"<birthday>\s*(?:[:=]|<link>|on|am|el|le|il|den|em|op|dia|no dia|на)?\s*(?P<value>{_DATE})"
_SCHOOL_END = (
    r"(?:High School|Middle School|Elementary(?: School)?|Primary School|Secondary School|Grammar School"
    r"|Junior High|Academy|Prep|Gymnasium|Realschule|Gesamtschule|Grundschule|College|Lyceum"
    r"|Comprehensive)"
)
_OWN_SCHOOL = re.compile(
    rf"\b(?:(?:[Ii]|[Ww]e)(?:['’]m| am)? (?:attend|go to|study at|in|at)|at|from|my school"
    rf" is)\s+(?P<value>(?:[A-ZÀ-Þ][\w'’.]*[ ]+){{1,4}}{_SCHOOL_END})\b"
)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|im|my|me)\b", re.IGNORECASE)


def find_about_oneself(text: str, book: Phrasebook) -> Iterator[Found]:
    """Find birthdays, and the school that a writer goes to."""
    for match in book.pattern(ANY, _BIRTHDAY).finditer(text):
        yield Found(match.start("value"), match.end("value"), "DOB")
    for match in _OWN_SCHOOL.finditer(text):
        if _FIRST_PERSON.search(text[max(0, match.start() - 200) : match.end()]):
            yield Found(match.start("value"), match.end("value"), "SCHOOL")
