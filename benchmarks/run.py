"""Measure, print a table of ratios, write results/latest.json; end with 1 when a required ratio is missed."""

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from autograder.course import find_course
from autograder.errors import AutograderError
from benchmarks import latency, machine, memory, nbgrader_course, ours
from benchmarks.cohort import make_cohort
from benchmarks.course import make_course
from benchmarks.outcomes import agreement
from benchmarks.rounds import Round, Stage, measure, set_stage, verdicts
from benchmarks.table import Bound, Row, number, show, write_json

RESULTS = machine.ROOT / "benchmarks" / "results" / "latest.json"
SHORT, MIDDLE = 20, 40
GROWTH = 10


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quick", is_flag=True, help="Leave out the memory of a grader process, which takes a minute.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="How often to measure.")
@click.option("--submissions", type=click.IntRange(MIDDLE), default=200, show_default=True, help="Size of the cohort.")
@click.option("--checks", type=click.IntRange(11), default=25, show_default=True, help="Checks left in the course.")
def main(*, quick: bool, rounds: int, submissions: int, checks: int) -> None:
    """Measure this grader against what runs beside it."""
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as folder:
        try:
            rows = list(_rows(Path(folder), quick=quick, rounds=rounds, submissions=submissions, checks=checks))
        except AutograderError as error:
            raise click.ClickException(str(error)) from error
    options = {"quick": quick, "rounds": rounds, "submissions": submissions, "checks": checks}
    write_json(RESULTS, rows, {"machine": machine.describe(), "options": options})
    click.echo(show(rows))
    click.echo(f"\nwrote {RESULTS.relative_to(machine.ROOT)}")
    missed = [row.name for row in rows if row.missed]
    if missed:
        click.echo(f"missed: {'; '.join(missed)}", err=True)
    sys.exit(1 if missed else 0)


def _rows(folder: Path, *, quick: bool, rounds: int, submissions: int, checks: int) -> Iterator[Row]:
    _tell("making the course and the cohort")
    course = make_course(find_course(machine.ROOT), folder / "course", checks)
    stage = set_stage(course, make_cohort(course, submissions), folder, SHORT, MIDDLE)
    measured = []
    for turn in range(1, rounds + 1):
        _tell(f"round {turn} of {rounds}")
        measured.append(measure(stage, turn))
    yield from round_rows(measured)
    if quick:
        yield Row("memory of a grader process", None, note="left out by --quick")
    else:
        _tell(f"memory, over {submissions * GROWTH:,} submissions")
        yield _memory_row(stage)
    _tell("latency")
    yield from _latency_rows()
    yield _nbgrader_row(stage, measured)
    yield from _agreement_rows(stage)


def round_rows(measured: Sequence[Round]) -> Iterator[Row]:
    """Return the rows that come from the rounds: medians, with what each round gave."""

    def row(name: str, value: Callable[[Round], float], unit: str = "x", **more: object) -> Row:
        values = tuple(value(one) for one in measured)
        return Row(name, statistics.median(values), unit, rounds=values, **more)  # type: ignore[arg-type]

    yield row(
        "throughput, ours / pytest per process",
        lambda one: one.pytest_each / one.ours,
        required=Bound(">=", 7),
        target=Bound(">=", 12),
    )
    yield row("the same, our start-up left out", lambda one: one.pytest_each / one.steady)
    yield row(
        "CPU, ours / floor",
        lambda one: one.ours_cpu / one.floor_cpu,
        required=Bound("<=", 7),
        target=Bound("<=", 4),
        note="" if all(one.quiet for one in measured) else "not a quiet machine: the work of others counts as ours",
    )
    yield _sandlock_row(measured)
    yield row("  wall per submission, pytest per process", lambda one: one.pytest_each * 1e3, "ms")
    yield row("  wall per submission, ours", lambda one: one.ours * 1e3, "ms")
    yield row("  wall per submission, our start-up left out", lambda one: one.steady * 1e3, "ms")
    yield row("  CPU per submission, ours", lambda one: one.ours_cpu * 1e3, "ms")
    yield row("  CPU per submission, floor", lambda one: one.floor_cpu * 1e3, "ms")
    yield row("  processors that others kept busy", lambda one: one.idle, "")


def _sandlock_row(measured: Sequence[Round]) -> Row:
    name, required = "throughput, ours in sandlock / pytest per process", Bound(">=", 1.5)
    values = tuple(one.pytest_each / one.sandlock for one in measured if one.sandlock is not None)
    problem = next((one.problem for one in measured if one.problem), "")
    if len(values) < len(measured):
        return Row(name, None, "x", required, note=problem)
    return Row(name, statistics.median(values), "x", required, rounds=values)


def _memory_row(stage: Stage) -> Row:
    count = stage.counts[2]
    sizes = memory.resident_mib(stage.course, stage.long, (count, count * GROWTH))
    note = f"{number(sizes[0])} MiB after {count:,} submissions, {number(sizes[1])} MiB after {count * GROWTH:,}"
    return Row("memory of a grader process, growth", sizes[1] / sizes[0], "x", Bound("<=", 1.05), note=note)


def _latency_rows() -> Iterator[Row]:
    shown, nothing = latency.help_milliseconds()
    yield Row("autograder --help", shown, "ms", Bound("<", 150), note=f"{number(shown / nothing)} times python -c pass")
    numbers, array, apart = latency.round_trip_microseconds()
    note = f"with a (3, 7) array {number(array)} µs; on any processor {number(apart)} µs"
    yield Row("round trip of a call in bubblewrap, one processor", numbers, "µs", Bound("<", 60), note=note)


def _agreement_rows(stage: Stage) -> Iterator[Row]:
    _tell("comparing verdicts")
    found = verdicts(stage)
    own = found.pop("ours")
    for name, other in found.items():
        share, differing = agreement(own, other)
        note = f"differing: {', '.join(differing[:3])}" if differing else ""
        yield Row(f"  same verdicts, ours and {name}", share * 100, "%", note=note)


def _nbgrader_row(stage: Stage, measured: Sequence[Round]) -> Row:
    _tell("nbgrader")
    steady = statistics.median(one.steady for one in measured)
    submissions = make_cohort(stage.course, nbgrader_course.COUNT + 1)
    points = ours.points(stage.folder / "round-1" / "long")
    return nbgrader_course.row(stage.course, submissions, stage.folder, steady, points)


def _tell(what: str) -> None:
    click.echo(f"{what} ...", err=True)


if __name__ == "__main__":
    main()
