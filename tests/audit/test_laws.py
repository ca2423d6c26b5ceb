"""The room of the authoring page keeps every law, and each law, when broken, is named."""

from pathlib import Path

import pytest

from autograder.audit import audit_room
from autograder.course import read_course
from autograder.course.restubbing import look_at_stubs

pytestmark = pytest.mark.slow

ROOM = "a02_statistics"


def broken(course: Path, *, recut: bool = False) -> list[str]:
    if recut:
        for stub in look_at_stubs(read_course(course, stubs_may_be_missing=True)):
            stub.path.write_text(stub.text, encoding="utf-8")
    read = read_course(course)
    return audit_room(read, read.room(ROOM), "bubblewrap", secrets=2).broken


def change(course: Path, name: str, old: str, new: str) -> None:
    path = course / ROOM / name if not name.startswith("reference") else course.parent / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_room_of_the_authoring_page_keeps_every_law(page_course: Path) -> None:
    """What an author copies from the page is right."""
    read = read_course(page_course)
    audit = audit_room(read, read.room(ROOM), "bubblewrap", secrets=20)
    assert audit.broken == []
    assert (audit.mistakes, audit.named, audit.variants) == (3, 3, 3)


CHECKS, MISTAKES, VARIANTS = "checks/test_statistics.py", "mistakes.py", "variants.py"
TWIN = '''

@mistake("mean_of_columns", caught_by="the_result_is_a_column")
def flat_mean_again(X):
    """A twin."""
    return np.mean(X, axis=1)
'''
UNSEEDED = '''

@mistake("mean_of_columns", caught_by="two_features_of_three_examples")
def guess(X):
    """Drawn anew each time."""
    return np.random.default_rng().normal(size=(X.shape[0], 1))
'''


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (CHECKS, "[[3.0], [3.0]]", "[[3.0], [4.0]]", "the reference reference fails mean_of_columns"),
        (CHECKS, "student.mean_of_columns(np.ones((3, 7)))", "np.ones((3, 1))", "the stub of mean_of_columns gets 0.5"),
        (MISTAKES, 'caught_by="the_result_is_a_column"', 'caught_by="no_such_check"', "names the check no_such_check"),
        (MISTAKES, 'caught_by="two_f', 'caught_by="adding_a_constant_moves_the_mean_by_it", read="two_f', None),
        (MISTAKES, "X.mean(axis=0, keepdims=True)", "np.mean(X, 1, keepdims=True)", "mean_over_features is not caught"),
        (MISTAKES, "\n\n@mistake(\n", TWIN + "\n\n@mistake(\n", "flat_mean, flat_mean_again answer alike"),
        (MISTAKES, "\n\n@mistake(\n", UNSEEDED + "\n\n@mistake(\n", "guess is not recognised"),
        (VARIANTS, "1 / m)", "1 / (m - 1))", "the variant mean_by_matrix_product fails"),
        (VARIANTS, '@variant("mean_of_columns")\ndef mean_by_loops', "def mean_by_loops", "has 2 accepted variants"),
        ("assignment.toml", "points = 3", "points = 4", "is worth 4 but its checks add up to 3"),
        ("statistics.py", "Average each", "Take the mean of each", "is not the stub that the reference gives"),
        ("README.md", "Examples are columns", "`.mean(axis=1, keepdims=True)`", None),
        ("README.zh.md", "`mean_of_columns`", "", "README.zh.md does not speak of mean_of_columns"),
        ("assignment.toml", "F0 §", "F7 §", "the notes F7 are not in course.toml"),
        (CHECKS, "name=\"mean\", axes=", "nmae=\"mean\", axes=", "the check is at fault"),
        (CHECKS, "X = rng.normal(size=(3, 7))", "X = rng", "the check is at fault"),
    ],
)  # fmt: skip
def test_a_broken_law_is_named(name, old, new, told, page_course):
    """Each way to break a law is reported in a sentence; a change that breaks none is not."""
    change(page_course, name, old, new)
    found = broken(page_course)
    if told is None:
        assert found == []
    else:
        assert any(told in law for law in found), found


def test_a_line_of_the_solution_in_the_readme_is_found(page_course):
    """Even inside a sentence and backticks."""
    line = "average: Array = np.asarray(X, dtype=np.float64).mean(axis=1, keepdims=True)"
    change(page_course, "README.md", "Examples are columns", f"Write `{line}`, since examples are columns")
    assert any("README.md gives away a line of the solution" in law for law in broken(page_course))


def test_a_file_that_nothing_claims_is_named(page_course):
    """What lies about in a room is either part of it or in the wrong place."""
    (page_course / ROOM / "notes.txt").write_text("x")
    assert any("notes.txt is claimed by nothing" in law for law in broken(page_course))


def test_a_check_that_catches_nothing_is_named(page_course):
    """Without the mistake of its own, a check proves nothing."""
    old = 'assert_shape(student.mean_of_columns(np.ones((3, 7))), (3, 1), name="mean", axes="(n_x, 1)")'
    change(page_course, CHECKS, old, "student.mean_of_columns(np.ones((3, 7)))")
    assert any("no mistake is caught by the_result_is_a_column" in law for law in broken(page_course))


def test_a_generator_of_numpys_own_is_the_checks_fault(page_course):
    """The author reads what to pass instead; no student is blamed."""
    change(page_course, CHECKS, "student.mean_of_columns(X + 2.0)", "student.mean_of_columns(rng)")
    assert any("SeededRNG" in law for law in broken(page_course))


def test_an_edited_reference_makes_the_stub_stale(page_course):
    """A fresh cut is compared with what is committed; cutting again mends it."""
    change(page_course, "reference/statistics.py", "Average each feature", "The average of each feature")
    assert any("run: autograder stubs" in law for law in broken(page_course))
    assert broken(page_course, recut=True) == []
