"""The command `autograder pictures`: what it prints, where it draws, how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from painting import ROOM

from autograder.cli import main

RIGHT = "return np.asarray(X, dtype=float).mean(axis=1, keepdims=True)"
WITHOUT = "import sys; sys.modules['matplotlib'] = None; from autograder.cli import main; main(sys.argv[1:])"


def run(course: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--course", str(course)])


def test_it_draws_into_a_folder_and_says_what(answer, tmp_path):
    """A line for each picture, with its file and its title; all is well, so it ends with 0."""
    done = run(answer(RIGHT), "pictures", ROOM, "-o", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    file = tmp_path / "out" / ROOM / "the_mean_of_a_cloud.png"
    assert f"✓ {file}  The mean of a cloud" in done.output
    assert file.read_bytes().startswith(b"\x89PNG")


def test_svg_on_demand(answer, tmp_path):
    """The same as text."""
    assert run(answer(RIGHT), "pictures", "-o", str(tmp_path), "--svg").exit_code == 0
    assert "<svg" in (tmp_path / ROOM / "one_of_two.svg").read_text(encoding="utf-8")


def test_what_is_to_be_mended_is_named_and_ends_with_1(answer, tmp_path):
    """The picture is there all the same, and says so itself."""
    done = run(answer("raise NotImplementedError"), "pictures", "-o", str(tmp_path))
    assert done.exit_code == 1
    assert done.output.count("to mend first: mean_of_columns") == 2
    assert len(list(tmp_path.rglob("*.png"))) == 2


def test_a_room_without_pictures_says_so(page_course):
    """It is no error."""
    done = run(page_course, "pictures", ROOM)
    assert (done.exit_code, done.output) == (0, f"{ROOM} has no pictures\n")


def test_without_matplotlib_a_line_says_how_to_get_it(picture_course, tmp_path):
    """Exit code 2, one line, no traceback; nothing else of the program needs it."""
    words = [sys.executable, "-c", WITHOUT]
    course = ["--course", str(picture_course)]
    done = subprocess.run([*words, "pictures", ROOM, *course], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == (
        "autograder: pictures need matplotlib; to get it: pip install 'deepnet-autograder[pictures]'\n"
    )
    assert subprocess.run([*words, "check", ROOM, *course], cwd=tmp_path, capture_output=True).returncode == 1


@pytest.mark.parametrize("words", [("a03_nothing",), (ROOM, "-o", "file")])
def test_a_wrong_name_ends_with_2(words, answer, tmp_path, monkeypatch):
    """No such room, or no folder that could be drawn into."""
    course = answer(RIGHT)
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", encoding="utf-8")
    done = run(course, "pictures", *words)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output


def test_inside_the_course_it_draws_beside_it(answer, monkeypatch):
    """A room holds what belongs to it and nothing else; outside, pictures stand where one is."""
    course = answer(RIGHT)
    monkeypatch.chdir(course / ROOM)
    assert CliRunner().invoke(main, ["pictures"]).exit_code == 0
    assert len(list((course.parent / "pictures" / ROOM).iterdir())) == 2
    assert not (course / ROOM / "pictures").exists()
    elsewhere = course.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run(course, "pictures").exit_code == 0
    assert len(list((elsewhere / "pictures" / ROOM).iterdir())) == 2
