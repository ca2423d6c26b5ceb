"""Properties of the intake and of the TOML reader, tried on what Hypothesis makes."""

import io
import json
import random
import tomllib
import zipfile

import pytest
from handed_in import notebook, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from target import MIB

from autograder.course.tables import line_of
from autograder.intake.archives import opened_archive
from autograder.intake.magics import plain_python
from autograder.intake.names import safe_ids
from autograder.intake.notebooks import notebook_source
from autograder.intake.sources import decode_source
from autograder.intake.submission import Submission, digest_of, submission_from_line, submission_to_line

quietly = settings(deadline=None)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
# No "%", "!" or "?" to begin a magic with, and no blank before the first line, which IPython would take off all lines.
CELLS = st.text(st.sampled_from("ab1 =()[]{}'\"#\\\n:,.+汉")).filter(lambda text: not text[:1].isspace())
NAMES = st.text(st.sampled_from("abc汉é"), min_size=1, max_size=3).map(lambda stem: f"{stem}.py")


@quietly
@given(TEXTS)
def test_a_source_in_utf8_is_read_as_it_was_written(text):
    """Without a coding line a file is its text, with one kind of line ends."""
    text = text.replace("coding", "").removeprefix("\ufeff")
    assert decode_source(text.encode()) == (text.replace("\r\n", "\n").replace("\r", "\n"), ())


@quietly
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_cells_without_magics_come_through_whole(cells):
    """A notebook's code is its cells in order, whatever quotes and brackets they leave open."""
    expected = "".join(f"# cell {number}\n{cell}\n" for number, cell in enumerate(cells, start=1))
    assert notebook_source(json.dumps(notebook(cells)).encode()) == (expected, ())


@quietly
@given(CELLS, st.sampled_from(["%matplotlib inline", "!ls -l", "?np.dot", "np.dot?", "x = !pwd"]))
def test_a_magic_is_dropped_where_a_statement_begins_and_nowhere_else(cell, magic):
    """Before any code it is blanked; in a text over many lines it stays."""
    assert plain_python(f"{magic}\n{cell}")[0] == f"\n{cell}"
    assert plain_python(f"x = '''\n{magic}\n'''\n") == (f"x = '''\n{magic}\n'''\n", [])


@quietly
@given(st.dictionaries(NAMES, st.binary(max_size=3000), max_size=5), st.sampled_from([0, 8]))
def test_an_honest_zip_gives_back_what_was_put_in(members, method):
    """Every source of a zip is read as it was packed."""
    with opened_archive(io.BytesIO(zipped(list(members.items()), method))) as archive:
        assert {name: archive.read(name, 3000) for name in archive.found.sources} == members


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_notebook_with_pictures_is_read_from_a_zip(method):
    """Three mebibytes that cannot be compressed are no trouble in a notebook, which may have eight."""
    content = random.Random(0).randbytes(3 * MIB)
    with opened_archive(io.BytesIO(zipped([("softmax.ipynb", content)], method))) as archive:
        assert archive.read("softmax.ipynb", 8 * MIB) == content


@quietly
@given(st.lists(st.text(max_size=8), unique=True, max_size=12), st.randoms(use_true_random=False))
def test_ids_do_not_depend_on_the_order_of_the_names(names, rng):
    """A student's id is the same however the folder is listed."""
    shuffled = rng.sample(names, len(names))
    assert dict(zip(names, safe_ids(names), strict=True)) == dict(zip(shuffled, safe_ids(shuffled), strict=True))


@quietly
@given(st.builds(
    Submission, TEXTS, TEXTS, TEXTS, st.sampled_from(["folder", "zip", "py", "ipynb"]),
    st.dictionaries(TEXTS, TEXTS, max_size=3), st.lists(TEXTS, max_size=3).map(tuple), st.none() | TEXTS,
    st.just(digest_of("py", {})), st.none() | TEXTS,
))  # fmt: skip
def test_a_submission_crosses_a_pipe_unchanged(submission):
    """What a grader gets is what the coordinator has read, in one line."""
    line = submission_to_line(submission)
    assert line.count(b"\n") == 1
    assert submission_from_line(line) == submission


STATEMENTS = [
    *("", "[table]", "[table.deep]", "[[list]]", "[[list]] # ]", "[ 'quoted.key' ]", '# [comment] "', "  # '''"),
    *("a = 1", "b = '''\n[x]\n'''", 'c = """\n"quoted" \\" """', 'd = """"x"""""', "e = [\n1,\n2, # ]\n]"),
    *("f.g = {h = ']'}", '"i#" = \'"\'', "j = \"'''\"", "k = [[\"[\"], ['''\n]''']]", "l = ''", 'm = ""'),
    *("n = '''''x'''''", "o = 1979-05-27", 'p = "\\"]"'),
]


def slow_line_of(text, way):
    """The line where the key at `way` begins, from ever longer beginnings of the text."""
    lines, complete = text.split("\n"), 0
    for count in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        if way in set(ways_in(document)):
            return complete + 1
        complete = count
    return 1


def ways_in(document, at=()):
    """The way to every key of a document."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in pairs:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from ways_in(value, (*at, key))


@quietly
@given(st.lists(st.sampled_from(STATEMENTS), unique=True, max_size=12))
def test_the_line_of_a_key_is_where_its_statement_begins(statements):
    """However a key is written, and whatever brackets stand in texts and comments, an error names its line."""
    text = "\n".join(statements)
    for way in ways_in(tomllib.loads(text)):
        assert line_of(text, way) == slow_line_of(text, way)
