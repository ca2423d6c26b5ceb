import os
import signal

import pytest
from sandlock_by_hand import HERE, LIMITS, Server, needs_landlock, run, start_worker, value

from autograder.sandbox import runtime, seccomp
from autograder.sandbox.outcome import Broke, Raised

pytestmark = needs_landlock


@pytest.fixture(scope="module")
def server():
    made = Server()
    yield made
    made.close()


@pytest.fixture
def worker(server):
    made = start_worker(server)
    yield made
    if made.alive:
        made.end()


def assert_refused(outcome):
    assert isinstance(outcome, Raised), outcome
    assert outcome.type in ("PermissionError", "OSError"), outcome


def test_numpy_works(worker):
    """The course's arithmetic runs: linear algebra, random numbers, transforms, and a file in the scratch folder."""
    code = """
import numpy as np
np.save("a.npy", np.linalg.inv(np.eye(3) * 2))
rng = np.random.default_rng(0)
r = float(np.load("a.npy").sum() + np.fft.fft(np.ones(2)).real.sum() + 0 * rng.normal())
"""
    assert value(run(worker, code)) == 3.5


def test_it_is_not_root(worker):
    """The worker has no uid, no group and no name that owns anything."""
    ids = value(run(worker, "import os; r = [*os.getresuid(), *os.getresgid()]"))
    assert 0 not in ids


def test_a_secret_file_cannot_be_read(worker, server):
    """A file that everybody may read is closed to the worker, and so are the grader's own modules."""
    secret = server.folder / "secret"
    secret.write_text("secret")
    secret.chmod(0o644)
    for path in (secret, HERE / "host.py", "/etc/passwd", "/proc/self/environ", f"/proc/{os.getpid()}/environ"):
        assert_refused(run(worker, f"r = open({str(path)!r}).read()"))


@pytest.mark.parametrize("folder", ["/", "/proc", "/tmp", "/etc", str(HERE)])
def test_folders_cannot_be_listed(worker, folder):
    """The worker cannot look around."""
    assert_refused(run(worker, f"import os; r = os.listdir({folder!r})"))


def test_the_environment_is_empty_of_the_graders(worker):
    """Nothing but the sandbox's own settings is in the environment."""
    names = value(run(worker, "import os; r = sorted(os.environ)"))
    assert set(names) == set(runtime.environment(""))


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket(socket.AF_INET)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "import socket; socket.socketpair()",
        "import socket; socket.socket(fileno=3).connect(chr(0) + 'abstract')",
        "import socket; socket.send_fds(socket.socket(socket.AF_UNIX, fileno=4), [b'x'], [1])",
    ],
)
def test_there_are_no_sockets(worker, code):
    """No socket of any family can be made, the abstract ones included, and the wire passes no descriptors."""
    assert_refused(run(worker, code))


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.fork()",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import os; os.execv('/bin/sh', ['sh'])",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_no_process_can_be_started(worker, code):
    """Nothing forks and nothing is executed, so there is nothing to outlive the worker."""
    assert_refused(run(worker, code))


def test_threads_are_bounded(worker):
    """Threads count as processes, and the main one is the first of them."""
    code = """
import threading, time
threading.stack_size(65536)
r = 1
try:
    while r < 1000:
        threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
        r += 1
except RuntimeError:
    pass
"""
    # Another process of the same user that ends meanwhile leaves its place in the count.
    assert 1 < value(run(worker, code)) <= LIMITS.processes + 2


@pytest.mark.parametrize("code", ["b = bytearray(1 << 30)", "import numpy; numpy.zeros(1 << 28)"])
def test_memory_is_bounded(worker, code):
    """Too much memory is an exception at the line that asked for it."""
    outcome = run(worker, code)
    assert isinstance(outcome, Raised), outcome
    assert "MemoryError" in outcome.type


# Numbers of x86_64 and of aarch64: memfd_create, shmget, mq_open, add_key, keyctl, ptrace, process_vm_readv,
# unshare, setns, bpf, perf_event_open, io_uring_setup, userfaultfd, setsid, kill(parent), pidfd_open.
UNCOUNTED_OR_FOREIGN = {
    "x86_64": (319, 29, 240, 248, 250, 101, 310, 272, 308, 321, 298, 425, 323, 112, 62, 434),
    "aarch64": (279, 194, 180, 217, 219, 117, 270, 97, 268, 280, 241, 425, 282, 157, 129, 434),
}


@pytest.mark.parametrize("index", range(16))
def test_calls_that_reach_further_are_refused(worker, index):
    """Memory that no limit counts, shared memory, keys, tracing, namespaces and the rest fail with an error."""
    number = UNCOUNTED_OR_FOREIGN[os.uname().machine][index]
    code = f"""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
r = (libc.syscall({number}, os.getppid(), 0, 0, 0, 0), os.strerror(ctypes.get_errno()))
"""
    result, why = value(run(worker, code))
    assert result == -1
    assert why in ("Operation not permitted", "Function not implemented")


@pytest.mark.parametrize("target", ["os.getppid()", "0", "-1", "1"])
def test_no_other_process_can_be_signalled(worker, target):
    """A worker can signal nobody."""
    assert_refused(run(worker, f"import os; os.kill({target}, 9)"))


def test_an_abort_ends_the_process(worker):
    """abort() ends the process, though it may send itself no signal; the server reports how it ended."""
    outcome = run(worker, "import os; os.abort()")
    assert isinstance(outcome, Broke)
    assert outcome.exit.signal in (signal.SIGABRT, signal.SIGSEGV, signal.SIGILL)


def test_limits_cannot_be_raised(worker):
    """The kernel's limits are hard."""
    code = "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))"
    assert isinstance(run(worker, code), Raised)


@pytest.mark.parametrize("flags", ["os.O_RDWR", "os.O_WRONLY", "os.O_RDONLY | os.O_TRUNC"])
def test_libraries_cannot_be_changed(worker, flags):
    """What the worker can read, it cannot write or truncate."""
    assert_refused(run(worker, f"import os, numpy; os.open(numpy.__file__, {flags})"))


def test_one_file_is_bounded(worker):
    """A file grows to the size of the scratch folder and no further."""
    outcome = run(worker, "f = open('f', 'wb')\nfor _ in range(10_000): f.write(bytes(1 << 20))")
    assert isinstance(outcome, Raised), outcome
    assert "File too large" in outcome.message


def test_many_files_are_bounded(worker, server):
    """Ten gigabytes in many files are not written: the worker is killed, and the folder is emptied."""
    code = "for n in range(5_000):\n with open(f'f{n}', 'wb') as f: f.write(bytes(2 << 20))"
    outcome = run(worker, code)
    assert isinstance(outcome, Broke), outcome
    assert "scratch folder" in outcome.exit.reason
    assert not list(server.scratch.iterdir())


def test_folders_and_links_cannot_be_made(worker):
    """The scratch folder is flat, so that emptying it is simple and follows nothing."""
    for code in ("mkdir('d')", "symlink('/etc/passwd', 'l')", "link('f', 'l')", "mkfifo('p')", "chmod('.', 0)"):
        assert_refused(run(worker, f"import os; open('f', 'w').close(); os.{code}"))


def test_the_filter_names_each_call_once():
    """A call in two lists would be allowed by one and refused by the other."""
    assert len(set(seccomp.ALLOWED)) == len(seccomp.ALLOWED)
    assert not set(seccomp.ALLOWED) & set(seccomp.ABSENT)
