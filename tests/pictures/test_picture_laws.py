"""The laws of a room's pictures: what a reader sees is said, and all that is said has its Chinese."""

import pytest
from painting import ROOM

from autograder.audit.files import file_laws
from autograder.audit.texts import text_laws
from autograder.course import load_reference, read_course


def laws(course):
    read = read_course(course)
    room = read.room(ROOM)
    return text_laws(room, vars(load_reference(read, room))) + file_laws(read, room)


def test_a_room_with_pictures_keeps_them(picture_course):
    """The file is claimed, and its texts are whole."""
    assert laws(picture_course) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("texts.zh.toml", 'title = "两个之一"\n', "", "[pictures.one_of_two] title is missing, for: One of two"),
        ("texts.zh.toml", "只有左边需要均值。", "Only", "[pictures.one_of_two] caption is not translated"),
        ("texts.zh.toml", "[pictures.one_of_two]", "[pictures.one]", "[pictures.one] belongs to nothing in this room"),
        ("texts.zh.toml", '"mean" = "均值"\n', "", "[messages] lacks, for pictures.py:14: mean"),
        ("pictures.py", 'say("mean")', '"the mean"', 'pictures.py:14 writes, where it should say("…"): the mean'),
        ("pictures.py", 'say("mean")', 'say(f"mean {X}")', "pictures.py:14 says what is no text"),
        ("pictures.py", 'say("mean")', 'say("mean {x}", y=1)', "pictures.py:14 gives no value for x"),
        ("pictures.py", "[1, 2, 3])", "[1, 2, 3])\n    right.legend(loc='upper left')", None),
        ("pictures.py", "[1, 2, 3])", "[1, 2, 3])\n    right.set_title('W1')", None),
    ],
)
def test_a_broken_law_is_named(name, old, new, told, picture_course):
    """Each is reported in a sentence; a setting of matplotlib's and what is code break none."""
    path = picture_course / ROOM / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = laws(picture_course)
    if told is None:
        assert found == []
    else:
        assert any(told in law for law in found), found
