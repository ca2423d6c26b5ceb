"""Entries that Unix would unpack as the machine's first disk and as a FIFO nobody writes to."""

import stat

from zipping import ANSWER, special, zipped

MUST = {
    "origin": "(Disk|Pipe) In Zip.zip",
    "status": "unreadable",
    "says": r"entry \w+/softmax\.py is a device, FIFO or socket",
    "reports": 2,
}


def hand_in(folder):
    disk, pipe = special("disk/softmax.py", stat.S_IFBLK | 0o666), special("pipe/softmax.py", stat.S_IFIFO | 0o666)
    (folder / "Disk In Zip.zip").write_bytes(zipped((disk, ""), ("a/softmax.py", ANSWER)))
    (folder / "Pipe In Zip.zip").write_bytes(zipped((pipe, ""), ("a/softmax.py", ANSWER)))
