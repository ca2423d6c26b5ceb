"""nbgrader's folder of what students handed in is told by its shape, and read by assignment."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import IntakeError
from autograder.intake.platforms.nbgrader import time_of
from autograder.intake.reading import Intake, read_download

ROOMS = {"week1": "counting", "week2": "sorting"}
Put = Callable[..., None]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Hand in: `put("ada", "week1", "1", timestamp=…)`, a notebook that says `answer = 1`."""

    def put(student: str, room: str, answer: str, timestamp: str | None = None, name: str | None = None) -> None:
        folder = tmp_path / student / room
        folder.mkdir(parents=True, exist_ok=True)
        cells = [{"cell_type": "code", "source": f"answer = {answer}"}]
        (folder / f"{name or room}.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
        if timestamp is not None:
            (folder / "timestamp.txt").write_text(timestamp)

    return put


def read(folder: Path, rooms: dict[str, str] = ROOMS) -> Intake:
    return read_download(folder, {f"{module}.py" for module in rooms.values()}, rooms)


def test_the_notebook_of_each_assignment_answers_for_its_room(tmp_path: Path, put: Put) -> None:
    """Whatever the room's module is called; the student is the folder, and the last time is the time."""
    put("ada", "week1", "1", "2026-11-20 08:24:20.797123 UTC")
    put("ada", "week2", "2", "2026-11-20 12:00:00 +0800")
    put("ada", "quiz", "3", "2027-01-01 00:00:00 UTC")
    put("王小明, Q.", "week2", "4")
    seen = read(tmp_path)
    assert seen.platform.name == "nbgrader"
    ada, wang = sorted(seen.submissions, key=lambda each: each.student)
    assert {name: text.split()[-1] for name, text in ada.sources.items()} == {
        "week1/counting.ipynb": "1",
        "week2/sorting.ipynb": "2",
    }
    assert (ada.submitted, wang.submitted) == ("2026-11-20T08:24:20.797Z", None)
    assert [(each.name, each.ids) for each in wang.people] == [("王小明, Q.", {"nbgrader": "王小明, Q."})]
    assert list(wang.sources) == ["week2/sorting.ipynb"]


def test_only_the_rooms_that_are_graded_are_read(tmp_path: Path, put: Put) -> None:
    """Who handed in nothing of them has no submission, and the time is that of what is read."""
    put("ada", "week1", "1", "2026-11-20 08:00:00 UTC")
    put("ada", "week2", "2", "2026-11-21 08:00:00 UTC")
    put("bo", "week2", "2", "2026-11-21 08:00:00 UTC")
    (ada,) = read(tmp_path, {"week1": "counting"}).submissions
    assert ada.student == "ada"
    assert ada.submitted == "2026-11-20T08:00:00.000Z"


def test_a_module_beside_the_notebook_is_told_of(tmp_path: Path, put: Put) -> None:
    """nbgrader knows the notebook alone; where there is none, the module answers."""
    put("ada", "week1", "1", "2026-11-20 08:00:00 UTC")
    (tmp_path / "ada" / "week1" / "counting.py").write_text("answer = 2")
    (tmp_path / "ada" / "week2").mkdir()
    (tmp_path / "ada" / "week2" / "sorting.py").write_text("answer = 3")
    (ada,) = read(tmp_path).submissions
    assert sorted(ada.sources) == ["week1/counting.ipynb", "week2/sorting.py"]
    assert "week1: week1.ipynb was read, and not the counting.py beside it" in ada.notes


def test_a_bad_timestamp_is_told_of_and_costs_nothing(tmp_path: Path, put: Put) -> None:
    """No text, another text, a link, a folder, and a file that never ends."""
    put("ada", "week1", "1", "yesterday\x1b[31m")
    put("ada", "week2", "1", "2026-11-20 08:00:00 UTC")
    put("bo", "week1", "1", "x" * 100_000)
    put("cy", "week1", "1", "")
    put("di", "week1", "1")
    (tmp_path / "di" / "week1" / "timestamp.txt").symlink_to("/dev/zero")
    ada, bo, cy, di = sorted(read(tmp_path).submissions, key=lambda each: each.student)
    assert ada.submitted == "2026-11-20T08:00:00.000Z"
    assert any(r"week1: timestamp.txt says 'yesterday\\x1b[31m'" in note for note in ada.notes)
    assert any("timestamp.txt cannot be read" in note for note in bo.notes)
    assert any("timestamp.txt cannot be read" in note for note in di.notes)
    assert [each.submitted for each in (bo, cy, di)] == [None] * 3
    assert all(each.problem is None for each in (ada, bo, cy, di))


def test_one_student_cannot_have_the_others_read_as_nbgraders(tmp_path: Path, put: Put) -> None:
    """A timestamp.txt that a student made is no reason to pass over whoever hands in otherwise."""
    put("ada", "week1", "1", "2026-11-20 08:00:00 UTC")
    (tmp_path / "bo").mkdir()
    (tmp_path / "bo" / "counting.py").write_text("answer = 2")
    with pytest.raises(IntakeError, match=r"1 like nbgrader's folder .*such as bo"):
        read(tmp_path)
    plain = read_download(tmp_path, {"counting.py"}, ROOMS, "folder")
    assert {each.student: list(each.sources) for each in plain.submissions}["bo"] == ["counting.py"]


def test_links_are_not_followed(tmp_path: Path, put: Put) -> None:
    """A student's folder, an assignment or a notebook that is a link leads nowhere."""
    put("ada", "week1", "1", "2026-11-20 08:00:00 UTC")
    (tmp_path / "bo").symlink_to(tmp_path / "ada")
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / "week1").symlink_to(tmp_path / "ada" / "week1")
    put("cy", "quiz", "1", "2026-11-20 08:00:00 UTC")
    (tmp_path / "di" / "week1").mkdir(parents=True)
    (tmp_path / "di" / "week1" / "week1.ipynb").symlink_to(tmp_path / "ada" / "week1" / "week1.ipynb")
    (tmp_path / "di" / "week1" / "timestamp.txt").write_text("2026-11-20 08:00:00 UTC")
    seen = {each.student: each for each in read(tmp_path).submissions}
    assert {student for student, each in seen.items() if each.sources} == {"ada"}
    assert all("symbolic link" in (seen[student].problem or "") for student in ("bo", "cy", "di"))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-20 08:24:20.797123 UTC", "2026-11-20T08:24:20.797Z"),
        ("2026-11-20 08:24:20 UTC", "2026-11-20T08:24:20.000Z"),
        ("2026-11-20 08:24:20.797", "2026-11-20T08:24:20.797Z"),
        ("2026-11-20T08:24:20Z", "2026-11-20T08:24:20.000Z"),
        ("2026-11-20 16:24:20 +0800", "2026-11-20T08:24:20.000Z"),
        ("2026-11-20 03:24 -05:00", "2026-11-20T08:24:00.000Z"),
        ("2026-11-20 16:24:20.1 Asia/Shanghai", "2026-11-20T08:24:20.100Z"),
        ("2026-11-20 08:24:20 ../../etc/passwd", None),
        ("2026-11-20 08:24:20 CST", None),
        ("2026-13-20 08:24:20 UTC", None),
        ("0001-01-01 00:00:00 +2359", None),
        ("2026-11-20 08:24:20 +9999", None),
        ("", None),
    ],
)
def test_the_times_that_nbgrader_writes(text: str, time: str | None) -> None:
    """In any zone that is beyond doubt; without one it means UTC, as nbgrader takes it."""
    assert time_of(text) == time
