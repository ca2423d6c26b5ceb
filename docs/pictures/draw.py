"""Draw the README's pictures: run the real commands in a wide terminal and keep what they print as SVG.

Run it as: python docs/pictures/draw.py
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WIDTH = 108
DEMO = ("--no-capstones", *("--assignment=" + room for room in ("a04_backprop", "a05_softmax", "a09_optim")))


def run(words: list[str], cwd: Path) -> str:
    """Return what a command prints, with its colours."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "autograder", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True).stdout


def draw(name: str, prompt: str, words: list[str], cwd: Path) -> None:
    """Write `name`.svg with the prompt and what followed it."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - not a file of ours
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text(f"$ {prompt}", style="bold"))
        console.print(Text.from_ansi(run(words, cwd)))
        console.save_svg(str(HERE / f"{name}.svg"), title="autograder")


def main() -> None:
    """Draw every picture."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        for part in ("assignments", "reference"):
            shutil.copytree(ROOT / part, course / part)
        draw("grade", "autograder grade examples/submissions", [
            "grade", str(ROOT / "examples" / "submissions"), "-o", "grades", "--course", "assignments", *DEMO,
        ], course)  # fmt: skip
        # A cohort's student, so that nothing here is made up.
        handed_in = ROOT / "examples" / "submissions" / "刘思远"
        for module in sorted(handed_in.rglob("softmax.py")):
            shutil.copy(module, course / "assignments" / "a05_softmax" / "softmax.py")
        draw("check", "autograder check a05_softmax", ["check", "a05_softmax"], course)


if __name__ == "__main__":
    main()
