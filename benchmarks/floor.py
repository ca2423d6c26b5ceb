"""Measure the floor: a process of its own that calls every check in one interpreter, without any isolation.

    python -m benchmarks.floor COURSE COHORT

Prints one JSON object. What it spends before the first submission does not count, nor does the first submission,
which pays for what numpy loads on first use.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from autograder.course import read_course
from autograder.course.model import Course
from benchmarks.cohort import read_cohort
from benchmarks.machine import ROOT, environment
from benchmarks.outcomes import Outcomes


def measure(course: Course, cohort: Path) -> tuple[float, Outcomes]:
    """Return the floor's CPU seconds for each submission, and what came of each check."""
    command = [sys.executable, "-m", "benchmarks.floor", str(course.path), str(cohort)]
    told: dict[str, Any] = json.loads(
        subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, check=True).stdout
    )
    return told["cpu_seconds"], told["outcomes"]


def main(course_folder: Path, cohort: Path) -> None:
    """Grade the cohort and print the CPU seconds for each submission."""
    import numpy as np

    from benchmarks.direct import Interpreter

    course = read_course(course_folder)
    interpreter = Interpreter(course, os.environ["AUTOGRADER_SECRET"].encode())
    submissions = read_cohort(cohort, interpreter.files.values())
    outcomes = {}
    with np.errstate(all="ignore"):
        interpreter.grade(submissions[0][1])
        start = time.process_time()
        for name, sources in submissions:
            outcomes[name] = interpreter.grade(sources)
        spent = time.process_time() - start
    print(json.dumps({"cpu_seconds": spent / len(submissions), "outcomes": outcomes}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
