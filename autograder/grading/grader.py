"""A grader process: reads submissions as lines of JSON from its standard input, writes reports as lines of JSON.

The first line is the task: course, rooms, with capstones or not, sandbox, the secret as hex, a processor, the language
of the reports, and the seconds after which no check of a submission is begun, or null. The answer to it is {"ready":
true}, or {"error": "...", "sandbox": bool} and the end. Started by `pool`, the only one to talk to it.
"""

import json
import os
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.checking.examiner import Examiner
from autograder.course.reading import read_course
from autograder.errors import AutograderError, SandboxError
from autograder.grading.session import grade
from autograder.intake.submission import Submission, submission_from_line
from autograder.language import speak
from autograder.report import Report, unchecked_json
from autograder.sandbox.opening import open_host

MEMORY_BYTES = 2 << 30
TIDYING_SECONDS = 10.0


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
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with_the_coordinator, daemon=True).start()

    def tell(text: str) -> None:
        answers.write(text.encode("utf-8"))
        answers.flush()

    def arriving() -> Iterator[Submission]:
        tell(json.dumps({"ready": True}) + "\n")
        for line in lines:
            yield submission_from_line(line)
        _tidy_undisturbed()

    def sink(report: Report) -> None:
        tell(unchecked_json(report))

    try:
        speak(task["language"])
        course = read_course(Path(task["course"]))
        course = course if task["capstones"] else course.without_capstones()
        rooms = [course.room(name) for name in task["rooms"]]
        with open_host(task["sandbox"]) as host:
            examiner = Examiner(course, rooms, host, bytes.fromhex(task["secret"]))
            try:
                grade(examiner, arriving(), sink, seconds=task["seconds"])
            finally:
                examiner.finish()
    except AutograderError as error:
        tell(json.dumps({"error": str(error), "sandbox": isinstance(error, SandboxError)}) + "\n")


def _end(*_: object) -> None:
    """End by an exception, so that the sandbox and its folders are put away."""
    _tidy_undisturbed()
    sys.exit(128 + signal.SIGTERM)


def _tidy_undisturbed() -> None:
    """Pass over what would end this process a second time, in the middle of putting its things away."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _end_with_the_coordinator() -> None:
    """End this process when nobody holds the other end of its input, whatever it is doing."""
    waiting = select.poll()
    # A hang-up is always reported; that there is something to read is for the main thread.
    waiting.register(0, 0)
    waiting.poll()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(TIDYING_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    serve()
