"""A worker runs a student's code and ends in facts, on every real sandbox."""

import os
import time
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from autograder.checking.blame import judge
from autograder.limits import PATIENCE, Limits
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke, Cause, Outcome, Raised, Returned
from autograder.sandbox.process import Worker
from autograder.sandbox.worker.generators import RecordingRNG
from autograder.verdicts import Verdict

pytestmark = pytest.mark.slow

SOURCE = """
import os, sys, threading, time
import numpy as np

calls = 0

def double(Z): return Z * 2
def count():
    global calls
    calls += 1
    return calls
def edit(Z):
    Z -= 1
    return Z
def talk():
    print("to the student")
    os.write(2, b"raw words")
def flood():
    while True:
        print("x" * 1000)
def loop():
    while True: pass
def quit_politely(): sys.exit(3)
def quit_at_once(): os._exit(7)
def crash():
    import ctypes
    ctypes.string_at(0)
def grab(): return np.ones(10**10)
def recurse(): return recurse()
def thing(): return object()
class Liar(np.ndarray):
    def __eq__(self, other): return True
def liar(): return np.zeros(3).view(Liar)
def draw(rng):
    np.random.rand(2)
    return rng.random((2, 3))
def ask(f): return f(20) + 1
def keep(f):
    global kept
    kept = f
def use_kept(): return kept(1)
def raise_it(Z): raise ValueError(f"saw {Z}")
def forge():
    for number in range(3, 20):
        try: os.write(number, b"\\x00" * 16 + b"N")
        except OSError: pass
    return "honest"
def late():
    def later():
        for _ in range(50):
            time.sleep(0.01)
            try: os.write(4, b"junk that nobody asked for")
            except OSError: return
    threading.Thread(target=later, daemon=True).start()
def files():
    seen = []
    for folder in ("/", "/tmp", os.getcwd()):
        try: seen += os.listdir(folder)
        except OSError: pass
    return seen
def environment(): return dict(os.environ)
def leave():
    path = os.path.join(os.environ["TMPDIR"], "left")
    open(path, "a").write("x")
    return os.path.getsize(path)
"""


def start(host: Host, source: str = SOURCE, more: Mapping[str, str] | None = None) -> Worker:
    worker = Worker(host, {"work.py": source, **(more or {})}, {})
    assert worker.load("work") == Returned(None)
    return worker


def call(worker: Worker, name: str, *arguments: object, **keywords: object) -> Outcome:
    return worker.call("work", name, arguments, keywords, {})


def verdict(outcome: Outcome) -> Verdict:
    assert isinstance(outcome, Raised | Broke)
    return judge(outcome, Limits()).verdict


def test_a_function_returns_its_value(host: Host) -> None:
    """Arrays go out and come back as plain read-only arrays."""
    worker = start(host)
    outcome = call(worker, "double", np.arange(3.0))
    assert isinstance(outcome, Returned)
    assert outcome.value.tolist() == [0.0, 2.0, 4.0]
    worker.end()


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("loop", Verdict.TIMED_OUT),
        ("flood", Verdict.OUTPUT_EXCEEDED),
        ("quit_politely", Verdict.CRASHED),
        ("quit_at_once", Verdict.CRASHED),
        ("crash", Verdict.CRASHED),
        ("grab", Verdict.MEMORY_EXCEEDED),
        ("recurse", Verdict.CRASHED),
        ("thing", Verdict.FAILED),
    ],
)
def test_every_way_to_give_no_value_has_its_verdict_and_the_next_worker_is_fresh(
    host: Host, function: str, expected: Verdict
) -> None:
    """A function that loops, floods, leaves, crashes or takes too much costs itself and nobody else."""
    worker = start(host)
    assert verdict(call(worker, function)) is expected
    if worker.alive:
        worker.end()
    fresh = start(host)
    assert call(fresh, "count") == Returned(1)
    fresh.end()


def test_an_edit_of_an_argument_fails_at_the_students_own_line(host: Host) -> None:
    """The exception names the file, the line and the function."""
    worker = start(host)
    outcome = call(worker, "edit", np.ones(2))
    assert isinstance(outcome, Raised)
    assert outcome.frames == (("work.py", SOURCE.split("\n").index("    Z -= 1") + 1, "edit"),)
    worker.end()


def test_a_subclass_that_claims_to_equal_everything_arrives_as_a_plain_array(host: Host) -> None:
    """Only numbers cross the wire: no `__eq__` of a student's comes with them."""
    worker = start(host)
    outcome = call(worker, "liar")
    assert isinstance(outcome, Returned)
    assert type(outcome.value) is np.ndarray
    assert (outcome.value == 1).any() == False  # noqa: E712
    worker.end()


def test_what_is_printed_is_kept_and_never_parsed(host: Host) -> None:
    """Prints and raw writes to descriptors 1 and 2 reach the student's output."""
    worker = start(host)
    assert call(worker, "talk") == Returned(None)
    printed = worker.link.take_output()
    assert "to the student" in printed
    assert "raw words" in printed
    worker.end()


def test_a_lent_function_runs_on_the_trusted_side_and_dies_with_the_call(host: Host) -> None:
    """A student's code gets answers during the call and none afterwards."""
    worker = start(host)
    seen = []
    assert call(worker, "ask", lambda x: seen.append(x) or x * 2) == Returned(41)
    assert seen == [20]
    call(worker, "keep", lambda x: seen.append("stolen"))
    later = call(worker, "use_kept")
    assert not isinstance(later, Returned)
    assert seen == [20]
    if worker.alive:
        worker.end()


def test_a_lent_function_may_be_given_functions_of_the_student(host: Host) -> None:
    """They run in the sandbox: the trusted side asks for each value, and nothing of theirs runs where it is."""
    source = """
calls = []
def slope(f): return difference(lambda x: (calls.append(x), f(x))[1], 3.0), calls
def fail(f): return difference(lambda x: [][1], 3.0)
def pour(f): return difference(lambda x: lambda y: y, 3.0)
"""
    worker = start(host, source)
    asked: list[float] = []

    def difference(f: Callable[[float], float], x: float) -> float:
        asked.append(x)
        return f(x + 1) - f(x - 1)

    def call_with(name: str) -> Outcome:
        return worker.call("work", name, (lambda x: x * x,), {}, {"difference": difference})

    assert call_with("slope") == Returned((12.0, [4.0, 2.0]))
    assert asked == [3.0] * 3
    failed, poured = call_with("fail"), call_with("pour")
    assert isinstance(failed, Raised)
    assert failed.type == "IndexError"
    assert isinstance(poured, Raised)
    assert poured.type == "TypeError"
    worker.end()


def test_a_generator_draws_as_here_and_says_what_was_drawn(host: Host) -> None:
    """The same seed gives the same numbers on both sides, and a draw from numpy's own generator is noticed."""
    worker = start(host)
    outcome = call(worker, "draw", RecordingRNG(3))
    assert isinstance(outcome, Returned)
    assert outcome.value.tolist() == np.random.default_rng(3).random((2, 3)).tolist()
    assert outcome.logs == ((("random", (2, 3)),),)
    assert outcome.global_state_touched
    worker.end()


def test_frames_written_by_hand_are_no_answer(host: Host) -> None:
    """A forged frame has no valid nonce: it is passed over or breaks the worker, and never counts as a value."""
    worker = start(host)
    outcome = call(worker, "forge")
    assert outcome == Returned("honest") or isinstance(outcome, Broke)
    if worker.alive:
        worker.end()


def test_junk_from_a_thread_between_calls_never_becomes_an_answer(host: Host) -> None:
    """A thread that goes on writing after its call can only break its own submission's worker."""
    worker = start(host)
    call(worker, "late")
    time.sleep(0.2)
    outcome = call(worker, "double", np.ones(1)) if worker.alive else None
    assert not isinstance(outcome, Returned) or outcome.value.tolist() == [2.0]
    if worker.alive:
        worker.end()


def test_nothing_of_the_grader_is_to_be_seen(host: Host, tmp_path: object) -> None:
    """No folder of the grader's is listed and no variable of its environment arrives."""
    os.environ["AUTOGRADER_TEST_SECRET"] = "7f3a"
    try:
        worker = start(host)
        environment = call(worker, "environment")
        assert isinstance(environment, Returned)
        assert "7f3a" not in str(environment.value)
        files = call(worker, "files")
        assert isinstance(files, Returned)
        assert "pyproject.toml" not in files.value
        worker.end()
    finally:
        del os.environ["AUTOGRADER_TEST_SECRET"]


def test_scratch_space_is_empty_for_every_submission(host: Host) -> None:
    """What one submission writes, the next does not find."""
    for _ in range(2):
        worker = start(host)
        assert call(worker, "leave") == Returned(1)
        worker.end()


def test_a_module_named_like_the_standard_librarys_shadows_nothing(host: Host) -> None:
    """A submission's random.py or numpy.py is not what `import random` finds."""
    shadows = {"random.py": "raise SystemExit", "numpy.py": "raise SystemExit", "mine.py": "value = 5"}
    source = "import random, numpy, mine\ndef look(): return random.Random(0).random() < 1, mine.value"
    worker = start(host, source, shadows)
    assert call(worker, "look") == Returned((True, 5))
    worker.end()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(:\n    pass", "syntax"),
        ("import torch", "torch"),
        ("import sys\nsys.exit()", "SystemExit"),
        ("x = " + "(" * 5000 + ")" * 5000, ""),
        ("\x00", ""),
    ],
)
def test_a_module_that_cannot_be_imported_says_why(host: Host, source: str, expected: str) -> None:
    """Syntax errors have their place, missing modules their name; nothing of it hurts the grader."""
    worker = Worker(host, {"work.py": source}, {})
    outcome = worker.load("work")
    assert isinstance(outcome, Raised | Broke)
    if expected == "syntax":
        assert isinstance(outcome, Raised)
        assert outcome.syntax is not None
        assert outcome.syntax[:2] == ("work.py", 1)
    elif expected:
        assert isinstance(outcome, Raised)
        assert expected in (outcome.missing or outcome.type)
    if worker.alive:
        worker.end()


def test_an_endless_loop_is_ended_in_its_time(host: Host) -> None:
    """The deadline is the call's, however often the code makes itself heard."""
    lines = (
        "import time",
        "def loop():",
        "    while True:",
        "        print('.', flush=True)",
        "        time.sleep(.05)",
    )
    chatty = "\n".join(lines)
    worker = start(host, chatty)
    before = time.monotonic()
    outcome = call(worker, "loop")
    assert isinstance(outcome, Broke)
    assert outcome.cause is Cause.DEADLINE
    assert time.monotonic() - before < PATIENCE * host.limits.call_seconds + 5
