"""Hostile hand-ins through the real command line, on a terminal, beside three honest neighbours."""

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import on_terminal
import pytest
from grading_hand_ins import HAND_INS, NEIGHBOURS, Graded, attackers_at_work, graded_on_terminal, put_neighbours
from hostile_hand_ins import HandIn
from jsonschema import Draft202012Validator
from watch import adopt_orphans

from autograder.report import schema

pytestmark = pytest.mark.slow

# What Unicode has for what is not seen: controls, formats, surrogates, line and paragraph ends.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.fixture(scope="module", params=["bubblewrap", "sandlock"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def attacked(backend: str, tmp_path_factory: pytest.TempPathFactory, course_folder: Path) -> Graded:
    """The run with every hostile hand-in and the neighbours."""
    adopt_orphans()
    return graded_on_terminal(tmp_path_factory.mktemp("attacked"), backend, course_folder, attacked=True)


@pytest.fixture(scope="module")
def quiet(backend: str, tmp_path_factory: pytest.TempPathFactory, course_folder: Path) -> Graded:
    """The run with the neighbours alone."""
    return graded_on_terminal(tmp_path_factory.mktemp("quiet"), backend, course_folder, attacked=False)


def told(report: dict[str, Any]) -> str:
    """All that a report says about one hand-in in words."""
    checks = [check for exercise in report["exercises"] for check in exercise["checks"]]
    feedback = [text for check in checks if check["feedback"] for text in check["feedback"].values()]
    told = [*report["submission"]["notes"], *report["submission"]["doubts"]]
    return "\n".join([report["problem"] or "", *told, *feedback])


@pytest.mark.parametrize("hand_in", HAND_INS, ids=lambda one: one.name)
def test_a_hostile_hand_in_gets_what_it_must(hand_in: HandIn, attacked: Graded) -> None:
    """As many reports as entries, each with the status, the points and the words that its file names, and no fault."""
    must, reports = hand_in.must, attacked.of(hand_in)
    assert len(reports) == must.reports
    for report in reports:
        assert report["status"] in ([must.status] if isinstance(must.status, str) else must.status)
        assert report["points"] == must.points
        assert report["faults"] == []
        assert re.search(must.says, told(report)), told(report)[:2000]
        assert report["status"] == "graded" or report["exercises"] == []


def test_every_report_is_somebodys(attacked: Graded) -> None:
    """No report is there but of the hand-ins and the neighbours, and none is two hand-ins' at once."""
    owners = [one for one in HAND_INS for _ in attacked.of(one)]
    assert len(owners) + len(NEIGHBOURS) == len(attacked.files)


def test_the_neighbours_reports_are_as_if_nobody_had_attacked(attacked: Graded, quiet: Graded) -> None:
    """File by file and byte by byte, times aside; and the marks are those that are due."""
    without_times = [
        {name: re.sub(r'"seconds":[0-9.e-]+', "", text) for name, text in run.files.items() if name in quiet.files}
        for run in (attacked, quiet)
    ]
    assert without_times[0] == without_times[1]
    assert {report["submission"]["origin"]: report["points"] for report in quiet.reports} == NEIGHBOURS


def test_the_run_says_that_some_could_not_be_read(attacked: Graded, quiet: Graded) -> None:
    """Exit code 1 with unreadable hand-ins, each of which is named with its problem, and 0 without."""
    assert (attacked.code, quiet.code) == (1, 0)
    unreadable = [report for report in attacked.reports if report["status"] == "unreadable"]
    assert attacked.screen.count("✗") == len(unreadable) > 50
    assert "Traceback" not in attacked.screen


def test_nothing_is_written_outside_the_output_and_nothing_is_left(attacked: Graded, quiet: Graded) -> None:
    """Not beside the hand-ins, above them, at home or among temporary files; no process goes on."""
    for run in (attacked, quiet):
        assert run.changed == set()
        assert run.left == []
    assert [
        path for place in ("/tmp", "/var/tmp", "/", Path.home()) for path in Path(place).glob("*slipped-out*")
    ] == []


def test_nothing_that_a_terminal_obeys_reaches_it(attacked: Graded) -> None:
    """Between the sequences that the table and the bar are drawn with there is only what can be seen."""
    plain = on_terminal.without_drawing(attacked.screen)
    assert {character for character in plain if unicodedata.category(character) in UNSEEN} <= {"\n"}
    assert not [line for line in plain.splitlines() if line.lstrip().startswith("Forged")]
    for escaped in (r"Line\nForged", r"Escape\x1b[2J\x1b]0;owned\x07", r"Bidi \u202egreB", "<img src=x", "[bold red]"):
        assert escaped in plain


def test_only_what_was_passed_over_is_said_to_be(attacked: Graded) -> None:
    """Files that are nobody's answer are named on one line, and no hand-in is among them, however it is encoded."""
    (line,) = (line for line in on_terminal.without_drawing(attacked.screen).splitlines() if "passed over" in line)
    for name in (r"Over\x1b]0;owned\x07.txt", r"Over\nForged.docx", r"Over \u202eyp.exe", "Over softmax.py.txt"):
        assert name in line
    assert "Over there.csv" in line
    assert line.count("Over") == len(line.partition(": ")[2].split(", ")) == 5


def test_report_files_are_safe_to_copy_anywhere(attacked: Graded) -> None:
    """Names of letters, digits and dashes, none reserved, none equal to another where case or form is ignored."""
    stems = [name.removesuffix(".json") for name in attacked.files]
    for stem in stems:
        assert {unicodedata.category(character)[0] for character in stem.replace("-", "")} <= {"L", "M", "N"}
        assert not stem.startswith("-")
        assert 0 < len(stem.encode()) < 120
    assert len({unicodedata.normalize("NFD", stem.casefold()) for stem in stems}) == len(stems)
    assert not {"con", "nul", "aux", "com1", "lpt9"} & {stem.casefold() for stem in stems}


def test_report_files_are_valid_and_hold_nothing_unseen(attacked: Graded) -> None:
    """Each satisfies the schema, is small, and can be printed as it is."""
    validator = Draft202012Validator(schema())
    for text in attacked.files.values():
        validator.validate(json.loads(text))
        assert len(text) < 300_000
        assert {character for character in text if unicodedata.category(character) in UNSEEN} <= {"\n"}
        assert text.count("\n") == 1


def looks_like_a_formula(cell: str) -> bool:
    """Whether a spreadsheet could take this for one, behind whatever it does not show."""
    seen = [
        character for character in cell if not character.isspace() and unicodedata.category(character) not in UNSEEN
    ]
    return bool(seen) and unicodedata.normalize("NFKC", seen[0]) in {"=", "+", "-", "@"}


def test_the_gradebook_holds_no_formula_and_no_forged_row(attacked: Graded) -> None:
    """One row a report with its own marks, however a spreadsheet splits it, and nothing that a terminal obeys."""
    text = attacked.gradebook.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    due = {report["submission"]["id"]: report for report in attacked.reports}
    assert {row[0] for row in rows} == due.keys()
    assert len(rows) == len(due)
    for row in rows:
        assert len(row) == len(header)
        assert row[2] == due[row[0]]["status"]
        assert row[-2] == (f"{due[row[0]]['points']:g}" if row[2] == "graded" else "")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [cell for cell in row if looks_like_a_formula(cell)]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)


READ_EACH = """
import json, resource, sys, time
from pathlib import Path
from autograder.intake.reading import read_submissions

resource.setrlimit(resource.RLIMIT_AS, (1536 * 2**20,) * 2)
seconds = {}
for folder in sorted(Path(sys.argv[1]).iterdir()):
    start = time.process_time()
    read_submissions(folder / "submissions", {"softmax.py"})
    seconds[folder.name] = time.process_time() - start
print(json.dumps(seconds))
"""


@pytest.fixture(scope="module")
def seconds_to_read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Processor time that each hand-in alone takes to read, by a process of a gigabyte and a half."""
    base = tmp_path_factory.mktemp("bounded")
    for hand_in in HAND_INS:
        put_neighbours(base / hand_in.name / "submissions")
        hand_in.module.hand_in(base / hand_in.name / "submissions")
    done = subprocess.run([sys.executable, "-c", READ_EACH, base], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("hand_in", HAND_INS, ids=lambda one: one.name)
def test_reading_is_bounded_in_time_and_memory(hand_in: HandIn, seconds_to_read: dict[str, float]) -> None:
    """However large it gives itself out to be, it costs seconds, in a process that may not grow."""
    assert seconds_to_read[hand_in.name] < 5.0


READ_AGAIN = """
import sys, time
from pathlib import Path
from autograder.intake.reading import read_submissions

found, start = set(), time.monotonic()
while time.monotonic() < start + 2 or len(found) < 2 and time.monotonic() < start + 60:
    (submission,) = read_submissions(Path(sys.argv[1]), {"softmax.py"})
    found.add((submission.problem is None, "softmax" in "".join(submission.sources.values())))
print(sorted(found))
"""


def test_a_link_swapped_in_while_reading_is_never_followed(tmp_path: Path) -> None:
    """In thousands of readings the file is met and so is the link, and what the link leads to is not read once."""
    (swapped,) = (one for one in HAND_INS if one.meanwhile)
    swapped.module.hand_in(tmp_path)
    with attackers_at_work(tmp_path):
        done = subprocess.run([sys.executable, "-c", READ_AGAIN, tmp_path], capture_output=True, text=True)
    assert done.stdout == "[(False, False), (True, False)]\n", done.stdout + done.stderr
