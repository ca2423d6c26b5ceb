"""Run a command as somebody at a terminal does, and keep every byte that the terminal gets."""

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

ROWS, COLUMNS = 50, 250
# What rich draws a table and a moving bar with: colours, one line up, erase the line, hide and show the cursor.
_DRAWING = re.compile(r"\x1b\[(?:[\d;]*m|1A|2K|\?25[lh])|\r(?=\x1b|\n)")


def run(command: Sequence[object], cwd: Path, environment: Mapping[str, object]) -> tuple[int, str]:
    """Return the exit code of `command` and all that it wrote to the terminal."""
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("4H", ROWS, COLUMNS, 0, 0))
    variables = {**os.environ, "TERM": "xterm-256color", **{name: str(value) for name, value in environment.items()}}
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env=variables,
        stdin=end,
        stdout=end,
        stderr=end,
        start_new_session=True,
    ) as process:
        os.close(end)
        pieces = []
        # The last one to close its end of a terminal is read as an error.
        with contextlib.suppress(OSError):
            while piece := os.read(terminal, 65536):
                pieces.append(piece)
        os.close(terminal)
    return process.returncode, b"".join(pieces).decode("utf-8")


def without_drawing(screen: str) -> str:
    """Return what was written between the sequences that draw; whatever else was among them stays."""
    return _DRAWING.sub("", screen)
