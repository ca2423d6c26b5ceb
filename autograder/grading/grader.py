"""A grader process: reads submissions as lines of JSON from its standard input, writes reports as lines of JSON.

The first line is the task: course, rooms, sandbox, and the secret as hex. The answer to it is {"ready": true}, or
{"error": "...", "sandbox": bool} and the end. Started by `pool`, which is the only one to talk to it.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from autograder.checking.examiner import Examiner
from autograder.course.reading import read_course
from autograder.errors import AutograderError, SandboxError
from autograder.grading.session import grade
from autograder.grading.submission import Submission, submission_from_line
from autograder.limits import widest
from autograder.report import Report, unchecked_json
from autograder.sandbox.host import open_host


def serve() -> None:
    """Grade what comes in until the input ends."""
    # Checks may print and pytest may capture; the line protocol has descriptors of its own.
    lines = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    task = json.loads(lines.readline())

    def tell(text: str) -> None:
        answers.write(text.encode("utf-8"))
        answers.flush()

    def arriving() -> Iterator[Submission]:
        tell(json.dumps({"ready": True}) + "\n")
        for line in lines:
            yield submission_from_line(line)

    def sink(report: Report) -> None:
        tell(unchecked_json(report))

    try:
        course = read_course(Path(task["course"]))
        rooms = [course.room(name) for name in task["rooms"]]
        host = open_host(task["sandbox"], widest(room.limits for room in rooms))
        examiner = Examiner(course, rooms, host, bytes.fromhex(task["secret"]))
        try:
            grade(examiner, arriving(), sink)
        finally:
            examiner.close()
    except AutograderError as error:
        tell(json.dumps({"error": str(error), "sandbox": isinstance(error, SandboxError)}) + "\n")


if __name__ == "__main__":
    serve()
