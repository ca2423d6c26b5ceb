"""`%check` and `%hint` in a real kernel."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

from autograder.course import read_course
from autograder.release.notebooks import room_notebook

pytestmark = pytest.mark.slow

GLOBAL_SUM = "def softmax(Z):\n    np.log(np.zeros(1))\n    t = np.exp(Z - Z.max(axis=0))\n    return t / t.sum()"
ONE_HOT = "%%check one_hot\nONE = 1.0\n\ndef one_hot(y, num_classes):\n    Y = np.zeros((num_classes, len(y)))\n"
ONE_HOT += "    Y[y, np.arange(len(y))] = ONE\n    return Y"


@pytest.fixture(scope="module")
def begun(execute, softmax_notebook):
    """A notebook in the middle of things: one function right, one wrong, one with an error, one not begun."""
    cells = {
        # What is done to numpy here must not reach the checks.
        "setup": "import numpy as np\nnp.seterr(all='raise')\ndef accuracy(A, y):\n    raise NotImplementedError",
        "solution-one_hot": "%load_ext autograder",
        "check-one_hot": ONE_HOT,
        "solution-softmax": f"import IPython\n{GLOBAL_SUM}",
        "solution-softmax_loss": "def softmax_loss(Z, Y):\n    P = softmax(Z)\n\n    return P.nothing",
        "check-binary_from_softmax": "%%check binary_from_softmax\nbinary_from_softmax = 1 / 0",
        "solution-accuracy": "1 / 0\ndef accuracy(A, y):\n    return 1",
        "check-accuracy": "%check acuracy\n%check accuracy\n%hint accuracy",
    }
    return execute(softmax_notebook, {**cells, "solution-binary_from_softmax": "pass"})


def test_a_right_function_gets_full_marks(begun):
    """`%%check` runs the cell, then checks what it has defined."""
    assert "1.5 / 1.5  points, 100 %" in begun.shown("check-one_hot")
    assert begun.outputs["solution-one_hot"] == []


def test_a_wrong_function_hears_its_mistake(begun):
    """The page names the mistake as the terminal does, in HTML and in plain text."""
    assert "softmax_global_sum" in begun.shown("check-softmax")
    html = begun.shown("check-softmax", "text/html")
    assert "All columns share one denominator" in html
    assert html.startswith("<pre style=")
    assert "<script" not in html


def test_an_error_is_told_with_the_line_of_the_cell(begun):
    """A traceback speaks of the cell that the student sees, not of a module that nobody does."""
    shown = begun.shown("check-softmax_loss")
    assert "AttributeError" in shown
    assert "In[6], line 4, in softmax_loss" in shown
    assert "softmax.ipynb" not in shown


def test_what_is_told_can_be_found_and_typed_in_the_notebook(begun):
    """A warning of numpy's has its place in a cell, and what to run next is a magic."""
    assert "In[4], line 3: RuntimeWarning: divide by zero encountered in log" in begun.shown("check-softmax")
    assert "then run: %check a05_softmax.softmax_loss" in begun.shown("check-softmax_loss")


def test_a_cell_that_raises_is_not_taken(begun):
    """Neither under `%%check`, nor later; what an earlier cell had defined is still checked."""
    assert begun.errors("check-binary_from_softmax") == ["ZeroDivisionError"]
    assert "nothing was checked" in begun.shown("check-binary_from_softmax")
    assert "a05_softmax.accuracy" in begun.shown("check-accuracy")
    assert "not written yet" in begun.shown("check-accuracy")


def test_a_misspelt_name_hears_the_nearest(begun):
    """A sentence under the cell, and the cell goes on."""
    assert "Did you mean 'accuracy'?" in begun.shown("check-accuracy")
    assert begun.errors("check-accuracy") == []


def test_an_import_that_no_function_needs_is_not_spoken_of(begun):
    """Plots and displays of a notebook are the student's own affair, here and when it is graded."""
    assert "IPython" not in begun.shown("check-softmax")


def test_hints_come_one_at_a_time(begun):
    """`%hint` shows what the terminal's command shows."""
    assert "1/3 First find the answer of each column" in begun.shown("check-accuracy")


def test_a_check_of_the_room_takes_all_that_is_defined(begun):
    """What is not there yet is left out, what is wrong is told."""
    shown = begun.shown("check")
    assert "a05_softmax.one_hot" in shown
    assert "a05_softmax.softmax_loss" in shown
    assert "binary_from_softmax" not in shown


def test_a_stub_is_not_written_yet_and_speaks_the_language_of_its_notebook(execute, course_folder, tmp_path):
    """In a fresh Chinese notebook of a room, handed out in a folder of its name, the check says so in Chinese."""
    course = read_course(course_folder)
    folder = tmp_path / "submitted" / "ann" / "a05_softmax"
    shutil.copytree(course_folder, folder / "assignments")
    shutil.copytree(course_folder.parent / "reference", folder / "reference")
    path = folder / "a05_softmax.ipynb"
    path.write_bytes(room_notebook(course, course.room("a05_softmax"), "zh"))
    done = execute(path, dict.fromkeys(_checks(course, but=("softmax",)), "pass"))
    assert "尚未编写" in done.shown("check-softmax") or "还没" in done.shown("check-softmax")
    assert "a05_softmax.softmax" in done.shown("check-softmax")


def _checks(course, but):
    names = [exercise.name for exercise in course.room("a05_softmax").exercises]
    return ["check", *(f"check-{name}" for name in names if name not in but)]


def test_outside_a_course_a_check_says_where_it_looked(execute, softmax_notebook, tmp_path):
    """There is a sentence, and no traceback."""
    path = tmp_path / "elsewhere.ipynb"
    shutil.copy(softmax_notebook, path)
    done = execute(path)
    assert "no course at" in done.shown("check-softmax")
    assert [name for cell in done.outputs for name in done.errors(cell)] == []


def test_the_whole_notebook_is_graded_as_it_was_checked(execute, softmax_notebook, answers, own_course, tmp_path):
    """With right answers the room's check gives full marks, and so does `autograder grade` for the file as saved."""
    done = execute(softmax_notebook, {**answers, **{f"check-{name[9:]}": "pass" for name in answers}})
    assert "16 / 16" in done.shown("check")
    (tmp_path / "submissions" / "ann").mkdir(parents=True)
    nbformat.write(done.notebook, tmp_path / "submissions" / "ann" / "softmax.ipynb")
    command = [sys.executable, "-m", "autograder", "grade", "submissions", "--assignment", "a05_softmax", "-o", "out"]
    secret = {"AUTOGRADER_SECRET": "a secret of the tests"}
    graded = subprocess.run(
        [*command, "--course", own_course, "-j", "1"],
        cwd=tmp_path, env={**os.environ, **secret}, capture_output=True, text=True,
    )  # fmt: skip
    assert graded.returncode == 0, graded.stdout + graded.stderr
    assert "20/20" in graded.stdout


@pytest.mark.parametrize("processes", [1, 3])
def test_a_check_can_be_interrupted(softmax_notebook, processes):
    """The stop button ends a check, as it begins or when it hangs, with all the processes that it has started."""
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(softmax_notebook.parent))
    try:
        endless = "%load_ext autograder\ndef softmax(Z):\n    while True:\n        pass"
        assert client.execute_interactive(endless, timeout=60)["content"]["status"] == "ok"
        client.execute("%check softmax", stop_on_error=False)
        kernel = manager.provisioner.process.pid
        _until(lambda: len(_descendants(kernel)) >= processes)
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=60)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        _until(lambda: not _descendants(kernel))
        assert client.execute_interactive("1 + 1", timeout=60)["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _descendants(process: int) -> list[int]:
    """The processes below one, of any generation."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_descendants(int(child))]
    return found


def _until(is_so, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "that never came"
        os.sched_yield()
