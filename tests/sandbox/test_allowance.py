"""What an exercise may use of time is counted over its calls, on the trusted side, in every real sandbox."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from autograder.limits import Limits
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke, Cause, Outcome, Returned
from autograder.sandbox.process import Worker

pytestmark = pytest.mark.slow

LIMITS = Limits(call_seconds=5.0, cpu_seconds=0.6, wall_seconds=12.0)
SOURCE = """
import time

def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
    return seconds

def rest(seconds):
    time.sleep(seconds)
    return seconds

def ask(f, times):
    for _ in range(times): f(0.1)
    return times
"""


@pytest.fixture
def worker(host: Host) -> Iterator[Worker]:
    """A worker that can burn time and rest."""
    started = Worker(host, {"work.py": SOURCE}, {})
    assert started.load("work") == Returned(None)
    yield started
    if started.alive:
        started.end()


def call(worker: Worker, allowance: Allowance, name: str, *arguments: object) -> Outcome:
    return worker.call("work", name, arguments, {}, {}, allowance)


def cause(outcome: Outcome) -> Cause:
    assert isinstance(outcome, Broke), outcome
    return outcome.cause


def test_processor_time_runs_out_over_many_calls(worker: Worker) -> None:
    """No call is long, but together they have used more than the exercise may."""
    allowance = Allowance(LIMITS)
    outcomes = [call(worker, allowance, "burn", 0.25) for _ in range(2)]
    assert outcomes == [Returned(0.25), Returned(0.25)]
    assert cause(call(worker, allowance, "burn", 0.25)) is Cause.CPU
    assert 0.6 <= allowance.cpu_spent < 1.5


def test_processor_time_runs_out_within_one_call(worker: Worker) -> None:
    """An endless loop is stopped when the exercise's processor time is over, before the call's own deadline."""
    allowance = Allowance(LIMITS)
    assert cause(call(worker, allowance, "burn", 60.0)) is Cause.CPU
    assert 0.6 <= allowance.cpu_spent < 2.0


def test_sleep_is_no_processor_time(worker: Worker) -> None:
    """What rests is stopped by the clock on the wall, and told so."""
    allowance = Allowance(replace(LIMITS, wall_seconds=1.5))
    assert call(worker, allowance, "rest", 0.9) == Returned(0.9)
    assert allowance.cpu_spent < 0.3
    assert cause(call(worker, allowance, "rest", 0.9)) is Cause.WALL


def test_exercises_do_not_pay_for_each_other(worker: Worker) -> None:
    """Three exercises that one worker serves in turn may each use up nearly all of theirs."""
    allowances = [Allowance(LIMITS) for _ in range(3)]
    for _ in range(2):
        for allowance in allowances:
            assert call(worker, allowance, "burn", 0.2) == Returned(0.2)
    assert all(allowance.cpu_spent < 0.6 for allowance in allowances)
    assert sum(allowance.cpu_spent for allowance in allowances) > 0.9


def test_the_import_is_nobodys(host: Host) -> None:
    """What a module's import burns is not booked on the exercise that comes first."""
    started = Worker(host, {"work.py": SOURCE + "\nburn(0.5)\n"}, {}, LIMITS)
    assert started.load("work") == Returned(None)
    assert call(started, Allowance(LIMITS), "burn", 0.3) == Returned(0.3)
    started.end()


def test_a_call_has_its_own_deadline(worker: Worker) -> None:
    """The first call that is too long is told so, whatever is left to the exercise."""
    allowance = Allowance(replace(LIMITS, call_seconds=0.3, cpu_seconds=9.0))
    assert cause(call(worker, allowance, "burn", 60.0)) is Cause.DEADLINE
    assert allowance.cpu_spent < 2.0


def test_what_waits_is_given_patience(worker: Worker) -> None:
    """A call that uses no processor time may take three times its limit on the wall, as one on a busy machine may."""
    allowance = Allowance(replace(LIMITS, call_seconds=0.5))
    assert call(worker, allowance, "rest", 0.9) == Returned(0.9)
    assert cause(call(worker, allowance, "rest", 60.0)) is Cause.DEADLINE
    assert 1.5 <= allowance.slowest_call < 6.0


def test_output_is_counted_by_exercise(worker: Worker) -> None:
    """What one exercise has printed leaves the next one its own measure."""
    assert isinstance(worker.call("work", "rest", (0.0,), {}, {}, Allowance(LIMITS)), Returned)
    worker.link.output_bytes = worker.limits.output_kib * 1024
    assert isinstance(worker.call("work", "rest", (0.0,), {}, {}, Allowance(LIMITS)), Returned)
    assert worker.link.output_bytes == 0
