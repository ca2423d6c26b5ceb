"""What one request to a worker can come to, as plain data."""

import signal
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Cause(Enum):
    """Why a worker can no longer be used, as seen from the trusted side."""

    DEADLINE = "the call's time ran out"
    WALL = "the exercise's time ran out"
    CPU = "the exercise's processor time ran out"
    OUTPUT = "more was printed than is kept"
    CLOSED = "the process ended during a call"
    MALFORMED = "the reply was no valid message"


@dataclass(frozen=True)
class Exit:
    """How a worker's process ended, from the process that waited for it.

    exit_code and signal: one of them, or neither when nothing is known. cpu_seconds: user and system time.
    max_rss_kib: peak resident memory. reason: a sandbox's own word on what it stopped. server_gone: the process that
    waits for workers has itself gone, so that nothing is known of this one's end. lived: it had not ended by itself,
    so that the signal is our own.
    """

    exit_code: int | None = None
    signal: int | None = None
    cpu_seconds: float = 0.0
    max_rss_kib: int | None = None
    reason: str = ""
    server_gone: bool = False
    lived: bool = False

    @property
    def killed_from_outside(self) -> bool:
        """Whether somebody else has killed the process.

        A submission cannot send a signal, not even to itself, and what a sandbox stops by this one has its reason.
        """
        return self.server_gone or (self.signal == signal.SIGKILL and not (self.reason or self.lived))


@dataclass(frozen=True)
class Returned:
    """A function came back with a value; the rest is the worker's word.

    logs: what each generator drew. global_state_touched: whether numpy's own generator was used. warnings: the first
    ones that were given, as "RuntimeWarning: overflow encountered in exp".
    """

    value: Any
    logs: tuple[tuple[tuple[str, tuple[int, ...]], ...], ...] = ()
    global_state_touched: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Raised:
    """A function raised: all of it is the worker's word.

    frames: (file, line, function) of the student's own code, outermost first. syntax: (file, line, column,
    end column) of a syntax error, all from 1, or None. missing: the module that could not be imported.
    """

    type: str
    message: str
    frames: tuple[tuple[str, int, str], ...] = ()
    syntax: tuple[str, int, int, int] | None = None
    missing: str = ""


@dataclass(frozen=True)
class Broke:
    """The worker is gone or no longer to be trusted. when: in what, as in "while softmax.py was imported"."""

    cause: Cause
    detail: str = ""
    when: str = ""
    exit: Exit = field(default_factory=Exit)

    @property
    def interrupted(self) -> bool:
        """Whether somebody else ended the process during a call, which may go well in another one."""
        return self.cause is Cause.CLOSED and self.exit.killed_from_outside


Outcome = Returned | Raised | Broke
