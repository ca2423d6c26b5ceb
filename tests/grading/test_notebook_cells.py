"""A notebook is graded for its functions: what else stands in it costs nothing."""

import json

import pytest
from click.testing import CliRunner

from autograder.cli import main


def notebook(*cells):
    made = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text} for text in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def solution(course_folder):
    return (course_folder.parent / "reference" / "softmax.py").read_text(encoding="utf-8")


def graded(folder, course_folder, backend, tmp_path):
    words = ["grade", folder, "-o", tmp_path / "grades", "--course", course_folder, "--assignment", "a05_softmax"]
    done = CliRunner().invoke(main, [str(word) for word in [*words, "--sandbox", backend]])
    assert done.exit_code == 0, done.output
    reports = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "grades" / "reports").glob("*.json")]
    return {report["submission"]["student"]: report for report in reports}


@pytest.mark.slow
def test_plots_loops_and_failing_cells_cost_nothing(backend, course_folder, solution, tmp_path):
    """Full marks with a plot, an endless training loop, a cell that raises and one that is half written."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    scratch = [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "while True:\n    loss = softmax(Z)",
        "raise SystemExit('done')",
        "def half(:",
    ]
    (folder / "ann.ipynb").write_text(notebook(scratch[0], solution, *scratch[1:]), encoding="utf-8")
    wrong = solution.replace("def softmax(Z: Array) -> Array:", "def softmax(Z: Array) -> Array:\n    return boom", 1)
    (folder / "bea.ipynb").write_text(notebook(*scratch, wrong), encoding="utf-8")
    reports = graded(folder, course_folder, backend, tmp_path)
    assert reports["ann"]["points"] == reports["ann"]["max_points"] == 20
    (failed,) = [each for each in reports["bea"]["exercises"] if each["name"] == "softmax"]
    line = wrong.split("\n").index("    return boom") + 1
    assert f"bea.ipynb, cell 5, line {line}, in softmax" in failed["checks"][0]["feedback"]["evidence"]
