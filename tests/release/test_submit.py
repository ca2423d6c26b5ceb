"""`autograder submit`: what a student has written, in one zip that grading will read, with a manifest of what it is."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from handed_out import HandedOut

from autograder.cli import main
from autograder.course import read_course
from autograder.intake.reading import read_submissions
from autograder.release.packing import pack

MODULE = "a05_softmax/softmax.py"


class Student:
    """A student at a desk."""

    def __init__(self, desk: Path) -> None:
        self.desk = desk
        self.own = desk / "assignments" / "a05_softmax" / "softmax.py"
        self.zip = desk / "submission.zip"

    def write(self, text: str) -> None:
        self.own.write_text(text, encoding="utf-8")

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--course", str(self.desk)])

    def submit(self, *words: str) -> Result:
        return self.run("submit", *words, "-o", str(self.zip))

    def manifest(self) -> dict:
        with zipfile.ZipFile(self.zip) as archive:
            return json.loads(archive.read("manifest.json"))


@pytest.fixture
def student(desk: Path) -> Student:
    return Student(desk)


@pytest.fixture
def solution(handed_out: HandedOut) -> str:
    return handed_out.reference("softmax")


def with_one_function(solution: str, stub: str) -> str:
    """The stub with the solution of one_hot in it."""
    start, end = "def one_hot(", "\n\n\ndef softmax("
    before, _, rest = stub.partition(start)
    body = solution.partition(start)[2].partition(end)[0]
    return before + start + body + end + rest.partition(end)[2]


def test_where_nothing_was_written_there_is_nothing_to_hand_in(student: Student) -> None:
    """Each room is said to be not begun, and no file is written."""
    done = student.submit()
    assert done.exit_code == 1
    assert "a05_softmax: not begun\na10_batchnorm: not begun\n" in done.output
    assert "refused: there is nothing to hand in" in done.output
    assert not student.zip.exists()


def test_what_was_written_is_packed_and_told_by_exercise(student: Student, solution: str) -> None:
    """Digests, versions, and what is untouched, changed, or finished by the last check."""
    student.write(with_one_function(solution, student.own.read_text("utf-8")))
    done = student.submit()
    assert done.exit_code == 0
    assert "a05_softmax: 0 finished by your last check, 1 changed, 4 untouched (softmax, softmax_loss," in done.output
    assert f"wrote {student.zip}: {MODULE}" in done.output
    manifest = student.manifest()
    assert manifest["files"] == {MODULE: hashlib.sha256(student.own.read_bytes()).hexdigest()}
    assert manifest["schema"] == 1
    assert manifest["numpy"] == np.__version__
    states = manifest["exercises"]
    assert states["a05_softmax.one_hot"] == "changed"
    assert states["a05_softmax.softmax"] == states["a10_batchnorm.batchnorm_forward"] == "untouched"
    student.run("check", "a05_softmax.one_hot")
    student.submit()
    assert student.manifest()["exercises"]["a05_softmax.one_hot"] == "finished"
    student.write(student.own.read_text("utf-8").replace("Y[y, np.arange(y.size)] = 1.0", "Y[y] = 1.0"))
    student.submit()
    assert student.manifest()["exercises"]["a05_softmax.one_hot"] == "changed"


def test_the_same_work_gives_the_same_zip(student: Student, solution: str) -> None:
    """Whenever it is packed."""
    student.write(solution)
    course = read_course(student.desk / "assignments")
    first = pack(course, course.rooms)
    assert first.content == pack(course, course.rooms).content
    assert first.files == (MODULE,)


def test_grading_reads_the_zip_and_passes_over_the_manifest_in_silence(
    student: Student, solution: str, tmp_path: Path
) -> None:
    """Named for its student, with nothing to remark."""
    student.write(solution)
    student.submit()
    folder = tmp_path / "submissions"
    folder.mkdir()
    student.zip.rename(folder / "李 伟.zip")
    (read,) = read_submissions(folder, {"softmax.py", "batchnorm.py"})
    assert (read.student, read.problem, read.notes) == ("李 伟", None, ())
    assert dict(read.sources) == {MODULE: solution}


def test_a_file_that_is_no_python_is_packed_with_a_warning(student: Student) -> None:
    """At the line where it stops being Python."""
    student.write("import numpy as np\n\n\ndef softmax(Z):\n    return Z +\n")
    done = student.submit()
    assert done.exit_code == 0
    assert f"note: {MODULE}, line 5: is not Python as it stands, so nothing in it can earn points" in done.output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"x = 1\n" + b"# long\n" * 200_000, "1 MiB is the most that is read"),
        (b"x = '\xff'\n", "byte 0xff in line 1 does not decode"),
        (b"x = '\0'\n", "NUL"),
    ],
    ids=["too large", "no text", "NUL"],
)
def test_what_grading_would_refuse_is_refused_before_it_is_written(
    student: Student, solution: str, content: bytes, told: str
) -> None:
    """In grading's own words, by file; the zip of last time stays."""
    student.write(solution)
    assert student.submit().exit_code == 0
    before = student.zip.read_bytes()
    (student.desk / "assignments" / "a10_batchnorm" / "batchnorm.py").write_bytes(content)
    done = student.submit()
    assert done.exit_code == 1
    assert "refused: a10_batchnorm/batchnorm.py: " in done.output
    assert told in done.output
    assert done.output.rstrip().endswith("submission.zip was not written.")
    assert student.zip.read_bytes() == before


def test_a_room_that_was_not_asked_for_stays_out(student: Student, solution: str) -> None:
    """So one room can be handed in alone."""
    student.write(solution)
    assert student.submit("a10_batchnorm").exit_code == 1
    assert student.submit("a05_softmax").exit_code == 0
    assert all(name.startswith("a05_softmax.") for name in student.manifest()["exercises"])


@pytest.mark.parametrize("name", ["work.txt", "softmax.py", "folder.zip"])
def test_nothing_but_a_zip_is_written_over(student: Student, tmp_path: Path, name: str) -> None:
    """A mistyped -o costs nobody their work."""
    (tmp_path / "folder.zip").mkdir()
    done = student.run("submit", "-o", str(tmp_path / name))
    assert done.exit_code == 2
    assert "is no name for a zip; name one that ends in .zip with -o" in done.output


def solved(notebook: bytes, solution: str) -> bytes:
    """The notebook with a solution in the first cell of code."""
    document = json.loads(notebook)
    cell = next(cell for cell in document["cells"] if cell["id"] == "solution-accuracy")
    cell["source"] = solution.splitlines(keepends=True)
    return json.dumps(document).encode()


def test_a_notebook_counts_where_it_is_what_a_student_writes(
    student: Student, handed_out: HandedOut, solution: str
) -> None:
    """Beside an untouched module, and in its place; `check` and `submit` agree. Two that were changed are refused."""
    notebook = student.own.with_suffix(".ipynb")
    pristine = handed_out.tree["assignments/a05_softmax/softmax.ipynb"]
    notebook.write_bytes(pristine)
    assert "there is nothing to hand in" in student.submit().output
    notebook.write_bytes(solved(pristine, solution))
    for _ in range(2):
        assert "16 / 16  points" in student.run("check", "a05_softmax").output
        assert student.submit().exit_code == 0
        assert list(student.manifest()["files"]) == ["a05_softmax/softmax.ipynb"]
        assert student.manifest()["exercises"]["a05_softmax.accuracy"] == "finished"
        student.own.unlink(missing_ok=True)
    student.write(solution)
    done = student.submit()
    assert done.exit_code == 1
    assert "a05_softmax: both softmax.py and softmax.ipynb have been changed, and only one counts" in done.output


def test_it_works_in_a_course_that_is_no_release(course_copy: Path, tmp_path: Path) -> None:
    """The stub is then cut from the reference."""
    room = course_copy / "a05_softmax"
    room.joinpath("softmax.py").write_text("def softmax(Z):\n    return Z\n")
    out = tmp_path / "work.zip"
    done = CliRunner().invoke(main, ["submit", "-o", str(out), "--course", str(course_copy)])
    assert done.exit_code == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        assert archive.namelist() == [MODULE, "manifest.json"]
