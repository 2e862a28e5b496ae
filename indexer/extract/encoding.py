"""In which encoding is a text written? Its byte order mark, else UTF-8, else what it declares, else Windows-1252."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096
SOUND = 10  # letters of several bytes for each spoilt one: chance alone makes next to none in another encoding
_TEXT_CODECS = frozenset(("utf_7", "idna", "punycode"))


def decoded(data: bytes) -> str:
    """The text of a file. Never raises: what no encoding can read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in ("utf-8", declared(data)):
        try:
            if encoding:
                return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _almost_utf8(data) or data.decode("windows-1252", "replace")


def _almost_utf8(data: bytes) -> str:
    """UTF-8 with a few bytes spoilt, such as a text cut in mid letter; "" when it is something else."""
    text = data.decode("utf-8", "replace")
    spoilt = text.count("\ufffd")
    letters = sum(not letter.isascii() for letter in text) - spoilt
    return text if letters >= SOUND * spoilt else ""


def declared(data: bytes) -> str:
    """The encoding an HTML or XML text names near its start, "" when it names none that is known."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    if not match:
        return ""
    try:
        codec = codecs.lookup(match[1].decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return ""
    # Bytes-to-bytes codecs (base64, zip) are no encodings, and Latin-1 on the web means Windows-1252.
    if not codec._is_text_encoding or codec.name in _TEXT_CODECS:
        return ""
    return "windows-1252" if codec.name in ("iso8859-1", "ascii") else codec.name
