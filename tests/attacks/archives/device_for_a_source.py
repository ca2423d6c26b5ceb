"""A device that gives zeros without end, or a FIFO where the machine does not let us make one."""

import os
import stat

MUST = {"origin": "Device", "status": "unreadable", "says": r"softmax\.py: not read: a FIFO, socket or device"}


def hand_in(folder):
    (folder / "Device").mkdir()
    try:
        os.mknod(folder / "Device" / "softmax.py", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(folder / "Device" / "softmax.py")
