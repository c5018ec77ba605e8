"""Letters that are set in fonts of pictures: what people see where the file says another letter."""

_GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
)
_SYMBOL = {
    **dict(zip(range(0xA2, 0xAF), "′≤⁄∞ƒ♣♦♥♠↔←↑→", strict=True)),
    **dict(zip(range(0xAF, 0xBD), "↓°±″≥×∝∂•÷≠≡≈…", strict=True)),
    **dict(zip(range(0xC4, 0xD2), "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇", strict=True)),
    **dict(zip(range(0xD5, 0xDF), "∏√⋅¬∧∨⇔⇐⇑⇒", strict=True)),
    **dict(zip(bytes.fromhex("E5F22224272A2D405E7E"), "∑∫∀∃∋∗−≅⊥∼", strict=True)),
}
"""The upper half of Adobe's Symbol font, and what differs from ASCII in the lower one."""

_WINGDINGS = dict(zip(bytes.fromhex("4A4C6C6E71A7A8D8DFE0E1E2E8F0FBFCFDFE"), "☺☹●■❑▪☐➢←→↑↓➔⇨✗✓☒☑", strict=True))
_PRIVATE = range(0xF000, 0xF100)
"""Where such letters stand in Unicode: 0xF000 and the letter's place in the font."""


def read_symbol(text: str, font: str | None, *, is_code: bool = False) -> str:
    """Give text set in a font as people see it; `is_code` says that the text is one letter's hexadecimal number."""
    if is_code:
        text = _letter(text)
    name = (font or "").lower()
    if name == "symbol":
        return "".join(_of_symbol(letter) for letter in text)
    if name.startswith(("wingdings", "webdings")):
        return "".join(_WINGDINGS.get(_place(letter), "") if name == "wingdings" else "" for letter in text)
    return text


def _letter(code: str) -> str:
    try:
        letter = chr(int(code[:5], 16))
    except ValueError:
        return ""
    return letter if letter.isprintable() or ord(letter) in _PRIVATE else ""


def _of_symbol(letter: str) -> str:
    place = _place(letter)
    return _SYMBOL.get(place) or (chr(place).translate(_GREEK) if place < 0x7F else letter)


def _place(letter: str) -> int:
    return ord(letter) - _PRIVATE.start if ord(letter) in _PRIVATE else ord(letter)
