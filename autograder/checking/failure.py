"""The one exception that a check raises to say that an answer is wrong, and what it may point out."""

import textwrap
from dataclasses import dataclass

MAX_LINES = 10
MAX_COLUMNS = 110


@dataclass(frozen=True)
class Pattern:
    """A regularity in a wrong answer: `name` holds no numbers and is fit for hidden checks, `text` may."""

    name: str
    text: str


class CheckFailed(AssertionError):  # noqa: N818 - the name that check authors read
    """An answer is wrong, in words for the student; every text is bounded and holds no control characters.

    evidence: what was seen and what was expected, with numbers; for public checks only.
    safe_evidence: shape, dtype, count of NaN and relative error to one digit; for hidden checks.
    pattern: what the wrong numbers have in common, with numbers; for public checks only; may be empty.
    pattern_name: the same without numbers, for hidden checks; may be empty.
    """

    def __init__(self, evidence: str, *, safe_evidence: str = "", pattern: str = "", pattern_name: str = "") -> None:
        self.evidence = bounded(evidence)
        self.safe_evidence = bounded(safe_evidence)
        self.pattern = bounded(pattern)
        self.pattern_name = bounded(pattern_name)
        super().__init__("\n".join(filter(None, (self.evidence, self.pattern))))


def bounded(text: str) -> str:
    """Return `text` within 10 lines of 110 columns, each control character replaced by its escape."""
    # Cut first: the text may quote a megabyte that a student returned.
    lines = [part for line in text[: 2 * MAX_LINES * MAX_COLUMNS].split("\n") for part in _wrapped(line)]
    if len(lines) > MAX_LINES:
        lines[MAX_LINES - 1 :] = ["…"]
    return "\n".join(lines).rstrip()


def _wrapped(line: str) -> list[str]:
    if not line.isprintable():
        line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)
    if len(line) <= MAX_COLUMNS:
        return [line]
    return textwrap.wrap(line, MAX_COLUMNS, subsequent_indent="  ")
