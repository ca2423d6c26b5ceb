"""Run the real command line in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from autograder.report import schema

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def autograder(course_folder: Path, tmp_path: Path) -> Run:
    """`autograder("grade", ...)`: the command with a secret of its own, in an empty folder."""
    validator = Draft202012Validator(schema())

    def run(*words: object, cwd: Path = tmp_path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "AUTOGRADER_SECRET": "a secret of the tests", "COLUMNS": "100", **variables}
        command = [sys.executable, "-m", "autograder", *map(str, words)]
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)
        # Whatever a test is about, every report that it writes has to satisfy the shipped schema.
        for path in tmp_path.glob("out/reports/*.json"):
            if path.stem != "old":
                validator.validate(json.loads(path.read_text(encoding="utf-8")))
        return done

    return run


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Path]:
    """Write a submission: `hand_in("name", {"softmax.py": text})`; returns the folder of submissions."""

    def write(student: str, files: dict[str, str]) -> Path:
        folder = tmp_path / "submissions" / student
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder.parent

    return write


@pytest.fixture(scope="session")
def right(course_folder: Path) -> str:
    """A perfect softmax.py."""
    return (course_folder.parent / "reference" / "softmax.py").read_text(encoding="utf-8")
