"""Ways to reach a person: mail addresses, phone numbers, machine addresses, accounts and pages of one's own."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from safety.claim_words import word_set
from safety.recognisers.phrasebook import ANY, Phrasebook
from safety.recognisers.spans import Found

_EMAIL = re.compile(r"[\w.+\-\u200b-\u200f]{1,64}@[\w\-\u200b-\u200f]{1,63}(?:\.[\w\-\u200b-\u200f]{2,63}){1,4}")
_DOT = (
    r"(?:\s?[(\[{<]\s?(?:dot|punkt|punto|point|punt|kropka|ponto|точка|nokta|d0t|\.)\s?[)\]}>]\s?|\s(?:dot"
    r"|punkt|punto|point|punt|kropka|ponto|точка|nokta|titik|chấm)\s|\s?[.]\s?)"
)
_AT = (
    r"(?:\s?[(\[{<]\s?(?:at|ät|@|arroba|arobase|chiocciola|собака|małpa|apenstaartje|kukaç)\s?[)\]}>]\s?"
    r"|\s(?:at|ät|arroba|arobase|chiocciola|собака|małpa|apenstaartje|kukaç|snabel-?a|@)\s|\s@|@\s)"
)
_SPELT_EMAIL = re.compile(
    rf"(?<!\w)\w[\w+-]{{0,40}}(?:{_DOT}\w[\w+-]{{0,40}}){{0,3}}{_AT}\w[\w-]{{0,40}}(?:{_DOT}\w[\w-]{{1,20}}){{1,6}}(?!\w)",
    re.IGNORECASE,
)
_SPELT_MARK = re.compile(
    r"\b(?:at|ät|arroba|arobase|chiocciola|собака|małpa|apenstaartje|kukaç|snabel-?a)\b|@", re.IGNORECASE
)
_SPELT_SIGN = re.compile(
    r"[(\[{<]|\b(?:dot|punkt|punto|point|punt|kropka|ponto|точка|nokta|titik|arroba|chiocciola|собака|arobase|małpa)\b",
    re.IGNORECASE,
)
_HOST_ENDS = word_set("com org net edu de fr es it nl uk br pl ru tr se us io at ch")
_IP4 = re.compile(r"\d(?<![\d.]\d)\d{0,2}(?:\.\d{1,3}){3}(?![\d.]|/\d)")
_HOUSE_NETWORK = re.compile(r"(?:0|10|255|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.")
_IP6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::|[0-9a-f]{1,4})(?::?[0-9a-f]{1,4})*(?![\w:])", re.IGNORECASE)
_MAY_BE_IP6 = re.compile(r":(?:[0-9a-f]{1,4}:){2}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![A-Za-z0-9_.,/=-])(?:\+|00)?\(?\d[\d \t().\-]{5,20}\d(?![A-Za-z0-9_]|[.,/]\d)")
_MAY_BE_PHONE = re.compile(r"\d[\d \t().\-]{5,20}\d")
_PHONE_LABEL = r"<phone>\W*(?:\w+\W+){0,4}$"
_NUMBER_LABEL = r"<number>\W*(?:(?:<link>|of|von|de|di|мой|мамы|my|m[oa]m'?s?)\W*){0,3}$"
_PHONE_AFTER = re.compile(r"^[\s,;-]*(?:office|fax|mobile|cell|home|work)\b", re.IGNORECASE)
_ISBN = re.compile(r"isbn[-: 013]*$", re.IGNORECASE)
_NO_PHONE = re.compile(
    r"^(?:\d{1,3}\.\d{4,}$|(?:19|20)\d\d[-. ]\d{1,2}[-. ]\d{1,2}(?:[ T].*)?|\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)?\d\d"
    r"|(?!0\d(?:[ -]\d\d){4}$)(?:\d{1,2}[ -]){4,}\d{1,2})$"
)
_SPELT_PHONE = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)[\s,-]+){5,}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b"
    r"|\b(?:(?:cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|null|eins|zwei|zwo|drei|vier|fünf"
    r"|sechs|sieben|acht|neun|zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf"
    r"|sei|sette|otto|nove|due|quattro|zero|um|dois|três|quatro|sete|oito)[\s,-]+){6,}[^\W\d_]{2,6}\b",
    re.IGNORECASE,
)
_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "TR", "BR", "AU", "JP", "KR", "RU", "SE")
"""Where a national number may be from. More regions find more and cost more."""

_ACCOUNT = (
    r"<account>(?:[ ](?:name|user|handle|id|account|username|am|auf|en|sur|su|for|add|me|my|the|tag|<link>))*"
    r"(?:[ \t:=：]+(?:<link>[ ]+)?|<link>["
    r" ]?)(?P<value>@?(?=[^\s@]*[\d_.])[A-Za-zА-я0-9][A-Za-zА-я0-9_.#-]{2,31}(?<![.-]))(?!\S*@)"
)
_NAMED_ACCOUNT = (
    r"<account>[ ]?(?:[:=：][ ]?|<link>[ ](?=\S*[-A-Z])(?-i:(?=\S*-|[a-z]+[A-Z])))"
    r"(?P<value>[A-Za-zА-я0-9][A-Za-zА-я0-9_.#-]{3,31}(?<![.-]))(?!\S*@)"
)
_OWN_ACCOUNT = (
    r"(?<!\S)(?P<value>(?=\S*[\d_.-])[A-Za-z0-9][A-Za-z0-9_.-]{2,31})"
    r" (?:is|es|est|ist|è|é|to) (?:my|mi|mon|mein|meine|il mio|o meu|meu|mijn|mój|mitt) <account>"
)
_SIGNED_IN = (
    r"(?:(?:snap|add|dm|follow|message|find|friend) me (?:at|on|as|@)"
    r"|(?:sign|log|logs|logged) ?(?:in|on) (?:with|as|using))"
    r" (?P<value>[A-Za-z0-9](?=\S*[\d_.])[A-Za-z0-9_.-]{2,31}(?<![.-]))"
)
_LIKE_ACCOUNT = re.compile(
    r"(?<![\w.@/=(\"'\[])(?=[\w.#-]{5,32}(?![\w(=\[]))(?:[A-Za-zА-я][\w-]*\.[a-z_]+[\w.]*"
    r"|[A-Za-zА-я0-9]+_[\w.]+|[A-Za-zА-я][A-Za-zА-я.-]{2,}\d{2,}[\w.]*"
    r"|[\w.-]{3,}#\d{4}|xX\w+Xx)(?<![.-])(?![\w(=@]|\.\w)"
)
"""Words such as only accounts are called, near a word for an account."""

_HANDLE = re.compile(r"(?<![\w.@/])(?P<value>@(?=\w*[a-z_])[\w.]{2,30})\b", re.IGNORECASE)
_NO_HANDLES = word_set(
    "@media @import @override @property @staticmethod @classmethod @app @pytest @dataclass @param "
    "@return @returns @test @font @keyframes @charset @supports @everyone @here @author @see @since "
    "@throws @deprecated @autowired @component @entity @gmail @id"
)
_OWN_PAGE = re.compile(
    r"\b(?:my|mein\w*|mi|mon|ma|meu|minha|mijn|moj\w*|мо\w+) (?:\w+ )?(?:portfolio|blog|website|web"
    r"|site|page|profile?|profil\w*|channel|linkedin|canal|kanal|página|seite|sito|сайт"
    r"|канал)\b[^\n]{0,20}?"
    r"(?P<value>(?:https?://|www\.)[^\s<>\"')]+)",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:linkedin\.com/(?:in|pub)/|instagram\.com/|facebook\.com/|fb\.com/"
    r"|tiktok\.com/@|snapchat\.com/add/|twitter\.com/|t\.me/|vk\.com/|youtube\.com/(?:@|c/|user/)"
    r"|github\.com/|gitlab\.com/|twitch\.tv/|roblox\.com/users/|steamcommunity\.com/id/"
    r"|scratch\.mit\.edu/users/|padlet\.com/|pinterest\.\w+/|soundcloud\.com/)[\w.%@-]{2,60}/?",
    re.IGNORECASE,
)
_USER_PAGE = re.compile(
    r"https?://[^\s<>\"')]+/(?:~|users?/|u/|profile/|people/|@)[\w.%-]{2,60}[^\s<>\"')]*", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?P<value>(?<![\d.])-?\d{1,2}\.\d{3,}\s?°?\s?[NSns]?\s?[,;/ ]\s?-?\d{1,3}\.\d{3,}(?:\s?°?\s?[EWOeow]\b)?"
    r"|\d{1,2}°\s?\d{1,2}['′]\s?[\d.]*[\"″]?\s?[NS][, ]+\d{1,3}°\s?\d{1,2}['′]\s?[\d.]*[\"″]?\s?[EWO])"
)
_OWN_PLACE = re.compile(
    r"\b(?:my|our|home|house|live|i['’]?m at|i am at|gps|location|mi|casa|vivo|maison|habite|mein"
    r"|zuhause|wohne|haus|mia|abito|moro|mijn|huis|woon|dom|мой|дом\w*|живу|evim\w*|pin|meet|come)\b|家"
    r"|집",
    re.IGNORECASE,
)
_FEWEST, _MOST = 7, 15
_NEAR = 50
_GROUPS = 2
_RUSSIAN = 11
"""Digits of a Russian number that is written with the 8 of long-distance calls."""


def find_emails(text: str) -> Iterator[Found]:
    """Find mail addresses."""
    if "@" in text:
        yield from (Found(match.start(), match.end(), "EMAIL") for match in _EMAIL.finditer(text))


def find_machines(text: str) -> Iterator[Found]:
    """Find addresses of machines, but no networks, masks and loopbacks: those are taught."""
    for match in (*_IP4.finditer(text), *(_IP6.finditer(text) if _MAY_BE_IP6.search(text) else ())):
        try:
            address = ip_address(match[0])
        except ValueError:
            continue
        is_taught = match[0].endswith((".0", ".255")) or bool(_HOUSE_NETWORK.match(match[0]))
        if not (address.is_loopback or address.is_unspecified or address.is_multicast or is_taught):
            yield Found(match.start(), match.end(), "IP")


def find_phones(text: str, book: Phrasebook) -> Iterator[Found]:
    """Find phone numbers that a label names, or that can exist as they are written."""
    yield from _phones(text, book, _PHONE_LABEL)


def find_spoken(text: str, book: Phrasebook) -> Iterator[Found]:
    """Find what only people write who talk of themselves: spelt addresses and numbers, accounts, pages, places."""
    if _SPELT_MARK.search(text):
        spelt = (match for match in _SPELT_EMAIL.finditer(text) if _is_spelt(match[0]))
        yield from (Found(match.start(), match.end(), "EMAIL") for match in spelt)
    yield from (Found(match.start(), match.end(), "PHONE") for match in _SPELT_PHONE.finditer(text))
    yield from _phones(text, book, _NUMBER_LABEL)
    yield from _accounts(text, book)
    yield from (Found(match.start("value"), match.end("value"), "URL") for match in _OWN_PAGE.finditer(text))
    yield from (
        Found(match.start(), match.end(), "URL") for page in (_PROFILE, _USER_PAGE) for match in page.finditer(text)
    )
    for match in _PLACE.finditer(text):
        if _OWN_PLACE.search(text[max(0, match.start() - 60) : match.end() + 40]):
            yield Found(match.start("value"), match.end("value"), "GEO")


def _accounts(text: str, book: Phrasebook) -> Iterator[Found]:
    for template in (_ACCOUNT, _NAMED_ACCOUNT, _OWN_ACCOUNT, _SIGNED_IN):
        for match in book.pattern(ANY, template).finditer(text):
            yield Found(match.start("value"), match.end("value"), "USERNAME")
    for match in _LIKE_ACCOUNT.finditer(text):
        near = text[max(0, match.start() - _NEAR) : match.start()] + " \n " + text[match.end() : match.end() + _NEAR]
        if book.pattern(ANY, "<account>").search(near):
            yield Found(match.start(), match.end(), "USERNAME")
    for match in _HANDLE.finditer(text):
        if match["value"].casefold().split(".")[0] not in _NO_HANDLES:
            yield Found(match.start("value"), match.end("value"), "USERNAME")


def _is_spelt(value: str) -> bool:
    """Whether an address has a spelt sign and an end such as a mail host has, so that `meet at noon. see` is none."""
    end = re.split(r"[^a-z]+", value.casefold().rstrip(")]} "))[-1]
    return bool(_SPELT_SIGN.search(value)) or end in _HOST_ENDS


def _phones(text: str, book: Phrasebook, label: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text) if _MAY_BE_PHONE.search(text) else ():
        value = match[0].rstrip()
        if not _FEWEST <= sum(letter.isdigit() for letter in value) <= _MOST or _NO_PHONE.match(value):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        if _ISBN.search(before):
            continue
        is_labelled = book.pattern(ANY, label).search(before) or _PHONE_AFTER.match(
            text[match.end() : match.end() + 12]
        )
        if is_labelled or _is_phone(value):
            yield Found(match.start(), match.start() + len(value), "PHONE")


def _is_phone(value: str) -> bool:
    """Whether a number is written as a phone number and is one that can exist."""
    is_abroad = value.startswith(("+", "00"))
    gaps = len(re.findall(r"[\s().-]+", value))
    is_long = value[0] == "8" and sum(letter.isdigit() for letter in value) == _RUSSIAN
    is_national = gaps >= _GROUPS or (gaps and (value[0] in "0(" or is_long))
    if not is_abroad and not is_national:
        return False
    import phonenumbers

    if is_abroad:
        try:
            return phonenumbers.is_possible_number(phonenumbers.parse(re.sub(r"^00", "+", value), None))
        except phonenumbers.NumberParseException:
            return False
    regions = _REGIONS if value[0] in "0(8" else _REGIONS[:1]
    return any(phonenumbers.is_valid_number(phonenumbers.parse(value, region)) for region in regions)
