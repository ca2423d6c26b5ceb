"""A release as a folder: a course of its own, the same each time, that says how to start and never writes over work."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from handed_out import ROOMS, HandedOut
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.cli import main
from autograder.course import cut_stub, read_course
from autograder.course.source import take_apart
from autograder.errors import AutograderError
from autograder.grading.own import check_own
from autograder.language import speaking
from autograder.release.documents import toml_text
from autograder.release.front import front_files
from autograder.release.placing import place
from autograder.release.rooms import Choice, room_files
from autograder.release.wheel import wheel_name
from autograder.study.resetting import put_back

IN_A_ROOM = {"assignment.toml", "README.md", "README.zh.md", "texts.zh.toml"}


def test_it_is_a_course_of_public_checks_with_recorded_answers(handed_out: HandedOut) -> None:
    """What reads courses reads it: the same exercises with the same texts, and no capstone."""
    course = read_course(handed_out.folder / "assignments")
    assert course.is_release
    assert [room.name for room in course.rooms] == list(ROOMS)
    for room, whole in zip(course.rooms, handed_out.rooms, strict=True):
        assert room.capstone is None
        assert [exercise.name for exercise in room.exercises] == [exercise.name for exercise in whole.exercises]
        for exercise, original in zip(room.exercises, whole.exercises, strict=True):
            assert (exercise.hints, exercise.points, exercise.limits) == (
                original.hints,
                original.points,
                original.limits,
            )
            assert exercise.rows == ()


def test_it_holds_what_students_need_and_no_more(handed_out: HandedOut) -> None:
    """Every file is known, so that a new one is a decision."""
    expected = {"README.md", "README.zh.md", "Makefile", "requirements.txt", ".gitignore", ".gitlab-ci.yml"}
    expected |= {".github/workflows/grade.yml", f"wheels/{wheel_name()}"}
    expected |= {f"docs/{name}{suffix}" for name in ("CONVENTIONS", "ERRATA") for suffix in (".md", ".zh.md")}
    expected |= {"assignments/course.toml", "assignments/pytest.ini"}
    for room in handed_out.rooms:
        own = {*IN_A_ROOM, f"{room.module}.py", f"{room.module}.ipynb", f"checks/test_{room.module}.py"}
        expected |= {f"assignments/{room.name}/{name}" for name in own}
        expected |= {f"stubs/{room.module}.py", f"recordings/{room.name}.npz"}
    written = {
        path.relative_to(handed_out.folder).as_posix() for path in handed_out.folder.rglob("*") if path.is_file()
    }
    assert written == set(handed_out.tree) == expected


@pytest.mark.slow
def test_the_same_course_gives_the_same_bytes_elsewhere(
    handed_out: HandedOut, course_copy: Path, tmp_path: Path
) -> None:
    """By the command, in another process, time zone and folder, of a course with other rooms and an edited stub."""
    shutil.copytree(handed_out.course.path.parent / "docs", course_copy.parent / "docs")
    (course_copy / "a05_softmax" / "softmax.py").write_text("edited = True\n")
    command = [sys.executable, "-m", "autograder", "release", "a05_softmax", "--format", "both", "-o", "out"]
    command += ["--course", str(course_copy)]
    environment = {**os.environ, "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "9", "AUTOGRADER_SECRET": "of this test"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("wrote 1 room, ")
    for path in (tmp_path / "out").rglob("*"):
        name = path.relative_to(tmp_path / "out").as_posix()
        if path.is_file() and ("softmax" in name or name.startswith((".git", "docs", "requirements"))):
            assert path.read_bytes() == handed_out.tree[name], name


def test_stubs_are_what_start_over_gives_back(handed_out: HandedOut, desk: Path) -> None:
    """The stub of a stub is itself, in every room; what was written is kept."""
    for room in handed_out.course.rooms:
        stub = room_files(handed_out.course, room, Choice())[f"{room.module}.py"].decode()
        assert cut_stub(stub, [exercise.name for exercise in room.exercises], room) == stub
    course = read_course(desk / "assignments")
    own = desk / "assignments" / "a05_softmax" / "softmax.py"
    own.write_text(handed_out.reference("softmax"), encoding="utf-8")
    kept = put_back(course, course.exercise("softmax_loss"))
    assert "raise NotImplementedError" in own.read_text("utf-8").partition("def softmax_loss")[2].partition("\ndef ")[0]
    assert kept.read_text("utf-8") == handed_out.reference("softmax")


def test_the_language_that_comes_first_is_the_plain_readme(handed_out: HandedOut) -> None:
    """In a Chinese release README.md is Chinese and names the English one; make and the workflows speak it too."""
    files = front_files(handed_out.course, handed_out.rooms, Choice("zh", "ipynb"))
    text = files["README.md"].decode()
    assert "开始" in text
    assert "(README.en.md)" in text
    assert "softmax.ipynb" in text
    assert "(README.md)" in files["README.en.md"].decode()
    makefile = files["Makefile"].decode()
    assert "export AUTOGRADER_LANG ?= zh" in makefile
    assert "lab: $(STAMP) ##" in makefile
    assert yaml.safe_load(files[".gitlab-ci.yml"])["grade"]["variables"]["AUTOGRADER_LANG"] == "zh"
    statements = room_files(handed_out.course, handed_out.rooms[0], Choice("zh"))
    assert {"README.md", "README.en.md"} <= set(statements)
    assert "多分类" in statements["README.md"].decode()
    for name, content in files.items():
        assert not re.search(rb"@[A-Z_]+@", content), name


def test_nothing_speaks_of_what_a_release_does_not_have(handed_out: HandedOut) -> None:
    """No statement sends students to `autograder pictures`; links lead to files that are there."""
    for name, content in handed_out.tree.items():
        if name.endswith((".md", ".ipynb")):
            assert "autograder pictures" not in content.decode(), name
        if name.endswith(".md"):
            folder = Path(name).parent
            for link in re.findall(r"\]\(([^)#:]+)\)", content.decode()):
                assert (folder / link).as_posix() in handed_out.tree, (name, link)


def test_the_workflow_of_github_reports_first_and_fails_last(handed_out: HandedOut) -> None:
    """Check, summary, JUnit and artifact come whatever the check finds; the last step ends with its code."""
    workflow = yaml.safe_load(handed_out.tree[".github/workflows/grade.yml"])
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["grade"]["steps"]
    runs = [step.get("run", step.get("uses", "")) for step in steps]
    words = ("wheels/", "--report report.json || code=$?", "export github", "export junit", "upload-artifact")
    places = [next(at for at, run in enumerate(runs) if word in run) for word in words]
    assert places == sorted(places)
    assert "exit" in runs[-1]
    assert all("cancelled()" in step["if"] for step in steps[places[2] : places[4] + 1])


def test_the_pipeline_of_gitlab_reports_first_and_fails_last(handed_out: HandedOut) -> None:
    """JUnit and code quality are handed in also when the job fails, which it does by its last line."""
    job = yaml.safe_load(handed_out.tree[".gitlab-ci.yml"])["grade"]
    assert job["script"][-1] == 'exit "$code"'
    assert job["artifacts"]["when"] == "always"
    assert job["artifacts"]["reports"] == {"junit": "junit.xml", "codequality": "gl-code-quality-report.json"}


@pytest.mark.slow
def test_the_script_of_gitlab_runs(handed_out: HandedOut, desk: Path) -> None:
    """Its lines, one after the other in a shell, write every file that the job hands in, and end with the check's 1."""
    lines = yaml.safe_load(handed_out.tree[".gitlab-ci.yml"])["grade"]["script"][1:]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    script = "set -e\n" + "\n".join(lines).replace("check --report", "check a05_softmax --report")
    done = subprocess.run(["bash", "-c", script], cwd=desk, env=environment, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    for name in ("report.json", "junit.xml", "gl-code-quality-report.json"):
        assert (desk / name).stat().st_size > 100
    assert '"verified":false' in (desk / "report.json").read_text("utf-8")


def test_make_lists_its_targets_and_says_what_is_missing(handed_out: HandedOut, desk: Path) -> None:
    """No Python, no exercise named: a sentence and exit code 2, no trace of a shell."""

    def make(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["make", *words], cwd=desk, capture_output=True, text=True)

    listed = make().stdout
    for target in ("install", "check", "hint", "watch", "map", "submit", "doctor"):
        assert f"make {target} " in listed
    (desk / "wheels").mkdir()
    (desk / "wheels" / wheel_name()).touch()
    missing = make("check", "PYTHON=/no/python")
    assert missing.returncode == 2
    assert "There is no /no/python here; install Python 3.11 or later" in missing.stdout
    (desk / ".venv" / "bin").mkdir(parents=True)
    (desk / ".venv" / "bin" / "python").touch()
    (desk / ".venv" / ".installed").touch()
    asked = make("hint")
    assert asked.returncode == 2
    assert "make hint EXERCISE=one_hot" in asked.stdout


def test_a_folder_with_anything_in_it_is_refused(handed_out: HandedOut, tmp_path: Path) -> None:
    """Before anything is recorded; also when it fills up meanwhile. What is there stays as it is."""
    work = tmp_path / "work" / "mine.txt"
    work.parent.mkdir()
    work.write_text("weeks of work")
    words = ["release", "a05_softmax", "-o", str(work.parent), "--course", str(handed_out.course.path)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "is not empty (it holds mine.txt), and a release never writes over what is there" in done.output
    with pytest.raises(AutograderError, match="never writes over"):
        place(handed_out.tree, work.parent)
    with pytest.raises(AutograderError, match="is not a folder"):
        place(handed_out.tree, work)
    assert [path.name for path in tmp_path.rglob("*")] == ["work", "mine.txt"]
    empty = tmp_path / "empty"
    empty.mkdir()
    place({"a/b.txt": b"x"}, empty)
    assert (empty / "a" / "b.txt").read_bytes() == b"x"


@pytest.mark.parametrize(
    "words",
    ["audit", "stubs", "simulate 3 -o never", "calibrate", "coverage", "grade .", "pictures", "release -o /tmp/never",
     "new a05_softmax.more"],
)  # fmt: skip
def test_what_needs_the_reference_says_that_this_is_a_release(desk: Path, words: str) -> None:
    """In one sentence, with exit code 2."""
    done = CliRunner().invoke(main, [*words.split(), "--course", str(desk)])
    assert done.exit_code == 2
    said = [line for line in done.output.splitlines() if line]
    assert len(said) == 1
    assert "is a release, as students get it: it has no reference, and this command works" in said[0]


def test_hidden_checks_are_not_here_and_no_secret_is_made_for_them(desk: Path) -> None:
    """`check --hidden` says what they are worth, as without it."""
    done = CliRunner().invoke(main, ["check", "a05_softmax", "--hidden", "--course", str(desk)])
    assert done.exit_code == 1
    assert "hidden ones, worth 4 more points" in " ".join(done.output.split())
    assert not list(desk.rglob("secret"))


def test_everything_that_a_check_says_is_there_in_chinese(handed_out: HandedOut, desk: Path) -> None:
    """Also what the cut file of texts has to hold: a sentence without its Chinese would be an error here."""
    own = desk / "assignments" / "a05_softmax" / "softmax.py"
    source = handed_out.of_room("a05_softmax", "mistakes.py")
    mistakes = [piece for piece in take_apart(source, "mistakes") if piece.names and not piece.is_import]
    course = read_course(desk / "assignments")
    seen = set()
    with speaking("zh", strict=True):
        for piece in mistakes[::8]:
            (name,) = piece.names
            exercise = re.search(r'@mistake\(\s*"(\w+)"', piece.text)
            assert exercise is not None
            code = piece.text[piece.text.index("def ") :].replace(f"def {name}(", f"def {exercise[1]}(")
            own.write_text(f"import numpy as np\n\n\n{code}\n", encoding="utf-8")
            report = check_own(course, [course.room("a05_softmax")], [f"a05_softmax.{exercise[1]}"], hidden=False)
            seen |= {result.mistake for result in report.exercises}
    assert len(seen - {None}) >= 4


keys = st.text(min_size=1, max_size=8)
plain = st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    plain | st.lists(plain, max_size=4),
    lambda below: (
        st.dictionaries(keys, below, max_size=4) | st.lists(st.dictionaries(keys, below), min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(keys, values, max_size=5))
def test_what_is_written_as_toml_reads_back_as_it_was(document: dict[str, object]) -> None:
    """Every text, number and table, whatever its key."""
    assert tomllib.loads(toml_text(document)) == document
