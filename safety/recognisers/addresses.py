"""Addresses, birthdays, accounts and schools in what people write of themselves."""

import re
from collections.abc import Iterator

from safety.recognisers.cues import CAPITAL
from safety.recognisers.spans import Found

_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|boulevard|blvd|way|place|pl|terrace|crescent"
    r"|square|sq|row|gardens|grove|hill|park|mews|parkway|pkwy|highway|hwy|circle|cir|trail|alley|walk)"
)
_POSTAL = r"(?:[A-Z]{2}[ ]+)?\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}"
_ENGLISH = (
    rf"\b\d{{1,5}}[a-z]?[ ]+(?:[\w'’.-]+[ ]+){{1,4}}?{_STREET}\b\.?"
    r"(?:,?[ \n]+(?:apt|suite|unit|flat|floor|#)\.?[ ]*\w+)?"
    rf"(?:,?[ \n]+(?-i:{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}))?(?:,?[ \n]+(?:{_POSTAL}))?"
)
_ROMANCE = (
    r"\b\d{1,4}(?:[ ]?bis)?,?[ ]+(?:rue|avenue|boulevard|place|chemin|impasse|allée|quai|via|viale|piazza|calle"
    rf"|avenida|rua|ulica|ul\.)[ ]+[^\n,;.]{{2,40}}(?:,?[ ]+\d{{4,5}}[ ]+(?-i:{CAPITAL}))?"
)
_NUMBER_LAST = (
    r"(?-i:\b(?:[A-ZÄÖÜÅÆØ][\wäöüßåæø]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|laan|straat|gatan|vägen"
    r"|gata|gade|vej|vegen|vegur|veien|katu|tie|utca)|(?:Calle|Avenida|Rua|Via|Viale|Piazza|Plaza|Ulica|ul\.)[ ]"
    rf"{CAPITAL}(?:[ ]{CAPITAL}){{0,3}})[ ,]+\d{{1,4}}[a-z]?(?:,?[ ]+\d{{4,5}}(?:-\d{{3}})?[ ]+{CAPITAL})?)"
)
_NUMBERS_AROUND = (
    rf"(?-i:\b\d{{2,5}}[ ]+(?:{CAPITAL}\.?[ ]+){{1,4}}\d{{1,4}}\b)(?=[\s,.]+(?:apt|suite|unit|flat|[^\W\d_]|$))"
)
_BOX = (
    r"\b(?:\d{1,5}[ ]+)?p\.?[ ]?o\.?[ ]box[ ]+\d+"
    r"|\b(?:psc[ ]\d+,?[ \n]+box[ ]\d+|us(?:n)?s[ ]\w+|unit[ ]\d+[ ]box[ ]\d+)"
)
_MILITARY = r"\b[afd]po[ ]a[aep][ ]\d{5}\b"
_UNIT = r"\b(?:apt|suite|unit|flat)\.?[ ]+#?\d{1,4}\b"
_STREETS = (_ENGLISH, _ROMANCE, _NUMBER_LAST, _NUMBERS_AROUND, _BOX, _MILITARY, _UNIT)

_TAIL = re.compile(
    rf"(?:[\s,>]+(?:{CAPITAL}[.()]*|\({CAPITAL}\)|[Aa]pt\.?|[Ss]uite|\d{{1,4}})){{0,9}}?[\s,>]+\d{{4,6}}(?:-\d{{3,4}})?\b"
)
"""What may follow a street up to the postal code: flat, town, region, country."""

_ADDRESS_SAID = (
    r"\b(?:i live|we live|lives?|i am living|located|address(?: to)?|moved to|house is|home is|address is|arrived)"
    r"(?:\s+(?:at|in|on|to|is))?[\s:]+(?P<value>\d{1,5}[^\n.;!?]{4,80})"
)
_ADDRESS_FIELD = r"\b(?:billing |mailing |home )?address\s*:\s*(?P<value>\S[^\n]{4,80}(?:\n[ >,]*\S[^\n]{0,40}){0,4})"
_POSTCODE = (
    r"\b(?:zip(?: ?code)?|post ?code|postal code)(?: is|:)?\s+(?P<value>(?=[A-Z -]*\d)[A-Z\d][A-Z\d -]{2,9}[A-Z\d])\b"
)
_BIRTHDAY = (
    r"\b(?:born on|born|birthday(?: is|:)?|date of birth:?|dob:?|né le|née le|nací el|geboren am|nat[oa] il|nasci em)"
    r"\s+(?:on\s+)?(?P<value>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
    r"|\d{1,2}\.?(?:st|nd|rd|th)?\s+(?:of\s+)?[^\W\d_]{3,12}\.?(?:,?\s+\d{4})?)"
)
_ACCOUNT = (
    r"\b(?:user ?name|user|handle|gamertag|insta(?:gram)?|snap(?:chat)?|tiktok|discord|roblox|steam|login|screen ?name)"
    r"(?: (?:name|user|handle|id|is|account|username))*[\s:=]+(?:is\s+)?(?P<value>(?=\S*[\d_])[\w.#-]{3,32}\w)"
)
_OWN_PAGE = (
    r"\bmy (?:\w+ )?(?:portfolio|blog|website|site|page|profile|channel|linkedin)\b[^\n]{0,20}?"
    r"(?P<value>https?://[^\s<>\"')]+)"
)
_OWN_SCHOOL = (
    rf"\b(?:(?:i|we) (?:attend|go to|study at)|at|my school is)\s+(?P<value>(?-i:(?:{CAPITAL}[ ]+){{1,3}}"
    r"(?:High School|Middle School|Elementary School|Primary School|Secondary School|Grammar School|Academy)))\b"
)
_SAID = (
    (_ADDRESS_SAID, "ADDRESS"),
    (_ADDRESS_FIELD, "ADDRESS"),
    (_POSTCODE, "ADDRESS"),
    (_BIRTHDAY, "DOB"),
    (_ACCOUNT, "USERNAME"),
    (_OWN_PAGE, "URL"),
    (_OWN_SCHOOL, "SCHOOL"),
    (r"(?<![\w.@/])(?P<value>@(?=\w*[a-z_])[\w.]{2,30})\b", "USERNAME"),
)


def find_places(text: str) -> list[Found]:
    """Find addresses, and what people say of their birthday, accounts and school."""
    return [*_addresses(text), *_said(text)]


def _addresses(text: str) -> Iterator[Found]:
    for pattern in _STREETS:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            tail = _TAIL.match(text, match.end())
            yield Found(match.start(), tail.end() if tail else match.end(), "ADDRESS")


def _said(text: str) -> Iterator[Found]:
    for pattern, kind in _SAID:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Found(match.start("value"), match.end("value"), kind)
