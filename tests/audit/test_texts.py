"""The laws of a room's texts in Chinese: each, when broken, is named by where it is."""

from pathlib import Path

import pytest

from autograder.audit.texts import text_laws
from autograder.course import load_reference, read_course
from autograder.course.texts import room_texts
from autograder.errors import CourseError

ROOM = "a02_statistics"
TEXTS, CHECKS, MISTAKES = "texts.zh.toml", "checks/test_statistics.py", "mistakes.py"


def laws(course: Path) -> list[str]:
    read = read_course(course)
    room = read.room(ROOM)
    return text_laws(room, vars(load_reference(read, room)))


def change(course: Path, name: str, old: str, new: str) -> None:
    path = course / ROOM / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_room_of_the_authoring_page_keeps_them(page_course):
    """What the page shows of texts.zh.toml is whole."""
    assert laws(page_course) == []


def test_a_room_without_its_texts_is_named(page_course):
    """One sentence, and not one for each text."""
    (page_course / ROOM / TEXTS).unlink()
    (law,) = laws(page_course)
    assert law.startswith("texts.zh.toml is missing")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (TEXTS, 'sentence = "结果是一个列向量"\n', "", "[checks.the_result_is_a_column] sentence is missing, for: the"),
        (TEXTS, "样本按列排列，所以一个特征就是一行。", "Examples", "two_features_of_three_examples] title is not t"),
        (TEXTS, "，所以一个特征就是一行", "，so a feature is a row", "title holds English: so a feature is"),
        (TEXTS, "[mistakes.flat_mean]", "[mistakes.flat]", "[mistakes.flat] belongs to nothing in this room"),
        (TEXTS, "[mistakes.flat_mean]", "[mistakes.flat]", "[mistakes.flat_mean] explanation is missing"),
        (TEXTS, "[mistakes.flat_mean]", '[mistakes.flat_mean]\nread = "讲义"', "[mistakes.flat_mean] read is used"),
        (CHECKS, '@suggest("print', '@suggest("now print', None),
        ("assignment.toml", "F0 §归一化输入", "F0, first lines", "notes is missing, for: F0, first lines"),
        ("assignment.toml", "F0 §归一化输入", "F0 §1.2 (7)", None),
        (CHECKS, 'name="mean", known', 'name="mean of rows", known', "lacks, for test_statistics.py:23: mean of"),
        (CHECKS, 'name="mean", known', 'name="mean(X)[0, 1]", known', None),
        (CHECKS, 'name="mean", known', 'name=f"mean of {X.ndim} rows", known', "test_statistics.py:23 speaks in an"),
        (CHECKS, '{"m": 3', '{"the examples": 3', "[messages] lacks, for test_statistics.py:23: the examples"),
        (CHECKS, "X = np", 'assert "no such words" not in X if 0 else 1\n    X = np', None),
    ],
)  # fmt: skip
def test_a_broken_law_is_named(name, old, new, told, page_course):
    """Each way to break a law is reported in a sentence; what is only code, or for nobody to read, breaks none."""
    change(page_course, name, old, new)
    found = laws(page_course)
    if told is None:
        assert found == []
    else:
        assert any(told in law for law in found), found


SPEAKING = """    require(X.size == 6, "{n} numbers in X", n=X.size, safe="too few numbers")
    assert_close("""


def speak(course: Path, messages: str, **changes: str) -> list[str]:
    """The laws that break when a check says two sentences and the texts hold these messages."""
    said = SPEAKING
    for old, new in changes.items():
        said = said.replace(old, new)
    change(course, CHECKS, "    assert_close(", said)
    change(course, CHECKS, "public, suggest", "public, require, suggest")
    path = course / ROOM / TEXTS
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[messages]\n{messages}\n", encoding="utf-8")
    return laws(course)


WHOLE = '"{n} numbers in X" = "X 中有 {n} 个数"\n"too few numbers" = "数太少"'


def test_messages_are_found_wherever_they_stand(page_course):
    """Both texts of `require` are looked for, and both are there."""
    assert speak(page_course, WHOLE) == []


def test_a_message_that_nothing_says_is_named(page_course):
    """What was changed in the checks is not left behind in the texts."""
    (law,) = speak(page_course, f'{WHOLE}\n"old words here" = "旧的"')
    assert '"old words here" is said by nothing' in law


def test_a_message_with_another_place_is_named(page_course):
    """A value that is not there in one language would be lost, or fail the check."""
    (law,) = speak(page_course, WHOLE.replace("有 {n} 个", "有 {m} 个"))
    assert "has other {placeholders} than its Chinese" in law


def test_a_template_without_its_value_is_named(page_course):
    """It would fail only when a student fails."""
    laws = speak(page_course, WHOLE, **{"n=X.size": "k=X.size"})
    assert any("gives no value for n" in law for law in laws)


@pytest.mark.parametrize(
    ("text", "told"),
    [("[check.a]\ntitle = '一'", "unknown key 'check'"), ("[checks.a]\ntilte = '一'", "unknown key 'tilte'"),
     ("[checks.a]\ntitle = 3", "title is 3"), ("[messages]\n'a b' = ''", "expected a text in quotes"),
     ("[checks", "is not valid TOML")],
)  # fmt: skip
def test_a_malformed_file_is_refused_by_line(text, told, page_course):
    """As every file of a course is."""
    (page_course / ROOM / TEXTS).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        room_texts(read_course(page_course).room(ROOM), "zh")
    assert told in str(caught.value)
    assert f"{TEXTS}:" in str(caught.value)
