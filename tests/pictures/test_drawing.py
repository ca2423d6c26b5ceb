"""What is drawn from a student's functions: pictures from right ones, and from others which function to mend."""

from dataclasses import replace

import pytest
from painting import ROOM, paint_room, texts_of

from autograder.course import read_course
from autograder.errors import CourseError
from autograder.language import speaking
from autograder.pictures import drawing, looks, own
from autograder.pictures.drawing import draw_room

RIGHT = "return np.asarray(X, dtype=float).mean(axis=1, keepdims=True)"
BOTH = ("the_mean_of_a_cloud", "one_of_two")


def test_right_functions_draw_every_panel(answer):
    """Nothing is to be mended, and the title and the caption stand around what is drawn."""
    painted = paint_room(answer(RIGHT), ROOM)
    assert tuple(painted) == BOTH
    for figure, to_mend in painted.values():
        assert to_mend == ()
        assert all(axes.has_data() for axes in figure.axes)
    assert {"The mean of a cloud", "Two features of three examples, and their means."} <= set(
        texts_of(painted["the_mean_of_a_cloud"][0])
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise NotImplementedError", "not implemented yet"),
        ("return X.mean(axis=0)", "has shape (3,); expected (2, 1)"),
        ("return None", "is None; expected an array of shape (2, 1)"),
        ("return {'a': 1}", "expected an array of shape (2, 1)"),
        ("return np.array([['a'], ['b']])", "dtype"),
        ("return X[7]", "IndexError"),
        ("X -= 1\n    return X", "An argument was changed in place"),
        ("import os\n    os._exit(3)", "exit status 3"),
        ("print('x' * 10**6)", "KiB were printed"),
        ("return 1 +", "SyntaxError"),
    ],
)
def test_a_panel_says_which_function_to_mend_and_why(body, told, answer):
    """Whatever a function does instead of its work is told in a sentence, never by a traceback."""
    figure, to_mend = paint_room(answer(body), ROOM)["the_mean_of_a_cloud"]
    assert to_mend == ("mean_of_columns",)
    assert "Mend mean_of_columns first" in texts_of(figure)
    assert any(told in text.replace("\n", " ") for text in texts_of(figure)), texts_of(figure)
    assert "Two features of three examples, and their means." in texts_of(figure)


def test_a_panel_that_cannot_be_drawn_leaves_the_others_alone(answer):
    """The left panel says what to mend, the right one is drawn."""
    figure, to_mend = paint_room(answer("raise NotImplementedError"), ROOM)["one_of_two"]
    left, right = figure.axes
    assert to_mend == ("mean_of_columns",)
    assert left.texts[0].get_text() == "Mend mean_of_columns first"
    assert not left.lines
    assert not left.patches
    assert right.lines


def test_the_function_to_mend_is_the_one_that_is_not_written(answer):
    """A function that calls another one is not to blame while that one is a stub."""
    course = answer("return inner(X)\n\n\ndef inner(X):\n    raise NotImplementedError")
    for file in (course / ROOM / "assignment.toml", course.parent / "reference" / "statistics.py"):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".toml":
            exercise = text[text.index("[[exercises]]") :]
            text += "\n" + exercise.replace('"mean_of_columns"', '"inner"').replace("points = 3", "points = 0.5")
        else:
            text += "\n\ndef inner(X: Array) -> Array:\n    return X\n"
        file.write_text(text, encoding="utf-8")
    _, to_mend = paint_room(course, ROOM)["the_mean_of_a_cloud"]
    assert to_mend == ("inner",)


def test_an_endless_loop_is_waited_for_once(answer, monkeypatch):
    """The second picture knows already what became of the function."""
    monkeypatch.setattr(own, "LIMITS", replace(own.LIMITS, call_seconds=0.2))
    workers = []
    real = own.Worker
    monkeypatch.setattr(own, "Worker", lambda *given: workers.append(1) or real(*given))
    painted = paint_room(answer("while True: pass"), ROOM)
    for name in BOTH:
        assert any("a loop that never ends" in text.replace("\n", " ") for text in texts_of(painted[name][0]))
    assert len(workers) == 1


def change(course, old, new):
    path = course / ROOM / "pictures.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_numbers_that_nothing_can_be_drawn_from_name_the_functions_that_were_called(answer):
    """The form is right, but a picture needs a whole number, and there is none in NaN."""
    course = answer("return np.full((len(X), 1), np.nan)")
    change(course, "axes.plot(student.mean_of_columns(X)[:, 0]", "axes.plot([int(student.mean_of_columns(X)[0, 0])]")
    figure, to_mend = paint_room(course, ROOM)["the_mean_of_a_cloud"]
    assert to_mend == ("mean_of_columns",)
    assert any("autograder check a02_statistics" in text.replace("\n", " ") for text in texts_of(figure))


def test_nan_alone_is_no_reason_to_complain(answer):
    """What cannot be drawn is left out; the picture shows that something is missing."""
    _, to_mend = paint_room(answer("return np.full((len(X), 1), np.nan)"), ROOM)["the_mean_of_a_cloud"]
    assert to_mend == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("axes.plot(student", "axes.plott(student", "the_mean_of_a_cloud cannot be drawn: AttributeError"),
        ("student.mean_of_columns(X)[:", "student.mean_of_rows(X)[:", "no function 'mean_of_rows'"),
        ("student.mean_of_columns(X)[:", "student.mean_of_columns(object())[:", "an object of type object"),
        ("(axes, student)", "(student)", "takes student; expected either axes or figure"),
        ("(axes, student)", "(axes, oracle)", "takes axes, oracle; expected either axes or figure"),
        ('    """Two features of three examples, and their means."""\n', "", "has no docstring"),
    ],
)
def test_a_picture_that_is_itself_at_fault_says_so(old, new, told, answer):
    """It is drawn with the right answers, too, before a student is told to mend anything."""
    course = answer("return X.mean(axis=1, keepdims=True)")
    change(course, old, new)
    with pytest.raises(CourseError) as caught:
        paint_room(course, ROOM)
    assert told in str(caught.value)
    assert "pictures" in str(caught.value)


def test_a_picture_is_1200_pixels_wide_and_the_same_file_each_time(answer, tmp_path):
    """PNG and SVG hold no date and no random name."""
    from PIL import Image

    room = read_course(answer(RIGHT))
    for svg in (False, True):
        first, again = (
            [each.file for each in draw_room(room, room.rooms[0], tmp_path / f"{number}", svg=svg)] for number in (1, 2)
        )
        assert [file.name for file in first] == [f"{name}.{'svg' if svg else 'png'}" for name in BOTH]
        assert [file.read_bytes() for file in first] == [file.read_bytes() for file in again]
    for file in (tmp_path / "1").rglob("*.png"):
        assert Image.open(file).width == 1200


def drawn_texts(course_folder, tmp_path, monkeypatch):
    """All that is written in the two pictures of the room, and their titles outside of them."""
    seen, course = [], read_course(course_folder)
    monkeypatch.setattr(drawing, "save", lambda figure, _: seen.extend(texts_of(figure)))
    titles = [each.title for each in draw_room(course, course.rooms[0], tmp_path)]
    return set(seen), titles


def test_pictures_speak_chinese_where_there_are_letters_for_it(answer, tmp_path, monkeypatch):
    """Title, caption, axes, and what is to be mended."""
    course = answer(RIGHT)
    monkeypatch.setattr(looks, "chinese_font", lambda: "DejaVu Sans")
    with speaking("zh", strict=True):
        seen, titles = drawn_texts(course, tmp_path, monkeypatch)
        assert {"点集的均值", "三个样本的两个特征，以及它们的均值。", "特征编号", "均值"} <= seen
        assert titles == ["点集的均值", "两个之一"]
        seen, _ = drawn_texts(answer("raise NotImplementedError"), tmp_path, monkeypatch)
        assert {"请先改正 mean_of_columns", "尚未实现"} <= seen


def test_pictures_speak_english_where_there_is_no_chinese_font(answer, tmp_path, monkeypatch):
    """Letters that are boxes help nobody; what is told outside of the picture stays Chinese."""
    course = answer("return X.mean(axis=0)")
    monkeypatch.setattr(looks, "chinese_font", lambda: "")
    with speaking("zh"):
        seen, titles = drawn_texts(course, tmp_path, monkeypatch)
        assert {"The mean of a cloud", "Mend mean_of_columns first"} <= seen
        assert titles == ["点集的均值", "两个之一"]


def test_long_captions_are_broken_where_a_reader_would():
    """No line is too long, words stay whole, and no line of Chinese begins with a full stop."""
    from autograder.language import cells
    from autograder.pictures.marks import wrap

    english = wrap("a caption of many words " * 20, 60)
    chinese = wrap("从 0.0001 到 1 抽取一千个学习率。用 sample_log_uniform 抽取，每个数量级各得四分之一。" * 4, 50)
    assert all(cells(line) <= 60 for line in english.split("\n"))
    assert all(cells(line) <= 52 and line[0] not in "，。" for line in chinese.split("\n"))
    assert english.split() == ("a caption of many words " * 20).split()
    assert "".join(chinese.split()).count("sample_log_uniform") == 4
