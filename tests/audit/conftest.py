"""The course of the authoring page: its code blocks, written where their first lines say."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def page_course(tmp_path: Path) -> Path:
    """A course with the one room that docs/AUTHORING.md writes; its stub is cut."""
    page = (ROOT / "docs" / "AUTHORING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w+\n(?:# |<!-- )(\S+/\S+?)(?: -->)?\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 6
    for name, text in blocks:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    course = tmp_path / "assignments"
    room = course / "a02_statistics"
    (room / "README.zh.md").write_text("# 批数据的统计量\n\n`mean_of_columns`\n", encoding="utf-8")
    (course / "course.toml").write_text(
        'schema = 1\nreference = "../reference"\n[title]\nen = "A course"\nzh = "课程"\n[notes]\nF0 = "Notes"\n',
        encoding="utf-8",
    )
    from autograder.course import read_course
    from autograder.course.restubbing import look_at_stubs

    for stub in look_at_stubs(read_course(course, stubs_may_be_missing=True)):
        stub.path.write_text(stub.text, encoding="utf-8")
    return course
