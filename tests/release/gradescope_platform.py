"""A stand-in for Gradescope: its paths in a folder, its two moments (build an image, run a submission), its rules."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from jsonschema import Draft202012Validator

_VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
_FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}


def _closed(properties: dict, required: tuple[str, ...] = ()) -> dict:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_TEST = _closed(
    {
        "score": {"type": "number"},
        "max_score": {"type": "number"},
        "status": {"enum": ["passed", "failed"]},
        "name": {"type": "string"},
        "name_format": _FORMAT,
        "number": {"type": "string"},
        "output": {"type": "string"},
        "output_format": _FORMAT,
        "tags": {"type": "array", "items": {"type": "string"}},
        "visibility": _VISIBILITY,
        "extra_data": {"type": "object"},
    }
)
_ROW = _closed(
    {"name": {"type": "string"}, "value": {"type": ["number", "string"]}, "order": {"enum": ["asc", "desc"]}},
    ("name", "value"),
)
# Stricter than Gradescope, which takes the score of all tests where there is none at the top.
RESULTS = Draft202012Validator(
    _closed(
        {
            "score": {"type": "number", "minimum": 0},
            "execution_time": {"type": "number", "minimum": 0},
            "output": {"type": "string"},
            "output_format": _FORMAT,
            "test_output_format": _FORMAT,
            "test_name_format": _FORMAT,
            "visibility": _VISIBILITY,
            "stdout_visibility": _VISIBILITY,
            "extra_data": {"type": "object"},
            "tests": {"type": "array", "items": _TEST},
            "leaderboard": {"type": "array", "items": _ROW},
        },
        ("score", "output"),
    )
)


@dataclass(frozen=True)
class Platform:
    """The tree that is /autograder there; `private` is where the image has its own Python."""

    root: Path
    private: Path

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def results(self) -> Path:
        return self.root / "results" / "results.json"

    def build(self, package: Path) -> subprocess.CompletedProcess[str]:
        """Unpack the zip and run setup.sh, with this very Python in the place of one from the network."""
        with zipfile.ZipFile(package) as archive:
            archive.extractall(self.source)
        (self.root / "results").mkdir()
        shutil.copy(self.source / "run_autograder", self.root / "run_autograder")
        (self.root / "run_autograder").chmod(0o755)
        return subprocess.run(
            ["bash", self.source / "setup.sh"], env=self.environment(), capture_output=True, text=True
        )

    def environment(self) -> dict[str, str]:
        given = {"GRADESCOPE_ROOT": self.root, "AUTOGRADER_PRIVATE": self.private}
        return {
            "PATH": os.environ["PATH"],
            "AUTOGRADER_INTERPRETER": sys.executable,
            **{k: str(v) for k, v in given.items()},
        }

    def hand_in(self, files: dict[str, str | bytes], metadata: object = None) -> None:
        """Put a submission where Gradescope does; metadata None: there is no such file."""
        folder, told = self.root / "submission", self.root / "submission_metadata.json"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        told.unlink(missing_ok=True)
        if metadata is not None:
            told.write_bytes(metadata if isinstance(metadata, bytes) else json.dumps(metadata).encode())

    def start(self, *around: str) -> "subprocess.Popen[str]":
        """Start run_autograder below a command that may stand around it; the results of the run before are gone."""
        self.results.unlink(missing_ok=True)
        command = [*around, str(self.root / "run_autograder")]
        return subprocess.Popen(
            command, cwd=self.root, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, *around: str) -> tuple[dict, str]:
        """Run the submission to its end; return its results, held to the rules, and what the instructor sees."""
        process = self.start(*around)
        seen, _ = process.communicate()
        assert process.returncode == 0, seen
        return self.read(), seen

    def read(self) -> dict:
        results = json.loads(self.results.read_text(encoding="utf-8"))
        RESULTS.validate(results)
        assert [path.name for path in self.results.parent.iterdir()] == ["results.json"]
        return results
