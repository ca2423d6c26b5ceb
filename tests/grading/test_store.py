"""The results store: what was kept is there after any end, and what is not as it was kept is never taken for it."""

import json
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.grading.store import Store, key_of, open_store
from autograder.report import Report, report_from_json

SECRET = b"a secret of the tests"
RESULTS = {f"{number:064x}": json.dumps({"number": number, "text": "数" * 700}) for number in range(20)}
MARKS = {"Ada": {"a05_softmax.softmax": 5.0}, "欧阳": {"a05_softmax.softmax": 2.5, "a05_softmax.accuracy": 1.0}}


@pytest.fixture
def report() -> Report:
    """The sample report."""
    sample = Path(__file__).parents[1] / "samples" / "report.json"
    return report_from_json(sample.read_text(encoding="utf-8"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is to be."""
    return tmp_path / "results.sqlite3"


def fill(store: Store) -> None:
    for key, text in RESULTS.items():
        store.keep(key, text)
    store.remember(MARKS)


def test_what_was_kept_is_there_when_the_store_is_opened_again(path):
    """Every result and every mark comes back as it was given, and keys that have none are not made up."""
    with open_store(path) as store:
        fill(store)
    with open_store(path) as store:
        assert store.has([*RESULTS, "another"]) == set(RESULTS)
        assert {key: store.report(key) for key in RESULTS} == RESULTS
        assert store.marks() == MARKS
    assert [each.name for each in path.parent.iterdir()] == ["results.sqlite3"]


def test_a_result_of_the_same_key_replaces_the_first(path):
    """Grading again leaves one result, the new one."""
    with open_store(path) as store:
        store.keep("key", "old")
        store.keep("key", "new")
        assert store.report("key") == "new"


def test_marks_of_other_exercises_and_students_stay(path):
    """Grading one room leaves what is known of another; an exercise that is graded again has its new points."""
    with open_store(path) as store:
        store.remember(MARKS)
        store.remember({"Ada": {"a06_init.initialize_he": 4.0}, "欧阳": {"a05_softmax.softmax": 3.0}})
        assert store.marks() == {
            "Ada": {"a05_softmax.softmax": 5.0, "a06_init.initialize_he": 4.0},
            "欧阳": {"a05_softmax.softmax": 3.0, "a05_softmax.accuracy": 1.0},
        }


def test_the_key_depends_on_all_that_a_result_depends_on(report):
    """Another submission, room, room's name, engine, environment or secret gives another key."""
    environment = report.environment
    others = [
        replace(report, submission=replace(report.submission, digest="0" * 64)),
        replace(report, room_digests={**report.room_digests, "a05_softmax": "0" * 64}),
        replace(report, room_digests={"b05": report.room_digests["a05_softmax"]}),
        replace(report, room_digests={}),
        replace(report, engine_digest="0" * 64),
        *(replace(report, environment=replace(environment, **{name: "another"})) for name in vars(environment)),
    ]
    keys = [key_of(report, SECRET), key_of(report, b"another secret"), *(key_of(other, SECRET) for other in others)]
    assert len(set(keys)) == len(keys) == 12


def test_the_key_depends_on_nothing_else(report):
    """Whose submission it is, where it came from and what it earned are no part of the key."""
    who = replace(report.submission, id="x", student="x", origin="x", notes=())
    other = replace(report, submission=who, points=0.0, exercises=(), seconds=9.0, reused=True, engine_version="9")
    assert key_of(other, SECRET) == key_of(report, SECRET)


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """A store with results and marks, closed."""
    path = tmp_path_factory.mktemp("store") / "results.sqlite3"
    with open_store(path) as store:
        fill(store)
    return path


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_bytes_have_changed_nothing_else_comes_back(path, filled, data):
    """Bytes changed or cut off anywhere: the store is refused, and left alone, or gives what was kept and no more."""
    spoilt = bytearray(filled.read_bytes())
    if data.draw(st.booleans()):
        del spoilt[data.draw(st.integers(1, len(spoilt) - 1)) :]
    else:
        at = data.draw(st.integers(0, len(spoilt) - 1) | st.integers(0, 200))
        length = data.draw(st.sampled_from([1, 2, 64, 5000]))
        mask = data.draw(st.integers(1, 255))
        spoilt[at : at + length] = bytes(byte ^ mask for byte in spoilt[at : at + length])
    path.write_bytes(spoilt)
    opened = False
    try:
        with open_store(path) as store:
            opened = True
            assert all(store.report(key) == RESULTS[key] for key in store.has(RESULTS))
            assert all(MARKS.get(name) == marks for name, marks in store.marks().items())
    except AutograderError as error:
        told = str(error)
        assert told.startswith(str(path))
        assert "\n" not in told
        assert opened or path.read_bytes() == spoilt
    assert [each.name for each in path.parent.iterdir()] == ["results.sqlite3"]


WRITER = """
import sys
from pathlib import Path
from autograder.grading.store import open_store
with open_store(Path(sys.argv[1])) as store:
    number = 0
    while True:
        store.keep(str(number), "x" * 9000 + str(number))
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()
        number += 1
"""


@pytest.mark.parametrize("after", [1, 50, 700])
def test_a_writer_that_is_killed_loses_nothing_it_has_kept(after, path):
    """Whatever `keep` returned from is there after kill -9, and the next process has the file at once."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(after):
            last = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        last = max([last, *map(int, writer.stdout.read().split("\n")[:-1])])
    assert path.with_name("results.sqlite3-wal").exists()
    with open_store(path) as store:
        assert store.has(map(str, range(last + 1))) == set(map(str, range(last + 1)))
        assert store.report(str(last)) == "x" * 9000 + str(last)
    assert [each.name for each in path.parent.iterdir()] == ["results.sqlite3"]


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "an empty file"])
def test_a_store_is_made_where_there_is_none(content, path):
    """An empty file is what a run leaves that was killed while it made one, and is no reason to stop."""
    if content is not None:
        path.write_bytes(content)
    with open_store(path) as store:
        assert store.marks() == {}
        assert store.has(["key"]) == set()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA user_version = 2", "is a results store of version 2, and this autograder knows version 1"),
        ("PRAGMA application_id = 7", "is another program's database"),
        ("DROP TABLE marks", "its tables are not those of a results store"),
        ("ALTER TABLE marks ADD COLUMN colour", "its tables are not those of a results store"),
    ],
)
def test_what_is_not_our_store_is_refused_and_left(statement, said, path):
    """Another version, another program's file or other tables are named, and not a byte is changed."""
    with open_store(path) as store:
        fill(store)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute(statement)
    database.close()
    before = path.read_bytes()
    with pytest.raises(AutograderError, match=said), open_store(path):
        pass
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["results.sqlite3"]


def test_a_newer_store_that_was_not_closed_is_refused_too(path):
    """What a newer autograder had only in its log when it was killed is seen, and stays in the file."""
    with open_store(path) as store:
        fill(store)
    code = (
        "import os, signal, sqlite3, sys; database = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "database.execute('PRAGMA user_version = 2'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name("results.sqlite3-wal").exists()
    for _ in range(2):
        with pytest.raises(AutograderError, match="of version 2"), open_store(path):
            pass
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM results").fetchone() == (len(RESULTS),)
    database.close()


def test_a_second_process_is_told_who_has_the_folder(path):
    """It is refused at once, and the first goes on as if nothing had been."""
    with open_store(path) as store:
        store.keep("key", "text")
        code = "import sys; from pathlib import Path; from autograder.grading.store import open_store\n"
        code += "with open_store(Path(sys.argv[1])): pass"
        second = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60)
        assert f"another autograder is grading into {path.parent}/ (it holds results.sqlite3)" in second.stderr
        store.keep("another", "text")
        assert store.report("key") == "text"
