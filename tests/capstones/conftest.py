"""The room of the authoring page with a capstone: a descent to the mean of a cloud of points, in a lab of ten lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

LAB = '''\
"""A lab."""

from . import reference
from .clouds import cloud


def truth(X):
    """The mean, as the course's own solution has it."""
    return reference.statistics.mean_of_columns(X)
'''
CLOUDS = '''\
"""Clouds of points."""

import numpy as np


def cloud(seed):
    """Seven points in three dimensions."""
    return np.random.default_rng(seed).normal(3.0, 1.0, size=(3, 7))
'''
CHECKS = '''\
"""Descend to the mean."""

import numpy as np

from autograder.checking import assert_bars, at_most, exercise, hidden, law, points, public, spoiled_by, trial


@trial(seeds=2, distance=at_most(1e-6))
def descent(student, lab, seed):
    """distance: from the mean after fifty steps that halve it."""
    X = lab.cloud(seed)
    at = np.zeros((3, 1))
    for _ in range(50):
        at = at - 0.5 * (at - student.mean_of_columns(X))
    return {"distance": np.max(np.abs(at - lab.truth(X)))}


@exercise("descend")
@law("steps that halve the distance arrive")
@points(3)
@public
@spoiled_by("mean_over_features", "sum_of_columns")
def test_fifty_steps_arrive_at_the_mean(measure):
    """Half of the way, fifty times."""
    assert_bars(measure(descent), "distance", "the distance from the mean")


@exercise("descend")
@law("steps that halve the distance arrive")
@points(1)
@hidden
@spoiled_by("flat_mean")
def test_other_clouds_have_a_mean_too(measure, rng):
    """The same for points that you have not seen."""
    assert_bars(measure(descent, seeds=[int(rng.integers(2, 10))]), "distance", "the distance from the mean")
'''
TABLE = """
[capstone]
name = "descend"
points = 4
difficulty = 2
importance = 3
minutes = 5
uses = ["mean_of_columns"]
notes = "F0 §归一化输入"
rows = ["F0-24"]

[capstone.title]
en = "Descend to the mean"
zh = "下降到均值"

[capstone.hints]
en = ["Which way?", "How far?", "Half of it, fifty times."]
zh = ["朝哪个方向？", "走多远？", "每次走一半，走五十次。"]
"""
TEXTS = """
[checks.fifty_steps_arrive_at_the_mean]
sentence = "五十步到达均值"
title = "每次走一半，走五十次。"
law = "每步把距离减半，就能到达"

[checks.other_clouds_have_a_mean_too]
sentence = "别的点集也有均值"
title = "要求相同，只是换成你没见过的点。"
law = "每步把距离减半，就能到达"

[messages]
"the distance from the mean" = "与均值的距离"
"""
ROWS = """
[[rows]]
id = "F0-22"
notes = "F0"
section = "归一化输入"
kind = "exercise"
idea.en = "the mean of a feature"
idea.zh = "特征的均值"

[[rows]]
id = "F0-24"
notes = "F0"
section = "归一化输入"
kind = "capstone"
idea.en = "a descent"
idea.zh = "下降"

[[rows]]
id = "F0-34"
notes = "F0"
section = "Mini-batch梯度下降法"
kind = "quiz"
idea.en = "a convention"
idea.zh = "约定"
"""
ROOM = "a02_statistics"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def capstone_course(page_course: Path) -> Path:
    """The folder of a course whose one room ends with a capstone."""
    room = page_course / ROOM
    files = {
        page_course / "lab" / "__init__.py": LAB,
        page_course / "lab" / "clouds.py": CLOUDS,
        page_course / "rows.toml": ROWS,
        room / "checks" / "test_capstone.py": CHECKS,
        room / "assignment.toml": (room / "assignment.toml").read_text(encoding="utf-8") + TABLE,
        room / "texts.zh.toml": (room / "texts.zh.toml").read_text(encoding="utf-8") + TEXTS,
    }
    for name in ("README.md", "README.zh.md"):
        files[room / name] = (room / name).read_text(encoding="utf-8") + "\n`descend`\n"
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return page_course


@pytest.fixture
def edit(capstone_course: Path) -> Edit:
    """Replace a text in a file of the course, named from its folder on."""

    def change(name: str, old: str, new: str) -> None:
        path = capstone_course / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change
