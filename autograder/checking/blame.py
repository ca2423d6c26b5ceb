"""The one place where a verdict is decided, from what the trusted side saw; docs/BLAME.md shows it as a table.

A worker's word (`Raised`) can only choose between verdicts that give no points. What the worker did (`Broke`) is
judged by the cause that the link saw and by the exit that the sandbox's server waited for. What a check of ours raised
(`Unusable`) becomes a grader fault only by the proof that it raises for the reference too: nothing that a worker does
or says can become one.
"""

import signal
from collections.abc import Callable
from typing import NamedTuple

from autograder.checking.running import NoValue, Run, Unusable
from autograder.limits import Limits
from autograder.sandbox.outcome import Broke, Cause, Exit, Raised
from autograder.sandbox.worker.wire import LOST_THE_WIRE
from autograder.verdicts import Verdict

# How often a check is run when its worker is killed from outside; after that it is the submission that draws the fire.
ATTEMPTS = 3


class Judgement(NamedTuple):
    """A verdict and the sentence that says why, fit for the student."""

    verdict: Verdict
    sentence: str


def verdict_of(run: Run, limits: Limits) -> Verdict:
    """Return the verdict of a run whose check is not at fault."""
    if isinstance(run.finding, NoValue):
        return judge(run.finding.outcome, limits).verdict
    return Verdict.PASSED if run.passed else Verdict.FAILED


def fault_of(run: Run, reference_passes: Callable[[], bool]) -> str:
    """Return what is wrong with the check itself, or "" when nothing is.

    reference_passes: asked when the check raised; when it raises for the right answers too, the fault is ours.
    """
    # What a submission returned may fill the grader's memory so far that the reference has none either.
    if not isinstance(run.finding, Unusable) or run.finding.too_large or reference_passes():
        return ""
    return f"{run.finding.message} ({run.finding.place})"


def is_to_be_repeated(run: Run) -> bool:
    """Return whether a run says nothing of the submission, since its worker was killed from outside."""
    outcome = run.finding.outcome if isinstance(run.finding, NoValue) else None
    return isinstance(outcome, Broke) and outcome.interrupted


def judge(outcome: Raised | Broke, limits: Limits) -> Judgement:
    """Return the verdict on a call that gave no value, and why."""
    if isinstance(outcome, Raised):
        return _judge_raised(outcome, limits)
    when = f" {outcome.when}" if outcome.when else ""
    match outcome.cause:
        case Cause.DEADLINE:
            said = f"no answer within {limits.call_seconds:g} s{when}: is there a loop that never ends?"
            return Judgement(Verdict.TIMED_OUT, said)
        case Cause.WALL:
            said = f"all calls of this exercise together took more than {limits.wall_seconds:g} s"
            return Judgement(Verdict.TIMED_OUT, said)
        case Cause.CPU:
            said = f"all calls of this exercise together used more than {limits.cpu_seconds:g} s of processor time"
            return Judgement(Verdict.TIMED_OUT, said)
        case Cause.OUTPUT:
            said = f"more than {limits.output_kib} KiB were printed; remove the print calls from loops"
            return Judgement(Verdict.OUTPUT_EXCEEDED, said)
        case Cause.CLOSED:
            verdict, said = _judge_exit(outcome.exit, limits)
            return Judgement(verdict, f"{said}{when}")
        case Cause.MALFORMED:
            return Judgement(Verdict.CRASHED, f"the process did not send a valid result ({outcome.detail})")


def _judge_raised(raised: Raised, limits: Limits) -> Judgement:
    if raised.type == "NotImplementedError":
        said = f"the submission has no {raised.missing}" if raised.missing else "not implemented yet"
        return Judgement(Verdict.NOT_IMPLEMENTED, said)
    if raised.type in ("MemoryError", "_ArrayMemoryError"):
        said = f"more memory was asked for than the {limits.memory_mib} MiB there are"
        return Judgement(Verdict.MEMORY_EXCEEDED, f"{said}: {raised.message}" if raised.message else said)
    if raised.type == "SystemExit":
        return Judgement(Verdict.CRASHED, "the function called sys.exit() instead of returning")
    if raised.type == "TooLarge":
        said = f"the function returned {raised.message}; did shapes broadcast, (n,) against (n, 1)?"
        return Judgement(Verdict.FAILED, said)
    if raised.type == "Unsendable":
        return Judgement(Verdict.FAILED, f"the function returned {raised.message}; return numpy arrays and numbers")
    if raised.missing:
        said = f"{raised.type}: {raised.message}. Available are numpy and Python's standard library"
        return Judgement(Verdict.CRASHED, said)
    if "read-only" in raised.message:
        said = f"{raised.type}: {raised.message}. An argument was changed in place; work on a copy (np.array(A))"
        return Judgement(Verdict.CRASHED, said)
    return Judgement(Verdict.CRASHED, f"{raised.type}: {raised.message}" if raised.message else raised.type)


def _judge_exit(end: Exit, limits: Limits) -> Judgement:
    if "scratch" in end.reason:
        said = f"more was written than the {limits.scratch_mib} MiB of scratch space there are"
        return Judgement(Verdict.MEMORY_EXCEEDED, said)
    if "memory" in end.reason:
        said = f"more memory was used than the {limits.memory_mib} MiB there are"
        return Judgement(Verdict.MEMORY_EXCEEDED, said)
    if end.killed_from_outside:
        said = f"the process was killed {ATTEMPTS} times in a row, which happens when the machine runs out of memory"
        return Judgement(Verdict.CRASHED, said)
    if end.lived:
        return Judgement(Verdict.CRASHED, "the code closed its connection to the grader, or what it sent was cut short")
    if end.exit_code == LOST_THE_WIRE:
        said = f"the code closed its connection to the grader, or ended its own process with status {LOST_THE_WIRE}"
        return Judgement(Verdict.CRASHED, said)
    if end.exit_code is not None:
        return Judgement(Verdict.CRASHED, f"the code ended its own process with exit status {end.exit_code}")
    if end.signal == signal.SIGSEGV:
        said = "the process crashed with a segmentation fault; endless recursion can do that, and os.abort()"
        return Judgement(Verdict.CRASHED, said)
    if end.signal == signal.SIGSYS:
        return Judgement(Verdict.CRASHED, "the code asked the system for something that is not allowed here")
    if end.signal is not None:
        name = next((each.name for each in signal.Signals if each == end.signal), str(end.signal))
        return Judgement(Verdict.CRASHED, f"the process was ended by the signal {name}")
    return Judgement(Verdict.CRASHED, "the process ended during the call")
