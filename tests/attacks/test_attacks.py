"""Hostile submissions, one a file: no point gained, nothing shown or left, nobody else touched, no fault of ours."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import bait
import pytest
import watch
from arena import Arena, Seen, open_arena, run_attacks
from attack import FAMILIES, Attack, allowed, for_backend, read_attacks
from jsonschema import Draft202012Validator
from rich.console import Console

from autograder.pages.terminal import cohort_table, student_page
from autograder.report import ExerciseResult, report_to_json, schema
from autograder.sandbox import backends
from autograder.verdicts import Verdict

pytestmark = pytest.mark.slow

ATTACKS = read_attacks()
REAL = (backends.BUBBLEWRAP, backends.SANDLOCK)
LEAST = 80
# What a terminal obeys, and what turns text around.
COMMANDS = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")

every_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)


@pytest.fixture(scope="module")
def arena(course_folder: Path) -> Arena:
    """The course that is attacked."""
    return open_arena(course_folder)


@pytest.fixture(scope="module")
def laid() -> Iterator[bait.Bait]:
    """Bait on this machine, and every orphan of a sandbox below this process."""
    watch.adopt_orphans()
    with bait.laid() as lying:
        yield lying


@pytest.fixture(scope="module", params=REAL)
def on(request: pytest.FixtureRequest) -> str:
    """Each real sandbox in turn."""
    assert not backends.missing(request.param), backends.missing(request.param)
    return str(request.param)


@pytest.fixture(scope="module")
def seen(on: str, arena: Arena, laid: bait.Bait, request: pytest.FixtureRequest) -> Mapping[str, Seen]:
    """What was seen of each attack that was chosen."""
    chosen = {item.callspec.params["attack"].name for item in request.session.items if "attack" in _parameters(item)}
    return run_attacks(arena, on, [attack for attack in ATTACKS if attack.name in chosen], laid)


def _parameters(item: pytest.Item) -> Mapping[str, object]:
    called = getattr(item, "callspec", None)
    return called.params if called and item.path == Path(__file__) else {}


def exercises(seen: Seen) -> Mapping[str, ExerciseResult]:
    """The results of a report by exercise."""
    return {exercise.name: exercise for exercise in seen.report.exercises}


def told(exercise: ExerciseResult) -> str:
    """What the student reads about the first check of an exercise that did not pass, on one line."""
    slots = [vars(check.feedback).values() for check in exercise.checks if check.feedback]
    return " ".join("\n".join(slots[0]).split()) if slots else ""


@every_attack
def test_an_attack_earns_what_it_answers_rightly(attack: Attack, on: str, seen: Mapping[str, Seen]) -> None:
    """Its points are exactly those that its answers are worth, and it makes no fault of the grader's."""
    report = seen[attack.name].report
    assert report.points == for_backend(attack.must.points, on, REAL)
    assert sum(exercise.points for exercise in report.exercises) == pytest.approx(report.points)
    wanted = {verdict for each in attack.must.verdicts.values() for verdict in allowed(for_backend(each, on, REAL))}
    if Verdict.GRADER_FAULT not in wanted:
        assert report.faults == ()


@every_attack
def test_the_student_reads_what_happened(attack: Attack, on: str, seen: Mapping[str, Seen]) -> None:
    """Each exercise has the verdict that it must have, and the feedback on it says why."""
    results = exercises(seen[attack.name])
    verdicts = {name: allowed(for_backend(each, on, REAL)) for name, each in attack.must.verdicts.items()}
    says = {name: for_backend(each, on, REAL) for name, each in attack.must.says.items()}
    words = {name: told(results[name]) for name in says}
    assert {name: results[name].verdict for name in verdicts if results[name].verdict not in verdicts[name]} == {}
    assert {name: words[name] for name in says if not re.search(says[name], words[name])} == {}


@every_attack
def test_an_attack_shows_nothing_that_it_should_not_see(
    attack: Attack, on: str, seen: Mapping[str, Seen], arena: Arena
) -> None:
    """No bait, no line of a solution and no number of a hidden input stands anywhere in its report."""
    text = seen[attack.name].text
    assert re.findall(for_backend(attack.must.never, on, REAL) or "(?!)", text) == []
    numbers = {f"{abs(float(digits)):.6f}" for digits in re.findall(r"\d+\.\d{6,}", text)}
    assert [name for name, canary in bait.CANARIES.items() if canary in text] == []
    assert numbers & arena.hidden == set()
    answers = {line: json.dumps(line, ensure_ascii=False)[1:-1] for line in arena.answers if line not in attack.text}
    assert [line for line, quoted in answers.items() if quoted in text] == []
    checks = [check for exercise in exercises(seen[attack.name]).values() for check in exercise.checks]
    hidden = [check for check in checks if check.visibility == "hidden"]
    said = [" ".join(vars(check.feedback).values()) for check in hidden if check.feedback]
    assert [text for text in said if re.search(r"\d{5,}|\d\.\d{3,}", text)] == []


@every_attack
def test_an_attack_reaches_nobody_and_leaves_nothing(attack: Attack, seen: Mapping[str, Seen]) -> None:
    """No socket of the machine hears of it; no file, process, System V object or descriptor is left of it."""
    assert seen[attack.name].called == ()
    assert seen[attack.name].left == ()


@every_attack
def test_the_honest_neighbours_are_untouched(attack: Attack, seen: Mapping[str, Seen]) -> None:
    """Before and after it the same honest submission gets the report that it gets where no attacker ever was."""
    assert seen[attack.name].before == seen[attack.name].alone
    assert seen[attack.name].after == seen[attack.name].alone


@every_attack
def test_its_report_is_sound_and_tame(attack: Attack, seen: Mapping[str, Seen]) -> None:
    """It satisfies the schema, and neither it nor a page made of it can command a terminal."""
    report = seen[attack.name].report
    text = report_to_json(report)
    Draft202012Validator(schema()).validate(json.loads(text))
    file = io.StringIO()
    console = Console(file=file, width=120, force_terminal=False, color_system=None)
    console.print(student_page(report), cohort_table([report], 120))
    assert set(COMMANDS.findall(text)) == set()
    assert {character for character in file.getvalue() if not character.isprintable()} <= {"\n"}


def test_the_neighbour_is_honest(seen: Mapping[str, Seen]) -> None:
    """The neighbour that everything is compared with has full marks, so that there is something to lose."""
    alone = {json.loads(each.alone)["points"] for each in seen.values()}
    assert alone <= {20.0}


def test_there_are_attacks_of_every_kind() -> None:
    """Each family has its attacks, and with those on archives there are at least eighty."""
    archives = list((Path(__file__).parent / "archives").glob("[!_]*.py"))
    families = {family: [attack for attack in ATTACKS if attack.family == family] for family in FAMILIES}
    assert [family for family, those in families.items() if not those] == []
    assert len(ATTACKS) + len(archives) >= LEAST


def test_each_trap_has_its_attack() -> None:
    """The attacks that README.md names beside the traps of a grader are there."""
    folder = Path(__file__).parent
    named = re.findall(r"`([a-z_]+/[a-z_]+)`", (folder / "README.md").read_text(encoding="utf-8"))
    places = {name: [folder / f"{name}.py", folder / "submissions" / f"{name}.py"] for name in named}
    assert len(places) > 30
    assert [name for name, paths in places.items() if not any(path.is_file() for path in paths)] == []


def test_no_attack_brings_what_it_is_to_steal() -> None:
    """A canary that stands in an attack's own file would prove nothing."""
    brought = {attack.name: str(attack.sources) for attack in ATTACKS}
    canaries = bait.CANARIES.values()
    assert [name for name, text in brought.items() if any(canary in text for canary in canaries)] == []
