"""`nbgrader export` with our exporter: every name comes back as it was, and no cell is a formula."""

import csv
import subprocess
import sys

import pytest
from nbgrader_course import FULL, ROOMS, WRONG, Taught, api

pytestmark = pytest.mark.slow
EXPORTER = "autograder.exports.nbgrader_plugin.QuotedCsvExporter"


def test_names_survive_and_formulas_do_not(taught: Taught) -> None:
    """Commas, quotes, line ends, Chinese and what a spreadsheet would run; a row a student and assignment."""
    with api(taught.root).gradebook as gradebook:
        gradebook.add_student("zoë", last_name='O"Neil,\nJr.', first_name="=1+1", email="@SUM(A1)")
        gradebook.find_student(FULL).last_name = "Lovelace, Countess"
        gradebook.find_submission_notebook(ROOMS[0], ROOMS[0], WRONG).late_submission_penalty = 1.25
        gradebook.db.commit()
    command = [sys.executable, "-m", "nbgrader", "export", f"--exporter={EXPORTER}", "--to=out.csv"]
    done = subprocess.run(command, cwd=taught.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    data = (taught.root / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert all(None not in row and None not in row.values() for row in rows)
    found = {(row["student_id"], row["assignment"]): row for row in rows}
    assert len(rows) == len(found) == 4 * len(ROOMS)
    wang = found[WRONG, ROOMS[0]]
    assert (wang["raw_score"], wang["late_submission_penalty"], wang["score"], wang["max_score"]) == (
        "17", "1.25", "15.75", "20",
    )  # fmt: skip
    assert wang["timestamp"] == "2026-11-20 08:24:20.797123"
    zoe = found["zoë", ROOMS[0]]
    assert (zoe["last_name"], zoe["first_name"], zoe["email"]) == ('O"Neil,\nJr.', "'=1+1", "'@SUM(A1)")
    assert (zoe["score"], zoe["timestamp"]) == ("0", "")
    assert found[FULL, ROOMS[1]]["last_name"] == "Lovelace, Countess"


def test_one_student_of_one_assignment(taught: Taught) -> None:
    """nbgrader's own options choose the rows."""
    command = [
        sys.executable, "-m", "nbgrader", "export", f"--exporter={EXPORTER}",
        f"--student={[FULL]}", f"--assignment={[ROOMS[1]]}",
    ]  # fmt: skip
    assert subprocess.run(command, cwd=taught.root, capture_output=True).returncode == 0
    rows = (taught.root / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith(f"{ROOMS[1]},,2026-11-21 09:00:00,{FULL},")
