"""Examine one submission: its worker's life, its checks in order, and what each exercise earned."""

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.checking.blame import ATTEMPTS, fault_of, is_to_be_repeated, verdict_of
from autograder.checking.capstones import advised, led_by
from autograder.checking.check import Check
from autograder.checking.explaining import Sources
from autograder.checking.feedback import write_feedback
from autograder.checking.kit import RoomKit
from autograder.checking.marking import overall, plain_result
from autograder.checking.running import Bench, NoValue, Passed, Run, run_check
from autograder.checking.trials import Memory
from autograder.checking.workplace import Loans, Workplace
from autograder.course.mistakes import Mistake
from autograder.course.model import Capstone, Exercise
from autograder.errors import SandboxError
from autograder.language import say
from autograder.report import CheckResult, ExerciseResult, Fault, Feedback
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke
from autograder.verdicts import Verdict

SHOWN_OUTPUT = 4_000


@dataclass
class _Progress:
    """What is known so far of one exercise.

    worked: our own processor time on it, in seconds. measured: what the trials of a capstone came to.
    """

    allowance: Allowance
    runs: list[Run] = field(default_factory=list)
    skipped: list[Check] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    lent: dict[str, frozenset[str]] = field(default_factory=dict)
    followed_through: bool = False
    lend_at_once: bool = False
    worked: float = 0.0
    stop: bool = False
    output: str = ""
    measured: Memory = field(default_factory=dict)


class Examination:
    """Runs the checks on one submission, one by one, and holds what came of them.

    sources: what the worker gets. modules: room name to `RoomKit`. A worker that breaks costs the exercise at hand;
    the next check gets a fresh one.
    """

    def __init__(self, host: Host, kits: Mapping[str, RoomKit], sources: Sources, secret: bytes) -> None:
        self._kits, self._sources, self._secret = kits, sources, secret
        records = {name: value for kit in kits.values() for name, value in kit.records.items()}
        self._workplace = Workplace(host, sources, records)
        self._progress: dict[tuple[str, str], _Progress] = {}

    def close(self) -> None:
        """End the worker, if one is alive."""
        self._workplace.close()

    def run(self, check: Check) -> Run | None:
        """Run one check and remember what came of it; None when it is skipped or the grader is at fault."""
        progress = self._progress_of(check.room, check.exercise)
        if progress.stop:
            progress.skipped.append(check)
            return None
        kit = self._kits[check.room]
        start = time.process_time()
        try:
            run = self._judged(check, kit, progress)
        except SandboxError as error:
            self._workplace.forget()
            progress.faults[check.name] = str(error)
            progress.skipped.append(check)
            return None
        progress.runs.append(run)
        progress.worked += time.process_time() - start
        ran_out = verdict_of(run, progress.allowance.limits) in (Verdict.TIMED_OUT, Verdict.OUTPUT_EXCEEDED)
        progress.stop = ran_out or progress.worked > check.seconds
        self._keep_output(check, progress)
        return run

    def _progress_of(self, room: str, exercise: str) -> _Progress:
        if (room, exercise) not in self._progress:
            limits = self._kits[room].room.exercise(exercise).limits
            self._progress[room, exercise] = _Progress(Allowance(limits))
        return self._progress[room, exercise]

    def _judged(self, check: Check, kit: RoomKit, progress: _Progress) -> Run:
        self._workplace.prepare_for(check)
        # What gives no value at all, here or in its own checks, is lent at once: a loop is not waited for twice.
        lent = self._loans(kit, check, only_useless=not progress.lend_at_once)
        run = self._run_until_it_counts(check, kit, lent, progress)
        wrong = {} if run.passed else self._loans(kit, check, only_useless=False)
        if wrong.keys() != lent.keys() and not run.passed:
            progress.lend_at_once |= isinstance(run.finding, NoValue) and isinstance(run.finding.outcome, Broke)
            # Also when it fails again: then it does so by a mistake of its own, which can be named.
            run, lent = self._run_until_it_counts(check, kit, wrong, progress), wrong
        progress.lent[check.name] = frozenset(lent)
        progress.followed_through |= run.passed and bool(lent)
        if fault := fault_of(run, lambda: kit.reference_passes(check, self._secret)):
            progress.faults[check.name] = fault
        return run

    def _run_until_it_counts(self, check: Check, kit: RoomKit, loans: Loans, progress: _Progress) -> Run:
        """Run a check, and run it again in another worker when somebody kills this one."""
        for _ in range(ATTEMPTS):
            caller = self._workplace.caller(kit, loans, progress.allowance)
            bench = Bench(kit.lab, progress.measured)
            run = run_check(check, caller, kit.oracle_for(check), kit.functions, self._secret, bench)
            if not is_to_be_repeated(run):
                break
        return run

    def reconsider(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Run again what failed on a function that was found wrong only later, by a hidden check, until time is over.

        In a fresh worker, since this one has seen hidden inputs and could show them in a public check.
        """
        again = [
            (progress, place, run.check)
            for (room, name), progress in self._progress.items()
            for place, run in enumerate(progress.runs)
            if not run.passed and self._wrong_below(room, name) - progress.lent[run.check.name]
        ]
        if again:
            self.close()
        for progress in {id(progress): progress for progress, *_ in again}.values():
            # What it has used was lost in the function that is now lent.
            progress.allowance = Allowance(progress.allowance.limits)
        for progress, place, check in sorted(again, key=lambda entry: entry[2].visibility == "hidden"):
            if is_over():
                break
            # Without a sandbox for it, the first result stands.
            with contextlib.suppress(SandboxError):
                progress.runs[place] = self._judged(check, self._kits[check.room], progress)
            if progress.stop and progress.runs[place].passed:
                progress.stop, skipped, progress.skipped = False, progress.skipped, []
                for later in skipped:
                    self.run(later)

    def _wrong_below(self, room: str, exercise: str) -> frozenset[str]:
        """Return the functions below an exercise that have failed a check and for which the reference's are at hand."""
        if self._kits[room].recording is not None:
            return frozenset()
        return frozenset(self._failed(room, self._kits[room].room.exercise(exercise).builds_on))

    def _failed(self, room: str, names: Iterable[str]) -> list[str]:
        """Return those of the functions that have failed a check."""
        known = [(name, self._progress[room, name]) for name in names if (room, name) in self._progress]
        return [name for name, progress in known if not all(run.passed for run in progress.runs)]

    def _loans(self, kit: RoomKit, check: Check, *, only_useless: bool) -> dict[str, Callable[..., Any]]:
        """Return the reference's versions of what this exercise builds on and the student has not got right.

        only_useless: of those alone that gave no value when they were checked.
        """
        loans: dict[str, Callable[..., Any]] = {}
        if kit.recording is not None:
            return loans
        for name in kit.room.exercise(check.exercise).builds_on:
            progress = self._progress.get((check.room, name))
            runs = progress.runs if progress else []
            useless = any(isinstance(run.finding, NoValue) for run in runs)
            if useless or not (only_useless or (runs and all(run.passed for run in runs))):
                loans[name] = getattr(kit.oracle, name)
        return loans

    def _keep_output(self, check: Check, progress: _Progress) -> None:
        printed = self._workplace.take_output()
        # What is printed during a hidden check may be its inputs.
        if check.visibility == "public" and len(progress.output) < SHOWN_OUTPUT:
            progress.output = (progress.output + printed)[:SHOWN_OUTPUT]

    def explain(self, run: Run, exercise: Exercise) -> Feedback:
        """Return the feedback for one failed run, from what is known of its exercise so far."""
        progress = self._progress[exercise.room, exercise.name]
        candidates = self._candidates(exercise, progress)
        passed = sum(other.passed for other in progress.runs)
        tally = say("passed {passed} of {total} checks so far", passed=passed, total=len(progress.runs))
        return self._feedback(run, exercise, candidates, tally)

    def _candidates(self, exercise: Exercise, progress: _Progress) -> list[Mistake]:
        """Return the known mistakes that explain all that was seen of an exercise."""
        kit, wrong = self._kits[exercise.room], self._wrong_below(exercise.room, exercise.name)
        unlent = [run.check.name for run in progress.runs if run.passed and wrong - progress.lent[run.check.name]]
        return kit.replays.candidates(exercise.name, progress.runs, kit.oracle, unlent)

    def _feedback(self, run: Run, exercise: Exercise, candidates: Sequence[Mistake], tally: str) -> Feedback:
        told = write_feedback(run, exercise, self._sources, exercise.limits, candidates, tally)
        if isinstance(exercise, Capstone):
            return advised(told, run, exercise, self._failed(exercise.room, exercise.uses))
        if self._kits[exercise.room].recording is not None:
            return led_by(told, exercise.room, self._failed(exercise.room, exercise.builds_on))
        return told

    @property
    def spent(self) -> dict[tuple[str, str], Allowance]:
        """What each exercise, by room and name, has used of its time."""
        return {key: progress.allowance for key, progress in self._progress.items()}

    def results(self, exercises: list[Exercise]) -> tuple[ExerciseResult, ...]:
        """Return what each of `exercises` earned, in their order."""
        return tuple(self._result(exercise) for exercise in exercises)

    def faults(self) -> tuple[Fault, ...]:
        """Return what went wrong on the grader's side, if anything did."""
        return tuple(
            Fault(f"{room}.{exercise}: {check}", message)
            for (room, exercise), progress in self._progress.items()
            for check, message in progress.faults.items()
        )

    def _result(self, exercise: Exercise) -> ExerciseResult:
        progress = self._progress_of(exercise.room, exercise.name)
        failed = [run for run in progress.runs if not run.passed and run.check.name not in progress.faults]
        candidates = self._candidates(exercise, progress) if failed else []
        passed, total = sum(run.passed for run in progress.runs), len(progress.runs) + len(progress.skipped)
        tally = say("passed {passed} of {total} checks", passed=passed, total=total)

        def told(run: Run) -> CheckResult:
            if run.check.name in progress.faults:
                return plain_result(run.check, Verdict.GRADER_FAULT, run.seconds)
            if isinstance(run.finding, Passed):
                return plain_result(run.check, Verdict.PASSED, run.seconds)
            feedback = self._feedback(run, exercise, candidates, tally)
            return replace(plain_result(run.check, verdict_of(run, exercise.limits), run.seconds), feedback=feedback)

        checks = [told(run) for run in progress.runs]
        for check in progress.skipped:
            at_fault = check.name in progress.faults
            checks.append(plain_result(check, Verdict.GRADER_FAULT if at_fault else Verdict.SKIPPED, 0.0))
        return ExerciseResult(
            room=exercise.room,
            name=exercise.name,
            verdict=overall(checks),
            points=round(sum(check.points for check in checks), 6),
            max_points=round(sum(check.max_points for check in checks), 6),
            seconds=round(sum(check.seconds for check in checks), 6),
            mistake=candidates[0].name if len(candidates) == 1 else None,
            followed_through=progress.followed_through,
            output=progress.output,
            checks=tuple(checks),
        )
