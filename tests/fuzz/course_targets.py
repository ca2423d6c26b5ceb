"""What we read back ourselves: the TOML of a course, and reports."""

import json
import random
import re
import unicodedata
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from handed_in import json_input, json_seeds
from mutate import below, mutated, pick
from scratch import place
from target import KIB, MIB, Bound, Target

from autograder.course.model import Course
from autograder.course.reading import read_course
from autograder.errors import AutograderError, CourseError
from autograder.report import (
    SCHEMA_VERSION,
    CheckResult,
    Environment,
    ExerciseResult,
    Fault,
    Feedback,
    Identity,
    Report,
    report_from_json,
    report_to_json,
    settled,
)
from autograder.verdicts import Verdict

COURSE = """\
schema = 1
reference = "../reference"

[title]
en = "Tiny"
zh = "小课"

[notes]
F1 = "Notes"
"""
ROOM = """\
schema = 1
module = "scaling"
prerequisites = ["a00_before"]
title = { en = "Scaling", zh = '缩放' }

[limits]
call_seconds = 1.5
memory_mib = 128

[[exercises]]
name = "double"
points = 2
difficulty = 1
importance = 3
minutes = 5
notes = "F1 section 1"
title.en = "Double"
title.zh = \"\"\"加
倍\"\"\"

[exercises.hints]
en = ["first", "second", "third"]
zh = [
    "一",  # one
    "二",
    '''三''',
]

[[exercises]]
name = "quadruple"
points = 1.5
difficulty = 2
importance = 4
minutes = 10
needs = ["a00_before.add"]
builds_on = ["double"]
notes = "F1 section 2"
title = { en = "Quadruple", zh = "四倍" }
hints = { en = ["a", "b", "c"], zh = ["一", "二", "三"] }
"""
TOML_TOKENS = rb"""
    = [ ] [[ ]] { } " "" ' , . # true inf nan 1e999 0x 0xffffffffffffffffffffffff 1979-05-27 07:32:00 1_000 -1 0 ../ /
    \u0000 \ud800 \n [limits] [[exercises]] exercises.hints "\u0000" "double" "quadruple" "scaling" "import" "_x"
""".split()
TOML_TOKENS += [
    b'["double"]',
    b'["quadruple"]',
    b'["chaos", ""]',
    b"[1]",
    b"{}",
    b"[{}]",
    b"{ en = 1 }",
    b"'two words'",
    b"2",
]
TOML_TOKENS += ["é汉".encode(), b"''", b"'''", b'"""']
TOML_TOKENS += [b"\n", b"\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff", b"9" * 5000, b"0x" + b"f" * 5000, b"[" * 2000]
TOML_TOKENS += [b"{a=" * 700, b"a." * 700, b'"%s"' % (b"y" * 300)]
# tomllib is written in Python: each name of a dotted key, two bytes, becomes dicts, sets of flags and more.
TOML = Bound(512 * KIB, 512, 64 * MIB)
# "{}," is three bytes of JSON and ninety of dict.
REPORT = Bound(64 * KIB, 64, 64 * MIB)


def _course_on_disk() -> Path:
    """The folder of a course that lacks nothing but its TOML."""
    folder = place("course") / "assignments"
    if not folder.exists():
        room = folder / "a01_scaling"
        (room / "checks").mkdir(parents=True)
        (folder.parent / "reference").mkdir()
        for name in ("scaling.py", "checks/test_scaling.py", "mistakes.py", "variants.py", "README.md", "README.zh.md"):
            (room / name).write_text("", encoding="utf-8")
    return folder


def _read_course(room: bytes = ROOM.encode(), course: bytes = COURSE.encode()) -> Course:
    """The course; an error without file and line is another error."""
    folder = _course_on_disk()
    (folder / "course.toml").write_bytes(course)
    (folder / "a01_scaling" / "assignment.toml").write_bytes(room)
    try:
        return read_course(folder)
    except CourseError as error:
        lines = max(room.count(b"\n"), course.count(b"\n")) + 1
        found = re.match(r".*(?:course|assignment)\.toml:(\d+): .", str(error))
        if not found or int(found[1]) > lines:
            raise AssertionError(f"no place in: {error}") from error
        raise


def _expect_course(course: Course) -> str:
    (room,) = course.rooms
    assert room.module == "scaling"
    for exercise in room.exercises:
        assert room.exercise(exercise.name) is exercise
        assert exercise.points > 0
        repr(exercise)
    return f"{min(len(room.exercises), 3)} exercises"


def _toml_input(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """TOML with changed bytes, lines or values."""
    if rng.random() < 0.4:
        return mutated(rng, corpus, TOML_TOKENS)
    lines = pick(rng, corpus).split(b"\n")
    for _ in range(pick(rng, (1, 1, 2, 3))):
        place = below(rng, len(lines))
        choice = rng.random()
        if choice < 0.25:
            del lines[place : place + pick(rng, (1, 1, 3))]
        elif choice < 0.5:
            lines.insert(below(rng, len(lines) + 1), lines[place])
        elif choice < 0.75:
            key = lines[place].partition(b"=")[0]
            lines[place] = key + b"= " + pick(rng, TOML_TOKENS)
        else:
            lines[place] = mutated(rng, [lines[place]], TOML_TOKENS)
        lines = lines or [b""]
    return b"\n".join(lines)


def _worst_rooms() -> list[bytes]:
    room = ROOM.encode()
    dotted = b"".join(b"%d%s = 1\n" % (number, b".a" * 60) for number in range(300))
    return [room + b"\n" * 60_000 + b"zz = 1\n", room + b"zz = [\n" + b"1,\n" * 10_000 + b"]\n", dotted]


def _report(text: str) -> Report:
    feedback = Feedback(text, text, "", "", "F1 §2", "again")
    check = CheckResult("test_a", text, text, "law", "public", Verdict.FAILED, 0.0, 2.0, 0.25, feedback)
    passed = CheckResult("test_b", text, text, "", "hidden", Verdict.PASSED, 1.0, 1.0, 0.0, None)
    exercise = ExerciseResult("a05", "f", Verdict.FAILED, 1.0, 3.0, 0.5, text, True, text, (check, passed))
    report = Report(
        schema_version=SCHEMA_VERSION,
        language="zh",
        engine_version="0.1.0",
        engine_digest="e" * 64,
        room_digests={"a05": "d" * 64},
        environment=Environment("3.11", "2.0", "openblas", "Linux", "bubblewrap"),
        submission=Identity("ana", text, "ana.zip", "zip", "c" * 64, (text,)),
        status="graded",
        problem=None,
        exercises=(exercise,),
        points=1.0,
        max_points=3.0,
        seconds=0.5,
        reused=True,
        faults=(Fault("a05.f", text),),
    )
    return settled(report)


def _report_seeds() -> list[bytes]:
    texts = ("", "plain", "é 汉 😀 \x1b[2J \u202e <b> =1+1", "x" * 5000)
    return json_seeds([json.loads(report_to_json(_report(text))) for text in texts])


def _read_report(data: bytes) -> Report:
    # As it is read from a pipe or file: half a surrogate pair can come as an escape, and the other half beside it not.
    return report_from_json(data.decode("utf-8", "replace"))


def _expect_same_again(report: Report) -> str:
    text = report_to_json(report)
    assert report_from_json(text) == report
    assert text.endswith("}\n")
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text[:-1])
    return f"{min(len(report.exercises), 2)} exercises"


DOCUMENTS = [json.loads(seed) for seed in _report_seeds()[:4]]
TARGETS = (
    Target(
        "rooms", 20_000, _read_course, _expect_course, (CourseError,), TOML, lambda: [ROOM.encode()], _toml_input,
        _worst_rooms,
    ),
    Target(
        "courses", 10_000, lambda data: _read_course(course=data), _expect_course, (CourseError,), TOML,
        lambda: [COURSE.encode()], _toml_input,
    ),
    Target(
        "reports", 38_000, _read_report, _expect_same_again, (AutograderError,), REPORT, _report_seeds,
        partial(json_input, documents=DOCUMENTS), lambda: [b"[" + b"{}," * 700_000 + b"0]", b"[" * 1_000_000],
    ),
)  # fmt: skip
