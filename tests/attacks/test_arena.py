"""The arena itself: bait that is taken, a call that is made and whatever is left are seen."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import bait
import pytest
import watch
from arena import open_arena, run_attacks
from attack import FOLDER, Attack, Must, read_attack

from autograder.sandbox.backends import NONE

pytestmark = pytest.mark.slow

# What a process may do that no sandbox holds, each with the bait that it gets.
THIEF = """
import os, re, subprocess
import numpy as np

def softmax(Z):
    for path in ("/tmp/autograder-bait/secret.txt", "/var/tmp/autograder-bait.txt", "/dev/shm/autograder-bait",
                 "/tmp/autograder-bait/home/.ssh/id_bait", "/tmp/autograder-bait/working/working.txt"):
        print(open(path).read())
    for pid in filter(str.isdigit, os.listdir("/proc")):
        for name in ("cmdline", "environ"):
            try:
                print(re.findall(b"bait-[a-z]+-[0-9a-f]{16}", open(f"/proc/{pid}/{name}", "rb").read()))
            except OSError:
                pass
    return np.zeros_like(Z)
"""


# Attacks that change nothing, or what a test can put right, and what each gets where nothing holds it.
BITES = {
    "stealing/environment": {bait.CANARIES["environ"]},
    "stealing/command_lines": {bait.CANARIES["argument"]},
    "stealing/files_by_name": {bait.CANARIES[name] for name in bait.FILES},
    "stealing/carry_hidden_inputs_to_a_public_check": {"CARRIED HIDDEN"},
}


@pytest.fixture
def laid() -> Iterator[bait.Bait]:
    """Bait on this machine."""
    watch.adopt_orphans()
    with bait.laid() as lying:
        yield lying


def test_a_thief_without_a_sandbox_is_caught(course_folder: Path, laid: bait.Bait) -> None:
    """Where nothing holds a submission, what it reads shows in its report under its own name."""
    thief = Attack("stealing/everything", THIEF, Must())
    (seen,) = run_attacks(open_arena(course_folder), NONE, [thief], laid).values()
    taken = {name for name, canary in bait.CANARIES.items() if canary in seen.text}
    assert taken == {*bait.FILES, "argument", "environ"}


@pytest.mark.parametrize("name", BITES)
def test_an_attack_bites_where_nothing_holds_it(name: str, course_folder: Path, laid: bait.Bait) -> None:
    """Without a sandbox it gets what it is after, so that getting nothing in one means something."""
    attack = read_attack(FOLDER / f"{name}.py")
    try:
        (seen,) = run_attacks(open_arena(course_folder), NONE, [attack], laid).values()
    finally:
        for folder in (*watch.OPEN_TO_ALL, Path("/run"), Path("/dev"), bait.WORKING):
            for left in ("carried", "link", *(f"left{number}" for number in range(20))):
                (folder / left).unlink(missing_ok=True)
    assert {word for word in BITES[name] if word not in seen.text} == set()


def test_whatever_is_left_is_seen(laid: bait.Bait) -> None:
    """A file beside the bait, a file among the files of all, a changed one, a process, an object, a descriptor."""
    before = watch.look([])
    stray = Path("/tmp/autograder-stray")
    with contextlib.ExitStack() as stack:
        stack.callback(stray.unlink)
        stray.touch()
        os.chown(stray, watch.hostile_uid(), -1)
        (bait.WORKING / "core").write_text("dumped")
        bait.FILES["outside"].write_text("gone")
        script = "sleep 60 >/dev/null & echo $!"
        daemon = int(subprocess.run(["setsid", "sh", "-c", script], stdout=subprocess.PIPE, check=True).stdout)
        stack.callback(os.kill, daemon, signal.SIGKILL)
        stack.enter_context(stray.open())
        pid = os.fork()
        if pid == 0:
            os.setuid(watch.hostile_uid())
            os._exit(ctypes.CDLL(None).shmget(0x0A47BEA8, 4096, 0o1666) < 0)
        assert os.waitpid(pid, 0)[1] == 0
        segment = ctypes.CDLL(None).shmget(0x0A47BEA8, 0, 0)
        stack.callback(ctypes.CDLL(None).shmctl, segment, 0, None)
        left = watch.left_behind(before, watch.look([]))
    for word in (str(stray), "working/core", "changed: /var/tmp", "process 'sleep", "System V", "1 descriptors"):
        assert any(word in line for line in left), (word, left)


def test_every_call_is_heard(laid: bait.Bait) -> None:
    """Each socket notices one caller, once."""
    for name, listener in laid.listeners.items():
        with socket.socket(listener.family, listener.type) as caller:
            caller.connect(listener.getsockname())
            if listener.type == socket.SOCK_DGRAM:
                caller.send(b"hello")
        assert laid.callers() == [name]
    assert laid.callers() == []


def test_a_must_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    """A slip of the pen in an attack's file would otherwise demand nothing."""
    (tmp_path / "slip.py").write_text('MUST = {"point": 1.0}')
    with pytest.raises(ValueError, match="point"):
        read_attack(tmp_path / "slip.py")
