"""Tables in Markdown, for the pages of docs/ that a command writes."""

from collections.abc import Iterable, Sequence

from autograder.audit.calibrating import Calibration
from autograder.course.rows import Coverage


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar in a cell does not end it."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def calibration_table(calibrations: Iterable[Calibration]) -> str:
    """Return a line for each bar of a capstone: what the reference reaches, and how far beyond the bar that is."""
    heading = ["capstone", "trial", "metric", "seeds", "mean", "worst", "bar", "margin"]
    return table(heading, [_calibration(each) for each in calibrations])


def _calibration(each: Calibration) -> list[str]:
    bar = f"{'at most' if each.bar.is_most else 'at least'} {each.bar.value:.4g}{' on average' * each.bar.on_average}"
    numbers = [f"{value:.4g}" for value in (each.mean, each.worst)]
    margin = f"{each.margin:.3g}" if each.holds else f"**{each.margin:.3g}**"
    return [each.capstone, each.trial, each.metric.replace("_", " "), str(len(each.seen)), *numbers, bar, margin]


def coverage_table(coverage: Coverage, language: str) -> str:
    """Return a line for each row of the notes: where it stands, what it says, and what covers it."""
    heading = {
        "en": ["row", "section", "idea", "kind", "covered by"],
        "zh": ["编号", "小节", "内容", "类型", "对应的练习"],
    }
    lines = [
        [row.id, row.section, row.idea[language], row.kind, ", ".join(coverage.covered_by[row.id]) or "–"]
        for row in coverage.rows
    ]
    return table(heading[language], lines)
