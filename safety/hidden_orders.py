"""Finds orders that are hidden from people: in markup, in invisible letters, in encodings."""

import base64
import binascii
import codecs
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

_TURN = (
    r"<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|eot_id)\|?>|\[/?INST\]|<</?SYS>>",
    r"\"role\"\s*:\s*\"(?:system|assistant|developer)\"",
    r"(?:user|system)\W{1,3}m\W{0,6}e?ssage\W{1,3}termin",
    r"system\W{1,6}(?:annou\W{0,3}nc\w*|i\W{0,3}nstructions?)\W{1,4}(?:begin|start)",
    r"(?:begin|end|start) (?:of )?(?:new )?(?:system|hidden|secret|admin|user) (?:prompt|instructions?|message|input)",
    r"end of (?:document|context|text|reading|user input)\W",
)
_STYLE = (
    r"font-size\s*:\s*0|display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?!\.\d*[1-9])|"
    r"color\s*:\s*(?:white|#f{3,6}\b|transparent)"
)
_NAMED = (
    r"(?:^|[\n(\[.>])\s*(?:the )?(?:summari[sz]er|(?:auto)?grader|assistant|tutor|bot|ai|model|chatbot|"
    r"corrector automático|correcteur automatique|korrektor)\s*[:,]\s+\w"
)
_TOOL = (
    r"<(?:tool|function)[_ ]?(?:calls?|use)>|[{,]\s*\"(?:tool|function|action)(?:_?(?:calls?|name|use)s?)?\"\s*:|"
    r"\[\[?(?:call|tool|run|exec)\s*[:(]|\b(?:tool|function)_call\b|action input\s*:"
)
_CALL = (
    r"\b(?:send|write|delete|update|post|forward|grant|export|set|get|read|upload|memory|email|grades?)"
    r"[._]\w+\(\s*(?:\w+\s*=|[\"'{])"
)
_MARKUP = (
    ("fake_turn", 0.62, "|".join(_TURN)),
    (
        "fake_role",
        0.5,
        r"(?:^|\n|[>\]*#])\s*(?:#{1,4} ?)?(?:system|developer|admin)(?: (?:prompt|message|note))?\s*[:\]]\s*\S",
    ),
    ("fake_tag", 0.5, r"</?(?:system|instructions?|sys|system_prompt|assistant|developer|admin)>"),
    (
        "vocative",
        0.5,
        _NAMED,
    ),
    (
        "fake_steps",
        0.62,
        r"\b(?:thought|observation|action)\s*:[^\n]{0,200}\n\s*(?:thought|observation|action)\s*:|```\s*tool",
    ),
    (
        "call",
        0.35,
        _CALL,
    ),
    ("fake_speaker", 0.5, r"(?:^|\n)\s*(?:human|assistant|user|ai|bot)\s*:\s*\S"),
    (
        "broken_line",
        0.5,
        r"(?:\\+\s?n\s*)+\W{0,3}(?:instruction|order|command|system|generate|generier|blame|say|write|ignore|task)",
    ),
    (
        "new_order",
        0.5,
        r"[?.!]\s+(?:new |additional |next )?(?:instruction|order|command|task|directive)\s*[:\-–]\s*\w",
    ),
    ("hidden_style", 0.55, _STYLE),
    (
        "hidden_comment",
        0.5,
        r"<!--(?:(?!-->)[\s\S]){0,400}?\b(?:ai|assistant|model|llm|gpt|ignore|instruction|prompt)\b",
    ),
    ("leaking_image", 0.62, r"!\[[^\]]{0,80}\]\(\s*https?://[^)\s]{3,200}(?:\?|%7b|\{|\$|<)[^)]{0,200}\)?"),
    ("leaking_link", 0.62, r"https?://\S{3,120}[?&]\w{1,12}=\s*(?:\{|\[|<|\$|%7b)\s*\w+"),
    ("tool_call", 0.62, _TOOL),
    (
        "bracketed",
        0.3,
        r"[\[({<]{1,3}\s*(?:note|system|hidden|instruction|attention|important|ai|to)[^\])}>\n]{10,400}[\])}>]",
    ),
)
_TAG = re.compile("[\U000e0020-\U000e007e]")
_BASE64 = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,4000}={0,2}(?![\w+/=])")
_HEX = re.compile(r"(?<![0-9a-f])(?:(?:0x|\\x|%)?[0-9a-f]{2}[\s,:]?){10,2000}(?![0-9a-f])", re.IGNORECASE)
_BITS = re.compile(r"(?<![01])(?:[01]{8}\s?){6,500}(?![01])")
_CIPHER = re.compile(
    r"\b(?:rot-? ?13|caesar|cipher|decod|decrypt|encod)|\b(?:vtaber|cerivbhf|vafgehpgvbaf|flfgrz|cebzcg)\b"
)
_BACKWARDS = re.compile(r"backwards?|revers|\b(?:erongi|snoitcurtsni|tpmorp|metsys|suoiverp|lla)\b")
_LEET = re.compile(r"\b(?=\w*[a-zA-Z])\w*[013457]\w*\b(?:\W+\w+){0,2}\W+(?=\w*[a-zA-Z])\w*[013457]")
_LEET_TABLES = (str.maketrans("013457@$", "oieastas"), str.maketrans("013457@$", "oleastas"))
_PIECE = re.compile(r"[\"'“‘]([^\"'“”‘’\n]{1,60})[\"'”’]")
_SUM = re.compile(r"\+|\b(?:concat|join|combine|put together|append|glue|merge|stick)", re.IGNORECASE)
_LONGEST = 20_000
"""Letters of a text that ciphers over the whole of it are tried on."""


def markup_signs(text: str) -> Iterator[tuple[str, float]]:
    """Yield the family and weight of each piece of markup that plays a turn, hides words or leaks."""
    for kind, weight, pattern in _MARKUP:
        if re.search(pattern, text, re.IGNORECASE):
            yield kind, weight
    if _TAG.search(text):
        yield "invisible", 0.62


def revealed(text: str) -> Iterator[str]:
    """Yield what a text says when its encoded pieces are decoded: tag letters, base64, hex, bits, entities, ciphers."""
    tags = "".join(chr(ord(letter) - 0xE0000) for letter in _TAG.findall(text))
    if tags:
        yield tags
    for found in _BASE64.finditer(text):
        yield from _base64(found[0])
    for found in _HEX.finditer(text):
        digits = re.sub(r"0x|\\x|[%\s,:]", "", found[0], flags=re.IGNORECASE)
        yield from _readable(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    for found in _BITS.finditer(text):
        bits = found[0].replace(" ", "").replace("\n", "")
        yield from _readable(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)))
    yield from (other for other in (html.unescape(text), unquote(text)) if other != text)
    yield from _pieced(text)
    part = text[:_LONGEST]
    if _LEET.search(part):
        yield from (part.translate(table) for table in _LEET_TABLES)
    if _CIPHER.search(part.casefold()):
        yield codecs.encode(part, "rot13")
    if _BACKWARDS.search(part.casefold()):
        yield part[::-1]


def _pieced(text: str) -> Iterator[str]:
    """Yield the quoted pieces of a text put together, if it adds them up."""
    pieces = _PIECE.findall(text)
    if len(pieces) > 1 and _SUM.search(text):
        yield "".join(pieces)
        yield " ".join(pieces)


def _base64(run: str) -> Iterator[str]:
    padded = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        yield from _readable(base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True))
    except binascii.Error:
        return


def _readable(raw: bytes) -> Iterator[str]:
    """Yield the bytes as text if they are one."""
    text = raw.decode("utf-8", errors="replace")
    if sum(letter.isalpha() or letter in " .,;:!?'\n" for letter in text) > 0.85 * len(text):
        yield text
