"""The gradebook: what a spreadsheet shows is what was graded, and nothing in it is a formula."""

import csv
import io
import random
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.exports.gradebook import write_gradebook
from autograder.report import Fault, Lateness, Person, report_from_json
from autograder.verdicts import Verdict

SAMPLE = Path(__file__).parents[1] / "samples" / "report.json"
WITH_IDS = report_from_json(SAMPLE.read_text(encoding="utf-8"))
REPORT = replace(WITH_IDS, submission=replace(WITH_IDS.submission, people=()), lateness=None, score=WITH_IDS.points)
HEADER = [
    "id",
    "student",
    "status",
    "a05_softmax.one_hot (2)",
    "a05_softmax.softmax (5)",
    "a10_batchnorm.batchnorm_backward (6)",
    "total",
    "max",
]


def named(student, identity=None, **changes):
    """The sample report under another name."""
    who = replace(REPORT.submission, student=student, id=student if identity is None else identity)
    return replace(REPORT, submission=who, **changes)


def rows(folder, reports):
    """What Python's reader finds in the gradebook of these reports."""
    write_gradebook(folder / "gradebook.csv", reports)
    with (folder / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_one_row_a_student_one_column_an_exercise(tmp_path):
    """A graded submission is its identity, its status, its marks as plain numbers, their sum and the most."""
    assert rows(tmp_path, [REPORT]) == [
        HEADER,
        ["zhang_san", "张三", "graded", "2", "2.5", "0", "4.5", "13"],
    ]


def test_the_bytes_are_what_excel_and_the_rfc_want(tmp_path):
    """The file begins with a byte order mark and every line, the last too, ends with CR LF."""
    write_gradebook(tmp_path / "gradebook.csv", [REPORT, named("Ann")])
    data = (tmp_path / "gradebook.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,student,status,")
    assert data.endswith(b",4.5,13\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") == 3


@pytest.mark.parametrize(
    "name",
    ["O'Hara, Ann", '"Bob" the\n"builder"', "欧阳娜娜，三", "a\r\nb", "Zoë-Ann =x", " spaced ", '"', ",", "", "a;b"],
)
def test_names_survive(tmp_path, name):
    """Commas, quotes, line ends, spaces and other alphabets come back letter by letter."""
    assert rows(tmp_path, [named(name)])[1][:2] == [name, name]


@pytest.mark.parametrize("space", ["", " ", "  \u3000", "\xa0", "\n", "\u200b", "\ufeff", '"'])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦"])
def test_a_name_that_looks_like_a_formula_is_made_text(tmp_path, space, sign):
    """An apostrophe stands before such a name, behind whatever the sign hides, and the rest is unchanged."""
    name = f"{space}{sign}cmd|' /C calc'!A0"
    cell = rows(tmp_path, [named(name)])[1][1]
    assert cell.startswith("'")
    assert cell.replace("'", "") == name.replace("'", "")


@pytest.mark.parametrize("name", ["\tAnn", "\rAnn"])
def test_a_name_behind_a_tab_or_return_is_made_text(tmp_path, name):
    """Both are dropped by some spreadsheets before they look for a formula."""
    assert rows(tmp_path, [named(name)])[1][1] == "'" + name


def begins_a_formula(cell):
    """Whether a spreadsheet could take this cell for one: an oracle that shares nothing with the exporter."""
    seen = [c for c in cell if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")]
    return bool(seen) and unicodedata.normalize("NFKC", seen[0]) in {"=", "+", "-", "@"}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="=+-@＝－ \t\r\n;,\"'a1|\x00\x1b\u200b\u202e\ufeff三", max_size=8))
@example(';"=1;"')
@example("a;\n=1")
@example(" ;\u200b@x")
def test_no_cell_is_a_formula_wherever_the_spreadsheet_splits(tmp_path, name):
    """Read with commas, semicolons or tabs, or split at them with quotes ignored, no text cell is a formula."""
    write_gradebook(tmp_path / "gradebook.csv", [named(name)])
    text = (tmp_path / "gradebook.csv").read_bytes().decode("utf-8-sig")
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not [cell for cell in row if begins_a_formula(cell)]
    assert not [cell for cell in re.split(r"[;\t\r\n]", text) if begins_a_formula(cell)]


def test_the_exercise_names_in_the_header_are_no_formulas_either(tmp_path):
    """A course may name its rooms as it likes; the header is text all the same."""
    exercise = replace(REPORT.exercises[0], room="=1+1", name="x")
    assert rows(tmp_path, [replace(REPORT, exercises=(exercise,))])[0][3] == "'=1+1.x (2)"


def test_terminal_escapes_and_lone_surrogates_are_spelt_out(tmp_path):
    """Showing the file in a terminal does nothing to it, and a broken file name does not stop the gradebook."""
    assert rows(tmp_path, [named("\x1b[2J\x00\u202eAnn\udcff")])[1][1] == "\\x1b[2J\\x00\\u202eAnn\\udcff"


def test_an_unreadable_submission_has_empty_marks(tmp_path):
    """Its row has who, and the status, and no number that could pass for a mark."""
    lost = named("Bob", status="unreadable", problem="not a zip", exercises=(), points=0.0, max_points=0.0)
    assert rows(tmp_path, [REPORT, lost])[1] == ["Bob", "Bob", "unreadable", "", "", "", "", ""]


def test_a_grader_fault_is_loud_beside_the_marks(tmp_path):
    """Whoever reads the marks sees that the grader failed, from the faults or from an exercise's verdict."""
    faulty = replace(REPORT.exercises[0], verdict=Verdict.GRADER_FAULT)
    reports = [named("A", faults=(Fault("check", "boom"),)), named("B", exercises=(faulty,)), named("C")]
    assert [row[2] for row in rows(tmp_path, reports)[1:]] == ["graded (grader fault)"] * 2 + ["graded"]


def test_an_exercise_that_was_not_graded_is_no_zero(tmp_path):
    """Where reports differ in their exercises or in what these are worth, each has its column, and gaps are empty."""
    one, two, _ = REPORT.exercises
    table = rows(
        tmp_path,
        [
            named("A", exercises=(one,)),
            named("B", exercises=(replace(one, max_points=3.0), replace(two, room="a10_x"))),
            named("C", exercises=(replace(two, room="a9_x"),)),
        ],
    )
    assert table[0][3:-2] == [
        "a05_softmax.one_hot (2)",
        "a05_softmax.one_hot (3)",
        "a9_x.softmax (5)",
        "a10_x.softmax (5)",
    ]
    assert [row[3:-2] for row in table[1:]] == [["2", "", "", ""], ["", "2", "", "2.5"], ["", "", "2.5", ""]]


@pytest.mark.parametrize(
    ("points", "cell"), [(0.1 + 0.2, "0.3"), (-0.0, "0"), (1e9, "1000000000"), (1e-9, "0"), (2 / 3, "0.666667")]
)
def test_marks_are_plain_decimals(tmp_path, points, cell):
    """No exponent, no sign, no dust of binary fractions: any spreadsheet takes the cell for a number."""
    assert rows(tmp_path, [named("A", points=points)])[1][-2] == cell


def test_the_order_of_the_reports_leaves_no_trace(tmp_path):
    """The same reports in any order give the same bytes, two students of one name included."""
    reports = [named("李"), named("Ann", "2"), named("Ann", "1"), named("Bob", exercises=REPORT.exercises[1:])]
    write_gradebook(tmp_path / "gradebook.csv", reports)
    first = (tmp_path / "gradebook.csv").read_bytes()
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        write_gradebook(tmp_path / "gradebook.csv", iter(reports))
        assert (tmp_path / "gradebook.csv").read_bytes() == first


def test_no_reports_give_a_header(tmp_path):
    """A run that was stopped at once leaves a gradebook that opens."""
    assert rows(tmp_path, []) == [["id", "student", "status", "total", "max"]]


def test_a_gradebook_that_cannot_be_written_leaves_no_trace(tmp_path):
    """The error names the file, and neither a part of it nor a temporary file is left."""
    (tmp_path / "gradebook.csv").mkdir()
    with pytest.raises(AutograderError, match=r"gradebook\.csv is not a regular file"):
        write_gradebook(tmp_path / "gradebook.csv", [REPORT])
    assert [each.name for each in tmp_path.iterdir()] == ["gradebook.csv"]


def test_the_ids_that_some_report_has_are_columns(tmp_path):
    """A group's ids share a cell; kinds that nobody has, and those of platforms, are no columns."""
    two = (Person("Ann", {"email": "a@x.org", "login": "=1"}), Person("Bo", {"email": "b@x.org", "canvas": "7"}))
    group = replace(WITH_IDS, submission=replace(WITH_IDS.submission, student="Team", people=two), lateness=None)
    table = rows(tmp_path, [group, REPORT])
    assert table[0][:5] == ["id", "student", "email", "login", "status"]
    assert table[1][1:5] == ["Team", "a@x.org; b@x.org", "'=1", "graded"]
    assert table[2][1:5] == ["张三", "", "", "graded"]


def test_attempts_lateness_and_self_reported_scores_are_columns_when_they_matter(tmp_path):
    """Whoever reads the total sees what it costs to be late, which attempt counts and what nobody has verified."""
    late = named("A", lateness=Lateness(3600.0, 0.45, "10 % a day"), score=4.05)
    old = replace(REPORT, counts=False)
    exempt = named("C", exempt=True, score=None, verified=False)
    table = rows(tmp_path, [late, old, exempt])
    assert table[0][2:5] == ["status", "attempt", "counts"]
    assert table[0][-5:] == ["total", "max", "late penalty", "score", "unverified"]
    assert table[1][2:5] == ["graded", "1", "yes"]
    assert [row[-5:] for row in table[1:]] == [
        ["4.5", "13", "0.45", "4.05", ""],
        ["4.5", "13", "", "exempt", "unverified"],
        ["4.5", "13", "", "4.5", ""],
    ]
    assert table[3][4] == "no"
