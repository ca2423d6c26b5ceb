"""Read single keys from a terminal without waiting for Enter."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ReadKey = Callable[[float], str]


@contextmanager
def single_keys() -> Iterator[ReadKey]:
    """Yield a function that waits so many seconds for a key and returns it, or "" when none came.

    Where standard input is no terminal, or the system has no such thing, no key ever comes.
    """
    try:
        import termios
        import tty

        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError, termios.error):
        yield _no_key
        return
    tty.setcbreak(descriptor)
    try:
        yield _key_of(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _no_key(seconds: float) -> str:
    time.sleep(seconds)
    return ""


def _key_of(descriptor: int) -> ReadKey:
    import os
    import select

    def read(seconds: float) -> str:
        ready, _, _ = select.select([descriptor], [], [], seconds)
        if not ready:
            return ""
        pressed = os.read(descriptor, 64)
        # The terminal has gone: nobody will ever press anything, and waiting would be an endless loop.
        return pressed.decode("utf-8", "replace")[:1] if pressed else "q"

    return read
