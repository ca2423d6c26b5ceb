"""Notebooks: formats, hostile JSON, and magics that go while lines stay."""

import json

import pytest
from handing_in import only

from autograder.checking.explaining import Sources
from autograder.intake import refusals
from autograder.intake.magics import plain_python
from autograder.intake.notebooks import notebook_source
from autograder.intake.refusals import UnreadableError


def notebook(*sources, **extra):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **extra}).encode()


def test_code_cells_are_joined_in_order():
    """Each code cell follows its number; text cells are left out."""
    data = json.loads(notebook("a = 1", ["b = 2\n", "c = 3"]))
    data["cells"].insert(1, {"cell_type": "markdown", "source": "# Title"})
    text, notes = notebook_source(json.dumps(data).encode())
    assert text == "# cell 1\na = 1\n# cell 2\nb = 2\nc = 3\n"
    assert notes == ()


def test_nbformat_3_is_read():
    """Worksheets and `input` of the old format are cells and source."""
    sheets = [{"cells": [{"cell_type": "code", "input": ["x = 1\n"], "language": "python"}]}]
    text, _ = notebook_source(json.dumps({"nbformat": 3, "metadata": {}, "worksheets": sheets}).encode())
    assert text == "# cell 1\nx = 1\n\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "JSON is invalid"),
        (b"{\n\n nope", "JSON is invalid, line 3"),
        (b"\xff\xff\xff", "JSON is invalid"),
        (b'{"x": ' + b"9" * 5000 + b"}", "JSON is invalid"),
        (b"[1]", "expected a JSON object, saw list"),
        (b"{}", "neither cells nor worksheets"),
        (b'{"cells": 3}', "neither cells nor worksheets"),
        (b'{"worksheets": [3]}', "a worksheet of it has no cells"),
        (b'{"cells": [3]}', "cell 1 is not a JSON object"),
        (b'{"cells": [{"cell_type": "code", "source": 3}]}', "source of its cell 1 is not text"),
        (b'{"cells": [{"cell_type": "code", "source": ["x", 3]}]}', "source of its cell 1 is not text"),
        (b'{"cells": []}', "has no code cell"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (notebook("x = '\0'"), "NUL character in line 1"),
        (notebook("x = '\ud800'"), "half a surrogate pair"),
        (notebook("x", metadata={"kernelspec": {"language": "R"}}), "a notebook in R, not in Python"),
    ],
)
def test_what_is_no_notebook_is_told(data, why):
    """Every way of being no notebook has its reason."""
    with pytest.raises(UnreadableError, match=why):
        notebook_source(data)


@pytest.mark.parametrize(
    "metadata", [{"kernelspec": {"language": "python"}}, {"language_info": {"name": "ipython"}}, []]
)
def test_a_python_notebook_is_python(metadata):
    """Metadata that says Python, or nothing that is understood, is accepted."""
    assert notebook_source(notebook("x = 1", metadata=metadata))[0].endswith("x = 1\n")


def test_a_gigantic_notebook_is_not_parsed(tmp_path):
    """A file beyond the bound is refused before its JSON is looked at."""
    (tmp_path / "ana.ipynb").write_bytes(notebook("x = 1", pad=" " * refusals.MAX_NOTEBOOK_BYTES))
    assert "larger than 8 MiB" in only(tmp_path).problem


def test_a_notebook_of_too_much_code_is_refused():
    """Large outputs are fine; more code than a source may have is not."""
    assert notebook_source(notebook("x = 1", pad=" " * (2 * 2**20)))
    with pytest.raises(UnreadableError, match="more than 1 MiB of code"):
        notebook_source(notebook("#" * 2**19, "#" * 2**19))


def test_notes_say_which_cell_lost_what():
    """A dropped line is noted with its cell and its text."""
    _, notes = notebook_source(notebook("x = 1", "%matplotlib inline\ny = 2"))
    assert notes == ("cell 2: dropped the line %matplotlib inline",)


def test_notes_on_a_notebook_full_of_magics_are_bounded(tmp_path):
    """Ten thousand magics do not fill the report."""
    (tmp_path / "ana.ipynb").write_bytes(notebook("%time\n" * 10_000))
    submission = only(tmp_path)
    assert len(submission.notes) == refusals.MAX_NOTES + 1
    assert submission.problem is None


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "\nx = 1"),
        ("!pip install numpy\nx = 1", "\nx = 1"),
        ("pip install numpy\nx = 1", "\nx = 1"),
        ("!wget \\\n  http://x\nx = 1", "\n\nx = 1"),
        ("files = !ls\nx = 1", "\nx = 1"),
        ("?np.dot\nnp.dot?\nnp.dot??\nx = 1", "\n\n\nx = 1"),
        ("if x:\n    %time f()\ny = 1", "if x:\n    pass\ny = 1"),
        ("if x:\n\t!ls\n\ty = 1", "if x:\n\tpass\n\ty = 1"),
        (")\n%pwd\nx = 1", ")\n\nx = 1"),
        ("x = (1)\n%pwd\ny = 1", "x = (1)\n\ny = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%capture out\nx = 1", "\n\nx = 1"),
        ("%%bash\nrm -rf /\nx = 1", "\n\n"),
        ("%%writefile a.py\nx = 1", "\n"),
        ("%%\nx = 1", "\n"),
        ("    x = 1\n    y = 2", "x = 1\ny = 2"),
        ("!echo \"it's\nx = 1\n%pwd", "\nx = 1\n"),
    ],
)
def test_magics_go_and_lines_stay(cell, plain):
    """What only IPython understands is blanked, or becomes `pass` in a block, and no line moves."""
    text, dropped = plain_python(cell)
    assert text == plain
    assert text.count("\n") == cell.count("\n")
    assert bool(dropped) == (cell != plain and not cell.startswith("    "))


@pytest.mark.parametrize(
    "cell",
    [
        "x = (a\n     % b)",
        "x = a \\\n  % b",
        'x = """\n%time\n!ls\nwhat?\n"""',
        "x = '''it's\n%time'''",
        "x = 'a\\\n%b'",
        "x = '\\''\ny = [\n%s\n]",
        "x %= 3",
        "x = 1  # really?",
        "# don't (\nx = 1",
        "def f():\n    '''Is it so?\n    %d\n    '''\n    return 1",
        "print('100%')",
        "a != b",
        "{\n'''}''': 1\n% 2\n}",
    ],
)
def test_python_that_looks_like_magic_stays(cell):
    """A "%" that continues an expression, and anything in a string, is the student's code."""
    assert plain_python(cell) == (cell, [])


def test_a_dropped_line_is_shown_without_its_escapes():
    """A note on a magic cannot carry control characters."""
    _, dropped = plain_python("!\x1b[2J" + "x" * 1000)
    assert all(note.isprintable() and len(note) < 100 for note in dropped)


@pytest.mark.parametrize("piece", ["'", '"""', "(", "\\", "x.", "%", "a = ", "?", "'\\", "[\n", "'''\n"])
def test_a_hostile_cell_is_scanned_in_linear_time(piece):
    """Half a mebibyte of one piece, which a backtracking scan would take years for, ends."""
    text, _ = plain_python(piece * (2**19 // len(piece)))
    assert isinstance(text, str)


def test_a_line_is_told_by_its_cell():
    """Nobody finds line 6 of all cells together in Jupyter; a comment like our marks parts no cell."""
    text, _ = notebook_source(notebook("a = 1", "# cell 9\nb = 2\nc = 3"))
    sources = Sources({"softmax.py": text, "data.py": "# cell 1\na = 1"}, {"softmax.py": "hw/softmax.ipynb"})
    assert sources.line("softmax.py", 6) == "c = 3"
    assert sources.place("softmax.py", 6) == ("hw/softmax.ipynb, cell 2", 3)
    assert sources.place("data.py", 2) == ("data.py", 2)
