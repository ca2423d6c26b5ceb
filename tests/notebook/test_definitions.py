"""What is taken of the cells that ran: the definitions that an exercise needs, and nothing besides."""

import pytest

from autograder.intake.magics import plain_python
from autograder.sandbox.worker.definitions import Cell, broken_cell, foreign_imports, module_of, needed_lines


def module(*cells, names=("f",)):
    return module_of([Cell(number, plain_python(text)[0]) for number, text in enumerate(cells, start=1)], names)


def run(made):
    names = {}
    exec(compile(made.text, "module", "exec"), names)
    return names


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("def f():\n    return 1",), 1),
        (("def f():\n    return 1", "def f():\n    return 2"), 2),
        (("import math", "TWO = 2", "def g(x):\n    return math.sqrt(x * TWO)", "def f():\n    return g(8)"), 4),
        (("from math import *", "def f():\n    return floor(pi)"), 3),
        (("def f(x=N):\n    return x", "N = 5", "def f(x=N):\n    return x"), 5),
        (("A = 1", "B = A + 1", "def f():\n    return B", "A = 10"), 2),
        (("A = 1", "A += 1", "A = A * 3", "def f():\n    return A"), 6),
        (("class C:\n    n = 3\n    def m(self):\n        return self.n + K", "K = 1",
          "def f():\n    return C().m()"), 4),
        (("BASE = 7", "def mark(g):\n    return lambda: g() + BASE", "@mark\ndef f():\n    return 1"), 8),
        (("TABLE = {}", "TABLE['x'] = 9", "def f():\n    return TABLE['x']"), 9),
        (("try:\n    import nothing_of_the_kind as m\nexcept ImportError:\n    m = 6", "def f():\n    return m"), 6),
        (("%matplotlib inline\nx = 3; y = 4", "!ls", "def f():\n    return x + y"), 7),
        (("SQUARES = [n * n for n in RANGE]", "RANGE = range(3)", "SQUARES = [n * n for n in RANGE]",
          "def f():\n    return SQUARES[2]"), 4),
        (("x = 1", "from __future__ import annotations\ndef f(a: Nobody = 0):\n    return x",), 1),
    ],
)  # fmt: skip
def test_the_module_does_what_the_notebook_does(cells, value):
    """Whatever the exercise uses comes along, in the order in which it was run, in its last version."""
    made = module(*cells)
    assert run(made)["f"]() == value
    assert made.names == {"f"}


def test_what_no_exercise_needs_stays_away():
    """Plots, training loops, files and failing lines of a notebook never reach the check."""
    made = module(
        "import matplotlib.pyplot as plt\nplt.plot([1])",
        "losses = train()\nfor loss in losses:\n    print(loss)",
        "def f():\n    return 1",
        "assert f() == 2\nraise SystemExit",
    )
    assert made.text == "def f():\n    return 1\n"


def test_a_cell_that_is_no_python_costs_itself_alone():
    """A cell with a half-written line is passed over."""
    assert module("def f(:", "def f():\n    return 1").names == {"f"}
    assert module("def f(:").names == frozenset()


def test_each_line_knows_its_cell():
    """A line of the module is traced to the cell and the line where the student sees it."""
    made = module("import math\n\nEPS = 1", "\n\n@abs\ndef f():\n    return EPS")
    assert made.text == "EPS = 1\n@abs\ndef f():\n    return EPS\n"
    assert made.places == ((1, 3), (2, 3), (2, 4), (2, 5))


def test_imports_that_grading_does_not_have_are_found():
    """Those at the top of a cell would end the run of a whole notebook; those that are guarded would not."""
    cells = ["import numpy as np, os.path", "import matplotlib.pyplot as plt\nfrom sklearn.svm import SVC", "import (",
             "try:\n    import torch\nexcept ImportError:\n    pass", "def f():\n    import pandas"]  # fmt: skip
    assert foreign_imports([Cell(1, text) for text in cells]) == ["matplotlib", "sklearn"]


def test_the_lines_of_a_notebook_stay_where_they_are():
    """What no function needs is blank, and a line of a traceback is the student's own line."""
    source = (
        "# cell 1\nimport torch\nimport math\n# cell 2\ndef f(:\n# cell 3\nx = train()\ndef f():\n    return math.pi\n"
    )
    kept, flags = needed_lines(source, ["f", "never_written"])
    lines = kept.split("\n")
    assert {at: line for at, line in enumerate(lines, start=1) if line} == {
        3: "import math",
        8: "def f():",
        9: "    return math.pi",
    }
    assert flags == 0


def test_a_comment_like_our_marks_parts_no_cell():
    """Only marks that count up are ours; a student's own comment stays in its cell."""
    source = "# cell 1\nA = (1 +\n# cell 7\n2)\n# cell 2\ndef f():\n    return A\n"
    names = {}
    exec(needed_lines(source, ["f"])[0], names)
    assert names["f"]() == 3


def test_annotations_may_be_postponed_anywhere():
    """Python wants `from __future__` first; a notebook may have it in its third cell."""
    source = "# cell 1\nA = 1\n# cell 2\nfrom __future__ import annotations\ndef f(x: Nobody = 2):\n    return A + x\n"
    kept, flags = needed_lines(source, ["f"])
    names = {}
    exec(compile(kept, "n", "exec", flags), names)
    assert names["f"]() == 3


def test_why_a_function_is_missing_is_found_in_its_cell():
    """The last cell that would define it and is no Python stands where it was; a cell that is Python is no reason."""
    source = "# cell 1\ndef g():\n    return 1\n# cell 2\n\ndef f(x):\n    return ((x\n# cell 3\nprint(1)\n"
    assert broken_cell(source, "f").split("\n")[5:7] == ["def f(x):", "    return ((x"]
    with pytest.raises(SyntaxError) as told:
        compile(broken_cell(source, "f"), "softmax.py", "exec")
    assert told.value.lineno == 7
    assert not broken_cell(source, "g")
    assert not broken_cell(source, "h")
