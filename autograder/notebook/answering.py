"""The process that `asking` starts: reads one question from standard input, checks, writes one answer.

It goes the way of `autograder check`: the notebook's definitions are run in a worker of their own and never here.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Answer one question."""
    # What is printed on the way, by a library for instance, must not stand in the answer.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    from autograder.errors import AutograderError

    try:
        answer = {"report": _report(json.load(sys.stdin))}
    except AutograderError as error:
        answer = {"problem": str(error)}
    output.write(json.dumps(answer))
    output.close()


def _report(question: dict[str, Any]) -> str:
    from autograder.course import read_course
    from autograder.grading.own import check_own
    from autograder.language import speak
    from autograder.report import report_to_json

    speak(question["language"])
    course = read_course(Path(question["course"]))
    rooms = [course.room(name) for name in question["rooms"]]
    if all(room.capstone is None or f"{room.name}.{room.capstone.name}" not in question["exercises"] for room in rooms):
        # What capstones are made with takes time to load.
        course = course.without_capstones()
        rooms = [room.without_capstone() for room in rooms]
    given = {f"{room.module}.ipynb": question["source"] for room in rooms}
    return report_to_json(check_own(course, rooms, question["exercises"], hidden=False, given=given))


if __name__ == "__main__":
    main()
