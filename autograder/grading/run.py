"""Grade a cohort into a folder: what the store knows is taken from it, the rest is graded, and nothing is lost."""

import contextlib
import os
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.atomic import make_folder, remove_unfinished, write_atomically
from autograder.errors import AutograderError, GraderFault
from autograder.grading.blank import blank_report
from autograder.grading.cohort import Cohort, grade_all
from autograder.grading.environment import course_secret, describe_environment
from autograder.grading.pool import Asked, Graded, never
from autograder.grading.store import Marks, Store, key_of, open_store
from autograder.grading.temporary import run_folder, temporary_files_in
from autograder.grading.terms import Terms, counting, on_terms
from autograder.report import Report, report_from_json, report_to_json, unchecked_json
from autograder.sandbox.backends import AUTO, STRONGEST_FIRST, missing
from autograder.sandbox.opening import open_host

STORE_NAME = "results.sqlite3"


@dataclass(frozen=True)
class Run:
    """What came of grading into a folder.

    store: the file of the results, in that folder. reports: by submission's id, without their checks. leftovers: files
    of reports that are none of these. changed: the reports whose points are not those last known for the same id, with
    these points. error: what ended the run early.
    """

    store: Path
    reports: tuple[Report, ...]
    leftovers: tuple[str, ...]
    changed: tuple[tuple[Report, Marks], ...]
    error: AutograderError | None


def grade_into(
    output: Path,
    cohort: Cohort,
    processes: int,
    *,
    regrade: bool = False,
    terms: Terms | None = None,
    tell: Callable[[Sequence[Report]], None] = lambda _: None,
    asked_to_stop: Asked = never,
) -> Run:
    """Return the reports of `cohort`, each of them kept in the store and written to the folder as it came.

    regrade: grade what the store knows, too. terms: what is made of the points, after the store has them. tell: is
    given the reports so far, after each. Raises `AutograderError` when nothing can be graded into this folder; what
    goes wrong later is the run's error.
    """
    terms = terms or Terms(standings=cohort.standings)
    _refuse_inside(output, cohort.folder)
    secret = course_secret(cohort.course.path)
    folder = _writable(make_folder(output / "reports"))
    reports: list[Report] = []
    error: AutograderError | None = None
    with open_store(output / STORE_NAME) as store:
        for place in (output, folder):
            remove_unfinished(place)
        before = store.marks()
        left, known = (cohort, iter(())) if regrade else _recall(cohort, store, secret)
        try:
            with contextlib.closing(_results(known, left, processes, asked_to_stop)) as results:
                for result in results:
                    with _as_fault():
                        _keep(store, secret, result)
                        reports.append(_written(folder, result, terms))
                    tell(reports)
            with _as_fault():
                reports = _with_the_best(folder, reports, terms)
                # Not before: points are known once they have been told, so a run that is killed hides no change.
                store.remember({report.submission.id: _marks(report) for report in reports if _is_sound(report)})
        except AutograderError as failed:
            error = _with_what_is_safe(failed, reports, len(cohort.submissions), store)
    return _ended(folder, reports, before, error)


def _refuse_inside(output: Path, submissions: Path) -> None:
    """Raise `AutograderError` when our own files would be taken for students the next time."""
    if output.resolve().is_relative_to(submissions.resolve()):
        raise AutograderError(
            f"{output} is inside the folder of submissions, so the reports would be graded as students the next time;"
            " name another folder with -o"
        )


def _ended(folder: Path, reports: list[Report], before: Mapping[str, Marks], error: AutograderError | None) -> Run:
    changed = ((report, before.get(report.submission.id, {})) for report in reports if _is_sound(report))
    return Run(
        store=folder.with_name(STORE_NAME),
        reports=tuple(sorted(reports, key=lambda report: report.submission.id)),
        leftovers=tuple(sorted({path.name for path in folder.glob("*.json")} - {_file_name(each) for each in reports})),
        changed=tuple(pair for pair in changed if _differs(*pair)),
        error=error,
    )


def _in_short(report: Report) -> Report:
    """Return the report without its checks and output, of which thousands would fill the memory: the file has them."""
    short = (
        replace(
            exercise,
            room=sys.intern(exercise.room),
            name=sys.intern(exercise.name),
            mistake=exercise.mistake and sys.intern(exercise.mistake),
            checks=(),
            output="",
        )
        for exercise in report.exercises
    )
    return replace(report, exercises=tuple(short), room_digests={})


def _written(folder: Path, result: Graded, terms: Terms) -> Report:
    """Write a report with what is handed on of it, and return it in short."""
    report = on_terms(result.report, terms)
    text = result.text if report == result.report else unchecked_json(report)
    write_atomically(folder / _file_name(report), text.encode())
    return _in_short(report)


def _with_the_best(folder: Path, reports: list[Report], terms: Terms) -> list[Report]:
    """Return the reports with those that count, where only all of them together can tell, and write them so."""
    counts = counting(reports, terms)
    changed = [report for report in reports if counts.get(report.submission.id, report.counts) != report.counts]
    for report in changed:
        path = folder / _file_name(report)
        whole = replace(report_from_json(path.read_text(encoding="utf-8")), counts=not report.counts)
        write_atomically(path, report_to_json(whole).encode())
    return [replace(report, counts=counts.get(report.submission.id, report.counts)) for report in reports]


def _file_name(report: Report) -> str:
    return f"{report.submission.id}.json"


def _writable(folder: Path) -> Path:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise AutograderError(
            f"nothing can be written to {folder}{os.sep}; give yourself the right to, or name another folder with -o"
        )
    return folder


def _recall(cohort: Cohort, store: Store, secret: bytes) -> tuple[Cohort, Iterator[Graded]]:
    """Return the cohort without those whose results the store has, and these results, under their names of today.

    Where some are left to be graded in whatever sandbox works here, it is settled now which that is: what is taken
    from the store was then graded in the same one. Raises `SandboxError` when none works.
    """
    readable = [submission for submission in cohort.submissions if submission.problem is None]
    known: dict[str, list[tuple[str, Report]]] = {}
    for backend in STRONGEST_FIRST if cohort.sandbox == AUTO else (cohort.sandbox,):
        if not missing(backend):
            environment = describe_environment(backend)
            blanks = [blank_report(cohort.course, cohort.rooms, environment, submission) for submission in readable]
            keys = [key_of(blank, secret) for blank in blanks]
            kept = store.has(keys)
            known[backend] = [(key, blank) for key, blank in zip(keys, blanks, strict=True) if key in kept]
    if not any(known.values()):
        return cohort, iter(())
    chosen = next(iter(known))
    if cohort.sandbox == AUTO and len(known[chosen]) < len(readable):
        chosen = _strongest_that_works()
    found = known.get(chosen, [])
    taken = {blank.submission.id for _, blank in found}
    left = tuple(submission for submission in cohort.submissions if submission.id not in taken)
    results = (_reused(store.report(key), blank) for key, blank in found)
    return replace(cohort, sandbox=chosen, submissions=left), results


def _strongest_that_works() -> str:
    with run_folder() as folder, temporary_files_in(folder), open_host(AUTO) as host:
        return host.backend


def _reused(text: str, today: Report) -> Graded:
    report = replace(
        report_from_json(text), submission=today.submission, hidden_results=today.hidden_results, reused=True
    )
    return Graded(report, unchecked_json(report))


def _results(
    known: Iterator[Graded], left: Cohort, processes: int, asked_to_stop: Asked
) -> Generator[Graded, None, None]:
    """Yield what is known, then what is graded now, until there is no more or somebody asks for an end."""
    for result in known:
        if asked_to_stop():
            return
        yield result
    yield from grade_all(left, processes, asked_to_stop)


def _keep(store: Store, secret: bytes, result: Graded) -> None:
    if _is_sound(result.report) and not result.report.reused:
        # By what the grader says that it graded: a room may have changed since this process read it.
        store.keep(key_of(result.report, secret), result.text)


@contextlib.contextmanager
def _as_fault() -> Iterator[None]:
    """Let whatever keeps a result from being written be the grader's fault, for it is nobody else's."""
    try:
        yield
    except AutograderError as error:
        raise GraderFault(str(error)) from error


def _with_what_is_safe(error: AutograderError, reports: list[Report], total: int, store: Store) -> AutograderError:
    if not isinstance(error, GraderFault):
        return error
    safe = sum(_is_sound(report) for report in reports)
    return GraderFault(
        f"{error}\n{safe} of {total} results are safe in {store.path}; mend that and run the same command again:"
        " it grades the rest."
    )


def _is_sound(report: Report) -> bool:
    """Whether a report's points are the student's doing alone."""
    return report.status == "graded" and not report.faults


def _marks(report: Report) -> Marks:
    return {f"{exercise.room}.{exercise.name}": exercise.points for exercise in report.exercises}


def _differs(report: Report, before: Marks) -> bool:
    return any(before.get(name, points) != points for name, points in _marks(report).items())
