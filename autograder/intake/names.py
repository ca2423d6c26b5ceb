"""Names from outside: their encoding, a form safe to print, and a form safe as a file name."""

import unicodedata
from collections.abc import Sequence

_MAX_ID_BYTES = 100
_MAX_SOURCE_NAME = 200
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)}
)


def decode_name(raw: bytes) -> str:
    """Read a file name whose encoding nobody recorded: UTF-8, else GBK where it looks Chinese, else CP437.

    Nearly every pair of CP437 letters is valid GBK too, but as rare characters: a name is taken
    for GBK only when at least half of its characters are in the everyday set GB 2312.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        chinese = raw.decode("gbk")
    except UnicodeDecodeError:
        return raw.decode("cp437")
    foreign = [character for character in chinese if not character.isascii()]
    everyday = sum(_in_gb2312(character) for character in foreign)
    return chinese if 2 * everyday >= len(foreign) else raw.decode("cp437")


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def shown(text: str, width: int = 80) -> str:
    """`text` as one printable line: control, formatting and surrogate characters escaped, the rest cut."""
    head = text[: width + 1]
    escaped = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in head)
    return escaped if len(escaped) <= width else escaped[: width - 1] + "…"


def source_name(path: str) -> str:
    """`path` as the name of a source: what cannot be printed becomes U+FFFD; a long one keeps its end."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in path)
    return printable[-_MAX_SOURCE_NAME:]


def safe_ids(names: Sequence[str]) -> list[str]:
    """One file stem for each name, in the same order: letters and digits of any script, joined by "-".

    Stems are NFC, at most about 100 bytes, never reserved by Windows, and different from each
    other even where case is ignored. A name that is its own stem keeps it; clashes get "-2", "-3" …
    """
    stems = [_stem(name) for name in names]
    order = sorted(range(len(names)), key=lambda place: (stems[place] != names[place], names[place], place))
    taken: set[str] = set()
    following: dict[str, int] = {}
    for place in order:
        stem = stems[place]
        number = following.get(_folded(stem), 2)
        while _folded(stems[place]) in taken:
            stems[place] = f"{stem}-{number}"
            number += 1
        following[_folded(stem)] = number
        taken.add(_folded(stems[place]))
    return stems


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFC", stem.casefold())


def _stem(name: str) -> str:
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", name):
        category = unicodedata.category(character)
        follows_letter = bool(kept) and kept[-1] != "-"
        if category[0] == "L" or category == "Nd" or (category[0] == "M" and follows_letter):
            kept.append(character)
        elif follows_letter:
            kept.append("-")
    stem = "".join(kept).encode()[:_MAX_ID_BYTES].decode(errors="ignore").strip("-")
    return f"student-{stem}" if _folded(stem) in _RESERVED else stem or "student"
