"""`autograder grade` on the downloads of platforms: whose they are, what lateness costs, which attempt counts."""

import json
import shutil
import zipfile

import pytest
from small_cohort import MODULE, ROOM, one_line, reports, reused, write_cohort

pytestmark = pytest.mark.slow

DUE = "2026-12-01T23:59:00+01:00"
ROSTER = (
    "name,email,moodle,due,exempt\nAda Lovelace,ada@x,11,,\nBen Stub,ben@x,12,,yes\nCho,cho@x,13,,\nDee,dee@x,14,,\n"
)
TIMES = "moodle,time\n11,2026-12-02T12:00+01:00\n13,2026-12-01T12:00+01:00\n"


@pytest.fixture(scope="module")
def texts(tmp_path_factory, course_folder):
    """What Ada, Ben and Cho wrote."""
    folder = write_cohort(tmp_path_factory.mktemp("cohort") / "students", course_folder)
    return {path.name: (path / MODULE).read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.fixture
def moodle_zip(tmp_path, texts):
    """Moodle's zip of the three, with spaces in its name as Moodle writes it."""
    place = tmp_path / "CS101-Assignment 3-42.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name, (who, number) in {"Ada": ("A. Lovelace", 11), "Ben": ("Ben Stub", 12), "Cho": ("Cho", 13)}.items():
            archive.writestr(f"{who}_{number}_assignsubmission_file/{MODULE}", texts[name])
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "times.csv").write_text(TIMES, encoding="utf-8")
    return place


@pytest.fixture
def grade(autograder, course_folder):
    """Grade into ./out: `grade(submissions, *words)`."""
    return lambda *words: autograder("grade", *words, "-o", "out", "--course", course_folder, "--assignment", ROOM)


def test_a_moodle_zip_is_graded_with_people_and_terms(moodle_zip, grade, tmp_path):
    """One command: whose each is, who is exempt, late or missing; another policy costs nothing but writing."""
    words = (moodle_zip, "--roster", "roster.csv", "--times", "times.csv", "--due", DUE)
    done = grade(*words, "--late", "10%/day, grace 15m")
    assert done.returncode == 0, done.stderr
    told = one_line(done.stderr)
    assert "was taken for Moodle's download of all submissions (--platform moodle); submissions: 3" in told
    assert "on the roster, without a submission (1): Dee (row 5)" in told
    assert "without a time, so not judged late: 1 of 3" in told
    found = reports(tmp_path / "out")
    ada, ben, cho = found["Ada Lovelace"], found["Ben Stub"], found["Cho"]
    assert ada["submission"]["people"] == [{"ids": {"email": "ada@x", "moodle": "11"}, "name": "Ada Lovelace"}]
    assert ada["points"] > 0
    assert ada["lateness"]["penalty"] == pytest.approx(0.1 * ada["points"])
    assert ada["score"] == pytest.approx(0.9 * ada["points"])
    assert "each day begun costs 10 %" in ada["lateness"]["rule"]
    assert ada["due"] == "2026-12-01T22:59:00.000Z"
    assert (ben["exempt"], ben["score"]) == (True, None)
    assert (cho["lateness"], cho["score"]) == (None, cho["points"])
    again = grade(*words, "--late", "100%/day, cutoff 1h", "--lang", "en")
    assert again.returncode == 0, again.stderr
    assert reused(tmp_path / "out") == {"Ada Lovelace", "Ben Stub", "Cho"}
    assert reports(tmp_path / "out")["Ada Lovelace"]["score"] == 0
    assert not (tmp_path / moodle_zip.stem).exists()


def test_the_latest_or_the_best_attempt_counts(grade, texts, tmp_path):
    """Both are graded and reported; the score of one is handed on, and the other choice regrades nothing."""
    folder = tmp_path / "canvas"
    folder.mkdir()
    (folder / "ada_77_900_initialization.py").write_text(texts["Ada"], encoding="utf-8")
    (folder / "ada_77_950_initialization-1.py").write_text(texts["Ben"], encoding="utf-8")
    for words, counts in (((), "ada-77-attempt-2"), (("--attempts", "best"), "ada-77")):
        done = grade(folder, *words)
        assert done.returncode == 0, done.stderr
        assert "not counted" in done.stdout
        paths = (tmp_path / "out" / "reports").iterdir()
        found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
        assert {name: each["submission"]["attempt"] for name, each in found.items()} == {
            "ada-77": 1,
            "ada-77-attempt-2": 2,
        }
        assert [name for name, each in found.items() if each["counts"]] == [counts]
    assert all(each["reused"] for each in found.values())


WRONG = {
    "no due date": (("--late", "10%/day"), "--late needs to know when work was due"),
    "a wrong policy": (("--late", "ten percent"), "has to begin with a percentage a day"),
    "a wrong time": (("--due", "tomorrow"), "--due 'tomorrow' is no time"),
    "a time without a zone": (("--due", "2026-12-01T23:59"), "distance from UTC"),
    "no roster": (("--roster", "nowhere.csv"), "nowhere.csv cannot be read"),
    "a wrong platform": (("--platform", "canvas"), "looked for what is in Canvas' download"),
    "an unknown platform": (("--platform", "blackboard"), "moodle"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_words_end_before_anything_is_written(what, moodle_zip, grade, tmp_path):
    """Exit code 2, one sentence, no output folder."""
    words, told = WRONG[what]
    done = grade(moodle_zip, *words)
    assert done.returncode == 2
    assert told in one_line(done.stderr)
    assert not (tmp_path / "out").exists()


def test_rooms_with_several_due_dates_need_one_for_a_policy(moodle_zip, autograder, course_folder, tmp_path):
    """A policy cannot go by two dates at once, and the message names them."""
    shutil.copytree(course_folder.parent, tmp_path / "copy")
    course = tmp_path / "copy" / course_folder.name
    file = course / "course.toml"
    file.write_text(file.read_text(encoding="utf-8") + f"\n[due]\n{ROOM} = {DUE}\n", encoding="utf-8")
    done = autograder("grade", moodle_zip, "-o", "out", "--course", course, "--late", "10%/day")
    assert done.returncode == 2
    assert f"{ROOM} 2026-12-01T22:59:00.000Z" in one_line(done.stderr)
    assert "--assignment ROOM" in one_line(done.stderr)
