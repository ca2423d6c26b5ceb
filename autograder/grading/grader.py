"""A grader process: reads submissions as lines of JSON from its standard input, writes reports as lines of JSON.

The first line is the task: course, rooms, sandbox, the secret as hex, and a processor. The answer to it is
{"ready": true}, or {"error": "...", "sandbox": bool} and the end. Started by `pool`, the only one to talk to it.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.checking.examiner import Examiner
from autograder.course.reading import read_course
from autograder.errors import AutograderError, SandboxError
from autograder.grading.session import grade
from autograder.grading.submission import Submission, submission_from_line
from autograder.limits import widest
from autograder.report import Report, unchecked_json
from autograder.sandbox.opening import open_host

MEMORY_BYTES = 2 << 30


def serve() -> None:
    """Grade what comes in until the input ends."""
    # Checks may print and pytest may capture; the line protocol has descriptors of its own.
    lines = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # What a check of ours asks for beyond this is a MemoryError of that check, and not the end of this process.
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
    task = json.loads(lines.readline())
    # A worker inherits this and cannot change it, so its threads take nothing from the neighbours' processors.
    os.sched_setaffinity(0, {task["processor"]})
    # An exception, so that the sandbox and its folders are put away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))

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
        with open_host(task["sandbox"], widest(room.limits for room in rooms)) as host:
            examiner = Examiner(course, rooms, host, bytes.fromhex(task["secret"]))
            try:
                grade(examiner, arriving(), sink)
            finally:
                examiner.finish()
    except AutograderError as error:
        tell(json.dumps({"error": str(error), "sandbox": isinstance(error, SandboxError)}) + "\n")


if __name__ == "__main__":
    serve()
