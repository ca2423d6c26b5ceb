"""Grade the notebooks that `nbgrader_course` wrote, in a process of its own; needs nbgrader.

    python -m benchmarks.nbgrader_grade FOLDER

FOLDER holds source/ and handed/<student>/. Prints one JSON object as its last line.
"""

import json
import os
import shutil
import sys
import time
from importlib.metadata import version
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from benchmarks.nbgrader_course import ASSIGNMENT


def main(folder: Path) -> None:
    """Make the release, hand in, grade, and print seconds per submission and everybody's points."""
    os.chdir(folder)
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.course_id = "bench"
    config.IncludeHeaderFooter.header = ""
    api = NbGraderAPI(config=config)
    _require(api.generate_assignment(ASSIGNMENT))
    students = sorted(path.name for path in (folder / "handed").iterdir())
    for student in students:
        _hand_in(folder, student)
    times = []
    for student in students:
        start = time.perf_counter()
        _require(api.autograde(ASSIGNMENT, student))
        times.append(time.perf_counter() - start)
    with api.gradebook as gradebook:
        scores = {student: gradebook.find_submission(ASSIGNMENT, student).score for student in students[1:]}
    told = {"seconds": sum(times[1:]) / len(times[1:]), "scores": scores, "version": version("nbgrader")}
    print(json.dumps(told))


def _hand_in(folder: Path, student: str) -> None:
    """Put a student's sources into the released notebook, whose other cells carry nbgrader's checksums."""
    release = json.loads((folder / "release" / ASSIGNMENT / "bench.ipynb").read_text(encoding="utf-8"))
    own = folder / "handed" / student / ASSIGNMENT / "bench.ipynb"
    sources = {cell["id"]: cell["source"] for cell in json.loads(own.read_text(encoding="utf-8"))["cells"]}
    for cell in release["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = sources[cell["metadata"]["nbgrader"]["grade_id"][-60:]]
    place = folder / "submitted" / student / ASSIGNMENT
    shutil.copytree(folder / "release" / ASSIGNMENT, place)
    (place / "bench.ipynb").write_text(json.dumps(release), encoding="utf-8")


def _require(result: dict[str, object]) -> None:
    if not result["success"]:
        print(result.get("log") or result.get("error"), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
