"""nbgrader beside us: the same checks as cells of notebooks, graded by its own `autograde`."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from benchmarks.cohort import Handed
from benchmarks.course import Found, checks_file, find_checks
from benchmarks.machine import ROOT, environment
from benchmarks.ours import PROCESSES
from benchmarks.table import Row

COUNT = 5
NAME = "throughput, ours / nbgrader autograde"
ASSIGNMENT = "bench"

FIXTURES = """
import hmac, importlib.util, os, types

def imported(file):
    spec = importlib.util.spec_from_file_location("reference", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

def generator(name, hidden):
    key = os.environ["AUTOGRADER_SECRET"].encode() if hidden else b"public"
    return np.random.default_rng(int.from_bytes(hmac.digest(key, name.encode(), "sha256")[:16], "little"))

oracle = imported({reference!r})
student = types.SimpleNamespace(**{{name: globals()[name] for name in {functions!r}}})
"""


def row(
    course: Course, submissions: Sequence[Handed], folder: Path, steady_seconds: float, points: Mapping[str, float]
) -> Row:
    """Return how many times as many submissions we grade; the first one warms nbgrader up and does not count.

    points: what we gave each submission.
    """
    if find_spec("nbgrader") is None:
        return Row(NAME, None, note="get it with: pip install 'deepnet-autograder[nbgrader]'")
    place = folder / "nbgrader"
    release = notebook(course, {f"{room.module}.py": "" for room in course.rooms})
    _write(place / "source" / ASSIGNMENT / "bench.ipynb", release)
    for submission in submissions:
        file = place / "handed" / submission.name / ASSIGNMENT / "bench.ipynb"
        _write(file, notebook(course, submission.sources))
    command = (sys.executable, "-m", "benchmarks.nbgrader_grade", place)
    # nbgrader starts alembic by its bare name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ended = subprocess.run(command, cwd=ROOT, env=environment(PATH=path), capture_output=True, text=True)
    if ended.returncode != 0:
        raise AutograderError(f"nbgrader: {ended.stderr[-600:]}")
    told: dict[str, Any] = json.loads(ended.stdout.strip().rpartition("\n")[2])
    # As if two of it would run side by side without being in each other's way.
    seconds = told["seconds"] / PROCESSES
    note = f"nbgrader {told['version']}: {told['seconds'] * 1e3:.0f} ms per submission in one stream"
    return Row(NAME, seconds / steady_seconds, "x", note=f"{note}; {_compared(told['scores'], points)}")


def notebook(course: Course, sources: dict[str, str]) -> dict[str, Any]:
    """Return a notebook that holds a student's sources and, after each, the room's checks."""
    cells = [cell for room in course.rooms for cell in _cells(course, room, sources[f"{room.module}.py"])]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _cells(course: Course, room: Room, source: str) -> Iterator[dict[str, Any]]:
    yield _cell(room.module, source, solution=True)
    text = checks_file(room).read_text(encoding="utf-8")
    checks = find_checks(room)
    functions = [exercise.name for exercise in room.exercises]
    fixtures = FIXTURES.format(reference=str(course.reference / f"{room.module}.py"), functions=functions)
    yield _cell(f"given_{room.module}", _without(text, checks) + fixtures)
    tree = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    for check in checks:
        yield _cell(check.name, _called(check, tree[check.name]), points=check.points)


def _without(text: str, checks: Sequence[Found]) -> str:
    lines = text.split("\n")
    for check in reversed(checks):
        del lines[check.first - 1 : check.last]
    return "\n".join(lines)


def _called(check: Found, function: ast.FunctionDef) -> str:
    """Return a check as a cell: its function without marks, and a call of it."""
    function.decorator_list = []
    name = f"{check.room}.{check.exercise}:{check.name.removeprefix('test_')}"
    wants = {"student": "student", "oracle": "oracle", "rng": f"generator({name!r}, {check.hidden})"}
    given = ", ".join(wants[argument.arg] for argument in function.args.args)
    return f"{ast.unparse(function)}\n\n{check.name}({given})"


def _cell(name: str, source: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    marks: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None,
        "solution": solution,
        "locked": not solution,
        "task": False,
    }
    if points is not None:
        marks["points"] = points
    return {
        "cell_type": "code",
        "id": name[-60:],
        "metadata": {"nbgrader": marks},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _write(file: Path, document: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(document), encoding="utf-8")


def _compared(scores: Mapping[str, float], points: Mapping[str, float]) -> str:
    differing = [name for name, score in sorted(scores.items()) if abs(score - points[name]) > 1e-6]
    return f"other points than ours: {', '.join(differing)}" if differing else "same points as ours"
