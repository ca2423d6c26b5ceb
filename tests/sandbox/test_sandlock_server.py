import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sandlock_by_hand import HERE, LIMITS, Server, needs_landlock, run, start_worker, value

from autograder.limits import PATIENCE
from autograder.sandbox.outcome import Broke, Cause

pytestmark = needs_landlock


@pytest.fixture(scope="module")
def server():
    made = Server()
    yield made
    made.close()


@pytest.fixture
def own_server():
    made = Server()
    yield made
    made.close()


@pytest.fixture
def worker(server):
    made = start_worker(server)
    yield made
    if made.alive:
        made.end()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie that init has yet to collect can do nothing any more.
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until_gone(pid):
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not alive(pid)


def test_two_workers_in_turn_share_nothing(server):
    """The next worker finds an empty scratch folder and a fresh interpreter."""
    first = start_worker(server)
    leave = "import os, numpy; open('left', 'w').write('x'); numpy.left = True; r = os.getpid()"
    first_pid = value(run(first, leave))
    first.end()
    second = start_worker(server)
    code = "import os, numpy; r = (os.listdir('.'), hasattr(numpy, 'left'), os.getpid())"
    files, left, second_pid = value(run(second, code))
    second.end()
    assert (files, left) == ([], False)
    assert first_pid != second_pid


def test_an_endless_loop_is_ended_at_once(worker):
    """A loop that ignores every signal is gone within a second of its end, and leaves no process."""
    pid = value(run(worker, "import os; r = os.getpid()"))
    code = "import signal\nfor n in range(1, 32):\n try: signal.signal(n, signal.SIG_IGN)\n except OSError: pass\n"
    asked = time.monotonic()
    outcome = run(worker, code + "while True: pass")
    assert isinstance(outcome, Broke)
    assert outcome.cause is Cause.DEADLINE
    assert outcome.exit.signal == signal.SIGKILL
    assert outcome.exit.cpu_seconds > 0.3
    assert wait_until_gone(pid)
    assert time.monotonic() - asked < PATIENCE * LIMITS.call_seconds + 3.0


def test_an_exit_status_is_reported(worker):
    """A worker that leaves by itself is told from one that was killed."""
    outcome = run(worker, "import os; os._exit(7)")
    assert isinstance(outcome, Broke)
    assert (outcome.exit.exit_code, outcome.exit.signal) == (7, None)
    assert outcome.exit.max_rss_kib > 1000


def test_output_arrives_on_its_own_descriptor(worker):
    """What the student prints does not mix with the wire."""
    value(run(worker, "import os; print('printed'); os.write(2, b'written ')"))
    assert sorted(worker.link.take_output().split()) == ["printed", "written"]


def test_the_servers_end_is_the_workers_end(own_server):
    """When the grader hangs up, no process of the server is left."""
    pid = value(run(start_worker(own_server), "import os; r = os.getpid()"))
    own_server.control.close()
    own_server.process.wait(timeout=10)
    assert wait_until_gone(pid)


def test_a_killed_server_takes_its_worker_along(own_server):
    """Even a server that is killed leaves no worker behind."""
    pid = value(run(start_worker(own_server), "import os; r = os.getpid()"))
    own_server.process.kill()
    assert wait_until_gone(pid)


def test_a_lost_confined_process_is_replaced(own_server):
    """When the warm process dies, its worker's end says so and the next worker comes from a new one."""
    worker = start_worker(own_server)
    pid, parent = value(run(worker, "import os; r = (os.getpid(), os.getppid())"))
    os.kill(parent, signal.SIGKILL)
    assert wait_until_gone(pid)
    outcome = run(worker, "r = 1")
    assert isinstance(outcome, Broke)
    assert outcome.exit.server_gone
    again = start_worker(own_server)
    assert value(run(again, "r = 1")) == 1
    again.end()


def test_requests_out_of_turn_are_errors(own_server):
    """Unknown words and a second worker at once are refused in one line."""
    worker = start_worker(own_server)
    for request in (b'{"spawn": {}}', b'{"dance": true}', b"nonsense"):
        own_server.control.send(request)
        answer = own_server.control.recv(1000)
        assert answer.startswith(b"error ")
        assert b"\n" not in answer
    assert value(run(worker, "r = 1")) == 1
    worker.end()


def test_root_is_refused(tmp_path):
    """The server never runs as root: nothing hostile does."""
    if os.geteuid() != 0:
        pytest.skip("this is not root")
    command = [sys.executable, HERE / "sandlock_server.py", "3", "{}"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "does not run as root" in done.stderr
