"""Have a process beside the kernel check what the notebook defines; that process and the kernel share nothing.

The kernel's numpy may be set to raise, to print two digits, or be patched; it has threads and an event loop. A process
of its own has none of that, and ends when the student presses the stop button.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from autograder.course import Course, Exercise, Room
from autograder.errors import AutograderError
from autograder.language import language, say
from autograder.report import CheckResult, ExerciseResult, Report, report_from_json
from autograder.sandbox.worker.definitions import Module

_PATIENCE_SECONDS = 3.0
_A_LINE, _A_FUNCTION = 987_654_321, "a_function"


def check_module(course: Course, rooms: Sequence[Room], exercises: Collection[Exercise], module: Module) -> Report:
    """Return the report on `exercises`, answered by `module`. Raises `AutograderError`; it can be interrupted."""
    question = {
        "course": str(course.path),
        "rooms": [room.name for room in rooms],
        "exercises": [f"{exercise.room}.{exercise.name}" for exercise in exercises],
        "source": module.text,
        "language": language(),
    }
    answer = _ask(json.dumps(question))
    if "problem" in answer:
        raise AutograderError(str(answer["problem"]))
    report = report_from_json(str(answer["report"]))
    return replace(report, exercises=tuple(_with_places(exercise, course, module) for exercise in report.exercises))


def _with_places(exercise: ExerciseResult, course: Course, module: Module) -> ExerciseResult:
    name = course.room(exercise.room).module
    checks = tuple(_told(_in_cells(check), f"{name}.ipynb", module) for check in exercise.checks)
    return replace(exercise, checks=checks, output=_warnings_in_cells(exercise.output, f"{name}.py", module))


def _in_cells(check: CheckResult) -> CheckResult:
    """Return the check with what is typed in a cell, in place of what is typed in a terminal."""
    if check.feedback is None:
        return check
    step = check.feedback.next_step.replace("autograder check ", "%check ")
    return replace(check, feedback=replace(check.feedback, next_step=step))


def _warnings_in_cells(output: str, file: str, module: Module) -> str:
    """Return what was printed, with the places of numpy's warnings as Jupyter knows them."""
    pattern = rf"^{re.escape(file)}:(?P<line>\d{{1,7}})(?=: \w+Warning: )"
    return re.sub(pattern, partial(_place, "{file}, line {number}", module), output, flags=re.MULTILINE)


def _ask(question: str) -> dict[str, Any]:
    from autograder.sandbox.runtime import THREADS

    # No folder of the notebook's among the places where modules are looked for: a numpy.py there is not ours.
    command = [sys.executable, "-P", "-m", "autograder.notebook.answering"]
    with _late_interrupts() as interrupted:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **THREADS},
            encoding="utf-8",
            # The stop button interrupts the kernel's whole group; whoever ends this process does it in order.
            start_new_session=True,
        )
    with process:
        try:
            if interrupted:
                signal.raise_signal(signal.SIGINT)
            answer, complaint = process.communicate(question)
        except BaseException:
            _end(process)
            raise
    try:
        told = json.loads(answer)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise AutograderError(
            say("the check ended before it was done (exit code {code}): {words}", code=process.returncode,
                words=complaint.strip()[-400:])
        )  # fmt: skip
    return told


@contextmanager
def _late_interrupts() -> Iterator[list[int]]:
    """Keep the stop button from leaving a process behind that nobody knows yet; the list then holds the signal."""
    seen: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield seen
        return
    before = signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)


def _end(process: "subprocess.Popen[str]") -> None:
    """End a check that is not wanted any more: asked to, it ends its workers first."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _told(check: CheckResult, file: str, module: Module) -> CheckResult:
    """Return the check with places that Jupyter knows: the line of a cell, not of a file that nobody sees."""
    if check.feedback is None or file not in check.feedback.evidence:
        return check
    evidence = check.feedback.evidence
    for template in ("{file}, line {number}, in {function}", "{file}, line {number}"):
        shown = say(template, file=file, number=_A_LINE, function=_A_FUNCTION)
        pattern = re.escape(shown).replace(str(_A_LINE), r"(?P<line>\d{1,7})").replace(_A_FUNCTION, r"(?P<function>.*)")
        evidence = re.sub(pattern, partial(_place, template, module), evidence)
    return replace(check, feedback=replace(check.feedback, evidence=evidence))


def _place(template: str, module: Module, found: "re.Match[str]") -> str:
    line = int(found["line"])
    if not 1 <= line <= len(module.places):
        return found[0]
    cell, number = module.places[line - 1]
    return say(template, **{**found.groupdict(), "file": f"In[{cell}]", "number": number})
