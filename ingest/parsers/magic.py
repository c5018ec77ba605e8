"""First bytes of files: which picture it is, and what else it is that Margent does not read."""

OLD_OFFICE = (
    "This is a document of an old office program (such as .doc, .ppt or .xls). "
    "Open it there and save it as .docx, .pptx or PDF."
)
_RECORDING = "This is a recording. If it has captions, upload those: a .vtt or .srt file."
_ARCHIVE = (
    "This is an archive of a kind that Margent does not open. Pack the files as a ZIP, or upload them one by one."
)
_PHOTO = "This is a photo of a kind that Margent does not read. Save or send it as JPEG."
_PROGRAM = "This is a program, and no reading."
_RICH = "This is a rich text document. Open it in a word processor and save it as .docx or PDF."
_PRINT = "This is a file for printers. Save it as a PDF."
_BOOK = "This is a book of a kind that Margent does not read. Save it as EPUB or PDF."

_PICTURES = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""How long the second header of a bitmap may be, in bytes."""

_STRANGERS = (
    (0, b"\xd0\xcf\x11\xe0", OLD_OFFICE),
    (0, b"{\\rtf", _RICH),
    (0, b"\xffWPC", _RICH),
    (0, b"%!PS", _PRINT),
    (0, b"AT&TFORM", _BOOK),
    (60, b"BOOKMOBI", _BOOK),
    (0, b"ITSF\x03", _BOOK),
    (0, b"ID3\x02", _RECORDING),
    (0, b"ID3\x03", _RECORDING),
    (0, b"ID3\x04", _RECORDING),
    (0, b"\xff\xfb", _RECORDING),
    (0, b"\xff\xf3", _RECORDING),
    (0, b"\xff\xf1", _RECORDING),
    (0, b"OggS\x00", _RECORDING),
    (0, b"fLaC", _RECORDING),
    (0, b"\x1a\x45\xdf\xa3", _RECORDING),
    (0, b"\x30\x26\xb2\x75", _RECORDING),
    (0, b"FLV\x01", _RECORDING),
    (0, b"\x1f\x8b", _ARCHIVE),
    (0, b"7z\xbc\xaf", _ARCHIVE),
    (0, b"Rar!\x1a\x07", _ARCHIVE),
    (0, b"\xfd7zXZ", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (257, b"ustar", _ARCHIVE),
    (0, b"MZ\x90", _PROGRAM),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"II+\x00", _PHOTO),
    (0, b"8BPS\x00", _PHOTO),
)
"""Where in a file which bytes stand, and what that says to a person."""

_PHOTO_BRANDS = {b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif"}


def find_picture(head: bytes) -> str:
    """Give the media type of a picture, by its first bytes; empty for what is none."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    # the letters alone begin many a text
    if head[:2] == b"BM" and head[6:10] == bytes(4) and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS:
        return "image/bmp"
    return next((kind for magic, kind in _PICTURES if head.startswith(magic)), "")


def find_stranger(head: bytes) -> str:
    """Say what a file of a kind that Margent does not read is, and what to do; empty for any other."""
    if head[:4] == b"RIFF" and head[8:12] in {b"WAVE", b"AVI "}:
        return _RECORDING
    if head[:1] == b"\x00" and head[4:8] == b"ftyp":
        return _PHOTO if head[8:12] in _PHOTO_BRANDS else _RECORDING
    return next((words for at, magic, words in _STRANGERS if head.startswith(magic, at)), "")
