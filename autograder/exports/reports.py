"""The reports that an export is made from: those in a folder of grades, or a single one."""

import os
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import AutograderError
from autograder.pages.neutral import neutralise
from autograder.report import Report, report_from_json

# The report of a submission of every room with every text is a tenth of this.
MOST_BYTES = 64 * 1024 * 1024


def read_reports(place: Path) -> tuple[Report, ...]:
    """Return the reports at `place`, by student: a folder that `grade` has written, a folder of reports, or one file.

    Raises `AutograderError`, which names the file, when there is none or one cannot be read.
    """
    if place.is_file():
        return (_read(place),)
    folder = place / "reports" if (place / "reports").is_dir() else place
    if not folder.is_dir():
        raise AutograderError(
            f"{place} is neither a folder nor a file; expected what `autograder grade -o` has written"
        )
    files = sorted(path for path in folder.glob("*.json") if path.is_file())
    if not files:
        raise AutograderError(
            f"{folder}{os.sep} holds no report (*.json); expected what `autograder grade -o` has written"
        )
    reports = [_read(file) for file in files]
    return tuple(sorted(reports, key=lambda each: (each.submission.student, each.submission.id)))


def _read(file: Path) -> Report:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise AutograderError(
            f"{file}: cannot be read ({error.strerror}); give yourself the right to read it"
        ) from None
    if len(data) > MOST_BYTES:
        raise AutograderError(f"{file}: is larger than {MOST_BYTES // 2**20} MiB, so it is no report")
    try:
        return report_from_json(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise AutograderError(f"{file}: is not UTF-8 text, so it is no report; grade the submission again") from None
    except AutograderError as error:
        raise AutograderError(f"{file}: {error}") from None


def handed_on(reports: Iterable[Report]) -> list[Report]:
    """Return the reports whose score is handed on: that of the attempt that counts, where there is a score."""
    return [report for report in reports if report.counts and report.score is not None and not is_lost(report)]


def is_lost(report: Report) -> bool:
    """Whether the grader failed before anything was graded: the score, 0, says nothing about the student then."""
    return bool(report.faults) and not report.exercises


def require_verified(reports: Iterable[Report], *, allow: bool) -> None:
    """Refuse to hand on scores that a student's own machine has told, unless they are allowed.

    Raises `AutograderError`, which names the first of them and the option that allows them.
    """
    unverified = [report for report in reports if not report.verified]
    if unverified and not allow:
        names = ", ".join(neutralise(report.submission.student, 40) for report in unverified[:3])
        more = f" and {len(unverified) - 3} more" if len(unverified) > 3 else ""
        raise AutograderError(
            f"not verified, but told by the student's own machine: {names}{more}. Grade their work here, or add"
            " --allow-unverified to hand these scores on as they are"
        )
