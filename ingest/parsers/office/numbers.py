"""Numbers of lists as office programs write them: 1, 01, a, IV, ①, 三."""

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew1": "אבגדהוזחטיכלמנסעפצקרשת",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "ganada": "가나다라마바사아자차카타파하",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "chicago": "*†‡§",
}
_DIGITS = {"hindiNumbers": "٠١٢٣٤٥٦٧٨٩", "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙"}
_IDEOGRAPHS = "〇一二三四五六七八九"
_COUNTED = (
    *("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting"),
    *("japaneseDigitalTenThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital"),
    *("koreanCounting", "koreanDigital2"),
)
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle")
_LAST_CIRCLED = 20
_MOST_REPEATED = 8
"""Letters repeat past the alphabet (aa, bb); past so many times a plain number is clearer."""


def spell(number: int, how: str) -> str:
    """Write a number (0 or more) in a number format of ISO/IEC 29500-1, 17.18.59; in digits where it is not known."""
    if how in _ALPHABETS and number > 0:
        return _letters(number, _ALPHABETS[how])
    if how in {"lowerRoman", "upperRoman"}:
        return _roman(number) if how == "lowerRoman" else _roman(number).upper()
    if how in _COUNTED:
        return _ideographs(number)
    if how in _CIRCLED and 0 < number <= _LAST_CIRCLED:
        return chr(0x2460 + number - 1)
    return _digits(number, how)


def _digits(number: int, how: str) -> str:
    if how in _DIGITS:
        return "".join(_DIGITS[how][int(digit)] for digit in str(number))
    if how == "ordinal":
        ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return f"{number:02d}" if how == "decimalZero" else str(number)


def _letters(number: int, alphabet: str) -> str:
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1) if times < _MOST_REPEATED else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 5_000:
        return str(number)
    written = ""
    for value, letters in _ROMAN + _ROMAN_SMALL:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _ideographs(number: int) -> str:
    """Count to ninety-nine in words, as lists do; beyond that digit by digit."""
    if not 0 < number < 100:
        return "".join(_IDEOGRAPHS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    before = "" if tens < 2 else _IDEOGRAPHS[tens]
    return f"{before}{'十' if tens else ''}{_IDEOGRAPHS[ones] if ones else ''}"
