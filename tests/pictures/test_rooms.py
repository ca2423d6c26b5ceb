"""The pictures of the course's own rooms."""

import os
from pathlib import Path

import pytest
from painting import ROOT, paint_room, texts_of

COURSE = ROOT / "assignments"
ROOMS = sorted(path.parent.name for path in COURSE.glob("*/pictures.py"))
# Some train networks for a minute; EVERY_PICTURE=1 draws those of all rooms.
DRAWN = ROOMS if os.environ.get("EVERY_PICTURE") else ROOMS[::4]


def test_every_room_has_pictures():
    """There is something to see in all eleven of them."""
    assert sorted(path.parent.name for path in COURSE.glob("*/assignment.toml")) == ROOMS


@pytest.mark.slow
@pytest.mark.parametrize("room", DRAWN)
def test_the_reference_draws_every_panel(room: str, solved: Path):
    """Right functions leave no panel empty and none that asks to mend something; every axis has a name."""
    painted = paint_room(solved, room)
    assert len(painted) >= 3
    for name, (figure, to_mend) in painted.items():
        assert to_mend == (), name
        assert all(axes.has_data() or axes.images for axes in figure.axes), name
        assert not any(text.startswith("Mend") for text in texts_of(figure)), name
        labelled = [axes for axes in figure.axes if axes.get_xlabel() or axes.get_ylabel() or axes.images]
        assert labelled, name


@pytest.mark.parametrize("room", DRAWN)
def test_stubs_leave_panels_that_name_the_function(room: str):
    """Each picture of a room that nobody has worked in says what to write first."""
    for name, (figure, to_mend) in paint_room(COURSE, room).items():
        assert to_mend, name
        assert f"Mend {to_mend[0]} first" in texts_of(figure), name
        assert "not implemented yet" in texts_of(figure), name
