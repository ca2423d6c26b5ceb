"""Which cells count, and how a page comes out of a notebook."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from rich.text import Text
from traitlets.config import Config

from autograder.errors import CourseError
from autograder.notebook.cells import cells_of
from autograder.notebook.places import course_at
from autograder.notebook.showing import _COLOURS, as_outputs


@pytest.fixture
def shell():
    config = Config()
    config.HistoryManager.enabled = False
    return InteractiveShell(config=config)


def run(shell, *texts):
    for text in texts:
        shell.run_cell(text, store_history=True)


def texts(shell):
    return [cell.text for cell in cells_of(shell).ran]


def test_cells_before_the_extension_count_unless_they_raised(shell, capsys):
    """The history of a kernel tells which they were."""
    run(shell, "a = 1", "b = 1 / 0", "c = 3", "def f(:")
    assert texts(shell) == ["a = 1", "c = 3"]


def test_cells_after_it_count_unless_they_raised(shell, capsys):
    """Each time one is run anew, it comes last."""
    cells_of(shell)
    run(shell, "a = 1", "b = 1 / 0", "c = 3", "a = 1")
    assert [(cell.number, cell.text) for cell in cells_of(shell).ran] == [(1, "a = 1"), (3, "c = 3"), (4, "a = 1")]


def test_the_extension_can_be_loaded_again_and_keeps_what_it_has_seen(shell):
    """A second %load_ext, or %reload_ext, counts no cell twice."""
    run(shell, "%load_ext autograder", "a = 1", "%reload_ext autograder", "b = 2")
    assert [text for text in texts(shell) if "ext" not in text] == ["a = 1", "b = 2"]


def test_what_a_submission_printed_is_text_and_never_html():
    """Tags come out as the letters they are written with."""
    shown = as_outputs(Text("<script>alert(1)</script>"))
    assert "<script>" not in shown["text/html"]
    assert "&lt;script&gt;" in shown["text/html"]
    assert shown["text/plain"] == "<script>alert(1)</script>"


@pytest.mark.parametrize("paper", [(255, 255, 255), (17, 17, 17)])
def test_every_colour_is_readable_in_light_and_dark_themes(paper):
    """The contrast with white and with Jupyter's black is at least 3.5 to 1."""
    for colour in _COLOURS:
        light, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3.5, colour


def luminance(colour):
    """Relative luminance, WCAG 2.1."""
    parts = [each / 255 for each in colour]
    red, green, blue = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_hand_in_finds_its_course_where_it_came_from(page_course, tmp_path):
    """In nbgrader's tree a notebook may have lost what lay beside it; elsewhere there is no course."""
    (tmp_path / "nb" / "submitted" / "ann" / "week1").mkdir(parents=True)
    (tmp_path / "nb" / "source" / "week1").mkdir(parents=True)
    page_course.rename(tmp_path / "nb" / "source" / "week1" / "assignments")
    (tmp_path / "reference").rename(tmp_path / "nb" / "source" / "week1" / "reference")
    found = course_at(tmp_path / "nb" / "submitted" / "ann" / "week1")
    assert found.path == tmp_path / "nb" / "source" / "week1" / "assignments"
    with pytest.raises(CourseError, match="no course at"):
        course_at(tmp_path / "nb" / "submitted" / "ann")
