"""One server of workers, started once for each grader process and asked for a fresh worker per submission."""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
from dataclasses import asdict
from types import TracebackType
from typing import IO, Any, Self

from autograder.errors import SandboxError, SandboxKilledError
from autograder.limits import Limits
from autograder.sandbox.backends import Launch, launch
from autograder.sandbox.link import Descriptors
from autograder.sandbox.outcome import Exit

GONE = Exit(server_gone=True)
# By itself, or as a program tells it that waited for the one that was.
_KILLED = (-signal.SIGKILL, 128 + signal.SIGKILL)
START_SECONDS = 30.0
ANSWER_SECONDS = 15.0


class Host:
    """Holds a server's process and control socket; restarts it when it has died.

    limits: of a worker for which no others are named.

    Raises `SandboxError`, with what the backend itself said, when no worker can be had.
    """

    def __init__(self, backend: str, limits: Limits = Limits()) -> None:  # noqa: B008 - immutable
        self.backend, self.limits = backend, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._launch: Launch | None = None
        self._errors: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the server and wait until it can fork."""
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        os.set_inheritable(far.fileno(), True)  # noqa: FBT003 - the standard library's signature
        self._control = near
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the host
        try:
            self._launch = launch(self.backend, far.fileno())
            self._process = subprocess.Popen(
                self._launch.command,
                env=self._launch.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=[far.fileno()],
                start_new_session=True,
            )
        except OSError as error:
            raise SandboxError(f"{self.backend}: {error}") from error
        finally:
            far.close()
        if self._answer(START_SECONDS)[0] != b"ready":
            said = self._what_it_said()
            raise (SandboxKilledError if self._process.returncode in _KILLED else SandboxError)(said)

    def spawn(self, limits: Limits | None = None) -> Descriptors:
        """Return the descriptors of a fresh worker; the one before must have been ended."""
        request = json.dumps({"spawn": asdict(limits or self.limits)}).encode()
        last = SandboxError(f"{self.backend} gave no worker")
        for _ in range(2):
            try:
                if self._process is None:
                    self.start()
                return self._spawn(request)
            except (SandboxError, OSError) as error:
                last = error if isinstance(error, SandboxError) else SandboxError(f"{self.backend}: {error}")
                self.close()
        raise last

    def _spawn(self, request: bytes) -> Descriptors:
        assert self._control is not None
        self._control.send(request)
        word, fds = self._answer(ANSWER_SECONDS)
        if word != b"ok" or len(fds) != 3:
            for fd in fds:
                os.close(fd)
            said = word.decode("utf-8", "replace") or self._what_it_said()
            raise SandboxError(f"{self.backend} gave no worker: {said}")
        return Descriptors(*fds)

    def end(self, patience_seconds: float = 0.0) -> Exit:
        """Kill the worker with all it started, unless it ends by itself in that time; return how it ended."""
        told = self._ask({"end": patience_seconds})
        if told is None:
            self.close()
            return GONE
        return Exit(**told)

    def cpu_seconds(self) -> float | None:
        """Return the processor time that the worker has used so far; None when nobody can say."""
        told = self._ask({"cpu": True})
        return None if told is None else float(told["cpu_seconds"])

    def _ask(self, request: dict[str, float]) -> dict[str, Any] | None:
        """Return the server's answer, or None when there is no server that answers."""
        if self._control is None:
            return None
        try:
            self._control.send(json.dumps(request).encode())
            word, _ = self._answer(ANSWER_SECONDS)
            told: dict[str, Any] = json.loads(word)
        except (OSError, ValueError, SandboxError):
            return None
        return told

    def close(self) -> None:
        """End the server and everything below it; remove its temporary folders."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._errors is not None:
            self._errors.close()
        for folder in self._launch.folders if self._launch else ():
            shutil.rmtree(folder, ignore_errors=True)
        self._process = self._control = self._launch = self._errors = None

    def _answer(self, seconds: float) -> tuple[bytes, list[int]]:
        assert self._control is not None
        waiting = select.poll()
        waiting.register(self._control, select.POLLIN)
        if not waiting.poll(seconds * 1000):
            raise SandboxError(f"{self.backend} did not answer within {seconds:.0f} s. {self._what_it_said()}")
        try:
            word, fds, _, _ = socket.recv_fds(self._control, 4096, 3)
        except OSError:
            word, fds = b"", []
        return word, fds

    def _what_it_said(self) -> str:
        """Return the backend's own last words, for the person who has to mend it."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)
        assert self._errors is not None
        self._errors.seek(0)
        words = self._errors.read(2000).decode("utf-8", "replace").strip()
        return f"{self.backend} cannot start a worker here: {words or 'it ended without a word'}"
