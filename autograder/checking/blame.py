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
from autograder.language import phrase, retell, say
from autograder.limits import Limits
from autograder.sandbox.outcome import Broke, Cause, Exit, Raised
from autograder.sandbox.worker.wire import LOST_THE_WIRE
from autograder.verdicts import Verdict

# How often a check is run when its worker is killed from outside; after that it is the submission that draws the fire.
ATTEMPTS = 3

# What a worker, which knows no language but English, says of a value that it may not send.
UNFIT = (
    phrase("an object of type {name}"),
    phrase("a dict with a key of type {name}; keys must be str"),
    phrase("an array of dtype {dtype}; the wire carries bool, integers and floats"),
    phrase("an array of {n} dimensions; the wire carries at most {most}"),
    phrase("an array of shape {shape}"),
    phrase("a bool array with values that were never set"),
    phrase("an integer of some {digits} digits; at most {most} are taken"),
    phrase("more than {most} items in lists, tuples and dicts"),
    phrase("nesting deeper than {most} levels"),
    phrase("{n} bytes in one message; the wire carries at most {most}"),
    phrase("{size} MiB; at most {most} MiB are taken"),
)


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
    when = say(" {when}", when=outcome.when) if outcome.when else ""
    match outcome.cause:
        case Cause.DEADLINE:
            said = say(
                "no answer within {seconds:g} s{when}: is there a loop that never ends?",
                seconds=limits.call_seconds,
                when=when,
            )
            return Judgement(Verdict.TIMED_OUT, said)
        case Cause.WALL:
            said = say(
                "all calls of this exercise together took more than {seconds:g} s",
                seconds=limits.wall_seconds,
            )
            return Judgement(Verdict.TIMED_OUT, said)
        case Cause.CPU:
            said = say(
                "all calls of this exercise together used more than {seconds:g} s of processor time",
                seconds=limits.cpu_seconds,
            )
            return Judgement(Verdict.TIMED_OUT, said)
        case Cause.OUTPUT:
            said = say("more than {most} KiB were printed; remove the print calls from loops", most=limits.output_kib)
            return Judgement(Verdict.OUTPUT_EXCEEDED, said)
        case Cause.CLOSED:
            verdict, said = _judge_exit(outcome.exit, limits)
            return Judgement(verdict, f"{said}{when}")
        case Cause.MALFORMED:
            said = say("the process did not send a valid result ({detail})", detail=outcome.detail)
            return Judgement(Verdict.CRASHED, said)


def _judge_raised(raised: Raised, limits: Limits) -> Judgement:
    error = f"{raised.type}: {raised.message}"
    if raised.type == "NotImplementedError":
        missing = say("the submission has no {missing}", missing=raised.missing)
        return Judgement(Verdict.NOT_IMPLEMENTED, missing if raised.missing else say("not implemented yet"))
    if raised.type in ("MemoryError", "_ArrayMemoryError"):
        said = say("more memory was asked for than the {most} MiB there are", most=limits.memory_mib)
        return Judgement(Verdict.MEMORY_EXCEEDED, f"{said}: {raised.message}" if raised.message else said)
    if raised.type == "SystemExit":
        return Judgement(Verdict.CRASHED, say("the function called sys.exit() instead of returning"))
    if raised.type == "TooLarge":
        said = say(
            "the function returned {what}; did shapes broadcast, (n,) against (n, 1)?",
            what=retell(raised.message, UNFIT),
        )
        return Judgement(Verdict.FAILED, said)
    if raised.type == "Unsendable":
        said = say("the function returned {what}; return numpy arrays and numbers", what=retell(raised.message, UNFIT))
        return Judgement(Verdict.FAILED, said)
    if raised.missing:
        said = say("{error}. Available are numpy and Python's standard library", error=error)
        return Judgement(Verdict.CRASHED, said)
    if "read-only" in raised.message:
        said = say("{error}. An argument was changed in place; work on a copy (np.array(A))", error=error)
        return Judgement(Verdict.CRASHED, said)
    return Judgement(Verdict.CRASHED, error if raised.message else raised.type)


def _judge_exit(end: Exit, limits: Limits) -> Judgement:
    if "scratch" in end.reason:
        said = say("more was written than the {most} MiB of scratch space there are", most=limits.scratch_mib)
        return Judgement(Verdict.MEMORY_EXCEEDED, said)
    if "memory" in end.reason:
        said = say("more memory was used than the {most} MiB there are", most=limits.memory_mib)
        return Judgement(Verdict.MEMORY_EXCEEDED, said)
    return Judgement(Verdict.CRASHED, _why_it_ended(end))


def _why_it_ended(end: Exit) -> str:
    if end.killed_from_outside:
        return say(
            "the process was killed {times} times in a row, which happens when the machine runs out of memory",
            times=ATTEMPTS,
        )
    if end.lived:
        return say("the code closed its connection to the grader, or what it sent was cut short")
    if end.exit_code == LOST_THE_WIRE:
        return say(
            "the code closed its connection to the grader, or ended its own process with status {status}",
            status=LOST_THE_WIRE,
        )
    if end.exit_code is not None:
        return say("the code ended its own process with exit status {status}", status=end.exit_code)
    if end.signal == signal.SIGSEGV:
        return say("the process crashed with a segmentation fault; endless recursion can do that, and os.abort()")
    if end.signal == signal.SIGSYS:
        return say("the code asked the system for something that is not allowed here")
    if end.signal is not None:
        name = next((each.name for each in signal.Signals if each == end.signal), str(end.signal))
        return say("the process was ended by the signal {name}", name=name)
    return say("the process ended during the call")
