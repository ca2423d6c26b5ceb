"""The laws of a capstone, whose checks train networks: few secrets, few submissions, and mistakes in this process."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from autograder.audit.candidates import Candidate, replaced, right_ways
from autograder.audit.secrets import secret
from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.checking.kit import RoomKit
from autograder.checking.running import Bench, Run, run_check
from autograder.checking.subject import Caller, trusted_caller
from autograder.course.mistakes import Mistake, Variant
from autograder.course.model import Capstone, Course, Room
from autograder.grading.session import grade
from autograder.report import ExerciseResult, Report
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Outcome
from autograder.verdicts import Verdict

# A capstone's hidden checks choose among seeds that the calibration has tried, so a few secrets are enough.
CAPSTONE_SECRETS = 3


@dataclass
class CapstoneAudit:
    """What the audit of one capstone found.

    broken: a sentence per broken law. spoilers: by mistake, the checks that fail on it. sets: how many sets of variants
    were put to work together.
    """

    name: str
    broken: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    spoilers: dict[str, list[str]] = field(default_factory=dict)
    secrets: int = 0
    sets: int = 0


def audit_capstone(
    course: Course,
    room: Room,
    capstone: Capstone,
    host: Host,
    mistakes: Sequence[Mistake],
    variants: Sequence[Variant],
    *,
    secrets: int = CAPSTONE_SECRETS,
    tick: Callable[[], None] = lambda: None,
) -> CapstoneAudit:
    """Return what is true of the capstone of `room`; `tick` is called after each try."""
    found = CapstoneAudit(capstone.name, secrets=min(secrets, CAPSTONE_SECRETS))
    sets = list(_sets(variants, capstone))
    found.sets = len(sets)
    for number in range(found.secrets):
        right = [replaced(course, room, "reference", {})]
        others = [*sets_of_variants(course, room, sets), replaced(course, room, "stub", _stubs(capstone))]
        examiner = Examiner(course, [room], host, secret(number))
        for candidate, report in _graded(examiner, right + others if number == 0 else right, tick):
            found.broken += _judged(candidate, report, capstone)
        if found.broken:
            # What is wrong with the right answers would be said again of everything else.
            return found
        if number == 0:
            checks = [check for check in examiner.checks.values() if check.is_capstone]
            found.checks = [check.name for check in checks]
            found.broken += _spoiled(found, examiner.kits[room.name], checks, mistakes, tick)
            found.broken += _calls(examiner.kits[room.name], checks, capstone)
            worth = sum(check.points for check in checks)
            if abs(worth - capstone.points) > 1e-9:
                found.broken.append(f"{capstone.name} is worth {capstone.points:g} but its checks add up to {worth:g}")
    return found


def _stubs(capstone: Capstone) -> Mapping[str, str]:
    return dict.fromkeys(capstone.uses, "stub")


def _sets(variants: Iterable[Variant], capstone: Capstone) -> Iterator[list[Variant]]:
    """Yield sets of variants: the first of every function that the capstone uses, then the second ones, and so on.

    Variants of a group only work together, so each group is a set of its own.
    """
    used = [variant for variant in variants if variant.exercise in capstone.uses]
    alone = [[each for each in used if each.exercise == name and each.group is None] for name in capstone.uses]
    for layer in zip_longest(*alone):
        yield [variant for variant in layer if variant is not None]
    for group in dict.fromkeys(variant.group for variant in used if variant.group):
        yield [variant for variant in used if variant.group == group]


def sets_of_variants(course: Course, room: Room, sets: Iterable[list[Variant]]) -> Iterator[Candidate]:
    """Yield a submission for each set, the reference in the place of everything else."""
    for chosen in sets:
        name = " with ".join(variant.name for variant in chosen)
        yield replaced(course, room, name, right_ways(room, chosen), tuple(chosen))


def _graded(
    examiner: Examiner, candidates: Sequence[Candidate], tick: Callable[[], None]
) -> Iterator[tuple[Candidate, Report]]:
    reports: list[Report] = []

    def keep(report: Report) -> None:
        reports.append(report)
        tick()

    grade(examiner, [each.submission for each in candidates], keep, lambda check: check.is_capstone)
    return zip(candidates, reports, strict=True)


def _judged(candidate: Candidate, report: Report, capstone: Capstone) -> Iterator[str]:
    yield from (f"the check is at fault: {fault.where}: {fault.message}" for fault in report.faults)
    (result,) = report.exercises
    if candidate.kind == "stub":
        if result.points or result.verdict is not Verdict.NOT_IMPLEMENTED:
            yield f"with the stubs, {capstone.name} gets {result.points:g}, {result.verdict}"
        return
    yield from (f"{candidate.submission.id} fails {capstone.name}: {said}" for said in _failures(result))


def _failures(result: ExerciseResult) -> Iterator[str]:
    for check in result.checks:
        if check.verdict is not Verdict.PASSED:
            said = check.feedback.evidence.replace("\n", " ")[:300] if check.feedback else ""
            yield f"{check.name} ({said})"


def _spoiled(
    found: CapstoneAudit, kit: RoomKit, checks: Sequence[Check], mistakes: Sequence[Mistake], tick: Callable[[], None]
) -> Iterator[str]:
    known = {mistake.name: mistake for mistake in mistakes}
    claims = {
        name: [check for check in checks if name in check.spoiled_by] for check in checks for name in check.spoiled_by
    }
    for name, claimed in claims.items():
        if name not in known:
            yield f"{claimed[0].name} is spoiled by {name}, which is no mistake of this room"
            continue
        functions = {**vars(kit.reference), known[name].exercise: known[name].function}
        bench = Bench(kit.lab)
        runs = [_run(check, trusted_caller(functions), kit, bench) for check in claimed]
        found.spoilers[name] = [run.check.name for run in runs if not run.passed]
        yield from (f"{run.check.name} passes with {name}, which should spoil it" for run in runs if run.passed)
        tick()


def _calls(kit: RoomKit, checks: Sequence[Check], capstone: Capstone) -> Iterator[str]:
    """Compare what the checks call with what the capstone says that it uses."""
    called: set[str] = set()
    reference = trusted_caller(vars(kit.reference))

    def noting(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Outcome:
        called.add(name)
        return reference(name, arguments, keywords)

    bench = Bench(kit.lab)
    for check in checks:
        _run(check, noting, kit, bench)
    yield from (
        f"{capstone.name} says that it uses {name}, and never calls it" for name in capstone.uses if name not in called
    )
    yield from (
        f"{capstone.name} calls {name}, which is not among its uses" for name in sorted(called - set(capstone.uses))
    )


def _run(check: Check, caller: Caller, kit: RoomKit, bench: Bench) -> Run:
    return run_check(check, caller, kit.oracle, kit.functions, secret(0), bench)
