"""Make text from a submission safe to show: it cannot command a terminal, reorder a line or hide in one."""

import unicodedata

from autograder.language import say

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # Persian and Indic names are misspelt without them


def neutralise(text: str, limit: int) -> str:
    """Return `text` on one line of at most `limit` characters, what cannot be seen written as an escape.

    Control characters (so terminal escapes and newlines too), bidirectional overrides, other format
    characters and lone surrogates become `\\x1b`, `\\n`, `\\u202e` and the like; a cut is marked by `…`.
    Rich markup is left as it is: show the result in a `rich.text.Text`, never in a string that rich parses.
    """
    shown: list[str] = []
    length = 0
    cut = text[: limit + 1]  # every character gives at least one, so the rest cannot matter
    for index, character in enumerate(cut):
        piece = character if _is_visible(cut, index) else _escape(character)
        shown.append(piece)
        length += len(piece)
        if length > limit:
            return _shorten(shown, limit)
    return "".join(shown)


def neutral_lines(text: str, limit: int, most: int) -> list[str]:
    """Return at most `most` lines of `text`, each neutralised; the last says how many were left out."""
    lines = text.strip("\r\n").split("\n") if text.strip() else []
    kept = [neutralise(line.rstrip("\r")[: limit + 1].expandtabs(4), limit) for line in lines[:most]]
    left_out = len(lines) - most
    return kept if left_out <= 0 else [*kept[:-1], say("… and {n} more lines", n=left_out + 1)]


def _is_visible(text: str, index: int) -> bool:
    character = text[index]
    if character in _JOINERS:
        return 0 < index < len(text) - 1 and all(
            unicodedata.category(text[beside])[0] in "LM" for beside in (index - 1, index + 1)
        )
    return unicodedata.category(character) not in _HIDDEN


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _shorten(pieces: list[str], limit: int) -> str:
    """Return whole pieces only: half an escape would read as something else."""
    length = sum(len(piece) for piece in pieces)
    while pieces and length > limit - 1:
        length -= len(pieces.pop())
    return ("".join(pieces) + "…")[: max(limit, 0)]
