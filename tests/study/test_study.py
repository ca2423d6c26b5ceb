"""What a student's diary, hints, map and reset do, on files of their own."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Course, read_course
from autograder.errors import AutograderError
from autograder.study.diary import Diary, Entry, diary_file, read_diary, remember, write_diary
from autograder.study.hinting import next_hint
from autograder.study.mapping import draw_map
from autograder.study.own_file import function_digests, with_function
from autograder.study.resetting import put_back
from autograder.study.watching import changed, own_versions, stamps

MODULE = '''"""A module."""

SCALE = 2


def one(x):
    """Doc."""
    return SCALE * x


def two(x):
    return x
'''
NAMES = ("one", "two")


@pytest.fixture
def course(course_copy: Path) -> Course:
    """A course that may be written to."""
    return read_course(course_copy)


def entry_of(attempts: int, hints: int = 0, *, passed: bool = False) -> Entry:
    return Entry(passed=passed, attempts=tuple(f"v{number}" for number in range(attempts)), hints=hints)


def test_comments_and_docstrings_are_no_new_version() -> None:
    """What changes nothing of what runs is not another attempt."""
    dressed = MODULE.replace("Doc.", "Another text.").replace("return x\n", "return x  # a remark\n")
    assert function_digests(dressed, NAMES) == function_digests(MODULE, NAMES)


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ("return x\n", "return -x\n", {"two"}),
        ("SCALE = 2", "SCALE = 3", {"one", "two"}),
        ("def one", "def eins", {"one", "two"}),
    ],
)
def test_a_changed_body_is_a_version_of_its_own_and_a_changed_constant_touches_all(
    old: str, new: str, differ: set[str]
) -> None:
    """A function differs by its own body; what all may use makes all of them differ."""
    before, after = function_digests(MODULE, NAMES), function_digests(MODULE.replace(old, new), NAMES)
    assert {name for name in NAMES if before.get(name) != after.get(name)} == differ


@pytest.mark.parametrize("text", ["def one(:", "\0", "(" * 5_000, ""])
def test_what_is_no_python_has_no_functions(text: str) -> None:
    """A file in the middle of being written is no error."""
    assert function_digests(text, NAMES) == {}


def test_one_function_is_replaced_and_the_rest_stays_as_it_was() -> None:
    """Comments, decorators and other functions keep their bytes."""
    text = MODULE.replace("def two", "# mine\n@staticmethod\ndef two")
    after = with_function(text, "two", "@property\ndef two(x):\n    raise NotImplementedError\n")
    assert after == text.replace(
        "@staticmethod\ndef two(x):\n    return x", "@property\ndef two(x):\n    raise NotImplementedError"
    )


def test_a_diary_comes_back_as_it_was(tmp_path: Path) -> None:
    """Chinese names and long lists of attempts survive."""
    diary = Diary({"a05_softmax.softmax": entry_of(3, 2), "房间.练习": entry_of(0, passed=True)})
    file = diary_file(tmp_path)
    write_diary(file, diary)
    assert read_diary(file) == diary


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"schema": 2, "exercises": {}}',
        '{"schema": 1, "exercises": 3}',
        '{"schema": 1, "exercises": {"a": {"points": "many"}}}',
        "[" * 100_000,
    ],
)
def test_a_spoilt_diary_is_an_empty_one(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file, the student goes on with a new one."""
    file = diary_file(tmp_path)
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    assert read_diary(file) == Diary()


def test_a_diary_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    """The reason comes back, and no exception."""
    (tmp_path / ".autograder").write_text("a file in the way", encoding="utf-8")
    assert ".autograder" in remember(diary_file(tmp_path), Diary())


def test_hints_come_one_level_at_a_time(course: Course) -> None:
    """The first question gives the first hint, the second gives two."""
    exercise = course.exercise("softmax")
    first, diary = next_hint(exercise, Diary(), "en")
    second, diary = next_hint(exercise, diary, "en")
    assert (first.shown, second.shown) == (exercise.hints["en"][:1], exercise.hints["en"][:2])


@pytest.mark.parametrize(("attempts", "missing"), [(0, 2), (1, 1), (2, 0), (9, 0)])
def test_the_last_hint_waits_for_two_different_attempts(course: Course, attempts: int, missing: int) -> None:
    """Whoever has failed twice, with different code, gets it."""
    exercise = course.exercise("softmax")
    diary = Diary({"a05_softmax.softmax": entry_of(attempts, hints=2)})
    hints, after = next_hint(exercise, diary, "zh")
    assert hints.missing == missing
    assert len(hints.shown) == (2 if missing else 3)
    assert after.entry("a05_softmax.softmax").hints == len(hints.shown)


def test_what_an_exercise_needs_comes_before_it_on_the_map(course: Course) -> None:
    """softmax_loss waits for softmax, and is open when that is done."""
    waiting = {place.exercise.name: place for place in draw_map(course, Diary(), {}).places}["softmax_loss"]
    assert (waiting.state, "a05_softmax.softmax" in waiting.waits_for) == ("later", True)
    diary = Diary({f"{name}": entry_of(0, passed=True) for name in waiting.waits_for})
    assert {place.exercise.name: place.state for place in draw_map(course, diary, {}).places}["softmax_loss"] == "open"


def test_what_is_begun_comes_next(course: Course) -> None:
    """An exercise that failed is finished before a new one is opened; when all is done, nothing comes next."""
    begun = draw_map(course, Diary({"a05_softmax.accuracy": entry_of(1)}), {})
    assert begun.next is not None
    assert begun.next.exercise.name == "accuracy"
    everything = {
        f"{room.name}.{each.name}": entry_of(0, passed=True) for room in course.rooms for each in room.exercises
    }
    assert draw_map(course, Diary(everything), {}).next is None


def test_a_done_exercise_that_was_changed_is_marked(course: Course) -> None:
    """Its old marks say nothing about its new code."""
    name = "a05_softmax.softmax"
    diary = Diary({name: replace(entry_of(0, passed=True), version="old")})
    marks = {place.exercise.name: place.changed for place in draw_map(course, diary, {name: "new"}).places}
    assert marks["softmax"]
    assert not marks["accuracy"]


def test_a_saved_function_is_noticed_together_with_what_builds_on_it(course: Course) -> None:
    """Editing softmax touches softmax_loss, and no other room."""
    room = course.room("a05_softmax")
    file = room.path / "softmax.py"
    before, stamped = own_versions(course.rooms), stamps(course.rooms)
    text = with_function(file.read_text(encoding="utf-8"), "softmax", "def softmax(Z):\n    return Z\n")
    assert text is not None
    file.write_text(text, encoding="utf-8")
    change = changed(course, before, own_versions(course.rooms))
    assert {name for name in stamps(course.rooms) if stamps(course.rooms)[name] != stamped[name]} == {"a05_softmax"}
    assert [each.name for each in change.rooms] == ["a05_softmax"]
    assert {"a05_softmax.softmax", "a05_softmax.softmax_loss"} <= set(change.exercises)
    assert "a05_softmax.one_hot" not in change.exercises


def test_putting_a_stub_back_loses_nothing(course: Course) -> None:
    """The function is its stub again, the others keep what was written, and the old file is kept."""
    room = course.room("a05_softmax")
    file = room.path / "softmax.py"
    stub = file.read_text(encoding="utf-8")
    mine = with_function(stub, "softmax", "def softmax(Z):\n    return Z\n")
    mine = with_function(mine or "", "accuracy", "def accuracy(A, y):\n    return 1.0\n")
    assert mine is not None
    file.write_text(mine, encoding="utf-8")
    kept = put_back(course, room.exercise("softmax"))
    after = file.read_text(encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == mine
    assert function_digests(after, ("softmax",)).keys() == {"softmax"}
    assert "return 1.0" in after
    assert 'NotImplementedError("a05_softmax.softmax")' in after


def test_a_file_that_is_no_python_becomes_the_fresh_stub(course: Course) -> None:
    """There is no function to put back, so the whole file is; what was there is kept."""
    room = course.room("a05_softmax")
    file = room.path / "softmax.py"
    stub = file.read_text(encoding="utf-8")
    file.write_text("def softmax(:", encoding="utf-8")
    kept = put_back(course, room.exercise("softmax"))
    assert file.read_text(encoding="utf-8") == stub
    assert kept.read_text(encoding="utf-8") == "def softmax(:"


def test_a_missing_file_cannot_be_reset(course: Course) -> None:
    """The reason is named."""
    room = course.room("a05_softmax")
    (room.path / "softmax.py").unlink()
    with pytest.raises(AutograderError, match=r"softmax\.py cannot be read"):
        put_back(course, room.exercise("softmax"))


def test_the_diary_is_a_file_that_a_person_can_read(tmp_path: Path) -> None:
    """It is JSON with one entry an exercise."""
    file = diary_file(tmp_path)
    write_diary(file, Diary({"a.b": entry_of(1)}))
    assert list(json.loads(file.read_text(encoding="utf-8"))["exercises"]) == ["a.b"]


def test_a_capstone_waits_for_the_functions_that_it_uses(whole_course: Path) -> None:
    """It stands last in its room, is open when they are done, and cannot be put back."""
    course = read_course(whole_course)
    capstone = course.room("a05_softmax").capstone
    assert capstone is not None
    before = {place.exercise.name: place for place in draw_map(course, Diary(), {}).places}[capstone.name]
    assert before.state == "later"
    assert {f"a05_softmax.{name}" for name in capstone.uses} <= set(before.waits_for)
    done = Diary({name: entry_of(0, passed=True) for name in before.waits_for})
    after = {place.exercise.name: place for place in draw_map(course, done, {}).places}[capstone.name]
    assert after.state == "open"
    with pytest.raises(AutograderError, match="no function of its own"):
        put_back(course, capstone)
