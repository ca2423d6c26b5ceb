"""Who spends the processor time of a submission: `python -m benchmarks.parts`.

One grader in this process, in bubblewrap, with the bench's course and cohort; the first submissions do not count.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox.runtime import THREADS

os.environ.update(THREADS)

from autograder.checking.examiner import Examiner
from autograder.grading.session import grade
from autograder.intake.reading import read_submissions
from autograder.report import Report, unchecked_json
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Exit
from benchmarks.cohort import make_cohort, write_cohort
from benchmarks.course import make_course
from benchmarks.machine import ROOT, cpu_seconds

COUNT, UNCOUNTED, SPAWNS = 200, 30, 200


class CountingHost(Host):
    """A host that adds up what its workers used."""

    worker_seconds = 0.0

    def end(self, patience_seconds: float = 0.0) -> Exit:
        """End the worker and count its processor time."""
        ended = super().end(patience_seconds)
        self.worker_seconds += ended.cpu_seconds
        return ended


def measure(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield parts and their milliseconds per submission, then those of an idle worker."""
    course = make_course(ROOT / "assignments", folder / "course", 25)
    cohort = write_cohort(folder / "cohort", make_cohort(course, COUNT))
    submissions = read_submissions(cohort, {f"{room.module}.py" for room in course.rooms})
    with CountingHost("bubblewrap") as host:
        examiner = Examiner(course, course.rooms, host, hashlib.sha256(b"bench").digest())
        marks: list[tuple[float, float, float]] = []

        def sink(report: Report) -> None:
            unchecked_json(report)
            marks.append((cpu_seconds(), time.process_time(), host.worker_seconds))

        grade(examiner, submissions, sink)
        first, last = marks[UNCOUNTED], marks[-1]
        machine, own, workers = ((b - a) / (len(marks) - 1 - UNCOUNTED) * 1e3 for a, b in zip(first, last, strict=True))
        yield "the student's process", workers
        yield "the grader", own
        yield "the kernel and the server that forks", machine - own - workers
        before = cpu_seconds()
        for _ in range(SPAWNS):
            for fd in set(host.spawn()):
                os.close(fd)
            host.end()
        # Namespaces are taken down after their processes have gone.
        time.sleep(0.5)
        yield "of all this: a worker that does nothing", (cpu_seconds() - before) / SPAWNS * 1e3


def main() -> None:
    """Print the parts."""
    with tempfile.TemporaryDirectory() as folder:
        for part, milliseconds in measure(Path(folder)):
            print(f"{milliseconds:6.2f} ms  {part}")


if __name__ == "__main__":
    main()
