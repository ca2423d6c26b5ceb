"""Bad input gets a sentence that helps, its own verdict, and costs nobody else anything."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

Run = Callable[..., object]
COURSE = Path(__file__).parent.parent.parent / "assignments"
OF_ONE_ROOM = ("--assignment", "a05_softmax", "--no-capstones", "--course", COURSE)

BAD_BODIES = {
    "an endless loop": ("    while True:\n        pass", "timed_out", "no answer within"),
    "sys.exit": ("    import sys\n    sys.exit(0)", "crashed", "sys.exit"),
    "a 10 GB allocation": ("    return np.zeros((10**5, 10**5 // 8))", "memory_exceeded", "memory"),
    "100 MB of prints": ("    for _ in range(10**6):\n        print('x' * 100)", "output_exceeded", "KiB"),
    "an object": ("    return object()", "failed", "type object"),
    "a subclass that equals everything": (
        (
            "    class Liar(np.ndarray):\n"
            "        def __eq__(self, other):\n"
            "            return np.ones(self.shape, bool)\n"
            "        __array_ufunc__ = None\n"
            "    return np.full(Z.shape, np.nan).view(Liar)"
        ),
        "failed",
        "",
    ),
    "a shape that would broadcast": ("    return np.full((Z.shape[0], 1), 1 / Z.shape[0])", "failed", "shape"),
    "an import of something not available": ("    import torch\n    return torch.softmax(Z, 0)", "crashed", "torch"),
    "the end of the process": ("    import os\n    os._exit(0)", "crashed", "exit status 0"),
    "an edit of its argument": ("    Z -= Z.max()\n    return Z", "crashed", "in place"),
}


def with_body(source: str, function: str, body: str) -> str:
    """Return `source` with another body for one function."""
    start = source.index(f"def {function}(")
    end = source.find("\ndef ", start)
    head = source[start : source.index(":\n", source.index(")", start)) + 2]
    return source[:start] + head + body + "\n\n" + (source[end:] if end > 0 else "")


def exercises(folder: Path, student: str) -> dict[str, dict[str, object]]:
    report = json.loads((folder / "reports" / f"{student}.json").read_text(encoding="utf-8"))
    return {exercise["name"]: exercise for exercise in report["exercises"]}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_function_costs_its_exercise_and_nothing_else(name, autograder, hand_in, right, tmp_path):
    """The exercise has its verdict and a message; the other exercises and the neighbour keep all their points."""
    body, verdict, told = BAD_BODIES[name]
    hand_in("honest", {"softmax.py": right})
    folder = hand_in("other", {"softmax.py": with_body(right, "softmax", body)})
    done = autograder(
        "grade", folder, "-o", tmp_path / "out", "--assignment=a05_softmax", "--no-capstones", "--course", COURSE
    )
    assert done.returncode == 0, done.stderr
    graded = exercises(tmp_path / "out", "other")
    assert graded["softmax"]["verdict"] == verdict
    first = next(check for check in graded["softmax"]["checks"] if check["feedback"])
    assert told in first["feedback"]["evidence"]
    assert graded["softmax"]["points"] == 0
    assert all(item["verdict"] == "passed" for key, item in graded.items() if key != "softmax")
    assert all(item["verdict"] == "passed" for item in exercises(tmp_path / "out", "honest").values())


def test_an_untouched_stub_is_not_implemented_and_has_no_traceback(autograder, hand_in, tmp_path):
    """A stub gives 0 points and says so without a word of Python's."""
    folder = hand_in("blank", {"softmax.py": (COURSE / "a05_softmax" / "softmax.py").read_text(encoding="utf-8")})
    done = autograder(
        "grade", folder, "-o", tmp_path / "out", "--assignment=a05_softmax", "--no-capstones", "--course", COURSE
    )
    assert done.returncode == 0
    graded = exercises(tmp_path / "out", "blank")
    assert {item["verdict"] for item in graded.values()} == {"not_implemented"}
    assert sum(item["points"] for item in graded.values()) == 0
    assert "Traceback" not in done.stdout + done.stderr


def test_a_syntax_error_shows_the_students_line_and_a_caret(autograder, hand_in, right, tmp_path):
    """The message has the file, the line and a caret below the place."""
    broken = right.replace("def softmax(Z: Array) -> Array:", "def softmax(Z: Array -> Array:")
    folder = hand_in("typo", {"softmax.py": broken})
    autograder(
        "grade", folder, "-o", tmp_path / "out", "--assignment=a05_softmax", "--no-capstones", "--course", COURSE
    )
    evidence = exercises(tmp_path / "out", "typo")["softmax"]["checks"][0]["feedback"]["evidence"]
    assert "SyntaxError" in evidence
    assert "def softmax(Z: Array -> Array:" in evidence
    assert re.search(r"softmax\.py, line \d+", evidence)
    assert "^" in evidence


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: None, "no folder"),
        (lambda folder: folder.mkdir(), "empty"),
        (lambda folder: (folder.mkdir(), (folder / "grades.txt").write_text("7")), ".ipynb"),
        (lambda folder: folder.write_text("x"), "folder"),
    ],
    ids=["no folder", "an empty folder", "no known file", "a file"],
)
def test_a_folder_without_submissions_is_named_with_what_was_looked_for(make, told, autograder, tmp_path):
    """Usage errors end with exit code 2 and one message, never with a traceback."""
    folder = tmp_path / "提交 of 2026"
    make(folder)
    done = autograder("grade", folder, "--course", COURSE)
    assert done.returncode == 2
    assert told in done.stderr.lower()
    assert "提交 of 2026" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "a05_sofmax"), "a05_softmax"),
        (("check", "a05_softmax.sofmax"), "softmax"),
        (("grade", ".", "--assignment", "a5"), "a05_softmax"),
        (("audit", "softmax"), "a05_softmax"),
        (("grade", ".", "--sandbox", "docker"), "bubblewrap"),
        (("grade", ".", "--sandbox", "none"), "--unsafe"),
        (("frobnicate",), "No such command"),
        (("grade",), "Missing argument"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(words, told, autograder):
    """A misspelt room, exercise or option is answered with what there is; exit code 2."""
    done = autograder(*words, cwd=COURSE)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('module = "softmax"', 'module = "softmax', "line"),
        ("points = 5", "points = -5", "points"),
        ("points = 5", 'points = "five"', "points"),
        ("difficulty", "dificulty", "difficulty"),
    ],
)
def test_a_wrong_toml_is_named_with_file_line_and_what_is_expected(old, new, told, autograder, course_copy):
    """The author of a room reads where to look and what to write."""
    toml = course_copy / "a05_softmax" / "assignment.toml"
    text = toml.read_text(encoding="utf-8")
    assert old in text
    toml.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = autograder("audit", "a05_softmax", cwd=course_copy)
    assert done.returncode == 2
    assert "assignment.toml" in done.stderr
    assert re.search(r"(:|line )\d+", done.stderr)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_course_that_is_not_there_is_explained(autograder, tmp_path):
    """Outside a course every command says what it looked for."""
    done = autograder("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "course.toml" in done.stderr
