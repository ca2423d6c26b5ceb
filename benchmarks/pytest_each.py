"""What everyone writes first: one `pytest --json-report` process for each submission, two side by side."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.metadata import distributions, version
from pathlib import Path

import autograder
from autograder.course.model import Course
from autograder.errors import AutograderError
from benchmarks.course import checks_file
from benchmarks.machine import ROOT, environment, run
from benchmarks.outcomes import Outcomes

VENV = ROOT / ".autograder" / "bench-venv"
PACKAGES = ("numpy", "pytest", "pytest-json-report")
SIDE_BY_SIDE = 2


@dataclass(frozen=True)
class Rival:
    """Where everything is. python: of its own environment. checks: the folder to run pytest in."""

    python: Path
    checks: Path
    reports: Path
    env: dict[str, str]


def prepare(course: Course, folder: Path) -> Rival:
    """Make the environment, if there is none yet, and lay out the checks in `folder`. Raises `AutograderError`."""
    checks, reports, path = folder / "checks", folder / "reports", folder / "path"
    for made in (checks, reports, path):
        made.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("pytest_each_conftest.py"), checks / "conftest.py")
    for room in course.rooms:
        (checks / room.name).mkdir()
        shutil.copy(checks_file(room), checks / room.name)
    # A folder that shows the package alone: beside our installed metadata, pytest would load our plugin too.
    (path / "autograder").symlink_to(Path(autograder.__file__).parent)
    # A student's bytecode is never there beforehand; what stays from one to the next is cached by `warm_up`.
    env = environment(PYTHONPATH=str(path), BENCH_REFERENCE=str(course.reference), PYTHONDONTWRITEBYTECODE="1")
    return Rival(_python(), checks, reports, env)


def grade(rival: Rival, cohort: Path, names: Sequence[str]) -> float:
    """Grade the named submissions of `cohort`; return the wall clock's seconds for each."""
    start = time.perf_counter()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as streams:
        for _ in streams.map(lambda name: _grade_one(rival, cohort / name), names):
            pass
    return (time.perf_counter() - start) / len(names)


def warm_up(rival: Rival, submission: Path) -> None:
    """Grade once so that bytecode and rewritten checks are cached, as they would be after the first student."""
    env = {name: value for name, value in rival.env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    _grade_one(replace(rival, env=env), submission)


def outcomes(rival: Rival) -> Outcomes:
    """Return what came of each check of each submission that was graded."""
    found: Outcomes = {}
    for file in sorted(rival.reports.glob("*.json")):
        tests = json.loads(file.read_text(encoding="utf-8"))["tests"]
        found[file.stem] = {_key(test["nodeid"]): test["outcome"] == "passed" for test in tests}
    return found


def _key(node: str) -> str:
    file, _, name = node.partition("::")
    return f"{file.partition('/')[0]}:{name.removeprefix('test_')}"


def _grade_one(rival: Rival, submission: Path) -> None:
    report = rival.reports / f"{submission.name}.json"
    command = (rival.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--json-report")
    ended = subprocess.run(
        (*command, f"--json-report-file={report}"),
        cwd=rival.checks,
        env={**rival.env, "BENCH_SUBMISSION": str(submission)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if ended.returncode not in (0, 1):
        raise AutograderError(f"pytest ended with {ended.returncode} on {submission}: {ended.stdout[-600:]}")


def _python() -> Path:
    """Return the interpreter of an environment with nothing but `PACKAGES`, at the versions installed here."""
    wanted = [f"{name}=={version(name)}" for name in PACKAGES]
    stamp, text = VENV / "made-of.txt", "\n".join([sys.version, *wanted])
    python = VENV / "bin" / "python"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == text:
        return python
    shutil.rmtree(VENV, ignore_errors=True)
    run((sys.executable, "-m", "venv", VENV))
    pinned = VENV / "constraints.txt"
    versions = {f"{found.name}=={found.version}\n" for found in distributions() if found.name in _BELOW}
    pinned.write_text("".join(sorted(versions)), encoding="utf-8")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run((*pip, "--constraint", pinned, *wanted))
    stamp.write_text(text, encoding="utf-8")
    return python


_BELOW = ("iniconfig", "packaging", "pluggy", "Pygments", "pytest-metadata")
