"""The canonical report: what is written is read back, and what is not a report is refused by place."""

import json
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from autograder import report as model
from autograder.errors import AutograderError
from autograder.report import (
    CheckResult,
    ExerciseResult,
    Feedback,
    Identity,
    Report,
    report_from_json,
    report_to_json,
    schema,
    unchecked_json,
    write_report,
)
from autograder.strict import MOST
from autograder.verdicts import Verdict

SAMPLE = (Path(__file__).parent / "samples" / "report.json").read_text(encoding="utf-8")
VALID = Draft202012Validator(schema())

numbers = st.floats(0, MOST)
marks = {"points": numbers, "max_points": numbers, "seconds": numbers}
checks = st.builds(CheckResult, feedback=st.none() | st.builds(Feedback), **marks)
people = st.builds(model.Person, ids=st.dictionaries(st.text(), st.text(), max_size=2))
identities = st.builds(
    Identity,
    notes=st.lists(st.text(), max_size=2).map(tuple),
    people=st.lists(people, max_size=2).map(tuple),
    attempt=st.integers(0, int(MOST)),
)
exercises = st.builds(ExerciseResult, checks=st.lists(checks, max_size=3).map(tuple), **marks)


@st.composite
def reports(draw):
    """Any report at all, graded or unreadable."""
    status = draw(st.sampled_from(["graded", "unreadable"]))
    exempt = draw(st.booleans())
    return draw(
        st.builds(
            Report,
            schema_version=st.just("1.2"),
            room_digests=st.dictionaries(st.text(), st.text(), max_size=3),
            submission=identities,
            status=st.just(status),
            problem=st.none() if status == "graded" else st.text(),
            exercises=st.lists(exercises, max_size=3).map(tuple),
            lateness=st.none() | st.builds(model.Lateness, late_seconds=numbers, penalty=numbers, rule=st.text()),
            exempt=st.just(exempt),
            score=numbers if status == "graded" and not exempt else st.none(),
            faults=st.lists(st.builds(model.Fault), max_size=2).map(tuple),
            **marks,
        )
    )


def refusal(document):
    """What reading this document is refused with."""
    with pytest.raises(AutograderError) as caught:
        report_from_json(document if isinstance(document, str) else json.dumps(document))
    return str(caught.value)


def places(value, at=()):
    """Every place in a document, the whole first."""
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*at, key))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(reports())
def test_any_report_survives_the_round_trip_and_satisfies_the_schema(report):
    """What was written reads as an equal report, gives the same text again, and is valid by the schema."""
    text = report_to_json(report)
    assert report_from_json(text) == report
    assert report_to_json(report_from_json(text)) == text
    assert text.endswith("}\n")
    VALID.validate(json.loads(text))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_reader_and_schema_refuse_the_same_documents(data):
    """However one place of a report is changed, the strict reader and the schema agree on what is left."""
    document = json.loads(SAMPLE)
    *way, last = data.draw(st.sampled_from([at for at in places(document) if at]))
    parent = document
    for key in way:
        parent = parent[key]
    change = data.draw(st.sampled_from(["replace", "remove", "add"]))
    if change == "replace":
        simple = st.sampled_from([None, True, "", "1.2", "zh", "unreadable", 0, 1, 2.5, -1, 2e9, 10**400, [], {}])
        parent[last] = data.draw(simple)
    elif change == "remove":
        del parent[last]
    elif isinstance(parent, dict):
        parent["colour"] = "red"
    try:
        report_from_json(json.dumps(document))
    except AutograderError:
        assert not VALID.is_valid(document)
    else:
        assert VALID.is_valid(document)


def test_the_schema_is_a_schema_and_names_every_field_with_a_description():
    """Each dataclass has its definition: the same fields, all required, no others, every one described."""
    document = schema()
    Draft202012Validator.check_schema(document)
    definitions = document["$defs"]
    classes = {
        model.Report: document,
        model.Environment: definitions["environment"],
        model.Identity: definitions["submission"],
        model.Person: definitions["person"],
        model.Lateness: definitions["lateness"],
        model.ExerciseResult: definitions["exercise"],
        model.CheckResult: definitions["check"],
        model.Feedback: definitions["feedback"],
        model.Fault: definitions["fault"],
    }
    for kind, definition in classes.items():
        names = [field.name for field in fields(kind)]
        assert list(definition["properties"]) == names
        assert definition["required"] == names
        assert definition["additionalProperties"] is False
        for part in definition["properties"].values():
            target = definitions[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
            assert len(target["description"]) > 10
    assert definitions["verdict"]["enum"] == [verdict.value for verdict in Verdict]


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (("exercises", 1, "checks", 0, "points"), "5", "exercises[1].checks[0].points: expected a number"),
        (("exercises", 1, "checks", 0, "points"), True, "exercises[1].checks[0].points: expected a number"),
        (("exercises", 1, "points"), -0.5, "exercises[1].points: expected a number from 0 to 1e+09, found"),
        (("seconds",), float("nan"), "seconds: expected a number from 0 to 1e+09, found the number nan"),
        (("max_points",), float("inf"), "max_points: expected a number"),
        (("exercises", 0, "verdict"), "excellent", "exercises[0].verdict: expected one of passed, failed,"),
        (("exercises", 0, "verdict"), ["passed"], "exercises[0].verdict: expected one of passed, failed,"),
        (("exercises", 0, "followed_through"), 1, "exercises[0].followed_through: expected true or false"),
        (("submission", "form"), "rar", "submission.form: expected one of folder, zip, py, ipynb"),
        (("submission", "notes"), "x", "submission.notes: expected a list, found the text 'x'"),
        (("submission", "student"), None, "submission.student: expected text, found null"),
        (
            ("room_digests", "a05_softmax"),
            7,
            'room_digests["a05_softmax"]: expected text, found the number 7',
        ),
        (("environment",), [], "environment: expected an object, found a list"),
        (
            ("exercises", 1, "checks", 1, "feedback", "hint"),
            "",
            "exercises[1].checks[1].feedback.hint: unknown",
        ),
        (("schema_version",), "2.0", "schema_version: expected '1.2', found the text '2.0'"),
        (("status",), "unreadable", "problem: expected text that says why"),
        (("problem",), "it rained", "problem: expected null, for the submission was graded"),
    ],
)
def test_a_wrong_value_is_refused_by_its_place(way, value, said):
    """The message begins with the path to the wrong value and says what was expected and what was found."""
    document = json.loads(SAMPLE)
    parent = document
    for key in way[:-1]:
        parent = parent[key]
    parent[way[-1]] = value
    assert refusal(document).startswith(said)


def test_every_missing_key_is_refused_by_its_place():
    """Whichever key is dropped, wherever it stands, the message begins with where it should have been."""
    for at in places(json.loads(SAMPLE)):
        if not at or isinstance(at[-1], int) or at[-2:-1] in (("room_digests",), ("ids",)):
            continue
        document = json.loads(SAMPLE)
        parent = document
        for key in at[:-1]:
            parent = parent[key]
        del parent[at[-1]]
        path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in at).removeprefix(".")
        assert refusal(document).startswith(f"{path}: missing")


def test_a_key_said_twice_is_refused():
    """Two values under one key are refused by place, where json alone would take the last."""
    twice = SAMPLE.replace('"followed_through": false,', '"points": 99.0, "followed_through": false,', 1)
    assert refusal(twice).startswith("exercises[0]: the key 'points' appears twice")


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "7" * 5000, '{"a": 1e}', "null", "[]", '"x"'])
def test_what_is_no_report_is_refused(text):
    """Broken, endless or foreign JSON is one readable error and never another exception."""
    assert "report" in refusal(text)


def test_a_refusal_does_not_carry_escapes_or_floods_to_the_terminal():
    """Text from a hostile report is shown short and with its control characters spelt out."""
    document = json.loads(SAMPLE)
    document["\x1b[2J" + "x" * 1000] = 1
    said = refusal(document)
    assert said.startswith("\\x1b[2Jxxx")
    assert len(said) < 400


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0, 1e10])
def test_no_number_is_written_that_could_not_be_read(value):
    """A report with such a number is refused when written, by place, and never becomes NaN in a file."""
    report = report_from_json(SAMPLE)
    spoilt = replace(report, exercises=(replace(report.exercises[0], points=value),))
    with pytest.raises(AutograderError, match=r"^exercises\[0\]\.points: expected a number"):
        report_to_json(spoilt)


def test_numpy_numbers_are_written_as_plain_ones():
    """A mark that numpy computed is written like the same mark from Python."""
    report = report_from_json(SAMPLE)
    assert report_to_json(replace(report, points=np.float32(4.5))) == report_to_json(report)
    assert report_to_json(replace(report, points=np.int64(4))) == report_to_json(replace(report, points=4.0))


def test_equal_reports_give_equal_text_whatever_the_order_of_their_mappings():
    """The order in which rooms were put into a mapping leaves no trace in the bytes."""
    report = report_from_json(SAMPLE)
    turned = replace(report, room_digests=dict(reversed(report.room_digests.items())))
    assert list(turned.room_digests) != list(report.room_digests)
    assert report_to_json(turned) == report_to_json(report)


def test_text_that_utf8_or_a_terminal_cannot_carry_survives(tmp_path):
    """Lone surrogates, and all that commands a terminal or is not seen on it, are escapes in the file."""
    report, unseen = report_from_json(SAMPLE), "\x9b\u202e\u200b\xad\u2062\ufffb\U000e0041"
    odd = replace(report, submission=replace(report.submission, origin=f"\udcff\\\udc80 张三{unseen}"))
    write_report(tmp_path / "report.json", odd)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert report_from_json(text) == odd
    assert not set(text) & set(unseen)


def test_writing_replaces_the_file_and_leaves_nothing_else(tmp_path):
    """After writing over an old report the folder holds the new one alone."""
    path = tmp_path / "report.json"
    path.write_text("old")
    write_report(path, report_from_json(SAMPLE))
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]
    assert report_from_json(path.read_text(encoding="utf-8")) == report_from_json(SAMPLE)


FULL_DISK = """
import resource, sys
from pathlib import Path
from autograder.errors import AutograderError
from autograder.report import report_from_json, write_report
report = report_from_json(Path(sys.argv[1]).read_text(encoding="utf-8"))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_report(Path(sys.argv[2]), report)
except AutograderError as error:
    sys.stdout.write(str(error))
"""


def test_a_disk_that_fails_midway_leaves_the_old_report(tmp_path):
    """When the system stores no more bytes, the old file is whole and no part of the new one is left."""
    path = tmp_path / "report.json"
    path.write_text("old")
    source = Path(__file__).parent / "samples" / "report.json"
    command = [sys.executable, "-c", FULL_DISK, str(source), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith(f"{path} could not be written: File too large.")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    """A missing folder, a folder in place of the file and a device are refused by name; nothing is left."""
    report = report_from_json(SAMPLE)
    (tmp_path / "folder").mkdir()
    (tmp_path / "device").symlink_to("/dev/full")
    for name in ("missing/report.json", "folder", "device"):
        with pytest.raises(AutograderError, match=name):
            write_report(tmp_path / name, report)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["device", "folder"]
    assert list((tmp_path / "folder").iterdir()) == []


def test_importing_the_report_loads_the_standard_library_alone():
    """`autograder --help` and every exporter can afford this import: nothing installed comes with it."""
    code = (
        "import sys; before = set(sys.modules); import autograder.report; "
        "sys.stdout.write(' '.join({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert set(done.stdout.split()) - sys.stdlib_module_names == {"autograder"}


@given(reports())
def test_the_quick_way_writes_the_same_text(report):
    """What a grader sends unchecked is byte for byte what the checked way would have written."""
    assert unchecked_json(report) == report_to_json(report)
