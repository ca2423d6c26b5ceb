"""FIFOs that nobody writes to, as an entry and inside a folder: whoever opens one waits for ever."""

import os

MUST = {"origin": r"(Fifo\.py|Fifo\.zip|Fifo)", "status": "unreadable", "says": "FIFO, socket or device", "reports": 3}


def hand_in(folder):
    (folder / "Fifo").mkdir()
    for path in (folder / "Fifo" / "softmax.py", folder / "Fifo.py", folder / "Fifo.zip"):
        os.mkfifo(path)
