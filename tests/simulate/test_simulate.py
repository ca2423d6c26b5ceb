"""A made-up cohort is the same every time, has what real cohorts have, and is graded as its truth says."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course import Course, read_course
from autograder.errors import AutograderError
from autograder.report import Report
from autograder.simulate import compare, simulate
from autograder.simulate.answering import SHARE_CORRECT, WRONG
from autograder.simulate.cohort import truth_of
from autograder.simulate.deriving import Judge
from autograder.simulate.drawing import LAYOUTS, draw_cohort, specialised
from autograder.simulate.hostile import ATTACKS
from autograder.simulate.plans import Answer, Plan, Special
from autograder.simulate.roster import AWKWARD
from autograder.simulate.shelf import Shelf, load_shelf
from autograder.simulate.spoiling import DAMAGES, WHOLES
from autograder.simulate.truth import truth_path, write_truth
from autograder.simulate.writing import write_submission
from autograder.verdicts import Verdict

pytestmark = pytest.mark.slow

BUNDLED = ("a04_backprop", "a05_softmax", "a09_optim")
Graded = Callable[[Course, Path], list[Report]]


def content(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def shelves_of(course: Course) -> list[Shelf]:
    """What can be handed in for each room."""
    return [load_shelf(course, room) for room in course.rooms]


def hand_in(course: Course, plans: Sequence[Plan], folder: Path) -> Path:
    """Write these very plans, and their truth."""
    shelves, folder = shelves_of(course), folder / "cohort"
    folder.mkdir()
    judge = Judge(course, shelves)
    for plan in plans:
        write_submission(folder, plan, shelves)
    write_truth(truth_path(folder), 0, "Tiny", {plan.origin: truth_of(plan, judge) for plan in plans})
    return folder


def test_the_same_seed_gives_the_same_bytes(tiny: Course, tmp_path: Path) -> None:
    """Cohort and truth depend on course, count and seed alone; another seed gives another cohort."""
    first, second, other = (tmp_path / name / "cohort" for name in ("first", "second", "other"))
    for folder, seed in ((first, 5), (second, 5), (other, 6)):
        simulate(tiny, 24, folder, seed)
    assert content(first.parent) == content(second.parent)
    assert content(first.parent) != content(other.parent)


def test_every_form_is_handed_in(tiny: Course, tmp_path: Path) -> None:
    """Twenty students hand in folders, folders of rooms, zips, single files and notebooks; two cannot be read."""
    folder = tmp_path / "cohort"
    truth = json.loads(simulate(tiny, 20, folder, 1).read_text(encoding="utf-8"))["students"]
    assert {entry.name for entry in folder.iterdir()} == truth.keys()
    assert {fields["form"] for fields in truth.values()} == {"folder", "zip", "py", "ipynb"}
    assert list(folder.glob("*/scaling.py"))
    assert list(folder.glob("*/a01_scaling/scaling.py"))
    assert sum(fields["status"] == "unreadable" for fields in truth.values()) == 2
    assert "tampered_archive" in {fields["special"] for fields in truth.values()}
    assert set(AWKWARD) <= {fields["student"] for fields in truth.values()}


def test_the_truth_is_complete(tiny: Course, tmp_path: Path) -> None:
    """Every exercise of every submission that can be read has its kind, its verdict and, when known, its points."""
    truth = json.loads(simulate(tiny, 40, tmp_path / "cohort", 2).read_text(encoding="utf-8"))
    exercises = {f"{room.name}.{exercise.name}" for room in tiny.rooms for exercise in room.exercises}
    mistakes = {mistake.name for shelf in shelves_of(tiny) for every in shelf.mistakes.values() for mistake in every}
    assert (truth["seed"], truth["course"], len(truth["students"])) == (2, "Tiny", 40)
    for fields in truth["students"].values():
        assert fields["exercises"].keys() == (set() if fields["status"] == "unreadable" else exercises)
        for expected in fields["exercises"].values():
            assert Verdict(expected["verdict"])
            assert (expected["kind"] == "mistake") == (expected["name"] in mistakes) == (expected["points"] is None)
            if expected["kind"] == "mistake":
                assert expected["mistake"] == expected["name"]


def test_shares_are_as_planned(tiny: Course) -> None:
    """Of 2,000 students 60 % are right, more of the able than of the others, and mistakes are 60 % of the rest."""
    plans = [plan for plan in draw_cohort(shelves_of(tiny), 2000, 3) if plan.special is None]
    answers = [answer for plan in plans for answer in plan.answers.values()]
    right = [np.mean([answer.kind in ("reference", "variant") for answer in plan.answers.values()]) for plan in plans]
    wrong = Counter(answer.kind for answer in answers if answer.kind in WRONG)
    assert np.mean(right) == pytest.approx(SHARE_CORRECT, abs=0.03)
    assert wrong["mistake"] / wrong.total() == pytest.approx(WRONG["mistake"], abs=0.04)
    assert wrong["blank"] / wrong.total() == pytest.approx(WRONG["blank"], abs=0.03)
    assert np.corrcoef([plan.ability for plan in plans], right)[0, 1] > 0.5
    assert wrong["loop"] <= 2000 // 15
    assert len(plans) == 2000 - round(0.12 * 2000) - 2


def test_who_forgets_something_forgets_it_elsewhere(tiny: Course) -> None:
    """Students who lose a sign in one exercise lose it in another one more often than all others do."""
    pairs = [
        (plan.answers["a01_scaling", "double"], plan.answers["a01_scaling", "quadruple"])
        for plan in draw_cohort(shelves_of(tiny), 3000, 4)
    ]
    both_wrong = [pair for pair in pairs if all(answer.kind == "mistake" for answer in pair)]
    lost = [second.name == "quadruple_sign_lost" for first, second in both_wrong if first.name == "double_sign_lost"]
    kept = [second.name == "quadruple_sign_lost" for first, second in both_wrong if first.name == "adds_three"]
    assert np.mean(lost) > np.mean(kept) + 0.1


def test_variants_of_a_group_stay_together(tiny: Course) -> None:
    """A variant that works only together with others is handed in with all of them."""
    seen = [plan.answers for plan in draw_cohort(shelves_of(tiny), 300, 8) if plan.special is None]
    together = Counter(
        (answers["a01_scaling", "double"].name, answers["a01_scaling", "quadruple"].name) for answers in seen
    )
    grouped = {pair: count for pair, count in together.items() if {"double_of_floats", "quadruple_of_floats"} & {*pair}}
    assert grouped.keys() == {("double_of_floats", "quadruple_of_floats")}


def test_a_small_cohort_has_few_endless_loops(tiny: Course) -> None:
    """Thirty students have two endless loops at most, whatever the seed."""
    for seed in range(20):
        plans = draw_cohort(shelves_of(tiny), 30, seed)
        assert sum(answer.kind == "loop" for plan in plans for answer in plan.answers.values()) <= 2


def test_a_folder_in_use_is_refused(tiny: Course, tmp_path: Path) -> None:
    """Nothing is written among files that are there already."""
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(AutograderError, match=r"not empty \(it holds"):
        simulate(tiny, 3, tmp_path, 0)


def test_a_cohort_is_graded_as_its_truth_says(tiny: Course, tmp_path: Path, graded: Graded) -> None:
    """Grading forty students for real, with another secret, agrees with the truth on everything."""
    folder = tmp_path / "cohort"
    truth = simulate(tiny, 40, folder, 9)
    reports = graded(tiny, folder)
    assert len(reports) == 40
    assert compare(truth, reports) == []


def test_every_special_case_is_graded_as_its_truth_says(tiny: Course, tmp_path: Path, graded: Graded) -> None:
    """Broken files, hostile code and damaged archives lose what they deserve, in every form, and nothing else."""
    plan = draw_cohort(shelves_of(tiny), 1, 0)[0]
    right = replace(plan, answers=dict.fromkeys(plan.answers, Answer("reference")))
    plans = [
        specialised(replace(right, student=f"{case} {number}", layout=layout), Special(case, "a02_totals"))
        for case in (*WHOLES, *ATTACKS, *DAMAGES)
        for number, layout in enumerate(LAYOUTS)
    ]
    folder = hand_in(tiny, plans, tmp_path)
    reports = {report.submission.origin: report for report in graded(tiny, folder)}
    assert compare(truth_path(folder), reports.values()) == []
    points = {special: reports[special].points for special in ("syntax_error 0", "forks 3", "untouched 0")}
    assert points == {"syntax_error 0": 4.0, "forks 3": 4.0, "untouched 0": 0.0}
    assert reports["syntax_error 4.py"].points == 0.0


def test_every_kind_of_answer_is_graded_as_its_truth_says(tiny: Course, tmp_path: Path, graded: Graded) -> None:
    """Each kind of wrong answer gets its verdict, while an exercise that builds on it gets the reference on loan."""
    plan = replace(draw_cohort(shelves_of(tiny), 1, 0)[0], layout=LAYOUTS[0])
    right = dict.fromkeys(plan.answers, Answer("reference"))
    wrong = {
        "mistake": Answer("mistake", "sums"),
        "crash": Answer("crash", "missing_key"),
        "blank": Answer("blank"),
        "slow": Answer("slow"),
        "loop": Answer("loop"),
        "mutating": Answer("mutating"),
    }
    plans = [
        replace(plan, student=kind, answers={**right, ("a02_totals", "row_means"): answer})
        for kind, answer in wrong.items()
    ]
    plans.append(replace(plan, student="dict", answers={**right, ("a02_totals", "spread"): Answer("mutating")}))
    folder = hand_in(tiny, plans, tmp_path)
    reports = {report.submission.student: report for report in graded(tiny, folder)}
    verdicts = {
        student: {result.name: result.verdict.value for result in report.exercises if result.room == "a02_totals"}
        for student, report in reports.items()
    }
    assert compare(truth_path(folder), reports.values()) == []
    assert {name: verdict["row_means"] for name, verdict in verdicts.items()} == {
        "mistake": "failed",
        "crash": "crashed",
        "blank": "not_implemented",
        "slow": "passed",
        "loop": "timed_out",
        "mutating": "crashed",
        "dict": "passed",
    }
    assert {verdict["centred"] for verdict in verdicts.values()} == {"passed"}
    assert verdicts["dict"]["spread"] == "crashed"


def test_every_disagreement_is_listed(tiny: Course, tmp_path: Path, graded: Graded) -> None:
    """A report that is missing, unknown or wrong in one word is a sentence of its own."""
    plan = replace(draw_cohort(shelves_of(tiny), 1, 0)[0], layout=LAYOUTS[0])
    plans = [
        replace(plan, student=name, answers=dict.fromkeys(plan.answers, Answer("reference"))) for name in ("Ana", "Bo")
    ]
    folder = hand_in(tiny, plans, tmp_path)
    ana, bo = sorted(graded(tiny, folder), key=lambda report: report.submission.origin)
    first, *others = ana.exercises

    def changed(**fields: Any) -> Report:
        return replace(ana, exercises=(replace(first, **fields), *others))

    def told(*reports: Report) -> list[str]:
        return compare(truth_path(folder), reports)

    assert told(ana, bo) == []
    assert told(ana) == ["Bo: there is no report"]
    assert told(ana, bo, replace(bo, submission=replace(bo.submission, origin="Cy"))) == [
        "Cy: nobody of that name is in the cohort"
    ]
    for report, said in (
        (changed(verdict=Verdict.FAILED), "is to be passed, and the report says failed"),
        (changed(mistake="sums"), "is to be named None, and the report says sums"),
        (changed(points=1.0), "is to earn 2, and the report says 1"),
        (replace(ana, status="unreadable", problem="?"), "status is graded, and the report says unreadable"),
        (replace(ana, exercises=tuple(others)), "is not in the report"),
    ):
        (sentence,) = told(report, bo)
        assert sentence.startswith("Ana: ")
        assert sentence.endswith(said)


def test_the_bundled_cohort_is_graded_as_its_truth_says(whole_course: Path, graded: Graded) -> None:
    """The submissions that `make demo` grades get what the truth beside them says.

    After a change of one of their rooms: make examples.
    """
    course, folder = read_course(whole_course).without_capstones(), whole_course.parent / "examples" / "submissions"
    rooms = tuple(room for room in course.rooms if room.name in BUNDLED)
    assert compare(truth_path(folder), graded(replace(course, rooms=rooms), folder)) == []
