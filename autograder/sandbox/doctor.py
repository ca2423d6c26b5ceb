"""Prove a sandbox by attacking it: five attempts that a hostile submission would make, judged from outside."""

import os
import secrets
import select
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from autograder.errors import SandboxError
from autograder.limits import PATIENCE, Limits
from autograder.sandbox.backends import STRONGEST_FIRST, missing
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke, Cause, Outcome, Raised, Returned
from autograder.sandbox.process import Worker
from autograder.sandbox.weaknesses import weaknesses

State = Literal["ok", "warning", "failed"]
LIMITS = replace(Limits(), call_seconds=2.0, memory_mib=256)

HOSTILE = """
import os, signal, socket, time

def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError as error:
        return f"refused: {error.strerror}"

def connect(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return "connected"
    except OSError as error:
        return f"refused: {error.strerror or error}"

def fork():
    children = 0
    while children < 2000:
        try:
            if os.fork() == 0:
                time.sleep(60)
        except OSError:
            break
        children += 1
    return children

def allocate():
    kept = []
    for _ in range(160):
        kept.append(bytearray(os.urandom(1)) * (64 << 20))
    return len(kept) * 64

def outlive():
    for number in range(1, 32):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
    while True:
        pass
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it is, and what was seen or what to do."""

    what: str
    state: State
    seen: str


class _Patient:
    """A worker with the hostile source, and a copy of its output pipe to tell whether anything of it is left."""

    def __init__(self, host: Host) -> None:
        self.worker = Worker(host, {"hostile.py": HOSTILE}, {})
        self.output = os.dup(self.worker.link.output_fd)
        loaded = self.worker.load("hostile")
        if not isinstance(loaded, Returned):
            raise SandboxError(f"{host.backend}: a worker starts but cannot run Python code ({loaded})")

    def try_to(self, function: str, *arguments: object) -> Outcome:
        return self.worker.call("hostile", function, arguments, {}, {})

    def nothing_left(self) -> bool:
        """End the worker; whether every process that held its output is gone, so that the pipe is at its end."""
        if self.worker.alive:
            self.worker.end()
        try:
            deadline = time.monotonic() + 3
            while time.monotonic() < deadline:
                ready, _, _ = select.select([self.output], [], [], 0.2)
                if ready and not os.read(self.output, 1 << 16):
                    return True
            return False
        finally:
            os.close(self.output)


def prove(backend: str) -> list[Finding]:
    """Attack a worker of `backend`; return one finding an attack. Raises `SandboxError` when there is no worker."""
    with Host(backend, LIMITS) as host:
        return [attack(_Patient(host)) for attack in (_read_secret, _open_socket, _fork_bomb, _memory, _outlive)]


def _value(outcome: Outcome) -> object:
    return outcome.value if isinstance(outcome, Returned) else None


def _told(outcome: Outcome) -> str:
    match outcome:
        case Returned(value):
            return str(value)[:80] if isinstance(value, str | int) else "an answer"
        case Raised(kind):
            return f"{kind} was raised"
        case Broke(cause):
            return f"stopped: {cause.value}"


def _finding(what: str, outcome: Outcome, patient: _Patient, *, held: bool) -> Finding:
    left = "" if patient.nothing_left() else "; a process of it is still there"
    return Finding(what, "ok" if held and not left else "failed", _told(outcome) + left)


def _read_secret(patient: _Patient) -> Finding:
    token = secrets.token_hex(8)
    # Not in /tmp, which a sandbox may well hide for other reasons than secrecy.
    with tempfile.NamedTemporaryFile("w", dir=Path.cwd() if os.access(".", os.W_OK) else None) as file:
        file.write(token)
        file.flush()
        Path(file.name).chmod(0o644)
        outcome = patient.try_to("read", file.name)
        return _finding("reading a secret file", outcome, patient, held=token not in str(_value(outcome)))


def _open_socket(patient: _Patient) -> Finding:
    with socket.create_server(("127.0.0.1", 0)) as server:
        outcome = patient.try_to("connect", server.getsockname()[1])
        ready, _, _ = select.select([server], [], [], 0)
        return _finding("opening a socket", outcome, patient, held=not ready)


def _fork_bomb(patient: _Patient) -> Finding:
    outcome = patient.try_to("fork")
    children = _value(outcome)
    held = not children
    return _finding("forking without end", outcome, patient, held=held)


def _memory(patient: _Patient) -> Finding:
    outcome = patient.try_to("allocate")
    return _finding("taking 10 GB of memory", outcome, patient, held=not isinstance(outcome, Returned))


def _outlive(patient: _Patient) -> Finding:
    start = time.monotonic()
    outcome = patient.try_to("outlive")
    late = time.monotonic() - start > PATIENCE * LIMITS.call_seconds + 2
    held = isinstance(outcome, Broke) and outcome.cause is Cause.DEADLINE and not late
    return _finding("outliving its time", outcome, patient, held=held)


def examine(backends: tuple[str, ...] = STRONGEST_FIRST) -> Iterator[Finding]:
    """Yield what is there, what is missing and how to get it, and the proof of each sandbox that is there."""
    for backend in backends:
        if problem := missing(backend):
            yield Finding(backend, "warning", problem)
            continue
        try:
            findings = prove(backend)
        except SandboxError as error:
            yield Finding(backend, "warning", str(error))
            continue
        for finding in findings:
            yield replace(finding, what=f"{backend}: {finding.what}")
        for sentence in weaknesses(backend):
            yield Finding(f"{backend}: what it leaves open", "warning", sentence.removeprefix(f"{backend}: "))
    yield _memory_accounting()


def conclude(findings: Sequence[Finding]) -> tuple[bool, str]:
    """Return whether the sandbox that `grade` will use holds, and a sentence that says which it is."""
    started = [backend for backend in STRONGEST_FIRST if any(each.what.startswith(f"{backend}:") for each in findings)]
    failed = {finding.what.partition(":")[0] for finding in findings if finding.state == "failed"}
    holding = [backend for backend in started if backend not in failed]
    if not holding:
        return False, "No sandbox holds here. Get one: sudo apt-get install bubblewrap"
    if holding[0] != started[0]:
        return False, f"`grade` would use {started[0]}, which does not hold; give it --sandbox {holding[0]}"
    return True, f"`grade` will use {holding[0]}."


def _memory_accounting() -> Finding:
    writable = os.access("/sys/fs/cgroup/cgroup.subtree_control", os.W_OK)
    if writable:
        return Finding("memory", "ok", "a cgroup could be used; the limit is by address space and bounded scratch")
    seen = "no cgroup to use: the limit is by address space per process and by the size of scratch space"
    return Finding("memory", "warning", seen)
