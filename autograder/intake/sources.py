"""The text of a `.py` file, decoded as Python itself would, without running, importing or parsing it."""

import codecs
import re
from encodings import normalize_encoding
from encodings.aliases import aliases

from autograder.intake.names import shown
from autograder.intake.refusals import UnreadableError
from autograder.language import phrase, say

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]{1,40})")
_BLANK_OR_COMMENT = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_LINE_END_MARK = re.compile(r"_(?:unix|dos|mac)$")
_ADVICE = phrase("save the file as UTF-8")

# A closed list: escape codecs and punycode let a coding line hide code or cost quadratic time,
# and a look-up of any other name would import a module that the student chose.
_CODECS = frozenset(
    {"ascii", "utf_8", "utf_8_sig", "latin_1", "koi8_r", "koi8_u", "mac_roman", "cp437", "cp850", "cp866"}
    | {
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "big5hkscs",
        "cp950",
        "shift_jis",
        "cp932",
        "euc_jp",
        "euc_kr",
        "cp949",
    }
    | {f"iso8859_{part}" for part in range(2, 17) if part != 12}  # part 12 was given up
    | {f"cp125{page}" for page in range(9)}
)


def decode_source(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Turn the bytes of a `.py` file into text with "\\n" line ends, and notes on what was unusual.

    A byte order mark (UTF-8, UTF-16) is honoured, then a coding line (PEP 263), else UTF-8 is expected.

    Raises
    ------
    UnreadableError : unknown or contradictory coding, bytes that do not fit it, or NUL bytes.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16", say("its byte order mark says UTF-16"))
        note = say("was UTF-16, which Python itself does not run; {advice}", advice=say(_ADVICE))
        return checked_text(text), (note,)
    marked = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    declared = _declared_coding(data)
    codec = "utf_8" if declared is None else _known_codec(declared)
    if marked and codec != "utf_8":
        raise _unreadable(
            "starts with the mark of UTF-8 but its coding line says {declared!r}; {advice}", declared=declared
        )
    why = (
        say("it has no coding line, so UTF-8 is expected")
        if declared is None
        else say("its coding line says {declared!r}", declared=declared)
    )
    return checked_text(_decoded(data, codec, why)), ()


def checked_text(text: str) -> str:
    """`text` with "\\n" line ends; UnreadableError where it could be neither source nor part of a report."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise _unreadable("holds a NUL character in line {line}, which no Python source may; {advice}", line=line)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise _unreadable("holds half a surrogate pair in line {line}; {advice}", line=line) from None
    return text


def _declared_coding(data: bytes) -> str | None:
    first, _, rest = data.partition(b"\n")
    lines = [first]
    if _BLANK_OR_COMMENT.match(first):
        lines.append(rest.partition(b"\n")[0])
    for line in lines:
        found = _CODING.match(line)
        if found:
            return found[1].decode("ascii")
    return None


def _known_codec(declared: str) -> str:
    name = _LINE_END_MARK.sub("", normalize_encoding(declared).lower())
    codec = aliases.get(name, name)
    if codec not in _CODECS:
        raise _unreadable("its coding line says {declared!r}, which is not read; {advice}", declared=shown(declared))
    return "utf_8" if codec == "utf_8_sig" else codec


def _decoded(data: bytes, codec: str, why: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        seen = data[error.start]
        raise _unreadable(
            "byte 0x{seen:02x} in line {line} does not decode ({why}); {advice}, or name its encoding in line 1",
            seen=seen,
            line=line,
            why=why,
        ) from None


def _unreadable(template: str, **values: object) -> UnreadableError:
    return UnreadableError(say(template, advice=say(_ADVICE), **values))
