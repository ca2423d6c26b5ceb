"""Every misconception that the course's lists know of is in a room."""

import csv
from pathlib import Path

import pytest

from autograder.course import load_mistakes, load_reference, load_variants, read_course

HERE = Path(__file__).parent
ROWS = list(csv.DictReader((HERE / "known_mistakes.tsv").open(encoding="utf-8"), delimiter="\t"))


@pytest.fixture(scope="module")
def covered(whole_course: Path) -> set[tuple[str, str]]:
    """(exercise, row) for all that some mistake or equivalent stands for."""
    course = read_course(whole_course)
    found = set()
    for room in course.rooms:
        names = vars(load_reference(course, room))
        for record in (*load_mistakes(room, names), *load_variants(room, names)):
            found |= {(record.exercise, row) for row in (*record.covers, record.name)}
            found |= {("*", row) for row in record.covers}
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['exercise']}-{row['mistake']}")
def test_a_listed_mistake_is_in_a_room(row: dict[str, str], covered: set[tuple[str, str]]) -> None:
    """The audit proves that it is caught and named; here it is at least not forgotten."""
    assert (row["exercise"], row["mistake"]) in covered
