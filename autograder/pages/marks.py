"""The small pieces that pages are made of: words and signs for verdicts, points, percentages, bars."""

from rich.text import Text

from autograder.language import phrase
from autograder.pages.neutral import neutralise
from autograder.verdicts import Verdict

SIGNS = {
    Verdict.PASSED: ("✓", phrase("passed"), "green"),
    Verdict.FAILED: ("✗", phrase("failed"), "red"),
    Verdict.NOT_IMPLEMENTED: ("○", phrase("not written yet"), "dim"),
    Verdict.CRASHED: ("✗", phrase("raised an error"), "red"),
    Verdict.TIMED_OUT: ("✗", phrase("ran out of time"), "red"),
    Verdict.MEMORY_EXCEEDED: ("✗", phrase("ran out of memory"), "red"),
    Verdict.OUTPUT_EXCEEDED: ("✗", phrase("printed too much"), "red"),
    Verdict.SKIPPED: ("–", phrase("not run"), "dim"),
    Verdict.GRADER_FAULT: ("!", phrase("grader fault: costs you nothing"), "bold magenta"),
}


def plain_text(text: str, limit: int = 200, style: str = "") -> Text:
    """Return text from anywhere as something rich shows letter by letter: no markup, no escapes."""
    return Text(neutralise(text, limit), style=style)


def points(value: float) -> str:
    """Return points as a person writes them: 5, 2.5, 0."""
    return f"{value:z.2f}".rstrip("0").rstrip(".")


def percent(earned: float, most: float) -> str:
    """Return a whole percentage, 100 only for full marks and 0 only for none; `–` for nothing to earn."""
    if most <= 0:
        return "–"
    share = 100 * earned / most
    return str(_between_ends(round(share), full=share >= 100 - 1e-9, none=share <= 0, most=100))


def bar(earned: float, most: float, width: int) -> Text:
    """Return a bar that can be read without colour; full only for full marks and empty only for none."""
    share = min(max(earned / most, 0.0), 1.0) if most > 0 else 0.0
    cells = _between_ends(round(share * width), full=share >= 1 - 1e-9, none=share <= 0, most=width)
    return Text.assemble(("█" * cells, colour(earned, most)), ("░" * (width - cells), "dim"))


def colour(earned: float, most: float) -> str:
    """Return the style for a mark: green for full, red for none, yellow between, dim for nothing to earn."""
    if most <= 0:
        return "dim"
    if earned >= most - 1e-9 * most:
        return "green"
    return "yellow" if earned > 0 else "red"


def _between_ends(value: int, *, full: bool, none: bool, most: int) -> int:
    if full or none:
        return most if full else 0
    return min(max(value, 1), most - 1)
