"""Check every law of a room by grading its candidates for real, in the sandbox."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.audit.candidates import Candidate, every_candidate
from autograder.audit.capstones import CapstoneAudit, audit_capstone
from autograder.audit.files import file_laws
from autograder.audit.secrets import secret
from autograder.audit.texts import text_laws
from autograder.checking.examiner import Examiner
from autograder.checking.feedback import UNUSABLE
from autograder.course import load_mistakes, load_reference, load_variants
from autograder.course.mistakes import Mistake, Variant
from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from autograder.grading.session import grade
from autograder.language import ENGLISH, speaking
from autograder.report import CheckResult, ExerciseResult, Report
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

SECRETS = 20
MIN_VARIANTS = 3


@dataclass
class Audit:
    """What the audit of one room found.

    broken: a sentence per broken law. kills: by exercise and mistake, the checks that fail on it. checks: by
    exercise, the names of its checks in order. worth: points by check. named: how many mistakes the feedback names.
    capstone: what was found of the capstone; None where there is none, or it was left out.
    """

    room: str
    broken: list[str] = field(default_factory=list)
    checks: dict[str, list[str]] = field(default_factory=dict)
    kills: dict[str, dict[str, frozenset[str]]] = field(default_factory=lambda: defaultdict(dict))
    claimed: dict[str, frozenset[str]] = field(default_factory=dict)
    worth: dict[str, float] = field(default_factory=dict)
    mistakes: int = 0
    named: int = 0
    variants: int = 0
    equivalents: int = 0
    capstone: CapstoneAudit | None = None


@speaking(ENGLISH)
def audit_room(
    course: Course,
    room: Room,
    backend: str,
    secrets: int = SECRETS,
    tick: Callable[[], None] = lambda: None,
    *,
    capstone: bool = True,
) -> Audit:
    """Return what is true of `room`; `tick` is called after each graded candidate.

    capstone: whether that of the room is tried too. Raises `AutograderError` when the room cannot be graded at all.
    """
    audit = Audit(room.name)
    names = vars(load_reference(course, room))
    mistakes, variants = load_mistakes(room, names), load_variants(room, names)
    audit.broken += [*file_laws(course, room), *text_laws(room, names)]
    audit.mistakes = len(mistakes)
    audit.equivalents = sum(bool(variant.covers) for variant in variants)
    audit.variants = len(variants) - audit.equivalents
    # Known mistakes would cost the capstone its points as well; it has laws of its own.
    exercises = room.without_capstone()
    with Host(backend) as host:
        candidates = every_candidate(course, exercises, mistakes, variants)
        examiner = Examiner(course, [exercises], host, secret(0))
        if _faulty(audit, examiner, candidates[0], tick):
            return audit
        for candidate, report in _graded(examiner, candidates, tick):
            _judge(audit, candidate, report)
        for number in range(1, secrets):
            examiner = Examiner(course, [exercises], host, secret(number))
            for candidate, report in _graded(examiner, candidates[:1], tick):
                _judge(audit, candidate, report)
        if room.capstone and capstone:
            known = (mistakes, variants)
            audit.capstone = audit_capstone(course, room, room.capstone, host, *known, secrets=secrets, tick=tick)
            audit.broken += audit.capstone.broken
    _judge_checks(audit)
    _judge_numbers(audit, room, variants)
    return audit


def _judge_numbers(audit: Audit, room: Room, variants: Sequence[Variant]) -> None:
    """Count the variants of each exercise, and add up its points."""
    for exercise in room.exercises:
        count = sum(variant.exercise == exercise.name and not variant.covers for variant in variants)
        if count < MIN_VARIANTS:
            audit.broken.append(f"{exercise.name} has {count} accepted variants; expected {MIN_VARIANTS} or more")
        worth = sum(points for _, points in _checks_of(audit, exercise.name))
        if abs(worth - exercise.points) > 1e-9:
            audit.broken.append(f"{exercise.name} is worth {exercise.points:g} but its checks add up to {worth:g}")


def _faulty(audit: Audit, examiner: Examiner, reference: Candidate, tick: Callable[[], None]) -> bool:
    """Whether checks are at fault with the reference already; then that is all there is to say."""
    ((_, report),) = _graded(examiner, [reference], tick)
    audit.broken += [f"the check is at fault: {fault.where}: {fault.message}" for fault in report.faults]
    return bool(report.faults)


def _graded(
    examiner: Examiner, candidates: Sequence[Candidate], tick: Callable[[], None]
) -> Iterator[tuple[Candidate, Report]]:
    reports: list[Report] = []

    def keep(report: Report) -> None:
        reports.append(report)
        tick()

    grade(examiner, [candidate.submission for candidate in candidates], keep)
    if len(reports) != len(candidates):
        raise AutograderError(f"graded {len(reports)} of {len(candidates)} candidates")
    return iter(list(zip(candidates, reports, strict=True)))


def _failing(exercise: ExerciseResult) -> list[CheckResult]:
    return [check for check in exercise.checks if check.verdict is not Verdict.PASSED]


def _judge(audit: Audit, candidate: Candidate, report: Report) -> None:
    audit.broken += [f"grader fault: {fault.where}: {fault.message}" for fault in report.faults]
    name = candidate.submission.id
    match candidate.kind:
        case "reference" | "variant":
            for exercise in report.exercises:
                for check in _failing(exercise):
                    said = check.feedback.evidence.replace("\n", " ")[:300] if check.feedback else ""
                    audit.broken.append(f"the {candidate.kind} {name} fails {exercise.name}: {check.name} ({said})")
            if candidate.kind == "reference":
                audit.checks = {item.name: [check.name for check in item.checks] for item in report.exercises}
                audit.worth = {check.name: check.max_points for item in report.exercises for check in item.checks}
        case "stub":
            for exercise in report.exercises:
                if exercise.points or exercise.verdict is not Verdict.NOT_IMPLEMENTED:
                    audit.broken.append(f"the stub of {exercise.name} gets {exercise.points:g}, {exercise.verdict}")
        case "mistake":
            assert candidate.mistake is not None
            _judge_mistake(audit, candidate.mistake, report)


def _judge_mistake(audit: Audit, mistake: Mistake, report: Report) -> None:
    for exercise in report.exercises:
        failing = _failing(exercise)
        audit.broken += [
            f"{check.name} cannot use what {mistake.name} returns {check.feedback.evidence.split('  ')[-1]};"
            " compare type, keys and shape first, or mend the check"
            for check in failing
            if check.feedback and UNUSABLE in check.feedback.evidence
        ]
        if exercise.name != mistake.exercise:
            if failing:
                audit.broken.append(f"{mistake.name} costs {exercise.name} points too: {failing[0].name}")
            continue
        names = frozenset(check.name for check in failing)
        audit.kills[mistake.exercise][mistake.name] = names
        audit.claimed[mistake.name] = frozenset(mistake.caught_by)
        unknown = [name for name in mistake.caught_by if name not in audit.checks[mistake.exercise]]
        missed = [name for name in mistake.caught_by if name not in names and name not in unknown]
        audit.broken += [f"{mistake.name} names the check {name}, which {exercise.name} lacks" for name in unknown]
        audit.broken += [f"{mistake.name} is not caught by {name}, which it names" for name in missed]
        if exercise.mistake == mistake.name and _named_at_first_public_failure(failing, mistake):
            audit.named += 1
        else:
            audit.broken.append(_misnamed(mistake, exercise, failing))


def _misnamed(mistake: Mistake, exercise: ExerciseResult, failing: Sequence[CheckResult]) -> str:
    if not failing:
        return f"{mistake.name} is not caught: {exercise.name} gets full marks"
    first = failing[0].feedback
    told = first.likely_cause if first else "nothing"
    if "[consistent with: " in told:
        twins = told.rpartition("[consistent with: ")[2].rstrip("]")
        return f"{twins} answer alike in every check of {exercise.name}; add a check that tells them apart"
    if exercise.mistake is None:
        return (
            f"{mistake.name} is not recognised: its answers here differ from those of its own replay."
            " Does it draw without a seed, or keep something from call to call?"
        )
    return f"{mistake.name} is reported as {exercise.mistake}: {told[-160:]}"


def _named_at_first_public_failure(failing: Sequence[CheckResult], mistake: Mistake) -> bool:
    public = [check for check in failing if check.visibility == "public"] or list(failing)
    feedback = public[0].feedback
    return feedback is not None and f"[exact match: {mistake.name}]" in feedback.likely_cause


def _judge_checks(audit: Audit) -> None:
    for exercise, names in audit.checks.items():
        caught = frozenset[str]().union(*audit.kills.get(exercise, {}).values())
        audit.broken += [f"{exercise}: no mistake is caught by {name}" for name in names if name not in caught]


def _checks_of(audit: Audit, exercise: str) -> Iterator[tuple[str, float]]:
    return ((name, audit.worth[name]) for name in audit.checks.get(exercise, []))
