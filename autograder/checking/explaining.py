"""Say in words what happened when a call gave no value, with the student's own lines and no others."""

import builtins
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from autograder.checking.blame import judge
from autograder.checking.failure import bounded
from autograder.language import phrase, say
from autograder.limits import Limits
from autograder.sandbox.outcome import Broke, Raised
from autograder.verdicts import Verdict

SHOWN_FRAMES = 3


@dataclass(frozen=True)
class Sources:
    """A submission's sources as the grader read them.

    texts: by the name that the worker runs them under ("softmax.py"). origins: the file that each came from.
    """

    texts: Mapping[str, str]
    origins: Mapping[str, str]

    def origin(self, name: str) -> str:
        """Return the student's own name for a source."""
        return self.origins.get(name, name)

    def is_notebook(self, name: str) -> bool:
        """Whether a source was made of a notebook's cells."""
        return self.origin(name).lower().endswith(".ipynb")

    def line(self, name: str, number: int) -> str:
        """Return one line of a source, or "" where there is none."""
        lines = self.texts.get(name, "").split("\n")
        return lines[number - 1].rstrip("\r") if 1 <= number <= len(lines) else ""

    def place(self, name: str, number: int) -> tuple[str, int]:
        """Return where a student finds a line: the file and the line; of a notebook, the cell and the line in it."""
        starts = _starts_of_cells(self.texts.get(name, "")) if self.is_notebook(name) else ()
        cell = bisect_right(starts, number)
        if not cell or starts[cell - 1] == number:
            return self.origin(name), number
        return say("{file}, cell {cell}", file=self.origin(name), cell=cell), number - starts[cell - 1]


# Asked for each frame of each failed check, of a source that may have a million lines.
@lru_cache(maxsize=4)
def _starts_of_cells(source: str) -> tuple[int, ...]:
    """Return the lines that intake marked cells with; a comment of the student's own does not count up."""
    starts: list[int] = []
    for at, line in enumerate(source.split("\n"), start=1):
        if line.startswith("# cell ") and line.rstrip("\r") == f"# cell {len(starts) + 1}":
            starts.append(at)
    return tuple(starts)


def explain(outcome: Raised | Broke, sources: Sources, limits: Limits, *, hidden: bool) -> tuple[Verdict, str]:
    """Return the verdict and the evidence; for a hidden check without the text of an exception."""
    verdict, sentence = judge(outcome, limits)
    if hidden:
        return verdict, _in_our_words(outcome, verdict)
    if not isinstance(outcome, Raised):
        return verdict, bounded(sentence)
    if outcome.syntax is not None:
        return verdict, bounded(_syntax_error(outcome, outcome.syntax, sources))
    if verdict is Verdict.NOT_IMPLEMENTED:
        return verdict, sentence
    lines = [sentence]
    for file, number, function in outcome.frames[-SHOWN_FRAMES:]:
        shown, its_line = sources.place(file, number)
        where = say("{file}, line {number}, in {function}", file=shown, number=its_line, function=function)
        lines.append(f"  {where}")
        lines.append(f"      {sources.line(file, number).strip()}")
    return verdict, bounded("\n".join(lines))


_IN_OUR_WORDS = {
    Verdict.NOT_IMPLEMENTED: phrase("not implemented yet"),
    Verdict.TIMED_OUT: phrase("the call ran out of time"),
    Verdict.MEMORY_EXCEEDED: phrase("more memory was used than there is"),
    Verdict.OUTPUT_EXCEEDED: phrase("too much was printed"),
    Verdict.FAILED: phrase("the function returned something that is neither numpy arrays nor numbers"),
}


def _in_our_words(outcome: Raised | Broke, verdict: Verdict) -> str:
    """Say what happened in a hidden check: a process that has seen its inputs chooses none of these words.

    Nor a place among them, since who has a thousand lines to raise on says ten bits of an input with each.
    """
    if verdict in _IN_OUR_WORDS:
        return say(_IN_OUR_WORDS[verdict])
    if not isinstance(outcome, Raised):
        return say("the process ended, or sent no valid result")
    known = getattr(builtins, outcome.type, None)
    kind = outcome.type if isinstance(known, type) and issubclass(known, BaseException) else say("an exception")
    return say("{kind} was raised (its text and its line are not shown for a hidden check)", kind=kind)


def _syntax_error(raised: Raised, place: tuple[str, int, int, int], sources: Sources) -> str:
    file, number, column, end = place
    line = sources.line(file, number)
    code = line.strip()
    # Columns count from 1 in the whole line; the line is shown without its indentation.
    start = max(0, column - 1 - (len(line) - len(line.lstrip())))
    width = max(1, min(end - column, len(code) - start))
    shown, its_line = sources.place(file, number)
    where = say("{file}, line {number}", file=shown, number=its_line)
    return "\n".join(
        [
            f"{raised.type}: {raised.message}",
            f"  {where}",
            f"      {code}",
            f"      {' ' * min(start, 100)}{'^' * min(width, 100)}",
        ]
    )
