"""The one exception that a check raises to say that an answer is wrong, and what it may point out."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.language import cells

MAX_LINES = 12
MAX_COLUMNS = 110


@dataclass(frozen=True)
class Pattern:
    """A regularity in a wrong answer: `name` holds no numbers and is fit for hidden checks, `text` may.

    fact: what may stand beside a cause that is known; without the question it would raise, and mostly empty.
    """

    name: str
    text: str
    fact: str = ""


class CheckFailed(AssertionError):  # noqa: N818 - the name that check authors read
    """An answer is wrong, in words for the student; every text is bounded and holds no control characters.

    evidence: what was seen and what was expected, with numbers; for public checks only.
    safe_evidence: shape, dtype, count of NaN and relative error to one digit; for hidden checks.
    pattern: what the wrong numbers have in common, with numbers; for public checks only; may be empty.
    pattern_name: the same without numbers, for hidden checks; may be empty.
    pattern_fact: what of the pattern may stand beside a cause that is known; may be empty.
    """

    def __init__(
        self,
        evidence: str,
        *,
        safe_evidence: str = "",
        pattern: str = "",
        pattern_name: str = "",
        pattern_fact: str = "",
    ) -> None:
        self.evidence = bounded(evidence)
        self.safe_evidence = bounded(safe_evidence)
        self.pattern = bounded(pattern)
        self.pattern_name = bounded(pattern_name)
        self.pattern_fact = bounded(pattern_fact)
        super().__init__("\n".join(filter(None, (self.evidence, self.pattern))))


def bounded(text: str) -> str:
    """Return `text` within 12 lines of 110 columns, each control character replaced by its escape."""
    # Cut first: the text may quote a megabyte that a student returned.
    lines = [part for line in text[: 2 * MAX_LINES * MAX_COLUMNS].split("\n") for part in _wrapped(line)]
    if len(lines) > MAX_LINES:
        lines[MAX_LINES - 1 :] = ["…"]
    return "\n".join(lines).rstrip()


def _wrapped(line: str) -> list[str]:
    if not line.isprintable():
        line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)
    if cells(line) <= MAX_COLUMNS:
        return [line]
    if len(line) == cells(line):
        return textwrap.wrap(line, MAX_COLUMNS, subsequent_indent="  ")
    return list(_wrapped_anywhere(line))


# What may not be parted: a run of narrow characters, or a wide one and the marks that must not begin a line.
_UNIT = re.compile(r"[!-~]+|.[，。；：、？！）」』》”’]*", re.DOTALL)


def _wrapped_anywhere(line: str) -> Iterator[str]:
    """Yield a line of Chinese, which has no spaces to break at, in lines that fit."""
    shown = ""
    for unit in _UNIT.findall(line):
        for piece in textwrap.wrap(unit, MAX_COLUMNS - 2) if cells(unit) > MAX_COLUMNS - 2 else [unit]:
            if cells(shown + piece) > MAX_COLUMNS:
                yield shown.rstrip()
                shown = "  "
            shown += piece
    yield shown
