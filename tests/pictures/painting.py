"""A room with two pictures, and how a test looks at what is drawn."""

from pathlib import Path

from autograder.course import read_course
from autograder.pictures.drawing import Studio, paint
from autograder.pictures.looks import styled
from autograder.pictures.marks import load_pictures
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host

ROOT = Path(__file__).parent.parent.parent
ROOM = "a02_statistics"
PICTURES = '''\
"""Pictures of a mean."""

import numpy as np

from autograder.checking import say
from autograder.pictures import panel, picture


@picture
def the_mean_of_a_cloud(axes, student):
    """Two features of three examples, and their means."""
    X = np.arange(6.0).reshape(2, 3)
    axes.plot(student.mean_of_columns(X)[:, 0], "o")
    axes.set(xlabel=say("number of the feature"), ylabel=say("mean"))


@picture(height=3)
def one_of_two(figure, student):
    """Only the left panel asks for a mean."""
    left, right = figure.subplots(1, 2)
    with panel(left):
        left.bar([0, 1, 2], student.mean_of_columns(np.eye(3))[:, 0])
    right.plot([1, 2, 3])
'''
TEXTS = """
[pictures.the_mean_of_a_cloud]
title = "点集的均值"
caption = "三个样本的两个特征，以及它们的均值。"

[pictures.one_of_two]
title = "两个之一"
caption = "只有左边需要均值。"

[messages]
"number of the feature" = "特征编号"
"mean" = "均值"
"""
MODULE = "import numpy as np\n\n\ndef mean_of_columns(X):\n    {}\n"
Painted = dict[str, tuple[object, tuple[str, ...]]]


def paint_room(course_folder: Path, room: str) -> Painted:
    """Each picture of a room as a figure, and the functions that it asks to mend."""
    course = read_course(course_folder)
    with Host(NONE) as host, styled():
        studio = Studio(course, course.room(room), host)
        try:
            return {each.name: paint(each, studio) for each in load_pictures(studio.room)}
        finally:
            studio.close()


def texts_of(figure: object) -> list[str]:
    """All that is written in a figure."""
    from matplotlib.text import Text

    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]
