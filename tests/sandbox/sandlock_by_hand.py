"""A sandlock server started by hand, and a worker in it that runs whatever it is told."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import sandlock

import autograder.sandbox
from autograder.limits import Limits
from autograder.sandbox import backends
from autograder.sandbox.link import Descriptors
from autograder.sandbox.outcome import Exit, Returned
from autograder.sandbox.process import Worker

needs_landlock = pytest.mark.skipif(
    sandlock.landlock_abi_version() < 1 and not os.environ.get("CI"), reason="this kernel has no Landlock"
)

HERE = Path(autograder.sandbox.__file__).parent
LIMITS = replace(Limits(), call_seconds=1.0, memory_mib=256, scratch_mib=4)

HOSTILE = """
def run(code):
    names = {"r": None}
    exec(code, names)
    return names["r"]
"""


class Server:
    """What the sandbox's host is, for a server that is started by hand."""

    def __init__(self, limits=LIMITS):
        self.limits = limits
        self.folder = Path(tempfile.mkdtemp())
        self.folder.chmod(0o755)
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(20)
        started = backends.launch(backends.SANDLOCK, theirs.fileno())
        self.stage, self.scratch = self.folders = started.folders
        self.process = subprocess.Popen(
            started.command, env=started.environment, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
        )
        theirs.close()
        assert self.control.recv(100) == b"ready"

    def spawn(self, limits):
        self.control.send(json.dumps({"spawn": asdict(limits)}).encode())
        word, descriptors, _, _ = socket.recv_fds(self.control, 1000, 3)
        assert word == b"ok", word
        return Descriptors(*descriptors)

    def end(self, patience_seconds=0.0):
        self.control.send(json.dumps({"end": patience_seconds}).encode())
        return Exit(**json.loads(self.control.recv(4096)))

    def cpu_seconds(self):
        self.control.send(json.dumps({"cpu": True}).encode())
        return json.loads(self.control.recv(4096))["cpu_seconds"]

    def close(self):
        self.control.close()
        self.process.wait(timeout=10)
        for folder in (self.folder, *self.folders):
            shutil.rmtree(folder)


def start_worker(server):
    worker = Worker(server, {"hostile.py": HOSTILE}, {})
    assert worker.load("hostile") == Returned(None)
    return worker


def run(worker, code):
    return worker.call("hostile", "run", (code,), {}, {})


def value(outcome):
    assert isinstance(outcome, Returned), outcome
    return outcome.value
