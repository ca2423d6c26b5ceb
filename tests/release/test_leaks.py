"""Nothing in a release tells students what they must not know; and each kind of leak, planted, is found."""

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from handed_out import HandedOut

from autograder.cli import main
from autograder.course import function_source
from autograder.release.drawn import hidden_numbers
from autograder.release.guarded import MISTAKE, SOLUTION, guarded_of
from autograder.release.leaks import Law, find_leaks, law_of
from autograder.release.likeness import function_bodies, likenesses, owners_of, runs_of
from autograder.release.rooms import Choice, room_files
from autograder.release.wheel import stored_zip

SECRET = "a secret that nobody knows"
README = "assignments/a05_softmax/README.md"
CHECKS = "assignments/a05_softmax/checks/test_softmax.py"
NOTEBOOK = "assignments/a05_softmax/softmax.ipynb"
RECORDING = "recordings/a05_softmax.npz"


@pytest.fixture(scope="module")
def law(handed_out: HandedOut) -> Law:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTOGRADER_SECRET", SECRET)
        return law_of(handed_out.course, handed_out.rooms)


def test_a_release_holds_nothing_that_students_must_not_have(handed_out: HandedOut, law: Law) -> None:
    """Modules, notebooks, checks, recordings, wheel: every byte is looked at."""
    assert find_leaks(handed_out.tree, law) == []
    assert len(law.guarded.sources) > 1000
    assert len(law.numbers) > 100


def reference(handed_out: HandedOut) -> str:
    return function_source(handed_out.reference("softmax"), "softmax_loss")


def renamed(source: str) -> str:
    """The same with other names, on fewer lines and without its docstring."""
    code = re.sub(r'"""(.*?)"""', "", source, flags=re.DOTALL)
    for number, name in enumerate(("softmax_loss", "log_probabilities", "losses", "logp", "Z", "Y", "J", "dZ", "m")):
        code = re.sub(rf"\b{name}\b", f"thing_{number}", code)
    return re.sub(r"\n\n+", "\n", code)


def mistake(handed_out: HandedOut, name: str = "softmax_global_sum") -> str:
    return function_source(handed_out.of_room("a05_softmax", "mistakes.py"), name)


def hidden_check(handed_out: HandedOut, name: str = "test_other_scores_have_their_cost_too") -> str:
    return function_source(handed_out.of_room("a05_softmax", "checks/test_softmax.py"), name)


def in_a_cell(text: str) -> bytes:
    cell = {"cell_type": "code", "source": text.splitlines(keepends=True)}
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell]}).encode()


def in_an_array(data: bytes, name: str = "about") -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **{name: np.frombuffer(data, dtype=np.uint8)})
    return file.getvalue()


def longest_mistake(handed_out: HandedOut) -> str:
    source = handed_out.of_room("a10_batchnorm", "mistakes.py")
    names = re.findall(r"^def (\w+)\(", source, re.MULTILINE)
    return max((function_source(source, name) for name in names), key=len)


def trial(handed_out: HandedOut) -> str:
    source = handed_out.of_room("a05_softmax", "checks/test_capstone.py")
    names = re.findall(r"^@.*\ndef (\w+)\(", source, re.MULTILINE)
    return max((function_source(source, name) for name in names), key=len)


SOFTMAX, BATCHNORM = "of a05_softmax, softmax_loss", "of a mistake of a10_batchnorm"
HIDDEN = "the hidden check a05_softmax.other_scores_have_their_cost_too"
CAPSTONE = "assignments/a05_softmax/checks/test_capstone.py"
TEXTS, WHEEL = "assignments/a05_softmax/texts.zh.toml", "wheels/x-1-py3-none-any.whl"
NAME = "other_scores_have_their_cost_too"
CHINESE = "同样的要求，换成你没见过的标签；最后一个类别没有出现。"
PLANTS = {
    "the reference in a statement": (README, lambda h: f"# A\n\n{reference(h)}", rf"md:\d+: holds 100 % .* {SOFTMAX}"),
    "the reference under other names": (CHECKS, lambda h: renamed(reference(h)), SOFTMAX),
    "the reference in a cell": (NOTEBOOK, lambda h: in_a_cell(reference(h)), SOFTMAX),
    "the reference in a recording": (
        RECORDING,
        lambda h: in_an_array(reference(h).encode()),
        f"npz!about: .*{SOFTMAX}",
    ),
    "a solution in place of a stub": ("stubs/softmax.py", lambda h: h.reference("softmax"), SOFTMAX),
    "the reference in comments": (CHECKS, lambda h: reference(h).replace("\n", "\n# "), SOFTMAX),
    "a mistake in the checks": (CHECKS, longest_mistake, BATCHNORM),
    "a short mistake": (README, mistake, r"holds .*a mistake of a05_softmax, softmax_global_sum"),
    "a hidden check": (CHECKS, hidden_check, HIDDEN),
    "a hidden check's code": (CHECKS, lambda h: hidden_check(h).split('"""')[2], f"% of {HIDDEN}"),
    "a hidden check's name": (TEXTS, lambda _: f"[checks.{NAME}]\n", "toml:1: tells of the hidden check"),
    "a hidden check's answers": (
        RECORDING,
        lambda _: in_an_array(b"12345678", f"answers/{NAME}"),
        f"tells of {HIDDEN}",
    ),
    "a hidden check's Chinese": (README, lambda _: CHINESE, "other_labels_become_columns_too"),
    "a trial of a capstone": (CHECKS, trial, "the capstone of a05_softmax"),
    "the file of a capstone": (CAPSTONE, lambda _: "x = 1\n", "is of the kind 'test_capstone.py'"),
    "the file of the mistakes": (
        "assignments/a05_softmax/mistakes.py",
        lambda _: "x = 1\n",
        "of the kind 'mistakes.py'",
    ),
    "which check catches what": ("recordings/a.json", lambda _: json.dumps({"caught_by": ["a"]}), "holds 'caught_by'"),
    "the secret": (README, lambda _: f"one\n{SECRET}\n", "holds the secret"),
    "the secret in a recording": (RECORDING, lambda _: in_an_array(SECRET.encode()), "holds the secret"),
    "a file that nobody can read": ("assignments/a05_softmax/extra.bin", lambda _: b"\xff\xfe\x00", "is no text"),
    "the course in the wheel": (
        WHEEL,
        lambda _: stored_zip({"reference/a.py": b"x = 1\n"}),
        "no part of the auto",
    ),
    "the reference in the wheel": (
        WHEEL,
        lambda h: stored_zip({"autograder/a.py": reference(h).encode()}),
        rf"whl!autograder/a.py:\d+: .*{SOFTMAX}",
    ),
}


@pytest.mark.parametrize("kind", PLANTS)
def test_a_planted_leak_is_found_where_it_stands(handed_out: HandedOut, law: Law, kind: str) -> None:
    """Whatever it is, and whatever file it hides in; the rest of the tree stays clean."""
    path, plant, told = PLANTS[kind]
    planted = plant(handed_out)
    content = planted if isinstance(planted, bytes) else planted.encode()
    leaks = find_leaks({path: content}, law)
    assert any(re.search(told, str(leak)) for leak in leaks), [str(leak) for leak in leaks]
    assert all(leak.path.startswith(path) for leak in leaks)


def test_hidden_numbers_are_found_as_bytes_and_as_digits(law: Law) -> None:
    """At any place in a recording, and written out in a statement; one alone may be there by chance."""
    drawn = law.numbers[:3].view("<f8")
    (leak,) = find_leaks({RECORDING: in_an_array(b"abc" + drawn.tobytes() + b"d")}, law)
    assert leak.seen == "holds numbers of a hidden check"
    (leak,) = find_leaks({README: ("\nZ = " + str(drawn.tolist())).encode()}, law)
    assert str(leak) == f"{README}:2: holds numbers of a hidden check"
    assert not find_leaks({RECORDING: in_an_array(drawn[:2].tobytes())}, law)
    assert not find_leaks({README: str(drawn[:2].tolist()).encode()}, law)


def test_hidden_numbers_follow_the_secret(handed_out: HandedOut, law: Law) -> None:
    """Those of another secret are others, so they are looked for with the course's own."""
    room = replace(handed_out.rooms[0])
    others = hidden_numbers(handed_out.course, [room], b"another secret of the tests")
    assert np.isin(others, law.numbers).mean() < 0.5


def test_the_bounds_of_likeness_stand_clear_of_what_is_there_by_right(handed_out: HandedOut) -> None:
    """Over all rooms: stubs, public checks and statements stay far below them; a copy of most of a function, above."""
    guarded = guarded_of(handed_out.course)
    owners = owners_of(guarded.sources)
    sizes = {name: len(runs) for name, runs in guarded.sources.items()}
    most = {SOLUTION: 0.0, MISTAKE: 0.0}
    for room in handed_out.course.rooms:
        for content in room_files(handed_out.course, room, Choice()).values():
            for name, found in likenesses(content.decode(), owners, sizes, 0.2).items():
                limit = guarded.limits[name]
                most[limit] = max(most[limit], found.share)
    assert 0.3 < most[SOLUTION] < SOLUTION - 0.1
    assert 0.7 < most[MISTAKE] < MISTAKE - 0.05
    code = handed_out.reference("batchnorm")
    for node, body in function_bodies(code):
        lines = body.splitlines()
        most_of_it = runs_of("\n".join(lines[: -len(lines) // 5]))
        whole = guarded.sources.get(f"the reference of a10_batchnorm, {node.name}", frozenset())
        assert len(lines) < 5 or len(most_of_it & whole) / len(whole) > SOLUTION, node.name


@pytest.mark.slow
def test_a_course_that_leaks_is_not_released(course_copy: Path, tmp_path: Path) -> None:
    """A solution in a statement is named by file and line, and nothing is written."""
    statement = course_copy / "a05_softmax" / "README.md"
    solution = function_source((course_copy.parent / "reference" / "softmax.py").read_text("utf-8"), "softmax_loss")
    statement.write_text(statement.read_text("utf-8") + "\n" + solution, encoding="utf-8")
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["release", "a05_softmax", "-o", str(out), "--course", str(course_copy)])
    assert done.exit_code == 2
    assert re.search(r"assignments/a05_softmax/README.md:1\d\d: holds 100 % of the reference", done.output)
    assert not out.exists()
    assert not list(tmp_path.glob(".autograder-*"))


def test_a_zip_inside_is_a_file_that_nobody_can_read(law: Law) -> None:
    """What would have to be unpacked first is refused as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("softmax.py", "Z" * 400)
    assert [leak.seen for leak in find_leaks({"assignments/extra.zip": file.getvalue()}, law)] == [
        "is no text, so nobody can look into it"
    ]
