"""An exporter for `nbgrader export` whose CSV survives every name.

nbgrader's own puts no quotes around anything, so a comma in a name moves all that follows into the wrong column. Use

    nbgrader export --exporter autograder.exports.nbgrader_plugin.QuotedCsvExporter --to grades.csv
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.atomic import write_atomically
from autograder.exports.cells import text_cell
from autograder.exports.shown import decimal

try:
    from nbgrader.api import MissingEntry
    from nbgrader.plugins import ExportPlugin
except ImportError:
    raise ImportError("this is for nbgrader; to get it: pip install 'deepnet-autograder[nbgrader]'") from None

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


class QuotedCsvExporter(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Writes nbgrader's columns as RFC 4180 has it, in UTF-8 with the byte order mark that Excel needs.

    A cell that a spreadsheet would take for a formula has an apostrophe before it. Like nbgrader's own exporter, it has
    a row for each student and assignment, with 0 where nothing was handed in. The file appears whole or not at all.
    """

    def export(self, gradebook: Any) -> None:
        """Write the file that `--to` names, grades.csv by default.

        Raises
        ------
        AutograderError : the file could not be written.
        """
        text = io.StringIO(newline="")
        rows = csv.writer(text, lineterminator="\r\n")
        rows.writerow(COLUMNS)
        rows.writerows(self._rows(gradebook))
        place = Path(self.to or "grades.csv")
        write_atomically(place, text.getvalue().encode("utf-8-sig", "backslashreplace"))
        self.log.info("Wrote %s", place)

    def _rows(self, gradebook: Any) -> Iterator[list[str]]:
        assignments, students = {str(each) for each in self.assignment}, {str(each) for each in self.student}
        for assignment in gradebook.assignments:
            for student in gradebook.students if not assignments or assignment.name in assignments else ():
                if not students or student.id in students:
                    yield _row(gradebook, assignment, student)


def _row(gradebook: Any, assignment: Any, student: Any) -> list[str]:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
        when, raw, penalty = submission.timestamp, submission.score, submission.late_submission_penalty
    except MissingEntry:
        when, raw, penalty = None, 0.0, 0.0
    texts = [
        assignment.name,
        assignment.duedate,
        when,
        student.id,
        student.last_name,
        student.first_name,
        student.email,
    ]
    numbers = [raw, penalty, max(0.0, raw - penalty), assignment.max_score]
    return [text_cell("" if each is None else str(each)) for each in texts] + [decimal(each) for each in numbers]
