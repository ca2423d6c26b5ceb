"""The verdict on a call that gave no value: every combination of facts, as docs/BLAME.md shows it."""

import itertools
import re
from pathlib import Path

import pytest

from autograder.checking import running
from autograder.checking.blame import fault_of, judge, verdict_of
from autograder.checking.check import Check
from autograder.limits import Limits
from autograder.sandbox.outcome import Broke, Cause, Exit, Raised
from autograder.verdicts import Verdict

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "BLAME.md").read_text(encoding="utf-8")
LIMITS = Limits()

# By the first cell of its row on the page.
CALLS = {
    "nothing came before the call's deadline": Broke(Cause.DEADLINE, exit=Exit(signal=9)),
    "the import did not end before its deadline": Broke(
        Cause.DEADLINE, when="while softmax.py was imported", exit=Exit(signal=9)
    ),
    "the exercise's wall clock ran out": Broke(Cause.WALL, exit=Exit(signal=9)),
    "the exercise's processor time ran out": Broke(Cause.CPU, exit=Exit(signal=9)),
    "more was printed than is allowed": Broke(Cause.OUTPUT, "300,000 bytes or more", exit=Exit(signal=9)),
    "bytes came that are no valid reply": Broke(Cause.MALFORMED, "unknown tag 7 at byte 0", exit=Exit(signal=9)),
    "the wire ended; exit status": Broke(Cause.CLOSED, exit=Exit(exit_code=7)),
    "the wire ended; exit status 0": Broke(Cause.CLOSED, exit=Exit(exit_code=0)),
    "the wire ended; exit status 70": Broke(Cause.CLOSED, exit=Exit(exit_code=70)),
    "the wire ended; SIGSEGV": Broke(Cause.CLOSED, exit=Exit(signal=11)),
    "the wire ended; another signal": Broke(Cause.CLOSED, exit=Exit(signal=6)),
    "the wire ended; SIGKILL, no reason known": Broke(Cause.CLOSED, exit=Exit(signal=9)),
    "the wire ended; SIGKILL, scratch space was full": Broke(
        Cause.CLOSED, exit=Exit(signal=9, reason="the scratch folder was filled beyond its size")
    ),
    "the wire ended; the sandbox's server has gone": Broke(Cause.CLOSED, exit=Exit(server_gone=True)),
    "the wire ended; SIGSYS": Broke(Cause.CLOSED, exit=Exit(signal=31)),
    "the wire ended; the process lives": Broke(Cause.CLOSED, exit=Exit(signal=9, lived=True)),
    "the wire ended; nothing is known": Broke(Cause.CLOSED, exit=Exit()),
    "the wire ended while the module was imported": Broke(
        Cause.CLOSED, when="while softmax.py was imported", exit=Exit(exit_code=0)
    ),
    "told: NotImplementedError": Raised("NotImplementedError", ""),
    "told: no such function or file": Raised("NotImplementedError", "", missing="softmax.py"),
    "told: MemoryError": Raised("MemoryError", "Unable to allocate 74.5 GiB"),
    "told: SystemExit": Raised("SystemExit", "0"),
    "told: a value that the wire does not carry": Raised("Unsendable", "an object of type Liar"),
    "told: more than a reply may hold": Raised("TooLarge", "38.1 MiB; at most 2 MiB are taken"),
    "told: ImportError": Raised("ModuleNotFoundError", "No module named 'torch'", missing="torch"),
    "told: a write to a read-only argument": Raised("ValueError", "assignment destination is read-only"),
    "told: any other exception": Raised("ValueError", "operands could not be broadcast together"),
}


def rows() -> list[list[str]]:
    """The cells of every row of every table on the page."""
    lines = [line for line in PAGE.splitlines() if line.startswith("|") and not line.startswith("|---")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "what the trusted side saw"]


@pytest.mark.parametrize("facts", CALLS)
def test_the_verdict_is_the_one_on_the_page(facts: str) -> None:
    """What the page says of these facts, in verdict and in words, is what the module decides."""
    (row,) = [row for row in rows() if row[0] == facts]
    verdict, sentence = judge(CALLS[facts], LIMITS)
    assert f"`{verdict}`" in row[1]
    assert re.search(row[2].strip("`"), sentence), sentence


def test_the_page_names_every_cause() -> None:
    """No way in which a worker can end is missing from the table."""
    assert {outcome.cause for outcome in CALLS.values() if isinstance(outcome, Broke)} == set(Cause)
    assert set(CALLS) <= {row[0] for row in rows()}


def test_every_test_on_the_page_exists() -> None:
    """A row's last cell names a test, and there is one of that name."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = [name for row in rows() for name in re.findall(r"`(test_\w+)`", row[-1])]
    assert len(named) == len(rows())
    assert [name for name in named if f"def {name}(" not in written] == []


def test_nothing_that_a_worker_does_or_says_gives_points_or_blames_the_grader() -> None:
    """Over all causes, exit statuses, signals, reasons and exception names there is no pass and no grader fault."""
    statuses = [None, 0, 1, 70, 255]
    signals = [None, *range(1, 65)]
    ends = [
        Exit(code, number, reason=reason, server_gone=gone)
        for code, number, reason, gone in itertools.product(
            statuses, signals, ("", "scratch", "memory", "passed"), (False, True)
        )
    ]
    broken = [Broke(cause, "passed", exit=end) for cause in Cause for end in ends]
    names = ["passed", "grader_fault", "GraderFault", "SandboxError", "CheckFailed", "Skipped", "", "é\x1b[0m"]
    raised = [Raised(name, text, missing=gone) for name in names for text in ("", "passed") for gone in ("", "x")]
    verdicts = {judge(outcome, LIMITS).verdict for outcome in (*broken, *raised)}
    assert not verdicts & {Verdict.PASSED, Verdict.GRADER_FAULT, Verdict.SKIPPED}


def test_only_a_kill_from_outside_is_to_be_repeated() -> None:
    """A submission cannot have its check repeated: what it can do to itself counts at once."""
    again = {facts for facts, outcome in CALLS.items() if isinstance(outcome, Broke) and outcome.interrupted}
    assert again == {"the wire ended; SIGKILL, no reason known", "the wire ended; the sandbox's server has gone"}


def test_a_check_that_works_too_long_is_stopped() -> None:
    """A few bytes of a student's can ask for hours of ours: the check ends, and so does its exercise."""

    def endless() -> None:
        while True:
            pass

    check = Check("room", "exercise", "name", "", "", "public", 1.0, "", "", endless, (), seconds=0.2)
    run = running.run_check(check, lambda *_: Raised("", ""), None, frozenset(), b"secret")  # type: ignore[arg-type]
    assert isinstance(run.finding, running.Unusable)
    assert run.finding.too_long
    assert verdict_of(run, LIMITS) is Verdict.FAILED
    assert "0.2 s of processor time" in run.finding.message


def test_a_reply_that_fills_our_memory_is_no_fault_of_ours() -> None:
    """The reference may have no memory either by then, and that must not be worth points."""

    def greedy() -> None:
        raise MemoryError

    check = Check("room", "exercise", "name", "", "", "public", 1.0, "", "", greedy, ())
    run = running.run_check(check, lambda *_: Raised("", ""), None, frozenset(), b"secret")  # type: ignore[arg-type]
    assert fault_of(run, lambda: False) == ""
    assert verdict_of(run, LIMITS) is Verdict.FAILED
