"""Notebook cells as plain Python: lines that only IPython understands are blanked, and no line moves.

A line is judged only where a statement can begin, so a "%" that continues an expression and a "!" inside
a string stay. That is found with a small scan for brackets, quotes and backslashes; nothing is parsed.
"""

import re
from typing import NamedTuple

from autograder.intake.names import shown
from autograder.language import say

_CELL_MAGICS_AROUND_PYTHON = frozenset({"capture", "check", "prun", "time"})
# The lines of our own notebooks; nobody has to be told that they are no part of an answer.
_OURS = re.compile(r"%%?(?:check|hint|points)\b|%(?:re)?load_ext\s+autograder\s*\Z|%env\s+AUTOGRADER_LANG\b")
_MAGIC = re.compile(
    r"""
      [%!?]                                               # %matplotlib inline, !ls, ?np.dot
    | (?:pip3?|conda|mamba)\s+(?:install|uninstall)\b     # IPython lends these their "%"
    | [^\W\d][\w.,\ \[\]]*+=\s*[%!]                       # files = !ls
    | [%\w.*\[\]]++\s*\?{1,2}\s*\Z                        # np.dot?
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(r"""\#|'{3}|"{3}|['"(\[{)\]}]""")
_TO_CLOSE = {
    quote: re.compile(rf"(?:[^\\{quote[0]}]|\\.|{quote[0]}(?!{quote[1:]}))*+{quote}" if len(quote) == 3
                      else rf"(?:[^\\{quote}]|\\.)*+{quote}")
    for quote in ("'", '"', "'''", '"""')
}  # fmt: skip


class _Place(NamedTuple):
    """Where a scan is between two lines: the open quote, the depth of brackets, a backslash before."""

    quote: str = ""
    depth: int = 0
    continued: bool = False

    @property
    def begins_statement(self) -> bool:
        return self == ("", 0, False)


def plain_python(text: str) -> tuple[str, list[str]]:
    """A code cell without its magics, with as many lines as before, and what was dropped.

    A dropped line is left blank; in an indented block it becomes `pass`, so that the block is never empty.
    """
    lines = _without_indent(text.split("\n"))
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        magic = lines[first][2:].split(maxsplit=1)
        name = magic[0] if magic else ""
        if name not in _CELL_MAGICS_AROUND_PYTHON:
            return "\n" * (len(lines) - 1), [say("dropped the whole cell, which is %%{name}", name=shown(name, 40))]
        dropped = _told(lines[first])
        lines[first] = ""
    else:
        dropped = []
    return _without_line_magics(lines, dropped), dropped


def _without_line_magics(lines: list[str], dropped: list[str]) -> str:
    place = _Place()
    in_magic = False
    for number, line in enumerate(lines):
        if not line and not in_magic and place.begins_statement:
            continue
        statement = line.lstrip()
        if in_magic or (place.begins_statement and _MAGIC.match(statement)):
            lines[number] = "" if in_magic else _blank_for(line)
            if not in_magic:
                dropped += _told(statement)
            in_magic = line.endswith("\\")
        else:
            place = _after(line, place)
    return "\n".join(lines)


def _told(line: str) -> list[str]:
    return [] if _OURS.match(line) else [say("dropped the line {line}", line=shown(line, 60))]


def _without_indent(lines: list[str]) -> list[str]:
    """IPython takes the first line's indentation off every line of a cell that was pasted from a block."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return [line.removeprefix(indent) for line in lines]


def _blank_for(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass" if indent else ""


def _after(line: str, place: _Place) -> _Place:
    """The scan's place after one more line."""
    quote, depth, start = place.quote, place.depth, 0
    while True:
        if quote:
            closed = _TO_CLOSE[quote].match(line, start)
            if closed is None:
                break
            quote, start = "", closed.end()
        token = _TOKEN.search(line, start)
        if token is None or token[0] == "#":
            return _Place("", depth, token is None and line.endswith("\\"))
        start = token.end()
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth = max(0, depth - 1)
        else:
            quote = token[0]
    survives = len(quote) == 3 or line.endswith("\\")
    return _Place(quote if survives else "", depth, continued=False)
