"""Recorded answers stand in for the reference and the mistakes: the same verdicts, the same names, and no code."""

import io
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from autograder.checking.examiner import Examiner
from autograder.checking.running import run_check
from autograder.checking.subject import trusted_caller
from autograder.course.loading import load_mistakes, load_reference, load_variants
from autograder.course.reading import read_course
from autograder.errors import CourseError
from autograder.grading.session import grade
from autograder.release.cutting import public_checks
from autograder.release.recording import record_room
from autograder.sandbox.host import Host

ASSIGNMENTS = Path(__file__).parents[2] / "assignments"
EVERY_ROOM = bool(os.environ.get("EVERY_MISTAKE"))
# With a gradient check, with drawn numbers, with questions that follow from the student's own answer.
ROOMS = ["a05_softmax", "a08_batches", "a10_batchnorm"]


def rooms():
    return [room.name for room in read_course(ASSIGNMENTS).rooms] if EVERY_ROOM else ROOMS


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """Make the least that is a release of one room: stub, public checks, recording."""

    def make(name):
        course = read_course(ASSIGNMENTS)
        room = course.room(name)
        folder = tmp_path_factory.mktemp(name)
        own = folder / "assignments" / name
        (own / "checks").mkdir(parents=True)
        for part in ("stubs", "recordings"):
            (folder / part).mkdir()
        text = (course.path / "course.toml").read_text(encoding="utf-8")
        answers = 'reference = "../stubs"\nrecordings = "../recordings"'
        (own.parent / "course.toml").write_text(text.replace('reference = "../reference"', answers), encoding="utf-8")
        described = (room.path / "assignment.toml").read_text(encoding="utf-8")
        (own / "assignment.toml").write_text(re.split(r"\n\[capstone\]", described)[0] + "\n", encoding="utf-8")
        shutil.copy(room.path / "README.md", own)
        for place in (own, folder / "stubs"):
            shutil.copy(room.path / f"{room.module}.py", place)
        cut = public_checks(room.check_files[0].read_text(encoding="utf-8"), room)
        (own / "checks" / f"test_{room.module}.py").write_text(cut, encoding="utf-8")
        (folder / "recordings" / f"{name}.npz").write_bytes(record_room(course, room))
        return folder / "assignments"

    return make


def examiner_of(assignments):
    course = read_course(assignments)
    examiner = Examiner(course, course.rooms, Host("none"), b"no hidden checks")
    grade(examiner, (), lambda _: None)
    return examiner


@pytest.mark.slow
@pytest.mark.parametrize("name", rooms())
def test_recorded_answers_judge_as_the_reference_and_name_what_the_mistakes_name(released, name):
    """The reference and every variant pass; a mistake is never taken for another, and nearly all are named."""
    examiner = examiner_of(released(name))
    kit = examiner.kits[name]
    original = read_course(ASSIGNMENTS)
    reference = vars(load_reference(original, original.room(name)))
    own = {function: reference[function] for function in kit.functions}

    def runs(exercise, functions):
        checks = [check for check in examiner.checks.values() if check.exercise == exercise]
        caller = trusted_caller(own | functions)
        return [run_check(check, caller, kit.oracle_for(check), kit.functions, b"") for check in checks]

    for exercise in kit.functions:
        assert all(run.passed for run in runs(exercise, {}))
    for variant in load_variants(original.room(name), reference):
        if variant.group is None:
            assert all(run.passed for run in runs(variant.exercise, {variant.exercise: variant.function})), variant.name
    named = caught = 0
    for mistake in load_mistakes(original.room(name), reference):
        seen = runs(mistake.exercise, {mistake.exercise: mistake.function})
        if not all(run.passed for run in seen):
            caught += 1
            candidates = [each.name for each in kit.replays.candidates(mistake.exercise, seen, kit.oracle)]
            assert mistake.name in candidates
            named += candidates == [mistake.name]
    assert caught > 30
    assert named >= 0.95 * caught


def test_public_checks_are_cut_out_whole():
    """Nothing of a hidden check is left, no name is missing, and what only hidden checks use is gone."""
    room = read_course(ASSIGNMENTS).room("a05_softmax")
    whole = room.check_files[0].read_text(encoding="utf-8")
    cut = public_checks(whole, room)
    hidden = re.findall(r"@hidden\n(?:@.*\n)*def (\w+)", whole)
    assert len(hidden) > 5
    assert not any(name in cut for name in hidden)
    assert "hidden" not in cut.replace("hidden units", "")
    assert "fresh_shape" in whole
    assert "fresh_shape" not in cut
    assert cut.count("@public") == whole.count("@public")
    compile(cut, "cut", "exec")
    assert public_checks(cut, room) == cut


def test_a_recording_is_the_same_each_time_and_holds_no_objects(tmp_path):
    """The same room gives the same bytes, and they are read without unpickling anything."""
    course = read_course(ASSIGNMENTS)
    first, second = (record_room(course, course.room("a05_softmax")) for _ in range(2))
    assert first == second
    (tmp_path / "softmax.npz").write_bytes(first)
    with np.load(tmp_path / "softmax.npz", allow_pickle=False) as members:
        assert {members[name].dtype for name in members.files} == {np.dtype(np.uint8)}
    assert b"def " not in first


def test_a_mistake_that_only_hidden_checks_catch_is_not_told():
    """Public checks never name it, and its explanation would say what a hidden check looks for."""
    course = read_course(ASSIGNMENTS)
    with np.load(io.BytesIO(record_room(course, course.room("a05_softmax"))), allow_pickle=False) as members:
        told = members["about"].tobytes().decode()
        assert not [name for name in members.files if "softmax_global_shift" in name]
    assert '"exercise": "softmax"' in told
    assert "softmax_global_shift" not in told
    assert "One maximum is subtracted from the whole matrix" not in told


@pytest.mark.parametrize("spoil", [lambda data: data[:300], lambda data: b"", lambda data: b"PK" + data[::-1]])
def test_a_damaged_recording_is_refused_by_name(released, spoil):
    """What is no recording is said in a sentence that names the file and what to do."""
    assignments = released("a05_softmax")
    file = assignments.parent / "recordings" / "a05_softmax.npz"
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(CourseError, match=r"a05_softmax\.npz: cannot be read as recorded answers .*get the release"):
        examiner_of(assignments)
