"""What `check` says in a release, where nothing can be lent, and what counts as the same function."""

import json
from pathlib import Path

from click.testing import CliRunner
from handed_out import HandedOut

from autograder.cli import main
from autograder.grading.handiwork import notebook_versions
from autograder.sandbox.worker.definitions import Cell, module_of, needed_lines


def test_what_an_exercise_builds_on_is_looked_at_too(handed_out: HandedOut, desk: Path) -> None:
    """One exercise alone is checked; that another one below it is wrong is said first, and shown nowhere else."""
    solution = handed_out.reference("softmax")
    wrong = solution.replace("def softmax(Z: Array) -> Array:", "def softmax(Z: Array) -> Array:\n    return 2 * Z", 1)
    # A loss that takes the student's own softmax, as its statement allows.
    loss = wrong.replace(
        "def softmax_loss(Z: Array, Y: Array) -> tuple[float, Array]:",
        "def softmax_loss(Z: Array, Y: Array) -> tuple[float, Array]:\n    A = softmax(Z)\n"
        "    return float(-np.sum(Y * np.log(np.abs(A))) / Z.shape[1]), A - Y",
        1,
    )
    assert loss != wrong != solution
    (desk / "assignments" / "a05_softmax" / "softmax.py").write_text(loss, encoding="utf-8")
    report = desk / "report.json"
    words = ["check", "a05_softmax.softmax_loss", "--course", str(desk), "--report", str(report)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "softmax does not pass its own checks yet: mend it first." in " ".join(done.output.split())
    assert "autograder check a05_softmax.softmax" in done.output
    told = json.loads(report.read_text(encoding="utf-8"))
    assert [each["name"] for each in told["exercises"]] == ["softmax_loss"]
    assert told["max_points"] == sum(check["max_points"] for check in told["exercises"][0]["checks"])


def test_a_notebook_on_disk_and_in_its_kernel_has_the_same_functions(handed_out: HandedOut) -> None:
    """Scratch work of either changes no function, so what was checked in the kernel is known when it is handed in."""
    room = handed_out.rooms[0]
    cells = ["import numpy as np\nEPS = 1e-9", "print(EPS)", "def one_hot(y, num_classes):\n    return np.eye(EPS)"]
    text = "".join(f"# cell {number}\n{cell}\n" for number, cell in enumerate([*cells, "train()"], start=1))
    ran = [Cell(number + 5, cell) for number, cell in enumerate(["x = 3", *cells])]
    on_disk = notebook_versions(room, lambda names: needed_lines(text, names)[0])
    in_kernel = notebook_versions(room, lambda names: module_of(ran, names).text)
    assert on_disk == in_kernel
    assert on_disk["a05_softmax.one_hot"]
    other = notebook_versions(room, lambda names: needed_lines(text.replace("1e-9", "1e-8"), names)[0])
    assert other["a05_softmax.one_hot"] != on_disk["a05_softmax.one_hot"]
