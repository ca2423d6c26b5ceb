"""Grade 5,000 submissions, one in ten of them hostile, and see whether anything grows, stays behind or slows down.

    python -m benchmarks.soak                              bubblewrap, 5,000 submissions: a quarter of an hour
    python -m benchmarks.soak --sandbox sandlock --submissions 2000

The hostile ones are a hundred of the corpus of tests/attacks, in turn; the others are right, wrong and accepted answers
of the same room. Every thousand in a row have the same mixture, so that the first thousand and the last should cost the
same.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice, pairwise
from pathlib import Path

from autograder.audit.candidates import every_candidate
from autograder.course import load_mistakes, load_reference, load_variants, read_course
from benchmarks.machine import ROOT, autograder_command, describe, environment
from benchmarks.processes import below, every_process, namespaces, role
from benchmarks.table import Bound, Row, show, write_json

ROOM = "a05_softmax"
WINDOW = 1_000
HOSTILE_EACH = 10
SAMPLE_SECONDS = 2.0
ATTACKS = ROOT / "tests" / "attacks" / "submissions"


@dataclass
class Watch:
    """What was seen while it ran: resident MiB by role at each look, and zombies that were there twice in a row."""

    memory: list[dict[str, float]] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    zombies: int = 0
    seen: set[tuple[int, int]] = field(default_factory=set)
    _before: set[int] = field(default_factory=set)

    def look(self, root: int, done: int) -> None:
        """Take one sample."""
        processes = below(root, every_process())
        resident: Counter[str] = Counter()
        for process in processes:
            resident[role(process, root)] += process.resident
        self.memory.append({name: total / 2**20 for name, total in resident.items()})
        self.done.append(done)
        self.seen |= {(process.pid, process.started) for process in processes}
        dead = {process.pid for process in processes if process.state == "Z"}
        self.zombies += len(dead & self._before)
        self._before = dead

    def growth(self, name: str) -> float:
        """Return the median over the last fifth of the run divided by the median over its second fifth."""
        total = self.done[-1]
        early = self._between(name, total * 0.2, total * 0.4)
        late = self._between(name, total * 0.8, total)
        return statistics.median(late) / statistics.median(early)

    def _between(self, name: str, first: float, last: float) -> list[float]:
        pairs = zip(self.done, self.memory, strict=True)
        return [seen[name] for done, seen in pairs if first <= done <= last and name in seen] or [float("nan")]


def hand_in(folder: Path, count: int) -> None:
    """Write the cohort: every tenth submission is the next attack."""
    course = read_course(ROOT / "assignments")
    room = course.room(ROOM)
    names = vars(load_reference(course, room))
    candidates = every_candidate(course, room, load_mistakes(room, names), load_variants(room, names))
    honest = cycle([dict(candidate.submission.sources) for candidate in candidates])
    # As many as there is room for in a window, taken evenly from all families.
    every = _hostile()
    hostile = [every[turn * len(every) * HOSTILE_EACH // WINDOW] for turn in range(WINDOW // HOSTILE_EACH)]
    for number in range(count):
        turn, place = divmod(number % WINDOW, HOSTILE_EACH)
        sources = hostile[turn] if place == HOSTILE_EACH - 1 else next(honest)
        student = folder / f"{number:05}"
        student.mkdir()
        for name, text in sources.items():
            # A line of their own, so that no two are the same submission.
            (student / name).write_text(f"{text}\n# {number}\n", encoding="utf-8")


def _hostile() -> list[dict[str, str]]:
    """Return the attacks that are one file each, in an order that mixes their families."""
    files = sorted(ATTACKS.glob("*/*.py"), key=lambda file: (file.name[::-1], file))
    return [{f"{ROOM.partition('_')[2]}.py": file.read_text(encoding="utf-8")} for file in files]


def soak(count: int, sandbox: str, place: Path) -> Iterator[Row]:
    """Grade `count` submissions below `place`; yield what came of it."""
    folder, output, scratch = (place / name for name in ("submissions", "grades", "temporary"))
    for each in (folder, scratch):
        each.mkdir()
    # The sandbox's own user must be able to reach its scratch space.
    for each in (place, scratch):
        each.chmod(0o755)
    hand_in(folder, count)
    before = namespaces(every_process())
    command = [*autograder_command(), "grade", str(folder), "-o", str(output), "--assignment", ROOM]
    command += ["--sandbox", sandbox, "--course", str(ROOT / "assignments")]
    log = place / "log"
    watch, start = Watch(), time.perf_counter()
    with log.open("w") as stream:
        running = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment(TMPDIR=str(scratch)))
        while running.poll() is None:
            reports = output / "reports"
            watch.look(running.pid, len(os.listdir(reports)) if reports.is_dir() else 0)  # noqa: PTH208 - only counted
            time.sleep(SAMPLE_SECONDS)
    seconds = time.perf_counter() - start
    yield Row("submissions graded", float(len(list((output / "reports").iterdir()))), "", Bound(">=", count))
    yield Row("exit code", float(abs(running.returncode)), "", Bound("<=", 0), note=_last_words(log))
    yield Row("submissions a second, over all", count / seconds, "/s")
    # In anything less than a whole window the mixture is another one.
    yield _pace(output / "reports", WINDOW if count >= 2 * WINDOW else count // 2)
    for name in ("coordinator", "grader", "sandbox"):
        note = f"{watch.memory[-1].get(name, 0):.0f} MiB at the end"
        yield Row(f"memory of {name} processes, growth", watch.growth(name), "x", Bound("<=", 1.1), note=note)
    yield Row("zombies", float(watch.zombies), "", Bound("<=", 0))
    time.sleep(2)
    yield Row("namespaces left", float(len(namespaces(every_process()) - before)), "", Bound("<=", 0))
    alive = every_process().values()
    mine = [process.command for process in alive if (process.pid, process.started) in watch.seen]
    yield Row("processes left", float(len(mine)), "", Bound("<=", 0), note="; ".join(mine)[:200])
    left = [path.name for path in scratch.iterdir()]
    yield Row("files left in the temporary folder", float(len(left)), "", Bound("<=", 0), note=", ".join(left)[:200])
    yield _verdicts(output / "reports")


def _pace(reports: Path, window: int) -> Row:
    """Return the last window's throughput over that of the first, from when each report was written."""
    times = sorted(path.stat().st_mtime for path in reports.iterdir())
    marks = [times[0], *times[window - 1 :: window]]
    paces = [window / (later - earlier) for earlier, later in pairwise(marks)]
    note = f"submissions a second, {window:,} at a time: {', '.join(f'{pace:.1f}' for pace in paces)}"
    # The first window also waits for the graders to start; what is asked is that the end is no slower.
    return Row("throughput at the end / at the start", paces[-1] / paces[0], "x", Bound(">=", 0.9), note=note)


def _verdicts(reports: Path) -> Row:
    """Return how many attacks made the grader seem at fault, and what became of their exercises."""
    counted: Counter[str] = Counter()
    faults = 0
    for path in islice(sorted(reports.iterdir()), HOSTILE_EACH - 1, None, HOSTILE_EACH):
        report = json.loads(path.read_text(encoding="utf-8"))
        faults += bool(report["faults"])
        counted.update(exercise["verdict"] for exercise in report["exercises"])
    note = "hostile exercises: " + ", ".join(f"{name} {number}" for name, number in counted.most_common())
    return Row("hostile submissions that made the grader at fault", float(faults), "", Bound("<=", 0), note=note)


def _last_words(log: Path) -> str:
    return " | ".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-2:])[:200]


def main() -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=5_000)
    parser.add_argument("--sandbox", choices=["bubblewrap", "sandlock"], default="bubblewrap")
    chosen = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        rows = list(soak(chosen.submissions, chosen.sandbox, place))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(f"{chosen.submissions:,} submissions in {chosen.sandbox}, one in {HOSTILE_EACH} hostile")
    print(show(rows))
    write_json(ROOT / "benchmarks" / "results" / f"soak-{chosen.sandbox}.json", rows, describe())
    return int(any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
