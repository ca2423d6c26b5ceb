"""Tables of other programs: what is not meant stays byte for byte, what is no table is refused by line and column."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.exports.sheet import read_sheet, sheet_of

# A return alone is no line end to every writer, so not all put it in quotes.
CELLS = st.lists(st.sampled_from([*"ab,;\t\"'\n =ä张\u202e\ufeff\\", "\r\n"]), max_size=6).map("".join)


def written(rows, delimiter, line_end, quoting):
    """A file as a program with these habits writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return text.getvalue()


@settings(max_examples=120, deadline=None)
@given(
    st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=4)),
    st.sampled_from(",;\t"),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.booleans(),
    CELLS,
)
@example([["x", "y"], ['a"b', ""]], ",", "\n", csv.QUOTE_MINIMAL, True, '"')
def test_only_the_cell_that_is_meant_changes(rows, delimiter, line_end, quoting, bom, new):
    """Whatever separators, quotes, line ends and marks a file has, it is put together again as it was."""
    rows = [["first", "second", *["more"] * (len(rows[0]) - 2)], *rows]
    data = (b"\xef\xbb\xbf" if bom else b"") + written(rows, delimiter, line_end, quoting).encode()
    sheet = sheet_of(data, "x.csv")
    assert [list(row.cells) for row in sheet.rows] == rows
    assert sheet.changed({}) == data
    changed = sheet.changed({(1, 0): new})
    text = changed.removeprefix(b"\xef\xbb\xbf").decode()
    rows[1][0] = new
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == rows
    assert changed.startswith(b"\xef\xbb\xbf") is bom
    before, after = data.decode().split(line_end)[0], changed.decode().split(line_end)[0]
    assert before == after


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'a,b\n"x,1\n', r"x\.csv, line 2, column 1: a quote is not closed"),
        (b'a,b\n1,"x"y\n', r"x\.csv, line 2, column 2: a quote is not closed, or text follows"),
        (b"a,b\n\xe9,1\n", r"x\.csv, line 2: is not UTF-8 text; .* save it as CSV UTF-8"),
        ("a,b\n".encode("utf-16"), r"x\.csv, line 1: is not UTF-8"),
        (b"a,b\n\0,1\n", r"x\.csv: holds NUL bytes"),
        (b"\xef\xbb\xbf \r\n", r"x\.csv: is empty"),
    ],
)
def test_what_is_no_table_is_refused_by_its_line(data, told):
    """The message names the file, the line and what to do."""
    with pytest.raises(AutograderError, match=told):
        sheet_of(data, "x.csv")


def test_a_file_that_is_not_there_is_named(tmp_path):
    """No traceback, and the name of the file."""
    with pytest.raises(AutograderError, match=r"none\.csv: cannot be read \(No such file"):
        read_sheet(tmp_path / "none.csv")


def test_lines_are_counted_through_cells_of_several_lines():
    """What an editor shows as line 5 is called line 5."""
    sheet = sheet_of(b'a,b\r\n"1\n2\r\n3",x\r\n4,y\r\n', "x.csv")
    assert [row.line for row in sheet.rows] == [1, 2, 5]
