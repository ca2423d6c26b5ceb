"""Grade a cohort with several grader processes; lose no submission when one of them dies."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from autograder.errors import AutograderError, CourseError, GraderFault, SandboxError
from autograder.intake.submission import Submission, submission_to_line
from autograder.language import ENGLISH
from autograder.report import Report, report_from_json
from autograder.sandbox.runtime import THREADS

ATTEMPTS = 3
SLACK_SECONDS = 60.0
ENDING_SECONDS = 5.0
# How often whoever waits for a report looks whether somebody wants it all to stop.
LOOK_SECONDS = 0.1

Asked = Callable[[], bool]


def never() -> bool:
    """Nobody asks for an end before the end."""
    return False


@dataclass(frozen=True)
class Task:
    """What every grader process has to know.

    secret: the course's, in bytes. temporary: the folder for its temporary files; None means the system's.
    capstones: whether those of the rooms are graded too. language: of all that reports say. seconds: after these no
    check of a submission is begun; None for no such bound.
    """

    course: Path
    rooms: tuple[str, ...]
    sandbox: str
    secret: bytes
    wall_seconds: float
    temporary: Path | None = None
    capstones: bool = True
    language: str = ENGLISH
    seconds: float | None = None

    def line(self, processor: int) -> bytes:
        """Return the first line of the input of the grader that has `processor` for itself and its workers."""
        fields = {
            "course": str(self.course),
            "rooms": self.rooms,
            "sandbox": self.sandbox,
            "secret": self.secret.hex(),
            "processor": processor,
            "capstones": self.capstones,
            "language": self.language,
            "seconds": self.seconds,
        }
        return json.dumps(fields).encode("ascii") + b"\n"


@dataclass(frozen=True)
class Graded:
    """A checked report, and the line of JSON that it was read from."""

    report: Report
    text: str


class Grader:
    """Holds one grader process."""

    def __init__(self, task: Task, processor: int) -> None:
        self._task, self._processor = task, processor
        self._process: subprocess.Popen[bytes] | None = None
        # Whoever ends the graders does so from another thread than the one that starts them.
        self._starting = threading.Lock()
        self._stopped = False
        self._was_ready = False
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the grader

    def grade(self, submission: Submission) -> Graded:
        """Return the report of one submission. Raises `GraderFault` when the process fails."""
        process = self._process or self._ready()
        assert process.stdin is not None
        try:
            process.stdin.write(submission_to_line(submission))
            process.stdin.flush()
            line = self._line(process, self._task.wall_seconds + SLACK_SECONDS)
        except OSError as error:
            line = b""
            reason = str(error)
        else:
            reason = ""
        if not line.endswith(b"\n"):
            said = self._last_words()
            code = self.close()
            raise GraderFault(f"the grader process ended (status {code}) while grading. {reason or said}".strip())
        return _report(line)

    def _ready(self) -> "subprocess.Popen[bytes]":
        """Start the process and wait until it can grade."""
        process = self._start()
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.write(self._task.line(self._processor))
            process.stdin.flush()
        told = json.loads(self._line(process, SLACK_SECONDS) or b"{}")
        if "ready" not in told:
            said = self._last_words()
            self.close()
            # What keeps the first grader from starting will keep all of them; later it is one submission's bad luck.
            if "error" in told and not self._was_ready:
                raise (SandboxError if told["sandbox"] else CourseError)(told["error"])
            raise GraderFault(told.get("error", f"the grader process ended before it was ready. {said}"))
        self._was_ready = True
        return process

    def _start(self) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, **THREADS}
        if self._task.temporary is not None:
            environment["TMPDIR"] = str(self._task.temporary)
        self._errors.seek(0)
        self._errors.truncate()
        with self._starting:
            if self._stopped:
                raise GraderFault("grading was stopped")
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "autograder.grading.grader"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=environment,
                # Ctrl-C is the coordinator's to handle; a grader ends when its input does.
                start_new_session=True,
            )
            return self._process

    def _line(self, process: subprocess.Popen[bytes], seconds: float) -> bytes:
        """Return the next line, or b"" when none comes in time: a check of ours that never ends is a fault too."""
        assert process.stdout is not None
        watchdog = threading.Timer(seconds, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            return process.stdout.readline()
        finally:
            watchdog.cancel()

    def _last_words(self) -> str:
        """Return the last line that the process wrote to its standard error: our own traceback, if any."""
        process = self._process
        if process is None:
            return ""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 2000))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")

    def stop(self) -> None:
        """Tell the process to end, also in the middle of a submission, and start no other."""
        with self._starting:
            self._stopped = True
            if self._process is not None:
                self._process.terminate()

    def close(self) -> int | None:
        """Wait for the end of the process, which comes with that of its input; return its exit status."""
        with self._starting:
            process, self._process = self._process, None
            stopped = self._stopped
        if process is None:
            return None
        if stopped:
            # Closing its streams would wait for the thread that reads from them.
            _wait(process)
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        return _wait(process)


def _wait(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait(timeout=ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _report(line: bytes) -> Graded:
    try:
        text = line.decode("utf-8")
        return Graded(report_from_json(text), text)
    except AutograderError as error:
        raise GraderFault(f"the grader process sent no valid report: {error}") from error


# Hopeless is what would be said of every submission in turn.
Hopeless = SandboxError | CourseError
Finished = tuple[Submission, Graded | GraderFault | Hopeless]


def grade_cohort(
    task: Task, submissions: Sequence[Submission], processes: int, asked_to_stop: Asked = never
) -> Generator[tuple[Submission, Graded | GraderFault], None, None]:
    """Yield each submission with its report, or with the fault that kept it from being graded, as they finish.

    Ends early, with its graders, when `asked_to_stop` says so; it is called again and again. Raises `SandboxError`
    when there is no sandbox to grade in, `CourseError` when the checks cannot be read.
    """
    waiting: queue.SimpleQueue[Submission] = queue.SimpleQueue()
    done: queue.SimpleQueue[Finished] = queue.SimpleQueue()
    stop = threading.Event()
    for submission in submissions:
        waiting.put(submission)
    own = sorted(os.sched_getaffinity(0))
    graders = [Grader(task, own[number % len(own)]) for number in range(min(processes, len(submissions)))]
    threads = [
        threading.Thread(target=_work, args=(grader, waiting, done.put, stop), daemon=True) for grader in graders
    ]
    for thread in threads:
        thread.start()
    try:
        for left in reversed(range(len(submissions))):
            finished = _next(done, asked_to_stop)
            if finished is None:
                return
            submission, outcome = finished
            if isinstance(outcome, Hopeless):
                raise outcome
            if not left:
                stop.set()
            yield submission, outcome
    finally:
        if not stop.is_set():
            stop.set()
            for grader in graders:
                grader.stop()
        _end(threads, graders)


def _next(done: "queue.SimpleQueue[Finished]", asked_to_stop: Asked) -> Finished | None:
    while not asked_to_stop():
        with contextlib.suppress(queue.Empty):
            return done.get(timeout=LOOK_SECONDS)
    return None


def _end(threads: Iterable[threading.Thread], graders: Iterable[Grader]) -> None:
    for grader in graders:
        grader.close()
    for thread in threads:
        thread.join(timeout=10)


def _work(
    grader: Grader,
    waiting: "queue.SimpleQueue[Submission]",
    tell: Callable[[Finished], None],
    stop: threading.Event,
) -> None:
    with contextlib.suppress(queue.Empty):
        while not stop.is_set():
            submission = waiting.get_nowait()
            tell((submission, _graded(grader, submission, stop)))


def _graded(grader: Grader, submission: Submission, stop: threading.Event) -> Graded | GraderFault | Hopeless:
    fault = GraderFault("not graded")
    for _ in range(ATTEMPTS):
        if stop.is_set():
            break
        try:
            return grader.grade(submission)
        except (SandboxError, CourseError) as error:
            return error
        except GraderFault as error:
            fault = error
        except Exception as error:  # noqa: BLE001 - one submission's trouble must not end the thread
            fault = GraderFault(f"{type(error).__name__}: {error}")
            grader.close()
    return fault
