"""Ctrl-C while grading: once to stop in good order, twice to leave on the spot."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

INTERRUPTED = 130
_SHOW_CURSOR = b"\x1b[?25h"


@contextmanager
def interrupts() -> Iterator[Callable[[], bool]]:
    """Yield what says whether Ctrl-C was pressed; pressed again, it ends this process on the spot.

    Nothing has to be put away for that: the store holds what was committed, and the graders end with this process.
    An exception, in contrast, could come between the store and the file of one report.
    """
    pressed: list[int] = []

    def press(number: int, _: object) -> None:
        if pressed:
            # A progress bar hides it.
            os.write(2, _SHOW_CURSOR + b"\n" if sys.stderr.isatty() else b"")
            os._exit(INTERRUPTED)
        pressed.append(number)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
